"""A moment lies before, in or after a span, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l3s1.models.recovery import Span, Status, compute_status, compute_turning_days, say_span
from l3s1.vocabulary import PhaseKind

moments = st.lists(st.floats(0, 3000), min_size=3, max_size=3).map(sorted)


@given(moments, st.floats(0, 3000))
def test_status_follows_time(ends: list[float], day: float) -> None:
    span = Span(ends[0], ends[1], ends[2])
    order = [Status.BEFORE, Status.DURING, Status.AFTER]
    now, later = compute_status(span, day), compute_status(span, day + 1)
    assert order.index(now) <= order.index(later)


def test_both_ends_belong_to_the_span() -> None:
    span = Span(3, None, 7)
    assert [compute_status(span, day) for day in (2.99, 3, 7, 7.01)] == [
        Status.BEFORE,
        Status.DURING,
        Status.DURING,
        Status.AFTER,
    ]
    assert compute_status(None, 5) is Status.UNKNOWN


def test_turning_days_are_sorted_and_unique() -> None:
    assert compute_turning_days([Span(3, None, 7), None, Span(0, 3, 3)]) == (0, 3, 7)


@pytest.mark.parametrize("ends", [(7, None, 3), (3, 8, 7), (-1, None, 3)])
def test_a_span_must_follow_time(ends: tuple[float, float | None, float]) -> None:
    with pytest.raises(ValueError, match="do not follow each other"):
        Span(*ends)


def test_spans_in_words() -> None:
    assert (
        say_span(Span(3, 4, 7), PhaseKind.MILESTONE) == "between 3 days and 7 days, usually 4 days"
    )
    assert say_span(Span(0, None, 42), PhaseKind.PERIOD) == "from the operation to 6 weeks"
    assert say_span(Span(42, None, 42), PhaseKind.VISIT) == "at 6 weeks"
    assert say_span(None, PhaseKind.NO_EVIDENCE) == "no evidence"
