"""The content as frozen records: what the rest of the course reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from l3s1.vocabulary import (
    EVIDENCE_OF_DESIGN,
    Approach,
    Design,
    Evidence,
    Lane,
    PhaseKind,
    Trust,
    in_days,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

Take = Literal["estimate", "low", "high", "at"]


@dataclass(frozen=True)
class Value:
    """One number or range as published; `spread` says what `low` and `high` are."""

    name: str
    label: str
    unit: str
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    statistic: str | None = None
    spread: str | None = None
    n: int | None = None
    at_value: float | None = None
    at_unit: str | None = None

    def time_d(self, take: Take) -> float:
        """The named number of this value as days.

        Raises `ValueError` where there is no such number or it is not a time.
        """
        if take == "at":
            if self.at_value is None or self.at_unit is None:
                raise ValueError(f"value {self.name!r} has no time point")
            return in_days(self.at_value, self.at_unit)
        number = {"estimate": self.estimate, "low": self.low, "high": self.high}[take]
        if number is None:
            raise ValueError(f"value {self.name!r} has no {take}")
        return in_days(number, self.unit)


@dataclass(frozen=True)
class Fact:
    """A statement with its numbers, and where it comes from."""

    id: str
    topic: str
    statement: str
    values: tuple[Value, ...]
    population: str
    levels: tuple[int, ...]
    design: Design
    trust: Trust
    reference: str
    n: int | None = None
    follow_up: str | None = None
    note: str | None = None

    @property
    def evidence(self) -> Evidence:
        """The level of evidence that its design and its verification allow it to be drawn with."""
        if self.trust is Trust.UNVERIFIED:
            return Evidence.OPINION
        return EVIDENCE_OF_DESIGN[self.design]

    def value(self, name: str) -> Value:
        """The value of that name; raises `KeyError` where there is none."""
        for value in self.values:
            if value.name == name:
                return value
        raise KeyError(f"fact {self.id!r} has no value {name!r}")


@dataclass(frozen=True)
class Reference:
    """A paper or page that facts cite."""

    id: str
    title: str
    authors: str | None = None
    container: str | None = None
    year: int | None = None
    volume: str | None = None
    pages: str | None = None
    doi: str | None = None
    pmid: str | None = None
    url: str | None = None
    note: str | None = None

    @property
    def link(self) -> str | None:
        """Where a reader finds the paper: by DOI, else PubMed, else the publisher's page."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        if self.pmid:
            return f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/"
        return self.url

    @property
    def citation(self) -> str:
        """The paper in one line, as far as it is known."""
        place = " ".join(part for part in (self.container, self.volume) if part)
        if self.pages:
            place = f"{place}: {self.pages}" if place else self.pages
        year = f"({self.year})" if self.year else None
        parts = (self.authors, year, self.title, place)
        return " ".join(
            part if part.endswith((".", ")", "?")) else f"{part}." for part in parts if part
        )


@dataclass(frozen=True)
class TimePoint:
    """A moment after the operation, named as a number of a fact."""

    fact: str
    value: str
    take: Take


Moment = TimePoint | Literal["operation"]
"""A point of a timeline: the operation itself, or a number of a fact."""


@dataclass(frozen=True)
class PhaseSpan:
    """Earliest, usual and latest moment of a bar; `because` is the fact a variant rests on."""

    earliest: Moment
    usual: Moment | None
    latest: Moment
    because: str | None = None
    during: str | None = None


@dataclass(frozen=True)
class Phase:
    """One bar of a timeline. `spans` is empty where nothing is known."""

    id: str
    timeline: str
    lane: Lane
    label: str
    kind: PhaseKind
    before: str
    during: str
    after: str
    facts: tuple[str, ...]
    spans: Mapping[Approach, PhaseSpan]
    caution: str | None = None


@dataclass(frozen=True)
class Choice:
    """One choice of an item, with what to say to a student who takes it."""

    id: str
    text: str
    feedback: str


@dataclass(frozen=True)
class Item:
    """A single-best-answer item."""

    id: str
    lesson: str
    objective: str
    use: Literal["predict", "check"]
    level: str
    type: str
    stem: str
    choices: tuple[Choice, ...]
    key: str
    facts: tuple[str, ...]
    note: str
    status: str = "active"


@dataclass(frozen=True)
class Term:
    """A glossary entry."""

    id: str
    term: str
    meaning: str
    latin: str | None = None
    abbreviation: str | None = None
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Objective:
    """What a student can do after a lesson."""

    id: str
    text: str


@dataclass(frozen=True)
class TakeHome:
    """A point to take home, with the facts behind it."""

    text: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Claim:
    """A claim of the starting article with its appraisal."""

    claim: str
    verdict: str
    appraisal: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class LessonRecord:
    """What the map and a lesson's frame need to know of a lesson."""

    number: str
    slug: str
    title: str
    summary: str
    minutes: int
    status: Literal["ready", "in_preparation"]
    timeline: str | None = None
    reviewed_by: str | None = None
    objectives: tuple[Objective, ...] = ()
    take_home: tuple[TakeHome, ...] = ()
    claims: tuple[Claim, ...] = ()
    further_facts: tuple[str, ...] = ()

    @property
    def notebook(self) -> str:
        """File name of the lesson's notebook."""
        return f"{self.number}-{self.slug}.ipynb"


@dataclass(frozen=True)
class Content:
    """Everything in `assets/`, validated, cross-checked and frozen; mappings keep file order."""

    facts: Mapping[str, Fact]
    references: Mapping[str, Reference]
    phases: Mapping[str, Phase]
    items: Mapping[str, Item]
    glossary: Mapping[str, Term]
    lessons: Mapping[str, LessonRecord]

    def reference_of(self, fact: str) -> Reference:
        """The reference of the fact of that id."""
        return self.references[self.facts[fact].reference]

    def days(self, moment: Moment) -> float:
        """A moment as days after the operation."""
        if isinstance(moment, str):
            return 0.0
        return self.facts[moment.fact].value(moment.value).time_d(moment.take)
