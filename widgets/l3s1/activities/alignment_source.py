"""Reads numbers of facts for the alignment workbench, and says where each comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from l3s1.activities.anatomy_catalogue import known
from l3s1.content import Content, Value

_UNITS = {"deg": "°", "%": "%"}


@dataclass(frozen=True)
class Source:
    """Content, read by "fact.value"; a name that does not exist is a `KeyError`."""

    content: Content

    def value(self, name: str) -> Value:
        """A value of a fact."""
        fact, _, value = name.partition(".")
        return self.content.facts[fact].value(value)

    def number(self, name: str) -> float:
        """Its estimate; raises `ValueError` where it has none."""
        return _number(name, self.value(name).estimate)

    def low(self, name: str) -> float:
        """Its lower end, or its deviation."""
        return _number(name, self.value(name).low)

    def high(self, name: str) -> float:
        """Its upper end."""
        return _number(name, self.value(name).high)

    def ends(self, name: str) -> list[float]:
        """Both ends."""
        return [self.low(name), self.high(name)]

    def has(self, name: str) -> bool:
        """Whether the fact has such a value."""
        fact, _, value = name.partition(".")
        return any(each.name == value for each in self.content.facts[fact].values)

    def known(self, fact: str) -> dict[str, Any]:
        """Which fact, and how well it is known."""
        return known(self.content, fact)

    def range(self, name: str, label: str) -> dict[str, Any]:
        """A range as the page reads it."""
        low, high = self.ends(name)
        known_of = self.known(name.partition(".")[0])
        return {**known_of, "label": label, "low": low, "high": high, "others": []}

    def norm(self, name: str, of: str, identity: str) -> dict[str, Any]:
        """A mean with its standard deviation, if it was printed with one."""
        fact = name.partition(".")[0]
        value = self.value(name)
        return {
            **self.known(fact),
            "id": identity,
            "of": of,
            "label": value.label,
            "people": self.content.facts[fact].population,
            "mean": self.number(name),
            "deviation": value.low if value.spread == "standard_deviation" else None,
            "unit": _UNITS[value.unit],
        }

    def formula(
        self,
        identity: str,
        label: str,
        fact: str,
        of: str,
        *,
        intercept: float = 0.0,
        incidence: float = 0.0,
        age: float = 0.0,
        tolerance: float = 0.0,
        by: str | None = None,
        steps: Sequence[dict[str, float | None]] = (),
    ) -> dict[str, Any]:
        """A formula as the page reads it; what is not given is 0."""
        return {
            **self.known(fact),
            "id": identity,
            "label": label,
            "people": self.content.facts[fact].population,
            "of": of,
            "intercept": intercept,
            "incidence": incidence,
            "age": age,
            "tolerance": tolerance,
            "by": by,
            "steps": list(steps),
        }

    def line(
        self, identity: str, label: str, fact: str, of: str, prefix: str | None = None
    ) -> dict[str, Any]:
        """A formula whose coefficients are values of a fact: `of`_intercept, `of`_incidence."""
        start = f"{fact}.{prefix or f'{of}_'}"
        return self.formula(
            identity,
            label,
            fact,
            of,
            intercept=self.number(f"{start}intercept"),
            incidence=self.number(f"{start}incidence"),
            age=self.number(f"{start}age") if self.has(f"{start}age") else 0.0,
        )

    def steps(
        self,
        identity: str,
        label: str,
        fact: str,
        of: str,
        name: str,
        *,
        incidence: float = 0.0,
    ) -> dict[str, Any]:
        """A formula by classes of incidence: class_1_below, class_1_`name` and so on."""
        steps: list[dict[str, float | None]] = []
        while self.has(f"{fact}.class_{len(steps) + 1}_{name}"):
            start = f"{fact}.class_{len(steps) + 1}"
            below = self.number(f"{start}_below") if self.has(f"{start}_below") else None
            steps.append({"below": below, "offset": self.number(f"{start}_{name}")})
        return self.formula(
            identity, label, fact, of, incidence=incidence, by="incidence", steps=steps
        )

    def study(
        self,
        identity: str,
        label: str,
        fact: str,
        *,
        slope: float | None = None,
        lordosis: float | None = None,
        low_lordosis: float | None = None,
    ) -> dict[str, Any]:
        """What one study found that lying does."""
        return {
            **self.known(fact),
            "id": identity,
            "label": label,
            "people": self.content.facts[fact].population,
            "slope": slope,
            "lordosis": lordosis,
            "low_lordosis": low_lordosis,
        }

    def beside(self, side: str, fact: str) -> dict[str, Any]:
        """What a fact says for or against the use of a number, or beside it."""
        statement = self.content.facts[fact].statement
        return {**self.known(fact), "side": side, "statement": statement}


def _number(name: str, number: float | None) -> float:
    if number is None:
        raise ValueError(f"{name} has no such number")
    return number
