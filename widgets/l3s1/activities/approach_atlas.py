"""Ways to a disc in sections of the model: what each reaches, meets and puts at risk."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import traitlets

from l3s1.activities.anatomy import course_pack
from l3s1.activities.approach_rows import HEAD, approach_rows
from l3s1.activities.figure_activity import FigureActivity, FigureState, choice
from l3s1.activities.readings import Reading
from l3s1.content import Content, load_content
from l3s1.figures.approach_atlas import (
    AtlasPicture,
    Corridor,
    Name,
    build_approach_atlas_figure,
)
from l3s1.models.anatomy.section import (
    Outline,
    area_met,
    cut_parts,
    disc_plane,
    sagittal_plane,
    signed_area,
    simplified,
    strip_ring,
    wound,
)
from l3s1.scene.words import say_list
from l3s1.vocabulary import Tissue

if TYPE_CHECKING:
    from l3s1.content.approaches import Approach, ApproachLevel
    from l3s1.figures.theme import Spec
    from l3s1.models.bones.sdf import Array

SEGMENTS = {"L3-L4": "L3–L4", "L4-L5": "L4–L5", "L5-S1": "L5–S1"}
AXIAL, LATERAL = "axial", "lateral"
SECTIONS = {AXIAL: "axial, through the disc", LATERAL: "from the left, in the midline"}
REACH = {
    "usual": "usual",
    "limited": "with limits",
    "unusual": "not usual",
    "no_source": "no source read",
}
NONE = "none"

_LENGTH_MM = 165.0
_FEWER_MM = 0.15
_LEAST_MM2 = 1.0
_CREST = "iliac_crest"
_PSOAS = "psoas_major"
_BESIDE = (_PSOAS, "erector_spinae")
_SMALL = frozenset({"cauda_equina", "superior_hypogastric_plexus"})
_NAMED_MM2 = 40.0
_ROOT_MM2 = 15.0
_TARGETS = (Tissue.ANNULUS, Tissue.NUCLEUS, Tissue.LIGAMENT)
_SIDES = {
    Tissue.ARTERY: ("top left", "top right"),
    Tissue.VEIN: ("bottom left", "bottom right"),
}
_VERTEBRAE = frozenset({"L2", "L3", "L4", "L5", "sacrum"})
_WITHIN = frozenset({"cauda_equina"})
"""Parts that lie within another one, which is named instead."""
_WHOLE = {"superior_hypogastric_plexus": "superior hypogastric plexus"}
_ROLES = {
    "back": "strips or splits",
    "psoas": "splits",
    "bone": "meets bone of",
    "aside": "has to hold aside",
    "bar": "runs into",
}
_NOTHING = "In the model its corridor meets no structure before the disc."
_ABSENT = (
    "Not in the model: the nerves that run in the psoas, sympathetic trunk, segmental vessels, "
    "ureter, peritoneum and bowel."
)
_END_ON = 0.45
"""A corridor whose direction has a smaller share in a section runs at the reader."""


@cache
def outlines(segment: str) -> tuple[Outline, ...]:
    """What the plane of a disc cuts, x to the patient's left and y posterior (mm)."""
    plane = disc_plane(course_pack().header["segments"][segment])
    return tuple(cut_parts(course_pack().parts, plane))


@cache
def _midline() -> tuple[Outline, ...]:
    return tuple(cut_parts(course_pack().parts, sagittal_plane(0.0)))


@cache
def _crest() -> tuple[tuple[float, float], ...]:
    """The top of the left iliac crest from the left: (posterior, superior) mm."""
    crest = next(part for part in course_pack().parts if part.name == f"{_CREST}.left")
    seen = crest.mesh.vertices[:, 1:]
    steps = np.floor(seen[:, 0] / 4.0).astype(int)
    tops = [seen[steps == step][seen[steps == step][:, 1].argmax()] for step in np.unique(steps)]
    return tuple((float(y), float(z)) for y, z in tops)


def corridor_rings(level: ApproachLevel) -> list[Array]:
    """The strips of a level as rings (4, 2) in its disc's plane."""
    return [
        strip_ring(strip.at, strip.from_deg, strip.width_mm, _LENGTH_MM) for strip in level.strips
    ]


@cache
def _met(segment: str, rings: tuple[tuple[tuple[float, float], ...], ...]) -> tuple[str, ...]:
    found = []
    for outline in outlines(segment):
        if outline.tissue in _TARGETS:
            continue
        area = sum(area_met(outline, np.array(ring)) for ring in rings)
        if area >= _LEAST_MM2:
            found.append(outline.name)
    return tuple(found)


