"""Which grafts were compared with which: a ring of grafts, and a mark for every study."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from l3s1.figures.marks import EXTRAPOLATED_DASH, SYMBOLS, mark_fill
from l3s1.figures.theme import LIGHT, SERIES, Spec, base_layout_spec, scatter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from l3s1.vocabulary import Evidence

_HEIGHT_PX = 460
_MARGIN_PX = {"l": 8, "r": 8, "t": 12, "b": 12}
_WIDTHS_PX = (2, 5, 9)
_SQUEEZE = 0.62
"""How far the marks of a pair's studies reach along the line between its grafts."""
_ALONE = (0.5, 0.42, 0.58, 0.36, 0.64, 0.3, 0.7)
"""Where on its line a pair's only study may stand; it takes the place farthest from others."""

Place = tuple[float, float]


@dataclass(frozen=True)
class NetworkNode:
    """A graft; `compared` says whether any study shown has it."""

    id: str
    name: str
    compared: bool


@dataclass(frozen=True)
class NetworkStudy:
    """A study between two grafts; `shown` is its n, `words` are for the pointer."""

    fact: str
    one: str
    other: str
    shown: str
    words: str
    evidence: Evidence


def build_graft_network_figure(
    nodes: Sequence[NetworkNode],
    studies: Sequence[NetworkStudy],
    missing: Sequence[tuple[str, str]] = (),
) -> Spec:
    """Draw the grafts on a ring, thicker lines for more studies, dotted lines where none is.

    Traces, always the same six: missing pairs, lines of one, two, three and more studies, grafts,
    studies. customdata of each study's mark is its fact's id.
    """
    places = _places(nodes)
    pairs: dict[frozenset[str], list[NetworkStudy]] = {}
    for study in studies:
        pairs.setdefault(frozenset((study.one, study.other)), []).append(study)
    lines = [_line(places, [], width) for width in _WIDTHS_PX]
    for index, width in enumerate(_WIDTHS_PX):
        chosen = [
            (each[0].one, each[0].other)
            for each in pairs.values()
            if min(len(each), len(_WIDTHS_PX)) == index + 1
        ]
        lines[index] = _line(places, chosen, width)
    return {
        "data": [
            _line(places, missing, 1.5, dash=EXTRAPOLATED_DASH),
            *lines,
            _grafts(nodes, places),
            _studies(list(pairs.values()), places),
        ],
        "layout": base_layout_spec(
            height=_HEIGHT_PX,
            margin=_MARGIN_PX,
            hovermode="closest",
            showlegend=False,
            xaxis={"range": [-1.3, 1.3], "visible": False, "fixedrange": True},
            yaxis={"range": [-1.25, 1.25], "visible": False, "fixedrange": True},
        ),
    }


def _places(nodes: Sequence[NetworkNode]) -> dict[str, Place]:
    """Where each graft stands on a ring of radius 1, clockwise from the top."""
    turn = 2 * math.pi / max(1, len(nodes))
    return {
        node.id: (math.sin(turn * index), math.cos(turn * index))
        for index, node in enumerate(nodes)
    }


def _line(
    places: dict[str, Place],
    pairs: Sequence[tuple[str, str]],
    width: float,
    dash: str = "solid",
) -> Spec:
    x: list[float | None] = []
    y: list[float | None] = []
    for one, other in pairs:
        x += [places[one][0], places[other][0], None]
        y += [places[one][1], places[other][1], None]
    return scatter(
        mode="lines",
        x=x,
        y=y,
        line={"color": LIGHT["line"], "width": width, "dash": dash},
        hoverinfo="skip",
    )


def _grafts(nodes: Sequence[NetworkNode], places: dict[str, Place]) -> Spec:
    return scatter(
        mode="markers+text",
        x=[places[node.id][0] for node in nodes],
        y=[places[node.id][1] for node in nodes],
        text=[node.name for node in nodes],
        textposition=[
            "top center" if places[node.id][1] > -0.1 else "bottom center" for node in nodes
        ],
        textfont={"size": 14, "color": LIGHT["ink"]},
        marker={
            "symbol": SYMBOLS[0],
            "size": 16,
            "color": [LIGHT["ink"] if node.compared else LIGHT["page"] for node in nodes],
            "line": {"color": LIGHT["ink"], "width": 2},
        },
        hoverinfo="skip",
        cliponaxis=False,
    )


def _studies(pairs: Sequence[Sequence[NetworkStudy]], places: dict[str, Place]) -> Spec:
    placed: list[tuple[NetworkStudy, Place]] = []
    for pair in sorted(pairs, key=len, reverse=True):
        taken = [*places.values(), *(at for _, at in placed)]
        ends = places[pair[0].one], places[pair[0].other]
        placed += zip(pair, _spots(*ends, len(pair), taken), strict=True)
    return scatter(
        mode="markers+text",
        x=[x for _, (x, _) in placed],
        y=[y for _, (_, y) in placed],
        text=[study.shown for study, _ in placed],
        textposition="middle right",
        textfont={"size": 12, "color": LIGHT["ink"]},
        marker={
            "symbol": SYMBOLS[1],
            "size": 13,
            "color": [mark_fill(study.evidence, SERIES[0]) for study, _ in placed],
            "line": {"color": SERIES[0], "width": 2},
        },
        customdata=[study.fact for study, _ in placed],
        hovertext=[study.words for study, _ in placed],
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
    )


def _spots(one: Place, other: Place, count: int, taken: Sequence[Place]) -> list[Place]:
    """Where the `count` studies of a pair stand between its two grafts."""
    if count > 1:
        shares = [0.5 + _SQUEEZE * (index / (count - 1) - 0.5) for index in range(count)]
        return [_between(one, other, share) for share in shares]
    spots = [_between(one, other, share) for share in _ALONE]
    return [max(spots, key=lambda spot: round(min(math.dist(spot, at) for at in taken), 9))]


def _between(one: Place, other: Place, share: float) -> Place:
    return one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1])
