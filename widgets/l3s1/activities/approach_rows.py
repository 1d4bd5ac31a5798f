"""Rows below the atlas of approaches: what is published on a way, its reach and its risks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from l3s1.activities.outcome_facts import is_carried_over, is_quoted, label_of, paper_of
from l3s1.activities.readings import Reading
from l3s1.activities.wording import say_number, say_spread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from l3s1.content import Content, Fact, Value
    from l3s1.content.approaches import Approach

HEAD = ("approach and source", "number", "interval and people")
CONVENTION = "approach-ways-convention"
"""The fact by which a way is taught; its row says the approach's own way."""


def approach_rows(content: Content, approach: Approach, segment: str) -> Iterator[Reading]:
    """Way and reach at a segment, fact by fact, then risks."""
    names = dict.fromkeys((*approach.facts, *approach.levels[segment].facts))
    yield _way(content, approach)
    for name in names:
        if name != CONVENTION:
            fact = content.facts[name]
            yield _in_words(f"{approach.label}, reach", content, fact, marked=False)
    for risk in approach.risks:
        fact = content.facts[risk.fact]
        if risk.value:
            yield _number(f"{approach.label}, risk", content, fact, fact.value(risk.value))
        else:
            yield _in_words(f"{approach.label}, risk", content, fact, marked=True)


def _way(content: Content, approach: Approach) -> Reading:
    fact = content.facts[CONVENTION]
    return Reading(
        fact.id,
        f"{approach.label}, way, as usually taught (no source read): {approach.way}",
        ("in words", ""),
        fact.evidence,
        quoted=is_quoted(fact),
    )


def _in_words(place: str, content: Content, fact: Fact, *, marked: bool) -> Reading:
    return Reading(
        fact.id,
        f"{place}. {paper_of(content, fact)}: {fact.statement}",
        ("in words", ""),
        fact.evidence,
        extrapolated=marked and is_carried_over(fact),
        quoted=is_quoted(fact),
    )


def _number(place: str, content: Content, fact: Fact, value: Value) -> Reading:
    estimate = "not printed" if value.estimate is None else say_number(value.estimate, value.unit)
    people = value.n if value.n is not None else fact.n
    spread = say_spread(value) or "no interval printed"
    return Reading(
        fact.id,
        f"{place}. {label_of(content, fact, value)}",
        (estimate, spread if people is None else f"{spread}; n = {say_number(people, 'count')}"),
        fact.evidence,
        extrapolated=is_carried_over(fact),
        quoted=is_quoted(fact),
    )
