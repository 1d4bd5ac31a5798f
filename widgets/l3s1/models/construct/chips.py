"""Bone chips: small irregular polyhedra, strewn by seed without lying in each other."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from l3s1.models.anatomy.tubes import joined, outward
from l3s1.models.bones.meshing import Mesh
from l3s1.models.bones.sdf import Array
from l3s1.models.construct.numbers import ChipNumbers

TRIES = 40
"""How many places are tried for each chip."""

VANISHED = 0.97
"""How much of a chip is gone when it has been replaced: not all, so that it stays a solid."""

_UP = 0.72
"""How far the upper and lower faces of a chip lie from its middle, as a share."""


def chip(middle: Array, half_axes: Array, random: np.random.Generator) -> Mesh:
    """One chip: a splinter of two uneven faces with five corners each, turned at random."""
    count = 5
    turn = np.sort(random.uniform(0.0, 2.0 * np.pi, 1)) + np.arange(count) * 2.0 * np.pi / count
    rows = []
    for height, lean in ((-_UP, 0.0), (_UP, 0.5)):
        angles = turn + lean * 2.0 * np.pi / count + random.uniform(-0.28, 0.28, count)
        radii = random.uniform(0.72, 1.15, count)
        z = height + random.uniform(-0.2, 0.2, count)
        rows.append(np.c_[radii * np.cos(angles), radii * np.sin(angles), z])
    corners = np.concatenate(rows) * half_axes
    poles = np.array([[0.0, 0.0, -_UP], [0.0, 0.0, _UP]]) * half_axes
    points = np.concatenate([corners, poles]) @ rotation(random).T + middle
    triangles = []
    for i in range(count):
        j = (i + 1) % count
        triangles += [(i, j, count + i), (j, count + j, count + i)]
        triangles += [(2 * count, j, i), (2 * count + 1, count + i, count + j)]
    return outward(Mesh(points, np.array(triangles, np.int32)))


def rotation(random: np.random.Generator) -> Array:
    """A rotation (3, 3) drawn evenly from all."""
    q = random.normal(size=4)
    w, x, y, z = q / np.linalg.norm(q)
    return np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
            [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
        ]
    )


def strew(
    numbers: ChipNumbers,
    seed: int,
    draw: Callable[[np.random.Generator, int], Array],
    room: Callable[[Array], Array],
) -> tuple[Mesh, Array]:
    """Chips as one mesh, and how far each vertex must go (n, 3) for its chip to vanish.

    `draw` gives n places (n, 3) mm to try; `room` how large a chip may be at each, (n,) mm.
    Raises ValueError where not even one finds a place.
    """
    random = np.random.default_rng([numbers.seed, seed])
    low, high = numbers.half_axes
    places = draw(random, TRIES * numbers.count)
    rooms = room(places)
    middles = np.empty((0, 3))
    sizes = np.empty(0)
    meshes: list[Mesh] = []
    shrink: list[Array] = []
    for at, free in zip(places, rooms, strict=True):
        half_axes = np.sort(random.uniform(low, high, 3))[::-1]
        size = float(half_axes.mean())
        apart = np.linalg.norm(middles - at, axis=1)
        if size > free or (apart < numbers.spacing * (sizes + size)).any():
            continue
        mesh = chip(at, half_axes, random)
        middles, sizes = np.vstack([middles, at]), np.append(sizes, size)
        meshes.append(mesh)
        shrink.append((at - mesh.vertices) * VANISHED)
        if len(meshes) == numbers.count:
            break
    if not meshes:
        raise ValueError("no chip finds a place; the bed is too small")
    return joined(meshes), np.concatenate(shrink)
