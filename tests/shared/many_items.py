"""Any number of own items, written as an instructor would write them: those of the bank again."""

from __future__ import annotations

import re
from itertools import count, islice
from pathlib import Path

from l3s1.content import course_root

_ID = re.compile(r"^( *- id: )([a-z0-9-]{3,})$", re.MULTILINE)
_USE = re.compile(r"^( +use: )\w+$", re.MULTILINE)


def _blocks() -> list[str]:
    """The text of each item of the bank, as an item that only the review asks."""
    blocks: list[str] = []
    for path in sorted((course_root() / "assets" / "items").glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        starts = [found.start() for found in _ID.finditer(text)]
        blocks += [
            _USE.sub(r"\1review", text[start:end].rstrip() + "\n")
            for start, end in zip(starts, [*starts[1:], len(text)], strict=True)
        ]
    return blocks


def write_many_items(path: Path, number: int) -> None:
    """Write a file of that many items, each with an id of its own."""
    blocks = _blocks()
    endless = (_ID.sub(rf"\g<1>own-\g<2>-{turn}", block) for turn in count() for block in blocks)
    path.write_text("items:\n" + "".join(islice(endless, number)), encoding="utf-8")
