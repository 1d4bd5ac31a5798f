"""A patient before surgery: what each feature goes with, what of it can be changed, how sure.

Features stand side by side; no two are combined, and no risk of a person is computed.
"""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import traitlets

from l3s1.activities.figure_activity import FigureActivity, FigureState, choice
from l3s1.activities.outcome_facts import estimate_of, is_quoted, paper_of
from l3s1.activities.patient_choices import PatientChoices
from l3s1.activities.readings import Reading
from l3s1.activities.wording import say_number
from l3s1.content import Content, load_content
from l3s1.figures.hundred_people import Hundred, PeopleClass, build_hundred_people_figure
from l3s1.models.responders import share_out
from l3s1.vocabulary import EFFECT_LABEL, EFFECT_MARK, STEP_LABEL, weakest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from l3s1.content import PatientChoice
    from l3s1.content.choices import PatientStep
    from l3s1.figures.theme import Spec

TIMELINE = "recovery"
FEATURES = (
    "smoking",
    "diabetes",
    "bone_density",
    "weight",
    "mood",
    "opioids",
    "work",
    "levels",
    "age",
)
"""The choices of lesson 09 that describe a patient and the length of the fusion."""

NOT_STATED = "any"
START: Mapping[str, str] = {"smoking": "smokes", "opioids": "long_term"}
_TITLE = 22


@dataclass(frozen=True)
class Rate:
    """Shares of two groups of one paper: (title, fact, value) each.

    `event` is what happens to them, `other` what to the rest; `good` says whether it is wished.
    """

    id: str
    label: str
    event: str
    other: str
    good: bool
    groups: tuple[tuple[str, str, str], tuple[str, str, str]]


RATES = (
    Rate(
        "smoking",
        "smoking and union",
        "no union",
        "united",
        False,
        (
            ("smokers", "smoking-nonunion-shafi-2026", "smokers"),
            ("others", "smoking-nonunion-shafi-2026", "others"),
        ),
    ),
    Rate(
        "stopping",
        "stopping to smoke and union",
        "no union",
        "united",
        False,
        (
            ("smoked on", "stopping-smoking-glassman-2000", "continued"),
            ("stopped", "stopping-smoking-glassman-2000", "stopped"),
        ),
    ),
    Rate(
        "diabetes",
        "diabetes and union",
        "united at a year",
        "not united",
        True,
        (
            ("diabetes", "diabetes-union-moazzeni", "diabetes"),
            ("no diabetes", "diabetes-union-moazzeni", "others"),
        ),
    ),
    Rate(
        "weight",
        "weight and readmission",
        "readmitted",
        "not readmitted",
        False,
        (
            ("obese", "obesity-readmission-jain-2021", "obese"),
            ("others", "obesity-readmission-jain-2021", "others"),
        ),
    ),
    Rate(
        "mood",
        "mood and lasting work",
        "back at work to last",
        "not back",
        True,
        (
            ("depression", "work-depression-anderson-2015", "depressed"),
            ("no depression", "work-depression-anderson-2015", "not_depressed"),
        ),
    ),
    Rate(
        "opioids",
        "opioids before and after",
        "take opioids long term afterwards",
        "do not",
        False,
        (
            ("long term before", "opioids-continued-deyo-2018", "continued"),
            ("none before", "opioids-new-users-deyo-2018", "new_users"),
        ),
    ),
    Rate(
        "levels",
        "levels and transfusion",
        "transfused",
        "not transfused",
        False,
        (
            ("three levels", "transfusion-by-levels-bohl-2019", "three_levels"),
            ("one level", "transfusion-by-levels-bohl-2019", "one_level"),
        ),
    ),
)
RATE_BY_ID = {rate.id: rate for rate in RATES}
_NO_RATES = (
    "For bone density, work and age no shares of two groups of one paper were found that could "
    "stand side by side."
)


