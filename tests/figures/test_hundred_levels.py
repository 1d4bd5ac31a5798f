"""A hundred levels, counted twice."""

from __future__ import annotations

import pytest

from l3s1.figures.hundred_levels import HundredLevels, build_hundred_levels_figure

WORDS = ("fused", "changed", "never")
LENIENT = HundredLevels("a", "lenient", (90, 0, 10), WORDS)
STRICT = HundredLevels("a", "strict", (60, 30, 10), WORDS)


def test_every_level_is_drawn_once_and_keeps_its_place() -> None:
    data = build_hundred_levels_figure([LENIENT, STRICT])["data"]
    panels = [
        [place for trace in data[at : at + 3] for place in zip(trace["x"], trace["y"], strict=True)]
        for at in (0, 3)
    ]
    assert panels[0] == panels[1]
    assert len(set(panels[0])) == 100
    assert [len(trace["x"]) for trace in data] == [90, 0, 10, 60, 30, 10]


def test_classes_differ_by_more_than_colour() -> None:
    data = build_hundred_levels_figure([LENIENT, STRICT])["data"]
    assert len({trace["marker"]["symbol"] for trace in data[:3]}) == 3
    assert {trace["customdata"][0] for trace in data if trace["x"]} == {"a"}


def test_a_count_of_another_number_is_refused() -> None:
    with pytest.raises(ValueError, match="not a hundred"):
        build_hundred_levels_figure([HundredLevels("a", "a", (90, 0, 9), WORDS)])
