"""How far each level moves: moment–rotation curves above, published ranges level by level below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from l3s1.figures.marks import SYMBOLS, faint, mark_fill, series_colours, words_above
from l3s1.figures.theme import LIGHT, Spec, base_layout_spec, scatter
from l3s1.vocabulary import Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

_CURVES = (0.61, 1.0)
_RANGES = (0.0, 0.37)
_GLYPHS = ("●", "■", "◆", "▲")
_LEGEND_PX = 22


@dataclass(frozen=True)
class MotionCurve:
    """A segment's curve through both directions: angles (°) and moments (N·m), rising.

    `ends` are the published ranges with their facts; `zone_deg` is the neutral zone either way.
    """

    segment: str
    angles_deg: tuple[float, ...]
    moments_nm: tuple[float, ...]
    ends: tuple[tuple[float, float, str, str], ...]
    zone_deg: float


@dataclass(frozen=True)
class LevelRange:
    """A published range (°) of a level, with its deviation where printed; `kind` is its source."""

    fact: str
    segment: str
    range_deg: float
    sd_deg: float | None
    kind: int
    evidence: Evidence
    words: str


@dataclass(frozen=True)
class MotionPicture:
    """All that the chart shows. `legend` names the sources by kind."""

    curves: tuple[MotionCurve, ...]
    chosen: str
    ranges: tuple[LevelRange, ...]
    legend: tuple[str, ...]
    directions: tuple[str, str]
    moment_nm: float
    reach_deg: float
    widest_deg: float


KINDS = 4
"""How many sources the chart has room for."""


def build_motion_by_level_figure(picture: MotionPicture) -> Spec:
    """Draw the curves and the ranges; customdata is each mark's fact.

    Traces, always the same: the other levels' curves, the chosen curve, its published ends, the
    edges of its neutral zone, deviations, then one of marks for each of `KINDS` sources.
    """
    chosen = next(curve for curve in picture.curves if curve.segment == picture.chosen)
    others = [curve for curve in picture.curves if curve is not chosen]
    return {
        "data": [
            _others(others),
            _line(chosen),
            _ends(chosen),
            _deviations(picture),
            *(_marks(picture, kind) for kind in range(KINDS)),
        ],
        "layout": _layout(picture, chosen),
    }


def _others(curves: Sequence[MotionCurve]) -> Spec:
    x: list[float | None] = []
    y: list[float | None] = []
    words: list[str] = []
    for curve in curves:
        x += [*curve.angles_deg, None]
        y += [*curve.moments_nm, None]
        words += [curve.segment] * (len(curve.angles_deg) + 1)
    return scatter(
        mode="lines",
        x=x,
        y=y,
        hovertext=words,
        hovertemplate="%{hovertext}<extra></extra>",
        line={"color": faint(LIGHT["muted"], 0.55), "width": 1.2},
    )


def _line(curve: MotionCurve) -> Spec:
    return scatter(
        mode="lines",
        x=list(curve.angles_deg),
        y=list(curve.moments_nm),
        line={"color": LIGHT["accent"], "width": 3.5},
        hovertemplate=f"{curve.segment}: %{{x:.1f}}° under %{{y:.1f}} N·m"
        "<br>computed<extra></extra>",
    )


def _ends(curve: MotionCurve) -> Spec:
    return scatter(
        mode="markers+text",
        x=[angle for angle, _, _, _ in curve.ends],
        y=[moment for _, moment, _, _ in curve.ends],
        text=[f"<b>{abs(angle):g}°</b>" for angle, _, _, _ in curve.ends],
        textposition=["top left" if angle > 0 else "bottom right" for angle, _, _, _ in curve.ends],
        textfont={"size": 15, "color": LIGHT["ink"]},
        customdata=[fact for _, _, fact, _ in curve.ends],
        hovertext=[words for _, _, _, words in curve.ends],
        hovertemplate="<b>published</b><br>%{hovertext}<extra></extra>",
        marker={
            "symbol": "circle",
            "size": 13,
            "color": LIGHT["page"],
            "line": {"color": LIGHT["accent"], "width": 2.5},
        },
        cliponaxis=False,
    )


def _row(picture: MotionPicture, segment: str) -> int:
    return [curve.segment for curve in picture.curves].index(segment)


def _height(picture: MotionPicture, each: LevelRange) -> float:
    """Rows are levels, superior at the top; sources of one level stand below each other."""
    return round(_row(picture, each.segment) + (each.kind - 1.5) * 0.19, 3)


def _deviations(picture: MotionPicture) -> Spec:
    x: list[float | None] = []
    y: list[float | None] = []
    for each in picture.ranges:
        if each.sd_deg is not None:
            at = _height(picture, each)
            x += [each.range_deg - each.sd_deg, each.range_deg + each.sd_deg, None]
            y += [at, at, None]
    return scatter(
        mode="lines",
        x=x,
        y=y,
        xaxis="x2",
        yaxis="y2",
        line={"color": LIGHT["muted"], "width": 2},
        hoverinfo="skip",
    )


def _marks(picture: MotionPicture, kind: int) -> Spec:
    shown = [each for each in picture.ranges if each.kind == kind]
    colour, _ = series_colours(kind)
    return scatter(
        mode="markers",
        x=[each.range_deg for each in shown],
        y=[_height(picture, each) for each in shown],
        xaxis="x2",
        yaxis="y2",
        customdata=[each.fact for each in shown],
        hovertext=[each.words for each in shown],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={
            "symbol": SYMBOLS[kind],
            "size": 12,
            "color": [mark_fill(each.evidence, colour) for each in shown],
            "line": {"color": colour, "width": 2},
        },
        cliponaxis=False,
    )


def _layout(picture: MotionPicture, chosen: MotionCurve) -> Spec:
    rows = len(picture.curves)
    reach = picture.reach_deg * 1.04
    top = picture.moment_nm * 1.4
    place = _row(picture, picture.chosen)
    legend = [
        words_above(f"{_GLYPHS[kind]} {name}", 0, 0, series_colours(kind)[0], 13)
        | {"y": _RANGES[1], "yshift": 6 + _LEGEND_PX * (len(picture.legend) - 1 - kind)}
        for kind, name in enumerate(picture.legend)
    ]
    return base_layout_spec(
        height=800,
        margin={"l": 62, "r": 14, "t": 30, "b": 46},
        hovermode="closest",
        showlegend=False,
        xaxis=_axis(
            f"← {picture.directions[1]}   rotation   {picture.directions[0]} →", [-reach, reach]
        )
        | {"ticksuffix": "°", "nticks": 7, "anchor": "y"},
        yaxis=_axis("moment, N·m", [-top, top]) | {"domain": list(_CURVES), "nticks": 5},
        xaxis2=_axis("range of motion", [0, picture.widest_deg])
        | {"ticksuffix": "°", "nticks": 6, "anchor": "y2"},
        yaxis2=_axis("", [rows - 0.45, -0.55])
        | {
            "domain": list(_RANGES),
            "tickmode": "array",
            "tickvals": list(range(rows)),
            "ticktext": [curve.segment for curve in picture.curves],
            "showgrid": False,
            "zeroline": False,
            "anchor": "x2",
        },
        shapes=[
            _band("x", "y", -chosen.zone_deg, chosen.zone_deg, -top, top),
            _band("x2", "y2", 0, picture.widest_deg, place - 0.48, place + 0.48),
        ],
        annotations=[
            {
                "text": f"<b>{chosen.segment}</b>, others thin",
                "x": 0,
                "xref": "paper",
                "xanchor": "left",
                "y": 1,
                "yref": "paper",
                "yanchor": "bottom",
                "yshift": 6,
                "showarrow": False,
                "font": {"size": 15, "color": LIGHT["accent"]},
            },
            {
                "text": "neutral<br>zone",
                "x": chosen.zone_deg,
                "xshift": 5,
                "y": -top * 0.98,
                "xanchor": "left",
                "yanchor": "bottom",
                "align": "left",
                "showarrow": False,
                "font": {"size": 13, "color": LIGHT["ink"]},
            },
            *legend,
        ],
    )


def _axis(title: str, limits: list[float]) -> dict[str, Any]:
    return {
        "range": limits,
        "fixedrange": True,
        "zeroline": True,
        "zerolinecolor": LIGHT["muted"],
        "gridcolor": LIGHT["line"],
        "title": {"text": title, "font": {"size": 14}},
        "tickfont": {"size": 13, "color": LIGHT["muted"]},
    }


def _band(x: str, y: str, x0: float, x1: float, y0: float, y1: float) -> dict[str, Any]:
    return {
        "type": "rect",
        "xref": x,
        "yref": y,
        "x0": x0,
        "x1": x1,
        "y0": y0,
        "y1": y1,
        "fillcolor": LIGHT["accent"],
        "opacity": 0.13,
        "line": {"width": 0},
        "layer": "below",
    }
