"""The activities on motion: what they say, refuse, link and draw."""

from __future__ import annotations

import itertools
import json

import pytest
import traitlets
from fact_numbers import content
from fuse_and_bend_states import FIXTURE, build
from hypothesis import given, settings
from hypothesis import strategies as st

from l3s1.activities.figure_activity import FigureState
from l3s1.activities.fuse_and_bend import STATE, FuseAndBendActivity
from l3s1.activities.fuse_and_bend_state import FUSIBLE, PROTOCOLS, FuseAndBendState
from l3s1.activities.level_above_model import (
    ABOVE,
    ASSUMPTIONS,
    FUSIONS,
    LevelAboveModelActivity,
    LevelAboveModelState,
)
from l3s1.activities.motion_by_level import PLANES, MotionByLevelActivity, MotionByLevelState
from l3s1.activities.motion_facts import CONSTRUCTS, key
from l3s1.models.motion.spine import SEGMENTS, Direction


def traces(state: FigureState) -> list[str]:
    return [each["type"] for each in state.figure()["data"]]


def test_motion_by_level_says_where_dead_and_living_disagree() -> None:
    state = MotionByLevelState(content())
    assert "10° of flexion and 7.8° of extension under 10 N·m" in state.said()
    assert "1 of 5 in Yamamoto 1989, 4 of 4 in Abbott 2006, 5 of 5 in Tan 2012" in state.said()
    assert "they disagree" in state.said()
    state.segment = "L2-L3"
    assert "6.5° of flexion" in state.said()
    state.plane = "turn"
    assert "2.6° to either side" in state.said()
    assert any(not row.fact for row in state.readings())


def test_motion_by_level_draws_the_same_traces_in_every_state() -> None:
    first = traces(MotionByLevelState(content()))
    for plane, segment in itertools.product(PLANES, SEGMENTS):
        state = MotionByLevelState(content(), plane=plane.id, segment=segment)
        assert traces(state) == first
        band = state.figure()["layout"]["shapes"][0]
        assert band["x1"] == -band["x0"] > 0
        curve = state.curve(segment)
        assert list(curve.angles_deg) == sorted(curve.angles_deg)
        assert list(curve.moments_nm) == sorted(curve.moments_nm)
        assert curve.angles_deg[0] == pytest.approx(curve.ends[1][0], abs=1e-3)
        assert curve.angles_deg[-1] == pytest.approx(curve.ends[0][0], abs=1e-3)


def test_fusing_three_levels_loses_what_they_gave() -> None:
    state = FuseAndBendState(content())
    assert state.said().startswith("Nothing fused: 25.0° of flexion")
    state.fused_l3_l4 = state.fused_l4_l5 = state.fused_l5_s1 = True
    assert "These levels gave 69 % of this flexion" in state.said()
    assert "every free level bends exactly as before" in state.said()
    state.protocol = "motion"
    assert "every free level makes up for it: L1–L2 +" in state.said()
    assert "extrapolated" in state.said()
    state.bend = -20.0
    assert "of this extension" in state.said()


def test_solid_bone_may_leave_a_bend_out_of_reach_and_says_so() -> None:
    held = {f"fused_{key(segment)}": True for segment in FUSIBLE[1:]}
    state = FuseAndBendState(content(), construct="bone", protocol="motion", bend=38.0, **held)
    assert "can't be reached" in state.said()
    assert "the most it can" in state.picture().note
    assert [level.now_deg for level in state.picture().levels[2:]] == [0.0, 0.0, 0.0]


@pytest.mark.parametrize("bend", [-26.0, 38.8, float("nan"), float("inf")])
def test_bends_beyond_the_tested_range_are_refused(bend: float) -> None:
    with pytest.raises(traitlets.TraitError, match=r"a bend of .*give −25\.9"):
        FuseAndBendState(content(), bend=bend)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.booleans(), min_size=4, max_size=4),
    st.sampled_from(CONSTRUCTS),
    st.sampled_from(sorted(PROTOCOLS)),
    st.floats(-25.0, 38.0),
)
def test_any_spine_is_drawn_with_the_same_traces(
    fused: list[bool], construct: object, protocol: str, bend: float
) -> None:
    held = {f"fused_{key(s)}": on for s, on in zip(FUSIBLE, fused, strict=True)}
    state = FuseAndBendState(
        content(),
        construct=getattr(construct, "id", ""),
        protocol=protocol,
        bend=bend,
        **held,
    )
    assert traces(state) == traces(FuseAndBendState(content()))
    picture = state.picture()
    before = sum(level.before_deg for level in picture.levels)
    now = sum(level.now_deg for level in picture.levels)
    assert before == pytest.approx(abs(bend), abs=1e-5)
    assert now <= before + 1e-5
    for level in picture.levels:
        if not level.fused and protocol == "load":
            assert level.now_deg == pytest.approx(level.before_deg, abs=1e-9)
    json.dumps(state.figure(), allow_nan=False)


