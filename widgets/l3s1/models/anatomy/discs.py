"""The discs: lofts that share the end plates of the bones above and below.

A disc is built in its own frame: the origin is the middle of the two plates' centres, z the normal
of the plates' bisector, y posterior along it. Around z, sections are laid in even directions. In
each section the rim of a plate is where the body's outline reaches furthest outward and toward the
disc together; inside the rims the disc lies on the bones, between them its wall bulges.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from l3s1.models.anatomy.part import Part, Region
from l3s1.models.anatomy.pose import Pose
from l3s1.models.anatomy.posture import bones_of
from l3s1.models.anatomy.skeleton import STANDING, PosedBone, Skeleton
from l3s1.models.bones.meshing import Mesh
from l3s1.models.bones.numbers import entry, number
from l3s1.models.bones.sdf import Array, Field
from l3s1.vocabulary import Layer, MotionSegment, Tissue

SECTIONS = 46
"""Directions around a disc in which it is cut; even, so that it is its own mirror image."""

RINGS = np.array([0.0, 0.3, 0.58, 0.8, 0.93, 1.0])
"""Where the annulus has vertices between the nucleus's edge and the rim, as shares."""

WALL = 3
"""Vertices of the bulging wall between the two rims."""

NUCLEUS_RINGS = np.array([0.4, 0.75, 1.0])
"""Where the nucleus has vertices on a plate between its middle and its edge, as shares."""

TALLEST = 12.0
"""mm from the middle of a disc within which the bones' surfaces are sought."""

BEYOND = 4.0
"""mm beyond the middle plane from which they are sought: a plate may cross it here and there."""

RIM_INNER, RIM_OUTER = 0.72, 1.3
"""Between which shares of the plate's half-depth (sideways: of its half-width) the rim lies."""

OVERHANG = 1.0
"""mm by which the rim below may reach further out than the one above."""

WIDER = 1.6
"""At most how much wider than deep an end plate is taken to be when its rim is sought."""


@dataclass(frozen=True)
class DiscNumbers:
    """How discs are made.

    `bulge` mm of the wall; `nucleus_area` share of the disc's area; `nucleus_shift` share of the
    disc's depth by which the nucleus lies behind the middle.
    """

    bulge: float
    nucleus_area: float
    nucleus_shift: float


def disc_numbers_from(numbers: Mapping[str, Any]) -> DiscNumbers:
    """Read them as `assets/spine/discs.yaml` holds them; ValueError names what is wrong."""

    def value(key: str) -> float:
        return number(entry(numbers, key, "discs"), "value", f"discs.{key}")

    return DiscNumbers(value("bulge"), value("nucleus_area"), value("nucleus_shift"))


@dataclass(frozen=True)
class Face:
    """One bone as a disc sees it, in the disc's frame: `sign` +1 for the one above, −1 below."""

    surface: Field
    trunk: Field
    sign: float

    def height(self, x: Array, y: Array, field: Field) -> Array:
        """Height z (n,) mm at which rays from `BEYOND` meet a bone; NaN where they miss."""
        steps = np.arange(-BEYOND, TALLEST, 0.5)
        points = np.empty((len(steps), len(x), 3))
        points[..., 0], points[..., 1] = x, y
        points[..., 2] = self.sign * steps[:, None]
        met = field(points.reshape(-1, 3)).reshape(points.shape[:2]) < 0.0
        hit = met.any(0)
        first = np.maximum(met.argmax(0), 1)
        outside, inside = steps[first - 1], steps[first]
        for _ in range(10):
            half = (outside + inside) / 2.0
            below = field(np.c_[x, y, self.sign * half]) < 0.0
            outside, inside = np.where(below, outside, half), np.where(below, half, inside)
        return np.where(hit, self.sign * (outside + inside) / 2.0, np.nan)


def disc_frame(upper: PosedBone, lower: PosedBone) -> Pose:
    """Where the frame of the disc between two bones lies in the spine's frame, standing."""
    above, below = upper.poses[STANDING], lower.poses[STANDING]
    resting, seat = upper.plates.resting(), lower.plates.superior
    up = below.rotation @ seat.normal - above.rotation @ resting.normal
    up /= np.linalg.norm(up)
    along = np.cross(up, [1.0, 0.0, 0.0])
    centre = (above(resting.centre[None])[0] + below(seat.centre[None])[0]) / 2.0
    return Pose(np.stack([[1.0, 0.0, 0.0], along, up], axis=1), centre)


