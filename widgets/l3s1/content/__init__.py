"""The one reader of `assets/`: validates, cross-checks and freezes what the course says."""

from __future__ import annotations

from l3s1.content.paths import course_root, lessons_folder
from l3s1.content.problems import ContentError, Problem
from l3s1.content.records import (
    Content,
    Fact,
    Item,
    LessonRecord,
    Phase,
    Reference,
    TimePoint,
    Value,
)
from l3s1.content.store import load_content

__all__ = [
    "Content",
    "ContentError",
    "Fact",
    "Item",
    "LessonRecord",
    "Phase",
    "Problem",
    "Reference",
    "TimePoint",
    "Value",
    "course_root",
    "lessons_folder",
    "load_content",
]
