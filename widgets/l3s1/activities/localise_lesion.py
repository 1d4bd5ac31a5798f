"""Localise the lesion: from level and zone to the leg, from the leg to roots, and patients.

The page computes the first two by itself (`widgets/frontend/src/neurology`). Patients and the
feedback on an answer come from Python: one message for a new patient, one for an answer.
"""

from __future__ import annotations

import gzip
from functools import cache
from typing import Any

import traitlets

from l3s1.activities.localise_state import STATE, LocaliseLesionState
from l3s1.activities.nerve_catalogue import describe_nerves, facts_of_nerves
from l3s1.activities.nerve_words import describe_patient
from l3s1.activities.widget import ActivityWidget
from l3s1.activities.wording import pack_origins
from l3s1.content import Content, load_content
from l3s1.scene.shared_files import SharedFile, answering, hashed_name
from l3s1.scene.static import static_file


@cache
def neurology_file() -> SharedFile:
    """The activity's own code as pages ask for it: once a browser, not with each view."""
    content = static_file("neurology.js").read_bytes()
    packed = cache(lambda: gzip.compress(content, compresslevel=6, mtime=0))
    return SharedFile(hashed_name("neurology.js", content), packed)


def _shown(kind: Any) -> Any:
    return kind.tag(sync=True)


class LocaliseLesionActivity(ActivityWidget):
    """'Localise the lesion' as a student handles it.

    Its state (`mode`, `level`, `zone` and so on, see `LocaliseLesionState`) may be given by name
    and is that of `state`, kept the same both ways.
    """

    _esm = static_file("localise_lesion.js")
    _css = static_file("localise_lesion.css")

    _neurology_file = _shown(traitlets.Unicode())
    areas = _shown(traitlets.List())
    movements = _shown(traitlets.List())
    roots = _shown(traitlets.List())
    levels = _shown(traitlets.List())
    zones = _shown(traitlets.List())
    causes = _shown(traitlets.List())
    lesions = _shown(traitlets.Dict())
    signs = _shown(traitlets.List())
    red_flags = _shown(traitlets.List())
    grades = _shown(traitlets.List())
    ranking = _shown(traitlets.Dict())
    difficulties = _shown(traitlets.List())
    answers = _shown(traitlets.List())
    known = _shown(traitlets.Dict())
    origins_gz = _shown(traitlets.Bytes())
    link_state = _shown(traitlets.Bool(True, help="Whether this view owns the page's link"))
    link_base = _shown(traitlets.Unicode())

    patient = _shown(traitlets.Dict())
    feedback = _shown(traitlets.Any(None))

    mode = _shown(traitlets.Unicode())
    level = _shown(traitlets.Unicode())
    zone = _shown(traitlets.Unicode())
    side = _shown(traitlets.Unicode())
    cause = _shown(traitlets.Unicode())
    findings = _shown(traitlets.Dict())
    prior = _shown(traitlets.Unicode())
    study = _shown(traitlets.Unicode())
    seed = _shown(traitlets.Int())
    difficulty = _shown(traitlets.Int())
    answer = _shown(traitlets.Any(None))

    def __init__(self, content: Content | None = None, **state: Any) -> None:
        content = content or load_content()
        self.state = LocaliseLesionState(content, **state)
        code = neurology_file()
        super().__init__(
            _neurology_file=code.name,
            **describe_nerves(content),
            origins_gz=pack_origins(content, facts_of_nerves(content)),
            patient=describe_patient(content, self.state.patient),
            feedback=self.state.feedback(),
        )
        for name in STATE:
            traitlets.link((self.state, name), (self, name))
        self.state.observe(self._show_patient, ["seed", "difficulty"])
        self.state.observe(self._show_feedback, ["seed", "difficulty", "answer"])
        self.on_msg(answering(code))

    @traitlets.validate(*STATE)
    def _valid_in_state(self, proposal: Any) -> Any:
        """Let the state refuse what can't be shown before the page hears of it."""
        name = proposal.trait.name
        setattr(self.state, name, proposal.value)
        return getattr(self.state, name)

    def _show_patient(self, _change: Any) -> None:
        self.patient = describe_patient(self.state.content, self.state.patient)

    def _show_feedback(self, _change: Any) -> None:
        self.feedback = self.state.feedback()

    def check(self, root: str, level: str = "", zone: str = "") -> dict[str, Any]:
        """Answer for the patient that is shown, and read the feedback.

        Raises `traitlets.TraitError` where it is no answer.
        """
        self.answer = {"level": level, "zone": zone, "root": root}
        return dict(self.feedback)

    def text_twin(self) -> str:
        """What is shown now, in words."""
        return self.state.text_twin()
