"""Areas of simple shapes come out right, and the table falls as a canal narrows."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

from build_anatomy import anatomy_numbers
from l3s1.models.anatomy.canal_area import (
    AXES,
    CanalNumbers,
    Raster,
    canal_numbers_from,
    canal_table,
    cut,
    filled,
    obstacles_of,
)
from l3s1.models.anatomy.part import Part, Region
from l3s1.models.bones.meshing import Mesh, mesh_of, settings_from
from l3s1.models.bones.sdf import Array
from l3s1.vocabulary import Layer, Tissue

RASTER = Raster(np.array([-25.0, -25.0]), np.array([25.0, 25.0]), 0.25)


def box(low: list[float], high: list[float]) -> Mesh:
    """A closed box between two corners, mm."""
    corners = np.array(list(itertools.product(*zip(low, high, strict=True))))
    faces = [[0, 1, 3], [0, 3, 2], [4, 6, 7], [4, 7, 5], [0, 4, 5], [0, 5, 1]]
    faces += [[2, 3, 7], [2, 7, 6], [0, 2, 6], [0, 6, 4], [1, 5, 7], [1, 7, 3]]
    return Mesh(corners, np.array(faces, np.int32))


def ring(p: Array) -> Array:
    """The field of a torus about z: radius 15 mm, tube 4 mm."""
    result: Array = np.hypot(np.hypot(p[:, 0], p[:, 1]) - 15.0, p[:, 2]) - 4.0
    return result


def test_a_box_has_its_area_wherever_it_is_cut() -> None:
    mesh = box([-7.0, -3.0, -10.0], [5.0, 6.0, 8.0])
    for z in (-9.5, 0.0, 7.9):
        area = RASTER.area(filled(cut(mesh.vertices, mesh.triangles, z), RASTER))
        assert area == pytest.approx(12.0 * 9.0, abs=1.0)
    assert RASTER.area(filled(cut(mesh.vertices, mesh.triangles, 9.0), RASTER)) == 0.0


def test_a_hole_is_left_out() -> None:
    grid = {"box": {"low": [0, -22, -8], "high": [22, 22, 8]}, "spacing": 0.8, "rounding": 0.0}
    mesh = mesh_of(ring, settings_from({**grid, "triangles": 6000}))
    area = RASTER.area(filled(cut(mesh.vertices, mesh.triangles, 0.0), RASTER))
    assert area == pytest.approx(np.pi * (19.0**2 - 11.0**2), rel=0.01)


def test_a_plane_through_corners_is_cut_all_the_same() -> None:
    mesh = box([-4.0, -4.0, -4.0], [4.0, 4.0, 4.0])
    split = Mesh(np.r_[mesh.vertices, [[-4.0, 0.0, 0.0]]], mesh.triangles)
    area = RASTER.area(filled(cut(split.vertices, split.triangles, 0.0), RASTER))
    assert area == pytest.approx(64.0, abs=1.0)


def part(name: str, mesh: Mesh, bones: tuple[str, ...], **more: Any) -> Part:
    """A part of one region."""
    regions = (Region(name, 0, len(mesh.triangles)),)
    return Part(name, Tissue.BONE, Layer.BONES, mesh, regions, bones, **more)


def model() -> tuple[dict[str, Part], dict[str, Any]]:
    """A sac of 10 × 10 mm between a wall behind it (upper bone) and one in front (lower bone).

    The upper bone swells by 4 mm forward; the disc and the flava are out of the way.
    """
    halves = np.full((8, 2), 0.5)
    wall = box([-20.0, 30.0, -15.0], [20.0, 40.0, 15.0])
    swelling = np.zeros((8, 3))
    swelling[wall.vertices[:, 1] == 30.0, 1] = -4.0
    aside = box([30.0, 30.0, -5.0], [31.0, 31.0, 5.0])
    parts = [
        part("L4", wall, ("L4",), morphs={"facet_hypertrophy": swelling}),
        part("L5", box([-20.0, 0.0, -15.0], [20.0, 20.0, 15.0]), ("L5",)),
        part(
            "dural_sac",
            box([-5.0, 20.0, -15.0], [5.0, 30.0, 15.0]),
            ("L4", "L5"),
            weights=halves,
        ),
        *(part(name, aside, ("L4",)) for group in obstacles_of("L4-L5")[2:] for name in group),
    ]
    place = {
        "upper": "L4",
        "lower": "L5",
        "centre": [0.0, 0.0, 0.0],
        "forward": [0.0, -1.0, 0.0],
        "up": [0.0, 0.0, 1.0],
        "disc_height_mm": 8.0,
        "plate_depth_mm": 34.0,
    }
    header = {"bones": ["L3", "L4", "L5", "sacrum"], "segments": {"L4-L5": place}}
    return {each.name: each for each in parts}, header


def test_the_table_follows_from_what_moves() -> None:
    parts, header = model()
    numbers = CanalNumbers(
        axes={
            "facet_hypertrophy": np.array([0.0, 0.5, 1.0]),
            "flavum_thickening": np.array([0.0, 1.0]),
            "slip": np.array([0.0, 0.1]),
            "disc_height": np.array([0.5, 1.0]),
        },
        raster=Raster(np.array([-16.0, 10.0]), np.array([16.0, 50.0]), 0.1),
        planes=np.array([-2.0, 2.0]),
    )
    table = canal_table("L4-L5", parts, header, numbers)
    assert list(table) == [*AXES, "area_mm2"]
    areas = np.array(table["area_mm2"])
    assert areas.shape == (3, 2, 2, 2)
    # swelling takes 2 and 4 mm of 10; a slip of 3.4 mm takes half of it on either side
    assert areas[:, 0, 0, 1] == pytest.approx([100.0, 80.0, 60.0], abs=1.5)
    assert areas[0, 0, :, 1] == pytest.approx([100.0, 66.0], abs=1.5)
    assert areas[2, 0, 1, 1] == pytest.approx(26.0, abs=1.5)
    assert np.array_equal(areas[:, 0], areas[:, 1])
    assert np.array_equal(areas[..., 0], areas[..., 1])


def test_a_missing_axis_is_named() -> None:
    numbers = anatomy_numbers()["canal"]
    numbers["axes"].pop("slip")
    with pytest.raises(ValueError, match=r"canal\.axes: slip is missing"):
        canal_numbers_from(numbers)
