"""The level above a fusion in a model: two protocols side by side, and what was published."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ipywidgets
import traitlets

from l3s1.activities.figure_activity import FigureActivity, choice, shared_layout
from l3s1.activities.forest import ForestState
from l3s1.activities.motion_facts import (
    CONSTRUCT,
    CONSTRUCTS,
    CONVENTIONS,
    DEGENERATION,
    FOLLOWER,
    LABEL,
    LARGE_LOADS,
    RANGE,
    SAGITTAL,
    ZONE,
    Edge,
    build_spine,
    follower_effect,
    highest_grade,
    law,
    say_segment,
)
from l3s1.activities.outcome_facts import hover_of, is_quoted, label_of
from l3s1.activities.readings import Reading
from l3s1.activities.wording import say_number, say_paper
from l3s1.content import Content, load_content
from l3s1.figures.forest import ForestAxis, ForestGroup, ForestRow
from l3s1.figures.marks import series_colours
from l3s1.models.motion.protocols import Compared, compare_protocols
from l3s1.models.motion.spine import SEGMENTS, Direction

if TYPE_CHECKING:
    from l3s1.content import Fact

ABOVE = "L2-L3"
"""The level that the course's operation leaves next to it."""

FUSIONS = (SEGMENTS[4:], SEGMENTS[3:], SEGMENTS[2:])
"""One, two and three fused levels, each down to the sacrum."""

SAME_LOAD, SAME_MOTION, PUBLISHED = range(3)
KINDS = (
    "model, pushed as hard as before",
    "model, bent as far as before (hybrid)",
    "published, bent as far as before",
)

_PLANE = {
    Direction.FLEXION: ("flexion", "sagittal"),
    Direction.EXTENSION: ("extension", "sagittal"),
    Direction.SIDE: ("side", "side"),
    Direction.TURN: ("", "turn"),
}
"""The names of a direction's values in the two experiments with numbers (dogs'; quoted)."""

_WIDEST = 135.0
"""End of the axis (%), unless a bar is longer: it holds every published change."""

_DOGS, _QUOTED = "in-vitro-ha-1993", "in-vitro-kyaw-2014"
_REVIEW = "in-vivo-malakoutian-2015"

LIVING = (_REVIEW, "in-vivo-luk-1995", "degeneration-in-life-breen-2020")
LABORATORY = ("in-vitro-chow-1996", "in-vitro-reichl-2017", "follower-load-rohlmann-2001")
COMPUTED = ("fe-topping-off-2020", "fe-degenerated-neighbour-2019", "rods-fe-2020")


@dataclass(frozen=True)
class Assumption:
    """What the model takes for granted, and the fact nearest to it."""

    text: str
    fact: str


ASSUMPTIONS = (
    Assumption("a pure moment, the same in every segment: no muscles, no weight", RANGE),
    Assumption("curves are exponential between neutral zone and range", "curves-panjabi-1994"),
    Assumption("the neutral zone lies to either side of the middle, as wide as printed", ZONE),
    Assumption("a stiffness that large loads showed is never exceeded", LARGE_LOADS),
    Assumption("fused levels are springs, alike at every level", "constructs-peng-2022"),
    Assumption("PEEK rods leave the most their source allows", "rods-galbusera-2011"),
    Assumption("a follower load acts in proportion, on flexion and extension only", FOLLOWER),
    Assumption("degeneration acts in proportion to its grade, on the range only", DEGENERATION),
    Assumption(
        "the edge of the neutral zone, by convention; the intervals say what hangs on it",
        CONVENTIONS,
    ),
)


