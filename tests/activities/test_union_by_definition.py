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

LEVELS = 100


def drawn(activity: UnionByDefinitionActivity, panel: int) -> list[int]:
    """How many levels each class of a panel has: fused, changed, never fused."""
    return [len(trace.x or ()) for trace in activity.view.data[3 * panel : 3 * panel + 3]]


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
    assert drawn(activity, 0) == [lenient, 0, LEVELS - lenient]
    assert drawn(activity, 1) == [now, lenient - now, LEVELS - lenient]
    assert f"{lenient - now:g} change from fused to not fused" in activity.state.said()
    assert [reading.cells[0] for reading in activity.state.readings()[:3]] == [
        f"{count:g} of 100" for count in (now, lenient - now, LEVELS - lenient)
    ]


def test_it_says_what_the_picture_can_not_know() -> None:
    state = UnionByDefinitionState(load_content(), definition="ct")
    agreement = state.fact.value("agreement").estimate
    assert f"agreed in only {agreement:g} %" in state.said()
    least = LEVELS - (state.fused("plain") - state.fused("ct"))
    assert least > (agreement or LEVELS), "else the caution would be wrong"


def test_a_level_and_a_row_open_the_origin() -> None:
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
    assert sorted(told) == [["_py2js_update"], ["link", "rows", "said"]]
