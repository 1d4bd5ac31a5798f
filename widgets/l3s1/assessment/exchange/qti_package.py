"""QTI 2.1 and 3.0: a content package with every item, a test of all of them, and the manifest."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from l3s1.assessment.exchange import qti, qti3
from l3s1.assessment.exchange.archive import zip_bytes
from l3s1.assessment.exchange.markup import element, xml_bytes
from l3s1.assessment.exchange.portable import COURSE

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Sequence

    from l3s1.assessment.exchange.portable import Portable

_LOM = "http://ltsc.ieee.org/xsd/LOM"
_TEST = "assessment.xml"
_TITLE = "l3s1: lumbar fusion from L3 to S1"


@dataclass(frozen=True)
class _Version:
    """How the two versions of QTI differ in a package."""

    package: str
    metadata: str
    schema: str
    number: str
    kind: str


_VERSIONS = {
    2: _Version(
        package="http://www.imsglobal.org/xsd/imscp_v1p1",
        metadata="http://www.imsglobal.org/xsd/imsqti_metadata_v2p1",
        schema="QTIv2.1 Package",
        number="1.0.0",
        kind="xmlv2p1",
    ),
    3: _Version(
        package="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
        metadata="http://www.imsglobal.org/xsd/imsqti_metadata_v3p0",
        schema="QTI Package",
        number="3.0.0",
        kind="xmlv3p0",
    ),
}


def qti_package(items: Sequence[Portable], version: int) -> bytes:
    """A content package, zipped; `version` is 2 for QTI 2.1 or 3 for QTI 3.0."""
    written = {item.id: qti.assessment_item(item, "../pictures/") for item in items}
    test = _assessment_test(items)
    if version == 3:
        written = {name: qti3.upgraded(each) for name, each in written.items()}
        test = qti3.upgraded(test)
    return zip_bytes(
        {
            "imsmanifest.xml": xml_bytes(_manifest(items, _VERSIONS[version])),
            _TEST: xml_bytes(test),
            **{_item_file(name): xml_bytes(each) for name, each in written.items()},
            **{_picture_file(each): each.picture.content for each in items if each.picture},
        }
    )


def _item_file(name: str) -> str:
    return f"items/{qti.identifier(name)}.xml"


def _picture_file(item: Portable) -> str:
    return f"pictures/{item.picture.name}" if item.picture else ""


def _assessment_test(items: Sequence[Portable]) -> ET.Element:
    """A test of all items, a section a lesson, to be gone through in any order."""
    sections = [
        element(
            "assessmentSection",
            *(_reference(item) for item in group),
            attributes={"identifier": f"lesson_{lesson[:2]}", "title": lesson, "visible": "true"},
        )
        for lesson, group in groupby(items, key=lambda item: item.lesson_title)
    ]
    shown = {"maxAttempts": "0", "showFeedback": "true", "allowReview": "true"}
    part = element(
        "testPart",
        element("itemSessionControl", attributes=shown),
        *sections,
        attributes={
            "identifier": "questions",
            "navigationMode": "nonlinear",
            "submissionMode": "individual",
        },
    )
    scores = element("testVariables", attributes={"variableIdentifier": "SCORE"})
    total = element("setOutcomeValue", element("sum", scores), attributes={"identifier": "SCORE"})
    return element(
        "assessmentTest",
        element(
            "outcomeDeclaration",
            attributes={"identifier": "SCORE", "cardinality": "single", "baseType": "float"},
        ),
        part,
        element("outcomeProcessing", total),
        attributes={
            "xmlns": qti.NAMESPACE,
            "xmlns:xsi": qti.INSTANCE,
            "xsi:schemaLocation": qti.SCHEMA,
            "identifier": f"{COURSE}-questions",
            "title": _TITLE,
        },
    )


def _reference(item: Portable) -> ET.Element:
    name = qti.identifier(item.id)
    return element(
        "assessmentItemRef", attributes={"identifier": name, "href": _item_file(item.id)}
    )


def _manifest(items: Sequence[Portable], version: _Version) -> ET.Element:
    return element(
        "manifest",
        element(
            "metadata",
            element("schema", version.schema),
            element("schemaversion", version.number),
            _lom(_TITLE, [], None),
        ),
        element("organizations"),
        element(
            "resources",
            _test_resource(items, version),
            *(_item_resource(item, version) for item in items),
        ),
        attributes={
            "xmlns": version.package,
            "xmlns:imsmd": _LOM,
            "xmlns:imsqti": version.metadata,
            "identifier": f"{COURSE}-package",
        },
    )


def _test_resource(items: Sequence[Portable], version: _Version) -> ET.Element:
    needs = (
        element("dependency", attributes={"identifierref": _resource_name(item)}) for item in items
    )
    return element(
        "resource",
        _file(_TEST),
        *needs,
        attributes={
            "identifier": f"{COURSE}-test-resource",
            "type": f"imsqti_test_{version.kind}",
            "href": _TEST,
        },
    )


def _item_resource(item: Portable, version: _Version) -> ET.Element:
    picture = [_file(_picture_file(item))] if item.picture else []
    return element(
        "resource",
        element("metadata", _lom(item.item.stem, _keywords(item), item), _about_interaction(item)),
        _file(_item_file(item.id)),
        *picture,
        attributes={
            "identifier": _resource_name(item),
            "type": f"imsqti_item_{version.kind}",
            "href": _item_file(item.id),
        },
    )


def _resource_name(item: Portable) -> str:
    return f"{qti.identifier(item.id)}-resource"


def _file(name: str) -> ET.Element:
    return element("file", attributes={"href": name})


def _keywords(item: Portable) -> list[str]:
    of = item.item
    words = [f"lesson {of.lesson}", f"level: {of.level}", f"type: {item.type}", f"use: {of.use}"]
    return [*words, *(f"fact: {fact}" for fact in of.facts)]


def _lom(description: str, keywords: Sequence[str], item: Portable | None) -> ET.Element:
    """Learning object metadata: what it is, whose, and for which objective."""
    name = qti.identifier(item.id) if item else _TITLE
    general = element(
        "imsmd:general",
        element("imsmd:title", _said(name)),
        element("imsmd:language", "en-GB"),
        element("imsmd:description", _said(description)),
        *(element("imsmd:keyword", _said(word)) for word in keywords),
    )
    if item is None:
        return element("imsmd:lom", general)
    rights = element(
        "imsmd:rights",
        element("imsmd:copyrightAndOtherRestrictions", *_term("yes")),
        element("imsmd:description", _said(item.rights)),
    )
    taxon = element(
        "imsmd:taxon",
        element("imsmd:id", item.item.objective),
        element("imsmd:entry", _said(item.objective_text)),
    )
    path = element("imsmd:taxonPath", element("imsmd:source", _said(COURSE)), taxon)
    classification = element(
        "imsmd:classification", element("imsmd:purpose", *_term("educational objective")), path
    )
    return element("imsmd:lom", general, rights, classification)


def _said(text: str) -> ET.Element:
    return element("imsmd:string", text, attributes={"language": "en-GB"})


def _term(value: str) -> list[ET.Element]:
    return [element("imsmd:source", "LOMv1.0"), element("imsmd:value", value)]


def _about_interaction(item: Portable) -> ET.Element:
    said = {
        "timeDependent": "false",
        "interactionType": qti.interaction_of(item.item),
        "feedbackType": "nonadaptive",
        "solutionAvailable": "true",
        "toolName": COURSE,
    }
    return element(
        "imsqti:qtiMetadata", *(element(f"imsqti:{name}", text) for name, text in said.items())
    )
