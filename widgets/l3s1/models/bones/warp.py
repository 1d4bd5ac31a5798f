"""A smooth, invertible warp of space that gives a lumbar vertebra other dimensions.

Three steps follow each other: heights (z), depths (y), widths (x). Each moves points along one axis
only and grows with that coordinate everywhere, so each step, and the whole, can be undone: no fold,
no change of topology. Left and right are treated alike. `docs/bones.md` says what moves what.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from l3s1.models.bones.callipers import Landmarks
from l3s1.models.bones.sdf import Array

SOFTNESS = 1.5
"""mm over which one stretch passes into the next."""

ARCH_START = 2.0
"""mm behind the posterior wall where half of a height's change is the arch's, not the body's."""

PEDICLE_LENGTH = 0.8
"""Half of the length that follows the pedicle's section, as a share of the pedicle's width."""

PEDICLE_SHARE = 0.85
"""How much of the section is stretched; the rounded rest moves along."""

PEDICLE_FRONT = 8.0
"""mm in front of the posterior wall where the pedicle's changes have half faded into the body."""

LEAST = 0.3
"""No part is shortened to less than this share of itself."""


def soft_step(s: Array, width: float = SOFTNESS) -> Array:
    """0 far below s = 0, 1 far above."""
    result: Array = 0.5 * (1.0 + np.tanh(s / (2.0 * width)))
    return result


def hinge(s: Array) -> Array:
    """0 far below s = 0, s far above: the integral of `soft_step`."""
    result: Array = SOFTNESS * np.logaddexp(0.0, s / SOFTNESS)
    return result


def beside(s: Array, centre: float, half: float) -> Array:
    """Nearly s − centre near the centre, softly held at ± `half` beyond."""
    return hinge(s - centre + half) - hinge(s - centre - half) - half


def window(s: Array, half: float, width: float) -> Array:
    """1 within ± `half`, softly 0 beyond."""
    return soft_step(s + half, width) - soft_step(s - half, width)


def stretched(s: Array, knots: Sequence[float], ratios: Sequence[Array | float]) -> Array:
    """Stretch by `ratios[0]` below the first knot, `ratios[1]` up to the second, …: 0 stays 0."""
    zero = np.zeros(1)
    result = s * ratios[0]
    for knot, before, after in zip(knots, ratios[:-1], ratios[1:], strict=True):
        result = result + (hinge(s - knot) - hinge(zero - knot)) * (np.asarray(after) - before)
    return result


@dataclass(frozen=True)
class Plan:
    """What the warp is to do.

    `readings` and `marks` are those of the levelled template; `wanted` the readings that the new
    bone is to have; `aims` the same with corrections for what the stretches miss. All have every
    name of `DIMENSIONS`. What reaches far follows `wanted`, so that corrections stay local.
    """

    readings: Mapping[str, float]
    marks: Landmarks
    wanted: Mapping[str, float]
    aims: Mapping[str, float]

    def ratio(self, name: str) -> float:
        """By how much a length is to change, with its correction."""
        return self.aims[name] / self.readings[name]

    def far(self, name: str) -> float:
        """By how much a length is wanted to change."""
        return self.wanted[name] / self.readings[name]


@dataclass(frozen=True)
class PedicleChange:
    """How the pedicle's section changes beyond what the arch does.

    `stretch` (2, 2) of (x, z) about its centre; `reach` (2,) mm, half its extent in x and z.
    """

    stretch: Array
    reach: Array

    def near(self, x: Array, y: Array, plan: Plan) -> Array:
        """1 in the pedicle seen from above, softly 0 beyond."""
        centre = plan.marks.pedicle.centre
        length = PEDICLE_LENGTH * plan.readings["pedicle_width_mm"]
        along = window(y - centre[1], length, 2.0 * SOFTNESS)
        along = along * soft_step(y - plan.marks.wall + PEDICLE_FRONT)
        return window(x - centre[0], float(self.reach[0]) + 2.0, SOFTNESS) * along


