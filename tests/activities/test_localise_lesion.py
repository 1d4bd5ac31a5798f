"""'Localise the lesion' without a page: state, ranking, patients, feedback, what is sent."""

from __future__ import annotations

import gzip
import json
from itertools import product
from typing import Any

import pytest
import traitlets
from hypothesis import given, settings
from hypothesis import strategies as st
from neurology_cases import ACTIVITY, RANKING, build_activity, build_ranking_cases, dump

from l3s1.activities.localise_lesion import LocaliseLesionActivity
from l3s1.activities.localise_state import STATE, LocaliseLesionState
from l3s1.activities.nerve_catalogue import (
    ANSWER_LABEL,
    DIFFICULTY_LABEL,
    describe_nerves,
    facts_of_nerves,
    prior_odds,
    sign_ratios,
)
from l3s1.activities.roots_at_disc import RootsAtDiscActivity
from l3s1.content import load_content
from l3s1.models.find_it import MOST_SEED
from l3s1.models.neurology.findings import HISTORY, RED_FLAGS
from l3s1.models.neurology.lesions import LEVELS, ZONES
from l3s1.models.neurology.patients import DIFFICULTIES, KINDS
from l3s1.models.neurology.reasoning import ALL_ANSWERS
from l3s1.vocabulary import NerveRoot, SignKind

CONTENT = load_content()
SIGNS = CONTENT.nerves.signs
answers = st.fixed_dictionaries(
    {
        "root": st.sampled_from(ALL_ANSWERS),
        "level": st.sampled_from(["", *(level.value for level in LEVELS)]),
        "zone": st.sampled_from(["", *(zone.value for zone in ZONES)]),
    }
)
given_findings = st.dictionaries(
    st.sampled_from(sorted(SIGNS)), st.sampled_from(["present", "absent"])
)


def state(**values: Any) -> LocaliseLesionState:
    return LocaliseLesionState(CONTENT, **values)


def facts_in(data: Any) -> set[str]:
    """Every fact that JSON names under `fact` or `facts`."""
    if isinstance(data, dict):
        named = {data["fact"]} if isinstance(data.get("fact"), str) else set()
        named |= set(data["facts"]) if isinstance(data.get("facts"), list) else set()
        return named.union(*(facts_in(each) for each in data.values()))
    if isinstance(data, list):
        return set().union(*(facts_in(each) for each in data))
    return set()


@pytest.mark.parametrize(
    ("path", "build"),
    [(RANKING, build_ranking_cases), (ACTIVITY, build_activity)],
    ids=["ranking", "activity"],
)
def test_the_files_of_the_page_s_tests_are_what_the_course_says(path: Any, build: Any) -> None:
    assert path.read_text(encoding="utf-8") == dump(build()), (
        "run `python tests/shared/neurology_cases.py`"
    )


def test_every_kind_of_patient_has_a_story_and_every_emergency_its_steps() -> None:
    assert set(CONTENT.nerves.stories) == {kind for each in KINDS.values() for kind in each}
    assert set(CONTENT.nerves.urgent) == {"cauda_equina", "progressive"}
    assert set(DIFFICULTY_LABEL) == set(DIFFICULTIES)
    assert set(ANSWER_LABEL) == set(ALL_ANSWERS)
    assert {sign.type for sign in SIGNS.values()} == {kind.value for kind in SignKind}
    assert {*HISTORY, *RED_FLAGS} <= set(SIGNS)


def test_everything_shown_has_an_origin() -> None:
    described = describe_nerves(CONTENT)
    opened = set(facts_of_nerves(CONTENT))
    assert facts_in(described) <= opened
    assert set(described["known"]) == opened
    feedback = build_activity()["feedback"]
    assert facts_in(feedback) <= opened
    for lesion in described["lesions"].values():
        assert lesion["facts"]
        assert {each["sign"] for each in lesion["expected"]} <= set(SIGNS)


def test_what_is_sent_is_small() -> None:
    activity = LocaliseLesionActivity()
    sent = activity.get_state()
    size = sum(
        len(each) if isinstance(each, bytes) else len(json.dumps(each, default=str))
        for name, each in sent.items()
        if name not in {"_css", "_esm"}
    )
    assert size < 90_000
    origins = json.loads(gzip.decompress(activity.origins_gz))
    assert set(origins) == set(facts_of_nerves(CONTENT))


def test_the_widget_and_its_state_are_one() -> None:
    activity = LocaliseLesionActivity(mode="patient", seed=7, difficulty=2)
    assert activity.patient["seed"] == 7
    activity.seed = 8
    assert activity.state.seed == 8
    assert activity.patient["seed"] == 8
    feedback = activity.check("L5", "L4-L5", "paracentral")
    assert activity.feedback == feedback
    assert activity.state.answer == {"root": "L5", "level": "L4-L5", "zone": "paracentral"}
    activity.difficulty = 3
    assert activity.answer is None
    assert activity.feedback is None
    assert activity.text_twin() == activity.state.text_twin()
    assert set(STATE) <= set(activity.trait_names())


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"mode": "ghost"}, "mode"),
        ({"level": "L1-L2"}, "level"),
        ({"zone": "lateral"}, "zone"),
        ({"findings": {"hiccups": "present"}}, "no sign 'hiccups'"),
        ({"findings": {"knee_jerk": "perhaps"}}, "'present' or 'absent'"),
        ({"prior": "ghost"}, "prior: use one of equal"),
        ({"study": "ghost"}, "study: use one of printed"),
        ({"seed": -1}, "seed"),
        ({"seed": MOST_SEED + 1}, "seed"),
        ({"difficulty": 5}, "difficulty"),
        ({"answer": {"root": "L9"}}, "is none of"),
        ({"answer": {"root": "L5", "level": "L9", "zone": "central"}}, "answer"),
        ({"answer": "L5"}, "answer: give"),
        ({"hue": 1}, "there is no 'hue'"),
    ],
)
def test_what_can_t_be_shown_is_refused_with_a_word(values: dict[str, Any], said: str) -> None:
    with pytest.raises(traitlets.TraitError, match=said):
        state(**values)


