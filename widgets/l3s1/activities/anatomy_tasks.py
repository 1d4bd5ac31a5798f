"""The pool of 'find it': which structures may be asked for, and what each is mistaken for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from l3s1.activities.anatomy_catalogue import ModelStructure
from l3s1.models.find_it import NAME_CHOICES, Difficulty, Target
from l3s1.vocabulary import Layer, Side

MOST_DISTRACTORS = 14
_LAYERS = list(Layer)


def build_pool(structures: Sequence[ModelStructure]) -> tuple[Target, ...]:
    """A target for each structure that has enough to be mistaken for.

    Distractors run from near misses (kinds that are mistaken for it, its other side, its
    neighbours) to what only shares its layer. None lies in a layer that is peeled off for the
    task, contains the answer or is a part of it: each could be clicked, and each would be wrong.
    """
    pool = []
    for asked in structures:
        distractors = tuple(each.id for each in _distractors(asked, structures))
        if len(distractors) >= NAME_CHOICES - 1:
            difficulty = difficulty_of(asked)
            pool.append(Target(asked.id, asked.kind.id, difficulty, distractors))
    return tuple(pool)


def difficulty_of(asked: ModelStructure) -> Difficulty:
    """How much must be known: what it is, also its level or side, or all three."""
    if asked.id == asked.level:
        return 1
    known: dict[int, Difficulty] = {0: 1, 1: 2, 2: 3}
    return known[(asked.level is not None) + (asked.side is not None)]


def _distractors(
    asked: ModelStructure, structures: Sequence[ModelStructure]
) -> Iterable[ModelStructure]:
    others = [each for each in structures if _may_stand_beside(asked, each)]
    mistaken = [miss.structure for miss in asked.kind.confused_with]

    def distance(other: ModelStructure) -> tuple[int, float, int]:
        level = _levels_apart(asked, other)
        side = int(asked.side != other.side)
        if other.kind is asked.kind:
            return (0, level + side, side)
        if other.kind.id in mistaken and level == 0 and side == 0:
            return (0, 1.5, mistaken.index(other.kind.id))
        return (1, level + side + 2 * (other.kind.group != asked.kind.group), side)

    return sorted(others, key=distance)[:MOST_DISTRACTORS]


def _may_stand_beside(asked: ModelStructure, other: ModelStructure) -> bool:
    if other.id == asked.id or other.part == asked.id or other.id in (asked.part, asked.inside):
        return False
    if other.is_iliac and not asked.is_iliac:
        return False
    if asked.cut.startswith("sagittal") and other.side == Side.LEFT:
        return False  # cut away
    if other.inside is not None and other.inside != asked.inside:
        return False
    return _LAYERS.index(other.layer) >= _LAYERS.index(asked.layer)


def _levels_apart(one: ModelStructure, other: ModelStructure) -> float:
    """Vertebrae between two structures; 1 where one of them lies at no level of its own."""
    if one.level is None or other.level is None:
        return 0.0 if one.level == other.level else 1.0
    return abs(_height(one.level) - _height(other.level))


def _height(level: str) -> float:
    order = ["L2", "L3", "L4", "L5", "S1"]
    ends = [order.index(each.replace("sacrum", "S1")) for each in level.split("-")]
    return sum(ends) / len(ends)
