"""The questions of the course: what all share, and a record for each type."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from l3s1.content.records import Fact

    _More = Callable[[dict[str, Any], Mapping[str, Fact]], dict[str, Any]]

Use = Literal["predict", "check", "triage", "review"]
Level = Literal["recall", "application", "judgement"]


@dataclass(frozen=True)
class Choice:
    """One choice of an item, or one entry to be put in order, with what to say to who takes it."""

    id: str
    text: str
    feedback: str


@dataclass(frozen=True)
class PlainChoice:
    """One choice that is offered for several prompts; what to say stands with the prompts."""

    id: str
    text: str


@dataclass(frozen=True)
class Prompt:
    """What a choice is to be found for."""

    id: str
    text: str
    key: str
    feedback: str


@dataclass(frozen=True)
class PictureMark:
    """A structure that a picture points at; where it lies is computed from its mesh."""

    id: str
    structure: str
    key: str
    feedback: str


@dataclass(frozen=True)
class NearAnswer:
    """Structures that are taken for the right one, and how to tell them apart."""

    structures: tuple[str, ...]
    feedback: str


@dataclass(frozen=True)
class Target:
    """What is to be found in the 3D model, and how the model is shown at first."""

    structures: tuple[str, ...]
    view: str
    peeled: int | None = None


@dataclass(frozen=True)
class NumericAnswer:
    """A number, read from a value of a fact, and how far off an answer may be."""

    fact: str
    value: str
    number: float
    tolerance: float
    unit: str


@dataclass(frozen=True, kw_only=True)
class Item(ABC):
    """What every question has; `own` says that an instructor added it to the course's own."""

    id: str
    lesson: str
    objective: str
    use: Use
    level: Level
    type: str
    stem: str
    facts: tuple[str, ...]
    note: str
    status: Literal["active", "retired"] = "active"
    own: bool = False

    @property
    @abstractmethod
    def feedbacks(self) -> tuple[str, ...]:
        """Everything that can be said to an answer."""

    @property
    @abstractmethod
    def offers(self) -> tuple[str, ...]:
        """The words that are offered to choose from, in the order of the file."""


@dataclass(frozen=True, kw_only=True)
class ChoiceItem(Item):
    """Choices, each with its own feedback."""

    choices: tuple[Choice, ...]

    @property
    def feedbacks(self) -> tuple[str, ...]:
        """One a choice."""
        return tuple(each.feedback for each in self.choices)

    @property
    def offers(self) -> tuple[str, ...]:
        """The choices."""
        return tuple(each.text for each in self.choices)


@dataclass(frozen=True, kw_only=True)
class SingleBestAnswer(ChoiceItem):
    """One of the choices is the best."""

    key: str


@dataclass(frozen=True, kw_only=True)
class MultipleResponse(ChoiceItem):
    """Two or more of the choices are right, and not all."""

    keys: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Numeric(Item):
    """A number is asked for; `feedback` has `right`, `low` and `high`."""

    answer: NumericAnswer
    feedback: Mapping[str, str]

    @property
    def feedbacks(self) -> tuple[str, ...]:
        """For the right number, for one that is too low and for one that is too high."""
        return tuple(self.feedback.values())

    @property
    def offers(self) -> tuple[str, ...]:
        """Nothing: the number is typed."""
        return ()


@dataclass(frozen=True, kw_only=True)
class Ordering(Item):
    """Entries, here in the right order."""

    entries: tuple[Choice, ...]

    @property
    def feedbacks(self) -> tuple[str, ...]:
        """One an entry."""
        return tuple(each.feedback for each in self.entries)

    @property
    def offers(self) -> tuple[str, ...]:
        """The entries."""
        return tuple(each.text for each in self.entries)


@dataclass(frozen=True, kw_only=True)
class Matching(Item):
    """A choice is to be found for each prompt; each choice serves once at most."""

    prompts: tuple[Prompt, ...]
    choices: tuple[PlainChoice, ...]

    @property
    def feedbacks(self) -> tuple[str, ...]:
        """One a prompt."""
        return tuple(each.feedback for each in self.prompts)

    @property
    def offers(self) -> tuple[str, ...]:
        """The choices."""
        return tuple(each.text for each in self.choices)


