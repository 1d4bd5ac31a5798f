"""An operation step by step on the 3D model: predict, then see what is done and what it endangers.

The page steps by itself; Python holds the same state and says the same in words.
"""

from __future__ import annotations

import gzip
import json
from functools import cache
from typing import TYPE_CHECKING, Any

import traitlets

from l3s1.activities.anatomy import course_anatomy
from l3s1.activities.bone_state import construct_file
from l3s1.activities.widget import ActivityWidget
from l3s1.activities.wording import pack_origins
from l3s1.content import Content, load_content
from l3s1.content.paths import anterior_pack_path
from l3s1.content.procedures import QuestionKind
from l3s1.scene.shared_files import SharedFile, answering, engine_file, hashed_name
from l3s1.scene.static import static_file
from l3s1.scene.words import say_together
from l3s1.vocabulary import EVIDENCE_LABEL, EVIDENCE_MARK

if TYPE_CHECKING:
    from l3s1.content import Procedure, ProcedureStep

ASKS = {
    QuestionKind.NEXT: "What comes next?",
    QuestionKind.WHAT: "What is that?",
    QuestionKind.DANGER: "What could go wrong?",
}
SKIPPED = "skipped"
"""What is kept of a question that was passed over on purpose, in place of a choice."""


@cache
def operation_file() -> SharedFile:
    """The activity's own code as pages ask for it: once a browser, not with each view."""
    content = static_file("operation.js").read_bytes()
    packed = cache(lambda: gzip.compress(content, compresslevel=6, mtime=0))
    return SharedFile(hashed_name("operation.js", content), packed)


@cache
def anterior_file() -> SharedFile:
    """What an ALIF adds to the implants, as pages ask for it."""
    content = anterior_pack_path().read_bytes()
    return SharedFile(hashed_name("anterior.bin", content), lambda: content)


class OperationState(traitlets.HasTraits):
    """Which step of which operation is shown, and what was answered; no widget, no picture.

    `procedure` and `step` are ids of the content; `answers` holds, by "procedure/step", the id of
    the choice, or `SKIPPED`.
    """

    procedure = traitlets.Unicode()
    step = traitlets.Unicode()
    answers: traitlets.Dict[str, str] = traitlets.Dict()

    def __init__(self, content: Content, **state: Any) -> None:
        self.content = content
        first = state.get("procedure") or next(iter(content.procedures))
        if first not in content.procedures:
            raise traitlets.TraitError(self._unknown(first))
        opening = content.procedures[first].steps[0].id
        super().__init__(**{"procedure": first, "step": opening, **state})
        if self.step not in {step.id for step in self.record.steps}:
            raise traitlets.TraitError(self._no_step(self.step))

    def _no_step(self, name: str) -> str:
        known = ", ".join(step.id for step in self.record.steps)
        return f"there is no step {name!r}; {self.procedure} has {known}"

    def _unknown(self, name: str) -> str:
        return f"there is no procedure {name!r}; there are {', '.join(self.content.procedures)}"

    @traitlets.validate("procedure")
    def _valid_procedure(self, proposal: dict[str, Any]) -> str:
        name = str(proposal["value"])
        if name not in self.content.procedures:
            raise traitlets.TraitError(self._unknown(name))
        return name

    @traitlets.validate("step")
    def _valid_step(self, proposal: dict[str, Any]) -> str:
        """A page changes operation and step at once: the step may be any operation's."""
        name = str(proposal["value"])
        for record in self.content.procedures.values():
            if name in {step.id for step in record.steps}:
                return name
        raise traitlets.TraitError(self._no_step(name))

    @traitlets.validate("answers")
    def _valid_answers(self, proposal: dict[str, Any]) -> dict[str, str]:
        known = {}
        for place, choice in dict(proposal["value"]).items():
            name, _, step = place.partition("/")
            try:
                question = self.content.procedures[name].step(step).question
            except KeyError:
                raise traitlets.TraitError(f"{place!r} is no step of a procedure") from None
            ids = [each.id for each in question.choices]
            if choice not in (*ids, SKIPPED):
                raise traitlets.TraitError(
                    f"{place} has no choice {choice!r}; it has {', '.join(ids)} and {SKIPPED}"
                )
            known[place] = choice
        return known

    @property
    def record(self) -> Procedure:
        """The operation that is shown."""
        return self.content.procedures[self.procedure]

    @property
    def current(self) -> ProcedureStep:
        """The step that is shown: the first where the operation has none of that id."""
        steps = self.record.steps
        return next((each for each in steps if each.id == self.step), steps[0])

    def text_twin(self) -> str:
        """The step in words: what happens, what the model shows, the danger, the question."""
        record, step = self.record, self.current
        place = record.steps.index(step) + 1
        lines = [
            f"{record.title}. Step {place} of {len(record.steps)}: {step.label}.",
            step.happens,
            f"Why: {step.purpose}",
            *_changes(step),
            f"Danger: {step.danger.text}",
            *self._facts(step.danger.facts),
            f"{ASKS[step.question.kind]} {step.question.stem}",
            *(f"  {each.id}) {each.text}" for each in step.question.choices),
            *self._answer(step),
            record.order.text,
            "What the model simplifies:",
            *(f"  – {each}" for each in record.simplified),
        ]
        return "\n".join(lines)

    def _facts(self, names: tuple[str, ...]) -> list[str]:
        facts = [self.content.facts[name] for name in names]
        return [f"  {EVIDENCE_MARK[fact.evidence]} {fact.statement}" for fact in facts]

    def _answer(self, step: ProcedureStep) -> list[str]:
        given = self.answers.get(f"{self.procedure}/{step.id}")
        if given is None:
            return []
        chosen = next((each for each in step.question.choices if each.id == given), None)
        if chosen is None:
            return ["The question was skipped."]
        word = "Best answer" if given == step.question.key else "Not quite"
        return [f"{word}: {chosen.text}. {chosen.feedback}"]


