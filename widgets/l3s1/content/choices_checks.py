"""Checks of the choices about a patient, and of the single answers drawn beside a bar."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from l3s1.content import build
from l3s1.content.choices import PLACEHOLDER, say_with_numbers, times
from l3s1.vocabulary import EffectKind, StepKind, Trust

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from l3s1.content.cross_checks import Entries, EntryLike
    from l3s1.content.documents import Step
    from l3s1.content.problems import Problem
    from l3s1.content.records import Fact

SAYS_LIMIT = 160
"""Characters of an effect's sentence once its numbers are filled in: two lines of a phone."""

_NAMES = re.compile(r"\b(?:[LS]\d(?:[–-][LS]?\d)?|HbA1c|rhBMP-2)\b")
"""Names that hold a digit without being a number."""


def check_choices(entries: Entries) -> Iterator[Problem]:
    """Yield every contradiction in the choices and in the answers drawn beside bars."""
    facts = {identity: build.fact(entry.data) for identity, entry in entries["facts"].items()}
    movers: dict[str, str] = {}
    for name, entry in entries["choices"].items():
        yield from _options(entry)
        seen: set[tuple[str, str]] = set()
        for index, effect in enumerate(entry.data["effects"]):
            below = ("effects", index)
            key = (effect["option"], effect["row"])
            if key in seen:
                yield _problem(
                    entry, below, f"{key[0]!r} has two effects on {key[1]!r}", "make it one"
                )
            seen.add(key)
            if effect["kind"] == EffectKind.MOVES:
                mover = movers.setdefault(effect["row"], name)
                if mover != name:
                    yield _problem(
                        entry,
                        [*below, "kind"],
                        f"bar {effect['row']!r} is already moved by {mover!r}",
                        "let one choice move it, and tell the other's direction without days",
                    )
            yield from _effect(entry, below, effect, facts, entries)
        for index, step in enumerate(entry.data.get("steps", ())):
            yield from _step(entry, ("steps", index), step, facts)
    for entry in entries["phases"].values():
        yield from _spread(entry, facts)


def _problem(entry: EntryLike, below: Iterable[Step], wrong: str, remedy: str) -> Problem:
    return entry.document.problem([*entry.path, *below], wrong, remedy)


def _options(entry: EntryLike) -> Iterator[Problem]:
    options = [option["id"] for option in entry.data["options"]]
    if len(set(options)) < len(options):
        yield _problem(entry, ["options"], "two options share an id", "rename one")
    for index, effect in enumerate(entry.data["effects"]):
        if effect["option"] not in options[1:]:
            yield _problem(
                entry,
                ["effects", index, "option"],
                f"{effect['option']!r} is no option that can have an effect",
                f"use one of: {', '.join(options[1:])}",
            )


def _effect(
    entry: EntryLike,
    below: tuple[Step, ...],
    effect: Mapping[str, Any],
    facts: Mapping[str, Fact],
    entries: Entries,
) -> Iterator[Problem]:
    bar = entries["phases"].get(effect["row"])
    if bar is None or bar.data["timeline"] != entry.data["timeline"]:
        yield _problem(
            entry,
            [*below, "row"],
            f"timeline {entry.data['timeline']!r} has no bar {effect['row']!r}",
            "mend the id or add the bar to assets/phases",
        )
        return
    unusable = list(_facts(entry, below, effect["facts"], facts))
    yield from unusable
    if unusable:
        return
    if effect["kind"] == EffectKind.DISPUTED and len(effect["facts"]) == 1:
        yield _problem(
            entry, [*below, "facts"], "a dispute names one fact", "name the fact of each side"
        )
    yield from _sentence(entry, below, effect, facts)
    yield from _times(entry, below, effect, bar.data, facts)


def _step(
    entry: EntryLike, below: tuple[Step, ...], step: Mapping[str, Any], facts: Mapping[str, Fact]
) -> Iterator[Problem]:
    options = [option["id"] for option in entry.data["options"]][1:]
    for index, option in enumerate(step["options"]):
        if option not in options:
            yield _problem(
                entry,
                [*below, "options", index],
                f"{option!r} is no option that can have a step",
                f"use one of: {', '.join(options)}",
            )
    unusable = list(_facts(entry, below, step["facts"], facts))
    yield from unusable
    if unusable:
        return
    least = {StepKind.UNTESTED: 0, StepKind.DISPUTED: 2}.get(StepKind(step["kind"]), 1)
    if len(step["facts"]) < least:
        yield _problem(
            entry,
            [*below, "facts"],
            f"a step that is {step['kind']!r} needs {least} or more facts",
            "name them, or say 'untested'",
        )
    yield from _sentence(entry, below, step, facts)


