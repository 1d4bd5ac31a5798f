"""The course as the server sees it: which lessons there are and which can be opened."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from l3s1.assessment.items_by_lesson import NO_ITEMS, LessonItems, items_by_lesson

if TYPE_CHECKING:
    from l3s1.content import Content

MAP_NOTEBOOK = "index.ipynb"
"""The course map as a notebook; the server answers with its own map instead."""


@dataclass(frozen=True)
class LessonPage:
    """A row of the map; `ready` lessons can be opened, and `items` be answered."""

    number: str
    notebook: str
    title: str
    summary: str
    minutes: int
    ready: bool
    reviewed_by: str | None = None
    items: LessonItems = NO_ITEMS


@dataclass(frozen=True)
class CourseMap:
    """All lessons in order, and the folder of their notebooks."""

    folder: Path
    lessons: tuple[LessonPage, ...]

    def find(self, notebook: str) -> LessonPage | None:
        """The lesson of that file name, or None."""
        return next((page for page in self.lessons if page.notebook == notebook), None)

    @property
    def ready(self) -> tuple[LessonPage, ...]:
        """The lessons that can be opened."""
        return tuple(page for page in self.lessons if page.ready)

    def neighbours(self, page: LessonPage) -> tuple[LessonPage | None, LessonPage | None]:
        """The ready lessons before and after `page`."""
        ready = self.ready
        at = ready.index(page)
        before = ready[at - 1] if at else None
        after = ready[at + 1] if at + 1 < len(ready) else None
        return before, after

    def missing_notebooks(self) -> tuple[str, ...]:
        """Notebooks of ready lessons that are not in the folder."""
        return tuple(
            page.notebook for page in self.ready if not (self.folder / page.notebook).is_file()
        )


def course_map(content: Content, folder: Path) -> CourseMap:
    """The map of a checked content; `folder` holds the notebooks."""
    items = items_by_lesson(content)
    return CourseMap(
        folder=folder,
        lessons=tuple(
            LessonPage(
                number=lesson.number,
                notebook=lesson.notebook,
                title=lesson.title,
                summary=lesson.summary,
                minutes=lesson.minutes,
                ready=lesson.status == "ready",
                reviewed_by=lesson.reviewed_by,
                items=items[lesson.number],
            )
            for lesson in content.lessons.values()
        ),
    )
