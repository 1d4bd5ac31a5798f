"""What travels with an item, and what can't travel."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from item_examples import examples

from l3s1.assessment.exchange.portable import (
    CONVENTION,
    DISCLAIMER,
    LICENCE,
    OWN_ITEM,
    carry,
    disordered,
    may_be_shuffled,
)
from l3s1.content import ITEM_TYPES, Ordering, load_content
from l3s1.content.items import Choice

if TYPE_CHECKING:
    from tests.assessment.exchange.conftest import Carry
    from tests.conftest import ContentFolder


def test_every_type_travels_or_is_said_to_stay(carried: Carry) -> None:
    found = carried()
    kept = {item.type for item in found.items}
    assert kept | {"find_in_3d"} == set(ITEM_TYPES)
    assert set(found.left_out) == {"one-find-in-3d"}
    assert "3D model" in found.left_out["one-find-in-3d"]
    assert set(found.converted) == {"one-label-picture"}


def test_a_source_says_what_where_from_and_how_well_known(carried: Carry) -> None:
    (item,) = carried("single_best_answer").items
    (source,) = item.sources
    assert source.statement == "A made-up statement for the tests."
    assert "A made-up paper" in source.citation
    assert source.url == "https://example.org/paper"
    assert (
        source.known == "population: nobody; evidence: cohorts and registries; read in the abstract"
    )
    assert source.mark == ""
    assert item.rights == f"{DISCLAIMER} {LICENCE}"
    assert item.lesson_title == "09 Recovery"


def test_what_was_not_verified_keeps_its_mark(
    content_folder: ContentFolder, carried: Carry
) -> None:
    facts = content_folder.read("facts/stay")
    unverified = {"id": "made-up-habit", "trust": "unverified", "note": "Not sourced: made up."}
    facts["facts"].append({**facts["facts"][0], **unverified})
    content_folder.write("facts/stay", facts)

    def rest(item: dict[str, Any]) -> None:
        item["facts"] = ["made-up-stay", "made-up-habit"]

    known, source = carried("single_best_answer", change=rest).items[0].sources
    assert known.mark == ""
    assert source.mark == CONVENTION
    assert "read in" not in source.known


def test_an_instructors_item_does_not_carry_the_courses_licence() -> None:
    content = load_content()
    item = replace(next(iter(content.items.values())), own=True)
    (own,) = carry(content, [item]).items
    assert own.rights == f"{DISCLAIMER} {OWN_ITEM}"
    assert "CC BY" not in own.rights


@pytest.mark.parametrize("count", range(3, 7))
def test_entries_are_never_offered_in_their_order(count: int) -> None:
    for number in range(40):
        entries = tuple(Choice(each, each, each) for each in "abcdef"[:count])
        shared = {**examples()["ordering"], "id": f"item-{number}", "entries": entries}
        item = Ordering(**{**shared, "facts": tuple(shared["facts"])})
        offered = disordered(item)
        assert offered != entries
        assert set(offered) == set(entries)
        assert offered == disordered(item)


def test_numbers_and_decisions_keep_their_order() -> None:
    assert may_be_shuffled(["One", "Two", "3 days"], "check")
    assert not may_be_shuffled(["2 days", "about 3 days", "−4 days"], "check")
    assert not may_be_shuffled(["Today", "Never"], "triage")
