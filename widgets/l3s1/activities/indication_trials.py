"""Who should be fused? For each reason: what trials found, and what guidelines say of it."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Any

import ipywidgets
import traitlets

from l3s1.activities.anatomy import course_anatomy
from l3s1.activities.figure_activity import FigureActivity, choice, shared_layout
from l3s1.activities.forest import ForestState
from l3s1.activities.indication_spine import link_of, scene_of
from l3s1.activities.indications import (
    BY_ID,
    BY_YARDSTICK,
    EARLY,
    INDICATIONS,
    LATE,
    MIXED,
    YARDSTICKS,
    Finding,
    Indication,
    Yardstick,
)
from l3s1.activities.outcome_facts import is_quoted, paper_of
from l3s1.activities.readings import Reading, Readings
from l3s1.activities.wording import say_number
from l3s1.content import Content, load_content
from l3s1.figures.forest import ForestAxis, ForestGroup, ForestRow, build_forest_figure
from l3s1.scene.anatomy_scene import AnatomyScene
from l3s1.scene.words import say_list
from l3s1.vocabulary import Design, in_days

if TYPE_CHECKING:
    from l3s1.figures.theme import Spec

EARLY_DAYS = in_days(2, "y")
"""Two years, the usual first end point of these trials, still counts as early."""

ANY_TIME = "any"
WHEN = {ANY_TIME: "early and late", EARLY: "up to two years", LATE: "after more than two years"}
TRIAL, POOLED, OBSERVED = range(3)
LEGEND = ("randomised trial", "studies pooled", "registry, or as treated")
_KIND = {
    Design.RANDOMISED_TRIAL: TRIAL,
    Design.META_ANALYSIS: POOLED,
    Design.SYSTEMATIC_REVIEW: POOLED,
}
_LEAST_REACH = 12.0  # so that a band of ten points and its label have room
_STEP = 5.0
_SIDE_BY_SIDE = "repeat(auto-fit, minmax(min(100%, 19rem), 1fr))"


class IndicationTrialsState(ForestState):
    """Which reason to fuse, by which yardstick, and how long after surgery."""

    indication = traitlets.Enum(list(BY_ID), INDICATIONS[0].id)
    yardstick = traitlets.Enum(list(BY_YARDSTICK), YARDSTICKS[0].id)
    when = traitlets.Enum(list(WHEN), ANY_TIME)

    @property
    def chosen(self) -> Indication:
        """The reason shown."""
        return BY_ID[self.indication]

    @property
    def measured(self) -> Yardstick:
        """The yardstick shown."""
        return BY_YARDSTICK[self.yardstick]

    def groups(self) -> tuple[ForestGroup, ...]:
        """The findings by what fusion is compared with; without any, a gap that says so."""
        shown = self.findings(self.yardstick)
        headings = dict.fromkeys(finding.against for finding in shown)
        if not headings:
            return (ForestGroup(self._gap(), ()),)
        return tuple(
            ForestGroup(
                heading,
                tuple(self._finding(each) for each in shown if each.against == heading),
            )
            for heading in headings
        )

    def findings(self, yardstick: str) -> list[Finding]:
        """What was found for the reason by a yardstick, in the time that is shown."""
        return [
            each
            for each in self.chosen.findings
            if each.yardstick == yardstick and self._is_shown(each)
        ]

    def _is_shown(self, finding: Finding) -> bool:
        return self.when == ANY_TIME or self.when == self.time_of(finding)

    def time_of(self, finding: Finding) -> str:
        """Early or late by the value's own time, else as the finding says: `MIXED` is neither."""
        value = self.content.facts[finding.fact].value(finding.value)
        if value.at_value is None or value.at_unit is None:
            return finding.when
        return LATE if in_days(value.at_value, value.at_unit) > EARLY_DAYS else EARLY

    def _gap(self) -> str:
        time = "" if self.when == ANY_TIME else f", {WHEN[self.when]}"
        return f"No trial found with this yardstick: {self.measured.label}{time}"

    def _finding(self, finding: Finding) -> ForestRow:
        fact = self.content.facts[finding.fact]
        value = fact.value(finding.value)
        comparator = None
        if finding.other:
            name, other = finding.other
            comparator = self.content.facts[name].value(other)
        kind = _KIND.get(fact.design, OBSERVED)
        row = self.row(fact, value, kind=kind, comparator=comparator)
        if value.at_value is None or value.at_unit is None:
            return row
        return replace(row, label=f"{row.label}, {say_number(value.at_value, value.at_unit)}")

    def axis(self) -> ForestAxis:
        """Fusion's side of a difference is the left one; arms share one scale."""
        measured = self.measured
        ends = [
            abs(end)
            for group in self.groups()
            for row in group.rows
            for end in (row.estimate, row.low, row.high, row.comparator)
            if end is not None
        ]
        reach = _STEP * -(-max([_LEAST_REACH, *ends]) // _STEP)
        if not measured.differs:
            return ForestAxis(measured.title, 0.0, min(reach, 100.0), suffix=self._suffix())
        # where nothing stands on the axis, nothing is to be compared with an important change
        important = self.important() if ends else None
        return ForestAxis(
            measured.title,
            -reach,
            reach,
            reference=0.0,
            reference_words="" if important else "no difference",
            band=(-important, important) if important else None,
            band_words=f"grey: less than {important:g}, an important change" if important else "",
            reverse=not measured.fewer_is_better,
        )

    def _suffix(self) -> str:
        return " %" if self.unit() == "%" else ""

    def important(self) -> float | None:
        """The least important change on this scale, where a fact gives one."""
        if self.measured.important is None:
            return None
        name, value = self.measured.important
        return self.content.facts[name].value(value).estimate

    def unit(self) -> str:
        """The unit of the rows' numbers."""
        return self.measured.unit

    def legend(self) -> tuple[str, ...]:
        """The kinds of study."""
        return LEGEND

    def figure(self) -> Spec:
        """Every row with its interval; the legend stays where rows come and go."""
        return build_forest_figure(self.groups(), self.axis(), self.legend())

    def said(self) -> str:
        """How many there are, how many of them tell, and where sources disagree."""
        rows = [row for group in self.groups() for row in group.rows]
        start = f"{self.chosen.label[0].upper()}{self.chosen.label[1:]}: "
        if not rows:
            start += f"{self._gap()[0].lower()}{self._gap()[1:]}. {self._elsewhere()}"
        elif self.measured.differs:
            start += self._say_differences(rows)
        else:
            start += self._say_arms(rows)
        return f"{start}{self._say_mixed()} {self.chosen.conflict}"

    def _say_mixed(self) -> str:
        """What early and late leave out because its follow-ups are mixed."""
        if self.when == ANY_TIME:
            return ""
        mixed = [
            self._paper(each.fact)
            for each in self.chosen.findings
            if each.yardstick == self.yardstick and self.time_of(each) == MIXED
        ]
        if not mixed:
            return ""
        return (
            f" Not shown, as it pools early and late follow-ups: {say_list(mixed)}; see "
            f"“{WHEN[ANY_TIME]}”."
        )

    def _elsewhere(self) -> str:
        found = [each.label for each in YARDSTICKS if self.findings(each.id)]
        return f"There is: {'; '.join(found)}." if found else "Nothing stands on any axis."

    def _say_differences(self, rows: list[ForestRow]) -> str:
        sign = 1 if self.measured.fewer_is_better else -1
        spans = [
            sorted((sign * row.low, sign * row.high))
            for row in rows
            if row.low is not None and row.high is not None
        ]
        crossing = sum(low <= 0 <= high for low, high in spans)
        favours = sum(high < 0 for _, high in spans)
        said = (
            f"{len(rows)} shown; {crossing} with an interval that includes no difference, "
            f"{favours} wholly on fusion’s side"
        )
        if len(spans) < len(rows):
            said += f", {len(rows) - len(spans)} without an interval"
        important = self.important()
        if important is None:
            return f"{said}."
        reached = sum(-sign * row.estimate >= important for row in rows if row.estimate is not None)
        return f"{said}. In favour of fusion {reached} reach an important change ({important:g})."

    def _say_arms(self, rows: list[ForestRow]) -> str:
        pairs = [
            (row.estimate, row.comparator)
            for row in rows
            if row.estimate is not None and row.comparator is not None
        ]
        fewer = self.measured.fewer_is_better
        ahead = sum((a < b) if fewer else (a > b) for a, b in pairs)
        level = sum(a == b for a, b in pairs)
        return (
            f"{len(rows)} shown; fusion is ahead in {ahead}, level in {level}, behind in "
            f"{len(pairs) - ahead - level}, as printed and without a test of chance."
        )

    def caption(self) -> str:
        """What the rows are."""
        return "What was measured; last, what fits no axis. Choose a row for its origin"

    def head(self) -> tuple[str, ...]:
        """Columns."""
        if self.measured.differs:
            return ("source", "fusion minus the other", "95 % interval")
        return ("source", "with fusion", "without")

    def _interval(self, row: ForestRow) -> str:
        if self.measured.differs:
            return super()._interval(row)
        return "not printed" if row.comparator is None else say_number(row.comparator, self.unit())

    def further(self) -> tuple[Reading, ...]:
        """Facts that fit no axis: directions without a size, signs that nobody explains."""
        facts = [self.content.facts[name] for name in self.chosen.beside]
        return tuple(
            Reading(
                fact.id,
                f"beside: {self._paper(fact.id)}. {fact.statement}",
                ("", ""),
                fact.evidence,
                quoted=is_quoted(fact),
            )
            for fact in facts
        )

    def _paper(self, name: str) -> str:
        return paper_of(self.content, self.content.facts[name])

    def _who(self, name: str) -> str:
        """Who speaks: an organisation by its whole name, people as papers are named."""
        reference = self.content.references[self.content.facts[name].reference]
        authors = reference.authors or ""
        if "," in authors or not authors:
            return self._paper(name)
        return f"{authors} {reference.year}" if reference.year else authors

    def guidelines(self) -> tuple[Reading, ...]:
        """What guidelines, payers and scores say of the reason; a gap where none was read."""
        rows = []
        for name in self.chosen.guidelines:
            fact = self.content.facts[name]
            rows.append(
                Reading(
                    name, self._who(name), (fact.statement,), fact.evidence, quoted=is_quoted(fact)
                )
            )
        return tuple(rows) or (Reading("", "No guideline was read", ("",)),)

    def guidelines_said(self) -> str:
        """The sentence above the guidelines."""
        return f"What guidelines and payers say of {self.chosen.label}:"

    def text_twin(self) -> str:
        """Trials, then guidelines, then what the spine beside them shows."""
        rows = (f"  {reading.say()}" for reading in self.guidelines())
        return "\n".join(
            [
                super().text_twin(),
                self.guidelines_said(),
                *rows,
                f"Spine: {self.chosen.spine_words}",
            ]
        )


class IndicationTrialsActivity(FigureActivity):
    """Trials and guidelines side by side, with reason, yardstick and time to choose."""

    state: IndicationTrialsState

    def __init__(self, content: Content | None = None, **state: Any) -> None:
        shown = IndicationTrialsState(content or load_content(), **state)
        self.guidelines = Readings(layout=shared_layout())
        self.spine = ipywidgets.HTML(layout=shared_layout())
        self.spine.add_class("l3s1")
        self.scene = AnatomyScene(course_anatomy())
        super().__init__(
            shown,
            [
                choice(
                    shown, "indication", "Reason", [(each.label, each.id) for each in INDICATIONS]
                ),
                choice(shown, "yardstick", "Measured", [(y.label, y.id) for y in YARDSTICKS]),
                choice(shown, "when", "When", [(words, when) for when, words in WHEN.items()]),
            ],
        )
        traitlets.link((shown, "selected"), (self.guidelines, "selected"))
        self.pair = ipywidgets.GridBox(
            [self.view, self.guidelines],
            layout=shared_layout(grid_template_columns=_SIDE_BY_SIDE, grid_gap="0 1.5rem"),
        )
        self.pair.add_class("l3s1-side-by-side")
        self.picture = ipywidgets.GridBox(
            [self.scene, self.spine],
            layout=shared_layout(grid_template_columns=_SIDE_BY_SIDE, grid_gap="0 1.5rem"),
        )
        self._parts = (self.controls, self.pair, self.picture, self.readings)
        self.children = self._parts if self._panel is None else (*self._parts, self.panel)

    def _say(self) -> None:
        super()._say()
        state = self.state
        self.guidelines.show(
            state.guidelines_said(),
            "Choose a row for its origin",
            ("who", "what it says"),
            state.guidelines(),
        )
        with self.scene.hold_sync():
            for name, part in scene_of(state.content, state.chosen).items():
                setattr(self.scene, name, part)
        self.spine.value = (
            f"<p>On the spine. {escape(state.chosen.spine_words)} "
            f'<a href="{escape(link_of(state.content, state.chosen))}" '
            'target="_blank" rel="noopener">'
            "Open it in 3D, in the anatomy lesson</a></p>"
        )
