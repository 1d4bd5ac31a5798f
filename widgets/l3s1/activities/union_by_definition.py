"""The same levels, another definition: who is 'fused' when what counts as fused moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets
import traitlets

from l3s1.activities.figure_activity import FigureActivity, FigureState, shared_layout
from l3s1.activities.outcome_facts import estimate_of, is_extrapolated, label_of, share_of
from l3s1.activities.readings import Reading
from l3s1.activities.wording import say_number
from l3s1.content import Content, load_content
from l3s1.figures.hundred_levels import (
    CHANGED,
    GLYPHS,
    HundredLevels,
    build_hundred_levels_figure,
    class_colour,
)
from l3s1.figures.theme import DARK

if TYPE_CHECKING:
    from l3s1.content import Fact, Value
    from l3s1.figures.theme import Spec

SERIES_FACT = "union-by-definition-2002"
DEFINITIONS = ("motion_5", "plain", "hutter", "motion_2", "ct")
"""The definitions, from the most lenient to the strictest; the others stand beside the first."""

OTHERS = (
    ("union-x-ray-and-ct-siambanes-1998", "xray"),
    ("union-x-ray-and-ct-siambanes-1998", "not_on_ct"),
    ("union-cages-ct-shah-2003", "ct"),
    ("union-cages-ct-shah-2003", "xray"),
    ("union-interbody-lenient-lansford-2024", "month_12"),
    ("union-interbody-strict-lansford-2024", "month_12"),
    ("union-surgeon-daffner-2022", "month_12"),
    ("union-independent-daffner-2022", "month_12"),
)
"""Other series read in two ways, each pair of the same people or much the same."""

_HUNDRED = 100
_CLASSES = ("fused by both definitions", "fused before, not fused now", "fused by neither")


class UnionByDefinitionState(FigureState):
    """By which definition the same levels are counted now."""

    definition = traitlets.Enum(list(DEFINITIONS), "plain")

    @property
    def fact(self) -> Fact:
        """The series."""
        return self.content.facts[SERIES_FACT]

    def name_of(self, definition: str) -> str:
        """A definition in words."""
        return self.fact.value(definition).label.removeprefix("fused, ")

    def fused(self, definition: str) -> int:
        """How many of a hundred are called fused."""
        return round(share_of(self.fact.value(definition)).share)

    def counts(self) -> tuple[int, int, int]:
        """The hundred by both definitions, with as few changing as the shares allow."""
        lenient, now = self.fused(DEFINITIONS[0]), self.fused(self.definition)
        both = min(lenient, now)
        return both, lenient - both, _HUNDRED - lenient

    def figure(self) -> Spec:
        """The most lenient count, and the one chosen."""
        lenient = self.fused(DEFINITIONS[0])
        first = (lenient, 0, _HUNDRED - lenient)
        return build_hundred_levels_figure(
            [
                HundredLevels(SERIES_FACT, self._title(DEFINITIONS[0]), first, _CLASSES),
                HundredLevels(SERIES_FACT, self._title(self.definition), self.counts(), _CLASSES),
            ]
        )

    def _title(self, definition: str) -> str:
        name = self.name_of(definition)
        words = name.rsplit(" ", 2) if len(name) > _TITLE else [name]
        lines = [words[0], " ".join(words[1:])] if len(words) > 1 else words
        return "<br>".join([*lines, f"{self.fused(definition)} of 100 ‘fused’"])

    def said(self) -> str:
        """What changes, and what the picture can't know."""
        changed = self.counts()[CHANGED]
        lenient = self.fused(DEFINITIONS[0])
        agreement = estimate_of(self.content, self.fact.id, "agreement")
        return (
            f"Of 100 levels {self.fused(self.definition)} are called fused by "
            f"‘{self.name_of(self.definition)}’, {lenient} by "
            f"‘{self.name_of(DEFINITIONS[0])}’: {changed} change from fused to not fused, and no "
            "bone has changed. The source counted the same levels five ways and printed shares, "
            "not which level changed; drawn is the least change that fits. Plain films and CT "
            f"agreed in only {say_number(agreement, '%')}, so more changed sides than "
            "can be drawn."
        )

    def caption(self) -> str:
        """What the rows are."""
        return (
            "One meeting abstract, levels scaled to a hundred; below it other series read in two "
            "ways. Choose a row for its origin"
        )

    def head(self) -> tuple[str, ...]:
        """Columns."""
        return ("who, or how read", "share or number", "95 % interval", "n")

    def readings(self) -> tuple[Reading, ...]:
        """The three classes of the picture, every definition, and the other series."""
        rows = []
        for index, count in enumerate(self.counts()):
            colour = class_colour(index)
            rows.append(
                Reading(
                    SERIES_FACT,
                    _CLASSES[index],
                    (f"{count} of 100", "", ""),
                    self.fact.evidence,
                    extrapolated=is_extrapolated(self.fact),
                    letter=GLYPHS[index],
                    colours=(colour, DARK[colour]),
                )
            )
        rows += [self._row(self.fact, self.fact.value(name)) for name in DEFINITIONS]
        rows += [
            self._row(self.content.facts[name], self.content.facts[name].value(value))
            for name, value in OTHERS
        ]
        return tuple(rows)

    def _row(self, fact: Fact, value: Value) -> Reading:
        share = share_of(value)
        n = "not stated" if value.n is None else say_number(value.n, "count")
        return Reading(
            fact.id,
            label_of(self.content, fact, value),
            (say_number(share.share, "%"), share.interval_words, n),
            fact.evidence,
            extrapolated=is_extrapolated(fact),
        )


_TITLE = 22
"""Characters in a line of a panel's title: two panels stand side by side on a phone."""


class UnionByDefinitionActivity(FigureActivity):
    """A hundred levels, with the definition to move."""

    state: UnionByDefinitionState

    def __init__(self, content: Content | None = None, **state: Any) -> None:
        shown = UnionByDefinitionState(content or load_content(), **state)
        self.slider = ipywidgets.SelectionSlider(
            options=[(shown.name_of(name), name) for name in DEFINITIONS],
            value=shown.definition,
            description="Lenient to strict",
            readout=False,
            style={"description_width": "auto"},
            layout=shared_layout(flex="1 1 100%", max_width="100%", margin="0 0 0.25rem 0"),
        )
        traitlets.link((shown, "definition"), (self.slider, "value"))
        super().__init__(shown, [self.slider])
