"""Union over time: the share of patients or levels called fused, series by series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from l3s1.figures.marks import (
    EXTRAPOLATED_DASH,
    SYMBOLS,
    mark_fill,
    series_colours,
    words_above,
)
from l3s1.figures.theme import LIGHT, Spec, base_layout_spec, scatter
from l3s1.models.time_axis import HORIZON_D, AxisKind, ticks, to_axis
from l3s1.vocabulary import Evidence, in_days

if TYPE_CHECKING:
    from collections.abc import Sequence

    from l3s1.models.recovery import Span

_AXIS = AxisKind.LINEAR
_START_D = in_days(3, "mo")
_BESIDE = 0.029
"""How far apart points of one time stand, as a part of the time axis: eight pixels on a phone."""
_ROOM = 1.2
"""End of the axis, in horizons: the points of the last time stand side by side, too."""

_LEGEND_PX = 22
_NOTE_PX = 42
_GLYPHS = ("●", "■", "◆", "▲", "⬟", "★")
_TICK_WORDS = {"6 mo": "6 mo", "1 y": "1 y", "18 mo": "18 mo", "2 y": "2 y", "5 y": "5 y"}


@dataclass(frozen=True)
class UnionPoint:
    """A share (%) called fused at `day`; `low`/`high` are its 95 % interval where n is known."""

    day: float
    share: float
    low: float | None
    high: float | None
    words: str


@dataclass(frozen=True)
class UnionSeries:
    """The points of one published series, in order of time; `id` is its fact.

    `kind` chooses colour and symbol: how the bone was read. `letter` stands above its points.
    """

    id: str
    label: str
    points: tuple[UnionPoint, ...]
    letter: str = ""
    kind: int = 0
    evidence: Evidence = Evidence.COHORT
    extrapolated: bool = True


def build_union_over_time_figure(
    series: Sequence[UnionSeries],
    claimed: Span | None = None,
    horizon_d: float = HORIZON_D,
    legend: Sequence[str] = (),
    note: str = "",
) -> Spec:
    """Plot each series as points with intervals; shade the span in which union is `claimed`.

    Traces, always the same five: joining lines, solid and dashed intervals, points, letters;
    customdata of a mark is its series' id. Series stand side by side at each time. Lines only
    show which points belong together; no curve is fitted. A bracket at the foot holds the points of
    one time together. Points beyond `horizon_d` (days) are
    left out. `legend` names the kinds, `note` says for whom the shares stand.
    """
    head = _NOTE_PX + _LEGEND_PX * len(legend)
    placed = _place(series, horizon_d)
    return {
        "data": [
            _joins(placed),
            _intervals(placed, dashed=False),
            _intervals(placed, dashed=True),
            _points(placed),
            _letters(placed),
        ],
        "layout": base_layout_spec(
            height=430 + head,
            margin={"l": 52, "r": 8, "t": head + 8, "b": 30},
            hovermode="closest",
            showlegend=False,
            xaxis=_time_axis(horizon_d),
            yaxis={
                "range": [0, 108],
                "fixedrange": True,
                "zeroline": False,
                "tick0": 0,
                "dtick": 20,
                "ticksuffix": " %",
                "gridcolor": LIGHT["line"],
                "tickfont": {"size": 13, "color": LIGHT["muted"]},
            },
            shapes=[*_band(claimed), *_brackets(placed)],
            annotations=[*_band_words(claimed), *_above_all(legend, note, empty=not placed)],
        ),
    }


@dataclass(frozen=True)
class _Placed:
    series: UnionSeries
    point: UnionPoint
    x: float


def _place(series: Sequence[UnionSeries], horizon_d: float) -> list[_Placed]:
    """Every point within the horizon with its place: beside those of the same time, evenly."""
    step = _BESIDE * (horizon_d * _ROOM - _START_D)
    shown = [
        (one, point) for one in series for point in one.points if point.day <= horizon_d + 1e-9
    ]
    placed = []
    for one, point in shown:
        there = [(other, each) for other, each in shown if each.day == point.day]
        number = next(i for i, (other, each) in enumerate(there) if other is one and each is point)
        beside = (number - (len(there) - 1) / 2) * step
        placed.append(_Placed(one, point, round(to_axis(point.day, _AXIS) + beside, 1)))
    return placed


def _joins(placed: Sequence[_Placed]) -> Spec:
    x: list[float | None] = []
    y: list[float | None] = []
    last: UnionSeries | None = None
    for each in placed:
        if last is not None and each.series is not last:
            x.append(None)
            y.append(None)
        x.append(each.x)
        y.append(each.point.share)
        last = each.series
    return scatter(
        mode="lines", x=x, y=y, line={"color": LIGHT["line"], "width": 1.5}, hoverinfo="skip"
    )


def _intervals(placed: Sequence[_Placed], *, dashed: bool) -> Spec:
    x: list[float | None] = []
    y: list[float | None] = []
    facts: list[str | None] = []
    for each in placed:
        point = each.point
        if point.low is None or point.high is None or each.series.extrapolated is not dashed:
            continue
        x += [each.x, each.x, None]
        y += [round(point.low, 2), round(point.high, 2), None]
        facts += [each.series.id, each.series.id, None]
    return scatter(
        mode="lines+markers",
        x=x,
        y=y,
        line={
            "color": LIGHT["muted"],
            "width": 2,
            "dash": EXTRAPOLATED_DASH if dashed else "solid",
        },
        marker={"symbol": "line-ew", "size": 7, "line": {"color": LIGHT["muted"], "width": 2}},
        customdata=facts,
        # the point speaks for its interval
        hoverinfo="none",
    )


def _points(placed: Sequence[_Placed]) -> Spec:
    colours = [series_colours(each.series.kind)[0] for each in placed]
    return scatter(
        mode="markers",
        x=[each.x for each in placed],
        y=[each.point.share for each in placed],
        marker={
            "symbol": [SYMBOLS[each.series.kind % len(SYMBOLS)] for each in placed],
            "size": 11,
            "color": [
                mark_fill(each.series.evidence, colour)
                for each, colour in zip(placed, colours, strict=True)
            ],
            "line": {"color": colours, "width": 2},
        },
        customdata=[each.series.id for each in placed],
        hovertext=[
            f"<b>{each.series.letter}</b> {each.series.label}<br>{each.point.words}"
            for each in placed
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _letters(placed: Sequence[_Placed]) -> Spec:
    """Each letter above its point's interval, or above the point."""
    return scatter(
        mode="text",
        x=[each.x for each in placed],
        y=[
            round((each.point.share + 1.5 if each.point.high is None else each.point.high) + 2.5, 2)
            for each in placed
        ],
        text=[f"<b>{each.series.letter}</b>" for each in placed],
        textfont={"size": 13, "color": LIGHT["ink"]},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _time_axis(horizon_d: float) -> dict[str, Any]:
    marks = [tick for tick in ticks(_AXIS, horizon_d) if tick.label in _TICK_WORDS]
    # names that would run into each other on a phone
    crowded = {"18 mo", "6 mo"} if horizon_d > HORIZON_D + 1 else set()
    return {
        "range": [_START_D, to_axis(horizon_d, _AXIS) * _ROOM],
        "fixedrange": True,
        "zeroline": False,
        "tickmode": "array",
        "tickvals": [to_axis(tick.day, _AXIS) for tick in marks],
        "ticktext": ["" if tick.label in crowded else tick.label for tick in marks],
        "tickangle": 0,
        "gridcolor": LIGHT["line"],
        "tickfont": {"size": 13, "color": LIGHT["muted"]},
    }


def _ends(claimed: Span) -> tuple[float, float]:
    return to_axis(claimed.earliest_d, _AXIS), to_axis(claimed.latest_d, _AXIS)


def _band(claimed: Span | None) -> list[dict[str, Any]]:
    if claimed is None:
        return []
    start, end = _ends(claimed)
    return [
        {
            "type": "rect",
            "x0": start,
            "x1": end,
            "y0": 0,
            "y1": 1,
            "yref": "paper",
            "fillcolor": LIGHT["muted"],
            "opacity": 0.14,
            "line": {"width": 0},
            "layer": "below",
        }
    ]


def _brackets(placed: Sequence[_Placed]) -> list[dict[str, Any]]:
    """A line below all points of one time, since they stand beside that time."""
    lines = []
    for day in dict.fromkeys(each.point.day for each in placed):
        places = [each.x for each in placed if each.point.day == day]
        if len(places) > 1:
            lines.append(
                {
                    "type": "line",
                    "x0": min(places),
                    "x1": max(places),
                    "y0": 2,
                    "y1": 2,
                    "line": {"color": LIGHT["ink"], "width": 3},
                }
            )
    return lines


def _band_words(claimed: Span | None) -> list[dict[str, Any]]:
    if claimed is None:
        return []
    return [
        {
            "text": "the article:<br>‘solid’",
            "x": sum(_ends(claimed)) / 2,
            "y": 5,
            "yanchor": "bottom",
            "showarrow": False,
            "font": {"size": 13, "color": LIGHT["muted"]},
        }
    ]


def _above_all(legend: Sequence[str], note: str, *, empty: bool) -> list[dict[str, Any]]:
    notes = [words_above(note, 0, 4, LIGHT["ink"], 13)]
    for index, name in enumerate(legend):
        rise = _NOTE_PX + _LEGEND_PX * (len(legend) - 1 - index)
        colour, _ = series_colours(index)
        notes.append(words_above(_GLYPHS[index % len(_GLYPHS)], 0, rise, colour, 15))
        notes.append(words_above(name, 20, rise, LIGHT["ink"], 14))
    if empty:
        words = words_above("no evidence: no such series was found", 0, 0, LIGHT["ink"], 15)
        notes.append({**words, "x": 0.5, "xanchor": "center", "y": 0.5, "yanchor": "middle"})
    return notes
