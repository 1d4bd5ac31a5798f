"""Does the fusion wear its neighbour out, or does the neighbour age? Both sides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import traitlets

from l3s1.activities.figure_activity import FigureActivity, choice
from l3s1.activities.forest import ForestState
from l3s1.activities.outcome_facts import is_extrapolated, is_quoted
from l3s1.activities.readings import Reading
from l3s1.activities.responder_curve import ALL
from l3s1.activities.wording import say_number
from l3s1.content import Content, load_content
from l3s1.figures.forest import ForestAxis, ForestGroup, ForestRow


@dataclass(frozen=True)
class Comparison:
    """One thing counted with a fusion and without: (fact, value, the other arm's value)."""

    id: str
    label: str
    rows: tuple[tuple[str, str, str], ...]


COMPARISONS = (
    Comparison(
        "imaging",
        "seen on imaging",
        (
            ("level-above-mri-karlsson-2022", "fusion", "decompression"),
            ("adjacent-fusion-and-motion-2020", "imaging", "imaging_motion"),
        ),
    ),
    Comparison(
        "symptoms",
        "with symptoms",
        (("adjacent-fusion-and-motion-2020", "symptoms", "symptoms_motion"),),
    ),
    Comparison(
        "operations",
        "operated on",
        (("adjacent-fusion-and-motion-2020", "operated", "operated_motion"),),
    ),
    Comparison(
        "height",
        "height lost by the next disc, in percent of itself",
        (("adjacent-exercise-ekman-2009", "fusion", "comparator"),),
    ),
    Comparison(
        "normal",
        "next discs still graded normal (more is better)",
        (("adjacent-exercise-ekman-2009", "normal_fusion", "normal_comparator"),),
    ),
)
AGEING = ("adjacent-no-fusion-froholdt-2013",)
"""What speaks for ageing, and prints no number."""


class FusionOrAgeingState(ForestState):
    """What is compared."""

    counted = traitlets.Enum([ALL, *(each.id for each in COMPARISONS)], ALL)

    def groups(self) -> tuple[ForestGroup, ...]:
        """The comparisons by what was counted, and the other side without a number."""
        found = [
            ForestGroup(f"{each.label.capitalize()}: extrapolated", self._rows(each, kind))
            for kind, each in enumerate(COMPARISONS)
            if self.counted in (ALL, each.id)
        ]
        return (*found, ForestGroup("Against it: no difference, and no number printed", ()))

    def _rows(self, comparison: Comparison, kind: int) -> tuple[ForestRow, ...]:
        rows = []
        for name, with_fusion, without in comparison.rows:
            fact = self.content.facts[name]
            rows.append(
                self.row(fact, fact.value(with_fusion), kind=kind, comparator=fact.value(without))
            )
        return tuple(rows)

    def axis(self) -> ForestAxis:
        """Percent."""
        return ForestAxis("percent; × is the arm without fusion", 0, 100, suffix=" %")

    def unit(self) -> str:
        """Percent."""
        return "%"

    def head(self) -> tuple[str, ...]:
        """Columns."""
        return ("source", "with fusion", "without")

    def readings(self) -> tuple[Reading, ...]:
        """A row for each comparison, then what speaks against it."""
        rows = [self._reading(row) for group in self.groups() for row in group.rows]
        return (*rows, *self.further())

    def _interval(self, row: ForestRow) -> str:
        return "not printed" if row.comparator is None else say_number(row.comparator, "%")

    def said(self) -> str:
        """Both sides in words."""
        rows = [row for group in self.groups() for row in group.rows]
        years = self.content.facts[AGEING[0]].follow_up
        return (
            f"{len(rows)} comparisons in which the neighbour fared worse with a fusion; the pooled "
            "ones did not differ in every way of pooling. Against them: radiographs over "
            f"{years} on which height fell alike with and without fusion. Both may hold. No "
            "comparison is about three levels: extrapolated."
        )

    def caption(self) -> str:
        """What the rows are."""
        return "With fusion (filled marks) and without (×). Choose a row for its origin"

    def further(self) -> tuple[Reading, ...]:
        """What speaks for ageing."""
        facts = self.content.facts
        return tuple(
            Reading(
                name,
                facts[name].statement,
                ("no number", "no number"),
                facts[name].evidence,
                extrapolated=is_extrapolated(facts[name]),
                quoted=is_quoted(facts[name]),
            )
            for name in AGEING
        )


class FusionOrAgeingActivity(FigureActivity):
    """The comparisons, with what is counted to choose."""

    state: FusionOrAgeingState

    def __init__(self, content: Content | None = None, **state: Any) -> None:
        shown = FusionOrAgeingState(content or load_content(), **state)
        options = [("everything", ALL), *((each.label, each.id) for each in COMPARISONS)]
        super().__init__(shown, [choice(shown, "counted", "Compare", options)])
