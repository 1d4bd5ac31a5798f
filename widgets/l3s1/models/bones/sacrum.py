"""The template of a sacrum: a curved slab, its end plate, added processes, canal and foramina.

Frame of the sacrum (mm): origin at the centre of the S1 end plate in the mirror plane x = 0;
y posterior along the end plate, z its superior normal, x left. Fields read |x|.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy.interpolate import CubicSpline

from l3s1.models.bones.lumbar import fold, part_from
from l3s1.models.bones.numbers import array, entry, number
from l3s1.models.bones.sdf import Array, SweptPart, smooth_max, smooth_min

STEPS_PER_SPAN = 4
"""Straight pieces that stand for the sheet's curve between two knots while searching."""

SWEPT = ("parts", "holes", "bridges")
"""The groups of swept parts, in the order of joining."""

FAR = 9.0
"""mm from an added or hollowed part where it no longer shapes the surface."""

AWAY = 1e3
"""What stands for the field of a part farther away than that."""


@dataclass(frozen=True)
class Surface:
    """Heights over a grid of knots, joined by cubic splines: `values` (m, k) at `first` × `second`.

    It is level across the first knot of `second`, which lies in the mirror plane. Outside the knots
    it keeps the value of the nearest edge.
    """

    first: Array
    second: Array
    values: Array

    @cached_property
    def bases(self) -> tuple[CubicSpline, CubicSpline, CubicSpline, CubicSpline]:
        """What each knot weighs along the first axis, its slope, and the same along the second."""
        along = CubicSpline(self.first, np.eye(len(self.first)), bc_type="natural")
        across = CubicSpline(self.second, np.eye(len(self.second)), bc_type=("clamped", "natural"))
        return along, along.derivative(), across, across.derivative()

    def at(self, a: Array, b: Array) -> tuple[Array, Array, Array]:
        """Height (n,) and its slopes (n,) along the first and second axis at (a, b)."""
        along, along_slope, across, across_slope = self.bases
        inner_a = np.clip(a, self.first[0], self.first[-1])
        inner_b = np.clip(b, self.second[0], self.second[-1])
        weights_b = across(inner_b)
        rows = along(inner_a) @ self.values
        slopes = along_slope(inner_a) @ self.values
        height = (rows * weights_b).sum(1)
        slope_a = np.where(inner_a == a, (slopes * weights_b).sum(1), 0.0)
        slope_b = np.where(inner_b == b, (rows * across_slope(inner_b)).sum(1), 0.0)
        return height, slope_a, slope_b


@dataclass(frozen=True)
class Sheet:
    """The slab: two height fields on a sheet that a curve in the mirror plane sweeps along x.

    `line` (j, 2) mm: knots (y, z) of the curve, from superior to inferior. `stations` (m,) mm
    along it, `across` (k,) shares of the half-width. `half_width` (m,) mm. `dorsal` and `ventral`
    (m, k) mm: heights over the sheet, dorsal positive. `edge` mm: rounding of lateral edges and
    apex.
    """

    line: Array
    stations: Array
    across: Array
    half_width: Array
    dorsal: Array
    ventral: Array
    edge: float

    @cached_property
    def curve(self) -> CubicSpline:
        """The curve (y, z) by mm along it, nearly."""
        steps = np.linalg.norm(np.diff(self.line, axis=0), axis=1)
        return CubicSpline(np.r_[0.0, np.cumsum(steps)], self.line, bc_type="natural")

    def coordinates(self, p: Array) -> tuple[Array, Array]:
        """Where points (n, 3) lie on the sheet: mm along the curve and mm dorsal of it.

        Beyond the curve's ends it goes on straight.
        """
        knots = self.curve.x
        at = np.linspace(0.0, knots[-1], STEPS_PER_SPAN * (len(knots) - 1) + 1)
        points = self.curve(at)
        start, step = points[:-1], np.diff(points, axis=0)
        flat = p[:, 1:]
        square = (step**2).sum(1)
        along = (flat @ step.T - (start * step).sum(1)) / square
        clipped = np.clip(along, 0.0, 1.0)
        apart = (start**2).sum(1) - 2.0 * flat @ start.T - square * clipped * (2 * along - clipped)
        near = np.argmin(apart, axis=1)
        s = at[near] + (at[1] - at[0]) * clipped[np.arange(len(p)), near]
        for _ in range(2):
            tangent = self.curve(s, 1)
            off = flat - self.curve(s)
            bend = (tangent**2 - off * self.curve(s, 2)).sum(1)
            s = np.clip(s + (off * tangent).sum(1) / np.maximum(bend, 0.2), 0.0, knots[-1])
        tangent = self.curve(s, 1)
        tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
        off = flat - self.curve(s)
        # the curve runs inferiorly, so dorsal lies to its left
        h = off[:, 1] * tangent[:, 0] - off[:, 0] * tangent[:, 1]
        return s + (off * tangent).sum(1), h

    def width_at(self, s: Array) -> tuple[Array, Array]:
        """Half-width (n,) mm at mm along the curve, and its slope."""
        spline = CubicSpline(self.stations, self.half_width, bc_type="natural")
        inner = np.clip(s, self.stations[0], self.stations[-1])
        return spline(inner), np.where(inner == s, spline(inner, 1), 0.0)

    def middle(self, x: Array, s: Array) -> Array:
        """Height (n,) mm halfway between the two surfaces at |x| and mm along the curve."""
        u = x / self.width_at(s)[0]
        dorsal = Surface(self.stations, self.across, self.dorsal).at(s, u)[0]
        ventral = Surface(self.stations, self.across, self.ventral).at(s, u)[0]
        result: Array = (dorsal + ventral) / 2.0
        return result

    def distance(self, p: Array) -> Array:
        """Field of the slab at points (n, 3)."""
        return self.distance_at(np.abs(p[:, 0]), *self.coordinates(p))

    def distance_at(self, x: Array, s: Array, h: Array) -> Array:
        """Field of the slab at points given by |x| and their `coordinates`."""
        width, spread = self.width_at(s)
        u = x / width
        faces = []
        for sign, values in ((1.0, self.dorsal), (-1.0, self.ventral)):
            height, along, across = Surface(self.stations, self.across, values).at(s, u)
            lateral = across / width
            total = along - lateral * u * spread
            faces.append(sign * (h - height) / np.sqrt(1.0 + lateral**2 + total**2))
        slab = smooth_max(faces[0], faces[1], self.edge)
        side = smooth_max((x - width) / np.sqrt(1.0 + spread**2), s - self.stations[-1], self.edge)
        return smooth_max(slab, side, self.edge)


