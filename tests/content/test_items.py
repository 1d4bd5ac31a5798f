"""The questions of the course: fair choices, every objective asked for, nothing given away."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

import pytest

from l3s1.content import Item, SingleBestAnswer, load_content

CONTENT = load_content()
ACTIVE = [item for item in CONTENT.items.values() if item.status == "active"]
BY_LESSON = {
    lesson: list(items)
    for lesson, items in groupby(sorted(ACTIVE, key=lambda i: i.lesson), key=lambda i: i.lesson)
}
LESSON = "01"
"""The lesson whose set is held to all of this; the others follow where they reach its size."""


def singles(items: list[Item]) -> list[SingleBestAnswer]:
    return [item for item in items if isinstance(item, SingleBestAnswer)]


def test_the_longest_choice_is_not_the_answer_more_often_than_chance() -> None:
    longest = 0
    for item in singles(BY_LESSON[LESSON]):
        length = {choice.id: len(choice.text) for choice in item.choices}
        others = max(length[each] for each in length if each != item.key)
        longest += length[item.key] > others
    assert longest <= len(BY_LESSON[LESSON]) / 4


def test_answers_are_spread_over_the_letters() -> None:
    keys = Counter(item.key for item in singles(BY_LESSON[LESSON]))
    assert set(keys) == set("abcd")
    assert max(keys.values()) <= len(BY_LESSON[LESSON]) / 2


@pytest.mark.parametrize("objective", [each.id for each in CONTENT.lessons[LESSON].objectives])
def test_every_objective_is_asked_for_at_least_twice(objective: str) -> None:
    asked = [item.id for item in BY_LESSON[LESSON] if item.objective == objective]
    assert len(asked) >= 2, asked


def test_there_is_more_than_recall() -> None:
    levels = Counter(item.level for item in BY_LESSON[LESSON])
    assert levels["application"] + levels["judgement"] > levels["recall"]
    assert all(levels[each] for each in ("recall", "application", "judgement"))


@pytest.mark.parametrize("item", BY_LESSON[LESSON], ids=lambda item: item.id)
def test_feedback_differs_from_choice_to_choice(item: Item) -> None:
    assert len(set(item.feedbacks)) == len(item.feedbacks)
