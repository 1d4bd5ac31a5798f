"""Signed-distance primitives: rounded unions, a swept super-ellipse, smooth curves.

A field takes points of shape (n, 3) in millimetres (x left, y posterior, z superior) and gives n
values: negative inside, positive outside, close to the true distance near the surface.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator

Array = NDArray[np.float64]
Field = Callable[[Array], Array]

SEGMENTS_PER_SPAN = 8
"""Straight pieces that stand for the centre-line between two knots."""


def smooth_min(a: Array, b: Array, k: float) -> Array:
    """Union of two fields, filleted over about `k` mm (polynomial smooth minimum)."""
    if k <= 0.0:
        return np.minimum(a, b)
    h = np.maximum(k - np.abs(a - b), 0.0) / k
    result: Array = np.minimum(a, b) - h * h * h * k / 6.0
    return result


def smooth_max(a: Array, b: Array, k: float) -> Array:
    """Intersection of two fields, its edge rounded over about `k` mm."""
    return -smooth_min(-a, -b, k)


def pchip(at: Array, knots: Array, values: Array) -> Array:
    """Monotone cubic through (knots, values), held constant outside; `values` may have columns."""
    clipped = np.clip(at, knots[0], knots[-1])
    return np.asarray(PchipInterpolator(knots, values, axis=0)(clipped), dtype=np.float64)


@dataclass(frozen=True)
class SweptPart:
    """A super-ellipse swept along a curve.

    `line` (k, 3) mm: knots of the centre-line. `half_axes` (k, 2) mm: along and across `up`.
    `up` (2, 3): direction of the first half-axis at the two ends. `exponent`: 2 is an ellipse,
    larger is squarer. `caps` (2,) mm: how far the rounded ends reach beyond the line.
    `blend` mm: fillet with what was joined before.
    """

    name: str
    line: Array
    half_axes: Array
    up: Array
    exponent: float
    caps: Array
    blend: float

    def sampled(self) -> tuple[Array, Array, Array, Array]:
        """Points (m, 3), unit tangents (m, 3), `up` (m, 3) and half-axes (m, 2) along the line."""
        lengths = np.linalg.norm(np.diff(self.line, axis=0), axis=1)
        knots = np.r_[0.0, np.cumsum(np.maximum(lengths, 1e-3))]
        count = SEGMENTS_PER_SPAN * (len(knots) - 1) + 1
        at = np.linspace(0.0, knots[-1], count)
        stations = pchip(at, knots, np.c_[self.line, self.half_axes])
        points = stations[:, :3]
        tangents = np.gradient(points, at, axis=0)
        tangents /= np.linalg.norm(tangents, axis=1, keepdims=True)
        share = (at / knots[-1])[:, None]
        up = self.up[0] * (1.0 - share) + self.up[1] * share
        return points, tangents, up, stations[:, 3:]

    def distance(self, p: Array) -> Array:
        """Field of the part at points (n, 3), first order accurate: (g − 1) / |∇g|."""
        points, tangents, ups, axes = self.sampled()
        start, step = points[:-1], np.diff(points, axis=0)
        # projections on all segments by matrix products: |p − s − t e|² with e·e known
        square = (step**2).sum(1)
        along = (p @ step.T - (start * step).sum(1)) / square
        clipped = np.clip(along, 0.0, 1.0)
        to_start = (p**2).sum(1)[:, None] - 2.0 * p @ start.T + (start**2).sum(1)
        apart = to_start - square * clipped * (2.0 * along - clipped)
        near = np.argmin(apart, axis=1)
        row = np.arange(len(p))
        t_raw, t = along[row, near], clipped[row, near]
        last = len(step) - 1
        blendt = t[:, None]
        tangent = tangents[near] * (1.0 - blendt) + tangents[near + 1] * blendt
        tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
        up = ups[near] * (1.0 - blendt) + ups[near + 1] * blendt
        up = up - tangent * (up * tangent).sum(1, keepdims=True)
        up /= np.linalg.norm(up, axis=1, keepdims=True)
        side = np.cross(tangent, up)
        axis = axes[near] * (1.0 - blendt) + axes[near + 1] * blendt
        q = p - start[near] - step[near] * blendt
        beyond = ((near == 0) & (t_raw < 0.0)) | ((near == last) & (t_raw > 1.0))
        over = np.where(beyond, (q * tangent).sum(1), 0.0)
        cap = np.where(near * 2 <= last, self.caps[0], self.caps[1])
        ratios = np.abs(
            np.stack([(q * up).sum(1) / axis[:, 0], (q * side).sum(1) / axis[:, 1], over / cap])
        )
        return super_ellipse(ratios, np.stack([axis[:, 0], axis[:, 1], cap]), self.exponent)


def super_ellipse(ratios: Array, axes: Array, exponent: float | Array) -> Array:
    """First-order distance to Σ ratioⁿ = 1; `ratios` and `axes` (mm) have one row per axis."""
    ratios = np.maximum(ratios, 1e-9)
    powered = ratios**exponent
    g = powered.sum(0) ** (1.0 / exponent)
    slope = powered / ratios / (g ** (exponent - 1.0)) / axes
    result: Array = (g - 1.0) / np.sqrt((slope**2).sum(0))
    return result


def gradient(field: Field, p: Array, step: float = 0.02) -> Array:
    """Central differences of a field at points (n, 3): shape (n, 3)."""
    result = np.empty_like(p)
    for axis in range(3):
        shift = np.zeros(3)
        shift[axis] = step
        result[:, axis] = (field(p + shift) - field(p - shift)) / (2.0 * step)
    return result
