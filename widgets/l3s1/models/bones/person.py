"""A person's bone: the template, warped until callipers read the given dimensions on it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from l3s1.models.bones.callipers import DIMENSIONS, Landmarks, levelled, measured
from l3s1.models.bones.meshing import Mesh
from l3s1.models.bones.sdf import Array
from l3s1.models.bones.warp import Plan, warped

TOLERANCE_MM = 0.5
TOLERANCE_DEG = 1.0
"""How near a reading must come to what was given; what misses by more is reported."""

AIMED_SHARE = 0.7
"""The search goes on until readings come within this share of the tolerance."""

TRUST_MM = 1.5
TRUST_DEG = 4.0
"""How far corrections go before they cost as much as a miss: keeps shapes near the template."""

ROUNDS = 14
"""Most rounds of generate, measure, correct."""

LEAST_RATIO, MOST_RATIO = 0.6, 1.6
"""Lengths are accepted between these shares of the template's."""

OFFSETS: Mapping[str, float] = {
    "pedicle_transverse_angle_deg": 15.0,
    "pedicle_height_above_centre_mm": 6.0,
    "spinous_tip_height_mm": 15.0,
}
"""Angles and heights above a point, which have no ratio: accepted this far from the template's."""

FOLLOWS: Mapping[str, tuple[str, ...]] = {
    "upper_end_plate_width_mm": ("lower_end_plate_width_mm", "waist_width_mm"),
    "lower_end_plate_width_mm": ("upper_end_plate_width_mm", "waist_width_mm"),
    "waist_width_mm": ("upper_end_plate_width_mm", "lower_end_plate_width_mm"),
    "upper_end_plate_depth_mm": ("lower_end_plate_depth_mm", "waist_depth_mm"),
    "lower_end_plate_depth_mm": ("upper_end_plate_depth_mm", "waist_depth_mm"),
    "waist_depth_mm": ("upper_end_plate_depth_mm", "lower_end_plate_depth_mm"),
    "anterior_body_height_mm": ("posterior_body_height_mm", "central_body_height_mm"),
    "posterior_body_height_mm": ("anterior_body_height_mm", "central_body_height_mm"),
    "central_body_height_mm": ("anterior_body_height_mm", "posterior_body_height_mm"),
    "overall_height_mm": ("anterior_body_height_mm", "posterior_body_height_mm"),
    "spinous_process_length_mm": ("overall_depth_mm",),
    "overall_depth_mm": ("spinous_process_length_mm",),
}
"""Whose ratios a length that is not given follows, by their mean; else the mean of all given."""

COUPLED: Sequence[frozenset[str]] = (
    frozenset(f"{where}_width_mm" for where in ("upper_end_plate", "lower_end_plate", "waist")),
    frozenset(
        [f"{where}_depth_mm" for where in ("upper_end_plate", "lower_end_plate", "waist")]
        + [f"{where}_body_height_mm" for where in ("anterior", "posterior", "central")]
    ),
    frozenset([name for name in DIMENSIONS if "pedicle" in name] + ["canal_width_mm"]),
    frozenset(["spinous_process_length_mm", "spinous_tip_height_mm", "overall_depth_mm"]),
)
"""Readings that answer to each other's corrections."""

LARGER: Sequence[tuple[str, tuple[str, ...]]] = (
    ("central_body_height_mm", ("anterior_body_height_mm", "posterior_body_height_mm")),
    ("waist_width_mm", ("upper_end_plate_width_mm", "lower_end_plate_width_mm")),
    ("waist_depth_mm", ("upper_end_plate_depth_mm", "lower_end_plate_depth_mm")),
    ("anterior_body_height_mm", ("overall_height_mm",)),
    ("posterior_body_height_mm", ("overall_height_mm",)),
    ("pedicle_width_mm", ("pedicle_height_mm",)),
    ("canal_width_mm", ("pedicle_distance_mm",)),
    ("pedicle_distance_mm", ("transverse_process_span_mm",)),
    ("spinous_process_length_mm", ("overall_depth_mm",)),
)
"""A reading cannot exceed the largest of those beside it, but by the tolerance."""


