"""Numbers that stand in the picture, apart from each other and from what they point at."""

from __future__ import annotations

from itertools import combinations
from math import dist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l3s1.assessment.exchange.number_places import number_places

WIDTH, HEIGHT, RADIUS = 1000.0, 750.0, 30.0
CLOSE = {"1": (424.0, 390.0), "2": (470.0, 360.0), "3": (505.0, 410.0), "4": (575.0, 410.0)}
"""Like the back of one vertebra: spots nearer to each other than two numbers may be."""


def test_numbers_of_close_spots_stand_apart_and_on_no_spot() -> None:
    places = number_places(CLOSE, WIDTH, HEIGHT, RADIUS)
    assert list(places) == list(CLOSE)
    for one, other in combinations(places.values(), 2):
        assert dist(one, other) >= 2 * RADIUS
    for name, place in places.items():
        assert all(dist(place, spot) >= RADIUS for spot in CLOSE.values())
        assert dist(place, CLOSE[name]) <= 7 * RADIUS + 1e-9


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(0, WIDTH), st.floats(0, HEIGHT)), min_size=1, max_size=6, unique=True
    )
)
def test_numbers_stay_in_the_picture(spots: list[tuple[float, float]]) -> None:
    places = number_places(
        {str(number): spot for number, spot in enumerate(spots)}, WIDTH, HEIGHT, RADIUS
    )
    for x, y in places.values():
        assert RADIUS <= x <= WIDTH - RADIUS
        assert RADIUS <= y <= HEIGHT - RADIUS


@pytest.mark.parametrize("spot", [(0.0, 0.0), (WIDTH, HEIGHT), (500.0, 0.0)])
def test_a_spot_at_the_edge_has_its_number_inside(spot: tuple[float, float]) -> None:
    (place,) = number_places({"1": spot}, WIDTH, HEIGHT, RADIUS).values()
    assert RADIUS <= place[0] <= WIDTH - RADIUS
    assert RADIUS <= place[1] <= HEIGHT - RADIUS
