"""Reads the area left for the dural sac from the model's table: linear between its points.

The page reads the same table by the same rule (`widgets/frontend/src/scene/canal.ts`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Any

_AREAS = "area_mm2"


def read_canal_area(table: Mapping[str, Any], variants: Mapping[str, float]) -> float:
    """The area in mm² of one motion segment.

    `table` holds points for each axis ("slip", "disc_height", morphs) in order, and under
    "area_mm2" the areas, nested in the order of the axes. `variants` gives a value by axis: of a
    slip, a morph 0 where it is not named, of a disc's height 1. Values beyond an axis count as its
    end.
    """
    areas = table[_AREAS]
    places = [
        _place(points, variants.get(axis, 1.0 if axis == "disc_height" else 0.0))
        for axis, points in table.items()
        if axis != _AREAS
    ]
    return _look_up(areas, places)


def _place(points: Sequence[float], value: float) -> tuple[int, float]:
    """The point before a value, and the share of the way to the next one."""
    if points[0] > points[-1]:
        return _place([-point for point in points], -value)
    above = bisect_left(points, value)
    if above == 0:
        return 0, 0.0
    if above == len(points):
        return above - 1, 0.0
    low, high = points[above - 1], points[above]
    return above - 1, (value - low) / (high - low)


def _look_up(areas: Any, places: Sequence[tuple[int, float]]) -> float:
    if not places:
        return float(areas)
    (before, share), *rest = places
    low = _look_up(areas[before], rest)
    if share == 0.0:
        return low
    return low + share * (_look_up(areas[before + 1], rest) - low)
