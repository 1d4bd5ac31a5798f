"""Calibration: counts, borders and the score."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l3s1.models.calibration import Answer, compute_brier_score, compute_calibration

ANSWERS = st.lists(st.builds(Answer, st.floats(0, 1), st.booleans()), min_size=1, max_size=40)


def test_a_well_calibrated_student_lies_on_the_diagonal() -> None:
    answers = [Answer(0.8, i < 8) for i in range(10)] + [Answer(0.5, i < 5) for i in range(10)]
    points = compute_calibration(answers, [0.65])
    assert [point.certainty for point in points] == pytest.approx([0.5, 0.8])
    assert [(point.right.share, point.answers) for point in points] == [(0.5, 10), (0.8, 10)]
    assert compute_brier_score(answers) == pytest.approx((0.8 * 0.2 + 0.5 * 0.5) / 2)


def test_a_border_belongs_to_the_class_above() -> None:
    (point,) = compute_calibration([Answer(0.6, True), Answer(0.9, True)], [0.6])
    assert point.answers == 2


def test_certain_and_wrong_is_the_worst() -> None:
    assert compute_brier_score([Answer(1.0, False)]) == 1.0
    assert compute_brier_score([Answer(1.0, True), Answer(0.0, False)]) == 0.0


@given(ANSWERS, st.lists(st.floats(0.05, 0.95), max_size=5, unique=True).map(sorted))
def test_every_answer_counts_once(answers: list[Answer], edges: list[float]) -> None:
    points = compute_calibration(answers, edges)
    assert sum(point.answers for point in points) == len(answers)
    right = sum(point.right.share * point.answers for point in points)
    assert right == pytest.approx(sum(each.right for each in answers))
    assert [p.certainty for p in points] == sorted(p.certainty for p in points)
    assert 0.0 <= compute_brier_score(answers) <= 1.0


def test_what_cannot_be_scored_is_refused() -> None:
    with pytest.raises(ValueError, match="give 0 to 1"):
        Answer(1.2, True)
    with pytest.raises(ValueError, match="rising order"):
        compute_calibration([Answer(0.5, True)], [0.8, 0.6])
    with pytest.raises(ValueError, match="at least one"):
        compute_brier_score([])