class LevelAboveModelState(ForestState):
    """The direction, what holds the fused levels, the follower load and the disc of L2–L3."""

    direction = traitlets.Enum([each.value for each in Direction], Direction.FLEXION.value)
    construct = traitlets.Enum([each.id for each in CONSTRUCTS], "cage")
    load = traitlets.Float(0.0, help="Follower load; N")
    grade = traitlets.Float(0.0, help="Degeneration of the disc L2–L3; 0 healthy")

    @traitlets.validate("load")
    def _valid_load(self, proposal: dict[str, Any]) -> float:
        asked, most = float(proposal["value"]), follower_effect(self.content).load_n
        if not 0.0 <= asked <= most:
            raise traitlets.TraitError(f"a follower load of {asked:g} N: give 0 to {most:g}")
        return asked

    @traitlets.validate("grade")
    def _valid_grade(self, proposal: dict[str, Any]) -> float:
        asked, most = float(proposal["value"]), highest_grade(self.content)
        if not 0.0 <= asked <= most:
            raise traitlets.TraitError(f"a grade of {asked:g}: give 0 (healthy) to {most:g}")
        return asked

    @property
    def way(self) -> Direction:
        """The direction bent in."""
        return Direction(self.direction)

    def compared(self, fused: tuple[str, ...], edge: Edge = Edge.USUAL) -> Compared:
        """The intact spine and the fused one under the moment that ranges were measured with."""
        grades = {ABOVE: self.grade}
        intact = build_spine(self.content, self.way, None, self.load, grades, edge)
        held = dict.fromkeys(fused, self.construct)
        after = build_spine(self.content, self.way, held, self.load, grades, edge)
        return compare_protocols(intact, after, law(self.content).test_moment_nm)

    def bounds(self, fused: tuple[str, ...]) -> tuple[float, float] | None:
        """The change (%) at L2–L3, bent as far, with the zone's edge at either of its bounds.

        None where one of them is not reached.
        """
        found = [self.compared(fused, edge).change(ABOVE, hybrid=True) for edge in Edge]
        shown = [100 * each for each in found if each is not None]
        return (min(shown), max(shown)) if len(shown) == len(found) else None

    def groups(self) -> tuple[ForestGroup, ...]:
        """One to three levels by both protocols, then what was published."""
        model = tuple(
            ForestGroup(self._heading(fused), self._model_rows(fused)) for fused in FUSIONS
        )
        rows = self._published_rows()
        heading = "Published: the next level" if rows else "Published: no number for this direction"
        return (*model, ForestGroup(heading, rows), ForestGroup(self._living(), ()))

    @staticmethod
    def _heading(fused: tuple[str, ...]) -> str:
        levels = {1: "one level", 2: "two levels", 3: "three levels"}[len(fused)]
        return f"{fused[0].split('-')[0]}–S1 fused, {levels}"

    def _model_rows(self, fused: tuple[str, ...]) -> tuple[ForestRow, ...]:
        found = self.compared(fused)
        intact = found.intact.angles_deg[ABOVE]
        lost = 100 * (1 - found.same_load.total_deg / found.intact.total_deg)
        above = say_segment(ABOVE)
        first = self._model_row(
            f"{above} as before; the whole moves {lost:.0f} % less",
            found.change(ABOVE, hybrid=False),
            SAME_LOAD,
            f"{above}: {intact:.1f}° before and after, under {found.intact.moment_nm:g} N·m",
        )
        factor, change = found.moment_factor(), found.change(ABOVE, hybrid=True)
        if found.same_motion is None or factor is None or change is None:
            return (first, self._model_row("can’t be reached: no number", None, SAME_MOTION, ""))
        after = found.same_motion.angles_deg[ABOVE]
        beyond = found.same_motion.moment_nm > law(self.content).test_moment_nm
        moment = f"moment × {factor:.1f}{', extrapolated' if beyond else ''}"
        second = self._model_row(
            moment,
            change,
            SAME_MOTION,
            f"{above}: {intact:.1f}° → {after:.1f}° under {found.same_motion.moment_nm:.1f} N·m",
            self.bounds(fused),
        )
        return first, second

    def _model_row(
        self,
        label: str,
        change: float | None,
        kind: int,
        words: str,
        bounds: tuple[float, float] | None = None,
    ) -> ForestRow:
        fact = self.content.facts[CONSTRUCT[self.construct].fact]
        percent = None if change is None else round(100 * change, 1) + 0.0
        return ForestRow(
            fact.id,
            label,
            percent,
            None if bounds is None else round(bounds[0], 1),
            None if bounds is None else round(bounds[1], 1),
            self.content.facts[RANGE].evidence,
            words,
            _signed(round(percent)) if percent else "",
            kind == SAME_MOTION,
            kind,
        )

    def _published_rows(self) -> tuple[ForestRow, ...]:
        rows = []
        for name, value_name in zip((_DOGS, _QUOTED), _PLANE[self.way], strict=True):
            if not value_name:
                continue
            fact = self.content.facts[name]
            value = fact.value(value_name)
            shown = (
                _signed(value.estimate)
                if value.estimate is not None
                else f"+{value.low:g} to {value.high:g} %"
            )
            kind = "dogs" if name == _DOGS else "quoted, specimens not read"
            rows.append(
                ForestRow(
                    name,
                    f"{label_of(self.content, fact, value)} ({kind})",
                    value.estimate,
                    value.low,
                    value.high,
                    fact.evidence,
                    hover_of(fact, value),
                    shown,
                    False,
                    PUBLISHED,
                )
            )
        return tuple(rows)

    def _living(self) -> str:
        fact = self.content.facts[_REVIEW]
        none, more, less = (fact.value(name).estimate for name in ("none", "more", "less"))
        return (
            f"Living people, level above: {none:g} studies no change, {more:g} more, "
            f"{less:g} less motion; no pooled size"
        )

    def axis(self) -> ForestAxis:
        """Change of motion; the published changes and the model's all stand on it."""
        found = [self.compared(fused).change(ABOVE, hybrid=True) for fused in FUSIONS]
        most = max(100 * each for each in (*found, 0.0) if each is not None)
        return ForestAxis(
            f"change of motion at {say_segment(ABOVE)}",
            0.0,
            max(_WIDEST, 25.0 * math.ceil(most / 25.0 + 0.2)),
            suffix=" %",
            reference=0.0,
        )

    def legend(self) -> tuple[str, ...]:
        """The kinds of rows."""
        return KINDS

    def unit(self) -> str:
        """Changes are in percent."""
        return "%"

    def said(self) -> str:
        """What the model says of three levels, by both protocols, and what it is."""
        found = self.compared(FUSIONS[-1])
        lost = 100 * (1 - found.same_load.total_deg / found.intact.total_deg)
        above, way = say_segment(ABOVE), LABEL[self.way]
        parts = [
            f"L3–S1 fused, {CONSTRUCT[self.construct].label}, {way}.",
            f"Pushed as hard as before, {above} moves as before and the whole {lost:.0f} % less.",
        ]
        change, factor = found.change(ABOVE, hybrid=True), found.moment_factor()
        if change is None or factor is None:
            parts.append(f"Bent as far as before: {found.why}.")
        else:
            parts.append(
                f"Bent as far as before, {above} moves {100 * change:.0f} % more, under "
                f"{factor:.1f} times the moment: like every free level, not it alone."
            )
        if self.load and self.way not in SAGITTAL:
            parts.append("The follower load changes nothing here: no size of its effect was found.")
        parts.append(f"{self._living()}.")
        parts.append("A surrogate for teaching, not a forecast for anyone.")
        return " ".join(parts)

    def caption(self) -> str:
        """What the rows are."""
        return (
            "Computed rows first, their intervals from half to twice the moment at the neutral "
            "zone’s edge; then published ones, what has no number, and what the model assumes. "
            "Choose a row for its origin"
        )

    def head(self) -> tuple[str, ...]:
        """Columns."""
        return ("row", f"{say_segment(ABOVE)}, change", "moment there")

    def readings(self) -> tuple[Reading, ...]:
        """Both protocols for one to three levels, the published numbers, and the assumptions."""
        rows: list[Reading] = []
        for fused in FUSIONS:
            rows += self._model_readings(fused)
        rows += [self._published_reading(row) for row in self._published_rows()]
        rows += [self._said_in(name) for name in (*LIVING, *LABORATORY, *COMPUTED)]
        rows += [self._assumed(each) for each in ASSUMPTIONS]
        return tuple(rows)

    def _model_readings(self, fused: tuple[str, ...]) -> list[Reading]:
        found = self.compared(fused)
        name = self._heading(fused)
        evidence = self.content.facts[RANGE].evidence
        fact = CONSTRUCT[self.construct].fact
        before = found.intact.moment_nm
        rows = [
            Reading(
                fact,
                f"{name}: pushed as hard as before",
                ("as before", f"{before:g} N·m, as before"),
                evidence,
                colours=series_colours(SAME_LOAD),
            )
        ]
        change, bent = found.change(ABOVE, hybrid=True), found.same_motion
        if change is None or bent is None:
            cells = ("not reached", f"more than {law(self.content).greatest_moment_nm:g} N·m")
        else:
            span = self.bounds(fused)
            ends = "" if span is None else f" ({span[0]:.0f} to {span[1]:.0f})"
            cells = (f"{_signed(round(100 * change))}{ends}", f"{bent.moment_nm:.1f} N·m")
        rows.append(
            Reading(
                fact,
                f"{name}: bent as far as before",
                cells,
                evidence,
                extrapolated=bent is not None and bent.moment_nm > before,
                colours=series_colours(SAME_MOTION),
            )
        )
        return rows

    def _published_reading(self, row: ForestRow) -> Reading:
        fact = self.content.facts[row.fact]
        return Reading(
            row.fact,
            row.label,
            (row.shown, "not printed"),
            row.evidence,
            quoted=is_quoted(fact),
            colours=series_colours(PUBLISHED),
        )

    def _said_in(self, name: str) -> Reading:
        fact = self.content.facts[name]
        return Reading(
            name,
            f"{self._paper(fact)}: {fact.statement.rstrip('.')}",
            ("no size", ""),
            fact.evidence,
            quoted=is_quoted(fact),
        )

    def _assumed(self, assumption: Assumption) -> Reading:
        fact = self.content.facts[assumption.fact]
        return Reading(
            fact.id, f"Assumed: {assumption.text}", ("", ""), fact.evidence, unsourced=True
        )

    def _paper(self, fact: Fact) -> str:
        return say_paper(self.content.references[fact.reference])


