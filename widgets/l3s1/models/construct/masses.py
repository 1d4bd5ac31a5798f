"""Masses of callus and bone about a line: full, with a waist while they grow, or with a cleft."""

from __future__ import annotations

import numpy as np

from l3s1.models.anatomy.tubes import chord, joined, rings, rounded_loft, section
from l3s1.models.bones.meshing import Mesh
from l3s1.models.bones.sdf import Array

WAVES = 14
STUMP = 5
"""Stations of a stump."""

BLUNT = 1.6
"""mm by which the end of a stump is rounded."""


def lumps(stations: int, sides: int, seed: int, height: float) -> Array:
    """Factors (stations, sides) about 1 that make a surface uneven: a few waves, drawn by seed."""
    random = np.random.default_rng(seed)
    share = np.linspace(0.0, 1.0, stations)[:, None]
    angle = np.arange(sides)[None] * 2.0 * np.pi / sides
    waves = np.zeros((stations, sides))
    for _ in range(WAVES):
        turns, along = random.integers(0, 6), random.uniform(1.0, 0.2 * stations)
        phase = random.uniform(0.0, 2.0 * np.pi, 2)
        waves += np.cos(turns * angle + phase[0]) * np.cos(2.0 * np.pi * along * share + phase[1])
    result: Array = 1.0 + height * waves / np.sqrt(WAVES / 2.0)
    return result


def around(line: Array, half_axes: Array, up: Array, uneven: Array) -> Array:
    """Rings (n, k, 3) about a line (n, 3), half-axes (n, 2) mm, made uneven by factors (n, k)."""
    middle = line[:, None]
    plain = rings(line, half_axes, up, section(uneven.shape[1], 2.3))
    result: Array = middle + (plain - middle) * uneven[..., None]
    return result


def waisted(line: Array, half_axes: Array, waist: float) -> Array:
    """Half-axes (n, 2) of a mass that has only begun: its ends are there, its middle is thin."""
    share = np.linspace(-1.0, 1.0, len(line))
    size = waist + (0.62 - waist) * np.abs(share) ** 1.6
    result: Array = half_axes * size[:, None]
    return result


def growing(
    line: Array, half_axes: Array, up: Array, waist: float, uneven: Array, cap: float
) -> tuple[Mesh, Array]:
    """A mass with a waist, and where each vertex goes (n, 3) mm until the mass is full.

    `uneven` (n, k): factors of `lumps`; `cap` mm by which its ends are rounded.
    """
    full = rounded_loft(around(line, half_axes, up, uneven), (cap, cap))
    thin_axes = waisted(line, half_axes, waist)
    thin = rounded_loft(around(line, thin_axes, up, uneven), (0.6 * cap, 0.6 * cap))
    if not np.array_equal(full.triangles, thin.triangles):
        raise ValueError("a mass and its beginning must have the same triangles")
    return thin, full.vertices - thin.vertices


def cleft(
    line: Array, half_axes: Array, up: Array, gap: float, unevenness: tuple[int, int, float]
) -> Mesh:
    """Two stumps that do not meet: `gap` mm lie between their rounded ends.

    `unevenness`: sides, seed and height of the `lumps`.
    """
    sides, seed, height = unevenness
    length = float(chord(line)[-1])
    cap = min(BLUNT, (length - gap) / 6.0)
    stump = (length - gap) / 2.0 - cap
    parts = []
    for half, (start, end) in enumerate(((0.0, stump), (length - stump, length))):
        places = np.linspace(start, end, STUMP) / length
        own = np.stack([np.interp(places, chord(line) / length, line[:, i]) for i in range(3)], 1)
        own_axes = np.stack(
            [np.interp(places, np.linspace(0.0, 1.0, len(line)), half_axes[:, i]) for i in (0, 1)],
            axis=1,
        )
        taper = 0.62 + 0.3 * np.abs(2.0 * places - 1.0)
        uneven = lumps(STUMP, sides, seed + 100 * half, height)
        mass = around(own, own_axes * taper[:, None], up, uneven)
        parts.append(rounded_loft(mass, (cap, cap)))
    return joined(parts)
