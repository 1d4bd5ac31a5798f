"""The state of the alignment workbench: what is set; no widget, no picture."""

from __future__ import annotations

from math import isfinite
from typing import Any

import traitlets

from l3s1.activities.alignment_rules import Published, publish
from l3s1.activities.alignment_source import Source
from l3s1.activities.alignment_words import describe_state
from l3s1.content import Content
from l3s1.models.alignment.film import LANDMARKS, Film, class_of, draw_film, measure
from l3s1.models.alignment.reading import MODES, PELVES, POSTURES, Reading, Setting, read
from l3s1.models.alignment.spine import SEGMENTS, segment_limits
from l3s1.models.find_it import MOST_SEED
from l3s1.scene.anatomy import unknown_names

STATE = (
    "mode",
    "incidence",
    "tilt",
    "segments",
    "posture",
    "age",
    "global_tilt",
    "sva",
    "cages",
    "pelvis",
    "seed",
    "points",
    "hidden",
)
"""The traits that make up the state; the page has the same."""

ANGLES = ("incidence", "tilt", "slope", "lordosis", "low_lordosis", "segments", "plumb")
"""Angles that the picture can leave out."""

FARTHEST_MM = 1000.0
_PAIR = 2


class AlignmentState(traitlets.HasTraits):
    """What the workbench shows: `StateValues` of the front end's `types.ts`, by the same names.

    Angles are degrees, `segments` the lordosis of L1–L2 to L5–S1 (standing, before an operation),
    `age` years, `sva` mm. `global_tilt` and `sva` are None where no film of the whole spine gives
    them. `cages` holds the angle that a cage gives a disc, by segment. A tilt above the incidence
    would turn the sacral plate past level: it counts as the incidence, and the words say so.

    Raises `traitlets.TraitError` that says what would be right where a value is not.
    """

    mode = traitlets.Enum(MODES, "explore")
    incidence = traitlets.Float(50.0)
    tilt = traitlets.Float(12.0)
    segments = traitlets.List(traitlets.Float())
    posture = traitlets.Enum(POSTURES, "standing")
    age = traitlets.Float(50.0)
    global_tilt = traitlets.Float(None, allow_none=True)
    sva = traitlets.Float(None, allow_none=True)
    cages = traitlets.Dict(value_trait=traitlets.Float(), key_trait=traitlets.Unicode())
    pelvis = traitlets.Enum(PELVES, "follows")
    seed = traitlets.Int(1, min=1, max=MOST_SEED)
    points = traitlets.Dict(
        value_trait=traitlets.List(traitlets.Float(), minlen=_PAIR, maxlen=_PAIR),
        key_trait=traitlets.Unicode(),
    )
    hidden = traitlets.List(traitlets.Enum(ANGLES))

    def __init__(self, content: Content, **state: Any) -> None:
        unknown = [name for name in state if name not in STATE]
        if unknown:
            raise traitlets.TraitError(unknown_names("a workbench has no", unknown, STATE))
        self.content = content
        self.published: Published = publish(Source(content))
        self.rules = self.published.rules
        incidence = state.get("incidence", type(self).incidence.default_value)
        usual = {"segments": list(class_of(self.rules.segment_means, incidence).means)}
        super().__init__(**{**usual, **state})

    @property
    def clamped(self) -> bool:
        """Whether the tilt set is above the incidence, and counts as the incidence."""
        return self.tilt > self.incidence

    def setting(self) -> Setting:
        """The state as the models read it."""
        return Setting(
            incidence=self.incidence,
            tilt=min(self.tilt, self.incidence),
            segments=tuple(self.segments),
            mode=self.mode,
            posture=self.posture,
            age=self.age,
            global_tilt=self.global_tilt,
            sva=self.sva,
            cages=dict(self.cages),
            pelvis=self.pelvis,
        )

    def reading(self) -> Reading:
        """Everything that follows from the state."""
        return read(self.rules, self.setting())

    def film(self) -> Film:
        """The person on the film that `seed` draws."""
        rules = self.rules
        return draw_film(rules.body, rules.people, rules.segment_means, self.seed)

    def measured(self) -> dict[str, float | None]:
        """The angles that the clicked points make."""
        return measure({name: (point[0], point[1]) for name, point in self.points.items()})

    def text_twin(self) -> str:
        """What is shown now, in words."""
        return describe_state(self)

    @traitlets.validate("incidence", "tilt", "age", "global_tilt", "sva")
    def _valid_in_range(self, proposal: Any) -> Any:
        name, value = proposal.trait.name, proposal.value
        limits = self.published.norms["ranges"][name]
        if value is not None and not limits["low"] <= value <= limits["high"]:
            raise traitlets.TraitError(
                f"{name}: give {limits['low']:g} to {limits['high']:g} ({limits['label']})"
            )
        return value

    @traitlets.validate("segments")
    def _valid_segments(self, proposal: Any) -> Any:
        if len(proposal.value) != len(SEGMENTS):
            raise traitlets.TraitError(f"segments: give five angles, {', '.join(SEGMENTS)}")
        limits = segment_limits(self.rules.body)
        for name, angle, (low, high) in zip(SEGMENTS, proposal.value, limits, strict=True):
            if not low <= angle <= high:
                raise traitlets.TraitError(
                    f"segments: {name} can be {low:.1f} to {high:.1f}°; beyond, the plates would "
                    "press through each other"
                )
        return proposal.value

    @traitlets.validate("cages")
    def _valid_cages(self, proposal: Any) -> Any:
        unknown = [name for name in proposal.value if name not in SEGMENTS]
        if unknown:
            raise traitlets.TraitError(unknown_names("cages: there is no", unknown, SEGMENTS))
        limits = self.published.norms["ranges"]["cage"]
        if not all(limits["low"] <= each <= limits["high"] for each in proposal.value.values()):
            raise traitlets.TraitError(
                f"cages: give {limits['low']:g} to {limits['high']:g}° ({limits['label']})"
            )
        return proposal.value

    @traitlets.validate("points")
    def _valid_points(self, proposal: Any) -> Any:
        unknown = [name for name in proposal.value if name not in LANDMARKS]
        if unknown:
            raise traitlets.TraitError(unknown_names("points: there is no", unknown, LANDMARKS))
        for name, point in proposal.value.items():
            if not all(isfinite(mm) and abs(mm) <= FARTHEST_MM for mm in point):
                raise traitlets.TraitError(
                    f"points: {name} lies off the film; give mm, as [12, 90]"
                )
        return proposal.value
