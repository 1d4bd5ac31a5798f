"""The ligaments of the arches: flava, interspinous and supraspinous, facet capsules, iliolumbar.

They are built from where the arches are: a flavum from the front of the upper lamina to the upper
edge of the lower one, an interspinous ligament between the borders of two processes, a capsule
round the facets of a joint.
"""

from __future__ import annotations

from functools import partial

import numpy as np
from scipy.ndimage import zoom

from l3s1.models.anatomy.column import Column, reach, relaxed, smoothstep
from l3s1.models.anatomy.ligaments import lifted
from l3s1.models.anatomy.part import Part
from l3s1.models.anatomy.posture import SACRUM, bones_of
from l3s1.models.anatomy.skeleton import STANDING
from l3s1.models.anatomy.soft_parts import (
    Numbers,
    both_sides,
    nearest_on,
    shared_by,
    size,
    sizes,
    soft_part,
    value,
)
from l3s1.models.anatomy.tubes import band, even, slab, tube
from l3s1.models.bones.meshing import Mesh
from l3s1.models.bones.sdf import Array, gradient
from l3s1.vocabulary import Layer, MotionSegment, Tissue

LATERAL = np.array([1.0, 0.0, 0.0])

SUPRASPINOUS_RINGS, SUPRASPINOUS_SIDES, SUPRASPINOUS_ROUNDS = 30, 8, 5
INTERSPINOUS_ROWS, INTERSPINOUS_COLUMNS = 7, 8
FLAVUM_ROWS, FLAVUM_COLUMNS = 9, 7
CAPSULE_TURNS = 20

LATERAL_THINNING = 0.55
"""How much of its thickness the flavum loses towards the facet joint."""

EMBEDDED = 0.6
"""mm by which a ligament is rooted in the border that it springs from."""

IN_CANAL, IN_SACRAL_CANAL = 5.0, 13.0
"""mm behind the superior plate's posterior corner: within the canal at the height of a lamina."""

LAMINA_REACH = 17.0
"""mm backwards from the canal within which its lamina must lie."""


def spinous_border(column: Column, bone: str, upper: bool, y: Array) -> Array:
    """Points (k, 3) mm on the upper or lower border of a spinous process, own frame, at `y`."""
    start = np.zeros((len(y), 3))
    start[:, 1] = y
    start[:, 2] = 30.0 if upper else -50.0
    ray = np.array([0.0, 0.0, -1.0 if upper else 1.0])
    return column.hit(bone, start, ray, 70.0)


def spinous_tip(column: Column, bone: str) -> Array:
    """The posterior border (3, 3) mm of a spinous process: top, middle, bottom, own frame."""
    tip = column.skeleton.bones[bone].landmarks["spinous_process.tip"].at
    z = tip[2] + np.arange(-16.0, 16.5, 0.5)
    start = np.c_[0.0 * z, 0.0 * z + tip[1] + 20.0, z]
    back = column.hit(bone, start, np.array([0.0, -1.0, 0.0]), 26.0)
    on = np.flatnonzero(back[:, 1] > tip[1] - 5.0)
    return back[[on[-1], int(np.argmax(back[:, 1])), on[0]]]


def supraspinous(column: Column, numbers: Numbers) -> Part:
    """A cord over the tips of the spinous processes, down to the last bone that it reaches."""
    group = "supraspinous_ligament"
    half = sizes(numbers, group, "half_axes")
    touch = size(numbers, "column", "touch")
    last = column.bones.index(value(numbers, group, "last"))
    rows = []
    for name in column.bones[: last + 1]:
        back = column.skeleton.bones[name].poses[STANDING].rotation[:, 1]
        tips = column.spine_frame(name, spinous_tip(column, name))
        rows.append(tips + 0.4 * half[1] * back)
    knots = np.array([rows[0][0], *[row[1] for row in rows], rows[-1][2]])
    line = relaxed(even(knots, SUPRASPINOUS_RINGS), SUPRASPINOUS_ROUNDS)
    line = lifted(column, line, np.full_like(line, [0.0, 1.0, 0.0]), 0.4 * half[1])
    taper = np.interp(np.linspace(0.0, 1.0, len(line)), [0.0, 0.8, 1.0], [1.0, 1.0, 0.5])
    mesh = tube(line, taper[:, None] * half, LATERAL, SUPRASPINOUS_SIDES)
    away = np.full_like(mesh.vertices, [0.0, 1.0, 0.0])
    mesh = Mesh(lifted(column, mesh.vertices, away, touch), mesh.triangles)
    tips = np.array([row[1] for row in rows])
    at = nearest_on(tips, mesh.vertices)
    low = np.minimum(at.astype(int), len(tips) - 2)
    row = np.arange(len(at))
    weights = np.zeros((len(at), len(column.bones)))
    weights[row, low] = 1.0 - smoothstep(at - low)
    weights[row, low + 1] = smoothstep(at - low)
    return soft_part(
        column, group, mesh, tissue=Tissue.LIGAMENT, layer=Layer.LIGAMENTS, weights=weights
    )


