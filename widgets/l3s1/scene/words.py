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


def say_together(names: Sequence[str]) -> str:
    """Many structures in few words: "rod (both sides)", "lamina of L4 and L5 (both sides)".

    What differs only in its bone, segment or side is said once.
    """
    sides: dict[tuple[str, str], list[str]] = {}
    for name in names:
        words = name.split(".")
        side = words.pop() if words[-1] in {each.value for each in Side} else ""
        owner = words.pop(0) if len(words) > 1 and words[0] in _BONES | _SEGMENTS else ""
        sides.setdefault((" ".join(words).replace("_", " "), owner), []).append(side)
    owners: dict[tuple[str, str], list[str]] = {}
    for (what, owner), found in sides.items():
        where = "both sides" if len(found) > 1 else found[0]
        said = "the sacrum" if owner == "sacrum" else owner.replace("-", "–")
        owners.setdefault((what, where), []).append(said)
    phrases = []
    for (what, where), found in owners.items():
        of = f" of {say_list(found)}" if found != [""] else ""
        phrases.append(f"{what}{of}{f' ({where})' if where else ''}")
    return say_list(phrases)
