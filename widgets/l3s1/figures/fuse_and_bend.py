"""A lumbar spine from the left that bends, beside what each of its segments turns.

The drawing is a schema: bodies as blocks on the sizes and angles it is given, spinous processes as
wedges. Lengths are mm, anterior is to the left, and the S1 plate stays where it is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from l3s1.figures.marks import words_above
from l3s1.figures.theme import LIGHT, SERIES, TINT_SHARE, Spec, base_layout_spec, scatter, tint

if TYPE_CHECKING:
    from collections.abc import Sequence

_DRAWING = (0.0, 0.44)
_BARS = (0.49, 1.0)
_BODY = tint(LIGHT["muted"], LIGHT["page"], TINT_SHARE)
_DISC = tint(SERIES[0], LIGHT["page"], TINT_SHARE)
FREE, FUSED = SERIES[0], SERIES[4]
"""Bars of free and of fused levels."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Level:
    """A segment: `lordosis_deg` when standing, its disc's and upper body's height (mm).

    `before_deg` and `now_deg` are what it turns in the intact and in the present spine; `bent_deg`
    is the latter with its sign (flexion above 0). `facts` are those of the two bars.
    """

    label: str
    lordosis_deg: float
    disc_mm: float
    body_mm: float
    before_deg: float
    now_deg: float
    bent_deg: float
    fused: bool
    facts: tuple[str, str]


@dataclass(frozen=True)
class SpinePicture:
    """All that the chart shows; levels from superior to inferior."""

    levels: tuple[Level, ...]
    slope_deg: float
    depth_mm: float
    widest_deg: float
    note: str


def build_fuse_and_bend_figure(picture: SpinePicture) -> Spec:
    """Draw the spine and its bars; customdata of each bar is its fact.

    Traces, always the same: the standing spine, bodies, spinous processes, free and fused discs,
    metal, names, bars of the intact spine, bars now, their numbers.
    """
    now = _chain(picture, bent=True)
    return {
        "data": [
            _outline(picture),
            _filled([each.body for each in now], _BODY, LIGHT["ink"]),
            _filled([each.process for each in now if each.process], _BODY, LIGHT["ink"]),
            _filled([e.disc for e, level in _pairs(now, picture) if not level.fused], _DISC, _DISC),
            _filled([e.disc for e, level in _pairs(now, picture) if level.fused], FUSED, FUSED),
            _metal(now, picture),
            _names(now, picture),
            *_bars(picture),
            _numbers(picture),
        ],
        "layout": _layout(picture),
    }


@dataclass(frozen=True)
class _Drawn:
    """A body with the disc below it and its spinous process, as rings; and where its screw is."""

    body: tuple[Point, ...]
    disc: tuple[Point, ...]
    process: tuple[Point, ...]
    screw: tuple[Point, Point]


def _along(at: Point, turn_deg: float, posterior: float, superior: float) -> Point:
    """A point given in the frame of a plate that falls forward by `turn_deg`."""
    cos, sin = math.cos(math.radians(turn_deg)), math.sin(math.radians(turn_deg))
    return (
        round(at[0] + posterior * cos - superior * sin, 2),
        round(at[1] + posterior * sin + superior * cos, 2),
    )


