"""What is fused when: published shares by graft, approach and reader, each with its origin."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

import traitlets

from l3s1.activities.figure_activity import FigureActivity, FigureState, choice
from l3s1.activities.outcome_facts import is_extrapolated, is_quoted, label_of, paper_of, share_of
from l3s1.activities.readings import Reading
from l3s1.activities.wording import say_number, say_value
from l3s1.content import Content, Fact, Value, load_content
from l3s1.figures.marks import series_colours
from l3s1.figures.union_over_time import UnionPoint, UnionSeries, build_union_over_time_figure
from l3s1.models.recovery import Span
from l3s1.models.time_axis import HORIZON_D
from l3s1.vocabulary import UNION_READER_LABEL, UnionReader, in_days

if TYPE_CHECKING:
    from l3s1.figures.theme import Spec

CLAIMED_FACT = "article-claim-solid"
ALL = "all"

READERS = {
    reader.value: label
    for reader, label in UNION_READER_LABEL.items()
    if reader is not UnionReader.NOT_STATED
}
APPROACHES = {
    "posterolateral": "posterolateral",
    "behind": "interbody from behind",
    "front": "interbody from in front",
    "side": "interbody from the side",
    "interbody": "interbody, approaches mixed",
    "unscrewed": "posterolateral, no screws",
}
GRAFTS = {
    "own_bone": "own bone",
    "allograft": "allograft",
    "matrix": "bone matrix and own bone",
    "cells": "allograft or matrix with cells",
    "ceramic": "ceramic",
    "factor": "growth factor",
    "peptide": "peptide",
    "mixed": "own bone or ceramic",
    "not_stated": "not stated",
}
HORIZONS = {"2": HORIZON_D, "5": in_days(5, "y")}


@dataclass(frozen=True)
class UnionSource:
    """A published series: its fact, and by which graft, approach and reader it is found.

    `values` names its points, or is empty where all shares of the fact with a time are its
    points. `part_of` is the series of the same people; its parts wait until they are asked for.
    """

    fact: str
    graft: str
    approach: str
    reader: str
    values: tuple[str, ...] = ()
    part_of: str = ""


_STRICT = "union-interbody-strict-lansford-2024"
_BY_APPROACH = "union-strict-by-approach-lansford-2024"
_FIVE_YEARS = "union-peptide-five-years-2024"

SOURCES = (
    UnionSource("union-independent-daffner-2022", "not_stated", "posterolateral", "independent"),
    UnionSource("union-surgeon-daffner-2022", "not_stated", "posterolateral", "surgeon"),
    UnionSource("union-autograft-lehr-2020", "own_bone", "posterolateral", "ct"),
    UnionSource("union-ceramic-lehr-2020", "ceramic", "posterolateral", "ct"),
    UnionSource("union-either-side-lehr-2020", "mixed", "posterolateral", "ct"),
    UnionSource("union-long-iliac-fu-2016", "own_bone", "posterolateral", "xray"),
    UnionSource("union-long-matrix-fu-2016", "matrix", "posterolateral", "xray"),
    UnionSource("union-cell-matrix-overley-2019", "cells", "behind", "independent"),
    UnionSource("union-growth-factor-overley-2019", "factor", "behind", "independent"),
    UnionSource("union-radiographs-four-years", "not_stated", "behind", "xray"),
    UnionSource("union-interbody-lenient-lansford-2024", "cells", "interbody", "criterion"),
    UnionSource(_STRICT, "cells", "interbody", "criterion"),
    UnionSource(
        _BY_APPROACH, "cells", "front", "criterion", ("anterior_12", "anterior_24"), _STRICT
    ),
    UnionSource(_BY_APPROACH, "cells", "side", "criterion", ("lateral_12", "lateral_24"), _STRICT),
    UnionSource(
        _BY_APPROACH, "cells", "behind", "criterion", ("posterior_12", "posterior_24"), _STRICT
    ),
    UnionSource("union-unscrewed-allograft-2020", "allograft", "unscrewed", "ct"),
    UnionSource("union-unscrewed-peptide-2020", "peptide", "unscrewed", "ct"),
    UnionSource(_FIVE_YEARS, "allograft", "unscrewed", "ct", ("allograft",)),
    UnionSource(_FIVE_YEARS, "peptide", "unscrewed", "ct", ("peptide",)),
)

TIMELESS = (
    ("union-three-four-levels-2015", "fused"),
    ("union-interbody-pooled-formica-2020", "fused"),
    ("union-review-phillips-2013", "fused"),
)
"""Shares without a time: rows of the table, no points."""

QUOTED = "union-grafts-quoted"
"""A table of rates by graft that the course has read in another paper only: a row, no points."""


def _points_of(fact: Fact, source: UnionSource) -> tuple[Value, ...]:
    chosen = [
        value
        for value in fact.values
        if value.unit == "%"
        and value.estimate is not None
        and value.at_unit is not None
        and (not source.values or value.name in source.values)
    ]
    return tuple(sorted(chosen, key=lambda value: value.time_d("at")))


def union_series(
    content: Content, sources: tuple[UnionSource, ...] = SOURCES
) -> tuple[UnionSeries, ...]:
    """The series of these sources as the chart draws them; each keeps its letter everywhere."""
    found = []
    for source in sources:
        fact = content.facts[source.fact]
        values = _points_of(fact, source)
        found.append(
            UnionSeries(
                fact.id,
                paper_of(content, fact),
                tuple(_point(value) for value in values),
                ascii_uppercase[SOURCES.index(source)],
                list(READERS).index(source.reader),
                fact.evidence,
                is_extrapolated(fact),
            )
        )
    return tuple(found)


def _point(value: Value) -> UnionPoint:
    share = share_of(value)
    words = f"{say_value(value)}<br>"
    words += "n not stated: no interval" if share.low is None else f"95 %: {share.interval_words}"
    return UnionPoint(value.time_d("at"), share.share, share.low, share.high, words)


class UnionOverTimeState(FigureState):
    """Which series: by graft, approach and reader; and up to how many years."""

    graft = traitlets.Enum([ALL, *GRAFTS], ALL)
    approach = traitlets.Enum([ALL, *APPROACHES], ALL)
    reader = traitlets.Enum([ALL, *READERS], ALL)
    years = traitlets.Enum(list(HORIZONS), "2")

    def sources(self) -> tuple[UnionSource, ...]:
        """The series of the choices. All approaches means with screws, each person once."""
        return tuple(each for each in SOURCES if self._is_shown(each))

    def _is_shown(self, source: UnionSource) -> bool:
        if self.approach == ALL:
            approach = source.approach != "unscrewed" and not source.part_of
        else:
            approach = self.approach == source.approach
        return (
            approach and self.graft in (ALL, source.graft) and self.reader in (ALL, source.reader)
        )

    @property
    def series(self) -> tuple[UnionSeries, ...]:
        """The series as the chart draws them."""
        return union_series(self.content, self.sources())

    def beyond(self) -> int:
        """How many points lie beyond the chosen end of the axis."""
        end = HORIZONS[self.years] + 1e-9
        return sum(point.day > end for one in self.series for point in one.points)

    def figure(self) -> Spec:
        """The series over time."""
        return build_union_over_time_figure(
            self.series,
            _claimed(self.content),
            HORIZONS[self.years],
            tuple(READERS.values()),
            self._note(),
        )

    def _note(self) -> str:
        letters = [one.letter for one in self.series if not one.extrapolated]
        if not letters:
            return "three levels: no evidence among these;<br>all are extrapolated to L3–S1"
        return f"{', '.join(letters)}: three levels and more<br>all others extrapolated to L3–S1"

    def said(self) -> str:
        """How far the shares of one year lie apart, and what is missing."""
        series = self.series
        if not series:
            return "No evidence: no series with this graft, approach and reader was found."
        parts = [f"{len(series)} published series." if len(series) > 1 else "One published series."]
        year = in_days(12, "mo")
        shares = [p.share for one in series for p in one.points if abs(p.day - year) < 1]
        if len(shares) > 1:
            low, high = (say_number(end, "%") for end in (min(shares), max(shares)))
            parts.append(f"One year after surgery they call {low} to {high} fused.")
        if beyond := self.beyond():
            parts.append(f"{beyond} points lie beyond the axis; choose more years.")
        parts.append(
            "They differ in people, graft, criterion and reader: not to be ranked or averaged. "
            "No series follows three levels over time."
        )
        return " ".join(parts)

    def caption(self) -> str:
        """What the rows are."""
        return (
            "Points above a bar at the foot are all of the time at its middle. Intervals are "
            "computed from n by Wilson’s method. Lines join the points of one study and mean "
            "nothing more. Choose a row for its origin"
        )

    def head(self) -> tuple[str, ...]:
        """Columns."""
        return ("source", "called fused", "95 % interval", "n", "when")

    def readings(self) -> tuple[Reading, ...]:
        """A row for each point, then those that have no place on a time axis."""
        rows = []
        for source, one in zip(self.sources(), self.series, strict=True):
            fact = self.content.facts[source.fact]
            rows += [
                self._row(fact, value, one.letter, one.kind) for value in _points_of(fact, source)
            ]
        if not rows:
            rows.append(Reading("", "no such series was found", ("", "", "", "")))
        if (self.graft, self.approach, self.reader) == (ALL, ALL, ALL):
            rows += [self._row(self._fact(name), self._fact(name).value(v)) for name, v in TIMELESS]
        if self.graft in ("own_bone", "ceramic", "factor") and self.approach == ALL:
            quoted = self._fact(QUOTED)
            rows.append(
                Reading(
                    QUOTED,
                    f"{paper_of(self.content, quoted)}: {quoted.statement}",
                    ("", "", "", ""),
                    quoted.evidence,
                    extrapolated=True,
                    quoted=is_quoted(quoted),
                )
            )
        return tuple(rows)

    def _fact(self, name: str) -> Fact:
        return self.content.facts[name]

    def _row(self, fact: Fact, value: Value, letter: str = "", kind: int | None = None) -> Reading:
        share = share_of(value)
        when = "no time stated"
        if value.at_value is not None and value.at_unit is not None:
            when = say_number(value.at_value, value.at_unit)
        n = "not stated"
        if value.n is not None:
            n = say_number(value.n, "count")
        elif fact.n is not None:
            n = f"{say_number(fact.n, 'count')} in all"
        return Reading(
            fact.id,
            label_of(self.content, fact, value),
            (
                say_number(share.share, "%"),
                "none" if share.low is None else share.interval_words,
                n,
                when,
            ),
            fact.evidence,
            extrapolated=is_extrapolated(fact),
            quoted=is_quoted(fact),
            letter=letter,
            colours=None if kind is None else series_colours(kind),
        )


class UnionOverTimeActivity(FigureActivity):
    """The series, with graft, approach, reader and the end of the axis to choose."""

    state: UnionOverTimeState

    def __init__(self, content: Content | None = None, **state: Any) -> None:
        shown = UnionOverTimeState(content or load_content(), **state)
        super().__init__(
            shown,
            [
                choice(shown, "reader", "Reader", _options(READERS, "all")),
                choice(shown, "approach", "Approach", _options(APPROACHES, "all with screws")),
                choice(shown, "graft", "Graft", _options(GRAFTS, "all")),
                choice(shown, "years", "Up to", [("2 years", "2"), ("5 years", "5")]),
            ],
        )


def _options(words: dict[str, str], every: str) -> list[tuple[str, str]]:
    return [(every, ALL), *((label, name) for name, label in words.items())]


def _claimed(content: Content) -> Span | None:
    fact = content.facts.get(CLAIMED_FACT)
    if fact is None or not fact.values:
        return None
    return Span(fact.values[0].time_d("low"), None, fact.values[0].time_d("high"))
