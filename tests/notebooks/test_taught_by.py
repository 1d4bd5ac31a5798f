"""Where each objective is taught: the heading and the activity that the content names exist."""

from __future__ import annotations

import json
import re

import pytest
from nbconvert.filters import markdown2html

import l3s1
from l3s1.content import LessonRecord, lessons_folder, load_content

READY = [each for each in load_content().lessons.values() if each.status == "ready"]
HEADING = re.compile(r"^#{2,3} (.+)$", re.MULTILINE)


def sections(lesson: LessonRecord) -> dict[str, str]:
    """What stands in the notebook from each heading to the next."""
    cells = json.loads((lessons_folder() / lesson.notebook).read_text(encoding="utf-8"))["cells"]
    text = "\n".join("".join(cell["source"]) for cell in cells)
    parts = HEADING.split(text)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("lesson", READY, ids=lambda each: each.number)
def test_every_objective_leads_to_where_it_is_taught(lesson: LessonRecord) -> None:
    found = sections(lesson)
    activities = set(re.findall(r"l3s1\.(\w+)\(", "\n".join(found.values())))
    assert lesson.objectives
    for objective in lesson.objectives:
        taught = objective.taught_by
        assert taught.heading in found, f"{objective.id}: no heading {taught.heading!r}"
        assert taught.heading not in ("Predict first", "Check yourself", "Take home", "Sources")
        if taught.activity is not None:
            assert taught.activity in activities, f"{objective.id}: no {taught.activity}"
            assert hasattr(l3s1, taught.activity)
        else:
            assert not re.search(r"l3s1\.\w+Activity", found[taught.heading]), objective.id


@pytest.mark.parametrize("lesson", READY, ids=lambda each: each.number)
def test_the_anchor_is_the_heading_s_id_in_the_page(lesson: LessonRecord) -> None:
    for objective in lesson.objectives:
        taught = objective.taught_by
        html = markdown2html(f"## {taught.heading}")
        assert re.search(r' id="([^"]*)"', html)[1] == taught.anchor  # type: ignore[index]
