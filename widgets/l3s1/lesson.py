"""The parts every lesson is made of, from its record in the content."""

from __future__ import annotations

from typing import Any, Literal

from l3s1.assessment.case_player import CasePlayer
from l3s1.assessment.question_set import QuestionSet
from l3s1.content import Content, LessonRecord, load_content
from l3s1.vocabulary import EVIDENCE_MARK

_VERDICT_WORDS = {
    "holds": "holds",
    "needs_nuance": "needs nuance",
    "contradicted": "contradicted",
    "no_evidence": "no evidence",
}


class Prose:
    """Markdown that is its own text twin; `folded` stands behind that line until it is opened."""

    def __init__(self, markdown: str, folded: str | None = None) -> None:
        self.markdown = markdown
        self.folded = folded

    def __repr__(self) -> str:
        return self.markdown

    def _repr_mimebundle_(self, **_kwargs: Any) -> dict[str, str]:
        shown = self.markdown
        if self.folded:
            shown = f"<details>\n<summary>{self.folded}</summary>\n\n{shown}\n\n</details>"
        return {"text/markdown": shown, "text/plain": self.markdown}


class CourseMap(Prose):
    """Every lesson of the course: what it is for, how long it takes, whether it is ready."""

    def __init__(self, content: Content | None = None) -> None:
        lessons = (content or load_content()).lessons.values()
        rows = [
            f"| {each.number} | {_title(each)} | {each.summary} | {each.minutes} min |"
            for each in lessons
        ]
        head = ["| No. | Lesson | Afterwards you can | Time |", "|---|---|---|---|"]
        super().__init__("\n".join([*head, *rows]))


def _title(lesson: LessonRecord) -> str:
    if lesson.status == "ready":
        return f"[{lesson.title}]({lesson.notebook})"
    return f"{lesson.title} *(in preparation)*"


class Lesson:
    """One lesson's objectives, questions, claims, take-home points and sources.

    Raises `KeyError` where there is no lesson of that number.
    """

    def __init__(self, number: str, content: Content | None = None) -> None:
        self._content = content or load_content()
        if number not in self._content.lessons:
            known = ", ".join(self._content.lessons)
            raise KeyError(f"there is no lesson {number!r}; use one of {known}")
        self.record: LessonRecord = self._content.lessons[number]

    def objectives(self) -> Prose:
        """Time needed, review status and numbered objectives."""
        lesson = self.record
        lines = [
            f"*About {lesson.minutes} minutes · {self.review_status()}*",
            "",
            "After this lesson you can",
            "",
            *(f"{n}. {each.text}" for n, each in enumerate(lesson.objectives, 1)),
        ]
        return Prose("\n".join(lines))

    def review_status(self) -> str:
        """Who has reviewed the lesson, or that nobody has."""
        reviewer = self.record.reviewed_by
        return f"reviewed by {reviewer}" if reviewer else "not yet reviewed by a clinician"

    def predict(self) -> QuestionSet:
        """The question to answer before reading."""
        return self._questions("predict")

    def triage(self) -> QuestionSet:
        """Calls to decide on, with feedback for every decision."""
        return self._questions("triage")

    def check_yourself(self) -> QuestionSet:
        """The items at the end, with feedback for every choice."""
        return self._questions("check")

    def cases(self) -> CasePlayer:
        """The virtual patients with whom the lesson closes.

        Raises `ValueError` where the lesson has none.
        """
        own = [
            name for name, case in self._content.cases.items() if case.lesson == self.record.number
        ]
        if not own:
            raise ValueError(f"no case closes lesson {self.record.number}; add one to assets/cases")
        return CasePlayer(own, content=self._content)

    def claims(self) -> Prose:
        """The starting article's claims beside their appraisal."""
        rows = [
            f"| {each.claim} | **{_VERDICT_WORDS[each.verdict]}** | {each.appraisal} "
            f"{self._cited(each.facts)} |"
            for each in self.record.claims
        ]
        head = ["| The article says | Verdict | What is known |", "|---|---|---|"]
        return Prose("\n".join([*head, *rows]))

    def take_home(self) -> Prose:
        """The points to take home, each with its sources."""
        points = (
            f"- {each.text} {self._cited(each.facts)}".rstrip() for each in self.record.take_home
        )
        return Prose("\n".join(points))

    def sources(self) -> Prose:
        """Every paper that this lesson's timeline, own questions, claims and points rest on."""
        papers: dict[str, set[str]] = {}
        for name in self._facts():
            fact = self._content.facts[name]
            papers.setdefault(fact.reference, set()).add(EVIDENCE_MARK[fact.evidence])
        order = list(EVIDENCE_MARK.values())
        lines = []
        for identity in sorted(papers, key=lambda each: self._content.references[each].citation):
            reference = self._content.references[identity]
            marks = " ".join(sorted(papers[identity], key=order.index))
            link = f" [Open the source]({reference.link})" if reference.link else ""
            lines.append(f"- {marks} {reference.citation}{link}")
        return Prose("\n".join(lines), folded=f"All {len(lines)} sources of this lesson")

    def _questions(self, use: Literal["predict", "check", "triage"]) -> QuestionSet:
        chosen = [
            item
            for item in self._content.items.values()
            if item.lesson == self.record.number and item.use == use and item.status == "active"
        ]
        return QuestionSet(self._content, chosen, "predict" if use == "predict" else "check")

    def _facts(self) -> list[str]:
        record, content = self.record, self._content
        groups = [
            record.further_facts,
            *(each.facts for each in record.take_home),
            *(each.facts for each in record.claims),
            *(
                item.facts
                for item in content.items.values()
                if item.lesson == record.number and item.use != "review"
            ),
        ]
        if record.timeline:
            groups += [p.facts for p in content.phases.values() if p.timeline == record.timeline]
        return list(dict.fromkeys(name for group in groups for name in group))

    def _cited(self, facts: tuple[str, ...]) -> str:
        links: dict[str, str] = {}
        for name in facts:
            reference = self._content.reference_of(name)
            if reference.link:
                author = (reference.authors or reference.container or "source").split(",")[0]
                year = f" {reference.year}" if reference.year else ""
                links[reference.id] = f"[{author.removesuffix('.')}{year}]({reference.link})"
        return f"({'; '.join(links.values())})" if links else ""
