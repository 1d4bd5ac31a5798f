"""The chart of rods: what is drawn where."""

from __future__ import annotations

import pytest

from l3s1.figures.rods import RodMaterial, build_rods_figure
from l3s1.models.rods import Rod
from l3s1.vocabulary import Evidence

MARKS = ((5.0, "thin"), (6.0, "thick"))
SOFT = RodMaterial("soft", "fact-soft", 100.0, 100.0, Evidence.OPINION, MARKS)
HARD = RodMaterial("hard", "fact-hard", 200.0, 260.0, Evidence.COHORT, MARKS)
FIGURE = build_rods_figure((SOFT, HARD), (5.0, 6.0), (1, 6.0))


def test_a_material_is_a_band_a_curve_and_the_rods_that_are_made() -> None:
    band, curve, rods = FIGURE["data"][3:6]
    half = len(band["y"]) // 2
    assert band["y"][0] == pytest.approx(Rod(5.0, 200.0).bending_stiffness_nm2)
    assert band["y"][half] == pytest.approx(Rod(6.0, 260.0).bending_stiffness_nm2)
    assert curve["y"][0] == pytest.approx(Rod(5.0, 230.0).bending_stiffness_nm2)
    assert rods["y"] == [curve["y"][0], curve["y"][-1]]
    assert rods["customdata"] == ["fact-hard"] * 2


def test_one_modulus_makes_no_band() -> None:
    band = FIGURE["data"][0]
    half = len(band["y"]) // 2
    assert band["y"][:half] == list(reversed(band["y"][half:]))


def test_names_stand_stiffest_first_and_differ_by_symbol() -> None:
    names = FIGURE["data"][6]
    assert [text.strip() for text in names["text"]] == ["hard", "soft"]
    assert names["y"][0] > names["y"][1]
    assert len(set(names["marker"]["symbol"])) == 2


def test_guides_lead_from_the_ring_to_both_axes() -> None:
    guides, ring = FIGURE["data"][-2:]
    assert (guides["x"][1], guides["y"][1]) == (ring["x"][0], ring["y"][0])
    assert guides["y"][-1] == 0


def test_every_rod_has_the_same_traces() -> None:
    other = build_rods_figure((SOFT, HARD), (5.0, 6.0), (0, 5.0))
    assert [trace["mode"] for trace in other["data"]] == [trace["mode"] for trace in FIGURE["data"]]
