"""The numbers of the construct, as `assets/spine/construct.yaml` holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from l3s1.models.bones.numbers import array, entry, number
from l3s1.models.bones.sdf import Array

LEVELS = ("L3", "L4", "L5", "S1")
"""The vertebrae that carry screws, from superior to inferior."""

SEGMENTS = ("L3-L4", "L4-L5", "L5-S1")
"""The segments that are fused, from superior to inferior."""


@dataclass(frozen=True)
class ScrewSize:
    """Outer diameter and length of the shank from the bone's surface to its tip, mm."""

    diameter: float
    length: float


@dataclass(frozen=True)
class ScrewNumbers:
    """Sizes by level; the rest mm: core as a share of the diameter, thread's pitch, the head."""

    sizes: Mapping[str, ScrewSize]
    core: float
    pitch: float
    tip: float
    head_radius: float
    head_height: float
    head_room: float
    seat: tuple[float, float]


@dataclass(frozen=True)
class RodNumbers:
    """Radius, and how far a rod reaches beyond its outermost heads, mm."""

    radius: float
    beyond: float


@dataclass(frozen=True)
class CageNumbers:
    """Footprint (across, front to back), wall and bow mm; place: share of the disc's depth."""

    half_axes: Array
    wall: float
    bow: float
    place: float


@dataclass(frozen=True)
class ChipNumbers:
    """Half-axes of a chip (least, most), how near two may lie as a share, and how many."""

    half_axes: Array
    spacing: float
    count: int
    seed: int


@dataclass(frozen=True)
class BedNumbers:
    """The posterolateral bed: half-axes (across, front to back) mm, and how far it bows back."""

    half_axes: Array
    bow: float
    lateral: float
    gap: float


@dataclass(frozen=True)
class ConstructNumbers:
    """Everything that the construct is built from."""

    screws: ScrewNumbers
    rod: RodNumbers
    cage: CageNumbers
    bed: BedNumbers
    pillars: Array
    waist: float
    swell: float
    chips: ChipNumbers
    small_chips: ChipNumbers
    halo: float


def _value(numbers: Mapping[str, Any], *keys: str) -> float:
    """The single value at a path of keys."""
    for key in keys[:-1]:
        numbers = entry(numbers, key, "construct")
    return number(entry(numbers, keys[-1], "construct"), "value", f"construct.{'.'.join(keys)}")


def _values(numbers: Mapping[str, Any], shape: tuple[int, ...], *keys: str) -> Array:
    """The values at a path of keys, of that shape."""
    for key in keys[:-1]:
        numbers = entry(numbers, key, "construct")
    where = f"construct.{'.'.join(keys)}"
    return array(entry(numbers, keys[-1], "construct"), "value", where, shape)


def _chips(numbers: Mapping[str, Any], key: str) -> ChipNumbers:
    """How chips of one kind are."""
    return ChipNumbers(
        half_axes=_values(numbers, (2,), key, "half_axes"),
        spacing=_value(numbers, key, "spacing"),
        count=int(_value(numbers, key, "count")),
        seed=int(_value(numbers, key, "seed")),
    )


def construct_numbers_from(numbers: Mapping[str, Any]) -> ConstructNumbers:
    """Read the file; ValueError naming the entry that is missing or has the wrong shape."""
    sizes = {}
    for level in LEVELS:
        own = entry(entry(numbers, "screws", "construct"), level, "construct.screws")
        sizes[level] = ScrewSize(
            number(entry(own, "diameter", level), "value", f"construct.screws.{level}.diameter"),
            number(entry(own, "length", level), "value", f"construct.screws.{level}.length"),
        )
    seat = _values(numbers, (2,), "screws", "seat")
    return ConstructNumbers(
        screws=ScrewNumbers(
            sizes=sizes,
            core=_value(numbers, "screws", "core"),
            pitch=_value(numbers, "screws", "pitch"),
            tip=_value(numbers, "screws", "tip"),
            head_radius=_value(numbers, "screws", "head_radius"),
            head_height=_value(numbers, "screws", "head_height"),
            head_room=_value(numbers, "screws", "head_room"),
            seat=(float(seat[0]), float(seat[1])),
        ),
        rod=RodNumbers(_value(numbers, "rod", "diameter") / 2.0, _value(numbers, "rod", "beyond")),
        cage=CageNumbers(
            half_axes=_values(numbers, (2,), "cage", "footprint") / 2.0,
            wall=_value(numbers, "cage", "wall"),
            bow=_value(numbers, "cage", "bow"),
            place=_value(numbers, "cage", "place"),
        ),
        bed=BedNumbers(
            half_axes=_values(numbers, (2,), "bed", "half_axes"),
            bow=_value(numbers, "bed", "bow"),
            lateral=_value(numbers, "bed", "lateral"),
            gap=_value(numbers, "bed", "gap"),
        ),
        pillars=_values(numbers, (3, 4), "pillars"),
        waist=_value(numbers, "waist"),
        swell=_value(numbers, "swell"),
        chips=_chips(numbers, "chips"),
        small_chips=_chips(numbers, "small_chips"),
        halo=_value(numbers, "halo"),
    )
