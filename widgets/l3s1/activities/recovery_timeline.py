"""The recovery timeline: swim lanes, a day cursor, and the answers for that day.

What is stated about a patient changes a lane only where a source supports it; a second patient
may stand beside the first. The page computes all of it itself (see `widgets/frontend`); Python
holds the same state, can read and set it, and says the same in words.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

import traitlets

from l3s1.activities.patient_choices import Patient, PatientChoices, kinds_json
from l3s1.activities.widget import ActivityWidget
from l3s1.activities.wording import pack_origins
from l3s1.content import Content, Phase, PhaseSpan, TimePoint, load_content
from l3s1.figures.recovery_timeline import (
    CHIP,
    Answer,
    TimelineRow,
    build_recovery_timeline_figure,
)
from l3s1.figures.theme import DARK
from l3s1.models.recovery import Span, Status, compute_status, say_span
from l3s1.models.time_axis import HORIZON_D, SCALE_D, AxisKind, say_day, ticks
from l3s1.scene.plotly_bundle import PLOTLY, PLOTLY_FILE
from l3s1.scene.shared_files import SharedFile, answering, hashed_name
from l3s1.scene.static import static_file
from l3s1.vocabulary import (
    EFFECT_LABEL,
    EFFECT_MARK,
    EVIDENCE_LABEL,
    EVIDENCE_MARK,
    LANE_LABEL,
    Evidence,
    Lane,
    PhaseKind,
    Trust,
    weakest,
)

if TYPE_CHECKING:
    from l3s1.content import Answer as PublishedAnswer
    from l3s1.content import Effect

T = TypeVar("T")

TIMELINE = "recovery"
"""Phases of other timelines belong to other activities."""

L3_S1_LEVELS = 3
"""L3–S1 holds three motion segments; evidence from fewer levels is extrapolated."""


@dataclass(frozen=True)
class Question:
    """What a cursor on a day answers, and from which lanes."""

    id: str
    label: str
    lanes: tuple[Lane, ...]


QUESTIONS = (
    Question("bone", "What is the bone doing?", (Lane.BONE_HEALING,)),
    Question(
        "patient",
        "What may the patient do?",
        (Lane.MOBILITY, Lane.REHABILITATION, Lane.ACTIVITIES_AND_WORK),
    ),
    Question(
        "clinic", "What does the clinic check?", (Lane.HOSPITAL_AND_WOUND, Lane.IMAGING_AND_CLINIC)
    ),
    Question("alarm", "What would be an alarm?", (Lane.DANGER_WINDOWS,)),
)


ANYBODY: Patient = MappingProxyType({})
"""A patient of whom nothing is stated."""


class Bar:
    """A phase of the content with its spans in days and what its evidence allows to be drawn.

    `effects` are those of the choices on it, by "choice=option"; those that move it have a span.
    """

    def __init__(
        self, content: Content, phase: Phase, effects: Mapping[str, Effect] = MappingProxyType({})
    ) -> None:
        self.phase = phase
        self.effects = effects
        moved = {key: each.span for key, each in effects.items() if each.span}
        self._general = _in_days(content, phase.span) if phase.span else None
        self._moved = {key: _in_days(content, span) for key, span in moved.items()}
        self._during = {key: each.during for key, each in effects.items() if each.during}
        timing = {
            point.fact
            for span in (*([phase.span] if phase.span else []), *moved.values())
            for point in (span.earliest, span.usual, span.latest)
            if isinstance(point, TimePoint)
        }
        facts = [content.facts[name] for name in sorted(timing)]
        self.evidence = weakest([fact.evidence for fact in facts]) if facts else Evidence.NONE
        reaches_three = all(max(fact.levels or (), default=0) >= L3_S1_LEVELS for fact in facts)
        self.extrapolated = bool(facts) and not reaches_three
        self.quoted = any(fact.trust is Trust.SECONDARY for fact in facts)
        self.unsourced = any(fact.trust is Trust.UNVERIFIED for fact in facts)
        self.spread = tuple(_answer(content, each) for each in phase.spread)

    def span(self, patient: Patient = ANYBODY) -> Span | None:
        """The patient's span; the general one where no choice moves it."""
        return _chosen(self._moved, patient, self._general)

    def during(self, patient: Patient = ANYBODY) -> str:
        """What holds while the cursor is in the bar."""
        return _chosen(self._during, patient, self.phase.during)

    def when(self, patient: Patient = ANYBODY) -> str:
        """The patient's span in words."""
        return say_span(self.span(patient), self.phase.kind)

    @property
    def facts(self) -> tuple[str, ...]:
        """Every fact behind the bar, its single answers and what choices change in it."""
        named = [
            *self.phase.facts,
            *(each.fact for each in self.phase.spread),
            *(name for each in self.effects.values() for name in each.facts),
        ]
        return tuple(dict.fromkeys(named))

    def timeline_row(self) -> TimelineRow:
        """The bar as the figure draws it while nothing is stated."""
        return TimelineRow(
            id=self.phase.id,
            lane=self.phase.lane,
            label=self.phase.label,
            evidence=self.evidence,
            extrapolated=self.extrapolated,
            span=self.span(),
            spread=self.spread,
        )

    def as_json(self) -> dict[str, Any]:
        """The bar as the page's answers read it."""
        phase = self.phase
        marks = {
            "extrapolated": self.extrapolated,
            "quoted": self.quoted,
            "unsourced": self.unsourced,
        }
        return {
            "id": phase.id,
            "lane": phase.lane.value,
            "lane_label": LANE_LABEL[phase.lane],
            "label": phase.label,
            "kind": phase.kind.value,
            "evidence": self.evidence.value,
            "evidence_label": EVIDENCE_LABEL[self.evidence],
            "marks": [mark for mark, holds in marks.items() if holds],
            "facts": list(phase.facts),
            "caution": phase.caution,
            "spans": self._by_choice(lambda patient: _span_json(self.span(patient))),
            "when": self._by_choice(self.when),
            "texts": {
                "before": phase.before,
                "during": self._by_choice(self.during),
                "after": phase.after,
            },
            "effects": {
                key: {"kind": each.kind.value, "says": each.says, "facts": list(each.facts)}
                for key, each in self.effects.items()
            },
            "spread": [
                {
                    "label": answer.label,
                    "from_d": answer.from_d,
                    "to_d": answer.to_d,
                    "share": answer.share,
                    "fact": each.fact,
                }
                for answer, each in zip(self.spread, phase.spread, strict=True)
            ],
        }

    def _by_choice(self, tell: Callable[[Patient], Any]) -> dict[str, Any]:
        """What holds for anybody, and by "choice=option" where that differs."""
        general = tell(ANYBODY)
        own = {key: tell(dict([key.split("=", 1)])) for key in self.effects}
        return {"any": general, **{key: each for key, each in own.items() if each != general}}


