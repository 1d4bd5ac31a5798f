"""Points to take home, appraisals and feedback: each number is one of the facts they name."""

from __future__ import annotations

import re

import pytest
from fact_numbers import content, is_known, numbers_in, words_of

NAMES = re.compile(r"\b[LS]\d(?:[–-][LS]?\d)?\b|S2AI|HbA1c|rhBMP-[27]|(?:in|of) 100\b|100%")
COMPUTED: dict[str, set[float]] = {
    "01": {12, 36},
    "02": {0.25, 1.9, 8, 10, 30, 50, 66, 72, 80, 90},
    "03": {8, 13, 24, 28, 50, 54.6, 58, 60},
    "06": {15},
    "07": {23},
    "08": {1.78, 78},
}
"""Numbers of a question's own patient, and what follows from published ones as the text shows."""


@pytest.mark.parametrize(
    "number", [each.number for each in content().lessons.values() if each.status == "ready"]
)
def test_texts_of_a_lesson_have_their_numbers_from_their_facts(number: str) -> None:
    lesson = content().lessons[number]
    texts = [
        *((each.text, each.facts) for each in lesson.take_home),
        *((each.appraisal, each.facts) for each in lesson.claims),
        *(
            (feedback, item.facts)
            for item in content().items.values()
            if item.lesson == number
            for feedback in item.feedbacks
        ),
    ]
    assert texts
    computed, missing = COMPUTED.get(number, set()), []
    for text, facts in texts:
        said = {each for name in facts for each in words_of(name)} | computed
        for shown, decimals in numbers_in(NAMES.sub("", text)):
            if not is_known(shown, set(facts), decimals) and shown not in said:
                missing.append((shown, text))
    assert missing == []