class ReadingError(ValueError):
    """Readings that no bone can have; `problems` names each entry, why, and what is accepted."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class PersonBone:
    """A bone in its own, levelled frame, and all its readings.

    `missed`: by reading, how much more (mm, degrees) it has than was given, where that is beyond
    the tolerance.
    """

    mesh: Mesh
    readings: Mapping[str, float]
    missed: Mapping[str, float] = field(default_factory=dict)


def tolerance(name: str) -> float:
    """How near a reading must come to what was given: mm or degrees."""
    return TOLERANCE_DEG if name.endswith("_deg") else TOLERANCE_MM


def accepted(name: str, template: float) -> tuple[float, float]:
    """The least and the largest value accepted for a reading that the template has so."""
    if name in OFFSETS:
        return template - OFFSETS[name], template + OFFSETS[name]
    return template * LEAST_RATIO, template * MOST_RATIO


def check_readings(bone: str, given: Mapping[str, object], template: Mapping[str, float]) -> None:
    """Raise ReadingError listing every entry of `given` that `bone` cannot have.

    `template` are the template's readings: they say which names there are and how large.
    """
    problems = []
    for name, value in given.items():
        where = f"{bone}.{name}"
        if name not in template:
            problems.append(f"{where}: no such dimension; there are {', '.join(template)}")
        elif isinstance(value, bool) or not isinstance(value, (int, float)):
            problems.append(f"{where}: {value!r} is not a number; give a number or leave it out")
        else:
            low, high = accepted(name, template[name])
            if not math.isfinite(value) or not low <= value <= high:
                unit = "degrees" if name.endswith("_deg") else "mm"
                problems.append(
                    f"{where}: {value:g} is out of range; accepted are {low:.1f} to {high:.1f} "
                    f"{unit} (the template has {template[name]:.1f})"
                )
    if not problems:
        numbers = {name: float(str(value)) for name, value in given.items()}
        problems = [f"{bone}.{problem}" for problem in _contradictions(numbers)]
    if problems:
        raise ReadingError(problems)


def _contradictions(given: Mapping[str, float]) -> list[str]:
    """What is larger than it can be beside the others."""
    found = []
    for name, others in LARGER:
        if name in given and all(other in given for other in others):
            most = max(given[other] for other in others)
            if given[name] > most + TOLERANCE_MM:
                found.append(
                    f"{name}: {given[name]:g} is more than {' and '.join(others)} allow "
                    f"({most:g}); measure again or leave one out"
                )
    return found


def mean_ratio(given: Mapping[str, float], template: Mapping[str, float]) -> float:
    """The geometric mean of the given lengths' ratios to the template's; 1 where none is given."""
    logs = [math.log(given[name] / template[name]) for name in given if name not in OFFSETS]
    return math.exp(sum(logs) / len(logs)) if logs else 1.0


def scaled(mesh: Mesh, factor: float) -> Mesh:
    """The mesh, `factor` times as large about its frame's origin."""
    return Mesh(mesh.vertices * factor, mesh.triangles)


def completed(
    given: Mapping[str, float], template: Mapping[str, float], marks: Landmarks
) -> dict[str, float]:
    """All readings: those given, and what the others then plausibly are."""
    overall = mean_ratio(given, template)
    logs = {n: math.log(given[n] / template[n]) for n in given if n not in OFFSETS}
    result = dict(template)
    for name in template:
        if name not in OFFSETS:
            near = [logs[other] for other in FOLLOWS.get(name, ()) if other in logs]
            result[name] *= math.exp(sum(near) / len(near)) if near else overall
    result.update(given)
    height = result["posterior_body_height_mm"] / template["posterior_body_height_mm"]
    above = "pedicle_height_above_centre_mm"
    if above not in given:
        result[above] = template[above] * height
    if "spinous_tip_height_mm" not in given:
        arch = result["overall_height_mm"] / template["overall_height_mm"]
        drop = float(marks.tip[2] - marks.pedicle.centre[2])
        result["spinous_tip_height_mm"] = template[above] * height + drop * arch
    _close_ring(result, given, template)
    return result


