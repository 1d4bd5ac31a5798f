"""Closed surfaces from curves and grids: tubes, bands, slabs and lofts of shared vertices.

Every builder gives a mesh that is watertight and faces outward, the same at every run. A ring is
a closed row of k points; rings of a surface have the same k and start at the same side.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.interpolate import CubicSpline, PchipInterpolator

from l3s1.models.bones.meshing import Mesh
from l3s1.models.bones.sdf import Array

CAP_ANGLES = np.radians([30.0, 60.0])
"""Where the two rings of a rounded end lie between the last ring (0°) and the pole (90°)."""


def chord(knots: Array) -> Array:
    """Length (k,) mm along the polyline through knots (k, 3), from 0."""
    result: Array = np.r_[0.0, np.cumsum(np.linalg.norm(np.diff(knots, axis=0), axis=1))]
    return result


def curve(knots: Array, count: int) -> Array:
    """A smooth curve through knots (k, 3): `count` points about equally far apart, (count, 3)."""
    at = chord(knots)
    spline = CubicSpline(at, knots, axis=0, bc_type="natural")
    fine = np.asarray(spline(np.linspace(0.0, at[-1], 20 * len(knots))), float)
    return even(fine, count)


def even(line: Array, count: int) -> Array:
    """The polyline (n, 3) read at `count` points equally far apart along it."""
    at = chord(line)
    wanted = np.linspace(0.0, at[-1], count)
    return np.stack([np.interp(wanted, at, line[:, i]) for i in range(3)], axis=1)


def along(line: Array, shares: Sequence[float], values: Array) -> Array:
    """Values given at shares (k,) of a line's length, at each of its points: (n,) or (n, c)."""
    at = chord(line)
    inner = PchipInterpolator(np.asarray(shares, float), values, axis=0)
    return np.asarray(inner(at / at[-1]), float)


