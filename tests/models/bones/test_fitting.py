"""The fitting tool: reads meshes, finds a bone's own frame, and improves its numbers."""

from __future__ import annotations

import copy
from pathlib import Path

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from bone_reference import in_own_frame, inside, read_ply, sampled
from build_bones import BONES, build, numbers_of
from fit_bones import Fit, Numbers, is_free, rounded, straightened
from l3s1.models.bones.meshing import Mesh


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The PLY file of L4."""
    folder = tmp_path_factory.mktemp("bones")
    build(folder, ["L4"])
    return folder / "L4.ply"


@pytest.fixture(scope="module")
def mesh(built: Path) -> Mesh:
    return read_ply(built)


def numbers() -> Numbers:
    whole = numbers_of(BONES / "L4.yaml")
    return {"body": whole["body"], "parts": whole["parts"]}


def test_a_bone_turned_and_shifted_comes_back_to_its_frame(mesh: Mesh) -> None:
    upright = in_own_frame(mesh)
    turned = Rotation.from_euler("xyz", [11.0, -6.0, 8.0], degrees=True).apply(mesh.vertices)
    again = in_own_frame(Mesh(turned + np.array([30.0, -12.0, 400.0]), mesh.triangles))
    assert np.abs(again.vertices - upright.vertices).max() < 0.5
    # its own mirror plane is x = 0, its mid-height z = 0: as the numbers have it
    assert np.abs(upright.vertices[:, 0].max() + upright.vertices[:, 0].min()) < 0.3
    assert np.abs(upright.vertices - mesh.vertices).max() < 3.0


def test_samples_know_inside_from_outside(mesh: Mesh) -> None:
    body_canal_above = np.array([[0.0, 0.0, 0.0], [0.0, 25.0, 5.0], [0.0, 0.0, 40.0]])
    assert inside(mesh, body_canal_above).tolist() == [True, False, False]


def test_a_fit_recovers_from_a_wrong_seed(mesh: Mesh) -> None:
    settings = numbers_of(BONES / "fit.yaml")
    samples = sampled(mesh, 400)
    wrong = numbers()
    wrong["body"]["half_width"] = [w + 1.5 for w in wrong["body"]["half_width"]]
    fit = Fit(wrong, samples, settings)
    before = fit.error()
    result = fit.run(3)
    assert fit.error() < 0.6 * before
    # what lies on the mirror plane stays there
    assert all(knot[0] == 0.0 for knot in result["parts"]["spinous_process"]["line"])
    assert not is_free(("parts", "lamina", "line", 2, 0), 0.0)


def test_a_straightened_process_ends_at_the_tip(mesh: Mesh) -> None:
    bent = numbers()
    for knot in bent["parts"]["transverse_process"]["line"]:
        knot[2] += 10.0
    kept = copy.deepcopy(bent)
    samples = sampled(mesh, 400)
    part = straightened(bent, samples)["parts"]["transverse_process"]
    assert bent == kept
    assert part["line"][0] == bent["parts"]["transverse_process"]["line"][0]
    reach = np.abs(samples.surface[:, 0]).max()
    assert part["line"][-1][0] == pytest.approx(reach - part["caps"][1])


def test_numbers_are_written_short() -> None:
    assert rounded({"a": [1.2345678, -0.0]}) == {"a": [1.2346, 0.0]}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"solid bone\n", "not a binary little-endian PLY"),
        (b"ply\nformat ascii 1.0\nend_header\n", "not a binary little-endian PLY"),
        (
            b"ply\nformat binary_little_endian 1.0\nelement vertex 3\nend_header\n",
            r"give vertices, then faces",
        ),
    ],
)
def test_other_files_are_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "bone.ply"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=message):
        read_ply(path)


def test_a_file_cut_short_is_refused(tmp_path: Path, built: Path) -> None:
    path = tmp_path / "bone.ply"
    path.write_bytes(built.read_bytes()[:-100])
    with pytest.raises(ValueError, match="too short"):
        read_ply(path)
