"""Charts that answer a list of questions, each with an axis of its own and what fits none."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from l3s1.activities.forest import ForestState
from l3s1.activities.outcome_facts import (
    hover_of,
    is_carried_over,
    is_extrapolated,
    is_quoted,
    label_of,
    paper_of,
    share_of,
)
from l3s1.activities.readings import Reading
from l3s1.activities.wording import say_number
from l3s1.figures.forest import ForestAxis, ForestGroup, ForestRow
from l3s1.figures.marks import series_colours
from l3s1.vocabulary import Trust

if TYPE_CHECKING:
    from l3s1.content import Fact, Value

_BETWEEN = {
    "confidence_interval_95": "95 %",
    "range": "range",
    "range_of_studies": "studies",
    "advice": "usual",
}


@dataclass(frozen=True)
class Numbers:
    """Rows below a heading: (fact, value, kind); without rows the heading says what is missing."""

    heading: str
    rows: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True)
class Question:
    """A question: what its answer is, an axis with its unit, rows, and facts beside the axis.

    'ratio' axes are logarithmic around 1. `kinds` names what colour and shape tell apart.
    """

    id: str
    label: str
    answer: str
    axis: str
    unit: str
    groups: tuple[Numbers, ...]
    beside: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


class QuestionsState(ForestState):
    """Which question is answered; subclasses have `QUESTIONS` and a trait `question` (an id)."""

    QUESTIONS: ClassVar[tuple[Question, ...]]
    question: str

    @property
    def chosen(self) -> Question:
        """The question shown."""
        return next(each for each in self.QUESTIONS if each.id == self.question)

    def groups(self) -> tuple[ForestGroup, ...]:
        """The rows of the question."""
        return tuple(
            ForestGroup(group.heading, tuple(self._drawn(*row) for row in group.rows))
            for group in self.chosen.groups
        )

    def _drawn(self, name: str, value_name: str, kind: int) -> ForestRow:
        fact = self.content.facts[name]
        value = fact.value(value_name)
        low, high, _ = interval_of(value)
        return ForestRow(
            name,
            label_of(self.content, fact, value),
            value.estimate,
            low,
            high,
            fact.evidence,
            hover_of(fact, value),
            self._estimate_of(value),
            is_extrapolated(fact),
            kind,
        )

    def _estimate_of(self, value: Value) -> str:
        return "" if value.estimate is None else say_number(value.estimate, self.unit())

    def unit(self) -> str:
        """The unit of the question's axis."""
        return self.chosen.unit

    def legend(self) -> tuple[str, ...]:
        """What colour and shape tell apart."""
        return self.chosen.kinds

    def axis(self) -> ForestAxis:
        """From nothing to the largest number shown; of ratios, equal factors around 1."""
        numbers = [
            number
            for group in self.groups()
            for row in group.rows
            for number in (row.estimate, row.low, row.high)
            if number is not None
        ]
        if self.chosen.unit == "ratio":
            low = 2.0 ** math.floor(math.log2(min([0.5, *numbers]) / 1.05))
            high = 2.0 ** math.ceil(math.log2(max([2.0, *numbers]) * 1.05))
            return ForestAxis(
                self.chosen.axis,
                low,
                high,
                log=True,
                reference=1.0,
                reference_words="no difference",
            )
        high = max(numbers, default=1.0)
        if high <= 0.0:
            raise ValueError(
                f"question {self.chosen.id!r}: no number above 0 to make an axis of; "
                "list such facts beside the axis"
            )
        step = 10.0 ** math.floor(math.log10(high))
        top = step * math.ceil(1.02 * high / step * 2) / 2
        suffix = {"%": " %", "deg": "°"}.get(self.chosen.unit, f" {self.chosen.unit}")
        return ForestAxis(self.chosen.axis, 0.0, top, suffix=suffix)

    def said(self) -> str:
        """The answer, and how many numbers stand behind it."""
        rows = [row for group in self.chosen.groups for row in group.rows]
        papers = {self.content.facts[name].reference for name, _, _ in rows}
        papers |= {self.content.facts[name].reference for name in self.chosen.beside}
        count = len(rows)
        return (
            f"{self.chosen.answer} {count} number{'' if count == 1 else 's'} on the axis; "
            f"{len(papers)} sources with those beside it."
        )

    def caption(self) -> str:
        """What the rows are."""
        return "First what stands on the axis, then what can’t. Choose a row for its origin"

    def head(self) -> tuple[str, ...]:
        """Columns."""
        return ("source", "number", "interval or spread")

    def readings(self) -> tuple[Reading, ...]:
        """A row for each mark, a gap for each group without any, then what stands beside."""
        rows = []
        for group in self.chosen.groups:
            if not group.rows:
                rows.append(Reading("", group.heading, ("", "")))
            for name, value_name, kind in group.rows:
                fact = self.content.facts[name]
                value = fact.value(value_name)
                rows.append(
                    Reading(
                        name,
                        label_of(self.content, fact, value),
                        (self._estimate_of(value) or "not printed", interval_of(value)[2]),
                        fact.evidence,
                        extrapolated=is_carried_over(fact),
                        quoted=is_quoted(fact),
                        unsourced=fact.trust is Trust.UNVERIFIED,
                        colours=series_colours(kind),
                    )
                )
        return (*rows, *self.further())

    def further(self) -> tuple[Reading, ...]:
        """The facts beside the axis, in a sentence each."""
        facts = [self.content.facts[name] for name in self.chosen.beside]
        return tuple(self._beside(fact) for fact in facts)

    def _beside(self, fact: Fact) -> Reading:
        return Reading(
            fact.id,
            f"{paper_of(self.content, fact)}: {fact.statement}",
            ("", ""),
            fact.evidence,
            extrapolated=is_carried_over(fact),
            quoted=is_quoted(fact),
            unsourced=fact.trust is Trust.UNVERIFIED,
        )


def interval_of(value: Value) -> tuple[float | None, float | None, str]:
    """What is drawn around an estimate (low, high), and its words.

    A share with a number of people and no interval has Wilson's, which the words call computed; a
    standard deviation is said and not drawn, as it tells of people and not of the mean.
    """
    if value.spread in ("standard_deviation", "standard_error") and value.low is not None:
        kind = "SD" if value.spread == "standard_deviation" else "SE"
        return None, None, f"{kind} {say_number(value.low, 'count')}"
    if value.spread is not None and value.low is not None and value.high is not None:
        low, high = (say_number(end, "count") for end in (value.low, value.high))
        return value.low, value.high, f"{_BETWEEN.get(value.spread, value.spread)}: {low} to {high}"
    if value.unit == "%" and value.statistic == "share" and value.n is not None:
        share = share_of(value)
        return share.low, share.high, f"computed: {share.low:.0f} to {share.high:.0f}"
    return None, None, "none printed"
