"""The trainer's screw beside what is published, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from l3s1.activities import screw_norms as facts
from l3s1.activities.alignment_source import Source
from l3s1.activities.anatomy_catalogue import known
from l3s1.activities.wording import say_value
from l3s1.content.numbers import say_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from l3s1.activities.screw_state import ScrewTrainerState, Situation
    from l3s1.content import Content
    from l3s1.models.screw_trajectory import ScrewResult


MEASURED_OTHERWISE = "not measured on this bone (see across its axis)"
"""Beside widths in the axial plane: a pedicle that runs obliquely is wider there."""


def mm(value: float) -> str:
    """A length in tenths of a millimetre."""
    return say_number(round(abs(value), 1), "mm")


def graded(result: ScrewResult) -> str:
    """The grade, or "" where no part of the screw lies in the pedicle."""
    return result.grade if any(v is not None for v in result.pedicle.values()) else ""


def row(content: Content, label: str, yours: str, published: str, fact: str) -> dict[str, Any]:
    """A line of the comparison with what is published."""
    return {"label": label, "yours": yours, "published": published, **known(content, fact)}


def compare(state: ScrewTrainerState, now: Situation) -> Iterator[dict[str, Any]]:
    """The screw beside published norms, each with its fact; PlanError as in `solve`."""
    content, source = state.content, Source(state.content)
    result, screw, level = now.result(state.norms), now.screw, now.level
    key = level.lower()

    def published(fact: str, name: str) -> str:
        return say_value(source.value(f"{fact}.{name}")).partition(": ")[2]

    turn = say_number(screw.convergence_deg, "deg")
    s1 = level == "S1"
    rule = facts.S1_RULE if s1 else facts.RULE
    yield row(content, "Convergence", turn, published(rule, key), rule)
    size = result.pedicle_size
    if size:
        own = f"this bone {say_number(round(size[2]), 'deg')}"
        yield row(
            content,
            "Axis of the pedicle",
            own,
            "no difference by sex, age, height or weight",
            facts.NEUTRAL_ANGLE,
        )
        yield row(
            content,
            "Pedicle’s width, axial",
            MEASURED_OTHERWISE,
            published(facts.WIDTHS, key),
            facts.WIDTHS,
        )
        yield row(
            content,
            "Pedicle’s width, across its axis",
            f"this bone {mm(size[0])}",
            published(facts.ACROSS, f"width_{key}"),
            facts.ACROSS,
        )
    yield row(
        content,
        "Diameter",
        mm(screw.diameter_mm),
        published(facts.DIAMETERS, key),
        facts.DIAMETERS,
    )
    if result.width_filled is not None:
        yield row(
            content,
            "Share of the width",
            say_number(round(100 * result.width_filled), "%"),
            published(facts.FILL, "fill"),
            facts.FILL,
        )
    length = "length_s1" if s1 else "length_lumbar"
    yield row(
        content, "Length", mm(screw.length_mm), published(facts.LENGTHS, length), facts.LENGTHS
    )
    if result.s1 is not None:
        off = say_number(round(abs(result.s1.off_promontory_deg)), "deg")
        yield row(
            content,
            "Axis of the S1 pedicle",
            f"{turn}, {off} from the promontory",
            f"{published(facts.S1_PEDICLE, 'angle_women')}, women",
            facts.S1_PEDICLE,
        )
        more = say_number(source.number(f"{facts.S1_TORQUE}.more"), "%")
        yield row(
            content,
            "Cortices gripped",
            f"{len(result.s1.cortices)}",
            f"three at the promontory: {more} more torque than two, on the bench",
            facts.S1_TORQUE,
        )
    acceptable = published(facts.ACCEPTABLE, "acceptable")
    yield row(
        content,
        "Grade",
        graded(result) or "none",
        f"A or B in {acceptable} with a robot, one centre, whole spine",
        facts.ACCEPTABLE,
    )
