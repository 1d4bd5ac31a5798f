"""What is expected of a root, a lesion or a mimic, and how well findings fit it.

The fit counts signs by the teaching convention of the root table. It is for choosing and judging
generated patients, never a probability: those come from `l3s1.models.neurology.ranking`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from l3s1.models.neurology.lesions import Place, Sides, list_hits
from l3s1.vocabulary import LesionCause, LesionZone, NerveRoot, Side

Expectation = Literal["usual", "possible"]
FindingSide = Literal["left", "right", "both", "midline"]

HISTORY_OF_CENTRAL_STENOSIS = ("claudication", "eased_bending_forward")
RED_FLAGS = ("numb_perineum", "urinary_retention")
"""Signs of the lower sacral roots: any of them new is an emergency."""
SIDE_BENDING = "pain_on_side_bending"
PROGRESSIVE = "progressive_weakness"
HISTORY = (*HISTORY_OF_CENTRAL_STENOSIS, SIDE_BENDING, PROGRESSIVE, "urinary_retention")
"""Signs that belong to a lesion, not to a root; the fit of a root leaves them out."""

USUAL_FITS, POSSIBLE_FITS, UNEXPECTED, USUAL_MISSING, ONE_MORE_ROOT = 2, 1, -2, -1, -3
"""Weights of the fit: one more root must explain more than a single odd sign."""


@dataclass(frozen=True)
class Profile:
    """What is found when a root or nerve fails: `usual` as a rule, `possible` in some people."""

    id: str
    usual: frozenset[str]
    possible: frozenset[str]

    def expects(self, sign: str) -> Expectation | None:
        """Whether the sign belongs to it."""
        if sign in self.usual:
            return "usual"
        return "possible" if sign in self.possible else None

    def __or__(self, other: Profile) -> Profile:
        """Both failing together."""
        usual = self.usual | other.usual
        possible = (self.possible | other.possible) - usual
        return Profile(f"{self.id}+{other.id}", usual, possible)


Profiles = Mapping[NerveRoot, Profile]


@dataclass(frozen=True)
class Finding:
    """A sign that was looked for; `grade` (MRC, 0 to 5) goes with a motor one."""

    sign: str
    side: FindingSide
    present: bool
    grade: int | None = None


@dataclass(frozen=True)
class ExpectedSign:
    """A sign that a lesion leads one to expect."""

    sign: str
    certainty: Expectation
    sides: Sides


def sensory_sign(area: str) -> str:
    """The sign of numbness in an area of skin."""
    return f"numb_{area}"


def motor_sign(movement: str) -> str:
    """The sign of weakness of a movement."""
    return f"weak_{movement}"


def is_motor(sign: str) -> bool:
    """Whether the sign is graded by the MRC scale."""
    return sign.startswith("weak_")


def build_profile(
    root: str,
    *,
    core: Iterable[str] = (),
    overlap: Iterable[str] = (),
    main: Iterable[str] = (),
    also: Iterable[str] = (),
    reflexes: Iterable[str] = (),
    tension: Sequence[str] = (),
    pain: Iterable[str] = (),
) -> Profile:
    """A root's profile from its areas, movements, reflexes and tests.

    Of the tension tests the first is usual, the others (on the well leg) are possible.
    """
    usual = {*map(sensory_sign, core), *map(motor_sign, main), *reflexes, *pain, *tension[:1]}
    possible = {*map(sensory_sign, overlap), *map(motor_sign, also), *tension[1:]} - usual
    return Profile(root, frozenset(usual), frozenset(possible))


def expected_signs(place: Place, profiles: Profiles) -> tuple[ExpectedSign, ...]:
    """What a lesion leads one to expect: of roots that it only may hit, all is possible."""
    found: dict[str, ExpectedSign] = {}
    for hit in list_hits(place):
        profile = profiles[hit.root]
        certain = profile.usual if hit.certainty == "hits" else frozenset[str]()
        for sign in sorted(profile.usual | profile.possible):
            certainty: Expectation = "usual" if sign in certain else "possible"
            found.setdefault(sign, ExpectedSign(sign, certainty, hit.sides))
    for sign, expectation in _history_of(place):
        found[sign] = ExpectedSign(sign, expectation, "both")
    return tuple(sorted(found.values(), key=lambda each: (each.certainty != "usual", each.sign)))


def _history_of(place: Place) -> list[tuple[str, Expectation]]:
    if place.zone is LesionZone.EXTRAFORAMINAL:
        return [(SIDE_BENDING, "possible")]
    if place.zone is not LesionZone.CENTRAL:
        return []
    if place.cause is LesionCause.BONE:
        stenosis: list[tuple[str, Expectation]] = [
            (s, "usual") for s in HISTORY_OF_CENTRAL_STENOSIS
        ]
        return [*stenosis, ("urinary_retention", "possible")]
    return [("urinary_retention", "possible")]


def measure_fit(profile: Profile, findings: Iterable[Finding], side: Side, roots: int = 1) -> int:
    """How well findings on one side fit a profile; more is better.

    `roots` counts the roots that it takes: each beyond the first costs `ONE_MORE_ROOT`.
    """
    fit = ONE_MORE_ROOT * (roots - 1)
    for finding in findings:
        if finding.sign in HISTORY or finding.side not in {side.value, "both"}:
            continue
        expected = profile.expects(finding.sign)
        if finding.present:
            fit += {"usual": USUAL_FITS, "possible": POSSIBLE_FITS, None: UNEXPECTED}[expected]
        elif expected == "usual":
            fit += USUAL_MISSING
    return fit
