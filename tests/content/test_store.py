"""The loader accepts what is right, and says where and what is wrong of everything else."""

from __future__ import annotations

import shutil
from dataclasses import FrozenInstanceError
from typing import TYPE_CHECKING, Any

import pytest

from l3s1.content import ContentError
from l3s1.vocabulary import Evidence

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import ContentFolder

Tree = dict[str, Any]


def test_minimal_content_loads_and_is_frozen(content_folder: ContentFolder) -> None:
    content = content_folder.load()
    fact = content.facts["made-up-stay"]
    assert fact.evidence is Evidence.COHORT
    span = content.phases["in-hospital"].span
    assert span is not None
    assert content.days(span.earliest) == 3
    assert span.usual is not None
    assert content.days(span.usual) == 4
    with pytest.raises(FrozenInstanceError):
        fact.n = 3  # type: ignore[misc]
    with pytest.raises(TypeError):
        content.facts["other"] = fact  # type: ignore[index]


def _fact(change: Tree) -> Callable[[ContentFolder], None]:
    return _change("facts/stay", lambda data: data["facts"][0].update(change))


def _phase(change: Tree) -> Callable[[ContentFolder], None]:
    return _change("phases/recovery", lambda data: data["phases"][0].update(change))


def _item(change: Tree) -> Callable[[ContentFolder], None]:
    return _change("items/lesson_09", lambda data: data["items"][0].update(change))


def _lesson(change: Tree) -> Callable[[ContentFolder], None]:
    return _change("lessons/09", lambda data: data.update(change))


def _change(name: str, spoil: Callable[[Tree], Any]) -> Callable[[ContentFolder], None]:
    def apply(folder: ContentFolder) -> None:
        data = folder.read(name)
        spoil(data)
        folder.write(name, data)

    return apply


def _value(**change: Any) -> Callable[[ContentFolder], None]:
    return _change("facts/stay", lambda data: data["facts"][0]["values"][0].update(change))


def _write(name: str, text: str) -> Callable[[ContentFolder], None]:
    return lambda folder: folder.write(name, text)


_POINT = {"fact": "made-up-stay", "value": "stay", "take": "high"}

SPOILT: dict[str, tuple[Callable[[ContentFolder], None], str, str]] = {
    "unknown field": (_fact({"colour": "red"}), "assets/facts/stay.yaml", "unknown field 'colour'"),
    "unknown design": (_fact({"design": "rumour"}), "design", "'rumour' is not allowed"),
    "missing reference": (_fact({"reference": "ghost-1"}), "reference", "no reference 'ghost-1'"),
    "unverified silently": (_fact({"trust": "unverified"}), "made-up-stay", "has no note"),
    "range upside down": (_value(low=9), "values[stay]", "do not rise"),
    "range without its kind": (
        _change("facts/stay", lambda data: data["facts"][0]["values"][0].pop("spread")),
        "values[stay]",
        "form the schema allows",
    ),
    "phase out of order": (_phase({"earliest": _POINT}), "phases[in-hospital]", "do not follow"),
    "phase without fact": (
        _phase({"earliest": {**_POINT, "fact": "ghost"}}),
        "earliest",
        "no fact 'ghost'",
    ),
    "phase with a value that is not there": (
        _phase({"earliest": {**_POINT, "value": "ghost"}}),
        "earliest",
        "no value 'ghost'",
    ),
    "time that is not a time": (_value(unit="%"), "earliest", "'%' is not a unit of time"),
    "no evidence with times": (_phase({"kind": "no_evidence"}), "phases", "form the schema allows"),
    "key that is no choice": (_item({"key": "e"}), "key", "none of the choices"),
    "call with other decisions": (_item({"use": "triage"}), "choices", "the four decisions"),
    "item of no lesson": (_item({"lesson": "44"}), "lesson", "no lesson '44'"),
    "item of no objective": (_item({"objective": "fly-high"}), "objective", "no objective"),
    "ready without take-home": (
        _change("lessons/09", lambda data: data.pop("take_home")),
        "the file",
        "lacks 'take_home'",
    ),
    "lesson of no timeline": (_lesson({"timeline": "ghost"}), "timeline", "no timeline 'ghost'"),
    "paper under two keys": (
        _write(
            "references/papers",
            "references:\n- {id: nobody-2000, title: One, doi: 10.1000/x}\n"
            "- {id: nobody-2001, title: Two, doi: 10.1000/X}\n",
        ),
        "papers.yaml:3",
        "same paper as 'nobody-2000'",
    ),
    "syntax": (_write("facts/stay", "facts: [\n"), "assets/facts/stay.yaml", "not valid YAML"),
    "empty file": (_write("facts/stay", ""), "assets/facts/stay.yaml:1", "is empty"),
    "key twice": (_write("glossary/terms", "terms: []\nterms: []\n"), "terms.yaml:2", "twice"),
    "not a mapping": (_write("lessons/10", "- 1\n"), "assets/lessons/10.yaml:1", "write a mapping"),
    "id twice": (
        lambda folder: folder.write("facts/again", folder.read("facts/stay")),
        "assets/facts/stay.yaml",
        "'made-up-stay' is taken (see assets/facts/again.yaml:2)",
    ),
}


@pytest.mark.parametrize("name", SPOILT)
def test_spoilt_content_is_refused_with_place_and_remedy(
    content_folder: ContentFolder, name: str
) -> None:
    spoil, place, wrong = SPOILT[name]
    spoil(content_folder)
    with pytest.raises(ContentError) as caught:
        content_folder.load()
    lines = [line for line in str(caught.value).splitlines() if wrong in line]
    assert lines, str(caught.value)
    assert any(place in line for line in lines)
    assert all("; " in line for line in lines), "each says what to do"


def test_all_problems_of_all_files_come_at_once(content_folder: ContentFolder) -> None:
    for name in ("unknown design", "ready without take-home", "not a mapping"):
        SPOILT[name][0](content_folder)
    with pytest.raises(ContentError) as caught:
        content_folder.load()
    files = {problem.file for problem in caught.value.problems}
    assert files == {"assets/facts/stay.yaml", "assets/lessons/09.yaml", "assets/lessons/10.yaml"}


def test_unreadable_bytes_are_a_problem_not_a_crash(content_folder: ContentFolder) -> None:
    content_folder.path("facts/stay").write_bytes(b"facts: \xff\xfe")
    with pytest.raises(ContentError, match="save it as UTF-8"):
        content_folder.load()


def test_a_missing_folder_is_named(content_folder: ContentFolder) -> None:
    shutil.rmtree(content_folder.path("items/lesson_09").parent)
    with pytest.raises(ContentError, match="assets/items:1: the folder"):
        content_folder.load()