def _chosen(table: Mapping[str, T], patient: Patient, general: T) -> T:
    """The entry of the one option of the patient that has one."""
    keys = (f"{choice}={option}" for choice, option in patient.items())
    return next((table[key] for key in keys if key in table), general)


def _in_days(content: Content, span: PhaseSpan) -> Span:
    usual = content.days(span.usual) if span.usual else None
    return Span(content.days(span.earliest), usual, content.days(span.latest))


def _span_json(span: Span | None) -> list[float | None] | None:
    return [span.earliest_d, span.usual_d, span.latest_d] if span else None


def _answer(content: Content, published: PublishedAnswer) -> Answer:
    return Answer(
        published.label,
        content.days(published.start),
        content.days(published.end) if published.end else None,
        published.share,
    )


class RecoveryTimelineState(traitlets.HasTraits):
    """Where the cursor stands and what is stated; no widget, no picture.

    `day` is in days after the operation (0 … `HORIZON_D`); `patient` is option by choice, `other`
    a second patient beside the first, or None; `selected` is the id of the bar whose origin is
    open, or "".
    """

    day = traitlets.Float(0.0)
    patient = traitlets.Dict()
    other: traitlets.Dict[str, str] | None = traitlets.Dict(default_value=None, allow_none=True)
    axis_kind = traitlets.Enum([each.value for each in AxisKind], AxisKind.READABLE.value)
    selected = traitlets.Unicode("")

    def __init__(self, content: Content, **state: Any) -> None:
        phases = (phase for phase in content.phases.values() if phase.timeline == TIMELINE)
        by_lane = sorted(phases, key=lambda phase: list(Lane).index(phase.lane))
        self.choices = PatientChoices(content, TIMELINE)
        self.bars = tuple(Bar(content, phase, self.choices.of_row(phase.id)) for phase in by_lane)
        super().__init__(**state)

    @traitlets.validate("day")
    def _valid_day(self, proposal: dict[str, Any]) -> float:
        day = float(proposal["value"])
        if not 0 <= day <= HORIZON_D:
            raise traitlets.TraitError(
                f"day {day:g} is not on the timeline; give 0 to {HORIZON_D:g} days"
            )
        return day

    @traitlets.validate("patient", "other")
    def _valid_patient(self, proposal: dict[str, Any]) -> dict[str, str] | None:
        if proposal["value"] is None:
            return None
        try:
            return self.choices.read(proposal["value"])
        except ValueError as error:
            raise traitlets.TraitError(f"{proposal['trait'].name}: {error}") from None

    @traitlets.validate("selected")
    def _valid_selected(self, proposal: dict[str, Any]) -> str:
        name = str(proposal["value"])
        known = [bar.phase.id for bar in self.bars]
        if name and name not in known:
            raise traitlets.TraitError(f"there is no bar {name!r}; use one of {', '.join(known)}")
        return name

    def patients(self) -> tuple[tuple[str, Patient], ...]:
        """One patient without a letter, or two as A and B."""
        if self.other is None:
            return (("", self.patient),)
        return (("A", self.patient), ("B", self.other))

    def active(self, question: Question, patient: Patient | None = None) -> list[Bar]:
        """The bars that answer `question` on the cursor's day for a patient, in lane order."""
        whose = self.patient if patient is None else patient
        return [
            bar
            for bar in self.bars
            if bar.phase.lane in question.lanes
            and compute_status(bar.span(whose), self.day) is Status.DURING
        ]

    def text_twin(self) -> str:
        """Day and patients, the four answers, and what the choices change, in words."""
        head = say_day(self.day)
        who = [
            f"Patient{letter and ' '}{letter}: {self.choices.say(patient)}."
            for letter, patient in self.patients()
        ]
        lines = [f"{head[0].upper()}{head[1:]}. {' '.join(who)}"]
        for question in QUESTIONS:
            lines += [question.label, *self._answers(question)]
        unknown = [bar.phase.label for bar in self.bars if bar.phase.kind is PhaseKind.NO_EVIDENCE]
        if unknown:
            lines.append(f"No evidence at any time: {'; '.join(unknown)}.")
        lines += self._changes()
        lines.append(
            "● trials, ◐ cohorts and registries, ○ surveys, opinion, convention, animal models."
        )
        return "\n".join(lines)

    def _answers(self, question: Question) -> list[str]:
        """One line for each bar that holds; two where the patients differ in it."""
        lines: list[str] = []
        for bar in self.bars:
            told = {
                letter: self._answer_line(bar, patient)
                for letter, patient in self.patients()
                if bar in self.active(question, patient)
            }
            if len(told) == len(self.patients()) and len(set(told.values())) == 1:
                told = {"": next(iter(told.values()))}
            lines += [f"  {letter}{letter and ': '}{line}" for letter, line in told.items()]
        return lines or ["  Nothing on the timeline at this moment."]

    def _answer_line(self, bar: Bar, patient: Patient) -> str:
        effects = [
            f" {EFFECT_MARK[effect.kind]} {choice.label}, {EFFECT_LABEL[effect.kind]}: "
            f"{effect.says}"
            for choice, effect in self.choices.effects(bar.phase.id, patient)
        ]
        return (
            f"{EVIDENCE_MARK[bar.evidence]} {bar.phase.label} ({bar.when(patient)}): "
            f"{bar.during(patient)}{''.join(effects)}"
        )

    def _changes(self) -> list[str]:
        lanes = list(dict.fromkeys(bar.phase.lane for bar in self.bars))
        labels = {bar.phase.id: bar.phase.label for bar in self.bars}
        lines = [
            f"{letter}{letter and ' '}{line}" if number == 0 else line
            for letter, patient in self.patients()
            for change in self.choices.changes(patient, lanes)
            for number, line in enumerate(self.choices.say_change(change, labels))
        ]
        if not lines:
            return ["Nothing is stated about the patient, so nothing is changed."]
        return ["What is stated changes, source by source; nothing is combined:", *lines]


