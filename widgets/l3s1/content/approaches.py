"""Approaches: the way to each segment, what it can reach and what it puts at risk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from l3s1.content.typed_numbers import has_typed_number

if TYPE_CHECKING:
    from l3s1.content.cross_checks import Entries, EntryLike
    from l3s1.content.documents import Step
    from l3s1.content.problems import Problem


@dataclass(frozen=True)
class Strip:
    """A part of a corridor, drawn by convention, in the plane of a disc.

    It ends `at` (mm to the patient's left of and behind the disc's middle) and comes from
    `from_deg` (0 anterior, 90 the patient's left, 180 posterior); `width_mm` is no measurement.
    """

    at: tuple[float, float]
    from_deg: float
    width_mm: float


@dataclass(frozen=True)
class ApproachLevel:
    """What an approach can do at one segment, why, and the corridor there."""

    reach: str
    why: str
    facts: tuple[str, ...]
    strips: tuple[Strip, ...]


@dataclass(frozen=True)
class Risk:
    """A number of a fact (`value`), or a fact that says it in words ("")."""

    fact: str
    value: str = ""


@dataclass(frozen=True)
class Approach:
    """A way to the spine; `levels` by motion segment."""

    id: str
    label: str
    name: str
    way: str
    facts: tuple[str, ...]
    levels: Mapping[str, ApproachLevel]
    risks: tuple[Risk, ...]


def build_approach(data: Mapping[str, Any]) -> Approach:
    """The record of a validated entry."""
    levels = {name: _level(each) for name, each in data["levels"].items()}
    return Approach(
        id=data["id"],
        label=data["label"],
        name=data["name"],
        way=data["way"],
        facts=tuple(data["facts"]),
        levels=MappingProxyType(levels),
        risks=tuple(Risk(**each) for each in data["risks"]),
    )


def _level(data: Mapping[str, Any]) -> ApproachLevel:
    strips = (
        Strip((float(x), float(y)), float(each["from_deg"]), float(each["width_mm"]))
        for each in data["strips"]
        for x, y in (each["at"],)
    )
    return ApproachLevel(data["reach"], data["why"], tuple(data["facts"]), tuple(strips))


def check_approaches(entries: Entries) -> Iterator[Problem]:
    """Yield every fact, or number of one, that is not there, and every typed number."""
    for entry in entries["approaches"].values():
        data = entry.data
        yield from _facts(entry, ("facts",), data["facts"], entries)
        for key in ("label", "name", "way"):
            yield from _words(entry, (key,), data[key])
        for segment, level in data["levels"].items():
            yield from _facts(entry, ("levels", segment, "facts"), level["facts"], entries)
            yield from _words(entry, ("levels", segment, "why"), level["why"])
        for index, risk in enumerate(data["risks"]):
            place: tuple[Step, ...] = ("risks", index)
            yield from _facts(entry, (*place, "fact"), [risk["fact"]], entries, listed=False)
            yield from _value(entry, place, risk, entries)


def _words(entry: EntryLike, place: tuple[Step, ...], text: str) -> Iterator[Problem]:
    if has_typed_number(text):
        remedy = "say it in words; a number stands in a fact"
        yield _problem(entry, place, "holds a number that was typed", remedy)


def _facts(
    entry: EntryLike,
    place: tuple[Step, ...],
    names: list[str],
    entries: Entries,
    *,
    listed: bool = True,
) -> Iterator[Problem]:
    for index, name in enumerate(names):
        if name not in entries["facts"]:
            yield _problem(
                entry,
                (*place, index) if listed else place,
                f"there is no fact {name!r}",
                "add it or mend the id",
            )


def _value(
    entry: EntryLike, place: tuple[Step, ...], risk: Mapping[str, str], entries: Entries
) -> Iterator[Problem]:
    fact = entries["facts"].get(risk["fact"])
    if fact is None or "value" not in risk:
        return
    names = [each["name"] for each in fact.data["values"]]
    if risk["value"] not in names:
        yield _problem(
            entry,
            (*place, "value"),
            f"fact {risk['fact']!r} has no value {risk['value']!r}",
            f"take one of {', '.join(names) or 'none: leave it out'}",
        )


def _problem(entry: EntryLike, place: tuple[Step, ...], wrong: str, remedy: str) -> Problem:
    return entry.document.problem((*entry.path, *place), wrong, remedy)
