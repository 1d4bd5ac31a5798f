"""QTI packages: whole, referring to what is in them, and alike in both versions.

Whether a player scores and answers as the course does is tested in tests/browser/test_exchange.py.
"""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from qti_convert import upgrade_qti2_to_qti3
from read_xml import read_xml
from tests.assessment.exchange.conftest import AWKWARD

from l3s1.assessment.exchange import qti, qti3
from l3s1.assessment.exchange.markup import xml_bytes
from l3s1.assessment.exchange.portable import CONVENTION, DISCLAIMER
from l3s1.assessment.exchange.qti_package import qti_package
from l3s1.assessment.exchange.qti_rules import bounds, plain

if TYPE_CHECKING:
    from tests.assessment.exchange.conftest import Carry

IDENTIFIER = re.compile(r"[A-Za-z_][\w.-]*")
"""What QTI allows: no digit first, no colon."""

KINDS = {
    "one-single-best-answer": "choiceInteraction",
    "one-multiple-response": "choiceInteraction",
    "one-numeric": "textEntryInteraction",
    "one-ordering": "orderInteraction",
    "one-matching": "matchInteraction",
    "one-extended-matching": "matchInteraction",
    "one-label-picture": "matchInteraction",
}


def opened(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def tree(element: ET.Element) -> Any:
    """An element to be compared: without namespaces, places of schemas, and air around words."""
    attributes = {
        key.rpartition("}")[2]: value
        for key, value in element.items()
        if "schemaLocation" not in key
    }
    words = " ".join((element.text or "").split()), " ".join((element.tail or "").split())
    return local(element), attributes, words, [tree(child) for child in element]


def items_of(carried: Carry) -> dict[str, ET.Element]:
    return {item.id: qti.assessment_item(item, "../pictures/") for item in carried().items}


@pytest.mark.parametrize("version", [2, 3])
def test_the_manifest_names_every_file_and_no_other(carried: Carry, version: int) -> None:
    items = carried().items
    files = opened(qti_package(items, version))
    manifest = read_xml(files["imsmanifest.xml"])
    resources = [each for each in manifest.iter() if local(each) == "resource"]
    named = [each.get("href", "") for each in manifest.iter() if local(each) == "file"]
    assert sorted(named) == sorted(set(files) - {"imsmanifest.xml"})
    assert len(named) == len(set(named))
    assert all(each.get("href") in named for each in resources)
    kinds = [each.get("type") for each in resources]
    suffix = {2: "xmlv2p1", 3: "xmlv3p0"}[version]
    assert kinds == [f"imsqti_test_{suffix}", *[f"imsqti_item_{suffix}"] * len(items)]
    ids = [each.get("identifier", "") for each in resources]
    assert len(set(ids)) == len(ids)
    needed = [each.get("identifierref") for each in manifest.iter() if local(each) == "dependency"]
    assert needed == ids[1:]


@pytest.mark.parametrize("version", [2, 3])
def test_the_test_holds_every_item_by_its_own_identifier(carried: Carry, version: int) -> None:
    files = opened(qti_package(carried().items, version))
    test = read_xml(files["assessment.xml"])
    refs = [each for each in test.iter() if local(each).lower().endswith("ref")]
    assert len(refs) == len(KINDS)
    for ref in refs:
        item = read_xml(files[ref.get("href", "")])
        assert item.get("identifier") == ref.get("identifier")


def test_every_identifier_is_one_and_none_stands_twice(carried: Carry) -> None:
    for item in items_of(carried).values():
        assert IDENTIFIER.fullmatch(item.get("identifier", ""))
        inside = [
            each.get("identifier", "")
            for each in item.iter()
            if local(each) in {"simpleChoice", "simpleAssociableChoice", "responseDeclaration"}
        ]
        assert all(IDENTIFIER.fullmatch(name) for name in inside)
        assert len(inside) == len(set(inside))
        feedback = [each.get("identifier", "") for each in item.iter("modalFeedback")]
        assert len(feedback) == len(set(feedback))
        assert feedback


def test_each_type_has_its_interaction_and_its_right_response(carried: Carry) -> None:
    items = items_of(carried)
    assert set(items) == set(KINDS)
    for name, item in items.items():
        assert item.find(f".//{KINDS[name]}") is not None, name
        assert item.find("responseDeclaration/correctResponse/value") is not None

    def right(name: str) -> list[str | None]:
        return [each.text for each in items[name].findall(".//correctResponse/value")]

    assert right("one-single-best-answer") == ["c"]
    assert right("one-multiple-response") == ["b", "d"]
    assert right("one-numeric") == ["4"]
    assert right("one-ordering") == ["a", "b", "c", "d"]
    assert right("one-matching") == ["p_a c_3", "p_b c_1", "p_c c_2"]
    again = items["one-extended-matching"].findall(".//simpleMatchSet[2]/*")
    assert {each.get("matchMax") for each in again} == {"0"}
    once = items["one-matching"].findall(".//simpleMatchSet[2]/*")
    assert {each.get("matchMax") for each in once} == {"1"}


def said(item: ET.Element) -> dict[str, str]:
    return {
        each.get("identifier", ""): " ".join("".join(each.itertext()).split())
        for each in item.iter("modalFeedback")
    }


def test_every_answer_is_told_why_and_from_where(carried: Carry) -> None:
    items = items_of(carried)
    for item in items.values():
        for words in said(item).values():
            assert "A made-up paper" in words
            assert DISCLAIMER in words
            assert "Objective: " in words
            assert "licensed under CC BY 4.0" in words
    single = said(items["one-single-best-answer"])
    assert set(single) == set("abcd")
    assert all(single[key].startswith(f"Because of {key}.") for key in "abcd")
    assert {name: tuple(said(item)) for name, item in items.items()} == {
        "one-single-best-answer": ("a", "b", "c", "d"),
        "one-numeric": ("RIGHT", "LOW", "HIGH"),
        **dict.fromkeys(
            (
                "one-multiple-response",
                "one-ordering",
                "one-matching",
                "one-extended-matching",
                "one-label-picture",
            ),
            ("EXPLAINED",),
        ),
    }
    several = said(items["one-multiple-response"])["EXPLAINED"]
    assert several.startswith("Does not apply: Choice a. Because of a.Applies: Choice b.")
    assert said(items["one-numeric"])["LOW"].startswith("It is 4 days. Longer.")
    assert "Prompt a: Name 3. Because of a." in said(items["one-matching"])["EXPLAINED"]


def test_a_convention_keeps_its_mark(carried: Carry) -> None:

    (item,) = carried("single_best_answer").items
    (source,) = item.sources
    marked = replace(item, sources=(replace(source, mark=CONVENTION),))
    text = xml_bytes(qti.assessment_item(marked, "")).decode()
    assert f"<strong>{CONVENTION}: </strong>A made-up statement" in text


def test_what_has_no_license_to_be_markup_stays_words(carried: Carry) -> None:
    def spoil(item: dict[str, Any]) -> None:
        item["stem"] = f"{AWKWARD} {item['stem']}"

    for item in carried(change=spoil).items:
        again = read_xml(xml_bytes(qti.assessment_item(item, "")))
        body = next(each for each in again if local(each) == "itemBody")
        assert AWKWARD in "".join(body.itertext())


def test_version_3_is_what_an_independent_converter_makes_of_version_2(carried: Carry) -> None:
    """Citolab's converter knows both versions; what it makes of ours has to be what we write."""
    for name, item in items_of(carried).items():
        theirs = read_xml(upgrade_qti2_to_qti3(xml_bytes(item)))
        ours = read_xml(xml_bytes(qti3.upgraded(item)))
        assert tree(ours) == tree(theirs), name
    items = carried().items
    (test_2, test_3) = (opened(qti_package(items, each))["assessment.xml"] for each in (2, 3))
    assert tree(read_xml(test_3)) == tree(read_xml(upgrade_qti2_to_qti3(test_2)))


@pytest.mark.parametrize("version", [2, 3])
def test_the_same_items_make_the_same_bytes(carried: Carry, version: int) -> None:
    items = carried().items
    assert qti_package(items, version) == qti_package(items, version)


def test_numbers_are_written_without_exponents_and_binary_fractions() -> None:
    assert [plain(each) for each in (81.1, 0.00001, 1e7, -3.0, 0.1 + 0.2)] == [
        "81.1",
        "0.00001",
        "10000000",
        "-3",
        "0.30000000000000004",
    ]
    assert bounds(81.1, 0.1) == (81.0, 81.2)
    assert bounds(5, 0) == (5, 5)