@dataclass(frozen=True)
class Top:
    """What ends the slab superiorly: the S1 end plate, the alae and the edge of the laminae.

    `x`, `y` (m,), (k,) mm: knots; `z` (m, k) mm: heights; `rim` mm: rounding of the edge.
    `plate` (3,) mm: the end plate's half-width and where it ends in front and behind.
    """

    x: Array
    y: Array
    z: Array
    rim: float
    plate: Array

    @cached_property
    def surface(self) -> Surface:
        """Heights by y, then by |x|."""
        return Surface(self.y, self.x, self.z.T)

    def distance(self, p: Array) -> Array:
        """Height of points (n, 3) over the top, as a field."""
        height, slope_y, slope_x = self.surface.at(p[:, 1], np.abs(p[:, 0]))
        result: Array = (p[:, 2] - height) / np.sqrt(1.0 + slope_x**2 + slope_y**2)
        return result


@dataclass(frozen=True)
class Sacrum:
    """A sacrum's numbers: the slab with its top, and in their order what is added and hollowed.

    `parts` are added to the slab, then the `holes` are hollowed, then the `bridges` are added: what
    spans a hole, such as the rounded edge of the first lamina.
    """

    sheet: Sheet
    top: Top
    parts: tuple[SweptPart, ...]
    holes: tuple[SweptPart, ...]
    bridges: tuple[SweptPart, ...]

    @property
    def swept(self) -> tuple[SweptPart, ...]:
        """Everything that is added or hollowed, in order."""
        return (*self.parts, *self.holes, *self.bridges)

    def part(self, name: str) -> SweptPart:
        """The part, hole or bridge of that name; KeyError where there is none."""
        for part in self.swept:
            if part.name == name:
                return part
        raise KeyError(name)

    def distance(self, p: Array) -> Array:
        """Field of the whole bone at points (n, 3) mm."""
        folded = fold(p)
        swept = {part.name: nearby(part, folded) for part in self.swept}
        return join(self.sheet.distance(folded), self.top.distance(folded), swept, self)


def nearby(part: SweptPart, p: Array) -> Array:
    """Field of a part at points (n, 3), read only where it may shape the surface, else `AWAY`."""
    reach = FAR + max(part.half_axes.max(), part.caps.max())
    inside = ((p > part.line.min(0) - reach) & (p < part.line.max(0) + reach)).all(1)
    result = np.full(len(p), AWAY)
    result[inside] = part.distance(p[inside])
    return result


def join(sheet: Array, top: Array, swept: Mapping[str, Array], bone: Sacrum) -> Array:
    """The bone's field (n,) from those of the slab, its top, and by name what is swept."""
    total = smooth_max(sheet, top, bone.top.rim)
    for part in bone.parts:
        total = smooth_min(total, swept[part.name], part.blend)
    for hole in bone.holes:
        total = smooth_max(total, -swept[hole.name], hole.blend)
    for bridge in bone.bridges:
        total = smooth_min(total, swept[bridge.name], bridge.blend)
    return total


def sacrum_from(numbers: Mapping[str, Any]) -> Sacrum:
    """Read a sacrum's numbers from nested mappings, as `assets/bones/sacrum.yaml` holds them.

    Raises ValueError naming the entry that is missing or has the wrong shape.
    """
    groups = {
        name: tuple(part_from(k, n) for k, n in entry(numbers, name, "sacrum").items())
        for name in SWEPT
    }
    return Sacrum(
        sheet=sheet_from(entry(numbers, "sheet", "sacrum")),
        top=top_from(entry(numbers, "top", "sacrum")),
        **groups,
    )


def sheet_from(n: Mapping[str, Any]) -> Sheet:
    """The slab from its numbers."""
    knots = len(entry(n, "line", "sheet"))
    stations, across = len(entry(n, "stations", "sheet")), len(entry(n, "across", "sheet"))
    return Sheet(
        line=array(n, "line", "sheet", (knots, 2)),
        stations=array(n, "stations", "sheet", (stations,)),
        across=array(n, "across", "sheet", (across,)),
        half_width=array(n, "half_width", "sheet", (stations,)),
        dorsal=array(n, "dorsal", "sheet", (stations, across)),
        ventral=array(n, "ventral", "sheet", (stations, across)),
        edge=number(n, "edge", "sheet"),
    )


def top_from(n: Mapping[str, Any]) -> Top:
    """The top from its numbers."""
    x, y = len(entry(n, "x", "top")), len(entry(n, "y", "top"))
    return Top(
        x=array(n, "x", "top", (x,)),
        y=array(n, "y", "top", (y,)),
        z=array(n, "z", "top", (x, y)),
        rim=number(n, "rim", "top"),
        plate=array(n, "plate", "top", (3,)),
    )
