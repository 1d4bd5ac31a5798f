"""A person's bone: callipers read back what was given, and the bone stays a bone."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l3s1.models.bones.callipers import DIMENSIONS, levelled, measured, read_bone
from l3s1.models.bones.meshing import Mesh, edge_report
from l3s1.models.bones.person import (
    OFFSETS,
    ReadingError,
    accepted,
    check_readings,
    completed,
    mean_ratio,
    person_bone,
    tolerance,
)
from l3s1.models.bones.person_sacrum import SACRUM_DIMENSIONS, person_sacrum, read_sacrum
from l3s1.models.bones.sdf import Array
from l3s1.models.bones.warp import Plan, depths, heights, widths
from l3s1.models.bones.whole_person import checked, person_bones

LUMBAR = ["L2", "L3", "L4", "L5"]

BROAD: Mapping[str, float] = {
    "upper_end_plate_width_mm": 1.08,
    "lower_end_plate_width_mm": 1.07,
    "waist_width_mm": 1.05,
    "upper_end_plate_depth_mm": 1.06,
    "lower_end_plate_depth_mm": 1.03,
    "waist_depth_mm": 1.04,
    "anterior_body_height_mm": 0.93,
    "posterior_body_height_mm": 0.97,
    "central_body_height_mm": 0.92,
    "pedicle_width_mm": 1.1,
    "pedicle_height_mm": 0.94,
    "canal_width_mm": 1.04,
    "canal_depth_mm": 0.9,
    "transverse_process_span_mm": 1.1,
    "spinous_process_length_mm": 0.95,
    "overall_height_mm": 0.97,
}
"""A broad, low bone with strong pedicles: ratios to the template."""

SHIFTS: Mapping[str, float] = {
    "pedicle_transverse_angle_deg": 3.0,
    "pedicle_height_above_centre_mm": 0.5,
    "spinous_tip_height_mm": -2.0,
}


def changed(
    readings: Mapping[str, float], ratios: Mapping[str, float], shifts: Mapping[str, float]
) -> dict[str, float]:
    return {
        **{name: readings[name] * ratio for name, ratio in ratios.items()},
        **{name: readings[name] + shift for name, shift in shifts.items()},
    }


@pytest.mark.parametrize("bone", LUMBAR)
@pytest.mark.parametrize("invert", [False, True])
def test_callipers_read_back_a_broad_and_a_slender_bone(
    bone: str, invert: bool, templates: dict[str, Mesh]
) -> None:
    readings = read_bone(templates[bone], symmetric=True)
    sign = -1.0 if invert else 1.0
    wanted = changed(
        readings,
        {name: ratio**sign for name, ratio in BROAD.items()},
        {name: shift * sign for name, shift in SHIFTS.items()},
    )
    made = person_bone(templates[bone], wanted)
    found = read_bone(made.mesh)
    over = {name: found[name] - value for name, value in wanted.items()}
    assert {n: miss for n, miss in over.items() if abs(miss) > tolerance(n)} == {}
    assert made.missed == {}
    assert edge_report(made.mesh) == (True, 1)


@st.composite
def people(draw: st.DrawFn) -> tuple[str, float, dict[str, float], dict[str, float]]:
    """A bone, its size, and by name what is measured: ratios and shifts."""
    bone = draw(st.sampled_from(LUMBAR))
    size = draw(st.floats(0.9, 1.12))
    # what two others determine is left out: it need not go with them
    names = [n for n in DIMENSIONS if n not in ("pedicle_distance_mm", "overall_depth_mm")]
    chosen = draw(st.lists(st.sampled_from(names), min_size=1, max_size=len(names), unique=True))
    ratios = {n: size * draw(st.floats(0.96, 1.04)) for n in chosen if n not in OFFSETS}
    shifts = {n: draw(st.floats(-1.0, 1.0)) * SHIFTS[n] for n in chosen if n in OFFSETS}
    return bone, size, ratios, shifts


@settings(max_examples=8, deadline=None, derandomize=True)
@given(person=people())
def test_any_subset_of_readings_is_read_back(
    person: tuple[str, float, dict[str, float], dict[str, float]], templates: dict[str, Mesh]
) -> None:
    bone, _, ratios, shifts = person
    template = read_bone(templates[bone], symmetric=True)
    wanted = changed(template, ratios, shifts)
    check_readings(bone, wanted, template)
    made = person_bone(templates[bone], wanted)
    assert made.missed == {}
    assert edge_report(made.mesh) == (True, 1)


def slopes(step: object, p: Array, axis: int, plan: Plan) -> Array:
    """How much each point's new coordinate grows with the old one, along `axis`."""
    assert callable(step)
    ahead = p.copy()
    ahead[:, axis] += 0.01
    result: Array = (step(ahead, plan) - step(p, plan)) / 0.01
    return result


@settings(max_examples=15, deadline=None, derandomize=True)
@given(person=people())
def test_the_warp_never_folds(
    person: tuple[str, float, dict[str, float], dict[str, float]], templates: dict[str, Mesh]
) -> None:
    """Each step grows with the coordinate it moves, all over and around the bone."""
    bone, _, ratios, shifts = person
    readings, marks = measured(levelled(templates[bone]), symmetric=True)
    # far more than people differ
    strong = {name: ratio**1.5 for name, ratio in ratios.items()}
    full = completed(
        changed(readings, strong, {n: 2.0 * s for n, s in shifts.items()}), readings, marks
    )
    plan = Plan(readings, marks, full, full)
    axes = [np.arange(0.5, 56.0, 2.0), np.arange(-30.0, 78.0, 2.0), np.arange(-40.0, 30.0, 2.0)]
    p = np.stack(np.meshgrid(*axes, indexing="ij"), -1).reshape(-1, 3)
    for step, axis in ((heights, 2), (depths, 1), (widths, 0)):
        assert slopes(step, p, axis, plan).min() > 0.05


