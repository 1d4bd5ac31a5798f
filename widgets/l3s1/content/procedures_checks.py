"""Checks of procedures: facts, names, the order of taking out and putting in, and the questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from l3s1.content import build
from l3s1.content.choices import PLACEHOLDER, say_with_numbers
from l3s1.content.procedures import QuestionKind, Table, model_names, named
from l3s1.content.typed_numbers import has_typed_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from l3s1.content.cross_checks import Entries, EntryLike
    from l3s1.content.documents import Step
    from l3s1.content.problems import Problem
    from l3s1.content.records import Fact

_MEND = "mend the name or the order of the steps"


def check_procedures(entries: Entries) -> Iterator[Problem]:
    """Yield every contradiction in the procedures."""
    facts = {identity: build.fact(entry.data) for identity, entry in entries["facts"].items()}
    for entry in entries["procedures"].values():
        yield from _order(entry, entry.data["order"], facts)
        yield from _plain(entry)
        try:
            table = Table(entry.data["unseen"])
        except ValueError as error:
            yield _problem(entry, ["unseen"], str(error), "mend the name")
            continue
        steps = entry.data["steps"]
        ids = [step["id"] for step in steps]
        for place, step in enumerate(steps):
            below: list[Step] = ["steps", place]
            if step["id"] in ids[:place]:
                yield _problem(entry, [*below, "id"], "stands twice", "rename one of the steps")
            yield from _scene(entry, below, step["scene"], table)
            yield from _texts(entry, below, step, facts)
            after = ids[place + 1] if place + 1 < len(ids) else None
            yield from _question(entry, below, step, ids, after)
        for name in sorted(table.aside):
            yield _problem(
                entry,
                ["steps", len(steps) - 1, "scene"],
                f"{name} is still aside at the end",
                "bring it back, or say that it was taken",
            )


def _problem(entry: EntryLike, below: Iterable[Step], wrong: str, remedy: str) -> Problem:
    return entry.document.problem([*entry.path, *below], wrong, remedy)


def _known(
    entry: EntryLike, below: list[Step], names: Iterable[str], facts: Mapping[str, Fact]
) -> Iterator[Problem]:
    for index, name in enumerate(names):
        if name not in facts:
            wrong = f"there is no fact {name!r}"
            yield _problem(entry, [*below, index], wrong, "add it or mend the id")


def _order(
    entry: EntryLike, order: Mapping[str, Any], facts: Mapping[str, Fact]
) -> Iterator[Problem]:
    unknown = list(_known(entry, ["order", "facts"], order["facts"], facts))
    yield from unknown
    if not unknown:
        own = [facts[name] for name in order["facts"]]
        yield from _text(entry, ["order", "text"], order["text"], own)


def _plain(entry: EntryLike) -> Iterator[Problem]:
    """Texts with which no fact is listed, and which can hold no number therefore."""
    data = entry.data
    texts: list[tuple[list[Step], str]] = [([key], data[key]) for key in ("title", "summary")]
    texts += [(["simplified", place], text) for place, text in enumerate(data["simplified"])]
    texts += [
        (["steps", place, "label"], step["label"]) for place, step in enumerate(data["steps"])
    ]
    for place, text in texts:
        if has_typed_number(text) or PLACEHOLDER.search(text):
            wrong = "holds a number, and no fact is listed with it"
            yield _problem(entry, place, wrong, "leave it out, or say it in a text with facts")


def _scene(
    entry: EntryLike, below: list[Step], scene: Mapping[str, Any], table: Table
) -> Iterator[Problem]:
    for key, wrong in table.apply(scene):
        yield _problem(entry, [*below, "scene", key], wrong, _MEND)
    for key in ("frame", "highlight", "labels"):
        for index, name in enumerate(scene.get(key, ())):
            place = [*below, "scene", key, index]
            if name not in model_names():
                yield _problem(entry, place, f"the model has no {name}", "mend the name")
            elif key != "frame" and not table.draws(name):
                yield _problem(entry, place, f"{name} is not drawn at this step", _MEND)
    try:
        named(scene.get("faint", ()))
    except ValueError as error:
        yield _problem(entry, [*below, "scene", "faint"], str(error), "mend the name")


def _texts(
    entry: EntryLike, below: list[Step], step: Mapping[str, Any], facts: Mapping[str, Fact]
) -> Iterator[Problem]:
    danger, question = step["danger"], step["question"]
    asked: list[tuple[list[Step], str]] = [(["question", "stem"], question["stem"])]
    for index, choice in enumerate(question["choices"]):
        where: list[Step] = ["question", "choices", index]
        asked += [([*where, key], choice[key]) for key in ("text", "feedback")]
    own: list[tuple[list[Step], str]] = [([key], step[key]) for key in ("happens", "purpose")]
    groups: list[tuple[list[Step], list[str], list[tuple[list[Step], str]]]] = [
        (["facts"], step.get("facts", []), own),
        (["danger", "facts"], danger["facts"], [(["danger", "text"], danger["text"])]),
        (["question", "facts"], question["facts"], asked),
    ]
    for listed, names, texts in groups:
        unknown = list(_known(entry, [*below, *listed], names, facts))
        yield from unknown
        if unknown:
            continue
        for place, text in texts:
            yield from _text(entry, [*below, *place], text, [facts[name] for name in names])


def _text(entry: EntryLike, place: list[Step], text: str, own: list[Fact]) -> Iterator[Problem]:
    if has_typed_number(text):
        yield _problem(
            entry, place, "holds a number that was typed", "name a value of a fact: {value}"
        )
    try:
        say_with_numbers(text, own)
    except ValueError as error:
        yield _problem(entry, place, str(error), "name a value of the facts listed with it")


def _question(
    entry: EntryLike,
    below: list[Step],
    step: Mapping[str, Any],
    ids: list[str],
    after: str | None,
) -> Iterator[Problem]:
    question = step["question"]
    place: list[Step] = [*below, "question"]
    choices = {choice["id"]: choice for choice in question["choices"]}
    if len(choices) < len(question["choices"]):
        yield _problem(entry, [*place, "choices"], "two choices share an id", "rename one")
    if question["key"] not in choices:
        yield _problem(entry, [*place, "key"], "is no choice", "name the id of the best choice")
        return
    kind = question["kind"]
    if kind == QuestionKind.WHAT and question.get("about") not in step["scene"].get(
        "highlight", ()
    ):
        yield _problem(
            entry, place, "asks for what is not highlighted", "highlight what `about` names"
        )
    if kind != QuestionKind.NEXT:
        return
    if after is None:
        yield _problem(entry, place, "asks for a next step after the last", "ask something else")
    for index, choice in enumerate(question["choices"]):
        if "step" in choice and choice["step"] not in ids:
            yield _problem(
                entry,
                [*place, "choices", index, "step"],
                f"there is no step {choice['step']!r}",
                "mend the id",
            )
        if (choice.get("step") == after) != (choice["id"] == question["key"]):
            yield _problem(
                entry,
                [*place, "choices", index],
                "disagrees with the order of the steps",
                f"let the key, and only it, name the step {after!r}",
            )
