"""Bending of a rod against numbers worked out by hand and by integration."""

from __future__ import annotations

import numpy as np
import pytest

from l3s1.models.rods import (
    Rod,
    compare_stiffness,
    compare_stress,
    compute_second_moment_mm4,
)

TITANIUM = Rod(5.5, 110.0)


@pytest.mark.parametrize("diameter", [4.75, 5.5, 6.35])
def test_the_second_moment_is_the_integral_over_the_section(diameter: float) -> None:
    """∫ y² dA over strips of the circle, an independent computation."""
    half = diameter / 2
    edges = np.linspace(-half, half, 200_001)
    y = (edges[:-1] + edges[1:]) / 2
    width = 2 * np.sqrt(half**2 - y**2)
    integral = float(np.sum(y**2 * width * np.diff(edges)))
    assert compute_second_moment_mm4(diameter) == pytest.approx(integral, rel=1e-6)


def test_stiffness_in_newton_square_metres() -> None:
    """110 GPa × 44.9 mm⁴ = 4.94 N·m², worked out by hand."""
    assert TITANIUM.bending_stiffness_nm2 == pytest.approx(4.94, abs=0.005)


def test_stiffness_goes_with_the_fourth_power_of_the_diameter() -> None:
    assert compare_stiffness(Rod(6.35, 110.0), TITANIUM) == pytest.approx((6.35 / 5.5) ** 4)
    assert compare_stiffness(Rod(5.5, 220.0), TITANIUM) == pytest.approx(2.0)


def test_a_published_bench_test_orders_two_rods_alike() -> None:
    """Cobalt–chromium of 5.5 mm was stiffer than titanium of 6.0 mm (Yamada 2020)."""
    assert compare_stiffness(Rod(5.5, 210.0), Rod(6.0, 116.0)) > 1.0


def test_surface_stress_follows_from_stiffness() -> None:
    """Both formulas agree: a moment bends the rod to M/(E I), and that bend has its stress."""
    curvature = 3.0 / TITANIUM.bending_stiffness_nm2
    assert TITANIUM.stress_in_bend_mpa(curvature) == pytest.approx(
        TITANIUM.stress_under_moment_mpa(3.0)
    )


def test_a_thicker_rod_is_spared_by_a_moment_and_strained_by_a_bend() -> None:
    moment, bend = compare_stress(Rod(6.35, 110.0), TITANIUM)
    assert moment == pytest.approx((5.5 / 6.35) ** 3)
    assert bend == pytest.approx(6.35 / 5.5)


@pytest.mark.parametrize(("diameter", "modulus"), [(0.0, 110.0), (5.5, 0.0), (-1.0, 1.0)])
def test_impossible_rods_are_refused(diameter: float, modulus: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        Rod(diameter, modulus)
