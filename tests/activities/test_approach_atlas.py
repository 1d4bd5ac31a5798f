"""The atlas of approaches: what the model's sections say of each corridor."""

from __future__ import annotations

import itertools

import pytest
import traitlets
from fact_numbers import is_known, numbers_in

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


BACK = {"multifidus.left", "erector_spinae.left"}
BOTH_BACKS = BACK | {"multifidus.right", "erector_spinae.right"}
MIDLINE = {"dural_sac", "multifidus.left", "multifidus.right"}
DECLARED: dict[tuple[str, str], set[str]] = {
    **{("plf", segment): BOTH_BACKS for segment in SEGMENTS},
    ("plif", "L3-L4"): MIDLINE | {"L3", "L4", "L4.nerve_root.left", "L4.nerve_root.right"},
    ("plif", "L4-L5"): MIDLINE | {"L4", "L5.nerve_root.left", "L5.nerve_root.right"},
    ("plif", "L5-S1"): MIDLINE | {"L5", "S1.nerve_root.left", "S1.nerve_root.right"},
    ("tlif", "L3-L4"): BACK | {"L3", "L4", "L3.nerve_root.left"},
    ("tlif", "L4-L5"): BACK | {"L4", "L5", "L4.nerve_root.left"},
    ("tlif", "L5-S1"): BACK | {"L5"},
    ("alif", "L3-L4"): {"abdominal_aorta", "inferior_vena_cava"},
    ("alif", "L4-L5"): {
        "inferior_vena_cava",
        "common_iliac_artery.left",
        "common_iliac_artery.right",
        "superior_hypogastric_plexus",
    },
    ("alif", "L5-S1"): {"superior_hypogastric_plexus"},
    ("llif", "L3-L4"): {"psoas_major.left"},
    ("llif", "L4-L5"): {"psoas_major.left", "iliac_crest.left"},
    ("llif", "L5-S1"): {"psoas_major.left", "iliac_crest.left", "sacrum"},
    ("olif", "L3-L4"): set(),
    ("olif", "L4-L5"): set(),
    ("olif", "L5-S1"): {"superior_hypogastric_plexus"},
}
"""What each corridor must meet in the model, and nothing else; the sac stands for its rootlets."""


@pytest.mark.parametrize(("approach", "segment"), DECLARED)
def test_a_corridor_meets_the_declared_structures_and_no_other(
    content: Content, approach: str, segment: str
) -> None:
    found = set(parts_met(content.approaches[approach], segment)) - {"cauda_equina"}
    assert found == DECLARED[approach, segment]


def test_every_way_at_every_disc_is_declared(content: Content) -> None:
    assert set(DECLARED) == set(itertools.product(content.approaches, SEGMENTS))


def test_muscles_bone_nerves_and_crest_are_each_met_in_their_own_way(content: Content) -> None:
    said = ApproachAtlasState(content, approach="tlif", other="llif", segment="L4-L5").said()
    assert "strips or splits the left multifidus and the left erector spinae" in said
    assert "meets bone of L4 and L5" in said
    assert "hold aside the left nerve root of L4" in said
    assert "splits the left psoas major and runs into the left iliac crest" in said


@pytest.mark.parametrize("segment", SEGMENTS)
def test_the_words_say_that_the_nerves_in_the_psoas_are_not_in_the_model(
    content: Content, segment: str
) -> None:
    state = ApproachAtlasState(content, approach="llif", other="none", segment=segment)
    assert "Not in the model: the nerves that run in the psoas" in state.said()


def test_every_number_of_a_row_is_its_facts(content: Content) -> None:
    checked = 0
    for approach, segment in itertools.product(content.approaches, SEGMENTS):
        state = ApproachAtlasState(content, approach=approach, other="none", segment=segment)
        for row in state.readings():
            for cell in row.cells:
                for number, decimals in numbers_in(cell.replace("95 % interval", "")):
                    assert is_known(number, {row.fact}, decimals), f"{row.label}: {cell}"
                    checked += 1
    assert checked


def test_a_row_says_what_its_interval_is_and_how_many_people(content: Content) -> None:
    rows = ApproachAtlasState(content, approach="llif", other="plif").readings()
    spreads = [row.cells[1] for row in rows]
    assert "range of studies 0.7 to 40 %" in spreads
    assert any(each.startswith("95 % interval 4.4 to 7.3 %") for each in spreads)
    alif = ApproachAtlasState(content, approach="alif", other="none").readings()
    assert "no interval printed; n = 227" in [row.cells[1] for row in alif]


def test_the_first_row_of_a_way_is_the_way_and_says_that_it_has_no_source(
    content: Content,
) -> None:
    for approach in content.approaches.values():
        first = ApproachAtlasState(content, approach=approach.id, other="none").readings()[0]
        assert approach.way in first.label
        assert "no source read" in first.label
        assert content.facts[first.fact].trust == "unverified"


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
