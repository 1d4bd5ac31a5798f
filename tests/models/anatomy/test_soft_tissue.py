"""All soft parts: what there is, closed, carried, mirrored, within the budget, repeatable."""

from __future__ import annotations

import numpy as np
import pytest

from l3s1.models.anatomy.column import Column
from l3s1.models.anatomy.part import Part
from l3s1.models.anatomy.soft_parts import Numbers
from l3s1.models.anatomy.soft_tissue import soft_tissue_of
from l3s1.models.anatomy.tubes import volume
from l3s1.models.bones.meshing import edge_report
from l3s1.vocabulary import Layer, MotionSegment, Tissue

SEGMENTS = [segment.value for segment in MotionSegment]
ROOTS = ["L2", "L3", "L4", "L5", "S1"]

SINGLE = [
    "dural_sac",
    "conus_medullaris",
    "cauda_equina",
    "anterior_longitudinal_ligament",
    "posterior_longitudinal_ligament",
    "supraspinous_ligament",
    *[f"{segment}.interspinous_ligament" for segment in SEGMENTS],
    "abdominal_aorta",
    "inferior_vena_cava",
    "superior_hypogastric_plexus",
]
MIRRORED = [
    *[f"{root}.nerve_root" for root in ROOTS],
    *[f"{segment}.ligamentum_flavum" for segment in SEGMENTS],
    *[f"{segment}.facet_capsule" for segment in SEGMENTS],
    "iliac_crest",
    "iliolumbar_ligament",
    "psoas_major",
    "multifidus",
    "erector_spinae",
]
PAIRED = ["common_iliac_artery", "common_iliac_vein"]

BUDGET = 40_000
"""Triangles that all soft tissue but the discs may have."""

SEPARATE = {"cauda_equina", "superior_hypogastric_plexus"}
"""Parts of several strands."""


def test_every_structure_is_there_once(soft: dict[str, Part]) -> None:
    sides = [f"{name}.{side}" for name in MIRRORED + PAIRED for side in ("left", "right")]
    assert sorted(soft) == sorted(SINGLE + sides)


def test_every_part_is_closed_and_faces_outward(soft: dict[str, Part]) -> None:
    for name, part in soft.items():
        closed, genus = edge_report(part.mesh)
        assert closed, name
        assert volume(part.mesh) > 0.0, name
        if name not in SEPARATE:
            assert genus == (1 if "capsule" in name else 0), name


def test_no_part_has_a_vertex_or_triangle_to_waste(soft: dict[str, Part]) -> None:
    assert sum(len(part.mesh.triangles) for part in soft.values()) <= BUDGET
    for name, part in soft.items():
        assert np.isfinite(part.mesh.vertices).all(), name
        used = np.unique(part.mesh.triangles)
        assert np.array_equal(used, np.arange(len(part.mesh.vertices))), name


def test_weights_share_each_vertex_among_neighbouring_bones(soft: dict[str, Part]) -> None:
    order = ["L2", "L3", "L4", "L5", "sacrum"]
    for name, part in soft.items():
        at = [order.index(bone) for bone in part.bones]
        assert at == sorted(at), name
        if part.weights is None:
            continue
        assert part.weights.min() >= 0.0, name
        assert np.allclose(part.weights.sum(axis=1), 1.0), name
        carried = part.weights > 0.01
        first = carried.argmax(axis=1)
        last = carried.shape[1] - 1 - carried[:, ::-1].argmax(axis=1)
        assert (last - first).max() <= 2, name


def test_tissue_and_layer_belong_together(soft: dict[str, Part]) -> None:
    layers = {
        Tissue.DURA: {Layer.NERVES},
        Tissue.NERVE: {Layer.NERVES, Layer.VESSELS},
        Tissue.LIGAMENT: {Layer.LIGAMENTS},
        Tissue.ARTERY: {Layer.VESSELS},
        Tissue.VEIN: {Layer.VESSELS},
        Tissue.MUSCLE: {Layer.MUSCLES},
        Tissue.BONE: {Layer.BONES},
    }
    for name, part in soft.items():
        assert part.layer in layers[part.tissue], name
    assert soft["superior_hypogastric_plexus"].layer == Layer.VESSELS
    assert soft["L4.nerve_root.left"].layer == Layer.NERVES
    assert soft["iliac_crest.left"].bones == ("sacrum",)


@pytest.mark.parametrize("name", MIRRORED)
def test_the_right_part_mirrors_the_left_one(soft: dict[str, Part], name: str) -> None:
    left, right = soft[f"{name}.left"], soft[f"{name}.right"]
    assert np.array_equal(left.mesh.vertices * [-1.0, 1.0, 1.0], right.mesh.vertices)
    assert left.bones == right.bones
    assert [r.structure.removesuffix(".left") for r in left.regions] == [
        r.structure.removesuffix(".right") for r in right.regions
    ]
    for morph, shift in left.morphs.items():
        assert np.array_equal(shift * [-1.0, 1.0, 1.0], right.morphs[morph])


def test_the_same_numbers_give_the_same_parts(
    column: Column, soft_numbers: Numbers, soft: dict[str, Part]
) -> None:
    for again in soft_tissue_of(column, soft_numbers):
        assert np.array_equal(again.mesh.vertices, soft[again.name].mesh.vertices), again.name
        assert np.array_equal(again.mesh.triangles, soft[again.name].mesh.triangles), again.name


def test_a_missing_number_is_named(column: Column, soft_numbers: Numbers) -> None:
    group = {k: v for k, v in soft_numbers["ligamentum_flavum"].items() if k != "cleft"}
    lacking = {**soft_numbers, "ligamentum_flavum": group}
    with pytest.raises(ValueError, match=r"ligamentum_flavum: cleft is missing"):
        soft_tissue_of(column, lacking)


def test_every_number_has_an_origin(soft_numbers: Numbers) -> None:
    assert soft_numbers["unit"] == "mm"
    for group, numbers in soft_numbers.items():
        if group == "unit":
            continue
        for name, number in numbers.items():
            where = f"{group}.{name}"
            assert ("fact" in number) != (number.get("origin") == "course"), where
            assert "fact" in number or number["reason"], where
