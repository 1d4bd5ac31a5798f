"""Which items there are in each lesson: what a student's own progress is counted against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from l3s1.content import Content


@dataclass(frozen=True)
class LessonItems:
    """Ids of a lesson's items: those asked in the lesson, and those asked in the review only."""

    asked: tuple[str, ...] = ()
    review: tuple[str, ...] = ()


NO_ITEMS = LessonItems()


def items_by_lesson(content: Content) -> dict[str, LessonItems]:
    """The active items of every lesson, by its number, in the order of the content."""
    asked: dict[str, list[str]] = {number: [] for number in content.lessons}
    review: dict[str, list[str]] = {number: [] for number in content.lessons}
    for item in content.items.values():
        if item.status == "active":
            (review if item.use == "review" else asked)[item.lesson].append(item.id)
    return {
        number: LessonItems(tuple(asked[number]), tuple(review[number]))
        for number in content.lessons
    }
