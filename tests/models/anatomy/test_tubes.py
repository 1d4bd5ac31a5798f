"""Tubes, lofts, bands and slabs are closed, face outward, and have the size that was asked for."""

from __future__ import annotations

import numpy as np
import pytest

from l3s1.models.anatomy.tubes import (
    along,
    band,
    chord,
    curve,
    even,
    frames,
    joined,
    loft,
    mirror_image,
    outward,
    rings,
    section,
    slab,
    tube,
    volume,
)
from l3s1.models.bones.meshing import Mesh, edge_report

UP = np.array([1.0, 0.0, 0.0])
LINE = np.c_[np.zeros(21), np.zeros(21), np.linspace(0.0, 40.0, 21)]
BEND = np.c_[0.02 * np.linspace(0, 40, 21) ** 2, np.zeros(21), np.linspace(0.0, 40.0, 21)]


def test_a_tube_is_closed_and_encloses_what_its_half_axes_say() -> None:
    mesh = tube(LINE, np.tile([6.0, 3.0], (21, 1)), UP, sides=48)
    assert edge_report(mesh) == (True, 0)
    straight = np.pi * 6.0 * 3.0 * 40.0
    ends = 4.0 / 3.0 * np.pi * 6.0 * 3.0 * 4.5
    assert volume(mesh) == pytest.approx(straight + ends, rel=0.03)
    # the first half-axis lies along `up`
    assert np.ptp(mesh.vertices[:, 0]) == pytest.approx(12.0)
    assert np.ptp(mesh.vertices[:, 1]) == pytest.approx(6.0)


def test_a_bent_tube_keeps_its_radius() -> None:
    mesh = tube(BEND, np.full((21, 2), 2.0), np.array([0.0, 1.0, 0.0]), sides=12)
    assert edge_report(mesh) == (True, 0)
    fine = curve(BEND, 400)
    apart = np.linalg.norm(mesh.vertices[:, None] - fine[None], axis=2).min(axis=1)
    assert apart.max() == pytest.approx(2.0, abs=0.05)


def test_a_square_section_holds_more_than_a_round_one() -> None:
    round_one, square = section(16), section(16, 4.0)
    assert np.allclose(np.linalg.norm(round_one, axis=1), 1.0)
    assert np.allclose(square[::4], round_one[::4])
    assert (np.linalg.norm(square, axis=1)[2::4] > 1.1).all()


def test_a_band_is_a_closed_ring() -> None:
    angle = np.linspace(0.0, 2.0 * np.pi, 24, endpoint=False)
    centre = 10.0 * np.c_[np.cos(angle), np.sin(angle), 0.0 * angle]
    away = centre / 10.0
    outline = section(8)
    around = (
        centre[:, None]
        + outline[None, :, 0:1] * away[:, None]
        + outline[None, :, 1:2] * np.array([0.0, 0.0, 1.0])
    )
    mesh = band(around)
    assert edge_report(mesh) == (True, 1)
    assert volume(mesh) == pytest.approx(2.0 * np.pi**2 * 10.0, rel=0.12)


def test_a_slab_is_closed_between_its_two_sides() -> None:
    x, y = np.meshgrid(np.linspace(0, 6, 7), np.linspace(0, 4, 5), indexing="ij")
    low = np.stack([x, y, 0.0 * x], axis=-1)
    mesh = slab(low, low + np.array([0.0, 0.0, 2.0]))
    assert edge_report(mesh) == (True, 0)
    assert volume(mesh) == pytest.approx(6.0 * 4.0 * 2.0)
    swapped = slab(low + np.array([0.0, 0.0, 2.0]), low)
    assert edge_report(swapped) == (True, 0)
    assert volume(swapped) == pytest.approx(48.0)


def test_a_loft_between_poles_is_closed_whichever_way_its_rings_turn() -> None:
    around = rings(LINE, np.tile([3.0, 3.0], (21, 1)), UP, section(10))
    for each in (around, around[:, ::-1]):
        mesh = loft(each, LINE[0], LINE[-1])
        assert edge_report(mesh) == (True, 0)
        assert volume(mesh) > 0.0


def test_joined_meshes_and_mirror_images_stay_closed() -> None:
    one = tube(LINE, np.full((21, 2), 2.0), UP, sides=8)
    other = mirror_image(Mesh(one.vertices + np.array([10.0, 0.0, 0.0]), one.triangles))
    both = joined([one, other])
    assert edge_report(both)[0]
    assert volume(both) == pytest.approx(2.0 * volume(one))
    assert volume(other) == pytest.approx(volume(one))
    assert other.vertices[:, 0].mean() == pytest.approx(-one.vertices[:, 0].mean() - 10.0)
    turned = Mesh(one.vertices, one.triangles[:, ::-1])
    assert volume(turned) == pytest.approx(-volume(one))
    assert volume(outward(turned)) == pytest.approx(volume(one))


def test_a_curve_goes_through_its_knots_in_even_steps() -> None:
    knots = np.array([[0.0, 0, 0], [0, 5, 10], [0, 0, 20], [3, 0, 40]])
    line = curve(knots, 200)
    near = np.linalg.norm(line[:, None] - knots[None], axis=2).min(axis=0)
    assert near.max() < 0.2
    steps = np.diff(chord(line))
    assert steps.max() / steps.min() < 1.02
    assert np.allclose(even(line, 11)[[0, -1]], knots[[0, -1]])


def test_values_along_a_line_meet_their_knots_and_do_not_overshoot() -> None:
    values = along(LINE, [0.0, 0.5, 1.0], np.array([1.0, 3.0, 3.0]))
    assert values[0] == pytest.approx(1.0)
    assert values[10] == pytest.approx(3.0)
    assert values.max() <= 3.0 + 1e-12


def test_frames_are_square_to_the_line() -> None:
    tangent, first, second = frames(BEND, np.array([0.0, 1.0, 0.3]))
    for one, other in ((tangent, first), (first, second), (second, tangent)):
        assert np.abs((one * other).sum(axis=1)).max() < 1e-12
    assert np.allclose(np.linalg.norm(second, axis=1), 1.0)
