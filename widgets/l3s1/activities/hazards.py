"""When complications come after fusion, and how often, source by source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets
import traitlets

from l3s1.activities.figure_activity import FigureActivity, FigureState, choice, position
from l3s1.activities.hazard_sources import BY_ID, HAZARDS, Hazard, Rate
from l3s1.activities.outcome_facts import (
    LEVEL_GROUP_LABEL,
    LevelGroup,
    hover_of,
    is_quoted,
    label_of,
    level_group,
)
from l3s1.activities.readings import Reading
from l3s1.activities.recovery_timeline import Bar
from l3s1.activities.responder_curve import ALL, level_options
from l3s1.activities.wording import say_number
from l3s1.content import Content, Fact, TimePoint, Value, load_content
from l3s1.figures.forest import ForestAxis, ForestGroup, ForestRow
from l3s1.figures.hazards import HORIZON_D, HazardRow, build_hazards_figure
from l3s1.figures.marks import series_colours
from l3s1.models.proportion import compute_wilson_interval
from l3s1.models.recovery import Status, compute_status
from l3s1.models.time_axis import AxisKind, from_axis, parse_day, say_day, to_axis
from l3s1.vocabulary import Evidence, in_days

if TYPE_CHECKING:
    from l3s1.figures.theme import Spec

OLDER = "older"
_SCALES = (1.0, 2.0, 5.0, 10.0, 25.0, 50.0, 100.0)
"""Ends of the axis of rates, in percent."""

_PRINTED = ("confidence_interval_95", "range", "range_of_studies")
_STEPS = 120

_WEEK_D = in_days(1, "wk")


class HazardsState(FigureState):
    """The complication looked at, the day of the call, and whose rates are shown."""

    hazard = traitlets.Enum(list(BY_ID), "thrombosis")
    day = traitlets.Float()
    levels = traitlets.Enum([ALL, *(group.value for group in LEVEL_GROUP_LABEL)], ALL)
    age = traitlets.Enum([ALL, OLDER], ALL)
    axis = traitlets.Enum([kind.value for kind in AxisKind], AxisKind.READABLE.value)

    def __init__(self, content: Content, **state: Any) -> None:
        self.bars = {
            hazard.id: Bar(content, content.phases[hazard.phase])
            for hazard in HAZARDS
            if hazard.phase
        }
        state.setdefault("day", 0.0)
        super().__init__(content, **state)

    @traitlets.validate("day")
    def _valid_day(self, proposal: dict[str, Any]) -> float:
        day = float(proposal["value"])
        if not 0 <= day <= HORIZON_D:
            raise traitlets.TraitError(f"day {day:g}: give 0 to {HORIZON_D:g} days")
        return day

    @property
    def chosen(self) -> Hazard:
        """The complication looked at."""
        return BY_ID[self.hazard]

    def open_windows(self) -> tuple[Hazard, ...]:
        """The complications in whose window the day lies."""
        return tuple(
            hazard
            for hazard in HAZARDS
            if hazard.id in self.bars
            and compute_status(self.bars[hazard.id].span(), self.day) is Status.DURING
        )

    def windows(self) -> tuple[HazardRow, ...]:
        """Every complication that may have a window."""
        now = self.open_windows()
        return tuple(
            HazardRow(
                self._timing(hazard)[0] if self._timing(hazard) else "",
                hazard.label,
                self._spread(hazard),
                bar.evidence,
                bar.extrapolated,
                bar.span(),
                bar.when(),
                hazard in now,
                hazard is self.chosen,
            )
            for hazard in HAZARDS
            if (bar := self.bars.get(hazard.id))
        )

    def _timing(self, hazard: Hazard) -> tuple[str, ...]:
        """The facts that give a window its days: the usual mark's first, then the ends'."""
        bar = self.bars.get(hazard.id)
        span = bar.phase.span if bar else None
        moments = (span.usual, span.latest, span.earliest) if span else ()
        points = [point for point in moments if isinstance(point, TimePoint)]
        return tuple(dict.fromkeys(point.fact for point in points))

    def rates(self, hazard: Hazard) -> tuple[tuple[str, tuple[Rate, ...]], ...]:
        """The rates of a complication that pass the filters, by how they were counted."""
        found = []
        for counted in hazard.counted:
            kept = tuple(rate for rate in counted.rates if self._passes(rate))
            if kept:
                found.append((counted.how, kept))
        return tuple(found)

    def _passes(self, rate: Rate) -> bool:
        levels_fit = self.levels in (ALL, self._levels(rate).value)
        return levels_fit and (self.age == ALL or rate.older)

    def _levels(self, rate: Rate) -> LevelGroup:
        return rate.levels or level_group(self.content.facts[rate.fact])

    def _extrapolated(self, rate: Rate) -> bool:
        return self._levels(rate) not in (LevelGroup.THREE_OR_MORE, LevelGroup.MIXED)

    def _spread(self, hazard: Hazard) -> str:
        """The lowest and the highest published rate that pass the filters, in words."""
        ends = [
            end
            for _, rates in self.rates(hazard)
            for rate in rates
            for end in _ends(self._value(rate))
        ]
        if not ends:
            return "no rate"
        low, high = min(ends), max(ends)
        if low == high:
            return say_number(high, "%")
        return f"{say_number(low, 'count')} to {say_number(high, '%')}"

    def _value(self, rate: Rate) -> Value:
        return self.content.facts[rate.fact].value(rate.value)

    def groups(self) -> tuple[ForestGroup, ...]:
        """The rates of the chosen complication; a group without rows is a gap."""
        found = []
        for index, (how, rates) in enumerate(self.rates(self.chosen)):
            carried = all(self._extrapolated(rate) for rate in rates)
            heading = f"{how.capitalize()}: extrapolated to L3–S1" if carried else how.capitalize()
            found.append(ForestGroup(heading, tuple(self._row(rate, index) for rate in rates)))
        return tuple(found) or (ForestGroup(f"No evidence: {self._asked()}", ()),)

    def _asked(self) -> str:
        """The filters in words."""
        who = "older people" if self.age == OLDER else "any age"
        levels = LEVEL_GROUP_LABEL.get(self._level_filter(), "any number of levels")
        return f"no rate was found for {levels}, {who}"

    def _level_filter(self) -> Any:
        return next((group for group in LEVEL_GROUP_LABEL if group.value == self.levels), None)

    def _row(self, rate: Rate, index: int) -> ForestRow:
        fact, value = self.content.facts[rate.fact], self._value(rate)
        low, high = _interval(fact, value, of_all=rate.of_all)
        return ForestRow(
            fact.id,
            label_of(self.content, fact, value),
            value.estimate,
            low,
            high,
            fact.evidence,
            hover_of(fact, value),
            "" if value.estimate is None else say_number(value.estimate, "%"),
            self._extrapolated(rate),
            index,
        )

    def rate_axis(self) -> ForestAxis:
        """Percent of people; it ends where the chosen complication's sources end."""
        ends = [
            end
            for counted in self.chosen.counted
            for rate in counted.rates
            for end in (
                *_ends(self._value(rate)),
                *_interval(self.content.facts[rate.fact], self._value(rate), of_all=rate.of_all),
            )
            if end is not None
        ]
        top = next(scale for scale in _SCALES if max(ends, default=1.0) <= 0.97 * scale)
        return ForestAxis("of 100 people, source by source", 0, top, suffix=" %")

    def figure(self) -> Spec:
        """All windows, and the rates of the chosen complication."""
        return build_hazards_figure(
            self.windows(),
            self.day,
            AxisKind(self.axis),
            self.groups(),
            self.rate_axis(),
            f"How often:<br>{self.chosen.label}",
        )

    def said(self) -> str:
        """Which windows are open on the day, and how far the rates lie apart."""
        now = [hazard.label for hazard in self.open_windows()]
        words = "; ".join(now) if now else "none whose days are known"
        parts = [f"☎ {say_day(self.day)}. Open windows (bold): {words}."]
        parts.append("A window tells when it was recorded, not that it can’t come on another day.")
        shown = self.rates(self.chosen)
        count = sum(len(rates) for _, rates in shown)
        if count:
            ways = len(shown)
            parts.append(
                f"{self.chosen.label}: {count} published {'rate' if count == 1 else 'rates'}, "
                f"counted in {ways} {'way' if ways == 1 else 'ways'}: "
                f"{self._spread(self.chosen)}."
            )
        else:
            parts.append(f"{self.chosen.label}: no evidence, {self._asked()}.")
        if self.levels == ALL and all(self._extrapolated(r) for _, rates in shown for r in rates):
            parts.append("For three levels: no evidence; what is shown is extrapolated.")
        return " ".join(parts)

    def caption(self) -> str:
        """What the rows are."""
        return f"Rates and days of: {self.chosen.label}. Choose a row for its origin"

    def head(self) -> tuple[str, ...]:
        """Columns."""
        return ("source", "how often", "interval")

    def readings(self) -> tuple[Reading, ...]:
        """The rates shown, what has a direction only, the days, then all other windows."""
        rows: list[Reading] = []
        for group in self.groups():
            rows += [self._reading(row) for row in group.rows]
            if not group.rows:
                rows.append(Reading("", group.heading, ("", "")))
        facts = self.content.facts
        for name in (*self.chosen.direction, *self._timing(self.chosen)):
            fact = facts[name]
            reaches = level_group(fact) in (LevelGroup.THREE_OR_MORE, LevelGroup.MIXED)
            rows.append(
                Reading(
                    name,
                    fact.statement,
                    ("", ""),
                    fact.evidence,
                    extrapolated=not reaches and fact.evidence is not Evidence.OPINION,
                    quoted=is_quoted(fact),
                )
            )
        for hazard in HAZARDS:
            if hazard is not self.chosen and (bar := self.bars.get(hazard.id)):
                timing = self._timing(hazard)
                rows.append(
                    Reading(
                        timing[0] if timing else "",
                        f"{hazard.label}: {bar.when()}",
                        (self._spread(hazard), ""),
                        bar.evidence,
                        extrapolated=bar.extrapolated,
                        quoted=bar.quoted,
                    )
                )
        return tuple(rows)

    def _reading(self, row: ForestRow) -> Reading:
        fact = self.content.facts[row.fact]
        often = "not one number" if row.estimate is None else say_number(row.estimate, "%")
        interval = "n not stated"
        if row.low is not None and row.high is not None:
            low, high = (say_number(round(end, 2), "count") for end in (row.low, row.high))
            interval = f"{low} to {high} %"
        return Reading(
            row.fact,
            row.label,
            (often, interval),
            row.evidence,
            extrapolated=row.extrapolated and row.evidence is not Evidence.OPINION,
            quoted=is_quoted(fact),
            colours=series_colours(row.kind),
        )


