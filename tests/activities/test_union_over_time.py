"""The union figure's activity without a page."""

from __future__ import annotations

import itertools

import pytest
import traitlets

from l3s1.activities.union_over_time import (
    APPROACHES,
    GRAFTS,
    QUOTED,
    READERS,
    SOURCES,
    UnionOverTimeActivity,
    UnionOverTimeState,
    _points_of,
)
from l3s1.content import load_content
from l3s1.scene.plotly_bundle import PLOTLY_FILE
from l3s1.scene.shared_files import FILE_MESSAGE

POINTS = 3
"""The trace of the points."""

UNION_TOPICS = ("union_over_time", "union_without_screws", "union_series_further")


def test_each_point_is_a_published_share_of_its_fact() -> None:
    content = load_content()
    points = UnionOverTimeActivity(years="5").view.data[POINTS]
    assert len(points.y) == 22
    for share, name in zip(points.y, points.customdata, strict=True):
        assert share in {value.estimate for value in content.facts[name].values}


def test_every_share_with_a_time_is_in_a_series() -> None:
    """A fact added to a topic of union must get its graft, approach and reader."""
    content = load_content()
    found = {
        fact.id
        for fact in content.facts.values()
        if fact.topic in UNION_TOPICS
        and any(v.unit == "%" and v.at_unit and v.estimate is not None for v in fact.values)
    }
    assert found - {QUOTED} == {source.fact for source in SOURCES}
    for source in SOURCES:
        assert source.reader in READERS
        assert source.approach in APPROACHES
        assert source.graft in GRAFTS
        assert _points_of(content.facts[source.fact], source)


def test_choices_narrow_the_series_down() -> None:
    state = UnionOverTimeState(load_content())
    everything = {one.id for one in state.series}
    assert not any("unscrewed" in name for name in everything)
    assert len(everything) == len(state.series), "the same people stand there once"
    state.reader = "xray"
    assert {one.id for one in state.series} < everything
    state.approach = "posterolateral"
    assert {one.id for one in state.series} == {
        "union-long-iliac-fu-2016",
        "union-long-matrix-fu-2016",
    }
    state.graft = "own_bone"
    assert [one.id for one in state.series] == ["union-long-iliac-fu-2016"]


def test_a_series_keeps_its_letter_whatever_is_chosen() -> None:
    content = load_content()
    letters: dict[tuple[str, float], set[str]] = {}
    for approach, reader in itertools.product(("all", *APPROACHES), ("all", *READERS)):
        for one in UnionOverTimeState(content, approach=approach, reader=reader).series:
            letters.setdefault((one.id, one.points[0].share), set()).add(one.letter)
    assert len(letters) == len(SOURCES)
    assert all(len(each) == 1 for each in letters.values())
    assert len({letter for each in letters.values() for letter in each}) == len(SOURCES)


def test_a_combination_nobody_published_is_a_gap() -> None:
    activity = UnionOverTimeActivity(reader="xray", graft="ceramic")
    assert "No evidence" in activity.state.said()
    assert activity.state.readings()[0].fact == ""
    assert "no evidence" in activity.view.layout.annotations[-1].text
    assert list(activity.view.data[POINTS].y) == []


def test_points_beyond_the_axis_are_said() -> None:
    state = UnionOverTimeState(load_content(), reader="xray")
    assert "2 points lie beyond the axis" in state.said()
    state.years = "5"
    assert "beyond" not in state.said()


def test_a_click_opens_the_origin() -> None:
    activity = UnionOverTimeActivity()
    trace = activity.view.data[POINTS]
    points = type("Points", (), {"point_inds": [2]})()
    activity._clicked(trace, points, None)
    assert activity.state.selected == trace.customdata[2]
    assert activity.readings.selected == activity.state.selected
    expected = load_content().facts[activity.state.selected].statement
    assert activity.panel.origin["statement"] == expected


def test_choosing_by_keyboard_does_the_same() -> None:
    activity = UnionOverTimeActivity()
    activity.readings.selected = activity.state.series[0].id
    assert activity.panel.origin is not None
    activity.readings.selected = ""
    assert activity.panel.origin is None


def test_unknown_series_are_refused() -> None:
    with pytest.raises(traitlets.TraitError, match="there is no fact"):
        UnionOverTimeActivity(selected="ghost")


def test_a_choice_is_sent_in_two_messages_and_never_as_a_new_figure() -> None:
    activity = UnionOverTimeActivity()
    sent: list[list[str]] = []
    for widget in (activity.view, activity.readings):
        widget._send = lambda msg, buffers=None: sent.append(sorted(msg.get("state", {})))
    before = [trace.uid for trace in activity.view.data]
    activity.state.reader = "independent"
    told = [names for names in sent if names not in (["_widget_data"], ["_widget_layout"])]
    assert sorted(told) == [["_py2js_update"], ["link", "rows", "said"]]
    assert [trace.uid for trace in activity.view.data] == before


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
    request = {"type": FILE_MESSAGE, "file": PLOTLY_FILE}
    view._handle_custom_msg(request, [])
    ((content, buffers),) = sent
    assert content == request
    assert isinstance(buffers, list)
    assert buffers[0][:2] == b"\x1f\x8b"
