"""The anatomy explorer without a page: state, words, tasks, what is sent."""

from __future__ import annotations

import gzip
import json
import struct
from functools import cache
from typing import Any

import pytest
import traitlets
from hypothesis import given
from hypothesis import strategies as st

from l3s1.activities.anatomy import course_anatomy
from l3s1.activities.anatomy_catalogue import GROUP_LABEL, ModelStructure, list_structures
from l3s1.activities.anatomy_explorer import AnatomyExplorerActivity
from l3s1.activities.anatomy_state import STATE, AnatomyExplorerState
from l3s1.activities.anatomy_tasks import build_pool, difficulty_of
from l3s1.activities.anatomy_variants import SETS, grade_of
from l3s1.content import load_content, structure_names
from l3s1.models.find_it import DIFFICULTIES, MOST_SEED, NAME_CHOICES
from l3s1.scene import Anatomy
from l3s1.vocabulary import Layer, MotionSegment, Tissue

BONES = ("L2", "L3", "L4", "L5", "sacrum")
SEGMENTS = tuple(segment.value for segment in MotionSegment)
CANAL_TABLE = {"flavum_thickening": [0.0, 1.0], "area_mm2": [170.0, 90.0]}
TISSUE_OF_LAYER = {
    Layer.BONES: Tissue.BONE,
    Layer.DISCS: Tissue.ANNULUS,
    Layer.NERVES: Tissue.NERVE,
    Layer.LIGAMENTS: Tissue.LIGAMENT,
    Layer.VESSELS: Tissue.ARTERY,
    Layer.MUSCLES: Tissue.MUSCLE,
}


def layer_of(name: str) -> Layer:
    group = load_content().structure_of(name).group
    own = {
        "bones": Layer.BONES,
        "joints_and_discs": Layer.DISCS,
        "nerves": Layer.NERVES,
        "ligaments": Layer.LIGAMENTS,
        "vessels": Layer.VESSELS,
        "muscles": Layer.MUSCLES,
    }
    return own[group]


@cache
def whole_model() -> Anatomy:
    """Every structure that the content knows, as parts without meshes."""
    regions: dict[str, list[list[Any]]] = {}
    for name in structure_names():
        owner, _, rest = name.partition(".")
        within = owner in BONES and layer_of(name) is Layer.BONES
        part = owner if within else name
        if rest.startswith("dorsal_root_ganglion"):
            part = name.replace("dorsal_root_ganglion", "nerve_root")
        if name != part or part not in BONES:
            regions.setdefault(part, []).append([name, 0, 1])
    parts = [
        {
            "name": part,
            "layer": layer_of(part).value,
            "tissue": TISSUE_OF_LAYER[layer_of(part)].value,
            "regions": found,
        }
        for part, found in regions.items()
    ]
    segment = {"disc_height_mm": 10.0, "plate_depth_mm": 40.0}
    header = {
        "bones": list(BONES),
        "segments": dict.fromkeys(SEGMENTS, segment),
        "morph_mm": {"facet_hypertrophy": 4.0, "flavum_thickening": 3.0},
        "parts": parts,
        "canal_area": dict.fromkeys(SEGMENTS, CANAL_TABLE),
    }
    text = json.dumps(header).encode()
    return Anatomy.from_pack(gzip.compress(b"L3S1" + struct.pack("<I", len(text)) + text))


def new_state(**state: Any) -> AnatomyExplorerState:
    return AnatomyExplorerState(load_content(), whole_model(), **state)


@cache
def plain_state() -> AnatomyExplorerState:
    return new_state()


def structure(name: str) -> ModelStructure:
    return plain_state().by_id[name]


# --- structures -----------------------------------------------------------------------------------


def test_every_structure_of_the_course_model_has_words() -> None:
    for each in list_structures(load_content(), course_anatomy()):
        assert each.name
        assert each.kind.group in GROUP_LABEL


