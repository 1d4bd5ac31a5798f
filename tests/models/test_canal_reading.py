"""The area of the dural sac, read between the points of a table."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.interpolate import RegularGridInterpolator

from l3s1.models.canal_reading import read_canal_area

SLIP = [0.0, 0.2, 0.5]
HEIGHT = [1.0, 0.6, 0.2]
FLAVUM = [0.0, 0.25, 1.0]
AREAS = np.random.default_rng(7).uniform(40, 180, (3, 3, 3))
TABLE = {
    "slip": SLIP,
    "disc_height": HEIGHT,
    "flavum_thickening": FLAVUM,
    "area_mm2": AREAS.tolist(),
}


@given(st.floats(0, 0.5), st.floats(0.2, 1), st.floats(0, 1))
def test_it_is_linear_along_every_axis(slip: float, height: float, flavum: float) -> None:
    exact = RegularGridInterpolator((SLIP, HEIGHT[::-1], FLAVUM), AREAS[:, ::-1, :])
    variants = {"slip": slip, "disc_height": height, "flavum_thickening": flavum}
    assert read_canal_area(TABLE, variants) == pytest.approx(exact([slip, height, flavum])[0])


def test_what_is_not_named_is_as_usual() -> None:
    assert read_canal_area(TABLE, {}) == AREAS[0, 0, 0]


def test_values_beyond_an_axis_count_as_its_end() -> None:
    assert read_canal_area(TABLE, {"slip": 2.0, "disc_height": 0.0}) == AREAS[2, 2, 0]
