"""What goes with a better or worse result: ratios with intervals, and what models reach."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import traitlets

from l3s1.activities.figure_activity import FigureActivity, choice
from l3s1.activities.forest import ForestState
from l3s1.activities.outcome_facts import label_of
from l3s1.activities.readings import Reading
from l3s1.activities.responder_curve import ALL
from l3s1.activities.wording import say_number
from l3s1.content import Content, load_content
from l3s1.figures.forest import ForestAxis, ForestGroup, ForestRow

if TYPE_CHECKING:
    from l3s1.content import Fact, Value

KINDS = {
    "odds_ratio": "odds ratios",
    "risk_ratio": "risk ratios",
    "hazard_ratio": "hazard ratios",
    "ratio": "rate ratios",
    "area_under_curve": "prediction models: area under the curve",
}
TOPICS = {
    "predictor_outcome": "how people fare",
    "predictor_union": "union of the bone",
    "predictor_infection": "infection and other complications",
    "predictor_readmission": "readmission",
    "predictor_work": "return to work",
    "predictor_opioids": "long-term opioids",
}
MODEL_TOPIC = "prediction_model"

_ELSEWHERE = {
    "work-depression-anderson-2015": "predictor_work",
    "opioids-smoking-canseco-2021": "predictor_opioids",
}
"""Predictors that stand under another topic in the facts."""

_INTERVAL_OF_ODDS = frozenset({"smoking-age-nonunion-2024"})
"""Sources that print the interval of an odds ratio without the ratio."""

_WORDS = {
    "odds_ratio": (
        "Odds ratios: 1 is no difference, above 1 the named event has higher odds. Where an event "
        "is common an odds ratio looks larger than the ratio of risks."
    ),
    "risk_ratio": "Risk ratios: 1 is no difference, 2 means twice the share of people.",
    "hazard_ratio": "Hazard ratios: 1 is no difference in the rate at which people are affected.",
    "ratio": "Rate ratios: 1 is no difference, below 1 fewer people reach the gain.",
}
_NOT_PERSONAL = (
    "They are associations in groups. The course computes no personal risk from them, and none "
    "can be multiplied with another."
)


class PredictorsState(ForestState):
    """Which kind of ratio, and for which outcome."""

    kind = traitlets.Enum(list(KINDS), "odds_ratio")
    topic = traitlets.Enum([ALL, *TOPICS], "predictor_outcome")

    @property
    def models(self) -> bool:
        """Whether prediction models are shown instead of predictors."""
        return bool(self.kind == "area_under_curve")

    def groups(self) -> tuple[ForestGroup, ...]:
        """The predictors by outcome, or the models."""
        if self.models:
            rows = self._rows(MODEL_TOPIC, 0)
            return (ForestGroup("Published models", rows),)
        found = []
        for index, (topic, words) in enumerate(TOPICS.items()):
            if self.topic not in (ALL, topic):
                continue
            rows = self._rows(topic, index)
            if rows:
                found.append(ForestGroup(words.capitalize(), rows))
            elif self.topic == topic:
                found.append(ForestGroup(f"No evidence: no {KINDS[self.kind]} for {words}", ()))
        return tuple(found) or (ForestGroup(f"No evidence: no {KINDS[self.kind]} here", ()),)

    def _rows(self, topic: str, index: int) -> tuple[ForestRow, ...]:
        return tuple(
            self.row(fact, value, kind=index)
            for fact in self.content.facts.values()
            for value in fact.values
            if _ELSEWHERE.get(fact.id, fact.topic) == topic and self._is_shown(fact, value)
        )

    def _is_shown(self, fact: Fact, value: Value) -> bool:
        if value.unit != "ratio":
            return False
        if self.models:
            ranges = value.statistic is None and not value.name.endswith(("ity",))
            return value.statistic == self.kind or ranges
        if value.statistic is None:
            return self.kind == "odds_ratio" and fact.id in _INTERVAL_OF_ODDS
        return value.statistic == self.kind

    def axis(self) -> ForestAxis:
        """Logarithmic for ratios, from chance to perfect for areas."""
        if self.models:
            return ForestAxis(
                "area under the curve (1 is perfect)",
                0.5,
                1.0,
                reference=0.5,
                reference_words="      chance",
            )
        numbers = [
            number
            for group in self.groups()
            for row in group.rows
            for number in (row.estimate, row.low, row.high)
            if number
        ]
        low = min([0.5, *numbers]) / 1.05
        high = max([2.0, *numbers]) * 1.05
        return ForestAxis(
            f"{KINDS[self.kind]} (equal steps are equal factors)",
            2.0 ** math.floor(math.log2(low)),
            2.0 ** math.ceil(math.log2(high)),
            log=True,
            reference=1.0,
            reference_words="no difference",
        )

    def said(self) -> str:
        """What the numbers mean, and what they must not be used for."""
        rows = [row for group in self.groups() for row in group.rows]
        if not self.models:
            crossing = sum(
                row.low is not None and row.high is not None and row.low <= 1 <= row.high
                for row in rows
            )
            bare = sum(row.low is None for row in rows)
            count = (
                f"{len(rows)} shown: {crossing} with an interval that includes no difference, "
                f"{bare} without an interval."
            )
            return f"{_WORDS[self.kind]} {count} {_NOT_PERSONAL}"
        tops = [row.estimate if row.estimate is not None else row.high for row in rows]
        ends = [row.estimate if row.estimate is not None else row.low for row in rows]
        best = max(top for top in tops if top is not None)
        least = min(end for end in ends if end is not None)
        return (
            f"{len(rows)} areas, from {least:g} to {best:g}: of two people, one who will gain and "
            f"one who won’t, the models rank the right one first in {100 * least:.0f} to "
            f"{100 * best:.0f} of 100 pairs; chance would in half. Their coefficients were not to "
            "be had, and where calibration was tested the probabilities did not always fit: the "
            "course computes no personal risk."
        )

    def caption(self) -> str:
        """What the rows are."""
        return "Models" if self.models else "Predictors. Choose a row for its origin"

    def further(self) -> tuple[Reading, ...]:
        """What of the models can't stand on the axis: calibration, variance explained."""
        if not self.models:
            return ()
        rows = []
        for fact in self.content.facts.values():
            if fact.topic != MODEL_TOPIC:
                continue
            for value in fact.values:
                if value.statistic == "single_value" and value.estimate is not None:
                    shown = say_number(value.estimate, value.unit)
                elif value.unit == "%" and value.low is not None and value.high is not None:
                    low = say_number(value.low, "count")
                    shown = f"{low} to {say_number(value.high, value.unit)}"
                else:
                    continue
                label = label_of(self.content, fact, value)
                rows.append(Reading(fact.id, label, (shown, ""), fact.evidence))
            if not fact.values:
                rows.append(Reading(fact.id, fact.statement, ("", ""), fact.evidence))
        return tuple(rows)


class PredictorsActivity(FigureActivity):
    """Predictors and models, with kind and outcome to choose."""

    state: PredictorsState

    def __init__(self, content: Content | None = None, **state: Any) -> None:
        shown = PredictorsState(content or load_content(), **state)
        topics = [("all outcomes", ALL), *((words, topic) for topic, words in TOPICS.items())]
        self.topics = choice(shown, "topic", "Outcome", topics)
        super().__init__(
            shown,
            [
                choice(shown, "kind", "Show", [(words, kind) for kind, words in KINDS.items()]),
                self.topics,
            ],
        )
        shown.observe(self._fit, "kind")
        self._fit()

    def _fit(self, _change: Any = None) -> None:
        self.topics.disabled = bool(self.state.models)
