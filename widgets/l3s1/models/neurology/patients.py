"""Generated patients: the same for a seed and difficulty everywhere, free of contradictions.

Difficulty 1 is the textbook; 2 lacks signs; 3 has a sign that does not fit, or a bony stenosis; 4
sets traps: a far lateral disc, two levels, a nerve that is no root, weakness that gets worse, the
cauda equina. A draw that `find_contradictions` objects to is drawn again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from l3s1.models.find_it import MOST_SEED, Random, random_numbers
from l3s1.models.neurology.consistency import Patient, Truth, find_contradictions
from l3s1.models.neurology.findings import (
    HISTORY_OF_CENTRAL_STENOSIS,
    PROGRESSIVE,
    RED_FLAGS,
    SIDE_BENDING,
    Finding,
    FindingSide,
    Profile,
    Profiles,
    is_motor,
)
from l3s1.models.neurology.lesions import LEVELS, Place, hit_root, list_hits
from l3s1.models.neurology.lesions import places_that_hit as places_of
from l3s1.vocabulary import LesionCause, LesionZone, MotionSegment, NerveRoot, Side

Difficulty = Literal[1, 2, 3, 4]
DIFFICULTIES: tuple[Difficulty, ...] = (1, 2, 3, 4)
KINDS: dict[int, tuple[str, ...]] = {
    1: ("textbook",),
    2: ("missing_signs",),
    3: ("odd_sign", "claudication"),
    4: ("extraforaminal", "double_level", "peroneal_palsy", "progressive", "cauda_equina"),
}
"""What a patient of each difficulty may be."""

SINGLE_ROOTS = (NerveRoot.L3, NerveRoot.L4, NerveRoot.L5, NerveRoot.S1)
STRONG, WEAK, WEAKEST, FULL = 4, 3, 2, 5
"""MRC grades that are handed out."""

MOST_DRAWS = 200
_USUAL_ZONES = (LesionZone.PARACENTRAL, LesionZone.FORAMINAL)
_TENSION = ("straight_leg_raise", "femoral_stretch")
_FOOT_DROP = {
    NerveRoot.L4: "weak_knee_extension",
    NerveRoot.L5: "weak_ankle_dorsiflexion",
    NerveRoot.S1: "weak_plantar_flexion",
}
"""The movement whose loss gets worse in a progressive deficit, by root."""

Thing = TypeVar("Thing")


@dataclass
class _Draw:
    """Choices from one source of random numbers."""

    number: Random

    def one(self, things: Sequence[Thing]) -> Thing:
        return things[int(self.number() * len(things))]

    def some(self, things: Sequence[Thing], count: int) -> list[Thing]:
        left = list(things)
        taken: list[Thing] = []
        while left and len(taken) < count:
            taken.append(left.pop(int(self.number() * len(left))))
        return taken


def generate_patient(seed: int, difficulty: int, profiles: Profiles, peroneal: Profile) -> Patient:
    """The patient of a seed and a difficulty.

    Args:
        seed: 0 to `MOST_SEED`.
        difficulty: 1 to 4.
        profiles: of every root.
        peroneal: what is found in a palsy of the common peroneal nerve.

    Raises:
        ValueError: where seed or difficulty is none.
        RuntimeError: where no draw is free of contradictions, as with profiles that are alike.
    """
    if not 0 <= seed <= MOST_SEED:
        raise ValueError(f"give a seed of 0 to {MOST_SEED}, not {seed}")
    if difficulty not in DIFFICULTIES:
        raise ValueError(f"give a difficulty of 1 to {DIFFICULTIES[-1]}, not {difficulty}")
    draw = _Draw(random_numbers(seed * len(DIFFICULTIES) + difficulty))
    kind = draw.one(KINDS[difficulty])
    make = _MAKERS[kind]
    for _ in range(MOST_DRAWS):
        patient = replace(make(draw, profiles, peroneal), seed=seed, difficulty=difficulty)
        if not find_contradictions(patient, profiles, peroneal):
            return patient
    raise RuntimeError(f"seed {seed}: {MOST_DRAWS} draws of {kind} contradict themselves")


def _single(
    draw: _Draw, roots: Sequence[NerveRoot], places: Callable[[Place], bool]
) -> tuple[NerveRoot, Side, Place]:
    root = draw.one([each for each in roots if any(places(p) for p in _places(each))])
    side = draw.one(tuple(Side))
    return root, side, draw.one([each for each in _places(root) if places(each)])


def _places(root: NerveRoot) -> list[Place]:
    return [Place(level, zone, cause) for level, zone in places_of(root) for cause in LesionCause]


def _patient(
    kind: str,
    side: Side,
    findings: list[Finding],
    imaging: Sequence[tuple[Place, str]],
    truth: Truth,
) -> Patient:
    shown = {(each.sign, each.side): each for each in findings}
    for sign in RED_FLAGS:
        shown.setdefault((sign, "midline"), Finding(sign, "midline", present=False))
    return Patient(kind, side, tuple(shown.values()), tuple(imaging), truth)


def _finding(sign: str, side: FindingSide, present: bool, grade: int = STRONG) -> Finding:
    if is_motor(sign):
        return Finding(sign, side, present, grade if present else FULL)
    return Finding(sign, side, present)


def _negatives(
    draw: _Draw, profile: Profile, profiles: Profiles, side: Side, count: int
) -> list[Finding]:
    """Signs of other roots that were looked for and not found."""
    others = {
        sign
        for other in profiles.values()
        for sign in other.usual
        if not sign.startswith("pain_") and sign not in RED_FLAGS and not profile.expects(sign)
    }
    tested = [sign for sign in _TENSION if sign in others]
    chosen = draw.some(sorted(others - {*tested}), count)
    return [_finding(sign, side.value, present=False) for sign in [*chosen, *tested]]


def _distractors(
    draw: _Draw, roots: Sequence[NerveRoot], side: Side, count: int, near: MotionSegment
) -> list[tuple[Place, str]]:
    """Lesions that a scan shows and that do not hit these roots on this side; one is near."""
    free: list[tuple[Place, str]] = []
    for level in LEVELS:
        for zone in _USUAL_ZONES:
            for each in Side:
                place = Place(level, zone)
                if each is not side or hit_root(place) not in roots:
                    free.append((place, each.value))
    close = [each for each in free if each[0].level is near]
    first = [draw.one(close)] if close and count else []
    rest = [each for each in free if each[0].level not in {place.level for place, _ in first}]
    return first + draw.some(rest, count - len(first))


def _shuffled(draw: _Draw, things: Sequence[Thing]) -> list[Thing]:
    return draw.some(things, len(things))


def _textbook(draw: _Draw, profiles: Profiles, _peroneal: Profile) -> Patient:
    root, side, place = _single(
        draw,
        SINGLE_ROOTS,
        lambda p: p.zone is LesionZone.PARACENTRAL and p.cause is LesionCause.DISC,
    )
    profile = profiles[root]
    found = [_finding(sign, side.value, present=True) for sign in sorted(profile.usual)]
    found += _negatives(draw, profile, profiles, side, 3)
    truth = Truth(root.value, (root,), ((place, side.value),))
    return _patient("textbook", side, found, (), truth)


def _missing_signs(draw: _Draw, profiles: Profiles, _peroneal: Profile) -> Patient:
    root, side, place = _single(
        draw,
        SINGLE_ROOTS,
        lambda p: p.zone in _USUAL_ZONES and p.cause is LesionCause.DISC,
    )
    found = _root_findings(draw, profiles[root], side, missing=2, possible=0)
    found += _negatives(draw, profiles[root], profiles, side, 4)
    scan = [(place, side.value), *_distractors(draw, (root,), side, 1, place.level)]
    truth = Truth(root.value, (root,), ((place, side.value),))
    return _patient("missing_signs", side, found, _shuffled(draw, scan), truth)


def _root_findings(
    draw: _Draw, profile: Profile, side: Side, *, missing: int, possible: int
) -> list[Finding]:
    usual = sorted(profile.usual)
    absent = set(draw.some([sign for sign in usual if not sign.startswith("pain_")], missing))
    found = [_finding(sign, side.value, present=sign not in absent) for sign in usual]
    more = [sign for sign in sorted(profile.possible) if not sign.startswith("crossed_")]
    return found + [_finding(s, side.value, present=True) for s in draw.some(more, possible)]


def _odd_sign(draw: _Draw, profiles: Profiles, _peroneal: Profile) -> Patient:
    root, side, place = _single(
        draw,
        SINGLE_ROOTS,
        lambda p: p.zone in _USUAL_ZONES,
    )
    profile = profiles[root]
    found = _root_findings(draw, profile, side, missing=1, possible=1)
    around = [
        sign
        for other in SINGLE_ROOTS
        if other is not root
        for sign in sorted(profiles[other].usual)
        if sign.startswith("numb_") and not profile.expects(sign)
    ]
    odd = draw.one(around)
    negatives = [n for n in _negatives(draw, profile, profiles, side, 6) if n.sign != odd]
    found += [_finding(odd, side.value, present=True), *negatives]
    scan = [(place, side.value), *_distractors(draw, (root,), side, 2, place.level)]
    truth = Truth(root.value, (root,), ((place, side.value),), odd=(odd,))
    return _patient("odd_sign", side, found, _shuffled(draw, scan), truth)


def _claudication(draw: _Draw, profiles: Profiles, _peroneal: Profile) -> Patient:
    level = draw.one(LEVELS[:-1])
    place = Place(level, LesionZone.CENTRAL, LesionCause.BONE)
    roots = tuple(hit.root for hit in list_hits(place) if hit.root is not NerveRoot.S2_S4)
    found = [_finding(sign, "both", present=True) for sign in HISTORY_OF_CENTRAL_STENOSIS]
    pains = sorted({s for r in roots for s in profiles[r].usual if s.startswith("pain_")})
    found += [_finding(sign, "both", present=True) for sign in draw.some(pains, 2)]
    signs = sorted(
        {s for r in roots for s in profiles[r].usual if s.startswith(("weak_", "ankle_"))}
    )
    for sign in draw.some(signs, 1):
        found.append(_finding(sign, "both", present=draw.number() > 1 / 2))
    found += [_finding(sign, "both", present=False) for sign in _TENSION]
    side = draw.one(tuple(Side))
    scan = [(place, "both"), *_distractors(draw, (), side, 1, level)]
    truth = Truth("several", roots, ((place, "both"),))
    return _patient("claudication", side, found, _shuffled(draw, scan), truth)


def _extraforaminal(draw: _Draw, profiles: Profiles, _peroneal: Profile) -> Patient:
    root, side, place = _single(
        draw,
        (NerveRoot.L2, *SINGLE_ROOTS),
        lambda p: p.zone is LesionZone.EXTRAFORAMINAL and p.cause is LesionCause.DISC,
    )
    found = _root_findings(draw, profiles[root], side, missing=0, possible=1)
    found.append(Finding(SIDE_BENDING, side.value, present=True))
    found += _negatives(draw, profiles[root], profiles, side, 4)
    # the trap: at the same level, on the same side, a disc that meets the traversing root
    trap = (Place(place.level, LesionZone.PARACENTRAL), side.value)
    others = [
        each
        for each in _distractors(draw, (root,), side, 3, place.level)
        if each[0].level is not place.level
    ]
    scan = [(place, side.value), trap, *others[:1]]
    truth = Truth(root.value, (root,), ((place, side.value),))
    return _patient("extraforaminal", side, found, _shuffled(draw, scan), truth)


def _double_level(draw: _Draw, profiles: Profiles, _peroneal: Profile) -> Patient:
    upper = draw.one(LEVELS[:-1])
    lower = LEVELS[LEVELS.index(upper) + 1]
    side = draw.one(tuple(Side))
    places = [
        Place(level, LesionZone.PARACENTRAL, draw.one(tuple(LesionCause)))
        for level in (upper, lower)
    ]
    roots = tuple(root for place in places if (root := hit_root(place)) is not None)
    both = profiles[roots[0]] | profiles[roots[1]]
    found = [_finding(sign, side.value, present=True) for sign in sorted(both.usual)]
    found += _negatives(draw, both, profiles, side, 2)
    scan = [(place, side.value) for place in places]
    truth = Truth("several", roots, tuple(scan))
    return _patient("double_level", side, found, _shuffled(draw, scan), truth)


def _peroneal_palsy(draw: _Draw, profiles: Profiles, peroneal: Profile) -> Patient:
    side = draw.one(tuple(Side))
    grade = draw.one((WEAKEST, WEAKEST, WEAK))
    found = [
        _finding(sign, side.value, present=True, grade=grade) for sign in sorted(peroneal.usual)
    ]
    l5 = profiles[NerveRoot.L5]
    spared = sorted((l5.usual | l5.possible) - peroneal.usual - peroneal.possible)
    spared = [s for s in spared if not s.startswith(("crossed_", "numb_"))]
    found += [_finding(sign, side.value, present=False) for sign in [*spared, "ankle_jerk"]]
    # the trap: a disc that would explain an L5 root, were it one
    scan = [(Place(MotionSegment.L4_L5, LesionZone.PARACENTRAL), side.value)]
    return _patient("peroneal_palsy", side, found, scan, Truth("none", (), ()))


def _progressive(draw: _Draw, profiles: Profiles, _peroneal: Profile) -> Patient:
    root, side, place = _single(
        draw,
        tuple(_FOOT_DROP),
        lambda p: p.zone in _USUAL_ZONES and p.cause is LesionCause.DISC,
    )
    profile = profiles[root]
    worst = _FOOT_DROP[root]
    found = [
        _finding(sign, side.value, present=True, grade=WEAK)
        for sign in sorted(profile.usual | {worst})
    ]
    grade = draw.one((WEAKEST, WEAK))
    found = [replace(f, grade=grade) if f.sign == worst else f for f in found]
    found.append(Finding(PROGRESSIVE, side.value, present=True))
    found += _negatives(draw, profile, profiles, side, 3)
    scan = [(place, side.value), *_distractors(draw, (root,), side, 1, place.level)]
    truth = Truth(root.value, (root,), ((place, side.value),))
    return _patient("progressive", side, found, _shuffled(draw, scan), truth)


def _cauda_equina(draw: _Draw, profiles: Profiles, _peroneal: Profile) -> Patient:
    level = draw.one(LEVELS[1:])
    place = Place(level, LesionZone.CENTRAL)
    hits = [hit.root for hit in list_hits(place)]
    legs = [root for root in hits if root is not NerveRoot.S2_S4]
    early = draw.number() < 1 / 2
    found = [
        Finding("numb_perineum", "midline", present=True),
        Finding("urinary_retention", "midline", present=not early),
    ]
    pains = sorted({s for r in legs for s in profiles[r].usual if s.startswith("pain_")})
    found += [_finding(sign, "both", present=True) for sign in draw.some(pains, 1)]
    signs = sorted(
        {s for r in legs for s in profiles[r].usual if is_motor(s) or s.endswith("_jerk")}
    )
    found += [
        _finding(sign, "both", present=True, grade=draw.one((WEAK, STRONG)))
        for sign in draw.some(signs, 2)
    ]
    truth = Truth("cauda_equina", tuple(hits), ((place, "both"),))
    return _patient("cauda_equina", draw.one(tuple(Side)), found, (), truth)


_MAKERS: dict[str, Callable[[_Draw, Profiles, Profile], Patient]] = {
    "textbook": _textbook,
    "missing_signs": _missing_signs,
    "odd_sign": _odd_sign,
    "claudication": _claudication,
    "extraforaminal": _extraforaminal,
    "double_level": _double_level,
    "peroneal_palsy": _peroneal_palsy,
    "progressive": _progressive,
    "cauda_equina": _cauda_equina,
}
