"""The bone's state on a day, in 3D: loose chips, callus, bridges, and what a non-union looks like.

Stages and their words are the bars of the timeline's lane 'Bone healing'; between their days a
scheme is drawn (`models/bone_state.py`). The page draws by itself and follows the timeline's day.
"""

from __future__ import annotations

import gzip
from functools import cache
from typing import TYPE_CHECKING, Any

import traitlets

from l3s1.activities.anatomy import course_anatomy
from l3s1.activities.widget import ActivityWidget
from l3s1.activities.wording import pack_origins
from l3s1.content import Content, load_content
from l3s1.content.paths import construct_pack_path
from l3s1.models.bone_state import (
    BoneState,
    Moments,
    Site,
    Stage,
    compute_bone_state,
    compute_failed_state,
)
from l3s1.models.time_axis import HORIZON_D, SCALE_D, say_day
from l3s1.scene.shared_files import SharedFile, answering, engine_file, hashed_name
from l3s1.scene.static import static_file
from l3s1.vocabulary import EVIDENCE_LABEL, EVIDENCE_MARK

if TYPE_CHECKING:
    from l3s1.content import Phase

SITES = {
    Site.POSTEROLATERAL: "Between the transverse processes",
    Site.INTERBODY: "Between the bodies",
}
OUTCOMES = {"union": "It unites", "non_union": "It does not unite"}
VIEWS = {"posterior": "From behind", "left_lateral": "From the left", "section": "Cut"}

STAGE_LABEL = {
    Stage.CHIPS: "Loose chips",
    Stage.CALLUS: "Soft callus",
    Stage.BRIDGING: "Bone bridging",
    Stage.BRIDGED: "Bridged",
}
STAGE_PHASE = {
    Stage.CHIPS: "inflammation",
    Stage.CALLUS: "soft-callus",
    Stage.BRIDGING: "bridging-remodelling",
}
UNION_PHASE = {Site.POSTEROLATERAL: "union-posterolateral", Site.INTERBODY: "union-interbody"}
"""What CT says of each site; where it has been read, the last stage takes its words."""

NON_UNION = "non-union-definition-cunningham"
LOOSENING = "s1-loosening-time-kim-2015"
NON_UNION_FACTS = (
    NON_UNION,
    "non-union-signs-cunningham",
    LOOSENING,
    "screw-halo-2014",
    "screw-torque-ct-2019",
    "loose-screws-and-union-cho",
)
LOAD_FACTS = (
    "fixator-load-after-graft",
    "fixator-load-rohlmann-1999",
    "rod-load-sheep-heumann-2024",
    "rod-load-neighbour-2025",
    "rod-stress-graft-model-2020",
    "rods-galbusera-2011",
)
LOAD_VERDICT = (
    "Disputed. A computer model and sheep say that a uniting graft relieves the metal; in spines "
    "after death it did not relieve the rods of the next segment. In people no measured course "
    "up to union was found, and in some a graft between the bodies raised the load. So the "
    "picture does not change the screws."
)
SCHEME = (
    "A scheme. Its days are those of the timeline’s bars; between them nobody has measured how "
    "much bone there is. Three levels are drawn alike because no series follows them apart."
)
TOO_EARLY = "At this time nobody can tell a non-union from slow healing."
FAILED = (
    "The bridge at L5–S1 stays open: stumps of bone with a cleft between them, in which graft "
    "is left. The other segments are drawn as if they united."
)
LOOSE = (
    "Around the screws of S1 a clear seam is drawn, the sign by which a loose screw is read. Many "
    "loose screws don’t show it."
)


@cache
def bone_state_file() -> SharedFile:
    """The activity's own code as pages ask for it: once a browser, not with each view."""
    content = static_file("bone.js").read_bytes()
    packed = cache(lambda: gzip.compress(content, compresslevel=6, mtime=0))
    return SharedFile(hashed_name("bone.js", content), packed)


