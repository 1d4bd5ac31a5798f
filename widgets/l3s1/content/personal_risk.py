"""Risk figures told of one person, which no study can give and no case may show."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FIGURE = re.compile(
    r"\d\s*(?:%|per ?cent\b)|\bper ?cent\b"
    r"|\b(?:\d+|one|two|three|four|five|six|seven|eight|nine) (?:in|out of) "
    r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twenty|a hundred|a thousand)\b",
    re.IGNORECASE,
)
_LIKELIHOOD = r"(?:risks?|chances?|odds|probability|likelihood)"
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")


def personal_risks(text: str, names: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield each sentence that gives one person ("his risk", "Ewa's chance") a risk as a number.

    `names` are what the person is called. Groups have risks ("the risk was 6 % in 4,000 people").
    """
    people = "|".join([r"(?:this|the) (?:patient|person|man|woman)", *map(re.escape, names)])
    told = re.compile(
        rf"\b(?:your|my|her|his|(?:{people})['’]s)\s+(?:[\w'’-]+\s+){{0,3}}?{_LIKELIHOOD}\b"
        rf"|\b(?:you|she|he|{people})\s+(?:would |will |now |still )*"
        rf"(?:has|have|had|runs?|faces?|carry|carries)\s+(?:\S+\s+){{0,5}}?{_LIKELIHOOD}\b"
        rf"|\b{_LIKELIHOOD}\s+(?:for|in)\s+(?:you|her|him|{people})\b",
        re.IGNORECASE,
    )
    for sentence in _SENTENCE.split(text):
        if told.search(sentence) and _FIGURE.search(sentence):
            yield sentence
