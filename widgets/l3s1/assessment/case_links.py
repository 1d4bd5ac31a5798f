"""Links from a case into the course: an activity of a lesson, opened with one person's values.

Each kind of activity has its own way to write its state into an address; the page's views read
it back (`link.ts` beside each). What a link can't say, or the activity refuses, is an error here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import traitlets

from l3s1.activities.anatomy import course_anatomy
from l3s1.activities.figure_activity import FigureState
from l3s1.activities.link_state import write_state

if TYPE_CHECKING:
    from pathlib import Path

    from l3s1.content import Content
    from l3s1.content.cases import CaseActivity

Values = Mapping[str, Any]
Query = dict[str, str]


class CaseLinkError(ValueError):
    """An activity of a case that can't be linked to, with the reason."""


def case_link(content: Content, activity: CaseActivity) -> str:
    """The address of an activity with its state: "03-….ipynb?pi=58&pt=27#Plan-a-fusion".

    The heading is the first under which the lesson teaches with the activity, if it names one.
    Raises `CaseLinkError` where there is no such activity, or it can't be as the case says.
    """
    lesson = content.lessons[activity.lesson]
    query = _query(content, activity)
    asked = f"?{urlencode(query, safe=',:;')}" if query else ""
    name = class_name(activity.activity)
    taught = [each.taught_by for each in lesson.objectives]
    anchor = next((f"#{each.anchor}" for each in taught if each.activity == name), "")
    return f"{lesson.notebook}{asked}{anchor}"


def case_link_problems(content: Content, lessons: Path) -> Iterator[str]:
    """What is wrong with the links of all cases, a line each, with file and remedy."""
    for case in content.cases.values():
        for place, activity in enumerate(case.activities):
            where = f"assets/cases/{case.id}.yaml: activities[{place}] ({activity.activity})"
            try:
                case_link(content, activity)
            except CaseLinkError as error:
                yield f"{where}: {error}; mend its name or its state"
                continue
            lesson = content.lessons[activity.lesson]
            call = f"l3s1.{class_name(activity.activity)}("
            path = lessons / lesson.notebook
            if not path.is_file() or call not in path.read_text(encoding="utf-8"):
                yield f"{where}: lesson {lesson.number} has no such activity; name the one that has"


def class_name(activity: str) -> str:
    """The public name of an activity: "AlignmentWorkbenchActivity" for "alignment-workbench"."""
    return "".join(part.title() for part in activity.split("-")) + "Activity"


def _query(content: Content, activity: CaseActivity) -> Query:
    state_class = _state_class(activity.activity)
    unknown = [name for name in activity.state if name not in state_class.class_trait_names()]
    if unknown:
        raise CaseLinkError(f"has no {', '.join(unknown)}")
    own = (course_anatomy(),) if activity.activity == "anatomy-explorer" else ()
    try:
        state = state_class(content, *own, **activity.state)
    except (traitlets.TraitError, TypeError, KeyError, ValueError) as error:
        raise CaseLinkError(f"can't be as the case says: {error}") from error
    given = {name: getattr(state, name) for name in activity.state}
    if isinstance(state, FigureState):
        return _prefixed(state.link_name(), _plain(write_state(state), given))
    if activity.activity not in _WRITERS:
        raise CaseLinkError("keeps no state in the page's address")
    return _WRITERS[activity.activity](given)


def _state_class(activity: str) -> Any:
    name = class_name(activity)
    try:
        module = import_module(f"l3s1.activities.{activity.replace('-', '_')}")
    except ModuleNotFoundError as error:
        raise CaseLinkError(f"the course has no {name}") from error
    if not hasattr(module, name):
        raise CaseLinkError(f"the course has no {name}")
    own = name.removesuffix("Activity") + "State"
    found = {
        key: each
        for key, each in vars(module).items()
        if key.endswith("State")
        and isinstance(each, type)
        and issubclass(each, traitlets.HasTraits)
        and each is not FigureState
    }
    if own not in found and len(found) != 1:
        raise CaseLinkError("keeps no state in the page's address")
    return found.get(own) or next(iter(found.values()))


def _plain(written: Mapping[str, str], given: Values) -> Query:
    lost = [name for name in given if name not in written]
    if lost:
        raise CaseLinkError(f"can't say {', '.join(lost)} in a link")
    return {name: written[name] for name in given}


def _prefixed(name: str, query: Query) -> Query:
    return {f"{name}.{key}": text for key, text in query.items()}


def _text(value: Any) -> str:
    """A value as the readers of addresses take it: lists and pairs with commas and colons."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, int | float):
        return f"{round(value, 2):.10g}"
    if isinstance(value, Mapping):
        return ",".join(f"{key}:{_text(each)}" for key, each in value.items())
    if isinstance(value, list | tuple):
        return ",".join(_text(each) for each in value)
    return str(value)


def _keyed(keys: Mapping[str, str]) -> Callable[[Values], Query]:
    """A writer that calls what it writes by other names; what has none can't be linked."""

    def write(given: Values) -> Query:
        lost = [name for name in given if name not in keys]
        if lost:
            raise CaseLinkError(f"can't say {', '.join(lost)} in a link")
        return {keys[name]: _text(value) for name, value in given.items()}

    return write


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


def _timeline(given: Values) -> Query:
    patient, other = given.get("patient", {}), given.get("other")
    query = {name: _text(given[name]) for name in ("day", "axis_kind", "selected") if name in given}
    query |= dict(patient)
    if other is not None:
        query |= {"compare": "1"} | {f"with.{name}": option for name, option in other.items()}
    return query


def _screw(given: Values) -> Query:
    named = {name: value for name, value in given.items() if name != "plan"}
    query = _keyed(_same("mode", "level", "side", "person", "person_seed", "seed"))(named)
    if "plan" in given:
        query["plan"] = _text(list(given["plan"].values()))
    return _prefixed("screw", query)


def _bone(given: Values) -> Query:
    """The day also as a timeline reads it, whose day a bone on the same page follows."""
    query = _prefixed("bone-state", _keyed(_same("day", "site", "outcome", "view"))(given))
    return {"day": query["bone-state.day"], **query} if "day" in given else query


def _operation(given: Values) -> Query:
    return _prefixed("operation", _keyed(_same("procedure", "step"))(given))


_WRITERS: dict[str, Callable[[Values], Query]] = {
    "alignment-workbench": _keyed(
        {
            **_same("mode", "segments", "posture", "age", "sva", "cages", "pelvis"),
            "incidence": "pi",
            "tilt": "pt",
            "global_tilt": "gt",
            "seed": "film",
            "hidden": "hide",
        }
    ),
    "localise-lesion": _keyed(
        _same(
            *("mode", "level", "zone", "side", "cause", "findings", "prior", "study"),
            *("seed", "difficulty"),
        )
    ),
    "anatomy-explorer": _keyed(
        {
            **_same("mode", "structure", "view", "section", "explode", "labels", "posture", "slip"),
            **_same("sex", "stature", "levels", "segment", "seed"),
            "peeled": "peel",
            "hidden": "hide",
            "isolated": "only",
            "disc_height": "disc",
            "facet_hypertrophy": "facets",
            "flavum_thickening": "flavum",
        }
    ),
    "recovery-timeline": _timeline,
    "screw-trainer": _screw,
    "bone-state": _bone,
    "operation-stepper": _operation,
}
"""What writes the state of an activity that is no chart; charts all write alike."""
