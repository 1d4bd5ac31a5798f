"""Checks of the questions: what an item names exists, and its keys are among its choices."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Any

from l3s1.content import build
from l3s1.content.item_rules import check_writing
from l3s1.content.spots import model_places
from l3s1.content.structure_names import structure_names
from l3s1.vocabulary import TRIAGE_DECISIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping

    from l3s1.content.cross_checks import Entries, EntryLike
    from l3s1.content.documents import Step
    from l3s1.content.problems import Problem
    from l3s1.content.records import Fact

    _Found = Iterator[tuple[tuple[Step, ...], str, str]]
    """Places below an item, each with what is wrong there and what to do."""

_MEND = "add it or mend the id"
_MEND_NAME = "mend the name (docs/spine.md says how)"
_LETTERED = ("choices", "entries", "prompts", "marks")


def check_items(entries: Entries, bank: Container[str]) -> Iterator[Problem]:
    """Yield every contradiction in the items, and between them and facts, lessons and the model.

    `bank` has the ids of the course's own items; the others are an instructor's.
    """
    facts = {identity: build.fact(entry.data) for identity, entry in entries["facts"].items()}
    for identity, entry in entries["items"].items():
        data = entry.data
        for found in (
            () if identity in bank else _own(data),
            _facts(data, facts),
            _place(data, entries["lessons"]),
            _ids(data),
            _BY_TYPE[data["type"]](data, facts),
            check_writing(data),
        ):
            for below, wrong, remedy in found:
                yield entry.document.problem([*entry.path, *below], wrong, remedy)


def _facts(data: Mapping[str, Any], facts: Mapping[str, Fact]) -> _Found:
    for index, name in enumerate(data["facts"]):
        if name not in facts:
            yield ("facts", index), f"there is no fact {name!r}", _MEND


def _place(data: Mapping[str, Any], lessons: Mapping[str, EntryLike]) -> _Found:
    lesson = lessons.get(data["lesson"])
    if lesson is None:
        yield ("lesson",), f"there is no lesson {data['lesson']!r}", "mend the number"
        return
    objectives = [each["id"] for each in lesson.data.get("objectives", ())]
    if data["objective"] not in objectives:
        yield (
            ("objective",),
            f"lesson {data['lesson']} has no objective {data['objective']!r}",
            f"use one of: {', '.join(objectives)}",
        )


def _own(data: Mapping[str, Any]) -> _Found:
    if data["use"] != "review":
        yield ("use",), "an item of your own is asked in the review", "write 'review'"


def _ids(data: Mapping[str, Any]) -> _Found:
    for part in _LETTERED:
        ids = [each["id"] for each in data.get(part, ())]
        for name in _repeated(ids):
            yield (part,), f"two {part} share the id {name!r}", "give each its own, in order"


def _repeated(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


def _key(below: tuple[Step, ...], key: str, choices: Iterable[Mapping[str, Any]]) -> _Found:
    ids = [choice["id"] for choice in choices]
    if key not in ids:
        yield below, f"{key!r} is none of the choices", f"use one of {', '.join(ids)}"


def _single_best_answer(data: Mapping[str, Any], _: Mapping[str, Fact]) -> _Found:
    yield from _key(("key",), data["key"], data["choices"])
    decisions = {choice["id"]: choice["text"] for choice in data["choices"]}
    if data["use"] == "triage" and decisions != TRIAGE_DECISIONS:
        yield (
            ("choices",),
            "a call is decided by the four decisions of every call",
            f"offer exactly: {'; '.join(TRIAGE_DECISIONS.values())}",
        )


def _multiple_response(data: Mapping[str, Any], _: Mapping[str, Fact]) -> _Found:
    for index, key in enumerate(data["keys"]):
        yield from _key(("keys", index), key, data["choices"])
    if len(data["keys"]) >= len(data["choices"]):
        yield ("keys",), "every choice is right", "offer at least one that is not"
    if "all that apply" not in data["stem"]:
        yield (
            ("stem",),
            "doesn't say that several choices may be right",
            "write 'Choose all that apply.'",
        )


def _numeric(data: Mapping[str, Any], facts: Mapping[str, Fact]) -> _Found:
    answer = data["answer"]
    if answer["fact"] not in data["facts"]:
        yield (
            ("answer", "fact"),
            f"{answer['fact']!r} is not in this item's list of facts",
            "list it under facts, or mend the id",
        )
    if not math.isfinite(answer["tolerance"]):
        yield ("answer", "tolerance"), "is no number to compare with", "write 0 or more"
    fact = facts.get(answer["fact"])
    if fact is None:
        yield ("answer", "fact"), f"there is no fact {answer['fact']!r}", _MEND
        return
    units = {each.name: each.unit for each in fact.values if each.estimate is not None}
    if answer["value"] not in units:
        yield (
            ("answer", "value"),
            f"fact {fact.id!r} has no number {answer['value']!r}",
            f"use one of: {', '.join(sorted(units)) or '(it has none: ask something else)'}",
        )
    elif answer["unit"] != units[answer["value"]]:
        yield (
            ("answer", "unit"),
            f"{answer['unit']!r} is not the unit of {answer['value']!r} in {fact.id!r}",
            f"write {units[answer['value']]!r}",
        )


def _ordering(_data: Mapping[str, Any], _: Mapping[str, Fact]) -> _Found:
    return iter(())


def _extended_matching(data: Mapping[str, Any], _: Mapping[str, Fact]) -> _Found:
    for index, prompt in enumerate(data["prompts"]):
        yield from _key(("prompts", index, "key"), prompt["key"], data["choices"])


def _matching(data: Mapping[str, Any], facts: Mapping[str, Fact]) -> _Found:
    yield from _extended_matching(data, facts)
    yield from _once(data, "prompts")
    if len(data["choices"]) < len(data["prompts"]):
        yield ("choices",), "there are fewer choices than prompts", "add choices"


def _once(data: Mapping[str, Any], part: str) -> _Found:
    for key in _repeated(each["key"] for each in data[part]):
        yield (
            (part,),
            f"choice {key!r} is the key of two {part}",
            "give each its own choice (extended_matching may use one more than once)",
        )


def _label_picture(data: Mapping[str, Any], _: Mapping[str, Fact]) -> _Found:
    shown = model_places().pictures.get(data["picture"])
    if shown is None:
        known = ", ".join(model_places().pictures)
        yield ("picture",), f"there is no picture {data['picture']!r}", f"use one of: {known}"
        return
    for index, mark in enumerate(data["marks"]):
        yield from _key(("marks", index, "key"), mark["key"], data["choices"])
        if mark["structure"] not in structure_names():
            wrong = f"the model has no {mark['structure']}"
            yield ("marks", index, "structure"), wrong, _MEND_NAME
        elif mark["structure"] not in shown:
            seen = ", ".join(model_places().seen_in(mark["structure"])) or "none"
            yield (
                ("marks", index, "structure"),
                f"{mark['structure']} can't be pointed at in the picture {data['picture']!r}",
                f"mark what it shows, or take a picture that shows it: {seen}",
            )
    yield from _once(data, "marks")
    for name in _repeated(each["structure"] for each in data["marks"]):
        yield ("marks",), f"{name} is marked twice", "mark something else"


def _find_in_3d(data: Mapping[str, Any], _: Mapping[str, Fact]) -> _Found:
    yield from _structures(("find",), data["find"]["structures"])
    seen = set(data["find"]["structures"])
    for index, near in enumerate(data["near"]):
        yield from _structures(("near", index), near["structures"])
        for name in sorted(seen.intersection(near["structures"])):
            yield (
                ("near", index, "structures"),
                f"{name} has been named above",
                "name each structure once: it is right, or one near miss",
            )
        seen.update(near["structures"])


def _structures(below: tuple[Step, ...], names: Iterable[str]) -> _Found:
    for index, name in enumerate(names):
        if name not in structure_names():
            yield (*below, "structures", index), f"the model has no {name}", _MEND_NAME
        elif name not in model_places().structures:
            wrong = f"{name} is a whole bone, and a click marks a part of it"
            yield (*below, "structures", index), wrong, f"name the parts that count, as {name}.…"


_BY_TYPE: dict[str, Callable[[Mapping[str, Any], Mapping[str, Fact]], _Found]] = {
    "single_best_answer": _single_best_answer,
    "multiple_response": _multiple_response,
    "numeric": _numeric,
    "ordering": _ordering,
    "matching": _matching,
    "extended_matching": _extended_matching,
    "label_picture": _label_picture,
    "find_in_3d": _find_in_3d,
}