def test_structures_know_where_they_are() -> None:
    pedicle = structure("L4.pedicle.left")
    assert (pedicle.level, pedicle.side, pedicle.part) == ("L4", "left", "L4")
    assert pedicle.place == "L4, left"
    assert pedicle.view == "left_lateral"
    assert structure("dural_sac").place == ""
    assert structure("psoas_major.right").place == "right"
    assert structure("L4-L5.nucleus_pulposus").inside == "L4-L5.annulus_fibrosus"
    assert structure("L4-L5.nucleus_pulposus").cut == "axial:L4-L5"
    assert structure("dural_sac").cut == "sagittal:0"
    assert structure("S1.dorsal_root_ganglion.left").part == "S1.nerve_root.left"


def test_names_tell_all_structures_apart() -> None:
    names = [each.name for each in plain_state().structures]
    assert len(set(names)) == len(names)


# --- the state ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "hint"),
    [
        ({"structure": "L4.pedicel.left"}, r"did you mean.*L4\.pedicle\.left"),
        ({"hidden": ["psoas"]}, "hidden: the model has no structure 'psoas'"),
        ({"section": "axial:L4-S9"}, "give '', 'axial:L4-L5' or a plane and mm"),
        ({"section": "coronal:400"}, "-60 to 75 mm"),
        ({"slip": {"L4-L6": 0.1}}, "did you mean 'L4-L5'|L4-L5"),
        ({"slip": {"L4-L5": 0.6}}, "0 to 0.5"),
        ({"disc_height": {"L4-L5": 0.0}}, "0.2 to 1"),
        ({"levels": ["L3", "L3"]}, "two different ones"),
        ({"levels": ["L3", "T12"]}, "can't compare 'T12'"),
        ({"levels": ["L3"]}, "length"),
        ({"sex": "women"}, "sex: there is no option 'women'"),
        ({"stature": 100.0}, "150 to 195 cm"),
        ({"peeled": 6}, "maximum|<= 5|5"),
        ({"view": "below"}, "oblique"),
        ({"mode": "play"}, "explore"),
        ({"segment": "T12-L1"}, "there is no segment"),
        ({"seed": 0}, "seed"),
        ({"results": ["won"]}, "first"),
        ({"colour": "red"}, "an explorer has no 'colour'"),
    ],
)
def test_what_can_not_be_shown_is_refused_with_a_hint(change: dict[str, Any], hint: str) -> None:
    with pytest.raises(traitlets.TraitError, match=hint):
        new_state(**change)


@pytest.mark.parametrize("section", ["", "axial:L5-S1", "axial:-12.5", "sagittal:0", "coronal:40"])
def test_sections_that_mean_something_are_taken(section: str) -> None:
    assert new_state(section=section).section == section


def test_sex_and_stature_scale_the_model() -> None:
    assert plain_state().scale() == (1.0, 1.0, 1.0)
    low, high = new_state(stature=155.0).scale(), new_state(stature=190.0).scale()
    assert all(small < 1 < large for small, large in zip(low, high, strict=True))
    women, men = new_state(sex="female").scale(), new_state(sex="male").scale()
    assert all(small < 1 < large for small, large in zip(women, men, strict=True))


def test_the_page_scales_by_stature_as_python_does() -> None:
    state = new_state(stature=187.0)
    variant = state.variant("stature")
    page = 1 + (187.0 - variant["usual"]) * variant["scale_per_unit"]
    assert page == pytest.approx(state.scale()[2])


# --- in words -------------------------------------------------------------------------------------


def test_the_text_twin_says_what_is_selected_and_how_it_is_shown() -> None:
    text = new_state(structure="L4.pedicle.left", section="axial:L4-L5", hidden=["dural_sac"])
    said = text.text_twin()
    kind = load_content().structure_of("L4.pedicle.left")
    assert "Selected: left pedicle of L4 (" in said
    for part in (kind.what, kind.surgeon, kind.latin or ""):
        assert part in said
    assert "axially through the disc L4–L5" in said
    assert "dural sac hidden" in said
    assert "iliac crest" in plain_state().text_twin()
    assert "muscles and vessels peeled off" in said
    assert "Nothing is selected." in new_state(structure="").text_twin()


