"""The alignment workbench: pelvis and lumbar spine from the side, to set, to plan, to measure.

The page computes and draws all of it by itself (see `widgets/frontend`); Python holds the same
state, works out the same, and says it in words.
"""

from __future__ import annotations

import gzip
from functools import cache
from typing import Any

import traitlets

from l3s1.activities.alignment_state import STATE, AlignmentState
from l3s1.activities.widget import ActivityWidget
from l3s1.activities.wording import pack_origins
from l3s1.content import Content, load_content
from l3s1.content.paths import lateral_pack_path
from l3s1.scene.shared_files import SharedFile, answering, hashed_name
from l3s1.scene.static import static_file


@cache
def workbench_file() -> SharedFile:
    """The workbench's own code as pages ask for it: once a browser, not with each view."""
    content = static_file("alignment.js").read_bytes()
    packed = cache(lambda: gzip.compress(content, compresslevel=6, mtime=0))
    return SharedFile(hashed_name("alignment.js", content), packed)


@cache
def lateral_file() -> SharedFile:
    """The bones as seen from the left; the file is a gzip already."""
    content = lateral_pack_path().read_bytes()
    return SharedFile(hashed_name("lateral.bin", content), lambda: content)


def _shown(kind: Any) -> Any:
    return kind.tag(sync=True)


class AlignmentWorkbenchActivity(ActivityWidget):
    """The workbench of lesson 03, as a student handles it: explore, plan, measure.

    Its state (`mode`, `incidence`, `tilt` and so on, see `AlignmentState`) may be given by name and
    is that of `state`, kept the same both ways.
    """

    _esm = static_file("alignment_workbench.js")
    _css = static_file("alignment_workbench.css")

    _workbench_file = _shown(traitlets.Unicode())
    _lateral_file = _shown(traitlets.Unicode())
    body = _shown(traitlets.Dict())
    norms = _shown(traitlets.Dict())
    origins_gz = _shown(traitlets.Bytes())
    link_state = _shown(traitlets.Bool(True, help="Whether this view owns the page's link"))
    link_base = _shown(traitlets.Unicode())

    mode = _shown(traitlets.Unicode())
    incidence = _shown(traitlets.Float())
    tilt = _shown(traitlets.Float())
    segments = _shown(traitlets.List())
    posture = _shown(traitlets.Unicode())
    age = _shown(traitlets.Float())
    global_tilt = _shown(traitlets.Float(None, allow_none=True))
    sva = _shown(traitlets.Float(None, allow_none=True))
    cages = _shown(traitlets.Dict())
    pelvis = _shown(traitlets.Unicode())
    seed = _shown(traitlets.Int())
    points = _shown(traitlets.Dict())
    hidden = _shown(traitlets.List())

    def __init__(self, content: Content | None = None, **state: Any) -> None:
        content = content or load_content()
        self.state = AlignmentState(content, **state)
        published = self.state.published
        code, bones = workbench_file(), lateral_file()
        super().__init__(
            _workbench_file=code.name,
            _lateral_file=bones.name,
            body=published.body,
            norms=published.norms,
            origins_gz=pack_origins(content, published.facts),
        )
        for name in STATE:
            traitlets.link((self.state, name), (self, name))
        self.on_msg(answering(code, bones))

    @traitlets.validate(*STATE)
    def _valid_in_state(self, proposal: Any) -> Any:
        """Let the state refuse what can't be shown before the page hears of it."""
        name = proposal.trait.name
        setattr(self.state, name, proposal.value)
        return getattr(self.state, name)

    def text_twin(self) -> str:
        """What is shown now, in words."""
        return self.state.text_twin()