def interspinous(column: Column, numbers: Numbers, segment: str) -> Part:
    """The sheet in the mirror plane between two spinous processes."""
    group = "interspinous_ligament"
    upper, lower = bones_of(segment)
    half = size(numbers, group, "half_thickness")
    first, last = sizes(numbers, group, "reach")
    edges = []
    for bone, top in ((upper, False), (lower, True)):
        if bone == SACRUM:
            edge = sizes(numbers, group, "on_sacrum")
            y = np.linspace(edge[0], edge[1], INTERSPINOUS_COLUMNS)
        else:
            root = spinolaminar(column, bone)
            tip = column.skeleton.bones[bone].landmarks["spinous_process.tip"].at[1]
            y = root + np.linspace(first, last, INTERSPINOUS_COLUMNS) * (tip - root)
        border = spinous_border(column, bone, top, y)
        border[:, 2] += -EMBEDDED if top else EMBEDDED
        edges.append(column.spine_frame(bone, border))
    share = np.linspace(0.0, 1.0, INTERSPINOUS_ROWS)[:, None, None]
    middle = edges[0][None] * (1.0 - share) + edges[1][None] * share
    mesh = slab(middle - half * LATERAL, middle + half * LATERAL)
    name = f"{segment}.{group}"
    rows = np.broadcast_to(share[:, :, 0], middle.shape[:2]).reshape(-1)
    weights = shared_by(column, upper, lower, np.r_[rows, rows])
    return soft_part(
        column, name, mesh, tissue=Tissue.LIGAMENT, layer=Layer.LIGAMENTS, weights=weights
    )


def spinolaminar(column: Column, bone: str) -> float:
    """The y of the canal's roof in the mirror plane, own frame, where it lies furthest forward."""
    plates = column.skeleton.bones[bone].plates
    z = np.arange(-14.0, 4.5, 0.5)
    start = np.c_[0.0 * z, 0.0 * z + plates.superior.posterior[1] + 5.0, z]
    roof = column.hit(bone, start, np.array([0.0, 1.0, 0.0]), 30.0)
    return float(roof[:, 1].min())


def lamina_front(column: Column, bone: str, x: float, z: Array) -> Array:
    """Points (k, 3) mm on the canal's side of a lamina at lateral `x` and heights z, own frame.

    Rays run backwards from the canal; those that meet no lamina end far behind.
    """
    start = np.c_[0.0 * z + x, 0.0 * z + canal_start(column, bone), z]
    return column.hit(bone, start, np.array([0.0, 1.0, 0.0]), LAMINA_REACH)


def canal_start(column: Column, bone: str) -> float:
    """The y within the canal from which laminae are sought, own frame."""
    behind = IN_SACRAL_CANAL if bone == SACRUM else IN_CANAL
    return float(column.skeleton.bones[bone].plates.superior.posterior[1] + behind)


def lamina_edges(column: Column, bone: str, x: float) -> tuple[Array, Array]:
    """The lower and the upper edge (3,) mm of a lamina's front at lateral `x`, own frame."""
    z = np.arange(-26.0, 14.0, 0.5)
    front = lamina_front(column, bone, x, z)
    met = front[:, 1] < canal_start(column, bone) + LAMINA_REACH - 1.0
    on = front[met]
    if len(on) == 0:
        raise ValueError(f"{bone}: no lamina {x:g} mm from the middle")
    return on[0], on[-1]


