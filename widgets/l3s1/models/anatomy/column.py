"""What soft tissue keeps to: room to the bones in every pose, and which bones carry it.

Soft tissue is drawn round the standing spine, but must keep clear of bone in every pose. `Column`
therefore knows the weights with which each point is carried, and reads the room to the nearest bone
in all poses at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.ndimage import map_coordinates, spline_filter
from scipy.spatial import cKDTree

from l3s1.models.anatomy.skeleton import STANDING, PosedBone, Skeleton
from l3s1.models.bones.meshing import Mesh
from l3s1.models.bones.sdf import Array, Field

Room = Callable[[Array], Array]
"""mm (n,) between points (n, 3) and the nearest bone."""

STEP = 0.25
"""mm by which a ray goes on at least while it looks for bone."""


SAMPLES, ROUGH_SAMPLES, CLOSE = 0.5, 2.0, 6.0
"""mm between the samples that stand for a mesh: within `CLOSE` mm of it, and further out."""

LAST_ROUNDS = 15
"""Of all rounds of pushing, how many at the end do without smoothing."""

CORNERS = np.array(
    [[x, y, z] for x in (-1.0, 0.0, 1.0) for y in (-1.0, 0.0, 1.0) for z in (-1, 0, 1)]
)
BALL = np.array([p / np.linalg.norm(p) for p in CORNERS if p.any()])
"""Directions (26, 3) in which the surface of a tube is looked at while it is pushed."""


def smoothstep(t: Array) -> Array:
    """0 below 0, 1 above 1, smooth in between."""
    t = np.clip(t, 0.0, 1.0)
    result: Array = t * t * (3.0 - 2.0 * t)
    return result


def reach(room: Room, origin: Array, ray: Array, most: Array, clearance: float) -> Array:
    """How far (n,) mm rays (n, 3) from `origin` (n, 3) go before room falls below `clearance`.

    At most `most` (n,) mm. Where the origin itself has less room, 0.
    """
    gone = np.zeros(len(origin))
    going = np.ones(len(origin), bool)
    for _ in range(80):
        at = np.flatnonzero(going)
        if len(at) == 0:
            break
        left = room(origin[at] + gone[at, None] * ray[at]) - clearance
        stuck = left <= 0.0
        gone[at] += np.where(stuck, 0.0, np.maximum(0.8 * left, STEP))
        going[at] = ~stuck & (gone[at] < most[at])
    # the last step may have gone up to STEP too far
    over = room(origin + gone[:, None] * ray) < clearance
    gone[over] -= STEP
    return np.clip(gone, 0.0, most)


@dataclass(frozen=True)
class ReadField:
    """A field symmetric in x, read once on a grid of x ≥ 0 so that it can be asked very often.

    `weights` (i, j, k): of a cubic spline through what was read; `origin` (3,) mm of the first
    node, x = 0; `spacing` mm.
    """

    weights: Array
    origin: Array
    spacing: float

    def __call__(self, p: Array) -> Array:
        """The field (n,) mm at points (n, 3) in the bone's frame; outside the grid it grows on."""
        at = (np.c_[np.abs(p[:, 0]), p[:, 1:]] - self.origin) / self.spacing
        inner = np.clip(at, 0.0, np.array(self.weights.shape) - 1.0)
        inside = map_coordinates(self.weights, inner.T, order=3, mode="mirror", prefilter=False)
        beyond = np.linalg.norm(at - inner, axis=1) * self.spacing
        result: Array = np.asarray(inside, float) + beyond
        return result


def surface_samples(mesh: Mesh, spacing: float) -> tuple[Array, Array]:
    """Points (n, 3) on a mesh, about `spacing` mm apart, and its unit normals (n, 3) there."""
    corners = mesh.vertices[mesh.triangles]
    flat = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    normals = np.zeros_like(mesh.vertices)
    for k in range(3):
        np.add.at(normals, mesh.triangles[:, k], flat)
    at_corners = normals[mesh.triangles]
    longest = np.linalg.norm(corners - np.roll(corners, 1, axis=1), axis=2).max(axis=1)
    parts = np.ceil(longest / spacing).astype(int)
    points, directions = [], []
    for n in np.unique(parts):
        i, j = np.meshgrid(np.arange(n + 1), np.arange(n + 1), indexing="ij")
        inside = i + j <= n
        a, b = i[inside] / n, j[inside] / n
        shares = np.stack([1.0 - a - b, a, b], axis=1)
        points.append((shares @ corners[parts == n]).reshape(-1, 3))
        directions.append((shares @ at_corners[parts == n]).reshape(-1, 3))
    turned = np.concatenate(directions)
    return np.concatenate(points), turned / np.linalg.norm(turned, axis=1, keepdims=True)


