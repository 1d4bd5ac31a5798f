"""The nerves as the page reads them, and as the models take them: nothing is said here twice."""

from __future__ import annotations

from functools import cache
from typing import Any

from l3s1.activities.anatomy_catalogue import marks_of
from l3s1.content import Content, Fact, load_content
from l3s1.content.nerves import Prior, Sign, SignAccuracy
from l3s1.models.neurology.findings import RED_FLAGS, Profile, build_profile, expected_signs
from l3s1.models.neurology.lesions import (
    CAUSES,
    LEVELS,
    ZONES,
    Place,
    can_hit_cauda_equina,
    exiting_root,
    list_hits,
    roots_below,
    traversing_root,
)
from l3s1.models.neurology.ranking import (
    RANKED_ROOTS,
    Z_95,
    Ratio,
    SignRatios,
    equal_odds,
    likelihood_ratios,
    odds_from_shares,
)
from l3s1.scene.words import say_list
from l3s1.vocabulary import EVIDENCE_LABEL, LesionCause, LesionZone, NerveRoot

MIMIC = "common_peroneal_nerve"
MODE_LABEL = {
    "lesion": "Lesion to findings",
    "findings": "Findings to roots",
    "patient": "Patients",
}
CAUSE_LABEL = {LesionCause.DISC: "disc herniation", LesionCause.BONE: "bony stenosis"}
DIFFICULTY_LABEL = {
    1: "1: as in the textbook",
    2: "2: signs are missing",
    3: "3: a sign that does not fit, or stenosis",
    4: "4: traps and emergencies",
}
ANSWER_LABEL = {
    **{root.value: f"{root.value} root" for root in RANKED_ROOTS},
    "several": "several roots",
    "cauda_equina": "cauda equina",
    "none": "no root: a nerve in the leg",
}
ASSUMPTION = (
    "Each root is ranked by itself. Ratios are multiplied as if findings were independent; they "
    "are not, so the ranking is bolder than the truth. A sign without a usable ratio for a root "
    "moves nothing there."
)
GRADE_VALUES = (
    "lowest",
    "flicker",
    "without_gravity",
    "against_gravity",
    "against_resistance",
    "highest",
)
"""Values of the fact `mrc-grades`, from 0 to 5."""

_PERCENT = 100


def say_level(level: str) -> str:
    """A level with a real dash: "L4–L5"."""
    return level.replace("-", "–")


@cache
def course_profiles() -> tuple[dict[NerveRoot, Profile], Profile]:
    """What the course's content expects of every root, and of the nerve that mimics one."""
    return build_profiles(load_content())


def build_profiles(content: Content) -> tuple[dict[NerveRoot, Profile], Profile]:
    """What the content expects of every root, and of the nerve that mimics one."""
    profiles = {
        NerveRoot(root.id): build_profile(
            root.id,
            core=root.core,
            overlap=root.overlap,
            main=root.main,
            also=root.also,
            reflexes=root.reflexes,
            tension=root.tension,
            pain=root.pain,
        )
        for root in content.nerves.roots.values()
    }
    mimic = content.nerves.mimics[MIMIC]
    return profiles, Profile("none", frozenset(mimic.usual), frozenset(mimic.possible))


def sign_ratios(content: Content, study: str) -> tuple[SignRatios, ...]:
    """The usable likelihood ratios of a study; `KeyError` where there is no such study."""
    if study not in content.nerves.studies:
        raise KeyError(f"there is no study {study!r}")
    found = []
    for sign in content.nerves.signs.values():
        for each in sign.accuracy:
            if each.study == study and each.unusable is None:
                present, absent = _ratios(content, each)
                found.append(SignRatios(sign.id, NerveRoot(each.root), present, absent))
    return tuple(found)


def prior_odds(content: Content, prior: str) -> dict[NerveRoot, float]:
    """Odds by root before the examination; `KeyError` where there is no such prior."""
    record = content.nerves.priors[prior]
    if record.fact is None:
        return equal_odds()
    fact = content.facts[record.fact]
    shares = {}
    for root, name in record.shares.items():
        shares[NerveRoot(root)] = _estimate(fact, name) / _PERCENT
    return odds_from_shares(shares)


