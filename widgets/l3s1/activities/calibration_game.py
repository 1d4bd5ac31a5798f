"""Predict outcomes with your certainty; then see how well the two agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets
import traitlets

from l3s1.activities.figure_activity import FigureActivity, FigureState, shared_layout
from l3s1.activities.outcome_facts import estimate_of, is_extrapolated, is_quoted, paper_of
from l3s1.activities.readings import Reading
from l3s1.activities.wording import say_number
from l3s1.content import Content, Prediction, load_content
from l3s1.figures.calibration import build_calibration_figure
from l3s1.models.calibration import Answer, compute_brier_score, compute_calibration

if TYPE_CHECKING:
    from l3s1.figures.theme import Spec

LESSON = "10"
CERTAINTIES = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
_EDGES = (0.65, 0.85)
_GUESSING = 0.25
"""The score of somebody who always says 50 %."""


class CalibrationGameState(FigureState):
    """`given` holds, for each question answered, (says yes, certainty)."""

    given: traitlets.List[Any] = traitlets.List()

    @property
    def questions(self) -> tuple[Prediction, ...]:
        """The questions of the lesson."""
        return self.content.lessons[LESSON].predictions

    @property
    def finished(self) -> bool:
        """Whether all are answered."""
        return len(self.given) == len(self.questions)

    @traitlets.validate("given")
    def _valid_given(self, proposal: dict[str, Any]) -> list[tuple[bool, float]]:
        answers = [(bool(yes), float(certainty)) for yes, certainty in proposal["value"]]
        if len(answers) > len(self.questions):
            raise traitlets.TraitError(f"{len(answers)} answers to {len(self.questions)} questions")
        if any(not min(CERTAINTIES) <= certainty <= 1 for _, certainty in answers):
            raise traitlets.TraitError("a certainty lies between one half and 1")
        return answers

    def answer(self, *, yes: bool, certainty: float) -> None:
        """Answer the next question; raises `TraitError` where none is left."""
        self.given = [*self.given, (yes, certainty)]

    def truth(self, question: Prediction) -> float:
        """The number that a question is about."""
        return estimate_of(self.content, question.fact, question.value)

    def answers(self) -> list[Answer]:
        """What was answered, and whether it was right."""
        return [
            Answer(certainty, yes == (self.truth(question) > question.above))
            for (yes, certainty), question in zip(self.given, self.questions, strict=False)
        ]

    def figure(self) -> Spec:
        """The curve, once all are answered."""
        if not self.finished:
            left = len(self.questions) - len(self.given)
            return build_calibration_figure((), f"{left} to answer<br>before your curve is drawn")
        return build_calibration_figure(compute_calibration(self.answers(), _EDGES))

    def said(self) -> str:
        """The question, or what the answers show."""
        if not self.finished:
            number, question = len(self.given) + 1, self.questions[len(self.given)]
            return f"Question {number} of {len(self.questions)}. {question.question}"
        answers = self.answers()
        right = sum(answer.right for answer in answers)
        certainty = 100 * sum(answer.certainty for answer in answers) / len(answers)
        gap = certainty - 100 * right / len(answers)
        verdict = "on the whole close to calibrated"
        if abs(gap) > 10:
            verdict = "overconfident" if gap > 0 else "underconfident"
        return (
            f"Right in {right} of {len(answers)}, with a mean certainty of {certainty:.0f} %: "
            f"{verdict}, as far as so few answers can tell. Brier score "
            f"{compute_brier_score(answers):.2f}; 0 is perfect, {_GUESSING:g} is always "
            "saying 50 %."
        )

    def caption(self) -> str:
        """What the rows are."""
        return "The true numbers. Choose a row for its origin"

    def head(self) -> tuple[str, ...]:
        """Columns."""
        return ("question", "true", "you said", "")

    def readings(self) -> tuple[Reading, ...]:
        """The true numbers, once all are answered."""
        if not self.finished:
            return ()
        rows = []
        for (yes, certainty), answer, question in zip(
            self.given, self.answers(), self.questions, strict=True
        ):
            fact = self.content.facts[question.fact]
            unit = fact.value(question.value).unit
            rows.append(
                Reading(
                    fact.id,
                    f"{question.question} ({paper_of(self.content, fact)})",
                    (
                        say_number(self.truth(question), unit),
                        f"{'yes' if yes else 'no'}, {100 * certainty:.0f} %",
                        "right" if answer.right else "wrong",
                    ),
                    fact.evidence,
                    extrapolated=is_extrapolated(fact),
                    quoted=is_quoted(fact),
                )
            )
        return tuple(rows)

    def text_twin(self) -> str:
        """The question, or the result with the true numbers."""
        return super().text_twin() if self.finished else self.said()


class CalibrationGameActivity(FigureActivity):
    """One question at a time: yes or no, how certain; then the curve."""

    state: CalibrationGameState

    def __init__(self, content: Content | None = None, **state: Any) -> None:
        shown = CalibrationGameState(content or load_content(), **state)
        self.says = ipywidgets.ToggleButtons(
            options=[("yes", True), ("no", False)],
            description="Your answer",
            style={"button_width": "5rem", "description_width": "auto"},
            layout=shared_layout(),
        )
        self.certainty = ipywidgets.ToggleButtons(
            options=[(f"{100 * each:.0f} %", each) for each in CERTAINTIES],
            description="How certain",
            style={"button_width": "4.25rem", "description_width": "auto"},
            layout=shared_layout(),
        )
        self.button = ipywidgets.Button(
            description="Answer", button_style="primary", layout=shared_layout(width="10rem")
        )
        super().__init__(shown, [self.says, self.certainty, self.button])
        self._parts = (self.readings, self.controls, self.view)
        self.children = self._parts
        self.button.on_click(self._pressed)
        shown.observe(self._fit, "given")
        self._fit()

    def _pressed(self, _button: Any) -> None:
        if self.state.finished:
            self.state.given = []
        else:
            self.state.answer(yes=self.says.value, certainty=self.certainty.value)

    def _fit(self, _change: Any = None) -> None:
        """Offer what can be done now; each question begins without a certainty."""
        finished = self.state.finished
        self.button.description = "Play again" if finished else "Answer"
        self.says.disabled = self.certainty.disabled = finished
        self.certainty.value = CERTAINTIES[0]
