"""What an answer is worth: `correct` where all of it is right, `share` as partial credit.

The rules in the words of QTI 2.2, response processing in brackets:

- `single_best_answer`: 1 for the key [match_correct].
- `multiple_response`: each choice that applies counts +1, each that does not −1, over the number of
  keys and never below 0 [map_response, lower bound 0]: ticking everything gains nothing.
- `numeric`: 1 within the tolerance, its ends included [equal, absolute tolerance].
- `ordering`: pairs of entries in the right order, so that chance gives 0: twice their share less
  one, never below 0 (Kendall's tau); in QTI itself only the whole order can be matched.
- `matching`, `extended_matching`, `label_picture`: pairs that are right over pairs that are asked
  for [map_response over directed pairs].
- `find_in_3d`: 1 for a structure that counts as right [match of one identifier].

The page computes the same (`widgets/frontend/src/assessment/score.ts`); both are tested with
`tests/fixtures/item_scores.json`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from l3s1.content import (
    ExtendedMatching,
    FindIn3D,
    LabelPicture,
    Matching,
    MultipleResponse,
    Numeric,
    Ordering,
    SingleBestAnswer,
)

if TYPE_CHECKING:
    from l3s1.content import Item
    from l3s1.content.items import PictureMark, Prompt

_BINARY = 1e-9
"""What binary fractions may add to a difference, as a share of the answer."""


@dataclass(frozen=True)
class Score:
    """`correct`: all right. `share`: partial credit, 0 to 1."""

    correct: bool
    share: float


def score(item: Item, response: Any) -> Score:
    """What `response` is worth.

    Raises ValueError where it is no answer that the item can be given: an unknown id, too few
    entries, a word for a number.
    """
    match item:
        case SingleBestAnswer():
            _known([response], item.choices, item)
            return _whole(response == item.key)
        case MultipleResponse():
            return _choices(item.keys, _known(response, item.choices, item))
        case Numeric():
            return _whole(_is_near(_number(response, item), item))
        case Ordering():
            return _order(_known(response, item.entries, item, complete=True), item)
        case Matching():
            once = not isinstance(item, ExtendedMatching)
            return _pairs(item.prompts, response, item, once)
        case LabelPicture():
            return _pairs(item.marks, response, item, once=True)
        case FindIn3D():
            if not isinstance(response, str) or not response:
                raise _no_answer(item, response)
            return _whole(response in item.find.structures)
    raise TypeError(f"nobody can score a {item.type!r}")


def _whole(right: bool) -> Score:
    return Score(right, float(right))


def _choices(keys: Sequence[str], chosen: Sequence[str]) -> Score:
    right = sum(name in keys for name in chosen)
    points = right - (len(chosen) - right)
    return Score(points == len(keys), max(0.0, points / len(keys)))


def _number(response: Any, item: Item) -> float:
    if isinstance(response, bool) or not isinstance(response, int | float):
        raise _no_answer(item, response)
    try:
        number = float(response)
    except OverflowError:  # a whole number of more than three hundred figures
        raise _no_answer(item, response) from None
    if not math.isfinite(number):
        raise _no_answer(item, response)
    return number


def _is_near(given: float, item: Numeric) -> bool:
    answer = item.answer.number
    return abs(given - answer) <= item.answer.tolerance + _BINARY * max(1.0, abs(answer))


def _order(given: Sequence[str], item: Ordering) -> Score:
    right = [each.id for each in item.entries]
    pairs = list(combinations([right.index(name) for name in given], 2))
    in_order = sum(first < second for first, second in pairs)
    return Score(in_order == len(pairs), max(0.0, 2 * in_order / len(pairs) - 1))


def _pairs(
    asked: Sequence[Prompt | PictureMark],
    response: Any,
    item: Matching | LabelPicture,
    once: bool,
) -> Score:
    if not isinstance(response, Mapping) or {*response} != {each.id for each in asked}:
        raise _no_answer(item, response)
    given = list(response.values())
    ids = [each.id for each in item.choices]
    if any(name not in ids for name in given) or (once and len(set(given)) < len(given)):
        raise _no_answer(item, response)
    right = sum(response[each.id] == each.key for each in asked)
    return Score(right == len(asked), right / len(asked))


def _known(response: Any, of: Iterable[Any], item: Item, complete: bool = False) -> Sequence[str]:
    """The ids that were given, where each is one of `of`, once; all of them where `complete`."""
    ids = [each.id for each in of]
    if not isinstance(response, list | tuple) or not response:
        raise _no_answer(item, response)
    if any(name not in ids for name in response) or len(set(response)) < len(response):
        raise _no_answer(item, response)
    if complete and len(response) < len(ids):
        raise _no_answer(item, response)
    return response


def _no_answer(item: Item, response: Any) -> ValueError:
    return ValueError(f"{response!r} is no answer to {item.id!r}, a {item.type} item")
