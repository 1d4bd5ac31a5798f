"""The recovery timeline: swim lanes, a day cursor, and the answers for that day.

The page computes the answers itself (see `widgets/frontend`); Python holds the same state, can
read and set it, and says the same in words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import traitlets

from l3s1.activities.widget import ActivityWidget
from l3s1.activities.wording import pack_origins
from l3s1.content import Content, Phase, TimePoint, load_content
from l3s1.figures.recovery_timeline import TimelineRow, build_recovery_timeline_figure
from l3s1.figures.theme import DARK
from l3s1.models.recovery import Span, Status, compute_status, say_span
from l3s1.models.time_axis import HORIZON_D, SCALE_D, AxisKind, say_day, ticks
from l3s1.scene.plotly_bundle import PLOTLY, PLOTLY_FILE
from l3s1.scene.shared_files import answering
from l3s1.scene.static import static_file
from l3s1.vocabulary import (
    APPROACH_LABEL,
    EVIDENCE_LABEL,
    EVIDENCE_MARK,
    LANE_LABEL,
    Approach,
    Evidence,
    Lane,
    PhaseKind,
    Trust,
    weakest,
)

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


class Bar:
    """A phase of the content with its spans in days and what its evidence allows to be drawn."""

    def __init__(self, content: Content, phase: Phase) -> None:
        self.phase = phase
        self._spans = {
            approach: Span(
                content.days(span.earliest),
                content.days(span.usual) if span.usual else None,
                content.days(span.latest),
            )
            for approach, span in phase.spans.items()
        }
        self._during = {a: span.during for a, span in phase.spans.items() if span.during}
        timing = {
            point.fact
            for span in phase.spans.values()
            for point in (span.earliest, span.usual, span.latest)
            if isinstance(point, TimePoint)
        }
        facts = [content.facts[name] for name in sorted(timing)]
        self.evidence = weakest([fact.evidence for fact in facts]) if facts else Evidence.NONE
        reaches_three = all(max(fact.levels or (), default=0) >= L3_S1_LEVELS for fact in facts)
        self.extrapolated = bool(facts) and not reaches_three
        self.quoted = any(fact.trust is Trust.SECONDARY for fact in facts)
        self.unsourced = any(fact.trust is Trust.UNVERIFIED for fact in facts)

    def span(self, approach: Approach) -> Span | None:
        """The span for an approach; the general one where no fact tells the approaches apart."""
        return self._spans.get(approach, self._spans.get(Approach.ANY))

    def during(self, approach: Approach) -> str:
        """What holds while the cursor is in the bar."""
        return self._during.get(approach, self.phase.during)

    def when(self, approach: Approach) -> str:
        """The span in words."""
        return say_span(self.span(approach), self.phase.kind)

    def timeline_row(self, approach: Approach) -> TimelineRow:
        """The bar as the figure draws it."""
        return TimelineRow(
            id=self.phase.id,
            lane=self.phase.lane,
            label=self.phase.label,
            evidence=self.evidence,
            extrapolated=self.extrapolated,
            span=self.span(approach),
        )

    def _span_json(self, approach: Approach) -> list[float | None] | None:
        span = self.span(approach)
        return [span.earliest_d, span.usual_d, span.latest_d] if span else None

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
            "spans": _by_approach(self._span_json),
            "when": _by_approach(self.when),
            "texts": {
                "before": phase.before,
                "during": _by_approach(self.during),
                "after": phase.after,
            },
        }


def _by_approach(tell: Callable[[Approach], Any]) -> dict[str, Any]:
    """What holds for any approach, and for one of them only where that differs."""
    general = tell(Approach.ANY)
    own = {approach.value: tell(approach) for approach in Approach}
    return {"any": general, **{name: each for name, each in own.items() if each != general}}


class RecoveryTimelineState(traitlets.HasTraits):
    """Where the cursor stands and what is chosen; no widget, no picture.

    `day` is in days after the operation (0 … `HORIZON_D`); `selected` is the id of the bar whose
    origin is open, or "".
    """

    day = traitlets.Float(0.0)
    approach = traitlets.Enum([each.value for each in Approach], Approach.ANY.value)
    axis_kind = traitlets.Enum([each.value for each in AxisKind], AxisKind.READABLE.value)
    selected = traitlets.Unicode("")

    def __init__(self, content: Content, **state: Any) -> None:
        phases = (phase for phase in content.phases.values() if phase.timeline == TIMELINE)
        by_lane = sorted(phases, key=lambda phase: list(Lane).index(phase.lane))
        self.bars = tuple(Bar(content, phase) for phase in by_lane)
        super().__init__(**state)

    @traitlets.validate("day")
    def _valid_day(self, proposal: dict[str, Any]) -> float:
        day = float(proposal["value"])
        if not 0 <= day <= HORIZON_D:
            raise traitlets.TraitError(
                f"day {day:g} is not on the timeline; give 0 to {HORIZON_D:g} days"
            )
        return day

    @traitlets.validate("selected")
    def _valid_selected(self, proposal: dict[str, Any]) -> str:
        name = str(proposal["value"])
        known = [bar.phase.id for bar in self.bars]
        if name and name not in known:
            raise traitlets.TraitError(f"there is no bar {name!r}; use one of {', '.join(known)}")
        return name

    def active(self, question: Question) -> list[Bar]:
        """The bars that answer `question` on the cursor's day, in lane order."""
        approach = Approach(self.approach)
        return [
            bar
            for bar in self.bars
            if bar.phase.lane in question.lanes
            and compute_status(bar.span(approach), self.day) is Status.DURING
        ]

    def text_twin(self) -> str:
        """The cursor's day and its four answers in words."""
        approach = Approach(self.approach)
        head = say_day(self.day)
        lines = [f"{head[0].upper()}{head[1:]}, {APPROACH_LABEL[approach].lower()}."]
        for question in QUESTIONS:
            lines.append(question.label)
            active = self.active(question)
            lines += [
                f"  {EVIDENCE_MARK[bar.evidence]} {bar.phase.label} ({bar.when(approach)}): "
                f"{bar.during(approach)}"
                for bar in active
            ] or ["  Nothing on the timeline at this moment."]
        unknown = [bar.phase.label for bar in self.bars if bar.phase.kind is PhaseKind.NO_EVIDENCE]
        if unknown:
            lines.append(f"No evidence at any time: {'; '.join(unknown)}.")
        lines.append(
            "● trials, ◐ cohorts and registries, ○ surveys, opinion, convention, animal models."
        )
        return "\n".join(lines)