def _chain(picture: SpinePicture, *, bent: bool) -> list[_Drawn]:
    """The sacrum's plate first, then L5 up to L1."""
    half = picture.depth_mm / 2.0
    turn, at = picture.slope_deg, (0.0, 0.0)
    drawn = [_sacrum(turn, half)]
    for level in reversed(picture.levels):
        lower = (_along(at, turn, -half, 0.0), _along(at, turn, half, 0.0))
        opened = level.lordosis_deg - (level.bent_deg if bent else 0.0)
        at = _along(at, turn - opened / 2.0, 0.0, level.disc_mm)
        turn -= opened
        plate = (_along(at, turn, -half, 0.0), _along(at, turn, half, 0.0))
        top = _along(at, turn, 0.0, level.body_mm)
        upper = (_along(top, turn, -half, 0.0), _along(top, turn, half, 0.0))
        middle = _along(at, turn, 0.0, level.body_mm * 0.62)
        process = (
            _along(middle, turn, half, 5.0),
            _along(middle, turn, half + 30.0, -5.0),
            _along(middle, turn, half + 30.0, -15.0),
            _along(middle, turn, half, -6.0),
        )
        drawn.append(
            _Drawn(
                (*plate, upper[1], upper[0]),
                (*lower, plate[1], plate[0]),
                process,
                (_along(middle, turn, half * 0.2, 0.0), _along(middle, turn, half + 10.0, 0.0)),
            )
        )
        at = top
    return drawn


def _sacrum(turn: float, half: float) -> _Drawn:
    origin = (0.0, 0.0)
    body = (
        _along(origin, turn, -half, 0.0),
        _along(origin, turn, half, 0.0),
        _along(origin, turn, half * 1.05, -24.0),
        _along(origin, turn, half * 0.75, -44.0),
        _along(origin, turn, half * 0.1, -40.0),
    )
    screw = (_along(origin, turn, half * 0.2, -11.0), _along(origin, turn, half + 10.0, -9.0))
    return _Drawn(body, (), (), screw)


def _pairs(drawn: Sequence[_Drawn], picture: SpinePicture) -> list[tuple[_Drawn, Level]]:
    """Each drawn vertebra with the segment below it."""
    return list(zip(drawn[1:], reversed(picture.levels), strict=True))


def _rings(rings: Sequence[Sequence[Point]]) -> tuple[list[float | None], list[float | None]]:
    x: list[float | None] = []
    y: list[float | None] = []
    for ring in rings:
        x += [*(each[0] for each in ring), ring[0][0], None]
        y += [*(each[1] for each in ring), ring[0][1], None]
    return x[:-1], y[:-1]


def _filled(rings: Sequence[Sequence[Point]], fill: str, line: str) -> Spec:
    x, y = _rings(rings)
    return scatter(
        mode="lines",
        x=x,
        y=y,
        fill="toself",
        fillcolor=fill,
        line={"color": line, "width": 1.5},
        hoverinfo="skip",
    )


def _outline(picture: SpinePicture) -> Spec:
    x, y = _rings([each.body for each in _chain(picture, bent=False)])
    return scatter(
        mode="lines",
        x=x,
        y=y,
        line={"color": LIGHT["muted"], "width": 1, "dash": "dot"},
        hoverinfo="skip",
    )


def _metal(drawn: Sequence[_Drawn], picture: SpinePicture) -> Spec:
    """Screws of both ends of every fused segment, and the rod between them."""
    x: list[float | None] = []
    y: list[float | None] = []
    flags = [level.fused for level in reversed(picture.levels)]
    for index, each in enumerate(drawn):
        below = index > 0 and flags[index - 1]
        above = index < len(flags) and flags[index]
        if below or above:
            x += [each.screw[0][0], each.screw[1][0], None]
            y += [each.screw[0][1], each.screw[1][1], None]
        if above:
            x += [each.screw[1][0], drawn[index + 1].screw[1][0], None]
            y += [each.screw[1][1], drawn[index + 1].screw[1][1], None]
    return scatter(
        mode="lines", x=x, y=y, line={"color": LIGHT["ink"], "width": 4}, hoverinfo="skip"
    )


def _names(drawn: Sequence[_Drawn], picture: SpinePicture) -> Spec:
    names = ["S1", *(level.label.split("–")[0] for level in reversed(picture.levels))]
    middles = []
    for each in drawn:
        plate = (each.body[0], each.body[3] if each.disc else each.body[4])
        wall = (each.body[1], each.body[2] if each.disc else each.body[1])
        # nearer to the anterior wall than to the posterior one, where the screws are
        middles.append(
            [
                0.34 * sum(p[axis] for p in plate) + 0.16 * sum(p[axis] for p in wall)
                for axis in (0, 1)
            ]
        )
    return scatter(
        mode="text",
        x=[round(each[0], 2) for each in middles],
        y=[round(each[1], 2) for each in middles],
        text=[f"<b>{name}</b>" for name in names],
        textfont={"size": 13, "color": LIGHT["ink"]},
        hoverinfo="skip",
    )