def faces_of(upper: PosedBone, lower: PosedBone, frame: Pose) -> tuple[Face, Face]:
    """The bones above and below a disc, as it sees them."""

    def seen(bone: PosedBone, field: Field) -> Field:
        own = bone.poses[STANDING].inverse().after(frame)
        return lambda p: field(own(p))

    return (
        Face(seen(upper, upper.field), seen(upper, upper.trunk), 1.0),
        Face(seen(lower, lower.field), seen(lower, lower.trunk), -1.0),
    )


def rim_of(face: Face, half_depth: float, directions: Array, most: Array) -> Array:
    """The rim of a plate in each of the directions (n, 2): points (n, 3) mm in the disc's frame.

    It is sought no further out than `most` (n,) mm.
    """
    shares = np.linspace(RIM_INNER, RIM_OUTER, 120)
    reach = half_depth / np.hypot(directions[:, 0] / WIDER, directions[:, 1])
    radii = shares[:, None] * reach
    x, y = radii * directions[:, 0], radii * directions[:, 1]
    z = face.height(x.ravel(), y.ravel(), face.trunk).reshape(x.shape)
    best = np.nanargmax(np.where(radii <= most, radii - face.sign * z, np.nan), axis=0)
    row = np.arange(len(directions))
    x, y = x[best, row], y[best, row]
    # the arch joins the body here and there so near its rim that the whole bone is a little wider
    result: Array = np.c_[x, y, face.height(x, y, face.surface)]
    return result


@dataclass(frozen=True)
class Loft:
    """A disc's rims, (n, 3) mm each, and the nucleus's middle and size; `scale` is linear."""

    above: Face
    below: Face
    top: Array
    bottom: Array
    middle: Array
    scale: float

    def edge(self, rim: Array) -> Array:
        """The nucleus's edge (n, 2) mm on the plate of that rim."""
        centre = (rim[:, :2].min(0) + rim[:, :2].max(0)) / 2.0
        result: Array = self.middle + self.scale * (rim[:, :2] - centre)
        return result

    def ring(self, face: Face, flat: Array) -> Array:
        """Points (n, 2) mm laid onto a bone: (n, 3)."""
        result: Array = np.c_[flat, face.height(flat[:, 0], flat[:, 1], face.surface)]
        return result


def loft_of(upper: PosedBone, lower: PosedBone, frame: Pose, numbers: DiscNumbers) -> Loft:
    """The rims of a disc and the place of its nucleus."""
    above, below = faces_of(upper, lower, frame)
    angles = 2.0 * np.pi * np.arange(SECTIONS) / SECTIONS
    # exact mirror images: the second half is the first with x reversed
    directions = np.c_[np.sin(angles), np.cos(angles)]
    half = SECTIONS // 2
    directions[half + 1 :] = directions[1:half][::-1] * [-1.0, 1.0]
    directions[[0, half], 0] = 0.0
    anywhere = np.full(SECTIONS, np.inf)
    top = rim_of(above, upper.plates.resting().depth / 2.0, directions, anywhere)
    # the plate of the sacrum has no rim where it passes into the alae
    most = np.linalg.norm(top[:, :2], axis=1) + OVERHANG
    bottom = rim_of(below, lower.plates.superior.depth / 2.0, directions, most)
    mean = (top + bottom) / 2.0
    front, back = mean[:, 1].min(), mean[:, 1].max()
    middle = np.array([0.0, (front + back) / 2.0 + numbers.nucleus_shift * (back - front)])
    return Loft(above, below, top, bottom, middle, float(np.sqrt(numbers.nucleus_area)))


def wall_of(loft: Loft, bulge: float) -> tuple[Array, Array]:
    """The wall between the rims: (WALL, n, 3) mm, and its shares (WALL,) of the way down."""
    share = np.arange(1, WALL + 1) / (WALL + 1.0)
    flat = loft.top[:, :2] - loft.middle
    outward = flat / np.linalg.norm(flat, axis=1, keepdims=True)
    straight = loft.top + share[:, None, None] * (loft.bottom - loft.top)
    out = bulge * 4.0 * share * (1.0 - share)
    straight[..., :2] += out[:, None, None] * outward
    return straight, share


