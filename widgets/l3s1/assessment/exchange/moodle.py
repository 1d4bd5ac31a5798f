"""Moodle: an XML file of questions, in a category for each lesson."""

from __future__ import annotations

import base64
from itertools import groupby
from typing import TYPE_CHECKING

from l3s1.assessment.exchange.markup import (
    element,
    html_text,
    labelled,
    pair,
    paragraphs,
    sources,
    xml_bytes,
)
from l3s1.assessment.exchange.portable import COURSE, may_be_shuffled
from l3s1.assessment.exchange.qti_rules import plain
from l3s1.content import (
    ExtendedMatching,
    Matching,
    MultipleResponse,
    Numeric,
    Ordering,
    SingleBestAnswer,
)
from l3s1.content.numbers import say_number, say_unit

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Mapping, Sequence

    from l3s1.assessment.exchange.portable import Portable
    from l3s1.content import Choice

_WHOLE = 100.0


def moodle_quiz(items: Sequence[Portable]) -> bytes:
    """The questions, with a category before those of each lesson."""
    quiz = element("quiz")
    for lesson, group in groupby(items, key=lambda item: item.lesson_title):
        quiz.append(_category(lesson))
        quiz.extend(_question(item) for item in group)
    return xml_bytes(quiz)


def _category(lesson: str) -> ET.Element:
    # a slash parts levels of categories; doubled, it is one of the name
    path = f"top/{COURSE}/{lesson.replace('/', '//')}"
    return element("question", element("category", _text(path)), attributes={"type": "category"})


def _question(item: Portable) -> ET.Element:
    of = item.item
    explained: list[ET.Element] = []
    match of:
        case SingleBestAnswer():
            kind, more = "multichoice", _single(of)
        case MultipleResponse():
            kind, more = "multichoice", _multiple(of)
        case Numeric():
            kind, more = "numerical", _numeric(of)
        case Ordering():
            kind, more = "ordering", _ordering(of)
            explained = [labelled(each.text, each.feedback) for each in of.entries]
        case Matching():
            kind, more, explained = "matching", _matching(of), _pairs_explained(of)
        case _:
            raise TypeError(
                f"item {item.id!r} is of a type that Moodle is not told of: {item.type!r}"
            )
    return element(
        "question",
        element("name", _text(f"{of.lesson} {item.id}")),
        _asked(item),
        _html("generalfeedback", [*explained, *sources(item)]),
        element("defaultgrade", "1"),
        element("penalty", "0.3333333"),
        element("hidden", "0"),
        element("idnumber", f"{COURSE}-{item.id}"),
        *more,
        element("tags", *(element("tag", _text(tag)) for tag in _tags(item))),
        attributes={"type": kind},
    )


def _asked(item: Portable) -> ET.Element:
    of = item.item
    parts = paragraphs(of.stem)
    if isinstance(of, ExtendedMatching):
        parts.append(element("p", f"{of.theme}. A choice may serve more than once."))
    if isinstance(of, Numeric) and (unit := say_unit(of.answer.unit)):
        parts.append(element("p", f"Answer with a number, in {unit}."))
    if item.picture is None:
        return _html("questiontext", parts)
    image = {"src": f"@@PLUGINFILE@@/{item.picture.name}", "alt": item.picture.words}
    parts.append(element("p", element("img", attributes=image)))
    asked = _html("questiontext", parts)
    coded = base64.b64encode(item.picture.content).decode()
    file = {"name": item.picture.name, "path": "/", "encoding": "base64"}
    asked.append(element("file", coded, attributes=file))
    return asked


def _tags(item: Portable) -> list[str]:
    of = item.item
    marks = ["teaching convention"] if any(each.mark for each in item.sources) else []
    return [COURSE, f"lesson {of.lesson}", of.objective, of.level, item.type, of.use, *marks]


def _text(text: str) -> ET.Element:
    return element("text", text)


def _html(
    name: str, parts: Sequence[ET.Element], attributes: Mapping[str, str] | None = None
) -> ET.Element:
    """Markup travels as text: escaped, as Moodle reads it as well as in CDATA."""
    return element(
        name, _text(html_text(parts)), attributes={**(attributes or {}), "format": "html"}
    )