@pytest.mark.parametrize("bone", LUMBAR)
def test_readings_of_a_larger_template_give_the_larger_template(
    bone: str, templates: dict[str, Mesh]
) -> None:
    larger = levelled(Mesh(templates[bone].vertices * 1.08, templates[bone].triangles))
    made = person_bone(templates[bone], read_bone(larger, symmetric=True))
    apart = np.linalg.norm(made.mesh.vertices - larger.vertices, axis=1)
    assert apart.mean() < 0.5
    assert apart.max() < 2.5


def test_one_reading_makes_the_whole_bone_follow(templates: dict[str, Mesh]) -> None:
    template = read_bone(templates["L3"], symmetric=True)
    one = "upper_end_plate_width_mm"
    made = person_bone(templates["L3"], {one: template[one] * 1.1})
    for name in DIMENSIONS:
        if name not in OFFSETS:
            assert made.readings[name] / template[name] == pytest.approx(1.1, abs=0.06), name


def test_without_readings_the_template_comes_back(templates: dict[str, Mesh]) -> None:
    made = person_bone(templates["L4"], {})
    assert np.abs(made.mesh.vertices - levelled(templates["L4"]).vertices).max() < 1e-9
    assert made.missed == {}


def test_readings_that_do_not_go_together_are_missed_and_said(
    templates: dict[str, Mesh],
) -> None:
    template = read_bone(templates["L4"], symmetric=True)
    wanted = {
        "canal_width_mm": template["canal_width_mm"] + 4.0,
        "pedicle_width_mm": template["pedicle_width_mm"],
        "pedicle_distance_mm": template["pedicle_distance_mm"],
    }
    made = person_bone(templates["L4"], wanted)
    assert "canal_width_mm" in made.missed
    for name, miss in made.missed.items():
        assert miss == pytest.approx(made.readings[name] - wanted[name])


@pytest.mark.parametrize(
    ("readings", "words"),
    [
        ({"end_plate_width": 50.0}, r"L4\.end_plate_width: no such dimension; there are upper_end"),
        ({"pedicle_width_mm": "12"}, r"L4\.pedicle_width_mm: '12' is not a number"),
        ({"pedicle_width_mm": True}, r"L4\.pedicle_width_mm: True is not a number"),
        ({"pedicle_width_mm": None}, r"L4\.pedicle_width_mm: None is not a number"),
        ({"pedicle_width_mm": math.nan}, r"nan is out of range; accepted are"),
        ({"pedicle_width_mm": math.inf}, r"inf is out of range; accepted are"),
        ({"pedicle_width_mm": -12}, r"-12 is out of range; accepted are 7\.\d to 19\.\d mm"),
        ({"canal_width_mm": 2.3}, r"2\.3 is out of range; .* mm \(the template has 22\.\d\)"),
        ({"pedicle_transverse_angle_deg": 80}, r"80 is out of range; accepted .* degrees"),
        (
            {
                "central_body_height_mm": 31.0,
                "anterior_body_height_mm": 27.0,
                "posterior_body_height_mm": 28.0,
            },
            r"L4\.central_body_height_mm: 31 is more than .* allow \(28\); measure again",
        ),
    ],
)
def test_impossible_readings_are_named(
    readings: dict[str, object], words: str, templates: dict[str, Mesh]
) -> None:
    with pytest.raises(ReadingError, match=words):
        checked({"L4": readings}, templates)


def test_every_wrong_entry_is_listed(templates: dict[str, Mesh]) -> None:
    with pytest.raises(ReadingError) as caught:
        checked({"L1": {}, "L4": {"length": 1, "canal_width_mm": 0}}, templates)
    assert len(caught.value.problems) == 3
    assert caught.value.problems[0] == "L1: no such bone; there are L2, L3, L4, L5, sacrum"


def test_accepted_ranges_hold_the_template(templates: dict[str, Mesh]) -> None:
    template = read_bone(templates["L5"])
    for name, value in template.items():
        low, high = accepted(name, value)
        assert low < value < high


def test_other_bones_follow_by_the_mean_ratio(templates: dict[str, Mesh]) -> None:
    template = read_bone(templates["L4"], symmetric=True)
    wanted = {
        "upper_end_plate_width_mm": template["upper_end_plate_width_mm"] * 1.1,
        "anterior_body_height_mm": template["anterior_body_height_mm"] * 1.05,
    }
    assert mean_ratio(wanted, template) == pytest.approx(math.sqrt(1.1 * 1.05))
    said: list[str] = []
    made = person_bones(templates, {"L4": wanted}, ["L3", "L4", "sacrum"], said.append)
    span = "transverse_process_span_mm"
    grown = made["L3"].readings[span] / read_bone(templates["L3"])[span]
    assert grown == pytest.approx(math.sqrt(1.1 * 1.05), rel=1e-3)
    assert [line.split(":")[0] for line in said] == ["L3", "L4", "sacrum"]
    assert "1.075 times as large" in said[0]


def test_callipers_read_back_a_sacrum(templates: dict[str, Mesh]) -> None:
    template = read_sacrum(templates["sacrum"])
    assert set(template) == set(SACRUM_DIMENSIONS)
    for ratios in ((0.9, 1.05, 0.95, 1.1), (1.1, 0.95, 1.02, 0.85)):
        wanted = {n: v * r for (n, v), r in zip(template.items(), ratios, strict=True)}
        made = person_sacrum(templates["sacrum"], wanted)
        assert made.missed == {}
        assert read_sacrum(made.mesh) == pytest.approx(wanted, abs=0.5)
        assert edge_report(made.mesh) == edge_report(templates["sacrum"])
