"""Spine and pelvis of one moment, built from angles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import asin, cos, degrees, isfinite, radians, sin

Point = tuple[float, float]

SEGMENTS = ("L1-L2", "L2-L3", "L3-L4", "L4-L5", "L5-S1")
VERTEBRAE = ("L1", "L2", "L3", "L4", "L5")
LOW = SEGMENTS.index("L4-L5")
"""The first segment of L4–S1."""

DIGITS = 6
"""Decimals that count where an angle is held against a limit: sums of floats miss it by less."""


@dataclass(frozen=True)
class VertebraSize:
    """A drawn vertebra: depth of its plates, height of its body in the middle, angle between them.

    `wedge_deg` is positive where the body is taller in front.
    """

    id: str
    depth_mm: float
    height_mm: float
    wedge_deg: float


@dataclass(frozen=True)
class DiscSize:
    """A drawn disc: its height in the middle."""

    id: str
    height_mm: float


@dataclass(frozen=True)
class Body:
    """What spine and pelvis are drawn with; no angle of the pelvis depends on it."""

    vertebrae: tuple[VertebraSize, ...]
    discs: tuple[DiscSize, ...]
    sacrum_depth_mm: float
    hip_distance_mm: float
    head_radius_mm: float
    head_apart_mm: float

    def __post_init__(self) -> None:
        """Raise ValueError where a size can't be."""
        if tuple(each.id for each in self.vertebrae) != VERTEBRAE:
            raise ValueError(f"vertebrae: give {', '.join(VERTEBRAE)}, in this order")
        if tuple(each.id for each in self.discs) != SEGMENTS:
            raise ValueError(f"discs: give {', '.join(SEGMENTS)}, in this order")
        sizes = [size for v in self.vertebrae for size in (v.depth_mm, v.height_mm)]
        sizes += [disc.height_mm for disc in self.discs]
        sizes += [self.sacrum_depth_mm, self.hip_distance_mm, self.head_radius_mm]
        if not all(isfinite(size) and size > 0 for size in sizes):
            raise ValueError("every size is a length above 0 mm")


@dataclass(frozen=True)
class Line:
    """An end plate, from its posterior to its anterior corner."""

    posterior: Point
    anterior: Point


@dataclass(frozen=True)
class Spine:
    """Spine and pelvis of one moment; `types.ts` of the front end says what each part is."""

    incidence: float
    tilt: float
    slope: float
    segments: tuple[float, ...]
    discs: tuple[float, ...]
    lordosis: float
    low_lordosis: float
    share: float | None
    mismatch: float
    tilts: tuple[float, ...]
    plates: Mapping[str, Line]
    hip: Point
    apex: str | None


def disc_limits(body: Body) -> tuple[float, ...]:
    """The most that each disc can be wedged either way (degrees, L1–L2 first).

    At the limit the plates touch at one edge: a disc has no negative height.
    """
    depths = [each.depth_mm for each in body.vertebrae] + [body.sacrum_depth_mm]
    return tuple(
        2 * degrees(asin(min(1.0, 2 * disc.height_mm / (upper + lower))))
        for disc, upper, lower in zip(body.discs, depths, depths[1:], strict=False)
    )


def segment_limits(body: Body) -> tuple[tuple[float, float], ...]:
    """Least and most lordosis of each segment (degrees, L1–L2 first)."""
    pairs = zip(body.vertebrae, disc_limits(body), strict=True)
    return tuple((bone.wedge_deg - most, bone.wedge_deg + most) for bone, most in pairs)


def clamp_segments(body: Body, segments: Sequence[float]) -> tuple[float, ...]:
    """The segments, none of them beyond what its disc allows."""
    pairs = zip(segments, segment_limits(body), strict=True)
    return tuple(min(max(angle, low), high) for angle, (low, high) in pairs)


