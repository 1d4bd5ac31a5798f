"""A hundred people: shares as heads that can be counted, two groups side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from l3s1.figures.marks import faint, series_colours
from l3s1.figures.theme import LIGHT, Spec, base_layout_spec, scatter

if TYPE_CHECKING:
    from collections.abc import Sequence

CLASSES = 5
"""How many classes a group may have; those not used stay empty."""
PANELS = 2
_ROW = 10

_PLACE = 20
"""Width of a person's place on the axes: whole numbers are short on the wire."""

# Outline of a person about the middle of the place, head first; y points down.
_PERSON = (
    (-2, -3),
    (-4, -6),
    (0, -9),
    (4, -6),
    (2, -3),
    (6, -1),
    (4, 8),
    (-4, 8),
    (-6, -1),
    (-2, -3),
)


@dataclass(frozen=True)
class PeopleClass:
    """So many of a hundred people; `words` say who they are."""

    count: int
    words: str


@dataclass(frozen=True)
class Hundred:
    """One group of a hundred; its classes from best to worst."""

    fact: str
    title: str
    classes: tuple[PeopleClass, ...]


def class_look(index: int, count: int) -> tuple[str, float]:
    """Colour and fill of class `index` of `count`: best solid blue, worst solid vermillion.

    What lies between is paler, so that the order is seen in grey too: dark, pale, empty, dark.
    """
    good, bad = series_colours(0)[0], series_colours(1)[0]
    looks = {
        1: [(good, 1.0)],
        2: [(good, 1.0), (bad, 0.0)],
        3: [(good, 1.0), (good, 0.3), (bad, 0.0)],
        4: [(good, 1.0), (good, 0.3), (bad, 0.0), (bad, 0.55)],
        5: [(good, 1.0), (good, 0.3), (bad, 0.0), (bad, 0.55), (LIGHT["muted"], 0.15)],
    }
    return looks[count][index]


def build_hundred_people_figure(groups: Sequence[Hundred]) -> Spec:
    """Draw up to `PANELS` groups of a hundred; customdata is the fact's id.

    For each panel and each of `CLASSES` classes two traces: the people, and invisible places that
    answer the pointer. Raises `ValueError` where a group has too many classes or people.
    """
    data: list[Spec] = []
    for panel in range(PANELS):
        data += _panel(groups[panel] if panel < len(groups) else None, panel)
    return {
        "data": data,
        "layout": base_layout_spec(
            height=400,
            margin={"l": 4, "r": 4, "t": 84, "b": 4},
            hovermode="closest",
            showlegend=False,
            annotations=[_title(group, panel) for panel, group in enumerate(groups)],
            **_axes(),
        ),
    }


def _axes() -> dict[str, Any]:
    axes: dict[str, Any] = {}
    for panel in range(PANELS):
        name = str(panel + 1) if panel else ""
        left = panel * 0.53
        axes[f"xaxis{name}"] = {
            "domain": [left, left + 0.47],
            "range": [-0.6 * _PLACE, (_ROW - 0.4) * _PLACE],
            "visible": False,
            "fixedrange": True,
            "anchor": f"y{name}",
        }
        axes[f"yaxis{name}"] = {
            "range": [(_ROW - 0.4) * _PLACE, -0.6 * _PLACE],
            "visible": False,
            "fixedrange": True,
            "scaleanchor": f"x{name}",
            "constrain": "domain",
            "constraintoward": "top",
            "anchor": f"x{name}",
        }
    return axes


def _title(group: Hundred, panel: int) -> dict[str, Any]:
    return {
        "text": f"<b>{group.title}</b>",
        "x": 0.53 * panel,
        "xanchor": "left",
        "xref": "paper",
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "align": "left",
        "showarrow": False,
        "font": {"size": 13, "color": LIGHT["ink"]},
    }


def _panel(group: Hundred | None, panel: int) -> list[Spec]:
    classes = group.classes if group else ()
    total = sum(each.count for each in classes)
    if len(classes) > CLASSES or total > _ROW * _ROW:
        raise ValueError(f"{len(classes)} classes of {total} people do not fit a hundred")
    traces = []
    first = 0
    for index in range(CLASSES):
        count = classes[index].count if index < len(classes) else 0
        look = class_look(index, len(classes)) if index < len(classes) else (LIGHT["muted"], 0.0)
        places = range(first, first + count)
        words = classes[index].words if index < len(classes) else ""
        traces.append(_people(places, look, panel))
        traces.append(_places(places, words, group.fact if group else "", panel))
        first += count
    return traces


def _on(panel: int) -> dict[str, str]:
    name = str(panel + 1) if panel else ""
    return {"xaxis": f"x{name}", "yaxis": f"y{name}"}


def _people(places: range, look: tuple[str, float], panel: int) -> Spec:
    colour, fill = look
    x: list[float | None] = []
    y: list[float | None] = []
    for place in places:
        row, column = divmod(place, _ROW)
        x += [*(column * _PLACE + dx for dx, _ in _PERSON), None]
        y += [*(row * _PLACE + dy for _, dy in _PERSON), None]
    return scatter(
        mode="lines",
        x=x,
        y=y,
        fill="toself",
        fillcolor=faint(colour, fill),
        line={"color": colour, "width": 1.75},
        hoverinfo="skip",
        **_on(panel),
    )


def _places(places: range, words: str, fact: str, panel: int) -> Spec:
    return scatter(
        mode="markers",
        x=[place % _ROW * _PLACE for place in places],
        y=[place // _ROW * _PLACE for place in places],
        marker={"size": 15, "opacity": 0.0, "color": LIGHT["page"]},
        customdata=[fact] if places else [],
        hovertext=words,
        hovertemplate="%{hovertext}<extra></extra>",
        **_on(panel),
    )
