"""A generated lateral film, and what is measured on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from math import atan2, cos, degrees, log, pi, sin, sqrt

from l3s1.models.alignment.spine import Body, Point, Spine, build_spine, segment_limits
from l3s1.models.find_it import Random, random_numbers

LANDMARKS = (
    "L1.posterior",
    "L1.anterior",
    "L4.posterior",
    "L4.anterior",
    "S1.posterior",
    "S1.anterior",
    "hip.near",
    "hip.far",
)
"""Corners of upper plates, and the centres of the femoral heads, as they are asked for."""

MEASURED = ("incidence", "tilt", "slope", "lordosis", "low_lordosis", "share")
MOST_TRIES = 10_000


@dataclass(frozen=True)
class Drawn:
    """A quantity that varies between people: mean, deviation, and limits that none exceeds."""

    mean: float
    deviation: float
    low: float
    high: float


@dataclass(frozen=True)
class SegmentMeans:
    """Mean lordosis of the segments in a class of incidence; limits as those of a `Band`."""

    id: str
    below: float | None
    included: bool
    means: tuple[float, ...]


@dataclass(frozen=True)
class People:
    """What people are drawn from: tilt and slope apart, incidence their sum, segments by class.

    `mismatch` and `incidence` are limits; `deviations` are those of the segments, L1–L2 first.
    """

    tilt: Drawn
    slope: Drawn
    incidence: tuple[float, float]
    mismatch: tuple[float, float]
    deviations: tuple[float, ...]


@dataclass(frozen=True)
class Film:
    """The person on a film: the spine, and the centres of the femoral heads about the hip axis."""

    spine: Spine
    heads: Mapping[str, Point]


def class_of(means: Sequence[SegmentMeans], incidence: float) -> SegmentMeans:
    """The class of segment means that an incidence belongs to."""
    return next(
        each
        for each in means
        if each.below is None
        or incidence < each.below
        or (each.included and incidence == each.below)
    )


def draw_film(body: Body, people: People, means: Sequence[SegmentMeans], seed: int) -> Film:
    """The person that a seed draws, the same for a seed everywhere.

    Angles are drawn to a tenth of a degree, from normal distributions; whoever exceeds a limit is
    drawn again. Raises `ValueError` where limits leave nobody.
    """
    draw = random_numbers(seed)
    limits = segment_limits(body)
    for tries in count(1):
        if tries > MOST_TRIES:
            raise ValueError("people: limits leave nobody")
        tilt, slope = (_draw_angle(draw, d.mean, d.deviation) for d in (people.tilt, people.slope))
        incidence = _tenth(tilt + slope)
        chosen = class_of(means, incidence).means
        segments = [
            _draw_angle(draw, mean, deviation)
            for mean, deviation in zip(chosen, people.deviations, strict=True)
        ]
        mismatch = incidence - sum(segments)
        if (
            people.tilt.low <= tilt <= people.tilt.high
            and people.slope.low <= slope <= people.slope.high
            and people.incidence[0] <= incidence <= people.incidence[1]
            and people.mismatch[0] <= mismatch <= people.mismatch[1]
            and all(
                low <= angle <= high for angle, (low, high) in zip(segments, limits, strict=True)
            )
        ):
            break
    spine = build_spine(body, incidence, tilt, segments)
    turn = 2 * pi * draw()
    y, z = body.head_apart_mm / 2 * cos(turn), body.head_apart_mm / 2 * sin(turn)
    hip = spine.hip
    heads = {"hip.near": (hip[0] + y, hip[1] + z), "hip.far": (hip[0] - y, hip[1] - z)}
    return Film(spine, heads)


def true_points(film: Film) -> dict[str, Point]:
    """Where every landmark really is."""
    plates = film.spine.plates
    points = {
        f"{name}.{end}": getattr(plates[f"{name}.upper"], end)
        for name in ("L1", "L4", "S1")
        for end in ("posterior", "anterior")
    }
    return {**points, **film.heads}


def measure(points: Mapping[str, Point]) -> dict[str, float | None]:
    """Angles (degrees; the share in %) from points; None as long as a point is missing.

    Lordosis is Cobb's angle between the upper plates of L1 and S1, low lordosis that between L4
    and S1. Raises `ValueError` where a landmark is unknown, or two points of a line fall together.
    """
    unknown = [name for name in points if name not in LANDMARKS]
    if unknown:
        raise ValueError(f"there is no landmark {unknown[0]!r}; there are {', '.join(LANDMARKS)}")
    slope = _plate_tilt(points, "S1")
    upper, middle = _plate_tilt(points, "L1"), _plate_tilt(points, "L4")
    tilt = _pelvic_tilt(points)
    lordosis = None if slope is None or upper is None else _turned(slope - upper)
    low = None if slope is None or middle is None else _turned(slope - middle)
    return {
        "incidence": None if slope is None or tilt is None else _turned(tilt + slope),
        "tilt": tilt,
        "slope": slope,
        "lordosis": lordosis,
        "low_lordosis": low,
        "share": 100 * low / lordosis if low is not None and lordosis and lordosis > 0 else None,
    }


def truth(spine: Spine) -> dict[str, float | None]:
    """The same angles as they really are."""
    return {name: getattr(spine, name) for name in MEASURED}


def _plate_tilt(points: Mapping[str, Point], bone: str) -> float | None:
    posterior, anterior = points.get(f"{bone}.posterior"), points.get(f"{bone}.anterior")
    if posterior is None or anterior is None:
        return None
    return _direction(posterior[1] - anterior[1], posterior[0] - anterior[0], f"{bone}’s plate")


def _pelvic_tilt(points: Mapping[str, Point]) -> float | None:
    ends = [points.get(name) for name in ("S1.posterior", "S1.anterior", "hip.near", "hip.far")]
    if any(end is None for end in ends):
        return None
    plate_back, plate_front, near, far = (end for end in ends if end is not None)
    y = (plate_back[0] + plate_front[0] - near[0] - far[0]) / 2
    z = (plate_back[1] + plate_front[1] - near[1] - far[1]) / 2
    return _direction(y, z, "the line to the hip axis")


def _direction(rise: float, run: float, what: str) -> float:
    if rise == 0 and run == 0:
        raise ValueError(f"{what}: its two points fall together; set them apart")
    return degrees(atan2(rise, run))


def _turned(angle: float) -> float:
    """The angle between −180 (not itself) and 180 degrees."""
    return angle - 360 if angle > 180 else angle + 360 if angle <= -180 else angle


def _tenth(angle: float) -> float:
    return round(angle * 10) / 10


def _draw_angle(draw: Random, mean: float, deviation: float) -> float:
    """A normal number (Box and Muller's method), to a tenth."""
    radius = sqrt(-2 * log(1 - draw()))
    return _tenth(mean + deviation * radius * cos(2 * pi * draw()))
