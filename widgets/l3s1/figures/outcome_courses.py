"""Courses of pain and disability: published means over time, series by series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from l3s1.figures.marks import EXTRAPOLATED_DASH, SYMBOLS, mark_fill, series_colours
from l3s1.figures.theme import LIGHT, Spec, base_layout_spec, scatter
from l3s1.models.time_axis import AxisKind, ticks, to_axis
from l3s1.vocabulary import Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

COURSES = 18
"""How many series the chart has room for; those not used stay empty."""

_LABELLED = {
    AxisKind.READABLE: ("operation", "1 d", "1 wk", "6 wk", "6 mo", "2 y", "10 y"),
    AxisKind.LINEAR: ("operation", "6 mo", "1 y", "2 y", "5 y", "10 y"),
}
_CLOSE = 0.055
"""Labels nearer than this share of the axis would overlap."""


@dataclass(frozen=True)
class CoursePoint:
    """A mean at `day`; `words` are for the pointer."""

    day: float
    mean: float
    words: str


@dataclass(frozen=True)
class Course:
    """The means of one arm in order of time. `paper` chooses the colour, `arm` the symbol."""

    fact: str
    letter: str
    label: str
    points: tuple[CoursePoint, ...]
    evidence: Evidence
    extrapolated: bool
    paper: int
    arm: int
    comparator: bool = False


@dataclass(frozen=True)
class Plateau:
    """The last time at which a source still saw a significant gain."""

    fact: str
    words: str
    day: float


def build_outcome_courses_figure(
    courses: Sequence[Course],
    plateaus: Sequence[Plateau],
    kind: AxisKind,
    top: float,
    unit_words: str,
) -> Spec:
    """Draw each course on the time axis of `kind`, from 0 to `top` of its scale.

    One trace for each of `COURSES` series, then their letters, then the plateaus; customdata is
    the fact's id. Lines join the points of one series and are no fitted curve. Raises
    `ValueError` where there are too many.
    """
    if len(courses) > COURSES:
        raise ValueError(f"{len(courses)} courses: the chart has room for {COURSES}")
    horizon = max([730.5, *(point.day for one in courses for point in one.points)]) * 1.04
    data = [
        _course_trace(courses[index] if index < len(courses) else None, kind)
        for index in range(COURSES)
    ]
    data += [_letters(courses, kind, horizon, top), _plateau_trace(plateaus, kind, top)]
    return {
        "data": data,
        "layout": base_layout_spec(
            height=480,
            margin={"l": 46, "r": 12, "t": 48, "b": 46},
            hovermode="closest",
            showlegend=False,
            xaxis=_time_axis(kind, horizon),
            yaxis={
                "range": [0, top * 1.02],
                "fixedrange": True,
                "zeroline": False,
                "gridcolor": LIGHT["line"],
                "title": {"text": unit_words, "font": {"size": 14}},
                "tickfont": {"size": 13, "color": LIGHT["muted"]},
            },
            shapes=[
                {
                    "type": "line",
                    "x0": to_axis(each.day, kind),
                    "x1": to_axis(each.day, kind),
                    "y0": 0,
                    "y1": top,
                    "line": {"color": LIGHT["muted"], "width": 1.5, "dash": "dot"},
                    "layer": "below",
                }
                for each in plateaus
            ],
            annotations=_notes(courses),
        ),
    }


def _time_axis(kind: AxisKind, horizon: float) -> dict[str, Any]:
    marks = ticks(kind, horizon)
    named = _LABELLED[kind]
    # the first months of a linear axis of many years leave no room for names
    crowded = kind is AxisKind.LINEAR and horizon > 4 * 365.25
    return {
        "range": [-0.02 * to_axis(horizon, kind), to_axis(horizon, kind)],
        "fixedrange": True,
        "zeroline": False,
        "tickmode": "array",
        "tickvals": [to_axis(tick.day, kind) for tick in marks],
        "ticktext": [
            ("op" if tick.label == "operation" else tick.label)
            if tick.label in named and not (crowded and tick.label in ("6 mo", "1 y"))
            else ""
            for tick in marks
        ],
        "tickangle": 0,
        "gridcolor": LIGHT["line"],
        "tickfont": {"size": 13, "color": LIGHT["muted"]},
    }


def _course_trace(course: Course | None, kind: AxisKind) -> Spec:
    if course is None:
        return scatter(mode="lines+markers", x=[], y=[])
    colour, _ = series_colours(course.paper)
    symbol = "x" if course.comparator else SYMBOLS[course.arm % len(SYMBOLS)]
    return scatter(
        mode="lines+markers",
        x=[round(to_axis(point.day, kind), 4) for point in course.points],
        y=[point.mean for point in course.points],
        line={
            "color": colour,
            "width": 2,
            "dash": EXTRAPOLATED_DASH if course.extrapolated else "solid",
        },
        marker={
            "symbol": symbol,
            "size": 12,
            "color": mark_fill(course.evidence, colour),
            "line": {"color": colour, "width": 2},
        },
        customdata=[course.fact] * len(course.points),
        hovertext=[f"<b>{course.letter}</b> {point.words}" for point in course.points],
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
    )


def _letters(courses: Sequence[Course], kind: AxisKind, horizon: float, top: float) -> Spec:
    """Each letter beside its last point; those that would overlap are moved upwards."""
    width = to_axis(horizon, kind)
    placed: list[tuple[float, float]] = []
    for course in sorted(courses, key=lambda one: one.points[-1].mean):
        last = course.points[-1]
        x, y = to_axis(last.day, kind) - 0.025 * width, last.mean + 0.03 * top
        while any(
            abs(x - other_x) < _CLOSE * width and abs(y - other_y) < 0.045 * top
            for other_x, other_y in placed
        ):
            y += 0.01 * top
        placed.append((x, y))
    ordered = sorted(courses, key=lambda one: one.points[-1].mean)
    return scatter(
        mode="text",
        x=[round(x, 4) for x, _ in placed],
        y=[round(y, 4) for _, y in placed],
        text=[f"<b>{course.letter}</b>" for course in ordered],
        textposition="middle center",
        textfont={"size": 15, "color": LIGHT["ink"]},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _plateau_trace(plateaus: Sequence[Plateau], kind: AxisKind, top: float) -> Spec:
    return scatter(
        mode="markers+text",
        x=[to_axis(each.day, kind) for each in plateaus],
        y=[top] * len(plateaus),
        text=["last gain seen "] * len(plateaus),
        textposition="middle left",
        textfont={"size": 13, "color": LIGHT["ink"]},
        marker={
            "symbol": "triangle-down",
            "size": 14,
            "color": LIGHT["accent"],
            "line": {"color": LIGHT["page"], "width": 1},
        },
        customdata=[each.fact for each in plateaus],
        hovertext=[each.words for each in plateaus],
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
    )


def _notes(courses: Sequence[Course]) -> list[dict[str, Any]]:
    words = "three levels: no course published;<br>all of these are extrapolated"
    if not courses:
        words = "no evidence: no such course was found"
    return [
        {
            "text": words,
            "x": 0.5,
            "y": 1.0,
            "xref": "paper",
            "yref": "paper",
            "yanchor": "bottom",
            "showarrow": False,
            "font": {"size": 13, "color": LIGHT["ink"]},
        }
    ]
