"""Constructs by the share of a segment's motion that they leave, direction by direction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import traitlets

from l3s1.activities.figure_activity import FigureActivity, choice
from l3s1.activities.forest import ForestState
from l3s1.activities.motion_facts import RODS
from l3s1.activities.outcome_facts import (
    estimate_of,
    is_carried_over,
    is_extrapolated,
    is_quoted,
    paper_of,
)
from l3s1.activities.readings import Reading
from l3s1.activities.wording import say_number, say_value
from l3s1.content import Content, load_content
from l3s1.figures.forest import ForestAxis, ForestGroup, ForestRow
from l3s1.figures.marks import series_colours

if TYPE_CHECKING:
    from l3s1.content import Fact, Value

PLANES = {
    "sagittal": "forward and backward",
    "side": "to the side",
    "turn": "turning",
}
SHARES = "construct-shares-peng-2022"
SCREWS = "screws-on-intact-disc-pimenta-2012"
LATERAL = "lateral-cage-model-2020"

_CADAVER, _MODEL = 0, 1
KINDS = ("spines after death", "computer models")
_WHOLE = 100.0

PRINTED = (
    ("Facets removed, nothing put in", "facets"),
    ("Screws on one side", "one_side"),
    ("Screws on one side and a cage from behind", "one_side_cage"),
    ("Screws on both sides", "both_sides"),
    ("Screws on both sides and a cage from behind", "both_sides_cage"),
)
"""Headings, and the part of a value's name that `SHARES` has for them."""

BESIDE = (
    "wide-cage-pimenta-2012",
    "front-cage-plate-gerber-2006",
    "lateral-multilevel-2021",
    "lateral-four-levels-mok",
    "rods-fe-2020",
    "peek-rods-ponnappan-2009",
)
"""What speaks on constructs without a share of the intact motion."""


