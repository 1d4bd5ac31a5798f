"""The signed distance to a mesh."""

from __future__ import annotations

import numpy as np
import pytest

from check_screws import Exact
from l3s1.models.bones.meshing import Mesh
from l3s1.models.screw_trajectory import LEVELS, ScrewAnatomy
from l3s1.models.screw_trajectory.surface import Surface, nearest, strewn


def box(half: float) -> Mesh:
    """A closed cube about the origin, `half` mm to each side."""
    corners = np.array([(i, j, k) for i in (-1, 1) for j in (-1, 1) for k in (-1, 1)], float)
    quads = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
    triangles = [t for a, b, c, d in quads for t in ((a, b, c), (a, c, d))]
    return Mesh(corners * half, np.array(triangles, np.int32))


def test_distance_to_a_cube() -> None:
    surface = Surface(box(10.0))
    points = np.array(
        [[0.0, 0.0, 9.0], [0.0, 0.0, 13.0], [13.0, 14.0, 0.0], [12.0, 12.0, 11.0], [-7.0, 1.0, 2.0]]
    )
    expected = [-1.0, 3.0, 5.0, 3.0, -3.0]
    np.testing.assert_allclose(surface.distance(points), expected, atol=1e-9)


def test_crossings_of_a_cube() -> None:
    surface = Surface(box(10.0))
    met = surface.crossings(np.array([0.5, 2.0, 3.0]), np.array([1.0, 0.0, 0.0]))
    np.testing.assert_allclose(met, [-10.5, 9.5])
    assert len(surface.crossings(np.array([0.0, 20.0, 0.0]), np.array([1.0, 0.0, 0.0]))) == 0


@pytest.mark.parametrize("level", LEVELS)
def test_distance_is_that_to_all_triangles(anatomy: ScrewAnatomy, level: str) -> None:
    surface = anatomy.bone(level).surface
    rng = np.random.default_rng(3)
    points = rng.uniform([-35.0, -25.0, -20.0], [35.0, 45.0, 20.0], (400, 3))
    found, exact = surface.distance(points), Exact(surface.mesh).distance(points)
    np.testing.assert_allclose(found, exact, atol=0.05)
    assert (np.sign(found) == np.sign(exact)).all()


@pytest.mark.parametrize("level", LEVELS)
def test_the_guess_is_rough_but_near(anatomy: ScrewAnatomy, level: str) -> None:
    surface = anatomy.bone(level).surface
    rng = np.random.default_rng(4)
    points = rng.uniform([-30.0, -30.0, -20.0], [30.0, 45.0, 20.0], (400, 3))
    far = np.abs(surface.guess(points) - surface.distance(points))
    assert np.quantile(far, 0.95) < 0.8


def test_every_corner_is_strewn() -> None:
    corners = np.array([[[0.0, 0.0, 0.0], [3.0, 0.0, 0.0], [0.0, 2.0, 0.0]]])
    points, owners = strewn(corners, 0.5)
    assert set(owners) == {0}
    for corner in corners[0]:
        assert (np.abs(points - corner).sum(axis=1) < 1e-12).any()


def test_nearest_names_face_edge_and_corner() -> None:
    triangle = np.array([[0.0, 0.0, 0.0], [4.0, 0.0, 0.0], [0.0, 4.0, 0.0]])
    points = np.array([[1.0, 1.0, 2.0], [2.0, -1.0, 0.0], [-1.0, -1.0, 0.0], [6.0, -1.0, 0.0]])
    offset, feature = nearest(points, np.repeat(triangle[:, None], 4, axis=1))
    assert feature.tolist() == [0, 1, 4, 5]
    np.testing.assert_allclose(np.linalg.norm(offset, axis=1), [2.0, 1.0, 2**0.5, 5**0.5])
