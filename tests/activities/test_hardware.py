"""The activities of lesson 08 without a page: what a student does, and what is then said."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import traitlets

import l3s1
from l3s1.activities.cages import CagesActivity
from l3s1.activities.constructs import ConstructsActivity
from l3s1.activities.figure_activity import FigureActivity
from l3s1.activities.pelvic_fixation import PelvicFixationActivity
from l3s1.activities.questions import interval_of
from l3s1.activities.rods import DIAMETERS, MATERIALS, RodsActivity
from l3s1.activities.screw_options import ScrewOptionsActivity
from l3s1.content import load_content

ACTIVITIES = (
    CagesActivity,
    ConstructsActivity,
    PelvicFixationActivity,
    RodsActivity,
    ScrewOptionsActivity,
)


@pytest.mark.parametrize("kind", ACTIVITIES, ids=lambda kind: kind.__name__)
def test_an_activity_says_what_it_shows(kind: Callable[[], FigureActivity]) -> None:
    activity = kind()
    assert kind in {getattr(l3s1, name) for name in l3s1.__all__}
    twin = activity._repr_mimebundle_()["text/plain"]
    assert twin == activity.state.text_twin() == activity.view.text == repr(activity)
    assert activity.readings.said in twin


@pytest.mark.parametrize("kind", ACTIVITIES, ids=lambda kind: kind.__name__)
def test_a_choice_is_in_the_link_and_reset_takes_it_back(
    kind: Callable[[], FigureActivity],
) -> None:
    activity = kind()
    before = activity.text_twin()
    dropdown = activity.controls.children[0]
    dropdown.value = dropdown.options[-1][1]
    assert activity.text_twin() != before
    other = kind()
    other.state.follow(activity.state.link())
    assert other.text_twin() == activity.text_twin()
    activity.state.reset()
    assert activity.text_twin() == before


def test_the_rod_that_all_are_compared_with_is_once_as_stiff() -> None:
    activity = RodsActivity(material="titanium")
    assert activity.readings.said.startswith("A titanium alloy rod of 5.5 mm is 1.0 times")
    assert activity.readings.rows[0]["cells"][-1] == "1.0 times"


def test_a_thicker_rod_is_stiffer_in_every_material() -> None:
    activity = RodsActivity()
    thin = [row["cells"][1] for row in activity.readings.rows[: len(MATERIALS)]]
    activity.state.diameter = len(DIAMETERS) - 1
    thick = [row["cells"][1] for row in activity.readings.rows[: len(MATERIALS)]]
    for before, after in zip(thin, thick, strict=True):
        assert float(after.split()[0]) > float(before.split()[0])


def test_a_rod_that_nobody_makes_is_refused() -> None:
    with pytest.raises(traitlets.TraitError):
        RodsActivity(diameter=len(DIAMETERS))


def test_a_question_without_evidence_is_a_gap_that_says_so() -> None:
    activity = PelvicFixationActivity(question="anchors")
    gaps = [row for row in activity.readings.rows if "No evidence" in row["label"]]
    assert len(gaps) == 1
    assert "Disputed" in activity.readings.said


def test_what_the_bar_of_a_number_means_is_said() -> None:
    facts = load_content().facts
    printed = interval_of(facts["cage-peek-massaad-2020"].value("union"))
    assert printed == (0.41, 0.93, "95 %: 0.41 to 0.93")
    deviation = interval_of(facts["pull-out-varghese-2018"].value("normal"))
    assert deviation == (None, None, "SD 400")
    computed = interval_of(facts["s1-loosening-xu-2022"].value("loose"))
    assert computed[2].startswith("computed")
    studies = interval_of(facts["cement-embolism-morimoto-2023"].value("embolism"))
    assert studies[2] == "studies: 0 to 28.6"


def test_turning_is_what_screws_hold_least() -> None:
    """The lesson says so: of the three directions most is left of turning."""
    facts = load_content().facts
    left = {
        plane: facts["construct-shares-peng-2022"].value(f"{plane}_both_sides").estimate
        for plane in ("sagittal", "side", "turn")
    }
    fall = {
        plane: facts["screws-on-intact-disc-pimenta-2012"].value(plane).estimate
        for plane in ("sagittal", "side", "turn")
    }
    assert max(left, key=lambda plane: left[plane] or 0) == "turn"
    assert min(fall, key=lambda plane: fall[plane] or 0) == "turn"
