"""An id that an item has had stays its own: it can't vanish, nor name another question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from item_examples import examples

from l3s1.content import ContentError, course_root, load_content
from l3s1.content.item_ids import IDS_FILE, read_ids, write_ids

if TYPE_CHECKING:
    from tests.conftest import ContentFolder


def listed(folder: ContentFolder, text: str) -> str:
    """Everything that is wrong once the list holds `text`."""
    folder.write("items/lesson_09", {"items": [examples()["ordering"]]})
    (folder.root / IDS_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        folder.load()
    (_, *lines) = str(caught.value).splitlines()
    assert len(lines) == 1
    return lines[0]


def test_an_id_that_is_not_listed_is_refused(content_folder: ContentFolder) -> None:
    said = listed(content_folder, "")
    assert "lesson_09.yaml:2: items[one-ordering].id: is not listed in assets/items/ids.txt" in said
    assert "tools/item_bank.py" in said


def test_an_item_that_has_vanished_is_called_back(content_folder: ContentFolder) -> None:
    said = listed(content_folder, "old-item numeric\none-ordering ordering\n")
    assert said.startswith("assets/items/ids.txt:1: old-item: has vanished from the bank; put")
    assert "status: retired" in said


def test_an_id_can_not_name_a_question_of_another_type(content_folder: ContentFolder) -> None:
    said = listed(content_folder, "one-ordering matching\n")
    assert "items[one-ordering].id: is taken by a question of type 'matching'" in said


def test_a_damaged_or_missing_list_is_said(content_folder: ContentFolder) -> None:
    assert "line 1 is not an id and a type: 'one'" in listed(content_folder, "one\n")
    (content_folder.root / IDS_FILE).unlink()
    with pytest.raises(ContentError, match=r"ids.txt:1: the file: can't be read"):
        content_folder.load()


def test_a_retired_item_keeps_its_id(content_folder: ContentFolder) -> None:
    item = {**examples()["ordering"], "status": "retired"}
    content_folder.write("items/lesson_09", {"items": [item]})
    assert content_folder.load().items["one-ordering"].status == "retired"


def test_the_list_of_the_bank_is_in_order() -> None:
    text = (course_root() / IDS_FILE).read_text(encoding="utf-8")
    types = {item.id: item.type for item in load_content().items.values()}
    assert text == write_ids(types), "run `python tools/item_bank.py`"
    assert {name: kind for name, (kind, _) in read_ids(text).items()} == types
