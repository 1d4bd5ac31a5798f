"""Rules of writing an item, as far as a program can tell: docs/items.md says why each is there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from l3s1.content.documents import Step

    Found = Iterator[tuple[tuple[Step, ...], str, str]]
    """Places below an item, each with what is wrong there and what to do."""

OFFERED = ("choices", "entries")
"""Where the words stand that are offered, if an item offers any."""

_REFERS = re.compile(
    r"\b(all|none|both|neither|any)( of (the|these|those))? (above|others?|choices|answers)\b"
    r"|^(both |neither )?[a-f] (and|or|nor) [a-f]\.?$"
    r"|^(all|none|both|neither|any) of (these|those|them)\.?$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.?!:][’'”\")]*\s+")
_NEGATED = re.compile(
    r"\b(?:[Ww]hich|[Ww]hat|[Ww]ho|[Ww]hom|[Ww]here|[Ww]hen|[Hh]ow)\b.*"
    r"(?<!and )(?<!but )(?<!or )(?<!though )(\bnot\b|n[’']t\b|\bexcept\b|\bleast likely\b)"
)
_HEDGES = "about|nearly|almost|some|around|up to|at least|at most|less than|more than|under|over"
_NAMES = re.compile(r"\b(?:[LTS]\d+(?:[–-][LTS]?\d+)?|HbA1c|rhBMP-\d)\b")
_BARE_NUMBER = re.compile(
    rf"^(?:by |in |after )?(?:(?:{_HEDGES}) )?[−-]?\d[\d.,\u202f]*"
    r"(?:(?:–| to | and | in )\d[\d.,\u202f]*)?(?: ?[%°]| [\w/²³·-]+){0,3}\.?$",
    re.IGNORECASE,
)
_NUMBER_WORDS = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|half|third|quarter|fifths?|tenths?"
    r"|twice|double|none|nothing|all|no|never)\b",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(r"\bnot\b|n[’']t\b|\bexcept\b|\bleast\b")
_MARKS = str.maketrans(dict.fromkeys(".,;:!?()[]'\"‘’“”…", " "))
_WORDS_OF_A_PHRASE = 3
_LONG = 80
_TIMES_AS_LONG = 2.0


def check_writing(data: Mapping[str, Any]) -> Found:
    """Yield what breaks a rule of writing in an item that is asked."""
    if data.get("status") == "retired":
        return
    yield from _stem(data)
    for part in OFFERED:
        if part in data:
            yield from _offered(part, data)
    for part in ("choices", "entries", "prompts", "marks", "near"):
        yield from _alike(part, data, "feedback")
    yield from _alike("prompts", data, "text")
    feedback = data.get("feedback", {})
    for name, text in feedback.items():
        if any(_plain(text) == _plain(other) for key, other in feedback.items() if key < name):
            yield ("feedback", name), "says what another feedback says", "say what is wrong here"
    if data["type"] == "single_best_answer":
        yield from _conspicuous(data)


def _stem(data: Mapping[str, Any]) -> Found:
    if not _NEGATIVE.search(data["stem"]):
        return
    for sentence in _SENTENCE_END.split(data["stem"] + " "):
        found = _NEGATED.search(sentence)
        if found and f"{sentence}?" in data["stem"]:
            yield (
                ("stem",),
                f"asks for what is not so, and {found[1]!r} is easily read over",
                "ask for what is so, or write NOT or EXCEPT in capitals",
            )


def _offered(part: str, data: Mapping[str, Any]) -> Found:
    texts = [each["text"] for each in data[part]]
    for index, text in enumerate(texts):
        if _REFERS.search(text):
            yield (
                (part, index, "text"),
                "refers to the other choices",
                "write a choice that stands by itself; the order of choices may change",
            )
    yield from _alike(part, data, "text")
    if len({text.rstrip().endswith(".") for text in texts}) > 1:
        yield (part,), "some end with a full stop and some do not", "end all alike"
    if part == "choices" and data["use"] != "triage":
        yield from _kinds(texts)


def _kinds(texts: list[str]) -> Found:
    bare = [bool(_BARE_NUMBER.match(text)) and not _NAMES.match(text) for text in texts]
    if not any(bare):
        return
    for index, text in enumerate(texts):
        said = _NUMBER_WORDS.search(_NAMES.sub("", text))
        if not bare[index] and not said and len(text.split()) > _WORDS_OF_A_PHRASE:
            yield (
                ("choices", index, "text"),
                "is a sentence among numbers",
                "make it a number too, or make all of them sentences",
            )


def _alike(part: str, data: Mapping[str, Any], field: str) -> Found:
    seen: dict[str, int] = {}
    for index, each in enumerate(data.get(part, ())):
        if field not in each:
            return
        first = seen.setdefault(_plain(each[field]), index)
        if first != index:
            yield (
                (part, index, field),
                f"is the {field} of another one of the {part}, word for word",
                "say what is different here" if field == "feedback" else "leave one of them out",
            )


def _plain(text: str) -> str:
    return " ".join(text.casefold().translate(_MARKS).split())


def _conspicuous(data: Mapping[str, Any]) -> Found:
    lengths = {each["id"]: len(each["text"]) for each in data["choices"]}
    own = lengths.get(data["key"], 0)
    others = max((length for name, length in lengths.items() if name != data["key"]), default=own)
    if own > _LONG and own > _TIMES_AS_LONG * others:
        yield (
            ("choices",),
            f"the key stands out: {own} characters, no other has more than {others}",
            "shorten the key (its reason belongs in the feedback) or say the others as fully",
        )
