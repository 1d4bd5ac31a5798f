"""Shares as a hundred people, so that a poor course is as visible as an excellent one."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import traitlets

from l3s1.activities.figure_activity import FigureActivity, FigureState, choice
from l3s1.activities.outcome_facts import estimate_of, is_extrapolated, paper_of
from l3s1.activities.readings import Reading
from l3s1.activities.wording import say_number
from l3s1.content import Content, load_content
from l3s1.figures.hundred_people import (
    Hundred,
    PeopleClass,
    build_hundred_people_figure,
    class_look,
)
from l3s1.figures.theme import DARK
from l3s1.models.responders import share_out

if TYPE_CHECKING:
    from l3s1.figures.theme import Spec


@dataclass(frozen=True)
class Group:
    """Classes of one fact from best to worst; `rest` names who is left over, where somebody is.

    `rest_first` puts them before the others: a single share of what is bad.
    """

    id: str
    label: str
    fact: str
    classes: tuple[str, ...]
    rest: str = "in no printed class"
    rest_first: bool = False


GROUPS = (
    Group(
        "leg", "leg pain, courses", "classes-leg-pain-hebert-2019", ("excellent", "good", "poor")
    ),
    Group(
        "back", "back pain, course", "classes-back-pain-hebert-2019", ("excellent", "good", "poor")
    ),
    Group(
        "disability",
        "disability, course",
        "classes-disability-hebert-2019",
        ("excellent", "fair", "poor"),
    ),
    Group(
        "success",
        "success and satisfaction",
        "success-and-satisfaction-2022",
        ("success", "incomplete_success", "incomplete_failure", "failure"),
    ),
    Group(
        "three_levels",
        "grades, three or more levels",
        "grades-three-or-more-levels-lee-2003",
        ("excellent", "good", "fair", "poor"),
    ),
    Group(
        "thirty",
        "disability down enough",
        "reached-30-kgomotso-2024",
        ("fusion",),
        "did not reach it",
    ),
    Group("free", "free of back pain", "pain-free-skold-2013", ("fusion",), "some back pain left"),
    Group(
        "worse",
        "back pain worse than before",
        "worse-back-pain-qod-2025",
        ("year_5",),
        "not worse",
        rest_first=True,
    ),
    Group(
        "opioids",
        "opioids, long term before",
        "opioids-continued-deyo-2018",
        ("stopped", "episodic", "continued"),
    ),
)
_TITLE = 22
"""Characters in a line of a group's title: two groups stand side by side on a phone."""

_FILLS = {1.0: "■", 0.3: "▒", 0.0: "□", 0.55: "▓", 0.15: "░"}
"""How full the people of a class are drawn, as its row says it: colour alone would not do."""

BY_ID = {group.id: group for group in GROUPS}


class HundredPeopleState(FigureState):
    """Which two groups stand side by side."""

    first = traitlets.Enum(list(BY_ID), "success")
    second = traitlets.Enum(list(BY_ID), "three_levels")

    def hundred(self, group: Group) -> Hundred:
        """A group as the chart draws it."""
        fact = self.content.facts[group.fact]
        values = [fact.value(name) for name in group.classes]
        numbers = [estimate_of(self.content, fact.id, name) for name in group.classes]
        whole = 100.0
        if all(value.unit == "count" for value in values):
            whole = sum(numbers)
        shares = [number / whole for number in numbers]
        *counts, left = share_out([*shares, max(0.0, 1.0 - sum(shares))])
        people = [
            PeopleClass(count, value.label) for count, value in zip(counts, values, strict=True)
        ]
        if left:
            rest = PeopleClass(left, group.rest)
            people = [rest, *people] if group.rest_first else [*people, rest]
        return Hundred(
            group.fact,
            "<br>".join(wrap(f"{group.label}, {self._paper(group)}", _TITLE)),
            tuple(people),
        )

    def _paper(self, group: Group) -> str:
        return paper_of(self.content, self.content.facts[group.fact])

    def chosen(self) -> tuple[Group, Group]:
        """The two groups."""
        return BY_ID[self.first], BY_ID[self.second]

    def figure(self) -> Spec:
        """Two hundreds."""
        return build_hundred_people_figure([self.hundred(group) for group in self.chosen()])

    def said(self) -> str:
        """Natural frequencies of both groups."""
        return " ".join(
            f"{group.label.capitalize()}: of 100 people "
            + ", ".join(f"{each.count} {each.words}" for each in self.hundred(group).classes)
            + "."
            for group in self.chosen()
        )

    def caption(self) -> str:
        """What the rows are."""
        return (
            "People are whole: shares are rounded so that they add up. Choose a row for its origin"
        )

    def head(self) -> tuple[str, ...]:
        """Columns."""
        return ("who", "of 100", "as published")

    def readings(self) -> tuple[Reading, ...]:
        """A row for each class of both groups."""
        rows = []
        for group in self.chosen():
            fact = self.content.facts[group.fact]
            hundred = self.hundred(group)
            published = {fact.value(name).label: fact.value(name) for name in group.classes}
            for index, each in enumerate(hundred.classes):
                value = published.get(each.words)
                shown = "the rest"
                if value is not None and value.estimate is not None:
                    shown = say_number(value.estimate, value.unit)
                    if value.unit == "count":
                        shown += f" of {fact.n}"
                colour, fill = class_look(index, len(hundred.classes))
                rows.append(
                    Reading(
                        fact.id,
                        f"{group.label}: {each.words} ({self._paper(group)})",
                        (f"{each.count}", shown),
                        fact.evidence,
                        extrapolated=is_extrapolated(fact),
                        letter=_FILLS[fill],
                        colours=(colour, DARK[colour]),
                    )
                )
        return tuple(rows)


class HundredPeopleActivity(FigureActivity):
    """Two groups of a hundred, each to be chosen."""

    state: HundredPeopleState

    def __init__(self, content: Content | None = None, **state: Any) -> None:
        shown = HundredPeopleState(content or load_content(), **state)
        options = [(group.label, group.id) for group in GROUPS]
        super().__init__(
            shown,
            [choice(shown, "first", "Left", options), choice(shown, "second", "Right", options)],
        )
