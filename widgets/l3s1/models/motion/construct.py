"""A fused segment: what a construct, or solid bone, leaves of its motion.

A published test says which share of the intact motion a construct leaves at the test's moment.
The construct is the spring that leaves just that: beside the segment's own tissue where the disc
stays, alone where a cage replaces it. Solid bone does not move.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from l3s1.models.motion.curve import CurveLaw, IntactCurve

_STEPS = 60
_CLOSE = 1e-12


@dataclass(frozen=True)
class SpringCurve:
    """A construct alone: M = `spring_nm_per_deg` θ."""

    spring_nm_per_deg: float
    law: CurveLaw

    def angle_deg(self, moment_nm: float) -> float:
        """The rotation (°) under a moment (N·m)."""
        self.law.check_moment(moment_nm)
        return moment_nm / self.spring_nm_per_deg

    def moment_nm(self, angle_deg: float) -> float:
        """The moment (N·m) that a rotation (°) needs."""
        return self.spring_nm_per_deg * angle_deg

    def energy_j(self, moment_nm: float) -> float:
        """The elastic energy (J) that is stored under a moment (N·m)."""
        return math.radians(moment_nm * self.angle_deg(moment_nm) / 2.0)


@dataclass(frozen=True)
class BesideCurve:
    """A construct beside the intact tissue: both turn alike and share the moment."""

    spring_nm_per_deg: float
    tissue: IntactCurve

    def angle_deg(self, moment_nm: float) -> float:
        """The rotation (°) under a moment (N·m), by Newton's method on a convex curve."""
        self.tissue.law.check_moment(moment_nm)
        angle = min(moment_nm / self.spring_nm_per_deg, self.tissue.angle_deg(moment_nm))
        for _ in range(_STEPS):
            tissue_nm = min(self.tissue.moment_nm(angle), self.tissue.law.greatest_moment_nm)
            over = self.spring_nm_per_deg * angle + tissue_nm - moment_nm
            slope = self.spring_nm_per_deg + self.tissue.stiffness_nm_per_deg(tissue_nm)
            angle -= over / slope
            if abs(over) < _CLOSE * (1.0 + moment_nm):
                break
        return max(0.0, angle)

    def moment_nm(self, angle_deg: float) -> float:
        """The moment (N·m) that a rotation (°) needs."""
        return self.spring_nm_per_deg * angle_deg + self.tissue.moment_nm(angle_deg)

    def share_of_construct(self, moment_nm: float) -> float:
        """The share (0 to 1) of a moment (N·m, above 0) that the construct bears."""
        return self.spring_nm_per_deg * self.angle_deg(moment_nm) / moment_nm

    def energy_j(self, moment_nm: float) -> float:
        """The elastic energy (J) that is stored under a moment (N·m)."""
        angle = self.angle_deg(moment_nm)
        tissue_nm = min(self.tissue.moment_nm(angle), self.tissue.law.greatest_moment_nm)
        own = math.radians(self.spring_nm_per_deg * angle**2 / 2.0)
        return own + self.tissue.energy_j(tissue_nm)


@dataclass(frozen=True)
class SolidCurve:
    """Solid bone: no motion under any moment."""

    law: CurveLaw

    def angle_deg(self, moment_nm: float) -> float:
        """Always 0°."""
        self.law.check_moment(moment_nm)
        return 0.0

    def moment_nm(self, angle_deg: float) -> float:
        """Raises ValueError: bone that has healed does not turn."""
        if angle_deg == 0.0:
            return 0.0
        raise ValueError(f"a rotation of {angle_deg:g}°: solid bone does not turn")

    def energy_j(self, moment_nm: float) -> float:
        """Always 0 J."""
        self.law.check_moment(moment_nm)
        return 0.0


FusedCurve = SpringCurve | BesideCurve | SolidCurve


def fuse(intact: IntactCurve, left: float, moment_nm: float, *, disc_stays: bool) -> FusedCurve:
    """The segment with a construct that leaves the share `left` of its motion under `moment_nm`.

    `left` is 0 (solid bone) to 1, exclusive; 'disc_stays' says whether the segment's own tissue
    shares the load. Raises ValueError otherwise.
    """
    if not 0.0 <= left < 1.0:
        raise ValueError(f"a share of {left:g} left: give 0 (solid) up to, not including, 1")
    if left == 0.0:
        return SolidCurve(intact.law)
    if moment_nm == 0.0:
        raise ValueError("a share left under no moment says nothing: give the test's moment")
    angle = left * intact.angle_deg(moment_nm)
    if not disc_stays:
        return SpringCurve(moment_nm / angle, intact.law)
    return BesideCurve((moment_nm - intact.moment_nm(angle)) / angle, intact)
