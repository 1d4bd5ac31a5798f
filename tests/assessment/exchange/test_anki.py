"""Anki packages, read by Anki itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.notes import Note
from tests.assessment.exchange.conftest import AWKWARD

from l3s1.assessment.exchange.anki import FIELDS, anki_package, guid
from l3s1.assessment.exchange.portable import DISCLAIMER, Portable

if TYPE_CHECKING:
    from tests.assessment.exchange.conftest import Carry

DAY_S = 1_700_000_000
Import = Callable[[bytes], Any]


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    """An empty collection of Anki's."""
    opened = Collection(str(tmp_path / "collection.anki2"))
    yield opened
    opened.close()


@pytest.fixture
def bring(collection: Collection, tmp_path: Path) -> Import:
    """Import a package as a user does, and return what Anki says it did."""

    def run(package: bytes) -> Any:
        file = tmp_path / "questions.apkg"
        file.write_bytes(package)
        request = ImportAnkiPackageRequest(
            package_path=str(file), options=ImportAnkiPackageOptions()
        )
        return collection.import_anki_package(request).log

    return run


def note_of(collection: Collection, item: str) -> Note:
    (number,) = collection.find_notes(f"Id:{item}")
    return collection.get_note(number)


def test_anki_takes_every_item_with_its_tags_and_decks(
    carried: Carry, collection: Collection, bring: Import
) -> None:
    items = carried().items
    log = bring(anki_package(items, DAY_S))
    assert len(log.new) == len(items) == collection.note_count() == collection.card_count()
    assert "l3s1::09 Recovery" in {deck.name for deck in collection.decks.all_names_and_ids()}
    for item in items:
        note = note_of(collection, item.id)
        assert note.keys() == list(FIELDS)
        assert note.guid == guid(item.id)
        assert set(note.tags) == {
            "l3s1",
            "l3s1::lesson::09",
            "l3s1::objective::say-when",
            "l3s1::level::application",
            "l3s1::use::review",
            f"l3s1::type::{item.type}",
        }
        assert DISCLAIMER in note["Sources"]
        assert 'href="https://example.org/paper"' in note["Sources"]


def test_a_second_import_brings_no_doubles(
    carried: Carry, collection: Collection, bring: Import
) -> None:
    package = anki_package(carried().items, DAY_S)
    bring(package)
    before = collection.note_count()
    log = bring(package)
    assert (len(log.new), len(log.updated)) == (0, 0)
    assert collection.note_count() == collection.card_count() == before
    assert len(collection.models.all_names_and_ids()) == len(
        {each.name for each in collection.models.all_names_and_ids()}
    )


def test_a_later_export_updates_what_is_there(
    carried: Carry, collection: Collection, bring: Import
) -> None:
    bring(anki_package(carried().items, DAY_S))
    before = collection.note_count()

    def rewrite(item: dict[str, Any]) -> None:
        item["stem"] = f"Put anew: {item['stem']}"

    log = bring(anki_package(carried(change=rewrite).items, DAY_S + 60))
    assert (len(log.new), len(log.updated)) == (0, before)
    assert collection.note_count() == before
    assert "Put anew: Which?" in note_of(collection, "one-single-best-answer")["Question"]


def sides(collection: Collection, item: str) -> tuple[str, str]:
    card = note_of(collection, item).cards()[0]
    return card.question(), card.answer()


def test_the_front_asks_and_only_the_back_tells(
    carried: Carry, collection: Collection, bring: Import
) -> None:
    bring(anki_package(carried().items, DAY_S))
    front, back = sides(collection, "one-single-best-answer")
    assert "C) Choice c" in front
    assert "Because of" not in front
    assert "Right</strong></p><ul><li>C) Choice c</li></ul>" in back
    assert all(f"Because of {each}." in back for each in "abcd")

    _, back = sides(collection, "one-multiple-response")
    assert "<ul><li>B) Choice b</li><li>D) Choice d</li></ul>" in back

    front, back = sides(collection, "one-numeric")
    assert "A number, in days" in front
    assert "4 days" not in front
    assert "4 days, give or take 0.5 days" in back
    assert "<strong>Less</strong> Longer." in back

    front, back = sides(collection, "one-ordering")
    right = "".join(f"<li>Choice {each}</li>" for each in "abcd")
    assert right not in front
    first = [f"<li><strong>Choice {each}.</strong> Because of {each}.</li>" for each in "abcd"]
    assert f"<ol>{''.join(first)}</ol>" in back

    front, back = sides(collection, "one-matching")
    assert "4) Name 4" in front
    assert "A) Prompt a" in front
    assert "<strong>A) Name 3.</strong> Because of a." in back

    front, back = sides(collection, "one-extended-matching")
    assert "Names:" in front
    assert "<strong>B) Name 2.</strong>" in back

    front, back = sides(collection, "one-label-picture")
    assert '<img src="l3s1-one-label-picture.svg"' in front
    assert "<strong>1) Name b.</strong>" in back
    assert collection.media.have("l3s1-one-label-picture.svg")


def test_markup_in_words_stays_words(carried: Carry, collection: Collection, bring: Import) -> None:
    def spoil(item: dict[str, Any]) -> None:
        item["stem"] = f"{AWKWARD} {item['stem']}"

    bring(anki_package(carried(change=spoil).items, DAY_S))
    for item in collection.find_notes("tag:l3s1"):
        assert 'Is 3 &lt; 4 &amp; "5" &gt; 4?' in collection.get_note(item)["Question"]


def test_the_same_items_make_the_same_bytes(carried: Carry) -> None:
    items = carried().items
    assert anki_package(items, DAY_S) == anki_package(items, DAY_S)
    assert anki_package(items, DAY_S) != anki_package(items, DAY_S + 1)


def test_no_two_ids_share_a_guid_or_lose_an_item(carried: Carry) -> None:
    first: Portable = carried("single_best_answer").items[0]
    other = replace(first, item=replace(first.item, id="another"))
    assert guid(first.id) != guid(other.id)
