"""Questions put to the student: predict before reading, check yourself after."""

from __future__ import annotations

from l3s1.assessment.question_set import QuestionSet

__all__ = ["QuestionSet"]
