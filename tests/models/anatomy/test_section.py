"""The spine cut by a plane: rings that close, areas that are right, corridors that meet."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from skimage.measure import marching_cubes

from l3s1.models.anatomy.section import (
    Outline,
    Plane,
    area_met,
    cut_mesh,
    disc_plane,
    inside,
    signed_area,
    simplified,
    strip_ring,
    wound,
)
from l3s1.models.bones.meshing import Mesh
from l3s1.models.bones.sdf import Array
from l3s1.vocabulary import Tissue

RADIUS_MM = 10.0
LEVEL = Plane(np.array([0.0, 0.0, 3.0]), np.array([1.0, 0.0, 0.0]), np.array([0.0, 1.0, 0.0]))


def ball() -> Mesh:
    axis = np.arange(-14.0, 14.5, 0.5)
    x, y, z = np.meshgrid(axis, axis, axis, indexing="ij")
    away = np.sqrt(x**2 + y**2 + z**2)
    vertices, triangles, *_ = marching_cubes(away, RADIUS_MM)  # type: ignore[no-untyped-call]
    return Mesh(vertices * 0.5 - 14.0, triangles)


def area(ring: Array) -> float:
    x, y = ring.T
    return abs(float(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1)))) / 2.0


def test_a_ball_is_cut_in_one_circle_of_the_right_size() -> None:
    (ring,) = cut_mesh(ball(), LEVEL)
    radius = math.sqrt(RADIUS_MM**2 - 3.0**2)
    assert np.hypot(*ring.T) == pytest.approx(radius, abs=0.05)
    assert area(ring) == pytest.approx(math.pi * radius**2, rel=0.01)


def test_a_plane_beside_a_mesh_cuts_nothing() -> None:
    beside = Plane(np.array([0.0, 0.0, 30.0]), LEVEL.x, LEVEL.y)
    assert cut_mesh(ball(), beside) == []


def test_a_mesh_with_a_hole_is_refused() -> None:
    whole = ball()
    middle = whole.vertices[whole.triangles].mean(1)
    torn = Mesh(whole.vertices, whole.triangles[~((middle[:, 0] > 8.0) & (middle[:, 2] > 0.0))])
    with pytest.raises(ValueError, match="not closed"):
        cut_mesh(torn, LEVEL)


@given(st.floats(0.05, 3.0))
def test_a_simplified_ring_stays_within_its_distance(within: float) -> None:
    turn = np.linspace(0.0, 2.0 * math.pi, 240, endpoint=False)
    ring = np.column_stack([20.0 * np.cos(turn), 12.0 * np.sin(turn)])
    fewer = simplified(ring, within)
    assert 3 <= len(fewer) <= len(ring)
    ends = np.roll(fewer, -1, axis=0)
    along = ends - fewer
    off = ring[:, None] - fewer
    share = np.clip((off * along).sum(2) / (along**2).sum(1), 0.0, 1.0)
    distance = np.hypot(*np.moveaxis(off - share[..., None] * along, 2, 0)).min(1)
    assert distance.max() <= within + 1e-9


def test_inside_leaves_holes_out() -> None:
    outer = np.array([[-5.0, -5.0], [5.0, -5.0], [5.0, 5.0], [-5.0, 5.0]])
    hole = outer / 5.0
    points = np.array([[3.0, 3.0], [0.0, 0.0], [9.0, 0.0]])
    assert inside(points, [outer, hole]).tolist() == [True, False, False]


@given(st.booleans(), st.booleans())
def test_outer_rings_turn_one_way_and_holes_the_other(outer_back: bool, hole_back: bool) -> None:
    square = np.array([[-5.0, -5.0], [5.0, -5.0], [5.0, 5.0], [-5.0, 5.0]])
    outer = square[::-1] if outer_back else square
    hole = (square[::-1] if hole_back else square) / 5.0
    turned = wound([outer, hole, square + 20.0])
    assert [round(signed_area(ring), 9) for ring in turned] == [100.0, -4.0, 100.0]


@pytest.mark.parametrize(
    ("from_deg", "far"),
    [(0.0, (0.0, -30.0)), (90.0, (30.0, 0.0)), (180.0, (0.0, 30.0)), (270.0, (-30.0, 0.0))],
)
def test_a_strip_comes_from_where_it_says(from_deg: float, far: tuple[float, float]) -> None:
    ring = strip_ring((0.0, 0.0), from_deg, 8.0, 30.0)
    assert ring[:2].mean(0) == pytest.approx((0.0, 0.0), abs=1e-9)
    assert ring[2:].mean(0) == pytest.approx(far, abs=1e-9)
    assert area(ring) == pytest.approx(240.0)


def test_the_area_met_is_that_of_the_overlap() -> None:
    square = np.array([[-10.0, -10.0], [10.0, -10.0], [10.0, 10.0], [-10.0, 10.0]])
    outline = Outline("square", Tissue.BONE, (square,))
    assert area_met(outline, strip_ring((0.0, 0.0), 90.0, 8.0, 30.0)) == pytest.approx(
        80.0, rel=0.03
    )
    assert area_met(outline, strip_ring((40.0, 0.0), 90.0, 8.0, 30.0)) == 0.0


def test_the_plane_of_a_disc_has_left_and_posterior_as_its_axes() -> None:
    plane = disc_plane({"centre": [0, 1, 2], "forward": [0, -0.8, -0.6]})
    left_and_behind = plane.flat(np.array([[5.0, 1.0 + 0.8 * 3.0, 2.0 + 0.6 * 3.0]]))
    assert left_and_behind[0] == pytest.approx((5.0, 3.0))
