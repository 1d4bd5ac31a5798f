"""QTI 3.0: what was written as QTI 2.1, by the names of the newer version.

Both have the same elements for what is used here. Those of QTI itself are called `qti-…` and
written with hyphens, those of HTML keep their names, and modal feedback has its content in a body
of its own.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from l3s1.assessment.exchange import qti
from l3s1.assessment.exchange.markup import element

NAMESPACE = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
SCHEMA = f"{NAMESPACE} https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd"

_HTML = frozenset({"a", "div", "em", "img", "li", "ol", "p", "small", "span", "strong", "ul"})

_CAPITAL = re.compile(r"(?<=[a-z])[A-Z]")


def upgraded(element_2: ET.Element) -> ET.Element:
    """An assessmentItem or assessmentTest of QTI 2.1, as one of QTI 3.0."""
    made = _renamed(element_2)
    made.set("xmlns", NAMESPACE)
    made.set("xmlns:xsi", qti.INSTANCE)
    made.set("xsi:schemaLocation", SCHEMA)
    return made


def _renamed(old: ET.Element) -> ET.Element:
    html = old.tag in _HTML
    content = [_renamed(child) for child in old]
    if old.tag == "modalFeedback":
        content = [element("qti-content-body", *content)]
    made = element(
        old.tag if html else f"qti-{_hyphens(old.tag)}",
        *content,
        attributes={
            key if html or ":" in key else _hyphens(key): value for key, value in old.items()
        },
    )
    made.text, made.tail = old.text, old.tail
    return made


def _hyphens(name: str) -> str:
    return _CAPITAL.sub(lambda capital: f"-{capital[0].lower()}", name)
