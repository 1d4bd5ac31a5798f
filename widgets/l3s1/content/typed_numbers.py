"""Numbers that were typed into a text, where only a fact may give one."""

from __future__ import annotations

import re

from l3s1.content.choices import PLACEHOLDER

_NAMES = re.compile(r"\b(?:[LS]\d(?:[–-][LS]?\d)?)\b")
"""Names that hold a digit without being a number."""


def has_typed_number(text: str) -> bool:
    """Whether a text holds a digit beyond names of levels (L4–L5) and placeholders."""
    return re.search(r"\d", _NAMES.sub("", PLACEHOLDER.sub("", text))) is not None
