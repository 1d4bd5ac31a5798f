"""One graft, or two side by side: what each can do, how often bone unites with it, at what harm."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import traitlets

from l3s1.activities.figure_activity import FigureActivity, choice
from l3s1.activities.forest import ForestState
from l3s1.activities.outcome_facts import is_quoted, paper_of, share_of
from l3s1.activities.readings import Reading
from l3s1.activities.wording import say_number
from l3s1.content import Content, GraftNumber, GraftRecord, load_content
from l3s1.figures.forest import ForestAxis, ForestGroup, ForestRow
from l3s1.vocabulary import (
    BEARING_LABEL,
    UNION_READER_LABEL,
    Graft,
    GraftBed,
    GraftProperty,
    Trust,
    UnionReader,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from l3s1.content import Fact, Value

ALL = "all"
NONE = "none"

ASPECTS = {
    "union": "union: how many are called fused",
    "union_odds": "union against another graft: odds ratios",
    "union_risk": "union against another graft: risk ratios",
    "harm": "harms: how many",
    "harm_odds": "harms against another graft: odds ratios",
    "harm_risk": "harms against another graft: risk ratios",
}
_STATISTIC = {"odds": "odds_ratio", "risk": "risk_ratio"}
_FURTHER = {
    "further": "also",
    "cost": "cost",
    "funding": "who paid",
    "approval": "approval",
}
_READERS = list(UnionReader)
_INTERVALS = ("confidence_interval_95", "range_of_studies")

SAID = {
    "union": (
        "They differ in people, levels, carrier, time and in who read the images by which rule: "
        "not to be ranked or averaged."
    ),
    "union_odds": (
        "1 is no difference, above 1 higher odds of union with what is named first. Where union "
        "is common an odds ratio looks larger than the ratio of risks."
    ),
    "union_risk": "1 is no difference, above 1 a larger share united with what is named first.",
    "harm": "The questions asked and the time since surgery differ: not to be added up.",
    "harm_odds": (
        "1 is no difference, above 1 higher odds of the harm with what is named first. Poolings "
        "that disagree stand side by side: comparator, site and kinds of study differ."
    ),
    "harm_risk": "1 is no difference, above 1 a larger share harmed with what is named first.",
}


class GraftChooserState(ForestState):
    """Which graft, beside which other, in which bed, and what of it."""

    graft = traitlets.Enum([each.value for each in Graft], Graft.CREST.value)
    beside = traitlets.Enum([NONE, *(each.value for each in Graft)], Graft.GROWTH_FACTOR.value)
    bed = traitlets.Enum([ALL, *(each.value for each in GraftBed)], ALL)
    aspect = traitlets.Enum(list(ASPECTS), "union")

    @property
    def grafts(self) -> tuple[GraftRecord, ...]:
        """The chosen graft and, where another one is chosen, that beside it."""
        names = dict.fromkeys(name for name in (self.graft, self.beside) if name != NONE)
        return tuple(self.content.grafts[name] for name in names)

    @property
    def beds(self) -> tuple[GraftBed, ...]:
        """The beds that are asked for."""
        return tuple(GraftBed) if self.bed == ALL else (GraftBed(self.bed),)

    @property
    def _shares(self) -> bool:
        return self.aspect in ("union", "harm")

    def numbers(self, graft: GraftRecord) -> tuple[GraftNumber, ...]:
        """The numbers of a graft for what is shown; union only in the beds asked for."""
        listed = graft.ratios if self._by_bed else graft.harms
        return tuple(
            each
            for each in (graft.union if self.aspect == "union" else listed)
            if self._fits(self._value(each))
            and (not self._by_bed or any(bed in each.beds for bed in self.beds))
        )

    def _fits(self, value: Value) -> bool:
        if self._shares:
            return value.unit == "%"
        return value.statistic == _STATISTIC[self.aspect.rpartition("_")[2]]

    @property
    def _by_bed(self) -> bool:
        return str(self.aspect).startswith("union")

    def groups(self) -> tuple[ForestGroup, ...]:
        """The rows by graft; a graft of which nothing was found is a gap that says so."""
        found = []
        for graft in self.grafts:
            rows = tuple(self._row(each) for each in self.numbers(graft))
            name = graft.heading
            bed = f", {self.bed} bed" if self._by_bed and self.bed != ALL else ""
            if rows:
                found.append(ForestGroup(f"{name}{bed}", rows))
            else:
                found.append(ForestGroup(f"{name}{bed}: {self._none}", ()))
        return tuple(found)

    @property
    def _none(self) -> str:
        """What is missing. A graft without a ratio may still be the other side of one."""
        return "no evidence found" if self._shares else "no such ratio found that names it first"

    def _value(self, number: GraftNumber) -> Value:
        return self.content.facts[number.fact].value(number.value)

    def _row(self, number: GraftNumber) -> ForestRow:
        fact = self.content.facts[number.fact]
        value = fact.value(number.value)
        kind = _READERS.index(number.reader) if self.aspect == "union" else 0
        row = self.row(fact, value, kind=kind)
        row = replace(row, label=self._label(fact, value, number))
        if value.estimate is None:
            return replace(row, low=value.low, high=value.high)
        if self._shares and value.spread not in _INTERVALS:
            share = share_of(value)
            return replace(row, low=share.low, high=share.high)
        return row

    def _label(self, fact: Fact, value: Value, number: GraftNumber) -> str:
        details = []
        if self._by_bed and self.bed == ALL:
            details.append(_say_beds(number))
        if value.at_value is not None and value.at_unit is not None:
            details.append(say_number(value.at_value, value.at_unit))
        tail = f" ({', '.join(details)})" if details else ""
        return f"{paper_of(self.content, fact)}: {value.label}{tail}"

    def axis(self) -> ForestAxis:
        """Percent, or ratios on equal factors."""
        if self._shares:
            title = "called fused" if self.aspect == "union" else "people with the harm"
            return ForestAxis(title, 0, 100, suffix=" %")
        numbers = [
            number
            for group in self.groups()
            for row in group.rows
            for number in (row.estimate, row.low, row.high)
            if number
        ]
        return ForestAxis(
            f"{_STATISTIC[self.aspect.rpartition('_')[2]].replace('_', ' ')} "
            "(equal steps are equal factors)",
            2.0 ** math.floor(math.log2(min([0.5, *numbers]) / 1.05)),
            2.0 ** math.ceil(math.log2(max([2.0, *numbers]) * 1.05)),
            log=True,
            reference=1.0,
            reference_words="no difference",
        )

    def legend(self) -> tuple[str, ...]:
        """Who read the images, by colour and shape."""
        return tuple(UNION_READER_LABEL.values()) if self.aspect == "union" else ()

    def unit(self) -> str:
        """The unit of what is shown."""
        return "%" if self._shares else "ratio"

    def said(self) -> str:
        """How many numbers of which graft, how far apart, and what they must not be used for."""
        return " ".join([*(self._said_of(graft) for graft in self.grafts), SAID[self.aspect]])

    def _said_of(self, graft: GraftRecord) -> str:
        values = [self._value(each) for each in self.numbers(graft)]
        name = graft.heading
        if not values:
            return f"{name}: {self._none}."
        ends = [
            end
            for value in values
            for end in ([value.low, value.high] if value.estimate is None else [value.estimate])
            if end is not None
        ]
        low, high = (say_number(end, self.unit()) for end in (min(ends), max(ends)))
        count = f"{len(values)} published number{'' if len(values) == 1 else 's'}"
        return f"{name}: {count}, {low}." if low == high else f"{name}: {count}, {low} to {high}."

    def caption(self) -> str:
        """What the rows are."""
        return (
            "Intervals of shares are computed from n by Wilson’s method. Below the numbers: what "
            "each graft can do, what else is known, cost, who paid, approval. Choose a row for its "
            "origin"
        )

    def head(self) -> tuple[str, ...]:
        """Columns."""
        return ("source", "number", "95 % interval", "bed and reader")

    def readings(self) -> tuple[Reading, ...]:
        """A row for each mark and gap, then what of each graft has no place on an axis."""
        rows: list[Reading] = []
        for graft, group in zip(self.grafts, self.groups(), strict=True):
            pairs = zip(self.numbers(graft), group.rows, strict=True)
            rows += [
                replace(self._reading(row), cells=(*self._reading(row).cells, self._how(number)))
                for number, row in pairs
            ]
            if not group.rows:
                rows.append(Reading("", group.heading, ("", "", "")))
        for graft in self.grafts:
            rows += [*self._properties(graft), *self._words(graft)]
        return tuple(rows)

    def _interval(self, row: ForestRow) -> str:
        if row.low is None or row.high is None:
            return "n not stated" if self._shares else "none printed"
        if not self._shares:
            return super()._interval(row)
        if row.estimate is None:
            low, high = say_number(row.low, "count"), say_number(row.high, "%")
            return f"{low} to {high} (range of studies)"
        return f"{row.low:.0f} to {row.high:.0f} %"

    def _how(self, number: GraftNumber) -> str:
        if not self._by_bed:
            return ""
        beds = _say_beds(number)
        return f"{beds}; {UNION_READER_LABEL[number.reader]}" if self.aspect == "union" else beds

    def _properties(self, graft: GraftRecord) -> Iterator[Reading]:
        for name in GraftProperty:
            found = graft.properties[name]
            for fact_id in found.facts:
                fact = self.content.facts[fact_id]
                label = f"{graft.label}, {name}: {paper_of(self.content, fact)}"
                yield self._text(fact, label, BEARING_LABEL[found.bearing])

    def _words(self, graft: GraftRecord) -> Iterator[Reading]:
        for field, words in _FURTHER.items():
            names = getattr(graft, field)
            for name in names:
                fact = self.content.facts[name]
                yield self._text(fact, f"{graft.label}, {words}: {fact.statement}", "")
            if not names and field != "further":
                yield Reading("", f"{graft.label}, {words}: no evidence found", ("", "", ""))
        if not graft.harms:
            yield Reading("", f"{graft.label}: no share or ratio of harm found", ("", "", ""))

    def _text(self, fact: Fact, label: str, cell: str) -> Reading:
        return Reading(
            fact.id,
            label,
            (cell, "", ""),
            fact.evidence,
            quoted=is_quoted(fact),
            unsourced=fact.trust is Trust.UNVERIFIED,
        )


class GraftChooserActivity(FigureActivity):
    """A graft, another beside it, the bed, and what of them is shown."""

    state: GraftChooserState

    def __init__(self, content: Content | None = None, **state: Any) -> None:
        shown = GraftChooserState(content or load_content(), **state)
        grafts = [(each.label, name) for name, each in shown.content.grafts.items()]
        super().__init__(
            shown,
            [
                choice(shown, "graft", "Graft", grafts),
                choice(shown, "beside", "Beside it", [("nothing", NONE), *grafts]),
                choice(shown, "bed", "Bed", bed_options()),
                choice(shown, "aspect", "Show", [(words, name) for name, words in ASPECTS.items()]),
            ],
        )


def bed_options() -> list[tuple[str, str]]:
    """The beds as a list to choose from, all of them first."""
    return [("both beds", ALL), *((bed.value, bed.value) for bed in GraftBed)]


def _say_beds(number: GraftNumber) -> str:
    return number.beds[0].value if len(number.beds) == 1 else "both beds"
