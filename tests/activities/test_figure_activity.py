"""What activities with a chart share."""

from __future__ import annotations

from typing import Any

import pytest
import traitlets

from l3s1.activities.figure_activity import FigureActivity
from l3s1.activities.readings import Readings
from l3s1.activities.responder_curve import ResponderCurveActivity
from l3s1.scene import code_once
from l3s1.scene.static import static_file


def click(activity: FigureActivity, fact: str) -> None:
    """Click the first mark whose origin is that fact."""
    trace = next(t for t in activity.view.data if fact in (t.customdata or ()))
    points = type("Points", (), {"point_inds": [list(trace.customdata).index(fact)]})()
    activity._clicked(trace, points, None)


def test_a_mark_and_a_row_open_the_same_origin_and_closing_it_forgets_it() -> None:
    activity = ResponderCurveActivity()
    fact = "five-years-fusion-skold-2013"
    click(activity, fact)
    assert activity.readings.selected == fact
    assert activity.panel.origin["statement"] == activity.state.content.facts[fact].statement
    activity.panel.origin = None
    assert activity.state.selected == ""
    activity.readings.selected = fact
    assert activity.panel.origin is not None


def test_a_change_is_sent_in_two_messages_and_never_as_a_new_figure() -> None:
    activity = ResponderCurveActivity()
    sent: list[tuple[Any, list[str]]] = []
    for widget in (activity.view, activity.readings, activity.panel):
        widget._send = lambda msg, buffers=None, who=widget: sent.append(
            (who, sorted(msg.get("state", {})))
        )
    before = [trace.uid for trace in activity.view.data]
    activity.state.threshold = 20.0
    # without a page the figure keeps the state that a view will start from in step, too
    told = [names for _, names in sent if names != ["_widget_data"] and names != ["_widget_layout"]]
    assert sorted(told) == [["_py2js_update"], ["link", "rows", "said"]]
    assert [trace.uid for trace in activity.view.data] == before


def test_what_the_chart_shows_is_what_its_builder_builds() -> None:
    """Changing in place ends where building anew begins."""
    activity = ResponderCurveActivity()
    for change in ({"levels": "one"}, {"threshold": 33.0}, {"levels": "three_or_more"}):
        for name, value in change.items():
            setattr(activity.state, name, value)
        fresh = ResponderCurveActivity(
            levels=activity.state.levels, threshold=activity.state.threshold
        )
        for mine, theirs in zip(activity.view.data, fresh.view.data, strict=True):
            assert list(mine.x or ()) == list(theirs.x or ())
            assert list(mine.y or ()) == list(theirs.y or ())
        assert activity.view.layout.annotations == fresh.view.layout.annotations
        assert activity.view.text == fresh.view.text


def test_unknown_facts_are_refused() -> None:
    with pytest.raises(traitlets.TraitError, match="there is no fact"):
        ResponderCurveActivity(selected="ghost")


def test_the_first_widget_of_a_kind_carries_the_code_for_the_others() -> None:
    first, second = Readings(), Readings()
    carrier = code_once._carriers["readings"]()
    assert carrier is not None
    assert first is carrier or len(first._esm) < 400
    assert len(second._esm) < 400
    assert second._css == ""
    carrier.close()
    heir = Readings()
    assert heir._esm == static_file("readings.js").read_text(encoding="utf-8")
    assert heir._css