@dataclass(frozen=True)
class Surface:
    """A closed smooth mesh as samples, `rough` for what is far and `fine` for what is near.

    Each is a tree of points and their unit normals (n, 3).
    """

    rough: tuple[cKDTree, Array]
    fine: tuple[cKDTree, Array]

    def distance(self, points: Array) -> Array:
        """Distance (n,) mm of points (n, 3) to the mesh, negative inside.

        Near the surface it is taken to the tangent plane of the nearest sample, further out to the
        sample itself. Good to a few hundredths of a mm within `CLOSE` mm, to a few tenths beyond.
        """
        result = to_samples(*self.rough, points)
        close = np.abs(result) < CLOSE
        result[close] = to_samples(*self.fine, points[close])
        return result


def surface_of(mesh: Mesh) -> Surface:
    """A mesh read as samples."""
    trees = []
    for spacing in (ROUGH_SAMPLES, SAMPLES):
        points, normals = surface_samples(mesh, spacing)
        trees.append((cKDTree(points), normals))
    return Surface(trees[0], trees[1])


def to_samples(tree: cKDTree, normals: Array, points: Array) -> Array:
    """Distance (n,) mm of points (n, 3) to samples of a surface, negative behind it."""
    away, nearest = tree.query(points)
    away = np.asarray(away, float)
    over = ((points - tree.data[nearest]) * normals[nearest]).sum(axis=1)
    far = smoothstep((away - SAMPLES) / (2.0 * SAMPLES))
    return np.asarray(over * (1.0 - far) + np.sign(over) * away * far)


def read_field(bone: PosedBone, spacing: float, margin: float) -> ReadField:
    """The distance to a bone's mesh, on a grid that reaches `margin` mm beyond it."""
    low = bone.mesh.vertices.min(0) - margin
    high = bone.mesh.vertices.max(0) + margin
    low[0] = 0.0
    axes = [np.arange(low[i], high[i] + spacing, spacing) for i in range(3)]
    nodes = np.stack(np.meshgrid(*axes, indexing="ij"), -1)
    read = surface_of(bone.mesh).distance(nodes.reshape(-1, 3)).reshape(nodes.shape[:3])
    return ReadField(spline_filter(read, order=3, mode="mirror"), low, spacing)


@dataclass(frozen=True)
class Column:
    """The spine as soft tissue sees it.

    `blend` mm: how far beyond its end plates a bone still shares in carrying what passes by;
    `poses`: in which poses there must be room; `fields`: each bone's field in its own frame.
    """

    skeleton: Skeleton
    blend: float
    poses: tuple[str, ...]
    fields: Mapping[str, Field]

    @property
    def bones(self) -> tuple[str, ...]:
        """The bones that carry, from superior to inferior."""
        return tuple(self.skeleton.bones)

    def weights(self, points: Array) -> Array:
        """How much each bone carries points (n, 3) mm: (n, bones), by height along the column."""
        names = self.bones
        result = np.zeros((len(points), len(names)))
        left = np.ones(len(points))
        for k, (upper, lower) in enumerate(pairwise(names)):
            share = left * self._upper_share(points, upper, lower)
            result[:, k] = share
            left = left - share
        result[:, -1] = left
        return result

    def _upper_share(self, points: Array, upper: str, lower: str) -> Array:
        """What of each point the upper of two neighbours carries, 0 to 1."""
        above, below = self.skeleton.bones[upper], self.skeleton.bones[lower]
        plate = above.plates.resting()
        ceiling = above.poses[STANDING].inverse()(points) - plate.centre
        floor = below.poses[STANDING].inverse()(points) - below.plates.superior.centre
        from_floor = np.maximum(floor @ below.plates.superior.normal + self.blend, 1e-6)
        to_ceiling = np.maximum(ceiling @ plate.normal + self.blend, 1e-6)
        return smoothstep(from_floor / (from_floor + to_ceiling))

    def posed(self, points: Array, weights: Array, pose: str) -> Array:
        """Where points (n, 3) of the standing spine, carried with `weights`, lie in a pose."""
        result = np.zeros_like(points)
        for k, name in enumerate(self.bones):
            bone = self.skeleton.bones[name]
            move = bone.poses[pose].after(bone.poses[STANDING].inverse())
            result += weights[:, k : k + 1] * move(points)
        return result

    def room(self, points: Array) -> Array:
        """Room (n,) mm to the nearest bone, least of all poses; points (n, 3) as when standing."""
        weights = self.weights(points)
        result = np.full(len(points), np.inf)
        for pose in self.poses:
            there = points if pose == STANDING else self.posed(points, weights, pose)
            for name, bone in self.skeleton.bones.items():
                own = bone.poses[pose].inverse()(there)
                result = np.minimum(result, self.fields[name](own))
        return result

    def room_to(self, bone: str, points: Array) -> Array:
        """Room (n,) mm to one bone at points (n, 3), standing."""
        return self.fields[bone](self.own_frame(bone, points))

    def slope(self, points: Array, step: float = 0.05) -> Array:
        """The direction (n, 3) in which room grows fastest, by central differences."""
        result = np.empty_like(points)
        for axis in range(3):
            shift = np.zeros(3)
            shift[axis] = step
            ahead, back = self.room(points + shift), self.room(points - shift)
            result[:, axis] = (ahead - back) / (2.0 * step)
        result /= np.maximum(np.linalg.norm(result, axis=1, keepdims=True), 1e-9)
        return result

    def own_frame(self, bone: str, points: Array) -> Array:
        """Points (n, 3) of the standing spine in a bone's own frame."""
        return self.skeleton.bones[bone].poses[STANDING].inverse()(points)

    def spine_frame(self, bone: str, points: Array) -> Array:
        """Points (n, 3) of a bone's own frame in the standing spine's."""
        return self.skeleton.bones[bone].poses[STANDING](points)

    def hit(self, bone: str, origin: Array, ray: Array, most: float) -> Array:
        """Where rays from `origin` (n, 3) along `ray` (3,) first meet one bone, own frame.

        Rays that meet nothing within `most` mm end there.
        """
        field = self.fields[bone]
        rays = np.broadcast_to(ray, origin.shape)
        far = np.full(len(origin), most)
        return origin + reach(field, origin, rays, far, 0.0)[:, None] * rays


