"""Rods: what material and diameter do to bending stiffness, with published tests beside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import traitlets

from l3s1.activities.figure_activity import FigureActivity, FigureState, choice
from l3s1.activities.outcome_facts import estimate_of, is_carried_over, is_quoted, paper_of
from l3s1.activities.readings import Reading
from l3s1.activities.wording import say_number
from l3s1.content import Content, load_content
from l3s1.figures.marks import series_colours
from l3s1.figures.rods import RodMaterial, build_rods_figure
from l3s1.models.rods import Rod, compare_stiffness, compare_stress

if TYPE_CHECKING:
    from l3s1.figures.theme import Spec


@dataclass(frozen=True)
class Material:
    """A material: its name, and the fact and value that hold its modulus."""

    id: str
    label: str
    fact: str
    value: str


MATERIALS = (
    Material("titanium", "titanium alloy", "modulus-metals-niinomi", "titanium"),
    Material("cobalt", "cobalt–chromium", "modulus-cobalt-chromium", "cobalt"),
    Material("steel", "stainless steel", "modulus-metals-niinomi", "steel"),
    Material("peek", "PEEK", "modulus-peek-2025", "peek"),
)
BY_ID = {each.id: each for each in MATERIALS}

DIAMETERS = (
    ("rod-low-profile-convention", "slim"),
    ("rod-diameters-demura-2015", "thin"),
    ("rod-diameters-demura-2015", "middle"),
    ("rod-diameters-demura-2015", "thick"),
)
"""Rods that are made, thinnest first: fact and value."""

REFERENCE = ("titanium", 1)
"""Material and place in `DIAMETERS` of the rod that all others are compared with."""

TESTS = (
    "rod-fatigue-diameter-kovaci-2019",
    "rod-cobalt-stiffer-yamada-2020",
    "rod-fatigue-material-nguyen-2011",
    "rod-fatigue-osteotomy-shah-2018",
    "rod-contour-piovesan-2019",
    "rod-fracture-barton-2015",
    "construct-stiffness-foltz-2019",
    "rods-galbusera-2011",
    "peek-rods-ponnappan-2009",
    "peek-rods-l3s1-model-2024",
    "peek-rods-li-2023",
    "peek-rods-selim-2018",
    "fixator-load-rohlmann-1999",
    "rod-stress-graft-model-2020",
)
"""Published tests of rods and of what they carry."""


class RodsState(FigureState):
    """Which rod is chosen: material, and diameter as its place in `DIAMETERS`."""

    material = traitlets.Enum([each.id for each in MATERIALS], "cobalt")
    diameter = traitlets.Int(1, min=0, max=len(DIAMETERS) - 1)

    def diameter_mm(self, place: int) -> float:
        """The diameter (mm) at a place of `DIAMETERS`."""
        fact, value = DIAMETERS[place]
        return estimate_of(self.content, fact, value)

    def modulus_gpa(self, material: Material) -> tuple[float, float]:
        """Lowest and highest published modulus (GPa); alike where one number is published."""
        value = self.content.facts[material.fact].value(material.value)
        if value.estimate is not None:
            return value.estimate, value.estimate
        if value.low is None or value.high is None:
            raise ValueError(f"fact {material.fact!r}, value {material.value!r} has no number")
        return value.low, value.high

    def rod(self, material: Material, place: int) -> Rod:
        """A rod with the middle of its material's published moduli."""
        low, high = self.modulus_gpa(material)
        return Rod(self.diameter_mm(place), (low + high) / 2.0)

    @property
    def reference(self) -> Rod:
        """The rod that others are compared with."""
        return self.rod(BY_ID[REFERENCE[0]], REFERENCE[1])

    def figure(self) -> Spec:
        """All materials; the chosen rod is ringed."""
        drawn = []
        for material in MATERIALS:
            low, high = self.modulus_gpa(material)
            marks = tuple(
                (self.diameter_mm(place), self._words(material, place))
                for place in range(len(DIAMETERS))
            )
            evidence = self.content.facts[material.fact].evidence
            drawn.append(RodMaterial(material.label, material.fact, low, high, evidence, marks))
        ends = (self.diameter_mm(0), self.diameter_mm(len(DIAMETERS) - 1))
        index = [each.id for each in MATERIALS].index(self.material)
        return build_rods_figure(drawn, ends, (index, self.diameter_mm(self.diameter)))

    def _words(self, material: Material, place: int) -> str:
        rod = self.rod(material, place)
        return (
            f"{material.label}, {say_number(rod.diameter_mm, 'mm')}<br>"
            f"{_stiffness(rod)}, {_times(compare_stiffness(rod, self.reference))}"
        )

    def said(self) -> str:
        """The chosen rod against the reference, and what a formula can't know."""
        rod = self.rod(BY_ID[self.material], self.diameter)
        reference = self.reference
        moment, bend = compare_stress(rod, reference)
        name = say_number(reference.diameter_mm, "mm")
        return (
            f"A {BY_ID[self.material].label} rod of {say_number(rod.diameter_mm, 'mm')} is "
            f"{_times(compare_stiffness(rod, reference))} as stiff in bending as titanium alloy of "
            f"{name}. Under the same moment its surface is stressed {_times(moment)} as much, bent "
            f"to the same curve {_times(bend)} as much. Computed from modulus and diameter "
            "(π d⁴/64) for a straight rod alone: screws, heads and bone bend too, so a whole "
            "construct gains less, and a notch is not in the formula."
        )

    def caption(self) -> str:
        """What the rows are."""
        return (
            "First the four materials at the chosen diameter (computed), then published tests. "
            "Choose a row for its origin"
        )

    def head(self) -> tuple[str, ...]:
        """Columns."""
        return ("rod, or published test", "modulus", "bending stiffness", "against the first rod")

    def readings(self) -> tuple[Reading, ...]:
        """The materials at the chosen diameter, and the tests."""
        facts = self.content.facts
        rows = []
        for index, material in enumerate(MATERIALS):
            rod = self.rod(material, self.diameter)
            low, high = self.modulus_gpa(material)
            modulus = (
                say_number(low, "GPa")
                if low == high
                else f"{say_number(low, 'count')} to {say_number(high, 'GPa')}"
            )
            rows.append(
                Reading(
                    material.fact,
                    f"{material.label}, {say_number(rod.diameter_mm, 'mm')}",
                    (
                        modulus,
                        _stiffness(rod),
                        _times(compare_stiffness(rod, self.reference)),
                    ),
                    facts[material.fact].evidence,
                    colours=series_colours(index),
                )
            )
        for name in TESTS:
            fact = facts[name]
            rows.append(
                Reading(
                    name,
                    f"{paper_of(self.content, fact)}: {fact.statement}",
                    ("", "", ""),
                    fact.evidence,
                    extrapolated=is_carried_over(fact),
                    quoted=is_quoted(fact),
                )
            )
        return tuple(rows)


def _times(ratio: float) -> str:
    """A ratio as multiples: '2.1 times'."""
    return "1.0 times" if f"{ratio:.2g}" == "1" else f"{ratio:.2g} times"


def _stiffness(rod: Rod) -> str:
    return f"{rod.bending_stiffness_nm2:.2g} N·m²"


class RodsActivity(FigureActivity):
    """Stiffness by material and diameter, with the rod to choose."""

    state: RodsState

    def __init__(self, content: Content | None = None, **state: Any) -> None:
        shown = RodsState(content or load_content(), **state)
        sizes = [
            (say_number(shown.diameter_mm(place), "mm"), place) for place in range(len(DIAMETERS))
        ]
        super().__init__(
            shown,
            [
                choice(shown, "material", "Material", [(m.label, m.id) for m in MATERIALS]),
                choice(shown, "diameter", "Diameter", sizes),
            ],
        )
