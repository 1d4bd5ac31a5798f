"""What each graft is said to bring to healing: a grid of grafts and properties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from l3s1.figures.theme import LIGHT, SERIES, Spec, base_layout_spec, scatter
from l3s1.vocabulary import BEARING_LABEL, Bearing, GraftProperty

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROW_PX = 46
_MARGIN_PX = {"l": 8, "r": 8, "t": 8, "b": 8}
_LEFT = -0.1
_RIGHT = 2.95
_NAME_ABOVE = 0.42
"""How far a graft's name stands above its marks, in rows: a phone has room for both that way."""
_HEADS = {
    GraftProperty.OSTEOGENIC: "cells",
    GraftProperty.OSTEOINDUCTIVE: "signals",
    GraftProperty.OSTEOCONDUCTIVE: "scaffold",
}
_SYMBOLS = {
    Bearing.YES: "circle",
    Bearing.WEAK: "circle-open",
    Bearing.NO: "line-ew-open",
    Bearing.CLAIMED: "diamond-open",
    Bearing.DISPUTED: "x-thin-open",
}


@dataclass(frozen=True)
class PropertyMark:
    """Whether a graft has a property; `unsourced` is convention, drawn pale. `words` for hover."""

    property: GraftProperty
    bearing: Bearing
    fact: str
    words: str
    unsourced: bool


@dataclass(frozen=True)
class PropertyRow:
    """A graft with its marks, one for each property."""

    name: str
    marks: tuple[PropertyMark, ...]


def build_graft_properties_figure(rows: Sequence[PropertyRow]) -> Spec:
    """Draw a row for each graft; customdata of each mark is its fact's id.

    Traces, always the same three: names, heads of the columns, marks.
    """
    columns = list(GraftProperty)
    placed = [
        (mark, columns.index(mark.property), -index)
        for index, row in enumerate(rows, 1)
        for mark in row.marks
    ]
    return {
        "data": [
            _text(
                [(_LEFT, _NAME_ABOVE - index, row.name) for index, row in enumerate(rows, 1)],
                "middle right",
            ),
            _text(
                [(x - 0.05, 0, f"<b>{_HEADS[column]}</b>") for x, column in enumerate(columns)],
                "middle right",
            ),
            scatter(
                mode="markers+text",
                x=[x for _, x, _ in placed],
                y=[y for _, _, y in placed],
                text=[f"  {BEARING_LABEL[mark.bearing]}" for mark, _, _ in placed],
                textposition="middle right",
                textfont={
                    "size": 13,
                    "color": [
                        LIGHT["muted"] if mark.unsourced else LIGHT["ink"] for mark, _, _ in placed
                    ],
                },
                marker={
                    "symbol": [_SYMBOLS[mark.bearing] for mark, _, _ in placed],
                    "size": 13,
                    "color": [
                        LIGHT["muted"] if mark.unsourced else SERIES[0] for mark, _, _ in placed
                    ],
                    "line": {"width": 2},
                },
                customdata=[mark.fact for mark, _, _ in placed],
                hovertext=[mark.words for mark, _, _ in placed],
                hovertemplate="%{hovertext}<extra></extra>",
                cliponaxis=False,
            ),
        ],
        "layout": base_layout_spec(
            height=_ROW_PX * (len(rows) + 1) + _MARGIN_PX["t"] + _MARGIN_PX["b"],
            margin=_MARGIN_PX,
            hovermode="closest",
            showlegend=False,
            xaxis={"range": [_LEFT, _RIGHT], "visible": False, "fixedrange": True},
            yaxis={"range": [-len(rows) - 0.5, 0.5], "visible": False, "fixedrange": True},
        ),
    }


def _text(items: Sequence[tuple[float, float, str]], position: str) -> Spec:
    return scatter(
        mode="text",
        x=[x for x, _, _ in items],
        y=[y for _, y, _ in items],
        text=[text for _, _, text in items],
        textposition=position,
        textfont={"size": 14, "color": LIGHT["ink"]},
        hoverinfo="skip",
        cliponaxis=False,
    )
