"""A section of the spine with the corridors of one or two approaches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from l3s1.figures.marks import words_above
from l3s1.figures.theme import DARK, LIGHT, SERIES, Spec, base_layout_spec, scatter
from l3s1.vocabulary import Tissue

Point = tuple[float, float]
Ring = Sequence[Point]

TISSUE_COLOURS: Mapping[Tissue, tuple[str, str]] = {
    Tissue.MUSCLE: ("#d9aca7", "#7a463f"),
    Tissue.BONE: ("#f0e4c9", "#b7a57c"),
    Tissue.LIGAMENT: ("#c3cdb9", "#7d8a70"),
    Tissue.ANNULUS: ("#a9bac9", "#5f7688"),
    Tissue.NUCLEUS: ("#d3e0ea", "#8499a8"),
    Tissue.DURA: ("#f3e7b7", "#a8965a"),
    Tissue.NERVE: ("#e8bd35", "#e3b93a"),
    Tissue.ARTERY: ("#d0605d", "#cf5450"),
    Tissue.VEIN: ("#6d8ac4", "#5b80c4"),
}
"""Fills on a light and on a dark page, from the outside inwards; the hues of the 3D scene."""

CORRIDOR_COLOURS = (SERIES[0], SERIES[1])
_DASHES = ("solid", "dash")
_MARKS = ("▬", "◆")
_LEGEND_STEP = 90
_HEIGHT_PX = 500
_NAME_PX = 12


@dataclass(frozen=True)
class Name:
    """What a structure is called, where, and on which side of that point the words stand."""

    words: str
    at: Point
    side: str = "middle center"


@dataclass(frozen=True)
class Corridor:
    """An approach in a section: strips as rings, and where it runs straight at the reader."""

    label: str
    rings: tuple[Ring, ...]
    towards: tuple[Point, ...] = ()


@dataclass(frozen=True)
class AtlasPicture:
    """All that the chart shows, mm: `crest` is what stands beside the section."""

    rings: Mapping[Tissue, Sequence[Ring]]
    names: Sequence[Name]
    corridors: tuple[Corridor, ...]
    crest: Ring
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    sides: tuple[str, str]
    note: str


def build_approach_atlas_figure(picture: AtlasPicture) -> Spec:
    """Draw the section; `y_range` runs from the bottom of the picture to its top.

    Traces, always the same: a fill for each tissue, the crest beside the section, two corridors,
    where they run at the reader, names.
    """
    corridors = [*picture.corridors, *[Corridor("", ())] * 2][:2]
    return {
        "data": [
            *(
                _filled(picture.rings.get(tissue, ()), light)
                for tissue, (light, _) in TISSUE_COLOURS.items()
            ),
            _line([picture.crest] if picture.crest else []),
            *(_corridor(each, index) for index, each in enumerate(corridors)),
            _towards(corridors),
            _names(picture.names),
        ],
        "layout": _layout(picture, corridors),
    }


Line = list[float | None]


def _points(rings: Sequence[Ring], *, closed: bool) -> tuple[Line, Line]:
    x: Line = []
    y: Line = []
    for ring in rings:
        ends = [*ring, ring[0]] if closed else ring
        x += [*(round(each[0], 1) for each in ends), None]
        y += [*(round(each[1], 1) for each in ends), None]
    return x[:-1], y[:-1]


def _filled(rings: Sequence[Ring], fill: str) -> Spec:
    x, y = _points(rings, closed=True)
    return scatter(
        mode="lines",
        x=x,
        y=y,
        fill="toself",
        fillcolor=fill,
        line={"color": LIGHT["muted"], "width": 1},
        hoverinfo="skip",
    )


def _line(rings: Sequence[Ring]) -> Spec:
    x, y = _points(rings, closed=False)
    return scatter(
        mode="lines",
        x=x,
        y=y,
        line={"color": LIGHT["ink"], "width": 2, "dash": "dot"},
        hoverinfo="skip",
    )


def _corridor(corridor: Corridor, index: int) -> Spec:
    x, y = _points(corridor.rings, closed=True)
    return scatter(
        mode="lines",
        x=x,
        y=y,
        fill="toself",
        fillcolor=CORRIDOR_COLOURS[index],
        opacity=0.45,
        line={"color": CORRIDOR_COLOURS[index], "width": 3, "dash": _DASHES[index]},
        hoverinfo="skip",
    )


def _towards(corridors: Sequence[Corridor]) -> Spec:
    points = [
        (point, CORRIDOR_COLOURS[index], symbol)
        for index, symbol in enumerate(("circle-dot", "diamond-dot"))
        for point in corridors[index].towards
    ]
    return scatter(
        mode="markers",
        x=[round(point[0], 1) for point, _, _ in points],
        y=[round(point[1], 1) for point, _, _ in points],
        marker={
            "size": 22,
            "color": [colour for _, colour, _ in points],
            "symbol": [symbol for _, _, symbol in points],
            "line": {"color": LIGHT["ink"], "width": 2},
        },
        hoverinfo="skip",
    )


def _names(names: Sequence[Name]) -> Spec:
    return scatter(
        mode="text",
        x=[round(name.at[0], 1) for name in names],
        y=[round(name.at[1], 1) for name in names],
        text=[name.words for name in names],
        textposition=[name.side for name in names],
        textfont={"size": _NAME_PX, "color": LIGHT["ink"]},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _layout(picture: AtlasPicture, corridors: Sequence[Corridor]) -> Spec:
    axis = {"visible": False, "fixedrange": True}
    low, high = picture.sides
    return base_layout_spec(
        height=_HEIGHT_PX,
        margin={"l": 6, "r": 6, "t": 50, "b": 26},
        showlegend=False,
        hovermode=False,
        meta={"dark": {**DARK, **dict(TISSUE_COLOURS.values())}},
        xaxis={**axis, "range": list(picture.x_range)},
        yaxis={**axis, "range": list(picture.y_range), "scaleanchor": "x", "scaleratio": 1},
        annotations=[
            words_above(picture.note, 0, 24, LIGHT["accent"], 15),
            *_legend(corridors),
            _side(f"← {low}", 0.0, "left"),
            _side(f"{high} →", 1.0, "right"),
        ],
    )


def _legend(corridors: Sequence[Corridor]) -> list[Spec]:
    """Which colour and border is which approach; two places, also where one is empty."""
    found = []
    for index, (corridor, mark) in enumerate(zip(corridors, _MARKS, strict=True)):
        at = index * _LEGEND_STEP
        colour = CORRIDOR_COLOURS[index] if corridor.label else "rgba(0,0,0,0)"
        found += [
            words_above(mark, 0, 2, colour, 16) | {"xshift": at},
            words_above(corridor.label, 0, 4, LIGHT["ink"], 14) | {"xshift": at + 20},
        ]
    return found


def _side(words: str, x: float, anchor: str) -> Spec:
    return {
        "text": words,
        "x": x,
        "y": 0,
        "xref": "paper",
        "yref": "paper",
        "xanchor": anchor,
        "yanchor": "top",
        "yshift": -2,
        "showarrow": False,
        "font": {"size": 13, "color": LIGHT["muted"]},
    }
