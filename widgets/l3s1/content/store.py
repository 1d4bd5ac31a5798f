"""Loads `assets/`: every file validated, everything cross-checked, the result frozen."""

from __future__ import annotations

import gc
import os
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from l3s1.content import build
from l3s1.content.anatomy_checks import check_anatomy, check_model_numbers
from l3s1.content.approaches import build_approach, check_approaches
from l3s1.content.cases import build_case
from l3s1.content.cases_checks import check_cases
from l3s1.content.choices import build_choice
from l3s1.content.choices_checks import check_choices
from l3s1.content.cross_checks import check_references_between
from l3s1.content.documents import Document, Step, read_document, read_schema
from l3s1.content.grafts import build_graft, build_trial, check_grafts
from l3s1.content.item_ids import IDS_FILE, check_ids
from l3s1.content.items import build_item
from l3s1.content.items_checks import check_items
from l3s1.content.nerves import build_nerves
from l3s1.content.nerves_checks import check_nerves
from l3s1.content.paths import course_root
from l3s1.content.problems import ContentError, Problem
from l3s1.content.procedures import build_procedure
from l3s1.content.procedures_checks import check_procedures
from l3s1.content.records import Content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

Record = TypeVar("Record")


@dataclass(frozen=True)
class Collection:
    """A folder of `assets/`: its files hold a list under `key`, or one record each."""

    folder: str
    key: str | None
    identity: str = "id"


COLLECTIONS = (
    Collection("facts", "facts"),
    Collection("references", "references"),
    Collection("phases", "phases"),
    Collection("choices", "choices"),
    Collection("items", "items"),
    Collection("glossary", "terms"),
    Collection("lessons", None, identity="number"),
    Collection("structures", "structures"),
    Collection("comparisons", "comparisons"),
    Collection("variants", "variants"),
    Collection("nerves", "entries"),
    Collection("grafts", "grafts"),
    Collection("graft_trials", "trials"),
    Collection("approaches", "approaches"),
    Collection("procedures", None),
    Collection("cases", None),
)


@dataclass(frozen=True)
class Entry:
    """One record of a collection as it stands in its file."""

    document: Document
    path: tuple[Step, ...]
    data: dict[str, Any]


Entries = dict[str, dict[str, Entry]]


OWN_ITEMS = "L3S1_ITEMS"
"""Environment variable with the files of an instructor's own items, as PATH lists folders."""


def load_content(root: Path | None = None, own_items: Sequence[Path] | None = None) -> Content:
    """Load and check the whole content below `root` (default: the course's own).

    `own_items` are files of an instructor's items that are added to the bank; without it, those
    that the environment names (see `OWN_ITEMS`) are added to the course's own content.
    Raises `ContentError` that names every problem of every file at once.
    """
    if root is not None:
        return _load(root, own_items or ())
    if own_items is None:
        named = os.environ.get(OWN_ITEMS, "").split(os.pathsep)
        own_items = [Path(name) for name in named if name]
    return _load_course(tuple(own_items))


@cache
def _load_course(own_items: tuple[Path, ...]) -> Content:
    return _load(course_root(), own_items)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Let nothing look for garbage meanwhile: all that is read stays, and there are no cycles.

    With ten thousand items the search takes more time than everything else.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_collector_paused()
