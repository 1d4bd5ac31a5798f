"""The panel of a student's own progress, and what it counts against."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from l3s1.assessment.items_by_lesson import items_by_lesson
from l3s1.assessment.progress_panel import ProgressPanel
from l3s1.classroom.course_map import course_map
from l3s1.content import load_content

CONTENT = load_content()


def test_every_active_item_is_counted_once_in_its_lesson() -> None:
    counted = items_by_lesson(CONTENT)
    assert list(counted) == list(CONTENT.lessons)
    for number, items in counted.items():
        ids = [*items.asked, *items.review]
        assert len(ids) == len(set(ids))
        assert {CONTENT.items[name].lesson for name in ids} <= {number}
        assert {CONTENT.items[name].use for name in items.review} <= {"review"}
        assert "review" not in {CONTENT.items[name].use for name in items.asked}
    active = [item.id for item in CONTENT.items.values() if item.status == "active"]
    assert sum(len(each.asked) + len(each.review) for each in counted.values()) == len(active)


def test_a_retired_item_is_not_counted() -> None:
    name, item = next(iter(CONTENT.items.items()))
    retired = replace(CONTENT, items={**CONTENT.items, name: replace(item, status="retired")})
    items = items_by_lesson(retired)[item.lesson]
    assert name not in (*items.asked, *items.review)


def test_the_map_counts_against_the_same_items() -> None:
    course = course_map(CONTENT, Path("lessons"))
    assert {page.number: page.items for page in course.lessons} == items_by_lesson(CONTENT)


def test_the_panel_knows_the_lessons_and_tells_python_nothing() -> None:
    panel = ProgressPanel(CONTENT)
    assert [each["number"] for each in panel.lessons] == list(CONTENT.lessons)
    assert list(panel.cases) == list(CONTENT.cases)
    changed = {name for name in panel.keys if not name.startswith("_")}
    assert changed <= {"lessons", "cases", "layout", "tabbable", "tooltip", "comm"}
    assert "Python never sees it" in panel.text_twin()
