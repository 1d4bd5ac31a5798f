"""Checks of structures, comparisons and variants against the facts and the model's names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from l3s1.content import build
from l3s1.content.documents import Schema, read_document
from l3s1.content.structure_names import structure_names

if TYPE_CHECKING:
    from pathlib import Path

    from l3s1.content.cross_checks import Entries, EntryLike
    from l3s1.content.documents import Step
    from l3s1.content.problems import Problem
    from l3s1.content.records import Fact

Facts = Mapping[str, "Fact"]


def check_anatomy(entries: Entries) -> Iterator[Problem]:
    """Yield every contradiction between structures, comparisons, variants and facts."""
    facts = {identity: build.fact(entry.data) for identity, entry in entries["facts"].items()}
    yield from _structures(entries["structures"], facts)
    yield from _covered_once(entries["structures"])
    yield from _comparisons(entries, facts)
    yield from _variants(entries["variants"], facts)


def check_model_numbers(root: Path, known: Iterable[str]) -> Iterator[Problem]:
    """Yield every fact that a number of the 3D model (`assets/spine`) names and that is not there.

    A number names its fact under `fact`; a file may list facts under `facts`.
    """
    facts = set(known)
    anything = Schema({})
    for path in sorted((root / "assets" / "spine").glob("*.yaml")):
        document = read_document(path, f"assets/spine/{path.name}", anything)
        if isinstance(document, list):
            yield from document
            continue
        for place, name in _facts_named(document.data, ()):
            if name not in facts:
                yield document.problem(place, f"there is no fact {name!r}", "add it or mend the id")


def _facts_named(data: Any, place: tuple[Step, ...]) -> Iterator[tuple[tuple[Step, ...], str]]:
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "fact":
                yield (*place, key), str(value)
            elif key == "facts":
                yield from (((*place, key, i), str(name)) for i, name in enumerate(value))
            else:
                yield from _facts_named(value, (*place, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _facts_named(value, (*place, index))


def _problem(entry: EntryLike, below: Iterable[Step], wrong: str, remedy: str) -> Problem:
    return entry.document.problem([*entry.path, *below], wrong, remedy)


def _named(entry: EntryLike, facts: Facts) -> Iterator[Problem]:
    for index, name in enumerate(entry.data["facts"]):
        if name not in facts:
            yield _no_fact(entry, ("facts", index), name)


def _no_fact(entry: EntryLike, below: tuple[Step, ...], name: str) -> Problem:
    return _problem(entry, below, f"there is no fact {name!r}", "add it or mend the id")


def _structures(structures: Mapping[str, EntryLike], facts: Facts) -> Iterator[Problem]:
    for identity, entry in structures.items():
        yield from _named(entry, facts)
        for index, number in enumerate(entry.data["numbers"]):
            for wrong, remedy in _lacks(facts, number["fact"], number["values"]):
                yield _problem(entry, ["numbers", index], wrong, remedy)
        for index, near in enumerate(entry.data["confused_with"]):
            below = ("confused_with", index)
            if near["structure"] == identity:
                yield _problem(entry, below, "is confused with itself", "name another kind")
            elif near["structure"] not in structures:
                yield _problem(
                    entry,
                    below,
                    f"there is no kind of structure {near['structure']!r}",
                    "add it or mend the id",
                )


def _covered_once(structures: Mapping[str, EntryLike]) -> Iterator[Problem]:
    kinds = {identity: build.structure(entry.data) for identity, entry in structures.items()}
    for identity, entry in structures.items():
        for index, pattern in enumerate(entry.data["structures"]):
            alone = build.structure({**entry.data, "structures": [pattern]})
            if not any(alone.covers(name) for name in structure_names()):
                yield _problem(
                    entry,
                    ["structures", index],
                    f"{pattern!r} covers nothing in the model",
                    "compare it with the names in content/structure_names.py",
                )
        for name in structure_names():
            if not kinds[identity].covers(name):
                continue
            first = next(each.id for each in kinds.values() if each.covers(name))
            if first != identity:
                yield _problem(
                    entry,
                    ["structures"],
                    f"{name!r} is covered by {first!r} too",
                    "let one kind cover it",
                )
    for name in structure_names():
        if not any(kind.covers(name) for kind in kinds.values()):
            entry = next(iter(structures.values()))
            yield _problem(entry, [], f"no kind covers {name!r}", "add one that does")


def _comparisons(entries: Entries, facts: Facts) -> Iterator[Problem]:
    for entry in entries["comparisons"].values():
        data = entry.data
        yield from _named(entry, facts)
        if data["structure"] not in entries["structures"]:
            yield _problem(
                entry,
                ["structure"],
                f"there is no kind of structure {data['structure']!r}",
                "add it or mend the id",
            )
        for index, series in enumerate(data["series"]):
            for place, value in series["values"].items():
                below = ("series", index, "values", place)
                yield from _placed(entry, below, facts, series["fact"], value)


def _placed(
    entry: EntryLike, below: tuple[Step, ...], facts: Facts, fact: str, value: str
) -> Iterator[Problem]:
    lacks = list(_lacks(facts, fact, [value]))
    if lacks:
        for wrong, remedy in lacks:
            yield _problem(entry, below, wrong, remedy)
        return
    found = facts[fact].value(value)
    if found.where != below[-1]:
        yield _problem(
            entry,
            below,
            f"value {value!r} of {fact!r} belongs to {found.where}",
            "point at the value of that level, or say where it belongs in the fact",
        )
    if found.unit != entry.data["unit"]:
        yield _problem(
            entry,
            below,
            f"value {value!r} of {fact!r} is in {found.unit}, not in {entry.data['unit']}",
            "compare like with like",
        )


def _variants(variants: Mapping[str, EntryLike], facts: Facts) -> Iterator[Problem]:
    for entry in variants.values():
        data = entry.data
        yield from _named(entry, facts)
        record = build.variant(data)
        for point in record.points:
            for wrong, remedy in _lacks(facts, point.fact, [point.value], point.take):
                yield _problem(entry, _place_of(data, point.fact), wrong, remedy)
        if record.kind == "choice":
            allowed = [option.id for option in record.options]
            if record.default not in allowed:
                yield _problem(
                    entry,
                    ["default"],
                    f"{record.default!r} is none of its options",
                    f"use one of: {', '.join(allowed)}",
                )
        elif not _in_range(record.low, record.default, record.high):
            yield _problem(
                entry,
                [],
                "low, default and high do not rise",
                "give all three as numbers, from low over default to high",
            )


def _in_range(low: float | None, default: object, high: float | None) -> bool:
    numbers = isinstance(default, int | float) and low is not None and high is not None
    return numbers and low <= default <= high  # type: ignore[operator]


def _place_of(data: Mapping[str, Any], fact: str) -> tuple[Step, ...]:
    """Where a variant names `fact`: the field, as near as it can be told."""
    for field in ("axes", "line", "marks"):
        if fact in str(data.get(field, "")):
            return (field,)
    return ()


def _lacks(
    facts: Facts, fact: str, values: Iterable[str], take: str = "any"
) -> Iterator[tuple[str, str]]:
    if fact not in facts:
        yield f"there is no fact {fact!r}", "add it or mend the id"
        return
    for name in values:
        try:
            value = facts[fact].value(name)
        except KeyError as error:
            yield str(error.args[0]), "point at one of the fact's values"
            continue
        if take != "any" and getattr(value, take) is None:
            yield f"value {name!r} of fact {fact!r} has no {take}", "take another of its numbers"
