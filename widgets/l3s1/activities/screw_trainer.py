"""The pedicle-screw trainer: choose bone, entry, angles and size, and see what the screw does.

The kernel solves and draws; the page shows four pictures of it at once: from behind, two sections
in the screw's own planes, and 3D. Freely, with published norms beside it, or as a test of seeded
screws in people of whom the student is told nothing.
"""

from __future__ import annotations

import gzip
from functools import cache
from typing import Any

import traitlets

from l3s1.activities import screw_norms as facts
from l3s1.activities.screw_compare import compare, graded
from l3s1.activities.screw_scene import HEAD, SHAFT, bone_pack
from l3s1.activities.screw_state import (
    PLAN,
    STATE,
    STEPS,
    TEST_START,
    ScrewTrainerState,
    Situation,
)
from l3s1.activities.screw_tasks import TASKS
from l3s1.activities.screw_words import (
    HIDDEN,
    advise,
    describe,
    heading,
    say_alarm,
    say_error,
    score,
    summarise,
    text_twin,
)
from l3s1.activities.widget import ActivityWidget
from l3s1.activities.wording import pack_origins
from l3s1.content import Content, load_content
from l3s1.models.find_it import MOST_SEED
from l3s1.models.screw_trajectory import LEVELS, LIMITS, PlanError, draw
from l3s1.scene.shared_files import SharedFile, answering, engine_file, hashed_name
from l3s1.scene.static import static_file
from l3s1.vocabulary import Side

BONE_MESSAGE = "l3s1:screw-bone"
"""What the page asks when its 3D picture needs the bone in hand."""

ALIGN_MESSAGE = "l3s1:screw-align"
"""What the page asks to have the screw set along the pedicle."""

LABELS = {
    "medial_mm": "Entry, towards the midline",
    "superior_mm": "Entry, upwards",
    "convergence_deg": "Angle inward (axial)",
    "sagittal_deg": "Angle upward (sagittal)",
    "diameter_mm": "Diameter",
    "length_mm": "Length",
}

GENERAL_FACTS = (
    facts.GRADES,
    "gertzbein-robbins-numbers",
    *facts.READERS,
    facts.ACCEPTABLE,
    facts.MEDIAL,
    facts.ROOM,
    facts.FAR_OUT,
    facts.FREEHAND,
    facts.ROBOT,
    facts.STRAIGHTER,
)
"""What is opened from the grade."""


@cache
def screws_file() -> SharedFile:
    """The trainer's own code as pages ask for it: once a browser, not with each view."""
    content = static_file("screws.js").read_bytes()
    packed = cache(lambda: gzip.compress(content, compresslevel=6, mtime=0))
    return SharedFile(hashed_name("screws.js", content), packed)


def _shown(kind: Any) -> Any:
    return kind.tag(sync=True)


