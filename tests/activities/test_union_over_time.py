"""The union figure's activity without a page."""

from __future__ import annotations

import pytest
import traitlets

from l3s1.activities.union_over_time import UnionOverTimeActivity
from l3s1.content import load_content


def test_each_point_is_a_published_share_of_its_fact() -> None:
    content = load_content()
    activity = UnionOverTimeActivity()
    assert len(activity.view.data) >= 8
    for trace in activity.view.data:
        (name,) = set(trace.customdata)
        published = {value.estimate for value in content.facts[name].values}
        assert set(trace.y) <= published


def test_a_click_opens_the_origin() -> None:
    activity = UnionOverTimeActivity()
    trace = activity.view.data[1]
    points = type("Points", (), {"point_inds": [0]})()
    activity._clicked(trace, points, None)
    assert activity.state.selected == trace.customdata[0]
    assert activity.chooser.value == activity.state.selected
    expected = load_content().facts[activity.state.selected].statement
    assert activity.panel.origin["statement"] == expected


def test_choosing_by_keyboard_does_the_same() -> None:
    activity = UnionOverTimeActivity()
    activity.chooser.value = activity.state.series[0].id
    assert activity.panel.origin is not None
    activity.chooser.value = ""
    assert activity.panel.origin is None


def test_unknown_series_are_refused() -> None:
    with pytest.raises(traitlets.TraitError, match="there is no series"):
        UnionOverTimeActivity(selected="ghost")


def test_changes_before_a_page_shows_the_figure_are_part_of_it() -> None:
    """The state a view starts from follows changes, in a box as well."""
    view = UnionOverTimeActivity().view
    with view.batch_update():
        view.layout.title.text = "changed early"
        view.data[0].y = [1, 2, 3]
    assert view.get_state(["_widget_layout"])["_widget_layout"]["title"]["text"] == "changed early"
    assert list(view.get_state(["_widget_data"])["_widget_data"][0]["y"]) == [1, 2, 3]


def test_the_bundle_is_sent_when_asked_for_and_only_then() -> None:
    view = UnionOverTimeActivity().view
    sent: list[tuple[object, object]] = []
    view.send = lambda content, buffers=None: sent.append((content, buffers))
    view._handle_custom_msg({"type": "something else"}, [])
    assert sent == []
    view._handle_custom_msg({"type": "l3s1:plotly-bundle"}, [])
    ((content, buffers),) = sent
    assert content == {"type": "l3s1:plotly-bundle"}
    assert isinstance(buffers, list)
    assert buffers[0][:2] == b"\x1f\x8b"
