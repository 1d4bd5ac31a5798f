"""The pack that the course ships is the one that its numbers make."""

from __future__ import annotations

import numpy as np
import pytest
import yaml
from scipy.spatial import cKDTree

from build_anatomy import RECORD, anatomy_numbers, digests
from l3s1.content.paths import anatomy_pack_path
from l3s1.models.anatomy.assembly import drafts_from, fitted, joint_from, poses_of
from l3s1.models.anatomy.pack import Pack, unpack_anatomy
from l3s1.models.anatomy.part import Part
from l3s1.models.anatomy.skeleton import BONES, STANDING
from l3s1.models.bones.meshing import edge_report, rounded_grid
from l3s1.vocabulary import MotionSegment, Tissue

NEAR = 0.2
"""mm by which soft tissue built on another machine may lie elsewhere than in the pack."""


@pytest.fixture(scope="module")
def shipped() -> Pack:
    return unpack_anatomy(anatomy_pack_path().read_bytes())


def test_no_number_changed_since_it_was_built() -> None:
    """If this fails: make bones, look at the result, and commit the pack with the numbers."""
    record = yaml.safe_load((anatomy_pack_path().parent / RECORD).read_text(encoding="utf-8"))
    assert record["numbers"] == digests()


def test_it_is_small_enough(shipped: Pack) -> None:
    assert anatomy_pack_path().stat().st_size <= 750_000
    assert sum(len(part.mesh.triangles) for part in shipped.parts) <= 150_000


def test_a_bone_built_again_is_the_same(shipped: Pack) -> None:
    """Every vertex of the shipped L4 lies on the surface that the numbers give now."""
    numbers = anatomy_numbers()
    numbers["bones"] = {name: numbers["bones"][name] for name in BONES}
    drafts = drafts_from(numbers)
    poses = poses_of(drafts, numbers["posture"])
    field = fitted(drafts, poses, joint_from(numbers["joints"]))["L4"]
    grid = rounded_grid(field, drafts["L4"].settings)
    (part,) = (part for part in shipped.parts if part.name == "L4")
    own = poses[STANDING]["L4"].inverse()(part.mesh.vertices)
    assert np.abs(grid.field(own)).max() < 0.05
    wanted = drafts["L4"].settings.triangles
    assert wanted is not None
    assert len(part.mesh.triangles) == pytest.approx(wanted, rel=0.2)
    for name, known in poses.items():
        packed = shipped.header["poses"][name]["L4"]
        assert np.allclose(packed["rotation"], known["L4"].rotation.ravel(), atol=1e-6)
        assert np.allclose(packed["shift"], known["L4"].shift, atol=1e-3)


def test_soft_tissue_built_again_lies_where_it_was_packed(
    shipped: Pack, soft: dict[str, Part]
) -> None:
    """What the record can't tell: that the code has changed and the pack was not built again."""
    packed = {part.name: part.mesh.vertices for part in shipped.parts}
    assert set(soft) <= set(packed)
    for name, part in soft.items():
        apart, _ = cKDTree(packed[name]).query(part.mesh.vertices)
        assert np.max(apart) < NEAR, name


def test_it_holds_the_whole_spine(shipped: Pack) -> None:
    names = [part.name for part in shipped.parts]
    assert len(set(names)) == len(names)
    assert set(BONES) <= set(names)
    assert shipped.header["bones"] == list(BONES)
    assert list(shipped.header["segments"]) == [segment.value for segment in MotionSegment]
    for segment in MotionSegment:
        assert {f"{segment}.annulus_fibrosus", f"{segment}.nucleus_pulposus"} <= set(names)
    for part in shipped.parts:
        assert set(part.bones) <= set(BONES)
        assert set(part.morphs) <= set(shipped.header["morph_mm"])
        if part.tissue in (Tissue.BONE, Tissue.ANNULUS, Tissue.NUCLEUS):
            assert edge_report(part.mesh)[0], part.name
    assert {"promontory", "L4.pedicle.left", "L4-L5.foramen.right"} <= set(
        shipped.header["landmarks"]
    )


def test_the_morph_reaches_what_the_header_says(shipped: Pack) -> None:
    for name, full in shipped.header["morph_mm"].items():
        moved = [part.morphs[name] for part in shipped.parts if name in part.morphs]
        most = max(np.linalg.norm(shift, axis=1).max() for shift in moved)
        assert 0.6 * full < most < 2.0 * full, name


def test_the_canal_narrows_with_every_variant(shipped: Pack) -> None:
    for segment, table in shipped.header["canal_area"].items():
        areas = np.array(table["area_mm2"])
        axes = [name for name in table if name != "area_mm2"]
        assert areas.shape == tuple(len(table[name]) for name in axes)
        for axis, name in enumerate(axes):
            steps = np.diff(areas, axis=axis) * (1.0 if name == "disc_height" else -1.0)
            assert steps.min() >= 0.0, (segment, name)
        healthy = areas[0, 0, 0, -1]
        # wider than where a convention begins to speak of stenosis (fact dural-area-bolender)
        assert 130.0 < healthy < 250.0
        assert areas.min() < 0.8 * healthy
