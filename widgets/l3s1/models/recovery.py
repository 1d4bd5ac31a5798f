"""Where a patient stands on a timeline at a given moment.

Pure arithmetic on spans of days; what the spans are, and where they come from, is content.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from l3s1.models.time_axis import say_duration
from l3s1.vocabulary import PhaseKind

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Span:
    """Earliest, usual (or None) and latest moment, in days after the operation.

    Raises `ValueError` where they do not follow each other or lie before the operation.
    """

    earliest_d: float
    usual_d: float | None
    latest_d: float

    def __post_init__(self) -> None:
        usual = self.earliest_d if self.usual_d is None else self.usual_d
        if not 0 <= self.earliest_d <= usual <= self.latest_d:
            ends = f"{self.earliest_d:g}, {usual:g}, {self.latest_d:g}"
            raise ValueError(f"{ends} days do not follow each other")


class Status(StrEnum):
    """Where a moment lies relative to a span."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"
    UNKNOWN = "unknown"


def compute_status(span: Span | None, day: float) -> Status:
    """Where `day` lies relative to `span`; both ends belong to the span."""
    if span is None:
        return Status.UNKNOWN
    if day < span.earliest_d:
        return Status.BEFORE
    return Status.DURING if day <= span.latest_d else Status.AFTER


def compute_turning_days(spans: Iterable[Span | None]) -> tuple[float, ...]:
    """The days (ascending, unique) at which a span begins or ends: where an answer changes."""
    days = {day for span in spans if span for day in (span.earliest_d, span.latest_d)}
    return tuple(sorted(days))


def say_span(span: Span | None, kind: PhaseKind) -> str:
    """The span in words, as the picture shows it."""
    if span is None:
        return "no evidence"
    usual = f", usually {say_duration(span.usual_d)}" if span.usual_d is not None else ""
    if span.earliest_d == span.latest_d:
        return f"at {say_duration(span.latest_d)}"
    if span.earliest_d == 0 and kind in (PhaseKind.PERIOD, PhaseKind.DANGER_WINDOW):
        return f"from the operation to {say_duration(span.latest_d)}{usual}"
    link = ("between", "and") if kind is PhaseKind.MILESTONE else ("from", "to")
    return (
        f"{link[0]} {say_duration(span.earliest_d)} {link[1]} {say_duration(span.latest_d)}{usual}"
    )
