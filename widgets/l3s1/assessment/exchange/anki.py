"""Anki: a package of decks, a deck a lesson, with a note for each item.

Notes, decks and the type of note have numbers that follow from ids, so that a later export updates
what an earlier one brought.
"""

from __future__ import annotations

import html
import itertools
import json
import sqlite3
import xml.etree.ElementTree as ET
from contextlib import closing
from hashlib import sha256
from typing import TYPE_CHECKING

from l3s1.assessment.exchange.archive import zip_bytes
from l3s1.assessment.exchange.markup import element, html_text, paragraphs, sources
from l3s1.assessment.exchange.portable import COURSE, disordered
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
    from collections.abc import Iterable, Sequence

    import genanki

    from l3s1.assessment.exchange.portable import Portable
    from l3s1.content import Choice

_Sides = tuple[list[ET.Element], list[ET.Element], list[ET.Element]]
"""Of a card: what is offered, what is right, and why."""

FIELDS = ("Id", "Question", "Offered", "Answer", "Explanation", "Sources")

_FRONT = '<div class="question">{{Question}}</div><div class="offered">{{Offered}}</div>'
_BACK = (
    "{{FrontSide}}<hr id=answer><div class=answer>{{Answer}}{{Explanation}}</div>"
    "<div class=sources>{{Sources}}</div>"
)
_STYLE = """.card { font-family: sans-serif; font-size: 1.125rem; line-height: 1.45;
  text-align: left; max-width: 44rem; margin: 0 auto; padding: 0 .5rem; }
.question { font-weight: 600; }
ol, ul { padding-left: 1.5rem; }
.offered ul, .answer ul { list-style: none; padding-left: 0; }
li { margin: .35rem 0; }
img { max-width: 100%; height: auto; }
a { color: inherit; }
.sources { margin-top: 1.5rem; font-size: .875rem; opacity: .85; }
"""


def anki_package(items: Sequence[Portable], written_s: int) -> bytes:
    """An .apkg file with all items.

    `written_s` is when the questions were last changed, in seconds since 1970: Anki takes a note
    anew only where it is later than at the import before.
    """
    import genanki

    decks: dict[str, genanki.Deck] = {}
    kind = _note_type()
    for place, item in enumerate(items):
        name = f"{COURSE}::{item.lesson_title.replace('::', ':')}"
        deck = decks.setdefault(
            item.item.lesson, genanki.Deck(_number(f"deck {item.item.lesson}"), name)
        )
        deck.add_note(
            genanki.Note(
                model=kind, fields=_fields(item), tags=_tags(item), guid=guid(item.id), due=place
            )
        )
    pictures = {each.picture.name: each.picture.content for each in items if each.picture}
    database = _database(genanki.Package(list(decks.values())), written_s)
    names = {str(place): name for place, name in enumerate(pictures)}
    return zip_bytes(
        {
            "collection.anki2": database,
            "media": json.dumps(names).encode(),
            **{place: pictures[name] for place, name in names.items()},
        }
    )


def guid(item: str) -> str:
    """By what Anki knows a note again, whatever becomes of its text."""
    return f"{COURSE}-{item}"


def _number(of: str) -> int:
    """A number from 2³⁰ to 2³¹, as Anki wants for decks and types of note, that stays."""
    return int.from_bytes(sha256(f"{COURSE} {of}".encode()).digest()[:4]) % 2**30 + 2**30


def _note_type() -> genanki.Model:
    import genanki

    return genanki.Model(
        _number("note type 1"),
        f"{COURSE} question",
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "Question", "qfmt": _FRONT, "afmt": _BACK}],
        css=_STYLE,
    )


def _database(package: genanki.Package, written_s: int) -> bytes:
    """The collection as SQLite bytes: the same for the same notes."""
    with closing(sqlite3.connect(":memory:")) as connection:
        package.write_to_db(connection.cursor(), written_s, itertools.count(written_s * 1000))
        connection.commit()
        return connection.serialize()


