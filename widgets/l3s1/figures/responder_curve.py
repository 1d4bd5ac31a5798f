"""Who counts as improved: the share that reaches each threshold, and what was published of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from l3s1.figures.marks import EXTRAPOLATED_DASH, SYMBOLS, faint, mark_fill, series_colours
from l3s1.figures.theme import LIGHT, Spec, base_layout_spec, scatter
from l3s1.models.responders import Change, compute_responders, compute_threshold_for
from l3s1.vocabulary import Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from l3s1.models.proportion import Proportion

CURVES = 4
"""How many curves a chart has room for; those not used stay empty."""

_STEPS = 48
_FREE_AT = 1.1
"""Where the column 'none left' stands, as a multiple of the axis's end."""


@dataclass(frozen=True)
class Curve:
    """A group's change (points, gain positive), drawn as the share that reaches each threshold."""

    fact: str
    letter: str
    label: str
    change: Change
    evidence: Evidence
    extrapolated: bool


@dataclass(frozen=True)
class PublishedShare:
    """A share (%) counted by its authors at `threshold`; None: at 'none left'."""

    fact: str
    words: str
    threshold: float | None
    share: float
    low: float | None
    high: float | None
    evidence: Evidence
    comparator: bool = False


@dataclass(frozen=True)
class Mark:
    """A published threshold of important change."""

    fact: str
    words: str
    threshold: float


@dataclass(frozen=True)
class ResponderPicture:
    """All that the chart shows. `threshold` None stands for 'none left'; shares in percent.

    `claim` is the share (low, high) that is claimed.
    """

    curves: tuple[Curve, ...]
    shares: tuple[PublishedShare, ...]
    marks: tuple[Mark, ...]
    axis_title: str
    end: float
    threshold: float | None
    claim: tuple[float, float]
    gap: str = ""


def build_responder_curve_figure(picture: ResponderPicture) -> Spec:
    """Draw curves with 95 % bands, published shares, thresholds, the claim and the cursor.

    For each of `CURVES` curves three traces (band, line, reading at the cursor), then the parts
    of the curves inside the claim, the published shares' intervals, the shares, the marks, and
    the labels of the readings.
    customdata is the fact's id. Raises `ValueError` where there are too many curves.
    """
    if len(picture.curves) > CURVES:
        raise ValueError(f"{len(picture.curves)} curves: the chart has room for {CURVES}")
    thresholds = np.linspace(0.0, picture.end, _STEPS + 1)
    data: list[Spec] = []
    for index in range(CURVES):
        curve = picture.curves[index] if index < len(picture.curves) else None
        data += _curve_traces(curve, index, thresholds, picture.threshold)
    data += [_inside_claim(picture), *_share_traces(picture), _mark_trace(picture)]
    data.append(_label_trace(picture))
    return {"data": data, "layout": _layout(picture)}


def free_at(end: float) -> float:
    """Where on the axis 'none left' stands."""
    return end * _FREE_AT


def _percent(found: Proportion) -> tuple[float, float, float]:
    return 100 * found.share, 100 * found.low, 100 * found.high


