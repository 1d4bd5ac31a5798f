"""What speaks for and against an answer, and which finding tells it from the truth.

Nothing here is a sentence: the activity puts it into words and names the sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from l3s1.models.neurology.consistency import Patient, explains
from l3s1.models.neurology.findings import (
    HISTORY,
    HISTORY_OF_CENTRAL_STENOSIS,
    PROGRESSIVE,
    RED_FLAGS,
    SIDE_BENDING,
    Finding,
    Profile,
    Profiles,
)
from l3s1.models.neurology.lesions import Place, hit_root, list_hits, places_that_hit
from l3s1.vocabulary import LesionZone, MotionSegment, NerveRoot

SEVERAL, CAUDA_EQUINA, NO_ROOT = "several", "cauda_equina", "none"
ANSWERS = (*(root.value for root in NerveRoot if root is not NerveRoot.S2_S4),)
ALL_ANSWERS = (*ANSWERS, SEVERAL, CAUDA_EQUINA, NO_ROOT)

Verdict = Literal["right", "partly", "wrong"]
Urgency = Literal["cauda_equina", "progressive"]
PlaceRemark = Literal[
    "not_named",
    "hits",
    "hits_other",
    "not_on_scan",
    "other_side",
    "fits_without_scan",
    "no_root_needs_none",
    "central_needed",
]


@dataclass(frozen=True)
class Answer:
    """A student's answer: `root` is one of `ALL_ANSWERS`; level and zone may be left open.

    Raises `ValueError` where the root is none of them.
    """

    root: str
    level: MotionSegment | None = None
    zone: LesionZone | None = None

    def __post_init__(self) -> None:
        """Refuse what is no answer."""
        if self.root not in ALL_ANSWERS:
            raise ValueError(f"root: {self.root!r} is none of {', '.join(ALL_ANSWERS)}")

    @property
    def place(self) -> Place | None:
        """Level and zone, where both are named."""
        return Place(self.level, self.zone) if self.level and self.zone else None


@dataclass(frozen=True)
class Judgement:
    """What can be said of an answer.

    `fits` and `against` are findings; `against` holds signs that do not belong to the answer and
    signs that it would have brought. `telling` are signs that differ between answer and truth, with
    whom each belongs to; `untested` would tell too but were not looked for.
    """

    answer: Answer
    verdict: Verdict
    urgent: Urgency | None
    fits: tuple[Finding, ...]
    against: tuple[Finding, ...]
    telling: tuple[tuple[Finding, str], ...]
    untested: tuple[str, ...]
    place: PlaceRemark
    also_possible: tuple[tuple[MotionSegment, LesionZone], ...]


def judge(patient: Patient, answer: Answer, profiles: Profiles, peroneal: Profile) -> Judgement:
    """Judge an answer for a patient."""
    given = _profile_of(answer.root, patient, profiles, peroneal)
    truth = _profile_of(patient.truth.answer, patient, profiles, peroneal)
    place = _place_remark(patient, answer)
    return Judgement(
        answer,
        _verdict(patient, answer, place),
        urgency_of(patient),
        tuple(each for each in patient.findings if _fits(given, each)),
        tuple(each for each in patient.findings if _speaks_against(given, each)),
        tuple(_telling(patient, answer.root, given, truth)),
        tuple(_untested(patient, answer.root, given, truth)),
        place,
        tuple(_also_possible(patient)),
    )


def urgency_of(patient: Patient) -> Urgency | None:
    """What can't wait, whatever the answer."""
    if patient.has_red_flag:
        return "cauda_equina"
    return "progressive" if patient.is_present(PROGRESSIVE) else None


def _profile_of(answer: str, patient: Patient, profiles: Profiles, peroneal: Profile) -> Profile:
    if answer == NO_ROOT:
        return peroneal
    if answer in ANSWERS:
        own = profiles[NerveRoot(answer)]
        truly = patient.truth.answer == answer and patient.kind in {"extraforaminal", "progressive"}
        more = {SIDE_BENDING, PROGRESSIVE} if truly else {PROGRESSIVE}
        return Profile(answer, own.usual, own.possible | more)
    if answer == CAUDA_EQUINA:
        roots = [root for root in profiles if root in _central_roots(patient)]
        own = profiles[NerveRoot.S2_S4]
        legs = frozenset(
            s for root in roots for s in profiles[root].usual | profiles[root].possible
        )
        return Profile(answer, own.usual | {*RED_FLAGS}, legs | own.possible)
    if patient.kind == "double_level":
        both = profiles[patient.truth.roots[0]] | profiles[patient.truth.roots[1]]
        return Profile(answer, both.usual, both.possible)
    legs = _legs(_central_roots(patient), profiles)
    return Profile(answer, frozenset(HISTORY_OF_CENTRAL_STENOSIS), legs)


