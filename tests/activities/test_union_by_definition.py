"""The same levels by other definitions, without a page."""

from __future__ import annotations

import pytest

from l3s1.activities.union_by_definition import (
    DEFINITIONS,
    SERIES_FACT,
    UnionByDefinitionActivity,
    UnionByDefinitionState,
)
from l3s1.content import load_content

PEOPLE = 100
POINTS_OF_A_PERSON = 11


def people(activity: UnionByDefinitionActivity, panel: int) -> list[int]:
    """How many people each class of a panel draws."""
    traces = activity.view.data[10 * panel : 10 * panel + 10 : 2]
    return [len(trace.x or ()) // POINTS_OF_A_PERSON for trace in traces]


def test_definitions_go_from_lenient_to_strict() -> None:
    state = UnionByDefinitionState(load_content())
    fused = [state.fused(name) for name in DEFINITIONS]
    assert fused == sorted(fused, reverse=True)
    published = {value.name for value in state.fact.values if value.label.startswith("fused, ")}
    assert published == set(DEFINITIONS)


@pytest.mark.parametrize("definition", DEFINITIONS)
def test_moving_the_definition_changes_who_is_fused(definition: str) -> None:
    activity = UnionByDefinitionActivity()
    activity.slider.value = definition
    fact = load_content().facts[SERIES_FACT]
    lenient, now = (fact.value(name).estimate or 0 for name in (DEFINITIONS[0], definition))
    assert people(activity, 0)[:2] == [lenient, PEOPLE - lenient]
    assert people(activity, 1)[:3] == [now, lenient - now, PEOPLE - lenient]
    assert f"{lenient - now:g} change from fused to not fused" in activity.state.said()
    assert [reading.cells[0] for reading in activity.state.readings()[:3]] == [
        f"{count:g} of 100" for count in (now, lenient - now, PEOPLE - lenient)
    ]


def test_it_says_what_the_picture_can_not_know() -> None:
    state = UnionByDefinitionState(load_content(), definition="ct")
    agreement = state.fact.value("agreement").estimate
    assert f"agreed in only {agreement:g} %" in state.said()
    drawn = PEOPLE - (state.fused("plain") - state.fused("ct"))
    assert drawn > (agreement or PEOPLE), "else the caution would be wrong"


def test_a_person_and_a_row_open_the_origin() -> None:
    activity = UnionByDefinitionActivity()
    trace = next(t for t in activity.view.data if SERIES_FACT in (t.customdata or ()))
    activity._clicked(trace, type("Points", (), {"point_inds": [5]})(), None)
    assert activity.state.selected == SERIES_FACT
    activity.readings.selected = "union-cages-ct-shah-2003"
    expected = load_content().facts["union-cages-ct-shah-2003"].statement
    assert activity.panel.origin["statement"] == expected


def test_a_move_is_sent_in_two_messages_and_never_as_a_new_figure() -> None:
    activity = UnionByDefinitionActivity()
    sent: list[list[str]] = []
    for widget in (activity.view, activity.readings):
        widget._send = lambda msg, buffers=None: sent.append(sorted(msg.get("state", {})))
    activity.state.definition = "ct"
    told = [names for names in sent if names not in (["_widget_data"], ["_widget_layout"])]
    assert sorted(told) == [["_py2js_update"], ["rows", "said"]]
