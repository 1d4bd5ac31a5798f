"""Colours and layout that all figures share.

The tokens are those of the page's style sheet (`widgets/frontend/src/styles/tokens.css`); a test
holds the two together. Figures are built in light colours; the page swaps each for its dark
counterpart (`DARK`) when the reader's theme is dark.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

import plotly.graph_objects as go

from l3s1.vocabulary import Lane

LIGHT = MappingProxyType(
    {
        "page": "#ffffff",
        "surface": "#f6f7f9",
        "line": "#c9d1db",
        "ink": "#1b2430",
        "muted": "#4d5a6b",
        "accent": "#0b5fa5",
        "good": "#1a7f4b",
        "warn": "#9a5b00",
        "bad": "#b3261e",
    }
)
DARK_TOKENS = MappingProxyType(
    {
        "page": "#10151c",
        "surface": "#18202a",
        "line": "#334155",
        "ink": "#e8edf3",
        "muted": "#a9b6c6",
        "accent": "#6db8f2",
        "good": "#5fcf95",
        "warn": "#f0b35a",
        "bad": "#ff8a80",
    }
)

# Okabe–Ito, in the order of docs/look: blue, vermillion, green, purple, orange, sky.
SERIES = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
_SERIES_DARK = ("#4aa8de", "#ff8a4c", "#35c79d", "#e2a3c6", "#f2b84b", "#8accf0")

LANE_COLOUR: dict[Lane, str] = {
    Lane.HOSPITAL_AND_WOUND: SERIES[0],
    Lane.MOBILITY: SERIES[2],
    Lane.REHABILITATION: SERIES[3],
    Lane.ACTIVITIES_AND_WORK: SERIES[5],
    Lane.BONE_HEALING: SERIES[4],
    Lane.IMAGING_AND_CLINIC: LIGHT["muted"],
    Lane.DANGER_WINDOWS: SERIES[1],
}


def tint(colour: str, towards: str, share: float) -> str:
    """`colour` (#rrggbb) mixed with `share` (0 … 1) of `towards`, as #rrggbb."""
    mixed = (
        round(a + (b - a) * share)
        for a, b in zip(bytes.fromhex(colour[1:]), bytes.fromhex(towards[1:]), strict=True)
    )
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


TINT_SHARE = 0.55
"""How much of the page's colour is mixed into the fill of cohort-level evidence."""


def _dark() -> dict[str, str]:
    pairs = {light: DARK_TOKENS[name] for name, light in LIGHT.items()}
    for light, dark in [
        *zip(SERIES, _SERIES_DARK, strict=True),
        (LIGHT["muted"], DARK_TOKENS["muted"]),
        (LIGHT["ink"], DARK_TOKENS["ink"]),
    ]:
        pairs[light] = dark
        pairs[tint(light, LIGHT["page"], TINT_SHARE)] = tint(dark, DARK_TOKENS["page"], TINT_SHARE)
    return pairs


DARK = MappingProxyType(_dark())
"""Dark counterpart of every colour that figures use (#rrggbb, lower case)."""

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"


Spec = dict[str, Any]
"""A figure, or a part of one, as plain JSON: quick to build, and to compare with the last one."""


def scatter(**properties: Any) -> Spec:
    """A trace of points, lines or text."""
    return {"type": "scatter", **properties}


def base_layout_spec(**more: Any) -> Spec:
    """The layout every figure starts from: transparent, system font, no mode bar clutter."""
    return {
        "template": {},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 14, "color": LIGHT["ink"]},
        "hoverlabel": {
            "bgcolor": LIGHT["page"],
            "bordercolor": LIGHT["muted"],
            "font": {"color": LIGHT["ink"], "size": 14},
            "align": "left",
        },
        "dragmode": False,
        "uirevision": "keep",
        "meta": {"dark": dict(DARK)},
        **more,
    }


def base_layout(**more: Any) -> go.Layout:
    """`base_layout_spec` as Plotly's own object."""
    return go.Layout(base_layout_spec(**more))
