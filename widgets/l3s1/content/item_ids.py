"""The list of every id that an item of the bank has ever had.

What students have answered is kept in their browsers under an item's id. So an id stays: an item
that is no longer asked is marked `status: retired` and kept, and its id names nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from l3s1.content.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from l3s1.content.cross_checks import EntryLike

IDS_FILE = "assets/items/ids.txt"
REGISTER = "run `python tools/item_bank.py`, which lists it"


def read_ids(text: str) -> dict[str, tuple[str, int]]:
    """The type of each id and its line, from lines of an id and a type.

    Raises `ValueError` that names a line which is neither that nor empty.
    """
    listed: dict[str, tuple[str, int]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split()
        if not words:
            continue
        if len(words) != 2:
            raise ValueError(f"line {number} is not an id and a type: {line.strip()!r:.80}")
        listed.setdefault(words[0], (words[1], number))
    return listed


def write_ids(types: Mapping[str, str]) -> str:
    """The text of the list, from the type of each id."""
    return "".join(f"{identity} {types[identity]}\n" for identity in sorted(types))


def check_ids(root: Path, items: Mapping[str, EntryLike]) -> Iterator[Problem]:
    """Yield every id of the bank that is not listed, has vanished or names something else now."""
    try:
        listed = read_ids((root / IDS_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        yield Problem(
            IDS_FILE, 1, "the file", f"can't be read ({error})", "restore it from the repository"
        )
        return
    for identity, entry in items.items():
        kind, _ = listed.get(identity, (None, 0))
        place = [*entry.path, "id"]
        if kind is None:
            yield entry.document.problem(place, f"is not listed in {IDS_FILE}", REGISTER)
        elif kind != entry.data["type"]:
            yield entry.document.problem(
                place,
                f"is taken by a question of type {kind!r}, which students may have answered",
                "give this one a new id and keep the old one with `status: retired`",
            )
    for identity, (_, line) in listed.items():
        if identity not in items:
            yield Problem(
                IDS_FILE,
                line,
                identity,
                "has vanished from the bank",
                "put the item back with `status: retired`; an id is never used again",
            )