@dataclass(frozen=True, kw_only=True)
class ExtendedMatching(Matching):
    """The prompts are vignettes; the choices share a theme and may serve more than once."""

    theme: str


@dataclass(frozen=True, kw_only=True)
class LabelPicture(Item):
    """A name is to be found for each mark of a picture."""

    picture: str
    marks: tuple[PictureMark, ...]
    choices: tuple[PlainChoice, ...]

    @property
    def feedbacks(self) -> tuple[str, ...]:
        """One a mark."""
        return tuple(each.feedback for each in self.marks)

    @property
    def offers(self) -> tuple[str, ...]:
        """The choices."""
        return tuple(each.text for each in self.choices)


@dataclass(frozen=True, kw_only=True)
class FindIn3D(Item):
    """A structure is to be found in the 3D model; `feedback` has `right` and `wrong`."""

    find: Target
    near: tuple[NearAnswer, ...]
    feedback: Mapping[str, str]

    @property
    def feedbacks(self) -> tuple[str, ...]:
        """For the right structure, for any other and for each near miss."""
        return (*self.feedback.values(), *(each.feedback for each in self.near))

    @property
    def offers(self) -> tuple[str, ...]:
        """Nothing: the model is clicked."""
        return ()


def build_item(data: dict[str, Any], facts: Mapping[str, Fact], own: bool = False) -> Item:
    """The record of an item that has passed its schema and the checks."""
    make, more = _BUILDERS[data["type"]]
    return make(**{**data, "facts": tuple(data["facts"]), "own": own, **more(data, facts)})


def _chosen(data: dict[str, Any], _facts: Mapping[str, Fact]) -> dict[str, Any]:
    more: dict[str, Any] = {"choices": tuple(Choice(**each) for each in data["choices"])}
    if "keys" in data:
        more["keys"] = tuple(data["keys"])
    return more


def _numeric(data: dict[str, Any], facts: Mapping[str, Fact]) -> dict[str, Any]:
    answer = data["answer"]
    number = facts[answer["fact"]].value(answer["value"]).estimate
    if number is None:
        raise ValueError(f"value {answer['value']!r} of fact {answer['fact']!r} has no estimate")
    return {"answer": NumericAnswer(**answer, number=number)}


def _ordering(data: dict[str, Any], _facts: Mapping[str, Fact]) -> dict[str, Any]:
    return {"entries": tuple(Choice(**each) for each in data["entries"])}


def _matching(data: dict[str, Any], _facts: Mapping[str, Fact]) -> dict[str, Any]:
    return {"prompts": tuple(Prompt(**each) for each in data["prompts"]), **_plain(data)}


def _labels(data: dict[str, Any], _facts: Mapping[str, Fact]) -> dict[str, Any]:
    return {"marks": tuple(PictureMark(**each) for each in data["marks"]), **_plain(data)}


def _found(data: dict[str, Any], _facts: Mapping[str, Fact]) -> dict[str, Any]:
    find = data["find"]
    return {
        "find": Target(**{**find, "structures": tuple(find["structures"])}),
        "near": tuple(
            NearAnswer(tuple(each["structures"]), each["feedback"]) for each in data["near"]
        ),
    }


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    return {"choices": tuple(PlainChoice(**each) for each in data["choices"])}


_BUILDERS: dict[str, tuple[type[Item], _More]] = {
    "single_best_answer": (SingleBestAnswer, _chosen),
    "multiple_response": (MultipleResponse, _chosen),
    "numeric": (Numeric, _numeric),
    "ordering": (Ordering, _ordering),
    "matching": (Matching, _matching),
    "extended_matching": (ExtendedMatching, _matching),
    "label_picture": (LabelPicture, _labels),
    "find_in_3d": (FindIn3D, _found),
}

ITEM_TYPES = tuple(_BUILDERS)
