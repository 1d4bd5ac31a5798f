"""The parts that every lesson is made of."""

from __future__ import annotations

import pytest

import l3s1
from l3s1.content import load_content
from l3s1.lesson import CourseMap, Lesson


def test_public_names_are_there_and_others_are_explained() -> None:
    for name in l3s1.__all__:
        assert getattr(l3s1, name) is not None
    with pytest.raises(AttributeError, match="public names are"):
        l3s1.ghost  # noqa: B018 (the access is the test)


def test_an_unknown_lesson_is_refused_with_the_known_ones() -> None:
    with pytest.raises(KeyError, match="use one of 00"):
        Lesson("44")


@pytest.mark.parametrize(
    "number", [each.number for each in load_content().lessons.values() if each.status == "ready"]
)
def test_ready_lessons_have_every_part(number: str) -> None:
    lesson = Lesson(number)
    record = lesson.record
    objectives = repr(lesson.objectives())
    assert all(each.text in objectives for each in record.objectives)
    assert "not yet reviewed by a clinician" in objectives
    assert len(lesson.predict().items) >= 1
    assert len(lesson.check_yourself().items) >= 3
    asked = {item.objective for item in load_content().items.values() if item.lesson == number}
    assert asked == {each.id for each in record.objectives}, "every objective is asked about"


def test_sources_name_each_paper_once_and_link_it() -> None:
    lines = repr(Lesson("09").sources()).splitlines()
    assert len(lines) == len(set(lines)) > 60
    assert all(line[2] in "●◐○" for line in lines)


def test_sources_are_folded_where_they_are_drawn_and_plain_where_they_are_read() -> None:
    sources = Lesson("09").sources()
    bundle = sources._repr_mimebundle_()
    assert bundle["text/markdown"].startswith("<details>\n<summary>All ")
    assert bundle["text/plain"] == repr(sources)
    assert "<details>" not in bundle["text/plain"]


def test_the_text_of_questions_does_not_give_the_key_away() -> None:
    text = Lesson("09").check_yourself().text_twin()
    for item in Lesson("09").check_yourself().items:
        assert item["stem"] in text
        for choice in item["choices"]:
            assert choice["feedback"] not in text


def test_the_map_links_ready_lessons_only() -> None:
    text = repr(CourseMap())
    for each in load_content().lessons.values():
        assert (f"({each.notebook})" in text) == (each.status == "ready")
    lessons = load_content().lessons.values()
    assert text.count("in preparation") == sum(each.status != "ready" for each in lessons)
