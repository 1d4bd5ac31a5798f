"""`l3s1 items check`, and `--items` of the servers: an instructor's own questions."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from l3s1.classroom.paths import environment

OK = 0
PROBLEM = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `l3s1 items`."""
    commands = parser.add_subparsers(dest="items_command", required=True, metavar="COMMAND")
    check = commands.add_parser(
        "check", help="say what is wrong with files of questions, where, and what to do"
    )
    check.add_argument("files", nargs="+", type=Path, metavar="FILE", help="YAML (docs/items.md)")


def run(arguments: argparse.Namespace) -> int:
    """Check the files beside the course; returns the exit code."""
    from l3s1.content import ContentError, load_content

    try:
        content = load_content(own_items=arguments.files)
    except ContentError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        count = len(error.problems)
        print(f"{count} problem{'' if count == 1 else 's'} found.", file=sys.stderr)
        return PROBLEM
    own = [item for item in content.items.values() if item.own]
    kinds = Counter(item.type.replace("_", " ") for item in own)
    said = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    print(f"{len(own)} item{'' if len(own) == 1 else 's'} ({said}): no problem found.")
    return OK


@contextmanager
def added(files: Sequence[str] | None) -> Iterator[None]:
    """Let the course of this process, and of every kernel it starts, have these items too.

    Where none are named, those that the environment names stay.
    """
    from l3s1.content import OWN_ITEMS

    if not files:
        yield
        return
    with environment({OWN_ITEMS: os.pathsep.join(str(Path(name).resolve()) for name in files)}):
        yield
