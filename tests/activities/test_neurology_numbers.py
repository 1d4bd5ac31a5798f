"""Every number that lesson 02's activity shows has its fact, in every state it can take."""

from __future__ import annotations

import itertools
import re
from typing import Any

import pytest
from fact_numbers import content, numbers_in, numbers_of, words_of
from neurology_cases import build_activity

from l3s1.activities.localise_state import LocaliseLesionState
from l3s1.activities.nerve_catalogue import describe_nerves, prior_odds
from l3s1.models.neurology.patients import DIFFICULTIES
from l3s1.models.neurology.reasoning import ALL_ANSWERS

NAMES = re.compile(r"\b[LS]\d(?:[–-][LS]?\d)?\b|\(MRC \d\)|\b\d\d-year-old\b|\b(?:19|20)\d\d\b")
"""Levels, grades that a finding carries, ages of made-up patients, years of papers."""


def known(text: str, facts: list[str]) -> None:
    published = {n for name in facts for n in numbers_of(name) | words_of(name)}
    for number, _ in numbers_in(NAMES.sub("", text)):
        assert any(number == pytest.approx(each) for each in published), (number, text, facts)


def said_with_facts(data: Any) -> list[tuple[str, list[str]]]:
    """Every text of JSON that stands beside its facts."""
    found: list[tuple[str, list[str]]] = []
    if isinstance(data, dict):
        facts = data.get("facts")
        if isinstance(facts, list):
            texts = [each for key, each in data.items() if isinstance(each, str) and key != "id"]
            found += [(text, facts) for text in texts]
        for each in data.values():
            found += said_with_facts(each)
    elif isinstance(data, list):
        for each in data:
            found += said_with_facts(each)
    return found


def test_every_ratio_is_a_number_of_its_fact() -> None:
    checked = 0
    for sign in describe_nerves(content())["signs"]:
        for each in sign["accuracy"]:
            fact = content().facts[each["fact"]]
            shares = [v.estimate or 0.0 for v in fact.values if v.name.startswith("s1_s")]
            for ratio in (each["present"], each["absent"]):
                if ratio is None or ratio["estimate"] is None:
                    continue
                for number in (ratio["estimate"], ratio["low"], ratio["high"]):
                    if number is None:
                        continue
                    direct = any(number == pytest.approx(n) for n in numbers_of(fact.id))
                    if not direct:
                        sensitivity, specificity = shares
                        follows = (
                            sensitivity / (1 - specificity),
                            (1 - sensitivity) / specificity,
                        )
                        assert any(number == pytest.approx(n) for n in follows), (sign["id"], each)
                    checked += 1
    assert checked > 20


def test_every_sentence_of_the_data_has_its_numbers_from_its_facts() -> None:
    sentences = said_with_facts(build_activity())
    for text, facts in sentences:
        known(text, facts)
    assert len(sentences) > 300


def test_feedback_of_many_patients_has_its_numbers_from_its_facts() -> None:
    checked = 0
    now = LocaliseLesionState(content(), mode="patient")
    for seed, difficulty, root in itertools.product(range(1, 25), DIFFICULTIES, ALL_ANSWERS):
        now.seed, now.difficulty = seed, difficulty
        now.answer = {"root": root, "level": "L4-L5", "zone": "paracentral"}
        for text, facts in said_with_facts(now.feedback()):
            known(text, facts)
            checked += 1
    assert checked > 3000


def test_the_stated_prior_is_that_of_its_fact() -> None:
    odds = prior_odds(content(), "published")
    shares = {root.value: 100 * each / (1 + each) for root, each in odds.items()}
    fact = content().facts["root-share-tehran"]
    assert shares["L5"] == pytest.approx(fact.value("l5").estimate)
    assert shares["S1"] == pytest.approx(fact.value("s1").estimate)
    assert sum(shares.values()) == pytest.approx(100)
