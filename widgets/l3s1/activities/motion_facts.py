"""What the activities on motion read from facts: ranges, constructs, loads; and the spines of them.

Numbers come from `assets/facts/motion_*.yaml` and the two facts of lesson 01; the models of
`models/motion` do the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from l3s1.models.motion.construct import FusedCurve, fuse
from l3s1.models.motion.curve import CurveLaw, IntactCurve, fit_curve
from l3s1.models.motion.modifiers import FollowerEffect, MotionRange, degenerate, press
from l3s1.models.motion.spine import SEGMENTS, Direction, Spine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from l3s1.content import Content
    from l3s1.models.motion.curve import Curve

RANGE = "yamamoto-rom"
UPPER_RANGE = "yamamoto-rom-l1-l2"
ZONE = "yamamoto-nz"
TEST = "yamamoto-moment"
LARGE_LOADS = "large-loads-miller-1986"
CONVENTIONS = "motion-model-conventions"
CONSTRUCTS_FACT = "constructs-peng-2022"
RODS = "rods-galbusera-2011"
FOLLOWER = "follower-load-patwardhan-2003"
DEGENERATION = "degeneration-kettler-2011"

MODEL_FACTS = (
    RANGE,
    UPPER_RANGE,
    ZONE,
    TEST,
    LARGE_LOADS,
    CONVENTIONS,
    CONSTRUCTS_FACT,
    RODS,
    FOLLOWER,
    DEGENERATION,
)
"""Every fact that the model takes a number from."""

LABEL = {
    Direction.FLEXION: "flexion",
    Direction.EXTENSION: "extension",
    Direction.SIDE: "bending to one side",
    Direction.TURN: "turning to one side",
}

_ZONE_OF = {
    Direction.FLEXION: "sagittal",
    Direction.EXTENSION: "sagittal",
    Direction.SIDE: "side",
    Direction.TURN: "turn",
}
"""The names of values by plane: flexion and extension share theirs."""

SAGITTAL = (Direction.FLEXION, Direction.EXTENSION)


@dataclass(frozen=True)
class Construct:
    """What holds a fused segment: `state` names its values; 'disc_stays' is the model's."""

    id: str
    label: str
    state: str
    disc_stays: bool
    fact: str


CONSTRUCTS = (
    Construct("one_side", "screws on one side", "one_side", True, CONSTRUCTS_FACT),
    Construct("screws", "screws on both sides", "both_sides", True, CONSTRUCTS_FACT),
    Construct("cage", "screws on both sides and a cage", "both_sides_cage", False, CONSTRUCTS_FACT),
    Construct("peek", "screws with PEEK rods", "both_sides", True, RODS),
    Construct("bone", "solid bone", "", False, CONVENTIONS),
)
CONSTRUCT = {each.id: each for each in CONSTRUCTS}


def number(content: Content, fact: str, value: str) -> float:
    """The estimate of a fact's value; raises `ValueError` where it has none."""
    estimate = content.facts[fact].value(value).estimate
    if estimate is None:
        raise ValueError(f"fact {fact!r}, value {value!r}: an estimate is needed")
    return float(estimate)


def end(content: Content, fact: str, value: str) -> float:
    """The upper end of a fact's value; raises `ValueError` where it has none."""
    high = content.facts[fact].value(value).high
    if high is None:
        raise ValueError(f"fact {fact!r}, value {value!r}: a range is needed")
    return float(high)


def say_segment(segment: str) -> str:
    """A segment as it is written: 'L4–L5'."""
    return segment.replace("-", "–")


def key(segment: str) -> str:
    """A segment as names of values end in: 'l4_l5'."""
    return segment.lower().replace("-", "_")


class Edge(StrEnum):
    """Where a curve counts as leaving its neutral zone: the convention, or its bounds."""

    USUAL = "estimate"
    LEAST = "low"
    MOST = "high"


def law(content: Content, edge: Edge = Edge.USUAL) -> CurveLaw:
    """What all curves share."""
    zone = getattr(content.facts[CONVENTIONS].value("zone_moment"), edge)
    if zone is None:
        raise ValueError(f"fact {CONVENTIONS!r}: the zone's moment needs its bounds")
    return CurveLaw(
        test_moment_nm=number(content, TEST, "moment"),
        zone_moment_nm=float(zone),
        terminal_nm_per_deg=end(content, LARGE_LOADS, "rotation"),
        greatest_moment_nm=number(content, LARGE_LOADS, "largest"),
    )


