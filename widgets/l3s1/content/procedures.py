"""Operations as steps: what each does to the 3D model, what it endangers, and one question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cache
from typing import TYPE_CHECKING, Any

from l3s1.content.choices import say_with_numbers
from l3s1.content.structure_names import (
    LUMBAR,
    SACRUM,
    anterior_names,
    construct_names,
    structure_names,
)

if TYPE_CHECKING:
    from l3s1.content.records import Fact

Data = Mapping[str, Any]


class QuestionKind(StrEnum):
    """What a step asks before it goes on."""

    NEXT = "next"
    WHAT = "what"
    DANGER = "danger"


@dataclass(frozen=True)
class Cut:
    """A plane through the model, mm; with a segment counted from the middle of its disc."""

    plane: str
    at: float
    segment: str | None = None


@dataclass(frozen=True)
class StepScene:
    """What the model shows at a step. Names are parts or structures; `hidden` is all not drawn.

    `taken`, `put` and `back` are what this step itself changes.
    """

    view: str
    frame: tuple[str, ...]
    hidden: tuple[str, ...]
    taken: tuple[str, ...]
    aside: tuple[str, ...]
    put: tuple[str, ...]
    back: tuple[str, ...]
    faint: tuple[str, ...]
    highlight: tuple[str, ...]
    labels: tuple[str, ...]
    cut: Cut | None = None


@dataclass(frozen=True)
class Sourced:
    """A text with the facts that it rests on."""

    text: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class StepChoice:
    """An answer that can be chosen; `step` is the step it names, in a question for the next one."""

    id: str
    text: str
    feedback: str
    step: str | None = None


@dataclass(frozen=True)
class StepQuestion:
    """One question; `about` is the structure that a question 'what' asks for."""

    kind: QuestionKind
    stem: str
    choices: tuple[StepChoice, ...]
    key: str
    facts: tuple[str, ...]
    about: str | None = None


@dataclass(frozen=True)
class ProcedureStep:
    """A step of an operation."""

    id: str
    label: str
    happens: str
    purpose: str
    facts: tuple[str, ...]
    scene: StepScene
    danger: Sourced
    question: StepQuestion


@dataclass(frozen=True)
class Procedure:
    """An operation. `order` says how firm the order of its steps is."""

    id: str
    title: str
    summary: str
    order: Sourced
    simplified: tuple[str, ...]
    steps: tuple[ProcedureStep, ...]

    def step(self, name: str) -> ProcedureStep:
        """The step of that id; raises `KeyError` that names all there are."""
        for step in self.steps:
            if step.id == name:
                return step
        known = ", ".join(step.id for step in self.steps)
        raise KeyError(f"procedure {self.id!r} has no step {name!r}; it has {known}")

    @property
    def facts(self) -> tuple[str, ...]:
        """Every fact that the procedure names, each once."""
        named = [*self.order.facts]
        for step in self.steps:
            named += [*step.facts, *step.danger.facts, *step.question.facts]
        return tuple(dict.fromkeys(named))


@cache
def implant_names() -> tuple[str, ...]:
    """What can be put in: the parts of the packs of implants and graft."""
    return (*construct_names(), *anterior_names())


def bone_of(name: str) -> str:
    """The bone that a region belongs to; of anything else the name itself."""
    bone, _, region = name.partition(".")
    no_bone = region.startswith(("nerve_root", "dorsal_root", "pedicle_screw", "screw_halo"))
    return bone if region and bone in (*LUMBAR, SACRUM) and not no_bone else name


@cache
def model_names() -> tuple[str, ...]:
    """Every name that a step may use."""
    return (*structure_names(), *implant_names())


def named(globs: Iterable[str]) -> tuple[str, ...]:
    """The model's names that globs stand for, in the model's order.

    Raises `ValueError` that names each glob which fits nothing.
    """
    listed = tuple(globs)
    idle = [each for each in listed if not any(fnmatchcase(name, each) for name in model_names())]
    if idle:
        raise ValueError(f"the model has no {', '.join(idle)}")
    return tuple(name for name in model_names() if any(fnmatchcase(name, each) for each in listed))


class Table:
    """What lies on the table: what is drawn now, what was taken out, set aside and put in.

    Steps are applied in order by `apply`; what can't be is told by it in words.
    """

    def __init__(self, unseen: Iterable[str]) -> None:
        self.unseen = set(named(unseen))
        self.taken: set[str] = set()
        self.aside: set[str] = set()
        self.put: set[str] = set()

    @property
    def hidden(self) -> tuple[str, ...]:
        """What is not drawn, in the model's order."""
        absent = set(implant_names()) - self.put
        gone = self.unseen | self.taken | self.aside | absent
        return tuple(name for name in model_names() if name in gone)

    def draws(self, name: str) -> bool:
        """Whether something is drawn: neither it nor the bone that it belongs to is hidden."""
        return not {name, bone_of(name)} & set(self.hidden)

    def apply(self, scene: Data) -> Iterator[tuple[str, str]]:
        """Do what a step's scene says; yields (key, what is wrong) for all that can't be."""
        for key in ("takes", "aside", "puts", "back"):
            try:
                names = named(scene.get(key, ()))
            except ValueError as error:
                yield key, str(error)
                continue
            for name in names:
                wrong = self._change(key, name)
                if wrong:
                    yield key, wrong

    def _change(self, key: str, name: str) -> str | None:
        if key == "puts":
            if name not in implant_names():
                return f"{name} is no implant or graft"
            if name in self.put:
                return f"{name} is in already"
            self.put.add(name)
        elif key == "back":
            if name not in self.aside:
                return f"{name} was not aside"
            self.aside.remove(name)
        else:
            if not self.draws(name):
                return f"{name} is not there"
            (self.taken if key == "takes" else self.aside).add(name)
        return None