def fitted(room: Room, centres: Array, target: Array, clearance: float, rounds: int = 30) -> Array:
    """Rings (n, k, 3) drawn in towards their centres (n, 3) until they keep clear of bone.

    `target` (n, k, 3) is the shape wanted where there is room. What is drawn in stays smooth along
    and around the surface.
    """
    n, k, _ = target.shape
    spokes = target - centres[:, None]
    wanted = np.linalg.norm(spokes, axis=2)
    rays = spokes / np.maximum(wanted[..., None], 1e-9)
    origins = np.repeat(centres[:, None], k, axis=1)
    free = reach(
        room, origins.reshape(-1, 3), rays.reshape(-1, 3), wanted.reshape(-1), clearance
    ).reshape(n, k)
    share = free / np.maximum(wanted, 1e-9)
    smooth = share
    for _ in range(rounds):
        padded = np.concatenate([smooth[:1], smooth, smooth[-1:]])
        mean = (
            4.0 * smooth
            + np.roll(smooth, 1, axis=1)
            + np.roll(smooth, -1, axis=1)
            + padded[:-2]
            + padded[2:]
        ) / 8.0
        smooth = np.minimum(share, mean)
    result: Array = centres[:, None] + smooth[..., None] * spokes
    return result


def settled_line(
    column: Column, line: Array, radii: Array, clearance: float, rounds: int = 60
) -> Array:
    """A curve (n, 3) pushed away from bone until a tube of `radii` (n,) keeps `clearance` mm.

    The push is smoothed along the curve, so that it stays as smooth as it was; its ends may move.
    """
    push = np.zeros_like(line)
    row = np.arange(len(line))
    for turn in range(rounds):
        at = line + push
        around = at[:, None] + radii[:, None, None] * BALL
        room = column.room(around.reshape(-1, 3)).reshape(len(line), len(BALL))
        nearest = np.argmin(room, axis=1)
        lack = clearance - room[row, nearest]
        near = lack > 0.0
        if not near.any():
            break
        step = np.zeros_like(line)
        away = column.slope(around[row, nearest][near])
        step[near] = np.minimum(lack[near], 1.0)[:, None] * away
        push = push + step
        if turn < rounds - LAST_ROUNDS:
            push = relaxed(push)
    return line + push


def relaxed(values: Array, rounds: int = 2) -> Array:
    """Rows of values (n, c) averaged with their neighbours; the ends stay."""
    for _ in range(rounds):
        inner = (values[:-2] + 2.0 * values[1:-1] + values[2:]) / 4.0
        values = np.concatenate([values[:1], inner, values[-1:]])
    return values


def column_of(skeleton: Skeleton, blend: float, spacing: float, margin: float) -> Column:
    """The column of a skeleton, with room read in all its poses on grids of `spacing` mm."""
    bones = skeleton.bones.values()
    poses = tuple(dict.fromkeys(pose for bone in bones for pose in bone.poses))
    fields = {bone.name: read_field(bone, spacing, margin) for bone in bones}
    return Column(skeleton, blend, poses, fields)