def build_spine(body: Body, incidence: float, tilt: float, segments: Sequence[float]) -> Spine:
    """Place plates and hip axis so that every angle is exact.

    `incidence` and `tilt` are the pelvis's (degrees), `segments` the lordosis from upper plate to
    upper plate, L1–L2 first. Each disc is stacked along the normal of the bisector of its plates,
    each body likewise.

    Raises `ValueError` that says what would be right: five finite segments within
    `segment_limits`, and a tilt between incidence − 90 and incidence, so that the sacral plate
    lies between level and upright.
    """
    if len(segments) != len(SEGMENTS):
        raise ValueError(f"segments: give five angles, {', '.join(SEGMENTS)}")
    if not all(isfinite(angle) for angle in (incidence, tilt, *segments)):
        raise ValueError("every angle is a finite number of degrees")
    slope = incidence - tilt
    if not 0 <= round(slope, DIGITS) <= _UPRIGHT:
        raise ValueError(
            f"tilt: {tilt:g}° leaves a sacral slope of {slope:g}°; give "
            f"{incidence - _UPRIGHT:g} to {incidence:g}°, so that the sacral plate lies between "
            "level and upright"
        )
    for name, angle, (low, high) in zip(SEGMENTS, segments, segment_limits(body), strict=True):
        if not round(low, DIGITS) <= round(angle, DIGITS) <= round(high, DIGITS):
            raise ValueError(
                f"{name}: {angle:g}° would press one plate through the other; give {low:.1f} to "
                f"{high:.1f}°"
            )
    wedges = [bone.wedge_deg for bone in body.vertebrae]
    discs = tuple(angle - wedge for angle, wedge in zip(segments, wedges, strict=True))
    tilts = tuple(slope - sum(segments[first:]) for first in range(len(segments) + 1))
    lordosis, low_lordosis = sum(segments), sum(segments[LOW:])
    return Spine(
        incidence=incidence,
        tilt=tilt,
        slope=slope,
        segments=tuple(segments),
        discs=discs,
        lordosis=lordosis,
        low_lordosis=low_lordosis,
        share=100 * low_lordosis / lordosis if round(lordosis, DIGITS) > 0 else None,
        mismatch=incidence - lordosis,
        tilts=tilts,
        plates=_stack(body, slope, discs),
        hip=(-body.hip_distance_mm * _sin(tilt), -body.hip_distance_mm * _cos(tilt)),
        apex=_find_apex(tilts, discs),
    )


_UPRIGHT = 90.0


def _sin(angle: float) -> float:
    return sin(radians(angle))


def _cos(angle: float) -> float:
    return cos(radians(angle))


def _plate(middle: Point, depth: float, tilt: float) -> Line:
    y, z = depth / 2 * _cos(tilt), depth / 2 * _sin(tilt)
    return Line((middle[0] + y, middle[1] + z), (middle[0] - y, middle[1] - z))


def _above(middle: Point, height: float, tilt: float) -> Point:
    """The point `height` above along the normal of a plate of that tilt."""
    return middle[0] - height * _sin(tilt), middle[1] + height * _cos(tilt)


def _stack(body: Body, slope: float, discs: Sequence[float]) -> dict[str, Line]:
    middle, tilt = (0.0, 0.0), slope
    plates = {"S1.upper": _plate(middle, body.sacrum_depth_mm, slope)}
    for bone, disc, wedge in zip(
        reversed(body.vertebrae), reversed(body.discs), reversed(discs), strict=True
    ):
        for name, height, angle in (
            ("lower", disc.height_mm, wedge),
            ("upper", bone.height_mm, bone.wedge_deg),
        ):
            middle = _above(middle, height, tilt - angle / 2)
            tilt -= angle
            plates[f"{bone.id}.{name}"] = _plate(middle, bone.depth_mm, tilt)
    return plates


def _find_apex(tilts: Sequence[float], discs: Sequence[float]) -> str | None:
    """Where, going up from the sacrum, plates cease to fall forward: vertebra or segment."""
    if round(tilts[-1], DIGITS) <= 0:
        return None
    for place in reversed(range(len(VERTEBRAE))):
        if round(tilts[place + 1] - discs[place], DIGITS) <= 0:
            return SEGMENTS[place]
        if round(tilts[place], DIGITS) <= 0:
            return VERTEBRAE[place]
    return None
