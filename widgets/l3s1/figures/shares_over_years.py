"""Shares of people over years: published points with intervals, joined by steps at most.

Two published points are no curve. What joins them is the least that holds in between, drawn as a
step; the shaded box is all that a rising share may have done. Shares without a time of their own
stand in a strip at the right.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from l3s1.figures.marks import (
    EXTRAPOLATED_DASH,
    SYMBOLS,
    faint,
    mark_fill,
    series_colours,
    words_above,
)
from l3s1.figures.theme import LIGHT, Spec, base_layout_spec, scatter
from l3s1.models.time_axis import AxisKind, ticks, to_axis
from l3s1.vocabulary import Evidence, in_days

if TYPE_CHECKING:
    from collections.abc import Sequence

HORIZON_D = in_days(12, "y")
"""End of the time axis, in days: twelve years."""

_STRIP = 0.45
"""Width of the strip for shares without a time, as a part of the time axis."""

_BESIDE = 0.024
"""How far apart points of one time stand, as a part of the time axis."""

_LEGEND_PX = 24
_NOTE_PX = 42
_GLYPHS = ("●", "■", "◆", "▲", "⬟", "★")
_LABELLED = {
    AxisKind.READABLE: ("operation", "1 d", "1 wk", "6 wk", "6 mo", "2 y", "10 y"),
    AxisKind.LINEAR: ("operation", "2 y", "5 y", "10 y"),
}


@dataclass(frozen=True)
class YearPoint:
    """A share (%) of people at `day`, or without a time (`day` is None).

    `kind` chooses colour and symbol. `days` are the ends of the follow-up, where a source prints
    such a range. `comparator` is the other arm's share. Points with the same `series` (not "")
    are joined by steps. `words` are for the pointer.
    """

    fact: str
    letter: str
    share: float
    low: float | None
    high: float | None
    day: float | None
    kind: int
    evidence: Evidence
    extrapolated: bool
    words: str
    series: str = ""
    days: tuple[float, float] | None = None
    comparator: float | None = None


@dataclass(frozen=True)
class Direction:
    """Where something moves a share that stands at `day`: upwards, by an unknown amount."""

    day: float
    share: float
    words: str


def build_shares_over_years_figure(
    points: Sequence[YearPoint],
    kind: AxisKind,
    legend: Sequence[str],
    top: float,
    note: str,
    direction: Direction | None = None,
) -> Spec:
    """Draw `points` from 0 to `top` percent over twelve years; customdata is each one's fact.

    Traces, always the same seven: boxes, steps, solid and dashed intervals, ranges of follow-up,
    other arms, points. `legend` names the kinds; `note` says for whom the shares stand.
    """
    places = _places(points, kind)
    series = _series(points)
    end = _place(HORIZON_D, kind)
    head = _LEGEND_PX * len(legend) + _NOTE_PX + 8
    height = 440 + head
    return {
        "data": [
            _boxes(series, kind),
            _steps(series, kind),
            _intervals(points, places, dashed=False),
            _intervals(points, places, dashed=True),
            _ranges(points, kind),
            _comparators(points, places),
            _points(points, places, kind),
        ],
        "layout": base_layout_spec(
            height=height,
            margin={"l": 48, "r": 10, "t": head, "b": 34},
            hovermode="closest",
            showlegend=False,
            xaxis=_time_axis(kind),
            yaxis={
                "range": [0, top],
                "fixedrange": True,
                "zeroline": False,
                "ticksuffix": " %",
                "nticks": 6,
                "gridcolor": LIGHT["line"],
                "tickfont": {"size": 13, "color": LIGHT["muted"]},
            },
            shapes=[
                {
                    "type": "rect",
                    "x0": end,
                    "x1": end * (1 + _STRIP),
                    "y0": 0,
                    "y1": 1,
                    "yref": "paper",
                    "fillcolor": LIGHT["muted"],
                    "opacity": 0.1,
                    "line": {"width": 0},
                    "layer": "below",
                }
            ],
            annotations=_notes(legend, kind, direction, note, top),
        ),
    }


def _place(day: float, kind: AxisKind) -> float:
    return round(to_axis(day, kind), 4)


def _places(points: Sequence[YearPoint], kind: AxisKind) -> list[float]:
    """Where each point stands: at its time, between its ends, or in the strip, paper by paper."""
    end = _place(HORIZON_D, kind)
    found = [_middle(point, kind) for point in points]
    timeless = list(
        dict.fromkeys(point.fact for point, at in zip(points, found, strict=True) if at is None)
    )
    places = []
    for point, at, beside in zip(points, found, _beside(points, kind), strict=True):
        if at is None:
            share = (timeless.index(point.fact) + 0.4) / (len(timeless) + 0.4)
            places.append(round(end * (1 + _STRIP * share), 4))
        else:
            places.append(round(at + beside * _BESIDE * end, 4))
    return places


def _beside(points: Sequence[YearPoint], kind: AxisKind) -> list[int]:
    """How many steps to the right (or left, below 0) of its time each point stands.

    Points of one paper stay together; other papers at the same time stand right and left in turn.
    """
    found = [_middle(point, kind) for point in points]
    steps = []
    for index, (point, at) in enumerate(zip(points, found, strict=True)):
        before = {
            "" if other.series else other.fact
            for other, there in zip(points[:index], found[:index], strict=True)
            if at is not None and there == at and other.fact != point.fact
        }
        number = 0 if point.series else len(before)
        steps.append((number + 1) // 2 * (1 if number % 2 else -1))
    return steps


def _sides(points: Sequence[YearPoint], kind: AxisKind) -> list[str]:
    """On which side of each point its letter is free of steps and of other points."""
    beside = _beside(points, kind)
    places = [_middle(point, kind) for point in points]
    sides = []
    for index, point in enumerate(points):
        goes_on = point.series and any(
            other.series == point.series for other in points[index + 1 :]
        )
        others = {
            step
            for step, place in zip(beside, places, strict=True)
            if place is not None and place == places[index]
        }
        if goes_on or beside[index] < 0:
            sides.append("middle left")
        elif any(step > beside[index] for step in others):
            under = point.comparator is not None and point.comparator > point.share
            sides.append("bottom center" if under else "top center")
        else:
            sides.append("middle right")
    return sides


def _middle(point: YearPoint, kind: AxisKind) -> float | None:
    if point.day is not None:
        return _place(point.day, kind)
    if point.days is not None:
        first, last = (_place(min(day, HORIZON_D), kind) for day in point.days)
        return (first + last) / 2
    return None


def _series(points: Sequence[YearPoint]) -> list[list[YearPoint]]:
    """The points that are joined, each series in order of time."""
    names = dict.fromkeys(point.series for point in points if point.series)
    return [[point for point in points if point.series == name] for name in names]


def _boxes(series: Sequence[Sequence[YearPoint]], kind: AxisKind) -> Spec:
    x: list[float | None] = []
    y: list[float | None] = []
    for one in series:
        for first, last in pairwise(one):
            left, right = _place(first.day or 0, kind), _place(last.day or 0, kind)
            x += [left, right, right, left, left, None]
            y += [first.share, first.share, last.share, last.share, first.share, None]
    return scatter(
        mode="lines",
        fill="toself",
        fillcolor=faint(LIGHT["muted"], 0.1),
        x=x,
        y=y,
        line={"width": 0},
        hoverinfo="skip",
    )


def _steps(series: Sequence[Sequence[YearPoint]], kind: AxisKind) -> Spec:
    x: list[float | None] = []
    y: list[float | None] = []
    for one in series:
        x += [*(_place(point.day or 0, kind) for point in one), None]
        y += [*(point.share for point in one), None]
    return scatter(
        mode="lines",
        x=x,
        y=y,
        line={"shape": "hv", "color": LIGHT["ink"], "width": 1.5},
        hoverinfo="skip",
    )


def _intervals(points: Sequence[YearPoint], places: Sequence[float], *, dashed: bool) -> Spec:
    x: list[float | None] = []
    y: list[float | None] = []
    facts: list[str | None] = []
    words: list[str | None] = []
    for point, at in zip(points, places, strict=True):
        if point.low is None or point.high is None or point.extrapolated is not dashed:
            continue
        x += [at, at, None]
        y += [point.low, point.high, None]
        facts += [point.fact, point.fact, None]
        words += [point.words, point.words, None]
    return scatter(
        mode="lines+markers",
        x=x,
        y=y,
        line={
            "color": LIGHT["muted"],
            "width": 2,
            "dash": EXTRAPOLATED_DASH if dashed else "solid",
        },
        marker={"symbol": "line-ew", "size": 9, "line": {"color": LIGHT["muted"], "width": 2}},
        customdata=facts,
        hovertext=words,
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _ranges(points: Sequence[YearPoint], kind: AxisKind) -> Spec:
    x: list[float | None] = []
    y: list[float | None] = []
    for point in points:
        if point.days is not None:
            x += [*(_place(min(day, HORIZON_D), kind) for day in point.days), None]
            y += [point.share, point.share, None]
    return scatter(
        mode="lines", x=x, y=y, line={"color": LIGHT["muted"], "width": 2}, hoverinfo="skip"
    )


def _comparators(points: Sequence[YearPoint], places: Sequence[float]) -> Spec:
    shown = [
        (point, at)
        for point, at in zip(points, places, strict=True)
        if point.comparator is not None
    ]
    return scatter(
        mode="markers",
        x=[at for _, at in shown],
        y=[point.comparator for point, _ in shown],
        marker={"symbol": "x-thin", "size": 9, "line": {"color": LIGHT["ink"], "width": 2}},
        customdata=[point.fact for point, _ in shown],
        hovertext=[point.words for point, _ in shown],
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
    )


def _points(points: Sequence[YearPoint], places: Sequence[float], kind: AxisKind) -> Spec:
    colours = [series_colours(point.kind)[0] for point in points]
    return scatter(
        mode="markers+text",
        x=list(places),
        y=[point.share for point in points],
        text=[f" <b>{point.letter}</b> " for point in points],
        textposition=_sides(points, kind),
        textfont={"size": 14, "color": LIGHT["ink"]},
        marker={
            "symbol": [SYMBOLS[point.kind % len(SYMBOLS)] for point in points],
            "size": 13,
            "color": [
                mark_fill(point.evidence, colour)
                for point, colour in zip(points, colours, strict=True)
            ],
            "line": {"color": colours, "width": 2},
        },
        customdata=[point.fact for point in points],
        hovertext=[f"<b>{point.letter}</b> {point.words}" for point in points],
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
    )


def _time_axis(kind: AxisKind) -> dict[str, Any]:
    end = _place(HORIZON_D, kind)
    marks = [tick for tick in ticks(kind, HORIZON_D) if tick.label in _LABELLED[kind]]
    return {
        "range": [-0.02 * end, end * (1 + _STRIP)],
        "fixedrange": True,
        "zeroline": False,
        "tickmode": "array",
        "tickvals": [*(_place(tick.day, kind) for tick in marks), end * (1 + _STRIP / 2)],
        "ticktext": [*("op" if tick.day == 0 else tick.label for tick in marks), "no one time"],
        "tickangle": 0,
        "gridcolor": LIGHT["line"],
        "tickfont": {"size": 13, "color": LIGHT["muted"]},
    }


def _notes(
    legend: Sequence[str], kind: AxisKind, direction: Direction | None, note: str, top: float
) -> list[dict[str, Any]]:
    notes = [words_above(note, 0, 4, LIGHT["ink"], 13)]
    for index, name in enumerate(legend):
        rise = _NOTE_PX + _LEGEND_PX * (len(legend) - 1 - index)
        colour, _ = series_colours(index)
        notes.append(words_above(_GLYPHS[index % len(_GLYPHS)], 0, rise, colour, 15))
        notes.append(words_above(name, 20, rise, LIGHT["ink"], 14))
    if direction is not None:
        end = _place(HORIZON_D, kind)
        notes.append(
            {
                "text": "",
                "x": _place(direction.day, kind) - _BESIDE * end,
                "y": min(direction.share + 0.16 * top, top),
                "ax": 0,
                "ay": 40,
                "arrowhead": 2,
                "arrowwidth": 3,
                "arrowcolor": LIGHT["accent"],
                "showarrow": True,
            }
        )
        words = words_above(f"↑ {direction.words}", 0, _NOTE_PX, LIGHT["accent"], 13)
        notes.append({**words, "x": 1, "xanchor": "right", "align": "right"})
    return notes
