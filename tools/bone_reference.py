"""A reference mesh of a vertebra in the frame of our bones, and samples of its signed distance.

Frame (mm): x left, y posterior, z superior; x = 0 the mirror plane; the origin is the mean of the
body's four corners in that plane; horizontal is the bisector of the two end plates there.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from l3s1.models.bones.callipers import X, Y, Z, levelled
from l3s1.models.bones.meshing import Mesh
from l3s1.models.bones.person_sacrum import body_outline
from l3s1.models.bones.sdf import Array
from l3s1.models.bones.section import crossings, section

PLY_TYPES = {
    **dict.fromkeys(("char", "int8"), "i1"),
    **dict.fromkeys(("uchar", "uint8"), "u1"),
    **dict.fromkeys(("short", "int16"), "i2"),
    **dict.fromkeys(("ushort", "uint16"), "u2"),
    **dict.fromkeys(("int", "int32"), "i4"),
    **dict.fromkeys(("uint", "uint32"), "u4"),
    **dict.fromkeys(("float", "float32"), "f4"),
    **dict.fromkeys(("double", "float64"), "f8"),
}
MIRROR_ROUNDS = 40
PLANE_SAMPLES = 4000
SURFACE_SAMPLES = 400_000


@dataclass(frozen=True)
class Samples:
    """`surface` (n, 3) mm on the bone; `around` (m, 3) mm near it, `distance` (m,) mm of those.

    The distance is negative inside; it is exact to about a tenth of a millimetre.
    """

    surface: Array
    around: Array
    distance: Array


def read_ply(path: Path) -> Mesh:
    """A triangle mesh from a binary little-endian PLY; equal vertices are made one.

    Raises ValueError where the file is something else.
    """
    content = path.read_bytes()
    end = content.find(b"end_header\n") + len(b"end_header\n")
    header = content[:end].decode("ascii", "replace").splitlines()
    if header[:1] != ["ply"] or "format binary_little_endian 1.0" not in header:
        raise ValueError(f"{path}: not a binary little-endian PLY; convert it first")
    counts: dict[str, int] = {}
    properties: dict[str, list[list[str]]] = {}
    for words in (line.split() for line in header):
        if words[0] == "element":
            counts[words[1]] = int(words[2])
            properties[words[1]] = []
        elif words[0] == "property":
            properties[list(counts)[-1]].append(words[1:])
    faces = properties.get("face", [])
    if list(counts) != ["vertex", "face"] or len(faces) != 1 or faces[0][0] != "list":
        raise ValueError(f"{path}: holds {list(counts)}; give vertices, then faces with one list")
    vertex = np.dtype([(name, "<" + PLY_TYPES[kind]) for kind, name in properties["vertex"]])
    rows = np.frombuffer(content, vertex, counts["vertex"], end)
    kinds = ["<" + PLY_TYPES[kind] for kind in faces[0][1:3]]
    face = np.dtype([("n", kinds[0]), ("v", kinds[1], 3)])
    try:
        lists = np.frombuffer(content, face, counts["face"], end + rows.nbytes)
    except ValueError as error:
        raise ValueError(f"{path}: too short; give a file of triangles only") from error
    if (lists["n"] != 3).any():
        raise ValueError(f"{path}: has faces of other than three corners; give triangles only")
    points = np.stack([rows[axis].astype(float) for axis in "xyz"], axis=1)
    unique, inverse = np.unique(points, axis=0, return_inverse=True)
    return outward(Mesh(unique, inverse.ravel()[lists["v"]].astype(np.int32)))


def outward(mesh: Mesh) -> Mesh:
    """The mesh with its triangles turned so that its volume is positive."""
    a, b, c = (mesh.vertices[mesh.triangles[:, i]] for i in range(3))
    volume = (a * np.cross(b, c)).sum()
    return mesh if volume > 0.0 else Mesh(mesh.vertices, mesh.triangles[:, ::-1])


def on_surface(mesh: Mesh, count: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """Points (count, 3) spread evenly by area over a mesh, and the unit normals there."""
    a, b, c = (mesh.vertices[mesh.triangles[:, i]] for i in range(3))
    normal = np.cross(b - a, c - a)
    area = np.linalg.norm(normal, axis=1)
    chosen = rng.choice(len(area), count, p=area / area.sum())
    u, v = rng.random((2, count, 1))
    over = u + v > 1.0
    u, v = np.where(over, 1.0 - u, u), np.where(over, 1.0 - v, v)
    points = a[chosen] + u * (b - a)[chosen] + v * (c - a)[chosen]
    return points, normal[chosen] / area[chosen, None]


def best_rotation(a: Array, b: Array) -> tuple[Array, Array]:
    """Rotation (3, 3) and shift (3,) that bring the points `a` (n, 3) nearest to `b` (n, 3)."""
    middle_a, middle_b = a.mean(0), b.mean(0)
    u, _, vt = np.linalg.svd((a - middle_a).T @ (b - middle_b))
    sign = np.diag([1.0, 1.0, np.sign(np.linalg.det(vt.T @ u.T))])
    rotation: Array = vt.T @ sign @ u.T
    return rotation, middle_b - rotation @ middle_a


def mirror_plane(mesh: Mesh) -> tuple[Array, Array]:
    """A point (3,) and the unit normal (3,) of the plane about which the mesh is most symmetric.

    The mirrored bone is laid onto the bone; the plane lies halfway between point and image.
    """
    rng = np.random.default_rng(0)
    points, _ = on_surface(mesh, PLANE_SAMPLES, rng)
    target, _ = on_surface(mesh, 4 * PLANE_SAMPLES, rng)
    tree = cKDTree(target)
    middle = target.mean(0)
    image = (points - middle) * [-1.0, 1.0, 1.0] + middle
    for _ in range(MIRROR_ROUNDS):
        apart, index = tree.query(image)
        nearest = target[np.asarray(index)]
        good = apart < np.quantile(apart, 0.9)
        rotation, shift = best_rotation(image[good], nearest[good])
        image = image @ rotation.T + shift
    normals = points - image
    length = np.linalg.norm(normals, axis=1)
    far = length > 10.0
    normals = normals[far] / length[far, None]
    normal = (normals * np.sign(normals[:, :1])).mean(0)
    return ((points + image) / 2.0).mean(0), normal / np.linalg.norm(normal)


def rotation_between(a: Array, b: Array) -> Array:
    """The shortest rotation (3, 3) that turns the unit vector `a` into `b`."""
    axis = np.cross(a, b)
    skew = np.cross(np.eye(3), axis)
    result: Array = np.eye(3) + skew + skew @ skew / (1.0 + a @ b)
    return result


def in_own_frame(mesh: Mesh) -> Mesh:
    """The mesh moved into the frame of this module; it must lie within about 30° of it."""
    v = mesh.vertices
    for _ in range(2):
        point, normal = mirror_plane(Mesh(v, mesh.triangles))
        v = (v - point) @ rotation_between(normal, X).T
    return levelled(Mesh(v, mesh.triangles))


def inside(mesh: Mesh, p: Array) -> NDArray[np.bool_]:
    """Whether points (n, 3) lie inside a closed mesh, by its winding number."""
    corners = mesh.vertices[mesh.triangles]
    result = np.empty(len(p), bool)
    for rows in np.array_split(np.arange(len(p)), len(p) // 50 + 1):
        a, b, c = (corners[None, :, i] - p[rows, None] for i in range(3))
        la, lb, lc = (np.linalg.norm(x, axis=2) for x in (a, b, c))
        top = (a * np.cross(b, c)).sum(2)
        bottom = la * lb * lc + (a * b).sum(2) * lc + (b * c).sum(2) * la + (c * a).sum(2) * lb
        # the solid angle of each triangle is twice this arc; all of them make 4π inside
        result[rows] = np.arctan2(top, bottom).sum(1) > np.pi
    return result


def sampled(mesh: Mesh, count: int) -> Samples:
    """`count` points on a mesh, and as many within 5 mm of it or, a third, in the box around."""
    rng = np.random.default_rng(1)
    surface, normals = on_surface(mesh, count, rng)
    low, high = mesh.vertices.min(0) - 4.0, mesh.vertices.max(0) + 4.0
    around = surface + normals * rng.uniform(-5.0, 5.0, (count, 1))
    around[: count // 3] = rng.uniform(low, high, (count // 3, 3))
    apart, _ = cKDTree(on_surface(mesh, SURFACE_SAMPLES, rng)[0]).query(around)
    return Samples(surface, around, np.where(inside(mesh, around), -apart, apart))


def plate_lips(mesh: Mesh) -> tuple[Array, Array]:
    """The anterior and posterior lip (y, z) of a sacrum's end plate in the plane x = 0.

    They are the corners of the outline as seen along the end plate, found by turning with it.
    """
    body = body_outline(mesh)
    angle = np.radians(35.0)
    front, back = body[0], body[0]
    for _ in range(8):
        cos, sin = np.cos(angle), np.sin(angle)
        y, z = body @ np.array([cos, sin]), body @ np.array([-sin, cos])
        front = body[int(np.argmax(z / 18.0 - y / 30.0))]
        near = y < y.min() + 40.0
        back = body[int(np.argmax(np.where(near, z / 18.0 + y / 30.0, -np.inf)))]
        dy, dz = back - front
        angle = float(np.arctan2(dz, dy))
    return front, back


def in_sacral_frame(mesh: Mesh) -> Mesh:
    """A sacrum moved into its own frame: origin on the S1 end plate's middle, y along it.

    The mesh must lie as in a standing or lying person, within about 20°.
    """
    v = mesh.vertices
    for _ in range(2):
        point, normal = mirror_plane(Mesh(v, mesh.triangles))
        v = (v - point) @ rotation_between(normal, X).T
    front, back = plate_lips(Mesh(v, mesh.triangles))
    dy, dz = (back - front) / np.linalg.norm(back - front)
    v = (v - np.r_[0.0, (front + back) / 2.0]) @ np.array(
        [[1.0, 0.0, 0.0], [0.0, dy, -dz], [0.0, dz, dy]]
    )
    # the end plate is hollow: the origin goes onto its surface
    heights = crossings(section(Mesh(v, mesh.triangles), np.zeros(3), Y, Z), 0, 0.0)
    return Mesh(v - [0.0, 0.0, min(heights, key=abs)], mesh.triangles)
