"""The one reader of `assets/`: validates, cross-checks and freezes what the course says."""

from __future__ import annotations

from l3s1.content.anatomy import Comparison, NearMiss, Structure, StructureNumber, Variant
from l3s1.content.cases import Case, CaseChoice, CaseNode, Finding
from l3s1.content.choices import Effect, PatientChoice, PatientOption
from l3s1.content.grafts import GraftNumber, GraftRecord, GraftTrial
from l3s1.content.items import (
    ITEM_TYPES,
    Choice,
    ChoiceItem,
    ExtendedMatching,
    FindIn3D,
    Item,
    LabelPicture,
    Matching,
    MultipleResponse,
    Numeric,
    Ordering,
    SingleBestAnswer,
)
from l3s1.content.paths import (
    anatomy_pack_path,
    anterior_pack_path,
    construct_pack_path,
    course_root,
    lessons_folder,
)
from l3s1.content.problems import ContentError, Problem
from l3s1.content.procedures import Procedure, ProcedureStep, QuestionKind
from l3s1.content.records import (
    Answer,
    Content,
    Fact,
    LessonRecord,
    Phase,
    PhaseSpan,
    Prediction,
    Reference,
    TimePoint,
    Value,
)
from l3s1.content.store import OWN_ITEMS, load_content
from l3s1.content.structure_names import anterior_names, construct_names, structure_names

__all__ = [
    "ITEM_TYPES",
    "OWN_ITEMS",
    "Answer",
    "Case",
    "CaseChoice",
    "CaseNode",
    "Choice",
    "ChoiceItem",
    "Comparison",
    "Content",
    "ContentError",
    "Effect",
    "ExtendedMatching",
    "Fact",
    "FindIn3D",
    "Finding",
    "GraftNumber",
    "GraftRecord",
    "GraftTrial",
    "Item",
    "LabelPicture",
    "LessonRecord",
    "Matching",
    "MultipleResponse",
    "NearMiss",
    "Numeric",
    "Ordering",
    "PatientChoice",
    "PatientOption",
    "Phase",
    "PhaseSpan",
    "Prediction",
    "Problem",
    "Procedure",
    "ProcedureStep",
    "QuestionKind",
    "Reference",
    "SingleBestAnswer",
    "Structure",
    "StructureNumber",
    "TimePoint",
    "Value",
    "Variant",
    "anatomy_pack_path",
    "anterior_names",
    "anterior_pack_path",
    "construct_names",
    "construct_pack_path",
    "course_root",
    "lessons_folder",
    "load_content",
    "structure_names",
]
