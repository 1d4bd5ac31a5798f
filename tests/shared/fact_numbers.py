"""Whether a number that is shown is a number of the facts behind it; for tests."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import pytest

from l3s1.activities.figure_activity import FigureState
from l3s1.content import Content, load_content
from l3s1.lesson import Lesson
from l3s1.models.proportion import compute_wilson_interval

NUMBER = re.compile(r"(?<![A-Za-z])[−-]?\d+(?:\.\d+)?")


@cache
def content() -> Content:
    """The course's content."""
    return load_content()


@cache
def numbers_of(name: str) -> frozenset[float]:
    """Every number of a fact: published, and those that follow from it by a named method."""
    fact = content().facts[name]
    found = {float(fact.n)} if fact.n else set()
    for value in fact.values:
        published = [value.estimate, value.low, value.high, value.n, value.at_value]
        found |= {abs(float(number)) for number in published if number is not None}
        if value.estimate is not None and value.n and value.unit == "%":
            wilson = compute_wilson_interval(value.estimate / 100 * value.n, value.n)
            found |= {100 * wilson.low, 100 * wilson.high}
    return frozenset(found)


@cache
def words_of(name: str) -> frozenset[float]:
    """Numbers that a fact says in words: its statement, note, people and follow-up."""
    fact = content().facts[name]
    texts = (fact.statement, fact.note, fact.population, fact.follow_up)
    return frozenset(number for text in texts if text for number, _ in numbers_in(text))


def is_known(number: float, facts: set[str], decimals: int = 6) -> bool:
    """Whether the number, shown with so many decimals, is one of these facts."""
    return any(
        number == pytest.approx(round(known, decimals), abs=1e-6)
        for name in facts
        for known in numbers_of(name)
    )


def marks(figure: dict[str, Any]) -> Iterator[tuple[dict[str, Any], int, str]]:
    """Each mark that names its fact: trace, index, fact."""
    for trace in figure["data"]:
        for index, fact in enumerate(trace.get("customdata") or ()):
            if fact:
                yield trace, index, fact


def numbers_in(text: str) -> list[tuple[float, int]]:
    """The numbers of a text with their decimals, without the names of scales."""
    bare = re.sub(r"points of \d+", "points", text).replace("\u202f", "").replace(",", "")
    return [
        (abs(float(found.replace("−", "-"))), len(found.partition(".")[2]))
        for found in NUMBER.findall(bare)
    ]


def facts_without_source(lesson: str, states: Iterable[FigureState]) -> list[str]:
    """Facts that figures of a lesson show, in rows or marks, and its list of sources lacks."""
    named = set(Lesson(lesson)._facts())
    shown = {
        fact
        for state in states
        for facts in (
            [reading.fact for reading in state.readings()],
            [fact for _, _, fact in marks(state.figure())],
        )
        for fact in facts
        if fact
    }
    assert shown
    return sorted(shown - named)
