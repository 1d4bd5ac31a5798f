"""The dural sac with conus and cauda equina, and the nerve roots from sac to beyond the foramen.

A lumbar root leaves the sac above its own pedicle, runs down in the lateral recess medial to that
pedicle, turns laterally beneath it through the foramen, and goes on down in front of the transverse
process below. S1 leaves through the first ventral foramen of the sacrum.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.spatial import cKDTree

from l3s1.models.anatomy.canal import Wall, sacral_front, wall
from l3s1.models.anatomy.column import (
    Column,
    Room,
    fitted,
    reach,
    relaxed,
    settled_line,
    smoothstep,
)
from l3s1.models.anatomy.part import Part, Region
from l3s1.models.anatomy.skeleton import STANDING
from l3s1.models.anatomy.soft_parts import (
    Numbers,
    both_sides,
    nearest_on,
    size,
    sizes,
    soft_part,
    value,
)
from l3s1.models.anatomy.tubes import (
    chord,
    curve,
    even,
    joined,
    rounded_loft,
    section,
    transported,
    tube,
)
from l3s1.models.bones.meshing import Mesh
from l3s1.models.bones.sdf import Array, pchip
from l3s1.vocabulary import Layer, Tissue

LATERAL = np.array([1.0, 0.0, 0.0])

SAC_RINGS, SAC_SIDES = 44, 20
ROOT_RINGS, ROOT_SIDES = 30, 10
STRAND_RINGS, STRAND_SIDES = 16, 4
SAC_ROUNDS = 6
"""How often the sac is smoothed where bone draws it in."""

FRONT_SHARE = 0.8
"""The part of the sac in front of its widest place, as a share of half its depth."""

SAC_EXPONENT = 2.2

SAC_LINE_ROUNDS = 6
"""How often the sac's middle line is smoothed: it bends less than the bodies do."""

SAC_KEPT = 0.55
"""Room that the middle line keeps to bone, as a share of half the sac's depth."""

SAC_TOP_CAP = 2.0
"""mm by which the cut top of the sac bulges."""

NEAR_ROOF = 0.5
"""mm by which the sac may come nearer to flava and posterior ligament than to bone."""
FINE = 3
"""How many points of a root's curve stand for one of its rings while it is fitted."""

CONUS_PLACE = np.array([0.2, 0.15])
"""Where strands leave the conus, in shares of the sac's half-axes."""


@dataclass(frozen=True)
class Sac:
    """The dural sac: `wall` it lies behind; rings (n, k, 3) about `centres` (n, 3) mm.

    `half_axes` (n, 2) mm: lateral and sagittal, as the rings have them after fitting to bone.
    """

    wall: Wall
    centres: Array
    rings: Array
    top: float

    @cached_property
    def gone(self) -> Array:
        """How far along the sac each ring lies, mm."""
        return chord(self.centres)

    def place(self, mm: Array, lateral: Array, backward: Array) -> Array:
        """Points (k, 3) beside mm along the posterior wall, as shares of the sac's size there.

        A share of 1 is the sac's surface, whether to the side or backward.
        """
        index = nearest_on(self.centres, self.wall.at(mm)[0])
        low = np.minimum(index.astype(int), len(self.centres) - 2)
        share = (index - low)[:, None]
        centre = self.centres[low] * (1.0 - share) + self.centres[low + 1] * share
        around = self.rings[low] * (1.0 - share[..., None]) + self.rings[low + 1] * share[..., None]
        sides = around.shape[1]
        turn = np.arctan2(backward, lateral) / (2.0 * np.pi) * sides % sides
        first = turn.astype(int) % sides
        part = (turn - np.floor(turn))[:, None]
        row = np.arange(len(mm))
        edge = around[row, first] * (1.0 - part) + around[row, (first + 1) % sides] * part
        result: Array = centre + np.hypot(lateral, backward)[:, None] * (edge - centre)
        return result


