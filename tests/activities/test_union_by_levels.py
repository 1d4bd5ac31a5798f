"""Union of L5–S1 by number of levels, without a page."""

from __future__ import annotations

from l3s1.activities.union_by_levels import (
    COUNTED,
    GROUPS,
    NOT_UNITED,
    UNITED,
    UnionByLevelsActivity,
    UnionByLevelsState,
)
from l3s1.content import load_content


def test_only_fusions_of_three_levels_or_more_are_not_extrapolated() -> None:
    for group in UnionByLevelsState(load_content()).groups():
        long = group.heading.startswith(("Three", "Four"))
        assert all(row.extrapolated is not long for row in group.rows)
        assert ("extrapolated" in group.heading) is not long


def test_small_numbers_are_said_and_have_intervals() -> None:
    content = load_content()
    for counted in COUNTED:
        for group in UnionByLevelsState(content, counted=counted).groups():
            for row in group.rows:
                assert "n = " in row.label
                assert (row.low is None) is ("in all groups" in row.label or "S1 not" in row.label)
                if row.low is not None and row.high is not None and row.estimate is not None:
                    assert row.low < row.estimate < row.high


def test_union_and_its_lack_never_share_an_axis() -> None:
    content = load_content()
    for counted, negative in ((UNITED, False), (NOT_UNITED, True)):
        for group in GROUPS[counted]:
            for name, value in group.shares:
                label = content.facts[name].value(value).label
                assert ("non-union" in label or "not united" in label) is negative


def test_what_nobody_published_is_a_gap() -> None:
    activity = UnionByLevelsActivity(counted=NOT_UNITED)
    gaps = [reading.label for reading in activity.state.readings() if not reading.fact]
    assert gaps == ["Three levels: no evidence"]
    assert "no evidence" in activity.state.said()


def test_a_row_opens_its_origin() -> None:
    activity = UnionByLevelsActivity()
    activity.readings.selected = "l5s1-and-l4l5-han-2015"
    expected = load_content().facts["l5s1-and-l4l5-han-2015"].statement
    assert activity.panel.origin["statement"] == expected
