"""The 3D view of the lumbar spine as a widget: its state as traits, what is picked as events."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import traitlets

from l3s1.scene.anatomy import Anatomy, unknown_names
from l3s1.scene.scene_words import VIEW_WORDS, describe
from l3s1.scene.shared_files import answering, engine_file
from l3s1.scene.spoken_widget import SpokenWidget
from l3s1.scene.static import static_file
from l3s1.vocabulary import Layer

PLANES = ("axial", "sagittal", "coronal")
VIEWS = tuple(VIEW_WORDS)
STATE = (
    "peeled",
    "hidden",
    "isolated",
    "opacity",
    "colour",
    "highlight",
    "labels",
    "explode",
    "section",
    "view",
    "posture",
    "slip",
    "disc_height",
    "morph",
    "scale",
    "arranged",
    "measuring",
    "tips",
)
"""The traits that make up what is shown; `widgets/frontend/src/scene/types.ts` has the same."""

LEAST_HEIGHT = 0.2
MOST_SLIP = 0.5


def _names(text: str) -> traitlets.List[str]:
    return traitlets.List(traitlets.Unicode(), help=text).tag(sync=True)


def _shares(text: str, low: float, high: float) -> traitlets.Dict[str, float]:
    return traitlets.Dict(
        value_trait=traitlets.Float(min=low, max=high), key_trait=traitlets.Unicode(), help=text
    ).tag(sync=True)


class AnatomyScene(SpokenWidget):
    """A 3D picture of `anatomy`; every trait may be given by name and changed at any time.

    Structures are parts ("L4", "dural_sac") or regions of parts ("L4.pedicle.left"). A change
    sends only the traits that change. Raises `traitlets.TraitError` that says what is wrong and
    what would be right where a value can't be shown.
    """

    _esm = static_file("anatomy_scene.js")
    _css = static_file("anatomy_scene.css")

    peeled = traitlets.Int(
        0,
        min=0,
        max=len(Layer) - 1,
        help="Layers taken off from outside: 0 none … 5 all but the bones.",
    ).tag(sync=True)
    hidden = _names("Structures not drawn.")
    isolated = _names("Only these structures are drawn, also where peeled; empty: all.")
    opacity = _shares("0 … 1 by structure; else 1, of muscle about a half.", 0.0, 1.0)
    colour = traitlets.Dict(
        value_trait=traitlets.Unicode(),
        key_trait=traitlets.Unicode(),
        help="CSS colour by structure, in place of its tissue's.",
    ).tag(sync=True)
    highlight = _names("Structures drawn in the accent colour.")
    labels = _names("Structures named beside the picture.")
    explode = traitlets.Float(0.0, min=0.0, max=1.0, help="0 assembled … 1 pulled apart.").tag(
        sync=True
    )
    section = traitlets.Instance(
        dict,
        allow_none=True,
        help="A cut: {'plane': 'axial', 'at': mm, 'segment': 'L4-L5' or None}; None for none. "
        "'at' is counted from the S1 end plate, with 'from_disc': True from the segment's disc.",
    ).tag(sync=True)
    view = traitlets.Enum(VIEWS, "oblique", help="The named view.").tag(sync=True)
    posture = traitlets.Enum(("standing", "supine"), "standing", help="How it lies.").tag(sync=True)
    slip = _shares("By motion segment: share of the end plate's depth, 0 … 0.5.", 0.0, MOST_SLIP)
    disc_height = _shares("By motion segment: share of disc height kept.", LEAST_HEIGHT, 1.0)
    morph = _shares("'facet_hypertrophy', 'flavum_thickening': 0 … 1.", 0.0, 1.0)
    scale = traitlets.List(
        traitlets.Float(min=0.5, max=2.0),
        [1.0, 1.0, 1.0],
        minlen=3,
        maxlen=3,
        help="Scale of the whole model along x, y and z.",
    ).tag(sync=True)
    arranged = _names("Bones set side by side, each upright; empty: as they lie in the spine.")
    measuring = traitlets.Bool(False, help="Whether two picked points are measured.").tag(sync=True)
    tips = traitlets.Bool(True, help="Whether what is under the pointer is named.").tag(sync=True)

    picked = traitlets.Instance(
        dict, allow_none=True, help="What was picked: {'structure', 'part', 'point': mm}."
    ).tag(sync=True)
    hovered = traitlets.Instance(
        dict, allow_none=True, help="What lies under the pointer, in the same form."
    ).tag(sync=True)
    measurement = traitlets.Instance(
        dict, allow_none=True, help="The last one: {'from', 'to', 'mm'}."
    ).tag(sync=True)

    _engine_file = traitlets.Unicode().tag(sync=True)
    _pack_file = traitlets.Unicode().tag(sync=True)
    _text = traitlets.Unicode().tag(sync=True)
    _pictures = traitlets.Dict(help="File of each view and theme, for pages without WebGL.").tag(
        sync=True
    )

    def __init__(self, anatomy: Anatomy, **state: Any) -> None:
        unknown = [name for name in state if name not in STATE]
        if unknown:
            raise traitlets.TraitError(unknown_names("a scene has no", unknown, STATE))
        self.anatomy = anatomy
        engine = engine_file()
        super().__init__(
            **state,
            _engine_file=engine.name,
            _pack_file=anatomy.file.name,
            _pictures={name: file.name for name, file in anatomy.pictures.items()},
        )
        self._say()
        self.observe(self._say, list(STATE))
        self.on_msg(answering(engine, anatomy.file, *anatomy.pictures.values()))

    def state(self) -> dict[str, Any]:
        """What is shown now, by trait."""
        return {name: getattr(self, name) for name in STATE}

    def text_twin(self) -> str:
        """What is shown now, in words."""
        return describe(self.anatomy, self.state())

    def _say(self, _change: Any = None) -> None:
        self._text = self.text_twin()

    def on_pick(self, handler: Callable[[dict[str, Any] | None], None]) -> None:
        """Call `handler` with each structure that is picked, None where nothing was."""
        self.observe(lambda change: handler(change.new), "picked")

    @traitlets.validate(
        "hidden", "isolated", "highlight", "labels", "arranged", "opacity", "colour"
    )
    def _known_structures(self, proposal: Any) -> Any:
        _refuse_unknown(
            f"{proposal.trait.name}: the model has no structure",
            proposal.value,
            self.anatomy.structures,
        )
        return proposal.value

    @traitlets.validate("slip", "disc_height")
    def _known_segments(self, proposal: Any) -> Any:
        _refuse_unknown(
            f"{proposal.trait.name}: the model has no motion segment",
            proposal.value,
            self.anatomy.segments,
        )
        return proposal.value

    @traitlets.validate("morph")
    def _known_morphs(self, proposal: Any) -> Any:
        _refuse_unknown("morph: the model has no", proposal.value, self.anatomy.morphs)
        return proposal.value

    @traitlets.validate("section")
    def _right_section(self, proposal: Any) -> Any:
        section = proposal.value
        if section is None:
            return None
        known = ("plane", "at", "segment", "from_disc")
        unknown = [key for key in section if key not in known]
        _refuse_unknown("section: there is no", unknown, known)
        _refuse_unknown("section: there is no plane", [section.get("plane")], PLANES)
        at = section.get("at")
        if isinstance(at, bool) or not isinstance(at, int | float):
            raise traitlets.TraitError("section: `at` is a number of mm, such as 0.0")
        if section.get("segment") is not None:
            _refuse_unknown(
                "section: there is no segment", [section["segment"]], self.anatomy.segments
            )
        if section.get("from_disc") and section.get("segment") is None:
            raise traitlets.TraitError("section: `from_disc` needs a `segment`, such as 'L4-L5'")
        right = {"plane": section["plane"], "at": float(at), "segment": section.get("segment")}
        return {**right, "from_disc": True} if section.get("from_disc") else right


def _refuse_unknown(what: str, names: Any, known: tuple[str, ...]) -> None:
    unknown = [name for name in names if name not in known]
    if unknown:
        raise traitlets.TraitError(unknown_names(what, unknown, known))
