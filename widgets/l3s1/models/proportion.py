"""Interval of a proportion, for series that print a count or a share without its uncertainty."""

from __future__ import annotations

import math
from dataclasses import dataclass

_Z_95 = 1.959963984540054  # 97.5th percentile of the standard normal distribution


@dataclass(frozen=True)
class Proportion:
    """A share with its 95 % interval, all between 0 and 1."""

    share: float
    low: float
    high: float


def compute_wilson_interval(events: float, n: int) -> Proportion:
    """Wilson's score interval (95 %) of `events` among `n`.

    Source: Wilson 1927, as method 3 of Newcombe, Stat Med 1998. Raises `ValueError` where `n` is
    not positive or `events` lies outside 0 … n.
    """
    if n <= 0 or not 0 <= events <= n:
        raise ValueError(f"{events:g} of {n} is not a proportion; give 0 ≤ events ≤ n and n ≥ 1")
    share = events / n
    z2 = _Z_95**2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z_95 * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return Proportion(share, max(0.0, middle - half), min(1.0, middle + half))
