"""What the anatomy explorer's page has to know of the model: its structures, in words and numbers.

Joins the model (which structures there are, of what tissue and in which layer) with the content
(what each is called, what it is, which numbers are known of it).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from l3s1.activities.wording import say_number, say_value
from l3s1.content import Content, Fact, Structure, StructureNumber, structure_names
from l3s1.scene import Anatomy
from l3s1.vocabulary import EVIDENCE_LABEL, Layer, MotionSegment, Side, Trust, Vertebra

GROUP_LABEL = {
    "bones": "Bones",
    "joints_and_discs": "Joints and discs",
    "nerves": "Nerves",
    "ligaments": "Ligaments",
    "vessels": "Vessels",
    "muscles": "Muscles",
}

LAYER_LABEL = {layer.value: layer.value.capitalize() for layer in Layer}

_SIDES = {side.value for side in Side}
_LEVELS = {*(each.value for each in Vertebra), *(each.value for each in MotionSegment), "sacrum"}

_VIEW_OF_STEM = {
    "vertebral_body": "anterior",
    "body": "anterior",
    "superior_end_plate": "superior",
    "inferior_end_plate": "anterior",
    "end_plate": "superior",
    "pedicle": "lateral",
    "spinous_process": "posterior",
    "pars_interarticularis": "oblique",
    "annulus_fibrosus": "anterior",
    "nerve_root": "lateral",
    "dorsal_root_ganglion": "lateral",
    "anterior_longitudinal_ligament": "anterior",
    "abdominal_aorta": "anterior",
    "inferior_vena_cava": "anterior",
    "common_iliac_artery": "anterior",
    "common_iliac_vein": "anterior",
    "superior_hypogastric_plexus": "anterior",
    "psoas_major": "anterior",
}
"""The named view that shows a structure best; 'posterior' where it is not named."""

_AROUND = {"standard_deviation": "SD", "standard_error": "SE"}

_CUT = {
    "nucleus_pulposus": ("axial:{level}", "superior"),
    "dural_sac": ("sagittal:0", "left_lateral"),
    "conus_medullaris": ("sagittal:0", "left_lateral"),
    "cauda_equina": ("sagittal:0", "left_lateral"),
    "posterior_longitudinal_ligament": ("sagittal:0", "left_lateral"),
}
"""The cut that lays a structure open which bone or disc hides from everywhere, and its view."""

_CONTAINER = {
    "nucleus_pulposus": "{level}.annulus_fibrosus",
    "conus_medullaris": "dural_sac",
    "cauda_equina": "dural_sac",
}


@dataclass(frozen=True)
class ModelStructure:
    """A structure of the model with its words.

    `level` is a bone or motion segment; `place` says where it is among those of its kind ("L4,
    left"); `inside` is what hides it from outside whatever is peeled off; `cut` is the section that
    lays it open, or "".
    """

    id: str
    kind: Structure
    name: str
    place: str
    part: str
    tissue: str
    layer: Layer
    level: str | None
    side: str | None
    view: str
    cut: str
    inside: str | None

    @property
    def is_iliac(self) -> bool:
        """Whether it is or holds the ilium, which stands in the way of L5 and S1."""
        return self.id.startswith(("iliac_crest.", "iliolumbar_ligament."))

    def as_json(self) -> dict[str, Any]:
        """The structure as the page reads it."""
        return {
            "id": self.id,
            "kind": self.kind.id,
            "name": self.name,
            "place": self.place,
            "part": self.part,
            "tissue": self.tissue,
            "layer": self.layer.value,
            "level": self.level,
            "side": self.side,
            "view": self.view,
            "cut": self.cut,
            "inside": self.inside,
        }


def list_structures(content: Content, anatomy: Anatomy) -> tuple[ModelStructure, ...]:
    """All structures of the model, in the order of the content's names.

    Raises `KeyError` where the content has no words for one of them.
    """
    parts = {name: part for part in anatomy.parts for name in (part.name, *part.structures)}
    order = {name: place for place, name in enumerate(structure_names())}
    names = sorted(anatomy.structures, key=lambda name: order.get(name, len(order)))
    return tuple(_structure(content, name, parts[name], set(names)) for name in names)


def _structure(content: Content, name: str, part: Any, known: set[str]) -> ModelStructure:
    words = name.split(".")
    side = words.pop() if words[-1] in _SIDES else None
    level = words[0] if words[0] in _LEVELS else None
    stem = words[-1]
    owner = None if level is None else level.replace("-", "–")
    place = ", ".join(each for each in (owner, side) if each)
    cut, view = _CUT.get(stem, ("", _VIEW_OF_STEM.get(stem, "posterior")))
    if view == "lateral":
        view = f"{side or Side.LEFT.value}_lateral"
    inside = _CONTAINER.get(stem, "").format(level=level) or None
    return ModelStructure(
        id=name,
        kind=content.structure_of(name),
        name=content.say_structure(name),
        place=place,
        part=part.name,
        tissue=part.tissue.value,
        layer=part.layer,
        level=level,
        side=side,
        view=view,
        cut=cut.format(level=level),
        inside=inside if inside in known else None,
    )


def known(content: Content, fact: str) -> dict[str, Any]:
    """How well a fact is known, as every number of the page shows it."""
    record = content.facts[fact]
    return {
        "fact": fact,
        "evidence": record.evidence.value,
        "evidence_label": EVIDENCE_LABEL[record.evidence],
        "marks": marks_of(record),
    }


def marks_of(fact: Fact) -> list[str]:
    """The word labels that go with a fact's numbers."""
    marks = {
        "quoted": fact.trust is Trust.SECONDARY,
        "unsourced": fact.trust is Trust.UNVERIFIED,
    }
    return [mark for mark, holds in marks.items() if holds]


def describe_kind(content: Content, kind: Structure) -> dict[str, Any]:
    """A kind of structure as the page reads it."""
    return {
        "id": kind.id,
        "name": kind.name,
        "latin": kind.latin,
        "group": kind.group,
        "what": kind.what,
        "surgeon": kind.surgeon,
        "levels_differ": kind.levels_differ,
        "numbers": [
            {
                "label": row.label,
                **known(content, row.fact),
                "values": _values(content, row),
            }
            for row in kind.numbers
        ],
        "facts": list(kind.all_facts),
        "confused_with": [
            {"kind": miss.structure, "tell_apart": miss.tell_apart} for miss in kind.confused_with
        ],
    }


def _values(content: Content, row: StructureNumber) -> list[dict[str, Any]]:
    """The values of a row; told by their level where that tells them apart."""
    values = [content.facts[row.fact].value(name) for name in row.values]
    levels = [value.where for value in values]
    by_level = None not in levels and len(set(levels)) == len(levels) > 1
    return [
        {
            "text": f"{value.where.replace('-', '–')}: {say_briefly(content, row.fact, value.name)}"
            if by_level and value.where
            else say_value(value),
            "where": value.where,
        }
        for value in values
    ]


def describe_comparison(content: Content) -> list[dict[str, Any]]:
    """Every dimension that is compared from level to level, as the page reads it."""
    return [
        {
            "id": each.id,
            "label": each.label,
            "kind": each.structure,
            "unit": each.unit,
            "series": [
                {
                    "label": series.label,
                    **known(content, series.fact),
                    "texts": {
                        level: say_briefly(content, series.fact, name)
                        for level, name in series.values.items()
                    },
                    "amounts": {
                        level: content.facts[series.fact].value(name).estimate
                        for level, name in series.values.items()
                    },
                }
                for series in each.series
            ],
            "change": each.change,
            "matters": each.matters,
            "facts": list(each.all_facts),
        }
        for each in content.comparisons.values()
    ]


def say_briefly(content: Content, fact: str, name: str) -> str:
    """A value of a fact in as few words as a table has room for: "9.3 mm, SD 1.9"."""
    value = content.facts[fact].value(name)
    if value.estimate is None:
        return say_amount(content, fact, name)
    said = say_number(value.estimate, value.unit)
    if value.low is None or value.high is None or value.spread is None:
        return said
    ends = (say_number(value.low, "count"), say_number(value.high, "count"))
    spread = " to ".join(dict.fromkeys(ends))
    return f"{said}, {_AROUND.get(value.spread, '')} {spread}".replace(",  ", ", ")


def say_amount(content: Content, fact: str, name: str) -> str:
    """A value of a fact in words, without its own label: "9.3 mm (standard deviation …)"."""
    value = content.facts[fact].value(name)
    return say_value(value).removeprefix(f"{value.label}: ")
