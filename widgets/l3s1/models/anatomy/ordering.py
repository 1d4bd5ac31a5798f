"""The order of triangles and vertices in which a part packs small: neighbours follow each other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from l3s1.models.anatomy.part import Part
from l3s1.models.bones.meshing import Mesh, Triangles


def ordered(part: Part) -> Part:
    """The same part with triangles walked from neighbour to neighbour within each region.

    Vertices are numbered as the walk first meets them, and each triangle starts with the corner
    that was numbered first. Nothing changes but the order; the result is always the same.
    """
    old = part.mesh.triangles
    walked = np.concatenate(
        [
            region.start + _walk(old[region.start : region.start + region.count])
            for region in part.regions
        ]
    )
    old = old[walked]
    used, first = np.unique(old.ravel(), return_index=True)
    order = used[np.argsort(first)]
    number = np.full(len(part.mesh.vertices), -1)
    number[order] = np.arange(len(order))
    triangles = number[old]
    turn = triangles.argmin(axis=1)
    turned = (turn[:, None] + np.arange(3)) % 3
    triangles = np.take_along_axis(triangles, turned, axis=1).astype(np.int32)
    return replace(
        part,
        mesh=Mesh(part.mesh.vertices[order], triangles),
        weights=None if part.weights is None else part.weights[order],
        morphs={name: shift[order] for name, shift in part.morphs.items()},
    )


def _walk(triangles: Triangles) -> NDArray[np.int64]:
    """An order (m,) of triangles (m, 3) in which most share an edge with the one before."""
    neighbours = _neighbours(triangles)
    seen = np.zeros(len(triangles), bool)
    order: list[int] = []
    for start in range(len(triangles)):
        waiting = [start]
        while waiting:
            at = waiting.pop()
            if seen[at]:
                continue
            seen[at] = True
            order.append(at)
            waiting += [other for other in neighbours[at] if other >= 0 and not seen[other]]
    return np.array(order, np.int64)


def _neighbours(triangles: Triangles) -> list[list[int]]:
    """For each triangle those across its three edges, −1 where there is none."""
    m = len(triangles)
    edges = np.sort(np.concatenate([triangles[:, [i, (i + 1) % 3]] for i in range(3)]), axis=1)
    order = np.lexsort((edges[:, 1], edges[:, 0]))
    same = (edges[order][1:] == edges[order][:-1]).all(axis=1)
    across = np.full(3 * m, -1)
    one, other = order[:-1][same], order[1:][same]
    across[one], across[other] = other % m, one % m
    result: list[list[int]] = across.reshape(3, m).T.tolist()
    return result