def frames(line: Array, up: Array) -> tuple[Array, Array, Array]:
    """Unit tangents (n, 3) and two normals (n, 3) each: the first lies nearest `up`.

    `up` is (3,) or (n, 3) and must not run along the line.
    """
    tangent = np.gradient(line, chord(line), axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    first = np.broadcast_to(up, line.shape)
    first = first - tangent * (first * tangent).sum(1, keepdims=True)
    first = first / np.linalg.norm(first, axis=1, keepdims=True)
    return tangent, first, np.cross(tangent, first)


def transported(line: Array, start: Array) -> Array:
    """A direction (n, 3) square to the line at each point, from `start` on turned least.

    Sections laid out from it do not twist, however the line bends.
    """
    tangent, first, _ = frames(line[:2], start)
    ups = [first[0]]
    tangent = np.gradient(line, chord(line), axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    for way in tangent[1:]:
        up = ups[-1] - way * (ups[-1] @ way)
        ups.append(up / np.linalg.norm(up))
    return np.array(ups)


def section(sides: int, exponent: float = 2.0) -> Array:
    """A unit super-ellipse (sides, 2); it starts on the first axis and turns towards the second."""
    angle = np.arange(sides) * 2.0 * np.pi / sides
    cos, sin = np.cos(angle), np.sin(angle)
    size = (np.abs(cos) ** exponent + np.abs(sin) ** exponent) ** (-1.0 / exponent)
    return np.stack([cos * size, sin * size], axis=1)


def rings(line: Array, half_axes: Array, up: Array, outline: Array) -> Array:
    """Rings (n, k, 3) about a line (n, 3): an outline (k, 2) scaled by half-axes (n, 2) mm.

    The first half-axis lies along `up`, the second across it.
    """
    _, first, second = frames(line, up)
    a = half_axes[:, None, 0:1] * outline[None, :, 0:1] * first[:, None]
    b = half_axes[:, None, 1:2] * outline[None, :, 1:2] * second[:, None]
    result: Array = line[:, None] + a + b
    return result


def loft(around: Array, start: Array, end: Array) -> Mesh:
    """The closed surface through rings (n, k, 3), shut at both ends by a pole (3,)."""
    n, k, _ = around.shape
    vertices = np.concatenate([around.reshape(-1, 3), start[None], end[None]])
    index = np.arange(n * k).reshape(n, k)
    faces = [quads(index[:-1], index[1:])]
    after = np.roll(index, -1, axis=1)
    faces.append(np.stack([np.full(k, n * k), after[0], index[0]], axis=1))
    faces.append(np.stack([np.full(k, n * k + 1), index[-1], after[-1]], axis=1))
    return outward(Mesh(vertices, np.concatenate(faces).astype(np.int32)))


def quads(row: Array, following: Array) -> Array:
    """Triangles between rings of indices `row` and `following` (n, k), each ring closed."""
    a, b = row, np.roll(row, -1, axis=1)
    c, d = following, np.roll(following, -1, axis=1)
    one = np.stack([a, b, d], axis=-1).reshape(-1, 3)
    two = np.stack([a, d, c], axis=-1).reshape(-1, 3)
    return np.stack([one, two], axis=1).reshape(-1, 3)


def rounded_loft(around: Array, caps: tuple[float, float]) -> Mesh:
    """The closed surface through rings (n, k, 3) whose ends bulge by `caps` mm."""
    middle = around.mean(axis=1)
    parts = [around]
    poles = []
    for end, inner, cap in ((0, 1, caps[0]), (-1, -2, caps[1])):
        out = middle[end] - middle[inner]
        out = out / np.linalg.norm(out)
        ring = around[end] - middle[end]
        extra = [
            middle[end] + ring * np.cos(angle) + out * cap * np.sin(angle) for angle in CAP_ANGLES
        ]
        poles.append(middle[end] + out * cap)
        if end == 0:
            parts.insert(0, np.stack(extra[::-1]))
        else:
            parts.append(np.stack(extra))
    return loft(np.concatenate(parts), poles[0], poles[1])


def tube(line: Array, half_axes: Array, up: Array, sides: int, exponent: float = 2.0) -> Mesh:
    """A closed tube about a line (n, 3) with half-axes (n, 2) mm along and across `up`.

    Its ends are rounded by the mean half-axis there.
    """
    around = rings(line, half_axes, up, section(sides, exponent))
    caps = (float(half_axes[0].mean()), float(half_axes[-1].mean()))
    return rounded_loft(around, caps)


def band(around: Array) -> Mesh:
    """A closed band (a torus) through rings (n, k, 3) that follow each other in a circle."""
    n, k, _ = around.shape
    index = np.arange(n * k).reshape(n, k)
    faces = quads(index, np.roll(index, -1, axis=0))
    return outward(Mesh(around.reshape(-1, 3), faces.astype(np.int32)))


def slab(inner: Array, outer: Array) -> Mesh:
    """The closed plate between two grids of points (n, k, 3), joined along their border."""
    n, k, _ = inner.shape
    lower = np.arange(n * k).reshape(n, k)
    upper = lower + n * k
    faces = [grid_faces(lower)[:, ::-1], grid_faces(upper)]
    border = np.concatenate([lower[0, :-1], lower[:-1, -1], lower[-1, :0:-1], lower[:0:-1, 0]])
    after = np.roll(border, -1)
    faces.append(np.stack([border, after, after + n * k], axis=1))
    faces.append(np.stack([border, after + n * k, border + n * k], axis=1))
    vertices = np.concatenate([inner.reshape(-1, 3), outer.reshape(-1, 3)])
    return outward(Mesh(vertices, np.concatenate(faces).astype(np.int32)))


def grid_faces(index: Array) -> Array:
    """Triangles (m, 3) of a grid of indices (n, k)."""
    a, b, c, d = index[:-1, :-1], index[:-1, 1:], index[1:, :-1], index[1:, 1:]
    one = np.stack([a, b, d], axis=-1).reshape(-1, 3)
    two = np.stack([a, d, c], axis=-1).reshape(-1, 3)
    # the border walks a row first: faces turn the same way as its quads
    return np.stack([one, two], axis=1).reshape(-1, 3)


def joined(meshes: Sequence[Mesh]) -> Mesh:
    """Several meshes as one; their surfaces stay apart."""
    starts = np.cumsum([0, *[len(m.vertices) for m in meshes[:-1]]])
    triangles = [m.triangles + start for m, start in zip(meshes, starts, strict=True)]
    return Mesh(
        np.concatenate([m.vertices for m in meshes]), np.concatenate(triangles).astype(np.int32)
    )


def mirror_image(mesh: Mesh) -> Mesh:
    """The mesh mirrored in x = 0, facing outward."""
    return Mesh(mesh.vertices * [-1.0, 1.0, 1.0], mesh.triangles[:, ::-1].copy())


def volume(mesh: Mesh) -> float:
    """What the mesh encloses, mm³; negative where it faces inward."""
    a, b, c = (mesh.vertices[mesh.triangles[:, i]] for i in range(3))
    return float((a * np.cross(b, c)).sum() / 6.0)


def outward(mesh: Mesh) -> Mesh:
    """The mesh with its triangles turned so that they face outward."""
    if volume(mesh) >= 0.0:
        return mesh
    return Mesh(mesh.vertices, mesh.triangles[:, ::-1].copy())
