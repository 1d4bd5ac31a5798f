"""How a mark shows what kind of evidence stands behind it, the same in every chart."""

from __future__ import annotations

from typing import Any

from l3s1.figures.theme import DARK, LIGHT, SERIES, TINT_SHARE, tint
from l3s1.vocabulary import Evidence

SYMBOLS = ("circle", "square", "diamond", "triangle-up", "pentagon", "star")
"""One for each colour of `SERIES`: never colour alone."""

EXTRAPOLATED_DASH = "5px,4px"
"""Dash of what is carried over from shorter fusions to L3–S1."""


def mark_fill(evidence: Evidence, colour: str) -> str:
    """Fill of a mark in `colour` (#rrggbb): solid for trials, lighter for cohorts, else empty."""
    if evidence is Evidence.TRIAL:
        return colour
    return tint(colour, LIGHT["page"], TINT_SHARE) if evidence is Evidence.COHORT else LIGHT["page"]


def series_colours(index: int) -> tuple[str, str]:
    """The light and the dark colour of series number `index`, counted from 0 and round again."""
    light = SERIES[index % len(SERIES)]
    return light, DARK[light]


def faint(colour: str, opacity: float) -> str:
    """`colour` (#rrggbb) at `opacity` (0 … 1), in a form whose dark counterpart is found too."""
    red, green, blue = bytes.fromhex(colour[1:])
    return f"rgba({red}, {green}, {blue}, {opacity:g})"


def words_above(text: str, right_px: int, up_px: int, colour: str, size: int) -> dict[str, Any]:
    """A note in `colour` and `size` px, so many pixels from the plot's upper left corner."""
    return {
        "text": text,
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": right_px,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": up_px,
        "showarrow": False,
        "align": "left",
        "font": {"size": size, "color": colour},
    }
