"""Which roots a lesion of a level and zone hits: the rule of the exiting and the traversing root.

At each disc two roots count: the exiting one, which leaves below the pedicle of the upper
vertebra, and the traversing one, which leaves a level further down. Roots below still lie in the
sac. The rule and its limits are facts of the course (`traversing-exiting-rule`,
`root-level-table-berra`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from l3s1.vocabulary import LesionCause, LesionZone, MotionSegment, NerveRoot

Role = Literal["exiting", "traversing", "cauda_equina"]
Certainty = Literal["hits", "may"]
Sides = Literal["same", "both"]

ROOTS = tuple(NerveRoot)
"""From superior to inferior; the last is the group of the lower sacral roots."""

LEVELS = tuple(MotionSegment)
ZONES = tuple(LesionZone)
CAUSES = tuple(LesionCause)


@dataclass(frozen=True)
class Hit:
    """A root that a lesion reaches; "may" where only some lesions of that place do."""

    root: NerveRoot
    role: Role
    certainty: Certainty
    sides: Sides


@dataclass(frozen=True)
class Place:
    """Where a lesion lies and what it is."""

    level: MotionSegment
    zone: LesionZone
    cause: LesionCause = LesionCause.DISC


def exiting_root(level: MotionSegment) -> NerveRoot:
    """The root that leaves through the foramen at this level: that of the upper vertebra."""
    return NerveRoot(level.value.split("-")[0])


def traversing_root(level: MotionSegment) -> NerveRoot:
    """The root that passes this disc and leaves one level further down."""
    return NerveRoot(level.value.split("-")[1])


def roots_below(level: MotionSegment) -> tuple[NerveRoot, ...]:
    """Roots further down than the traversing one, which are still in the sac here."""
    return ROOTS[ROOTS.index(traversing_root(level)) + 1 :]


def list_hits(place: Place) -> tuple[Hit, ...]:
    """The roots that a lesion there hits, the nearest first."""
    if place.zone is LesionZone.CENTRAL:
        across = [Hit(traversing_root(place.level), "traversing", "may", "both")]
        across += [Hit(root, "cauda_equina", "may", "both") for root in roots_below(place.level)]
        return tuple(across)
    if place.zone is LesionZone.PARACENTRAL:
        return (Hit(traversing_root(place.level), "traversing", "hits", "same"),)
    return (Hit(exiting_root(place.level), "exiting", "hits", "same"),)


def can_hit_cauda_equina(place: Place) -> bool:
    """Whether a lesion there can cause a cauda equina syndrome."""
    return place.zone is LesionZone.CENTRAL


def hit_root(place: Place) -> NerveRoot | None:
    """The one root that a lesion beside the midline hits; None for a central one."""
    hits = list_hits(place)
    return hits[0].root if hits[0].certainty == "hits" else None


def places_that_hit(root: NerveRoot) -> tuple[tuple[MotionSegment, LesionZone], ...]:
    """Every level and zone beside the midline whose lesion hits that root."""
    return tuple(
        (level, zone) for level in LEVELS for zone in ZONES if hit_root(Place(level, zone)) is root
    )