def _curve_traces(
    curve: Curve | None, index: int, thresholds: np.ndarray, at: float | None
) -> list[Spec]:
    colour, _ = series_colours(index)
    band = scatter(
        mode="lines",
        x=[],
        y=[],
        fill="toself",
        fillcolor=faint(colour, 0.14),
        line={"width": 0, "color": colour},
        hoverinfo="skip",
    )
    line = scatter(mode="lines", x=[], y=[], line={"color": colour, "width": 3, "dash": "solid"})
    reading = scatter(
        mode="markers",
        x=[],
        y=[],
        marker={
            "symbol": SYMBOLS[index],
            "size": 14,
            "color": colour,
            "line": {"color": colour, "width": 2},
        },
        cliponaxis=False,
    )
    if curve is None:
        return [band, line, reading]
    found = [compute_responders(curve.change, float(each)) for each in thresholds]
    xs = [round(float(each), 4) for each in thresholds]
    lows, highs = ([round(100 * getattr(p, end), 2) for p in found] for end in ("low", "high"))
    band |= {"x": [*xs, *reversed(xs)], "y": [*highs, *reversed(lows)]}
    line |= {
        "x": xs,
        "y": [round(100 * each.share, 2) for each in found],
        "line": {**line["line"], "dash": EXTRAPOLATED_DASH if curve.extrapolated else "solid"},
        "customdata": [curve.fact],
        "hovertemplate": f"{curve.letter}  {curve.label}: %{{y:.0f}} %"
        "<br>computed, normal assumed<extra></extra>",
    }
    reading["marker"] = {**reading["marker"], "color": mark_fill(curve.evidence, colour)}
    if at is not None:
        share, _, _ = _percent(compute_responders(curve.change, at))
        reading |= {
            "x": [at],
            "y": [round(share, 2)],
            "customdata": [curve.fact],
            "hovertext": [curve.label],
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
    return [band, line, reading]


def _label_trace(picture: ResponderPicture) -> Spec:
    """Letter and share beside the cursor, no nearer to each other than can be read."""
    labels: list[tuple[float, str]] = []
    at = picture.threshold
    if at is not None:
        for curve in picture.curves:
            share, _, _ = _percent(compute_responders(curve.change, at))
            labels.append((share, f"<b>{curve.letter}</b> {share:.0f} %"))
    labels.sort()
    heights: list[float] = []
    for share, _ in labels:
        heights.append(max(share, heights[-1] + _LABEL_GAP if heights else 0.0))
    # what was pushed up too far comes down together
    over = max(0.0, (heights[-1] - _LABEL_TOP) if heights else 0.0)
    right = at is not None and at < 0.75 * picture.end
    side = 0.035 if right else -0.035
    return scatter(
        mode="text",
        x=[(at or 0.0) + side * picture.end] * len(labels),
        y=[round(height - over, 2) for height in heights],
        text=[text for _, text in labels],
        textposition="middle right" if right else "middle left",
        textfont={"size": 16, "color": LIGHT["ink"]},
        hoverinfo="skip",
        cliponaxis=False,
    )


_LABEL_GAP = 6.0
_LABEL_TOP = 98.0


def _inside_claim(picture: ResponderPicture) -> Spec:
    """The parts of the curves whose shares lie inside the claim, as a broad pale line."""
    x: list[float | None] = []
    y: list[float | None] = []
    low, high = picture.claim
    for curve in picture.curves:
        first = max(0.0, compute_threshold_for(curve.change, high / 100))
        last = min(picture.end, compute_threshold_for(curve.change, low / 100))
        if last <= first:
            continue
        stretch = np.linspace(first, last, 12)
        x += [*(round(float(each), 3) for each in stretch), None]
        y += [
            *(round(100 * compute_responders(curve.change, float(e)).share, 2) for e in stretch),
            None,
        ]
    return scatter(
        mode="lines",
        x=x,
        y=y,
        line={"color": faint(LIGHT["muted"], 0.35), "width": 11},
        hoverinfo="skip",
    )


def _share_traces(picture: ResponderPicture) -> list[Spec]:
    shares = picture.shares
    where = [free_at(picture.end) if each.threshold is None else each.threshold for each in shares]
    places = _beside(where, picture.end)
    x: list[float | None] = []
    y: list[float | None] = []
    for each, place in zip(shares, places, strict=True):
        if each.low is not None and each.high is not None:
            x += [place, place, None]
            y += [each.low, each.high, None]
    intervals = scatter(
        mode="lines", x=x, y=y, line={"color": LIGHT["ink"], "width": 2}, hoverinfo="skip"
    )
    dots = scatter(
        mode="markers",
        x=places,
        y=[each.share for each in shares],
        marker={
            "symbol": ["hexagram" if each.comparator else "hexagon" for each in shares],
            "size": 13,
            "color": [mark_fill(each.evidence, LIGHT["ink"]) for each in shares],
            "line": {"color": LIGHT["ink"], "width": 2},
        },
        customdata=[each.fact for each in shares],
        hovertext=[each.words for each in shares],
        hovertemplate="<b>published</b><br>%{hovertext}<extra></extra>",
        cliponaxis=False,
    )
    return [intervals, dots]


def _beside(where: Sequence[float], end: float) -> list[float]:
    """Dots at the same threshold stand side by side, evenly about it; at zero to its right."""
    step = end * 0.022
    places = []
    for index, x in enumerate(where):
        there = [i for i, other in enumerate(where) if other == x]
        shift = (there.index(index) - (len(there) - 1) / 2) * step
        places.append(round(x + (abs(shift) if x == 0 else shift), 4))
    return places


def _mark_trace(picture: ResponderPicture) -> Spec:
    return scatter(
        mode="markers",
        x=[mark.threshold for mark in picture.marks],
        y=[2.5] * len(picture.marks),
        marker={
            "symbol": "triangle-down",
            "size": 13,
            "color": LIGHT["accent"],
            "line": {"color": LIGHT["page"], "width": 1},
        },
        customdata=[mark.fact for mark in picture.marks],
        hovertext=[mark.words for mark in picture.marks],
        hovertemplate="<b>published threshold</b><br>%{hovertext}<extra></extra>",
        cliponaxis=False,
    )


def _layout(picture: ResponderPicture) -> Spec:
    low, high = picture.claim
    free = any(share.threshold is None for share in picture.shares)
    cursor = free_at(picture.end) if picture.threshold is None else picture.threshold
    ticks = [round(picture.end * step / 5, 6) for step in range(6)]
    right = free_at(picture.end) * 1.05
    shapes = [
        _rectangle(0, right, low, high),
        {
            "type": "line",
            "x0": cursor,
            "x1": cursor,
            "y0": 0,
            "y1": 100,
            "line": {"color": LIGHT["accent"], "width": 2.5},
        },
    ]
    notes: list[dict[str, Any]] = [
        _note("the article’s claim", picture.end * 0.99, high - 1, "right", "top"),
        _note("normal distributions assumed", picture.end * 0.99, 99, "right", "top"),
        _note("▼ thresholds", _beside_marks(picture), 2.5, "left", "middle"),
    ]
    if picture.gap:
        gap = _note(picture.gap, picture.end * 0.5, 40, "center", "middle")
        notes.append({**gap, "font": {"size": 16, "color": LIGHT["ink"]}})
    return base_layout_spec(
        height=470,
        margin={"l": 52, "r": 10, "t": 10, "b": 64},
        hovermode="closest",
        showlegend=False,
        xaxis={
            "range": [-picture.end * 0.02, right],
            "fixedrange": True,
            "zeroline": False,
            "tickmode": "array",
            "tickvals": [*ticks, *([free_at(picture.end)] if free else [])],
            "ticktext": [*(f"{tick:g}" for tick in ticks), *(["none<br>left"] if free else [])],
            "title": {
                "text": picture.axis_title,
                "font": {"size": 14},
            },
            "gridcolor": LIGHT["line"],
            "tickfont": {"size": 13, "color": LIGHT["muted"]},
        },
        yaxis={
            "range": [0, 102],
            "fixedrange": True,
            "tickmode": "array",
            "tickvals": [0, 25, 50, 75, 100],
            "ticktext": ["0 %", "25 %", "50 %", "75 %", "100 %"],
            "gridcolor": LIGHT["line"],
            "tickfont": {"size": 13, "color": LIGHT["muted"]},
        },
        shapes=shapes,
        annotations=notes,
    )


def _beside_marks(picture: ResponderPicture) -> float:
    """Where what the triangles are can be said: to the right of the last."""
    return max((mark.threshold for mark in picture.marks), default=0.0) + 0.03 * picture.end


def _rectangle(x0: float, x1: float, y0: float, y1: float) -> dict[str, Any]:
    return {
        "type": "rect",
        "x0": x0,
        "x1": x1,
        "y0": y0,
        "y1": y1,
        "fillcolor": LIGHT["muted"],
        "opacity": 0.16,
        "line": {"width": 0},
        "layer": "below",
    }


def _note(text: str, x: float, y: float, xanchor: str, yanchor: str) -> dict[str, Any]:
    return {
        "text": text,
        "x": x,
        "y": y,
        "xanchor": xanchor,
        "yanchor": yanchor,
        "showarrow": False,
        "font": {"size": 13, "color": LIGHT["ink"]},
    }
