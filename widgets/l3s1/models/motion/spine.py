"""Segments in series under a pure moment: how far each turns, and how the whole does.

A pure moment is the same in every segment, so the angles add up and nothing else is to be solved.
Flexion, extension, bending to a side and turning are each their own direction; angles and moments
count from 0 up in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from scipy.optimize import brentq

from l3s1.models.motion.curve import Curve, CurveLaw

SEGMENTS = ("L1-L2", "L2-L3", "L3-L4", "L4-L5", "L5-S1")
"""The motion segments that have published curves, from superior to inferior."""


class Direction(StrEnum):
    """The way a spine is bent; both sides are alike."""

    FLEXION = "flexion"
    EXTENSION = "extension"
    SIDE = "side"
    TURN = "turn"


@dataclass(frozen=True)
class Bent:
    """A spine under `moment_nm` (N·m): what each segment turns (°), in the spine's order."""

    moment_nm: float
    angles_deg: Mapping[str, float]

    @property
    def total_deg(self) -> float:
        """The turn of the whole (°)."""
        return sum(self.angles_deg.values())

    def share(self, segment: str) -> float:
        """The share (0 to 1) of the whole that a segment contributes; 0 where nothing turns."""
        total = self.total_deg
        return self.angles_deg[segment] / total if total > 0.0 else 0.0


@dataclass(frozen=True)
class Spine:
    """Curves of the segments in one direction, from superior to inferior.

    Raises ValueError where there is no segment.
    """

    curves: Mapping[str, Curve]
    law: CurveLaw

    def __post_init__(self) -> None:
        """Refuse an empty spine, and keep the curves as they are."""
        if not self.curves:
            raise ValueError("a spine without segments: give at least one")
        object.__setattr__(self, "curves", MappingProxyType(dict(self.curves)))

    def under(self, moment_nm: float) -> Bent:
        """The spine under a pure moment (0 N·m to the law's greatest; ValueError outside)."""
        self.law.check_moment(moment_nm)
        return Bent(
            moment_nm, {name: curve.angle_deg(moment_nm) for name, curve in self.curves.items()}
        )

    def reach_deg(self) -> float:
        """How far the whole turns (°) under the greatest moment."""
        return self.under(self.law.greatest_moment_nm).total_deg

    def bent_to(self, total_deg: float) -> Bent:
        """The spine bent by a pure moment until the whole has turned by `total_deg`.

        Raises ValueError where the angle is negative, or the greatest moment does not reach it:
        then the rest must be made up elsewhere (hips, thoracic spine), which is not modelled.
        """
        if not total_deg >= 0.0:
            raise ValueError(f"a bend of {total_deg:g}°: give 0 or more, in its direction")
        reach = self.reach_deg()
        if total_deg > reach * (1.0 + 1e-12):
            raise ValueError(
                f"a bend of {total_deg:.1f}° can't be reached: the free segments give "
                f"{reach:.1f}° under {self.law.greatest_moment_nm:g} N·m, the largest moment "
                "that segments were tested with"
            )

        def spare(moment_nm: float) -> float:
            turned = sum(curve.angle_deg(moment_nm) for curve in self.curves.values())
            return turned - total_deg

        greatest = self.law.greatest_moment_nm
        if total_deg == 0.0 or spare(greatest) <= 0.0:
            return self.under(0.0 if total_deg == 0.0 else greatest)
        return self.under(float(brentq(spare, 0.0, greatest, xtol=1e-10, rtol=1e-12)))

    def with_curves(self, changed: Mapping[str, Curve]) -> Spine:
        """The same spine with other curves for some segments; ValueError for unknown ones."""
        unknown = [name for name in changed if name not in self.curves]
        if unknown:
            raise ValueError(f"no segment {', '.join(unknown)}: there are {', '.join(self.curves)}")
        return Spine({**self.curves, **changed}, self.law)
