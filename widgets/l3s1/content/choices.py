"""What is chosen about a patient, and which bars of a timeline a fact lets that change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from l3s1.content import build
from l3s1.content.numbers import say_number
from l3s1.vocabulary import EffectKind, Lane, StepKind

if TYPE_CHECKING:
    from l3s1.content.records import Fact, Phase, PhaseSpan, Value

Data = Mapping[str, Any]

PLACEHOLDER = re.compile(r"\{(?:(?P<fact>[a-z0-9-]+)\.)?(?P<value>[a-z0-9_]+)(?::(?P<part>\w+))?\}")
"""`{value}`, `{value:low}` or, where two facts have a value of that name, `{fact.value}`."""

PARTS = ("estimate", "low", "high", "interval", "at", "n")
"""What of a value a placeholder can say; without one the estimate, else the interval."""


@dataclass(frozen=True)
class PatientOption:
    """One answer to a choice; the first of a choice is 'not stated'."""

    id: str
    label: str


@dataclass(frozen=True)
class Effect:
    """What an option does to a bar. `span` is the bar's own times, where a fact moves it."""

    option: str
    row: str
    kind: EffectKind
    says: str
    facts: tuple[str, ...]
    span: PhaseSpan | None = None
    during: str | None = None


@dataclass(frozen=True)
class PatientStep:
    """Something that could be changed before surgery, and what is known of changing it."""

    options: tuple[str, ...]
    kind: StepKind
    says: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class PatientChoice:
    """Something that can be stated about a patient, with everything a fact says it changes."""

    id: str
    label: str
    timeline: str
    options: tuple[PatientOption, ...]
    effects: tuple[Effect, ...]
    no_evidence: str | None = None
    steps: tuple[PatientStep, ...] = ()

    def effects_of(self, option: str) -> dict[str, Effect]:
        """The effects of an option by the bar that they are about.

        Raises `KeyError` where the choice has no such option.
        """
        if option not in {each.id for each in self.options}:
            raise KeyError(f"choice {self.id!r} has no option {option!r}")
        return {effect.row: effect for effect in self.effects if effect.option == option}

    def silent_lanes(self, option: str, phases: Mapping[str, Phase]) -> tuple[Lane, ...]:
        """The lanes of the timeline on which no fact was found for an option, in drawing order."""
        spoken = {phases[row].lane for row in self.effects_of(option)}
        drawn = {phase.lane for phase in phases.values() if phase.timeline == self.timeline}
        return tuple(lane for lane in Lane if lane in drawn - spoken)


def build_choice(
    data: Data, facts: Mapping[str, Fact], phases: Mapping[str, Data]
) -> PatientChoice:
    """A choice from its YAML, with every placeholder filled from the facts.

    `phases` are the bars as they stand in their files: an effect takes over the times that it
    does not say itself. Raises `ValueError` where a placeholder names nothing.
    """
    return PatientChoice(
        id=data["id"],
        label=data["label"],
        timeline=data["timeline"],
        options=tuple(PatientOption(**each) for each in data["options"]),
        effects=tuple(_effect(each, facts, phases[each["row"]]) for each in data["effects"]),
        no_evidence=data.get("no_evidence"),
        steps=tuple(_step(each, facts) for each in data.get("steps", ())),
    )


def times(data: Data) -> dict[str, Any]:
    """The moments that a bar or an effect says itself, as they stand in its file."""
    return {name: data[name] for name in ("earliest", "usual", "latest") if name in data}


def say_with_numbers(text: str, named: Iterable[Fact]) -> str:
    """Fill the placeholders of a sentence from the facts it names.

    Raises `ValueError` where a placeholder names no value, several, or a number that is not there.
    """
    listed = tuple(named)
    filled = PLACEHOLDER.sub(lambda found: _number(found, listed), text)
    if "{" in filled or "}" in filled:
        raise ValueError("has a bracket that is no placeholder")
    return filled


def _effect(data: Data, facts: Mapping[str, Fact], bar: Data) -> Effect:
    return Effect(
        option=data["option"],
        row=data["row"],
        kind=EffectKind(data["kind"]),
        says=say_with_numbers(data["says"], (facts[name] for name in data["facts"])),
        facts=tuple(data["facts"]),
        span=build.span({**times(bar), **times(data)}) if times(data) else None,
        during=data.get("during"),
    )


def _step(data: Data, facts: Mapping[str, Fact]) -> PatientStep:
    return PatientStep(
        options=tuple(data["options"]),
        kind=StepKind(data["kind"]),
        says=say_with_numbers(data["says"], (facts[name] for name in data["facts"])),
        facts=tuple(data["facts"]),
    )


def _number(found: re.Match[str], facts: tuple[Fact, ...]) -> str:
    values = [
        value
        for fact in facts
        if found["fact"] in (None, fact.id)
        for value in fact.values
        if value.name == found["value"]
    ]
    if len(values) != 1:
        count = "several values" if values else "no value"
        raise ValueError(f"{found[0]} names {count} of its facts")
    return _say(values[0], found["part"]).replace(" %", "%")


def _say(value: Value, part: str | None) -> str:
    if part is None:
        part = "interval" if value.estimate is None else "estimate"
    if part not in PARTS:
        raise ValueError(f"{part!r} can't be said of a value; use one of {', '.join(PARTS)}")
    if part == "interval":
        if value.low is None or value.high is None:
            raise ValueError(f"value {value.name!r} has no interval")
        return f"{say_number(value.low, 'count')} to {say_number(value.high, value.unit)}"
    number = {
        "estimate": value.estimate,
        "low": value.low,
        "high": value.high,
        "at": value.at_value,
        "n": value.n,
    }[part]
    if number is None:
        raise ValueError(f"value {value.name!r} has no {part}")
    unit = {"at": value.at_unit or "count", "n": "count"}.get(part, value.unit)
    return say_number(number, unit)
