"""The moment–rotation curve of one segment in one direction.

Two published numbers make a curve: the neutral zone, which a segment gives away for almost no
load, and the range it reaches under the test's moment. Between them M(θ) = A (exp(Bθ) − 1), the
usual form for a tissue that stiffens as it is stretched. Where the tangent has grown to the
stiffness that segments show under large loads, the curve goes on straight. `docs/motion.md` says
what rests on a paper and what is assumed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

from scipy.optimize import brentq


@dataclass(frozen=True)
class CurveLaw:
    """What all curves share.

    `test_moment_nm`: at which ranges were measured; `zone_moment_nm`: where a curve counts as
    leaving its neutral zone; `terminal_nm_per_deg`: tangent stiffness that no curve exceeds;
    `greatest_moment_nm`: up to which the curves may be asked.

    Raises ValueError unless 0 < zone < test ≤ greatest and the stiffness is positive.
    """

    test_moment_nm: float
    zone_moment_nm: float
    terminal_nm_per_deg: float
    greatest_moment_nm: float

    def __post_init__(self) -> None:
        """Refuse what describes no curve."""
        if not 0.0 < self.zone_moment_nm < self.test_moment_nm <= self.greatest_moment_nm:
            raise ValueError(
                f"moments of {self.zone_moment_nm:g}, {self.test_moment_nm:g} and "
                f"{self.greatest_moment_nm:g} N·m: the neutral zone's must be above 0 and below "
                "the test's, and the greatest not below it"
            )
        if not (math.isfinite(self.greatest_moment_nm) and self.terminal_nm_per_deg > 0.0):
            raise ValueError("give a finite greatest moment and a stiffness above 0 N·m/°")

    def check_moment(self, moment_nm: float) -> None:
        """Raise ValueError unless the moment lies within 0 and the greatest."""
        if not 0.0 <= moment_nm <= self.greatest_moment_nm:
            raise ValueError(
                f"a moment of {moment_nm:g} N·m: give 0 to {self.greatest_moment_nm:g}, "
                "the largest that segments were tested with"
            )


class Curve(Protocol):
    """What the spine asks of a segment, intact or fused, in one direction; angles from 0 up."""

    def angle_deg(self, moment_nm: float) -> float:
        """The rotation (°) under a moment (N·m)."""

    def moment_nm(self, angle_deg: float) -> float:
        """The moment (N·m) that a rotation (°) needs."""

    def energy_j(self, moment_nm: float) -> float:
        """The elastic energy (J) that is stored under a moment (N·m)."""


@dataclass(frozen=True)
class IntactCurve:
    """M = `scale_nm` (exp(`rate_per_deg` θ) − 1), straight from `kink_nm` on; see `fit_curve`."""

    scale_nm: float
    rate_per_deg: float
    law: CurveLaw

    @property
    def kink_nm(self) -> float:
        """The moment (N·m) from which the curve is straight; 0 where it is so from the start."""
        return max(0.0, self.law.terminal_nm_per_deg / self.rate_per_deg - self.scale_nm)

    def angle_deg(self, moment_nm: float) -> float:
        """The rotation (°) under a moment (N·m); raises ValueError outside the law's moments."""
        self.law.check_moment(moment_nm)
        bent = min(moment_nm, self.kink_nm)
        curved = math.log1p(bent / self.scale_nm) / self.rate_per_deg
        return curved + (moment_nm - bent) / self.law.terminal_nm_per_deg

    def moment_nm(self, angle_deg: float) -> float:
        """The moment (N·m) that a rotation (°, from 0 up) needs; may exceed the law's greatest."""
        if not angle_deg >= 0.0:
            raise ValueError(f"a rotation of {angle_deg:g}°: give 0 or more, in its direction")
        kink_deg = self.angle_deg(min(self.kink_nm, self.law.greatest_moment_nm))
        curved = self.scale_nm * math.expm1(self.rate_per_deg * min(angle_deg, kink_deg))
        return curved + self.law.terminal_nm_per_deg * max(0.0, angle_deg - kink_deg)

    def stiffness_nm_per_deg(self, moment_nm: float) -> float:
        """The tangent stiffness (N·m/°) under a moment (N·m)."""
        self.law.check_moment(moment_nm)
        return min(self.rate_per_deg * (moment_nm + self.scale_nm), self.law.terminal_nm_per_deg)

    def energy_j(self, moment_nm: float) -> float:
        """The elastic energy (J) that is stored under a moment (N·m)."""
        self.law.check_moment(moment_nm)
        bent = min(moment_nm, self.kink_nm)
        angle = self.angle_deg(bent)
        curved = bent / self.rate_per_deg - self.scale_nm * angle
        straight = (moment_nm**2 - bent**2) / (2.0 * self.law.terminal_nm_per_deg)
        return math.radians(curved + straight)


def fit_curve(zone_deg: float, range_deg: float, law: CurveLaw) -> IntactCurve:
    """The curve through a neutral zone (°, from the middle) and the range (°) under the test.

    Both are met exactly: θ(zone_moment_nm) = zone_deg and θ(test_moment_nm) = range_deg. Raises
    ValueError where no curve that stiffens with load, and is nowhere stiffer than the law's
    terminal stiffness, passes through both.
    """
    if not 0.0 < zone_deg < range_deg < math.inf:
        raise ValueError(
            f"a neutral zone of {zone_deg:g}° and a range of {range_deg:g}°: the zone must be "
            "above 0 and below the range"
        )
    rise = law.test_moment_nm - law.zone_moment_nm
    mean = rise / (range_deg - zone_deg)
    if mean >= law.terminal_nm_per_deg:
        raise ValueError(
            f"from {zone_deg:g}° to {range_deg:g}° in {rise:g} N·m: stiffer than segments are "
            f"under large loads ({law.terminal_nm_per_deg:g} N·m/°)"
        )
    if mean <= law.zone_moment_nm / zone_deg:
        raise ValueError(
            f"a neutral zone of {zone_deg:g}° in a range of {range_deg:g}°: it would be stiffer "
            "than the rest of the curve"
        )

    def curve(rate: float) -> IntactCurve:
        return IntactCurve(law.zone_moment_nm / math.expm1(rate * zone_deg), rate, law)

    def too_far(rate: float) -> float:
        return curve(rate).angle_deg(law.test_moment_nm) - range_deg

    steepest = _steepest_rate(zone_deg, law)
    return curve(float(brentq(too_far, 1e-9 / zone_deg, steepest, xtol=1e-13, rtol=1e-14)))


def _steepest_rate(zone_deg: float, law: CurveLaw) -> float:
    """The rate (1/°) at which the curve reaches its terminal stiffness at the zone's edge."""

    def spare(rate: float) -> float:
        scale = law.zone_moment_nm / math.expm1(rate * zone_deg)
        return law.terminal_nm_per_deg - rate * (law.zone_moment_nm + scale)

    upper = 1.0 / zone_deg
    while spare(upper) > 0.0:
        upper *= 2.0
    return float(brentq(spare, 1e-9 / zone_deg, upper))
