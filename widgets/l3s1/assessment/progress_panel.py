"""What a student has done: kept in the browser, under a name, as a file, erased."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import traitlets

from l3s1.assessment.items_by_lesson import items_by_lesson
from l3s1.assessment.widget import AssessmentWidget
from l3s1.content import load_content

if TYPE_CHECKING:
    from l3s1.content import Content

_TEXT = (
    "Your progress: the answers, cases and lessons that this browser keeps for you, under a name "
    "where several people learn on one computer. You can save them as a file, bring a file back, "
    "and erase them. Nothing of it is sent anywhere: Python never sees it."
)


class ProgressPanel(AssessmentWidget):
    """The panel of a student's own progress. The page keeps it; nothing comes back to Python."""

    view_name = "progress_panel"

    lessons: traitlets.List[Any] = traitlets.List().tag(sync=True)
    cases: traitlets.List[Any] = traitlets.List().tag(sync=True)

    def __init__(self, content: Content | None = None) -> None:
        known = content or load_content()
        items = items_by_lesson(known)
        super().__init__(
            lessons=[
                {
                    "number": lesson.number,
                    "title": lesson.title,
                    "items": list(items[lesson.number].asked),
                    "review": list(items[lesson.number].review),
                }
                for lesson in known.lessons.values()
            ],
            cases=list(known.cases),
        )

    def text_twin(self) -> str:
        """What the panel is for; what it shows is in the browser only."""
        return _TEXT
