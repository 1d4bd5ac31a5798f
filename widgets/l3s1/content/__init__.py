"""The one reader of `assets/`: validates, cross-checks and freezes what the course says."""

from __future__ import annotations

from l3s1.content.anatomy import Comparison, NearMiss, Structure, StructureNumber, Variant
from l3s1.content.paths import anatomy_pack_path, course_root, lessons_folder
from l3s1.content.problems import ContentError, Problem
from l3s1.content.records import (
    Content,
    Fact,
    Item,
    LessonRecord,
    Phase,
    Prediction,
    Reference,
    TimePoint,
    Value,
)
from l3s1.content.store import load_content
from l3s1.content.structure_names import structure_names

__all__ = [
    "Comparison",
    "Content",
    "ContentError",
    "Fact",
    "Item",
    "LessonRecord",
    "NearMiss",
    "Phase",
    "Prediction",
    "Problem",
    "Reference",
    "Structure",
    "StructureNumber",
    "TimePoint",
    "Value",
    "Variant",
    "anatomy_pack_path",
    "course_root",
    "lessons_folder",
    "load_content",
    "structure_names",
]
