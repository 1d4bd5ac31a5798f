"""What follows from a state of the workbench: what stands, what is shown, and how it is judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from l3s1.models.alignment.film import People, SegmentMeans
from l3s1.models.alignment.scores import (
    Formula,
    Forward,
    Gap,
    GapRules,
    Scale,
    Target,
    find_target,
    grade,
    score_gap,
)
from l3s1.models.alignment.spine import (
    LOW,
    SEGMENTS,
    Body,
    Spine,
    build_spine,
    clamp_segments,
)

Mode = Literal["explore", "plan", "measure"]
Posture = Literal["standing", "supine"]
Pelvis = Literal["follows", "stays"]
MODES: tuple[Mode, ...] = ("explore", "plan", "measure")
POSTURES: tuple[Posture, ...] = ("standing", "supine")
PELVES: tuple[Pelvis, ...] = ("follows", "stays")


@dataclass(frozen=True)
class Supine:
    """What lying down adds to slope, to the lordosis of L1–L4 and to that of L4–S1 (degrees)."""

    slope: float
    upper_lordosis: float
    low_lordosis: float


@dataclass(frozen=True)
class Relation:
    """Degrees of pelvic tilt for each degree of lordosis, of the whole or of L4–S1 (`per`)."""

    id: str
    per: Literal["lordosis", "low_lordosis"]
    tilt_per_degree: float


@dataclass(frozen=True)
class Rules:
    """Everything published that a reading needs."""

    body: Body
    tilt: tuple[float, float]
    scales: Mapping[str, Scale]
    forward: Forward
    gap: GapRules
    lordosis_formulas: tuple[Formula, ...]
    tilt_formulas: tuple[Formula, ...]
    age_targets: tuple[Formula, ...]
    supine: Supine
    relations: tuple[Relation, ...]
    people: People
    segment_means: tuple[SegmentMeans, ...]


@dataclass(frozen=True)
class Setting:
    """A state: what `types.ts` calls by the same names. Angles in degrees, `sva` in mm."""

    incidence: float
    tilt: float
    segments: tuple[float, ...]
    mode: Mode = "explore"
    posture: Posture = "standing"
    age: float = 50.0
    global_tilt: float | None = None
    sva: float | None = None
    cages: Mapping[str, float] | None = None
    pelvis: Pelvis = "follows"


@dataclass(frozen=True)
class TiltAfter:
    """Pelvic tilt that a relation leads to."""

    id: str
    tilt: float


@dataclass(frozen=True)
class Reading:
    """All that is said of a state."""

    before: Spine
    shown: Spine
    bands: Mapping[str, str | None]
    gap: Gap
    lordosis: tuple[Target, ...]
    tilt: tuple[Target, ...]
    age: tuple[Target, ...]
    tilts_after: tuple[TiltAfter, ...]


def read(rules: Rules, setting: Setting) -> Reading:
    """Work out all that the workbench shows.

    `plan` puts cages in and lets the pelvis follow or stay; where C7 then stands is not known, so
    that `global_tilt` and `sva` do not count. `supine` counts in `explore` only: who is planned or
    filmed stands. Raises `ValueError` where a state can't be (see `build_spine`).
    """
    before = build_spine(rules.body, setting.incidence, setting.tilt, setting.segments)
    shown = before
    after: tuple[TiltAfter, ...] = ()
    if setting.mode == "plan":
        if setting.cages:
            setting = replace(setting, global_tilt=None, sva=None)
        shown, after = _operate(rules, setting, before)
    elif setting.mode == "explore" and setting.posture == "supine":
        shown = _lie_down(rules, before)
    return Reading(
        before=before,
        shown=shown,
        bands=grade(rules.scales, rules.forward, shown, setting.sva),
        gap=score_gap(rules.gap, shown, setting.age, setting.global_tilt),
        lordosis=_targets(rules.lordosis_formulas, shown, setting),
        tilt=_targets(rules.tilt_formulas, shown, setting),
        age=_targets(rules.age_targets, shown, setting),
        tilts_after=after,
    )


def place_cages(
    body: Body, segments: Sequence[float], cages: Mapping[str, float]
) -> tuple[float, ...]:
    """The segments with cages in: each gives its disc its own angle (degrees).

    Raises `ValueError` where a segment is unknown.
    """
    unknown = [name for name in cages if name not in SEGMENTS]
    if unknown:
        raise ValueError(f"cages: there is no {unknown[0]!r}; there are {', '.join(SEGMENTS)}")
    placed = [
        bone.wedge_deg + cages[name] if name in cages else angle
        for name, bone, angle in zip(SEGMENTS, body.vertebrae, segments, strict=True)
    ]
    return clamp_segments(body, placed)


def _operate(rules: Rules, setting: Setting, before: Spine) -> tuple[Spine, tuple[TiltAfter, ...]]:
    segments = place_cages(rules.body, before.segments, setting.cages or {})
    gained = {
        "lordosis": sum(segments) - before.lordosis,
        "low_lordosis": sum(segments[LOW:]) - before.low_lordosis,
    }
    after = tuple(
        TiltAfter(
            each.id,
            _between(
                rules, before.incidence, before.tilt + each.tilt_per_degree * gained[each.per]
            ),
        )
        for each in rules.relations
    )
    tilt = after[0].tilt if setting.pelvis == "follows" else before.tilt
    return build_spine(rules.body, before.incidence, tilt, segments), after


def _between(rules: Rules, incidence: float, tilt: float) -> float:
    """A tilt that a pelvis can have: within what was seen, and the sacral plate not past level."""
    low, high = rules.tilt
    return min(max(tilt, low), high, incidence)


def _lie_down(rules: Rules, standing: Spine) -> Spine:
    change = rules.supine
    low = len(SEGMENTS) - LOW
    added = [change.upper_lordosis / LOW] * LOW + [change.low_lordosis / low] * low
    segments = [angle + more for angle, more in zip(standing.segments, added, strict=True)]
    tilt = _between(rules, standing.incidence, standing.tilt - change.slope)
    return build_spine(rules.body, standing.incidence, tilt, clamp_segments(rules.body, segments))


def _targets(formulas: Sequence[Formula], spine: Spine, setting: Setting) -> tuple[Target, ...]:
    found = (find_target(each, spine, setting.age, setting.sva) for each in formulas)
    return tuple(target for target in found if target is not None)
