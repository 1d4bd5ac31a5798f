"""Virtual patients: branching cases of fictional people, as frozen records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from l3s1.content.choices import say_with_numbers
from l3s1.content.records import Fact
from l3s1.vocabulary import in_days

Data = Mapping[str, Any]
Rating = Literal["best", "acceptable", "poor", "harmful"]
Outcome = Literal["good", "mixed", "bad"]
NodeKind = Literal["decision", "consequence", "end"]

RATINGS: tuple[Rating, ...] = ("best", "acceptable", "poor", "harmful")
"""What a choice is rated, from the best down."""

_UNITS = {"hours": "h", "days": "d", "weeks": "wk", "months": "mo", "years": "y"}
_MINUTES_PER_HOUR = 60


@dataclass(frozen=True)
class Time:
    """An amount of time in a unit, as its author wrote it."""

    amount: float
    unit: str

    @property
    def days(self) -> float:
        """The same in days."""
        if self.unit == "minutes":
            return in_days(self.amount / _MINUTES_PER_HOUR, "h")
        return in_days(self.amount, _UNITS[self.unit])


@dataclass(frozen=True)
class Finding:
    """What can be asked for once; `harm` is what asking may do to the person.

    `needless` says why a careful person does not ask for it.
    """

    id: str
    kind: Literal["history", "examination", "imaging", "laboratory", "other"]
    label: str
    result: str
    time: Time
    harm: str | None = None
    needless: str | None = None
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class CaseChoice:
    """A choice at a decision. `needs` are findings that a careful person asked for before."""

    id: str
    text: str
    next: str
    rating: Rating
    feedback: str
    facts: tuple[str, ...] = ()
    fictional: bool = False
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class CaseNode:
    """A point of a case: a decision has choices, a consequence a next node, an end an outcome."""

    id: str
    kind: NodeKind
    at: Time
    text: str
    findings: tuple[str, ...] = ()
    question: str | None = None
    choices: tuple[CaseChoice, ...] = ()
    next: str | None = None
    outcome: Outcome | None = None
    facts: tuple[str, ...] = ()
    fictional: bool = False

    @property
    def onward(self) -> tuple[str, ...]:
        """The nodes that may follow."""
        return (self.next,) if self.next else tuple(each.next for each in self.choices)


@dataclass(frozen=True)
class CaseActivity:
    """An activity of a lesson with this person's values, by the names of the activity's state."""

    label: str
    lesson: str
    activity: str
    state: Mapping[str, Any]


@dataclass(frozen=True)
class Debrief:
    """What is taken away from a case, with the facts behind it."""

    text: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """A fictional person and the ways that the case can go; mappings keep file order."""

    id: str
    number: int
    title: str
    teaches: str
    lesson: str
    objectives: tuple[str, ...]
    person: str
    presentation: str
    clock: Literal["presentation", "operation"]
    start: str
    findings: Mapping[str, Finding]
    nodes: Mapping[str, CaseNode]
    expert: tuple[tuple[str, str], ...]
    activities: tuple[CaseActivity, ...]
    debrief: tuple[Debrief, ...]

    @property
    def facts(self) -> tuple[str, ...]:
        """Every fact that the case names, once, in the order of the file."""
        return tuple(dict.fromkeys(self._named()))

    def _named(self) -> Iterator[str]:
        for finding in self.findings.values():
            yield from finding.facts
        for node in self.nodes.values():
            yield from node.facts
            for choice in node.choices:
                yield from choice.facts
        for point in self.debrief:
            yield from point.facts


def build_case(data: Data, facts: Mapping[str, Fact]) -> Case:
    """A case from its YAML, with the placeholders of its texts filled from the facts beside them.

    Raises `ValueError` where a placeholder names nothing.
    """
    return Case(
        **{
            **data,
            "objectives": tuple(data["objectives"]),
            "findings": _by_id(_finding(each, facts) for each in data["findings"]),
            "nodes": _by_id(_node(each, facts) for each in data["nodes"]),
            "expert": tuple((node, choice) for node, choice in data["expert"]),
            "activities": tuple(
                CaseActivity(**{**each, "state": MappingProxyType(each["state"])})
                for each in data["activities"]
            ),
            "debrief": tuple(
                Debrief(_said(each, "text", facts), tuple(each["facts"]))
                for each in data["debrief"]
            ),
        }
    )


def _by_id(records: Iterator[Any]) -> Mapping[str, Any]:
    return MappingProxyType({each.id: each for each in records})


def _said(data: Data, key: str, facts: Mapping[str, Fact]) -> str:
    return say_with_numbers(data[key], (facts[name] for name in data.get("facts", ())))


def _finding(data: Data, facts: Mapping[str, Fact]) -> Finding:
    own = {"time": Time(**data["time"]), "facts": tuple(data.get("facts", ()))}
    return Finding(**{**data, **own, "result": _said(data, "result", facts)})


def _node(data: Data, facts: Mapping[str, Fact]) -> CaseNode:
    own = {
        "at": Time(**data["at"]),
        "text": _said(data, "text", facts),
        "findings": tuple(data.get("findings", ())),
        "choices": tuple(_choice(each, facts) for each in data.get("choices", ())),
        "facts": tuple(data.get("facts", ())),
    }
    return CaseNode(**{**data, **own})


def _choice(data: Data, facts: Mapping[str, Fact]) -> CaseChoice:
    own = {
        "feedback": _said(data, "feedback", facts),
        "facts": tuple(data.get("facts", ())),
        "needs": tuple(data.get("needs", ())),
    }
    return CaseChoice(**{**data, **own})