def range_fact(segment: str) -> str:
    """The fact that holds the published range of a segment."""
    return UPPER_RANGE if segment == SEGMENTS[0] else RANGE


def published(content: Content, segment: str, direction: Direction) -> MotionRange:
    """Neutral zone and range of an intact segment, as printed (°, from the middle)."""
    zone = number(content, ZONE, f"{_ZONE_OF[direction]}_{key(segment)}")
    reach = number(content, range_fact(segment), f"{direction.value}_{key(segment)}")
    return MotionRange(zone, reach)


def left_by(content: Content, construct: Construct, direction: Direction) -> float:
    """The share (0 to 1) of a segment's motion that a construct leaves.

    For PEEK rods only a bound of bending forward and backward is published; it is taken there,
    and elsewhere what screws leave.
    """
    if construct.id == "bone":
        return number(content, CONVENTIONS, "bone") / 100.0
    if construct.fact == RODS and direction in SAGITTAL:
        return 1.0 - number(content, RODS, "fall") / 100.0
    plane = _ZONE_OF[direction]
    after = number(content, CONSTRUCTS_FACT, f"{plane}_{construct.state}")
    return after / number(content, CONSTRUCTS_FACT, f"{plane}_intact")


def follower_effect(content: Content) -> FollowerEffect:
    """What a follower load does to bending forward and backward."""
    return FollowerEffect(
        number(content, FOLLOWER, "load"),
        number(content, FOLLOWER, "range") / 100.0,
        number(content, FOLLOWER, "stiffness"),
    )


def highest_grade(content: Content) -> float:
    """The highest grade of degeneration."""
    return number(content, CONVENTIONS, "grade")


def change_by_degeneration(content: Content, segment: str, direction: Direction) -> float:
    """What the range of a segment changes by (°) from a healthy disc to the worst.

    The published change is of both directions of a plane: flexion and extension take their parts
    of it in proportion to their ranges, two sides half each.
    """
    plane = number(content, DEGENERATION, _ZONE_OF[direction])
    if direction in SAGITTAL:
        both = [published(content, segment, each).range_deg for each in SAGITTAL]
        return -plane * published(content, segment, direction).range_deg / sum(both)
    return -plane / 2.0 if direction is Direction.SIDE else plane / 2.0


def intact_curve(
    content: Content,
    segment: str,
    direction: Direction,
    load_n: float = 0.0,
    grade: float = 0.0,
    edge: Edge = Edge.USUAL,
) -> IntactCurve:
    """The curve of an intact segment under a follower load (N), with a disc of a grade."""
    motion = degenerate(
        published(content, segment, direction),
        grade,
        highest_grade(content),
        change_by_degeneration(content, segment, direction),
    )
    effect = follower_effect(content)
    if direction in SAGITTAL:
        motion = press(motion, load_n, effect)
    elif not 0.0 <= load_n <= effect.load_n:
        raise ValueError(f"a follower load of {load_n:g} N: give 0 to {effect.load_n:g} N")
    return _fit(motion.zone_deg, motion.range_deg, law(content, edge))


@lru_cache(maxsize=512)
def _fit(zone_deg: float, range_deg: float, shared: CurveLaw) -> IntactCurve:
    return fit_curve(zone_deg, range_deg, shared)


def fused_curve(
    content: Content,
    segment: str,
    direction: Direction,
    construct: str,
    edge: Edge = Edge.USUAL,
) -> FusedCurve:
    """The curve of a fused segment, its construct as it was tested: without a follower load."""
    chosen = CONSTRUCT[construct]
    return fuse(
        intact_curve(content, segment, direction, edge=edge),
        left_by(content, chosen, direction),
        number(content, CONVENTIONS, "construct_moment"),
        disc_stays=chosen.disc_stays,
    )


def build_spine(
    content: Content,
    direction: Direction,
    fused: Mapping[str, str] | None = None,
    load_n: float = 0.0,
    grades: Mapping[str, float] | None = None,
    edge: Edge = Edge.USUAL,
) -> Spine:
    """The spine from L1 to S1: `fused` holds constructs by segment, `grades` those of the discs."""
    curves: dict[str, Curve] = {}
    for segment in SEGMENTS:
        if fused and segment in fused:
            curves[segment] = fused_curve(content, segment, direction, fused[segment], edge)
        else:
            grade = (grades or {}).get(segment, 0.0)
            curves[segment] = intact_curve(content, segment, direction, load_n, grade, edge)
    return Spine(curves, law(content, edge))
