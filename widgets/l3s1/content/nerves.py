"""Records of the nerves: areas of skin, movements, roots, zones, signs, and words for reasoning."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SkinView = Literal["front", "back", "sole"]


@dataclass(frozen=True)
class SkinArea:
    """An area of skin that is drawn."""

    id: str
    label: str
    views: tuple[SkinView, ...]


@dataclass(frozen=True)
class Movement:
    """A movement tested against resistance."""

    id: str
    label: str
    muscle: str


@dataclass(frozen=True)
class Root:
    """A root by the teaching convention: `core` areas are its own, `overlap` it shares."""

    id: str
    label: str
    core: tuple[str, ...]
    overlap: tuple[str, ...]
    main: tuple[str, ...]
    also: tuple[str, ...]
    reflexes: tuple[str, ...]
    tension: tuple[str, ...]
    pain: tuple[str, ...]
    note: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Zone:
    """A zone of the canal and what a lesion there meets."""

    id: str
    label: str
    says: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class SignAccuracy:
    """Values of a fact on how well a sign speaks for a root; `unusable` says why they can't."""

    study: str
    root: str
    fact: str
    present: str | None = None
    absent: str | None = None
    sensitivity: str | None = None
    specificity: str | None = None
    unusable: str | None = None


@dataclass(frozen=True)
class Sign:
    """A sign or symptom, how to look for it, and how much it tells."""

    id: str
    type: str
    label: str
    absent_label: str
    how: str
    where: str
    accuracy: tuple[SignAccuracy, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Study:
    """A set of published ratios that a ranking may use."""

    id: str
    label: str
    says: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Prior:
    """Where a ranking starts: equal odds, or the shares that a fact names by root."""

    id: str
    label: str
    facts: tuple[str, ...]
    odds: str | None = None
    shares: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    fact: str | None = None


@dataclass(frozen=True)
class Sourced:
    """A sentence with its facts."""

    text: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Mimic:
    """A nerve that is taken for a root, and what is found when it fails."""

    id: str
    label: str
    usual: tuple[str, ...]
    possible: tuple[str, ...]
    says: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class UrgentSteps:
    """What to do now; `of` is the emergency."""

    id: str
    of: str
    title: str
    steps: tuple[Sourced, ...]


@dataclass(frozen=True)
class Distinction:
    """How to tell two answers apart."""

    id: str
    between: tuple[str, str]
    text: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Story:
    """How patients of the kind `of` tell what brought them; `{…}` are filled in."""

    id: str
    of: str
    age: tuple[int, int]
    texts: tuple[str, ...]
    lesson: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Nerves:
    """Everything in `assets/nerves/`, by kind, in the order of its files.

    Stories go by the kind of patient, urgent steps by the emergency, all else by id.
    """

    areas: Mapping[str, SkinArea]
    movements: Mapping[str, Movement]
    roots: Mapping[str, Root]
    zones: Mapping[str, Zone]
    signs: Mapping[str, Sign]
    studies: Mapping[str, Study]
    priors: Mapping[str, Prior]
    mimics: Mapping[str, Mimic]
    urgent: Mapping[str, UrgentSteps]
    distinctions: Mapping[str, Distinction]
    stories: Mapping[str, Story]

    @property
    def all_facts(self) -> tuple[str, ...]:
        """Every fact that an entry names, each once."""
        named: list[str] = []
        for kind in (self.roots, self.zones, self.signs, self.studies, self.priors, self.mimics):
            for entry in kind.values():
                named += entry.facts
        named += [each.fact for sign in self.signs.values() for each in sign.accuracy]
        named += [f for each in self.urgent.values() for step in each.steps for f in step.facts]
        named += [f for each in self.distinctions.values() for f in each.facts]
        named += [f for each in self.stories.values() for f in each.facts]
        return tuple(dict.fromkeys(named))

    def distinction(self, one: str, other: str) -> Distinction | None:
        """How to tell these two answers apart, if anything is written."""
        pair = {one, other}
        return next((d for d in self.distinctions.values() if {*d.between} == pair), None)


def build_nerves(entries: Mapping[str, dict[str, Any]]) -> Nerves:
    """The records of validated entries, `{id: data}`."""
    by_kind: dict[str, dict[str, Any]] = {kind: {} for kind in _MAKERS}
    for data in entries.values():
        kind = data["kind"]
        by_kind[kind][data.get("of", data["id"])] = _MAKERS[kind](data)
    frozen = {name: MappingProxyType(by_kind[kind]) for kind, name in _NAMES.items()}
    return Nerves(**frozen)


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    return {
        name: tuple(each) if isinstance(each, list) else each
        for name, each in data.items()
        if name != "kind"
    }


def _sign(data: dict[str, Any]) -> Sign:
    accuracy = tuple(SignAccuracy(**each) for each in data["accuracy"])
    return Sign(**{**_plain(data), "accuracy": accuracy})


def _prior(data: dict[str, Any]) -> Prior:
    return Prior(**{**_plain(data), "shares": MappingProxyType(dict(data.get("shares", {})))})


def _urgent(data: dict[str, Any]) -> UrgentSteps:
    steps = tuple(Sourced(each["text"], tuple(each["facts"])) for each in data["steps"])
    return UrgentSteps(data["id"], data["of"], data["title"], steps)


_MAKERS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "area": lambda data: SkinArea(**_plain(data)),
    "movement": lambda data: Movement(**_plain(data)),
    "root": lambda data: Root(**_plain(data)),
    "zone": lambda data: Zone(**_plain(data)),
    "sign": _sign,
    "study": lambda data: Study(**_plain(data)),
    "prior": _prior,
    "mimic": lambda data: Mimic(**_plain(data)),
    "urgent": _urgent,
    "distinction": lambda data: Distinction(**_plain(data)),
    "story": lambda data: Story(**_plain(data)),
}
_NAMES = {
    "area": "areas",
    "movement": "movements",
    "root": "roots",
    "zone": "zones",
    "sign": "signs",
    "study": "studies",
    "prior": "priors",
    "mimic": "mimics",
    "urgent": "urgent",
    "distinction": "distinctions",
    "story": "stories",
}