def test_the_text_twin_is_the_same_each_time() -> None:
    for mode in ("explore", "compare", "variants", "find"):
        assert new_state(mode=mode).text_twin() == new_state(mode=mode).text_twin()


def test_a_comparison_says_both_levels_and_what_follows() -> None:
    said = new_state(mode="compare", levels=["L3", "L5"]).text_twin()
    for comparison in load_content().comparisons.values():
        assert comparison.change in said
        assert comparison.matters in said
    numbers = [line for line in said.splitlines() if line.startswith("  ")]
    assert any(": L3 " in line and "; L5 " in line for line in numbers)
    assert not any(": L4 " in line or "; L4 " in line for line in numbers)


def test_variants_say_their_numbers() -> None:
    said = new_state(
        mode="variants",
        slip={"L4-L5": 0.3},
        disc_height={"L5-S1": 0.5},
        flavum_thickening=0.5,
        sex="female",
    ).text_twin()
    assert "Slip at L4–L5: 30 %, 12.0 mm, Meyerding II." in said
    assert "Disc L5–S1: 50 % of its height, 5.0 mm." in said
    assert "1.5 mm" in said
    assert "Area left for the dural sac: L3–L4 130 mm², L4–L5 130 mm², L5–S1 130 mm²." in said
    assert "women" in said


def test_the_course_model_leaves_the_sac_its_room_until_flavum_and_facets_take_it() -> None:
    state = AnatomyExplorerState(load_content(), course_anatomy())
    usual = state.canal_areas()
    lowest = min(mark["at"] for mark in state.variant("flavum_thickening")["marks"])
    assert set(usual) == set(state.variant("slip")["segments"])
    assert all(area > lowest for area in usual.values())
    state.flavum_thickening = state.facet_hypertrophy = 1.0
    assert all(area < usual[segment] for segment, area in state.canal_areas().items())


@pytest.mark.parametrize(
    ("slip", "grade"),
    [(0.0, "no slip"), (0.01, "Meyerding I"), (0.25, "Meyerding I"), (0.26, "Meyerding II")],
)
def test_slips_are_graded(slip: float, grade: str) -> None:
    assert grade_of(slip, plain_state().variant("slip")["marks"]) == grade


# --- find it --------------------------------------------------------------------------------------


def test_the_pool_asks_for_nearly_everything_at_three_difficulties() -> None:
    state = plain_state()
    assert len(state.pool) >= len(state.structures) - 2
    counts = {d: sum(target.difficulty == d for target in state.pool) for d in (1, 2, 3)}
    assert all(counts[d] >= 2 * DIFFICULTIES.count(d) for d in (1, 2, 3))


def test_difficulty_grows_with_what_must_be_known() -> None:
    names = ("L4", "dural_sac", "L4.spinous_process", "psoas_major.left", "L4.pedicle.left")
    assert [difficulty_of(structure(name)) for name in names] == [1, 1, 2, 2, 3]


def test_the_nearest_distractors_are_near_misses() -> None:
    pool = {target.structure: target for target in plain_state().pool}
    near = pool["L4.superior_articular_process.left"].distractors[:6]
    assert "L4.superior_articular_process.right" in near
    assert {"L3.superior_articular_process.left", "L5.superior_articular_process.left"} <= {*near}
    assert any("inferior_articular_process" in name for name in near)


def test_no_distractor_is_peeled_off_or_part_of_the_answer() -> None:
    layers = list(Layer)
    for target in plain_state().pool:
        asked = structure(target.structure)
        for other in map(structure, target.distractors):
            assert layers.index(other.layer) >= layers.index(asked.layer)
            assert other.part != asked.id
            assert asked.is_iliac or not other.is_iliac
            assert other.id not in (asked.part, asked.inside)