def _load(root: Path, own_items: Sequence[Path]) -> Content:
    problems: list[Problem] = []
    entries: Entries = {}
    for collection in COLLECTIONS:
        entries[collection.folder] = _read(root, collection, problems)
    bank = dict(entries["items"])
    for path in own_items:
        _read_own(root, path, entries["items"], problems)
    if not problems:
        problems.extend(check_ids(root, bank))
        problems.extend(check_references_between(entries))
        problems.extend(check_items(entries, bank))
        problems.extend(check_choices(entries))
        problems.extend(check_anatomy(entries))
        problems.extend(check_model_numbers(root, entries["facts"]))
        problems.extend(check_nerves(entries))
        problems.extend(check_grafts(entries))
        problems.extend(check_approaches(entries))
        problems.extend(check_procedures(entries))
        problems.extend(check_cases(entries))
    if problems:
        raise ContentError(problems)
    facts = _frozen(entries["facts"], build.fact)
    bars = {name: entry.data for name, entry in entries["phases"].items()}
    return Content(
        facts=facts,
        references=_frozen(entries["references"], build.reference),
        phases=_frozen(entries["phases"], lambda data: build.phase(data, facts)),
        choices=_frozen(entries["choices"], lambda data: build_choice(data, facts, bars)),
        items=_frozen(
            entries["items"], lambda data: build_item(data, facts, own=data["id"] not in bank)
        ),
        glossary=_frozen(entries["glossary"], build.term),
        lessons=_frozen(entries["lessons"], build.lesson),
        structures=_frozen(entries["structures"], build.structure),
        comparisons=_frozen(entries["comparisons"], build.comparison),
        variants=_frozen(entries["variants"], build.variant),
        grafts=_frozen(entries["grafts"], build_graft),
        graft_trials=_frozen(entries["graft_trials"], build_trial),
        nerves=build_nerves({name: entry.data for name, entry in entries["nerves"].items()}),
        approaches=_frozen(entries["approaches"], build_approach),
        procedures=_frozen(
            _placed(entries["procedures"], "place"), lambda data: build_procedure(data, facts)
        ),
        cases=_frozen(_placed(entries["cases"], "number"), lambda data: build_case(data, facts)),
    )


def _placed(entries: dict[str, Entry], by: str) -> dict[str, Entry]:
    """Records in the order in which they are offered."""
    return dict(sorted(entries.items(), key=lambda each: each[1].data[by]))


def _read(root: Path, collection: Collection, problems: list[Problem]) -> dict[str, Entry]:
    assets = root / "assets"
    folder = assets / collection.folder
    schema_path = assets / "schemas" / f"{collection.folder}.schema.json"
    shown = f"assets/{collection.folder}"
    if not schema_path.is_file() or not folder.is_dir():
        problems.append(
            Problem(
                shown, 1, "the folder", "or its schema is missing", "restore it from the repository"
            )
        )
        return {}
    schema = read_schema(schema_path)
    entries: dict[str, Entry] = {}
    for path in sorted(folder.iterdir()):
        name = f"{shown}/{path.name}"
        if name == IDS_FILE:
            continue
        if path.suffix != ".yaml":
            problems.append(Problem(name, 1, "the file", "is not .yaml", "rename or remove it"))
            continue
        found = read_document(path, name, schema)
        if isinstance(found, list):
            problems.extend(found)
            continue
        _add(found, collection, entries, problems)
    if not entries and not problems:
        problems.append(Problem(shown, 1, "the folder", "holds no content", "restore its files"))
    return entries


def _read_own(root: Path, path: Path, entries: dict[str, Entry], problems: list[Problem]) -> None:
    """Add an instructor's own items to those of the bank."""
    schema = read_schema(root / "assets" / "schemas" / "items.schema.json")
    found = read_document(path, str(path), schema)
    if isinstance(found, list):
        problems.extend(found)
    else:
        _add(found, Collection("items", "items"), entries, problems)


def _add(
    document: Document,
    collection: Collection,
    entries: dict[str, Entry],
    problems: list[Problem],
) -> None:
    """Add the records of a document, each under its identity."""
    for entry in _entries(document, collection):
        identity = str(entry.data[collection.identity])
        if identity not in entries:
            entries[identity] = entry
            continue
        first = entries[identity]
        place = f"{first.document.file}:{first.document.line(first.path)}"
        problems.append(
            document.problem(
                entry.path, f"{identity!r} is taken (see {place})", "give it another id"
            )
        )


def _entries(document: Document, collection: Collection) -> Iterator[Entry]:
    if collection.key is None:
        yield Entry(document, (), document.data)
        return
    shared = {name: each for name, each in document.data.items() if name != collection.key}
    for index, data in enumerate(document.data[collection.key]):
        yield Entry(document, (collection.key, index), {**shared, **data})


def _frozen(
    entries: dict[str, Entry], make: Callable[[dict[str, Any]], Record]
) -> Mapping[str, Record]:
    return MappingProxyType({identity: make(entry.data) for identity, entry in entries.items()})
