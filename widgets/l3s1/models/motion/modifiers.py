"""What changes a segment's neutral zone and range: a follower load, degeneration of its disc.

Only as far as published effects go; in between the way is straight. `docs/motion.md` names each
assumption.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class MotionRange:
    """Neutral zone and range of a segment in one direction, both in ° from the middle.

    Raises ValueError unless 0 < zone < range.
    """

    zone_deg: float
    range_deg: float

    def __post_init__(self) -> None:
        """Refuse a zone that is none."""
        if not 0.0 < self.zone_deg < self.range_deg < float("inf"):
            raise ValueError(
                f"a neutral zone of {self.zone_deg:g}° in a range of {self.range_deg:g}°: the "
                "zone must be above 0 and below the range"
            )


@dataclass(frozen=True)
class FollowerEffect:
    """What a follower load of `load_n` N does.

    The range falls by the share `range_fall`; the stiffness around the middle is
    `zone_stiffening` times what it was.
    """

    load_n: float
    range_fall: float
    zone_stiffening: float


def press(motion: MotionRange, load_n: float, effect: FollowerEffect) -> MotionRange:
    """The segment under a follower load of 0 to `effect.load_n` N; effects grow in proportion.

    A load along the spine's own curve bends nothing: it only changes how stiff the segments are.
    Raises ValueError outside the loads that were tested.
    """
    if not 0.0 <= load_n <= effect.load_n:
        raise ValueError(
            f"a follower load of {load_n:g} N: give 0 to {effect.load_n:g} N, the largest tested"
        )
    part = load_n / effect.load_n
    stiffer = 1.0 + part * (effect.zone_stiffening - 1.0)
    return MotionRange(
        motion.zone_deg / stiffer, motion.range_deg * (1.0 - part * effect.range_fall)
    )


def degenerate(
    motion: MotionRange, grade: float, highest_grade: float, change_deg: float
) -> MotionRange:
    """The segment with a disc of `grade` (0 to `highest_grade`), the zone as it was.

    `change_deg` is what the range changes by (negative: falls) from grade 0 to the highest; the
    way between is straight. The neutral zone stays, so its part of the range changes with it.
    Raises ValueError outside the grades, or where nothing would be left of the range.
    """
    if not 0.0 <= grade <= highest_grade:
        raise ValueError(f"a grade of {grade:g}: give 0 (healthy) to {highest_grade:g}")
    changed = motion.range_deg + change_deg * grade / highest_grade
    if changed <= motion.zone_deg:
        raise ValueError(
            f"a range of {motion.range_deg:g}° can't change by {change_deg:g}°: less than the "
            f"neutral zone of {motion.zone_deg:g}° would be left"
        )
    return replace(motion, range_deg=changed)
