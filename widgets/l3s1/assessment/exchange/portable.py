"""An item with everything that has to travel with it, before any format."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from l3s1.activities.wording import describe_origin
from l3s1.assessment.exchange.pictures import MarkedPicture, marked_picture
from l3s1.content import FindIn3D, LabelPicture, Matching
from l3s1.content.items import Prompt
from l3s1.content.numbers import say_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from l3s1.content import Choice, Content, Item, Ordering

COURSE = "l3s1"
"""What the course is called in other programs."""

DISCLAIMER = "Teaching material, not advice for one patient."

LICENCE = (
    "From l3s1, an interactive course on lumbar fusion from L3 to S1, by the l3s1 authors; "
    "licensed under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/). Cite studies, not "
    "this course, for their numbers."
)

OWN_ITEM = "Added to the course by an instructor; not covered by the licence of the course."

_NUMBER_FIRST = re.compile(r"\D{0,12}\d")

CONVENTION = "Teaching convention, not sourced"


@dataclass(frozen=True)
class Source:
    """A fact behind an item: what it says, where it is from, and how well it is known.

    `mark` is empty unless the fact is a teaching convention.
    """

    statement: str
    citation: str
    url: str | None
    known: str
    mark: str


@dataclass(frozen=True)
class Portable:
    """An item with its context in words.

    The item of a labelled picture is a `Matching` of its numbered marks; `type` is what it is in
    the course.
    """

    item: Item
    type: str
    lesson_title: str
    objective_text: str
    sources: tuple[Source, ...]
    rights: str
    picture: MarkedPicture | None = None

    @property
    def id(self) -> str:
        """The item's id, which never changes and is never given again."""
        return self.item.id


@dataclass(frozen=True)
class Carried:
    """What an export carries, and what it could not: ids with the reason."""

    items: tuple[Portable, ...]
    left_out: dict[str, str]
    converted: dict[str, str]


def carry(content: Content, items: Sequence[Item]) -> Carried:
    """Gather what travels with the items; those that no other program can show are left out."""
    kept: list[Portable] = []
    left_out: dict[str, str] = {}
    converted: dict[str, str] = {}
    for item in items:
        if isinstance(item, FindIn3D):
            left_out[item.id] = "it is answered on the 3D model, which only the course has"
            continue
        if isinstance(item, LabelPicture):
            converted[item.id] = "a picture with numbered marks, to be matched to the names"
        kept.append(_portable(content, item))
    return Carried(tuple(kept), left_out, converted)


def _portable(content: Content, item: Item) -> Portable:
    lesson = content.lessons[item.lesson]
    objective = next(each.text for each in lesson.objectives if each.id == item.objective)
    picture = marked_picture(item) if isinstance(item, LabelPicture) else None
    return Portable(
        item=_marks_as_prompts(item) if isinstance(item, LabelPicture) else item,
        type=item.type,
        lesson_title=f"{lesson.number} {lesson.title}",
        objective_text=objective,
        sources=tuple(source_of(content, fact) for fact in item.facts),
        rights=f"{DISCLAIMER} {OWN_ITEM if item.own else LICENCE}",
        picture=picture,
    )


def _marks_as_prompts(item: LabelPicture) -> Matching:
    return Matching(
        id=item.id,
        lesson=item.lesson,
        objective=item.objective,
        use=item.use,
        level=item.level,
        type="matching",
        stem=item.stem,
        facts=item.facts,
        note=item.note,
        status=item.status,
        own=item.own,
        prompts=tuple(
            Prompt(each.id, f"Mark {each.id} in the picture", each.key, each.feedback)
            for each in item.marks
        ),
        choices=item.choices,
    )


def source_of(content: Content, name: str) -> Source:
    """The fact of that id as a source: what was not verified says that it is a convention."""
    fact = content.facts[name]
    origin = describe_origin(content, fact)
    details = [f"population: {fact.population}", f"evidence: {origin['evidence_label']}"]
    if fact.n is not None:
        details.insert(1, f"n = {say_number(fact.n, 'count')}")
    if not origin["unsourced"]:
        details.append(origin["trust_label"])
    return Source(
        statement=fact.statement,
        citation=origin["citation"],
        url=origin["url"],
        known="; ".join(details),
        mark=CONVENTION if origin["unsourced"] else "",
    )


def disordered(item: Ordering) -> tuple[Choice, ...]:
    """The entries in an order that is not the right one, and is the same at each export."""
    mixed = sorted(
        item.entries, key=lambda entry: sha256(f"{item.id}/{entry.id}".encode()).digest()
    )
    if mixed == list(item.entries):
        mixed = [*mixed[1:], mixed[0]]
    return tuple(mixed)


def may_be_shuffled(texts: Sequence[str], use: str) -> bool:
    """Whether choices may be offered in any order: numbers and decisions have one of their own."""
    return use != "triage" and not all(_NUMBER_FIRST.match(text) for text in texts)