def annulus_of(loft: Loft, bulge: float) -> tuple[Mesh, Array]:
    """The annulus in the disc's frame, and the share (n,) of each vertex that lies toward below."""
    rings, shares = [], []
    for face, rim, share, order in (
        (loft.above, loft.top, 0.0, RINGS),
        (loft.below, loft.bottom, 1.0, RINGS[::-1]),
    ):
        inner = loft.edge(rim)
        for s in order:
            flat = inner + s * (rim[:, :2] - inner)
            rings.append(rim if s == 1.0 else loft.ring(face, flat))
            shares.append(share)
        if share == 0.0:
            wall, along = wall_of(loft, bulge)
            rings += list(wall)
            shares += list(along)
    vertices = np.concatenate(rings)
    weights = np.repeat(shares, SECTIONS)
    return Mesh(vertices, _torus(len(rings))), weights


def nucleus_of(loft: Loft) -> tuple[Mesh, Array]:
    """The nucleus in the disc's frame, and the share (n,) of each vertex that lies toward below."""
    points, shares = [], []
    for face, rim, share, order in (
        (loft.above, loft.top, 0.0, NUCLEUS_RINGS),
        (loft.below, loft.bottom, 1.0, NUCLEUS_RINGS[::-1]),
    ):
        edge = loft.edge(rim)
        layers = [loft.middle[None]] if share == 0.0 else []
        layers += [loft.middle + s * (edge - loft.middle) for s in order]
        layers += [loft.middle[None]] if share == 1.0 else []
        flat = np.concatenate(layers)
        points.append(loft.ring(face, flat))
        shares.append(np.full(len(flat), share))
    return Mesh(np.concatenate(points), _capped(2 * len(NUCLEUS_RINGS))), np.concatenate(shares)


def _band(first: int, second: int) -> Array:
    """Triangles (2n, 3) between two rings of `SECTIONS` vertices that start at these numbers."""
    k = np.arange(SECTIONS)
    after = (k + 1) % SECTIONS
    a, b, c, d = first + k, first + after, second + k, second + after
    return np.stack([np.c_[a, b, c], np.c_[b, d, c]], axis=1).reshape(-1, 3)


def _torus(rings: int) -> Any:
    """Triangles (m, 3) of rings joined in their order, the last to the first."""
    bands = [_band(k * SECTIONS, (k + 1) % rings * SECTIONS) for k in range(rings)]
    return np.concatenate(bands).astype(np.int32)


def _capped(rings: int) -> Any:
    """Triangles (m, 3) of a point, rings joined in their order, and a point."""
    k = np.arange(SECTIONS)
    after = (k + 1) % SECTIONS
    last = 1 + rings * SECTIONS
    top = np.c_[np.zeros(SECTIONS, int), 1 + after, 1 + k]
    bands = [_band(1 + r * SECTIONS, 1 + (r + 1) * SECTIONS) for r in range(rings - 1)]
    start = 1 + (rings - 1) * SECTIONS
    bottom = np.c_[np.full(SECTIONS, last), start + k, start + after]
    return np.concatenate([top, *bands, bottom]).astype(np.int32)


def build_disc(
    segment: str, upper: PosedBone, lower: PosedBone, numbers: DiscNumbers
) -> tuple[Part, Part]:
    """Annulus fibrosus and nucleus pulposus between two bones, as they lie when standing."""
    frame = disc_frame(upper, lower)
    loft = loft_of(upper, lower, frame, numbers)
    parts = []
    for name, tissue, (mesh, share) in (
        ("annulus_fibrosus", Tissue.ANNULUS, annulus_of(loft, numbers.bulge)),
        ("nucleus_pulposus", Tissue.NUCLEUS, nucleus_of(loft)),
    ):
        structure = f"{segment}.{name}"
        parts.append(
            Part(
                structure,
                tissue,
                Layer.DISCS,
                Mesh(frame(mesh.vertices), mesh.triangles),
                (Region(structure, 0, len(mesh.triangles)),),
                (upper.name, lower.name),
                weights=np.c_[1.0 - share, share],
            )
        )
    return parts[0], parts[1]


def build_discs(skeleton: Skeleton, numbers: DiscNumbers) -> list[Part]:
    """Annulus and nucleus of every segment whose bones are there, from superior to inferior."""
    parts: list[Part] = []
    for segment in MotionSegment:
        upper, lower = bones_of(segment)
        if upper in skeleton.bones and lower in skeleton.bones:
            parts += build_disc(segment, skeleton.bones[upper], skeleton.bones[lower], numbers)
    return parts
