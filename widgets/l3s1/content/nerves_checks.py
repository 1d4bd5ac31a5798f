"""Checks of the nerves: what an entry names exists, and every fact can say what is asked of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from l3s1.content import build
from l3s1.vocabulary import LesionZone, NerveRoot

if TYPE_CHECKING:
    from l3s1.content.cross_checks import Entries, EntryLike
    from l3s1.content.documents import Step
    from l3s1.content.problems import Problem
    from l3s1.content.records import Fact

Facts = Mapping[str, "Fact"]
ByKind = Mapping[str, Mapping[str, "EntryLike"]]

STORY_FIELDS = {"A": "", "age": "", "person": "", "side": "", "pain": ""}
"""What a story may have filled in."""

_SKIN = ("core", "overlap")
_POWER = ("main", "also")
_SIGNS = ("reflexes", "tension", "pain")
_FIND_SIGN = {"sensory": "area", "pain": "area", "motor": "movement"}
_PREFIX = {"sensory": "numb_", "pain": "pain_", "motor": "weak_"}


def check_nerves(entries: Entries) -> Iterator[Problem]:
    """Yield every contradiction within the nerves and between them and the facts."""
    facts = {identity: build.fact(entry.data) for identity, entry in entries["facts"].items()}
    kinds: dict[str, dict[str, EntryLike]] = {}
    for identity, entry in entries["nerves"].items():
        kinds.setdefault(entry.data["kind"], {})[identity] = entry
        yield from _facts_exist(entry, facts)
    yield from _complete(entries["nerves"], kinds)
    for entry in kinds.get("root", {}).values():
        yield from _root(entry, kinds)
    for entry in kinds.get("sign", {}).values():
        yield from _sign(entry, kinds, facts)
    for entry in kinds.get("mimic", {}).values():
        for key in ("usual", "possible"):
            yield from _named(entry, (key,), entry.data[key], kinds.get("sign", {}), "sign")
    for entry in kinds.get("prior", {}).values():
        yield from _prior(entry, facts)
    for entry in kinds.get("story", {}).values():
        yield from _story(entry)


def _problem(entry: EntryLike, below: Iterable[Step], wrong: str, remedy: str) -> Problem:
    return entry.document.problem([*entry.path, *below], wrong, remedy)


def _facts_exist(entry: EntryLike, facts: Facts) -> Iterator[Problem]:
    places: list[tuple[tuple[Step, ...], str]] = [
        (("facts", index), name) for index, name in enumerate(entry.data.get("facts", ()))
    ]
    for number, step in enumerate(entry.data.get("steps", ())):
        places += [(("steps", number, "facts", i), name) for i, name in enumerate(step["facts"])]
    for number, each in enumerate(entry.data.get("accuracy", ())):
        places.append((("accuracy", number, "fact"), each["fact"]))
    if "fact" in entry.data:
        places.append((("fact",), entry.data["fact"]))
    for place, name in places:
        if name not in facts:
            yield _problem(entry, place, f"there is no fact {name!r}", "add it or mend the id")


def _complete(nerves: Mapping[str, EntryLike], kinds: ByKind) -> Iterator[Problem]:
    wanted = {
        "root": [root.value for root in NerveRoot],
        "zone": [zone.value for zone in LesionZone],
    }
    first = next(iter(nerves.values()))
    for kind, names in wanted.items():
        for name in names:
            if name not in kinds.get(kind, {}):
                yield _problem(first, [], f"no entry describes the {kind} {name}", "add it")
    for kind in ("study", "prior", "sign"):
        if not kinds.get(kind):
            yield _problem(first, [], f"there is no entry of kind {kind!r}", "add one")


def _named(
    entry: EntryLike,
    below: tuple[Step, ...],
    names: Iterable[str],
    known: Mapping[str, Any],
    kind: str,
) -> Iterator[Problem]:
    for index, name in enumerate(names):
        if name not in known:
            yield _problem(
                entry,
                (*below, index),
                f"there is no {kind} {name!r}",
                f"add the {kind} or mend the id",
            )


def _root(entry: EntryLike, kinds: ByKind) -> Iterator[Problem]:
    data = entry.data
    signs = kinds.get("sign", {})
    for keys, kind, prefix in ((_SKIN, "area", "numb_"), (_POWER, "movement", "weak_")):
        for key in keys:
            yield from _named(entry, (key,), data[key], kinds.get(kind, {}), kind)
            wanted = [prefix + name for name in data[key] if name in kinds.get(kind, {})]
            yield from _named(entry, (key,), wanted, signs, "sign")
        both = {*data[keys[0]]} & {*data[keys[1]]}
        if both:
            yield _problem(
                entry, (keys[1],), f"{', '.join(sorted(both))} stands in {keys[0]} too", "keep one"
            )
    for key in _SIGNS:
        yield from _named(entry, (key,), data[key], signs, "sign")


def _sign(entry: EntryLike, kinds: ByKind, facts: Facts) -> Iterator[Problem]:
    data = entry.data
    kind = _FIND_SIGN.get(data["type"])
    if kind:
        if data["where"] not in kinds.get(kind, {}):
            yield _problem(
                entry, ("where",), f"there is no {kind} {data['where']!r}", "add it or mend the id"
            )
        wanted = _PREFIX[data["type"]] + data["where"]
        if data["id"] != wanted:
            yield _problem(entry, ("id",), f"is {data['id']!r}", f"call it {wanted!r}")
    seen: set[tuple[str, str]] = set()
    for index, each in enumerate(data["accuracy"]):
        below = ("accuracy", index)
        yield from _named(
            entry, (*below, "study"), [each["study"]], kinds.get("study", {}), "study"
        )
        if (each["study"], each["root"]) in seen:
            yield _problem(entry, below, "the study and root stand twice", "keep one")
        seen.add((each["study"], each["root"]))
        if each["fact"] in facts:
            yield from _ratios(entry, below, each, facts[each["fact"]])


def _ratios(
    entry: EntryLike, below: tuple[Step, ...], each: Mapping[str, str], fact: Fact
) -> Iterator[Problem]:
    for key in ("present", "absent", "sensitivity", "specificity"):
        if key not in each:
            continue
        try:
            value = fact.value(each[key])
        except KeyError as error:
            yield _problem(entry, (*below, key), str(error.args[0]), "mend the name")
            continue
        share = key in {"sensitivity", "specificity"}
        number = value.estimate
        if value.unit != "ratio" or number is None or number <= 0 or (share and number >= 1):
            what = "a share between 0 and 1" if share else "a likelihood ratio above 0"
            yield _problem(
                entry, (*below, key), f"{each[key]!r} is not {what}", "name another value"
            )


def _prior(entry: EntryLike, facts: Facts) -> Iterator[Problem]:
    fact = facts.get(entry.data.get("fact", ""))
    if fact is None:
        return
    total = 0.0
    for root, name in entry.data["shares"].items():
        try:
            value = fact.value(name)
        except KeyError as error:
            yield _problem(entry, ("shares", root), str(error.args[0]), "mend the name")
            return
        if value.unit != "%" or value.estimate is None:
            yield _problem(
                entry, ("shares", root), f"{name!r} is no share in %", "name another value"
            )
            return
        total += value.estimate
    if not 0 < total < _ALL:
        yield _problem(
            entry, ("shares",), f"the shares add up to {total:g}%", "leave some for the others"
        )


_ALL = 100


def _story(entry: EntryLike) -> Iterator[Problem]:
    low, high = entry.data["age"]
    if low > high:
        yield _problem(entry, ("age",), "runs from old to young", "swap the two")
    for index, text in enumerate(entry.data["texts"]):
        try:
            text.format_map(STORY_FIELDS)
        except (KeyError, ValueError, IndexError) as error:
            yield _problem(
                entry,
                ("texts", index),
                f"can't be filled in ({error})",
                f"use {', '.join('{' + name + '}' for name in STORY_FIELDS)}",
            )
