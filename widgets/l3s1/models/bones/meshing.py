"""From a field to a triangle mesh: marching cubes on one half, mirrored, thinned, settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from l3s1.models.bones.numbers import array, entry, number
from l3s1.models.bones.sdf import Array, Field, gradient

Triangles = NDArray[np.int32]

THINNING = (4, 5, 7)
"""How boldly to thin: the gentlest that comes near the wanted number of triangles."""


@dataclass(frozen=True)
class Mesh:
    """A closed triangle mesh: `vertices` (n, 3) mm, LPS; `triangles` (m, 3), outward."""

    vertices: Array
    triangles: Triangles


@dataclass(frozen=True)
class MeshSettings:
    """How a field becomes a mesh.

    `low`, `high` (3,) mm: corners of the box that holds the half x ≥ 0. `spacing` mm of the grid,
    `rounding` mm (one sigma) of creases, about how many `triangles` to keep, None for all.
    """

    low: Array
    high: Array
    spacing: float
    rounding: float
    triangles: int | None = None


def settings_from(numbers: Mapping[str, Any]) -> MeshSettings:
    """Read settings from nested mappings, as `assets/bones/mesh.yaml` holds them.

    Raises ValueError naming the entry that is missing or has the wrong shape.
    """
    box = entry(numbers, "box", "mesh")
    return MeshSettings(
        low=array(box, "low", "mesh.box", (3,)),
        high=array(box, "high", "mesh.box", (3,)),
        spacing=number(numbers, "spacing", "mesh"),
        rounding=number(numbers, "rounding", "mesh"),
        triangles=int(number(numbers, "triangles", "mesh")),
    )


def half_grid(field: Field, low: Array, high: Array, spacing: float) -> tuple[Array, Array]:
    """Field values on a grid of x ≥ 0, exact near the surface: values (i, j, k) and origin (3,).

    A coarse pass (4 spacings) finds where the surface may be; only there is the fine grid read.
    Elsewhere values keep the coarse sign.
    """
    coarse = 4
    cells = np.ceil((high - low) / (spacing * coarse)).astype(int) + 1
    origin = np.array([0.0, low[1], low[2]])
    fine_shape = cells * coarse + 1
    axes = [origin[i] + np.arange(cells[i] + 1) * spacing * coarse for i in range(3)]
    nodes = np.stack(np.meshgrid(*axes, indexing="ij"), -1).reshape(-1, 3)
    rough = field(nodes).reshape(cells + 1)
    # a cell is read finely when any corner of it lies nearer than its diagonal
    reach = spacing * coarse * 1.9
    near_node = np.abs(rough) < reach
    near = np.zeros(cells, bool)
    corner = np.zeros(cells, float)
    for i in (0, 1):
        for j in (0, 1):
            for k in (0, 1):
                part = (slice(i, cells[0] + i), slice(j, cells[1] + j), slice(k, cells[2] + k))
                near |= near_node[part]
                corner += rough[part] / 8.0
    values = np.repeat(np.repeat(np.repeat(corner, coarse, 0), coarse, 1), coarse, 2)
    values = np.pad(values, ((0, 1), (0, 1), (0, 1)), mode="edge")
    wanted = np.zeros(tuple(fine_shape), bool)
    for i, j, k in np.argwhere(near):
        wanted[
            i * coarse : (i + 1) * coarse + 1,
            j * coarse : (j + 1) * coarse + 1,
            k * coarse : (k + 1) * coarse + 1,
        ] = True
    index = np.argwhere(wanted)
    points = origin + index * spacing
    fine = np.concatenate(
        [field(chunk) for chunk in np.array_split(points, len(points) // 40000 + 1)]
    )
    values[wanted] = fine
    return values, origin


@dataclass(frozen=True)
class Grid:
    """A field symmetric in x, read on a grid of x ≥ 0 and rounded by a Gaussian.

    `values` (i, j, k); `origin` (3,) mm of the first node, x = 0; `spacing` mm.
    """

    values: Array
    origin: Array
    spacing: float

    def field(self, p: Array) -> Array:
        """The rounded field at points (n, 3), by cubic interpolation."""
        from scipy.ndimage import map_coordinates

        at = (p - self.origin) / self.spacing
        at[:, 0] = np.abs(at[:, 0])
        return np.asarray(map_coordinates(self.values, at.T, order=3, mode="mirror"), float)


def rounded_grid(field: Field, settings: MeshSettings) -> Grid:
    """Read a field on a grid and round its creases by a Gaussian."""
    from scipy.ndimage import gaussian_filter

    spacing, rounding = settings.spacing, settings.rounding
    values, origin = half_grid(field, settings.low, settings.high, spacing)
    if rounding > 0.0:
        # "mirror" reflects about the first node, which lies on x = 0
        values = gaussian_filter(values, rounding / spacing, mode="mirror", truncate=3.0)
    return Grid(np.where(np.abs(values) < 1e-6, 1e-6, values), origin, spacing)


def marching_half(grid: Grid) -> Mesh:
    """The open half mesh x ≥ 0 of a grid; its border lies exactly on x = 0."""
    from skimage.measure import marching_cubes

    values, origin, spacing = grid.values, grid.origin, grid.spacing
    vertices, faces, _, _ = marching_cubes(  # type: ignore[no-untyped-call]
        values, 0.0, spacing=(spacing,) * 3, gradient_direction="descent", allow_degenerate=False
    )
    vertices = np.asarray(vertices, float)
    vertices[vertices[:, 0] < 1e-5 * spacing, 0] = 0.0
    return Mesh(vertices + origin, np.asarray(faces, np.int32))


def largest_component(mesh: Mesh) -> Mesh:
    """The connected piece with the most triangles."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    t = mesh.triangles
    n = len(mesh.vertices)
    edges = np.r_[t[:, :2], t[:, 1:]]
    graph = coo_matrix((np.ones(len(edges), np.int8), (edges[:, 0], edges[:, 1])), shape=(n, n))
    _, label = connected_components(graph, directed=False)
    best = np.bincount(label[t[:, 0]]).argmax()
    return compacted(Mesh(mesh.vertices, t[label[t[:, 0]] == best]))


