"""Places in the still pictures: computed from the meshes, as committed, and what they say."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any

import pytest

from l3s1.activities.anatomy import course_pack
from l3s1.content.paths import spots_path
from l3s1.content.spots import model_places
from l3s1.models.anatomy.still_view import DIRECTIONS, StillView, still_view

TOOL = Path(__file__).parents[3] / "tools" / "build_spots.py"
FILE: dict[str, Any] = json.loads(spots_path().read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def posterior() -> StillView:
    pack = course_pack()
    return still_view(pack.parts, pack.header["landmarks"], "posterior")


def test_the_file_is_what_the_model_gives_now() -> None:
    tool = runpy.run_path(str(TOOL))
    pack = course_pack()
    said = "run tools/build_spots.py and commit what it writes"
    assert tool["structures_of"](pack) == FILE["structures"], said
    assert {*FILE} == {"structures", *DIRECTIONS}
    for view in ("posterior", "through_foramen"):
        assert tool["spots_of"](pack, view) == FILE[view], said


def test_a_spot_lies_on_its_structure(posterior: StillView) -> None:
    for name, (x, y, _) in FILE["posterior"].items():
        assert posterior.at(x, y) == name


def test_left_is_left_from_behind_and_right_from_the_front() -> None:
    for name, (x, _, _) in FILE["posterior"].items():
        if name.endswith(".left"):
            assert x < 0.5
    for name, (x, _, _) in FILE["anterior"].items():
        if name.endswith(".left"):
            assert x > 0.5


def test_what_is_hidden_has_no_spot(posterior: StillView) -> None:
    assert posterior.spot("L4-L5.nucleus_pulposus") is None
    assert "L4.vertebral_body" not in FILE["posterior"]  # a sliver, too narrow to point at
    assert posterior.spot("psoas_major.left") is None
    assert posterior.at(0.01, 0.01) is None


def test_higher_levels_are_drawn_higher() -> None:
    heights = [FILE["posterior"][f"{bone}.lamina.left"][1] for bone in ("L2", "L3", "L4", "L5")]
    assert heights == sorted(heights)


def test_a_place_is_said_without_the_name() -> None:
    says = model_places().structures["L4.pedicle.left"].says
    assert says.startswith("bone, ")
    assert "mm left, " in says
    assert "pedicle" not in says
    assert "in the midline" in model_places().structures["L4.spinous_process"].says
