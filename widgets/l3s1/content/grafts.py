"""Bone grafts and the studies that compared two of them: records, and checks against the facts."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from l3s1.content import build
from l3s1.vocabulary import Bearing, Graft, GraftBed, GraftProperty, Trust, UnionReader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from l3s1.content.cross_checks import Entries, EntryLike
    from l3s1.content.documents import Step
    from l3s1.content.problems import Problem
    from l3s1.content.records import Fact

Data = dict[str, Any]

_LISTS = ("further", "cost", "funding", "approval")


@dataclass(frozen=True)
class PropertyOfGraft:
    """Whether a graft has a property, by which facts."""

    bearing: Bearing
    facts: tuple[str, ...]


@dataclass(frozen=True)
class GraftNumber:
    """A value of a fact about a graft; both beds where the source does not tell them apart."""

    fact: str
    value: str
    beds: tuple[GraftBed, ...] = tuple(GraftBed)
    reader: UnionReader = UnionReader.NOT_STATED


@dataclass(frozen=True)
class GraftRecord:
    """A graft: what it can do, and what is published of it; the last four are ids of facts.

    `union` are shares called fused (%), `ratios` compare with another graft, `harms` are either.
    """

    id: Graft
    label: str
    short: str
    comes_from: str
    properties: Mapping[GraftProperty, PropertyOfGraft]
    union: tuple[GraftNumber, ...]
    ratios: tuple[GraftNumber, ...]
    harms: tuple[GraftNumber, ...]
    further: tuple[str, ...]
    cost: tuple[str, ...]
    funding: tuple[str, ...]
    approval: tuple[str, ...]

    @property
    def heading(self) -> str:
        """The label as a sentence begins; rhBMP-2 keeps its small letters."""
        return (
            self.label
            if self.label.startswith("rh")
            else f"{self.label[0].upper()}{self.label[1:]}"
        )


@dataclass(frozen=True)
class GraftTrial:
    """A study that compared two grafts; `arms` says with what else each was mixed."""

    id: str
    fact: str
    one: Graft
    other: Graft
    arms: str
    beds: tuple[GraftBed, ...]

    @property
    def pair(self) -> frozenset[Graft]:
        """The two grafts, in no order."""
        return frozenset((self.one, self.other))


def build_graft(data: Data) -> GraftRecord:
    """A graft from its YAML."""
    return GraftRecord(
        id=Graft(data["id"]),
        label=data["label"],
        short=data["short"],
        comes_from=data["comes_from"],
        properties=MappingProxyType(
            {
                GraftProperty(name): PropertyOfGraft(Bearing(each["bearing"]), tuple(each["facts"]))
                for name, each in data["properties"].items()
            }
        ),
        union=_numbers(data["union"]),
        ratios=_numbers(data["ratios"]),
        harms=_numbers(data["harms"]),
        further=tuple(data["further"]),
        cost=tuple(data["cost"]),
        funding=tuple(data["funding"]),
        approval=tuple(data["approval"]),
    )


def build_trial(data: Data) -> GraftTrial:
    """A comparison from its YAML."""
    return GraftTrial(
        id=data["id"],
        fact=data["fact"],
        one=Graft(data["one"]),
        other=Graft(data["other"]),
        arms=data["arms"],
        beds=_beds(data),
    )


def check_grafts(entries: Entries) -> Iterator[Problem]:
    """Yield every contradiction between grafts, comparisons and facts."""
    facts = {identity: build.fact(entry.data) for identity, entry in entries["facts"].items()}
    for entry in entries["grafts"].values():
        yield from _graft(entry, facts)
    for entry in entries["graft_trials"].values():
        yield from _trial(entry, facts, entries)


def _numbers(listed: Iterable[Data]) -> tuple[GraftNumber, ...]:
    return tuple(
        GraftNumber(
            each["fact"],
            each["value"],
            _beds(each) if "beds" in each else tuple(GraftBed),
            UnionReader(each.get("reader", UnionReader.NOT_STATED)),
        )
        for each in listed
    )


def _beds(data: Data) -> tuple[GraftBed, ...]:
    return tuple(GraftBed(bed) for bed in data["beds"])


def _problem(entry: EntryLike, below: Iterable[Step], wrong: str, remedy: str) -> Problem:
    return entry.document.problem([*entry.path, *below], wrong, remedy)


def _graft(entry: EntryLike, facts: Mapping[str, Fact]) -> Iterator[Problem]:
    data = entry.data
    for name, found in data["properties"].items():
        yield from _known(entry, ("properties", name, "facts"), found["facts"], facts)
        if found["bearing"] == Bearing.DISPUTED and len(found["facts"]) == 1:
            yield _problem(
                entry,
                ["properties", name],
                "a dispute names one fact",
                "name the fact of each side",
            )
    for name in _LISTS:
        yield from _known(entry, (name,), data[name], facts)
    for name, units in (("union", ("%",)), ("ratios", ("ratio",)), ("harms", ("%", "ratio"))):
        for index, each in enumerate(data[name]):
            yield from _number(entry, (name, index), each, facts, units)


def _trial(entry: EntryLike, facts: Mapping[str, Fact], entries: Entries) -> Iterator[Problem]:
    data = entry.data
    yield from _known(entry, ("fact",), [data["fact"]], facts)
    if data["one"] == data["other"]:
        yield _problem(entry, ["other"], "a graft is compared with itself", "name the other one")
    for side in ("one", "other"):
        if data[side] not in entries["grafts"]:
            yield _problem(
                entry, [side], f"there is no graft {data[side]!r}", "add it to assets/grafts"
            )
    fact = facts.get(data["fact"])
    if fact is not None and fact.n is None:
        yield _problem(entry, ["fact"], f"{fact.id!r} has no n", "give its n, or leave it out")
    if fact is not None and fact.trust is Trust.UNVERIFIED:
        yield _problem(entry, ["fact"], f"{fact.id!r} is unverified", "leave it out")


def _known(
    entry: EntryLike, below: tuple[Step, ...], names: Iterable[str], facts: Mapping[str, Fact]
) -> Iterator[Problem]:
    for name in names:
        if name not in facts:
            yield _problem(entry, below, f"there is no fact {name!r}", "add it or mend the id")


def _number(
    entry: EntryLike,
    below: tuple[Step, ...],
    each: Data,
    facts: Mapping[str, Fact],
    units: tuple[str, ...],
) -> Iterator[Problem]:
    unknown = list(_known(entry, (*below, "fact"), [each["fact"]], facts))
    yield from unknown
    if unknown:
        return
    fact = facts[each["fact"]]
    if fact.trust is Trust.UNVERIFIED:
        yield _problem(
            entry, [*below, "fact"], f"{fact.id!r} is unverified", "rest it on a sourced fact"
        )
    named = [value for value in fact.values if value.name == each["value"]]
    if not named:
        yield _problem(
            entry,
            [*below, "value"],
            f"fact {fact.id!r} has no value {each['value']!r}",
            "mend the name",
        )
    elif named[0].unit not in units:
        yield _problem(
            entry,
            [*below, "value"],
            f"is in {named[0].unit!r}",
            f"use a value in {' or '.join(units)}",
        )
