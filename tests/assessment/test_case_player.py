"""Virtual patients without a browser: what the page gets, what is said, what links ask for."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest
from case_fixture import FIXTURE, written

from l3s1.assessment.case_links import CaseLinkError, case_link, case_link_problems, class_name
from l3s1.assessment.case_player import CasePlayer, say_case, say_time
from l3s1.content import Case, lessons_folder, load_content
from l3s1.content.cases import CaseActivity, Time

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import ContentFolder

CONTENT = load_content()
CASES = CONTENT.cases
each_case = pytest.mark.parametrize("case", CASES.values(), ids=lambda case: case.id)
MOST_BYTES = 120_000


def _link(lesson: str, activity: str, **state: Any) -> str:
    link = case_link(CONTENT, CaseActivity("A label", lesson, activity, state))
    return link.partition("#")[0]


def test_the_page_s_tests_read_what_the_page_gets(content_folder: ContentFolder) -> None:
    assert json.loads(FIXTURE.read_text(encoding="utf-8")) == written(content_folder.load())


def test_all_cases_together_are_small_enough_for_a_page() -> None:
    player = CasePlayer()
    assert len(player.content_gz) + len(player.origins_gz) < MOST_BYTES
    told = json.loads(gzip.decompress(player.content_gz))
    assert [each["id"] for each in told["cases"]] == list(CASES)
    origins = json.loads(gzip.decompress(player.origins_gz))
    assert {name for case in CASES.values() for name in case.facts} == set(origins)


def test_one_case_opens_at_once_and_several_are_chosen_from() -> None:
    first, second, *_ = CASES
    assert CasePlayer([first]).case == first
    assert CasePlayer([first, second]).case == ""
    assert CasePlayer([first, second], case=second).case == second


def test_a_case_that_is_not_there_is_told_with_those_that_are() -> None:
    first, second, *_ = CASES
    with pytest.raises(KeyError, match=f"no case 'nobody'; use {first}"):
        CasePlayer(["nobody"])
    with pytest.raises(KeyError, match=f"no case '{second}'"):
        CasePlayer([first], case=second)


@each_case
def test_the_text_twin_gives_nothing_away(case: Case) -> None:
    text = say_case(case)
    assert case.presentation in text
    assert "fictional" in text
    start = case.nodes[case.start]
    for choice in start.choices:
        assert choice.text in text
        assert choice.feedback not in text
    for finding in case.findings.values():
        assert finding.result not in text
    for node in case.nodes.values():
        assert node is start or node.text not in text


@each_case
def test_the_first_choice_is_not_the_best_everywhere(case: Case) -> None:
    letters = {
        choice.id
        for node in case.nodes.values()
        for choice in node.choices
        if choice.rating == "best"
    }
    assert len(letters) > 1


def test_times_are_said_in_singular_and_plural() -> None:
    assert say_time(Time(1, "weeks")) == "1 week"
    assert say_time(Time(1.5, "hours")) == "1.5 hours"


def test_every_link_of_every_case_leads_to_an_activity_that_takes_it() -> None:
    assert list(case_link_problems(CONTENT, lessons_folder())) == []
    assert any(case.activities for case in CASES.values())


def test_a_link_to_a_lesson_without_the_activity_is_a_problem(
    content_folder: ContentFolder, tmp_path: Path
) -> None:
    (problem,) = case_link_problems(content_folder.load(), tmp_path)
    assert problem.startswith("assets/cases/made-up.yaml: activities[0] (recovery-timeline): ")
    assert problem.endswith("lesson 09 has no such activity; name the one that has")


def test_links_are_written_as_the_activities_read_them() -> None:
    assert _link("03", "alignment-workbench", incidence=58.0, tilt=27.25) == (
        "03-alignment-and-motion.ipynb?pi=58&pt=27.25"
    )
    assert _link("09", "recovery-timeline", day=20, patient={"smoking": "smokes"}) == (
        "09-recovery-phases.ipynb?day=20&smoking=smokes"
    )
    compared = _link("09", "recovery-timeline", day=20, other={"smoking": "smokes"})
    assert compared.endswith("?day=20&compare=1&with.smoking=smokes")
    assert _link("02", "localise-lesion", mode="findings", findings={"knee_jerk": "absent"}) == (
        "02-nerves.ipynb?mode=findings&findings=knee_jerk:absent"
    )
    assert _link("03", "fuse-and-bend", fused_l4_l5=True).endswith("fuse-and-bend.fused_l4_l5=on")
    plan = _link("08", "screw-trainer", level="S1", plan={"length_mm": 45.0})
    assert plan.startswith("08-hardware.ipynb?screw.level=S1&screw.plan=0,0,")
    assert plan.endswith(",45")
    assert _link("06", "operation-stepper", procedure="alif_l5_s1", step="cage").endswith(
        "?operation.procedure=alif_l5_s1&operation.step=cage"
    )
    assert _link("09", "bone-state", day=426, outcome="non_union").endswith(
        "?day=426&bone-state.day=426&bone-state.outcome=non_union"
    )
    slipped = _link("01", "anatomy-explorer", mode="variants", slip={"L4-L5": 0.25})
    assert slipped.endswith("?mode=variants&slip=L4-L5:0.25")


def test_a_link_leads_to_the_heading_under_which_the_activity_teaches() -> None:
    workbench = CaseActivity("A label", "03", "alignment-workbench", {"tilt": 20})
    (first, *_) = CONTENT.lessons["03"].objectives
    assert case_link(CONTENT, workbench) == (
        f"03-alignment-and-motion.ipynb?pt=20#{first.taught_by.anchor}"
    )
    people = CaseActivity("A label", "10", "hundred-people", {})
    assert case_link(CONTENT, people) == "10-outcomes.ipynb"


@pytest.mark.parametrize(
    ("activity", "state", "wrong"),
    [
        ("crystal-ball", {}, "the course has no CrystalBallActivity"),
        ("alignment-workbench", {"colour": "red"}, "has no colour"),
        ("alignment-workbench", {"incidence": 400}, "incidence: give"),
        ("alignment-workbench", {"points": {}}, "can't say points in a link"),
        ("recovery-timeline", {"day": -3}, "is not on the timeline"),
        ("fuse-and-bend", {"bend": "far"}, "can't be as the case says"),
        ("roots-at-disc", {}, "keeps no state in the page's address"),
    ],
)
def test_what_an_activity_refuses_is_told(activity: str, state: dict[str, Any], wrong: str) -> None:
    with pytest.raises(CaseLinkError, match=wrong):
        _link("03", activity, **state)


def test_an_activity_is_named_as_its_class() -> None:
    assert class_name("alignment-workbench") == "AlignmentWorkbenchActivity"