def parts_met(approach: Approach, segment: str) -> tuple[str, ...]:
    """The model's parts in an approach's corridor; the disc itself and ligaments left out."""
    rings = corridor_rings(approach.levels[segment])
    return _met(segment, tuple(tuple((float(x), float(y)) for x, y in ring) for ring in rings))


class ApproachAtlasState(FigureState):
    """Which approaches, at which disc, in which section."""

    approach = traitlets.Unicode("tlif")
    other = traitlets.Unicode("llif")
    segment = traitlets.Enum(list(SEGMENTS), "L4-L5")
    section = traitlets.Enum(list(SECTIONS), AXIAL)

    @traitlets.validate("approach", "other")
    def _valid_approach(self, proposal: dict[str, Any]) -> str:
        name = str(proposal["value"])
        known = self.content.approaches
        if name in known or (name == NONE and proposal["trait"].name == "other"):
            return name
        raise traitlets.TraitError(f"no approach {name!r}; there are {', '.join(known)}")

    def chosen(self) -> tuple[Approach, ...]:
        """The approach, and the one it is compared with."""
        names = dict.fromkeys((self.approach, self.other))
        return tuple(self.content.approaches[name] for name in names if name != NONE)

    def picture(self) -> AtlasPicture:
        """All that the chart shows."""
        return self._axial() if self.section == AXIAL else self._lateral()

    def _axial(self) -> AtlasPicture:
        drawn = outlines(self.segment)
        corridors = tuple(
            Corridor(each.label, tuple(map(_pairs, corridor_rings(each.levels[self.segment]))))
            for each in self.chosen()
        )
        return AtlasPicture(
            _by_tissue(drawn),
            [*self._labels(drawn)],
            corridors,
            (),
            (-66.0, 136.0),
            (80.0, -52.0),
            ("right", "left"),
            f"<b>{SEGMENTS[self.segment]}</b>, seen from below",
        )

    def _lateral(self) -> AtlasPicture:
        corridors = tuple(self._from_the_left(each) for each in self.chosen())
        centres = {name: each["centre"] for name, each in course_pack().header["segments"].items()}
        names = [
            Name(words, (centres[name][1], centres[name][2])) for name, words in SEGMENTS.items()
        ]
        return AtlasPicture(
            _by_tissue(_midline()),
            [*names, Name("iliac crest, beside", _crest()[0], "top right")],
            corridors,
            _crest(),
            (-118.0, 112.0),
            (-40.0, 128.0),
            ("anterior", "posterior"),
            f"<b>{SEGMENTS[self.segment]}</b>, cut in the midline, the sides laid over",
        )

    def _from_the_left(self, approach: Approach) -> Corridor:
        """A corridor as the midline section shows it: a strip, or where it runs at the reader."""
        segment = course_pack().header["segments"][self.segment]
        centre, forward = np.array(segment["centre"]), np.array(segment["forward"])
        half = segment["disc_height_mm"] / 2.0 + 2.0
        up = np.array(segment["up"])[1:]
        rings, towards = [], []
        for strip in approach.levels[self.segment].strips:
            turn = np.radians(strip.from_deg)
            out = np.cos(turn) * forward[1:]
            end = centre[1:] - strip.at[1] * forward[1:]
            if abs(np.cos(turn)) < _END_ON:
                towards.append((float(end[0]), float(end[1])))
            else:
                far = end + out * _LENGTH_MM
                corners = [end - up * half, end + up * half, far + up * half, far - up * half]
                rings.append(_pairs(np.array(corners)))
        return Corridor(approach.label, tuple(rings[:1]), tuple(towards[:1]))

    def _labels(self, drawn: tuple[Outline, ...]) -> list[Name]:
        found = []
        for outline in drawn:
            if outline.tissue in _TARGETS or outline.name.endswith(".right"):
                continue
            if outline.name in _SMALL:
                continue
            ring = max(outline.rings, key=_area)
            if _area(ring) < (_ROOT_MM2 if outline.tissue is Tissue.NERVE else _NAMED_MM2):
                continue
            middle = ring.mean(0)
            if outline.tissue is Tissue.NERVE:
                edge = ring[ring[:, 0].argmax()]
                words = f"{outline.name.partition('.')[0]} root"
                found.append(Name(words, _point(edge), "middle right"))
                continue
            if outline.name.startswith(_BESIDE):  # other names stand where the muscle lies
                edge = ring[ring[:, 0].argmax()]
                found.append(Name(self._short(outline), _point(edge), "middle right"))
                continue
            side = _SIDES.get(outline.tissue)
            if side:  # a vessel's name stands beside it, to the side on which the vessel lies
                edge = ring[ring[:, 0].argmax() if middle[0] > 0.0 else ring[:, 0].argmin()]
                words = self._short(outline).replace(" ", "<br>", 1)
                found.append(Name(words, _point(edge), side[int(middle[0] > 0.0)]))
            else:
                found.append(Name(self._short(outline), _point(middle)))
        return found

    def _short(self, outline: Outline) -> str:
        if outline.name in _VERTEBRAE:
            return outline.name
        return self.content.say_structure(outline.name).removeprefix("left ")

    def figure(self) -> Spec:
        """The section with its corridors."""
        return build_approach_atlas_figure(self.picture())

    def said(self) -> str:
        """What each approach reaches at this disc, and what its corridor meets in the model."""
        return " ".join([*(self._said_of(each) for each in self.chosen()), _ABSENT])

    def _said_of(self, approach: Approach) -> str:
        level = approach.levels[self.segment]
        place = f"{approach.label} at {SEGMENTS[self.segment]}: {REACH[level.reach]}. {level.why}"
        met = [name for name in parts_met(approach, self.segment) if name not in _WITHIN]
        sentences = [
            f"{words} {say_list([self._say(name) for name in names])}"
            for words, names in (
                (words, [name for name in met if self._role(name) == role])
                for role, words in _ROLES.items()
            )
            if names
        ]
        if not sentences:
            return f"{place} {_NOTHING}"
        return f"{place} In the model its corridor {say_list(sentences)}."

    def _role(self, name: str) -> str:
        if name.startswith(_CREST):
            return "bar"
        if name.startswith(_PSOAS):
            return "psoas"
        tissue = next(each.tissue for each in outlines(self.segment) if each.name == name)
        return {Tissue.MUSCLE: "back", Tissue.BONE: "bone"}.get(tissue, "aside")

    def _say(self, name: str) -> str:
        if name in _VERTEBRAE:
            return name if name != "sacrum" else "the sacrum"
        return f"the {_WHOLE.get(name) or self.content.say_structure(name)}"

    def caption(self) -> str:
        """What the rows are."""
        return "What is published on reach and risk. Choose a row for its origin"

    def head(self) -> tuple[str, ...]:
        """Columns."""
        return HEAD

    def readings(self) -> tuple[Reading, ...]:
        """Reach at this disc, fact by fact, then risks."""
        return tuple(
            row
            for approach in self.chosen()
            for row in approach_rows(self.content, approach, self.segment)
        )