def _close_ring(
    result: dict[str, float], given: Mapping[str, float], template: Mapping[str, float]
) -> None:
    """Canal, pedicles and the distance between them go together: two of them give the third."""
    canal, width, apart = "canal_width_mm", "pedicle_width_mm", "pedicle_distance_mm"
    grown = {name: result[name] - template[name] for name in (canal, width, apart)}
    if apart not in given:
        result[apart] = template[apart] + grown[canal] + grown[width]
    elif canal not in given:
        result[canal] = template[canal] + grown[apart] - grown[width]
    elif width not in given:
        least, most = accepted(width, template[width])
        wanted = template[width] + grown[apart] - grown[canal]
        result[width] = min(max(wanted, least), most)


def corrected(names: Sequence[str]) -> list[str]:
    """The readings whose aims are corrected: those that do not follow from others of `names`."""
    result = list(names)
    if {"canal_width_mm", "pedicle_distance_mm", "pedicle_width_mm"} <= set(names):
        result.remove("canal_width_mm")
    if {"overall_depth_mm", "spinous_process_length_mm"} <= set(names):
        result.remove("overall_depth_mm")
    return result


def person_bone(template: Mesh, given: Mapping[str, float]) -> PersonBone:
    """The bone on which callipers read what is given (any of `DIMENSIONS`), near the template.

    `template` is a mirror-symmetric lumbar vertebra in its own frame. Check `given` before.
    """
    base = levelled(template)
    readings, marks = measured(base, symmetric=True)
    names = [name for name in DIMENSIONS if name in given]
    if not names:
        return PersonBone(base, readings)
    search = _Search(base, readings, marks, {name: float(given[name]) for name in names})
    mesh, found = search.run()
    over = {name: found[name] - given[name] for name in names}
    missed = {name: miss for name, miss in over.items() if abs(miss) > tolerance(name)}
    return PersonBone(mesh, found, missed)


@dataclass(frozen=True)
class _Trial:
    """A bone tried: made with `aims` (k,), its readings, and by how much they are `over` (n,)."""

    aims: Array
    mesh: Mesh
    readings: Mapping[str, float]
    over: Array


