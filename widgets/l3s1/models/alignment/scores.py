"""Published limits and formulae, applied: bands, targets, and the GAP score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Literal

from l3s1.models.alignment.spine import DIGITS, Spine


@dataclass(frozen=True)
class Band:
    """A band of a scale: it holds what is under `below`, and `below` itself where `included`."""

    id: str
    label: str
    below: float | None
    included: bool
    points: int


@dataclass(frozen=True)
class Scale:
    """Ascending bands; the last one is open at the top."""

    id: str
    bands: tuple[Band, ...]

    def __post_init__(self) -> None:
        """Raise ValueError where bands do not rise to an open one."""
        limits = [band.below for band in self.bands]
        if not limits or limits[-1] is not None or None in limits[:-1]:
            raise ValueError(f"{self.id}: the last band, and no other, is open at the top")
        known = [limit for limit in limits if limit is not None]
        if known != sorted(set(known)):
            raise ValueError(f"{self.id}: limits of bands rise")


def find_band(scale: Scale, value: float) -> Band:
    """The band that holds a value; raises `ValueError` where it is no finite number."""
    if not isfinite(value):
        raise ValueError(f"{scale.id}: {value} is in no band")
    value = round(value, DIGITS)
    for band in scale.bands:
        if (
            band.below is None
            or value < band.below
            or (band.included and value == round(band.below, DIGITS))
        ):
            return band
    raise AssertionError("the last band is open at the top")


@dataclass(frozen=True)
class Step:
    """An offset for all whose incidence or age is under `below`; None where none was published."""

    below: float | None
    offset: float | None


@dataclass(frozen=True)
class Formula:
    """intercept + incidence · PI + age · years + the offset of its step, give or take `tolerance`.

    `by` says whether the steps are by incidence or by age.
    """

    id: str
    of: str
    intercept: float
    incidence: float
    age: float
    tolerance: float
    by: Literal["incidence", "age"] | None
    steps: tuple[Step, ...]


def evaluate(formula: Formula, incidence: float, age: float) -> float | None:
    """The value of a formula in degrees (mm of a vertical axis); None where its step has none."""
    value = formula.intercept + formula.incidence * incidence + formula.age * age
    if formula.by is None:
        return value
    place = incidence if formula.by == "incidence" else age
    for step in formula.steps:
        if step.below is None or place < step.below:
            return None if step.offset is None else value + step.offset
    return None


@dataclass(frozen=True)
class Target:
    """What a formula asks of a spine, and how far off it is (`miss`: shown minus ideal)."""

    id: str
    low: float
    ideal: float
    high: float
    miss: float


def find_target(formula: Formula, spine: Spine, age: float, sva: float | None) -> Target | None:
    """The target of a formula; None where it has none, or where the film does not show it."""
    ideal = evaluate(formula, spine.incidence, age)
    shown = sva if formula.of == "sva" else getattr(spine, formula.of)
    if ideal is None or shown is None:
        return None
    tolerance = formula.tolerance
    return Target(formula.id, ideal - tolerance, ideal, ideal + tolerance, shown - ideal)


@dataclass(frozen=True)
class GapRules:
    """The GAP score: ideal values by incidence, bands of its parts, and categories of its sum."""

    ideal_slope: Formula
    ideal_lordosis: Formula
    ideal_global_tilt: Formula
    version: Scale
    lordosis: Scale
    distribution: Scale
    alignment: Scale
    age: Scale
    category: Scale


@dataclass(frozen=True)
class GapPart:
    """One component: measured minus ideal (the distribution: %), its band, its points."""

    value: float
    band: str
    points: int


@dataclass(frozen=True)
class Gap:
    """The score; least and most of it where a part is not known."""

    version: GapPart
    lordosis: GapPart
    distribution: GapPart | None
    alignment: GapPart | None
    age: int
    low: int
    high: int
    category_low: str
    category_high: str


def score_gap(rules: GapRules, spine: Spine, age: float, global_tilt: float | None) -> Gap:
    """The GAP score of a spine at an age in years; `global_tilt` needs C7 on the film."""

    def ideal(formula: Formula) -> float:
        value = evaluate(formula, spine.incidence, age)
        if value is None:
            raise ValueError(f"{formula.id}: gives no value")
        return value

    version = _part(rules.version, spine.slope - ideal(rules.ideal_slope))
    lordosis = _part(rules.lordosis, spine.lordosis - ideal(rules.ideal_lordosis))
    distribution = None if spine.share is None else _part(rules.distribution, spine.share)
    alignment = None
    if global_tilt is not None:
        alignment = _part(rules.alignment, global_tilt - ideal(rules.ideal_global_tilt))
    age_points = find_band(rules.age, age).points
    low = high = version.points + lordosis.points + age_points
    for part, scale in ((distribution, rules.distribution), (alignment, rules.alignment)):
        points = [band.points for band in scale.bands] if part is None else [part.points]
        low, high = low + min(points), high + max(points)
    return Gap(
        version,
        lordosis,
        distribution,
        alignment,
        age_points,
        low,
        high,
        find_band(rules.category, low).id,
        find_band(rules.category, high).id,
    )


def _part(scale: Scale, value: float) -> GapPart:
    band = find_band(scale, value)
    return GapPart(value, band.id, band.points)


@dataclass(frozen=True)
class Forward:
    """The type of the revised Roussouly classification whose pelvis is tipped forward."""

    id: str
    incidence_below: float
    slope_above: float


def grade(
    scales: Mapping[str, Scale], forward: Forward, spine: Spine, sva: float | None
) -> dict[str, str | None]:
    """The band of each scale; None where the film does not show what it needs."""
    tipped = (
        round(spine.incidence, DIGITS) < forward.incidence_below
        and round(spine.slope, DIGITS) > forward.slope_above
    )
    shown = {
        "incidence": spine.incidence,
        "roussouly": spine.slope,
        "schwab_mismatch": spine.mismatch,
        "schwab_tilt": spine.tilt,
        "schwab_sva": sva,
    }
    bands = {
        name: None if value is None else find_band(scales[name], value).id
        for name, value in shown.items()
    }
    return {**bands, "roussouly": forward.id} if tipped else bands
