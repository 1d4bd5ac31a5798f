"""Rounds of 'find it': solvable, without repetition, and the same in Python and in the page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l3s1.models.find_it import (
    CLICK_CHOICES,
    DIFFICULTIES,
    MOST_SEED,
    NAME_CHOICES,
    NEAR,
    Difficulty,
    Target,
    draw_round,
    next_seed,
    random_numbers,
)

CASES = Path(__file__).parent.parent / "fixtures" / "find_it_rounds.json"

EACH: tuple[Difficulty, ...] = (1, 2, 3)
SEEDS = st.integers(1, MOST_SEED)


@st.composite
def pools(draw: st.DrawFn) -> list[Target]:
    """Pools of made-up structures, from hardly enough to many."""
    names = [f"structure-{n}" for n in range(draw(st.integers(4, 40)))]
    targets = []
    for name in names:
        others = [each for each in names if each != name]
        distractors = draw(st.permutations(others))[: draw(st.integers(3, len(others)))]
        kind = draw(st.sampled_from("abcdefgh"))
        difficulty = draw(st.sampled_from(EACH))
        targets.append(Target(name, kind, difficulty, tuple(distractors)))
    return targets


@given(SEEDS, pools())
def test_every_task_can_be_solved_and_none_comes_twice(seed: int, pool: list[Target]) -> None:
    tasks = draw_round(seed, pool)
    asked = [task.structure for task in tasks]
    assert len(set(asked)) == len(asked)
    by_name = {target.structure: target for target in pool}
    for task in tasks:
        target = by_name[task.structure]
        assert task.structure in task.choices
        assert len(set(task.choices)) == len(task.choices)
        assert set(task.choices) <= {task.structure, *target.distractors}
        assert task.difficulty == target.difficulty
        if task.kind == "name":
            assert len(task.choices) == NAME_CHOICES
            assert set(task.choices) <= {task.structure, *target.distractors[:NEAR]}
        else:
            assert len(task.choices) == min(CLICK_CHOICES, 1 + len(target.distractors))


@given(SEEDS, pools())
def test_a_round_goes_from_easy_to_hard_and_is_full_where_the_pool_is(
    seed: int, pool: list[Target]
) -> None:
    drawn = [task.difficulty for task in draw_round(seed, pool)]
    assert drawn == sorted(drawn)
    for difficulty in (1, 2, 3):
        has = sum(target.difficulty == difficulty for target in pool)
        assert drawn.count(difficulty) == min(has, DIFFICULTIES.count(difficulty))


@given(SEEDS, pools())
def test_a_seed_always_draws_the_same(seed: int, pool: list[Target]) -> None:
    assert draw_round(seed, pool) == draw_round(seed, pool)


@given(SEEDS)
def test_the_next_seed_is_a_seed_and_another_one(seed: int) -> None:
    following = next_seed(seed)
    assert 1 <= following <= MOST_SEED
    assert following != seed


@given(SEEDS)
def test_random_numbers_are_shares(seed: int) -> None:
    draw = random_numbers(seed)
    assert all(0 <= draw() < 1 for _ in range(20))


def test_kinds_differ_where_the_pool_allows_it() -> None:
    pool = [
        Target(f"{kind}{n}", kind, difficulty, ("x", "y", "z"))
        for difficulty, kinds in zip(EACH, ("abc", "defg", "hij"), strict=True)
        for kind in kinds
        for n in range(3)
    ]
    for seed in range(1, 60):
        kinds = [task.structure[0] for task in draw_round(seed, pool)]
        assert len(set(kinds)) == len(DIFFICULTIES)


@pytest.mark.parametrize("distractors", [(), ("a", "b"), ("a", "b", "b"), ("a", "b", "self")])
def test_what_can_not_be_asked_is_refused(distractors: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="self"):
        Target("self", "kind", 1, distractors)


def test_rounds_are_those_that_the_page_draws() -> None:
    cases = json.loads(CASES.read_text(encoding="utf-8"))
    pool = [
        Target(
            each["structure"],
            cases["kinds"][each["structure"]],
            each["difficulty"],
            tuple(each["distractors"]),
        )
        for each in cases["pool"]
    ]
    for each in cases["rounds"]:
        drawn = [
            {
                "kind": task.kind,
                "structure": task.structure,
                "difficulty": task.difficulty,
                "choices": list(task.choices),
            }
            for task in draw_round(each["seed"], pool)
        ]
        assert drawn == each["tasks"]
