"""Grafts and their comparisons: built from YAML, refused where wrong, complete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from l3s1.content import ContentError, load_content
from l3s1.vocabulary import Bearing, Graft, GraftBed, GraftProperty, Trust, UnionReader

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import ContentFolder

Tree = dict[str, Any]
CONTENT = load_content()
SHARE = {
    "fact": "made-up-trial",
    "value": "stay",
    "beds": ["interbody"],
    "reader": "ct",
}


def _graft(**change: Any) -> Callable[[Tree], None]:
    return lambda tree: tree["grafts"][0].update(change)


def _bearing(bearing: str, *facts: str) -> Callable[[Tree], None]:
    found = {"bearing": bearing, "facts": list(facts)}
    return lambda tree: tree["grafts"][0]["properties"].update(osteogenic=found)


def _trial(**change: Any) -> Callable[[Tree], None]:
    return lambda tree: tree["trials"][0].update(change)


WRONG = {
    "unknown fact": ("grafts/grafts", _graft(cost=["nobody-knows"]), "there is no fact"),
    "one-sided dispute": (
        "grafts/grafts",
        _bearing("disputed", "made-up-stay"),
        "a dispute names one fact",
    ),
    "share in days": ("grafts/grafts", _graft(union=[SHARE]), "is in 'd'"),
    "unknown value": (
        "grafts/grafts",
        _graft(union=[{**SHARE, "value": "nothing"}]),
        "has no value 'nothing'",
    ),
    "unknown reader": (
        "grafts/grafts",
        _graft(union=[{**SHARE, "reader": "guess"}]),
        "guess",
    ),
    "unknown graft": ("grafts/grafts", _graft(id="plaster"), "plaster"),
    "unknown bed": ("graft_trials/trials", _trial(beds=["armchair"]), "armchair"),
    "with itself": ("graft_trials/trials", _trial(other="crest"), "compared with itself"),
    "missing graft": ("graft_trials/trials", _trial(other="peptide"), "no graft 'peptide'"),
    "no n": ("graft_trials/trials", _trial(fact="made-up-stay"), "has no n"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_graft_is_refused_with_its_place(content_folder: ContentFolder, name: str) -> None:
    file, change, words = WRONG[name]
    tree = content_folder.read(file)
    change(tree)
    content_folder.write(file, tree)
    with pytest.raises(ContentError, match=words) as error:
        content_folder.load()
    assert f"assets/{file}.yaml:" in str(error.value)


def test_a_comparison_and_a_graft_load(content_folder: ContentFolder) -> None:
    content = content_folder.load()
    trial = content.graft_trials["made-up-trial"]
    assert trial.pair == {Graft.CREST, Graft.CERAMIC}
    assert trial.beds == (GraftBed.POSTEROLATERAL,)
    graft = content.grafts["crest"]
    assert graft.properties[GraftProperty.OSTEOGENIC].bearing is Bearing.NO
    assert graft.heading == "A crest"


def test_every_graft_is_there_and_has_its_three_properties() -> None:
    assert set(CONTENT.grafts) == {each.value for each in Graft}
    for graft in CONTENT.grafts.values():
        assert set(graft.properties) == set(GraftProperty)
    assert CONTENT.grafts["growth_factor"].heading == "rhBMP-2"


def test_lesson_09_names_its_grafts_as_this_one_does() -> None:
    options = {option.id for option in CONTENT.choices["graft"].options} - {"any"}
    assert options
    assert options <= set(CONTENT.grafts)


def test_no_number_of_a_graft_is_convention() -> None:
    checked = 0
    for graft in CONTENT.grafts.values():
        for number in (*graft.union, *graft.ratios, *graft.harms):
            assert CONTENT.facts[number.fact].trust is not Trust.UNVERIFIED
            checked += 1
    assert checked > 70


def test_each_study_stands_once_and_was_read_one_way() -> None:
    facts = [trial.fact for trial in CONTENT.graft_trials.values()]
    assert len(set(facts)) == len(facts)
    readers: dict[tuple[str, str], UnionReader] = {}
    for graft in CONTENT.grafts.values():
        for number in graft.union:
            key = (number.fact, number.value)
            assert key not in readers, f"{key} stands under two grafts"
            readers[key] = number.reader
    by_fact: dict[str, set[UnionReader]] = {}
    for (fact, _), reader in readers.items():
        by_fact.setdefault(fact, set()).add(reader)
    assert all(len(found) == 1 for found in by_fact.values()), "both arms are read alike"
