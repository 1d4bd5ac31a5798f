"""Names of the model's structures in words: "L4.pedicle.left" is "left pedicle of L4"."""

from __future__ import annotations

from collections.abc import Sequence

from l3s1.vocabulary import MotionSegment, Side, Vertebra

_BONES = {*(vertebra.value for vertebra in Vertebra), "sacrum"}
_SEGMENTS = {segment.value for segment in MotionSegment}


def say_structure(name: str) -> str:
    """A structure's name in words.

    "L4-L5.annulus_fibrosus" becomes "annulus fibrosus of L4–L5", "psoas_major.left" "left psoas
    major". The page has the same rule (`scene/words.ts`).
    """
    words = name.split(".")
    side = f"{words.pop()} " if words[-1] in {each.value for each in Side} else ""
    owner = words.pop(0) if len(words) > 1 and words[0] in _BONES | _SEGMENTS else ""
    rest = " ".join(words).replace("_", " ")
    if not owner:
        return f"{side}{rest}"
    return f"{side}{rest} of {'the sacrum' if owner == 'sacrum' else owner.replace('-', '–')}"


def say_list(phrases: Sequence[str]) -> str:
    """Phrases as one: "a, b and c"."""
    *most, last = phrases or ("nothing",)
    return f"{', '.join(most)} and {last}" if most else last
