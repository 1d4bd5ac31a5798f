"""The great vessels: clear of bone, on their own side, dividing and joining where facts say."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from l3s1.models.anatomy.part import Part
from l3s1.models.anatomy.skeleton import Skeleton
from l3s1.models.bones.sdf import Array
from l3s1.vocabulary import Tissue

Room = Callable[[Array, str], Array]

VESSELS = [
    "abdominal_aorta",
    "inferior_vena_cava",
    *[f"common_iliac_{kind}.{side}" for kind in ("artery", "vein") for side in ("left", "right")],
]

LEAST = 0.5
"""mm that vessels keep from every bone."""


def centre_line(part: Part) -> Array:
    """The middles (n, 3) mm of a vessel's rings."""
    sides = 14 if part.name in {"abdominal_aorta", "inferior_vena_cava"} else 12
    return np.asarray(part.mesh.vertices[:-2].reshape(-1, sides, 3).mean(axis=1))


@pytest.mark.parametrize("name", [*VESSELS, "superior_hypogastric_plexus"])
def test_vessels_clear_all_bones(soft: dict[str, Part], room: Room, name: str) -> None:
    assert room(soft[name].mesh.vertices, "standing").min() >= LEAST


def test_aorta_left_and_vena_cava_right_of_the_middle(soft: dict[str, Part]) -> None:
    aorta, cava = centre_line(soft["abdominal_aorta"]), centre_line(soft["inferior_vena_cava"])
    assert (aorta[:, 0] > 2.0).all()
    assert (cava[:, 0] < -8.0).all()
    assert soft["abdominal_aorta"].tissue == Tissue.ARTERY
    assert soft["inferior_vena_cava"].tissue == Tissue.VEIN


def test_the_aorta_divides_at_l4(skeleton: Skeleton, soft: dict[str, Part]) -> None:
    plates = skeleton.bones["L4"].plates
    own = skeleton.pose("L4").inverse()(centre_line(soft["abdominal_aorta"]))
    assert plates.resting().centre[2] < own[:, 2].min() < plates.superior.centre[2]


def test_the_iliac_veins_join_at_l5_below_the_fork_of_the_aorta(
    skeleton: Skeleton, soft: dict[str, Part]
) -> None:
    plates = skeleton.bones["L5"].plates
    cava = centre_line(soft["inferior_vena_cava"])
    own = skeleton.pose("L5").inverse()(cava)
    assert plates.resting().centre[2] < own[:, 2].min() < plates.superior.centre[2]
    lowest = cava[np.argmin(cava[:, 2])]
    assert lowest[0] < -5.0
    assert lowest[2] < centre_line(soft["abdominal_aorta"])[:, 2].min() - 10.0


def test_branches_begin_within_the_vessel_that_they_leave(soft: dict[str, Part]) -> None:
    for trunk, branch in (
        ("abdominal_aorta", "common_iliac_artery"),
        ("inferior_vena_cava", "common_iliac_vein"),
    ):
        line = centre_line(soft[trunk])
        for side in ("left", "right"):
            start = centre_line(soft[f"{branch}.{side}"])[2]
            assert np.linalg.norm(line - start, axis=1).min() < 5.0


def test_the_left_vein_crosses_behind_the_right_artery(soft: dict[str, Part]) -> None:
    vein = centre_line(soft["common_iliac_vein.left"])
    artery = centre_line(soft["common_iliac_artery.right"])
    frontal = np.linalg.norm(artery[:, None, [0, 2]] - vein[None, :, [0, 2]], axis=2)
    a, v = np.unravel_index(np.argmin(frontal), frontal.shape)
    assert frontal[a, v] < 3.0
    assert artery[a, 1] < vein[v, 1] - 8.0
    # it comes from the left and ends right of the middle
    assert vein[:, 0].max() > 20.0
    assert vein[:, 0].min() < -8.0


def test_vessels_that_cross_do_not_run_into_each_other(soft: dict[str, Part]) -> None:
    artery = centre_line(soft["common_iliac_artery.right"])[6:]
    for name in ("common_iliac_vein.left", "common_iliac_vein.right", "inferior_vena_cava"):
        line = centre_line(soft[name])
        assert np.linalg.norm(artery[:, None] - line[None], axis=2).min() > 9.5, name


def test_iliac_vessels_run_to_the_brim_on_their_own_side(
    skeleton: Skeleton, soft: dict[str, Part]
) -> None:
    promontory = skeleton.landmark("sacrum.promontory")
    for kind in ("artery", "vein"):
        for side, sign in (("left", 1.0), ("right", -1.0)):
            line = centre_line(soft[f"common_iliac_{kind}.{side}"])
            end = line[np.argmin(line[:, 2])]
            assert 20.0 < sign * end[0] < 45.0
            assert end[2] < promontory[2] + 5.0


def test_the_plexus_lies_before_l5_below_the_fork_and_before_the_left_vein(
    skeleton: Skeleton, soft: dict[str, Part]
) -> None:
    plexus = soft["superior_hypogastric_plexus"].mesh.vertices
    fork = centre_line(soft["abdominal_aorta"])[:, 2].min()
    assert plexus[:, 2].max() < fork + 2.0
    promontory = skeleton.landmark("sacrum.promontory")
    above = plexus[np.abs(plexus[:, 2] - promontory[2] - 8.0) < 6.0]
    assert above[:, 0].mean() > 0.5
    assert (above[:, 1] < promontory[1]).all()
    vein = centre_line(soft["common_iliac_vein.left"])
    frontal = np.linalg.norm(plexus[:, None, [0, 2]] - vein[None, :, [0, 2]], axis=2)
    p, v = np.unravel_index(np.argmin(frontal), frontal.shape)
    assert plexus[p, 1] < vein[v, 1] - 4.0
