"""The signed distance to a closed triangle mesh, to a few hundredths of a mm: negative inside.

A tree of points strewn over the triangles finds which may be nearest; the distance to those is
computed exactly. The sign is that of the pseudo-normal where the nearest point lies: of the face,
of the edge (mean of both faces) or of the corner (faces weighted by their angle there; Bærentzen
and Aanæs 2005), which is right for every closed mesh.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import map_coordinates
from scipy.spatial import cKDTree

from l3s1.models.bones.meshing import Mesh
from l3s1.models.bones.sdf import Array

SPACING = 0.8
"""mm between the points strewn over a triangle."""

CANDIDATES = 12
"""How many nearest points' triangles are tried; with 4 a distance was up to 0.26 mm too large."""

GUIDE = 2.0
"""mm between the nodes of the rough field that guides the search."""

GUIDED = 48.0
"""mm from the origin, in y and z, up to which it reaches."""

AHEAD = 15.0
"""mm in front of the bone and above it up to which it reaches: there long screws come out."""

FLAT = 1e-12
"""mm²: twice the area below which a triangle is taken for its edges alone."""

EDGES = ((0, 1), (1, 2), (2, 0))


class Surface:
    """A closed, mirror-symmetric mesh and the signed distance to it.

    Points are mirrored onto x ≥ 0 before they are measured: left and right are exactly alike.
    """

    def __init__(self, mesh: Mesh) -> None:
        self.mesh = mesh
        corners = mesh.vertices[mesh.triangles]
        faces, edges, points = pseudo_normals(mesh)
        half = np.flatnonzero(corners[:, :, 0].max(axis=1) >= 0.0)
        self._corners = np.ascontiguousarray(corners[half].transpose(1, 0, 2))
        self._normals = np.concatenate([faces[half, None], edges[half], points[half]], axis=1)
        samples, owners = strewn(corners[half], SPACING)
        # neighbours share corners and edges: one point there will do
        _, once = np.unique(np.round(samples, 6), axis=0, return_index=True)
        self.samples, owners = samples[once], owners[once]
        self._owners = owners
        self._tree = cKDTree(self.samples)
        start, first, second = corners[:, 0], corners[:, 1], corners[:, 2]
        self._triangles = (start, first - start, second - start)

    def distance(self, p: Array) -> Array:
        """Signed distance (n,) mm of points (n, 3) mm to the surface, negative inside."""
        folded = np.abs(p[:, :1])
        folded = np.concatenate([folded, p[:, 1:]], axis=1)
        _, near = self._tree.query(folded, CANDIDATES)
        rows = self._owners[near].ravel()
        points = np.repeat(folded, CANDIDATES, axis=0)
        offset, feature = nearest(points, self._corners[:, rows])
        square = (offset**2).sum(axis=1).reshape(-1, CANDIDATES)
        best = np.argmin(square, axis=1) + np.arange(len(p)) * CANDIDATES
        normals = self._normals[rows[best], feature[best]]
        away = (offset[best] * normals).sum(axis=1)
        result: Array = np.copysign(np.sqrt(square.min(axis=1)), away)
        return result

    @cached_property
    def _guide(self) -> tuple[Array, Array]:
        """A rough field on a grid of `GUIDE` mm and the grid's first node (3,)."""
        low = np.maximum(self.mesh.vertices.min(axis=0), -GUIDED) - np.array([0.0, AHEAD, GUIDE])
        high = np.minimum(self.mesh.vertices.max(axis=0), GUIDED) + np.array([GUIDE, GUIDE, AHEAD])
        low[0] = 0.0
        axes = [np.arange(a, b + GUIDE, GUIDE) for a, b in zip(low, high, strict=True)]
        nodes = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 3)
        apart, near = self._tree.query(nodes, eps=0.3)
        normals = self._normals[self._owners[near], 0]
        sign = np.copysign(1.0, ((nodes - self.samples[near]) * normals).sum(axis=1))
        return (apart * sign).reshape([len(axis) for axis in axes]), low

    def guess(self, p: Array) -> Array:
        """Roughly the signed distance (n,) mm of points (n, 3): for where to look, not for how far.

        Beyond the grid, the value at its border and how far that is.
        """
        values, low = self._guide
        at = np.concatenate([np.abs(p[:, :1]), p[:, 1:]], axis=1) - low
        within = np.clip(at, 0.0, GUIDE * (np.array(values.shape) - 1.0))
        rough = map_coordinates(values, within.T / GUIDE, order=1, mode="nearest")
        result: Array = rough + np.linalg.norm(at - within, axis=1)
        return result

    def crossings(self, origin: Array, direction: Array) -> Array:
        """Where the line through `origin` (3,) along the unit `direction` (3,) meets the mesh.

        Sorted mm along it, (k,); empty where it misses.
        """
        start, first, second = self._triangles
        across = np.cross(direction, second)
        flat = (first * across).sum(axis=1)
        level = np.where(np.abs(flat) < FLAT, np.inf, flat)
        to = origin - start
        u = (to * across).sum(axis=1) / level
        turned = np.cross(to, first)
        v = turned @ direction / level
        hit = (u >= 0.0) & (v >= 0.0) & (u + v <= 1.0) & np.isfinite(level)
        at = np.sort((second[hit] * turned[hit]).sum(axis=1) / level[hit])
        # a line through an edge meets both its triangles: one crossing
        result: Array = at[np.r_[True, np.diff(at) > 1e-7]] if len(at) else at
        return result


