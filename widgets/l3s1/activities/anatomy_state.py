"""The state of the anatomy explorer: what is chosen and shown; no widget, no picture."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import traitlets

from l3s1.activities.anatomy_catalogue import ModelStructure, list_structures
from l3s1.activities.anatomy_tasks import build_pool
from l3s1.activities.anatomy_variants import describe_variants
from l3s1.activities.anatomy_words import describe_state
from l3s1.content import Content
from l3s1.models.anatomy.pack_header import read_pack_header
from l3s1.models.canal_reading import read_canal_area
from l3s1.models.find_it import MOST_SEED, Target, Task, draw_round
from l3s1.scene import Anatomy
from l3s1.scene.anatomy import unknown_names
from l3s1.scene.anatomy_scene import LEAST_HEIGHT, MOST_SLIP, VIEWS
from l3s1.vocabulary import Layer

MODES = ("explore", "compare", "variants", "find")
RESULTS = ("first", "later", "shown", "skipped")
REACH_MM = {"axial": (-70.0, 150.0), "sagittal": (-50.0, 50.0), "coronal": (-60.0, 75.0)}
"""How far a section may lie from the middle of the S1 end plate; the page's sliders end there."""

SHARES = {"slip": (0.0, MOST_SLIP), "disc_height": (LEAST_HEIGHT, 1.0)}
"""How far the model may slip and how low its discs may be."""

STATE = (
    "mode",
    "structure",
    "view",
    "peeled",
    "section",
    "explode",
    "labels",
    "posture",
    "hidden",
    "isolated",
    "slip",
    "disc_height",
    "facet_hypertrophy",
    "flavum_thickening",
    "sex",
    "stature",
    "levels",
    "segment",
    "seed",
    "results",
)
"""The traits that make up the state; the page has the same."""

_SECTION = re.compile(r"(axial|sagittal|coronal):(-?\d{1,3}(?:\.\d{1,2})?)")
_PAIR = 2


def _names() -> traitlets.List[str]:
    return traitlets.List(traitlets.Unicode())


def _shares() -> traitlets.Dict[str, float]:
    return traitlets.Dict(value_trait=traitlets.Float(), key_trait=traitlets.Unicode())


