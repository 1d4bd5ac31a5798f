"""What activities share whose chart is published shares over years."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_uppercase
from typing import TYPE_CHECKING

from l3s1.activities.figure_activity import FigureState
from l3s1.activities.outcome_facts import (
    estimate_of,
    hover_of,
    is_extrapolated,
    is_quoted,
    paper_of,
)
from l3s1.activities.readings import Reading
from l3s1.activities.wording import say_number
from l3s1.figures.marks import series_colours
from l3s1.figures.shares_over_years import YearPoint
from l3s1.models.proportion import compute_wilson_interval
from l3s1.models.time_axis import say_duration
from l3s1.vocabulary import Evidence

if TYPE_CHECKING:
    from l3s1.content import Fact, Value


@dataclass(frozen=True)
class ShareSource:
    """A share of a fact, and of which kind it is.

    `other` names the other arm's share; `joined` says that the fact's shares are points of one
    series; `window` is a value (fact, name) whose low and high are the ends of the follow-up;
    `counted` that the value is a number of people among all those of the fact.
    """

    fact: str
    value: str
    kind: int
    other: str | None = None
    joined: bool = False
    window: tuple[str, str] | None = None
    counted: bool = False


class SharesOverYearsState(FigureState):
    """Published shares with their times; subclasses say which."""

    def sources(self) -> tuple[ShareSource, ...]:
        """The shares shown now."""
        raise NotImplementedError

    def points(self) -> tuple[YearPoint, ...]:
        """The shares as the chart draws them; a letter for each fact, in order."""
        letters: dict[str, str] = {}
        found = []
        for source in self.sources():
            letter = letters.setdefault(source.fact, ascii_uppercase[len(letters)])
            found.append(self._point(source, letter))
        return tuple(found)

    def _point(self, source: ShareSource, letter: str) -> YearPoint:
        fact = self.content.facts[source.fact]
        value = fact.value(source.value)
        share, low, high = _share(fact, value, counted=source.counted)
        days = None
        if source.window is not None:
            ends = self.content.facts[source.window[0]].value(source.window[1])
            days = (ends.time_d("low"), ends.time_d("high"))
        return YearPoint(
            fact.id,
            letter,
            share,
            low,
            high,
            value.time_d("at") if value.at_value is not None else None,
            source.kind,
            fact.evidence,
            is_extrapolated(fact),
            f"{paper_of(self.content, fact)}<br>{hover_of(fact, value)}",
            fact.id if source.joined else "",
            days,
            fact.value(source.other).estimate if source.other else None,
        )

    def note(self) -> str:
        """Which of the shares are of three levels and more, to be written on the chart."""
        points = self.points()
        letters = dict.fromkeys(point.letter for point in points if not point.extrapolated)
        if not letters:
            return "all extrapolated to L3–S1"
        return f"{', '.join(letters)}: three levels and more<br>all others extrapolated to L3–S1"

    def head(self) -> tuple[str, ...]:
        """Columns."""
        return ("source", "share", "95 % interval", "when")

    def share_rows(self) -> list[Reading]:
        """A row for every point, and one for every other arm."""
        rows = []
        for source, point in zip(self.sources(), self.points(), strict=True):
            fact = self.content.facts[source.fact]
            value = fact.value(source.value)
            shown = say_number(round(point.share, 2), "%")
            if source.counted and value.estimate is not None and fact.n is not None:
                shown += f" (computed: {value.estimate:g} of {fact.n})"
            interval = "none printed"
            if point.low is not None and point.high is not None:
                low, high = (say_number(round(end, 1), "count") for end in (point.low, point.high))
                interval = f"{low} to {high} %"
            rows.append(self._row(point, fact, value.label, (shown, interval, _when(point))))
            if source.other:
                other = fact.value(source.other)
                shown = say_number(estimate_of(self.content, fact.id, source.other), "%")
                rows.append(self._row(point, fact, f"× {other.label}", (shown, "", _when(point))))
        return rows

    def _row(self, point: YearPoint, fact: Fact, label: str, cells: tuple[str, ...]) -> Reading:
        return Reading(
            fact.id,
            f"{paper_of(self.content, fact)}: {label}",
            cells,
            fact.evidence,
            extrapolated=point.extrapolated,
            quoted=is_quoted(fact),
            letter=point.letter,
            colours=series_colours(point.kind),
        )

    def statement_row(self, name: str, side: str) -> Reading:
        """A fact without a share to draw: what it says, and on which side of a dispute it is."""
        fact = self.content.facts[name]
        return Reading(
            name,
            fact.statement,
            (side, "", ""),
            fact.evidence,
            extrapolated=is_extrapolated(fact) and fact.evidence is not Evidence.OPINION,
            quoted=is_quoted(fact),
        )


def _share(fact: Fact, value: Value, *, counted: bool) -> tuple[float, float | None, float | None]:
    """A share (%) with its interval: as printed, else by Wilson where n is printed."""
    if value.estimate is None:
        raise ValueError(f"fact {fact.id!r}, value {value.name!r} has no estimate")
    if value.spread == "confidence_interval_95":
        return value.estimate, value.low, value.high
    n = fact.n if counted else value.n
    if n is None:
        return value.estimate, None, None
    events = value.estimate if counted else value.estimate / 100 * n
    found = compute_wilson_interval(events, n)
    return 100 * events / n, 100 * found.low, 100 * found.high


def _when(point: YearPoint) -> str:
    if point.day is not None:
        return say_duration(point.day)
    if point.days is not None:
        return f"{say_duration(point.days[0])} to {say_duration(point.days[1])}"
    return "no one time"
