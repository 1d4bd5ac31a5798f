"""The plan of a screw: where it enters, how it is turned, how thick and long it is."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from l3s1.vocabulary import Side

LEVELS = ("L3", "L4", "L5", "S1")
"""The vertebrae whose screws can be planned."""

LIMITS: Mapping[str, tuple[float, float, str]] = {
    "medial_mm": (-10.0, 10.0, "mm"),
    "superior_mm": (-10.0, 10.0, "mm"),
    "convergence_deg": (-10.0, 50.0, "degrees"),
    "sagittal_deg": (-30.0, 30.0, "degrees"),
    "diameter_mm": (4.0, 10.0, "mm"),
    "length_mm": (25.0, 65.0, "mm"),
}
"""Least and largest value the trainer takes, with its unit: what controls span, not advice."""


class PlanError(ValueError):
    """A plan that no screw can have; `field` names the entry that is wrong, where one is."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class ScrewPlan:
    """One screw of one vertebra.

    `medial_mm`, `superior_mm`: the entry from the bone's reference entry, as seen from behind, at
    right angles to the superior end plate. `convergence_deg`: towards the midline. `sagittal_deg`:
    the tip upwards; 0 is parallel to the superior end plate. Raises PlanError naming the entry and
    its range.
    """

    level: str
    side: Side
    medial_mm: float = 0.0
    superior_mm: float = 0.0
    convergence_deg: float = 0.0
    sagittal_deg: float = 0.0
    diameter_mm: float = 6.5
    length_mm: float = 45.0

    def __post_init__(self) -> None:
        if self.level not in LEVELS:
            raise PlanError(f"level: {self.level!r}; there are {', '.join(LEVELS)}", "level")
        if self.side not in tuple(Side):
            raise PlanError(f"side: {self.side!r}; there are {', '.join(Side)}", "side")
        for name, (low, high, unit) in LIMITS.items():
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                raise PlanError(f"{name}: {value!r} is not a number", name)
            if not math.isfinite(value) or not low <= value <= high:
                raise PlanError(
                    f"{name}: {value:g} is out of range; give {low:g} to {high:g} {unit}", name
                )

    @property
    def sign(self) -> float:
        """Of x on the screw's side: 1 left, −1 right."""
        return 1.0 if self.side == Side.LEFT else -1.0
