"""The content as frozen records: what the rest of the course reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from l3s1.content.structure_names import say_structure
from l3s1.vocabulary import (
    EVIDENCE_OF_DESIGN,
    Design,
    Evidence,
    Lane,
    PhaseKind,
    Trust,
    in_days,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from l3s1.content.anatomy import Comparison, Pair, Point, Structure, Variant
    from l3s1.content.approaches import Approach
    from l3s1.content.cases import Case
    from l3s1.content.choices import PatientChoice
    from l3s1.content.grafts import GraftRecord, GraftTrial
    from l3s1.content.items import Item
    from l3s1.content.nerves import Nerves
    from l3s1.content.procedures import Procedure

Take = Literal["estimate", "low", "high", "at"]


@dataclass(frozen=True)
class Value:
    """One number or range as published; `spread` says what `low` and `high` are.

    `where` is the vertebra ("L4") or motion segment ("L4-L5") that it belongs to.
    """

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
    where: str | None = None
    sex: str | None = None

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
    """A statement with its numbers, and where it comes from.

    `levels` are the numbers of fused levels in its population: empty where the source does not
    say, None where nobody was fused.
    """

    id: str
    topic: str
    statement: str
    values: tuple[Value, ...]
    population: str
    design: Design
    trust: Trust
    reference: str
    levels: tuple[int, ...] | None = None
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
    """Earliest, usual and latest moment of a bar."""

    earliest: Moment
    usual: Moment | None
    latest: Moment


@dataclass(frozen=True)
class Answer:
    """One source's own answer to when: a practice, a survey, the start of a trial.

    `end` is None where it names one moment; `share` is the percentage of a survey that gave it.
    """

    label: str
    start: Moment
    end: Moment | None
    share: float | None
    fact: str


@dataclass(frozen=True)
class Phase:
    """One bar of a timeline. `span` is None where nothing is known.

    `spread` holds the single answers where the evidence is opinion; the bar is their outer range.
    """

    id: str
    timeline: str
    lane: Lane
    label: str
    kind: PhaseKind
    before: str
    during: str
    after: str
    facts: tuple[str, ...]
    span: PhaseSpan | None
    caution: str | None = None
    spread: tuple[Answer, ...] = ()


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
class TaughtBy:
    """Where a lesson's notebook teaches an objective, and the activity it is learnt with."""

    heading: str
    activity: str | None = None

    @property
    def anchor(self) -> str:
        """The heading's id in the page, as nbconvert writes it."""
        return quote(self.heading.replace(" ", "-"), safe="?/:@!$&'()*+,;=")


@dataclass(frozen=True)
class Objective:
    """What a student can do after a lesson."""

    id: str
    text: str
    taught_by: TaughtBy


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
class Prediction:
    """A yes-or-no question: is the named number of the fact above the mark?"""

    question: str
    above: float
    fact: str
    value: str


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
    predictions: tuple[Prediction, ...] = ()

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
    choices: Mapping[str, PatientChoice]
    items: Mapping[str, Item]
    glossary: Mapping[str, Term]
    lessons: Mapping[str, LessonRecord]
    structures: Mapping[str, Structure]
    comparisons: Mapping[str, Comparison]
    variants: Mapping[str, Variant]
    nerves: Nerves
    grafts: Mapping[str, GraftRecord]
    graft_trials: Mapping[str, GraftTrial]
    approaches: Mapping[str, Approach]
    procedures: Mapping[str, Procedure]
    cases: Mapping[str, Case]

    def structure_of(self, name: str) -> Structure:
        """The kind of the model's structure of that name ("L4.pedicle.left").

        Raises `KeyError` where no kind covers it.
        """
        for kind in self.structures.values():
            if kind.covers(name):
                return kind
        raise KeyError(f"no kind of structure covers {name!r}; add one to assets/structures")

    def say_structure(self, name: str) -> str:
        """The model's structure of that name in words: "left pedicle of L4"."""
        return say_structure(name, self.structure_of(name))

    def number(self, point: Point) -> float:
        """One number of a fact; raises `KeyError` where there is none."""
        value = self.facts[point.fact].value(point.value)
        number = {"estimate": value.estimate, "low": value.low, "high": value.high}[point.take]
        if number is None:
            raise KeyError(f"value {point.value!r} of fact {point.fact!r} has no {point.take}")
        return number

    def scale(self, variant: str, choice: str | float) -> tuple[float, float, float]:
        """How far a variant stretches the model along x, y and z against its usual size.

        `choice` is an option's id (women and men against the mean of both) or a stature in cm.
        Raises `ValueError` where the variant does not scale or the choice is none of it.
        """
        record = self.variants[variant]
        if record.line is not None and isinstance(choice, int | float):
            slope, intercept = self.number(record.line.slope), self.number(record.line.intercept)
            usual = slope * self.number(record.line.reference) + intercept
            factor = (slope * choice + intercept) / usual
            return factor, factor, factor
        option = next((each for each in record.options if each.id == choice), None)
        if record.axes is None or option is None:
            raise ValueError(f"variant {variant!r} can't be scaled by {choice!r}")
        if option.sex is None:
            return 1.0, 1.0, 1.0
        x, y, z = (self._sex_ratio(record.axes[axis], option.sex) for axis in "xyz")
        return x, y, z

    def _sex_ratio(self, pairs: tuple[Pair, ...], sex: Literal["female", "male"]) -> float:
        """Mean over published dimensions of a sex's own against the mean of both."""
        ratios = []
        for pair in pairs:
            numbers = {"female": self.number(pair.female), "male": self.number(pair.male)}
            ratios.append(2 * numbers[sex] / sum(numbers.values()))
        return sum(ratios) / len(ratios)

    def reference_of(self, fact: str) -> Reference:
        """The reference of the fact of that id."""
        return self.references[self.facts[fact].reference]

    def days(self, moment: Moment) -> float:
        """A moment as days after the operation."""
        if isinstance(moment, str):
            return 0.0
        return self.facts[moment.fact].value(moment.value).time_d(moment.take)
