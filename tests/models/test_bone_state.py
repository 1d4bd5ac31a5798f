"""The scheme of the bone's state: shares, order, ends, and what a failure never does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l3s1.models.bone_state import (
    LEFT,
    Moments,
    Stage,
    compute_bone_state,
    compute_failed_state,
)

DAYS = st.floats(0.0, 2000.0)
MOMENTS = st.lists(st.floats(0.0, 1000.0), min_size=4, max_size=4).map(
    lambda days: Moments(*sorted(days))
)


@given(DAYS, MOMENTS)
def test_shares_are_shares_and_what_is_gone_has_become_bone(day: float, moments: Moments) -> None:
    state = compute_bone_state(day, moments)
    assert all(0.0 <= share <= 1.0 for share in (state.chips, state.callus, state.bridge))
    assert state.chips + state.bridge == pytest.approx(1.0)


@given(DAYS, DAYS, MOMENTS)
def test_bone_only_grows_and_stages_only_follow(one: float, other: float, moments: Moments) -> None:
    early, late = sorted((one, other))
    before, after = compute_bone_state(early, moments), compute_bone_state(late, moments)
    assert before.bridge <= after.bridge
    assert list(Stage).index(before.stage) <= list(Stage).index(after.stage)


@given(DAYS, MOMENTS)
def test_at_the_end_there_is_a_bridge_and_no_callus(more: float, moments: Moments) -> None:
    state = compute_bone_state(moments.bridged_at + more, moments)
    assert (state.stage, state.bridge, state.callus) == (Stage.BRIDGED, 1.0, 0.0)


@given(DAYS, MOMENTS, DAYS)
def test_what_fails_is_never_bridged(day: float, moments: Moments, called_at: float) -> None:
    state = compute_failed_state(day, moments, called_at)
    assert state.stage is not Stage.BRIDGED
    assert state.chips >= LEFT
    assert state.bridge <= 1.0 - LEFT


def test_days_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(ValueError, match="do not follow each other"):
        Moments(7, 28, 20, 365)
    with pytest.raises(ValueError, match="before the operation"):
        compute_bone_state(-1.0, Moments(7, 28, 42, 365))
