"""Estimates in rows, each with its interval: shares, ratios, differences, areas under a curve.

Labels stand above their marks, so that a phone has the full width for both. Heights are in
pixels: the y axis counts them downwards.
"""

from __future__ import annotations

import math
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from l3s1.figures.marks import EXTRAPOLATED_DASH, SYMBOLS, mark_fill, series_colours
from l3s1.figures.theme import LIGHT, Spec, base_layout_spec, scatter
from l3s1.vocabulary import EVIDENCE_MARK, Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

_LINE_PX = 17
_MARK_PX = 20
_GAP_PX = 9
_HEADING_PX = 30
_LEGEND_PX = 22
_LABEL_CHARACTERS = 43
_HEADING_CHARACTERS = 36
_MARGIN_PX = {"l": 8, "r": 14, "t": 26, "b": 52}


@dataclass(frozen=True)
class ForestRow:
    """One published estimate; without one, its interval alone; `words` are for the pointer.

    `kind` chooses colour and symbol. `comparator` is the other arm's number, drawn beside it.
    `shown` is the estimate in words. `value` is which of the fact's values it is.
    """

    fact: str
    label: str
    estimate: float | None
    low: float | None
    high: float | None
    evidence: Evidence
    words: str
    shown: str = ""
    extrapolated: bool = False
    kind: int = 0
    comparator: float | None = None
    value: str = ""


@dataclass(frozen=True)
class ForestGroup:
    """Rows below a heading; without rows the heading says what is missing."""

    heading: str
    rows: tuple[ForestRow, ...]


@dataclass(frozen=True)
class ForestAxis:
    """The common axis: `reference` is a line such as 'no difference', `band` a claimed range.

    `reverse` lets numbers grow to the left, so that better lies on one side for every score.
    """

    title: str
    low: float
    high: float
    log: bool = False
    suffix: str = ""
    reference: float | None = None
    reference_words: str = ""
    band: tuple[float, float] | None = None
    band_words: str = ""
    reverse: bool = False

    @property
    def left(self) -> float:
        """The number at the left edge, where labels begin."""
        return self.high if self.reverse else self.low

    @property
    def ends(self) -> tuple[float, float]:
        """The numbers at the left and at the right edge."""
        return (self.high, self.low) if self.reverse else (self.low, self.high)


def build_forest_figure(
    groups: Sequence[ForestGroup], axis: ForestAxis, legend: Sequence[str] = ()
) -> Spec:
    """Draw the rows of all groups; customdata of each mark is its fact's id.

    `legend` names the kinds of row. Traces, always the same seven: legend, headings, labels,
    solid and dashed intervals, the other arms, estimates.
    """
    rows, headings, height = _places(groups, _LEGEND_PX * len(legend))
    left = axis.left
    return {
        "data": [
            _legend(legend, axis),
            _text([(left, y, f"<b>{text}</b>") for text, y in headings], 15),
            _text([(left, _label_y(y, lines), "<br>".join(lines)) for _, y, lines in rows], 13),
            _intervals(rows, axis, dashed=False),
            _intervals(rows, axis, dashed=True),
            _comparators(rows),
            _estimates(rows),
        ],
        "layout": base_layout_spec(
            height=height + _MARGIN_PX["t"] + _MARGIN_PX["b"],
            margin=_MARGIN_PX,
            hovermode="closest",
            showlegend=False,
            xaxis=_axis(axis),
            yaxis={"range": [height, 0], "visible": False, "fixedrange": True},
            shapes=_shapes(axis),
            annotations=_annotations(axis),
        ),
    }


Placed = tuple[ForestRow, float, list[str]]


def _places(
    groups: Sequence[ForestGroup], y: int
) -> tuple[list[Placed], list[tuple[str, float]], int]:
    """Where each row's mark and each heading stand (px), beginning at `y`; and where they end."""
    places: list[Placed] = []
    headings = []
    for group in groups:
        lines = textwrap.wrap(group.heading, _HEADING_CHARACTERS)
        headings.append(("<br>".join(lines), y + _HEADING_PX * 0.5 + _LINE_PX * len(lines) / 2))
        y += _HEADING_PX + _LINE_PX * (len(lines) - 1)
        for row in group.rows:
            label = f"{EVIDENCE_MARK[row.evidence]} {row.label}"
            wrapped = textwrap.wrap(label, _LABEL_CHARACTERS - len(row.shown))
            if row.shown:
                wrapped[-1] += f"  <b>{row.shown}</b>"
            y += _GAP_PX + _LINE_PX * len(wrapped)
            places.append((row, y + _MARK_PX / 2, wrapped))
            y += _MARK_PX
        y += _GAP_PX
    return places, headings, y


def _label_y(mark_y: float, lines: list[str]) -> float:
    return mark_y - _MARK_PX / 2 - _LINE_PX * len(lines) / 2


def _legend(names: Sequence[str], axis: ForestAxis) -> Spec:
    at = (
        10 ** (math.log10(axis.low) + 0.02 * math.log10(axis.high / axis.low))
        if axis.log
        else axis.left + 0.02 * (axis.ends[1] - axis.ends[0])
    )
    colours = [series_colours(kind)[0] for kind in range(len(names))]
    return scatter(
        mode="markers+text",
        x=[at] * len(names),
        y=[_LEGEND_PX * (kind + 0.5) for kind in range(len(names))],
        text=[f"  {name}" for name in names],
        textposition="middle right",
        textfont={"size": 14, "color": LIGHT["ink"]},
        marker={
            "symbol": list(SYMBOLS[: len(names)]),
            "size": 13,
            "color": colours,
            "line": {"color": colours, "width": 2},
        },
        hoverinfo="skip",
    )


