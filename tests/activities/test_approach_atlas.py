"""The atlas of approaches: what the model's sections say of each corridor."""

from __future__ import annotations

import itertools

import pytest
import traitlets

from l3s1.activities.approach_atlas import (
    LATERAL,
    REACH,
    SECTIONS,
    SEGMENTS,
    ApproachAtlasActivity,
    ApproachAtlasState,
    parts_met,
)
from l3s1.content import Content, load_content

VESSELS = ("aorta", "vena_cava", "iliac_artery", "iliac_vein")


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content()


def met(content: Content, approach: str, segment: str, *words: str) -> bool:
    names = parts_met(content.approaches[approach], segment)
    return any(word in name for name in names for word in words)


@pytest.mark.parametrize("segment", SEGMENTS)
def test_only_the_lateral_way_goes_through_the_psoas(content: Content, segment: str) -> None:
    through = {name for name in content.approaches if met(content, name, segment, "psoas_major")}
    assert through == {"llif"}


@pytest.mark.parametrize("segment", SEGMENTS)
def test_ways_from_behind_go_through_the_back_muscles_and_no_other(
    content: Content, segment: str
) -> None:
    through = {
        name for name in content.approaches if met(content, name, segment, "multifidus", "erector")
    }
    assert through == {"plf", "plif", "tlif"}


@pytest.mark.parametrize("segment", SEGMENTS)
def test_the_sac_is_held_aside_in_plif_alone(content: Content, segment: str) -> None:
    aside = {name for name in content.approaches if met(content, name, segment, "dural_sac")}
    assert aside == {"plif"}
    cut = {
        name
        for name in content.approaches
        if set(parts_met(content.approaches[name], segment)) & {"L3", "L4", "L5"}
    }
    assert cut == {"plif", "tlif"}


def test_from_in_front_the_vessels_are_in_the_way_above_l5_s1_only(content: Content) -> None:
    crossed = {s for s in SEGMENTS if met(content, "alif", s, *VESSELS)}
    assert crossed == {"L3-L4", "L4-L5"}
    assert met(content, "alif", "L5-S1", "superior_hypogastric_plexus")


@pytest.mark.parametrize("segment", ["L3-L4", "L4-L5"])
def test_the_oblique_way_lies_between_vessels_and_psoas(content: Content, segment: str) -> None:
    assert parts_met(content.approaches["olif"], segment) == ()


def test_the_crest_bars_the_side_at_l5_s1_and_not_at_l3_l4(content: Content) -> None:
    barred = {s for s in SEGMENTS if met(content, "llif", s, "iliac_crest")}
    assert barred == {"L4-L5", "L5-S1"}
    assert content.approaches["llif"].levels["L3-L4"].reach == "usual"
    assert content.approaches["llif"].levels["L5-S1"].reach == "unusual"


def test_every_state_says_reach_and_what_is_met_and_names_its_sources(content: Content) -> None:
    for approach, segment in itertools.product(content.approaches, SEGMENTS):
        state = ApproachAtlasState(content, approach=approach, other="none", segment=segment)
        said = state.said()
        assert REACH[content.approaches[approach].levels[segment].reach] in said
        assert "In the model its corridor" in said
        assert "_" not in said
        told = [row.fact for row in state.readings()]
        assert set(content.approaches[approach].levels[segment].facts) <= set(told)
        assert {risk.fact for risk in content.approaches[approach].risks} <= set(told)


def test_numbers_of_risks_are_those_of_their_facts(content: Content) -> None:
    state = ApproachAtlasState(content, approach="olif", other="none")
    rows = {row.cells[0] for row in state.readings()}
    fact = content.facts["oblique-risks-tan-2023"]
    assert f"{fact.value('all').estimate:g} %" in rows
    assert f"{fact.value('major').estimate:g} %" in rows


@pytest.mark.parametrize(("segment", "section"), [*itertools.product(SEGMENTS, SECTIONS)])
def test_every_state_has_the_same_traces(content: Content, segment: str, section: str) -> None:
    start = ApproachAtlasState(content).figure()
    for approach in content.approaches:
        figure = ApproachAtlasState(
            content, approach=approach, other="none", segment=segment, section=section
        ).figure()
        assert [each["type"] for each in figure["data"]] == [each["type"] for each in start["data"]]
        drawn = figure["data"][10]["x"] or figure["data"][12]["x"]
        assert drawn, f"{approach} is not drawn"


def test_a_lateral_approach_comes_at_the_reader_in_a_section_from_the_left() -> None:
    state = ApproachAtlasState(load_content(), approach="llif", other="alif", section=LATERAL)
    first, second = state.picture().corridors
    assert first.towards
    assert not first.rings
    assert second.rings
    assert not second.towards


def test_choosing_in_the_activity_redraws_and_an_unknown_approach_is_refused() -> None:
    activity = ApproachAtlasActivity()
    before = activity.readings.said
    activity.state.segment = "L5-S1"
    assert activity.readings.said != before
    assert activity.view.text == activity.text_twin()
    with pytest.raises(traitlets.TraitError, match="there are plf, plif"):
        activity.state.approach = "axial"
    with pytest.raises(traitlets.TraitError):
        activity.state.approach = "none"


def test_the_same_approach_twice_is_drawn_once() -> None:
    state = ApproachAtlasState(load_content(), approach="tlif", other="tlif")
    assert len(state.picture().corridors) == 1
