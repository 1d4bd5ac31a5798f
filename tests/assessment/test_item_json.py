"""What the page gets of an item of each type, and what the text says of it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from item_examples import examples

from l3s1.assessment.item_json import item_json, say_item
from l3s1.assessment.question_set import QuestionSet
from l3s1.content import ITEM_TYPES

if TYPE_CHECKING:
    from tests.conftest import ContentFolder

ALIKE = {"id", "type", "lesson", "objective", "level", "stem", "facts"}
SAME = {
    "single_best_answer": ("choices", "key"),
    "multiple_response": ("choices", "keys"),
    "numeric": ("feedback",),
    "ordering": ("entries",),
    "matching": ("prompts", "choices"),
    "extended_matching": ("theme", "prompts", "choices"),
    "label_picture": ("choices",),
    "find_in_3d": ("near", "feedback"),
}
"""Fields that go to the page as they stand in the file, by type."""


def as_json(folder: ContentFolder, *kinds: str) -> list[dict[str, Any]]:
    folder.write("items/lesson_09", {"items": [examples()[kind] for kind in kinds]})
    content = folder.load()
    return [item_json(content, item) for item in content.items.values()]


@pytest.mark.parametrize("kind", ITEM_TYPES)
def test_the_page_gets_what_stands_in_the_file(content_folder: ContentFolder, kind: str) -> None:
    (sent,) = as_json(content_folder, kind)
    assert json.loads(json.dumps(sent)) == sent
    written = examples()[kind]
    for field in (*ALIKE, *SAME[kind]):
        assert sent[field] == written[field], field
    assert not {"use", "note", "status"} & set(sent)


def test_a_number_is_sent_with_its_unit(content_folder: ContentFolder) -> None:
    (sent,) = as_json(content_folder, "numeric")
    assert (sent["answer"], sent["tolerance"], sent["unit"]) == (4, 0.5, "d")
    assert sent["unit_words"] == "days"


def test_what_is_to_be_found_is_sent_with_its_name(content_folder: ContentFolder) -> None:
    (sent,) = as_json(content_folder, "find_in_3d")
    assert sent["find"] == {
        "structures": ["L4.pedicle.left"],
        "names": ["left part of L4"],
        "view": "posterior",
        "peeled": 2,
    }


def test_marks_keep_their_structure_and_key(content_folder: ContentFolder) -> None:
    (sent,) = as_json(content_folder, "label_picture")
    for mark, written in zip(sent["marks"], examples()["label_picture"]["marks"], strict=True):
        assert {name: mark[name] for name in written} == written


@pytest.mark.parametrize("kind", ITEM_TYPES)
def test_the_text_gives_nothing_away(content_folder: ContentFolder, kind: str) -> None:
    (sent,) = as_json(content_folder, kind)
    lines = say_item(sent)
    assert lines[0] == sent["stem"]
    told = "\n".join(lines)
    item = content_folder.load().items[sent["id"]]
    assert all(offer in told for offer in item.offers)
    assert not any(feedback in told for feedback in item.feedbacks)


def test_entries_are_said_in_another_order_than_the_right_one(
    content_folder: ContentFolder,
) -> None:
    item = examples()["ordering"]
    for entry, text in zip(item["entries"], ("Open", "Cut", "Fix", "Close"), strict=True):
        entry["text"] = text
    content_folder.write("items/lesson_09", {"items": [item]})
    content = content_folder.load()
    lines = say_item(item_json(content, content.items["one-ordering"]))
    assert lines[1:] == ["   - Close", "   - Cut", "   - Fix", "   - Open"]


def test_a_set_says_items_of_all_types(content_folder: ContentFolder) -> None:
    as_json(content_folder, *ITEM_TYPES)
    content = content_folder.load()
    text = QuestionSet(content, list(content.items.values()), "check").text_twin()
    for number, item in enumerate(content.items.values(), 1):
        assert f"{number}. {item.stem}" in text


def test_pictures_marks_and_themes_are_said(content_folder: ContentFolder) -> None:
    label, find, extended = as_json(
        content_folder, "label_picture", "find_in_3d", "extended_matching"
    )
    lines = say_item(label)
    assert lines[1] == "   The model of the lumbar spine, seen from the left."
    assert re.match(r"   Mark 1: bone, \d+ mm left, \d+ mm \w+, \d+ mm above$", lines[2])
    assert say_item(find)[1:] == ["   The model of the lumbar spine, seen from behind."]
    assert f"   Choices: {extended['theme']}" in say_item(extended)