def pseudo_normals(mesh: Mesh) -> tuple[Array, Array, Array]:
    """Of each triangle the normals (m, 3) of its face, (m, 3, 3) of its edges and of its corners.

    Edges in the order of `EDGES`. Lengths do not matter but for the faces', which are 1.
    """
    t = mesh.triangles
    corners = mesh.vertices[t]
    cross = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    faces = cross / np.maximum(np.linalg.norm(cross, axis=1, keepdims=True), FLAT)
    at_points = np.zeros_like(mesh.vertices)
    for i in range(3):
        one = corners[:, (i + 1) % 3] - corners[:, i]
        two = corners[:, (i + 2) % 3] - corners[:, i]
        lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(two, axis=1)
        angle = np.arccos(np.clip((one * two).sum(axis=1) / np.maximum(lengths, FLAT), -1.0, 1.0))
        np.add.at(at_points, t[:, i], angle[:, None] * faces)
    ends = np.sort(np.stack([t[:, list(edge)] for edge in EDGES], axis=1).astype(np.int64), axis=2)
    keys = ends[..., 0] * len(mesh.vertices) + ends[..., 1]
    _, which = np.unique(keys, return_inverse=True)
    which = which.reshape(keys.shape)
    at_edges = np.zeros((int(which.max()) + 1, 3))
    for i in range(3):
        np.add.at(at_edges, which[:, i], faces)
    return faces, at_edges[which], at_points[t]


def strewn(corners: Array, spacing: float) -> tuple[Array, NDArray[np.intp]]:
    """Points (n, 3) strewn over triangles (m, 3, 3), about `spacing` mm apart, and whose they are.

    Every triangle has at least its corners.
    """
    longest = np.linalg.norm(corners - np.roll(corners, 1, axis=1), axis=2).max(axis=1)
    parts = np.maximum(np.ceil(longest / spacing).astype(int), 1)
    points, owners = [], []
    for count in np.unique(parts):
        rows = np.flatnonzero(parts == count)
        i, j = (k.ravel() for k in np.meshgrid(np.arange(count + 1), np.arange(count + 1)))
        inside = i + j <= count
        shares = np.stack([i, j, count - i - j], axis=1)[inside] / count
        points.append(np.einsum("kc,mcx->mkx", shares, corners[rows]).reshape(-1, 3))
        owners.append(np.repeat(rows, len(shares)))
    return np.concatenate(points), np.concatenate(owners)


def nearest(p: Array, corners: Array) -> tuple[Array, NDArray[np.intp]]:
    """From the nearest point of a triangle each, `corners` (3, n, 3), to the points (n, 3).

    Returns the offsets (n, 3) and what the nearest point lies on: 0 the face, 1 to 3 an edge,
    4 to 6 a corner.
    """
    a, b, c = corners
    normal = np.cross(b - a, c - a)
    square = np.einsum("ij,ij->i", normal, normal)
    height = np.einsum("ij,ij->i", p - a, normal)
    over = square > FLAT**2
    offset = normal * (height / np.where(over, square, 1.0))[:, None]
    feature = np.zeros(len(p), dtype=np.intp)
    beside = ~over
    for i, j in EDGES:
        # outside the triangle's plane figure where it lies to the right of an edge
        side = np.cross(corners[j] - corners[i], p - corners[i])
        beside |= np.einsum("ij,ij->i", side, normal) < 0.0
    rows = np.flatnonzero(beside)
    if not len(rows):
        return offset, feature
    least = np.full(len(rows), np.inf)
    q = p[rows]
    for k, (i, j) in enumerate(EDGES):
        start, step = corners[i][rows], corners[j][rows] - corners[i][rows]
        length = np.maximum(np.einsum("ij,ij->i", step, step), FLAT)
        share = np.clip(np.einsum("ij,ij->i", q - start, step) / length, 0.0, 1.0)
        apart = q - start - share[:, None] * step
        far = np.einsum("ij,ij->i", apart, apart)
        closer = far < least
        least = np.where(closer, far, least)
        on = np.where(share <= 0.0, 4 + i, np.where(share >= 1.0, 4 + j, 1 + k))
        offset[rows[closer]] = apart[closer]
        feature[rows[closer]] = on[closer]
    return offset, feature
