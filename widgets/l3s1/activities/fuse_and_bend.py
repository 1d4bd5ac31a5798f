"""Fuse levels of a bending spine one by one: what is lost, and where motion goes.

The page computes, draws and says all of it by itself (`widgets/frontend/src/motion`): Python fits
the curves once, holds the same state, and says the same in words.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import asdict
from functools import cache
from typing import Any

import traitlets

from l3s1.activities.fuse_and_bend_state import (
    DEPTH,
    FUSIBLE,
    LORDOSIS,
    PROTOCOLS,
    SLOPE,
    WIDEST_DEG,
    FuseAndBendState,
)
from l3s1.activities.motion_facts import (
    CONSTRUCTS,
    SAGITTAL,
    fused_curve,
    intact_curve,
    key,
    law,
    number,
    range_fact,
    say_segment,
)
from l3s1.activities.widget import ActivityWidget
from l3s1.activities.wording import pack_origins, say_number
from l3s1.content import Content, load_content
from l3s1.figures.fuse_and_bend import FREE, FUSED
from l3s1.models.motion.construct import BesideCurve, FusedCurve, SolidCurve
from l3s1.models.motion.spine import SEGMENTS
from l3s1.scene.plotly_bundle import PLOTLY, PLOTLY_FILE
from l3s1.scene.shared_files import SharedFile, answering, hashed_name
from l3s1.scene.static import static_file
from l3s1.vocabulary import EVIDENCE_LABEL

STATE = (
    "bend",
    "construct",
    "protocol",
    "selected",
    *(f"fused_{key(segment)}" for segment in FUSIBLE),
)
"""What the page and Python keep the same."""


@cache
def motion_file() -> SharedFile:
    """The view's own code as pages ask for it: once a browser, not with each view."""
    content = static_file("motion.js").read_bytes()
    packed = cache(lambda: gzip.compress(content, compresslevel=6, mtime=0))
    return SharedFile(hashed_name("motion.js", content), packed)


class FuseAndBendActivity(ActivityWidget):
    """The spine, with levels to fuse, a construct and a protocol to choose, and a bend to set.

    Its state (`bend`, `fused_l4_l5`, `construct` and so on, see `FuseAndBendState`) may be given by
    name and is that of `state`, kept the same both ways.
    """

    _esm = static_file("fuse_and_bend.js")
    _css = static_file("fuse_and_bend.css")

    _plotly_file = traitlets.Unicode(PLOTLY_FILE).tag(sync=True)
    _motion_file = traitlets.Unicode().tag(sync=True)
    spine_gz = traitlets.Bytes(help="What `describe_spine` gives, packed").tag(sync=True)
    origins_gz = traitlets.Bytes().tag(sync=True)

    bend = traitlets.Float().tag(sync=True)
    construct = traitlets.Unicode().tag(sync=True)
    protocol = traitlets.Unicode().tag(sync=True)
    selected = traitlets.Unicode().tag(sync=True)
    fused_l2_l3 = traitlets.Bool().tag(sync=True)
    fused_l3_l4 = traitlets.Bool().tag(sync=True)
    fused_l4_l5 = traitlets.Bool().tag(sync=True)
    fused_l5_s1 = traitlets.Bool().tag(sync=True)

    def __init__(self, content: Content | None = None, **state: Any) -> None:
        content = content or load_content()
        self.state = FuseAndBendState(content, **state)
        code = motion_file()
        described = describe_spine(self.state)
        super().__init__(
            _motion_file=code.name,
            spine_gz=gzip.compress(json.dumps(described, ensure_ascii=False).encode(), mtime=0),
            origins_gz=pack_origins(content, described["evidence"]),
        )
        for name in STATE:
            traitlets.link((self.state, name), (self, name))
        self.on_msg(answering(PLOTLY, code))

    @traitlets.validate(*STATE)
    def _valid_in_state(self, proposal: Any) -> Any:
        """Let the state refuse what can't be shown before the page hears of it."""
        name = proposal.trait.name
        setattr(self.state, name, proposal.value)
        return getattr(self.state, name)

    def text_twin(self) -> str:
        """All that the chart shows, in words."""
        return self.state.text_twin()


def describe_spine(state: FuseAndBendState) -> dict[str, Any]:
    """Everything that does not change while a page is open: it travels once, packed (JSON).

    `figure` is the chart of the state it starts from; what moves in it the page works out anew.
    """
    content = state.content
    shared = law(content)
    facts = [*map(range_fact, SEGMENTS), *(each.fact for each in CONSTRUCTS)]
    return {
        "link_name": state.link_name(),
        "start": {name: getattr(state, name) for name in STATE},
        "limits": state.limits(),
        "law": asdict(shared) | {"test": say_number(shared.test_moment_nm, "Nm")},
        "curves": {
            direction.value: {
                "intact": [_intact(content, segment, direction) for segment in SEGMENTS],
                "fused": {
                    each.id: [
                        _spring(fused_curve(content, segment, direction, each.id))
                        for segment in SEGMENTS
                    ]
                    for each in CONSTRUCTS
                },
            }
            for direction in SAGITTAL
        },
        "segments": [
            {
                "key": f"fused_{key(segment)}" if segment in FUSIBLE else "",
                "label": say_segment(segment),
                "fact": range_fact(segment),
                "lordosis_deg": number(content, LORDOSIS, key(segment)),
                "disc_mm": state.disc_mm(segment),
                "body_mm": state.body_mm(segment),
            }
            for segment in SEGMENTS
        ],
        "constructs": [
            {"id": each.id, "label": each.label, "fact": each.fact} for each in CONSTRUCTS
        ],
        "protocols": [[name, words] for name, words in PROTOCOLS.items()],
        "drawing": {
            "slope_deg": number(content, *SLOPE),
            "depth_mm": number(content, *DEPTH),
            "widest_deg": WIDEST_DEG,
            "free": FREE,
            "fused": FUSED,
        },
        "figure": state.figure(),
        "caption": state.caption(),
        "head": state.head(),
        "evidence": {name: content.facts[name].evidence.value for name in facts},
        "evidence_labels": {level.value: label for level, label in EVIDENCE_LABEL.items()},
    }


def _intact(content: Content, segment: str, direction: Any) -> dict[str, float]:
    curve = intact_curve(content, segment, direction)
    return {"scale_nm": curve.scale_nm, "rate_per_deg": curve.rate_per_deg}


def _spring(curve: FusedCurve) -> dict[str, Any] | None:
    """The spring of a construct and whether tissue stands beside it; None for solid bone."""
    if isinstance(curve, SolidCurve):
        return None
    return {
        "nm_per_deg": curve.spring_nm_per_deg,
        "beside_tissue": isinstance(curve, BesideCurve),
    }
