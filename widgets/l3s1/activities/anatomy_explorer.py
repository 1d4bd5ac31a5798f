"""The anatomy explorer: find, compare, change and recognise the structures of the lumbar spine.

The page does all of it by itself (see `widgets/frontend`); Python holds the same state, can read
and set it, and says the same in words.
"""

from __future__ import annotations

import gzip
from functools import cache
from typing import Any

import traitlets

from l3s1.activities.anatomy import course_anatomy
from l3s1.activities.anatomy_catalogue import (
    GROUP_LABEL,
    LAYER_LABEL,
    describe_comparison,
    describe_kind,
)
from l3s1.activities.anatomy_state import STATE, AnatomyExplorerState
from l3s1.activities.widget import ActivityWidget
from l3s1.activities.wording import pack_origins
from l3s1.content import Content, load_content
from l3s1.scene import Anatomy
from l3s1.scene.shared_files import SharedFile, answering, engine_file, hashed_name
from l3s1.scene.static import static_file


@cache
def explorer_file() -> SharedFile:
    """The explorer's own code as pages ask for it: once a browser, not with each view."""
    content = static_file("explorer.js").read_bytes()
    packed = cache(lambda: gzip.compress(content, compresslevel=6, mtime=0))
    return SharedFile(hashed_name("explorer.js", content), packed)


def _shown(kind: Any) -> Any:
    return kind.tag(sync=True)


class AnatomyExplorerActivity(ActivityWidget):
    """The explorer of lesson 01, as a student handles it: one scene, four modes.

    Its state (`mode`, `structure`, `view` and so on, see `AnatomyExplorerState`) may be given by
    name and is that of `state`, kept the same both ways.
    """

    _esm = static_file("anatomy_explorer.js")
    _css = static_file("anatomy_explorer.css")

    _engine_file = _shown(traitlets.Unicode())
    _pack_file = _shown(traitlets.Unicode())
    _explorer_file = _shown(traitlets.Unicode())
    _pictures = _shown(traitlets.Dict())
    groups = _shown(traitlets.List())
    layers = _shown(traitlets.List())
    kinds = _shown(traitlets.List())
    structures = _shown(traitlets.List())
    comparison = _shown(traitlets.Dict())
    variants = _shown(traitlets.Dict())
    targets = _shown(traitlets.List())
    origins_gz = _shown(traitlets.Bytes())
    link_state = _shown(traitlets.Bool(True, help="Whether this view owns the page's link"))
    link_base = _shown(traitlets.Unicode())

    mode = _shown(traitlets.Unicode())
    structure = _shown(traitlets.Unicode())
    view = _shown(traitlets.Unicode())
    peeled = _shown(traitlets.Int())
    section = _shown(traitlets.Unicode())
    explode = _shown(traitlets.Float())
    labels = _shown(traitlets.Bool())
    posture = _shown(traitlets.Unicode())
    hidden = _shown(traitlets.List())
    isolated = _shown(traitlets.List())
    slip = _shown(traitlets.Dict())
    disc_height = _shown(traitlets.Dict())
    facet_hypertrophy = _shown(traitlets.Float())
    flavum_thickening = _shown(traitlets.Float())
    sex = _shown(traitlets.Unicode())
    stature = _shown(traitlets.Float())
    levels = _shown(traitlets.List())
    segment = _shown(traitlets.Unicode())
    seed = _shown(traitlets.Int())
    results = _shown(traitlets.List())

    def __init__(
        self,
        content: Content | None = None,
        anatomy: Anatomy | None = None,
        **state: Any,
    ) -> None:
        content = content or load_content()
        anatomy = anatomy or course_anatomy()
        self.state = AnatomyExplorerState(content, anatomy, **state)
        present = {structure.kind.id for structure in self.state.structures}
        kinds = [kind for kind in content.structures.values() if kind.id in present]
        place = {each.id: at for at, each in enumerate(self.state.structures)}
        engine, explorer = engine_file(), explorer_file()
        super().__init__(
            _engine_file=engine.name,
            _pack_file=anatomy.file.name,
            _explorer_file=explorer.name,
            _pictures={name: file.name for name, file in anatomy.pictures.items()},
            groups=[[group, label] for group, label in GROUP_LABEL.items()],
            layers=[[layer, label] for layer, label in LAYER_LABEL.items()],
            kinds=[describe_kind(content, kind) for kind in kinds],
            structures=[structure.as_json() for structure in self.state.structures],
            comparison={
                "levels": list(self.state.comparable),
                "dimensions": describe_comparison(content),
            },
            variants=self.state.variants,
            # by place in `structures`: names would be a fifth of all that is sent
            targets=[
                [place[target.structure], target.difficulty, [place[x] for x in target.distractors]]
                for target in self.state.pool
            ],
            origins_gz=pack_origins(content, self._facts(content)),
        )
        for name in STATE:
            traitlets.link((self.state, name), (self, name))
        self.on_msg(answering(engine, anatomy.file, explorer, *anatomy.pictures.values()))

    @traitlets.validate(*STATE)
    def _valid_in_state(self, proposal: Any) -> Any:
        """Let the state refuse what can't be shown before the page hears of it."""
        name = proposal.trait.name
        setattr(self.state, name, proposal.value)
        return getattr(self.state, name)

    @staticmethod
    def _facts(content: Content) -> list[str]:
        records = (content.structures, content.comparisons, content.variants)
        return [name for each in records for one in each.values() for name in one.all_facts]

    def text_twin(self) -> str:
        """What is shown now, in words."""
        return self.state.text_twin()
