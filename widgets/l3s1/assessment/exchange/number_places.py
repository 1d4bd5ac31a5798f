"""Where the numbers of a picture stand: near what they point at, and off everything else."""

from __future__ import annotations

from itertools import product
from math import atan2, cos, dist, pi, sin
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Spot = tuple[float, float]

_REACHES = (2.5, 3.5, 5.0, 7.0)
"""How far a number may stand from its spot, in radii of its disc; near ones are tried first."""

_DIRECTIONS = 24
_AIR = 0.4
"""The least distance between a number and anything else, in radii of its disc."""


def number_places(
    spots: Mapping[str, Spot], width: float, height: float, radius: float
) -> dict[str, Spot]:
    """A place in the picture for the number of each spot: the first free one, else the freest."""
    places: dict[str, Spot] = {}
    for name in spots:
        rooms = {
            (x, y): _room(name, (x, y), spots, places, radius)
            for x, y in _candidates(name, spots, radius)
            if radius <= x <= width - radius and radius <= y <= height - radius
        }
        places[name] = max(rooms, key=rooms.__getitem__)
    return places


def _candidates(name: str, spots: Mapping[str, Spot], radius: float) -> Iterator[Spot]:
    """Places around a spot: near before far, and away from the other spots before towards them."""
    x, y = spots[name]
    middle_x = sum(spot[0] for spot in spots.values()) / len(spots)
    middle_y = sum(spot[1] for spot in spots.values()) / len(spots)
    outwards = atan2(y - middle_y, x - middle_x)
    turns = sorted(range(_DIRECTIONS), key=lambda turn: min(turn, _DIRECTIONS - turn))
    for reach, turn in product(_REACHES, turns):
        angle = outwards + 2 * pi * turn / _DIRECTIONS
        yield x + reach * radius * cos(angle), y + reach * radius * sin(angle)


def _room(
    name: str,
    place: Spot,
    spots: Mapping[str, Spot],
    placed: Mapping[str, Spot],
    radius: float,
) -> float:
    """The least distance to anything, in radii; all that is wide enough counts the same."""
    line = (spots[name], place)
    distances = [_AIR * radius]
    for other, spot in spots.items():
        if other != name:
            distances += [dist(place, spot) - radius, _from_line(spot, line)]
    for other, number in placed.items():
        theirs = (spots[other], number)
        distances += [
            dist(place, number) - 2 * radius,
            _from_line(number, line) - radius,
            _from_line(place, theirs) - radius,
        ]
        if _cross(line, theirs):
            distances.append(-radius)
    return min(distances) / radius


def _from_line(point: Spot, line: tuple[Spot, Spot]) -> float:
    (x1, y1), (x2, y2) = line
    along, across = x2 - x1, y2 - y1
    share = ((point[0] - x1) * along + (point[1] - y1) * across) / (along**2 + across**2)
    share = min(1.0, max(0.0, share))
    return dist(point, (x1 + share * along, y1 + share * across))


def _cross(one: Sequence[Spot], other: Sequence[Spot]) -> bool:
    def side(line: Sequence[Spot], point: Spot) -> float:
        (x1, y1), (x2, y2) = line
        return (x2 - x1) * (point[1] - y1) - (y2 - y1) * (point[0] - x1)

    return (
        side(one, other[0]) * side(one, other[1]) < 0
        and side(other, one[0]) * side(other, one[1]) < 0
    )
