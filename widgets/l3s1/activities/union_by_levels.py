"""Whether the last segment, L5–S1, unites: by the number of levels fused, and beside L4–L5."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import traitlets

from l3s1.activities.figure_activity import FigureActivity, choice
from l3s1.activities.forest import ForestState
from l3s1.activities.outcome_facts import (
    estimate_of,
    is_extrapolated,
    is_quoted,
    label_of,
    share_of,
)
from l3s1.activities.readings import Reading
from l3s1.activities.wording import say_number
from l3s1.content import Content, load_content
from l3s1.figures.forest import ForestAxis, ForestGroup, ForestRow

if TYPE_CHECKING:
    from l3s1.content import Fact, Value

UNITED = "united"
NOT_UNITED = "not_united"
COUNTED = {UNITED: "called united", NOT_UNITED: "not united"}

_KAWASHIMA = "union-l5s1-by-levels-kawashima-2023"
_KATO = "l5s1-short-and-long-kato-2022"
_HAN = "l5s1-and-l4l5-han-2015"
_SINGH = "l5s1-and-l4l5-singh-2025"


@dataclass(frozen=True)
class LevelRows:
    """Rows below a heading: (fact, share); `long` where three levels or more are among them."""

    heading: str
    shares: tuple[tuple[str, str], ...]
    long: bool = False


GROUPS = {
    UNITED: (
        LevelRows("Four levels", ((_KAWASHIMA, "four_levels"),), long=True),
        LevelRows("Three levels, as from L3 to S1", ((_KAWASHIMA, "three_levels"),), long=True),
        LevelRows("Multilevel, not defined", ((_KATO, "multilevel"),)),
        LevelRows("Two levels", ((_KAWASHIMA, "two_levels"),)),
        LevelRows("Short fusion, not defined", ((_KATO, "short"),)),
        LevelRows("One level, and L4–L5 beside it", ((_HAN, "l5_s1"), (_HAN, "l4_l5"))),
    ),
    NOT_UNITED: (
        LevelRows("Three levels", ()),
        LevelRows("One or several levels", (("non-union-l5s1-cagulada-2025", "non_union"),)),
        LevelRows("One level, and L4–L5 beside it", ((_SINGH, "l5_s1"), (_SINGH, "l4_l5"))),
    ),
}
FURTHER = ("non-union-per-level-2024", "l5s1-bicortical-cagulada-2025")
"""What speaks on levels or on S1 without a share."""


class UnionByLevelsState(ForestState):
    """Whether union or non-union is counted."""

    counted = traitlets.Enum(list(COUNTED), UNITED)

    def groups(self) -> tuple[ForestGroup, ...]:
        """The shares by number of levels, the longest fusions first."""
        found = []
        for group in GROUPS[self.counted]:
            rows = tuple(self._share_row(name, value, group) for name, value in group.shares)
            if not rows:
                found.append(ForestGroup(f"{group.heading}: no evidence", ()))
            elif group.long:
                found.append(ForestGroup(group.heading, rows))
            else:
                found.append(ForestGroup(f"{group.heading}: extrapolated", rows))
        return tuple(found)

    def _share_row(self, name: str, value_name: str, group: LevelRows) -> ForestRow:
        fact = self.content.facts[name]
        value = fact.value(value_name)
        share = share_of(value)
        row = self.row(fact, value, kind=1 if value_name == "l4_l5" else 0)
        return replace(
            row,
            label=f"{row.label}, {_say_n(fact, value)}",
            low=share.low,
            high=share.high,
            extrapolated=not group.long,
        )

    def axis(self) -> ForestAxis:
        """Percent of segments."""
        title = f"segments {COUNTED[self.counted]}"
        return ForestAxis(title, 0, 100, suffix=" %")

    def legend(self) -> tuple[str, ...]:
        """Which segment."""
        return ("L5–S1", "L4–L5, for comparison")

    def unit(self) -> str:
        """Percent."""
        return "%"

    def _interval(self, row: ForestRow) -> str:
        if row.low is None or row.high is None:
            return "none: n of this group not printed"
        return f"{row.low:.0f} to {row.high:.0f} %"

    def said(self) -> str:
        """What the numbers can carry."""
        if self.counted == NOT_UNITED:
            routine, noticed = (
                say_number(estimate_of(self.content, name, value), "%")
                for name, value in (GROUPS[NOT_UNITED][1].shares[0], (_SINGH, "l5_s1"))
            )
            return (
                f"At L5–S1 {routine} were not united on CT of everybody, and {noticed} of other "
                "people where non-union had to be noticed. How it was looked for belongs to the "
                "number. For three levels: no evidence."
            )
        fact = self.content.facts[_KAWASHIMA]
        shares = [
            say_number(estimate_of(self.content, fact.id, name), "%")
            for name in ("two_levels", "three_levels", "four_levels")
        ]
        return (
            f"L5–S1 united in {shares[0]} with two levels, {shares[1]} with three and "
            f"{shares[2]} with four, in {say_number(fact.n or 0, 'count')} people in all: the "
            "direction counts, not the percentages. No interval can be drawn there, since the "
            "people of each group are not printed."
        )

    def caption(self) -> str:
        """What the rows are."""
        return "Intervals are computed from n by Wilson’s method. Choose a row for its origin"

    def further(self) -> tuple[Reading, ...]:
        """Ratios, which stand on no axis of shares."""
        rows = []
        for name in FURTHER:
            fact = self.content.facts[name]
            value = fact.values[0]
            odds = "" if value.estimate is None else say_number(value.estimate, "ratio")
            rows.append(
                Reading(
                    name,
                    label_of(self.content, fact, value),
                    (
                        f"odds ratio {odds}" if odds else "odds ratio, not printed",
                        f"{value.low:g} to {value.high:g}",
                    ),
                    fact.evidence,
                    extrapolated=is_extrapolated(fact),
                    quoted=is_quoted(fact),
                )
            )
        return tuple(rows)


def _say_n(fact: Fact, value: Value) -> str:
    if value.n is not None:
        return f"n = {say_number(value.n, 'count')}"
    if fact.n is None:
        return "n not stated"
    several = sum(each.unit == "%" for each in fact.values) > 1
    words = say_number(fact.n, "count")
    return f"n = {words} in all groups" if several else f"n = {words}"


class UnionByLevelsActivity(FigureActivity):
    """L5–S1 by number of levels, united or not united."""

    state: UnionByLevelsState

    def __init__(self, content: Content | None = None, **state: Any) -> None:
        shown = UnionByLevelsState(content or load_content(), **state)
        options = [(words, name) for name, words in COUNTED.items()]
        super().__init__(shown, [choice(shown, "counted", "Counted", options)])
