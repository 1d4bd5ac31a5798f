"""How far each level bends and turns: curves of the laboratory, ranges of the dead and living."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import traitlets

from l3s1.activities.figure_activity import FigureActivity, FigureState, choice
from l3s1.activities.motion_facts import (
    TEST,
    ZONE,
    intact_curve,
    key,
    law,
    number,
    published,
    range_fact,
    say_segment,
)
from l3s1.activities.outcome_facts import estimate_of, hover_of, is_quoted
from l3s1.activities.readings import Reading
from l3s1.activities.wording import say_number, say_paper
from l3s1.content import Content, load_content
from l3s1.figures.marks import series_colours
from l3s1.figures.motion_by_level import (
    LevelRange,
    MotionCurve,
    MotionPicture,
    build_motion_by_level_figure,
)
from l3s1.models.motion.spine import SEGMENTS, Direction

if TYPE_CHECKING:
    from l3s1.figures.theme import Spec

LABORATORY, FILMS, UPRIGHT, TWO_PLANES = range(4)
SOURCES = (
    "laboratory, dead: Yamamoto 1989",
    "living, films: Abbott 2006 ± deviation",
    "living, upright MRI: Tan 2012",
    "living, two X-ray planes: Pearcy 1984",
)
"""The sources, by the kind of their marks."""


@dataclass(frozen=True)
class Plane:
    """A way of moving: its two directions (the first drawn to the right), how far to draw."""

    id: str
    label: str
    directions: tuple[Direction, Direction]
    words: tuple[str, str]
    reach_deg: float
    widest_deg: float

    @property
    def both(self) -> bool:
        """Whether ranges count both directions together."""
        return self.directions[0] is not self.directions[1]


PLANES = (
    Plane(
        "sagittal",
        "bending forward and backward",
        (Direction.FLEXION, Direction.EXTENSION),
        ("flexion", "extension"),
        12.0,
        20.0,
    ),
    Plane("side", "bending to one side", (Direction.SIDE,) * 2, ("right", "left"), 8.0, 12.0),
    Plane("turn", "turning to one side", (Direction.TURN,) * 2, ("right", "left"), 3.2, 4.0),
)
BY_ID = {plane.id: plane for plane in PLANES}

_LIVING: dict[str, tuple[tuple[int, str, str, tuple[str, ...]], ...]] = {
    "sagittal": (
        *((FILMS, "abbott-motion-2006", f"range_{key(s)}", (s,)) for s in SEGMENTS[1:]),
        *((UPRIGHT, "kinetic-mri-tan-2012", f"range_{key(s)}", (s,)) for s in SEGMENTS),
        (TWO_PLANES, "pearcy-sagittal-1984", "joint", SEGMENTS),
    ),
    "side": (
        (TWO_PLANES, "pearcy-side-and-turn-1984", "side_upper", SEGMENTS[:3]),
        (TWO_PLANES, "pearcy-side-and-turn-1984", "side_l4_l5", SEGMENTS[3:4]),
        (TWO_PLANES, "pearcy-side-and-turn-1984", "side_l5_s1", SEGMENTS[4:]),
    ),
    "turn": ((TWO_PLANES, "pearcy-side-and-turn-1984", "turn", SEGMENTS),),
}
"""What was measured in the living: kind, fact, value, and the segments it is for."""

_STEPS = 14


class MotionByLevelState(FigureState):
    """The plane, and the level whose curve is looked at."""

    plane = traitlets.Enum([plane.id for plane in PLANES], PLANES[0].id)
    segment = traitlets.Enum(SEGMENTS, SEGMENTS[-1])

    @property
    def chosen(self) -> Plane:
        """The plane shown."""
        return BY_ID[self.plane]

    def curve(self, segment: str) -> MotionCurve:
        """A segment's curve in both directions, up to the moment it was tested with."""
        ahead, back = self.chosen.directions
        top = law(self.content).test_moment_nm
        moments = top * np.linspace(0.0, 1.0, _STEPS + 1) ** 2
        halves = []
        for direction, sign in ((back, -1.0), (ahead, 1.0)):
            curve = intact_curve(self.content, segment, direction)
            halves.append([(sign * curve.angle_deg(float(m)), sign * float(m)) for m in moments])
        points = [*reversed(halves[0][1:]), *halves[1]]
        ends = tuple(
            (sign * published(self.content, segment, direction).range_deg, sign * top, fact, words)
            for direction, sign, fact, words in self._ends(segment)
        )
        return MotionCurve(
            say_segment(segment),
            tuple(round(angle, 3) for angle, _ in points),
            tuple(round(moment, 3) for _, moment in points),
            ends,
            published(self.content, segment, ahead).zone_deg,
        )

    def _ends(self, segment: str) -> list[tuple[Direction, float, str, str]]:
        fact = self.content.facts[range_fact(segment)]
        return [
            (direction, sign, fact.id, hover_of(fact, fact.value(f"{direction}_{key(segment)}")))
            for direction, sign in zip(self.chosen.directions, (1.0, -1.0), strict=True)
        ]

    def laboratory(self, segment: str) -> float:
        """The range (°) of a segment in the laboratory, of both directions where they count so."""
        ahead, back = (
            published(self.content, segment, d).range_deg for d in self.chosen.directions
        )
        return round(ahead + back, 3) if self.chosen.both else ahead

    def ranges(self) -> tuple[LevelRange, ...]:
        """Every published range of the plane."""
        found = []
        for segment in SEGMENTS:
            fact = self.content.facts[range_fact(segment)]
            words = f"{say_segment(segment)}: {say_number(self.laboratory(segment), 'deg')}"
            found.append(
                LevelRange(
                    fact.id,
                    say_segment(segment),
                    self.laboratory(segment),
                    None,
                    LABORATORY,
                    fact.evidence,
                    f"{words}<br>{fact.population}",
                )
            )
        for kind, name, value_name, segments in _LIVING[self.plane]:
            fact = self.content.facts[name]
            value = fact.value(value_name)
            found += [
                LevelRange(
                    name,
                    say_segment(segment),
                    estimate_of(self.content, name, value_name),
                    value.low if value.spread == "standard_deviation" else None,
                    kind,
                    fact.evidence,
                    hover_of(fact, value),
                )
                for segment in segments
            ]
        return tuple(found)

    def picture(self) -> MotionPicture:
        """All that the chart shows."""
        plane = self.chosen
        return MotionPicture(
            tuple(self.curve(segment) for segment in SEGMENTS),
            say_segment(self.segment),
            self.ranges(),
            SOURCES,
            plane.words,
            law(self.content).test_moment_nm,
            plane.reach_deg,
            plane.widest_deg,
        )

    def figure(self) -> Spec:
        """Curves and ranges."""
        return build_motion_by_level_figure(self.picture())

    def said(self) -> str:
        """What the chosen level does, and where dead and living disagree."""
        name, plane = say_segment(self.segment), self.chosen
        zone = published(self.content, self.segment, plane.directions[0]).zone_deg
        moment = say_number(number(self.content, TEST, "moment"), "Nm")
        ends = " and ".join(
            f"{published(self.content, self.segment, direction).range_deg:g}° of {words}"
            for direction, words in zip(plane.directions, plane.words, strict=True)
        )
        if not plane.both:
            ends = f"{self.laboratory(self.segment):g}° to either side"
        first = (
            f"{name}, {plane.label}: {ends} under {moment} in the laboratory; it leaves its "
            f"neutral zone of {zone:g}° under almost no load."
        )
        parts = [first]
        parts.append(
            f"Rank of {name} among the five levels, from the most motion: {self._ranks()}."
        )
        if self.plane == "sagittal":
            parts.append(
                "L5–S1 moves most in the laboratory, least in the living on films bent either way "
                "and on upright MRI; with two X-ray planes the lower levels moved slightly more: "
                "they disagree."
            )
        return " ".join(parts)

    def _ranks(self) -> str:
        """Where the chosen level stands in each source that tells levels apart."""
        name = say_segment(self.segment)
        said = []
        for kind, source in enumerate(SOURCES):
            found = {each.segment: each.range_deg for each in self.ranges() if each.kind == kind}
            if name in found and len(set(found.values())) > 1:
                above = sum(other > found[name] for other in found.values())
                said.append(
                    f"{above + 1} of {len(found)} in {source.split(': ')[1].split(' ±')[0]}"
                )
        return ", ".join(said)

    def caption(self) -> str:
        """What the rows are."""
        return "Published ranges, level by level. Choose a row for its origin"

    def head(self) -> tuple[str, ...]:
        """Columns."""
        return ("level and source", "range", "spread")

    def readings(self) -> tuple[Reading, ...]:
        """The chosen level's zone, then every range; gaps where nobody printed one."""
        fact = self.content.facts[ZONE]
        zone = published(self.content, self.segment, self.chosen.directions[0]).zone_deg
        rows = [
            Reading(
                ZONE,
                f"{say_segment(self.segment)}, neutral zone: {self._paper(ZONE)}",
                (f"{zone:g}°", "to either side"),
                fact.evidence,
            )
        ]
        rows += [
            self._row(each, segment)
            for segment in SEGMENTS
            for each in self.ranges()
            if each.segment == say_segment(segment)
        ]
        if self.plane != "sagittal":
            rows.append(
                Reading("", "range of every level in the living, with its spread", ("", ""))
            )
        return tuple(rows)

    def _row(self, each: LevelRange, segment: str) -> Reading:
        fact = self.content.facts[each.fact]
        shown = f"{each.range_deg:g}°"
        if each.kind == LABORATORY and self.chosen.both:
            ahead, back = (
                published(self.content, segment, direction).range_deg
                for direction in self.chosen.directions
            )
            shown = f"{ahead:g}° + {back:g}°"
        spread = "none printed" if each.sd_deg is None else f"± {each.sd_deg:g}°"
        return Reading(
            each.fact,
            f"{each.segment}: {self._paper(each.fact)}",
            (shown, spread),
            each.evidence,
            quoted=is_quoted(fact),
            colours=series_colours(each.kind),
        )

    def _paper(self, name: str) -> str:
        return say_paper(self.content.references[self.content.facts[name].reference])


class MotionByLevelActivity(FigureActivity):
    """The curves and ranges, with a plane and a level to choose."""

    state: MotionByLevelState

    def __init__(self, content: Content | None = None, **state: Any) -> None:
        shown = MotionByLevelState(content or load_content(), **state)
        planes = [(plane.label, plane.id) for plane in PLANES]
        levels = [(say_segment(segment), segment) for segment in SEGMENTS]
        super().__init__(
            shown,
            [
                choice(shown, "plane", "Movement", planes),
                choice(shown, "segment", "Curve of", levels),
            ],
        )
