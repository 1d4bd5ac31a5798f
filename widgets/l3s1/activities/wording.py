"""How facts are put into words: numbers with their units, and an origin for every mark."""

from __future__ import annotations

import gzip
import json
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from l3s1.content.numbers import say_number
from l3s1.vocabulary import EVIDENCE_LABEL, TRUST_LABEL, Trust

if TYPE_CHECKING:
    from collections.abc import Iterable

    from l3s1.content import Content, Fact, Reference, Value

__all__ = [
    "describe_origin",
    "pack_origins",
    "say_levels",
    "say_number",
    "say_paper",
    "say_spread",
    "say_value",
]

_SPREAD_WORDS = {
    "range": "range",
    "interquartile_range": "interquartile range",
    "confidence_interval_95": "95 % interval",
    "standard_deviation": "standard deviation",
    "standard_error": "standard error",
    "range_of_studies": "range of studies",
    "advice": "as advised",
}
_STATISTIC_WORDS = {"single_value": "", "share": ""}


def say_value(value: Value) -> str:
    """One value of a fact in a line: label, estimate, spread, n."""
    details: list[str] = []
    if value.estimate is not None:
        main = say_number(value.estimate, value.unit)
        kind = _STATISTIC_WORDS.get(
            value.statistic or "", (value.statistic or "").replace("_", " ")
        )
        if kind:
            details.append(kind)
        if spread := say_spread(value):
            details.append(spread)
    else:
        main = _between(value)
        if value.spread:
            details.append(_SPREAD_WORDS[value.spread])
    if value.at_value is not None and value.at_unit is not None:
        details.append(f"at {say_number(value.at_value, value.at_unit)}")
    if value.n is not None:
        details.append(f"n = {say_number(value.n, 'count')}")
    return f"{value.label}: {main}" + (f" ({', '.join(details)})" if details else "")


def say_spread(value: Value) -> str:
    """What lies around a value, with its kind: "95 % interval 4.4 to 7.3 %"; "" where nothing."""
    if value.low is None or value.high is None or not value.spread:
        return ""
    return f"{_SPREAD_WORDS[value.spread]} {_between(value)}"


def _between(value: Value) -> str:
    if value.low is None or value.high is None:
        raise ValueError(f"value {value.name!r} has no range")
    low = say_number(value.low, "count")
    if value.low == value.high:
        return say_number(value.low, value.unit)
    return f"{low} to {say_number(value.high, value.unit)}"


def say_levels(levels: Iterable[int]) -> str:
    """Which numbers of fused levels a population contains, in words."""
    words = {1: "one", 2: "two", 3: "three", 4: "four or more"}
    named = [words[level] for level in sorted(levels)]
    if not named:
        return "number of levels not stated"
    if len(named) == 1:
        return f"{named[0]} level{'' if named == ['one'] else 's'}"
    return f"{', '.join(named[:-1])} or {named[-1]} levels"


def say_paper(reference: Reference) -> str:
    """A paper as charts name it: first author and year, else its journal or its title."""
    if reference.authors:
        name = shorten(_surname(reference.authors), _TITLE_LENGTH, placeholder=" …")
    else:
        name = shorten(reference.container or reference.title, _TITLE_LENGTH, placeholder=" …")
    return f"{name} {reference.year}" if reference.year else name


def _surname(authors: str) -> str:
    """The first author's surname, or an organisation's name: "La Rocca G, …" gives "La Rocca"."""
    words = authors.split(",", maxsplit=1)[0].split(" ")
    while len(words) > 1 and words[-1].isupper():  # initials, and the III of a third
        words.pop()
    return " ".join(words)


_TITLE_LENGTH = 40


def describe_origin(content: Content, fact: Fact) -> dict[str, Any]:
    """Everything the origin panel says of a fact, as plain text (JSON)."""
    reference = content.references[fact.reference]
    return {
        "statement": fact.statement,
        "values": [say_value(value) for value in fact.values],
        "design": fact.design.value.replace("_", " "),
        "evidence": fact.evidence.value,
        "evidence_label": EVIDENCE_LABEL[fact.evidence],
        "trust": fact.trust.value,
        "trust_label": TRUST_LABEL[fact.trust],
        "n": fact.n,
        "population": fact.population,
        "levels": None if fact.levels is None else say_levels(fact.levels),
        "follow_up": fact.follow_up,
        "note": fact.note,
        "citation": reference.citation,
        "url": reference.link,
        "quoted": fact.trust is Trust.SECONDARY,
        "unsourced": fact.trust is Trust.UNVERIFIED,
    }


def pack_origins(content: Content, facts: Iterable[str]) -> bytes:
    """`describe_origin` of each fact id as gzipped JSON: most of a lesson's words are in it."""
    origins = {name: describe_origin(content, content.facts[name]) for name in dict.fromkeys(facts)}
    return gzip.compress(json.dumps(origins, ensure_ascii=False).encode(), mtime=0)
