"""'Find it': rounds of tasks drawn from a pool by a seed, easy to hard, always solvable.

The page draws the same rounds by the same rules (`widgets/frontend/src/explorer/rounds.ts`); both
are tested with `tests/fixtures/find_it_rounds.json`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

Difficulty = Literal[1, 2, 3]
TaskKind = Literal["click", "name"]
Random = Callable[[], float]
Thing = TypeVar("Thing")

DIFFICULTIES: tuple[Difficulty, ...] = (1, 1, 1, 2, 2, 2, 2, 3, 3, 3)
"""Difficulty of each task of a round."""

MOST_SEED = 9_999_999
NAME_CHOICES = 4
CLICK_CHOICES = 8
NEAR = 6
"""How far down the list of distractors, near to far, a 'name' task may reach."""

_WORD = 2**32


@dataclass(frozen=True)
class Target:
    """A structure that may be asked for; `distractors` run from what is nearest to it to far."""

    structure: str
    kind: str
    difficulty: Difficulty
    distractors: tuple[str, ...]

    def __post_init__(self) -> None:
        """Raise ValueError where it could not be asked: too few distractors, or itself one."""
        if len(self.distractors) < NAME_CHOICES - 1:
            raise ValueError(f"{self.structure} needs {NAME_CHOICES - 1} distractors")
        if self.structure in self.distractors or len({*self.distractors}) < len(self.distractors):
            raise ValueError(f"{self.structure}: distractors differ from it and from one another")


@dataclass(frozen=True)
class Task:
    """One question: click `structure`, or name it where it is highlighted.

    `choices` are the four answers of a 'name' task, and what the keyboard goes through in a
    'click' task; `structure` is among them.
    """

    kind: TaskKind
    structure: str
    difficulty: Difficulty
    choices: tuple[str, ...]


def random_numbers(seed: int) -> Random:
    """A source of uniform numbers in [0, 1), the same for a seed everywhere (mulberry32)."""
    state = seed % _WORD

    def draw() -> float:
        nonlocal state
        state = (state + 0x6D2B79F5) % _WORD
        mixed = (state ^ (state >> 15)) * (state | 1) % _WORD
        mixed ^= (mixed + (mixed ^ (mixed >> 7)) * (mixed | 61)) % _WORD
        return (mixed ^ (mixed >> 14)) / _WORD

    return draw


def draw_round(seed: int, pool: Sequence[Target]) -> tuple[Task, ...]:
    """The tasks of a round.

    No structure is asked for twice, and no kind where the pool has another one of the same
    difficulty. A difficulty that the pool lacks leaves its tasks out.
    """
    draw = random_numbers(seed)
    asked: set[str] = set()
    kinds: set[str] = set()
    tasks: list[Task] = []
    for place, difficulty in enumerate(DIFFICULTIES):
        left = [t for t in pool if t.difficulty == difficulty and t.structure not in asked]
        fresh = [t for t in left if t.kind not in kinds] or left
        chosen = int(draw() * len(fresh))
        if not fresh:
            continue
        target = fresh[chosen]
        asked.add(target.structure)
        kinds.add(target.kind)
        is_click = place % 2 == 0
        near = target.distractors if is_click else target.distractors[:NEAR]
        most = CLICK_CHOICES if is_click else NAME_CHOICES
        others = _shuffled(near, draw)[: most - 1]
        choices = _shuffled([target.structure, *others], draw)
        kind: TaskKind = "click" if is_click else "name"
        tasks.append(Task(kind, target.structure, difficulty, tuple(choices)))
    return tuple(tasks)


def next_seed(seed: int) -> int:
    """The seed of the round after this one: a class that starts together stays together."""
    return seed * 16807 % 9_999_991 or 1


def _shuffled(things: Sequence[Thing], draw: Random) -> list[Thing]:
    """A copy in random order (Fisher-Yates from the end)."""
    order = list(things)
    for last in range(len(order) - 1, 0, -1):
        other = int(draw() * (last + 1))
        order[last], order[other] = order[other], order[last]
    return order
