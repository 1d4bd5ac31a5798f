"""Markup that all formats share: elements, the sources of an item, and the words below it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from l3s1.assessment.exchange.portable import Portable, Source


def element(
    name: str, *content: ET.Element | str, attributes: Mapping[str, str] | None = None
) -> ET.Element:
    """An element with text and elements in it, in their order."""
    made = ET.Element(name, dict(attributes or {}))
    last: ET.Element | None = None
    for part in content:
        if isinstance(part, str):
            if last is None:
                made.text = (made.text or "") + part
            else:
                last.tail = (last.tail or "") + part
        else:
            made.append(part)
            last = part
    return made


def xml_bytes(root: ET.Element) -> bytes:
    """A whole XML document, indented."""
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def html_text(parts: Iterable[ET.Element]) -> str:
    """Elements as HTML."""
    return "".join(ET.tostring(part, encoding="unicode", method="html") for part in parts)


def paragraphs(text: str) -> list[ET.Element]:
    """Text as paragraphs, one for each line that is not empty."""
    return [element("p", line) for line in text.splitlines() if line.strip()]


def link(address: str, text: str) -> ET.Element:
    """A link."""
    return element("a", text, attributes={"href": address})


def sources(item: Portable) -> list[ET.Element]:
    """What stands behind an item: each fact with its paper, then where the item belongs, rights."""
    lesson = (
        f"Lesson {item.lesson_title}. Objective: {item.objective_text} Level: {item.item.level}."
    )
    return [
        element("p", element("strong", "Sources")),
        element("ul", *(element("li", *_source(each)) for each in item.sources)),
        element("p", element("small", lesson)),
        element("p", element("small", item.rights)),
    ]


def _source(source: Source) -> list[ET.Element | str]:
    mark: list[ET.Element | str] = [element("strong", f"{source.mark}: ")] if source.mark else []
    paper: ET.Element | str = link(source.url, source.citation) if source.url else source.citation
    return [*mark, f"{source.statement} ", paper, f" ({source.known})"]


def labelled(label: str, text: str) -> ET.Element:
    """A paragraph that begins with what it is about."""
    return element("p", element("strong", label), f" {text}")


def pair(prompt: str, choice: str) -> str:
    """What goes with what, as a label; a prompt may end as a sentence."""
    return f"{prompt.rstrip('.')}: {choice}."
