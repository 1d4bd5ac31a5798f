"""The review: an index with the page, questions and sources a lesson at a time."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest

import l3s1
from l3s1.content import Content, load_content


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content()


@pytest.fixture
def review(content: Content) -> Any:
    return l3s1.ReviewActivity(content)


def index_of(review: Any) -> dict[str, Any]:
    index: dict[str, Any] = json.loads(gzip.decompress(review.index_gz))
    return index


def ask(review: Any, monkeypatch: pytest.MonkeyPatch, name: str) -> Any:
    """What the kernel answers to a page that asks for that file, or None."""
    sent: list[bytes] = []
    monkeypatch.setattr(review, "send", lambda _message, buffers: sent.extend(buffers))
    review._handle_custom_msg({"type": "l3s1:file", "file": name}, [])
    return json.loads(gzip.decompress(sent[0])) if sent else None


def test_every_active_item_of_a_ready_lesson_is_in_the_index(content: Content, review: Any) -> None:
    index = index_of(review)
    ready = {each.number for each in content.lessons.values() if each.status == "ready"}
    expected = {
        item.id: item.objective
        for item in content.items.values()
        if item.status == "active" and item.lesson in ready
    }
    objectives = index["objectives"]
    assert {item: objectives[place]["id"] for item, place, _ in index["items"]} == expected
    predicted = {item for item, _, predicts in index["items"] if predicts}
    assert predicted == {each for each in expected if content.items[each].use == "predict"} != set()


def test_each_objective_leads_to_its_heading(content: Content, review: Any) -> None:
    for shown in index_of(review)["objectives"]:
        lesson = content.lessons[shown["lesson"]]
        objective = next(each for each in lesson.objectives if each.id == shown["id"])
        assert shown["heading"] == objective.taught_by.heading
        assert shown["href"] == f"{lesson.notebook}#{objective.taught_by.anchor}"
        assert " " not in shown["href"]


def test_the_kernel_hands_out_questions_and_sources_by_lesson(
    content: Content, review: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = index_of(review)
    asked: list[str] = []
    for lesson in index["lessons"]:
        questions = ask(review, monkeypatch, f"questions-{lesson['number']}.json")
        sources = ask(review, monkeypatch, f"sources-{lesson['number']}.json")
        asked += [each["id"] for each in questions]
        assert {name for each in questions for name in each["facts"]} == set(sources)
    assert asked == [item for item, *_ in index["items"]]
    assert ask(review, monkeypatch, "questions-99.json") is None


def test_the_page_stays_small_however_many_questions_there_are(review: Any) -> None:
    """The index alone travels with the page; 20 kB would be some 1,000 questions."""
    assert len(review.index_gz) < 20_000


def test_no_answer_reaches_python(review: Any) -> None:
    """What a student does is no state of the widget."""
    own = {name for name in review.keys if not name.startswith("_")}
    assert own <= {"index_gz", "layout", "tabbable", "tooltip", "comm"}
    assert "stay in the browser" in review.text_twin()
