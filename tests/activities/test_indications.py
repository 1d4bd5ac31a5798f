"""Lesson 04 without a page: reasons to fuse, and what a patient brings to the operation."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest
import traitlets
from fact_numbers import content, is_known, marks, numbers_in

from l3s1.activities.anatomy import course_anatomy
from l3s1.activities.anatomy_state import AnatomyExplorerState
from l3s1.activities.figure_activity import FigureState
from l3s1.activities.indication_spine import link_of
from l3s1.activities.indication_trials import (
    WHEN,
    IndicationTrialsActivity,
    IndicationTrialsState,
)
from l3s1.activities.indications import EARLY, INDICATIONS, LATE, MIXED, YARDSTICKS
from l3s1.activities.selection_board import (
    FEATURES,
    NOT_STATED,
    RATES,
    SelectionBoardActivity,
    SelectionBoardState,
)
from l3s1.vocabulary import STEP_LABEL, Design, StepKind, Trust

STATES = [
    {"indication": indication.id, "yardstick": yardstick.id, "when": when}
    for indication, yardstick, when in itertools.product(INDICATIONS, YARDSTICKS, WHEN)
]


def trials() -> Iterator[IndicationTrialsState]:
    for state in STATES:
        yield IndicationTrialsState(content(), **state)


def boards() -> Iterator[SelectionBoardState]:
    """The board with each option of each feature, and with each of its hundreds."""
    for name in FEATURES:
        choice = content().choices[name]
        for option in choice.options:
            yield SelectionBoardState(content(), **{name: option.id})
    for rate in RATES:
        yield SelectionBoardState(content(), shown=rate.id)


@pytest.mark.parametrize("kind", [IndicationTrialsActivity, SelectionBoardActivity])
def test_an_activity_says_what_it_shows(
    kind: type[IndicationTrialsActivity | SelectionBoardActivity],
) -> None:
    activity = kind()
    twin = activity._repr_mimebundle_()["text/plain"]
    assert twin == activity.state.text_twin() == activity.view.text
    assert activity.readings.said in twin
    assert not activity.state.link(), "the start needs no link"


def test_every_mark_stands_at_a_number_of_a_fact_of_its_reason() -> None:
    checked = 0
    for state in trials():
        partners = {
            each.fact: {each.fact, each.other[0] if each.other else each.fact}
            for each in state.chosen.findings
        }
        figure = state.figure()
        ends = state.axis().ends
        for trace, index, fact in marks(figure):
            shown = abs(trace["x"][index])
            known = is_known(shown, partners[fact]) or trace["x"][index] in ends
            assert known, (state.indication, state.yardstick, fact, shown)
            checked += 1
    assert checked > 100


def test_every_number_in_a_row_is_a_number_of_its_fact_or_of_its_other_arm() -> None:
    for state in trials():
        partners = {each.fact: each.other[0] for each in state.chosen.findings if each.other}
        for reading in state.readings():
            named = {reading.fact, partners.get(reading.fact, reading.fact)}
            for number, decimals in numbers_in(" ".join(reading.cells)):
                assert is_known(number, named, decimals), reading
        for reading in state.guidelines():
            assert reading.fact in state.chosen.guidelines
            assert reading.cells == (content().facts[reading.fact].statement,)
    for board in boards():
        facts = {name: content().facts[name] for _, name, _ in board.rate.groups}
        for reading in board.readings():
            assert not reading.fact or content().facts[reading.fact].trust is not Trust.UNVERIFIED
            if reading.fact in facts and reading.cells[1] == facts[reading.fact].population:
                for number, decimals in numbers_in(reading.cells[0]):
                    assert is_known(number, {reading.fact}, decimals), reading


@pytest.mark.parametrize("state", STATES, ids=lambda each: "-".join(each.values()))
def test_where_no_trial_was_found_the_figure_says_so(state: dict[str, str]) -> None:
    shown = IndicationTrialsState(content(), **state)
    groups = shown.groups()
    found = shown.findings(state["yardstick"])
    assert groups[0].heading.startswith("No trial found") is (not found)
    assert ("o trial found" in shown.said()) is (not found)
    assert sum(len(group.rows) for group in groups) == len(found)


def test_early_and_late_are_told_apart_by_the_facts_own_times() -> None:
    for indication in INDICATIONS:
        state = IndicationTrialsState(content(), indication=indication.id)
        for finding in indication.findings:
            at = content().facts[finding.fact].value(finding.value)
            if at.at_value is not None and at.at_unit in ("mo", "y"):
                years = at.at_value / 12 if at.at_unit == "mo" else at.at_value
                assert state.time_of(finding) == (LATE if years > 2 else EARLY), finding
    slip = IndicationTrialsState(content(), indication="slip", yardstick="people", when=LATE)
    assert [each.fact for each in slip.findings("people")] == ["reached-30-kgomotso-2024"]


def test_fusions_side_is_the_left_one_for_every_difference() -> None:
    """Trials print opposite signs: the facts are aligned, and scores of health are turned."""
    for state in trials():
        if not state.measured.differs:
            continue
        left, right = state.axis().ends
        assert left == -right
        assert (left < right) is state.measured.fewer_is_better
        assert state.axis().title.startswith("← fusion better")
    brox = content().facts["difference-brox-2006"].value("difference")
    assert (brox.estimate or 0) > 0, "this trial leaned to exercises"
    slip = content().facts["quality-of-life-slip-2016"].value("printed_difference")
    assert (slip.estimate or 0) > 0, "more is better on this score"


def test_a_sign_that_no_paper_explains_stands_on_no_axis() -> None:
    drawn = {finding.fact for indication in INDICATIONS for finding in indication.findings}
    for fact in drawn:
        assert "NOT aligned" not in (content().facts[fact].note or "")
    disc = next(each for each in INDICATIONS if each.id == "disc")
    assert {"no-difference-brox-2010", "no-difference-froholdt-2012"} <= set(disc.beside)


def test_an_important_change_is_drawn_where_a_fact_gives_one() -> None:
    state = IndicationTrialsState(content())
    important = content().facts["important-change-ostelo-2008"].value("disability").estimate
    assert important is not None
    assert state.axis().band == (-important, important)
    state.yardstick = "quality"
    assert state.axis().band is None


def test_both_sides_of_the_slip_are_shown() -> None:
    state = IndicationTrialsState(content(), indication="slip")
    named = {finding.fact for finding in state.chosen.findings}
    assert {
        "disability-change-nordsten-2021",
        "disability-forsth-2016",
        "disability-five-years-karlsson-2024",
        "quality-of-life-slip-2016",
        "reoperation-slip-trial-2016",
        "disability-change-slip-bisson-2021",
    } <= named


def test_guidelines_follow_the_reason_and_open_their_origin() -> None:
    activity = IndicationTrialsActivity()
    assert "NICE" in activity.guidelines.rows[0]["cells"][0]
    activity.state.indication = "deformity"
    (row,) = activity.guidelines.rows
    assert row["id"] == "guideline-medicare-levels"
    activity.guidelines.selected = row["id"]
    assert activity.state.selected == row["id"]
    assert activity.panel.origin["statement"] == content().facts[row["id"]].statement
    for indication in INDICATIONS:
        for name in indication.guidelines:
            assert content().facts[name].design is not Design.RANDOMISED_TRIAL


def test_each_reason_has_a_state_of_the_explorer_and_a_link_to_it() -> None:
    anatomy = course_anatomy()
    for indication in INDICATIONS:
        spine = AnatomyExplorerState(content(), anatomy, mode="variants", **indication.spine)
        assert spine.mode == "variants"
        address, query = link_of(content(), indication).split("?")
        assert address == content().lessons["01"].notebook
        asked = parse_qs(query)
        assert asked["structure"] == [spine.structure]
        if spine.slip:
            assert asked["slip"] == ["L4-L5:0.2"]
        activity = IndicationTrialsActivity(indication=indication.id)
        assert indication.spine_words in activity.spine.value
        assert activity.scene.slip == spine.slip
        assert activity.scene.disc_height == spine.disc_height
        assert activity.scene.highlight == [spine.structure]
        assert activity.scene.view == spine.view
        through = f"through the disc {spine.section.partition(':')[2].replace('-', '–')}"
        assert (through in activity.scene.text_twin()) is bool(spine.section)


def test_the_plan_lists_only_what_the_content_knows_of_changing() -> None:
    for name in FEATURES:
        choice = content().choices[name]
        for option in choice.options[1:]:
            nobody = dict.fromkeys(FEATURES, NOT_STATED)
            state = SelectionBoardState(content(), **{**nobody, name: option.id})
            plan = [row for row in state.readings() if row.label.startswith("Before surgery")]
            steps = [step for step in choice.steps if option.id in step.options]
            if steps:
                assert [row.cells for row in plan] == [
                    (STEP_LABEL[step.kind], step.says) for step in steps
                ]
            else:
                assert [row.cells[0] for row in plan] == [
                    "no step before surgery with evidence was found"
                ]


def test_a_step_that_trials_support_rests_on_trials() -> None:
    kinds = set()
    for choice in content().choices.values():
        for step in choice.steps:
            kinds.add(step.kind)
            designs = {content().facts[name].design for name in step.facts}
            trial = {Design.RANDOMISED_TRIAL, Design.META_ANALYSIS}
            if step.kind in (StepKind.TRIED, StepKind.NO_GAIN):
                assert designs <= trial, (choice.id, step.says)
            if step.kind is StepKind.OBSERVED:
                assert not designs & trial, (choice.id, step.says)
    assert kinds == set(StepKind)


def test_a_patient_of_whom_nothing_is_stated_has_no_plan() -> None:
    state = SelectionBoardState(content(), smoking=NOT_STATED, opioids=NOT_STATED)
    assert state.patient == {}
    assert [row.label for row in state.readings() if not row.fact] == [
        "Nothing is stated of the patient"
    ]


def test_features_stand_side_by_side_and_are_never_combined() -> None:
    """What a feature says is the same whatever else is stated."""
    everything = {name: content().choices[name].options[-1].id for name in FEATURES}
    among = {row.say() for row in SelectionBoardState(content(), **everything).readings()}
    for name, option in everything.items():
        nobody = dict.fromkeys(FEATURES, NOT_STATED)
        alone = SelectionBoardState(content(), **{**nobody, name: option})
        assert {row.say() for row in alone.readings()} <= among
    assert "not a risk of any one person" in SelectionBoardState(content()).said()


def test_people_are_a_hundred_and_as_many_as_printed() -> None:
    for rate in RATES:
        state = SelectionBoardState(content(), shown=rate.id)
        for (_, name, value), hundred in zip(rate.groups, state.hundreds(), strict=True):
            assert sum(each.count for each in hundred.classes) == 100
            count = next(each.count for each in hundred.classes if each.words == rate.event)
            printed = content().facts[name].value(value).estimate or 0
            assert abs(count - printed) <= 0.5
            assert f"{count} of 100 {rate.event}" in state.said()
        papers = {content().facts[name].reference for _, name, _ in rate.groups}
        assert len(papers) == 1, "two groups of one paper"


def test_what_is_no_option_is_refused_with_what_may_be_chosen() -> None:
    with pytest.raises(traitlets.TraitError, match="'smoking' can't be 'daily'; use one of any"):
        SelectionBoardActivity(smoking="daily")


@pytest.mark.parametrize(
    ("state", "asked"),
    [
        (IndicationTrialsState, {"indication": "slip", "yardstick": "people", "when": "late"}),
        (SelectionBoardState, {"mood": "depression", "smoking": "any", "shown": "mood"}),
    ],
)
def test_a_link_brings_a_state_back_and_reset_leaves_it(
    state: type[FigureState], asked: dict[str, str]
) -> None:
    shown = state(content())
    shown.follow({**asked, "ghost": "1", "levels": "nine"})
    assert shown.link() == asked
    shown.reset()
    assert shown.link() == {}


def test_a_pooling_of_mixed_follow_ups_is_neither_early_nor_late_and_that_is_said() -> None:
    checked = 0
    for state in trials():
        mixed = [
            each
            for each in state.chosen.findings
            if each.yardstick == state.yardstick and state.time_of(each) == MIXED
        ]
        shown = {each.fact for each in state.findings(state.yardstick)}
        for each in mixed:
            told = f"pools early and late follow-ups: {state._paper(each.fact)}" in state.said()
            assert told is (each.fact not in shown) is (state.when in (EARLY, LATE))
            checked += 1
        assert mixed or "pools early and late" not in state.said()
    assert checked >= 2 * len(WHEN)