def dural_sac(column: Column, numbers: Numbers, roof: Array | None = None) -> Sac:
    """The sac from above L2 to S2, as wide as its numbers say where bone and `roof` leave room.

    `roof` (n, 3) mm: points on the front of the flava and the back of the posterior longitudinal
    ligament, densely.
    """
    end = size(numbers, "dural_sac", "end_below_plate")
    above = size(numbers, "dural_sac", "above_l2")
    bulge = size(numbers, "column", "disc_bulge")
    behind = wall(column, 0.0, behind=True, below=end + 8.0, bulge=bulge)
    bodies = [behind.mark(f"{name}.middle") for name in column.bones if name != "sacrum"]
    stop = behind.mark("sacrum.superior") + end
    axes = sizes(numbers, "dural_sac", "half_axes")
    knots = np.array([-above, *bodies[1:], behind.mark("sacrum.superior"), stop])
    mm = np.linspace(-above, stop, SAC_RINGS)
    half = pchip(mm, knots, axes)
    points, normals = behind.at(mm)
    # towards its end the sac lies against the sacral canal's floor
    gap = size(numbers, "dural_sac", "front_gap") * (
        1.0 - 0.6 * smoothstep((mm - behind.mark("sacrum.superior") - 18.0) / 15.0)
    )
    # the canal is widest in front, and so is the sac: its middle lies before the half
    front, back = FRONT_SHARE * half[:, 1], (2.0 - FRONT_SHARE) * half[:, 1]
    centres = relaxed(points + (gap + front)[:, None] * normals, SAC_LINE_ROUNDS)
    kept = SAC_KEPT * half[:, 1]
    centres = settled_line(column, centres, kept, 0.0) * [0.0, 1.0, 1.0]
    centres = even(relaxed(centres, 2), SAC_RINGS)
    across = np.cross(np.gradient(centres, axis=0), LATERAL)
    normals = across / np.linalg.norm(across, axis=1, keepdims=True)
    normals *= np.sign((normals * [0.0, 1.0, 0.0]).sum(axis=1).mean())
    outline = section(SAC_SIDES, SAC_EXPONENT)
    depth = np.where(outline[:, 1] > 0.0, back[:, None], front[:, None])
    target = (
        centres[:, None]
        + half[:, None, 0:1] * outline[None, :, 0:1] * LATERAL
        + (depth * outline[:, 1])[..., None] * normals[:, None]
    )
    clearance = size(numbers, "column", "clearance")
    room = column.room if roof is None else with_roof(column, roof)
    around = fitted(room, centres, target, clearance, SAC_ROUNDS)
    return Sac(behind, centres, around, float(mm[0]))


def with_roof(column: Column, roof: Array) -> Room:
    """Room to bone and to points (n, 3) mm on the flava and on the posterior ligament."""
    tree = cKDTree(np.concatenate([roof, roof * [-1.0, 1.0, 1.0]]))

    def room(points: Array) -> Array:
        near, _ = tree.query(points)
        return np.minimum(column.room(points), near + NEAR_ROOF)

    return room


def sac_part(column: Column, sac: Sac, numbers: Numbers, pressed: Sac | None = None) -> Part:
    """The sac as a part; `pressed` is the sac under thick flava, which becomes its morph."""
    cap = size(numbers, "dural_sac", "end_radius")
    mesh = rounded_loft(sac.rings, (SAC_TOP_CAP, cap))
    morphs = {}
    if pressed is not None:
        under = rounded_loft(pressed.rings, (SAC_TOP_CAP, cap))
        morphs["flavum_thickening"] = under.vertices - mesh.vertices
    return soft_part(
        column, "dural_sac", mesh, tissue=Tissue.DURA, layer=Layer.NERVES, morphs=morphs
    )


def root_knots(column: Column, sac: Sac, numbers: Numbers, level: str) -> tuple[Array, int]:
    """Knots (k, 3) mm of a left lumbar root before it is fitted, and which one is its ganglion."""
    bone = column.skeleton.bones[level]
    pedicle = column.skeleton.landmark(f"{level}.pedicle.left")
    _, back, up = bone.poses[STANDING].rotation.T
    ganglion = value(numbers, "nerve_roots", "ganglion")[level]
    lateral = value(numbers, "nerve_roots", "ganglion_lateral")[level]
    free = size(numbers, "nerve_roots", "below_pedicle")
    room = size(numbers, "column", "clearance")

    def within(points: Array) -> Array:
        return -column.room_to(level, points)

    thick = reach(within, pedicle[None], -up[None], np.array([20.0]), 0.0)[0]
    top, middle = sac.wall.mark(f"{level}.superior"), sac.wall.mark(f"{level}.middle")
    half = middle - top
    leaves = top + value(numbers, "nerve_roots", "take_off")[level] * half
    within_sac = sac.place(
        np.array([leaves - 1.7 * half, leaves - 0.9 * half, leaves]),
        np.array([0.5, 0.75, 1.0]),
        np.array([-0.1, -0.3, -0.5]),
    )
    under = pedicle - (thick + ganglion + free + room) * up
    under += lateral * LATERAL
    medial = value(numbers, "nerve_roots", "recess_medial")[level]
    recess = (within_sac[-1] + under) / 2.0 + 0.2 * thick * up - medial * LATERAL
    out = under + 7.0 * LATERAL - 6.0 * up - 1.5 * back
    ahead = in_front(column, numbers, level)
    return np.concatenate([within_sac, [recess, under, out], ahead]), 4


