"""What the charts of outcomes read from facts: levels, labels, intervals."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from l3s1.activities.wording import say_number, say_paper, say_value
from l3s1.models.proportion import compute_wilson_interval
from l3s1.vocabulary import Evidence, Trust

if TYPE_CHECKING:
    from l3s1.content import Content, Fact, Value

L3_S1_LEVELS = 3
"""L3–S1 holds three motion segments; evidence from fewer levels is extrapolated."""


class LevelGroup(StrEnum):
    """How many levels the people of a series had fused."""

    ONE = "one"
    ONE_OR_TWO = "one_or_two"
    MIXED = "mixed"
    THREE_OR_MORE = "three_or_more"
    NOT_STATED = "not_stated"


LEVEL_GROUP_LABEL: dict[LevelGroup, str] = {
    LevelGroup.ONE: "one level",
    LevelGroup.ONE_OR_TWO: "one or two levels",
    LevelGroup.MIXED: "one to three or more, mixed",
    LevelGroup.THREE_OR_MORE: "three or more levels",
    LevelGroup.NOT_STATED: "levels not stated",
}


def level_group(fact: Fact) -> LevelGroup:
    """The group of a fact by the numbers of levels its population contains."""
    levels = set(fact.levels or ())
    if not levels:
        return LevelGroup.NOT_STATED
    if min(levels) >= L3_S1_LEVELS:
        return LevelGroup.THREE_OR_MORE
    if max(levels) >= L3_S1_LEVELS:
        return LevelGroup.MIXED
    return LevelGroup.ONE if levels == {1} else LevelGroup.ONE_OR_TWO


def is_extrapolated(fact: Fact) -> bool:
    """Whether the fact is carried over to L3–S1: its source names no three levels or more."""
    return max(fact.levels or (), default=0) < L3_S1_LEVELS


def is_carried_over(fact: Fact) -> bool:
    """Whether a row says so: of a bench test or a convention nobody asks how many were fused."""
    return is_extrapolated(fact) and fact.evidence is not Evidence.OPINION


def is_quoted(fact: Fact) -> bool:
    """Whether the course has read the number in another paper only."""
    return fact.trust is Trust.SECONDARY


@dataclass(frozen=True)
class Share:
    """A published share in percent with its 95 % interval and how that was come by."""

    share: float
    low: float | None
    high: float | None
    interval_words: str


def share_of(value: Value) -> Share:
    """A share (%) of a fact; its interval as printed, else by Wilson from its n, else none."""
    if value.estimate is None:
        raise ValueError(f"value {value.name!r} has no estimate")
    if value.spread == "confidence_interval_95" and value.low is not None:
        return Share(value.estimate, value.low, value.high, _interval(value.low, value.high))
    if value.n is None:
        return Share(value.estimate, None, None, "n not stated")
    found = compute_wilson_interval(value.estimate / 100 * value.n, value.n)
    low, high = 100 * found.low, 100 * found.high
    return Share(value.estimate, low, high, _interval(low, high))


def estimate_of(content: Content, fact: str, value: str) -> float:
    """The estimate of a fact's value; raises ValueError where it has none."""
    estimate = content.facts[fact].value(value).estimate
    if estimate is None:
        raise ValueError(f"fact {fact!r}, value {value!r}: an estimate is needed")
    return float(estimate)


def _interval(low: float | None, high: float | None) -> str:
    return f"{low:.0f} to {high:.0f} %"


def paper_of(content: Content, fact: Fact) -> str:
    """The paper of a fact as charts name it."""
    return say_paper(content.references[fact.reference])


def label_of(content: Content, fact: Fact, value: Value) -> str:
    """One number of a fact as charts name it: its paper and its own label."""
    return f"{paper_of(content, fact)}: {value.label}"


def hover_of(fact: Fact, value: Value) -> str:
    """One number of a fact for the pointer: itself, who and how."""
    design = fact.design.value.replace("_", " ")
    return f"{say_value(value)}<br>{design}; {fact.population}"


def say_percent(share: float) -> str:
    """A published share as published."""
    return say_number(share, "%")
