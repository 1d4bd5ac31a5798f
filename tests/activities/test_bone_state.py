"""The bone's state without a browser: its days are the bars', its numbers the facts'."""

from __future__ import annotations

import itertools

import pytest
import traitlets
from fact_numbers import content, numbers_in, words_of

from l3s1.activities.bone_state import (
    LOAD_FACTS,
    NON_UNION_FACTS,
    OUTCOMES,
    SITES,
    STAGE_PHASE,
    UNION_PHASE,
    BoneStateActivity,
    BoneStateState,
    moments_of,
)
from l3s1.activities.recovery_timeline import RecoveryTimelineState
from l3s1.models.bone_state import Site, Stage
from l3s1.models.time_axis import HORIZON_D, say_day

MOST_BYTES = 15_000


def test_stages_begin_where_the_timelines_bars_do() -> None:
    phases = content().phases
    for site in Site:
        moments = moments_of(content(), site)
        callus, bridging = phases["soft-callus"].span, phases["bridging-remodelling"].span
        union = phases[UNION_PHASE[site]].span
        assert callus
        assert bridging
        assert union
        assert moments.callus_from == content().days(callus.earliest)
        assert moments.bridging_from == content().days(bridging.earliest)
        assert moments.bridged_at == content().days(union.usual or union.latest)


def test_the_words_of_a_stage_are_those_of_the_timeline() -> None:
    state = BoneStateState(content(), day=20.0)
    assert state.bone.stage is Stage.CALLUS
    assert content().phases["soft-callus"].during in state.text_twin()
    timeline = RecoveryTimelineState(content(), day=20.0)
    assert content().phases["soft-callus"].during in timeline.text_twin()


def test_a_non_union_is_not_called_before_it_may_be() -> None:
    state = BoneStateState(content(), outcome="non_union", day=100.0)
    assert "nobody can tell a non-union" in state.text_twin()
    state.day = state.called_at
    assert "stays open" in state.text_twin()
    assert state.bone.stage is not Stage.BRIDGED


def test_every_number_in_the_words_has_its_fact() -> None:
    phases = [*STAGE_PHASE.values(), *UNION_PHASE.values()]
    named = {name for each in phases for name in content().phases[each].facts}
    known = {
        number for name in {*named, *LOAD_FACTS, *NON_UNION_FACTS} for number in words_of(name)
    }
    for site, outcome, day in itertools.product(SITES, OUTCOMES, (0.0, 20.0, 200.0, 500.0, 730.0)):
        twin = BoneStateState(content(), site=site.value, outcome=outcome, day=day).text_twin()
        said = [line for line in twin.splitlines() if not line.startswith("Drawn:")]
        said[0] = said[0].replace(say_day(day), "").replace(say_day(day).capitalize(), "")
        for number, _ in numbers_in("\n".join(said)):
            assert number in known, (number, twin)


def test_what_cannot_be_shown_is_refused() -> None:
    with pytest.raises(traitlets.TraitError, match="not on the axis"):
        BoneStateState(content(), day=HORIZON_D + 1)
    with pytest.raises(traitlets.TraitError):
        BoneStateState(content(), site="facets")


def test_widget_and_state_are_one_and_light() -> None:
    widget = BoneStateActivity(day=42.0)
    widget.day, widget.site, widget.view = 200.0, "interbody", "section"
    assert (widget.state.day, widget.state.site, widget.state.view) == (
        200.0,
        "interbody",
        "section",
    )
    assert widget.text_twin() == widget.state.text_twin() == repr(widget)
    state = widget.get_state()
    sent = sum(
        len(value) if isinstance(value, bytes) else len(repr(value))
        for name, value in state.items()
        if name not in ("_css", "_anywidget_id")
    )
    assert sent <= MOST_BYTES + len(state["_esm"])