class SelectionBoardState(FigureState):
    """What is stated of a patient, an option by feature, and which shares are drawn as people."""

    shown = traitlets.Enum(list(RATE_BY_ID), RATES[0].id)
    smoking = traitlets.Unicode(NOT_STATED)
    diabetes = traitlets.Unicode(NOT_STATED)
    bone_density = traitlets.Unicode(NOT_STATED)
    weight = traitlets.Unicode(NOT_STATED)
    mood = traitlets.Unicode(NOT_STATED)
    opioids = traitlets.Unicode(NOT_STATED)
    work = traitlets.Unicode(NOT_STATED)
    levels = traitlets.Unicode(NOT_STATED)
    age = traitlets.Unicode(NOT_STATED)

    def __init__(self, content: Content, **state: Any) -> None:
        self.choices = PatientChoices(content, TIMELINE)
        self._rows = {phase.id: phase.label for phase in content.phases.values()}
        super().__init__(content, **{**START, **state})

    @traitlets.validate(*FEATURES)
    def _valid_option(self, proposal: dict[str, Any]) -> str:
        name, option = proposal["trait"].name, str(proposal["value"])
        try:
            self.choices.read({name: option})
        except ValueError as error:
            raise traitlets.TraitError(str(error)) from error
        return option

    @property
    def patient(self) -> dict[str, str]:
        """What is stated, by feature, in the order of the board."""
        stated = ((name, getattr(self, name)) for name in FEATURES)
        return {name: option for name, option in stated if option != NOT_STATED}

    def features(self) -> list[PatientChoice]:
        """The features that can be stated."""
        return [self.choices.by_id[name] for name in FEATURES]

    @property
    def rate(self) -> Rate:
        """The shares drawn as people."""
        return RATE_BY_ID[self.shown]

    def hundreds(self) -> tuple[Hundred, Hundred]:
        """The two groups as a hundred people each."""
        first, second = (self._hundred(*group) for group in self.rate.groups)
        return first, second

    def _hundred(self, title: str, name: str, value_name: str) -> Hundred:
        fact = self.content.facts[name]
        share = estimate_of(self.content, name, value_name) / 100
        hit, rest = share_out([share, 1.0 - share])
        event, other = PeopleClass(hit, self.rate.event), PeopleClass(rest, self.rate.other)
        words = "<br>".join(wrap(f"{title}, {paper_of(self.content, fact)}", _TITLE))
        return Hundred(name, words, (event, other) if self.rate.good else (other, event))

    def figure(self) -> Spec:
        """Two hundreds."""
        return build_hundred_people_figure(self.hundreds())

    def said(self) -> str:
        """The shares as natural frequencies, who they were, and what they are not."""
        pairs = zip(self.rate.groups, self.hundreds(), strict=True)
        told = " ".join(self._tell(group[0], hundred) for group, hundred in pairs)
        fact = self.content.facts[self.rate.groups[0][1]]
        plan = len(list(self._steps()))
        return (
            f"{told} Counted in: {fact.population}. Groups that differ in more than this; not a "
            f"risk of any one person. Stated: {self.choices.say(self.patient)}; nothing is "
            f"combined. Steps before surgery listed: {plan}. {_NO_RATES}"
        )

    def _tell(self, title: str, hundred: Hundred) -> str:
        count = next(each.count for each in hundred.classes if each.words == self.rate.event)
        return f"{title[0].upper()}{title[1:]}: {count} of 100 {self.rate.event}."

    def caption(self) -> str:
        """What the rows are."""
        return (
            "The hundreds as printed; the plan before surgery; what each feature goes with. "
            "Choose a row for its origin"
        )

    def head(self) -> tuple[str, ...]:
        """Columns."""
        return ("what", "how", "what the source says")

    def readings(self) -> tuple[Reading, ...]:
        """The shares, then the steps before surgery, then every effect of what is stated."""
        return (*self._published(), *self._plan(), *self._effects())

    def _published(self) -> Iterator[Reading]:
        for title, name, value_name in self.rate.groups:
            fact = self.content.facts[name]
            value = fact.value(value_name)
            yield Reading(
                name,
                f"{title}: {value.label} ({paper_of(self.content, fact)})",
                (
                    say_number(estimate_of(self.content, name, value_name), value.unit),
                    fact.population,
                ),
                fact.evidence,
                quoted=is_quoted(fact),
            )

    def _effects(self) -> Iterator[Reading]:
        if not self.patient:
            yield Reading("", "Nothing is stated of the patient", ("", ""))
        for name, option in self.patient.items():
            feature = self.choices.by_id[name]
            found = feature.effects_of(option)
            if not found:
                yield Reading("", f"{feature.label}: no evidence found", ("", ""))
            for row, effect in found.items():
                yield self._reading(
                    f"{feature.label} · {self._rows[row]}",
                    f"{EFFECT_MARK[effect.kind]} {EFFECT_LABEL[effect.kind]}",
                    effect.says,
                    effect.facts,
                )

    def _steps(self) -> Iterator[tuple[PatientChoice, PatientStep]]:
        for name, option in self.patient.items():
            feature = self.choices.by_id[name]
            for step in feature.steps:
                if option in step.options:
                    yield feature, step

    def _plan(self) -> Iterator[Reading]:
        planned = set()
        for feature, step in self._steps():
            planned.add(feature.id)
            yield self._reading(
                f"Before surgery · {feature.label}", STEP_LABEL[step.kind], step.says, step.facts
            )
        for name in self.patient:
            if name not in planned:
                label = self.choices.by_id[name].label
                words = "no step before surgery with evidence was found"
                yield Reading("", f"Before surgery · {label}", (words, ""))

    def _reading(self, label: str, how: str, says: str, facts: tuple[str, ...]) -> Reading:
        named = [self.content.facts[name] for name in facts]
        return Reading(
            facts[0] if facts else "",
            label,
            (how, says),
            weakest([fact.evidence for fact in named]),
            quoted=any(is_quoted(fact) for fact in named),
        )


class SelectionBoardActivity(FigureActivity):
    """The board: a list for each feature, and one for the shares drawn as people."""

    state: SelectionBoardState

    def __init__(self, content: Content | None = None, **state: Any) -> None:
        shown = SelectionBoardState(content or load_content(), **state)
        features = [
            choice(
                shown,
                feature.id,
                feature.label,
                [(option.label, option.id) for option in feature.options],
            )
            for feature in shown.features()
        ]
        rates = choice(shown, "shown", "In people", [(rate.label, rate.id) for rate in RATES])
        super().__init__(shown, [*features, rates])