def _tags(item: Portable) -> list[str]:
    of = item.item
    return [
        COURSE,
        f"{COURSE}::lesson::{of.lesson}",
        f"{COURSE}::objective::{of.objective}",
        f"{COURSE}::level::{of.level}",
        f"{COURSE}::type::{item.type}",
        f"{COURSE}::use::{of.use}",
        *((f"{COURSE}::convention",) if any(each.mark for each in item.sources) else ()),
    ]


def _fields(item: Portable) -> list[str]:
    offered, answer, explanation = _sides(item)
    question = paragraphs(item.item.stem)
    if item.picture:
        image = {"src": item.picture.name, "alt": item.picture.words}
        question.append(element("img", attributes=image))
    parts = (question, offered, answer, explanation, sources(item))
    return [html.escape(item.id), *(html_text(each) for each in parts)]


def _sides(item: Portable) -> _Sides:
    of = item.item
    match of:
        case SingleBestAnswer():
            return _choices(of.choices, {of.key})
        case MultipleResponse():
            return _choices(of.choices, set(of.keys))
        case Numeric():
            return _number_asked(of)
        case Ordering():
            return (
                _list("ul", ([each.text] for each in disordered(of))),
                [
                    _heading("In this order"),
                    *_list("ol", (_told(f"{each.text}.", each.feedback) for each in of.entries)),
                ],
                [],
            )
        case Matching():
            return _pairs(of, prompts=item.picture is None)
    raise TypeError(f"item {item.id!r} is of a type that Anki is not told of: {item.type!r}")


def _choices(choices: Sequence[Choice], keys: set[str]) -> _Sides:
    right = [choice for choice in choices if choice.id in keys]
    return (
        _list("ul", ([f"{_letter(each.id)} {each.text}"] for each in choices)),
        [
            _heading("Right"),
            *_list("ul", ([f"{_letter(each.id)} {each.text}"] for each in right)),
        ],
        _list("ul", (_told(_letter(each.id), each.feedback) for each in choices)),
    )


def _number_asked(of: Numeric) -> _Sides:
    answer = of.answer
    unit = say_unit(answer.unit)
    about = (
        f", give or take {say_number(answer.tolerance, answer.unit)}" if answer.tolerance else ""
    )
    words = {"right": "Right", "low": "Less", "high": "More"}
    return (
        [element("p", f"A number, in {unit}" if unit else "A number")],
        [_heading("Right"), element("p", say_number(answer.number, answer.unit) + about)],
        _list("ul", (_told(word, of.feedback[key]) for key, word in words.items())),
    )


def _pairs(of: Matching, *, prompts: bool) -> _Sides:
    """`prompts`: whether they are written; the marks of a picture stand in it."""
    texts = {choice.id: choice.text for choice in of.choices}
    theme = [element("p", f"{of.theme}:")] if isinstance(of, ExtendedMatching) else []
    asked = of.prompts if prompts else ()
    right = (_told(f"{_letter(each.id)} {texts[each.key]}.", each.feedback) for each in of.prompts)
    return (
        [
            *_list("ul", ([f"{_letter(each.id)} {each.text}"] for each in asked)),
            *theme,
            *_list("ul", ([f"{_letter(each.id)} {each.text}"] for each in of.choices)),
        ],
        [_heading("Right"), *_list("ul", right)],
        [],
    )


def _letter(name: str) -> str:
    return f"{name.upper()})"


def _heading(text: str) -> ET.Element:
    return element("p", element("strong", text))


def _told(what: str, feedback: str) -> list[ET.Element | str]:
    return [element("strong", what), f" {feedback}"]


def _list(kind: str, rows: Iterable[Sequence[ET.Element | str]]) -> list[ET.Element]:
    made = element(kind, *(element("li", *row) for row in rows))
    return [made] if len(made) else []
