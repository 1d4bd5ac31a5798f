"""Generated patients and the feedback on an answer, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from l3s1.activities.nerve_catalogue import (
    ANSWER_LABEL,
    CAUSE_LABEL,
    MIMIC,
    say_level,
    say_place,
)
from l3s1.models.find_it import random_numbers
from l3s1.models.neurology.findings import PROGRESSIVE, RED_FLAGS, Finding
from l3s1.models.neurology.lesions import hit_root
from l3s1.models.neurology.reasoning import ANSWERS, CAUDA_EQUINA, NO_ROOT, SEVERAL
from l3s1.scene.words import say_list
from l3s1.vocabulary import LesionZone

if TYPE_CHECKING:
    from l3s1.content import Content
    from l3s1.models.neurology.consistency import Patient
    from l3s1.models.neurology.lesions import Place
    from l3s1.models.neurology.reasoning import Answer, Judgement

Said = dict[str, Any]

_MOST_NAMED = 5
_MOST_TELLING = 2
_KIND_ORDER = ("motor", "reflex", "tension", "sensory", "pain", "history")
_QUESTION = "Which root is it, and which level and zone would explain it?"
_VERDICT = {
    "right": "This explains the leg.",
    "partly": "Partly.",
    "wrong": "This does not explain the leg.",
}


def describe_patient(content: Content, patient: Patient) -> dict[str, Any]:
    """A patient as the page reads it: history, findings and what the scan shows, not the answer."""
    return {
        "seed": patient.seed,
        "difficulty": patient.difficulty,
        "title": f"Patient {patient.seed}",
        "history": tell_history(content, patient),
        "findings": [
            {
                "sign": each.sign,
                "side": each.side,
                "state": "present" if each.present else "absent",
                "grade": each.grade,
                "text": say_finding(content, each),
            }
            for each in sorted(patient.findings, key=lambda each: not each.present)
        ],
        "imaging": [
            {
                "level": place.level.value,
                "zone": place.zone.value,
                "side": side,
                "cause": place.cause.value,
                "text": say_imaged(content, place, side),
            }
            for place, side in patient.imaging
        ],
        "question": _QUESTION,
    }


def tell_history(content: Content, patient: Patient) -> str:
    """What brought the patient; the same for a seed."""
    story = content.nerves.stories[patient.kind]
    draw = random_numbers(patient.seed)
    low, high = story.age
    age = low + int(draw() * (high - low + 1))
    person = ("woman", "man")[int(draw() * 2)]
    text = story.texts[int(draw() * len(story.texts))]
    pains = [f.sign for f in patient.findings if f.present and f.sign.startswith("pain_")]
    pain = content.nerves.signs[pains[0]].label if pains else "pain in the leg"
    return text.format_map(
        {
            "A": "An" if str(age).startswith("8") else "A",
            "age": age,
            "person": person,
            "side": patient.side.value,
            "pain": pain[0].lower() + pain[1:],
        }
    )


def say_finding(content: Content, finding: Finding) -> str:
    """A finding with its side and grade: "Weak hip abduction, left (MRC 4)"."""
    sign = content.nerves.signs[finding.sign]
    side = {"both": ", both sides", "midline": ""}.get(finding.side, f", {finding.side}")
    if not finding.present:
        tested = sign.label.split(":")[0].removesuffix(" positive").removesuffix(" weak or absent")
        grade = f" (MRC {finding.grade})" if finding.grade is not None else ""
        return f"{_asked(tested)}{side}: {sign.absent_label}{grade}"
    return f"{sign.label}{side}" + (f" (MRC {finding.grade})" if finding.grade is not None else "")


def _asked(label: str) -> str:
    """What was tested, without saying that it was found."""
    for start in ("Weak ", "Numb on the ", "Numb "):
        if label.startswith(start):
            rest = label.removeprefix(start)
            return rest[0].upper() + rest[1:]
    return label


def say_imaged(content: Content, place: Place, side: str) -> str:
    """A lesion on a scan: "L4–L5, foraminal, left (disc herniation)"."""
    where = "" if side == "both" else f", {side}"
    return f"{say_place(content, place, cause=False)}{where} ({CAUSE_LABEL[place.cause]})"


def describe_feedback(content: Content, patient: Patient, judged: Judgement) -> dict[str, Any]:
    """Feedback as the page reads it; what can't wait comes first."""
    answer = judged.answer
    return {
        "answer": {
            "level": answer.level.value if answer.level else "",
            "zone": answer.zone.value if answer.zone else "",
            "root": answer.root,
        },
        "seed": patient.seed,
        "difficulty": patient.difficulty,
        "verdict": judged.verdict,
        "urgent": _urgent(content, judged),
        "said": _said(content, patient, judged),
        "fits": list(_fits(content, judged)),
        "against": list(_against(content, patient, judged)),
        "tells_apart": list(_tells_apart(content, patient, judged)),
        "truth": _truth(content, patient),
        "also_possible": list(_also_possible(content, patient, judged)),
    }


