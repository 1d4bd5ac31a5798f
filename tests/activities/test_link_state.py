"""A chart's state in a link: what every chart says of itself, and what it takes from a link."""

from __future__ import annotations

from typing import Any

import pytest
import traitlets
from hypothesis import given
from hypothesis import strategies as st
from ipywidgets import FloatSlider

import l3s1
from l3s1.activities.figure_activity import FigureActivity, position
from l3s1.activities.hazards import HazardsActivity
from l3s1.activities.link_state import follow_link, write_state
from l3s1.activities.responder_curve import ResponderCurveActivity
from l3s1.activities.responder_scales import SCALES


class Made(traitlets.HasTraits):
    kind = traitlets.Enum(["one", "two"], "one")
    share = traitlets.Float(0.5)
    on = traitlets.Bool(False)
    many: traitlets.List[str] = traitlets.List()

    @traitlets.validate("share")
    def _valid_share(self, proposal: dict[str, Any]) -> float:
        share = float(proposal["value"])
        if not 0 <= share <= (1 if self.kind == "one" else 2):
            raise traitlets.TraitError(f"a share of {share:g}")
        return share


def test_what_is_written_is_read() -> None:
    state = Made(kind="two", share=1.25, on=True)
    again = Made()
    follow_link(again, write_state(state))
    assert write_state(again) == write_state(state) == {"kind": "two", "on": "on", "share": "1.25"}


def test_what_belongs_together_is_set_together_and_the_impossible_leaves_the_rest() -> None:
    state = Made()
    follow_link(state, {"share": "1.5", "kind": "two"})
    assert (state.kind, state.share) == ("two", 1.5)
    follow_link(
        state, {"kind": "three", "share": "0.25", "on": "perhaps", "many": "x", "ghost": ""}
    )
    assert (state.kind, state.share, state.on, state.many) == ("two", 0.25, False, [])


@given(st.dictionaries(st.sampled_from(["kind", "share", "on", "many", "x"]), st.text(max_size=9)))
def test_no_link_breaks_a_state(asked: dict[str, str]) -> None:
    state = Made()
    follow_link(state, asked)
    assert state.kind in ("one", "two")
    assert 0 <= state.share <= 2


CHARTS = [
    name
    for name in l3s1.__all__
    if name.endswith("Activity") and issubclass(getattr(l3s1, name), FigureActivity)
]


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_has_a_name_of_its_own_and_starts_with_an_empty_link(name: str) -> None:
    activity = getattr(l3s1, name)()
    assert activity.state.link() == activity.readings.link == {}
    others = {getattr(l3s1, each)().state.link_name() for each in CHARTS if each != name}
    assert activity.readings.link_name not in others


@pytest.mark.parametrize("name", CHARTS)
def test_every_slider_stands_on_a_step_so_that_drawing_it_tells_the_kernel_nothing(
    name: str,
) -> None:
    activity = getattr(l3s1, name)()
    for slider in (each for each in vars(activity).values() if isinstance(each, FloatSlider)):
        assert slider.value == position(slider, slider.value)


@given(
    value=st.floats(-10, 110),
    step=st.floats(0.01, 10),
    most=st.floats(20, 100),
    low=st.floats(0, 5),
)
def test_a_sliders_position_is_its_nearest_step_or_end(
    value: float, step: float, most: float, low: float
) -> None:
    slider = FloatSlider(min=low, max=most, step=step)
    place = position(slider, value)
    assert low <= place <= most
    assert position(slider, place) == place
    if low <= value <= most - step:
        assert abs(place - value) <= step / 2 + 1e-6


def test_a_link_moves_chart_and_controls_and_reset_moves_them_back() -> None:
    activity = ResponderCurveActivity()
    start = activity.text_twin()
    other = next(scale for scale in SCALES if scale.id != activity.state.scale)
    activity.readings.asked = {"scale": other.id, "threshold": f"{other.end}", "levels": "one"}
    assert activity.state.scale == activity.scales.value == other.id
    assert activity.slider.value == activity.slider.max == other.end
    assert activity.readings.link["levels"] == "one"
    assert activity.text_twin() != start
    activity._told(activity.readings, {"type": "reset"}, [])
    assert activity.text_twin() == start
    assert activity.readings.link == {}


def test_a_day_in_a_link_moves_the_cursor_of_the_hazards() -> None:
    activity = HazardsActivity()
    activity.readings.asked = {"day": "12", "hazard": "nonsense"}
    assert activity.state.day == 12
    assert activity.state.hazard == HazardsActivity().state.hazard
    assert activity.typed.value.startswith("day 12")