class ConstructsState(ForestState):
    """In which direction the segment is moved."""

    plane = traitlets.Enum(list(PLANES), "sagittal")

    def groups(self) -> tuple[ForestGroup, ...]:
        """The constructs, from none to the firmest; ranges over directions stand last."""
        groups = []
        for heading, state in PRINTED:
            rows = [self._printed(self.content.facts[SHARES].value(f"{self.plane}_{state}"))]
            if state == "both_sides":
                rows.append(self._fallen(SCREWS, self.plane, _CADAVER))
                if self.plane == "sagittal":
                    rows.append(self._at_most(RODS, "fall"))
            groups.append(ForestGroup(heading, tuple(rows)))
        lateral = tuple(
            self._fallen(LATERAL, name, _MODEL) for name in ("alone", "lateral", "screws")
        )
        groups.append(ForestGroup("Lateral cages: ranges over all directions", lateral))
        return tuple(groups)

    def _printed(self, value: Value) -> ForestRow:
        fact = self.content.facts[SHARES]
        return self._row(fact, value, value.estimate, value.low, value.high, _CADAVER)

    def _fallen(self, name: str, value_name: str, kind: int) -> ForestRow:
        """A published fall turned into what is left: a hundred less the fall."""
        fact = self.content.facts[name]
        value = fact.value(value_name)
        if value.estimate is None:
            low, high = self._ends(value)
            return self._row(fact, value, None, low, high, kind)
        return self._row(fact, value, _WHOLE - value.estimate, None, None, kind)

    def _at_most(self, name: str, value_name: str) -> ForestRow:
        """A fall printed as 'at least' leaves anything from nothing to the rest."""
        fact = self.content.facts[name]
        value = fact.value(value_name)
        if value.estimate is None:
            raise ValueError(f"fact {name!r}, value {value_name!r}: an estimate is needed")
        return self._row(fact, value, None, 0.0, _WHOLE - value.estimate, _MODEL)

    def _ends(self, value: Value) -> tuple[float, float]:
        if value.low is None or value.high is None:
            raise ValueError(f"value {value.name!r} has neither estimate nor range")
        return round(_WHOLE - value.high, 6), round(_WHOLE - value.low, 6)

    def _row(
        self,
        fact: Fact,
        value: Value,
        left: float | None,
        low: float | None,
        high: float | None,
        kind: int,
    ) -> ForestRow:
        return ForestRow(
            fact.id,
            f"{paper_of(self.content, fact)}: {_name(value)}",
            left,
            low,
            high,
            fact.evidence,
            f"{say_value(value)}<br>{fact.population}",
            "" if left is None else say_number(left, "%"),
            is_extrapolated(fact),
            kind,
        )

    def axis(self) -> ForestAxis:
        """Percent of the intact motion; the line is the intact segment."""
        return ForestAxis(
            "left of the intact segment’s motion",
            0,
            160,
            suffix=" %",
            reference=_WHOLE,
            reference_words="intact",
        )

    def legend(self) -> tuple[str, ...]:
        """Spines after death, or computed."""
        return KINDS

    def unit(self) -> str:
        """Percent."""
        return "%"

    def said(self) -> str:
        """What screws leave in this direction, and how wide it is."""
        name = f"{self.plane}_both_sides"
        both = self.content.facts[SHARES].value(name)
        if both.low is None or both.high is None:
            raise ValueError(f"fact {SHARES!r}, value {name!r}: an interval is needed")
        cage = estimate_of(self.content, SHARES, f"{name}_cage")
        other = self._fallen(SCREWS, self.plane, _CADAVER)
        shown = say_number(estimate_of(self.content, SHARES, name), "%")
        low, high = (say_number(end, "count") for end in (both.low, both.high))
        return (
            f"{PLANES[self.plane].capitalize()}, screws on both sides left {shown} of the intact "
            f"motion in one laboratory (95 % interval {low} to {high}) and {other.shown} in "
            "another, where the disc was whole; with a cage from behind "
            f"{say_number(cage, '%')}. On the day of surgery no construct takes "
            "all motion: only bone does. All were tested or computed before any bone grew and "
            "without living muscle, mostly at one level."
        )

    def caption(self) -> str:
        """What the rows are."""
        return (
            "Where a paper prints a fall, a hundred less the fall is shown. Choose a row for its "
            "origin"
        )

    def head(self) -> tuple[str, ...]:
        """Columns."""
        return ("construct and source", "left of intact", "interval or range")

    def readings(self) -> tuple[Reading, ...]:
        """A row for each mark, with its construct; then what has no share."""
        rows = [
            Reading(
                row.fact,
                f"{group.heading}. {row.label}",
                (row.shown or "a range", self._interval(row)),
                row.evidence,
                extrapolated=is_carried_over(self.content.facts[row.fact]),
                quoted=is_quoted(self.content.facts[row.fact]),
                colours=series_colours(row.kind),
            )
            for group in self.groups()
            for row in group.rows
        ]
        return (*rows, *self.further())

    def further(self) -> tuple[Reading, ...]:
        """Tests that print no share of the intact motion."""
        facts = [self.content.facts[name] for name in BESIDE]
        return tuple(
            Reading(
                fact.id,
                f"{paper_of(self.content, fact)}: {fact.statement}",
                ("", ""),
                fact.evidence,
                extrapolated=is_carried_over(fact),
            )
            for fact in facts
        )


def _name(value: Value) -> str:
    """A value's label without what the number shown no longer is: the fall."""
    return value.label.removeprefix("fall, ").removesuffix(", at least")


class ConstructsActivity(FigureActivity):
    """Constructs, with the direction to choose."""

    state: ConstructsState

    def __init__(self, content: Content | None = None, **state: Any) -> None:
        shown = ConstructsState(content or load_content(), **state)
        options = [(words, plane) for plane, words in PLANES.items()]
        super().__init__(shown, [choice(shown, "plane", "Direction", options)])
