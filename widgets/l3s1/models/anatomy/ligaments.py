"""The longitudinal ligaments: sheets along the front and the back of the bodies and discs.

The anterior one is broad; the posterior one is narrow behind the bodies and flares at the discs.
"""

from __future__ import annotations

import numpy as np
from scipy.ndimage import zoom

from l3s1.models.anatomy.canal import Wall, wall
from l3s1.models.anatomy.column import Column
from l3s1.models.anatomy.part import Part
from l3s1.models.anatomy.soft_parts import Numbers, size, sizes, soft_part
from l3s1.models.anatomy.tubes import slab
from l3s1.models.bones.sdf import Array, pchip
from l3s1.vocabulary import Layer, Tissue

SHEET_ROWS, SHEET_COLUMNS = 60, 7


def lifted(column: Column, points: Array, away: Array, clearance: float) -> Array:
    """Points (n, 3) moved along `away` (n, 3) until they lie `clearance` mm off bone, standing."""
    moved = points.copy()
    for _ in range(12):
        lack = clearance - standing_room(column, moved)
        moved = moved + np.maximum(lack, 0.0)[:, None] * away
    return moved


def standing_room(column: Column, points: Array) -> Array:
    """Room (n,) mm to the nearest bone of points (n, 3), when standing only."""
    each = [column.room_to(name, points) for name in column.bones]
    result: Array = np.min(each, axis=0)
    return result


def like(middle: Wall, other: Wall, mm: Array) -> Array:
    """How far along another wall the same heights lie as `mm` (k,) along the middle one."""
    names = [name for name in middle.marks if name in other.marks]
    here = np.array([middle.marks[name] for name in names])
    there = np.array([other.marks[name] for name in names])
    beyond = np.minimum(mm - here[0], 0.0) + np.maximum(mm - here[-1], 0.0)
    result: Array = np.interp(mm, here, there) + beyond
    return result


def sheet(column: Column, numbers: Numbers, group: str, behind: bool) -> Part:
    """A longitudinal ligament as a plate along the bodies' and discs' wall."""
    below = size(numbers, group, "below_plate")
    bulge = size(numbers, "column", "disc_bulge")
    thickness = size(numbers, group, "thickness")
    touch = size(numbers, "column", "touch")
    half_width = sizes(numbers, group, "half_width")
    walls = {0.0: wall(column, 0.0, behind, below + 6.0, bulge)}
    middle = walls[0.0]
    mm = np.linspace(
        -size(numbers, group, "above_l2"), middle.mark("sacrum.superior") + below, SHEET_ROWS
    )
    width = widths(middle, mm, half_width)
    shares = np.linspace(-1.0, 1.0, SHEET_COLUMNS)
    inner, outer = [], []
    for share in shares:
        # walls at three distances from the middle stand for all columns
        knots = np.array([0.0, 0.5, 1.0]) * half_width.max()
        points, normals = across(column, walls, knots, np.abs(share) * width, mm, behind, below)
        points[:, 0] *= np.sign(share)
        thin = thickness * (1.0 - 0.75 * share**4)
        base = lifted(column, points + touch * normals, normals, touch)
        inner.append(base)
        outer.append(lifted(column, base + thin * normals, normals, touch + thin))
    mesh = slab(np.stack(inner, axis=1), np.stack(outer, axis=1))
    return soft_part(column, group, mesh, tissue=Tissue.LIGAMENT, layer=Layer.LIGAMENTS)


def floor_points(sheet_part: Part) -> Array:
    """Points (n, 3) mm on the side of a longitudinal ligament that is turned from bone, densely."""
    vertices = sheet_part.mesh.vertices
    outer = vertices[len(vertices) // 2 :].reshape(SHEET_ROWS, SHEET_COLUMNS, 3)
    return np.asarray(zoom(outer, (4, 3, 1), order=1).reshape(-1, 3))


def across(
    column: Column,
    walls: dict[float, Wall],
    knots: Array,
    x: Array,
    mm: Array,
    behind: bool,
    below: float,
) -> tuple[Array, Array]:
    """Points and normals (n, 3) on the wall at lateral distances `x` (n,) mm and heights `mm`.

    They are interpolated between walls at the `knots` (k,) mm; `walls` keeps those made so far.
    """
    rows: list[Array] = []
    normals: list[Array] = []
    for knot in knots:
        key = float(knot)
        if key not in walls:
            bulge = 0.0 if not rows else 1.0
            walls[key] = wall(column, key, behind, below + 6.0, bulge)
        point, normal = walls[key].at(like(walls[0.0], walls[key], mm))
        rows.append(point)
        normals.append(normal)
    place = np.interp(x, knots, np.arange(len(knots)))
    low = np.minimum(place.astype(int), len(knots) - 2)
    share = (place - low)[:, None]
    row = np.arange(len(x))
    points, directions = np.stack(rows, 1), np.stack(normals, 1)
    result = points[row, low] * (1.0 - share) + points[row, low + 1] * share
    result[:, 0] = x
    return result, directions[row, low] * (1.0 - share) + directions[row, low + 1] * share


def widths(middle: Wall, mm: Array, half_width: Array) -> Array:
    """Half the width (n,) mm at heights `mm` (n,): at the middle of bodies, and at discs.

    `half_width` (2,) mm: at bodies and at discs.
    """
    marks = [
        (at, name) for name, at in middle.marks.items() if not name.endswith("sacrum.superior")
    ]
    knots = [
        (at, half_width[1] if name.endswith("disc") else half_width[0])
        for at, name in marks
        if name.endswith(("disc", "middle"))
    ]
    end = middle.mark("sacrum.superior") + 14.0
    knots.append((end, half_width[0]))
    at, wide = np.array(knots).T
    taper = np.clip((mm[-1] - mm) / 12.0, 0.3, 1.0)
    result: Array = pchip(mm, at, wide) * taper
    return result


def ligament_parts(column: Column, numbers: Numbers) -> list[Part]:
    """The two longitudinal ligaments."""
    return [
        sheet(column, numbers, "anterior_longitudinal_ligament", behind=False),
        sheet(column, numbers, "posterior_longitudinal_ligament", behind=True),
    ]