@cache
def construct_file() -> SharedFile:
    """Implants and graft as pages ask for them; only this activity does."""
    content = construct_pack_path().read_bytes()
    return SharedFile(hashed_name("construct.bin", content), lambda: content)


def moments_of(content: Content, site: Site) -> Moments:
    """The days that bound the stages at a site, from the spans of the timeline's bars."""
    callus = _days(content, content.phases["soft-callus"])
    union = _days(content, content.phases[UNION_PHASE[site]])
    return Moments(
        callus_from=callus[0],
        bridging_from=_days(content, content.phases["bridging-remodelling"])[0],
        callus_until=callus[2],
        bridged_at=union[2] if union[1] is None else union[1],
    )


def _days(content: Content, phase: Phase) -> tuple[float, float | None, float]:
    """Earliest, usual and latest day of a bar; ValueError where it has none."""
    span = phase.span
    if span is None:
        raise ValueError(f"the bar {phase.id} has no days; the bone's state needs them")
    usual = None if span.usual is None else content.days(span.usual)
    return content.days(span.earliest), usual, content.days(span.latest)


def _fact_day(content: Content, fact: str) -> float:
    """The day of a fact's first value."""
    return content.facts[fact].values[0].time_d("estimate")


class BoneStateState(traitlets.HasTraits):
    """Which day, site and course are shown; no widget, no picture.

    `day` in days after the operation (0 … `HORIZON_D`); `site`, `outcome` and `view` are keys of
    `SITES`, `OUTCOMES` and `VIEWS`.
    """

    day = traitlets.Float(0.0)
    site = traitlets.Enum([each.value for each in SITES], Site.POSTEROLATERAL.value)
    outcome = traitlets.Enum(list(OUTCOMES), "union")
    view = traitlets.Enum(list(VIEWS), "posterior")

    def __init__(self, content: Content, **state: Any) -> None:
        self.content = content
        self.moments = {site: moments_of(content, site) for site in Site}
        self.called_at = _fact_day(content, NON_UNION)
        self.loose_at = _fact_day(content, LOOSENING)
        super().__init__(**state)

    @traitlets.validate("day")
    def _valid_day(self, proposal: dict[str, Any]) -> float:
        day = float(proposal["value"])
        if not 0 <= day <= HORIZON_D:
            raise traitlets.TraitError(
                f"day {day:g} is not on the axis; give 0 to {HORIZON_D:g} days"
            )
        return day

    @property
    def bone(self) -> BoneState:
        """The scheme on the day."""
        moments = self.moments[Site(self.site)]
        if self.outcome == "non_union":
            return compute_failed_state(self.day, moments, self.called_at)
        return compute_bone_state(self.day, moments)

    def phase(self, stage: Stage) -> Phase:
        """The bar whose words a stage takes."""
        return self.content.phases[STAGE_PHASE.get(stage, UNION_PHASE[Site(self.site)])]

    def text_twin(self) -> str:
        """Day, site, stage and what is known of the load, in words."""
        state = self.bone
        phase = self.phase(state.stage)
        head = say_day(self.day)
        site = SITES[Site(self.site)]
        shares = [
            f"{share:.0%} of the {what}"
            for share, what in ((state.chips, "chips"), (state.callus, "callus"))
        ]
        lines = [
            f"{head[0].upper()}{head[1:]}. {site}: {STAGE_LABEL[state.stage].lower()}.",
            f"Drawn: {', '.join(shares)}, {state.bridge:.0%} of the bridge.",
            f"{phase.during} {phase.caution}",
        ]
        if self.outcome == "non_union":
            lines.append(TOO_EARLY if self.day < self.called_at else FAILED)
            if self.day >= self.loose_at:
                lines.append(LOOSE)
        lines += [SCHEME, f"Do the screws carry less? {LOAD_VERDICT}"]
        for name in LOAD_FACTS:
            fact = self.content.facts[name]
            lines.append(f"  {EVIDENCE_MARK[fact.evidence]} {fact.statement}")
        return "\n".join(lines)


