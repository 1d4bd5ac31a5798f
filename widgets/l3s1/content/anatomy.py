"""Records of the anatomy: kinds of structures, comparisons of levels and variants of the model."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Group = Literal["bones", "joints_and_discs", "nerves", "ligaments", "vessels", "muscles"]
VariantKind = Literal["choice", "length", "share", "morph"]
Take = Literal["estimate", "low", "high"]


@dataclass(frozen=True)
class StructureNumber:
    """A row of numbers: the values of one fact, in the order in which they are shown."""

    label: str
    fact: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class NearMiss:
    """A kind that this one is mistaken for, and how to tell the two apart."""

    structure: str
    tell_apart: str


@dataclass(frozen=True)
class Structure:
    """A kind of structure, such as the pedicle; `structures` are globs of the model's names."""

    id: str
    group: Group
    name: str
    structures: tuple[str, ...]
    what: str
    surgeon: str
    numbers: tuple[StructureNumber, ...]
    facts: tuple[str, ...]
    confused_with: tuple[NearMiss, ...]
    latin: str | None = None
    levels_differ: str | None = None

    def covers(self, name: str) -> bool:
        """Whether the model's structure of that name ("L4.pedicle.left") is of this kind."""
        return any(fnmatchcase(name, pattern) for pattern in self.structures)

    @property
    def all_facts(self) -> tuple[str, ...]:
        """Facts of its numbers and of its sentences, each once."""
        return tuple(dict.fromkeys([*(each.fact for each in self.numbers), *self.facts]))

    def near_miss(self, other: str) -> NearMiss | None:
        """What to say to someone who took the kind `other` for this one, if anything is known."""
        return next((each for each in self.confused_with if each.structure == other), None)


@dataclass(frozen=True)
class ComparisonSeries:
    """One published series: for each vertebra or motion segment the name of the fact's value."""

    label: str
    fact: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class Comparison:
    """A dimension compared from level to level, in every series that the course knows."""

    id: str
    label: str
    structure: str
    unit: str
    series: tuple[ComparisonSeries, ...]
    change: str
    matters: str
    facts: tuple[str, ...]

    @property
    def all_facts(self) -> tuple[str, ...]:
        """Facts of its series and of its sentences, each once."""
        return tuple(dict.fromkeys([*(each.fact for each in self.series), *self.facts]))


@dataclass(frozen=True)
class Point:
    """One number of a fact."""

    fact: str
    value: str
    take: Take = "estimate"


@dataclass(frozen=True)
class Mark:
    """A limit to draw on a variant's scale, or beside the number that it changes."""

    label: str
    point: Point


@dataclass(frozen=True)
class Option:
    """One choice of a variant."""

    id: str
    label: str
    sex: Literal["female", "male"] | None = None


@dataclass(frozen=True)
class Pair:
    """One published dimension in women and in men."""

    female: Point
    male: Point


@dataclass(frozen=True)
class Line:
    """Length of the spine = `slope` · stature + `intercept`; the model has stature `reference`."""

    slope: Point
    intercept: Point
    reference: Point


@dataclass(frozen=True)
class Variant:
    """Something that the explorer can change in the model, with the facts that say how far."""

    id: str
    label: str
    kind: VariantKind
    text: str
    facts: tuple[str, ...]
    unit: str | None = None
    low: float | None = None
    high: float | None = None
    default: float | str | None = None
    segments: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    axes: Mapping[str, tuple[Pair, ...]] | None = None
    line: Line | None = None
    marks: tuple[Mark, ...] = ()

    @property
    def points(self) -> tuple[Point, ...]:
        """Every number that it takes from a fact."""
        pairs = [pair for axis in (self.axes or {}).values() for pair in axis]
        line = (self.line.slope, self.line.intercept, self.line.reference) if self.line else ()
        return (
            *(point for pair in pairs for point in (pair.female, pair.male)),
            *line,
            *(mark.point for mark in self.marks),
        )

    @property
    def all_facts(self) -> tuple[str, ...]:
        """Facts of its numbers and of its text, each once."""
        return tuple(dict.fromkeys([*(each.fact for each in self.points), *self.facts]))
