"""Shares of responders: against simulation, against their own inverse, and at the edges."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from l3s1.models.responders import Change, compute_responders, compute_threshold_for, share_out


def test_share_and_interval_agree_with_repeated_sampling() -> None:
    """Draw many groups of 80; the interval must cover the true share in about 95 % of them."""
    true_mean, true_sd, threshold, n = 16.0, 18.0, 12.8, 80
    truth = compute_responders(Change(true_mean, true_sd, 10**6), threshold).share
    rng = np.random.default_rng(3)
    groups = rng.normal(true_mean, true_sd, (4000, n))
    assert (groups >= threshold).mean() == pytest.approx(truth, abs=0.005)
    covered = 0
    for group in groups:
        found = compute_responders(Change(group.mean(), group.std(ddof=1), n), threshold)
        covered += found.low <= truth <= found.high
    assert covered / len(groups) == pytest.approx(0.95, abs=0.012)


@given(
    st.floats(-50, 80),
    st.floats(0.5, 60),
    st.integers(2, 5000),
    st.floats(-100, 100),
    st.floats(0, 40),
)
def test_a_higher_threshold_never_gains_responders(
    mean: float, sd: float, n: int, threshold: float, more: float
) -> None:
    change = Change(mean, sd, n)
    easy, hard = compute_responders(change, threshold), compute_responders(change, threshold + more)
    assert hard.share <= easy.share
    assert 0.0 <= easy.low <= easy.share <= easy.high <= 1.0


@given(st.floats(0.02, 0.98), st.floats(-20, 40), st.floats(1, 40))
def test_the_threshold_of_a_share_gives_the_share(share: float, mean: float, sd: float) -> None:
    change = Change(mean, sd, 50)
    threshold = compute_threshold_for(change, share)
    assert compute_responders(change, threshold).share == pytest.approx(share, abs=1e-9)


@pytest.mark.parametrize(("mean", "sd", "n"), [(1.0, 0.0, 9), (1.0, -2.0, 9), (np.nan, 1.0, 9)])
def test_no_distribution_is_refused(mean: float, sd: float, n: int) -> None:
    with pytest.raises(ValueError, match="finite numbers, sd > 0"):
        Change(mean, sd, n)


def test_bad_arguments_say_what_is_taken() -> None:
    with pytest.raises(ValueError, match="at least 2 people"):
        Change(1.0, 1.0, 1)
    with pytest.raises(ValueError, match="number of points"):
        compute_responders(Change(1.0, 1.0, 9), float("inf"))
    with pytest.raises(ValueError, match="without the ends"):
        compute_threshold_for(Change(1.0, 1.0, 9), 1.0)
    with pytest.raises(ValueError, match="no shares of one group"):
        share_out([0.7, 0.6])


def test_people_add_up() -> None:
    assert share_out([1 / 3, 1 / 3, 1 / 3]) == [34, 33, 33]
    assert share_out([0.545, 0.455]) == [55, 45]
    assert share_out([0.125, 0.5], people=8) == [1, 4]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=7), st.sampled_from([10, 100, 1000]))
def test_nobody_is_lost_or_counted_twice(weights: list[float], people: int) -> None:
    total = sum(weights)
    shares = [each / total for each in weights] if total > 1e-6 else [1.0]
    counts = share_out(shares, people)
    assert sum(counts) == people
    assert all(abs(count - share * people) < 1 for count, share in zip(counts, shares, strict=True))
