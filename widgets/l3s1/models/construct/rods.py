"""Two rods, each contoured through the heads of one side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.interpolate import CubicSpline

from l3s1.models.anatomy.tubes import chord, even, tube
from l3s1.models.bones.meshing import Mesh
from l3s1.models.bones.sdf import Array
from l3s1.models.construct.numbers import LEVELS, RodNumbers
from l3s1.models.construct.screws import Screw
from l3s1.vocabulary import Side

POINTS = 36
SIDES = 12


def seats_of(screws: Mapping[str, Screw], side: Side) -> Array:
    """The seats (4, 3) of one side, from superior to inferior."""
    return np.array([screws[f"{level}.pedicle_screw.{side}"].seat for level in LEVELS])


def rod_line(seats: Array, beyond: float) -> Array:
    """A rod's centre-line (n, 3) through its seats (k, 3), straight for `beyond` mm at its ends."""
    at = chord(seats)
    spline = CubicSpline(at, seats, axis=0, bc_type="natural")
    fine = np.asarray(spline(np.linspace(0.0, at[-1], 300)), float)
    start, end = spline(0.0, 1), spline(at[-1], 1)
    first = fine[0] - beyond * start / np.linalg.norm(start)
    last = fine[-1] + beyond * end / np.linalg.norm(end)
    return even(np.concatenate([first[None], fine, last[None]]), POINTS)


def directions(seats: Array) -> Array:
    """The unit direction (k, 3) of the rod at each seat, downwards."""
    at = chord(seats)
    way = np.asarray(CubicSpline(at, seats, axis=0, bc_type="natural")(at, 1), float)
    result: Array = way / np.linalg.norm(way, axis=1, keepdims=True)
    return result


def rod_mesh(line: Array, numbers: RodNumbers) -> Mesh:
    """The rod about its centre-line."""
    half_axes = np.full((len(line), 2), numbers.radius)
    return tube(line, half_axes, np.array([0.0, 1.0, 0.0]), SIDES)


def room_to(line: Array, points: Array) -> Array:
    """Distance (n,) mm of points (n, 3) to a centre-line (m, 3)."""
    start, step = line[:-1], np.diff(line, axis=0)
    square = (step**2).sum(1)
    along = ((points[:, None] - start[None]) * step[None]).sum(2) / square
    near = start[None] + np.clip(along, 0.0, 1.0)[..., None] * step[None]
    result: Array = np.linalg.norm(points[:, None] - near, axis=2).min(1)
    return result


def nearest_of(lines: Sequence[Array], points: Array) -> Array:
    """Distance (n,) mm of points (n, 3) to the nearest of several centre-lines."""
    result: Array = np.min([room_to(line, points) for line in lines], axis=0)
    return result
