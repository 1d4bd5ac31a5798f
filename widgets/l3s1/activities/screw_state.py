"""The state of the pedicle-screw trainer: which bone, which screw, and how far a test has come."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from functools import cache, lru_cache
from typing import Any

import numpy as np
import traitlets

from l3s1.activities.anatomy import course_pack
from l3s1.activities.screw_norms import PEOPLE, Norms, read_norms
from l3s1.activities.screw_tasks import TASKS, ScrewTask, draw_tasks
from l3s1.content import Content
from l3s1.models.find_it import MOST_SEED
from l3s1.models.screw_trajectory import (
    LEVELS,
    LIMITS,
    Bone,
    Build,
    PlanError,
    ScrewAnatomy,
    ScrewPlan,
    ScrewResult,
    drawn_build,
    solve,
)
from l3s1.scene.anatomy import unknown_names
from l3s1.vocabulary import Side

MODES = ("free", "test")

STATE = ("mode", "level", "side", "person", "person_seed", "plan", "seed", "task", "results")
"""The traits that make up the state; the page has the same."""

PLAN = tuple(LIMITS)
"""The entries of a plan, in the order in which a result lists them."""

STEPS = {
    "medial_mm": 0.5,
    "superior_mm": 0.5,
    "convergence_deg": 1.0,
    "sagittal_deg": 1.0,
    "diameter_mm": 0.5,
    "length_mm": 5.0,
}
"""Steps of the sliders; screws come in such sizes."""

TEST_START = {
    "medial_mm": 0.0,
    "superior_mm": 0.0,
    "convergence_deg": 0.0,
    "sagittal_deg": 0.0,
    "diameter_mm": 5.0,
    "length_mm": 30.0,
}
"""The plan that each task of a test starts with: nothing is given away."""


@cache
def screw_anatomy(aims: tuple[tuple[str, float], ...]) -> ScrewAnatomy:
    """The course's bones, ready to take screws; read once.

    `aims`: by level the convergence (degrees) for which the reference entry is the right one.
    """
    return ScrewAnatomy(course_pack(), dict(aims))


@dataclass(frozen=True)
class Situation:
    """The screw that is shown: its level, side and person, and what is set.

    `plan` counts from where the hand started; `hidden`: whether a test still hides what the screw
    does; `aims`: the taught convergence by level, for which bones have their reference entry.
    """

    level: str
    side: Side
    build: Build
    plan: dict[str, float]
    hidden: bool
    aims: tuple[tuple[str, float], ...]
    medial_mm: float = 0.0
    superior_mm: float = 0.0

    @property
    def bone(self) -> Bone:
        """The vertebra; a person's is made when first asked for."""
        return screw_anatomy(self.aims).bone(self.level, self.build)

    @property
    def screw(self) -> ScrewPlan:
        """The plan as the model reads it, from the bone's reference entry."""
        plan = dict(self.plan)
        for name in ("medial_mm", "superior_mm"):
            low, high, _ = LIMITS[name]
            plan[name] = min(max(plan[name] + getattr(self, name), low), high)
        return ScrewPlan(level=self.level, side=self.side, **plan)

    def result(self, norms: Norms) -> ScrewResult:
        """What the screw does; PlanError where there is no bone to enter."""
        return _solved(self.bone, self.screw, norms.grade_mm, norms.cortex_mm)


@lru_cache(maxsize=256)
def _solved(
    bone: Bone, screw: ScrewPlan, grade_mm: tuple[float, ...], cortex_mm: float
) -> ScrewResult:
    return solve(bone, screw, grade_mm=grade_mm, cortex_mm=cortex_mm)


