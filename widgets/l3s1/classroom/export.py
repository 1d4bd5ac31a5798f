"""`l3s1 export`: write the questions for Anki, for players of QTI, or for Moodle."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from l3s1.assessment.exchange.portable import Carried

OK = 0
PROBLEM = 1
UNUSABLE = 2

DATE_VARIABLE = "SOURCE_DATE_EPOCH"
"""Seconds since 1970; where it is set, Anki's notes are dated by it."""


_LAST_SECOND = 2**32
"""Later than any date that a file is written on."""


class _DateError(ValueError):
    """The date that is asked for is none; the text says what to give."""


@dataclass(frozen=True)
class Format:
    """A kind of file: what it is called and how its name ends."""

    label: str
    suffix: str
    write: Callable[[Carried], bytes]


def _anki(carried: Carried) -> bytes:
    from l3s1.assessment.exchange.anki import anki_package

    return anki_package(carried.items, _last_change_s())


def _qti(carried: Carried) -> bytes:
    from l3s1.assessment.exchange.qti_package import qti_package

    return qti_package(carried.items, 2)


def _qti3(carried: Carried) -> bytes:
    from l3s1.assessment.exchange.qti_package import qti_package

    return qti_package(carried.items, 3)


def _moodle(carried: Carried) -> bytes:
    from l3s1.assessment.exchange.moodle import moodle_quiz

    return moodle_quiz(carried.items)


FORMATS = {
    "anki": Format("an Anki package", ".apkg", _anki),
    "qti": Format("a QTI 2.1 package", ".zip", _qti),
    "qti3": Format("a QTI 3.0 package", ".zip", _qti3),
    "moodle": Format("a Moodle XML file", ".xml", _moodle),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what `l3s1 export` takes."""
    parser.add_argument(
        "--format", required=True, choices=list(FORMATS), help="what to write (docs/export.md)"
    )
    parser.add_argument("--out", required=True, type=Path, metavar="FILE", help="where to write it")
    parser.add_argument("--force", action="store_true", help="replace FILE where it exists")
    filters = parser.add_argument_group("only some of the questions (several values each)")
    for name, example in {
        "lesson": "05 06",
        "objective": "approach-risks",
        "level": "judgement",
        "type": "numeric ordering",
        "use": "check review",
    }.items():
        filters.add_argument(
            f"--{name}", nargs="+", action="extend", default=[], metavar=name.upper(), help=example
        )


def run(arguments: argparse.Namespace) -> int:
    """Write the file and say what is in it; returns the exit code."""
    form = FORMATS[arguments.format]
    if problem := _unusable(arguments.out, form, force=arguments.force):
        _say(problem)
        return UNUSABLE
    from l3s1.assessment.exchange.archive import write_whole
    from l3s1.assessment.exchange.portable import carry
    from l3s1.assessment.exchange.selection import FILTERS, SelectionError, choose_items
    from l3s1.classroom.checked_course import CourseError, load_course

    try:
        content, _ = load_course()
    except CourseError as error:
        _say(str(error))
        return PROBLEM
    try:
        items = choose_items(content, {name: getattr(arguments, name) for name in FILTERS})
    except SelectionError as error:
        for problem in error.problems:
            _say(problem)
        return UNUSABLE
    carried = carry(content, items)
    if not carried.items:
        _say_left_out(carried)
        _say(f"Nothing is left for {form.label}; {arguments.out} was not written.")
        return UNUSABLE
    try:
        written = form.write(carried)
        write_whole(arguments.out, written, replace=arguments.force)
    except _DateError as error:
        _say(str(error))
        return UNUSABLE
    except OSError as error:
        _say(f"{arguments.out}: can't be written ({error.strerror}); give another --out.")
        return UNUSABLE
    print(f"{arguments.out}: {form.label}, {len(carried.items)} questions, {len(written):,} bytes")
    for name, how in carried.converted.items():
        print(f"converted: {name} ({how})")
    _say_left_out(carried)
    return OK


def _say_left_out(carried: Carried) -> None:
    for name, why in carried.left_out.items():
        _say(f"left out: {name} ({why})")


def _unusable(out: Path, form: Format, *, force: bool) -> str | None:
    """What is wrong with the file that is asked for, if anything is."""
    if out.suffix.lower() != form.suffix:
        return f"{out}: {form.label} has a name that ends in {form.suffix}; give such an --out."
    if out.is_dir():
        return f"{out}: is a folder; give the name of a file."
    if out.exists() and not force:
        return f"{out}: is there already; give another --out, or --force to replace it."
    if not out.parent.is_dir():
        return f"{out}: the folder {out.parent} is missing; make it, or give another --out."
    return None


def _last_change_s() -> int:
    """When the content, an instructor's too, was last changed here, in seconds since 1970.

    Anki takes a note anew only where its date is later, so it may not go backwards; and it may not
    be the moment of writing, or the same questions would make another file each time.
    """
    from l3s1.content import OWN_ITEMS, course_root

    if given := os.environ.get(DATE_VARIABLE, ""):
        if not given.isdecimal() or int(given) > _LAST_SECOND:
            raise _DateError(f"{DATE_VARIABLE}={given!r} is no date; give seconds since 1970.")
        return int(given)
    own = [Path(name) for name in os.environ.get(OWN_ITEMS, "").split(os.pathsep) if name]
    files = [*(course_root() / "assets").rglob("*.yaml"), *own]
    return int(max(path.stat().st_mtime for path in files))


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
