"""The whole model from its numbers: bones, discs and soft tissue, ready to be packed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from l3s1.models.anatomy.assembly import build_skeleton
from l3s1.models.anatomy.discs import build_discs, disc_numbers_from
from l3s1.models.anatomy.header import header_of
from l3s1.models.anatomy.ordering import ordered
from l3s1.models.anatomy.pack import Pack
from l3s1.models.bones.numbers import entry


def build_pack(numbers: Mapping[str, Any]) -> Pack:
    """Everything that the 3D model consists of; takes a minute or two.

    `numbers`: what `build_skeleton` takes. Raises ValueError naming what is wrong with them.
    """
    skeleton = build_skeleton(numbers)
    parts = [bone.part() for bone in skeleton.bones.values()]
    parts += build_discs(skeleton, disc_numbers_from(entry(numbers, "discs", "anatomy")))
    return Pack(header_of(skeleton), tuple(ordered(part) for part in parts))
