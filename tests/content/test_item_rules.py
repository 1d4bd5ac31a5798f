"""Rules of writing items: what a program can find, said with place and remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from item_examples import examples

from l3s1.content import ContentError

if TYPE_CHECKING:
    from tests.conftest import ContentFolder

Tree = dict[str, Any]


def problems(folder: ContentFolder, item: Tree) -> list[str]:
    """Everything that is wrong once the bank holds this item."""
    folder.write("items/lesson_09", {"items": [item]})
    try:
        folder.load()
    except ContentError as error:
        return [str(each) for each in error.problems]
    return []


def single(*texts: str, key: str = "a", **fields: Any) -> Tree:
    """A single-best-answer item with these choices."""
    choices = [
        {"id": letter, "text": text, "feedback": f"Because of {letter}."}
        for letter, text in zip("abcde", texts, strict=False)
    ]
    return {**examples()["single_best_answer"], "choices": choices, "key": key, **fields}


@pytest.mark.parametrize(
    "text",
    [
        "All of the above",
        "None of the above",
        "none of these",
        "Both a and b",
        "A and C",
        "All of the others",
        "Neither of these",
        "Any of the other choices",
    ],
)
def test_a_choice_that_refers_to_others_is_refused(
    content_folder: ContentFolder, text: str
) -> None:
    (said,) = problems(content_folder, single("One thing", "Another", "A third", text))
    assert "choices[d].text: refers to the other choices; write a choice that stands by" in said


@pytest.mark.parametrize(
    "text",
    ["None", "All three roots", "None of the trials", "Both roots", "All of the disc", "Vitamin A"],
)
def test_a_choice_that_stands_by_itself_is_none(content_folder: ContentFolder, text: str) -> None:
    assert problems(content_folder, single("One thing", "Another", "A third", text)) == []


@pytest.mark.parametrize(
    ("stem", "word"),
    [
        ("Which of these is not a root?", "not"),
        ("A man falls. What should he not do?", "not"),
        ("All of these hold except which, and what except one?", "except"),
        ("Which sign doesn’t speak for L5?", "n’t"),
        ("What is least likely?", "least likely"),
    ],
)
def test_a_question_for_what_is_not_so_needs_capitals(
    content_folder: ContentFolder, stem: str, word: str
) -> None:
    item = single("One thing", "Another", "A third", stem=stem)
    (said,) = problems(content_folder, item)
    assert f"stem: asks for what is not so, and {word!r} is easily read over" in said
    assert "NOT or EXCEPT in capitals" in said


@pytest.mark.parametrize(
    "stem",
    [
        "Which of these is NOT a root?",
        "He can't walk. Which root is it?",
        "'It can't be.' Which answer fits?",
        "Which danger belongs to one way and not to the other?",
        "Say which root it is not.",
    ],
)
def test_a_not_that_is_no_trap_is_allowed(content_folder: ContentFolder, stem: str) -> None:
    assert problems(content_folder, single("One thing", "Another", "A third", stem=stem)) == []


@pytest.mark.parametrize("kind", ["single_best_answer", "multiple_response", "ordering"])
def test_words_may_not_stand_twice(content_folder: ContentFolder, kind: str) -> None:
    item = examples()[kind]
    part = "entries" if kind == "ordering" else "choices"
    item[part][2]["text"] = item[part][0]["text"].upper()
    (said,) = problems(content_folder, item)
    assert f"{part}[c].text: is the text of another one of the {part}, word for word" in said


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        ("single_best_answer", "choices"),
        ("multiple_response", "choices"),
        ("ordering", "entries"),
        ("matching", "prompts"),
        ("extended_matching", "prompts"),
        ("label_picture", "marks"),
        ("find_in_3d", "near"),
    ],
)
def test_feedback_differs(content_folder: ContentFolder, kind: str, part: str) -> None:
    item = examples()[kind]
    item[part][1]["feedback"] = item[part][0]["feedback"]
    (said,) = problems(content_folder, item)
    assert "feedback of another one of the" in said
    assert "say what is different here" in said


def test_feedback_of_a_number_differs(content_folder: ContentFolder) -> None:
    item = examples()["numeric"]
    item["feedback"]["low"] = item["feedback"]["high"]
    (said,) = problems(content_folder, item)
    assert "feedback.low: says what another feedback says" in said


@pytest.mark.parametrize(
    "texts",
    [
        ("14 degrees", "28 degrees", "88 degrees", "It needs the lordosis to be known"),
        ("About 29%", "About 48%", "This can be said of nobody here"),
        ("4", "5–6", "The smoker has the worst of it"),
        ("10 to 12 mm", "By 4 at most", "As wide as the root is long"),
    ],
)
def test_a_sentence_among_numbers_is_refused(
    content_folder: ContentFolder, texts: tuple[str, ...]
) -> None:
    (said,) = problems(content_folder, single(*texts))
    assert "text: is a sentence among numbers; make it a number too" in said


@pytest.mark.parametrize(
    "texts",
    [
        ("About 29%", "About 48%", "None"),
        ("About 60", "About 90", "Nearly all"),
        ("About two fifths, as two of five segments would have", "About half", "About 85%"),
        ("L4", "L5", "The plexus in front of the sacrum"),
        ("It fell by 4 points and stayed there", "It rose", "Nobody looked at it for so long"),
        ("Threefold, since there are three", "By 2.5% a year for each level", "Not at all"),
    ],
)
def test_choices_of_one_kind_are_not(content_folder: ContentFolder, texts: tuple[str, ...]) -> None:
    assert problems(content_folder, single(*texts)) == []


def test_full_stops_are_alike(content_folder: ContentFolder) -> None:
    (said,) = problems(content_folder, single("One thing.", "Another", "A third"))
    assert "choices: some end with a full stop and some do not" in said


def test_a_key_that_stands_out_is_refused(content_folder: ContentFolder) -> None:
    long = "It is so, and " + "it is so at great length, " * 3 + "as one can see"
    (said,) = problems(content_folder, single("It is not so", long, "Perhaps", key="b"))
    assert "the key stands out: 106 characters, no other has more than 12; shorten" in said
    assert problems(content_folder, single("It is not so", long, "Perhaps", key="a")) == []


def test_a_retired_item_may_be_as_it_was(content_folder: ContentFolder) -> None:
    item = single("One thing", "Another", "All of the above", status="retired")
    assert problems(content_folder, item) == []


def test_choices_that_all_have_one_id_are_told_like_any_other_mistake(
    content_folder: ContentFolder,
) -> None:
    item = single("One thing", "Another", "A third")
    for choice in item["choices"]:
        choice["id"] = "a"
    said = problems(content_folder, item)
    assert any("two choices share the id 'a'" in each for each in said), said