def in_front(column: Column, numbers: Numbers, level: str) -> Array:
    """Two points (2, 3) mm through which a root passes in front of what lies below its foramen.

    That is the transverse process of the next vertebra, or the ala of the sacrum.
    """
    free = size(numbers, "nerve_roots", "in_front")
    free += value(numbers, "nerve_roots", "radius")[level]
    names = list(column.bones)
    below = column.skeleton.bones[names[names.index(level) + 1]]
    lateral, back, up = below.poses[STANDING].rotation.T
    if below.name == "sacrum":
        across, depths = sizes(numbers, "nerve_roots", "on_ala")
        return np.concatenate(
            [
                sacral_front(column, x, np.array([depth])) - free * back
                for x, depth in zip(across, depths, strict=True)
            ]
        )
    tip = column.skeleton.landmark(f"{below.name}.transverse_process.tip.left")
    start = column.skeleton.landmark(f"{below.name}.pedicle.left")
    share = size(numbers, "nerve_roots", "along_transverse_process")
    cross = start + share * (tip - start) - 25.0 * back
    gone = reach(
        lambda p: column.room_to(below.name, p), cross[None], back[None], np.array([40.0]), 0.0
    )[0]
    front = cross + (gone - free) * back
    return np.array([front + 2.0 * up, front - 13.0 * up + 2.0 * lateral - 2.0 * back])


def sacral_root_knots(column: Column, sac: Sac, numbers: Numbers) -> tuple[Array, int]:
    """Knots (k, 3) mm of the left S1 root before it is fitted, and which one is its ganglion.

    It has left the sac where it passes the L5-S1 disc, and lies beside it in the lateral recess.
    """
    foramen, axis = ventral_foramen(column, numbers)
    disc, plate = sac.wall.mark("L5.disc"), sac.wall.mark("sacrum.superior")
    leaves = disc - size(numbers, "nerve_roots", "s1_above_disc")
    within_sac = sac.place(
        np.array([leaves - 20.0, leaves - 9.0, leaves]),
        np.array([0.5, 0.75, 1.0]),
        np.array([-0.1, -0.25, -0.4]),
    )
    beside = sac.place(np.array([disc, plate]), np.array([1.0, 1.0]), np.array([-0.35, -0.35]))
    thin = value(numbers, "nerve_roots", "radius")["S1"] * size(
        numbers, "nerve_roots", "within_canal"
    )
    beside += thin * LATERAL
    inner = foramen - size(numbers, "nerve_roots", "foramen_depth") * axis
    outside = foramen + size(numbers, "nerve_roots", "beyond_foramen") * axis
    return np.concatenate([within_sac, beside, [inner, foramen, outside]]), 5


def ventral_foramen(column: Column, numbers: Numbers) -> tuple[Array, Array]:
    """The middle (3,) mm of the left first ventral foramen, and the unit direction out of it.

    It is where rays from in front go deepest into the sacrum before they meet bone.
    """
    across, down = sizes(numbers, "nerve_roots", "foramen_window")
    depths = np.arange(down[0], down[1], 1.0)
    hits = np.stack([sacral_front(column, x, depths) for x in np.arange(across[0], across[1], 1.0)])
    own = column.own_frame("sacrum", hits.reshape(-1, 3))
    # bone around the foramen, as a plane; what lies well behind it is the hole
    plane = np.c_[own[:, 0], own[:, 2], np.ones(len(own))]
    rest = np.ones(len(own), bool)
    for _ in range(4):
        fit = np.linalg.lstsq(plane[rest], own[rest, 1], rcond=None)[0]
        deep = own[:, 1] - plane @ fit
        rest = deep < np.quantile(deep, 0.6)
    hole = deep > 0.5 * deep.max()
    mouth = np.array([own[hole, 0].mean(), 0.0, own[hole, 2].mean()])
    mouth[1] = np.array([mouth[0], mouth[2], 1.0]) @ fit
    axis = np.array([0.45, -0.8, -0.4])
    turn = column.skeleton.bones["sacrum"].poses[STANDING].rotation
    return column.spine_frame("sacrum", mouth[None])[0], turn @ (axis / np.linalg.norm(axis))


