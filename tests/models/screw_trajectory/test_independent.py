"""The breach agrees with an independent computation on the mesh (`tools/check_screws.py`).

There over a thousand screws; here over a sample of them.
"""

from __future__ import annotations

from check_screws import compare
from l3s1.models.screw_trajectory import ScrewAnatomy

AGREES = 0.2
"""mm: the most that a search may miss."""

SAME = 0.1
"""mm: the most that two distances to one surface may differ at a point."""


def test_breach_and_bone_left_agree_with_brute_force(anatomy: ScrewAnatomy) -> None:
    found = compare(8, 11, anatomy)
    assert len({plan.level for plan, _ in found}) > 2
    for plan, each in found:
        assert each.breach < AGREES, plan
        assert each.margin < AGREES, plan
        assert each.distance < SAME, plan
