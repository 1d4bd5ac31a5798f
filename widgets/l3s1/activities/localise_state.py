"""The state of 'Localise the lesion': what is chosen, what follows, and the text twin."""

from __future__ import annotations

from typing import Any

import traitlets

from l3s1.activities.nerve_catalogue import (
    ASSUMPTION,
    DIFFICULTY_LABEL,
    MODE_LABEL,
    build_profiles,
    prior_odds,
    say_lesion,
    sign_ratios,
)
from l3s1.activities.nerve_words import (
    describe_feedback,
    say_answer,
    say_finding,
    say_imaged,
    tell_history,
)
from l3s1.content import Content
from l3s1.models.find_it import MOST_SEED
from l3s1.models.neurology.consistency import Patient
from l3s1.models.neurology.findings import RED_FLAGS, ExpectedSign, Finding, expected_signs
from l3s1.models.neurology.lesions import Place
from l3s1.models.neurology.patients import generate_patient
from l3s1.models.neurology.ranking import RankedRoot, rank_roots
from l3s1.models.neurology.reasoning import Answer, Judgement, judge
from l3s1.scene.words import say_list
from l3s1.vocabulary import LesionCause, LesionZone, MotionSegment, Side

STATE = (
    "mode",
    "level",
    "zone",
    "side",
    "cause",
    "findings",
    "prior",
    "study",
    "seed",
    "difficulty",
    "answer",
)
"""The traits that make up the state; the page has the same."""

FINDING_STATES = ("present", "absent")
_PERCENT = 100


