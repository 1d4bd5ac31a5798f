"""A set of questions as a widget: what it sends to the page, and what it keeps to itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from item_examples import examples

from l3s1.activities.anatomy import course_anatomy
from l3s1.assessment.question_set import QuestionSet
from l3s1.content import ITEM_TYPES
from l3s1.scene.shared_files import engine_file

if TYPE_CHECKING:
    from tests.conftest import ContentFolder


def made(folder: ContentFolder, *kinds: str) -> QuestionSet:
    folder.write("items/lesson_09", {"items": [examples()[kind] for kind in kinds]})
    content = folder.load()
    return QuestionSet(content, list(content.items.values()))


def test_answers_are_not_told_to_python_unless_it_is_asked_for(
    content_folder: ContentFolder,
) -> None:
    assert made(content_folder, "single_best_answer").tells_kernel is False


def test_the_model_is_named_only_where_an_item_shows_it(content_folder: ContentFolder) -> None:
    plain = made(content_folder, "single_best_answer", "numeric")
    assert (plain._engine_file, plain._pack_file, plain._pictures) == ("", "", {})
    shown = made(content_folder, "find_in_3d")
    anatomy = course_anatomy()
    assert (shown._engine_file, shown._pack_file) == (engine_file().name, anatomy.file.name)
    assert shown._pictures["posterior-dark"] == anatomy.pictures["posterior-dark"].name


def test_the_text_numbers_questions_of_all_types_and_is_always_the_same(
    content_folder: ContentFolder,
) -> None:
    said = made(content_folder, *ITEM_TYPES).text_twin()
    assert [line[0] for line in said.splitlines() if line[0].isdigit()] == list("12345678")
    assert said == made(content_folder, *ITEM_TYPES).text_twin()


def test_a_set_needs_a_question(content_folder: ContentFolder) -> None:
    with pytest.raises(ValueError, match="at least one item"):
        QuestionSet(content_folder.load(), [])
