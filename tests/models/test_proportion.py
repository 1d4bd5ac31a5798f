"""Wilson's interval against the published worked examples."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l3s1.models.proportion import compute_wilson_interval

# Newcombe RG, Stat Med 1998;17:857-872, table I, method 3 (score, no continuity correction).
NEWCOMBE = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0, 0.1611),
    (1, 29, 0.0061, 0.1718),
]


@pytest.mark.parametrize(("events", "n", "low", "high"), NEWCOMBE)
def test_published_examples(events: int, n: int, low: float, high: float) -> None:
    interval = compute_wilson_interval(events, n)
    assert interval.low == pytest.approx(low, abs=5e-5)
    assert interval.high == pytest.approx(high, abs=5e-5)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_share_lies_inside_its_interval(case: tuple[int, int]) -> None:
    interval = compute_wilson_interval(*case)
    assert 0 <= interval.low <= interval.share + 1e-12
    assert interval.share - 1e-12 <= interval.high <= 1


@pytest.mark.parametrize(("events", "n"), [(1, 0), (-1, 5), (6, 5)])
def test_what_is_no_proportion_is_refused(events: int, n: int) -> None:
    with pytest.raises(ValueError, match="not a proportion"):
        compute_wilson_interval(events, n)


def test_the_page_s_cases() -> None:
    """The fixture that the page's own interval is tested with."""
    cases = Path(__file__).parent.parent / "fixtures" / "wilson.json"
    for case in json.loads(cases.read_text(encoding="utf-8")):
        interval = compute_wilson_interval(case["events"], case["n"])
        assert interval.share == pytest.approx(case["share"], abs=1e-11)
        assert (interval.low, interval.high) == pytest.approx(
            (case["low"], case["high"]), abs=1e-11
        )
