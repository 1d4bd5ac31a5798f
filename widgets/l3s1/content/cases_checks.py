"""Checks of virtual patients: what is named exists, and every way through a case can be gone."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from l3s1.content import build
from l3s1.content.cases_ways import check_ways
from l3s1.content.choices import say_with_numbers
from l3s1.content.personal_risk import personal_risks
from l3s1.vocabulary import Trust

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from l3s1.content.cross_checks import Entries, EntryLike
    from l3s1.content.documents import Step
    from l3s1.content.problems import Problem
    from l3s1.content.records import Fact

Place = list[str | int]

_CONVENTION = "convention"
_WRONG_TURN = ("poor", "harmful")


def check_cases(entries: Entries) -> Iterator[Problem]:
    """Yield everything that is wrong with a case, by file, node and remedy."""
    facts = {identity: build.fact(entry.data) for identity, entry in entries["facts"].items()}
    objectives = {
        each["id"]
        for lesson in entries["lessons"].values()
        for each in lesson.data.get("objectives", ())
    }
    numbers: dict[int, str] = {}
    for identity, entry in entries["cases"].items():
        data = entry.data
        if PurePosixPath(entry.document.file).stem != identity:
            yield _problem(
                entry, ["id"], "is not the file's name", f"call the file {identity}.yaml"
            )
        if data["number"] in numbers:
            wrong = f"is the number of case {numbers[data['number']]!r} too"
            yield _problem(entry, ["number"], wrong, "give each case its own")
        numbers[data["number"]] = identity
        yield from _lesson(entry, entries, objectives)
        for where, wrong, remedy in (*_ids(data), *_findings(data), *_decisions(data)):
            yield _problem(entry, where, wrong, remedy)
        for where, part in _parts(data):
            yield from _facts(entry, where, part, facts)
        for where, text in _texts(data):
            for sentence in personal_risks(text, (identity.title(),)):
                wrong = f"gives one person a risk as a number ({sentence[:80]!r})"
                yield _problem(entry, where, wrong, "say it of the people who were studied")
        for where, wrong, remedy in check_ways(data):
            yield _problem(entry, where, wrong, remedy)


def _problem(entry: EntryLike, below: Iterable[Step], wrong: str, remedy: str) -> Problem:
    return entry.document.problem([*entry.path, *below], wrong, remedy)


def _lesson(entry: EntryLike, entries: Entries, objectives: set[str]) -> Iterator[Problem]:
    data = entry.data
    named: list[tuple[Place, str]] = [(["lesson"], data["lesson"])]
    named += [
        (["activities", place, "lesson"], each["lesson"])
        for place, each in enumerate(data["activities"])
    ]
    for where, number in named:
        if number not in entries["lessons"]:
            yield _problem(entry, where, f"there is no lesson {number!r}", "mend the number")
    for place, name in enumerate(data["objectives"]):
        if name not in objectives:
            wrong = f"no lesson has an objective {name!r}"
            yield _problem(entry, ["objectives", place], wrong, "add it to a lesson or mend the id")


def _ids(data: Mapping[str, Any]) -> Iterator[tuple[Place, str, str]]:
    """Ids that stand twice."""
    groups: list[tuple[Place, list[Any]]] = [
        (["findings"], data["findings"]),
        (["nodes"], data["nodes"]),
    ]
    for place, node in enumerate(data["nodes"]):
        groups.append((["nodes", place, "choices"], node.get("choices", [])))
    for where, group in groups:
        ids = [each["id"] for each in group]
        for place, name in enumerate(ids):
            if name in ids[:place]:
                yield [*where, place], f"the id {name!r} stands twice", "rename one"


def _findings(data: Mapping[str, Any]) -> Iterator[tuple[Place, str, str]]:
    known = {each["id"] for each in data["findings"]}
    offered: set[str] = set()
    needed = {
        name
        for node in data["nodes"]
        for choice in node.get("choices", ())
        for name in choice.get("needs", ())
    }
    for place, node in enumerate(data["nodes"]):
        for index, name in enumerate(node.get("findings", ())):
            offered.add(name)
            if name not in known:
                where: Place = ["nodes", place, "findings", index]
                yield where, f"the case has no finding {name!r}", "add it or mend the id"
    for place, finding in enumerate(data["findings"]):
        if finding["id"] not in offered:
            yield ["findings", place], "can be asked for nowhere", "list it at a decision"
        if "needless" in finding and finding["id"] in needed:
            wrong = "is called needless, and a choice needs it"
            yield ["findings", place, "needless"], wrong, "leave out one of the two"


def _decisions(data: Mapping[str, Any]) -> Iterator[tuple[Place, str, str]]:
    nodes = {node["id"]: node for node in data["nodes"]}
    for place, node in enumerate(data["nodes"]):
        if node["kind"] != "decision":
            continue
        ratings = [choice["rating"] for choice in node["choices"]]
        if "best" not in ratings:
            yield ["nodes", place, "choices"], "no choice is rated best", "rate one (or more) best"
        if set(ratings) == {"best"}:
            yield ["nodes", place, "choices"], "every choice is rated best", "offer a wrong turn"
        texts = [choice["text"] for choice in node["choices"]]
        said = [choice["feedback"] for choice in node["choices"]]
        for what, lines in (("text", texts), ("feedback", said)):
            if len(set(lines)) < len(lines):
                wrong = f"two choices have the same {what}"
                yield ["nodes", place, "choices"], wrong, "tell them apart"
    if data["start"] in nodes and nodes[data["start"]]["kind"] != "decision":
        yield ["start"], f"{data['start']!r} is no decision", "let the case start with a decision"


def _parts(data: Mapping[str, Any]) -> Iterator[tuple[Place, Mapping[str, Any]]]:
    """Every part of a case that may name facts."""
    for place, finding in enumerate(data["findings"]):
        yield ["findings", place], finding
    for place, node in enumerate(data["nodes"]):
        yield ["nodes", place], node
        for index, choice in enumerate(node.get("choices", ())):
            yield ["nodes", place, "choices", index], choice
    for place, point in enumerate(data["debrief"]):
        yield ["debrief", place], point


def _facts(
    entry: EntryLike, where: Place, part: Mapping[str, Any], facts: Mapping[str, Fact]
) -> Iterator[Problem]:
    key = next(name for name in ("feedback", "result", "text") if name in part)
    named = part.get("facts", [])
    unknown = [name for name in named if name not in facts]
    for name in unknown:
        place = [*where, "facts", named.index(name)]
        yield _problem(entry, place, f"there is no fact {name!r}", "add it or mend the id")
    for name in named:
        unsourced = name in facts and facts[name].trust is Trust.UNVERIFIED
        if unsourced and _CONVENTION not in part[key].lower():
            wrong = f"rests on {name!r}, which is unverified, and reads like a finding"
            remedy = (
                f"say in it that this is a teaching {_CONVENTION}, or rest it on a sourced fact"
            )
            yield _problem(entry, [*where, key], wrong, remedy)
    if unknown:
        return
    try:
        say_with_numbers(part[key], (facts[name] for name in named))
    except ValueError as error:
        yield _problem(entry, [*where, key], str(error), "name a value of the facts beside it")


def _texts(data: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    """Every text that a student reads; what a wrong turn promises is not the course's word."""
    yield ["presentation"], data["presentation"]
    for where, part in _parts(data):
        for key in ("text", "question", "result", "harm", "needless", "feedback"):
            wrong_turn = key == "text" and part.get("rating") in _WRONG_TURN
            if key in part and not wrong_turn:
                yield [*where, key], part[key]
