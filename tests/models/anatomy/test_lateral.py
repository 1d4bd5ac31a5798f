"""The bones from the left: what is packed is as the meshes, and rays measure what they cross."""

from __future__ import annotations

import gzip
import json
import runpy
import struct
import sys
from pathlib import Path

import numpy as np
import pytest

from l3s1.content.paths import anatomy_pack_path, lateral_pack_path
from l3s1.models.anatomy.lateral import (
    BONES,
    MAGIC,
    Grid,
    LateralBone,
    lateral_bones,
    path_lengths,
)
from l3s1.models.anatomy.pack import Pack, unpack_anatomy

TOOLS = Path(__file__).resolve().parents[3] / "tools"
LARGEST = 60_000


@pytest.fixture(scope="module")
def pack() -> Pack:
    return unpack_anatomy(anatomy_pack_path().read_bytes())


@pytest.fixture(scope="module")
def bones(pack: Pack) -> dict[str, LateralBone]:
    return {bone.name: bone for bone in lateral_bones(pack)}


def test_the_committed_file_is_what_the_code_draws_from_the_model_now() -> None:
    packed = lateral_pack_path().read_bytes()
    assert len(packed) <= LARGEST
    sys.path.insert(0, str(TOOLS))
    try:
        tool = runpy.run_path(str(TOOLS / "build_lateral.py"))
    finally:
        sys.path.remove(str(TOOLS))
    built = gzip.decompress(tool["lateral_pack"]())
    assert gzip.decompress(packed) == built, "run tools/build_lateral.py and commit what it writes"


def test_rays_through_a_box_measure_its_width() -> None:
    corners = np.array([[x, y, z] for x in (-3.0, 4.0) for y in (0.0, 5.0) for z in (0.0, 5.0)])
    faces = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
    triangles = np.array([corners[list(t)] for a, b, c, d in faces for t in ((a, b, c), (a, c, d))])
    paths = path_lengths(triangles, Grid((-1.5, -1.5), 1.0, (9, 9)))
    assert paths.max() == pytest.approx(7.0)
    assert paths.sum() == pytest.approx(7.0 * 25)
    assert (paths[0] == 0.0).all()


@pytest.mark.parametrize("name", BONES)
def test_path_lengths_hold_the_volume_of_the_bone(
    pack: Pack, bones: dict[str, LateralBone], name: str
) -> None:
    part = next(part for part in pack.parts if part.name == name)
    triangles = part.mesh.vertices[part.mesh.triangles]
    a, b, c = triangles[:, 0], triangles[:, 1], triangles[:, 2]
    volume = abs(np.einsum("ij,ij->i", a, np.cross(b, c)).sum()) / 6.0
    paths = path_lengths(triangles, Grid((-70.0, -110.0), 0.5, (540, 400)))
    assert paths.sum() * 0.25 == pytest.approx(volume, rel=0.01)
    # cortical bone adds to the path and never takes away
    absorbed = bones[name].absorption.sum() * bones[name].grid.step ** 2
    assert volume < absorbed < 4.0 * volume


@pytest.mark.parametrize("name", BONES)
def test_the_superior_plate_is_the_frame(bones: dict[str, LateralBone], name: str) -> None:
    anterior, posterior = bones[name].corners["superior"]
    assert anterior == pytest.approx(-posterior, abs=1e-9)
    assert posterior[0] > 10.0
    assert posterior[1] == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize("name", BONES)
def test_outlines_reach_the_corners_of_the_plates(bones: dict[str, LateralBone], name: str) -> None:
    bone = bones[name]
    drawn = np.concatenate([*bone.outlines["body"], *bone.outlines["whole"]])
    for plate in bone.corners.values():
        for corner in plate:
            assert np.linalg.norm(drawn - corner, axis=1).min() < 4.0
    low, high = drawn.min(0), drawn.max(0)
    whole = np.concatenate(bone.outlines["whole"])
    assert (whole.min(0) <= low + 1.0).all()
    assert (whole.max(0) >= high - 1.0).all()


def test_the_pack_says_what_it_holds() -> None:
    content = gzip.decompress(lateral_pack_path().read_bytes())
    assert content[:4] == MAGIC
    (length,) = struct.unpack("<I", content[4:8])
    header = json.loads(content[8 : 8 + length])
    assert [bone["name"] for bone in header["bones"]] == list(BONES)
    pixels = sum(bone["rows"] * bone["columns"] for bone in header["bones"])
    assert len(content) == 8 + length + pixels