class LocaliseLesionState(traitlets.HasTraits):
    """What is shown.

    `findings` holds "present" or "absent" by sign, for the ranking; `answer` is what the student
    says of the patient, `{"level", "zone", "root"}`, or None. A new seed or difficulty takes the
    answer back.

    Raises `traitlets.TraitError` that says what would be right where a value is not.
    """

    mode = traitlets.Enum(tuple(MODE_LABEL), "lesion")
    level = traitlets.Enum(tuple(each.value for each in MotionSegment), "L4-L5")
    zone = traitlets.Enum(tuple(each.value for each in LesionZone), "paracentral")
    side = traitlets.Enum(tuple(each.value for each in Side), "left")
    cause = traitlets.Enum(tuple(each.value for each in LesionCause), "disc")
    findings: traitlets.Dict[str, str] = traitlets.Dict(
        key_trait=traitlets.Unicode(), value_trait=traitlets.Unicode()
    )
    prior = traitlets.Unicode("equal")
    study = traitlets.Unicode("printed")
    seed = traitlets.Int(1, min=0, max=MOST_SEED)
    difficulty = traitlets.Int(1, min=1, max=max(DIFFICULTY_LABEL))
    answer = traitlets.Any(None)

    def __init__(self, content: Content, **state: Any) -> None:
        unknown = [name for name in state if name not in STATE]
        if unknown:
            names = ", ".join(repr(name) for name in unknown)
            raise traitlets.TraitError(f"there is no {names}; use {', '.join(STATE)}")
        self.content = content
        self.profiles, self.mimic = build_profiles(content)
        answer = state.pop("answer", None)
        super().__init__(**state)
        self.answer = answer  # last: a new patient takes an answer back

    @property
    def place(self) -> Place:
        """The lesion that is chosen."""
        return Place(MotionSegment(self.level), LesionZone(self.zone), LesionCause(self.cause))

    @property
    def patient(self) -> Patient:
        """The patient of seed and difficulty."""
        return generate_patient(self.seed, self.difficulty, self.profiles, self.mimic)

    def rank(self) -> tuple[RankedRoot, ...]:
        """Roots ranked by the findings, with the prior and the study that are chosen."""
        given = {sign: state == "present" for sign, state in self.findings.items()}
        ratios = sign_ratios(self.content, self.study)
        return rank_roots(prior_odds(self.content, self.prior), given, ratios)

    def judge(self, answer: dict[str, str]) -> Judgement:
        """Judge an answer for the patient that is shown; `TraitError` where it is none."""
        return judge(self.patient, read_answer(answer), self.profiles, self.mimic)

    def feedback(self) -> dict[str, Any] | None:
        """Feedback on the answer, as the page reads it; None without one."""
        if self.answer is None:
            return None
        return describe_feedback(self.content, self.patient, self.judge(self.answer))

    @traitlets.validate("findings")
    def _valid_findings(self, proposal: Any) -> Any:
        for sign, state in proposal.value.items():
            if sign not in self.content.nerves.signs:
                raise traitlets.TraitError(f"findings: there is no sign {sign!r}")
            if state not in FINDING_STATES:
                raise traitlets.TraitError(f"findings: {sign} is 'present' or 'absent'")
        return proposal.value

    @traitlets.validate("prior", "study")
    def _valid_choice(self, proposal: Any) -> Any:
        nerves = self.content.nerves
        known = nerves.priors if proposal.trait.name == "prior" else nerves.studies
        if proposal.value not in known:
            raise traitlets.TraitError(f"{proposal.trait.name}: use one of {', '.join(known)}")
        return proposal.value

    @traitlets.validate("answer")
    def _valid_answer(self, proposal: Any) -> Any:
        if proposal.value is not None:
            if not isinstance(proposal.value, dict):
                raise traitlets.TraitError("answer: give level, zone and root, or nothing")
            read_answer(proposal.value)
        return proposal.value

    @traitlets.observe("seed", "difficulty")
    def _new_patient(self, _change: Any) -> None:
        self.answer = None

    def text_twin(self) -> str:
        """What is shown now, in words."""
        tell = {"lesion": self._tell_lesion, "findings": self._tell_ranking}
        return "\n".join(tell.get(self.mode, self._tell_patient)())

    def _tell_lesion(self) -> list[str]:
        signs = self.content.nerves.signs
        expected = expected_signs(self.place, self.profiles)
        lines = [f"Localise the lesion, {self.side} side. {say_lesion(self.content, self.place)}"]
        if self.zone == LesionZone.CENTRAL:
            return [*lines, *self._tell_central(expected)]
        for certainty in ("usual", "possible"):
            named = [
                signs[each.sign].label.lower() for each in expected if each.certainty == certainty
            ]
            if named:
                lines.append(f"{certainty.capitalize()}: {say_list(named)}.")
        return lines

    def _tell_central(self, expected: tuple[ExpectedSign, ...]) -> list[str]:
        """Of a central lesion every sign of many roots is possible: they are told as one."""
        signs = self.content.nerves.signs
        usual = [signs[each.sign].label.lower() for each in expected if each.certainty == "usual"]
        lines = [f"Usual: {say_list(usual)}."] if usual else []
        flags = say_list([signs[sign].label.lower() for sign in RED_FLAGS])
        return [
            *lines,
            "Possible: any sign of these roots, on both sides.",
            f"An emergency as soon as one of these is there: {flags}.",
        ]

    def _tell_ranking(self) -> list[str]:
        nerves = self.content.nerves
        found = [
            say_finding(self.content, Finding(sign, "midline", present=state == "present"))
            for sign, state in self.findings.items()
        ]
        lines = [
            f"Localise the lesion from findings: {'; '.join(found) or 'none given'}.",
            f"Starting point: {nerves.priors[self.prior].label}.",
            f"Ratios: {nerves.studies[self.study].label}.",
        ]
        lines += [say_ranked(self.content, ranked) for ranked in self.rank()]
        return [*lines, ASSUMPTION]

    def _tell_patient(self) -> list[str]:
        patient = self.patient
        lines = [
            f"Patient {patient.seed}, difficulty {DIFFICULTY_LABEL[patient.difficulty]}.",
            tell_history(self.content, patient),
            f"Found: {self._say_findings(patient, present=True)}.",
            f"Looked for and not found: {self._say_findings(patient, present=False)}.",
        ]
        if patient.imaging:
            seen = [say_imaged(self.content, place, side) for place, side in patient.imaging]
            lines.append(f"The scan shows: {'; '.join(seen)}.")
        else:
            lines.append("No scan yet.")
        return lines + self._tell_feedback()

    def _say_findings(self, patient: Patient, *, present: bool) -> str:
        findings = [each for each in patient.findings if each.present is present]
        return "; ".join(say_finding(self.content, each) for each in findings)

    def _tell_feedback(self) -> list[str]:
        feedback = self.feedback()
        if feedback is None or self.answer is None:
            return ["No answer yet."]
        urgent = feedback["urgent"]
        lines = []
        if urgent:
            lines += [f"{urgent['title']}.", *(f"  {step['text']}" for step in urgent["steps"])]
        lines += [
            f"Answer: {say_answer(self.content, read_answer(self.answer))}. {feedback['said']}",
            *(
                f"  {each['text']}"
                for part in ("fits", "against", "tells_apart")
                for each in feedback[part]
            ),
            f"  It was: {feedback['truth']['text']}",
            *(f"  {each['text']}" for each in feedback["also_possible"]),
        ]
        return lines


def read_answer(answer: dict[str, str]) -> Answer:
    """An answer as it comes from the page; raises `TraitError` that says what would be right."""
    try:
        level, zone = answer.get("level") or None, answer.get("zone") or None
        return Answer(
            answer.get("root", ""),
            MotionSegment(level) if level else None,
            LesionZone(zone) if zone else None,
        )
    except ValueError as error:
        raise traitlets.TraitError(f"answer: {error}") from error


def say_ranked(content: Content, ranked: RankedRoot) -> str:
    """A row of the ranking: "L4: 66 % (25 to 92 %), moved by knee jerk weak or absent × 7.7"."""
    share = f"{_PERCENT * ranked.probability:.0f} %"
    if ranked.low is not None and ranked.high is not None:
        share += f" ({_PERCENT * ranked.low:.0f} to {_PERCENT * ranked.high:.0f} %)"
    elif ranked.moved_by:
        share += " (no interval known)"
    if not ranked.moved_by:
        return f"  {ranked.root.value}: {share}, not moved"
    signs = content.nerves.signs
    moved = [f"{signs[sign].label.lower()} × {ratio:.3g}" for sign, ratio in ranked.moved_by]
    return f"  {ranked.root.value}: {share}, moved by {say_list(moved)}"
