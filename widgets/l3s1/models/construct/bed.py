"""The posterolateral bed: from transverse process to transverse process, or to the ala.

All lengths are mm in the spine's frame, standing; the left side is made, the right mirrors it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from l3s1.models.anatomy.skeleton import PosedBone, Skeleton
from l3s1.models.anatomy.tubes import curve, even, rounded_loft
from l3s1.models.bones.meshing import Mesh
from l3s1.models.bones.sdf import Array
from l3s1.models.construct.chips import strew
from l3s1.models.construct.masses import around, cleft, growing, lumps
from l3s1.models.construct.numbers import SEGMENTS, BedNumbers, ConstructNumbers
from l3s1.models.construct.rods import nearest_of
from l3s1.models.construct.screws import Screw, bone_of
from l3s1.vocabulary import Side

STATIONS = 22
SIDES = 14
CALLUS_STATIONS = 11
CALLUS_WIDER = 1.12
"""How much wider than the bone that follows it callus is drawn."""

EMBEDDED = 0.35
"""The share of a chip's radius by which its middle keeps from bone: chips bite into their bed."""

BACK = np.array([0.0, 1.0, 0.0])


@dataclass(frozen=True)
class Bed:
    """One bed: its line (n, 3) and half-axes (n, 2) mm across the back and front to back."""

    segment: str
    line: Array
    half_axes: Array

    def inside(self, random: np.random.Generator, count: int) -> Array:
        """Places (count, 3) in the bed, drawn at random."""
        at = random.uniform(0.0, len(self.line) - 1.0, count)
        i = np.minimum(at.astype(int), len(self.line) - 2)
        middle = self.line[i] + (at - i)[:, None] * (self.line[i + 1] - self.line[i])
        angle, far = random.uniform(0.0, 2.0 * np.pi, count), np.sqrt(random.uniform(size=count))
        across = self.half_axes[i] * far[:, None] * np.c_[np.cos(angle), np.sin(angle)]
        result: Array = middle + np.c_[across, np.zeros(count)]
        return result


def region_points(bone: PosedBone, structure: str) -> Array:
    """The vertices (n, 3) of a region as the bone stands."""
    for region in bone.regions:
        if region.structure == structure:
            triangles = bone.mesh.triangles[region.start : region.start + region.count]
            return bone.vertices()[np.unique(triangles)]
    raise KeyError(f"{bone.name} has no region {structure}")


def behind(points: Array) -> Array:
    """The middle (3,) of the rearmost tenth of some points: where graft lies on bone."""
    rearmost = points[points[:, 1] >= np.quantile(points[:, 1], 0.9)]
    result: Array = np.array([points[:, 0].mean(), rearmost[:, 1].mean(), points[:, 2].mean()])
    return result


def anchor(skeleton: Skeleton, level: str, seat: Array, lateral: float) -> Array:
    """Where the left bed rests on a level (3,): beside its screw's head, on the bone's back."""
    bone = skeleton.bones[bone_of(level)]
    structure = "sacrum.ala.left" if level == "S1" else f"{level}.transverse_process.left"
    points = region_points(bone, structure)
    x = seat[0] + lateral
    near = points[np.abs(points[:, 0] - x) < 3.0]
    if len(near) == 0:
        raise ValueError(f"{structure} does not reach {lateral:g} mm beside the screw of {level}")
    if level == "S1":
        # the ala faces upwards and back: the bed rests on the middle of its rear slope
        value = near[:, 2] + near[:, 1]
        near = near[value >= np.quantile(value, 0.75)]
        result: Array = np.array([x, near[:, 1].mean(), near[:, 2].mean()])
        return result
    found = behind(near)
    found[0] = x
    return found


def beds_of(skeleton: Skeleton, screws: dict[str, Screw], numbers: BedNumbers) -> list[Bed]:
    """The left beds of all segments, from superior to inferior."""
    beds = []
    for segment in SEGMENTS:
        ends = [
            anchor(
                skeleton, level, screws[f"{level}.pedicle_screw.{Side.LEFT}"].seat, numbers.lateral
            )
            for level in segment.split("-")
        ]
        upper, lower = (end + BACK * numbers.half_axes[1] * 0.55 for end in ends)
        middle = (upper + lower) / 2.0 + BACK * numbers.bow
        line = curve(np.array([upper, middle, lower]), STATIONS)
        share = np.linspace(-1.0, 1.0, STATIONS)
        size = 1.0 - 0.3 * (1.0 - share**2)
        beds.append(Bed(segment, line, numbers.half_axes * size[:, None]))
    return beds


def bed_chips(
    bed: Bed, skeleton: Skeleton, lines: Sequence[Array], numbers: ConstructNumbers
) -> tuple[Mesh, Array]:
    """Loose chips in a bed, clear of rods, and how they vanish (n, 3)."""

    def room(places: Array) -> Array:
        """How large a chip may be that lies neither in bone nor in a rod."""
        to_rods = nearest_of(lines, places) - numbers.rod.radius
        return np.minimum(to_rods, skeleton.distance(places) / EMBEDDED)

    return strew(numbers.chips, SEGMENTS.index(bed.segment), bed.inside, room)


def bed_bone(bed: Bed, numbers: ConstructNumbers) -> tuple[Mesh, Array]:
    """Bone that begins at both ends, and where it goes (n, 3) until it bridges."""
    seed = 40 + SEGMENTS.index(bed.segment)
    up = np.array([1.0, 0.0, 0.0])
    uneven = lumps(STATIONS, SIDES, seed, numbers.swell)
    cap = 0.6 * float(bed.half_axes[0].mean())
    return growing(bed.line, bed.half_axes, up, numbers.waist, uneven, cap)


def bed_stumps(bed: Bed, numbers: ConstructNumbers) -> Mesh:
    """Bone that has not bridged: two stumps and a cleft."""
    seed = 40 + SEGMENTS.index(bed.segment)
    up = np.array([1.0, 0.0, 0.0])
    return cleft(bed.line, bed.half_axes, up, numbers.bed.gap, (SIDES, seed, numbers.swell))


def bed_callus(bed: Bed) -> Mesh:
    """Soft callus around a bed."""
    line = even(bed.line, CALLUS_STATIONS)
    half_axes = np.full((CALLUS_STATIONS, 2), bed.half_axes.max(0) * CALLUS_WIDER)
    uneven = lumps(CALLUS_STATIONS, 14, 7 + SEGMENTS.index(bed.segment), 0.06)
    cap = float(half_axes[0].mean()) * 0.6
    return rounded_loft(around(line, half_axes, np.array([1.0, 0.0, 0.0]), uneven), (cap, cap))