class _Search:
    """Generate, measure, correct: damped least squares on the aims, until readings are met.

    It minimises misses, weighted more where they stay beyond what is aimed at, and corrections.
    """

    def __init__(
        self,
        base: Mesh,
        readings: Mapping[str, float],
        marks: Landmarks,
        given: Mapping[str, float],
    ) -> None:
        self._base, self._readings, self._marks, self._given = base, readings, marks, given
        self._names = list(given)
        self._free = corrected(self._names)
        self._own = np.array([self._names.index(name) for name in self._free])
        self._target = np.array(list(given.values()))
        self._wanted = completed(given, readings, marks)
        self._allowed = AIMED_SHARE * np.array([tolerance(name) for name in self._names])
        degrees = np.array([name.endswith("_deg") for name in self._free])
        self._trust = np.where(degrees, TRUST_DEG, TRUST_MM)
        self._probe = np.where(degrees, 4.0, 1.0)

    def run(self) -> tuple[Mesh, Mapping[str, float]]:
        """The best bone found and its readings."""
        start = self._target[self._own]
        trial = best = self._try(start)
        jacobian, mask = self._jacobian(trial)
        weight = 0.3 / self._allowed**2
        damping = 1e-3
        for _ in range(ROUNDS):
            curvature = jacobian.T @ (weight[:, None] * jacobian) + np.diag(1.0 / self._trust**2)
            slope = jacobian.T @ (weight * trial.over) + (trial.aims - start) / self._trust**2
            damped = curvature + damping * np.diag(np.diag(curvature))
            step = np.clip(-np.linalg.solve(damped, slope), -4.0, 4.0)
            settled = bool((np.abs(trial.over) < self._allowed).all())
            if settled and np.abs(step).max() < 0.05:
                break
            new = self._try(trial.aims + step)
            self._learn(jacobian, mask, step, new.over - trial.over)

            def cost(each: _Trial, weight: Array = weight) -> float:
                misses = float((weight * each.over**2).sum())
                return misses + float((((each.aims - start) / self._trust) ** 2).sum())

            if cost(new) < cost(trial):
                trial, damping = new, max(damping / 5.0, 1e-4)
            else:
                damping = max(damping * 6.0, 0.01)
            best = min(best, new, trial, key=self._rank)
            weight = np.where(np.abs(trial.over) > self._allowed, weight * 1.6, weight)
        best = self._polished(best)
        return best.mesh, best.readings

    def _polished(self, best: _Trial) -> _Trial:
        """The trial with what it still misses corrected one by one.

        Where a corner jumps, steps of all aims together leap over the place that meets them all.
        """
        stuck: set[int] = set()
        for _ in range(ROUNDS):
            excess = (np.abs(best.over) / self._allowed)[self._own]
            excess[list(stuck)] = 0.0
            worst = int(np.argmax(excess))
            if excess[worst] <= 1.0:
                break
            aims = best.aims.copy()
            aims[worst] -= 0.7 * best.over[self._own][worst]
            new = self._try(aims)
            if self._rank(new) < self._rank(best):
                best = new
            else:
                stuck.add(worst)
        return best

    def _rank(self, trial: _Trial) -> tuple[float, float]:
        """Less is better: the excess over what is aimed at, then the corrections."""
        excess = np.maximum(np.abs(trial.over) / self._allowed - 1.0, 0.0)
        moved = (trial.aims - self._target[self._own]) / self._trust
        return float((excess**2).sum()), float((moved**2).sum())

    def _try(self, aims: Array) -> _Trial:
        """Make and measure the bone with these aims."""
        given = {**self._given, **dict(zip(self._free, aims.tolist(), strict=True))}
        full = completed(given, self._readings, self._marks)
        plan = Plan(self._readings, self._marks, self._wanted, full)
        mesh = levelled(Mesh(warped(self._base.vertices, plan), self._base.triangles))
        found, _ = measured(mesh, symmetric=True)
        over = np.array([found[name] for name in self._names]) - self._target
        return _Trial(aims, mesh, found, over)

    def _jacobian(self, trial: _Trial) -> tuple[Array, Array]:
        """How misses (n) answer to aims (k), by trying; and where they may at all: 0 or 1 (n, k).

        Aims that share no reading are tried together.
        """
        mask = np.array([[_answers(name, aim) for aim in self._free] for name in self._names])
        result = np.zeros(mask.shape)
        left = list(range(len(self._free)))
        while left:
            together: list[int] = []
            for j in left:
                if not any((mask[:, j] & mask[:, k]).any() for k in together):
                    together.append(j)
            left = [j for j in left if j not in together]
            step = np.zeros(len(self._free))
            step[together] = np.where(trial.over[self._own] > 0.0, -self._probe, self._probe)[
                together
            ]
            change = self._try(trial.aims + step).over - trial.over
            for j in together:
                result[mask[:, j], j] = change[mask[:, j]] / step[j]
        self._bound(result, 0.3, 1.5)
        return result, mask.astype(float)

    def _learn(self, jacobian: Array, mask: Array, step: Array, change: Array) -> None:
        """Correct the jacobian by what a step did (Broyden's update, where the mask allows)."""
        moved = mask * step
        gap = change - jacobian @ step
        jacobian += (gap / np.maximum((moved**2).sum(axis=1), 0.05))[:, None] * moved
        self._bound(jacobian, 0.25, 2.0)

    def _bound(self, jacobian: Array, low: float, high: float) -> None:
        """Keep what each reading does with its own aim plausible: readings jump a little."""
        np.clip(jacobian, -high, high, out=jacobian)
        k = np.arange(len(self._free))
        jacobian[self._own, k] = np.clip(jacobian[self._own, k], low, high)


def _answers(reading: str, aim: str) -> bool:
    """Whether correcting an aim changes a reading noticeably."""
    if reading == aim:
        return True
    if reading == "pedicle_transverse_angle_deg":
        return False
    return any(reading in group and aim in group for group in COUPLED)