def _text(items: list[tuple[float, float, str]], size: int) -> Spec:
    return scatter(
        mode="text",
        x=[x for x, _, _ in items],
        y=[y for _, y, _ in items],
        text=[text for _, _, text in items],
        textposition="middle right",
        textfont={"size": size, "color": LIGHT["ink"]},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _intervals(rows: list[Placed], axis: ForestAxis, *, dashed: bool) -> Spec:
    x: list[float | None] = []
    y: list[float | None] = []
    facts: list[str | None] = []
    words: list[str] = []
    for row, at, _ in rows:
        if row.low is None or row.high is None or row.extrapolated is not dashed:
            continue
        x += [max(row.low, axis.low), min(row.high, axis.high), None]
        y += [at, at, None]
        facts += [row.fact, row.fact, None]
        # the estimate speaks for its interval; without one the interval speaks itself
        spoken = row.words if row.estimate is None else ""
        words += [spoken, spoken, ""]
    return scatter(
        mode="lines+markers",
        x=x,
        y=y,
        line={
            "color": LIGHT["muted"],
            "width": 2,
            "dash": EXTRAPOLATED_DASH if dashed else "solid",
        },
        marker={
            "symbol": "line-ns",
            "size": 11,
            "line": {"color": LIGHT["muted"], "width": 2},
        },
        customdata=facts,
        hovertext=words,
        hoverinfo=["text" if spoken else "none" for spoken in words],
    )


def _comparators(rows: list[Placed]) -> Spec:
    shown = [(row, y) for row, y, _ in rows if row.comparator is not None]
    return _marks(
        [row for row, _ in shown],
        [row.comparator for row, _ in shown],
        [y for _, y in shown],
        {"symbol": "x-thin", "size": 9, "line": {"color": LIGHT["ink"], "width": 2}},
    )


def _estimates(rows: list[Placed]) -> Spec:
    shown = [(row, y) for row, y, _ in rows if row.estimate is not None]
    colours = [series_colours(row.kind)[0] for row, _ in shown]
    return _marks(
        [row for row, _ in shown],
        [row.estimate for row, _ in shown],
        [y for _, y in shown],
        {
            "symbol": [SYMBOLS[row.kind % len(SYMBOLS)] for row, _ in shown],
            "size": 13,
            "color": [
                mark_fill(row.evidence, colour)
                for (row, _), colour in zip(shown, colours, strict=True)
            ],
            "line": {"color": colours, "width": 2},
        },
    )


def _marks(
    rows: list[ForestRow], x: list[float | None], y: list[float], marker: dict[str, Any]
) -> Spec:
    return scatter(
        mode="markers",
        x=x,
        y=y,
        marker=marker,
        customdata=[row.fact for row in rows],
        hovertext=[row.words for row in rows],
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
    )


def _axis(axis: ForestAxis) -> dict[str, Any]:
    settings: dict[str, Any] = {
        "type": "linear",
        "range": list(axis.ends),
        "tickmode": "auto",
        "tickvals": None,
        "ticktext": None,
        "nticks": 6,
    }
    if axis.log:
        ticks = [
            2.0**power
            for power in range(math.ceil(math.log2(axis.low)), math.floor(math.log2(axis.high)) + 1)
        ]
        every = max(1, math.ceil(len(ticks) / 7))
        start = next((i % every for i, tick in enumerate(ticks) if tick == 1.0), 0)
        ticks = ticks[start::every]
        settings |= {
            "type": "log",
            "range": [math.log10(axis.low), math.log10(axis.high)],
            "tickmode": "array",
            "tickvals": ticks,
            "ticktext": [f"{tick:g}" for tick in ticks],
        }
    return {
        **settings,
        "ticksuffix": axis.suffix,
        "fixedrange": True,
        "zeroline": False,
        "gridcolor": LIGHT["line"],
        "title": {"text": axis.title, "font": {"size": 14}},
        "tickfont": {"size": 13, "color": LIGHT["muted"]},
    }


def _shapes(axis: ForestAxis) -> list[dict[str, Any]]:
    shapes: list[dict[str, Any]] = []
    if axis.band is not None:
        shapes.append(
            {
                "type": "rect",
                "x0": axis.band[0],
                "x1": axis.band[1],
                "y0": 0,
                "y1": 1,
                "yref": "paper",
                "fillcolor": LIGHT["muted"],
                "opacity": 0.16,
                "line": {"width": 0},
                "layer": "below",
            }
        )
    if axis.reference is not None:
        shapes.append(
            {
                "type": "line",
                "x0": axis.reference,
                "x1": axis.reference,
                "y0": 0,
                "y1": 1,
                "yref": "paper",
                "line": {"color": LIGHT["ink"], "width": 1.5},
                "layer": "below",
            }
        )
    return shapes


def _annotations(axis: ForestAxis) -> list[dict[str, Any]]:
    notes = []
    if axis.band is not None:
        notes.append((sum(axis.band) / 2, axis.band_words))
    if axis.reference is not None:
        notes.append((axis.reference, axis.reference_words))
    return [
        {
            "text": words,
            # on a logarithmic axis, annotations stand at exponents
            "x": math.log10(x) if axis.log else x,
            "y": 1,
            "yref": "paper",
            "yanchor": "bottom",
            "showarrow": False,
            "font": {"size": 13, "color": LIGHT["ink"]},
        }
        for x, words in notes
        if words
    ]