class ScrewTrainerActivity(ActivityWidget):
    """The pedicle-screw trainer of lesson 08, as a student handles it.

    Its state (`level`, `plan` and so on, see `ScrewTrainerState`) may be given by name and is that
    of `state`, kept the same both ways. `shown` is what the page draws, made anew at each change.
    """

    _esm = static_file("screw_trainer.js")
    _css = static_file("screw_trainer.css")

    _screws_file = _shown(traitlets.Unicode())
    _engine_file = _shown(traitlets.Unicode())
    choices = _shown(traitlets.Dict())
    origins_gz = _shown(traitlets.Bytes())
    link_state = _shown(traitlets.Bool(True, help="Whether this view owns the page's link"))
    link_base = _shown(traitlets.Unicode())
    shown = _shown(traitlets.Dict())

    mode = _shown(traitlets.Unicode())
    level = _shown(traitlets.Unicode())
    side = _shown(traitlets.Unicode())
    person = _shown(traitlets.Unicode())
    person_seed = _shown(traitlets.Int())
    plan = _shown(traitlets.Dict())
    seed = _shown(traitlets.Int())
    task = _shown(traitlets.Int())
    results = _shown(traitlets.List())

    def __init__(self, content: Content | None = None, **state: Any) -> None:
        content = content or load_content()
        self.state = ScrewTrainerState(content, **state)
        self._held = False
        self._stale = False
        code, engine = screws_file(), engine_file()
        super().__init__(
            _screws_file=code.name,
            _engine_file=engine.name,
            choices=self._choices(),
            origins_gz=pack_origins(content, facts.FACTS),
            shown=self._picture(),
        )
        for name in STATE:
            traitlets.link((self.state, name), (self, name))
        self.state.observe(self._changed, STATE)
        self.on_msg(answering(code, engine))
        self.on_msg(self._asked)

    @traitlets.validate(*STATE)
    def _valid_in_state(self, proposal: Any) -> Any:
        """Let the state refuse what can't be shown before the page hears of it."""
        name = proposal.trait.name
        setattr(self.state, name, proposal.value)
        return getattr(self.state, name)

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take what a page sends; what it changes is drawn once, however much it is.

        Of a task and results, each of which must fit the other, first the one that fits before.
        """
        if "results" in sync_data and sync_data.get("task", 0) > len(self.state.results):
            sync_data = {"results": sync_data["results"], **sync_data}
        elif "task" in sync_data:
            sync_data = {"task": sync_data["task"], **sync_data}
        self._held = True
        try:
            super().set_state(sync_data)
        finally:
            self._held = False
            if self._stale:
                self._changed()

    def _changed(self, _change: Any = None) -> None:
        self._stale = self._held
        if not self._held:
            self.shown = self._picture()

    def _asked(self, _widget: Any, content: Any, _buffers: Any = None) -> None:
        kind = content.get("type") if isinstance(content, dict) else None
        if kind == BONE_MESSAGE:
            now = self.state.situation()
            message = {"type": BONE_MESSAGE, "bone": bone_key(now)}
            self.send(message, buffers=[bone_pack(now.bone)])
        elif kind == ALIGN_MESSAGE and self.state.mode == "free":
            try:
                self.state.plan = self.state.aligned()
            except PlanError as error:
                self.shown = {**self.shown, "error": f"No aim to be found: {error}."}

    def _choices(self) -> dict[str, Any]:
        """What can be chosen, and in which words."""
        return {
            "levels": list(LEVELS),
            "sides": [each.value for each in Side],
            "people": [
                {"id": name, "label": label, "facts": list(facts.PEOPLE_FACTS[name])}
                for name, label in facts.PEOPLE.items()
            ],
            "plan": [
                {
                    "id": name,
                    "label": LABELS[name],
                    "low": LIMITS[name][0],
                    "high": LIMITS[name][1],
                    "step": STEPS[name],
                    "unit": "°" if name.endswith("_deg") else "mm",
                }
                for name in PLAN
            ],
            "starts": self.state.starts,
            "start": {name: getattr(self.state, name) for name in STATE},
            "test_start": TEST_START,
            "tasks": TASKS,
            "most_seed": MOST_SEED,
            "hidden": HIDDEN,
            "parts": [SHAFT, HEAD],
            "facts": list(GENERAL_FACTS),
            "entry_facts": {
                level: [facts.S1_ENTRY, facts.S1_PULL, facts.S1_CORTICES, facts.AIM, facts.CORTEX]
                if level == "S1"
                else [facts.ENTRY]
                for level in LEVELS
            },
        }

    def _picture(self) -> dict[str, Any]:
        """What the page draws now; of a screw that a test hides only the plan."""
        state = self.state
        now = state.situation()
        shown: dict[str, Any] = {
            "plan": now.plan,
            "level": now.level,
            "side": now.side.value,
            "bone": bone_key(now),
            "hidden": now.hidden,
            "heading": heading(state),
            "score": score(state) if state.mode == "test" else "",
            "said": [],
            "grade": "",
            "alarm": "",
            "rows": [],
            "advice": "",
            "error": "",
        }
        try:
            shown["drawing"] = drawing = draw(now.bone, now.screw)
            result = now.result(state.norms)
        except PlanError as error:
            return {**shown, "error": say_error(state, error)}
        shown["screw"] = {
            "entry": result.entry.round(2).tolist(),
            "tip": result.tip.round(2).tolist(),
            "diameter": now.screw.diameter_mm,
        }
        if now.hidden:
            behind = drawing["posterior"]
            for name in ("pedicle", "reference", "tip", "screw"):
                behind[name] = None
            return shown
        shown["rows"] = list(compare(state, now))
        if state.finished:
            return {**shown, "said": summarise(state)}
        shown["said"] = describe(state, now)
        shown["grade"] = graded(result)
        shown["alarm"] = say_alarm(result)
        if state.mode == "test":
            shown["advice"] = advise(state, state.task)
        return shown

    def text_twin(self) -> str:
        """What is shown now, in words."""
        return text_twin(self.state)


def bone_key(now: Situation) -> str:
    """Says whose bone it is, so that a page asks for no bone twice."""
    build = now.build
    return f"{now.level}|{build.size}|{build.pedicle_width}|{build.pedicle_height}"