def _point(at: Array) -> tuple[float, float]:
    return float(at[0]), float(at[1])


def _pairs(ring: Array) -> tuple[tuple[float, float], ...]:
    return tuple((float(x), float(y)) for x, y in ring)


def _by_tissue(drawn: tuple[Outline, ...]) -> dict[Tissue, list[tuple[tuple[float, float], ...]]]:
    found: dict[Tissue, list[tuple[tuple[float, float], ...]]] = {}
    for outline in drawn:
        rings = found.setdefault(outline.tissue, [])
        rings += [_pairs(simplified(ring, _FEWER_MM)) for ring in wound(outline.rings)]
    return found


def _area(ring: Array) -> float:
    return abs(signed_area(ring))


class ApproachAtlasActivity(FigureActivity):
    """A section with the corridors of an approach and of one to compare it with."""

    state: ApproachAtlasState

    def __init__(self, content: Content | None = None, **state: Any) -> None:
        shown = ApproachAtlasState(content or load_content(), **state)
        known = [
            (f"{each.label}: {each.name}", each.id) for each in shown.content.approaches.values()
        ]
        segments = [(words, name) for name, words in SEGMENTS.items()]
        sections = [(words, name) for name, words in SECTIONS.items()]
        super().__init__(
            shown,
            [
                choice(shown, "approach", "Approach", known),
                choice(shown, "other", "Beside it", [("none", NONE), *known]),
                choice(shown, "segment", "Disc", segments),
                choice(shown, "section", "Section", sections),
            ],
        )
