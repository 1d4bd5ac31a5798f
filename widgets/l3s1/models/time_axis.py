"""One time axis for hours and years: readable (asinh) or linear, the same in every lesson.

The readable scale is x = asinh(t / s) with t in days after the operation. Below the scale s it
is nearly linear, so that hours of the first day stay apart; far above it is logarithmic, so that
months and years fit. It is monotone and exact at the operation (x = 0), which a logarithm is not.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import StrEnum

from l3s1.vocabulary import DAYS_PER_UNIT, in_days

SCALE_D = 1.0
"""The scale s of the readable axis, in days: the first day is drawn almost linearly."""

HORIZON_D = in_days(2, "y")
"""End of the recovery axis, in days: two years."""

_TICKS: tuple[tuple[float, str, str], ...] = (
    (0, "d", "operation"),
    (6, "h", "6 h"),
    (1, "d", "1 d"),
    (3, "d", "3 d"),
    (1, "wk", "1 wk"),
    (2, "wk", "2 wk"),
    (6, "wk", "6 wk"),
    (3, "mo", "3 mo"),
    (6, "mo", "6 mo"),
    (1, "y", "1 y"),
    (2, "y", "2 y"),
    (5, "y", "5 y"),
    (10, "y", "10 y"),
)
_LINEAR_TICKS: tuple[tuple[float, str, str], ...] = (
    (0, "d", "operation"),
    (3, "mo", "3 mo"),
    (6, "mo", "6 mo"),
    (1, "y", "1 y"),
    (18, "mo", "18 mo"),
    (2, "y", "2 y"),
    (5, "y", "5 y"),
    (10, "y", "10 y"),
)

_UNIT_WORDS = {"h": "hour", "d": "day", "wk": "week", "mo": "month", "y": "year"}
_SPELLINGS = {
    **{unit: unit for unit in DAYS_PER_UNIT},
    **{word: unit for unit, word in _UNIT_WORDS.items()},
    **{f"{word}s": unit for unit, word in _UNIT_WORDS.items()},
    "w": "wk",
    "m": "mo",
    "yr": "y",
}


class AxisKind(StrEnum):
    """How time is scaled."""

    READABLE = "readable"
    LINEAR = "linear"


@dataclass(frozen=True)
class Tick:
    """A tick at `day` (days after the operation) with its label."""

    day: float
    label: str


def to_axis(day: float, kind: AxisKind) -> float:
    """Axis position of a time of `day` days (≥ 0); raises `ValueError` below zero."""
    if day < 0:
        raise ValueError(f"day {day:g} lies before the operation; give 0 or more")
    return math.asinh(day / SCALE_D) if kind is AxisKind.READABLE else day


def from_axis(x: float, kind: AxisKind) -> float:
    """The inverse of `to_axis`: days after the operation at axis position `x`."""
    return math.sinh(x) * SCALE_D if kind is AxisKind.READABLE else x


def ticks(kind: AxisKind, horizon_d: float = HORIZON_D) -> tuple[Tick, ...]:
    """Ticks of the axis up to `horizon_d` days."""
    table = _TICKS if kind is AxisKind.READABLE else _LINEAR_TICKS
    all_ticks = (Tick(in_days(value, unit), label) for value, unit, label in table)
    return tuple(tick for tick in all_ticks if tick.day <= horizon_d + 1e-9)


def parse_day(text: str, horizon_d: float = HORIZON_D) -> float:
    """Read a time such as "42", "6 wk", "3 months" or "12 h" as days after the operation.

    Raises `ValueError`, saying what may be written, where the text is no such time or lies
    outside 0 … `horizon_d` days.
    """
    match = re.fullmatch(r"(?:day\s+)?(\d+(?:[.,]\d+)?)\s*([a-z]*)", text.strip().lower())
    unit = _SPELLINGS.get(match.group(2) or "d") if match else None
    if match is None or unit is None:
        raise ValueError(f"{text!r} is not a time; write for instance 42, 12 h, 6 wk, 3 mo or 2 y")
    day = in_days(float(match.group(1).replace(",", ".")), unit)
    if day > horizon_d + 1e-9:
        raise ValueError(f"{text!r} lies beyond the axis, which ends at {say_duration(horizon_d)}")
    return min(day, horizon_d)


def say_duration(day: float) -> str:
    """A time of `day` days in the unit a clinician would use: "6 hours", "day 10" as "10 days"."""
    if day == 0:
        return "the operation"
    if day < 1:
        return _count(day * 24, "hour")
    if day < 14:
        return _count(day, "day")
    if day < in_days(3, "mo") - 1:
        return _count(day / 7, "week")
    if day < in_days(2, "y") - 1:
        return _count(day / DAYS_PER_UNIT["mo"], "month")
    return _count(day / DAYS_PER_UNIT["y"], "year")


def say_day(day: float) -> str:
    """The cursor's words: "day 42 (6 weeks)"; hours before day 1."""
    if day == 0:
        return "the operation"
    if day < 1:
        return _count(day * 24, "hour")
    if day < 14:
        return f"day {_short_day(day)}"
    return f"day {_short(round(day))} ({say_duration(day)})"


def _count(number: float, word: str) -> str:
    shown = _short(number)
    return f"{shown} {word}" if shown == "1" else f"{shown} {word}s"


def _short(number: float) -> str:
    return f"{round(number, 1):g}"


def _short_day(day: float) -> str:
    return f"{round(day, 2):g}"
