"""The time axis is monotone, invertible, and reads what people write."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l3s1.models.time_axis import (
    HORIZON_D,
    AxisKind,
    from_axis,
    parse_day,
    say_day,
    say_duration,
    ticks,
    to_axis,
)

CASES = Path(__file__).parent.parent / "fixtures" / "time_axis_cases.json"
days = st.floats(0, HORIZON_D)
kinds = st.sampled_from(list(AxisKind))


@given(days, kinds)
def test_round_trip(day: float, kind: AxisKind) -> None:
    assert from_axis(to_axis(day, kind), kind) == pytest.approx(day, rel=1e-9, abs=1e-9)


@given(days, st.floats(0.01, 100), kinds)
def test_later_lies_further_along(day: float, more: float, kind: AxisKind) -> None:
    assert to_axis(day + more, kind) > to_axis(day, kind)


def test_readable_axis_keeps_hours_and_years_apart() -> None:
    """Neighbouring ticks are at least 3 % of the axis apart: labels have room."""
    places = [to_axis(tick.day, AxisKind.READABLE) for tick in ticks(AxisKind.READABLE)]
    end = to_axis(HORIZON_D, AxisKind.READABLE)
    assert min(b - a for a, b in pairwise(places)) > 0.03 * end
    assert places[0] == 0
    assert places[-1] == pytest.approx(end)


def test_before_the_operation_is_refused() -> None:
    with pytest.raises(ValueError, match="before the operation"):
        to_axis(-1, AxisKind.LINEAR)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("42", 42),
        ("day 42", 42),
        ("12 h", 0.5),
        ("6 wk", 42),
        ("6 weeks", 42),
        ("1,5 d", 1.5),
        ("2 y", HORIZON_D),
    ],
)
def test_reads_what_people_write(text: str, day: float) -> None:
    assert parse_day(text) == pytest.approx(day)


@pytest.mark.parametrize("text", ["", "soon", "-3", "6 fortnights", "1e3", "<b>4</b>", "3 y"])
def test_says_what_may_be_written(text: str) -> None:
    with pytest.raises(ValueError, match=r"write for instance|beyond the axis"):
        parse_day(text)


@given(st.text())
def test_any_text_is_read_or_refused_kindly(text: str) -> None:
    try:
        assert 0 <= parse_day(text) <= HORIZON_D
    except ValueError as error:
        if "write for instance" not in str(error) and "beyond the axis" not in str(error):
            raise


def test_says_days_as_clinicians_do() -> None:
    assert say_day(0) == "the operation"
    assert say_day(0.25) == "6 hours"
    assert say_day(1) == "day 1"
    assert say_day(42) == "day 42 (6 weeks)"
    assert say_duration(HORIZON_D) == "2 years"


def test_front_end_scales_time_alike() -> None:
    """The same cases are checked by the front end's own tests."""
    cases = json.loads(CASES.read_text(encoding="utf-8"))
    for case in cases["scale"]:
        assert to_axis(case["day"], AxisKind.READABLE) == pytest.approx(case["x"], abs=1e-6)


def test_front_end_says_days_alike() -> None:
    cases = json.loads(CASES.read_text(encoding="utf-8"))
    assert cases["say"]
    assert [say_day(case["day"]) for case in cases["say"]] == [
        case["text"] for case in cases["say"]
    ]
