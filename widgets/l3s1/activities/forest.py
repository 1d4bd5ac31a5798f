"""What activities share whose chart is a list of estimates with their intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from l3s1.activities.figure_activity import FigureState
from l3s1.activities.outcome_facts import hover_of, is_extrapolated, is_quoted, label_of
from l3s1.activities.readings import Reading
from l3s1.activities.wording import say_number
from l3s1.figures.forest import ForestAxis, ForestGroup, ForestRow, build_forest_figure
from l3s1.figures.marks import series_colours
from l3s1.vocabulary import Evidence

if TYPE_CHECKING:
    from l3s1.content import Fact, Value
    from l3s1.figures.theme import Spec


class ForestState(FigureState):
    """Groups of rows on one axis; subclasses say which."""

    def groups(self) -> tuple[ForestGroup, ...]:
        """The rows, by group; a group without rows is a gap."""
        raise NotImplementedError

    def axis(self) -> ForestAxis:
        """The common axis."""
        raise NotImplementedError

    def legend(self) -> tuple[str, ...]:
        """Names of the kinds of row, where colour and shape tell them apart."""
        return ()

    def further(self) -> tuple[Reading, ...]:
        """Rows of the table that can't stand on the axis."""
        return ()

    def figure(self) -> Spec:
        """Every row with its interval."""
        return build_forest_figure(self.groups(), self.axis(), self.legend())

    def row(
        self, fact: Fact, value: Value, *, kind: int = 0, comparator: Value | None = None
    ) -> ForestRow:
        """One number of a fact as the chart draws it, its interval as printed."""
        interval = value.spread in ("confidence_interval_95", "range")
        return ForestRow(
            fact.id,
            label_of(self.content, fact, value),
            value.estimate,
            value.low if interval else None,
            value.high if interval else None,
            fact.evidence,
            hover_of(fact, value),
            "" if value.estimate is None else say_number(value.estimate, self.unit()),
            is_extrapolated(fact),
            kind,
            comparator.estimate if comparator else None,
            value.name,
        )

    def unit(self) -> str:
        """The unit of the rows' numbers."""
        return "ratio"

    def head(self) -> tuple[str, ...]:
        """Columns."""
        return ("source", "estimate", "95 % interval")

    def readings(self) -> tuple[Reading, ...]:
        """A row for each mark, a gap for each group without any, and what fits no axis."""
        rows: list[Reading] = []
        for group in self.groups():
            rows += [self._reading(row) for row in group.rows]
            if not group.rows:
                rows.append(Reading("", group.heading, ("", "")))
        return (*rows, *self.further())

    def _reading(self, row: ForestRow) -> Reading:
        fact = self.content.facts[row.fact]
        return Reading(
            row.fact,
            row.label,
            (self._estimate(row), self._interval(row)),
            row.evidence,
            extrapolated=row.extrapolated and row.evidence is not Evidence.OPINION,
            quoted=is_quoted(fact),
            colours=series_colours(row.kind),
        )

    def _estimate(self, row: ForestRow) -> str:
        return "not printed" if row.estimate is None else say_number(row.estimate, self.unit())

    def _interval(self, row: ForestRow) -> str:
        if row.low is None or row.high is None:
            return "none printed"
        low, high = (say_number(round(end, 3), "count") for end in (row.low, row.high))
        return f"{low} to {high}"
