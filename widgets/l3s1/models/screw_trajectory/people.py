"""People: how a person's bones differ from the course's own, named or drawn from a seed."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

SIZE = (0.8, 1.2)
"""Least and largest size of the bones, as a share of the course's."""

PEDICLE = (0.6, 1.5)
"""Least and largest width and height of the pedicles beyond that."""

TURN = (-10.0, 10.0)
"""degrees: how much less or more the pedicles may converge."""


@dataclass(frozen=True)
class Build:
    """A person's bones against the course's own, which are 1, 1, 1 and 0.

    `size`: all lengths; `pedicle_width`, `pedicle_height`: of the lumbar pedicles beyond size;
    `convergence_deg`: added to the lumbar pedicles' own. Raises ValueError naming the entry and
    its range.
    """

    size: float = 1.0
    pedicle_width: float = 1.0
    pedicle_height: float = 1.0
    convergence_deg: float = 0.0

    def __post_init__(self) -> None:
        for name, (low, high) in RANGES.items():
            value = getattr(self, name)
            if not low <= value <= high:
                raise ValueError(f"{name}: {value:g} is out of range; give {low:g} to {high:g}")


RANGES = {
    "size": SIZE,
    "pedicle_width": PEDICLE,
    "pedicle_height": PEDICLE,
    "convergence_deg": TURN,
}


@dataclass(frozen=True)
class BuildSpread:
    """How much people differ: one standard deviation of each entry of `Build`."""

    size: float = 0.0
    pedicle_width: float = 0.0
    pedicle_height: float = 0.0
    convergence_deg: float = 0.0


MOST = 2.0
"""Standard deviations from the mean beyond which nobody is drawn."""


def drawn_build(seed: int, mean: Build, spread: BuildSpread) -> Build:
    """A person drawn about `mean`: normal, cut at `MOST` deviations; one seed, one person.

    The entries are drawn independently of each other, and kept within what `Build` takes.
    ValueError where the seed is negative.
    """
    if seed < 0:
        raise ValueError(f"seed: {seed}; give 0 or more")
    rng = np.random.default_rng(seed)
    drawn = {}
    for entry in fields(Build):
        z = float(np.clip(rng.standard_normal(), -MOST, MOST))
        low, high = RANGES[entry.name]
        value = getattr(mean, entry.name) + z * getattr(spread, entry.name)
        drawn[entry.name] = min(max(value, low), high)
    return Build(**drawn)
