"""Approaches: refused where wrong, with place and remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from l3s1.content import ContentError, load_content

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import ContentFolder

FILE = "approaches/ways"
Way = dict[str, Any]


def _strip(way: Way, **change: Any) -> None:
    way["levels"]["L4-L5"] = {
        **way["levels"]["L4-L5"],
        "strips": [{**way["levels"]["L4-L5"]["strips"][0], **change}],
    }


SPOILT: dict[str, tuple[Callable[[Way], Any], str]] = {
    "a fact that is not there": (lambda way: way.update(facts=["ghost-fact"]), "'ghost-fact'"),
    "a level's fact that is not there": (
        lambda way: way["levels"]["L5-S1"].update(facts=["ghost-fact"]),
        "'ghost-fact'",
    ),
    "a risk's fact that is not there": (
        lambda way: way["risks"][0].update(fact="ghost-fact"),
        "'ghost-fact'",
    ),
    "a number that its fact lacks": (
        lambda way: way["risks"][0].update(value="ghost"),
        "has no value 'ghost'",
    ),
    "a level left out": (lambda way: way["levels"].pop("L3-L4"), "L3-L4"),
    "a reach of no kind": (lambda way: way["levels"]["L3-L4"].update(reach="maybe"), "'maybe'"),
    "a number typed into the way": (
        lambda way: way.update(way="Through 8 cm of muscle to L4–L5."),
        "holds a number that was typed",
    ),
    "a number typed into a reason": (
        lambda way: way["levels"]["L5-S1"].update(why="Usual in 9 of 10."),
        "holds a number that was typed",
    ),
    "a direction beyond the circle": (lambda way: _strip(way, from_deg=400), "400"),
    "a strip of no width": (lambda way: _strip(way, width_mm=0), "width_mm"),
}


@pytest.mark.parametrize("name", SPOILT)
def test_spoilt_approaches_are_refused_with_place_and_remedy(
    content_folder: ContentFolder, name: str
) -> None:
    spoil, wrong = SPOILT[name]
    data = content_folder.read(FILE)
    spoil(data["approaches"][0])
    content_folder.write(FILE, data)
    with pytest.raises(ContentError) as caught:
        content_folder.load()
    assert any(
        f"assets/{FILE}.yaml" in line and wrong in line for line in str(caught.value).splitlines()
    ), str(caught.value)


def test_a_made_up_approach_loads(content_folder: ContentFolder) -> None:
    (way,) = content_folder.load().approaches.values()
    assert way.levels["L5-S1"].strips[0].at == (0.0, 0.0)
    assert way.risks[1].value == ""


def test_the_course_has_the_six_ways_and_says_why_at_every_disc() -> None:
    ways = load_content().approaches
    assert set(ways) == {"plf", "plif", "tlif", "alif", "llif", "olif"}
    assert all(level.why and level.facts for way in ways.values() for level in way.levels.values())
