"""Time the models behind the workbenches: ``python benchmarks/workbenches.py``.

No browser, no server: what a slider step costs in Python (that of 'fuse and bend' is drawn by the
page itself; Python only follows, and says it). Medians of ``--rounds``; the limits are
those of the project's goals. Exits with 1 where one is exceeded.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from l3s1.activities.fuse_and_bend import FuseAndBendActivity
from l3s1.activities.level_above_model import FUSIONS, LevelAboveModelActivity
from l3s1.activities.motion_by_level import MotionByLevelActivity
from l3s1.activities.motion_facts import build_spine
from l3s1.activities.screw_trainer import ScrewTrainerActivity
from l3s1.content import Content, load_content
from l3s1.models.motion.spine import Direction

SOLVE_MS = 2.0
STEP_MS = 50.0
SCREW_STEP_MS = 80.0


@dataclass(frozen=True)
class Task:
    """Something that is timed; `run` gets the number of the round, so that no round is idle."""

    name: str
    limit_ms: float
    run: Callable[[int], object]


def motion_tasks(content: Content) -> list[Task]:
    """A spine solved to a total, and a step of each activity with a chart, its twin and table."""
    held = dict.fromkeys(FUSIONS[-1], "screws")
    spine = build_spine(content, Direction.FLEXION, held)
    reach = spine.under(10.0).total_deg
    curves, bending, above = (
        MotionByLevelActivity(content),
        FuseAndBendActivity(content, fused_l4_l5=True, fused_l5_s1=True, protocol="motion"),
        LevelAboveModelActivity(content),
    )
    levels = ("L2-L3", "L3-L4", "L4-L5", "L5-S1")

    def look(index: int) -> None:
        curves.state.segment = levels[index % len(levels)]

    def bend(index: int) -> None:
        bending.bend = float(5 + index % 30)
        bending.text_twin()

    def press(index: int) -> None:
        above.state.load = 100.0 * (index % 12)

    return [
        Task("spine under a moment", SOLVE_MS, lambda index: spine.under(1.0 + index % 9)),
        Task(
            "spine bent to a total, three levels held",
            SOLVE_MS,
            lambda index: spine.bent_to(reach * (1 + index % 20) / 20),
        ),
        Task(
            "spine built anew and bent",
            SOLVE_MS,
            lambda index: build_spine(content, Direction.FLEXION, held).bent_to(5.0 + index % 9),
        ),
        Task("step: motion by level", STEP_MS, look),
        Task("step: fuse and bend", STEP_MS, bend),
        Task("step: level above", STEP_MS, press),
    ]


def screw_tasks(content: Content) -> list[Task]:
    """A slider step of the screw trainer as a page sends it: solved, drawn, put into words."""
    lumbar = ScrewTrainerActivity(content, level="L4")
    sacral = ScrewTrainerActivity(content, level="S1")

    def turn(trainer: ScrewTrainerActivity, index: int) -> int:
        angles = {"convergence_deg": float(index % 50), "sagittal_deg": 1.0}
        trainer.set_state({"plan": {**trainer.plan, **angles}})
        return index

    return [
        Task("step: screw of L4", SCREW_STEP_MS, lambda index: turn(lumbar, index)),
        Task("step: screw of S1", SCREW_STEP_MS, lambda index: turn(sacral, index)),
    ]


def measure(task: Task, rounds: int) -> float:
    """The median time of a task in ms, after one run that is not counted."""
    task.run(rounds)
    times = []
    for index in range(rounds):
        start = time.perf_counter()
        task.run(index)
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def main() -> int:
    """Time every task and say which exceed their limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=60, help="runs of each task (60)")
    rounds = parser.parse_args().rounds
    exceeded = 0
    content = load_content()
    for task in [*motion_tasks(content), *screw_tasks(content)]:
        found = measure(task, rounds)
        exceeded += found > task.limit_ms
        verdict = "ok" if found <= task.limit_ms else "TOO SLOW"
        print(f"{task.name:42} {found:8.3f} ms  limit {task.limit_ms:5.1f} ms  {verdict}")
    return int(exceeded > 0)


if __name__ == "__main__":
    raise SystemExit(main())
