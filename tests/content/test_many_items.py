"""A bank of ten thousand items, as an instructor could bring them, loads whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from many_items import write_many_items

from l3s1.content import ITEM_TYPES, course_root, load_content

if TYPE_CHECKING:
    from pathlib import Path

MANY = 10_000


def test_ten_thousand_items_load(tmp_path: Path) -> None:
    path = tmp_path / "many.yaml"
    write_many_items(path, MANY)
    bank = load_content(own_items=())
    content = load_content(course_root(), own_items=[path])
    own = [item for item in content.items.values() if item.own]
    assert len(own) == MANY
    assert len(content.items) == len(bank.items) + MANY
    assert {item.type for item in own} >= {item.type for item in bank.items.values()}
    assert {item.type for item in own} <= set(ITEM_TYPES)
    last = own[-1]
    assert content.items[last.id] is last
    assert last.facts[0] in content.facts
