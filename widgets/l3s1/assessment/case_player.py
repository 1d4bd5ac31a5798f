"""Virtual patients: a case is played in the page, decision by decision, and kept in the browser."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import traitlets

from l3s1.activities.wording import pack_origins
from l3s1.assessment.case_links import case_link
from l3s1.assessment.widget import AssessmentWidget
from l3s1.content import Case, Content, load_content

if TYPE_CHECKING:
    from collections.abc import Sequence

    from l3s1.content.cases import CaseChoice, CaseNode, Finding, Time

CLOCKS = {"presentation": "after the first meeting", "operation": "after the operation"}
"""What times of a case are counted from, in words."""


class CasePlayer(AssessmentWidget):
    """Cases of fictional people to decide on; `cases` are their ids (default: all).

    `case` is the one that is open, or "" while one is chosen; a link names it: `?case=ewa`. What
    a student decides stays in the browser. Raises `KeyError` where there is no such case.
    """

    view_name = "case_player"

    content_gz = traitlets.Bytes().tag(sync=True)
    origins_gz = traitlets.Bytes().tag(sync=True)
    case = traitlets.Unicode().tag(sync=True)

    def __init__(
        self, cases: Sequence[str] = (), case: str = "", content: Content | None = None
    ) -> None:
        content = content or load_content()
        chosen = tuple(cases) or tuple(content.cases)
        for name in (*chosen, case or chosen[0]):
            if name not in content.cases or name not in chosen:
                raise KeyError(f"there is no case {name!r}; use {', '.join(content.cases)}")
        self._cases = tuple(content.cases[name] for name in chosen)
        facts = [name for each in self._cases for name in each.facts]
        told = {"clocks": CLOCKS, "cases": [case_json(content, each) for each in self._cases]}
        packed = json.dumps(told, ensure_ascii=False).encode()
        super().__init__(
            content_gz=gzip.compress(packed, mtime=0),
            origins_gz=pack_origins(content, facts),
            case=case or (chosen[0] if len(chosen) == 1 else ""),
        )

    def text_twin(self) -> str:
        """Who comes, and the first decision of each case; what follows stays in the page."""
        return "\n\n".join(say_case(each) for each in self._cases)


def say_case(case: Case) -> str:
    """A case's presentation and its first decision, with nothing of what follows."""
    node = case.nodes[case.start]
    lines = [
        f"Case {case.number}: {case.title}. {case.person}.",
        case.presentation,
        node.text,
        "You may ask for:",
        *(f"  – {_say_finding(case.findings[name])}" for name in node.findings),
        node.question or "",
        *(f"  {each.id}) {each.text}" for each in node.choices),
    ]
    return "\n".join(lines)


def _say_finding(finding: Finding) -> str:
    harm = f"; {finding.harm}" if finding.harm else ""
    return f"{finding.label} ({say_time(finding.time)}{harm})"


def say_time(time: Time) -> str:
    """An amount of time in words: "1 hour", "1.5 days"."""
    unit = time.unit.removesuffix("s") if time.amount == 1 else time.unit
    return f"{time.amount:g} {unit}"


def case_json(content: Content, case: Case) -> dict[str, Any]:
    """A case as the page takes it: `CaseData` of `case/types.ts`."""
    texts = {
        each.id: each.text for lesson in content.lessons.values() for each in lesson.objectives
    }
    lesson = content.lessons[case.lesson]
    return {
        "id": case.id,
        "number": case.number,
        "title": case.title,
        "teaches": case.teaches,
        "lesson": {"number": lesson.number, "title": lesson.title, "href": lesson.notebook},
        "objectives": [texts[name] for name in case.objectives],
        "person": case.person,
        "presentation": case.presentation,
        "clock": case.clock,
        "start": case.start,
        "findings": [_finding(each) for each in case.findings.values()],
        "nodes": [_node(each) for each in case.nodes.values()],
        "expert": [list(step) for step in case.expert],
        "activities": [
            {
                "label": each.label,
                "lesson": content.lessons[each.lesson].title,
                "href": case_link(content, each),
            }
            for each in case.activities
        ],
        "debrief": [{"text": each.text, "facts": list(each.facts)} for each in case.debrief],
    }


def _time(time: Time) -> dict[str, Any]:
    return {"amount": time.amount, "unit": time.unit, "days": time.days}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "kind": finding.kind,
        "label": finding.label,
        "result": finding.result,
        "time": _time(finding.time),
        "harm": finding.harm,
        "needless": finding.needless,
        "facts": list(finding.facts),
    }


def _node(node: CaseNode) -> dict[str, Any]:
    return {
        "id": node.id,
        "kind": node.kind,
        "at": _time(node.at),
        "text": node.text,
        "findings": list(node.findings),
        "question": node.question,
        "choices": [_choice(each) for each in node.choices],
        "next": node.next,
        "outcome": node.outcome,
        "facts": list(node.facts),
    }


def _choice(choice: CaseChoice) -> dict[str, Any]:
    return {
        "id": choice.id,
        "text": choice.text,
        "next": choice.next,
        "rating": choice.rating,
        "feedback": choice.feedback,
        "facts": list(choice.facts),
        "needs": list(choice.needs),
    }
