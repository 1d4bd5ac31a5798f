"""The bank as a whole: fair choices, keys that can't be guessed, every objective asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest
from scipy import stats

from l3s1.content import Item, SingleBestAnswer, load_content

CONTENT = load_content()
ACTIVE = [item for item in CONTENT.items.values() if item.status == "active"]
SINGLES = [item for item in ACTIVE if isinstance(item, SingleBestAnswer) and item.use != "triage"]
"""Without the calls: their four decisions stand in a fixed order."""
READY = [each for each in CONTENT.lessons.values() if each.status == "ready"]
LONG_SETS = {"01": 12, "03": 13, "09": 9, "10": 10, "11": 10}
"""Questions at the end of lessons that had more than six of them before the review was there."""


def chance_of_at_least(count: int, chances: Iterable[float]) -> float:
    """How probable it is to be right `count` times or more, given the chance of each try."""
    exact = [1.0]
    for chance in chances:
        missed = [each * (1 - chance) for each in [*exact, 0.0]]
        hit = [each * chance for each in [0.0, *exact]]
        exact = [one + two for one, two in zip(missed, hit, strict=True)]
    return sum(exact[count:])


def test_the_chance_is_that_of_tossed_coins() -> None:
    assert chance_of_at_least(0, [0.5] * 4) == pytest.approx(1)
    assert chance_of_at_least(3, [0.5] * 4) == pytest.approx(5 / 16)
    assert chance_of_at_least(2, [0.25, 0.5]) == pytest.approx(1 / 8)


def test_the_longest_choice_is_not_the_key_more_often_than_chance() -> None:
    """What is seen needs no other cause than chance.

    Where lengths and keys have nothing to do with each other, so many or more of the longest
    choices are keys in more than one of twenty such banks.
    """
    right, chances = 0, []
    for item in SINGLES:
        lengths = [len(each.text) for each in item.choices]
        longest = [each.id for each in item.choices if len(each.text) == max(lengths)]
        if len(longest) == 1:
            right += longest == [item.key]
            chances.append(1 / len(lengths))
    assert chance_of_at_least(right, chances) > 0.05, (right, sum(chances))


def test_keys_are_spread_over_the_letters() -> None:
    """A chi-squared test of fit that would refuse one of twenty banks with keys drawn by lot."""
    keys = Counter(item.key for item in SINGLES)
    expected: Counter[str] = Counter()
    for item in SINGLES:
        for choice in item.choices:
            expected[choice.id] += 1 / len(item.choices)  # type: ignore[assignment]
    letters = sorted(letter for letter, count in expected.items() if count >= 5)
    observed = [keys[letter] for letter in letters]
    scale = sum(observed) / sum(expected[letter] for letter in letters)
    fit = stats.chisquare(observed, [expected[letter] * scale for letter in letters])
    assert fit.pvalue > 0.05, keys


@pytest.mark.parametrize("lesson", [each.number for each in READY])
def test_no_letter_is_right_throughout_a_lesson(lesson: str) -> None:
    keys = Counter(item.key for item in SINGLES if item.lesson == lesson)
    assert max(keys.values()) <= max(3, keys.total() / 2), keys


def test_there_is_more_than_recall() -> None:
    levels = Counter(item.level for item in ACTIVE)
    assert levels["application"] + levels["judgement"] > 2 * levels["recall"]
    assert all(levels[each] for each in ("recall", "application", "judgement"))


@pytest.mark.parametrize("lesson", [each.number for each in READY])
def test_a_lesson_ends_with_few_questions(lesson: str) -> None:
    asked = [item.id for item in ACTIVE if item.lesson == lesson and item.use == "check"]
    assert 3 <= len(asked) <= LONG_SETS.get(lesson, 6), asked


@pytest.mark.parametrize("item", ACTIVE, ids=lambda item: item.id)
def test_nothing_is_said_twice(item: Item) -> None:
    assert len(set(item.feedbacks)) == len(item.feedbacks)
    assert len(set(item.offers)) == len(item.offers)


def test_no_stem_stands_twice() -> None:
    stems = Counter(" ".join(item.stem.casefold().split()) for item in ACTIVE)
    assert [stem for stem, count in stems.items() if count > 1] == []
