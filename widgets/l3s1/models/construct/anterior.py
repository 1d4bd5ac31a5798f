"""What an ALIF of L5–S1 with screws behind adds: a wide cage, graft, two short rods."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from l3s1.models.anatomy.ordering import ordered
from l3s1.models.anatomy.pack import Pack
from l3s1.models.anatomy.part import Part
from l3s1.models.anatomy.skeleton import Skeleton
from l3s1.models.bones.numbers import array, entry, number
from l3s1.models.construct.interbody import cage_mesh, disc_space, interbody_chips
from l3s1.models.construct.numbers import SEGMENTS, CageNumbers, ConstructNumbers
from l3s1.models.construct.rods import rod_line, rod_mesh, seats_of
from l3s1.models.construct.screws import place_screws
from l3s1.models.construct.whole import carried_part
from l3s1.vocabulary import Side, Tissue

SEGMENT = SEGMENTS[-1]


def build_anterior(
    skeleton: Skeleton, construct: ConstructNumbers, numbers: Mapping[str, Any]
) -> Pack:
    """Cage, graft and short rods of L5–S1, to be shown with anatomy and construct.

    `numbers` as `assets/spine/anterior.yaml` holds them (mm); ValueError naming what is missing.
    """
    parts = tuple(ordered(part) for part in _parts(skeleton, _sized(construct, numbers)))
    return Pack({"bones": [], "poses": {}, "segments": {}, "morph_mm": {}}, parts)


def _sized(construct: ConstructNumbers, numbers: Mapping[str, Any]) -> ConstructNumbers:
    """The construct's numbers with the anterior cage's in place of the posterior one's."""
    cage = entry(numbers, "cage", "anterior")

    def one(name: str) -> float:
        return number(entry(cage, name, "anterior.cage"), "value", f"anterior.cage.{name}")

    footprint = entry(cage, "footprint", "anterior.cage")
    graft = array(entry(numbers, "graft", "anterior"), "value", "anterior.graft", (4,))
    chips = number(entry(numbers, "chips", "anterior"), "value", "anterior.chips")
    return replace(
        construct,
        cage=CageNumbers(
            half_axes=array(footprint, "value", "anterior.cage.footprint", (2,)) / 2.0,
            wall=one("wall"),
            bow=one("bow"),
            place=one("place"),
        ),
        pillars=graft[None],
        small_chips=replace(construct.small_chips, count=int(chips)),
    )


def _parts(skeleton: Skeleton, numbers: ConstructNumbers) -> Iterator[Part]:
    space = disc_space(skeleton, SEGMENT)
    cage = cage_mesh(space, numbers)
    yield carried_part(f"{SEGMENT}.anterior_cage", Tissue.IMPLANT, cage, "sacrum")
    chips, _ = interbody_chips(space, numbers)  # no day is shown with them: they stay
    yield carried_part(f"{SEGMENT}.anterior_graft", Tissue.GRAFT, chips, "sacrum")
    screws = place_screws(skeleton, numbers.screws)
    for side in Side:
        line = rod_line(seats_of(screws, side)[-2:], numbers.rod.beyond)
        yield carried_part(f"short_rod.{side}", Tissue.IMPLANT, rod_mesh(line, numbers.rod), "L5")
