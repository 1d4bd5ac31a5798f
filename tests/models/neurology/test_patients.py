"""Generated patients: a thousand without a contradiction, graded, the same for a seed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l3s1.activities.nerve_catalogue import course_profiles
from l3s1.models.find_it import MOST_SEED
from l3s1.models.neurology.consistency import (
    Patient,
    explains,
    find_contradictions,
    fit_of_candidates,
)
from l3s1.models.neurology.findings import RED_FLAGS, Finding, FindingSide, Profile
from l3s1.models.neurology.lesions import LEVELS, ZONES, Place, hit_root
from l3s1.models.neurology.patients import DIFFICULTIES, KINDS, generate_patient
from l3s1.models.neurology.reasoning import ALL_ANSWERS, ANSWERS, Answer, judge
from l3s1.vocabulary import LesionZone, NerveRoot

PROFILES, PERONEAL = course_profiles()
THOUSAND = [(seed, difficulty) for seed in range(1, 251) for difficulty in DIFFICULTIES]
seeds = st.integers(0, MOST_SEED)
difficulties = st.sampled_from(DIFFICULTIES)
places = st.sampled_from([(None, None), *product(LEVELS, ZONES)])


def draw(seed: int, difficulty: int) -> Patient:
    return generate_patient(seed, difficulty, PROFILES, PERONEAL)


def check(patient: Patient) -> None:
    assert not find_contradictions(patient, PROFILES, PERONEAL)
    truth = patient.truth
    assert truth.answer in ALL_ANSWERS
    if truth.answer in ANSWERS:
        assert [root.value for root in truth.roots] == [truth.answer]
        (place, side) = truth.lesions[0]
        assert hit_root(place) is truth.roots[0]
        assert side == patient.side.value
    if patient.imaging and truth.roots:
        guilty = [each for each in patient.imaging if explains(*each, patient)]
        assert set(guilty) == set(truth.lesions)
    for finding in patient.findings:
        assert finding.sign in SIGNS


SIGNS = {
    sign for profile in (*PROFILES.values(), PERONEAL) for sign in profile.usual | profile.possible
} | {
    "claudication",
    "eased_bending_forward",
    "pain_on_side_bending",
    "progressive_weakness",
    "urinary_retention",
}


def test_a_thousand_patients_do_not_contradict_themselves() -> None:
    kinds: Counter[str] = Counter()
    answers: Counter[str] = Counter()
    for seed, difficulty in THOUSAND:
        patient = draw(seed, difficulty)
        assert patient.kind in KINDS[difficulty]
        check(patient)
        kinds[patient.kind] += 1
        answers[patient.truth.answer] += 1
    assert len(THOUSAND) == 1000
    assert set(kinds) == {kind for each in KINDS.values() for kind in each}
    assert set(answers) == set(ALL_ANSWERS)
    assert min(kinds.values()) > 20


@settings(deadline=None)
@given(seeds, difficulties)
def test_any_seed_gives_a_patient_and_always_the_same(seed: int, difficulty: int) -> None:
    patient = draw(seed, difficulty)
    check(patient)
    assert patient == draw(seed, difficulty)


@settings(deadline=None)
@given(seeds)
def test_difficulty_takes_signs_away_and_adds_traps(seed: int) -> None:
    textbook = draw(seed, 1)
    assert not textbook.imaging
    assert not textbook.truth.odd
    usual = PROFILES[textbook.truth.roots[0]].usual
    assert all(textbook.is_present(sign) for sign in usual)
    missing = draw(seed, 2)
    usual = PROFILES[missing.truth.roots[0]].usual
    assert any(not missing.is_present(sign) for sign in usual)
    third = draw(seed, 3)
    assert third.truth.odd or third.kind == "claudication"


@settings(deadline=None)
@given(seeds, difficulties, st.sampled_from(ALL_ANSWERS), places)
def test_every_answer_can_be_judged(
    seed: int, difficulty: int, root: str, place: tuple[Any, Any]
) -> None:
    patient = draw(seed, difficulty)
    judged = judge(patient, Answer(root, *place), PROFILES, PERONEAL)
    assert (judged.verdict == "wrong") <= (root != patient.truth.answer)
    assert (judged.urgent == "cauda_equina") == patient.has_red_flag
    assert not {f.sign for f in judged.fits} & {f.sign for f in judged.against}
    if judged.verdict == "right" and patient.truth.lesions and patient.imaging:
        assert any((p.level, p.zone) == place for p, _ in patient.truth.lesions), (
            "the right place is on the scan"
        )
    if root != patient.truth.answer and patient.truth.answer in ANSWERS and root in ANSWERS:
        assert judged.telling, "something in the findings tells the two apart"


@settings(deadline=None)
@given(seeds, difficulties)
def test_the_truth_is_always_right(seed: int, difficulty: int) -> None:
    patient = draw(seed, difficulty)
    level, zone = None, None
    if patient.truth.lesions:
        place, _ = patient.truth.lesions[0]
        level, zone = place.level, place.zone
    judged = judge(patient, Answer(patient.truth.answer, level, zone), PROFILES, PERONEAL)
    assert judged.verdict == "right"
    odd = {finding.sign for finding in judged.against if finding.present}
    assert odd == set(patient.truth.odd)


@settings(deadline=None)
@given(seeds, difficulties)
def test_all_but_the_cauda_equina_were_asked_about_saddle_and_bladder(
    seed: int, difficulty: int
) -> None:
    patient = draw(seed, difficulty)
    asked = {finding.sign for finding in patient.findings}
    assert asked.issuperset(RED_FLAGS)


def _spoil(patient: Patient, **change: Any) -> list[str]:
    return find_contradictions(replace(patient, **change), PROFILES, PERONEAL)


def test_the_checker_can_fail() -> None:
    patient = draw(1, 2)
    root = patient.truth.roots[0]
    (first, *rest) = patient.findings
    side: FindingSide = patient.side.value
    other: FindingSide = "left" if side == "right" else "right"
    assert any("twice" in each for each in _spoil(patient, findings=(first, first, *rest)))
    turned = tuple(replace(f, side=other) if f.side == side else f for f in patient.findings)
    assert any("the lesion" in each for each in _spoil(patient, findings=turned))
    full = (*patient.findings, Finding("weak_hip_flexion", side, present=True, grade=5))
    assert any("grade" in each for each in _spoil(patient, findings=full))
    flag = tuple(
        replace(f, present=True) if f.sign == "numb_perineum" else f for f in patient.findings
    )
    assert any("red flags" in each for each in _spoil(patient, findings=flag))
    told = (*patient.findings, Finding("claudication", "both", present=True))
    assert any("claudication" in each for each in _spoil(patient, findings=told))
    elsewhere = ((Place(LEVELS[0], LesionZone.CENTRAL), "both"),)
    assert any("does not show" in each for each in _spoil(patient, imaging=elsewhere))
    innocent = [
        (Place(level, zone), side)
        for level in LEVELS
        for zone in ZONES
        if hit_root(Place(level, zone)) is root
        and (Place(level, zone), side) not in patient.imaging
    ]
    both = (*patient.imaging, innocent[0])
    assert any("explain the leg too" in each for each in _spoil(patient, imaging=both))
    bare = tuple(f for f in patient.findings if not f.present or f.sign.startswith("pain_"))
    assert _spoil(patient, findings=bare)


def test_profiles_that_are_alike_are_refused() -> None:
    same = Profile("same", frozenset({"numb_sole", "knee_jerk"}), frozenset())
    with pytest.raises(RuntimeError, match="contradict"):
        generate_patient(1, 1, dict.fromkeys(NerveRoot, same), same)


@pytest.mark.parametrize(("seed", "difficulty"), [(-1, 1), (MOST_SEED + 1, 1), (1, 0), (1, 5)])
def test_what_is_no_patient_is_refused(seed: int, difficulty: int) -> None:
    with pytest.raises(ValueError, match="give a"):
        draw(seed, difficulty)


def test_an_answer_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="is none of"):
        Answer("L9")


def test_fits_count_usual_and_missing_signs() -> None:
    fits = fit_of_candidates(draw(1, 1), PROFILES, PERONEAL)
    best = max(fits, key=lambda name: fits[name])
    assert best == draw(1, 1).truth.answer
