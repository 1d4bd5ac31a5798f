"""The iliac crests in outline, and the iliolumbar ligaments that tie L5 to them.

A crest is a curved plate from the posterior superior iliac spine over the summit to the front,
lateral to the transverse processes of L5. It is no bone of the model: it shows where the crest
stands against L4, and moves with the sacrum.
"""

from __future__ import annotations

import numpy as np

from l3s1.models.anatomy.canal import wall
from l3s1.models.anatomy.column import Column, fitted
from l3s1.models.anatomy.part import Part
from l3s1.models.anatomy.soft_parts import (
    Numbers,
    both_sides,
    shared_by,
    size,
    sizes,
    soft_part,
    value,
)
from l3s1.models.anatomy.tubes import curve, rounded_loft, section, slab
from l3s1.models.bones.sdf import Array
from l3s1.vocabulary import Layer, Tissue

CREST_RINGS, CREST_SIDES = 30, 16
LIGAMENT_ROWS, LIGAMENT_COLUMNS = 9, 5


def summit(column: Column, numbers: Numbers) -> float:
    """The height of the crest's summit, mm above the sacrum's plate, when standing."""
    place = value(numbers, "iliac_crest", "summit")
    front = wall(column, 0.0, behind=False, below=30.0, bulge=0.0)
    points, _ = front.at(np.array([front.mark(place["at"], place["share"], place["towards"])]))
    return float(points[0, 2])


def crest_lines(column: Column, numbers: Numbers) -> tuple[Array, Array]:
    """The left crest's upper and lower edge (n, 3) mm, from behind to in front."""
    high = summit(column, numbers)
    edges = []
    for name in ("crest", "below"):
        knots = sizes(numbers, "iliac_crest", name)
        knots[:, 2] *= high
        edges.append(curve(knots, CREST_RINGS))
    return edges[0], edges[1]


def iliac_crest(column: Column, numbers: Numbers) -> Part:
    """The left crest as a plate, thick above and thin below."""
    crest, below = crest_lines(column, numbers)
    thick, thin = sizes(numbers, "iliac_crest", "half_thickness")
    down = below - crest
    along = np.gradient(crest + below, axis=0)
    normal = np.cross(along, down)
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    outline = section(CREST_SIDES, 2.6)
    across = (1.0 - outline[:, 0]) / 2.0
    half = thick + (thin - thick) * across
    middle = (crest + below) / 2.0
    target = (
        middle[:, None]
        - 0.5 * outline[None, :, 0:1] * down[:, None]
        + (half * outline[:, 1])[None, :, None] * normal[:, None]
    )
    clearance = size(numbers, "iliac_crest", "clearance")
    mesh = rounded_loft(fitted(column.room, middle, target, clearance, 10), (5.0, 5.0))
    sacrum = np.ones((len(mesh.vertices), 1)) * (np.array(column.bones) == "sacrum")
    return soft_part(
        column,
        "iliac_crest.left",
        mesh,
        tissue=Tissue.BONE,
        layer=Layer.BONES,
        weights=sacrum,
    )


def iliolumbar(column: Column, numbers: Numbers) -> Part:
    """The left iliolumbar ligament: a fan from the tip of L5's transverse process to the crest."""
    group = "iliolumbar_ligament"
    crest, below = crest_lines(column, numbers)
    first, last = sizes(numbers, group, "on_crest")
    depth = size(numbers, group, "below_edge")
    lip = crest + depth * (below - crest)
    index = np.linspace(first, last, LIGAMENT_COLUMNS) * (len(crest) - 1)
    foot = np.stack([np.interp(index, np.arange(len(lip)), lip[:, i]) for i in range(3)], 1)
    tip = column.skeleton.landmark("L5.transverse_process.tip.left")
    height = size(numbers, group, "height_at_tip")
    up = column.skeleton.pose("L5").rotation[:, 2]
    start = tip - [2.0, 0.0, 0.0] + np.linspace(-0.5, 0.5, LIGAMENT_COLUMNS)[:, None] * height * up
    share = np.linspace(0.0, 1.0, LIGAMENT_ROWS)[:, None, None]
    sheet = start[None] * (1.0 - share) + foot[None] * share
    normal = np.cross(np.gradient(sheet, axis=0), np.gradient(sheet, axis=1))
    normal /= np.linalg.norm(normal, axis=2, keepdims=True)
    half = size(numbers, group, "half_thickness")
    mesh = slab(sheet - half * normal, sheet + half * normal)
    rows = np.broadcast_to(share[..., 0], sheet.shape[:2]).reshape(-1)
    weights = shared_by(column, "L5", "sacrum", np.r_[rows, rows])
    return soft_part(
        column,
        f"{group}.left",
        mesh,
        tissue=Tissue.LIGAMENT,
        layer=Layer.LIGAMENTS,
        weights=weights,
    )


def ilium_parts(column: Column, numbers: Numbers) -> list[Part]:
    """Crests and iliolumbar ligaments of both sides."""
    return both_sides([iliac_crest(column, numbers), iliolumbar(column, numbers)])
