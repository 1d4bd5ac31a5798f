"""What is stated about a patient, and what published sources say that it changes on a timeline.

Effects stand side by side. None is combined with another: a patient who smokes and has diabetes
gets two sentences, not one number. Where no source tells, that is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from l3s1.vocabulary import EFFECT_LABEL, EFFECT_MARK, LANE_LABEL, EffectKind, Lane

if TYPE_CHECKING:
    from l3s1.content import Content, Effect, PatientChoice

Patient = Mapping[str, str]
"""Option by choice; what is not stated is left out."""


@dataclass(frozen=True)
class Change:
    """What one choice changes: effects by row, and the lanes without evidence for it."""

    choice: PatientChoice
    option: str
    effects: tuple[Effect, ...]
    silent: tuple[Lane, ...]


class PatientChoices:
    """The choices of a timeline, in the order of the content."""

    def __init__(self, content: Content, timeline: str) -> None:
        found = [each for each in content.choices.values() if each.timeline == timeline]
        self.by_id: dict[str, PatientChoice] = {choice.id: choice for choice in found}
        self._lanes = {phase.id: phase.lane for phase in content.phases.values()}

    def read(self, asked: Any) -> dict[str, str]:
        """`asked` as a patient, in the order of the choices, without what is not stated.

        Raises `ValueError` that says what may be chosen where it is no such patient.
        """
        if not isinstance(asked, Mapping):
            raise ValueError(  # noqa: TRY004  # what a trait refuses, whatever its type
                f"a patient is a mapping of choices to options, such as {self._example()}; "
                f"got {asked!r}"
            )
        for name, option in asked.items():
            choice = self.by_id.get(str(name))
            if choice is None:
                raise ValueError(f"there is no choice {name!r}; use one of {', '.join(self.by_id)}")
            known = [each.id for each in choice.options]
            if option not in known:
                raise ValueError(f"{name!r} can't be {option!r}; use one of {', '.join(known)}")
        return {
            name: str(asked[name])
            for name, choice in self.by_id.items()
            if name in asked and asked[name] != choice.options[0].id
        }

    def _example(self) -> str:
        first = next(iter(self.by_id.values()), None)
        return repr({first.id: first.options[-1].id}) if first else "{}"

    def effects(self, row: str, patient: Patient) -> tuple[tuple[PatientChoice, Effect], ...]:
        """What the patient's choices change in a row, each with its choice."""
        return tuple(
            (choice, effect)
            for choice in self.by_id.values()
            for effect in choice.effects
            if effect.row == row and patient.get(choice.id) == effect.option
        )

    def of_row(self, row: str) -> dict[str, Effect]:
        """All effects on a row, by "choice=option"."""
        return {
            f"{choice.id}={effect.option}": effect
            for choice in self.by_id.values()
            for effect in choice.effects
            if effect.row == row
        }

    def changes(self, patient: Patient, lanes: Iterable[Lane]) -> tuple[Change, ...]:
        """For each choice made: its effects, and those of `lanes` about which no source tells."""
        return tuple(
            self._change(self.by_id[name], option, tuple(lanes)) for name, option in patient.items()
        )

    def _change(self, choice: PatientChoice, option: str, lanes: tuple[Lane, ...]) -> Change:
        effects = tuple(each for each in choice.effects if each.option == option)
        told = {self._lanes[each.row] for each in effects}
        return Change(choice, option, effects, tuple(lane for lane in lanes if lane not in told))

    def say(self, patient: Patient) -> str:
        """The patient in words: "Smoking: smokes, Levels: three", or "nothing stated"."""
        words = [self._stated(self.by_id[name], option) for name, option in patient.items()]
        return ", ".join(words) or "nothing stated"

    def _stated(self, choice: PatientChoice, option: str) -> str:
        return f"{choice.label}: {next(o.label for o in choice.options if o.id == option)}"

    def say_change(self, change: Change, labels: Mapping[str, str]) -> list[str]:
        """A change as lines: the choice, each effect, the lanes without evidence."""
        lines = [f"{self._stated(change.choice, change.option)}"]
        lines += [
            f"  {EFFECT_MARK[each.kind]} {labels[each.row]} ({EFFECT_LABEL[each.kind]}): "
            f"{each.says}"
            for each in change.effects
        ]
        if change.silent:
            names = "; ".join(LANE_LABEL[lane] for lane in change.silent)
            lines.append(f"  {EFFECT_MARK[EffectKind.NONE]} No evidence found for: {names}.")
        return lines

    def as_json(self) -> list[dict[str, Any]]:
        """The choices as the page reads them."""
        return [
            {
                "id": choice.id,
                "label": choice.label,
                "options": [[option.id, option.label] for option in choice.options],
                "no_evidence": choice.no_evidence,
            }
            for choice in self.by_id.values()
        ]


def kinds_json() -> dict[str, dict[str, str]]:
    """The sign and the words of each kind of effect, for the page."""
    return {
        kind.value: {"sign": EFFECT_MARK[kind], "words": EFFECT_LABEL[kind]}
        for kind in EffectKind
        if kind is not EffectKind.NONE
    }