class AnatomyExplorerState(traitlets.HasTraits):
    """What the explorer shows.

    `structure` is the selected one, or "". `peeled` counts layers taken off from outside. `section`
    is "", "axial:L4-L5" (through that disc), or a plane and mm, as in "sagittal:0". `slip` and
    `disc_height` hold shares by motion segment. `levels` are the two that are compared. `results`
    says how the round's tasks so far were solved, one of `RESULTS` each. At the start the iliac
    crests and the ligaments to them are hidden: they stand in front of L5 and S1.

    Raises `traitlets.TraitError` that says what would be right where a value is not.
    """

    mode = traitlets.Enum(MODES, "explore")
    structure = traitlets.Unicode("L4")
    view = traitlets.Enum(VIEWS, "oblique")
    peeled = traitlets.Int(2, min=0, max=len(Layer) - 1)
    section = traitlets.Unicode("")
    explode = traitlets.Float(0.0, min=0.0, max=1.0)
    labels = traitlets.Bool(False)
    posture = traitlets.Enum(("standing", "supine"), "standing")
    hidden = _names()
    isolated = _names()
    slip = _shares()
    disc_height = _shares()
    facet_hypertrophy = traitlets.Float(0.0, min=0.0, max=1.0)
    flavum_thickening = traitlets.Float(0.0, min=0.0, max=1.0)
    sex = traitlets.Unicode("")
    stature = traitlets.Float(0.0)
    levels = traitlets.List(traitlets.Unicode(), ["L3", "L5"], minlen=_PAIR, maxlen=_PAIR)
    segment = traitlets.Unicode("L4-L5")
    seed = traitlets.Int(1, min=1, max=MOST_SEED)
    results = traitlets.List(traitlets.Enum(RESULTS))

    def __init__(self, content: Content, anatomy: Anatomy, **state: Any) -> None:
        unknown = [name for name in state if name not in STATE]
        if unknown:
            raise traitlets.TraitError(unknown_names("an explorer has no", unknown, STATE))
        self.content = content
        self.anatomy = anatomy
        self.structures: tuple[ModelStructure, ...] = list_structures(content, anatomy)
        self.by_id = {each.id: each for each in self.structures}
        header = read_pack_header(anatomy.file.gzipped())
        self._canal_tables: dict[str, Any] = header.get("canal_area", {})
        self.variants: dict[str, Any] = describe_variants(content, header)
        self.pool: tuple[Target, ...] = build_pool(self.structures)
        self.comparable = _comparable(content, anatomy)
        by_key = {each["sets"]: each for each in self.variants["list"]}
        usual = {
            "sex": by_key["sex"]["options"][0]["id"],
            "stature": by_key["stature"]["usual"],
            "hidden": [each.id for each in self.structures if each.is_iliac],
        }
        super().__init__(**{**usual, **state})

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The tasks of the round that `seed` draws."""
        return draw_round(self.seed, self.pool)

    def variant(self, key: str) -> dict[str, Any]:
        """The variant that sets the part `key` of the state, as the page reads it."""
        return next(each for each in self.variants["list"] if each["sets"] == key)

    def scale(self) -> tuple[float, float, float]:
        """How far sex and stature stretch the model along x, y and z."""
        x, y, z = self.content.scale("sex", self.sex)
        size = self.content.scale("stature", self.stature)[2]
        return x * size, y * size, z * size

    def canal_areas(self) -> dict[str, float]:
        """Area left for the dural sac, mm² by motion segment, with the variants that are set."""
        return {
            segment: read_canal_area(
                table,
                {
                    "slip": self.slip.get(segment, 0.0),
                    "disc_height": self.disc_height.get(segment, 1.0),
                    "facet_hypertrophy": self.facet_hypertrophy,
                    "flavum_thickening": self.flavum_thickening,
                },
            )
            for segment, table in self._canal_tables.items()
            if segment in self.variant("slip")["segments"]
        }

    def text_twin(self) -> str:
        """What is shown now, in words."""
        return describe_state(self)

    @traitlets.validate("structure")
    def _valid_structure(self, proposal: Any) -> Any:
        if proposal.value:
            _refuse("the model has no structure", [proposal.value], self.by_id)
        return proposal.value

    @traitlets.validate("hidden", "isolated")
    def _valid_structures(self, proposal: Any) -> Any:
        _refuse(f"{proposal.trait.name}: the model has no structure", proposal.value, self.by_id)
        return proposal.value

    @traitlets.validate("slip", "disc_height")
    def _valid_shares(self, proposal: Any) -> Any:
        name = proposal.trait.name
        _refuse(f"{name}: there is no segment", proposal.value, self.variant(name)["segments"])
        low, high = SHARES[name]
        if not all(low <= share <= high for share in proposal.value.values()):
            raise traitlets.TraitError(f"{name}: give shares of {low:g} to {high:g}")
        return proposal.value

    @traitlets.validate("segment")
    def _valid_segment(self, proposal: Any) -> Any:
        _refuse("there is no segment", [proposal.value], self.variant("slip")["segments"])
        return proposal.value

    @traitlets.validate("levels")
    def _valid_levels(self, proposal: Any) -> Any:
        _refuse("levels: can't compare", proposal.value, self.comparable)
        if len(set(proposal.value)) < _PAIR:
            raise traitlets.TraitError("levels: give two different ones, such as ['L3', 'L5']")
        return proposal.value

    @traitlets.validate("sex")
    def _valid_sex(self, proposal: Any) -> Any:
        options = [each["id"] for each in self.variant("sex")["options"]]
        _refuse("sex: there is no option", [proposal.value], options)
        return proposal.value

    @traitlets.validate("stature")
    def _valid_stature(self, proposal: Any) -> Any:
        low, high = self.variant("stature")["low"], self.variant("stature")["high"]
        if not low <= proposal.value <= high:
            raise traitlets.TraitError(f"stature: give {low:g} to {high:g} cm")
        return proposal.value

    @traitlets.validate("section")
    def _valid_section(self, proposal: Any) -> Any:
        text = proposal.value
        if text in {"", *(f"axial:{name}" for name in self.anatomy.segments)}:
            return text
        found = _SECTION.fullmatch(text)
        if found:
            low, high = REACH_MM[found[1]]
            if low <= float(found[2]) <= high:
                return text
            raise traitlets.TraitError(f"section: {found[1]} ones lie at {low:g} to {high:g} mm")
        discs = ", ".join(self.anatomy.segments)
        raise traitlets.TraitError(
            f"section: {text!r} means nothing; give '', 'axial:L4-L5' or a plane and mm, as in "
            f"'sagittal:0' (planes: {', '.join(REACH_MM)}; discs: {discs})"
        )


def _comparable(content: Content, anatomy: Anatomy) -> tuple[str, ...]:
    """The vertebrae that the comparison has numbers of and the model has bones of."""
    named = {
        level
        for comparison in content.comparisons.values()
        for series in comparison.series
        for level in series.values
    }
    bones = [("S1" if bone == "sacrum" else bone) for bone in anatomy.bones]
    return tuple(bone for bone in bones if bone in named)


def _refuse(what: str, names: Iterable[str], known: Iterable[str]) -> None:
    choices = list(known)
    unknown = [name for name in names if name not in choices]
    if unknown:
        raise traitlets.TraitError(unknown_names(what, unknown, choices))
