"""The trainer's test: which bone, whose, and where the hand starts; all from one seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from l3s1.models.screw_trajectory import LEVELS, Build, drawn_build
from l3s1.vocabulary import Side

if TYPE_CHECKING:
    from l3s1.activities.screw_norms import Norms

TASKS = 5
"""Screws of a test: every level once, and one level again."""

ASIDE_MM = (2.0, 5.0)
"""How far from the bone's reference entry the hand starts, across and up."""

STEP_MM = 0.5


@dataclass(frozen=True)
class ScrewTask:
    """One screw of a test.

    `medial_mm`, `superior_mm`: where the hand starts, from the reference entry of the bone, which
    the student is not told.
    """

    level: str
    side: Side
    build: Build
    medial_mm: float
    superior_mm: float


def draw_tasks(seed: int, norms: Norms) -> tuple[ScrewTask, ...]:
    """The `TASKS` screws of a seed (0 or more), always the same; ValueError if negative."""
    if seed < 0:
        raise ValueError(f"seed: {seed}; give 0 or more")
    rng = np.random.default_rng([seed, TASKS])
    levels = [str(each) for each in rng.permutation(LEVELS)]
    levels.append(str(rng.choice(LEVELS)))
    tasks = []
    for place, level in enumerate(levels):
        side = Side.LEFT if rng.random() < 1 / 2 else Side.RIGHT
        off = [
            float(rng.choice((-1, 1)) * np.round(rng.uniform(*ASIDE_MM) / STEP_MM) * STEP_MM)
            for _ in range(2)
        ]
        person = seed * TASKS + place
        build = drawn_build(person, Build(), norms.spreads[level])
        tasks.append(ScrewTask(level, side, build, *off))
    return tuple(tasks)
