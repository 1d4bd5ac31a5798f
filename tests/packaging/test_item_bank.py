"""The bank's papers say what the bank holds, and the bank holds what a course needs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from item_examples import examples

import item_bank
from l3s1.content import ITEM_TYPES, load_content

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import ContentFolder

CONTENT = load_content()
ACTIVE = [item for item in CONTENT.items.values() if item.status == "active"]
LEAST = 180
"""Items that the bank has promised."""


def test_the_blueprint_is_what_would_be_written() -> None:
    written = item_bank.BLUEPRINT.read_text(encoding="utf-8")
    assert written == item_bank.blueprint(CONTENT), "run `python tools/item_bank.py`"


def test_the_bank_is_as_large_as_promised() -> None:
    assert len(ACTIVE) >= LEAST


@pytest.mark.parametrize(
    "objective",
    [
        objective.id
        for lesson in CONTENT.lessons.values()
        if lesson.status == "ready"
        for objective in lesson.objectives
    ],
)
def test_every_objective_is_asked_for_at_least_twice(objective: str) -> None:
    asked = [item.id for item in ACTIVE if item.objective == objective]
    assert len(asked) >= 2, asked


def test_every_type_is_used() -> None:
    kinds = Counter(item.type for item in ACTIVE)
    assert [kind for kind in ITEM_TYPES if kinds[kind] < 2] == []


def test_new_ids_are_listed_and_old_ones_stay(content_folder: ContentFolder) -> None:
    root: Path = content_folder.root
    content_folder.write("items/lesson_09", {"items": [examples()["ordering"]]})
    ids = root / "assets" / "items" / "ids.txt"
    ids.write_text("gone-before numeric\n", encoding="utf-8")
    assert item_bank.listed_ids(root) == "gone-before numeric\none-ordering ordering\n"


def test_what_is_retired_is_not_counted(content_folder: ContentFolder) -> None:
    kept, retired = examples()["ordering"], {**examples()["matching"], "status": "retired"}
    content_folder.write("items/lesson_09", {"items": [kept, retired]})
    text = item_bank.blueprint(content_folder.load())
    assert "## The whole bank: 1 items" in text
    assert "| `say-when` | · | 1 | · | 1 | 1 ordering |" in text
    assert "| 09 | · | 1 | · | · | · | · | 1 | 1 |" in text


def test_an_objective_without_items_is_said(content_folder: ContentFolder) -> None:
    lesson = content_folder.read("lessons/09")
    lesson["objectives"].append({**lesson["objectives"][0], "id": "say-why", "text": "say why"})
    content_folder.write("lessons/09", lesson)
    assert "| `say-why` | · | · | · | 0 | none yet |" in item_bank.blueprint(content_folder.load())
