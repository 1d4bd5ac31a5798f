"""What is published of pedicle screws, as the trainer uses it: limits, sizes, angles and people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from l3s1.activities.alignment_source import Source
from l3s1.models.screw_trajectory import LEVELS, Build, BuildSpread

if TYPE_CHECKING:
    from collections.abc import Mapping

    from l3s1.content import Content

GRADES = "gertzbein-robbins-letters"
CORTEX = "screw-cortex-engaged"
AIM = "screw-aim-tolerance"
RULE = "pedicle-angle-rule"
S1_RULE = "tech-s1-convergence"
DIAMETERS = "tech-screw-sizes-by-level"
LENGTHS = "construct-sizes-convention"
FILL = "screw-fill-advice"
WIDTHS = "pedicle-width-zindrick"
ACROSS = "pedicle-width-irie-perpendicular"
BY_SEX = "cook2021-l5-by-sex"
OF_ALL = "cook2021-l5-table"
S1_PEDICLE = "okutan2003-s1-pedicle"
NEUTRAL_ANGLE = "pedicle-angle-no-demographic"
STRAIGHTER = "tech-pedicle-degenerative-angle"
ACCEPTABLE = "screw-acceptable-bhimreddy-2024"
ROBOT = "screw-robot-deviation-726"
MEDIAL = "screw-medial-breach-mulyadi-2024"
ROOM = "lien2007-root-distance"
READERS = ("screw-reading-lavelle-2014", "screw-reading-soriano-2015")
ENTRY = "tech-screw-entry-lumbar"
S1_ENTRY = "tech-s1-entry"
S1_TORQUE = "tech-s1-tricortical"
S1_PULL = "s1-bicortical-pull-out"
S1_CORTICES = "s1-cortices-garcia-2018"
FREEHAND = "screw-accuracy-gelalis-2012"
FAR_OUT = "screw-freehand-radicular"

FACTS = (
    GRADES,
    "gertzbein-robbins-numbers",
    *READERS,
    RULE,
    S1_RULE,
    DIAMETERS,
    LENGTHS,
    FILL,
    WIDTHS,
    ACROSS,
    BY_SEX,
    OF_ALL,
    S1_PEDICLE,
    NEUTRAL_ANGLE,
    STRAIGHTER,
    ACCEPTABLE,
    ROBOT,
    FREEHAND,
    MEDIAL,
    ROOM,
    FAR_OUT,
    ENTRY,
    S1_ENTRY,
    S1_TORQUE,
    S1_PULL,
    S1_CORTICES,
    CORTEX,
    AIM,
)
"""Every fact that the trainer may open."""

PEOPLE = {
    "course": "The course’s own bones",
    "woman": "Woman, by the mean of a series",
    "man": "Man, by the mean of a series",
    "narrow": "Pedicles one deviation narrower",
    "wide": "Pedicles one deviation wider",
    "drawn": "A person drawn by number",
}
"""Whose bones can be chosen, with their names."""

PEOPLE_FACTS = {
    "course": (),
    "woman": (BY_SEX, OF_ALL, NEUTRAL_ANGLE),
    "man": (BY_SEX, OF_ALL, NEUTRAL_ANGLE),
    "narrow": (WIDTHS,),
    "wide": (WIDTHS,),
    "drawn": (OF_ALL, WIDTHS, ACROSS),
}
"""What each person's size rests on."""

_SEX = {"woman": "women", "man": "men"}


@dataclass(frozen=True)
class Start:
    """The plan a level starts with: degrees and mm."""

    convergence_deg: float
    diameter_mm: float
    length_mm: float


@dataclass(frozen=True)
class Norms:
    """Numbers from `assets/facts`, by level where they differ.

    `grade_mm`: limits of the grades A to D; `cortex_mm`, `aim_deg`: what counts as gripped and as
    aimed; `starts`: what is taught by convention; `spreads`: standard deviations as shares of the
    mean; `people`: builds of a woman and a man.
    """

    grade_mm: tuple[float, ...]
    cortex_mm: float
    aim_deg: float
    starts: Mapping[str, Start]
    spreads: Mapping[str, BuildSpread]
    people: Mapping[str, Build]

    def build(self, person: str, level: str) -> Build:
        """The bones of a person of `PEOPLE` but 'drawn'; narrow and wide differ by level."""
        if person in ("narrow", "wide"):
            share = self.spreads[level].pedicle_width
            return Build(pedicle_width=1.0 - share if person == "narrow" else 1.0 + share)
        return self.people.get(person, Build())


def read_norms(content: Content) -> Norms:
    """The norms from the course's facts; KeyError or ValueError where one is missing."""
    source = Source(content)
    names = [level.lower() for level in LEVELS]
    lumbar = [name for name in names if name != "s1"]
    turns = {name: source.number(f"{RULE}.{name}") for name in lumbar}
    turns["s1"] = source.number(f"{S1_RULE}.s1")
    lengths = dict.fromkeys(lumbar, source.number(f"{LENGTHS}.length_lumbar"))
    lengths["s1"] = source.number(f"{LENGTHS}.length_s1")
    size = source.low(f"{OF_ALL}.upper_depth") / source.number(f"{OF_ALL}.upper_depth")
    spreads = {"S1": BuildSpread(size=size)}
    for name in lumbar:
        height = f"{ACROSS}.height_{name}"
        spreads[name.upper()] = BuildSpread(
            size=size,
            pedicle_width=source.low(f"{WIDTHS}.{name}") / source.number(f"{WIDTHS}.{name}"),
            pedicle_height=source.low(height) / source.number(height),
        )
    return Norms(
        grade_mm=tuple(source.number(f"{GRADES}.{letter}") for letter in "abcd"),
        cortex_mm=source.number(f"{CORTEX}.near"),
        aim_deg=source.number(f"{AIM}.aim"),
        starts={
            name.upper(): Start(turns[name], _diameter(source, name), lengths[name])
            for name in names
        },
        spreads=spreads,
        people={person: _by_sex(source, plural) for person, plural in _SEX.items()},
    )


def _diameter(source: Source, level: str) -> float:
    """What is commonly chosen; of a range its lower end."""
    value = source.value(f"{DIAMETERS}.{level}")
    found = value.low if value.estimate is None else value.estimate
    if found is None:
        raise ValueError(f"{DIAMETERS}.{level} has no number")
    return found


def _by_sex(source: Source, plural: str) -> Build:
    """A mean woman or man against all of the same series: size, and pedicles beyond size."""

    def share(name: str) -> float:
        return source.number(f"{BY_SEX}.{name}_{plural}") / source.number(f"{OF_ALL}.{name}")

    size = share("upper_depth")
    return Build(
        size=size,
        pedicle_width=share("pedicle_width") / size,
        pedicle_height=share("pedicle_height") / size,
    )
