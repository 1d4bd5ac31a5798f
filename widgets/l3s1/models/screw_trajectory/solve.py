"""What a screw does: breach, grade, filling, tip, and what it comes near."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from l3s1.models.bones.sdf import Array
from l3s1.models.screw_trajectory.bone import Bone
from l3s1.models.screw_trajectory.breach import Placed, breaches, place
from l3s1.models.screw_trajectory.plan import ScrewPlan
from l3s1.models.screw_trajectory.sectors import DIRECTIONS, Sector
from l3s1.models.screw_trajectory.surface import strewn

GRADES = "ABCDE"

ROUND, DEPTHS = 24, 13
"""Looks around a screw near its entry, and along it, for bone on all its sides."""

STREWN = 0.4
"""mm between the points that stand for the nearest surface of what lies beside the bone."""

ENTRY = 1e-6
"""mm from the entry within which a crossing is the entry."""

FAR = 15.0
"""mm beyond which nothing is named as near."""


@dataclass(frozen=True)
class S1Result:
    """What matters for S1 only.

    `off_promontory_deg`: by how much less (−: more) the screw converges than the line from its
    entry to the promontory. `cortices`: those it engages, "dorsal", "anterior", "end_plate";
    "dorsal" where bone begins on all its sides within a diameter of the entry.
    `tip_to_promontory_mm`: straight.
    """

    off_promontory_deg: float
    cortices: tuple[str, ...]
    tip_to_promontory_mm: float


@dataclass(frozen=True)
class ScrewResult:
    """What a screw does; mm, in the bone's own frame.

    `breach`: by `DIRECTIONS`, signed: > 0 outside the bone, < 0 the least bone left; None where no
    part of the screw lies there. `pedicle`: the same in the pedicle alone, which is what `grade`
    grades. `worst`: the direction of the largest breach of the pedicle; None in grade A.
    `width_filled`: diameter as a share of the pedicle's width; None for S1. `tip_to_wall`: along
    the axis to the last bone ahead; negative: through it; None where the axis never meets bone.
    `in_bone`: share of the axis. `near`: gap to nerves, sac and vessels, ≤ 0 where it meets them.
    """

    plan: ScrewPlan
    entry: Array
    tip: Array
    breach: Mapping[str, float | None]
    pedicle: Mapping[str, float | None]
    grade: str
    worst: str | None
    pedicle_size: tuple[float, float, float] | None
    width_filled: float | None
    tip_to_wall: float | None
    in_bone: float
    near: Mapping[str, float]
    s1: S1Result | None

    def to_dict(self) -> dict[str, Any]:
        """As JSON takes it: lengths rounded to 0.01 mm."""
        size = self.pedicle_size
        result: dict[str, Any] = {
            "level": self.plan.level,
            "side": str(self.plan.side),
            "entry": [_short(v) for v in self.entry],
            "tip": [_short(v) for v in self.tip],
            "breach_mm": {name: _short(v) for name, v in self.breach.items()},
            "pedicle_mm": {name: _short(v) for name, v in self.pedicle.items()},
            "grade": self.grade,
            "worst": self.worst,
            "pedicle": size
            and {
                "width_mm": _short(size[0]),
                "height_mm": _short(size[1]),
                "convergence_deg": _short(size[2]),
            },
            "width_filled": _short(self.width_filled),
            "tip_to_wall_mm": _short(self.tip_to_wall),
            "in_bone_share": _short(self.in_bone),
            "near": {name: _short(v) for name, v in self.near.items()},
            "s1": None,
        }
        if self.s1 is not None:
            result["s1"] = {
                "off_promontory_deg": _short(self.s1.off_promontory_deg),
                "cortices": len(self.s1.cortices),
                "cortices_named": list(self.s1.cortices),
                "tip_to_promontory_mm": _short(self.s1.tip_to_promontory_mm),
            }
        return result


def _short(value: float | None) -> float | None:
    """Rounded to hundredths; minus nothing is nothing."""
    return None if value is None else round(float(value), 2) + 0.0


def solve(
    bone: Bone, plan: ScrewPlan, *, grade_mm: Sequence[float], cortex_mm: float
) -> ScrewResult:
    """What the screw of a plan does in a bone of its level.

    `grade_mm`: four rising limits in mm: grade A up to and with the first, B, C and D below the
    next, E from the last on. `cortex_mm`: how near its outside a cortex counts as engaged (S1).
    ValueError where they or the bone do not fit; PlanError where there is no bone to enter.
    """
    if len(grade_mm) != len(GRADES) - 1 or list(grade_mm) != sorted(grade_mm):
        raise ValueError(f"grade_mm: give four rising limits, not {list(grade_mm)}")
    if bone.level != plan.level:
        raise ValueError(f"a plan for {plan.level} in a bone of {bone.level}")
    screw = place(bone, plan)
    found = breaches(screw)
    pedicle = {d: found.get(Sector(i)) for i, d in enumerate(DIRECTIONS[:4])}
    body = {d: found.get(Sector(i + 4)) for i, d in enumerate(DIRECTIONS)}
    breach = {d: _larger(pedicle.get(d), body[d]) for d in DIRECTIONS}
    worst, most = max(
        ((d, v) for d, v in pedicle.items() if v is not None),
        key=lambda pair: pair[1],
        default=(None, -np.inf),
    )
    grade = graded(most, grade_mm)
    met = bone.surface.crossings(screw.entry, screw.axis)
    # the entry itself is where the line first meets the bone
    met = met[met > ENTRY]
    wall = float(met[-1]) - plan.length_mm if len(met) else None
    way = bone.corridor
    return ScrewResult(
        plan,
        screw.entry,
        screw.tip,
        breach,
        pedicle,
        grade,
        None if grade == GRADES[0] else worst,
        (way.width, way.height, way.convergence) if way.width and way.height else None,
        plan.diameter_mm / way.width if way.width else None,
        wall,
        in_bone(met, plan.length_mm),
        gaps(screw),
        s1_result(screw, body, cortex_mm) if plan.level == "S1" else None,
    )


def _larger(a: float | None, b: float | None) -> float | None:
    """The larger of two, of which either may be missing."""
    given = [v for v in (a, b) if v is not None]
    return max(given) if given else None


def graded(breach: float, limits: Sequence[float]) -> str:
    """The grade of a breach in mm: A up to and with the first limit, E from the last on."""
    if breach <= limits[0]:
        return GRADES[0]
    return GRADES[1 + int(np.searchsorted(limits[1:], breach, side="right"))]


def in_bone(met: Array, length: float) -> float:
    """The share of an axis of `length` mm that lies in bone.

    `met`: where its line meets the surface ahead of the entry, sorted mm: it ends outside.
    """
    ends = np.r_[0.0, met] if len(met) % 2 == 1 else met
    within = np.clip(ends, 0.0, length)
    return float((within[1::2] - within[::2]).sum() / length)


def gaps(screw: Placed) -> dict[str, float]:
    """The gap (mm) from the screw to each part beside the bone, the nearest first.

    Negative: by how much the screw reaches into it. Parts farther than `FAR` are left out.
    """
    result = {}
    for name, mesh in screw.bone.beside.items():
        corners, middles, reach = screw.bone.beside_triangles[name]
        middle, radius = screw.bone.beside_balls[name]
        if float(screw.outside(middle[None])[0]) - radius > FAR:
            continue
        most = float(screw.outside(mesh.vertices).min())
        near = screw.outside(middles) - reach <= min(most, FAR)
        if near.any():
            points, _ = strewn(corners[near], STREWN)
            gap = min(most, float(screw.outside(points).min()))
            if gap <= FAR:
                result[name] = gap
    return dict(sorted(result.items(), key=lambda pair: pair[1]))


def bone_all_round(screw: Placed) -> bool:
    """Whether on all sides of the screw bone begins within a diameter of the entry."""
    depth, angle = np.meshgrid(
        np.linspace(0.0, screw.plan.diameter_mm, DEPTHS),
        np.arange(ROUND) * 2.0 * np.pi / ROUND,
    )
    points = screw.at(depth.ravel(), angle.ravel())
    inside = screw.bone.surface.distance(points).reshape(depth.shape) <= 0.0
    return bool(inside.any(axis=1).all())


def s1_result(screw: Placed, body: Mapping[str, float | None], cortex_mm: float) -> S1Result:
    """What matters for S1: aim, cortices, tip. `body`: the breach of the body alone, mm."""
    bone, sign = screw.bone, screw.plan.sign
    to = bone.promontory - screw.entry
    turn = float(np.degrees(np.arctan2(-sign * to[0], to @ bone.ahead)))
    cortices = []
    if bone_all_round(screw):
        cortices.append("dorsal")
    for name, direction in (("anterior", "anterior"), ("end_plate", "superior")):
        value = body[direction]
        if value is not None and value >= -cortex_mm:
            cortices.append(name)
    away = float(np.linalg.norm(screw.tip - bone.promontory))
    return S1Result(turn - screw.plan.convergence_deg, tuple(cortices), away)