class RecoveryTimelineActivity(ActivityWidget):
    """The recovery timeline of lesson 09, as a student handles it.

    `day`, `approach`, `axis_kind` and `selected` are those of `state`, kept the same both ways.
    """

    _esm = static_file("recovery_timeline.js")
    _css = static_file("recovery_timeline.css")

    _plotly_file = traitlets.Unicode(PLOTLY_FILE).tag(sync=True)
    figure = traitlets.Dict().tag(sync=True)
    views = traitlets.Dict().tag(sync=True)
    dark = traitlets.Dict().tag(sync=True)
    axis = traitlets.Dict().tag(sync=True)
    rows: traitlets.List[Any] = traitlets.List().tag(sync=True)
    questions: traitlets.List[Any] = traitlets.List().tag(sync=True)
    approaches: traitlets.List[Any] = traitlets.List().tag(sync=True)
    origins_gz = traitlets.Bytes().tag(sync=True)
    link_state = traitlets.Bool(True, help="Whether this view owns the page's link").tag(sync=True)

    day = traitlets.Float(0.0).tag(sync=True)
    approach = traitlets.Unicode(Approach.ANY.value).tag(sync=True)
    axis_kind = traitlets.Unicode(AxisKind.READABLE.value).tag(sync=True)
    selected = traitlets.Unicode("").tag(sync=True)

    def __init__(self, content: Content | None = None, **state: Any) -> None:
        content = content or load_content()
        self.state = RecoveryTimelineState(content, **state)
        bars = self.state.bars
        named = [name for bar in bars for name in bar.phase.facts]
        figures = {
            (approach, axis): build_recovery_timeline_figure(
                [bar.timeline_row(approach) for bar in bars], axis
            ).to_plotly_json()
            for approach in Approach
            for axis in AxisKind
        }
        super().__init__(
            figure=figures[Approach.ANY, AxisKind.READABLE],
            views=_patches({"|".join(key): figure for key, figure in figures.items()}),
            dark=dict(DARK),
            axis={
                "scale_d": SCALE_D,
                "horizon_d": HORIZON_D,
                **{
                    f"{kind}_ticks": [[tick.day, tick.label] for tick in ticks(kind)]
                    for kind in AxisKind
                },
            },
            rows=[bar.as_json() for bar in bars],
            questions=[
                {"id": each.id, "label": each.label, "lanes": [lane.value for lane in each.lanes]}
                for each in QUESTIONS
            ],
            approaches=[[each.value, APPROACH_LABEL[each]] for each in Approach],
            origins_gz=pack_origins(content, named),
        )
        for name in ("day", "approach", "axis_kind", "selected"):
            traitlets.link((self.state, name), (self, name))
        self.on_msg(answering(PLOTLY))

    def text_twin(self) -> str:
        """The cursor's day and its four answers in words."""
        return self.state.text_twin()


def _patches(figures: Mapping[Any, dict[str, Any]]) -> dict[Any, dict[str, Any]]:
    """What differs between views of one timeline, for each view, as `Plotly.update` takes it."""
    traces = list(zip(*(figure["data"] for figure in figures.values()), strict=True))
    changing = [
        [name for name in views[0] if any(view[name] != views[0][name] for view in views)]
        for views in traces
    ]
    return {
        key: {
            "data": [
                {name: trace[name] for name in names}
                for trace, names in zip(figure["data"], changing, strict=True)
            ],
            "layout": {"xaxis": figure["layout"]["xaxis"]},
        }
        for key, figure in figures.items()
    }
