"""How well stated certainty agrees with being right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from l3s1.models.proportion import Proportion, compute_wilson_interval


@dataclass(frozen=True)
class Answer:
    """One prediction: `certainty` between 0 and 1 that it is right, and whether it was."""

    certainty: float
    right: bool

    def __post_init__(self) -> None:
        """Raise ValueError where the certainty is no probability."""
        if not 0.0 <= self.certainty <= 1.0:
            raise ValueError(f"a certainty of {self.certainty}: give 0 to 1")


@dataclass(frozen=True)
class CalibrationPoint:
    """Answers given with about the same certainty: its mean, the share right, how many."""

    certainty: float
    right: Proportion
    answers: int


def compute_calibration(
    answers: Sequence[Answer], edges: Sequence[float]
) -> tuple[CalibrationPoint, ...]:
    """One point for each class of certainty that has answers, in rising order.

    `edges` are the rising inner borders of the classes; a certainty on a border belongs to the
    class above it. Raises ValueError where the edges do not rise.
    """
    if list(edges) != sorted(set(edges)):
        raise ValueError(f"{list(edges)} do not rise; give each border once, in rising order")
    classes: list[list[Answer]] = [[] for _ in range(len(edges) + 1)]
    for answer in answers:
        classes[sum(answer.certainty >= edge for edge in edges)].append(answer)
    return tuple(
        CalibrationPoint(
            sum(each.certainty for each in group) / len(group),
            compute_wilson_interval(sum(each.right for each in group), len(group)),
            len(group),
        )
        for group in classes
        if group
    )


def compute_brier_score(answers: Sequence[Answer]) -> float:
    """Mean squared distance of certainty from outcome: 0 is perfect, 0.25 is always saying 50 %.

    Source: Brier GW, Monthly Weather Review 1950, for two outcomes in its one-sided form. Raises
    ValueError where there is no answer.
    """
    if not answers:
        raise ValueError("no answer yet: a score needs at least one")
    return sum((each.certainty - each.right) ** 2 for each in answers) / len(answers)