@given(st.integers(1, MOST_SEED))
def test_every_task_of_every_seed_can_be_solved(seed: int) -> None:
    state = plain_state()
    state.seed = seed
    tasks = state.tasks
    assert [task.difficulty for task in tasks] == list(DIFFICULTIES)
    assert len({task.structure for task in tasks}) == len(tasks)
    for task in tasks:
        assert task.structure in task.choices
        names = [state.by_id[choice].name for choice in task.choices]
        assert len(set(names)) == len(names)
        if task.kind == "name":
            assert len(names) == NAME_CHOICES


def test_a_round_in_words_asks_the_next_task_and_keeps_its_secret() -> None:
    state = new_state(mode="find", seed=5)
    click, name = state.tasks[:2]
    assert state.by_id[click.structure].name in state.text_twin()
    state.results = ["first"]
    said = state.text_twin()
    assert "task 2 of 10" in said
    assert "1 right at once" in said
    assert all(state.by_id[choice].name in said for choice in name.choices)
    state.results = ["first"] * 10
    assert "all 10 tasks done" in state.text_twin()


def test_a_model_of_one_bone_asks_for_nothing() -> None:
    few = [each for each in plain_state().structures if each.id in ("L4", "L4.pedicle.left")]
    assert build_pool(few) == ()


# --- what is sent ---------------------------------------------------------------------------------


@cache
def activity() -> AnatomyExplorerActivity:
    return AnatomyExplorerActivity(anatomy=whole_model(), structure="dural_sac")


def test_the_activity_and_its_state_stay_in_step() -> None:
    one = AnatomyExplorerActivity(anatomy=whole_model())
    one.state.structure = "L5.lamina.right"
    assert one.structure == "L5.lamina.right"
    one.mode = "compare"
    assert one.state.mode == "compare"
    with pytest.raises(traitlets.TraitError, match="did you mean"):
        one.structure = "L5.laminas.right"
    assert all(getattr(one, name) == getattr(one.state, name) for name in STATE)


def test_everything_that_is_shown_has_an_origin() -> None:
    sent = activity()
    origins = json.loads(gzip.decompress(sent.origins_gz))
    named = {row["fact"] for kind in sent.kinds for row in kind["numbers"]}
    named |= {fact for kind in sent.kinds for fact in kind["facts"]}
    for dimension in sent.comparison["dimensions"]:
        named |= {*dimension["facts"], *(series["fact"] for series in dimension["series"])}
    for variant in sent.variants["list"]:
        named |= {*variant["facts"], *(mark["fact"] for mark in variant["marks"])}
    assert named <= set(origins)


def test_all_variants_of_the_content_are_offered_with_their_numbers() -> None:
    assert set(load_content().variants) == set(SETS)
    by_key = {each["sets"]: each for each in activity().variants["list"]}
    assert by_key["slip"]["high"] == pytest.approx(0.5)
    assert [mark["at"] for mark in by_key["slip"]["marks"]] == pytest.approx([0.25, 0.5])
    assert by_key["flavum_thickening"]["full_mm"] == 3.0
    assert len({mark["at"] for mark in by_key["flavum_thickening"]["marks"]}) >= 3


def test_the_words_travel_once_and_stay_small() -> None:
    sent = activity()
    text = json.dumps([sent.structures, sent.kinds, sent.comparison, sent.variants, sent.targets])
    assert len(gzip.compress(text.encode())) < 48_000
    assert len(sent.origins_gz) < 64_000


def test_tasks_travel_as_places_of_their_structures() -> None:
    sent = activity()
    names = [each["id"] for each in sent.structures]
    for packed, target in zip(sent.targets, sent.state.pool, strict=True):
        structure, difficulty, distractors = packed
        assert names[structure] == target.structure
        assert difficulty == target.difficulty
        assert [names[place] for place in distractors] == list(target.distractors)


def test_its_plain_text_is_the_twin() -> None:
    assert repr(activity()) == activity().state.text_twin()
