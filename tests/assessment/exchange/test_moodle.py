"""Moodle XML, against what Moodle documents and its importer reads.

No Moodle ran here: the checks follow question/format/xml/format.php and
question/type/ordering/questiontype.php.
"""

from __future__ import annotations

import base64
import html
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

import pytest
from read_xml import read_xml
from tests.assessment.exchange.conftest import AWKWARD

from l3s1.assessment.exchange.moodle import moodle_quiz
from l3s1.assessment.exchange.portable import DISCLAIMER

if TYPE_CHECKING:
    from tests.assessment.exchange.conftest import Carry

GRADES = {
    round(sign * each, 5)
    for each in (100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20)
    for sign in (1, -1)
} | {0, 16.66667, 14.28571, 12.5, 11.11111, 10, 5, -16.66667, -14.28571, -12.5, -11.11111, -10, -5}
"""What a choice may count, in per cent: Moodle refuses any other."""


def questions(file: bytes) -> dict[str, ET.Element]:
    quiz = read_xml(file)
    assert quiz.tag == "quiz"
    return {
        (each.findtext("idnumber") or "").removeprefix("l3s1-"): each
        for each in quiz
        if each.get("type") != "category"
    }


def text(element: ET.Element | None) -> str:
    """What stands in the `text` of an element, as a browser shows it."""
    assert element is not None
    found = element.findtext("text") or ""
    if element.get("format") != "html" or not found:
        return found
    return " ".join("".join(read_xml(f"<div>{_closed(found)}</div>").itertext()).split())


def _closed(markup: str) -> str:
    """HTML's open `img` closed, so that it can be read as XML."""
    assert html.unescape(markup) != ""
    return markup.replace('">', '"/>') if "<img" in markup else markup


def test_the_first_line_is_the_declaration_and_categories_name_lessons(carried: Carry) -> None:
    file = moodle_quiz(carried().items)
    assert file.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>')
    first = read_xml(file)[0]
    assert first.get("type") == "category"
    assert first.findtext("category/text") == "top/l3s1/09 Recovery"


def test_every_question_has_what_all_types_share(carried: Carry) -> None:
    found = questions(moodle_quiz(carried().items))
    assert {name: each.get("type") for name, each in found.items()} == {
        "one-single-best-answer": "multichoice",
        "one-multiple-response": "multichoice",
        "one-numeric": "numerical",
        "one-ordering": "ordering",
        "one-matching": "matching",
        "one-extended-matching": "matching",
        "one-label-picture": "matching",
    }
    for name, question in found.items():
        assert text(question.find("name")) == f"09 {name}"
        assert text(question.find("questiontext"))
        assert DISCLAIMER in text(question.find("generalfeedback"))
        assert "https://example.org/paper" in (question.findtext("generalfeedback/text") or "")
        tags = [each.findtext("text") for each in question.findall("tags/tag")]
        assert tags[:4] == ["l3s1", "lesson 09", "say-when", "application"]


def test_choices_count_what_moodle_allows(carried: Carry) -> None:
    found = questions(moodle_quiz(carried().items))
    one, several = found["one-single-best-answer"], found["one-multiple-response"]
    assert (one.findtext("single"), several.findtext("single")) == ("true", "false")
    fractions = [
        [float(a.get("fraction", "")) for a in q.findall("answer")] for q in (one, several)
    ]
    assert fractions == [[0, 0, 100, 0], [-50, 50, -50, 50]]
    assert all(text(a.find("feedback")).startswith("Because of") for a in several.findall("answer"))


@pytest.mark.parametrize("keys", ["ab", "abc", "abcd", "abcde"])
def test_shares_of_any_number_of_keys_are_allowed(carried: Carry, keys: str) -> None:
    def more(item: dict[str, Any]) -> None:
        item["choices"] = [
            {"id": each, "text": f"Choice {each}", "feedback": f"Because of {each}."}
            for each in "abcdef"
        ]
        item["keys"] = list(keys)

    (question,) = questions(moodle_quiz(carried("multiple_response", change=more).items)).values()
    fractions = [float(each.get("fraction", "")) for each in question.findall("answer")]
    assert set(fractions) <= GRADES
    assert sum(each for each in fractions if each > 0) == pytest.approx(100, abs=1e-4)


def test_a_number_has_its_tolerance_and_any_other_is_told_both_ways(carried: Carry) -> None:
    question = questions(moodle_quiz(carried("numeric").items))["one-numeric"]
    right, other = question.findall("answer")
    assert (right.get("fraction"), right.findtext("text")) == ("100", "4")
    assert right.findtext("tolerance") == "0.5"
    assert (other.get("fraction"), other.findtext("text")) == ("0", "*")
    assert text(other.find("feedback")) == (
        "It is 4 days.If you answered less: Longer.If you answered more: Shorter."
    )
    assert "in days" in text(question.find("questiontext"))


def test_entries_stand_in_their_order(carried: Carry) -> None:
    question = questions(moodle_quiz(carried("ordering").items))["one-ordering"]
    answers = question.findall("answer")
    assert [each.get("fraction") for each in answers] == ["1", "2", "3", "4"]
    assert [text(each) for each in answers] == [f"Choice {each}" for each in "abcd"]
    assert question.findtext("selecttype") == "ALL"
    assert "Because of a." in text(question.find("generalfeedback"))


def test_pairs_have_plain_answers_and_spare_ones_no_prompt(carried: Carry) -> None:
    found = questions(moodle_quiz(carried("matching", "extended_matching").items))
    pairs = [
        (text(each), each.findtext("answer/text"))
        for each in found["one-matching"].findall("subquestion")
    ]
    assert pairs == [
        ("Prompt a", "Name 3"),
        ("Prompt b", "Name 1"),
        ("Prompt c", "Name 2"),
        ("", "Name 4"),
    ]
    again = [
        each.findtext("answer/text") for each in found["one-extended-matching"].iter("subquestion")
    ]
    assert again == ["Name 2", "Name 2", "Name 1", "Name 3", "Name 4", "Name 5"]
    assert "may serve more than once" in text(found["one-extended-matching"].find("questiontext"))


def test_a_picture_travels_in_the_file(carried: Carry) -> None:
    (item,) = carried("label_picture").items
    question = questions(moodle_quiz([item]))["one-label-picture"]
    asked = question.find("questiontext")
    assert asked is not None
    assert item.picture is not None
    file = asked.find("file")
    assert file is not None
    assert base64.b64decode(file.text or "") == item.picture.content
    assert f"@@PLUGINFILE@@/{file.get('name')}" in (asked.findtext("text") or "")


def test_markup_in_words_stays_words(carried: Carry) -> None:
    def spoil(item: dict[str, Any]) -> None:
        item["stem"] = f"{AWKWARD} {item['stem']}"

    items = carried("single_best_answer", "ordering", change=spoil).items
    for question in questions(moodle_quiz(items)).values():
        assert text(question.find("questiontext")).startswith(AWKWARD)


def test_the_same_items_make_the_same_bytes(carried: Carry) -> None:
    items = carried().items
    assert moodle_quiz(items) == moodle_quiz(items)
