"""What approaches cost and give: one way against another, and series by themselves."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import traitlets

from l3s1.activities.approach_measures import AGAINST, ALONE, MEASURES, WAYS, Measure
from l3s1.activities.figure_activity import FigureActivity, choice
from l3s1.activities.forest import ForestState
from l3s1.activities.outcome_facts import is_carried_over, is_quoted, paper_of
from l3s1.activities.readings import Reading
from l3s1.activities.wording import say_number
from l3s1.content import Content, load_content
from l3s1.figures.forest import ForestAxis, ForestGroup, ForestRow

if TYPE_CHECKING:
    from l3s1.content import Fact

_SPREADS = {"standard_deviation": "SD", "standard_error": "standard error"}
_DRAWN = ("confidence_interval_95", "range", "range_of_studies")


class ApproachResultsState(ForestState):
    """What is compared, and whether against another way or series by series."""

    measure = traitlets.Enum(list(MEASURES), "blood")
    way = traitlets.Enum(list(WAYS), AGAINST)

    @property
    def chosen(self) -> Measure:
        """What is compared."""
        return MEASURES[self.measure]

    def unit(self) -> str:
        """The unit of the shown numbers."""
        return self.chosen.unit_of(self.way)

    def groups(self) -> tuple[ForestGroup, ...]:
        """The published numbers, or the gap."""
        rows = tuple(self._row(*source) for source in self.chosen.sources(self.way))
        label = _capital(self.chosen.label)
        if not rows:
            return (ForestGroup(f"{label}: no number found for {WAYS[self.way]}", ()),)
        heading = label if self.way == AGAINST else f"{label}: series, not compared by chance"
        return (ForestGroup(heading, rows),)

    def _row(self, name: str, value_name: str) -> ForestRow:
        fact = self.content.facts[name]
        value = fact.value(value_name)
        row = self.row(fact, value)
        low, high = (value.low, value.high) if value.spread in _DRAWN else (None, None)
        return replace(row, low=low, high=high, extrapolated=self._carried_over(fact))

    def _carried_over(self, fact: Fact) -> bool:
        return self.chosen.by_levels and is_carried_over(fact)

    def axis(self) -> ForestAxis:
        """From the numbers themselves; differences and ratios have their line of no difference."""
        rows = [row for group in self.groups() for row in group.rows]
        numbers = [
            number
            for row in rows
            for number in (row.estimate, row.low, row.high)
            if number is not None
        ]
        unit = self.unit()
        if unit == "ratio":
            low = 2.0 ** math.floor(math.log2(min([0.5, *numbers]) / 1.05))
            high = 2.0 ** math.ceil(math.log2(max([2.0, *numbers]) * 1.05))
            return ForestAxis(
                "ratio (equal steps are equal factors)",
                low,
                high,
                log=True,
                reference=1.0,
                reference_words="no difference",
            )
        if unit == "%":
            return ForestAxis(f"share: {self.chosen.label}", 0.0, 100.0, suffix=" %")
        if self.way == AGAINST and not numbers:
            # a gap: its line stands in the middle, where there is room for the line's words
            numbers = [-1.0, 1.0]
        low, high = min([0.0, *numbers]), max([0.0, *numbers]) or 1.0
        margin = 0.05 * (high - low)
        words = say_number(0, unit).removeprefix("0").strip() or unit
        title = f"{self.chosen.label}, {words}"
        if self.way == AGAINST:
            return ForestAxis(
                f"{title}: difference",
                low - margin,
                max(high, -0.2 * low) + margin,
                reference=0.0,
                reference_words="no difference",
            )
        return ForestAxis(title, 0.0, high + margin)

    def said(self) -> str:
        """How many numbers there are, and what they can carry."""
        rows = [row for group in self.groups() for row in group.rows]
        label = _capital(self.chosen.label)
        if not rows:
            return f"{label}: no number found for {WAYS[self.way]}. That is a gap, not a draw."
        short = sum(row.extrapolated for row in rows)
        carried = f" {short} of them come from one or two levels, or do not say." if short else ""
        if self.way == ALONE:
            return (
                f"{label}: {len(rows)} numbers from single series or arms pooled one by one. "
                "People and definitions differ between them, so their order is no ranking."
                f"{carried}"
            )
        none = 1.0 if self.unit() == "ratio" else 0.0
        both = [(row.low, row.high) for row in rows]
        open_ = sum(
            low is not None and high is not None and low <= none <= high for low, high in both
        )
        return (
            f"{label}: {len(rows)} comparisons, {open_} with an interval that includes no "
            f"difference.{carried}"
        )

    def caption(self) -> str:
        """What the rows are."""
        return "Choose a row for its origin. The last rows say in words what has no number"

    def head(self) -> tuple[str, ...]:
        """Columns."""
        return ("source", "estimate", "interval or spread")

    def _interval(self, row: ForestRow) -> str:
        if row.low is not None:
            return super()._interval(row)
        value = self.content.facts[row.fact].value(row.value)
        words = _SPREADS.get(str(value.spread))
        return f"{words} {value.low:g}" if words and value.low is not None else "none printed"

    def further(self) -> tuple[Reading, ...]:
        """What is said of it without a number."""
        return tuple(self._worded(self.content.facts[name]) for name in self.chosen.words)

    def _worded(self, fact: Fact) -> Reading:
        return Reading(
            fact.id,
            f"{paper_of(self.content, fact)}: {fact.statement}",
            ("in words", ""),
            fact.evidence,
            extrapolated=self._carried_over(fact),
            quoted=is_quoted(fact),
        )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


class ApproachResultsActivity(FigureActivity):
    """Published results of approaches and of guided screws, measure by measure."""

    state: ApproachResultsState

    def __init__(self, content: Content | None = None, **state: Any) -> None:
        shown = ApproachResultsState(content or load_content(), **state)
        measures = [(each.label, name) for name, each in MEASURES.items()]
        super().__init__(
            shown,
            [
                choice(shown, "measure", "Show", measures),
                choice(shown, "way", "As", [(words, name) for name, words in WAYS.items()]),
            ],
        )
