"""A generated patient and what would make it contradict itself or have two answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from l3s1.models.neurology.findings import (
    HISTORY_OF_CENTRAL_STENOSIS,
    PROGRESSIVE,
    RED_FLAGS,
    SIDE_BENDING,
    Finding,
    Profile,
    Profiles,
    is_motor,
    measure_fit,
)
from l3s1.models.neurology.lesions import Place, hit_root
from l3s1.models.neurology.ranking import RANKED_ROOTS
from l3s1.vocabulary import LesionZone, NerveRoot, Side

FULL_POWER = 5
LEAST_NEGATIVES = 2
_HISTORY_OF_KIND = {
    **dict.fromkeys(HISTORY_OF_CENTRAL_STENOSIS, "claudication"),
    SIDE_BENDING: "extraforaminal",
    PROGRESSIVE: "progressive",
}


@dataclass(frozen=True)
class Truth:
    """What it was: `answer` is a root, "several", "cauda_equina" or "none".

    `lesions` are the guilty places with their side; `odd` are present signs that do not fit.
    """

    answer: str
    roots: tuple[NerveRoot, ...]
    lesions: tuple[tuple[Place, str], ...]
    odd: tuple[str, ...] = ()


@dataclass(frozen=True)
class Patient:
    """A patient without words; `side` is the leg that it is about, or where both are a mere choice.

    `imaging` are the places that a scan shows with their side; empty where there is no scan yet.
    """

    kind: str
    side: Side
    findings: tuple[Finding, ...]
    imaging: tuple[tuple[Place, str], ...]
    truth: Truth
    seed: int = 0
    difficulty: int = 0

    def is_present(self, sign: str) -> bool:
        """Whether the sign was looked for and found."""
        return any(each.sign == sign and each.present for each in self.findings)

    @property
    def has_red_flag(self) -> bool:
        """Whether a sign of the cauda equina is there."""
        return any(self.is_present(sign) for sign in RED_FLAGS)


def fit_of_candidates(patient: Patient, profiles: Profiles, peroneal: Profile) -> dict[str, int]:
    """How well the findings fit each root, each pair of neighbours, and the peroneal nerve."""
    fits = {
        root.value: measure_fit(profiles[root], patient.findings, patient.side)
        for root in RANKED_ROOTS
    }
    for upper, lower in pairwise(RANKED_ROOTS):
        both = profiles[upper] | profiles[lower]
        fits[both.id] = measure_fit(both, patient.findings, patient.side, roots=2)
    fits["none"] = measure_fit(peroneal, patient.findings, patient.side)
    return fits


def explains(place: Place, side: str, patient: Patient) -> bool:
    """Whether a lesion there hits the patient's root on the patient's side."""
    if place.zone is LesionZone.CENTRAL:
        return any(
            guilty.level is place.level and guilty.zone is place.zone
            for guilty, _ in patient.truth.lesions
        )
    same_side = side == patient.side.value
    return same_side and hit_root(place) in patient.truth.roots


def find_contradictions(patient: Patient, profiles: Profiles, peroneal: Profile) -> list[str]:
    """Everything that is wrong with a patient; empty where nothing is."""
    return [
        *_findings_agree(patient),
        *_grades_fit(patient),
        *_history_fits(patient),
        *_signs_belong(patient, profiles, peroneal),
        *_scan_fits(patient),
        *_has_one_answer(patient, profiles, peroneal),
    ]


def _findings_agree(patient: Patient) -> Iterator[str]:
    seen: set[str] = set()
    for finding in patient.findings:
        if finding.sign in seen:
            yield f"{finding.sign} stands twice"
        seen.add(finding.sign)
    if not any(each.present for each in patient.findings):
        yield "nothing is found"
    negatives = sum(not each.present for each in patient.findings)
    if negatives < LEAST_NEGATIVES and patient.kind != "cauda_equina":
        yield "too few signs were looked for in vain"


def _grades_fit(patient: Patient) -> Iterator[str]:
    for finding in patient.findings:
        if not is_motor(finding.sign):
            if finding.grade is not None:
                yield f"{finding.sign} has a grade but is not motor"
        elif finding.grade is None or not 0 <= finding.grade <= FULL_POWER:
            yield f"{finding.sign} lacks an MRC grade"
        elif finding.present == (finding.grade == FULL_POWER):
            yield f"{finding.sign} and its grade {finding.grade} contradict each other"


def _history_fits(patient: Patient) -> Iterator[str]:
    for finding in patient.findings:
        kind = _HISTORY_OF_KIND.get(finding.sign)
        if finding.present and kind and kind != patient.kind:
            yield f"{finding.sign} in a patient who is {patient.kind}"
    if patient.has_red_flag != (patient.truth.answer == "cauda_equina"):
        yield "red flags and the cauda equina come together or not at all"
    for sign in RED_FLAGS:
        if not any(each.sign == sign for each in patient.findings):
            yield f"nobody asked about {sign}"


def _expected_sides(patient: Patient) -> set[str]:
    return {"both"} if _is_central(patient) else {patient.side.value}


def _is_central(patient: Patient) -> bool:
    return any(place.zone is LesionZone.CENTRAL for place, _ in patient.truth.lesions)


def _signs_belong(patient: Patient, profiles: Profiles, peroneal: Profile) -> Iterator[str]:
    """Every present sign is one of the guilty roots', on their side, or is declared odd."""
    owners = [profiles[root] for root in patient.truth.roots] or [peroneal]
    sides = _expected_sides(patient)
    for finding in patient.findings:
        if finding.side == "midline":
            if finding.sign not in RED_FLAGS:
                yield f"{finding.sign} has a side"
            continue
        if finding.side not in sides:
            yield f"{finding.sign} is {finding.side}, the lesion {sides}"
        if finding.sign in _HISTORY_OF_KIND or not finding.present:
            continue
        belongs = any(owner.expects(finding.sign) for owner in owners)
        if belongs == (finding.sign in patient.truth.odd):
            yield f"{finding.sign} {'fits and is called odd' if belongs else 'fits no guilty root'}"


def _scan_fits(patient: Patient) -> Iterator[str]:
    """A scan shows every guilty lesion, and no innocent one explains the leg."""
    shown = set(patient.imaging)
    if len(shown) < len(patient.imaging):
        yield "a lesion stands twice on the scan"
    if not shown:
        return
    guilty = set(patient.truth.lesions)
    for lesion in sorted(guilty - shown, key=str):
        yield f"the scan does not show {lesion}"
    for place, side in shown - guilty:
        if patient.truth.roots and explains(place, side, patient):
            yield f"{place} would explain the leg too"
    if len({(place.level, place.zone, side) for place, side in shown}) < len(shown):
        yield "two lesions lie in one place"


def _has_one_answer(patient: Patient, profiles: Profiles, peroneal: Profile) -> Iterator[str]:
    """The findings fit the truth better than any other root, pair of roots or nerve."""
    if _is_central(patient):
        return
    fits = fit_of_candidates(patient, profiles, peroneal)
    name = "+".join(root.value for root in patient.truth.roots) or "none"
    for other, fit in fits.items():
        if other != name and fit >= fits[name]:
            yield f"the findings fit {other} ({fit}) as well as {name} ({fits[name]})"
