"""Which items are exported, and what is said where there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from item_examples import examples

from l3s1.assessment.exchange.selection import FILTERS, SelectionError, choose_items
from l3s1.content import load_content

if TYPE_CHECKING:
    from tests.conftest import ContentFolder

    from l3s1.content import Content


def bank(folder: ContentFolder) -> Content:
    items = list(examples().values())
    items[0]["level"] = "recall"
    items[1]["use"] = "check"
    items[2]["status"] = "retired"
    folder.write("items/lesson_09", {"items": items})
    return folder.load()


def names(content: Content, **wanted: list[str]) -> list[str]:
    return [item.id for item in choose_items(content, wanted)]


def test_without_a_filter_every_active_item_is_chosen(content_folder: ContentFolder) -> None:
    content = bank(content_folder)
    assert names(content) == [item.id for item in content.items.values() if item.status == "active"]
    assert len(names(content)) == len(content.items) - 1


def test_values_of_a_filter_add_up_and_filters_narrow(content_folder: ContentFolder) -> None:
    content = bank(content_folder)
    two = names(content, type=["single_best_answer", "multiple_response"])
    assert two == ["one-single-best-answer", "one-multiple-response"]
    assert names(content, type=["single_best_answer", "multiple_response"], use=["check"]) == [
        "one-multiple-response"
    ]
    assert names(content, level=["recall"]) == ["one-single-best-answer"]
    assert names(content, lesson=["09"], objective=["say-when"]) == names(content)


def test_each_unknown_value_is_named_with_what_there_is(content_folder: ContentFolder) -> None:
    content = bank(content_folder)
    with pytest.raises(SelectionError) as caught:
        choose_items(content, {"lesson": ["9", "09"], "level": ["hard"], "type": ["numeric"]})
    assert caught.value.problems == (
        "No question has the lesson '9'; there are 09.",
        "No question has the level 'hard'; there are application, recall.",
        (
            "No question has the type 'numeric'; there are extended_matching, find_in_3d, "
            "label_picture, matching, multiple_response, ordering, single_best_answer."
        ),
    )


def test_filters_that_leave_nothing_are_said_together(content_folder: ContentFolder) -> None:
    wanted = {"level": ["recall"], "type": ["ordering", "matching"], "use": []}
    with pytest.raises(SelectionError, match="level recall and type ordering or matching together"):
        choose_items(bank(content_folder), wanted)


def test_every_filter_is_a_field_of_an_item(content_folder: ContentFolder) -> None:
    item = next(iter(bank(content_folder).items.values()))
    assert all(isinstance(getattr(item, name), str) for name in FILTERS)


def test_the_items_of_a_lesson_stand_together() -> None:
    """A test of QTI has one section a lesson, Moodle one category."""
    lessons = [item.lesson for item in choose_items(load_content(), {})]
    assert lessons == sorted(lessons)
