"""Fusion against what else could be done: differences of the Oswestry score, one sign for all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import traitlets

from l3s1.activities.figure_activity import FigureActivity, choice
from l3s1.activities.forest import ForestState
from l3s1.activities.outcome_facts import paper_of
from l3s1.activities.readings import Reading
from l3s1.activities.wording import say_value
from l3s1.content import Content, load_content
from l3s1.figures.forest import ForestAxis, ForestGroup


@dataclass(frozen=True)
class Comparator:
    """A comparator: facts with an aligned `difference`, and (fact, value) told beside the axis."""

    id: str
    label: str
    lesson: str
    aligned: tuple[str, ...]
    beside: tuple[tuple[str, str], ...]


COMPARATORS = (
    Comparator(
        "rehabilitation",
        "rehabilitation or usual care",
        "The comparator decides: against unstructured care fusion looks good, against structured "
        "rehabilitation hardly.",
        (
            "difference-fairbank-2005",
            "difference-brox-2003",
            "difference-brox-2006",
            "pooled-ibrahim-2008",
            "pooled-bydon-2014",
        ),
        (
            ("improved-fritzell-2001", "fusion"),
            ("improved-fritzell-2001", "comparator"),
            ("no-difference-brox-2010", "printed_effect"),
            ("no-difference-froholdt-2012", "printed_effect"),
            ("pooled-poster-2025", "early"),
            ("pooled-poster-2025", "late"),
        ),
    ),
    Comparator(
        "decompression",
        "decompression alone",
        "Two large trials see no gain from adding fusion; a small trial and a registry do.",
        ("disability-change-nordsten-2021", "disability-change-slip-bisson-2021"),
        (
            ("disability-forsth-2016", "fusion_month_24"),
            ("disability-forsth-2016", "comparator_month_24"),
            ("disability-five-years-karlsson-2024", "fusion_year_5"),
            ("disability-five-years-karlsson-2024", "comparator_year_5"),
            ("quality-of-life-slip-2016", "printed_difference"),
        ),
    ),
)
BY_ID = {each.id: each for each in COMPARATORS}


class ComparisonsState(ForestState):
    """Against what fusion is compared."""

    comparator = traitlets.Enum(list(BY_ID), COMPARATORS[0].id)

    @property
    def chosen(self) -> Comparator:
        """The comparator shown."""
        return BY_ID[self.comparator]

    def groups(self) -> tuple[ForestGroup, ...]:
        """The aligned differences."""
        facts = [self.content.facts[name] for name in self.chosen.aligned]
        rows = tuple(self.row(fact, fact.value("difference")) for fact in facts)
        heading = f"Fusion minus {self.chosen.label}: extrapolated to L3–S1"
        return (ForestGroup(heading, rows),)

    def axis(self) -> ForestAxis:
        """Points of the Oswestry score, negative favours fusion."""
        ends = [end for row in self.groups()[0].rows for end in (row.low, row.high)]
        reach = 5 * -(-max(abs(end) for end in ends if end is not None) // 5)
        return ForestAxis(
            "← fusion better     Oswestry points     fusion worse →",
            -reach,
            reach,
            reference=0.0,
            reference_words="no difference",
        )

    def unit(self) -> str:
        """Points; the axis says of which score."""
        return "points"

    def said(self) -> str:
        """How many intervals include no difference, and what decides."""
        rows = self.groups()[0].rows
        crossing = sum(
            row.low is not None and row.high is not None and row.low <= 0 <= row.high
            for row in rows
        )
        return (
            f"{len(rows)} differences that can share an axis; the interval of {crossing} includes "
            f"no difference. {self.chosen.lesson}"
        )

    def caption(self) -> str:
        """What the rows are."""
        return "First what stands on the axis, then what can’t. Choose a row for its origin"

    def head(self) -> tuple[str, ...]:
        """Columns."""
        return ("source", "fusion minus comparator", "95 % interval")

    def further(self) -> tuple[Reading, ...]:
        """Results of other kinds, or whose sign the paper does not explain."""
        rows = []
        for name, value in self.chosen.beside:
            fact = self.content.facts[name]
            words = (
                f"beside the axis: {paper_of(self.content, fact)}, {say_value(fact.value(value))}"
            )
            rows.append(Reading(name, words, ("", ""), fact.evidence))
        return tuple(rows)


class ComparisonsActivity(FigureActivity):
    """Differences between arms, with the comparator to choose."""

    state: ComparisonsState

    def __init__(self, content: Content | None = None, **state: Any) -> None:
        shown = ComparisonsState(content or load_content(), **state)
        options = [(each.label, each.id) for each in COMPARATORS]
        super().__init__(shown, [choice(shown, "comparator", "Fusion against", options)])