def root_part(column: Column, sac: Sac, numbers: Numbers, level: str) -> Part:
    """A left nerve root; its swelling is the region of the dorsal root ganglion."""
    if level == "S1":
        knots, swelling = sacral_root_knots(column, sac, numbers)
    else:
        knots, swelling = root_knots(column, sac, numbers, level)
    fine = curve(knots, FINE * ROOT_RINGS)
    gone = chord(fine)
    centre = gone[np.argmin(((fine - knots[swelling]) ** 2).sum(1))]
    radius = float(value(numbers, "nerve_roots", "radius")[level])
    ganglion = float(value(numbers, "nerve_roots", "ganglion")[level])
    length = size(numbers, "nerve_roots", "ganglion_length")
    thin = size(numbers, "nerve_roots", "within_canal")
    past = smoothstep((gone - centre + 0.5 * length) / length)
    bump = smoothstep(1.0 - np.abs(gone - centre) / (0.75 * length))
    radii = radius * (thin + (1.0 - thin) * past)
    radii = radii + (ganglion - radii) * bump
    clearance = size(numbers, "column", "clearance")
    line = settled_line(column, fine, radii, clearance)[::FINE]
    radii = radii[::FINE]
    mesh = tube(line, np.c_[radii, radii], transported(line, LATERAL), ROOT_SIDES)
    name = f"{level}.nerve_root.left"
    part = soft_part(column, name, mesh, tissue=Tissue.NERVE, layer=Layer.NERVES)
    inside = np.abs(gone[::FINE] - centre) < 0.5 * length
    return with_ganglion(part, line[inside], f"{level}.dorsal_root_ganglion.left")


def with_ganglion(part: Part, ganglion: Array, name: str) -> Part:
    """The root with its triangles nearest the points (n, 3) as a region of that name, last."""
    middles = part.mesh.vertices[part.mesh.triangles].mean(axis=1)
    axis = ganglion[-1] - ganglion[0]
    axis = axis / np.linalg.norm(axis)
    start, end = ganglion[0] @ axis, ganglion[-1] @ axis
    height = middles @ axis
    near = ((middles[:, None] - ganglion[None]) ** 2).sum(2).min(1) < 6.0**2
    own = (height > start) & (height < end) & near
    order = np.r_[np.flatnonzero(~own), np.flatnonzero(own)]
    mesh = Mesh(part.mesh.vertices, part.mesh.triangles[order])
    rest = int((~own).sum())
    regions = (Region(part.name, 0, rest), Region(name, rest, len(order) - rest))
    return dataclasses.replace(part, mesh=mesh, regions=regions)


def conus_part(column: Column, sac: Sac, numbers: Numbers) -> Part:
    """The lowest part of the cord, from the top of the model to its tip."""
    tip = -size(numbers, "conus_medullaris", "tip_above_l2")
    mm = np.linspace(sac.top + 1.5, tip, 9)
    axes = sizes(numbers, "conus_medullaris", "half_axes")
    share = np.linspace(0.0, 1.0, len(mm))[:, None]
    half = axes * np.sqrt(np.maximum(1.0 - share**2, 0.02))
    line = sac.place(mm, 0.0 * mm, CONUS_PLACE[1] + 0.0 * mm)
    mesh = tube(line, half, LATERAL, SAC_SIDES // 2)
    return soft_part(column, "conus_medullaris", mesh, tissue=Tissue.NERVE, layer=Layer.NERVES)


def cauda_part(column: Column, sac: Sac, numbers: Numbers) -> Part:
    """Strands from the conus to where their roots leave the sac, and the filum: hinted."""
    tip = -size(numbers, "conus_medullaris", "tip_above_l2")
    radius = size(numbers, "cauda_equina", "strand_radius")
    meshes = []
    for level, lateral, backward in value(numbers, "cauda_equina", "strands"):
        if level == "end":
            stop = sac.top + sac.gone[-1] - 16.0
        elif level == "S1":
            stop = sac.wall.mark("sacrum.superior") - 22.0
        else:
            stop = sac.wall.mark(f"{level}.superior")
        mm = np.linspace(tip - 5.0, stop, 60)
        spread = smoothstep((mm - tip + 5.0) / 24.0)
        start = CONUS_PLACE * [np.sign(lateral), 1.0]
        sides = start[0] + (lateral - start[0]) * spread
        line = sac.place(mm, sides, start[1] + (backward - start[1]) * spread)
        line = even(line, STRAND_RINGS)
        radii = np.full((STRAND_RINGS, 2), radius)
        meshes.append(tube(line, radii, LATERAL, STRAND_SIDES))
    return soft_part(
        column, "cauda_equina", joined(meshes), tissue=Tissue.NERVE, layer=Layer.NERVES
    )


def nerve_parts(
    column: Column, sac: Sac, numbers: Numbers, pressed: Sac | None = None
) -> list[Part]:
    """Sac, conus, cauda and the roots of both sides; `pressed` is the sac under thick flava."""
    levels = [name for name in column.bones if name != "sacrum"]
    roots = [root_part(column, sac, numbers, level) for level in [*levels, "S1"]]
    return [
        sac_part(column, sac, numbers, pressed),
        conus_part(column, sac, numbers),
        cauda_part(column, sac, numbers),
        *both_sides(roots),
    ]
