"""How a screw in its bone looks."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from l3s1.models.bones.section import area_and_centre
from l3s1.models.screw_trajectory import LEVELS, ScrewAnatomy, draw
from l3s1.models.screw_trajectory.breach import outline_distance
from l3s1.models.screw_trajectory.views import hull, silhouettes, thinned_line
from l3s1.vocabulary import Side

MOST_BYTES = 12_000


@pytest.mark.parametrize("level", LEVELS)
def test_pictures_are_small_and_hold_the_screw(anatomy: ScrewAnatomy, level: str) -> None:
    plan = anatomy.bone(level).reference_plan(Side.LEFT, 6.5, 45.0)
    pictures = draw(anatomy.bone(level), plan)
    assert len(json.dumps(pictures, allow_nan=False)) < MOST_BYTES
    for name in ("axial", "sagittal"):
        screw = np.array(pictures[name]["screw"])
        assert abs(area_and_centre(screw)[0]) == pytest.approx(6.5 * 45.0, rel=0.03)
        # its deep half lies in the bone that is drawn
        bone = max((np.array(line) for line in pictures[name]["bone"]), key=len)
        assert outline_distance(bone, screw[1:3]).max() < 0.0
    assert pictures["axial"]["beside"]


@pytest.mark.parametrize("level", ["L3", "L4", "L5"])
def test_from_behind_the_screw_runs_through_the_ring_of_the_pedicle(
    anatomy: ScrewAnatomy, level: str
) -> None:
    bone = anatomy.bone(level)
    for side, sign in ((Side.LEFT, 1.0), (Side.RIGHT, -1.0)):
        seen = draw(bone, bone.reference_plan(side, 6.5, 45.0))["posterior"]
        entry, tip = np.array(seen["entry"]), np.array(seen["tip"])
        assert sign * entry[0] > sign * tip[0] > 0.0
        assert seen["reference"] == pytest.approx(entry.tolist(), abs=0.2)
        assert outline_distance(np.array(seen["pedicle"]), ((entry + tip) / 2.0)[None])[0] < 0.0
        assert outline_distance(np.array(seen["bone"][0]), entry[None])[0] < 0.0


def test_the_silhouette_is_as_wide_as_the_bone(anatomy: ScrewAnatomy) -> None:
    bone = anatomy.bone("L4")
    seen = draw(bone, bone.reference_plan(Side.LEFT, 6.5, 45.0))["posterior"]
    (line,) = (np.array(line) for line in seen["bone"])
    assert np.ptp(line[:, 0]) == pytest.approx(np.ptp(bone.surface.mesh.vertices[:, 0]), abs=2.0)


def test_medial_is_nearer_the_midline_in_the_view_from_behind(anatomy: ScrewAnatomy) -> None:
    bone = anatomy.bone("L4")
    plan = replace(bone.reference_plan(Side.RIGHT, 6.5, 45.0), medial_mm=3.0)
    seen = draw(bone, plan)["posterior"]
    assert seen["entry"][0] == pytest.approx(seen["reference"][0] + 3.0, abs=0.2)


def test_silhouettes_of_a_disc_and_a_far_square() -> None:
    grid = np.stack(np.meshgrid(np.arange(-10, 10.1, 0.4), np.arange(-10, 10.1, 0.4)), -1)
    grid = grid.reshape(-1, 2)
    disc = grid[(grid**2).sum(axis=1) < 64.0]
    lines = silhouettes(np.concatenate([disc, grid * 0.5 + [40.0, 0.0]]))
    areas = sorted(area_and_centre(line)[0] for line in lines)
    assert areas[0] == pytest.approx(100.0, rel=0.25)
    assert areas[1] == pytest.approx(np.pi * 64.0, rel=0.2)


def test_thinning_keeps_a_line_within_its_tolerance() -> None:
    turn = np.linspace(0.0, 2.0 * np.pi, 200, endpoint=False)
    circle = np.stack([np.cos(turn), np.sin(turn)], axis=1) * 20.0
    thin = thinned_line(circle, 0.25)
    assert len(thin) < 40
    assert np.abs(outline_distance(thin, circle)).max() <= 0.25 + 1e-9


def test_hull_of_a_square() -> None:
    points = np.array([[0, 0], [2, 0], [2, 2], [0, 2], [1, 1], [1, 0]], float)
    assert area_and_centre(hull(points))[0] == pytest.approx(4.0)
    assert len(hull(points)) == 4
