"""Every published share of success beside the article's '70 to 90 %', by number of levels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import traitlets

from l3s1.activities.figure_activity import FigureActivity, choice
from l3s1.activities.forest import ForestState
from l3s1.activities.outcome_facts import (
    LEVEL_GROUP_LABEL,
    LevelGroup,
    is_extrapolated,
    level_group,
    say_percent,
    share_of,
)
from l3s1.activities.readings import Reading
from l3s1.activities.responder_curve import ALL, level_options
from l3s1.activities.responder_scales import CLAIM_FACT
from l3s1.content import Content, load_content
from l3s1.figures.forest import ForestAxis, ForestGroup, ForestRow

if TYPE_CHECKING:
    from l3s1.content import Fact


@dataclass(frozen=True)
class Yardstick:
    """One way to count success, and the (fact, share, other arm's share or None) that use it."""

    id: str
    label: str
    shares: tuple[tuple[str, str, str | None], ...]


YARDSTICKS = (
    Yardstick(
        "change",
        "a score changed enough",
        (
            ("reached-change-long-elderly", "back", None),
            ("reached-change-long-elderly", "fusion", None),
            ("reached-change-long-elderly", "quality", None),
            ("reached-change-bisson-2021", "fusion", "comparator"),
            ("reached-30-kgomotso-2024", "fusion", "comparator"),
            ("any-or-15-zigler-2007", "any", None),
            ("any-or-15-zigler-2007", "fusion", None),
            ("reached-change-mis-tlif-2024", "fusion", None),
            ("reached-change-slip-mis-tlif", "back", None),
            ("reached-change-slip-mis-tlif", "leg", None),
            ("reached-change-slip-mis-tlif", "fusion", None),
            ("reached-change-three-months-shahi-2025", "fusion", None),
            ("satisfied-but-not-free-carreon-2024", "fusion", None),
        ),
    ),
    Yardstick(
        "rating",
        "somebody’s rating of the result",
        (
            ("good-result-three-four-levels-2015", "fusion", None),
            ("grades-three-or-more-levels-lee-2003", "fusion", None),
            ("long-fusion-good-result-lee-2015", "good", None),
            ("improved-fritzell-2001", "fusion", "comparator"),
            ("success-brox-2006", "fusion", "comparator"),
            ("success-brox-2010", "fusion", "comparator"),
            ("good-result-tlif-lowe-2002", "fusion", None),
        ),
    ),
    Yardstick(
        "satisfied",
        "satisfied",
        (
            ("satisfied-phillips-2013", "satisfied", None),
            ("satisfied-five-years-dru-2024", "satisfied", None),
            ("satisfied-fourteen-years-disch-2008", "satisfied", None),
            ("satisfied-mis-tlif-five-years-2018", "degenerative", None),
            ("satisfied-mis-tlif-five-years-2018", "isthmic", None),
            ("satisfied-but-not-free-carreon-2024", "satisfied", None),
            ("success-and-satisfaction-2022", "satisfied", None),
            ("success-and-satisfaction-2022", "success", None),
        ),
    ),
    Yardstick(
        "free",
        "no pain left",
        (
            ("pain-free-skold-2013", "fusion", "comparator"),
            ("satisfied-but-not-free-carreon-2024", "no_pain", None),
        ),
    ),
)

_GROUPS = (
    LevelGroup.THREE_OR_MORE,
    LevelGroup.MIXED,
    LevelGroup.ONE_OR_TWO,
    LevelGroup.ONE,
    LevelGroup.NOT_STATED,
)
_THREE_IN_MIXED = frozenset({"long-fusion-good-result-lee-2015"})
"""Series whose named share is that of their people with three or more levels."""


class PublishedSharesState(ForestState):
    """By which yardstick and for which number of levels."""

    yardstick = traitlets.Enum([ALL, *(each.id for each in YARDSTICKS)], ALL)
    levels = traitlets.Enum([ALL, *(group.value for group in LEVEL_GROUP_LABEL)], ALL)

    @property
    def claim(self) -> tuple[float, float]:
        """The share that the article claims, in percent."""
        value = self.content.facts[CLAIM_FACT].value("claim")
        if value.low is None or value.high is None:
            raise ValueError(f"fact {CLAIM_FACT!r} has no range")
        return value.low, value.high

    def groups(self) -> tuple[ForestGroup, ...]:
        """The shares by number of levels; three levels come first."""
        found = []
        for group in _GROUPS:
            if self.levels not in (ALL, group.value):
                continue
            rows = self._rows(group)
            name = LEVEL_GROUP_LABEL[group].capitalize()
            if not rows:
                found.append(ForestGroup(f"{name}: no evidence by this yardstick", ()))
            elif all(row.extrapolated for row in rows):
                found.append(ForestGroup(f"{name}: extrapolated to L3–S1", rows))
            else:
                found.append(ForestGroup(name, rows))
        return tuple(found)

    def _rows(self, group: LevelGroup) -> tuple[ForestRow, ...]:
        rows = []
        for kind, yardstick in enumerate(YARDSTICKS):
            if self.yardstick not in (ALL, yardstick.id):
                continue
            for name, share, other in yardstick.shares:
                fact = self.content.facts[name]
                if _group_of(fact) is group:
                    value = fact.value(share)
                    found = share_of(value)
                    row = self.row(
                        fact, value, kind=kind, comparator=fact.value(other) if other else None
                    )
                    rows.append(replace(row, low=found.low, high=found.high))
        return tuple(rows)

    def axis(self) -> ForestAxis:
        """Percent of people, with the claim as a band."""
        return ForestAxis(
            "people, by the yardstick of each row",
            0,
            100,
            suffix=" %",
            band=self.claim,
            band_words="the article’s claim",
        )

    def legend(self) -> tuple[str, ...]:
        """The yardsticks."""
        return tuple(each.label for each in YARDSTICKS)

    def unit(self) -> str:
        """Percent."""
        return "%"

    def _interval(self, row: ForestRow) -> str:
        if row.low is None or row.high is None:
            return "n not stated"
        return f"{row.low:.0f} to {row.high:.0f} %"

    def said(self) -> str:
        """How many shares there are, how far they lie apart, and how many fit the claim."""
        low, high = self.claim
        parts = []
        for words, rows in (
            ("shown", [row for group in self.groups() for row in group.rows]),
            ("after three or more levels", self._rows(LevelGroup.THREE_OR_MORE)),
        ):
            shares = [row.estimate for row in rows if row.estimate is not None]
            if not shares:
                parts.append(f"No evidence {words} by this yardstick.")
                continue
            inside = sum(low <= share <= high for share in shares)
            parts.append(
                f"{len(shares)} published shares {words}, from {say_percent(min(shares))} to "
                f"{say_percent(max(shares))}; {inside} lie inside the article’s "
                f"{low:g} to {high:g} %."
            )
        parts.append("A × is the other arm of a trial or registry.")
        return " ".join(parts)

    def caption(self) -> str:
        """What the rows are."""
        return "Colour and shape tell the yardstick. Choose a row for its origin"

    def further(self) -> tuple[Reading, ...]:
        """The claim itself, and what speaks on levels without a share."""
        facts = self.content.facts
        low, high = self.claim
        claim = facts[CLAIM_FACT]
        rows = [
            Reading(
                CLAIM_FACT, "the article’s claim", (f"{low:g} to {high:g} %", ""), claim.evidence
            )
        ]
        rows += [
            Reading(
                name,
                facts[name].statement,
                ("", ""),
                facts[name].evidence,
                extrapolated=is_extrapolated(facts[name]),
            )
            for name in LEVELS_DISPUTE
        ]
        return tuple(rows)


LEVELS_DISPUTE = (
    "long-fusion-disability-park-2019",
    "good-result-long-against-short-lee-2015",
    "disability-levels-daffner-2022",
    "no-difference-by-levels-min-2013",
    "short-and-long-alike-toivonen-2022",
)
"""Whether more levels mean a worse result: both sides, none with a share to draw."""


def _group_of(fact: Fact) -> LevelGroup:
    return LevelGroup.THREE_OR_MORE if fact.id in _THREE_IN_MIXED else level_group(fact)


class PublishedSharesActivity(FigureActivity):
    """The published shares, with yardstick and levels to choose."""

    state: PublishedSharesState

    def __init__(self, content: Content | None = None, **state: Any) -> None:
        shown = PublishedSharesState(content or load_content(), **state)
        yardsticks = [("all", ALL), *((each.label, each.id) for each in YARDSTICKS)]
        super().__init__(
            shown,
            [
                choice(shown, "yardstick", "Yardstick", yardsticks),
                choice(shown, "levels", "Levels", level_options()),
            ],
        )