def pedicle_change(plan: Plan) -> PedicleChange:
    """What the plan wants of the pedicle: its width and height along the section's own axes."""
    long_axis = plan.marks.pedicle.long_axis
    short_axis = np.array([long_axis[1], -long_axis[0]])
    around = np.sqrt(plan.far("pedicle_distance_mm") * plan.far("overall_height_mm"))
    wider = plan.ratio("pedicle_width_mm") / around
    higher = plan.ratio("pedicle_height_mm") / around
    stretch = wider * np.outer(short_axis, short_axis) + higher * np.outer(long_axis, long_axis)
    width, height = plan.readings["pedicle_width_mm"], plan.readings["pedicle_height_mm"]
    reach = (np.abs(short_axis) * width + np.abs(long_axis) * height) / 2.0 * PEDICLE_SHARE
    return PedicleChange(stretch, reach)


def warped(p: Array, plan: Plan) -> Array:
    """Points (n, 3) mm of the levelled template, where the plan puts them."""
    result = p.copy()
    result[:, 2] = heights(result, plan)
    result[:, 1] = depths(result, plan)
    result[:, 0] = widths(result, plan)
    return result


def heights(p: Array, plan: Plan) -> Array:
    """New z (n,): the body between its end plates, the arch about the pedicles, the tip's drop."""
    x, y, z = np.abs(p[:, 0]), p[:, 1], p[:, 2]
    marks, aims = plan.marks, plan.aims
    kept = pedicle_height(plan)
    centre = marks.pedicle.centre
    arch = plan.ratio("overall_height_mm")
    share = soft_step(y - marks.wall - ARCH_START)
    new = (1.0 - share) * z * _body_stretch(x, y, plan)
    new = new + share * (kept + (z - centre[2]) * arch)
    change = pedicle_change(plan)
    u, v = (beside(s, centre[i], change.reach[i // 2]) for s, i in ((x, 0), (z, 2)))
    moved = change.stretch[1, 0] * u + (change.stretch[1, 1] - 1.0) * v
    moved = moved + aims["pedicle_height_above_centre_mm"] - kept
    new = new + change.near(x, y, plan) * moved
    tip = kept + (marks.tip[2] - centre[2]) * arch
    along = np.clip((y - marks.lamina[0]) / (marks.tip[1] - marks.lamina[0]), 0.0, 1.0)
    result: Array = new + (aims["spinous_tip_height_mm"] - tip) * along**2 * (3.0 - 2.0 * along)
    return result


def pedicle_height(plan: Plan) -> float:
    """Where the pedicle's centre comes to lie above the body's by itself: as the body grows."""
    return float(plan.marks.pedicle.centre[2]) * plan.far("posterior_body_height_mm")


def _body_stretch(x: Array, y: Array, plan: Plan) -> Array:
    """By how much the body grows in height at (x, y): front, back, and hollow of the end plates."""
    marks = plan.marks
    front = float(marks.corners["as"][0] + marks.corners["ai"][0]) / 2.0
    depth = marks.wall - front
    behind = (hinge(y - front) - hinge(y - marks.wall)) / depth
    anterior = plan.ratio("anterior_body_height_mm")
    posterior = plan.ratio("posterior_body_height_mm")
    hollow = plan.ratio("central_body_height_mm") / ((anterior + posterior) / 2.0)
    half_width = plan.readings["waist_width_mm"] / 2.0
    off_axis = (x / half_width) ** 2 + ((y - front) / (depth / 2.0) - 1.0) ** 2
    inside = np.clip(1.0 - off_axis, 0.0, 1.0) ** 1.5
    result: Array = (anterior + (posterior - anterior) * behind) * (1.0 + (hollow - 1.0) * inside)
    return result


def depths(p: Array, plan: Plan) -> Array:
    """New y (n,) at new heights: the posterior wall stays, all else stretches away from it."""
    marks = plan.marks
    y, z = p[:, 1] - marks.wall, p[:, 2]
    body = _by_level(z, plan, "depth")
    canal = plan.ratio("canal_depth_mm")
    lamina, tip = float(marks.lamina[0]) - marks.wall, float(marks.tip[1]) - marks.wall
    process = max((tip_depth(plan) - lamina * canal) / (tip - lamina), LEAST)
    return marks.wall + stretched(y, (0.0, lamina), (body, canal, process))


def tip_depth(plan: Plan) -> float:
    """How far behind the posterior wall the spinous process is to end, mm."""
    marks, aims = plan.marks, plan.aims
    upper = float(marks.corners["as"][0] + marks.corners["ps"][0]) / 2.0 - marks.wall
    drop = aims["spinous_tip_height_mm"] - half_height(plan)
    reach = np.sqrt(max(aims["spinous_process_length_mm"] ** 2 - drop**2, 1.0))
    return float(upper * plan.ratio("upper_end_plate_depth_mm") + reach)


def half_height(plan: Plan) -> float:
    """Half the new body's height, the mean of front and back, mm."""
    aims = plan.aims
    return (aims["anterior_body_height_mm"] + aims["posterior_body_height_mm"]) / 4.0


def _by_level(z: Array, plan: Plan, what: str) -> Array:
    """The ratio of the body's "width" or "depth" at its end plates, waist and between, at new z."""
    lower, waist, upper = (
        plan.ratio(f"{where}_{what}_mm")
        for where in ("lower_end_plate", "waist", "upper_end_plate")
    )
    t = np.clip(z / half_height(plan), -1.0, 1.0)
    share = t * t * (3.0 - 2.0 * np.abs(t))
    result: Array = waist + np.where(t > 0.0, upper - waist, lower - waist) * share
    return result


def widths(p: Array, plan: Plan) -> Array:
    """New x (n,) at new heights and depths: body, canal, pedicles, transverse processes."""
    x, y, z = np.abs(p[:, 0]), p[:, 1], p[:, 2]
    marks, aims, readings = plan.marks, plan.aims, plan.readings
    share = soft_step(y - marks.wall + SOFTNESS)
    new = (1.0 - share) * _body_width(x, z, plan) + share * _arch_width(x, plan)
    change = pedicle_change(plan)
    centre = marks.pedicle.centre
    new_z = aims["pedicle_height_above_centre_mm"]
    (xx, xz), (_, zz) = change.stretch
    # heights() has done its part of the stretch; this completes it
    u = beside(x, float(centre[0]), float(change.reach[0]))
    v = beside(z, new_z, float(change.reach[1]))
    moved = (xx - xz * xz / zz - 1.0) * u + xz / zz * v
    moved = moved + aims["pedicle_distance_mm"] / 2.0 - _arch_width(centre[:1], plan)
    moved = moved + (aims["canal_width_mm"] - plan.wanted["canal_width_mm"]) / 2.0
    angles = (each["pedicle_transverse_angle_deg"] for each in (aims, readings))
    new_turn, turn = (np.tan(np.radians(angle)) for angle in angles)
    moved = moved + (new_turn - turn) * (y - centre[1])
    near = change.near(x, y, plan) * window(z - new_z, float(change.reach[1]) + 1.0, 2.0)
    result: Array = (new + near * moved) * np.sign(p[:, 0])
    return result


def _body_width(x: Array, z: Array, plan: Plan) -> Array:
    """New |x| (n,) as the body has it: by level; beyond its edge as the processes have it."""
    body = _by_level(z, plan, "width")
    tip, new_tip = (each["transverse_process_span_mm"] / 2.0 for each in (plan.readings, plan.aims))
    edge = max(plan.readings[f"{end}_end_plate_width_mm"] for end in ("lower", "upper")) / 2.0
    beyond = np.maximum((new_tip - edge * body) / (tip - edge), LEAST)
    return stretched(x, (edge,), (body, beyond))


def _arch_width(x: Array, plan: Plan) -> Array:
    """New |x| (n,) as the arch has it: facets with the pedicles, then the processes' tips."""
    tip, new_tip = (each["transverse_process_span_mm"] / 2.0 for each in (plan.readings, plan.aims))
    edge = plan.readings["canal_width_mm"] / 2.0 + plan.readings["pedicle_width_mm"]
    arch = plan.far("pedicle_distance_mm")
    beyond = max((new_tip - edge * arch) / (tip - edge), LEAST)
    return stretched(x, (edge,), (arch, beyond))
