"""Who counts as improved: the share of a group whose change reaches a threshold.

A trial prints a mean change and its standard deviation; a claim speaks of a share of people. The
step from one to the other needs a shape of the distribution. Here it is the normal one, which is
an assumption and is said wherever the result is shown.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.special import ndtr

from l3s1.models.proportion import Proportion

_Z_95 = 1.959963984540054  # 97.5th percentile of the standard normal distribution


@dataclass(frozen=True)
class Change:
    """How a group changed: `mean` and `sd` in points of its scale, improvement positive; `n`.

    Raises ValueError where `sd` is not positive, `n` is below 2 or a number is not finite.
    """

    mean: float
    sd: float
    n: int

    def __post_init__(self) -> None:
        """Refuse what describes no group."""
        if not (math.isfinite(self.mean) and math.isfinite(self.sd) and self.sd > 0):
            raise ValueError(f"a change of {self.mean} ± {self.sd}: give finite numbers, sd > 0")
        if self.n < 2:
            raise ValueError(f"n = {self.n}: a standard deviation needs at least 2 people")


def compute_responders(change: Change, threshold: float) -> Proportion:
    """The share that improves by at least `threshold` points, were the changes normal.

    The 95 % interval is for z = (mean − threshold) / sd, whose large-sample variance is
    1/n + z²/(2n): the mean's own and that of the estimated standard deviation. Raises ValueError
    where the threshold is not finite.
    """
    if not math.isfinite(threshold):
        raise ValueError(f"a threshold of {threshold}: give a number of points")
    z = (change.mean - threshold) / change.sd
    reach = _Z_95 * math.sqrt(1.0 / change.n + z * z / (2.0 * change.n))
    low, share, high = (float(ndtr(at)) for at in (z - reach, z, z + reach))
    return Proportion(share, low, high)


def compute_threshold_for(change: Change, share: float) -> float:
    """The threshold in points that just this share (between 0 and 1, exclusive) would reach."""
    from scipy.special import ndtri

    if not 0.0 < share < 1.0:
        raise ValueError(f"a share of {share}: give one between 0 and 1, without the ends")
    return change.mean - change.sd * float(ndtri(share))


def share_out(shares: list[float], people: int = 100) -> list[int]:
    """Whole people for shares that sum to at most 1, by largest remainders; ties go to the first.

    Raises ValueError where a share is negative or their sum exceeds 1.
    """
    if any(share < 0 or not math.isfinite(share) for share in shares) or sum(shares) > 1 + 1e-9:
        raise ValueError(f"{shares} are no shares of one group: give 0 or more, summing to 1")
    exact = [share * people for share in shares]
    counts = [math.floor(each + 1e-9) for each in exact]
    missing = round(sum(exact)) - sum(counts)
    by_remainder = sorted(range(len(exact)), key=lambda i: counts[i] - exact[i])
    for index in by_remainder[:missing]:
        counts[index] += 1
    return counts
