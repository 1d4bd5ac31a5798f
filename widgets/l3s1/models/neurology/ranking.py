"""Roots ranked by published likelihood ratios, each root by itself.

The odds that a root is hit are its odds beforehand times the ratios of the findings given. This
takes the findings as independent, which they are not: pain, numbness and a stretch test of one root
come together, so the ranking is bolder than the truth. A sign without a usable ratio for a root
moves nothing. The page computes the same (`widgets/frontend/src/neurology`); both are tested with
`tests/fixtures/root_ranking.json`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from l3s1.vocabulary import NerveRoot

RANKED_ROOTS = tuple(root for root in NerveRoot if root is not NerveRoot.S2_S4)
Z_95 = 1.959964
"""The normal quantile of a two-sided 95 % interval."""


@dataclass(frozen=True)
class Ratio:
    """A likelihood ratio with its 95 % interval, where one is printed.

    Raises `ValueError` where it is not positive or its interval does not hold it.
    """

    estimate: float
    low: float | None = None
    high: float | None = None

    def __post_init__(self) -> None:
        """Refuse what can't be a ratio."""
        if not 0 < self.estimate < math.inf:
            raise ValueError(f"a likelihood ratio is positive and finite, not {self.estimate}")
        if (self.low is None) != (self.high is None):
            raise ValueError("an interval has two ends")
        if self.low is None or self.high is None:
            return
        if not 0 < self.low <= self.estimate <= self.high:
            raise ValueError(f"{self.low} to {self.high} does not hold {self.estimate}")

    @property
    def log_variance(self) -> float | None:
        """Variance of its logarithm, from the interval; None where there is none."""
        if self.low is None or self.high is None:
            return None
        return float(((math.log(self.high) - math.log(self.low)) / (2 * Z_95)) ** 2)


@dataclass(frozen=True)
class SignRatios:
    """What one study prints of a sign for a root: with the sign, and without it."""

    sign: str
    root: NerveRoot
    present: Ratio | None = None
    absent: Ratio | None = None


@dataclass(frozen=True)
class RankedRoot:
    """A root with the probability that it is hit, and what moved it.

    `low` and `high` hold with 95 % if the findings are independent and the odds beforehand are
    right; None where one of the ratios has no interval. `silent` are findings without a usable
    ratio for it.
    """

    root: NerveRoot
    probability: float
    low: float | None
    high: float | None
    moved_by: tuple[tuple[str, float], ...]
    silent: tuple[str, ...]


def likelihood_ratios(sensitivity: float, specificity: float) -> tuple[Ratio, Ratio]:
    """The ratios with and without a sign: Se / (1 − Sp) and (1 − Se) / Sp.

    Raises `ValueError` unless both are shares between 0 and 1, ends excluded.
    """
    for name, share in (("sensitivity", sensitivity), ("specificity", specificity)):
        if not 0 < share < 1:
            raise ValueError(f"{name}: give a share between 0 and 1, not {share}")
    return Ratio(sensitivity / (1 - specificity)), Ratio((1 - sensitivity) / specificity)


def equal_odds() -> dict[NerveRoot, float]:
    """Odds beforehand where each root is equally likely."""
    share = 1 / len(RANKED_ROOTS)
    return dict.fromkeys(RANKED_ROOTS, share / (1 - share))


def odds_from_shares(shares: Mapping[NerveRoot, float]) -> dict[NerveRoot, float]:
    """Odds beforehand from the shares of some roots; the others divide the rest equally.

    Raises `ValueError` where the shares leave nothing for the others, or are not shares.
    """
    others = [root for root in RANKED_ROOTS if root not in shares]
    rest = 1 - sum(shares.values())
    if not all(0 < share < 1 for share in shares.values()) or (others and rest <= 0):
        raise ValueError("give shares between 0 and 1 that leave some for the other roots")
    whole: dict[NerveRoot, float] = dict(shares)
    whole.update((root, rest / len(others)) for root in others)
    return {root: whole[root] / (1 - whole[root]) for root in RANKED_ROOTS}


def rank_roots(
    odds: Mapping[NerveRoot, float],
    findings: Mapping[str, bool],
    ratios: Sequence[SignRatios],
) -> tuple[RankedRoot, ...]:
    """Rank roots by their odds after the findings, the likeliest first; ties keep anatomical order.

    Args:
        odds: before the examination, positive, by root.
        findings: whether each sign that was looked for is present.
        ratios: of one study; a sign has at most one entry for a root.

    Raises:
        ValueError: where odds are not positive.
    """
    if not all(0 < each < math.inf for each in odds.values()):
        raise ValueError("odds are positive numbers")
    table = {(each.sign, each.root): each for each in ratios}
    ranked = [_rank(root, odds[root], findings, table) for root in RANKED_ROOTS if root in odds]
    return tuple(sorted(ranked, key=lambda each: -each.probability))


def _rank(
    root: NerveRoot,
    before: float,
    findings: Mapping[str, bool],
    table: Mapping[tuple[str, NerveRoot], SignRatios],
) -> RankedRoot:
    after, variance = math.log(before), 0.0
    known = True
    moved: list[tuple[str, float]] = []
    silent: list[str] = []
    for sign, present in findings.items():
        entry = table.get((sign, root))
        ratio = None if entry is None else entry.present if present else entry.absent
        if ratio is None:
            silent.append(sign)
            continue
        moved.append((sign, ratio.estimate))
        after += math.log(ratio.estimate)
        own = ratio.log_variance
        known = known and own is not None
        variance += own or 0.0
    reach = Z_95 * math.sqrt(variance)
    low, high = (_share(after - reach), _share(after + reach)) if known and moved else (None, None)
    return RankedRoot(root, _share(after), low, high, tuple(moved), tuple(silent))


def _share(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))