@cache
def timeline_file() -> SharedFile:
    """The timeline's own code as pages ask for it: once a browser, not with each view."""
    code = static_file("timeline.js").read_bytes()
    packed = cache(lambda: gzip.compress(code, compresslevel=6, mtime=0))
    return SharedFile(hashed_name("timeline.js", code), packed)


class RecoveryTimelineActivity(ActivityWidget):
    """The recovery timeline of lesson 09, as a student handles it.

    `day`, `patient`, `other`, `axis_kind` and `selected` are those of `state`, kept the same both
    ways: `RecoveryTimelineActivity(day=42, patient={"levels": "three"})`.
    """

    _esm = static_file("recovery_timeline.js")
    _css = static_file("recovery_timeline.css")

    _plotly_file = traitlets.Unicode(PLOTLY_FILE).tag(sync=True)
    _timeline_file = traitlets.Unicode().tag(sync=True)
    content_gz = traitlets.Bytes(help="What `describe_timeline` gives, packed").tag(sync=True)
    origins_gz = traitlets.Bytes().tag(sync=True)
    link_state = traitlets.Bool(True, help="Whether this view owns the page's link").tag(sync=True)

    day = traitlets.Float(0.0).tag(sync=True)
    patient = traitlets.Dict().tag(sync=True)
    other = traitlets.Dict(default_value=None, allow_none=True).tag(sync=True)
    axis_kind = traitlets.Unicode(AxisKind.READABLE.value).tag(sync=True)
    selected = traitlets.Unicode("").tag(sync=True)

    def __init__(self, content: Content | None = None, **state: Any) -> None:
        content = content or load_content()
        self.state = RecoveryTimelineState(content, **state)
        code = timeline_file()
        described = json.dumps(describe_timeline(self.state), ensure_ascii=False)
        super().__init__(
            _timeline_file=code.name,
            content_gz=gzip.compress(described.encode(), mtime=0),
            origins_gz=pack_origins(
                content, [name for bar in self.state.bars for name in bar.facts]
            ),
        )
        for name in ("day", "patient", "other", "axis_kind", "selected"):
            traitlets.link((self.state, name), (self, name))
        self.on_msg(answering(PLOTLY, code))

    def text_twin(self) -> str:
        """Day and patients, the four answers, and what the choices change, in words."""
        return self.state.text_twin()


def describe_timeline(state: RecoveryTimelineState) -> dict[str, Any]:
    """Everything that does not change while a page is open: it travels once, packed (JSON)."""
    rows = [bar.timeline_row() for bar in state.bars]
    return {
        "figure": build_recovery_timeline_figure(rows).to_plotly_json(),
        "chip": CHIP,
        "dark": dict(DARK),
        "axis": {
            "scale_d": SCALE_D,
            "horizon_d": HORIZON_D,
            **{
                f"{kind}_ticks": [[tick.day, tick.label] for tick in ticks(kind)]
                for kind in AxisKind
            },
        },
        "rows": [bar.as_json() for bar in state.bars],
        "questions": [
            {"id": each.id, "label": each.label, "lanes": [lane.value for lane in each.lanes]}
            for each in QUESTIONS
        ],
        "choices": state.choices.as_json(),
        "kinds": kinds_json(),
    }