class BoneStateActivity(ActivityWidget):
    """The bone's state in 3D, as a student handles it.

    `day`, `site`, `outcome` and `view` are those of `state`, kept the same both ways. On one page
    with a recovery timeline, the two show the same day.
    """

    _esm = static_file("bone_state.js")
    _css = static_file("bone_state.css")

    _bone_file = traitlets.Unicode().tag(sync=True)
    _engine_file = traitlets.Unicode().tag(sync=True)
    _pack_file = traitlets.Unicode().tag(sync=True)
    _construct_file = traitlets.Unicode().tag(sync=True)
    choices = traitlets.Dict().tag(sync=True)
    stages: traitlets.List[Any] = traitlets.List().tag(sync=True)
    moments = traitlets.Dict().tag(sync=True)
    failure = traitlets.Dict().tag(sync=True)
    load = traitlets.Dict().tag(sync=True)
    origins_gz = traitlets.Bytes().tag(sync=True)

    day = traitlets.Float(0.0).tag(sync=True)
    site = traitlets.Unicode().tag(sync=True)
    outcome = traitlets.Unicode().tag(sync=True)
    view = traitlets.Unicode().tag(sync=True)

    def __init__(self, content: Content | None = None, **state: Any) -> None:
        content = content or load_content()
        self.state = BoneStateState(content, **state)
        anatomy, engine, construct = course_anatomy(), engine_file(), construct_file()
        code = bone_state_file()
        phases = [*STAGE_PHASE.values(), *UNION_PHASE.values()]
        facts = [name for each in phases for name in content.phases[each].facts]
        super().__init__(
            _bone_file=code.name,
            _engine_file=engine.name,
            _pack_file=anatomy.file.name,
            _construct_file=construct.name,
            choices={
                "site": [[key.value, label] for key, label in SITES.items()],
                "outcome": [[key, label] for key, label in OUTCOMES.items()],
                "view": [[key, label] for key, label in VIEWS.items()],
                "scale_d": SCALE_D,
                "horizon_d": HORIZON_D,
                "scheme": SCHEME,
            },
            stages=[self._stage(stage) for stage in Stage],
            moments={
                site.value: [
                    moments.callus_from,
                    moments.bridging_from,
                    moments.callus_until,
                    moments.bridged_at,
                ]
                for site, moments in self.state.moments.items()
            },
            failure={
                "called_at": self.state.called_at,
                "loose_at": self.state.loose_at,
                "too_early": TOO_EARLY,
                "failed": FAILED,
                "loose": LOOSE,
                "facts": list(NON_UNION_FACTS),
            },
            load={
                "verdict": LOAD_VERDICT,
                "facts": [
                    {
                        "id": name,
                        "statement": content.facts[name].statement,
                        "evidence": content.facts[name].evidence.value,
                        "evidence_label": EVIDENCE_LABEL[content.facts[name].evidence],
                    }
                    for name in LOAD_FACTS
                ],
            },
            origins_gz=pack_origins(content, [*facts, *NON_UNION_FACTS, *LOAD_FACTS]),
        )
        for name in ("day", "site", "outcome", "view"):
            traitlets.link((self.state, name), (self, name))
        self.on_msg(answering(code, engine, anatomy.file, construct))

    def _stage(self, stage: Stage) -> dict[str, Any]:
        """A stage's label, and by site its words and facts."""
        phases = self.state.content.phases
        words = {
            site.value: phases[STAGE_PHASE.get(stage, union)] for site, union in UNION_PHASE.items()
        }
        return {
            "id": stage.value,
            "label": STAGE_LABEL[stage],
            "words": {
                site: {
                    "during": each.during,
                    "caution": each.caution or "",
                    "facts": list(each.facts),
                }
                for site, each in words.items()
            },
        }

    def text_twin(self) -> str:
        """What is shown now, in words."""
        return self.state.text_twin()
