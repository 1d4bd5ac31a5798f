"""Virtual callipers: sections of known solids, and readings of the vertebrae."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from l3s1.models.bones.callipers import DIMENSIONS, levelled, measured, read_bone
from l3s1.models.bones.meshing import Mesh
from l3s1.models.bones.sdf import Array
from l3s1.models.bones.section import (
    area_and_centre,
    crossings,
    length_inside,
    pieces_below,
    section,
    smallest_rectangle,
)

LUMBAR = ["L2", "L3", "L4", "L5"]
X, Y, Z = np.eye(3)
DOCUMENT = Path(__file__).parents[3] / "docs" / "bones.md"


def ring(large: float, small: float, count: int = 60) -> Mesh:
    """A torus about z."""
    around, tube = np.meshgrid(np.arange(count), np.arange(count), indexing="ij")
    a, b = (2.0 * np.pi * (each + 0.25) / count for each in (around, tube))
    r = large + small * np.cos(b)
    vertices = np.stack([r * np.cos(a), r * np.sin(a), small * np.sin(b)], -1).reshape(-1, 3)
    i = around * count + tube
    j, k = ((around + 1) % count) * count + tube, around * count + (tube + 1) % count
    m = ((around + 1) % count) * count + (tube + 1) % count
    triangles = np.r_[
        np.stack([i, j, m], -1).reshape(-1, 3), np.stack([i, m, k], -1).reshape(-1, 3)
    ]
    return Mesh(vertices, triangles.astype(np.int32))


def test_a_section_of_a_ring_has_an_outline_and_a_hole() -> None:
    areas = sorted(area_and_centre(o)[0] for o in section(ring(20.0, 5.0), np.zeros(3), X, Y))
    assert areas == pytest.approx([-np.pi * 15.0**2, np.pi * 25.0**2], rel=0.01)


def test_a_section_across_a_ring_has_two_outlines() -> None:
    found = [area_and_centre(o) for o in section(ring(20.0, 5.0), np.zeros(3), Y, Z)]
    assert [area for area, _ in found] == pytest.approx([np.pi * 25.0] * 2, rel=0.01)
    assert sorted(centre[0] for _, centre in found) == pytest.approx([-20.0, 20.0], abs=0.1)


def test_a_plane_beside_the_mesh_cuts_nothing() -> None:
    assert section(ring(20.0, 5.0), np.array([0.0, 0.0, 9.0]), X, Y) == []


def test_an_open_mesh_is_refused() -> None:
    whole = ring(20.0, 5.0)
    with pytest.raises(ValueError, match="not closed"):
        section(Mesh(whole.vertices, whole.triangles[60:]), np.zeros(3), X, Y)


U_SHAPE = np.array(
    [[0.0, 0.0], [9.0, 0.0], [9.0, 9.0], [7.0, 9.0], [7.0, 2.0], [3.0, 2.0], [3.0, 9.0], [0.0, 9.0]]
)


def test_lines_and_pieces_of_an_outline() -> None:
    assert crossings([U_SHAPE], 1, 5.0).tolist() == [0.0, 3.0, 7.0, 9.0]
    assert length_inside(U_SHAPE, 1, 5.0) == pytest.approx(5.0)
    assert length_inside(U_SHAPE, 0, 5.0) == pytest.approx(2.0)
    (low,) = pieces_below([U_SHAPE], 5.0)
    assert area_and_centre(low)[0] == pytest.approx(18.0 + 3.0 * 3.0 + 3.0 * 2.0)
    upside_down = (U_SHAPE * [1.0, -1.0])[::-1]
    legs = pieces_below([upside_down], -5.0)
    assert sorted(area_and_centre(leg)[0] for leg in legs) == pytest.approx([8.0, 12.0])


@pytest.mark.parametrize("angle", [0.0, 20.0, 75.0])
def test_the_smallest_rectangle_turns_with_the_outline(angle: float) -> None:
    cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    corners = np.array([[-2.0, -5.0], [2.0, -5.0], [2.0, 5.0], [-2.0, 5.0]])
    short, long, direction = smallest_rectangle(corners @ np.array([[cos, sin], [-sin, cos]]))
    assert (short, long) == pytest.approx((4.0, 10.0))
    assert abs(direction @ [-sin, cos]) == pytest.approx(1.0)


def widest_of_vertices(points: Array) -> float:
    return float(np.ptp(points[:, 0]))


@pytest.mark.parametrize("bone", LUMBAR)
def test_readings_agree_with_the_vertices(bone: str, templates: dict[str, Mesh]) -> None:
    """Widths, depths and spans by other means: the extent of slices of vertices."""
    mesh = levelled(templates[bone])
    readings, marks = measured(mesh)
    v = mesh.vertices
    front = v[(v[:, 1] < 3.0) & (np.abs(v[:, 0]) < 32.0)]
    for plate, z in (("upper", front[front[:, 2] > 7.0]), ("lower", front[front[:, 2] < -7.0])):
        assert readings[f"{plate}_end_plate_width_mm"] == pytest.approx(
            widest_of_vertices(z), abs=1.0
        )
    middle = v[np.abs(v[:, 0]) < 1.5]
    body = middle[middle[:, 1] < marks.wall + 3.0]
    depth = max(readings["upper_end_plate_depth_mm"], readings["lower_end_plate_depth_mm"])
    assert depth == pytest.approx(np.ptp(body[:, 1]), abs=3.5)
    assert readings["transverse_process_span_mm"] == pytest.approx(2.0 * v[:, 0].max(), abs=0.02)


@pytest.mark.parametrize("bone", LUMBAR)
def test_readings_do_not_depend_on_where_the_bone_lies(
    bone: str, templates: dict[str, Mesh]
) -> None:
    mesh = levelled(templates[bone])
    turn = Rotation.from_euler("x", 9.0, degrees=True)
    moved = Mesh(turn.apply(mesh.vertices) + np.array([0.0, 12.0, -40.0]), mesh.triangles)
    first, second = read_bone(mesh), read_bone(moved)
    assert all(abs(first[name] - second[name]) < 0.3 for name in DIMENSIONS)


@pytest.mark.parametrize("bone", LUMBAR)
def test_left_and_right_of_a_symmetric_bone_read_alike(
    bone: str, templates: dict[str, Mesh]
) -> None:
    both, left = read_bone(templates[bone]), read_bone(templates[bone], symmetric=True)
    assert all(abs(both[name] - left[name]) < 0.3 for name in DIMENSIONS)


def test_a_larger_bone_reads_larger(templates: dict[str, Mesh]) -> None:
    mesh = templates["L4"]
    readings = read_bone(mesh)
    larger = read_bone(Mesh(mesh.vertices * 1.1, mesh.triangles))
    for name in DIMENSIONS:
        factor = 1.0 if name.endswith("_deg") else 1.1
        assert larger[name] == pytest.approx(readings[name] * factor, abs=0.6), name


def test_what_is_no_vertebra_is_refused(templates: dict[str, Mesh]) -> None:
    mesh = templates["L4"]
    with pytest.raises(ValueError, match="no vertebral body and spinous process at x = 0"):
        read_bone(Mesh(mesh.vertices + 80.0 * X, mesh.triangles))
    with pytest.raises(ValueError, match="no vertebral body and spinous process at x = 0"):
        read_bone(ring(20.0, 5.0))


def test_every_dimension_is_documented() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert [name for name in DIMENSIONS if f"| `{name}` |" not in text] == []
