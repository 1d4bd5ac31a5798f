"""Fitting the sacrum: its frame is found, and a wrong seed comes back."""

from __future__ import annotations

import copy

import numpy as np
import pytest

from bone_reference import Samples, best_rotation, in_sacral_frame, on_surface
from build_bones import BONES, meshed, numbers_of
from fit_bones import Numbers
from fit_sacrum import SacrumFit, above_apex, swept
from l3s1.models.anatomy.pose import tilt
from l3s1.models.bones.meshing import Mesh
from l3s1.models.bones.sacrum import SWEPT, sacrum_from


@pytest.fixture(scope="module")
def mesh() -> Mesh:
    return meshed("sacrum")


def numbers() -> Numbers:
    whole = numbers_of(BONES / "sacrum.yaml")
    return {key: whole[key] for key in ("sheet", "top", *SWEPT)}


def near(mesh: Mesh, count: int) -> Samples:
    """Samples on the surface only."""
    surface, _ = on_surface(mesh, count, np.random.default_rng(0))
    return Samples(surface, np.zeros((1, 3)) - [0.0, 0.0, 8.0], np.array([-8.0]))


def test_a_sacrum_turned_and_shifted_comes_back_to_its_frame(mesh: Mesh) -> None:
    standing = mesh.vertices @ tilt(38.0).T + np.array([12.0, -60.0, 900.0])
    again = in_sacral_frame(Mesh(standing, mesh.triangles)).vertices
    # the lips are round, so the end plate's slope is known to a few degrees, its middle closely
    rotation, shift = best_rotation(mesh.vertices, again)
    assert np.degrees(np.arccos((np.trace(rotation) - 1.0) / 2.0)) < 4.0
    assert np.abs(shift).max() < 2.0
    assert np.abs(again @ rotation - shift @ rotation - mesh.vertices).max() < 1e-6


def test_a_fit_of_the_heights_recovers_from_a_wrong_seed(mesh: Mesh) -> None:
    settings = dict(numbers_of(BONES / "fit_sacrum.yaml"))
    wrong = numbers()
    settings["held"] = [*swept(wrong), "z", "rim", "edge", "ventral"]
    wrong["sheet"]["dorsal"] = [[h + 2.0 for h in row] for row in wrong["sheet"]["dorsal"]]
    fit = SacrumFit(wrong, near(mesh, 500), settings)
    before = fit.error()
    result = fit.run(3)
    assert fit.error() < 0.7 * before
    # what says where the heights lie, and what is held, stays
    kept = numbers()
    assert result["sheet"]["stations"] == kept["sheet"]["stations"]
    assert result["holes"] == kept["holes"]
    assert result["sheet"]["dorsal"] != wrong["sheet"]["dorsal"]


def test_what_lies_in_the_mirror_plane_stays_there(mesh: Mesh) -> None:
    settings = numbers_of(BONES / "fit_sacrum.yaml")
    fit = SacrumFit(numbers(), near(mesh, 50), settings)
    free = set(fit.paths)
    assert ("holes", "canal", "line", 1, 0) not in free
    assert ("holes", "canal", "up", 0, 0) not in free
    assert ("holes", "canal", "line", 1, 1) in free
    assert ("holes", "first_ventral_foramen", "up", 0, 0) in free
    assert ("top", "plate", 0) not in free


def test_samples_below_the_apex_are_left_out() -> None:
    sheet = sacrum_from(numbers()).sheet
    on = np.c_[np.zeros(3), sheet.curve([40.0, 120.0, 190.0])]
    kept = above_apex(Samples(on, on, np.zeros(3)), copy.deepcopy(numbers()))
    assert np.array_equal(kept.surface, on[:2])
    assert len(kept.around) == len(kept.distance) == 2
