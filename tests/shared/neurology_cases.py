"""What the page's tests read of the nerves, made from the course's content.

`python tests/shared/neurology_cases.py` writes both files anew; `tests/activities` compares them.
"""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any

from l3s1.activities.localise_state import STATE, LocaliseLesionState
from l3s1.activities.nerve_catalogue import describe_nerves, prior_odds, sign_ratios
from l3s1.activities.nerve_words import describe_patient
from l3s1.content import load_content
from l3s1.models.neurology.patients import KINDS
from l3s1.models.neurology.ranking import rank_roots

ROOT = Path(__file__).parents[2]
RANKING = ROOT / "tests" / "fixtures" / "root_ranking.json"
ACTIVITY = ROOT / "widgets" / "frontend" / "tests" / "fixtures" / "neurology.json"

FINDINGS: tuple[dict[str, str], ...] = (
    {},
    {"knee_jerk": "present"},
    {"knee_jerk": "present", "crossed_femoral_stretch": "present", "femoral_stretch": "present"},
    {"weak_hip_abduction": "present", "ankle_jerk": "absent", "straight_leg_raise": "present"},
    {"pain_posterior_calf": "present", "ankle_jerk": "present", "weak_plantar_flexion": "present"},
    {"pain_posterior_calf": "absent", "numb_anterior_thigh": "present"},
    {"numb_medial_leg": "present", "numb_dorsum_of_foot": "absent", "numb_great_toe": "present"},
)


def build_ranking_cases() -> dict[str, Any]:
    """Rankings of some findings, with every prior and study."""
    content = load_content()
    cases = []
    for prior, study, findings in product(content.nerves.priors, content.nerves.studies, FINDINGS):
        ranked = rank_roots(
            prior_odds(content, prior),
            {sign: state == "present" for sign, state in findings.items()},
            sign_ratios(content, study),
        )
        cases.append(
            {
                "prior": prior,
                "study": study,
                "findings": findings,
                "ranked": [
                    {
                        "root": each.root.value,
                        "probability": each.probability,
                        "low": each.low,
                        "high": each.high,
                        "moved_by": [{"sign": s, "ratio": ratio} for s, ratio in each.moved_by],
                        "silent": list(each.silent),
                    }
                    for each in ranked
                ],
            }
        )
    described = describe_nerves(content)
    return {
        "ranking": described["ranking"],
        "accuracy": {
            sign["id"]: sign["accuracy"] for sign in described["signs"] if sign["accuracy"]
        },
        "cases": cases,
    }


def build_activity() -> dict[str, Any]:
    """The activity's traits as they reach the page, a patient of each kind, and feedback."""
    content = load_content()
    state = LocaliseLesionState(content)
    patients, answers = [], []
    for difficulty, kinds in KINDS.items():
        for kind in kinds:
            state.difficulty = difficulty
            state.seed = next(s for s in range(1, 99) if _kind(state, s) == kind)
            patients.append(describe_patient(content, state.patient))
            for answer in _answers(state):
                state.answer = answer
                answers.append(state.feedback())
    start = LocaliseLesionState(content)
    return {
        "traits": {
            **describe_nerves(content),
            "patient": describe_patient(content, start.patient),
            "feedback": None,
            **{name: getattr(start, name) for name in STATE},
        },
        "patients": patients,
        "feedback": answers,
    }


def _kind(state: LocaliseLesionState, seed: int) -> str:
    state.seed = seed
    return state.patient.kind


def _answers(state: LocaliseLesionState) -> list[dict[str, str]]:
    truth = state.patient.truth
    level, zone = "", ""
    if truth.lesions:
        place, _ = truth.lesions[0]
        level, zone = place.level.value, place.zone.value
    right = {"level": level, "zone": zone, "root": truth.answer}
    wrong = "L5" if truth.answer != "L5" else "S1"
    return [right, {"level": "L4-L5", "zone": "paracentral", "root": wrong}]


def dump(data: dict[str, Any]) -> str:
    """JSON as the files hold it."""
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=False) + "\n"


if __name__ == "__main__":
    RANKING.write_text(dump(build_ranking_cases()), encoding="utf-8")
    ACTIVITY.write_text(dump(build_activity()), encoding="utf-8")