def test_the_drawing_bends_the_way_it_says() -> None:
    """L1 comes forward (to the left) in flexion, goes back in extension; S1 stays."""

    def first_and_last(bend: float) -> tuple[float, float]:
        bodies = FuseAndBendState(content(), bend=bend).figure()["data"][1]
        return bodies["x"][0], bodies["x"][-1]

    sacrum, top = zip(*(first_and_last(bend) for bend in (-20.0, 0.0, 30.0)), strict=True)
    assert len(set(sacrum)) == 1
    assert top[0] > top[1] > top[2]


def test_the_level_above_by_two_protocols() -> None:
    state = LevelAboveModelState(content())
    said = state.said()
    assert "L2–L3 moves as before and the whole 54 % less" in said
    assert "L2–L3 moves 55 % more, under 3.6 times the moment" in said
    assert "12 studies no change, 9 more, 3 less motion; no pooled size" in said
    assert "not a forecast" in said
    labels = [row.label for row in state.readings()]
    assert sum(label.startswith("Assumed: ") for label in labels) == len(ASSUMPTIONS)
    state.construct = "bone"
    assert "can't be reached" in state.said()
    assert any(row.cells[0] == "not reached" for row in state.readings())
    state.direction = "turn"
    state.load = 400.0
    assert "The follower load changes nothing here" in state.said()


@pytest.mark.parametrize("wrong", [{"load": -1.0}, {"load": 1300.0}, {"grade": 3.5}])
def test_loads_and_grades_beyond_the_papers_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(traitlets.TraitError, match="give 0"):
        LevelAboveModelState(content(), **wrong)


def test_the_model_draws_in_every_state_and_keeps_its_traces() -> None:
    first = traces(LevelAboveModelState(content()))
    for way, construct, load, grade in itertools.product(
        Direction, CONSTRUCTS, (0.0, 1200.0), (0.0, 3.0)
    ):
        state = LevelAboveModelState(
            content(), direction=way.value, construct=construct.id, load=load, grade=grade
        )
        assert traces(state) == first
        for fused in FUSIONS:
            found = state.compared(fused)
            assert found.change(ABOVE, hybrid=False) == pytest.approx(0.0, abs=1e-12)
            change, span = found.change(ABOVE, hybrid=True), state.bounds(fused)
            if change is not None and span is not None:
                assert span[0] <= 100 * change <= span[1]
                assert 100 * change <= state.axis().high
        json.dumps(state.figure(), allow_nan=False)


def test_a_link_brings_a_state_back() -> None:
    for state, asked in (
        (MotionByLevelState(content()), {"plane": "side", "segment": "L3-L4"}),
        (FuseAndBendState(content()), {"bend": "-12", "fused_l4_l5": "on", "protocol": "motion"}),
        (LevelAboveModelState(content()), {"direction": "turn", "load": "400", "grade": "2"}),
    ):
        state.follow(asked)
        assert state.link() == asked
        state.follow(dict.fromkeys(asked, "nonsense"))
        assert state.link() == asked
        state.reset()
        assert state.link() == {}


def test_activities_speak_and_their_controls_move_the_state() -> None:
    for activity in (
        MotionByLevelActivity(content()),
        FuseAndBendActivity(content()),
        LevelAboveModelActivity(content()),
    ):
        assert repr(activity) == activity.text_twin() == activity.state.text_twin()
        assert activity.state.said() in activity.text_twin()
    spine = FuseAndBendActivity(content())
    spine.bend = 10.0
    spine.fused_l5_s1 = True
    assert (spine.state.bend, spine.state.fused_l5_s1) == (10.0, True)
    spine.state.reset()
    assert (spine.bend, spine.fused_l5_s1) == (25.0, False)
    model = LevelAboveModelActivity(content())
    model.load.value = 400.0
    assert model.state.load == 400.0


@pytest.mark.parametrize(
    ("name", "wrong"), [("bend", 40.0), ("construct", "glue"), ("protocol", ""), ("selected", "x")]
)
def test_a_bending_spine_that_cannot_be_is_refused_before_the_page_hears_of_it(
    name: str, wrong: object
) -> None:
    spine = FuseAndBendActivity(content())
    before = {each: getattr(spine, each) for each in STATE}
    with pytest.raises(traitlets.TraitError):
        setattr(spine, name, wrong)
    assert {each: getattr(spine, each) for each in STATE} == before


def test_the_fixture_of_the_bending_spine_is_what_python_computes() -> None:
    """Run `python tests/shared/fuse_and_bend_states.py` where facts or models have changed."""
    assert json.loads(FIXTURE.read_text(encoding="utf-8")) == build()
