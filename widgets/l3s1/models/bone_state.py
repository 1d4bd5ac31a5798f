"""What grafted bone is drawn to do on a day: a scheme between the moments that phases give.

The moments come from content: they are those of the timeline's bars. Between two of them nothing
was measured in people, so shares run in straight lines, to be seen moving and to be read as a
scheme. Nothing here is a medical number.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise


class Site(StrEnum):
    """Where graft is laid."""

    POSTEROLATERAL = "posterolateral"
    INTERBODY = "interbody"


class Stage(StrEnum):
    """What is drawn, in order."""

    CHIPS = "chips"
    CALLUS = "callus"
    BRIDGING = "bridging"
    BRIDGED = "bridged"


@dataclass(frozen=True)
class Moments:
    """The days that bound the stages at one site.

    `callus_from`: callus begins; `bridging_from`: the first day on which bone may bridge;
    `callus_until`: callus is no longer called weak; `bridged_at`: the day on which the drawn
    bridge is complete. Raises `ValueError` where they do not follow each other.
    """

    callus_from: float
    bridging_from: float
    callus_until: float
    bridged_at: float

    def __post_init__(self) -> None:
        days = (0.0, self.callus_from, self.bridging_from, self.callus_until, self.bridged_at)
        if any(later < earlier for earlier, later in pairwise(days)):
            raise ValueError(
                f"{', '.join(f'{day:g}' for day in days)} days do not follow each other"
            )


@dataclass(frozen=True)
class BoneState:
    """Shares 0 … 1: chips that are left, callus that is there, bridge that has grown."""

    stage: Stage
    chips: float
    callus: float
    bridge: float


def compute_bone_state(day: float, moments: Moments) -> BoneState:
    """The scheme on a day after the operation (≥ 0); ValueError before it."""
    if day < 0:
        raise ValueError(f"day {day:g} lies before the operation; give 0 or more")
    bridge = _ramp(day, moments.bridging_from, moments.bridged_at)
    grown = _ramp(day, moments.callus_from, moments.bridging_from)
    callus = grown * (1.0 - _ramp(day, moments.callus_until, moments.bridged_at))
    if day < moments.callus_from:
        stage = Stage.CHIPS
    elif day < moments.bridging_from:
        stage = Stage.CALLUS
    elif day < moments.bridged_at:
        stage = Stage.BRIDGING
    else:
        stage = Stage.BRIDGED
    return BoneState(stage, 1.0 - bridge, callus, bridge)


def compute_failed_state(day: float, moments: Moments, called_at: float) -> BoneState:
    """The same where bone never bridges: stumps stay apart, and callus is not replaced.

    Until `called_at`, the day from which non-union may be called, nobody can tell it from slow
    healing: the stage stays 'bridging' after that, too, and is never 'bridged'.
    """
    state = compute_bone_state(min(day, called_at), moments)
    stage = Stage.BRIDGING if state.stage is Stage.BRIDGED else state.stage
    return BoneState(stage, max(state.chips, LEFT), state.callus, min(state.bridge, 1.0 - LEFT))


LEFT = 0.35
"""The share of chips that stays drawn where bone does not unite."""


def _ramp(day: float, start: float, end: float) -> float:
    """0 until `start`, 1 from `end`, straight between."""
    if day >= end:
        return 1.0
    return 0.0 if day <= start else (day - start) / (end - start)