def _signed(percent: float) -> str:
    shown = say_number(abs(percent), "%")
    return shown if percent == 0 else f"{'+' if percent > 0 else '−'}{shown}"


class LevelAboveModelActivity(FigureActivity):
    """The model and the papers, with direction, construct, follower load and disc to choose."""

    state: LevelAboveModelState

    def __init__(self, content: Content | None = None, **state: Any) -> None:
        shown = LevelAboveModelState(content or load_content(), **state)
        most = follower_effect(shown.content).load_n
        self.load = ipywidgets.FloatSlider(
            value=shown.load,
            min=0.0,
            max=most,
            step=most / 12,
            description="Follower load, N",
            readout_format=".0f",
            style={"description_width": "auto"},
            layout=shared_layout(width="20rem", max_width="100%", margin="0 0 0.25rem 0"),
        )
        traitlets.link((shown, "load"), (self.load, "value"))
        grades = [
            (["healthy", "slight", "moderate", "severe"][grade], float(grade))
            for grade in range(int(highest_grade(shown.content)) + 1)
        ]
        super().__init__(
            shown,
            [
                choice(
                    shown, "direction", "Movement", [(LABEL[way], way.value) for way in Direction]
                ),
                choice(shown, "construct", "Held by", [(c.label, c.id) for c in CONSTRUCTS]),
                choice(shown, "grade", "Disc L2–L3", grades),
                self.load,
            ],
        )
