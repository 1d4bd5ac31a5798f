"""The ranking: Bayes' rule by hand, invariants, and what it must refuse."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l3s1.models.neurology.ranking import (
    RANKED_ROOTS,
    Z_95,
    Ratio,
    SignRatios,
    equal_odds,
    likelihood_ratios,
    odds_from_shares,
    rank_roots,
)
from l3s1.vocabulary import NerveRoot

L4, L5, S1 = NerveRoot.L4, NerveRoot.L5, NerveRoot.S1
estimates = st.floats(0.01, 100)
signs = st.sampled_from(["a", "b", "c", "d"])


@st.composite
def ratios(draw: st.DrawFn) -> Ratio:
    estimate = draw(estimates)
    if draw(st.booleans()):
        return Ratio(estimate)
    return Ratio(estimate, estimate / draw(st.floats(1, 20)), estimate * draw(st.floats(1, 20)))


tables = st.lists(
    st.builds(
        SignRatios,
        signs,
        st.sampled_from(RANKED_ROOTS),
        st.none() | ratios(),
        st.none() | ratios(),
    ),
    unique_by=lambda each: (each.sign, each.root),
)
findings = st.dictionaries(signs, st.booleans())


def test_odds_are_multiplied_as_by_hand() -> None:
    table = [
        SignRatios("jerk", L4, Ratio(7.7, 1.7, 35)),
        SignRatios("toe", L5, Ratio(4.0), Ratio(0.4)),
    ]
    ranked = {r.root: r for r in rank_roots(equal_odds(), {"jerk": True, "toe": False}, table)}
    assert ranked[L4].probability == pytest.approx(0.25 * 7.7 / (1 + 0.25 * 7.7))
    assert ranked[L5].probability == pytest.approx(0.25 * 0.4 / (1 + 0.25 * 0.4))
    assert ranked[S1].probability == pytest.approx(0.2)
    assert ranked[L4].silent == ("toe",)
    assert ranked[L5].moved_by == (("toe", 0.4),)


def test_the_interval_of_one_sign_is_that_of_its_ratio() -> None:
    table = [SignRatios("jerk", L4, Ratio(10, 2, 50))]
    (first, *_) = rank_roots(equal_odds(), {"jerk": True}, table)
    assert first.root is L4
    assert first.low == pytest.approx(0.25 * 2 / (1 + 0.25 * 2))
    assert first.high == pytest.approx(0.25 * 50 / (1 + 0.25 * 50))


def test_two_signs_widen_the_interval_on_the_log_scale() -> None:
    table = [SignRatios("a", L4, Ratio(4, 2, 8)), SignRatios("b", L4, Ratio(4, 1, 16))]
    (first, *_) = rank_roots(equal_odds(), {"a": True, "b": True}, table)
    assert first.low is not None
    assert first.high is not None
    reach = math.hypot(math.log(2), math.log(4))
    for end, sign in ((first.low, -1), (first.high, 1)):
        assert math.log(end / (1 - end)) == pytest.approx(math.log(0.25 * 16) + sign * reach)


@given(findings, tables)
def test_probabilities_stay_probabilities_and_in_order(
    found: dict[str, bool], table: list[SignRatios]
) -> None:
    ranked = rank_roots(equal_odds(), found, table)
    assert {each.root for each in ranked} == set(RANKED_ROOTS)
    shares = [each.probability for each in ranked]
    assert all(0 < share < 1 for share in shares)
    assert shares == sorted(shares, reverse=True)
    for each in ranked:
        assert {name for name, _ in each.moved_by} | {*each.silent} == set(found)
        if each.low is not None and each.high is not None:
            assert each.low <= each.probability <= each.high
        if not each.moved_by:
            assert each.probability == pytest.approx(1 / len(RANKED_ROOTS))


@given(findings, tables)
def test_the_order_of_findings_does_not_matter(
    found: dict[str, bool], table: list[SignRatios]
) -> None:
    turned = dict(reversed(found.items()))
    one = {each.root: each.probability for each in rank_roots(equal_odds(), found, table)}
    two = {each.root: each.probability for each in rank_roots(equal_odds(), turned, table)}
    assert one == pytest.approx(two)


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_ratios_of_shares_agree_with_bayes(sensitivity: float, specificity: float) -> None:
    present, absent = likelihood_ratios(sensitivity, specificity)
    prevalence = 0.3
    true, false = prevalence * sensitivity, (1 - prevalence) * (1 - specificity)
    odds = prevalence / (1 - prevalence) * present.estimate
    assert odds / (1 + odds) == pytest.approx(true / (true + false))
    missed, cleared = prevalence * (1 - sensitivity), (1 - prevalence) * specificity
    odds = prevalence / (1 - prevalence) * absent.estimate
    assert odds / (1 + odds) == pytest.approx(missed / (missed + cleared))


def test_shares_leave_the_rest_to_the_other_roots() -> None:
    odds = odds_from_shares({L5: 0.43, S1: 0.40})
    shares = {root: each / (1 + each) for root, each in odds.items()}
    assert sum(shares.values()) == pytest.approx(1)
    assert shares[L4] == pytest.approx((1 - 0.83) / 3)


@pytest.mark.parametrize("wrong", [{L5: 1.2}, {L5: 0.7, S1: 0.4}, {L5: 0.0}])
def test_impossible_shares_are_refused(wrong: dict[NerveRoot, float]) -> None:
    with pytest.raises(ValueError, match="shares"):
        odds_from_shares(wrong)


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ((0.0,), "positive"),
        ((math.inf,), "finite"),
        ((2.0, 3.0, 4.0), "hold"),
        ((2.0, 1.0, None), "two ends"),
        # what the abstract of Suri 2011 prints for the femoral stretch at L3
        ((5.7, 2.3, 4.4), "hold"),
    ],
)
def test_impossible_ratios_are_refused(numbers: tuple[float, ...], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Ratio(*numbers)


@pytest.mark.parametrize("share", [0.0, 1.0, -0.2, 1.7])
def test_impossible_accuracy_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="sensitivity"):
        likelihood_ratios(share, 0.5)
    with pytest.raises(ValueError, match="specificity"):
        likelihood_ratios(0.5, share)


def test_impossible_odds_are_refused() -> None:
    with pytest.raises(ValueError, match="odds"):
        rank_roots({L5: 0.0}, {}, [])


def test_z_is_the_normal_quantile() -> None:
    assert math.erf(Z_95 / math.sqrt(2)) == pytest.approx(0.95, abs=1e-6)