def _answer(fraction: float, text: str, feedback: Sequence[ET.Element]) -> ET.Element:
    """A choice: what it counts of the whole, in per cent, and what is said to it."""
    made = _html("answer", paragraphs(text), {"fraction": plain(round(fraction, 5))})
    made.append(_html("feedback", feedback))
    return made


def _chosen(
    choices: Sequence[Choice], fractions: Mapping[str, float], use: str, *, single: bool
) -> list[ET.Element]:
    shuffle = may_be_shuffled([each.text for each in choices], use)
    return [
        element("single", str(single).lower()),
        element("shuffleanswers", str(shuffle).lower()),
        element("answernumbering", "ABCD"),
        *(_answer(fractions[each.id], each.text, paragraphs(each.feedback)) for each in choices),
    ]


def _single(item: SingleBestAnswer) -> list[ET.Element]:
    fractions = {each.id: _WHOLE if each.id == item.key else 0.0 for each in item.choices}
    return _chosen(item.choices, fractions, item.use, single=True)


def _multiple(item: MultipleResponse) -> list[ET.Element]:
    share = _WHOLE / len(item.keys)
    fractions = {each.id: share if each.id in item.keys else -share for each in item.choices}
    return _chosen(item.choices, fractions, item.use, single=False)


def _numeric(item: Numeric) -> list[ET.Element]:
    """The right number, and any other: Moodle does not tell too low from too high."""
    answer = item.answer
    right = element(
        "answer",
        _text(plain(answer.number)),
        _html("feedback", paragraphs(item.feedback["right"])),
        element("tolerance", plain(answer.tolerance)),
        attributes={"fraction": "100", "format": "moodle_auto_format"},
    )
    said = [
        element("p", f"It is {say_number(answer.number, answer.unit)}."),
        labelled("If you answered less:", item.feedback["low"]),
        labelled("If you answered more:", item.feedback["high"]),
    ]
    other = element(
        "answer",
        _text("*"),
        _html("feedback", said),
        element("tolerance", "0"),
        attributes={"fraction": "0", "format": "moodle_auto_format"},
    )
    return [right, other]


def _ordering(item: Ordering) -> list[ET.Element]:
    """The entries in their order; each counts by what stands before and after it."""
    options = {
        "layouttype": "VERTICAL",
        "selecttype": "ALL",
        "selectcount": str(len(item.entries)),
        "gradingtype": "RELATIVE_ALL_PREVIOUS_AND_NEXT",
        "showgrading": "SHOW",
        "numberingstyle": "none",
    }
    return [
        *(element(name, value) for name, value in options.items()),
        *_combined_feedback(),
        *(
            _html("answer", paragraphs(each.text), {"fraction": str(place)})
            for place, each in enumerate(item.entries, 1)
        ),
    ]


def _matching(item: Matching) -> list[ET.Element]:
    """The prompts with their choices; a choice that serves none has an empty prompt."""
    texts = {each.id: each.text for each in item.choices}
    used = {each.key for each in item.prompts}
    pairs = [(paragraphs(each.text), texts[each.key]) for each in item.prompts]
    spare: list[tuple[list[ET.Element], str]] = [
        ([], each.text) for each in item.choices if each.id not in used
    ]
    asked = []
    for prompt, choice in [*pairs, *spare]:
        asked.append(_html("subquestion", prompt))
        asked[-1].append(element("answer", _text(choice)))
    return [element("shuffleanswers", "true"), *_combined_feedback(), *asked]


def _pairs_explained(item: Matching) -> list[ET.Element]:
    texts = {each.id: each.text for each in item.choices}
    return [labelled(pair(each.text, texts[each.key]), each.feedback) for each in item.prompts]


def _combined_feedback() -> list[ET.Element]:
    words = {
        "correctfeedback": "All of it is right.",
        "partiallycorrectfeedback": "Part of it is right.",
        "incorrectfeedback": "None of it is right.",
    }
    return [
        *(_html(name, paragraphs(text)) for name, text in words.items()),
        element("shownumcorrect"),
    ]
