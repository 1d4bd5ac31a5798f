"""Divide a mesh into named regions: clean the labels of its triangles, then sort it by them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from l3s1.models.anatomy.part import Region
from l3s1.models.bones.meshing import Mesh
from l3s1.models.bones.sdf import Array
from l3s1.vocabulary import Side

Labels = NDArray[np.intp]

PASSES = 4
"""How often each triangle takes the label that it and most of those around it have."""

EDGE = 2.0
"""The corners that triangles share along an edge."""

ISLAND = 0.25
"""A piece smaller than this share of its region's largest piece goes to its neighbours."""


def centroids(mesh: Mesh) -> Array:
    """The middle (m, 3) mm of each triangle."""
    result: Array = mesh.vertices[mesh.triangles].mean(axis=1)
    return result


def normals(mesh: Mesh) -> tuple[Array, Array]:
    """The outward unit normal (m, 3) and the area (m,) mm² of each triangle."""
    a, b, c = (mesh.vertices[mesh.triangles[:, i]] for i in range(3))
    cross = np.cross(b - a, c - a)
    length = np.linalg.norm(cross, axis=1)
    return cross / np.maximum(length, 1e-12)[:, None], length / 2.0


def corners_shared(mesh: Mesh) -> csr_matrix:
    """How many corners two triangles share, sparse (m, m): 3 with itself, 2 along an edge."""
    t = mesh.triangles
    rows = np.repeat(np.arange(len(t)), 3)
    uses = csr_matrix((np.ones(t.size), (rows, t.ravel())), shape=(len(t), len(mesh.vertices)))
    return csr_matrix(uses @ uses.T)


def along_edges(shared: csr_matrix) -> csr_matrix:
    """Of `corners_shared`, ones where two triangles share an edge."""
    result = shared.copy()
    result.data = (shared.data == EDGE).astype(np.float64)
    result.eliminate_zeros()
    return result


def cleaned(mesh: Mesh, labels: Labels, kinds: int) -> Labels:
    """Labels (m,) from 0 to `kinds` − 1 without ragged borders and without islands."""
    shared = corners_shared(mesh)
    for _ in range(PASSES):
        labels = np.argmax(shared @ np.eye(kinds)[labels], axis=1)
    joined = along_edges(shared)
    _, area = normals(mesh)
    for _ in range(len(labels)):
        lost = islands(joined, labels, area)
        if not lost.any():
            break
        votes = joined @ (np.eye(kinds)[labels] * ~lost[:, None])
        edge = lost & (votes.sum(1) > 0.0)
        labels = np.where(edge, np.argmax(votes, axis=1), labels)
    return labels


def islands(joined: csr_matrix, labels: Labels, area: Array) -> NDArray[np.bool_]:
    """Which triangles (m,) lie in pieces too small for their label."""
    pairs = joined.tocoo()
    same = labels[pairs.row] == labels[pairs.col]
    graph = csr_matrix((pairs.data[same], (pairs.row[same], pairs.col[same])), shape=joined.shape)
    _, piece = connected_components(graph, directed=False)
    size = np.bincount(piece, area)
    largest = np.zeros(int(labels.max()) + 1)
    np.maximum.at(largest, labels, size[piece])
    result: NDArray[np.bool_] = size[piece] < ISLAND * largest[labels]
    return result


def divided(
    bone: str, kinds: Sequence[tuple[str, bool]], mesh: Mesh, labels: Labels
) -> tuple[Mesh, tuple[Region, ...]]:
    """The mesh with its triangles sorted by region, and the regions.

    `kinds`: for each label its region's name and whether the region is paired; paired ones are
    divided at x = 0 and end in their side, of which left is x > 0. ValueError where a region has
    no triangle.
    """
    left = centroids(mesh)[:, 0] > 0.0
    names: list[str] = []
    rows: list[NDArray[np.intp]] = []
    for label, (name, paired) in enumerate(kinds):
        for side in Side if paired else (None,):
            within = labels == label
            if side is not None:
                within &= left == (side is Side.LEFT)
            names.append(f"{bone}.{name}" if side is None else f"{bone}.{name}.{side}")
            rows.append(np.flatnonzero(within))
    if empty := [name for name, chosen in zip(names, rows, strict=True) if not len(chosen)]:
        raise ValueError(f"{bone}: no triangle of the mesh belongs to {', '.join(empty)}")
    starts = np.cumsum([0, *(len(chosen) for chosen in rows)]).tolist()
    regions = tuple(
        Region(name, start, len(chosen))
        for name, start, chosen in zip(names, starts, rows, strict=False)
    )
    return Mesh(mesh.vertices, mesh.triangles[np.concatenate(rows)]), regions