def _facts(
    entry: EntryLike, below: tuple[Step, ...], names: Iterable[str], facts: Mapping[str, Fact]
) -> Iterator[Problem]:
    for index, name in enumerate(names):
        if name not in facts:
            yield _problem(
                entry,
                [*below, "facts", index],
                f"there is no fact {name!r}",
                "add it or mend the id",
            )
        elif facts[name].trust is Trust.UNVERIFIED:
            yield _problem(
                entry,
                [*below, "facts", index],
                f"rests on {name!r}, which is unverified",
                "rest it on a sourced fact or leave the effect out",
            )


def _sentence(
    entry: EntryLike, below: tuple[Step, ...], effect: Mapping[str, Any], facts: Mapping[str, Fact]
) -> Iterator[Problem]:
    place = [*below, "says"]
    if re.search(r"\d", _NAMES.sub("", PLACEHOLDER.sub("", effect["says"]))):
        yield _problem(
            entry, place, "holds a number that was typed", "name a value of a fact: {value}"
        )
    try:
        filled = say_with_numbers(effect["says"], (facts[name] for name in effect["facts"]))
    except ValueError as error:
        yield _problem(entry, place, str(error), "name a value of the effect's facts")
    else:
        if len(filled) > SAYS_LIMIT:
            yield _problem(
                entry,
                place,
                f"is too long with its numbers ({len(filled)} characters)",
                f"the limit is {SAYS_LIMIT}",
            )


def _times(
    entry: EntryLike,
    below: tuple[Step, ...],
    effect: Mapping[str, Any],
    bar: Mapping[str, Any],
    facts: Mapping[str, Fact],
) -> Iterator[Problem]:
    own = times(effect)
    if not own:
        return
    days: list[float] = []
    for name in ("earliest", "usual", "latest"):
        raw = {**times(bar), **own}.get(name)
        if raw is None:
            continue
        named = effect["facts"] if name in own else bar["facts"]
        wrong, day = _day(raw, named, facts)
        if wrong:
            yield _problem(entry, [*below, name], wrong, "point it at a time of a listed fact")
            return
        days.append(day)
    if days != sorted(days):
        shown = ", ".join(f"{day:g}" for day in days)
        yield _problem(
            entry,
            below,
            f"earliest, usual and latest do not follow each other (days {shown})",
            "compare them with the facts and with the bar's own times",
        )


def _day(raw: Any, named: Iterable[str], facts: Mapping[str, Fact]) -> tuple[str | None, float]:
    """What is wrong with a moment, else None; and its day."""
    point = build.moment(raw)
    if isinstance(point, str):
        return None, 0.0
    if point.fact not in facts:
        return f"there is no fact {point.fact!r}", 0.0
    if point.fact not in named:
        return f"fact {point.fact!r} is not in the list of facts", 0.0
    try:
        return None, facts[point.fact].value(point.value).time_d(point.take)
    except (KeyError, ValueError) as error:
        return str(error.args[0]), 0.0


def _spread(entry: EntryLike, facts: Mapping[str, Fact]) -> Iterator[Problem]:
    """Each answer rests on a fact of its bar and lies inside the bar."""
    ends: list[float] = []
    for name in ("earliest", "latest"):
        if name in entry.data:
            wrong, day = _day(entry.data[name], entry.data["facts"], facts)
            ends += [] if wrong else [day]
    for index, answer in enumerate(entry.data.get("spread", ())):
        below = ("spread", index)
        if answer["fact"] not in entry.data["facts"]:
            yield _problem(
                entry,
                [*below, "fact"],
                f"fact {answer['fact']!r} is not in this bar's list of facts",
                "add it to the list or mend the id",
            )
            continue
        days: list[float] = []
        for name in ("from", "to"):
            if name not in answer:
                continue
            wrong, day = _day(answer[name], [answer["fact"]], facts)
            if wrong:
                yield _problem(entry, [*below, name], wrong, "point it at a time of its fact")
            else:
                days.append(day)
        if days != sorted(days):
            yield _problem(entry, below, "ends before it begins", "compare it with the fact")
        if len(ends) == 2 and any(not ends[0] <= day <= ends[1] for day in days):
            yield _problem(
                entry, below, "lies outside its bar", "let the bar reach from first to last answer"
            )
        yield from _share(entry, below, answer, facts)


def _share(
    entry: EntryLike, below: tuple[Step, ...], answer: Mapping[str, Any], facts: Mapping[str, Fact]
) -> Iterator[Problem]:
    share = answer.get("share")
    if share is None:
        return
    values = facts[share["fact"]].values if share["fact"] in facts else ()
    named = [value for value in values if value.name == share["value"]]
    if share["fact"] != answer["fact"]:
        wrong = "is of another fact than the answer"
    elif not named or named[0].unit != "%" or named[0].estimate is None:
        wrong = "is no percentage of its fact"
    else:
        return
    yield _problem(entry, [*below, "share"], wrong, "point it at a share of the answer's own fact")