class ScrewTrainerState(traitlets.HasTraits):
    """What the trainer shows; the front end's `screws/types.ts` has the same names.

    Free: `level`, `side`, `person` (a key of `PEOPLE`; `person_seed` says who is 'drawn') and
    `plan`, by the names of `LIMITS`: mm from the bone's reference entry, degrees, mm; what a plan
    leaves out is what is taught for the level. Test: `seed` draws `TASKS` screws; `task` is the
    one in hand, at most as many as are placed; `results` the plans placed so far, each a list in
    the order of `PLAN`.

    Raises `traitlets.TraitError` that says what would be right where a value is not.
    """

    mode = traitlets.Enum(MODES, "free")
    level = traitlets.Enum(LEVELS, "L5")
    side = traitlets.Enum([each.value for each in Side], Side.LEFT.value)
    person = traitlets.Enum(list(PEOPLE), "course")
    person_seed = traitlets.Int(1, min=0, max=MOST_SEED)
    plan = traitlets.Dict()
    seed = traitlets.Int(1, min=0, max=MOST_SEED)
    task = traitlets.Int(0, min=0, max=TASKS)
    results: traitlets.List[Any] = traitlets.List(maxlen=TASKS)

    def __init__(self, content: Content, **state: Any) -> None:
        unknown = [name for name in state if name not in STATE]
        if unknown:
            raise traitlets.TraitError(unknown_names("a screw trainer has no", unknown, STATE))
        self.content = content
        self.norms = read_norms(content)
        self.starts = {level: self._start(level) for level in LEVELS}
        usual = self.usual(state.get("mode", "free"), state.get("level", "L5"))
        super().__init__(**{**state, "plan": {**usual, **state.get("plan", {})}})

    def _start(self, level: str) -> dict[str, float]:
        return {"medial_mm": 0.0, "superior_mm": 0.0, "sagittal_deg": 0.0} | asdict(
            self.norms.starts[level]
        )

    def usual(self, mode: str, level: str) -> dict[str, float]:
        """The plan to start with: free as taught for the level, in a test the same for all."""
        return dict(TEST_START if mode == "test" else self.starts.get(level, TEST_START))

    @property
    def aims(self) -> tuple[tuple[str, float], ...]:
        """By level the convergence that is taught, degrees."""
        starts = self.norms.starts
        return tuple((level, starts[level].convergence_deg) for level in LEVELS)

    @property
    def tasks(self) -> tuple[ScrewTask, ...]:
        """The screws of the test."""
        return draw_tasks(self.seed, self.norms)

    @property
    def finished(self) -> bool:
        """Whether the test is over."""
        return self.mode == "test" and self.task == TASKS

    def situation(self) -> Situation:
        """The screw in hand; of a finished test the last one."""
        if self.mode == "test":
            return self.placed(min(self.task, TASKS - 1))
        build = self.norms.build(self.person, self.level)
        if self.person == "drawn":
            build = drawn_build(self.person_seed, Build(), self.norms.spreads[self.level])
        side = Side(self.side)
        return Situation(self.level, side, build, dict(self.plan), hidden=False, aims=self.aims)

    def placed(self, index: int) -> Situation:
        """The screw of a task: as it was placed, or as it is planned now."""
        task, done = self.tasks[index], index < len(self.results)
        plan = dict(zip(PLAN, self.results[index], strict=True)) if done else dict(self.plan)
        return Situation(
            task.level,
            task.side,
            task.build,
            plan,
            hidden=not done,
            aims=self.aims,
            medial_mm=task.medial_mm,
            superior_mm=task.superior_mm,
        )

    def aligned(self) -> dict[str, float]:
        """The plan along the pedicle of the bone in hand, sizes as set.

        Of S1, whose pedicle has no narrowest section: from the entry as it is to the promontory.
        """
        now = self.situation()
        bone, screw = now.bone, now.screw
        if now.level == "S1":
            way = bone.promontory - bone.entry(screw)
            turn = float(np.degrees(np.arctan2(-screw.sign * way[0], way @ bone.ahead)))
            lift = float(np.degrees(np.arcsin(way @ bone.up / np.linalg.norm(way))))
            found = replace(screw, convergence_deg=round(turn), sagittal_deg=round(lift))
        else:
            found = bone.reference_plan(now.side, screw.diameter_mm, screw.length_mm)
        # minus nothing is nothing
        return {name: float(getattr(found, name)) + 0.0 for name in PLAN}

    @traitlets.validate("plan")
    def _valid_plan(self, proposal: Any) -> dict[str, float]:
        return checked_plan(proposal.value)

    @traitlets.validate("task")
    def _valid_task(self, proposal: Any) -> int:
        if proposal.value > len(self.results):
            raise traitlets.TraitError(
                f"task: {proposal.value} needs as many results; there are {len(self.results)}: "
                "give results first, or a smaller task"
            )
        return int(proposal.value)

    @traitlets.validate("results")
    def _valid_results(self, proposal: Any) -> list[list[float]]:
        for number, each in enumerate(proposal.value, 1):
            if not isinstance(each, (list, tuple)) or len(each) != len(PLAN):
                raise traitlets.TraitError(
                    f"results: screw {number} needs {len(PLAN)} numbers: {', '.join(PLAN)}"
                )
            checked_plan(dict(zip(PLAN, each, strict=True)))
        if len(proposal.value) < self.task:
            raise traitlets.TraitError(
                f"results: task {self.task} is in hand, so give {self.task} or more; or first a "
                "smaller task"
            )
        return [list(map(float, each)) for each in proposal.value]


def checked_plan(plan: dict[str, Any]) -> dict[str, float]:
    """A plan that a screw can have, in the order of `PLAN`; TraitError that says what is wrong."""
    unknown = [name for name in plan if name not in PLAN]
    if unknown:
        raise traitlets.TraitError(unknown_names("plan: there is no", unknown, PLAN))
    missing = [name for name in PLAN if name not in plan]
    if missing:
        raise traitlets.TraitError(f"plan: {', '.join(missing)} missing; give all of a plan")
    try:
        ScrewPlan(level=LEVELS[0], side=Side.LEFT, **plan)
    except PlanError as error:
        raise traitlets.TraitError(f"plan: {error}") from error
    return {name: float(plan[name]) + 0.0 for name in PLAN}
