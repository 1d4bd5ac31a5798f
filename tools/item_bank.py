"""Bring the bank's papers up to date: ``python tools/item_bank.py``, after items were written.

Lists new ids in assets/items/ids.txt (one that is listed stays) and counts the items anew in
docs/blueprint.md: each objective, how deeply and in what form it is asked for.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

from l3s1.content import ITEM_TYPES, Content, ContentError, Item, load_content
from l3s1.content.item_ids import IDS_FILE, read_ids, write_ids

ROOT = Path(__file__).resolve().parent.parent
BLUEPRINT = ROOT / "docs" / "blueprint.md"
LEVELS = ("recall", "application", "judgement")
USES = ("predict", "check", "triage", "review")

HEAD = """\
# Blueprint of the item bank

Which objective is asked for, how deeply and in what form. Written by `tools/item_bank.py`; don't
edit it by hand. [How to write an item](items.md). *Recall* asks for what was said, *application*
to use it on a new case, *judgement* to weigh what disagrees. Retired items are not counted.
"""


def listed_ids(root: Path) -> str:
    """The list of ids with those added that the bank has beyond it."""
    path = root / IDS_FILE
    known = read_ids(path.read_text(encoding="utf-8")) if path.is_file() else {}
    types = {identity: kind for identity, (kind, _) in known.items()}
    for file in sorted(path.parent.glob("*.yaml")):
        for item in yaml.safe_load(file.read_text(encoding="utf-8"))["items"]:
            types.setdefault(item["id"], item["type"])
    return write_ids(types)


def blueprint(content: Content) -> str:
    """The text of docs/blueprint.md."""
    active = [item for item in content.items.values() if item.status == "active" and not item.own]
    return "\n".join([HEAD, *_whole(active), *_lessons(content, active)]) + "\n"


def _whole(items: list[Item]) -> Iterator[str]:
    yield f"## The whole bank: {len(items)} items"
    yield ""
    yield from _table(
        ["Lesson", *LEVELS, *USES, "in all"],
        (
            [lesson, *_counts(own, "level", LEVELS), *_counts(own, "use", USES), str(len(own))]
            for lesson, own in _by_lesson(items)
        ),
    )
    kinds = Counter(item.type for item in items)
    said = ", ".join(f"{kind.replace('_', ' ')} {kinds[kind]}" for kind in ITEM_TYPES)
    yield f"By type: {said}."
    yield ""


def _by_lesson(items: list[Item]) -> Iterator[tuple[str, list[Item]]]:
    for lesson in sorted({item.lesson for item in items}):
        yield lesson, [item for item in items if item.lesson == lesson]
    yield "all", items


def _lessons(content: Content, items: list[Item]) -> Iterator[str]:
    for lesson in content.lessons.values():
        yield f"## {lesson.number} {lesson.title}"
        yield ""
        rows = []
        for objective in lesson.objectives:
            own = [item for item in items if item.objective == objective.id]
            kinds = Counter(item.type.replace("_", " ") for item in own)
            said = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
            counts = _counts(own, "level", LEVELS)
            rows.append([f"`{objective.id}`", *counts, str(len(own)), said or "none yet"])
        yield from _table(["Objective", *LEVELS, "in all", "types"], rows)


def _counts(items: Iterable[Item], field: str, names: Iterable[str]) -> list[str]:
    counted = Counter(getattr(item, field) for item in items)
    return [str(counted[name] or "·") for name in names]


def _table(head: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield "|---" * len(head) + "|"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def main() -> int:
    """Write both files where they have changed; says which."""
    _write(ROOT / IDS_FILE, listed_ids(ROOT))
    try:
        content = load_content(own_items=())
    except ContentError as error:
        print(error, file=sys.stderr)
        return 1
    _write(BLUEPRINT, blueprint(content))
    return 0


def _write(path: Path, text: str) -> None:
    old = path.read_text(encoding="utf-8") if path.is_file() else ""
    if text != old:
        path.write_text(text, encoding="utf-8")
    print(f"{path.relative_to(ROOT)}: {'written' if text != old else 'as it was'}")


if __name__ == "__main__":
    sys.exit(main())
