"""Between the bodies: a cage, the graft around it, and the pillars of bone that may replace that.

Made in the disc's frame (x left, y posterior, z up its middle plane) and handed out in the spine's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from l3s1.models.anatomy.discs import Face, disc_frame, faces_of
from l3s1.models.anatomy.pose import Pose
from l3s1.models.anatomy.skeleton import Skeleton
from l3s1.models.anatomy.tubes import band, joined
from l3s1.models.bones.meshing import Mesh
from l3s1.models.bones.sdf import Array
from l3s1.models.construct.chips import strew
from l3s1.models.construct.masses import cleft, growing, lumps
from l3s1.models.construct.numbers import SEGMENTS, ConstructNumbers
from l3s1.models.construct.screws import bone_of

AROUND = 32
STATIONS = 7
SIDES = 10
SINK = 0.25
"""mm by which a cage and bone reach into the plates, so that no gap is drawn where they touch."""


@dataclass(frozen=True)
class DiscSpace:
    """The room between two plates: its frame, the bones as it sees them, front and depth mm."""

    segment: str
    frame: Pose
    above: Face
    below: Face
    front: float
    depth: float

    def heights(self, flat: Array) -> tuple[Array, Array]:
        """Height (n,) of the lower and the upper plate at places (n, 2) mm."""
        x, y = flat[:, 0], flat[:, 1]
        return self.below.height(x, y, self.below.trunk), self.above.height(x, y, self.above.trunk)

    def placed(self, mesh: Mesh) -> Mesh:
        """A mesh of the disc's frame in the spine's."""
        return Mesh(self.frame(mesh.vertices), mesh.triangles)


def disc_space(skeleton: Skeleton, segment: str) -> DiscSpace:
    """The room of a segment's disc."""
    upper, lower = (skeleton.bones[bone_of(level)] for level in segment.split("-"))
    frame = disc_frame(upper, lower)
    above, below = faces_of(upper, lower, frame)
    seat = lower.plates.superior
    corners = frame.inverse()(lower.poses["standing"](np.array([seat.anterior, seat.posterior])))
    front, back = float(corners[:, 1].min()), float(corners[:, 1].max())
    return DiscSpace(segment, frame, above, below, front, back - front)


def cage_place(space: DiscSpace, numbers: ConstructNumbers) -> Array:
    """The middle (2,) of the cage in the disc's frame."""
    return np.array([0.0, space.front + numbers.cage.place * space.depth])


def cage_outline(space: DiscSpace, numbers: ConstructNumbers, inset: float) -> Array:
    """The cage's outline (k, 2) in the disc's frame, `inset` mm within its outer wall."""
    angle = np.arange(AROUND) * 2.0 * np.pi / AROUND
    a, b = numbers.cage.half_axes - inset
    cos, sin = np.cos(angle), np.sin(angle)
    size = (np.abs(cos) ** 3.4 + np.abs(sin) ** 3.4) ** (-1.0 / 3.4)
    x, y = a * cos * size, b * sin * size
    # bowed like the front of the plates: its ends lie further back than its middle
    y = y + numbers.cage.bow * (x / numbers.cage.half_axes[0]) ** 2
    result: Array = cage_place(space, numbers) + np.c_[x, y]
    return result


def cage_mesh(space: DiscSpace, numbers: ConstructNumbers) -> Mesh:
    """A ring that fills the room between the plates, open above and below."""
    wall, bevel = numbers.cage.wall, 0.35
    corners = []
    for inset, share in (
        (0.0, bevel),
        (0.0, -bevel),
        (bevel, 0.0),
        (wall - bevel, 0.0),
        (wall, -bevel),
        (wall, bevel),
        (wall - bevel, 1.0),
        (bevel, 1.0),
    ):
        flat = cage_outline(space, numbers, inset)
        low, high = space.heights(flat)
        top = share <= 0.0
        z = high + SINK + share if top else low - SINK + (share if share < 1.0 else 0.0)
        corners.append(np.c_[flat, z])
    return space.placed(band(np.stack(corners, axis=1)))


def pillar_lines(space: DiscSpace, numbers: ConstructNumbers) -> list[tuple[Array, Array]]:
    """Lines (n, 3) and half-axes (n, 2) of the pillars: in the window, and to both sides behind."""
    place = cage_place(space, numbers)
    found = []
    for x, y, a, b in numbers.pillars:
        at = place + np.array([x, y])
        flat = np.repeat(at[None], STATIONS, axis=0)
        low, high = space.heights(flat[:1])
        z = np.linspace(low[0] - SINK, high[0] + SINK, STATIONS)
        found.append((np.c_[flat, z], np.full((STATIONS, 2), [a, b])))
    return found


def interbody_bone(space: DiscSpace, numbers: ConstructNumbers) -> tuple[Mesh, Array]:
    """Bone that begins at both plates, and where it goes (n, 3) until it bridges."""
    meshes, ways = [], []
    for i, (line, half_axes) in enumerate(pillar_lines(space, numbers)):
        seed = 70 + 3 * SEGMENTS.index(space.segment) + i
        up = np.array([1.0, 0.0, 0.0])
        uneven = lumps(STATIONS, SIDES, seed, 0.5 * numbers.swell)
        mesh, way = growing(line, half_axes, up, numbers.waist, uneven, SINK)
        meshes.append(mesh)
        ways.append(way @ space.frame.rotation.T)
    return space.placed(joined(meshes)), np.concatenate(ways)


def interbody_stumps(space: DiscSpace, numbers: ConstructNumbers) -> Mesh:
    """Bone on both plates that does not meet."""
    up = np.array([1.0, 0.0, 0.0])
    meshes = [
        cleft(line, half_axes, up, 0.4 * numbers.bed.gap, (SIDES, 70 + i, 0.0))
        for i, (line, half_axes) in enumerate(pillar_lines(space, numbers))
    ]
    return space.placed(joined(meshes))


def interbody_chips(space: DiscSpace, numbers: ConstructNumbers) -> tuple[Mesh, Array]:
    """Loose graft in the cage's window and behind it, and how it vanishes (n, 3)."""
    columns = pillar_lines(space, numbers)

    def draw(random: np.random.Generator, count: int) -> Array:
        """Places in the window and behind the cage."""
        which = random.integers(len(columns), size=count)
        base = np.array([line[0] for line, _ in columns])[which]
        tops = np.array([line[-1, 2] for line, _ in columns])[which]
        axes = np.array([half_axes[0] for _, half_axes in columns])[which]
        angle, far = random.uniform(0.0, 2.0 * np.pi, count), np.sqrt(random.uniform(size=count))
        flat = base[:, :2] + axes * far[:, None] * np.c_[np.cos(angle), np.sin(angle)]
        places: Array = np.c_[flat, random.uniform(base[:, 2] + 1.0, tops - 1.0)]
        return places

    seed = 10 + SEGMENTS.index(space.segment)
    mesh, way = strew(numbers.small_chips, seed, draw, _anywhere)
    return space.placed(mesh), way @ space.frame.rotation.T


def _anywhere(places: Array) -> Array:
    """Room for a chip of any size: the columns are free."""
    return np.full(len(places), np.inf)