def _ends(value: Value) -> tuple[float, ...]:
    """The published share, or where there is none the ends of its range."""
    if value.estimate is not None:
        return (value.estimate,)
    return tuple(end for end in (value.low, value.high) if end is not None)


def _interval(fact: Fact, value: Value, *, of_all: bool) -> tuple[float | None, float | None]:
    """As printed, else by Wilson from the share's own n, or from all people of the fact."""
    if value.spread in _PRINTED:
        return value.low, value.high
    n = value.n or (fact.n if of_all else None)
    if value.estimate is None or n is None:
        return None, None
    found = compute_wilson_interval(value.estimate / 100 * n, n)
    return 100 * found.low, 100 * found.high


class HazardsActivity(FigureActivity):
    """Windows and rates, with complication, day, levels and age to choose."""

    state: HazardsState

    def __init__(self, content: Content | None = None, **state: Any) -> None:
        shown = HazardsState(content or load_content(), **state)
        self.slider = ipywidgets.FloatSlider(
            min=0.0,
            max=to_axis(HORIZON_D, AxisKind.READABLE),
            step=to_axis(HORIZON_D, AxisKind.READABLE) / _STEPS,
            description="The phone rings",
            readout=False,
            style={"description_width": "auto"},
            layout=ipywidgets.Layout(flex="1 1 60%", max_width="100%", margin="0 1rem 0.25rem 0"),
        )
        self.typed = ipywidgets.Text(
            value=say_day(shown.day),
            description="on",
            continuous_update=False,
            style={"description_width": "auto"},
            layout=ipywidgets.Layout(width="15rem", max_width="100%", margin="0 0 0.25rem 0"),
        )
        self._busy = False
        ages = [("any age", ALL), ("older people only", OLDER)]
        axes = [
            ("hours and years", AxisKind.READABLE.value),
            ("even steps", AxisKind.LINEAR.value),
        ]
        super().__init__(
            shown,
            [
                self.slider,
                self.typed,
                choice(shown, "hazard", "How often", [(each.label, each.id) for each in HAZARDS]),
                choice(shown, "levels", "Levels", level_options()),
                choice(shown, "age", "Age", ages),
                choice(shown, "axis", "Time axis", axes),
            ],
        )
        self._fit_controls()
        self.slider.observe(self._dragged, "value")
        self.typed.observe(self._wrote, "value")
        shown.observe(lambda _: self._fit_controls(), "day")

    def _dragged(self, change: Any) -> None:
        if not self._busy:
            day = from_axis(change["new"], AxisKind.READABLE)
            self.state.day = min(HORIZON_D, round(day, 2 if day < 1 else 1 if day < _WEEK_D else 0))

    def _wrote(self, change: Any) -> None:
        if self._busy:
            return
        try:
            self.state.day = parse_day(change["new"].split("(")[0], HORIZON_D)
        except ValueError:
            self._fit_controls()

    def _fit_controls(self) -> None:
        """Let slider and text show the state, without moving it."""
        self._busy = True
        try:
            at = to_axis(self.state.day, AxisKind.READABLE)
            self.slider.value = position(self.slider, at)
            self.typed.value = say_day(self.state.day)
        finally:
            self._busy = False