def _urgent(content: Content, judged: Judgement) -> dict[str, Any] | None:
    if judged.urgent is None:
        return None
    record = content.nerves.urgent[judged.urgent]
    return {
        "title": record.title,
        "steps": [{"text": step.text, "facts": list(step.facts)} for step in record.steps],
    }


def name_answer(answer: str) -> str:
    """An answer in a sentence: "L5", "several roots", "the cauda equina"."""
    if answer in ANSWERS:
        return answer
    return {
        SEVERAL: "several roots",
        CAUDA_EQUINA: "the cauda equina",
        NO_ROOT: "the common peroneal nerve",
    }[answer]


def _said(content: Content, patient: Patient, judged: Judgement) -> str:
    root_is_right = judged.answer.root == patient.truth.answer
    if judged.urgent == CAUDA_EQUINA:
        start = "First act, then localise."
        named = "Yes, the cauda equina." if root_is_right else "It is the cauda equina."
        return f"{start} {named}"
    start = "First call, then localise. " if judged.urgent else ""
    name = name_answer(judged.answer.root)
    if judged.verdict == "right":
        return f"{start}Yes, {name}. {_VERDICT['right']}"
    if judged.verdict == "partly":
        if root_is_right:
            return f"{start}Yes, {name}; but {_place_words(content, patient, judged)}"
        return f"{start}Partly: {name} is one of two roots that fail."
    asked = ""
    if judged.answer.root == CAUDA_EQUINA:
        asked = " Right to think of it first: saddle and bladder were asked about and are normal."
    return f"{start}Not {name}. {_VERDICT['wrong']}{asked}"


def _place_words(content: Content, patient: Patient, judged: Judgement) -> str:
    """Why the place that was named does not do; completes a sentence."""
    answer = judged.answer
    side = patient.side.value
    if judged.place == "not_named" or answer.place is None:
        return "name level and zone too."
    where = say_place(content, answer.place, cause=False)
    if judged.place == "central_needed":
        return f"{where} lies beside the midline and reaches one side only."
    if judged.place == "not_on_scan":
        return f"the scan shows nothing at {where}."
    if judged.place == "other_side":
        return f"on the scan {where} is on the other side; this is the {side} leg."
    hit = hit_root(answer.place)
    if hit is None:
        return f"{where} would press on roots of both sides; this is the {side} leg alone."
    return f"{where} meets {hit.value}."


def _signs(content: Content, findings: Iterable[Finding]) -> str:
    """Findings in a sentence; the side is left out, for it is that of the patient."""
    words = []
    for each in list(findings)[:_MOST_NAMED]:
        text = say_finding(content, replace(each, side="midline"))
        words.append(text[0].lower() + text[1:])
    return say_list(words)


def _facts_of(content: Content, signs: Iterable[str]) -> list[str]:
    found = dict.fromkeys(f for sign in signs for f in content.nerves.signs[sign].facts)
    return list(found)[:3]


def _fits(content: Content, judged: Judgement) -> Iterable[Said]:
    findings = [each for each in judged.fits if each.sign != PROGRESSIVE]
    if findings:
        yield {
            "text": f"Fits {name_answer(judged.answer.root)}: {_signs(content, findings)}.",
            "facts": _facts_of(content, [each.sign for each in findings]),
        }
    settled = judged.place in {"hits", "fits_without_scan"}
    if settled and judged.answer.place is not None and judged.urgent != CAUDA_EQUINA:
        where = say_place(content, judged.answer.place, cause=False)
        hit = hit_root(judged.answer.place)
        root = hit.value if hit else "roots of both sides"
        seen = " and is on the scan" if judged.place == "hits" else ""
        zone = judged.answer.place.zone.value
        yield {
            "text": f"{where} meets {root}{seen}.",
            "facts": list(content.nerves.zones[zone].facts),
        }


