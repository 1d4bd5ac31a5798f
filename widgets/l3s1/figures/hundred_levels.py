"""A hundred levels counted twice: which stay fused when the definition moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from l3s1.figures.marks import series_colours
from l3s1.figures.theme import LIGHT, Spec, base_layout_spec, scatter

if TYPE_CHECKING:
    from collections.abc import Sequence

PANELS = 2
ROW = 10

FUSED, CHANGED, NEVER = range(3)
"""Classes of a count: fused, fused only by the other definition, fused by neither."""

GLYPHS = ("■", "◇", "✕")
"""How a class is drawn, as its row says it: colour alone would not do."""


@dataclass(frozen=True)
class HundredLevels:
    """One count: how many are in each class, with words for the pointer; `fact` is its origin."""

    fact: str
    title: str
    counts: tuple[int, int, int]
    words: tuple[str, str, str]


def class_colour(index: int) -> str:
    """Colour of a class: blue where fused, vermillion where not."""
    return series_colours(0 if index == FUSED else 1)[0]


def build_hundred_levels_figure(panels: Sequence[HundredLevels]) -> Spec:
    """Draw up to `PANELS` counts of a hundred side by side, each place the same level in all.

    Traces, always the same six: for each panel its three classes; customdata is the fact's id.
    Raises `ValueError` where a count is not of a hundred.
    """
    data: list[Spec] = []
    for number, panel in enumerate(panels[:PANELS]):
        if sum(panel.counts) != ROW * ROW:
            raise ValueError(f"{panel.counts} are not a hundred levels")
        first = 0
        for index, count in enumerate(panel.counts):
            data.append(_class(panel, index, range(first, first + count), number))
            first += count
    return {
        "data": data,
        "layout": base_layout_spec(
            height=290,
            margin={"l": 4, "r": 4, "t": 62, "b": 4},
            hovermode="closest",
            showlegend=False,
            annotations=[_title(panel, number) for number, panel in enumerate(panels)],
            **_axes(),
        ),
    }


def _class(panel: HundredLevels, index: int, places: range, number: int) -> Spec:
    colour = class_colour(index)
    name = str(number + 1) if number else ""
    return scatter(
        mode="markers",
        x=[place % ROW for place in places],
        y=[place // ROW for place in places],
        marker={
            "symbol": ("square", "diamond", "x")[index],
            "size": (11, 8, 9)[index],
            "color": LIGHT["page"] if index == CHANGED else colour,
            "line": {"color": colour, "width": 2 if index == CHANGED else 0},
        },
        # one fact holds for all marks of the trace
        customdata=[panel.fact] if places else [],
        hovertext=panel.words[index],
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
        xaxis=f"x{name}",
        yaxis=f"y{name}",
    )


def _title(panel: HundredLevels, number: int) -> dict[str, Any]:
    return {
        "text": f"<b>{panel.title}</b>",
        "x": 0.53 * number,
        "xanchor": "left",
        "xref": "paper",
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "align": "left",
        "showarrow": False,
        "font": {"size": 13, "color": LIGHT["ink"]},
    }


def _axes() -> dict[str, Any]:
    axes: dict[str, Any] = {}
    for number in range(PANELS):
        name = str(number + 1) if number else ""
        left = 0.53 * number
        shared = {"visible": False, "fixedrange": True, "constrain": "domain"}
        axes[f"xaxis{name}"] = {
            **shared,
            "domain": [left, left + 0.47],
            "range": [-0.6, ROW - 0.4],
            "constraintoward": "left",
            "anchor": f"y{name}",
        }
        axes[f"yaxis{name}"] = {
            **shared,
            "range": [ROW - 0.4, -0.6],
            "scaleanchor": f"x{name}",
            "constraintoward": "top",
            "anchor": f"x{name}",
        }
    return axes
