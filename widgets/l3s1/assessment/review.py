"""Spaced review of all questions of the course, with what a student's own answers say."""

from __future__ import annotations

import gzip
import json
from functools import partial
from typing import TYPE_CHECKING, Any

import traitlets

from l3s1.activities.wording import pack_origins
from l3s1.assessment.item_json import item_json
from l3s1.assessment.widget import ItemWidget
from l3s1.content import load_content
from l3s1.scene.shared_files import SharedFile

if TYPE_CHECKING:
    from l3s1.content import Content, Item, LessonRecord


class ReviewActivity(ItemWidget):
    """Questions that are due, and those not met before; calibration; where one is weakest.

    The page gets an index. It asks for questions and their sources a lesson at a time, so that the
    bank may grow. What a student answers stays in the browser.
    """

    view_name = "review"

    index_gz = traitlets.Bytes().tag(sync=True)

    def __init__(self, content: Content | None = None) -> None:
        known = content or load_content()
        by_lesson = _active_items(known)
        lessons = [known.lessons[number] for number in by_lesson]
        files = [
            file for number, items in by_lesson.items() for file in _files(known, number, items)
        ]
        types = {item.type for items in by_lesson.values() for item in items}
        super().__init__(types, *files, index_gz=_pack(_index(lessons, by_lesson)))

    def text_twin(self) -> str:
        """What is asked here; what is due is known in the browser only."""
        return (
            "Review: the questions of all lessons. Each comes back when it is about to be "
            "forgotten: a missed one the next day, a sure and right one later. Below: how often "
            "you are right when you say that you are sure, and the objectives that you are weakest "
            "at, each with a link to where it is taught. Your answers stay in the browser: Python "
            "never sees them."
        )


def _active_items(content: Content) -> dict[str, list[Item]]:
    """The items that are asked, by lesson, in the order of the course."""
    by_lesson: dict[str, list[Item]] = {}
    for number, lesson in content.lessons.items():
        items = [
            each
            for each in content.items.values()
            if each.lesson == number and each.status == "active"
        ]
        if items and lesson.status == "ready":
            by_lesson[number] = items
    return by_lesson


def _index(lessons: list[LessonRecord], by_lesson: dict[str, list[Item]]) -> dict[str, Any]:
    objectives = [(lesson, each) for lesson in lessons for each in lesson.objectives]
    place = {(lesson.number, each.id): at for at, (lesson, each) in enumerate(objectives)}
    return {
        "lessons": [
            {"number": each.number, "title": each.title, "notebook": each.notebook}
            for each in lessons
        ],
        "objectives": [
            {
                "id": each.id,
                "text": each.text,
                "lesson": lesson.number,
                "heading": each.taught_by.heading,
                "href": f"{lesson.notebook}#{each.taught_by.anchor}",
            }
            for lesson, each in objectives
        ],
        "items": [
            [item.id, place[number, item.objective], item.use == "predict"]
            for number, items in by_lesson.items()
            for item in items
        ],
    }


def _files(content: Content, number: str, items: list[Item]) -> tuple[SharedFile, SharedFile]:
    """A lesson's questions, and where their facts come from, as the kernel hands them out."""
    return (
        SharedFile(f"questions-{number}.json", partial(_questions, content, items)),
        SharedFile(f"sources-{number}.json", partial(_sources, content, items)),
    )


def _questions(content: Content, items: list[Item]) -> bytes:
    return _pack([item_json(content, item) for item in items])


def _sources(content: Content, items: list[Item]) -> bytes:
    return pack_origins(content, [name for item in items for name in item.facts])


def _pack(data: Any) -> bytes:
    return gzip.compress(json.dumps(data, ensure_ascii=False).encode(), mtime=0)