def _bars(picture: SpinePicture) -> list[Spec]:
    rows = list(range(len(picture.levels)))
    shared = {
        "type": "bar",
        "orientation": "h",
        "xaxis": "x2",
        "yaxis": "y2",
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    return [
        shared
        | {
            "x": [round(level.before_deg, 3) for level in picture.levels],
            "y": [row - 0.02 for row in rows],
            "width": 0.16,
            "customdata": [level.facts[0] for level in picture.levels],
            "hovertext": [f"{level.label}, intact" for level in picture.levels],
            "marker": {
                "color": LIGHT["page"],
                "line": {"color": LIGHT["muted"], "width": 1.5},
            },
        },
        shared
        | {
            "x": [round(level.now_deg, 3) for level in picture.levels],
            "y": [row + 0.2 for row in rows],
            "width": 0.26,
            "customdata": [level.facts[1] for level in picture.levels],
            "hovertext": [
                f"{level.label}, {'fused' if level.fused else 'now'}" for level in picture.levels
            ],
            "marker": {
                "color": [FUSED if level.fused else FREE for level in picture.levels],
                "line": {"color": LIGHT["ink"], "width": 1},
                "pattern": {
                    "shape": ["/" if level.fused else "" for level in picture.levels],
                    "fgcolor": LIGHT["ink"],
                },
            },
        },
    ]


def _numbers(picture: SpinePicture) -> Spec:
    return scatter(
        mode="text",
        xaxis="x2",
        yaxis="y2",
        x=[0.0] * len(picture.levels),
        y=[row - 0.29 for row in range(len(picture.levels))],
        text=[
            f"<b>{level.label}</b>{' ▨' if level.fused else ''}  "
            f"{level.before_deg:.1f} → {level.now_deg:.1f}°"
            for level in picture.levels
        ],
        textposition="middle right",
        textfont={"size": 13, "color": LIGHT["ink"]},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _layout(picture: SpinePicture) -> Spec:
    hidden = {"visible": False, "fixedrange": True}
    return base_layout_spec(
        height=520,
        margin={"l": 6, "r": 10, "t": 52, "b": 46},
        hovermode="closest",
        showlegend=False,
        barmode="overlay",
        xaxis={**hidden, "range": [-112.0, 72.0], "domain": list(_DRAWING), "anchor": "y"},
        yaxis={
            **hidden,
            "range": [-46.0, 192.0],
            "scaleanchor": "x",
            "scaleratio": 1,
            "anchor": "x",
        },
        xaxis2={
            "range": [0, picture.widest_deg],
            "domain": list(_BARS),
            "anchor": "y2",
            "fixedrange": True,
            "ticksuffix": "°",
            "nticks": 5,
            "gridcolor": LIGHT["line"],
            "zeroline": False,
            "title": {"text": "bend of each level", "font": {"size": 14}},
            "tickfont": {"size": 13, "color": LIGHT["muted"]},
        },
        yaxis2={**hidden, "range": [len(picture.levels) - 0.5, -0.55], "anchor": "x2"},
        annotations=_notes(picture),
    )


def _notes(picture: SpinePicture) -> list[dict[str, Any]]:
    below = words_above("← anterior<br>dotted: standing", 0, 0, LIGHT["muted"], 13)
    return [
        below | {"y": 0, "yanchor": "top", "yshift": -8},
        words_above("▭ intact   ■ now   ▨ fused", 0, 6, LIGHT["ink"], 13),
        words_above(picture.note, 0, 26, LIGHT["accent"], 15),
    ]