def flavum(column: Column, numbers: Numbers, segment: str) -> Part:
    """The left ligamentum flavum of a segment, with its thickening as a morph."""
    group = "ligamentum_flavum"
    upper, lower = bones_of(segment)
    touch = size(numbers, "column", "touch")
    thickness = float(value(numbers, group, "thickness")[segment])
    overlap = size(numbers, group, "overlap")
    x = np.linspace(size(numbers, group, "cleft"), size(numbers, group, "lateral"), FLAVUM_COLUMNS)
    below, _ = lamina_edges(column, upper, float(x[1]))
    columns = []
    for each in x:
        z = below[2] + np.array([overlap, 0.5 * overlap, 1.0])
        attached = column.spine_frame(upper, lamina_front(column, upper, float(each), z))
        _, edge = lamina_edges(column, lower, float(each))
        foot = column.spine_frame(lower, edge[None])
        columns.append(even(np.concatenate([attached, foot]), FLAVUM_ROWS))
    back = np.stack(columns, axis=1)
    back[..., 0] = x
    across = np.gradient(back, axis=1)
    down = np.gradient(back, axis=0)
    normal = np.cross(across, down).reshape(-1, 3)
    normal *= np.sign(-normal[:, 1:2].mean()) / np.linalg.norm(normal, axis=1, keepdims=True)
    flat = lifted(column, back.reshape(-1, 3) + touch * normal, normal, touch)
    flat[:, 0] = np.maximum(flat[:, 0], x[0])
    rows = np.linspace(0.0, 1.0, FLAVUM_ROWS)[:, None] + 0.0 * x
    profile = np.minimum(1.0, 0.35 + 3.0 * np.minimum(rows, 1.0 - rows))
    profile = (profile * (1.0 - LATERAL_THINNING * (x / x[-1]) ** 2)).reshape(-1)
    front = flat + (thickness * profile)[:, None] * normal
    # the two flava meet in the middle and leave a cleft
    front[:, 0] = np.maximum(front[:, 0], x[0])
    shape = back.shape
    mesh = slab(flat.reshape(shape), front.reshape(shape))
    full = size(numbers, group, "thickening")
    bulge = full * np.sin(np.pi * rows.reshape(-1)) ** 0.5
    thick = front + bulge[:, None] * normal
    thick[:, 0] = np.maximum(thick[:, 0], x[0])
    shift = np.concatenate([0.0 * flat, thick - front])
    weights = shared_by(column, upper, lower, np.r_[rows.reshape(-1), rows.reshape(-1)])
    return soft_part(
        column,
        f"{segment}.{group}.left",
        mesh,
        tissue=Tissue.LIGAMENT,
        layer=Layer.LIGAMENTS,
        weights=weights,
        morphs={"flavum_thickening": shift},
    )


def capsule(column: Column, numbers: Numbers, segment: str) -> Part:
    """A sleeve round the left facet joint of a segment: the capsule, hinted."""
    group = "facet_capsule"
    upper, lower = bones_of(segment)
    centre = column.skeleton.landmark(f"{segment}.facet.left")
    rooms = [partial(column.room_to, name) for name in (upper, lower)]
    toward = [gradient(room, centre[None], 0.5)[0] for room in rooms]
    axis = toward[1] - toward[0]
    axis /= np.linalg.norm(axis)
    first = np.cross(axis, [0.0, 0.0, 1.0])
    first /= np.linalg.norm(first)
    second = np.cross(axis, first)
    angle = np.arange(CAPSULE_TURNS) * 2.0 * np.pi / CAPSULE_TURNS
    rays = np.cos(angle)[:, None] * first + np.sin(angle)[:, None] * second
    width, most = size(numbers, group, "half_width"), size(numbers, group, "reach")
    touch, thickness = size(numbers, "column", "touch"), size(numbers, group, "thickness")
    radii = []
    far = np.full(CAPSULE_TURNS, most - 2.0)
    for side, room in ((-width, rooms[1]), (width, rooms[0])):
        gone = reach(room, centre + side * axis + most * rays, -rays, far, touch)
        radii.append(most - gone)
    edge = np.stack([radii[0], np.maximum(radii[0], radii[1]), radii[1]], axis=1)
    for _ in range(4):
        edge = (np.roll(edge, 1, axis=0) + 2.0 * edge + np.roll(edge, -1, axis=0)) / 4.0
    sides = np.array([-width, 0.0, width])
    inner = centre + edge[..., None] * rays[:, None] + (sides[:, None] * axis)[None]
    bulge = thickness * np.array([0.6, 1.0, 0.6])
    outer = inner + bulge[:, None] * rays[:, None]
    around = np.concatenate([inner, outer[:, ::-1]], axis=1)
    mesh = band(around)
    height = (mesh.vertices - centre) @ axis
    weights = shared_by(column, upper, lower, smoothstep(0.5 - 0.5 * height / width))
    return soft_part(
        column,
        f"{segment}.{group}.left",
        mesh,
        tissue=Tissue.LIGAMENT,
        layer=Layer.LIGAMENTS,
        weights=weights,
    )


def arch_ligament_parts(column: Column, numbers: Numbers) -> list[Part]:
    """Supraspinous and interspinous ligaments, flava and capsules of both sides."""
    segments = [segment.value for segment in MotionSegment]
    flava = [flavum(column, numbers, segment) for segment in segments]
    capsules = [capsule(column, numbers, segment) for segment in segments]
    return [
        supraspinous(column, numbers),
        *[interspinous(column, numbers, segment) for segment in segments],
        *both_sides(flava),
        *both_sides(capsules),
    ]


def roof_points(flava: list[Part], morph: float = 0.0) -> Array:
    """Points (n, 3) mm on the front of left flava, densely, at a share of their thickening."""
    found = []
    for part in flava:
        shape = (FLAVUM_ROWS, FLAVUM_COLUMNS, 3)
        moved = part.mesh.vertices + morph * part.morphs["flavum_thickening"]
        front = moved[len(moved) // 2 :].reshape(shape)
        found.append(zoom(front, (4, 4, 1), order=1).reshape(-1, 3))
    return np.concatenate(found)