def build_procedure(data: Data, facts: Mapping[str, Fact]) -> Procedure:
    """A procedure from its YAML: numbers filled in, what each step shows worked out."""
    table = Table(data["unseen"])
    return Procedure(
        id=data["id"],
        title=data["title"],
        summary=data["summary"],
        order=Sourced(
            say_with_numbers(
                data["order"]["text"], [facts[name] for name in data["order"]["facts"]]
            ),
            tuple(data["order"]["facts"]),
        ),
        simplified=tuple(data["simplified"]),
        steps=tuple(_step(each, table, facts) for each in data["steps"]),
    )


def _step(data: Data, table: Table, facts: Mapping[str, Fact]) -> ProcedureStep:
    for key, wrong in table.apply(data["scene"]):
        raise ValueError(f"step {data['id']!r}, {key}: {wrong}")
    own = [facts[name] for name in data.get("facts", ())]
    danger, question = data["danger"], data["question"]
    asked = [facts[name] for name in question["facts"]]
    return ProcedureStep(
        id=data["id"],
        label=data["label"],
        happens=say_with_numbers(data["happens"], own),
        purpose=say_with_numbers(data["purpose"], own),
        facts=tuple(data.get("facts", ())),
        scene=_scene(data["scene"], table),
        danger=Sourced(
            say_with_numbers(danger["text"], [facts[name] for name in danger["facts"]]),
            tuple(danger["facts"]),
        ),
        question=StepQuestion(
            kind=QuestionKind(question["kind"]),
            stem=say_with_numbers(question["stem"], asked),
            choices=tuple(
                StepChoice(
                    each["id"],
                    say_with_numbers(each["text"], asked),
                    say_with_numbers(each["feedback"], asked),
                    each.get("step"),
                )
                for each in question["choices"]
            ),
            key=question["key"],
            facts=tuple(question["facts"]),
            about=question.get("about"),
        ),
    )


def _scene(data: Data, table: Table) -> StepScene:
    return StepScene(
        view=data["view"],
        frame=tuple(data["frame"]),
        hidden=table.hidden,
        taken=named(data.get("takes", ())),
        aside=named(data.get("aside", ())),
        put=named(data.get("puts", ())),
        back=named(data.get("back", ())),
        faint=named(data.get("faint", ())),
        highlight=tuple(data.get("highlight", ())),
        labels=tuple(data.get("labels", ())),
        cut=Cut(**data["cut"]) if "cut" in data else None,
    )
