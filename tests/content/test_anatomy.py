"""Structures, comparisons, variants: refused where wrong, complete where the model needs them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from l3s1.content import ContentError, course_root, load_content, structure_names
from l3s1.content.anatomy import Point
from l3s1.models.anatomy.pack import unpack_anatomy
from l3s1.vocabulary import Evidence, Trust

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import ContentFolder

Tree = dict[str, Any]

CONTENT = load_content()
NUMBER = re.compile(r"(?<![LS])\d")


def _structure(**change: Any) -> Callable[[ContentFolder], None]:
    return _change("structures/parts", "structures", change)


def _comparison(**change: Any) -> Callable[[ContentFolder], None]:
    return _change("comparisons/levels", "comparisons", change)


def _variant(**change: Any) -> Callable[[ContentFolder], None]:
    return _change("variants/model", "variants", change)


def _change(name: str, key: str, change: Tree) -> Callable[[ContentFolder], None]:
    def apply(folder: ContentFolder) -> None:
        data = folder.read(name)
        data[key][0].update(change)
        folder.write(name, data)

    return apply


def _series(**change: Any) -> Callable[[ContentFolder], None]:
    return _comparison(
        series=[{"label": "nobody", "fact": "made-up-angle", "values": {"L3": "l3"}, **change}]
    )


def _second_kind(folder: ContentFolder) -> None:
    data = folder.read("structures/parts")
    data["structures"].append(
        {**data["structures"][0], "id": "made-up-root", "structures": ["*.nerve_root.*"]}
    )
    folder.write("structures/parts", data)


def _spine(folder: ContentFolder) -> None:
    folder.write("spine/posture", "slope:\n  value: 41\n  fact: ghost\n")


SPOILT: dict[str, tuple[Callable[[ContentFolder], None], str, str]] = {
    "number of no fact": (
        _structure(numbers=[{"label": "x", "fact": "ghost", "values": ["stay"]}]),
        "assets/structures/parts.yaml:",
        "no fact 'ghost'",
    ),
    "number of no value": (
        _structure(numbers=[{"label": "x", "fact": "made-up-stay", "values": ["ghost"]}]),
        "numbers[0]",
        "no value 'ghost'",
    ),
    "sentence of no fact": (_structure(facts=["ghost"]), "facts[0]", "no fact 'ghost'"),
    "near miss of no kind": (
        _structure(confused_with=[{"structure": "ghost", "tell_apart": "it is not there"}]),
        "confused_with[0]",
        "no kind of structure 'ghost'",
    ),
    "near miss of itself": (
        _structure(confused_with=[{"structure": "made-up-part", "tell_apart": "it is itself"}]),
        "confused_with[0]",
        "confused with itself",
    ),
    "glob of nothing": (
        _structure(structures=["*", "tail_bone"]),
        "structures[1]",
        "'tail_bone' covers nothing",
    ),
    "name without a kind": (
        _structure(structures=["L4*"]),
        "made-up-part",
        "no kind covers 'dural_sac'",
    ),
    "name with two kinds": (
        _second_kind,
        "made-up-root",
        "'L2.nerve_root.left' is covered by 'made-up-part'",
    ),
    "unknown group": (
        lambda folder: folder.write(
            "structures/parts", {**folder.read("structures/parts"), "group": "feathers"}
        ),
        "group",
        "'feathers' is not allowed",
    ),
    "comparison of no kind": (_comparison(structure="ghost"), "structure", "no kind of structure"),
    "comparison of no value": (_series(values={"L3": "ghost"}), "values.L3", "no value 'ghost'"),
    "comparison of another level": (_series(values={"L4": "l3"}), "values.L4", "belongs to L3"),
    "comparison of another unit": (_comparison(unit="mm"), "values.L3", "is in deg, not in mm"),
    "comparison of no level": (_series(values={"L9": "l3"}), "values", "unknown field 'L9'"),
    "variant without its range": (_variant(high=None), "high", "None is not a number"),
    "variant upside down": (_variant(default=60), "made-up-variant", "do not rise"),
    "variant of no option": (
        _variant(
            kind="choice",
            default="ghost",
            options=[{"id": "one", "label": "one"}, {"id": "two", "label": "two"}],
        ),
        "default",
        "'ghost' is none of its options",
    ),
    "mark of no value": (
        _variant(marks=[{"label": "limit", "fact": "made-up-angle", "value": "ghost"}]),
        "marks",
        "no value 'ghost'",
    ),
    "mark of no end": (
        _variant(marks=[{"label": "x", "fact": "made-up-angle", "value": "l3", "take": "high"}]),
        "marks",
        "has no high",
    ),
    "number of the model of no fact": (_spine, "assets/spine/posture.yaml:3", "no fact 'ghost'"),
    "place of no level": (
        _change(
            "facts/angle",
            "facts",
            {
                "values": [
                    {
                        "name": "l3",
                        "label": "L3",
                        "where": "L9",
                        "unit": "deg",
                        "estimate": 1,
                        "statistic": "mean",
                    }
                ]
            },
        ),
        "values[l3].where",
        "'L9' is not allowed",
    ),
    "fusion without its levels": (
        _change("facts/angle", "facts", {"topic": "hospital_stay"}),
        "made-up-angle",
        "lacks 'levels'",
    ),
}


@pytest.mark.parametrize("name", SPOILT)
def test_spoilt_anatomy_is_refused_with_place_and_remedy(
    content_folder: ContentFolder, name: str
) -> None:
    spoil, place, wrong = SPOILT[name]
    spoil(content_folder)
    with pytest.raises(ContentError) as caught:
        content_folder.load()
    lines = [line for line in str(caught.value).splitlines() if wrong in line]
    assert lines, str(caught.value)
    assert any(place in line for line in lines), lines
    assert all("; " in line for line in lines), "each says what to do"


def test_every_structure_of_the_built_model_has_exactly_one_kind() -> None:
    pack = unpack_anatomy((course_root() / "assets" / "meshes" / "anatomy.bin").read_bytes())
    built = {part.name for part in pack.parts}
    built |= {region.structure for part in pack.parts for region in part.regions}
    assert built
    assert built <= set(structure_names()), "names that the content does not know"
    for name in built:
        kinds = [kind.id for kind in CONTENT.structures.values() if kind.covers(name)]
        assert len(kinds) == 1, (name, kinds)


def test_structures_are_said_in_words() -> None:
    said = {
        "L4": "lumbar vertebra L4",
        "L4.pedicle.left": "left pedicle of L4",
        "L4-L5.annulus_fibrosus": "annulus fibrosus of L4–L5",
        "L5-S1.facet_capsule.right": "right facet joint capsule of L5–S1",
        "S1.nerve_root.left": "left nerve root of S1",
        "sacrum": "sacrum",
        "sacrum.ala.right": "right ala of the sacrum",
        "sacrum.superior_articular_process.left": "left superior articular process of the sacrum",
        "dural_sac": "dural sac",
        "iliac_crest.left": "left iliac crest",
    }
    assert {name: CONTENT.say_structure(name) for name in said} == said
    names = [CONTENT.say_structure(name) for name in structure_names()]
    assert len(set(names)) == len(names), "two structures are said alike"


def test_a_name_that_no_kind_covers_is_said() -> None:
    with pytest.raises(KeyError, match="tail"):
        CONTENT.structure_of("tail")


def test_numbers_stand_in_facts_and_not_in_sentences() -> None:
    for kind in CONTENT.structures.values():
        near = [each.tell_apart for each in kind.confused_with]
        for text in (kind.what, kind.surgeon, kind.levels_differ or "", *near):
            assert not NUMBER.search(text), (kind.id, text)
    for comparison in CONTENT.comparisons.values():
        for text in (comparison.change, comparison.matters):
            assert not NUMBER.search(text), (comparison.id, text)
    for variant in CONTENT.variants.values():
        assert not NUMBER.search(variant.text), (variant.id, variant.text)


def test_the_worst_pairs_are_told_apart_both_ways() -> None:
    """Whoever takes a pedicle for a pars gets feedback, and the other way round."""
    pairs = [
        ("superior-articular-process", "inferior-articular-process"),
        ("pedicle", "pars-interarticularis"),
        ("lamina", "pars-interarticularis"),
        ("superior-end-plate", "inferior-end-plate"),
        ("common-iliac-artery", "common-iliac-vein"),
        ("anterior-longitudinal-ligament", "posterior-longitudinal-ligament"),
        ("annulus-fibrosus", "nucleus-pulposus"),
        ("nerve-root", "dorsal-root-ganglion"),
        ("multifidus", "erector-spinae"),
    ]
    for one, other in pairs:
        assert CONTENT.structures[one].near_miss(other)
        assert CONTENT.structures[other].near_miss(one)


def test_latin_is_given_where_the_terminology_has_a_term() -> None:
    without = {kind.id for kind in CONTENT.structures.values() if kind.latin is None}
    assert without == {"nerve-root", "pars-interarticularis", "sacral-body", "sacral-end-plate"}


def test_unsourced_numbers_are_conventions() -> None:
    anatomy = [fact for fact in CONTENT.facts.values() if fact.topic.startswith("anatomy_")]
    assert len(anatomy) > 100
    for fact in anatomy:
        if fact.trust is Trust.UNVERIFIED:
            assert fact.evidence is Evidence.OPINION
            assert fact.note
            assert "source" in fact.note.lower() or "printed on no page" in fact.note.lower()


def test_women_are_smaller_and_men_larger_than_both_together() -> None:
    women, men = CONTENT.scale("sex", "female"), CONTENT.scale("sex", "male")
    assert CONTENT.scale("sex", "mixed") == (1.0, 1.0, 1.0)
    for small, large in zip(women, men, strict=True):
        assert 0.9 < small < 1 < large < 1.1
        assert small + large == pytest.approx(2)


def test_stature_stretches_the_model_by_the_published_line() -> None:
    line = CONTENT.variants["stature"].line
    assert line is not None
    usual = CONTENT.number(line.reference)
    assert CONTENT.scale("stature", usual) == (1.0, 1.0, 1.0)
    spine = (190 - 47.258) / (usual - 47.258)
    assert CONTENT.scale("stature", 190.0)[2] == pytest.approx(spine, rel=1e-3)


def test_a_scale_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="slip"):
        CONTENT.scale("slip", "female")
    with pytest.raises(ValueError, match="child"):
        CONTENT.scale("sex", "child")


def test_a_number_that_is_not_there_is_said() -> None:
    with pytest.raises(KeyError, match="has no high"):
        CONTENT.number(Point("dural-area-bolender", "stenosis", "high"))


def test_levels_compare_both_ends_of_the_fusion() -> None:
    compared = [each for each in CONTENT.comparisons.values() if each.unit in {"mm", "deg"}]
    assert len(compared) >= 10
    for comparison in compared:
        places = {place for series in comparison.series for place in series.values}
        assert places >= {"L3", "L5"} or places >= {"L3-L4", "L5-S1"}, comparison.id
