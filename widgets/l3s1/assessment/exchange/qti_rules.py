"""QTI 2.1: declarations of variables, and the rules that score a response."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from l3s1.assessment.exchange.markup import element

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Mapping, Sequence

RESPONSE = "RESPONSE"
FEEDBACK = "FEEDBACK"


def response(
    cardinality: str,
    base_type: str,
    right: Sequence[str],
    points: Mapping[str, int] | None = None,
) -> ET.Element:
    """The response, its right value, and how much each part of it counts; not less than nothing."""
    declared = {"identifier": RESPONSE, "cardinality": cardinality, "baseType": base_type}
    made = element(
        "responseDeclaration",
        element("correctResponse", *(element("value", each) for each in right)),
        attributes=declared,
    )
    if points is not None:
        entries = (
            element("mapEntry", attributes={"mapKey": key, "mappedValue": str(value)})
            for key, value in points.items()
        )
        bounds = {"lowerBound": "0", "defaultValue": "0"}
        made.append(element("mapping", *entries, attributes=bounds))
    return made


def outcome(name: str, cardinality: str, base_type: str, start: str | None = None) -> ET.Element:
    """An outcome, with the value that it has at first."""
    declared = {"identifier": name, "cardinality": cardinality, "baseType": base_type}
    first = [element("defaultValue", element("value", start))] if start is not None else []
    return element("outcomeDeclaration", *first, attributes=declared)


def processing(answered: Sequence[ET.Element]) -> ET.Element:
    """All rules: without a response nothing is said, and the score stays as it is."""
    none = element("isNull", variable(RESPONSE))
    return element("responseProcessing", if_else(opposite(none), answered, []))


def if_else(
    condition: ET.Element, then: Sequence[ET.Element], otherwise: Sequence[ET.Element]
) -> ET.Element:
    """A condition with what is done where it holds, and where not."""
    made = element("responseCondition", element("responseIf", condition, *then))
    if otherwise:
        made.append(element("responseElse", *otherwise))
    return made


def variable(of: str) -> ET.Element:
    """The value of a variable."""
    return element("variable", attributes={"identifier": of})


def name(text: str) -> ET.Element:
    """An identifier as a value."""
    return element("baseValue", text, attributes={"baseType": "identifier"})


def number(value: float) -> ET.Element:
    """A number as a value."""
    return element("baseValue", plain(value), attributes={"baseType": "float"})


def plain(value: float | Decimal) -> str:
    """A number as it is written, without an exponent."""
    return f"{Decimal(str(value)).normalize():f}"


def bounds(value: float, tolerance: float) -> tuple[float, float]:
    """The smallest and the largest right number, free of binary fractions."""
    middle, about = Decimal(str(value)), Decimal(str(tolerance))
    return float(middle - about), float(middle + about)


def between(low: float, high: float) -> ET.Element:
    """Whether the response lies between two numbers, them included."""
    return element(
        "and",
        element("gte", variable(RESPONSE), number(low)),
        element("lte", variable(RESPONSE), number(high)),
    )


def less_than(low: float) -> ET.Element:
    """Whether the response is less than a number."""
    return element("lt", variable(RESPONSE), number(low))


def is_correct() -> ET.Element:
    """Whether the response is the right one, all of it."""
    right = element("correct", attributes={"identifier": RESPONSE})
    return element("match", variable(RESPONSE), right)


def opposite(condition: ET.Element) -> ET.Element:
    """The opposite of a condition."""
    return element("not", condition)


def mapped_share(most: int) -> ET.Element:
    """What the parts of the response count together, as a share of what they can."""
    counted = element("mapResponse", attributes={"identifier": RESPONSE})
    return element("divide", counted, number(most))


def set_score(value: ET.Element) -> ET.Element:
    """Set the score, 0 to 1."""
    return element("setOutcomeValue", value, attributes={"identifier": "SCORE"})


def say(what: ET.Element) -> ET.Element:
    """Choose the feedback that is shown."""
    return element("setOutcomeValue", what, attributes={"identifier": FEEDBACK})
