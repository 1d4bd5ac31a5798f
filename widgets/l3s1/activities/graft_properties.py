"""What each graft is said to bring: cells, signals, a scaffold; and by whom that is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import traitlets

from l3s1.activities.figure_activity import FigureActivity, FigureState, choice
from l3s1.activities.graft_chooser import ALL
from l3s1.activities.outcome_facts import is_quoted, paper_of
from l3s1.activities.readings import Reading
from l3s1.content import Content, GraftRecord, load_content
from l3s1.figures.graft_properties import PropertyMark, PropertyRow, build_graft_properties_figure
from l3s1.vocabulary import BEARING_LABEL, GRAFT_PROPERTY_MEANING, Bearing, GraftProperty, Trust

if TYPE_CHECKING:
    from l3s1.figures.theme import Spec

_HAS = (Bearing.YES, Bearing.WEAK)


class GraftPropertiesState(FigureState):
    """Which grafts: all, or those that are said to have a property, weakly or fully."""

    having = traitlets.Enum([ALL, *(each.value for each in GraftProperty)], ALL)

    def grafts(self) -> tuple[GraftRecord, ...]:
        """The grafts of the choice."""
        every = self.content.grafts.values()
        if self.having == ALL:
            return tuple(every)
        wanted = GraftProperty(self.having)
        return tuple(each for each in every if each.properties[wanted].bearing in _HAS)

    def figure(self) -> Spec:
        """The grid."""
        return build_graft_properties_figure(
            [
                PropertyRow(each.label, tuple(self._mark(each, name) for name in GraftProperty))
                for each in self.grafts()
            ]
        )

    def _mark(self, graft: GraftRecord, name: GraftProperty) -> PropertyMark:
        found = graft.properties[name]
        facts = [self.content.facts[fact] for fact in found.facts]
        papers = "; ".join(paper_of(self.content, fact) for fact in facts)
        return PropertyMark(
            name,
            found.bearing,
            facts[0].id,
            f"{graft.label}, {name}: {BEARING_LABEL[found.bearing]}<br>{papers}",
            all(fact.trust is Trust.UNVERIFIED for fact in facts),
        )

    def said(self) -> str:
        """What the property means, who has it, and how little that tells."""
        grafts = self.grafts()
        if self.having == ALL:
            three = [
                each.label
                for each in grafts
                if all(each.properties[name].bearing is Bearing.YES for name in GraftProperty)
            ]
            first = f"All three properties: {'; '.join(three)}."
        else:
            name = GraftProperty(self.having)
            first = (
                f"{name.value.capitalize()}: {GRAFT_PROPERTY_MEANING[name]}. "
                f"Said of {'; '.join(each.label for each in grafts)}."
            )
        return (
            f"{first} Pale marks are convention without a source. A property says what a graft "
            "could do, not how often bone unites with it."
        )

    def caption(self) -> str:
        """What the rows are."""
        meanings = "; ".join(
            f"{name.value}: {meaning}" for name, meaning in GRAFT_PROPERTY_MEANING.items()
        )
        return f"{meanings[0].upper()}{meanings[1:]}. Choose a row for its origin"

    def head(self) -> tuple[str, ...]:
        """Columns."""
        return ("graft", "property", "said", "by")

    def readings(self) -> tuple[Reading, ...]:
        """A row for each source of each mark."""
        return tuple(
            Reading(
                fact.id,
                graft.label,
                (name.value, BEARING_LABEL[found.bearing], paper_of(self.content, fact)),
                fact.evidence,
                quoted=is_quoted(fact),
                unsourced=fact.trust is Trust.UNVERIFIED,
            )
            for graft in self.grafts()
            for name, found in graft.properties.items()
            for fact in (self.content.facts[each] for each in found.facts)
        )


class GraftPropertiesActivity(FigureActivity):
    """The grid, with a property to sort out those that have it."""

    state: GraftPropertiesState

    def __init__(self, content: Content | None = None, **state: Any) -> None:
        shown = GraftPropertiesState(content or load_content(), **state)
        options = [("all", ALL), *((f"{each.value} ones", each.value) for each in GraftProperty)]
        super().__init__(shown, [choice(shown, "having", "Grafts", options)])
