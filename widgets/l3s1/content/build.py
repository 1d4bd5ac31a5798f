"""Turns validated YAML into the frozen records of `l3s1.content.records`."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from l3s1.content.anatomy import (
    Comparison,
    ComparisonSeries,
    Line,
    Mark,
    NearMiss,
    Option,
    Pair,
    Point,
    Structure,
    StructureNumber,
    Variant,
)
from l3s1.content.records import (
    Answer,
    Claim,
    Fact,
    LessonRecord,
    Moment,
    Objective,
    Phase,
    PhaseSpan,
    Prediction,
    Reference,
    TakeHome,
    TaughtBy,
    Term,
    TimePoint,
    Value,
)
from l3s1.vocabulary import Design, Lane, PhaseKind, Trust

if TYPE_CHECKING:
    from collections.abc import Mapping

Data = dict[str, Any]


def fact(data: Data) -> Fact:
    """A fact with its values."""
    return Fact(
        **{
            **data,
            "values": tuple(_value(value) for value in data["values"]),
            "levels": tuple(data["levels"]) if "levels" in data else None,
            "design": Design(data["design"]),
            "trust": Trust(data["trust"]),
        }
    )


def reference(data: Data) -> Reference:
    """A reference."""
    return Reference(**data)


def phase(data: Data, facts: Mapping[str, Fact]) -> Phase:
    """A bar with the single answers beside it."""
    return Phase(
        id=data["id"],
        timeline=data["timeline"],
        lane=Lane(data["lane"]),
        label=data["label"],
        kind=PhaseKind(data["kind"]),
        before=data["before"],
        during=data["during"],
        after=data["after"],
        facts=tuple(data["facts"]),
        caution=data.get("caution"),
        span=span(data) if "earliest" in data else None,
        spread=tuple(answer(each, facts) for each in data.get("spread", ())),
    )


def answer(data: Data, facts: Mapping[str, Fact]) -> Answer:
    """One source's answer to when, with the share of a survey where it prints one."""
    share = data.get("share")
    return Answer(
        label=data["label"],
        start=moment(data["from"]),
        end=moment(data["to"]) if "to" in data else None,
        share=facts[share["fact"]].value(share["value"]).estimate if share else None,
        fact=data["fact"],
    )


def moment(data: str | Data) -> Moment:
    """A point of a timeline."""
    return "operation" if isinstance(data, str) else TimePoint(**data)


def span(data: Data) -> PhaseSpan:
    """The times of a bar, or of an effect on it."""
    return PhaseSpan(
        earliest=moment(data["earliest"]),
        usual=moment(data["usual"]) if "usual" in data else None,
        latest=moment(data["latest"]),
    )


def term(data: Data) -> Term:
    """A glossary entry."""
    return Term(**{**data, "facts": tuple(data.get("facts", ()))})


def lesson(data: Data) -> LessonRecord:
    """A lesson's frame."""
    return LessonRecord(
        **{
            **data,
            "objectives": tuple(
                Objective(**{**each, "taught_by": TaughtBy(**each["taught_by"])})
                for each in data.get("objectives", ())
            ),
            "take_home": tuple(
                TakeHome(each["text"], tuple(each["facts"])) for each in data.get("take_home", ())
            ),
            "claims": tuple(
                Claim(**{**each, "facts": tuple(each["facts"])}) for each in data.get("claims", ())
            ),
            "further_facts": tuple(data.get("further_facts", ())),
            "predictions": tuple(Prediction(**each) for each in data.get("predictions", ())),
        }
    )


def structure(data: Data) -> Structure:
    """A kind of structure of the 3D model."""
    return Structure(
        **{
            **data,
            "structures": tuple(data["structures"]),
            "numbers": tuple(
                StructureNumber(each["label"], each["fact"], tuple(each["values"]))
                for each in data["numbers"]
            ),
            "facts": tuple(data["facts"]),
            "confused_with": tuple(NearMiss(**each) for each in data["confused_with"]),
        }
    )


def comparison(data: Data) -> Comparison:
    """A dimension compared from level to level."""
    series = tuple(
        ComparisonSeries(each["label"], each["fact"], MappingProxyType(each["values"]))
        for each in data["series"]
    )
    return Comparison(**{**data, "series": series, "facts": tuple(data["facts"])})


def variant(data: Data) -> Variant:
    """Something that can be changed in the model."""
    more: Data = {
        "facts": tuple(data["facts"]),
        "segments": tuple(data.get("segments", ())),
        "options": tuple(Option(**each) for each in data.get("options", ())),
        "marks": tuple(
            Mark(each["label"], Point(each["fact"], each["value"], each.get("take", "estimate")))
            for each in data.get("marks", ())
        ),
    }
    if "axes" in data:
        more["axes"] = MappingProxyType(
            {
                axis: tuple(Pair(Point(**each["female"]), Point(**each["male"])) for each in pairs)
                for axis, pairs in data["axes"].items()
            }
        )
    if "line" in data:
        more["line"] = Line(**{name: Point(**each) for name, each in data["line"].items()})
    return Variant(**{**data, **more})


def _value(data: Data) -> Value:
    at = data.get("at", {})
    plain = {name: each for name, each in data.items() if name != "at"}
    return Value(**plain, at_value=at.get("value"), at_unit=at.get("unit"))
