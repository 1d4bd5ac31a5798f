"""Courses of pain and disability after fusion, and beside its comparators."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

import traitlets

from l3s1.activities.figure_activity import FigureActivity, FigureState, choice
from l3s1.activities.outcome_facts import (
    LEVEL_GROUP_LABEL,
    is_extrapolated,
    is_quoted,
    level_group,
    paper_of,
)
from l3s1.activities.readings import Reading
from l3s1.activities.responder_curve import ALL
from l3s1.activities.wording import say_number, say_value
from l3s1.content import Content, Fact, Value, load_content
from l3s1.figures.marks import series_colours
from l3s1.figures.outcome_courses import (
    Course,
    CoursePoint,
    Plateau,
    build_outcome_courses_figure,
)
from l3s1.models.time_axis import AxisKind, say_duration
from l3s1.vocabulary import Trust

if TYPE_CHECKING:
    from l3s1.figures.theme import Spec

COMPLAINTS = {
    "back_pain": "back pain",
    "leg_pain": "leg pain",
    "disability": "disability (Oswestry)",
}
COURSE_TOPICS = {f"{complaint}_course": complaint for complaint in COMPLAINTS}
ARMS = {
    "disability-fusion-fairbank-2005": ("disability", "rehabilitation"),
    "disability-rehabilitation-fairbank-2005": ("disability", "rehabilitation"),
    "disability-arms-brox-2003": ("disability", "exercises"),
    "disability-arms-brox-2006": ("disability", "exercises"),
    "disability-fusion-brox-2010": ("disability", "exercises"),
    "disability-exercises-brox-2010": ("disability", "exercises"),
    "disability-forsth-2016": ("disability", "decompression alone"),
    "disability-five-years-karlsson-2024": ("disability", "decompression alone"),
    "back-pain-arms-brox-2010": ("back_pain", "exercises"),
    "leg-pain-arms-brox-2010": ("leg_pain", "exercises"),
}
"""The arms of trials, which stand under the comparisons in the facts: complaint, other arm."""

PLATEAUS = {
    "back_pain": "pain-plateau-shahi-2025",
    "leg_pain": "pain-plateau-shahi-2025",
    "disability": "disability-plateau-shahi-2025",
}
UNITS = {
    "points_of_10": ("points of 10", 10.0),
    "points_of_100": ("points of 100", 100.0),
    "points_of_50": ("points of 50", 50.0),
    "points": ("points, scale not stated", 0.0),
}
AGAINST = "against"

_MOMENT = re.compile(r"(?:(?P<arm>[a-z_]+)_)?(?:week|month|year)_\d+")
_OTHER_COMPLAINT = {"back": "back_pain", "leg": "leg_pain"}
_ARM_WORDS = {
    "fusion": "fusion",
    "sacrum": "to the sacrum",
    "no_sacrum": "sacrum not fused",
}


@dataclass(frozen=True)
class Series:
    """The values of one arm of a fact, in order of time, all in one unit."""

    fact: Fact
    arm: str
    complaint: str
    unit: str
    values: tuple[Value, ...]


def find_series(content: Content) -> tuple[Series, ...]:
    """Every published course of pain or disability: means with a time point, arm by arm."""
    found: dict[tuple[str, str, str, str], list[Value]] = {}
    for fact in content.facts.values():
        complaint = COURSE_TOPICS.get(fact.topic) or ARMS.get(fact.id, ("", ""))[0]
        if not complaint or fact.trust is Trust.UNVERIFIED:
            continue
        for value in fact.values:
            named = _MOMENT.fullmatch(value.name)
            if named is None or value.statistic != "mean" or value.unit not in UNITS:
                continue
            arm = named["arm"] or ""
            of = _OTHER_COMPLAINT.get(arm, complaint)
            arm = "" if arm in _OTHER_COMPLAINT else arm
            found.setdefault((fact.id, arm, of, value.unit), []).append(value)
    return tuple(
        Series(
            content.facts[name],
            arm,
            complaint,
            unit,
            tuple(sorted(values, key=lambda value: value.time_d("at"))),
        )
        for (name, arm, complaint, unit), values in found.items()
    )


class OutcomeCoursesState(FigureState):
    """Which complaint on which scale, which series, and how time is scaled."""

    scale = traitlets.Unicode("back_pain points_of_10")
    series = traitlets.Unicode(ALL)
    axis_kind = traitlets.Enum([kind.value for kind in AxisKind], AxisKind.READABLE.value)

    @traitlets.validate("scale")
    def _valid_scale(self, proposal: dict[str, Any]) -> str:
        return self._one_of(str(proposal["value"]), [key for _, key in self.scales()])

    @traitlets.validate("series")
    def _valid_series(self, proposal: dict[str, Any]) -> str:
        return self._one_of(str(proposal["value"]), [key for _, key in series_options()])

    def _one_of(self, name: str, known: list[str]) -> str:
        if name not in known:
            raise traitlets.TraitError(f"{name!r}: use one of {', '.join(known)}")
        return name

    @cached_property
    def everything(self) -> tuple[Series, ...]:
        """All courses there are."""
        return find_series(self.content)

    def scales(self) -> list[tuple[str, str]]:
        """The complaints with the scales they were measured on: words and keys."""
        present = {(one.complaint, one.unit) for one in self.everything}
        return [
            (f"{words}, {UNITS[unit][0]}", f"{complaint} {unit}")
            for complaint, words in COMPLAINTS.items()
            for unit in UNITS
            if (complaint, unit) in present
        ]

    @property
    def chosen(self) -> tuple[str, str]:
        """Complaint and unit."""
        complaint, unit = self.scale.split(" ")
        return complaint, unit

    def shown(self) -> tuple[Series, ...]:
        """The series of the scale and the choice."""
        return tuple(
            one
            for one in self.everything
            if (one.complaint, one.unit) == self.chosen and self._is_shown(one)
        )

    def _is_shown(self, one: Series) -> bool:
        if self.series == AGAINST:
            return one.fact.id in ARMS
        return self.series in (ALL, level_group(one.fact).value)

    def courses(self) -> tuple[Course, ...]:
        """The series as the chart draws them: a colour for each paper, a symbol for each arm."""
        papers: dict[str, int] = {}
        arms: dict[str, int] = {}
        courses = []
        for letter, one in zip(ascii_uppercase, self.shown(), strict=False):
            reference = one.fact.reference
            paper = papers.setdefault(reference, len(papers))
            arm = arms[reference] = arms.get(reference, -1) + 1
            points = tuple(
                CoursePoint(
                    value.time_d("at"),
                    value.estimate,
                    f"{paper_of(self.content, one.fact)}<br>{say_value(value)}",
                )
                for value in one.values
                if value.estimate is not None
            )
            courses.append(
                Course(
                    one.fact.id,
                    letter,
                    self._label(one),
                    points,
                    one.fact.evidence,
                    is_extrapolated(one.fact),
                    paper,
                    arm,
                    one.arm == "comparator",
                )
            )
        return tuple(courses)

    def _label(self, one: Series) -> str:
        arm = _ARM_WORDS.get(one.arm, "")
        if one.arm == "comparator":
            _, arm = ARMS[one.fact.id]
        paper = paper_of(self.content, one.fact)
        return f"{paper}, {arm}" if arm else f"{paper}, {one.fact.population}"

    def _say_n(self, one: Series) -> str:
        n = one.values[0].n
        if n is not None:
            return say_number(n, "count")
        if one.fact.n is None:
            return "not stated"
        arms = {other.arm for other in self.everything if other.fact is one.fact}
        return say_number(one.fact.n, "count") + (" in all" if len(arms) > 1 else "")

    def plateaus(self) -> tuple[Plateau, ...]:
        """When a source saw the last significant gain."""
        fact = self.content.facts[PLATEAUS[self.chosen[0]]]
        value = fact.values[0]
        words = f"{paper_of(self.content, fact)}: {value.label}<br>{fact.population}"
        return (Plateau(fact.id, words, value.time_d("estimate")),)

    def figure(self) -> Spec:
        """All courses on one time axis."""
        words, top = UNITS[self.chosen[1]]
        courses = self.courses()
        if not top:
            top = 1.1 * max([1.0, *(point.mean for one in courses for point in one.points)])
        kind = AxisKind(self.axis_kind)
        return build_outcome_courses_figure(courses, self.plateaus(), kind, top, words)

    def said(self) -> str:
        """How far the means lie apart before and at the end."""
        complaint, unit = self.chosen
        courses = self.courses()
        what = f"{COMPLAINTS[complaint]}, {UNITS[unit][0]}"
        if not courses:
            return f"No evidence: no such course of {what}."
        before = [one.points[0].mean for one in courses if one.points[0].day == 0]
        last = [one.points[-1].mean for one in courses if one.points[-1].day > 0]
        parts = [f"{len(courses)} series of {what}."]
        if before:
            parts.append(f"Means before surgery lie from {min(before):g} to {max(before):g},")
            parts.append(f"at the last visit shown from {min(last):g} to {max(last):g}.")
        parts.append(
            "A mean hides the people in it. No course after three levels is published: for L3–S1 "
            "all of this is extrapolated."
        )
        return " ".join(parts)

    def caption(self) -> str:
        """What the rows are."""
        return "Means as published, in order of time. Choose a row for its origin"

    def head(self) -> tuple[str, ...]:
        """Columns."""
        return ("series", "n", "course")

    def readings(self) -> tuple[Reading, ...]:
        """Each course with its n and its means, then the plateau and the gap."""
        rows = []
        for course, one in zip(self.courses(), self.shown(), strict=True):
            means = "; ".join(
                f"{_say_when(value)}: {value.estimate:g}"
                for value in one.values
                if value.estimate is not None
            )
            design = one.fact.design.value.replace("_", " ")
            rows.append(
                Reading(
                    course.fact,
                    f"{course.label} ({design})",
                    (self._say_n(one), means),
                    course.evidence,
                    extrapolated=course.extrapolated,
                    quoted=is_quoted(one.fact),
                    letter=course.letter,
                    colours=series_colours(course.paper),
                )
            )
        for plateau in self.plateaus():
            fact = self.content.facts[plateau.fact]
            when = say_duration(plateau.day)
            label = f"▼ {paper_of(self.content, fact)}: {fact.values[0].label}"
            rows.append(Reading(fact.id, label, (f"{fact.n}", when), fact.evidence, True))
        rows.append(Reading("", "three levels: no course published", ("", "no evidence")))
        return tuple(rows)


def _say_when(value: Value) -> str:
    if value.at_value is None or value.at_unit is None or value.at_value == 0:
        return "before"
    return say_number(value.at_value, value.at_unit)


def series_options() -> list[tuple[str, str]]:
    """Words and keys of the choice of series."""
    levels = [(words, group.value) for group, words in LEVEL_GROUP_LABEL.items()]
    return [("all", ALL), ("fusion against another arm", AGAINST), *levels]


class OutcomeCoursesActivity(FigureActivity):
    """Courses, with complaint, series and time axis to choose."""

    state: OutcomeCoursesState

    def __init__(self, content: Content | None = None, **state: Any) -> None:
        shown = OutcomeCoursesState(content or load_content(), **state)
        axes = [("readable", AxisKind.READABLE.value), ("linear", AxisKind.LINEAR.value)]
        super().__init__(
            shown,
            [
                choice(shown, "scale", "Complaint", shown.scales()),
                choice(shown, "series", "Series", series_options()),
                choice(shown, "axis_kind", "Time axis", axes),
            ],
        )
