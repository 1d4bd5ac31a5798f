"""The whole model from its numbers: bones, discs and soft tissue, ready to be packed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from l3s1.models.anatomy.assembly import build_skeleton, joint_from
from l3s1.models.anatomy.canal_area import canal_numbers_from, canal_table
from l3s1.models.anatomy.discs import build_discs, disc_numbers_from
from l3s1.models.anatomy.header import header_of
from l3s1.models.anatomy.hypertrophy import (
    FACET_HYPERTROPHY,
    following,
    hypertrophy_from,
    with_hypertrophy,
)
from l3s1.models.anatomy.ordering import ordered
from l3s1.models.anatomy.pack import Pack
from l3s1.models.anatomy.part import Part
from l3s1.models.anatomy.skeleton import Skeleton
from l3s1.models.anatomy.soft_tissue import build_soft_tissue
from l3s1.models.bones.numbers import entry, number

FLAVUM_THICKENING = "flavum_thickening"


def build_pack(numbers: Mapping[str, Any]) -> Pack:
    """Everything that the 3D model consists of; takes a minute or two.

    `numbers`: what `build_skeleton` takes, and "discs", "morphs", "soft_tissue" and "canal" as the
    files of `assets/spine` hold them. Raises ValueError naming what is wrong with them.
    """
    joint = joint_from(entry(numbers, "joints", "anatomy"))
    hypertrophy = hypertrophy_from(entry(numbers, "morphs", "anatomy"), joint.gap)
    skeleton = with_hypertrophy(build_skeleton(numbers), hypertrophy)
    parts = following(parts_of(skeleton, numbers), skeleton, hypertrophy)
    soft = entry(numbers, "soft_tissue", "anatomy")
    flavum = entry(entry(soft, "ligamentum_flavum", "soft tissue"), "thickening", "flavum")
    header: dict[str, Any] = {
        **header_of(skeleton),
        "morph_mm": {
            FACET_HYPERTROPHY: hypertrophy.full,
            FLAVUM_THICKENING: number(flavum, "value", "flavum.thickening"),
        },
    }
    canal = canal_numbers_from(entry(numbers, "canal", "anatomy"))
    by_name = {part.name: part for part in parts}
    header["canal_area"] = {
        segment: canal_table(segment, by_name, header, canal) for segment in header["segments"]
    }
    return Pack(header, tuple(ordered(part) for part in parts))


def parts_of(skeleton: Skeleton, numbers: Mapping[str, Any]) -> list[Part]:
    """Bones, discs and soft tissue of a skeleton, as they lie when standing."""
    discs = disc_numbers_from(entry(numbers, "discs", "anatomy"))
    return [
        *(bone.part() for bone in skeleton.bones.values()),
        *build_discs(skeleton, discs),
        *build_soft_tissue(skeleton, entry(numbers, "soft_tissue", "anatomy")),
    ]
