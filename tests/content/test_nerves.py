"""The nerves: refused where wrong, with place and remedy; whole where the course needs them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from l3s1.content import ContentError, load_content
from l3s1.vocabulary import LesionZone, NerveRoot, Trust

if TYPE_CHECKING:
    from tests.conftest import ContentFolder

NERVES = load_content().nerves
FILE = "nerves/all"

SPOILT: dict[str, tuple[str, dict[str, Any], str]] = {
    # what is wrong: the entry that is changed, how, what the problem says
    "fact of nowhere": ("L4", {"facts": ["ghost"]}, "there is no fact 'ghost'"),
    "area of nowhere": ("L4", {"core": ["tail"]}, "there is no area 'tail'"),
    "area that is core and shared": ("L4", {"overlap": ["skin"]}, "stands in core too"),
    "movement of nowhere": ("L5", {"main": ["hop"]}, "there is no movement 'hop'"),
    "reflex of nowhere": ("S1", {"reflexes": ["blink"]}, "there is no sign 'blink'"),
    "root of another name": ("L4", {"id": "L9"}, "'L9' is not allowed"),
    "sign of no area": ("numb_skin", {"where": "tail"}, "there is no area 'tail'"),
    "sign of another name": ("numb_skin", {"id": "numb_nose"}, "is 'numb_nose'"),
    "ratio of no study": (
        "numb_skin",
        {
            "accuracy": [
                {"study": "ghost", "root": "L4", "fact": "made-up-ratio", "present": "often"}
            ]
        },
        "there is no study 'ghost'",
    ),
    "ratio that is a share": (
        "numb_skin",
        {
            "accuracy": [
                {"study": "study", "root": "L4", "fact": "made-up-ratio", "present": "often"}
            ]
        },
        "is not a likelihood ratio",
    ),
    "ratio of no value": (
        "weak_bend",
        {"accuracy": [{"study": "study", "root": "L4", "fact": "made-up-ratio", "present": "x"}]},
        "has no value 'x'",
    ),
    "sensitivity that is no share": (
        "weak_bend",
        {
            "accuracy": [
                {
                    "study": "study",
                    "root": "L4",
                    "fact": "made-up-ratio",
                    "sensitivity": "with_sign",
                    "specificity": "with_sign",
                }
            ]
        },
        "is not a share between 0 and 1",
    ),
    "two ratios of a study": (
        "weak_bend",
        {
            "accuracy": [
                {"study": "study", "root": "L4", "fact": "made-up-ratio", "present": "with_sign"}
            ]
            * 2
        },
        "stand twice",
    ),
    "share that is a ratio": ("often", {"shares": {"L5": "with_sign"}}, "is no share in %"),
    "story without a field": (
        "story-textbook",
        {"texts": ["{A} {age}-year-old {hero}."]},
        "can't be filled in",
    ),
    "story that grows younger": ("story-textbook", {"age": [60, 40]}, "runs from old to young"),
}


def _change(folder: ContentFolder, entry: str, change: dict[str, Any] | None) -> None:
    data = folder.read(FILE)
    found = next(each for each in data["entries"] if each["id"] == entry)
    if change is None:
        data["entries"].remove(found)
    else:
        found.update(change)
    folder.write(FILE, data)


@pytest.mark.parametrize("name", SPOILT)
def test_spoilt_nerves_are_refused_with_place_and_remedy(
    content_folder: ContentFolder, name: str
) -> None:
    entry, change, wrong = SPOILT[name]
    _change(content_folder, entry, change)
    with pytest.raises(ContentError) as caught:
        content_folder.load()
    lines = [line for line in str(caught.value).splitlines() if wrong in line]
    assert lines, str(caught.value)
    assert re.search(rf"assets/{FILE}\.yaml:\d+: ", lines[0])
    assert ";" in lines[0]


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        ("L3", "the root L3"),
        ("central", "the zone central"),
        ("study", "no entry of kind 'study'"),
    ],
)
def test_a_gap_is_a_problem(content_folder: ContentFolder, entry: str, wrong: str) -> None:
    _change(content_folder, entry, None)
    with pytest.raises(ContentError, match=wrong):
        content_folder.load()


def test_a_folder_of_made_up_nerves_loads(content_folder: ContentFolder) -> None:
    nerves = content_folder.load().nerves
    assert set(nerves.roots) == {root.value for root in NerveRoot}
    assert nerves.stories["textbook"].texts


def test_the_course_has_every_root_and_zone() -> None:
    assert list(NERVES.roots) == [root.value for root in NerveRoot]
    assert list(NERVES.zones) == [zone.value for zone in LesionZone]


def test_no_ratio_rests_on_what_is_not_sourced() -> None:
    content = load_content()
    for sign in NERVES.signs.values():
        for each in sign.accuracy:
            assert content.facts[each.fact].trust is not Trust.UNVERIFIED


def test_distinctions_are_found_either_way_round() -> None:
    found = NERVES.distinction("S1", "L5")
    assert found is NERVES.distinction("L5", "S1") is not None
    assert NERVES.distinction("L2", "S1") is None
