"""Every generated vertebra is closed, has one hole, and is its own mirror image."""

from __future__ import annotations

import copy

import numpy as np
import pytest

from build_bones import BONES, numbers_of
from l3s1.models.bones.lumbar import vertebra_from
from l3s1.models.bones.meshing import Mesh, edge_report, mesh_of, settings_from

SETTINGS = settings_from(numbers_of(BONES / "mesh.yaml"))
LEVELS = ["L2", "L3", "L4", "L5"]


@pytest.mark.parametrize("level", LEVELS)
def test_vertebra_is_closed_symmetric_and_repeatable(level: str) -> None:
    bone = vertebra_from(numbers_of(BONES / f"{level}.yaml"))
    mesh = mesh_of(bone.distance, SETTINGS)
    assert edge_report(mesh) == (True, 1)
    assert SETTINGS.triangles is not None
    assert 0.8 < len(mesh.triangles) / SETTINGS.triangles < 1.2
    here = {tuple(v) for v in mesh.vertices}
    assert here == {(-x + 0.0, y, z) for x, y, z in here}
    a, b, c = (mesh.vertices[mesh.triangles[:, i]] for i in range(3))
    assert (a * np.cross(b, c)).sum() > 0.0, "its triangles face inward"
    again = mesh_of(bone.distance, SETTINGS)
    assert np.array_equal(again.vertices, mesh.vertices)
    assert np.array_equal(again.triangles, mesh.triangles)
    # the box cuts nothing off
    assert (mesh.vertices > SETTINGS.low - [SETTINGS.high[0], 0.0, 0.0]).all()
    assert (mesh.vertices < SETTINGS.high - SETTINGS.spacing).all()


def test_a_mesh_with_a_triangle_missing_is_not_closed() -> None:
    corners = np.array([[0.0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]])
    faces = np.array([[0, 2, 1], [0, 1, 3], [1, 2, 3], [0, 3, 2]], np.int32)
    assert edge_report(Mesh(corners, faces)) == (True, 0)
    assert edge_report(Mesh(corners, faces[1:]))[0] is False


@pytest.mark.parametrize("level", LEVELS)
def test_file_says_which_bone_it_is_and_whence(level: str) -> None:
    numbers = numbers_of(BONES / f"{level}.yaml")
    assert numbers["bone"] == level
    assert numbers["unit"] == "mm"
    assert set(numbers["provenance"]) == {"how", "reference", "licence", "mesh_included"}


def test_a_wrong_entry_is_named() -> None:
    right = numbers_of(BONES / "L4.yaml")
    missing = copy.deepcopy(right)
    del missing["body"]["superior"]["dish"]
    with pytest.raises(ValueError, match=r"body\.superior: dish is missing"):
        vertebra_from(missing)
    short = copy.deepcopy(right)
    short["parts"]["lamina"]["half_axes"].pop()
    with pytest.raises(ValueError, match=r"parts\.lamina\.half_axes: give shape \(3, 2\), not"):
        vertebra_from(short)
    words = copy.deepcopy(right)
    words["body"]["notch"] = "deep"
    with pytest.raises(ValueError, match=r"body\.notch: give numbers of shape \(\), not 'deep'"):
        vertebra_from(words)