def _changes(step: ProcedureStep) -> list[str]:
    """What the step changes in the model, a line for each kind of change."""
    scene = step.scene
    kinds = (
        ("Taken out", scene.taken),
        ("Held aside", scene.aside),
        ("Put in", scene.put),
        ("Back in place", scene.back),
    )
    return [f"{word}: {say_together(names)}." for word, names in kinds if names]


class OperationStepperActivity(ActivityWidget):
    """The operation in 3D, as a student steps through it.

    `procedure`, `step` and `answers` are those of `state`, kept the same both ways. A page's link
    names them: `?operation.procedure=alif_l5_s1&operation.step=cage`.
    """

    _esm = static_file("operation_stepper.js")
    _css = static_file("operation_stepper.css")

    _operation_file = traitlets.Unicode().tag(sync=True)
    _engine_file = traitlets.Unicode().tag(sync=True)
    _pack_file = traitlets.Unicode().tag(sync=True)
    _construct_file = traitlets.Unicode().tag(sync=True)
    _anterior_file = traitlets.Unicode().tag(sync=True)
    content_gz = traitlets.Bytes().tag(sync=True)
    origins_gz = traitlets.Bytes().tag(sync=True)

    procedure = traitlets.Unicode().tag(sync=True)
    step = traitlets.Unicode().tag(sync=True)
    answers: traitlets.Dict[str, str] = traitlets.Dict().tag(sync=True)
    start: traitlets.Dict[str, str] = traitlets.Dict(
        help="Where Reset leads: a view made later must not take a linked step for it"
    ).tag(sync=True)

    def __init__(self, content: Content | None = None, **state: Any) -> None:
        content = content or load_content()
        self.state = OperationState(content, **state)
        code, engine, anatomy = operation_file(), engine_file(), course_anatomy()
        construct, anterior = construct_file(), anterior_file()
        facts = [name for each in content.procedures.values() for name in each.facts]
        super().__init__(
            _operation_file=code.name,
            _engine_file=engine.name,
            _pack_file=anatomy.file.name,
            _construct_file=construct.name,
            _anterior_file=anterior.name,
            content_gz=_packed([_procedure(content, each) for each in content.procedures.values()]),
            origins_gz=pack_origins(content, facts),
            start={"procedure": self.state.procedure, "step": self.state.step},
        )
        for name in ("procedure", "step", "answers"):
            traitlets.link((self.state, name), (self, name))
        self.on_msg(answering(code, engine, anatomy.file, construct, anterior))

    def text_twin(self) -> str:
        """What is shown now, in words."""
        return self.state.text_twin()


def _packed(data: Any) -> bytes:
    return gzip.compress(json.dumps(data, ensure_ascii=False).encode(), mtime=0)


def _procedure(content: Content, record: Procedure) -> dict[str, Any]:
    """An operation as the page takes it: `ProcedureData` of `operation/types.ts`."""
    return {
        "id": record.id,
        "title": record.title,
        "summary": record.summary,
        "order": {"text": record.order.text, "facts": _marked(content, record.order.facts)},
        "simplified": list(record.simplified),
        "steps": [_step(content, each) for each in record.steps],
    }


def _step(content: Content, step: ProcedureStep) -> dict[str, Any]:
    scene, question = step.scene, step.question
    return {
        "id": step.id,
        "label": step.label,
        "happens": step.happens,
        "purpose": step.purpose,
        "facts": _marked(content, step.facts),
        "changes": _changes(step),
        "scene": {
            "view": scene.view,
            "frame": list(scene.frame),
            "hidden": list(scene.hidden),
            "faint": list(scene.faint),
            "highlight": list(scene.highlight),
            "labels": list(scene.labels),
            "cut": None
            if scene.cut is None
            else {"plane": scene.cut.plane, "at": scene.cut.at, "segment": scene.cut.segment},
        },
        "danger": {"text": step.danger.text, "facts": _marked(content, step.danger.facts)},
        "question": {
            "asks": ASKS[question.kind],
            "stem": question.stem,
            "choices": [
                {"id": each.id, "text": each.text, "feedback": each.feedback}
                for each in question.choices
            ],
            "key": question.key,
            "facts": list(question.facts),
        },
    }


def _marked(content: Content, names: tuple[str, ...]) -> list[dict[str, str]]:
    """Facts with what a list says of each."""
    facts = [content.facts[name] for name in names]
    return [
        {
            "id": fact.id,
            "statement": fact.statement,
            "evidence": fact.evidence.value,
            "evidence_label": EVIDENCE_LABEL[fact.evidence],
        }
        for fact in facts
    ]