def _estimate(fact: Fact, name: str) -> float:
    estimate = fact.value(name).estimate
    if estimate is None:
        raise ValueError(f"value {name!r} of fact {fact.id!r} has no estimate")
    return estimate


def _ratios(content: Content, each: SignAccuracy) -> tuple[Ratio | None, Ratio | None]:
    fact = content.facts[each.fact]
    if each.sensitivity and each.specificity:
        return likelihood_ratios(
            _estimate(fact, each.sensitivity), _estimate(fact, each.specificity)
        )

    def ratio(name: str | None) -> Ratio | None:
        if name is None:
            return None
        value = fact.value(name)
        return Ratio(_estimate(fact, name), value.low, value.high)

    return ratio(each.present), ratio(each.absent)


def describe_nerves(content: Content) -> dict[str, Any]:
    """Everything of the nerves that does not change, as the page reads it."""
    nerves = content.nerves
    profiles, _ = build_profiles(content)
    facts = (*nerves.all_facts, *_FACTS_OF_WORDS)
    return {
        "areas": [
            {"id": area.id, "label": area.label, "views": list(area.views)}
            for area in nerves.areas.values()
        ],
        "movements": [vars(movement) for movement in nerves.movements.values()],
        "roots": [
            {
                "id": root.id,
                "label": root.label,
                "areas": {"core": list(root.core), "overlap": list(root.overlap)},
                "movements": {"main": list(root.main), "also": list(root.also)},
                "reflexes": list(root.reflexes),
                "tension": list(root.tension),
                "note": root.note,
                "facts": list(root.facts),
            }
            for root in nerves.roots.values()
        ],
        "levels": [
            {
                "id": level.value,
                "label": say_level(level.value),
                "exiting": exiting_root(level).value,
                "traversing": traversing_root(level).value,
                "below": [root.value for root in roots_below(level)],
            }
            for level in LEVELS
        ],
        "zones": [
            {"id": zone.id, "label": zone.label, "says": zone.says}
            for zone in (nerves.zones[each.value] for each in ZONES)
        ],
        "causes": [[cause.value, CAUSE_LABEL[cause]] for cause in CAUSES],
        "lesions": {
            f"{level.value}|{zone.value}|{cause.value}": _lesion(
                content, Place(level, zone, cause), profiles
            )
            for level in LEVELS
            for zone in ZONES
            for cause in CAUSES
        },
        "signs": [_sign(content, sign, profiles) for sign in nerves.signs.values()],
        "red_flags": list(RED_FLAGS),
        "grades": [content.facts["mrc-grades"].value(name).label for name in GRADE_VALUES],
        "ranking": {
            "roots": [root.value for root in RANKED_ROOTS],
            "priors": [_prior(content, prior) for prior in nerves.priors.values()],
            "studies": [
                {"id": each.id, "label": each.label, "says": each.says, "facts": list(each.facts)}
                for each in nerves.studies.values()
            ],
            "z": Z_95,
            "assumption": ASSUMPTION,
        },
        "difficulties": [[number, label] for number, label in DIFFICULTY_LABEL.items()],
        "answers": [[answer, label] for answer, label in ANSWER_LABEL.items()],
        "known": {
            name: {
                "evidence": content.facts[name].evidence.value,
                "evidence_label": EVIDENCE_LABEL[content.facts[name].evidence],
                "marks": marks_of(content.facts[name]),
            }
            for name in dict.fromkeys(facts)
        },
    }


_FACTS_OF_WORDS = ("mrc-grades", "iversen-2013-judgement", "traversing-exiting-rule")
"""Facts that words of the activity name without an entry of the nerves."""


def facts_of_nerves(content: Content) -> tuple[str, ...]:
    """Every fact that the activity may open."""
    return tuple(dict.fromkeys((*content.nerves.all_facts, *_FACTS_OF_WORDS)))


