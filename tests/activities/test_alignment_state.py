"""The state of the alignment workbench: what it refuses, what it clamps, and its words."""

from __future__ import annotations

from typing import Any

import pytest
import traitlets
from fact_numbers import content
from hypothesis import given, settings
from hypothesis import strategies as st

from l3s1.activities.alignment_state import AlignmentState
from l3s1.models.alignment.film import true_points
from l3s1.models.alignment.spine import SEGMENTS, segment_limits

CAGES = {"L4-L5": 12.0, "L5-S1": 15.0}


def state(**changed: Any) -> AlignmentState:
    return AlignmentState(content(), **changed)


def test_it_starts_with_the_published_means_of_its_incidence() -> None:
    assert state().segments == [0.9, 6.2, 8.9, 13.1, 21.8]
    assert state(incidence=40, tilt=8).segments == [0.0, 3.9, 7.7, 10.5, 20.2]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"incidence": 120}, r"incidence: give 32 to 85"),
        ({"incidence": 20}, r"incidence: give 32 to 85"),
        ({"tilt": -10}, r"tilt: give -4\.7 to 85"),
        ({"age": 17}, r"age: give 18 to 90"),
        ({"sva": 900.0}, r"sva: give -60 to 200"),
        ({"global_tilt": -90.0}, r"global_tilt: give -20 to 60"),
        ({"segments": [1, 2, 3]}, r"segments: give five angles"),
        ({"segments": [0, 0, 0, 40, 0]}, r"segments: L4-L5 can be .* press through each other"),
        ({"cages": {"L6-S1": 5}}, r"cages: there is no 'L6-S1'"),
        ({"cages": {"L5-S1": 45}}, r"cages: give 0 to 20"),
        ({"points": {"L9.front": [0, 0]}}, r"points: there is no 'L9\.front'"),
        ({"points": {"L1.anterior": [0, 1e6]}}, r"points: L1\.anterior lies off the film"),
        ({"mode": "guess"}, r"mode"),
        ({"posture": "upside down"}, r"posture"),
        ({"seed": 0}, r"seed"),
        ({"hidden": ["nose"]}, r"nose"),
        ({"angle": 3}, r"a workbench has no 'angle'"),
    ],
)
def test_impossible_states_are_refused_with_a_word_why(wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(traitlets.TraitError, match=says):
        state(**wrong)


def test_a_plate_past_level_is_clamped_with_a_word_why() -> None:
    flat = state(incidence=45, tilt=50)
    assert flat.clamped
    reading = flat.reading()
    assert (reading.shown.tilt, reading.shown.slope) == (45, 0)
    assert "A tilt of 50.0° would turn the sacral plate past level: drawn with 45.0°" in (
        flat.text_twin()
    )


@settings(deadline=None)
@given(
    st.floats(32, 85),
    st.floats(-4.7, 85),
    st.tuples(*(st.floats(low, high) for low, high in segment_limits(state().rules.body))),
    st.sampled_from(("explore", "plan")),
    st.sampled_from(("standing", "supine")),
    st.dictionaries(st.sampled_from(SEGMENTS), st.floats(0, 20)),
)
def test_every_state_is_exact_and_can_be_said(
    incidence: float,
    tilt: float,
    segments: tuple[float, ...],
    mode: str,
    posture: str,
    cages: dict[str, float],
) -> None:
    one = state(
        incidence=incidence,
        tilt=tilt,
        segments=list(segments),
        mode=mode,
        posture=posture,
        cages=cages,
    )
    shown = one.reading().shown
    assert shown.tilt + shown.slope == pytest.approx(shown.incidence)
    text = one.text_twin()
    assert text.startswith("Alignment workbench: ")
    assert text == one.text_twin()
    assert "nan" not in text


def test_the_words_of_a_usual_spine() -> None:
    text = state().text_twin()
    assert "Pelvic incidence 50.0° = pelvic tilt 12.0° + sacral slope 38.0°." in text
    assert "Lordosis L1–S1 50.9°; L4–S1 34.9°, 68.6 % of it" in text
    assert "What lies above is not drawn: values from C7 are entered by hand." in text
    assert "GAP score 0 to 3, proportioned to moderately disproportioned" in text
    assert "relative spinopelvic alignment not known without C7" in text
    assert "Targets by age: no number was read for 50 years of age" in text
    assert "Unusual in people without symptoms" not in text


def test_the_words_say_what_is_beyond_the_usual() -> None:
    text = state(incidence=60, tilt=40).text_twin()
    assert "pelvic tilt (−4.7 to 27°, least and most seen)" in text
    assert "SRS–Schwab, pelvic tilt: ++, marked" in text


def test_a_slope_that_belongs_to_another_incidence_is_said() -> None:
    text = state(incidence=60, tilt=30).text_twin()
    assert "Roussouly type: type 1 or 2 by the slope; by its incidence this would be type" in text
    assert "by its incidence" not in state(incidence=44, tilt=12).text_twin()
    assert "type 3, tipped forward" in state(incidence=44, tilt=4).text_twin()


def test_numbers_without_a_source_are_said_to_have_none() -> None:
    text = state(age=80).text_twin()
    assert "pelvic tilt 28.5° [not sourced]" in text
    assert "rule of thumb: LL is PI, give or take: 41.0° to 59.0° (+0.9°) [not sourced]" in text


def test_both_sides_of_gap_are_said() -> None:
    text = state().text_twin()
    assert "For, GAP score" in text
    assert "Against, GAP score: Pooled over external validations" in text


def test_lying_says_that_studies_disagree() -> None:
    text = state(posture="supine").text_twin()
    assert "they disagree which way the sacrum turns" in text
    assert "sacral slope 3.9°, lordosis −4.6°" in text
    assert "CT against films: sacral slope −4.1°" in text


def test_a_plan_says_by_which_relation_and_for_whom() -> None:
    text = state(mode="plan", incidence=58, tilt=27, cages=CAGES).text_twin()
    assert "Cages give the discs these angles: L4–L5 12.0° and L5–S1 15.0°." in text
    assert "long corrections of deformity: extrapolated" in text
    assert "A cage’s angle is not the angle that is reached" in text
    assert "No cage is in" in state(mode="plan").text_twin()
    stays = state(mode="plan", cages=CAGES, pelvis="stays").text_twin()
    assert "The pelvis is drawn as it was." in stays


def test_a_film_tells_its_truth_only_when_it_is_measured() -> None:
    one = state(mode="measure", seed=7)
    assert "Points set: 0 of 8. Next: posterior corner of the upper plate of L1." in one.text_twin()
    points = {name: list(point) for name, point in true_points(one.film()).items()}
    one.points = {name: points[name] for name in list(points)[:-1]}
    assert "Next: centre of the farther femoral head." in one.text_twin()
    assert "true" not in one.text_twin()
    one.points = points
    text = one.text_twin()
    assert text.count("error 0.0") == 6
    assert "error of the angle on a film 3 to 6°" in text
