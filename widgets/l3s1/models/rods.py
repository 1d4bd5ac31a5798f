"""A spinal rod in bending: how stiff it is, and how its surface is stressed.

Elementary bending of a straight round bar. Screws, their heads and the bone bend too, so a whole
construct gains less from a thicker rod than the rod itself.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

_MPA_PER_GPA = 1000.0
_NMM2_PER_NM2 = 1e6


def compute_second_moment_mm4(diameter_mm: float) -> float:
    """The second moment of area π d⁴/64 (mm⁴) of a round bar of `diameter_mm` (mm, above 0).

    Raises ValueError where the diameter is not above 0.
    """
    if not diameter_mm > 0.0:
        raise ValueError(f"a diameter of {diameter_mm:g} mm: give one above 0")
    return math.pi * diameter_mm**4 / 64.0


@dataclass(frozen=True)
class Rod:
    """A round rod of `diameter_mm` (mm) from a material with `modulus_gpa` (GPa).

    Raises ValueError where either is not above 0.
    """

    diameter_mm: float
    modulus_gpa: float

    def __post_init__(self) -> None:
        compute_second_moment_mm4(self.diameter_mm)
        if not self.modulus_gpa > 0.0:
            raise ValueError(f"a modulus of {self.modulus_gpa:g} GPa: give one above 0")

    @property
    def bending_stiffness_nm2(self) -> float:
        """The modulus times the second moment of area, N·m²: moment per curvature."""
        modulus_mpa = self.modulus_gpa * _MPA_PER_GPA
        return modulus_mpa * compute_second_moment_mm4(self.diameter_mm) / _NMM2_PER_NM2

    def stress_under_moment_mpa(self, moment_nm: float) -> float:
        """The stress (MPa) at the surface under a bending moment (N·m): 32 M/(π d³)."""
        return 32.0 * moment_nm * 1000.0 / (math.pi * self.diameter_mm**3)

    def stress_in_bend_mpa(self, curvature_per_m: float) -> float:
        """The stress (MPa) at the surface of a rod bent to a curvature (1/m): E κ d/2.

        Elastic: a rod that is bent to stay bent is past this.
        """
        per_mm = curvature_per_m / 1000.0
        return self.modulus_gpa * _MPA_PER_GPA * per_mm * self.diameter_mm / 2.0


def compare_stiffness(rod: Rod, reference: Rod) -> float:
    """How many times as stiff in bending `rod` is as `reference`."""
    return rod.bending_stiffness_nm2 / reference.bending_stiffness_nm2


def compare_stress(rod: Rod, reference: Rod) -> tuple[float, float]:
    """The surface stress of `rod` as a multiple of `reference`'s: (same moment, same bend)."""
    moment = rod.stress_under_moment_mpa(1.0) / reference.stress_under_moment_mpa(1.0)
    bend = rod.stress_in_bend_mpa(1.0) / reference.stress_in_bend_mpa(1.0)
    return moment, bend
