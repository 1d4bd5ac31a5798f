"""The column: room to bone is a true distance, rays stop at bone, weights go from bone to bone."""

from __future__ import annotations

import numpy as np
import pytest

from l3s1.models.anatomy.column import (
    Column,
    fitted,
    reach,
    relaxed,
    settled_line,
    smoothstep,
    surface_of,
    surface_samples,
)
from l3s1.models.anatomy.tubes import rings, section, tube
from l3s1.models.bones.sdf import Array

LINE = np.c_[np.zeros(41), np.zeros(41), np.linspace(0.0, 40.0, 41)]
CYLINDER = tube(LINE, np.full((41, 2), 5.0), np.array([1.0, 0.0, 0.0]), sides=64)


def ball(p: Array) -> Array:
    """Distance (n,) mm to a ball of radius 4 mm about (10, 0, 20)."""
    return np.asarray(np.linalg.norm(p - [10.0, 0.0, 20.0], axis=1) - 4.0)


def test_distance_to_a_mesh_is_true_on_both_sides() -> None:
    surface = surface_of(CYLINDER)
    points = np.array([[x, 0.0, 20.3] for x in (0.5, 3.0, 4.6, 5.4, 8.0, 15.0)])
    assert surface.distance(points) == pytest.approx(points[:, 0] - 5.0, abs=0.05)


def test_samples_lie_on_the_mesh_with_its_normals() -> None:
    points, normals = surface_samples(CYLINDER, 0.5)
    wall = (points[:, 2] > 1.0) & (points[:, 2] < 39.0)
    assert np.linalg.norm(points[wall, :2], axis=1) == pytest.approx(5.0, abs=0.02)
    outward = points[wall, :2] / np.linalg.norm(points[wall, :2], axis=1, keepdims=True)
    assert (normals[wall, :2] * outward).sum(axis=1).min() > 0.99


def test_rays_stop_before_bone_or_at_their_end() -> None:
    origin = np.zeros((3, 3)) + np.array([0.0, 0.0, 20.0])
    ray = np.array([[1.0, 0, 0], [0, 1.0, 0], [-1.0, 0, 0]])
    gone = reach(ball, origin, ray, np.array([50.0, 7.0, 7.0]), 1.0)
    assert gone == pytest.approx([5.0, 7.0, 7.0], abs=0.3)
    assert ball(origin + gone[:, None] * ray).min() >= 1.0
    assert reach(ball, np.array([[10.0, 0, 20.0]]), ray[:1], np.array([9.0]), 1.0) == 0.0


def test_rings_are_drawn_in_where_bone_is_near_and_kept_elsewhere() -> None:
    target = rings(LINE, np.full((41, 2), 8.0), np.array([1.0, 0.0, 0.0]), section(16))
    fit = fitted(ball, LINE, target, 0.5, rounds=8)
    assert ball(fit.reshape(-1, 3)).min() >= 0.5
    assert np.allclose(fit[:, 8], target[:, 8])
    assert np.linalg.norm(fit[20, 0] - LINE[20]) < 6.0


def test_smoothing_keeps_the_ends() -> None:
    rough = np.array([[0.0, 0], [1, 4], [2, 0], [3, 4], [4, 0]])
    smooth = relaxed(rough)
    assert np.array_equal(smooth[[0, -1]], rough[[0, -1]])
    assert np.ptp(smooth[:, 1]) < 3.0
    assert smoothstep(np.array([-1.0, 0.0, 0.5, 1.0, 2.0])) == pytest.approx([0, 0, 0.5, 1, 1])


def test_room_agrees_with_the_fields_of_lumbar_bones_near_them(column: Column) -> None:
    bone = column.skeleton.bones["L4"]
    points = bone.vertices()[::40]
    away = points - points.mean(axis=0)
    outside = points + 1.5 * away / np.linalg.norm(away, axis=1, keepdims=True)
    read, field = column.room_to("L4", outside), bone.distance(outside)
    assert np.median(np.abs(read - field)) < 0.15


def test_a_line_through_bone_is_pushed_out_of_it_in_every_pose(column: Column) -> None:
    pedicle = column.skeleton.landmark("L4.pedicle.left")
    line = pedicle + np.array([0.0, 0.0, -1.0]) * np.linspace(-4.0, 22.0, 40)[:, None]
    line = line + np.array([-6.0, 3.0, 0.0])
    radii = np.full(len(line), 1.5)
    assert column.room(line).min() < 0.0
    moved = settled_line(column, line, radii, 0.5)
    assert column.room(moved).min() > 1.7


def test_weights_pass_from_bone_to_bone_down_the_column(column: Column) -> None:
    discs = ("L2-L3", "L3-L4", "L4-L5", "L5-S1")
    for k, name in enumerate(discs):
        weights = column.weights(column.skeleton.landmark(f"{name}.disc")[None])[0]
        assert weights.sum() == pytest.approx(1.0)
        assert 0.25 < weights[k] < 0.75
        assert weights[[i for i in range(5) if i not in (k, k + 1)]].max() < 0.05
    for k, name in enumerate(("L2", "L3", "L4", "L5")):
        middle = column.skeleton.pose(name).shift[None]
        assert column.weights(middle)[0, k] > 0.95


def test_points_carried_by_one_bone_move_with_it(column: Column) -> None:
    point = column.skeleton.landmark("L3.pedicle.left")[None]
    weights = np.eye(5)[1:2]
    moved = column.posed(point, weights, "supine")[0]
    assert moved == pytest.approx(column.skeleton.landmark("L3.pedicle.left", "supine"))