def say_place(content: Content, place: Place, *, cause: bool = True) -> str:
    """A place in words: "L4–L5, foraminal disc herniation"."""
    zone = content.nerves.zones[place.zone.value].label
    words = f"{say_level(place.level.value)}, {zone}"
    return f"{words} ({CAUSE_LABEL[place.cause]})" if cause else words


def say_lesion(content: Content, place: Place) -> str:
    """What a lesion does, in a sentence."""
    hits = list_hits(place)
    where = say_place(content, place)
    if place.zone is LesionZone.CENTRAL:
        roots = say_list([hit.root.value.replace("-", "–") for hit in hits])
        return f"{where}: may press on {roots} of both sides, all still in the sac."
    hit = hits[0]
    return f"{where}: meets the {hit.role} root, {hit.root.value}, on its own side."


def lesion_facts(content: Content, place: Place) -> tuple[str, ...]:
    """The facts behind `say_lesion`."""
    more = {
        LesionZone.CENTRAL: (
            ("suri-2010-claudication",) if place.cause is LesionCause.BONE else ()
        ),
        LesionZone.EXTRAFORAMINAL: ("far-lateral-178",),
    }.get(place.zone, ())
    return tuple(dict.fromkeys((*content.nerves.zones[place.zone.value].facts, *more)))


def _lesion(content: Content, place: Place, profiles: dict[NerveRoot, Profile]) -> dict[str, Any]:
    return {
        "hits": [
            {
                "root": hit.root.value,
                "role": hit.role,
                "certainty": hit.certainty,
                "sides": hit.sides,
            }
            for hit in list_hits(place)
        ],
        "expected": [
            {"sign": each.sign, "certainty": each.certainty, "sides": each.sides}
            for each in expected_signs(place, profiles)
        ],
        "cauda_equina": can_hit_cauda_equina(place),
        "says": say_lesion(content, place),
        "facts": list(lesion_facts(content, place)),
    }


def _sign(content: Content, sign: Sign, profiles: dict[NerveRoot, Profile]) -> dict[str, Any]:
    return {
        "id": sign.id,
        "kind": sign.type,
        "label": sign.label,
        "absent_label": sign.absent_label,
        "how": sign.how,
        "where": sign.where,
        "roots": [root.value for root, profile in profiles.items() if profile.expects(sign.id)],
        "accuracy": [_accuracy(content, each) for each in sign.accuracy],
        "facts": list(sign.facts),
    }


def _accuracy(content: Content, each: SignAccuracy) -> dict[str, Any]:
    if each.unusable is not None:
        nothing = {"estimate": None, "low": None, "high": None}
        present: Any = {**nothing, "usable": False, "why": each.unusable}
        absent = None
    else:
        names = (each.present, each.absent)
        limits = [name is not None and _is_limit(content.facts[each.fact], name) for name in names]
        pairs = zip(_ratios(content, each), limits, strict=True)
        present, absent = (ratio and _ratio(ratio, limit) for ratio, limit in pairs)
    return {
        "study": each.study,
        "root": each.root,
        "present": present,
        "absent": absent,
        "fact": each.fact,
    }


def _ratio(ratio: Ratio, limit: bool) -> dict[str, Any]:
    why = "" if ratio.low is not None else "no interval known"
    sent = {
        "estimate": ratio.estimate,
        "low": ratio.low,
        "high": ratio.high,
        "usable": True,
        "why": "a limit: no single sign did better" if limit else why,
    }
    return {**sent, "limit": True} if limit else sent


def _is_limit(fact: Fact, name: str) -> bool:
    return fact.value(name).statistic == "cut_off"


def _prior(content: Content, prior: Prior) -> dict[str, Any]:
    odds = prior_odds(content, prior.id)
    return {
        "id": prior.id,
        "label": prior.label,
        "odds": {root.value: each for root, each in odds.items()},
        "facts": list(prior.facts),
    }
