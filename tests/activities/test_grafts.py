"""The activities of lesson 07 without a page."""

from __future__ import annotations

import pytest
import traitlets

from l3s1.activities.graft_chooser import ASPECTS, GraftChooserActivity, GraftChooserState
from l3s1.activities.graft_network import RING, GraftNetworkActivity, GraftNetworkState
from l3s1.activities.graft_properties import GraftPropertiesActivity, GraftPropertiesState
from l3s1.content import load_content
from l3s1.vocabulary import Evidence, Graft

CONTENT = load_content()
ESTIMATES = 6
"""The trace of the estimates in a forest."""


def test_two_grafts_stand_side_by_side_and_one_alone() -> None:
    state = GraftChooserState(CONTENT)
    assert [group.heading for group in state.groups()] == ["Crest bone", "rhBMP-2"]
    state.beside = "none"
    assert [group.heading for group in state.groups()] == ["Crest bone"]
    state.beside = "crest"
    assert len(state.groups()) == 1, "a graft is not set beside itself"


def test_the_bed_narrows_union_down_and_leaves_harm() -> None:
    state = GraftChooserState(CONTENT, beside="none")
    both = len(state.groups()[0].rows)
    state.bed = "interbody"
    interbody = {row.fact for row in state.groups()[0].rows}
    state.bed = "posterolateral"
    posterolateral = {row.fact for row in state.groups()[0].rows}
    assert 0 < len(interbody) < both
    assert not interbody & posterolateral
    state.aspect = "harm"
    harms = state.groups()[0].rows
    state.bed = "interbody"
    assert state.groups()[0].rows == harms


def test_what_was_not_found_is_a_gap_that_says_so() -> None:
    state = GraftChooserState(CONTENT, graft="platelets", beside="bioactive_glass")
    groups = state.groups()
    assert not groups[0].rows
    assert "no evidence found" in groups[0].heading
    assert "Platelets: no evidence found." in state.said()
    gaps = [reading for reading in state.readings() if not reading.fact]
    assert {gap.evidence for gap in gaps} == {Evidence.NONE}
    said = " ".join(gap.label for gap in gaps)
    for words in ("cost: no evidence", "who paid: no evidence", "approval: no evidence"):
        assert f"bioactive glass, {words}" in said
    assert "bioactive glass: no share or ratio of harm found" in said


def test_kinds_of_ratio_share_no_axis() -> None:
    for graft in CONTENT.grafts:
        for aspect in ASPECTS:
            state = GraftChooserState(CONTENT, graft=graft, beside="none", aspect=aspect)
            statistics = {
                CONTENT.facts[number.fact].value(number.value).statistic
                for number in state.numbers(state.grafts[0])
            }
            wanted = {"odds": {"odds_ratio"}, "risk": {"risk_ratio"}}
            allowed = wanted.get(aspect.rpartition("_")[2], {"share", None})
            assert statistics <= allowed, (graft, aspect)


def test_poolings_that_disagree_on_complications_stand_together() -> None:
    state = GraftChooserState(CONTENT, graft="growth_factor", beside="none", aspect="harm_odds")
    rows = [row for row in state.groups()[0].rows if "complications" in row.label]
    above = [row for row in rows if row.low is not None and row.low > 1]
    below = [row for row in rows if row.high is not None and row.high < 1]
    assert len(above) == 1
    assert len(below) == 1


def test_a_share_without_an_n_has_no_interval() -> None:
    state = GraftChooserState(CONTENT, graft="ceramic", beside="none")
    rows = {row.fact: row for row in state.groups()[0].rows}
    assert rows["graft-ceramic-stempels-2024"].low is None, "segments of people are not independent"
    assert rows["graft-ceramic-crest-dai-2008"].low is not None


def test_convention_is_marked_as_such() -> None:
    for state in (
        GraftChooserState(CONTENT, graft="bioactive_glass"),
        GraftPropertiesState(CONTENT),
    ):
        for reading in state.readings():
            convention = reading.fact == "graft-properties-convention"
            assert reading.unsourced is convention


def test_each_graft_is_once_on_the_ring() -> None:
    assert sorted(RING) == sorted(Graft)


def test_the_network_counts_what_it_shows() -> None:
    state = GraftNetworkState(CONTENT)
    assert len(state.studies()) == len(CONTENT.graft_trials)
    compared = {study.pair for study in state.studies()}
    assert len(state.missing()) == len(state.pairs()) - len(compared)
    assert f"{len(compared)} of {len(state.pairs())} pairs" in state.said()
    assert f"Pairs without a study: {len(state.missing())}." in state.said()


def test_trials_alone_and_a_bed_leave_fewer_studies() -> None:
    state = GraftNetworkState(CONTENT, design="trials")
    assert {CONTENT.facts[study.fact].evidence for study in state.studies()} == {Evidence.TRIAL}
    trials = {study.id for study in state.studies()}
    state.bed = "interbody"
    interbody = {study.id for study in state.studies()}
    assert interbody < trials


def test_around_a_graft_the_missing_comparisons_are_drawn_and_told() -> None:
    state = GraftNetworkState(CONTENT, graft="allograft")
    assert all(Graft.ALLOGRAFT in study.pair for study in state.studies())
    dotted = state.figure()["data"][0]
    assert len(dotted["x"]) == 3 * len(state.missing())
    gap = next(reading for reading in state.readings() if not reading.fact)
    assert "local bone" in gap.label, "as the systematic review says"
    assert "crest bone" not in gap.label


def test_own_bone_of_unknown_source_is_no_rival_of_crest_or_local_bone() -> None:
    pairs = GraftNetworkState(CONTENT).pairs()
    assert frozenset((Graft.OWN_BONE, Graft.CREST)) not in pairs
    assert frozenset((Graft.OWN_BONE, Graft.CERAMIC)) in pairs


def test_the_properties_are_sorted_by_one() -> None:
    state = GraftPropertiesState(CONTENT, having="osteogenic")
    names = {each.id for each in state.grafts()}
    assert Graft.MARROW in names
    assert Graft.CELLULAR_MATRIX not in names, "claimed is not had"


@pytest.mark.parametrize(
    "activity", [GraftChooserActivity, GraftNetworkActivity, GraftPropertiesActivity]
)
def test_a_click_on_a_mark_opens_its_origin(activity: type[GraftChooserActivity]) -> None:
    shown = activity()
    fact = next(
        name for trace in shown.view.data for name in (trace.customdata or ()) if name is not None
    )
    shown.state.selected = str(fact)
    assert shown.panel.origin is not None
    assert shown.panel.origin["statement"] == CONTENT.facts[str(fact)].statement


def test_the_text_twin_and_a_link_follow_what_is_shown() -> None:
    shown = GraftChooserActivity()
    start = repr(shown)
    shown.state.follow({"graft": "peptide", "beside": "cellular_matrix"})
    assert "Peptide graft: 5 published numbers" in repr(shown)
    assert shown.state.link() == {"graft": "peptide", "beside": "cellular_matrix"}
    shown.state.reset()
    assert repr(shown) == start


def test_what_does_not_exist_can_not_be_chosen() -> None:
    with pytest.raises(traitlets.TraitError):
        GraftChooserState(CONTENT, graft="plaster")
    with pytest.raises(traitlets.TraitError):
        GraftNetworkState(CONTENT, bed="armchair")
