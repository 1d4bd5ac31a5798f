"""Checks between files: what names what must exist, and must make sense."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from l3s1.content import build
from l3s1.vocabulary import Trust

if TYPE_CHECKING:
    from l3s1.content.documents import Document, Step
    from l3s1.content.problems import Problem
    from l3s1.content.records import Fact, TimePoint


class EntryLike(Protocol):
    """A record with its place in a file."""

    @property
    def document(self) -> Document:
        """The file."""

    @property
    def path(self) -> tuple[Step, ...]:
        """The place in the file."""

    @property
    def data(self) -> dict[str, Any]:
        """What stands there."""


Entries = Mapping[str, Mapping[str, EntryLike]]

_AROUND_ZERO = ("standard_deviation", "standard_error")
"""Spreads that are told as a distance from the estimate, not as two ends."""


def check_references_between(entries: Entries) -> Iterator[Problem]:
    """Yield every contradiction between the records of all files."""
    facts = {identity: build.fact(entry.data) for identity, entry in entries["facts"].items()}
    yield from _facts(entries, facts)
    yield from _references(entries)
    yield from _phases(entries, facts)
    yield from _lessons(entries, facts)
    for entry in entries["glossary"].values():
        yield from _named_facts(entry, entry.data.get("facts", ()), ("facts",), facts)


def _problem(entry: EntryLike, below: Iterable[Step], wrong: str, remedy: str) -> Problem:
    return entry.document.problem([*entry.path, *below], wrong, remedy)


def _named_facts(
    entry: EntryLike, names: Iterable[str], below: tuple[Step, ...], facts: Mapping[str, Fact]
) -> Iterator[Problem]:
    for index, name in enumerate(names):
        if name not in facts:
            yield _problem(
                entry, [*below, index], f"there is no fact {name!r}", "add it or mend the id"
            )


def _facts(entries: Entries, facts: Mapping[str, Fact]) -> Iterator[Problem]:
    for identity, entry in entries["facts"].items():
        fact = facts[identity]
        if fact.reference not in entries["references"]:
            yield _problem(
                entry,
                ["reference"],
                f"there is no reference {fact.reference!r}",
                "add it or mend the id",
            )
        if fact.trust is Trust.UNVERIFIED and fact.note is None:
            yield _problem(
                entry, [], "is unverified but has no note", "say in a note that it is not sourced"
            )
        names: set[str] = set()
        for index, value in enumerate(fact.values):
            if value.name in names:
                yield _problem(
                    entry, ["values", index], f"value {value.name!r} stands twice", "rename one"
                )
            names.add(value.name)
            numbers = [x for x in (value.low, value.estimate, value.high) if x is not None]
            if value.spread not in _AROUND_ZERO and numbers != sorted(numbers):
                yield _problem(
                    entry,
                    ["values", index],
                    f"{numbers} do not rise from low over estimate to high",
                    "compare them with the source",
                )


def _references(entries: Entries) -> Iterator[Problem]:
    used = {entry.data["reference"] for entry in entries["facts"].values()}
    seen: dict[str, str] = {}
    for identity, entry in entries["references"].items():
        if identity not in used:
            yield _problem(entry, [], "is cited by no fact", "remove it, or cite it")
        for kind in ("doi", "pmid"):
            number = entry.data.get(kind)
            if number is None:
                continue
            key = f"{kind} {number.lower()}"
            if key in seen:
                yield _problem(
                    entry, [kind], f"is the same paper as {seen[key]!r}", "merge the two references"
                )
            seen[key] = identity


def _phases(entries: Entries, facts: Mapping[str, Fact]) -> Iterator[Problem]:
    for entry in entries["phases"].values():
        data = entry.data
        yield from _named_facts(entry, data["facts"], ("facts",), facts)
        yield from _span(entry, data, (), facts)


def _span(
    entry: EntryLike, data: Mapping[str, Any], below: tuple[Step, ...], facts: Mapping[str, Fact]
) -> Iterator[Problem]:
    days: list[float] = []
    for moment in ("earliest", "usual", "latest"):
        if moment not in data:
            continue
        point = build.moment(data[moment])
        if isinstance(point, str):
            days.append(0.0)
            continue
        wrong = _unusable(point, entry.data["facts"], facts)
        if wrong:
            yield _problem(entry, [*below, moment], wrong, "point it at a time of a listed fact")
        else:
            days.append(facts[point.fact].value(point.value).time_d(point.take))
    if days != sorted(days):
        shown = ", ".join(f"{day:g}" for day in days)
        yield _problem(
            entry,
            below,
            f"earliest, usual and latest do not follow each other (days {shown})",
            "compare them with the facts",
        )


def _unusable(point: TimePoint, listed: Iterable[str], facts: Mapping[str, Fact]) -> str | None:
    if point.fact not in facts:
        return f"there is no fact {point.fact!r}"
    if point.fact not in listed:
        return f"fact {point.fact!r} is not in this bar's list of facts"
    try:
        facts[point.fact].value(point.value).time_d(point.take)
    except (KeyError, ValueError) as error:
        return str(error.args[0])
    return None


def _lessons(entries: Entries, facts: Mapping[str, Fact]) -> Iterator[Problem]:
    objectives: dict[str, str] = {}
    for number, entry in entries["lessons"].items():
        data = entry.data
        for index, point in enumerate(data.get("take_home", ())):
            yield from _named_facts(entry, point["facts"], ("take_home", index, "facts"), facts)
            for name in point["facts"]:
                if name in facts and facts[name].trust is Trust.UNVERIFIED:
                    yield _problem(
                        entry,
                        ["take_home", index],
                        f"rests on {name!r}, which is unverified",
                        "rest it on a sourced fact or leave it out",
                    )
        for index, claim in enumerate(data.get("claims", ())):
            yield from _named_facts(entry, claim["facts"], ("claims", index, "facts"), facts)
        yield from _named_facts(entry, data.get("further_facts", ()), ("further_facts",), facts)
        for index, asked in enumerate(data.get("predictions", ())):
            yield from _prediction(entry, index, asked, facts)
        timelines = {phase.data["timeline"] for phase in entries["phases"].values()}
        if data.get("timeline", next(iter(timelines), None)) not in timelines:
            yield _problem(
                entry,
                ["timeline"],
                f"there is no timeline {data.get('timeline')!r}",
                f"use one of: {', '.join(sorted(timelines))}",
            )
        for index, objective in enumerate(data.get("objectives", ())):
            if objective["id"] in objectives:
                yield _problem(
                    entry,
                    ["objectives", index],
                    f"{objective['id']!r} is taken by lesson {objectives[objective['id']]}",
                    "give it another id",
                )
            objectives[objective["id"]] = number


def _prediction(
    entry: EntryLike, index: int, asked: Mapping[str, Any], facts: Mapping[str, Fact]
) -> Iterator[Problem]:
    below = ("predictions", index)
    yield from _named_facts(entry, [asked["fact"]], (*below, "fact"), facts)
    fact = facts.get(asked["fact"])
    if fact is None:
        return
    numbers = {value.name: value.estimate for value in fact.values}
    if numbers.get(asked["value"]) is None:
        yield _problem(
            entry,
            [*below, "value"],
            f"fact {fact.id!r} has no number {asked['value']!r}",
            f"use one of: {', '.join(sorted(numbers))}",
        )
    elif numbers[asked["value"]] == asked["above"]:
        yield _problem(
            entry, [*below, "above"], "the mark is the true number itself", "move the mark"
        )