@settings(deadline=None)
@given(given_findings, st.sampled_from(["equal", "published"]))
def test_signs_without_a_number_move_nothing(found: dict[str, str], prior: str) -> None:
    for study in CONTENT.nerves.studies:
        now = state(mode="findings", findings=found, prior=prior, study=study)
        usable = {(each.sign, each.root) for each in sign_ratios(CONTENT, study)}
        odds = prior_odds(CONTENT, prior)
        for ranked in now.rank():
            moved = {sign for sign, _ in ranked.moved_by}
            assert all((sign, ranked.root) in usable for sign in moved)
            if not moved:
                start = odds[ranked.root]
                assert ranked.probability == pytest.approx(start / (1 + start))
        assert "bolder than the truth" in now.text_twin()


def test_infinite_and_shared_ratios_are_not_used() -> None:
    printed = {(each.sign, each.root) for each in sign_ratios(CONTENT, "printed")}
    assert ("numb_medial_leg", NerveRoot.L4) not in printed
    assert ("ankle_jerk", NerveRoot.S1) not in printed
    assert ("knee_jerk", NerveRoot.L4) in printed


def test_one_sign_leaves_much_open() -> None:
    (first, *_) = state(mode="findings", findings={"knee_jerk": "present"}).rank()
    assert first.root is NerveRoot.L4
    assert 0.6 < first.probability < 0.7
    assert first.low is not None
    assert first.high is not None
    assert first.high - first.low > 0.5
    (first, *_) = state(findings={"knee_jerk": "present"}, study="ceiling").rank()
    assert first.probability == pytest.approx(0.5)


@settings(deadline=None)
@given(st.integers(0, MOST_SEED), st.sampled_from(DIFFICULTIES), answers)
def test_feedback_reasons_for_every_answer(
    seed: int, difficulty: int, answer: dict[str, str]
) -> None:
    now = state(mode="patient", seed=seed, difficulty=difficulty, answer=answer)
    feedback = now.feedback()
    assert feedback is not None
    assert json.loads(json.dumps(feedback)) == feedback
    patient = now.patient
    assert feedback["truth"]["facts"]
    for part in ("fits", "against", "tells_apart", "also_possible"):
        for each in feedback[part]:
            assert each["text"].endswith(".")
            assert each["facts"], (part, each)
    if answer["root"] != patient.truth.answer:
        assert feedback["verdict"] != "right"
        assert feedback["against"] or feedback["tells_apart"] or feedback["urgent"]
    if patient.has_red_flag:
        assert feedback["urgent"]["title"].startswith("Do this now")
        assert feedback["said"].startswith("First act")
    lines = now.text_twin().splitlines()
    if feedback["urgent"]:
        asked = next(i for i, line in enumerate(lines) if line.startswith("Answer:"))
        assert lines.index(feedback["urgent"]["title"] + ".") < asked


@settings(deadline=None)
@given(st.integers(0, MOST_SEED), st.sampled_from(DIFFICULTIES))
def test_a_patient_does_not_give_the_answer_away(seed: int, difficulty: int) -> None:
    now = state(mode="patient", seed=seed, difficulty=difficulty)
    activity = LocaliseLesionActivity(mode="patient", seed=seed, difficulty=difficulty)
    assert activity.patient["history"] in now.text_twin()
    assert set(activity.patient) == {
        "seed",
        "difficulty",
        "title",
        "history",
        "findings",
        "imaging",
        "question",
    }
    for found in activity.patient["findings"]:
        assert found["text"]
        assert (found["grade"] is not None) == (SIGNS[found["sign"]].type == "motor")


def test_every_lesion_is_said() -> None:
    for level, zone, cause, side in product(LEVELS, ZONES, ("disc", "bone"), ("left", "right")):
        said = state(level=level.value, zone=zone.value, cause=cause, side=side).text_twin()
        assert side in said
        assert level.value.replace("-", "–") in said
        assert ("emergency" in said) == (zone.value == "central")


@pytest.mark.parametrize("level", [level.value for level in LEVELS])
def test_the_scene_marks_both_roots_of_a_disc(level: str) -> None:
    scene = RootsAtDiscActivity(level, "right")
    upper, lower = level.split("-")
    assert scene.highlight == [f"{upper}.nerve_root.right", f"{lower}.nerve_root.right"]
    assert f"right nerve root of {upper}" in scene.text_twin()


def test_a_disc_that_the_model_lacks_is_refused() -> None:
    with pytest.raises(ValueError, match="L1-L2"):
        RootsAtDiscActivity("L1-L2")