def _legs(roots: Iterable[NerveRoot], profiles: Profiles) -> frozenset[str]:
    """Every sign of these roots but the lower sacral ones."""
    return frozenset(
        sign
        for root in roots
        if root is not NerveRoot.S2_S4
        for sign in profiles[root].usual | profiles[root].possible
    )


def _central_roots(patient: Patient) -> tuple[NerveRoot, ...]:
    """Roots that a central lesion of the guilty level may reach; for others all below L3."""
    for place, _ in patient.truth.lesions:
        if place.zone is LesionZone.CENTRAL:
            return tuple(hit.root for hit in list_hits(place))
    return tuple(NerveRoot)[1:]


def _verdict(patient: Patient, answer: Answer, place: PlaceRemark) -> Verdict:
    truth = patient.truth
    if answer.root == truth.answer:
        settled = {"hits", "fits_without_scan", "no_root_needs_none"}
        if truth.answer == CAUDA_EQUINA or place in settled:
            return "right"
        return "partly"
    one_of_two = truth.answer == SEVERAL and answer.root in {root.value for root in truth.roots}
    return "partly" if one_of_two and patient.kind == "double_level" else "wrong"


def _place_remark(patient: Patient, answer: Answer) -> PlaceRemark:
    if answer.root == NO_ROOT:
        return "no_root_needs_none"
    place = answer.place
    if place is None:
        return "not_named"
    central = place.zone is LesionZone.CENTRAL
    if answer.root == CAUDA_EQUINA or (answer.root == SEVERAL and patient.kind != "double_level"):
        if not central:
            return "central_needed"
    elif answer.root in ANSWERS:
        hit = hit_root(place)
        if hit is None or hit.value != answer.root:
            return "hits_other"
    if not patient.imaging:
        return "fits_without_scan"
    sides = [side for p, side in patient.imaging if p.level is place.level and p.zone is place.zone]
    if not sides:
        return "not_on_scan"
    if any(explains(place, side, patient) for side in sides):
        return "hits"
    return "other_side" if patient.side.value not in sides and "both" not in sides else "hits_other"


def _fits(profile: Profile, finding: Finding) -> bool:
    return finding.present and profile.expects(finding.sign) is not None


def _speaks_against(profile: Profile, finding: Finding) -> bool:
    expected = profile.expects(finding.sign)
    return expected is None if finding.present else expected == "usual"


def _telling(
    patient: Patient, answer: str, given: Profile, truth: Profile
) -> Iterator[tuple[Finding, str]]:
    """Findings of the patient that belong to one of the two as a rule and not to the other."""
    if answer == patient.truth.answer:
        return
    for finding in patient.findings:
        with_given, with_truth = given.expects(finding.sign), truth.expects(finding.sign)
        if finding.present and with_truth and not with_given:
            yield finding, patient.truth.answer
        elif not finding.present and with_given == "usual" and with_truth != "usual":
            yield finding, answer


def _untested(patient: Patient, answer: str, given: Profile, truth: Profile) -> Iterator[str]:
    if answer == patient.truth.answer:
        return
    tested = {finding.sign for finding in patient.findings}
    for sign in sorted((given.usual ^ truth.usual) - tested - {*HISTORY}):
        if (given.expects(sign) is None) != (truth.expects(sign) is None):
            yield sign


def _also_possible(patient: Patient) -> Iterator[tuple[MotionSegment, LesionZone]]:
    """Other places whose lesion hits the one guilty root: the leg can't tell them apart."""
    if patient.truth.answer not in ANSWERS:
        return
    guilty = {(place.level, place.zone) for place, _ in patient.truth.lesions}
    for level, zone in places_that_hit(NerveRoot(patient.truth.answer)):
        if (level, zone) not in guilty:
            yield level, zone