def _against(content: Content, patient: Patient, judged: Judgement) -> Iterable[Said]:
    name = name_answer(judged.answer.root)
    odd = [each for each in judged.against if each.present]
    missing = [each for each in judged.against if not each.present]
    if odd:
        yield {
            "text": f"Does not belong to {name}: {_signs(content, odd)}.",
            "facts": _facts_of(content, [each.sign for each in odd]),
        }
    if missing:
        right = judged.answer.root == patient.truth.answer
        weak = " A normal sign proves little." if right else ""
        yield {
            "text": f"{name} would usually bring it: {_signs(content, missing)}.{weak}",
            "facts": ["al-nezari-2013-pooled"] if right else _facts_of(content, _names(missing)),
        }
    if judged.answer.root == SEVERAL and patient.truth.answer in ANSWERS:
        yield {
            "text": f"One root, {patient.truth.answer}, explains it; a second would show more.",
            "facts": ["root-table-harrison"],
        }
    if judged.answer.root == SEVERAL and patient.truth.answer == NO_ROOT:
        mimic = content.nerves.mimics[MIMIC]
        yield {"text": mimic.says, "facts": list(mimic.facts)}
    if judged.place in {"hits_other", "not_on_scan", "other_side", "central_needed"}:
        words = _place_words(content, patient, judged)
        zone = judged.answer.zone or LesionZone.PARACENTRAL
        yield {
            "text": words[0].upper() + words[1:],
            "facts": list(content.nerves.zones[zone.value].facts),
        }


def _names(findings: Iterable[Finding]) -> list[str]:
    return [each.sign for each in findings]


def _tells_apart(content: Content, patient: Patient, judged: Judgement) -> Iterable[Said]:
    given, truth = judged.answer.root, patient.truth.answer
    if given == truth:
        return
    findings = [each for each, _ in judged.telling]
    if findings:
        best = sorted(findings, key=lambda each: _rank_of_telling(content, each))[:_MOST_TELLING]
        names = f"{name_answer(truth)} from {name_answer(given)}"
        yield {
            "text": f"Tells {names} best here: {_signs(content, best)}.",
            "facts": _facts_of(content, _names(best)),
        }
    written = content.nerves.distinction(given, truth)
    if written is not None:
        yield {"text": written.text, "facts": list(written.facts)}
    elif judged.untested and judged.urgent != CAUDA_EQUINA:
        labels = [
            content.nerves.signs[sign].label.lower() for sign in judged.untested[:_MOST_NAMED]
        ]
        yield {
            "text": f"Not looked for, and would help: {say_list(labels)}.",
            "facts": _facts_of(content, judged.untested[:_MOST_NAMED]),
        }


def _rank_of_telling(content: Content, finding: Finding) -> tuple[bool, bool, int]:
    """Alarm signs first, then signs with a printed ratio, then by kind."""
    sign = content.nerves.signs[finding.sign]
    printed = sign.type != "pain" and any(
        each.study == "printed" and not each.unusable for each in sign.accuracy
    )
    return finding.sign not in RED_FLAGS, not printed, _KIND_ORDER.index(sign.type)


def _truth(content: Content, patient: Patient) -> Said:
    story = content.nerves.stories[patient.kind]
    truth = patient.truth
    if truth.answer == NO_ROOT:
        what = f"The {content.nerves.mimics[MIMIC].label}, {patient.side.value}."
    elif truth.answer == CAUDA_EQUINA:
        level = say_level(truth.lesions[0][0].level.value)
        what = f"A cauda equina syndrome from a central disc at {level}, as the scan will show."
    else:
        places = [say_imaged(content, place, side) for place, side in truth.lesions]
        roots = say_list([root.value for root in truth.roots])
        what = f"{roots}: {say_list(places)}."
    return {"text": f"{what} {story.lesson}", "facts": list(story.facts)}


def _also_possible(content: Content, patient: Patient, judged: Judgement) -> Iterable[Said]:
    """Other places that hit the same root, and why it is not one of them."""
    for level, zone in judged.also_possible:
        words = f"{say_level(level.value)}, {content.nerves.zones[zone.value].label}"
        shown = " (not on the scan)" if patient.imaging else " (the leg can't tell)"
        yield {
            "text": f"{words} would hit {patient.truth.answer} too{shown}.",
            "facts": list(content.nerves.zones[zone.value].facts),
        }


def say_answer(content: Content, answer: Answer) -> str:
    """An answer in words."""
    place = answer.place
    where = f", {say_place(content, place, cause=False)}" if place else ""
    return f"{ANSWER_LABEL[answer.root]}{where}"
