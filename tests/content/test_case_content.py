"""The virtual patients' words: numbers from their facts, fair choices, two kinds of wrong turn."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from fact_numbers import content, is_known, numbers_in, words_of

from l3s1.content.cases import Case, CaseNode

CASES = list(content().cases.values())
NAMES = re.compile(r"\b[LS]\d(?:[–-][LS]?\d)?\b|S2AI|HbA1c|rhBMP-[27]|(?:in|of) 100\b|100%")
OWN: dict[str, set[float]] = {"tomas": {3.3, 8}}
"""Numbers of a case's own, invented person that its feedback or debrief repeats."""


def _decisions(case: Case) -> list[CaseNode]:
    return [node for node in case.nodes.values() if node.choices]


def _sourced(case: Case) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each text that rests on facts alone, with them; what happens to a person is made up."""
    for node in case.nodes.values():
        if node.facts and not node.fictional:
            yield node.text, node.facts
        for choice in node.choices:
            if not choice.fictional:
                yield choice.feedback, choice.facts
    for finding in case.findings.values():
        if finding.facts:
            yield from ((text, finding.facts) for text in (finding.harm, finding.result) if text)
    yield from ((each.text, each.facts) for each in case.debrief)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_numbers_are_those_of_the_facts_beside_them(case: Case) -> None:
    own, missing = OWN.get(case.id, set()), []
    for text, facts in _sourced(case):
        said = {each for name in facts for each in words_of(name)} | own
        for shown, decimals in numbers_in(NAMES.sub("", text)):
            if not is_known(shown, set(facts), decimals) and shown not in said:
                missing.append((shown, text))
    assert missing == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_quoted_fact_is_worded_as_quoted(case: Case) -> None:
    facts = content().facts
    bare = [
        text
        for text, named in _sourced(case)
        if any(facts[name].trust.value == "secondary" for name in named)
        and not re.search(r"\bquote|\bconvention", text)
    ]
    assert bare == []


def test_the_longest_choice_is_not_the_best_more_often_than_chance() -> None:
    decisions = [node for case in CASES for node in _decisions(case)]
    longest = chance = 0.0
    for node in decisions:
        by_length = sorted(node.choices, key=lambda choice: len(choice.text))
        best = [choice for choice in node.choices if choice.rating == "best"]
        longest += by_length[-1] in best
        chance += len(best) / len(node.choices)
    assert decisions
    assert longest <= chance


def test_the_best_choice_stands_at_every_letter() -> None:
    letters = Counter(
        choice.id
        for case in CASES
        for node in _decisions(case)
        for choice in node.choices
        if choice.rating == "best"
    )
    assert set(letters) >= set("abcd")
    assert max(letters.values()) <= sum(letters.values()) / 2


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_case_has_four_to_six_decisions_and_wrong_turns_of_more_than_one_kind(case: Case) -> None:
    ratings = Counter(choice.rating for node in _decisions(case) for choice in node.choices)
    assert 4 <= len(case.expert) <= 6
    assert set(ratings) == {"best", "acceptable", "poor", "harmful"}
    outcomes = {node.outcome for node in case.nodes.values() if node.outcome}
    assert {"good", "bad"} <= outcomes