def compacted(mesh: Mesh) -> Mesh:
    """The mesh without vertices that no triangle uses."""
    used, inverse = np.unique(mesh.triangles, return_inverse=True)
    return Mesh(mesh.vertices[used], inverse.reshape(-1, 3).astype(np.int32))


def thinned(mesh: Mesh, triangles: int) -> Mesh:
    """Quadric edge collapse to about that many triangles; a border on x = 0 stays on it."""
    import fast_simplification

    if len(mesh.triangles) <= triangles:
        return mesh
    border = mesh.vertices[:, 0] == 0.0
    for aggressiveness in THINNING:
        vertices, faces = fast_simplification.simplify(
            np.ascontiguousarray(mesh.vertices, np.float64),
            mesh.triangles,
            target_count=triangles,
            agg=aggressiveness,
        )
        if len(faces) < 1.1 * triangles:
            break
    vertices = np.asarray(vertices, float)
    if border.any():
        vertices[np.abs(vertices[:, 0]) < 1e-4, 0] = 0.0
    return compacted(Mesh(vertices, np.asarray(faces, np.int32)))


def settled(mesh: Mesh, field: Field, rounds: int = 2) -> Mesh:
    """Vertices moved onto the field's surface along its gradient; x = 0 stays on x = 0."""
    v = mesh.vertices.copy()
    middle = v[:, 0] == 0.0
    for _ in range(rounds):
        g = gradient(field, v)
        g[middle, 0] = 0.0
        step = field(v)[:, None] * g / np.maximum((g**2).sum(1, keepdims=True), 0.1)
        length = np.linalg.norm(step, axis=1, keepdims=True)
        v -= step * np.minimum(1.0, 0.3 / np.maximum(length, 1e-9))
        v[middle, 0] = 0.0
        v[~middle, 0] = np.maximum(v[~middle, 0], 1e-3)
    return Mesh(v, mesh.triangles)


def mirrored(half: Mesh) -> Mesh:
    """The whole bone from its half x ≥ 0: the border on x = 0 is shared by both halves."""
    v, t = half.vertices, half.triangles
    middle = v[:, 0] == 0.0
    other = np.arange(len(v), dtype=np.int32)
    other[~middle] = len(v) + np.arange(int((~middle).sum()), dtype=np.int32)
    flipped = v[~middle] * [-1.0, 1.0, 1.0]
    keep = ~middle[t].all(axis=1)
    t = t[keep]
    return Mesh(np.r_[v, flipped], np.r_[t, other[t][:, ::-1]].astype(np.int32))


def mesh_of(field: Field, settings: MeshSettings) -> Mesh:
    """The closed, mirror-symmetric mesh of a field; needs scikit-image and fast-simplification."""
    grid = rounded_grid(field, settings)
    half = largest_component(marching_half(grid))
    if settings.triangles is not None:
        half = settled(thinned(half, settings.triangles // 2), grid.field)
    return mirrored(half)


def edge_report(mesh: Mesh) -> tuple[bool, int]:
    """Whether every edge joins exactly two triangles, once each way; and the genus."""
    t = mesh.triangles.astype(np.int64)
    directed = np.r_[t[:, [0, 1]], t[:, [1, 2]], t[:, [2, 0]]]
    n = len(mesh.vertices)
    key = directed[:, 0] * n + directed[:, 1]
    back = directed[:, 1] * n + directed[:, 0]
    closed = len(np.unique(key)) == len(key) and bool(np.isin(back, key).all())
    euler = len(np.unique(t)) - len(key) // 2 + len(t)
    return closed, (2 - euler) // 2
