"""Bending stiffness of rods against their diameter, a curve for each material."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from l3s1.figures.marks import SYMBOLS, faint, mark_fill, series_colours
from l3s1.figures.theme import LIGHT, Spec, base_layout_spec, scatter
from l3s1.models.rods import Rod
from l3s1.vocabulary import Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

_STEPS = 40
_ROOM = 1.08
_WORDS_PX = 14
_NAMES_MM = 0.06
_NAME_STEP = 0.07
"""Where the names stand: right of the thinnest rod, and how far apart, in tops."""


@dataclass(frozen=True)
class RodMaterial:
    """A material as drawn: modulus from `low_gpa` to `high_gpa` (alike: a line without a band).

    `marks` are (diameter mm, words for the pointer) of rods that are made; `fact` is its origin.
    """

    label: str
    fact: str
    low_gpa: float
    high_gpa: float
    evidence: Evidence
    marks: tuple[tuple[float, str], ...]

    @property
    def middle_gpa(self) -> float:
        """The middle of the published range."""
        return (self.low_gpa + self.high_gpa) / 2.0


def build_rods_figure(
    materials: Sequence[RodMaterial],
    ends_mm: tuple[float, float],
    chosen: tuple[int, float],
) -> Spec:
    """Stiffness (N·m²) of every material between two diameters; `chosen` is (material, diameter).

    Traces: for each material its band, curve and rods; then the names, the chosen rod's guides and
    its ring.
    """
    low, high = ends_mm
    grid = [low + (high - low) * step / _STEPS for step in range(_STEPS + 1)]
    data: list[Spec] = []
    for index, material in enumerate(materials):
        data += _material(index, material, grid)
    top = max(Rod(high, each.high_gpa).bending_stiffness_nm2 for each in materials)
    data.append(_names(materials, low, top))
    data += _chosen(materials, chosen, low)
    return {
        "data": data,
        "layout": base_layout_spec(
            height=430,
            margin={"l": 56, "r": 14, "t": 14, "b": 56},
            hovermode="closest",
            showlegend=False,
            xaxis={
                "range": [low - 0.05, high + 0.05],
                "title": {"text": "diameter of the rod", "font": {"size": 14}},
                "ticksuffix": " mm",
                "tickmode": "array",
                "tickvals": [diameter for diameter, _ in materials[0].marks],
                "tickfont": {"size": 13, "color": LIGHT["muted"]},
                "gridcolor": LIGHT["line"],
                "zeroline": False,
                "fixedrange": True,
            },
            yaxis={
                "range": [0, top * _ROOM],
                "title": {"text": "bending stiffness, N·m²", "font": {"size": 14}},
                "tickfont": {"size": 13, "color": LIGHT["muted"]},
                "gridcolor": LIGHT["line"],
                "zeroline": False,
                "fixedrange": True,
                "nticks": 6,
            },
        ),
    }


def _material(index: int, material: RodMaterial, grid: list[float]) -> list[Spec]:
    colour = series_colours(index)[0]

    def along(modulus: float) -> list[float]:
        return [Rod(diameter, modulus).bending_stiffness_nm2 for diameter in grid]

    band = scatter(
        mode="lines",
        x=[*grid, *reversed(grid)],
        y=[*along(material.low_gpa), *reversed(along(material.high_gpa))],
        fill="toself",
        fillcolor=faint(colour, 0.18),
        line={"width": 0, "color": colour},
        hoverinfo="skip",
    )
    curve = scatter(
        mode="lines",
        x=grid,
        y=along(material.middle_gpa),
        line={"color": colour, "width": 2.5},
        hoverinfo="skip",
    )
    diameters = [diameter for diameter, _ in material.marks]
    rods = scatter(
        mode="markers",
        x=diameters,
        y=[Rod(each, material.middle_gpa).bending_stiffness_nm2 for each in diameters],
        marker={
            "symbol": SYMBOLS[index],
            "size": 12,
            "color": mark_fill(material.evidence, colour),
            "line": {"color": colour, "width": 2},
        },
        customdata=[material.fact] * len(diameters),
        hovertext=[words for _, words in material.marks],
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
    )
    return [band, curve, rods]


def _names(materials: Sequence[RodMaterial], left: float, top: float) -> Spec:
    """The materials by symbol, in the empty corner above the thin rods; stiffest first."""
    order = sorted(range(len(materials)), key=lambda index: -materials[index].middle_gpa)
    colours = [series_colours(index)[0] for index in order]
    return scatter(
        mode="markers+text",
        x=[left + _NAMES_MM] * len(order),
        y=[top * (1.0 - _NAME_STEP * place) for place in range(len(order))],
        text=[f"  {materials[index].label}" for index in order],
        textposition="middle right",
        textfont={"size": _WORDS_PX, "color": LIGHT["ink"]},
        marker={
            "symbol": [SYMBOLS[index] for index in order],
            "size": 12,
            "color": colours,
            "line": {"color": colours, "width": 2},
        },
        hoverinfo="skip",
    )


def _chosen(materials: Sequence[RodMaterial], chosen: tuple[int, float], left: float) -> list[Spec]:
    index, diameter = chosen
    stiffness = Rod(diameter, materials[index].middle_gpa).bending_stiffness_nm2
    guides = scatter(
        mode="lines",
        x=[left - 0.05, diameter, diameter],
        y=[stiffness, stiffness, 0],
        line={"color": LIGHT["ink"], "width": 1.5, "dash": "dot"},
        hoverinfo="skip",
    )
    ring = scatter(
        mode="markers",
        x=[diameter],
        y=[stiffness],
        marker={
            "symbol": "circle-open",
            "size": 22,
            "color": LIGHT["ink"],
            "line": {"color": LIGHT["ink"], "width": 2.5},
        },
        hoverinfo="skip",
    )
    return [guides, ring]
