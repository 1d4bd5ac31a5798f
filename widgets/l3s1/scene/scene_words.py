"""What a scene shows, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from l3s1.scene.anatomy import Anatomy
from l3s1.scene.words import say_list, say_structure
from l3s1.vocabulary import Layer

VIEW_WORDS: dict[str, str] = {
    "anterior": "from the front",
    "posterior": "from behind",
    "left_lateral": "from the left",
    "right_lateral": "from the right",
    "superior": "from above",
    "oblique": "obliquely from behind and the left",
    "through_foramen": "through an intervertebral foramen",
}

_TOO_MANY = 12


def describe(anatomy: Anatomy, state: Mapping[str, Any]) -> str:
    """The text twin of a scene: posture, view, what is shown, cut, changed and marked."""
    sentences = [_spine(anatomy, state), _shown(anatomy, state)]
    if state["explode"]:
        sentences.append(f"Pulled apart by {state['explode']:.0%}.")
    if state["section"]:
        sentences.append(_section(state["section"]))
    sentences += _variants(state)
    if state["highlight"]:
        sentences.append(f"Highlighted: {_names(state['highlight'])}.")
    if state["labels"]:
        sentences.append(f"Labelled: {_names(state['labels'])}.")
    return " ".join(sentences)


def _names(structures: list[str]) -> str:
    return say_list([say_structure(name) for name in structures])


def _spine(anatomy: Anatomy, state: Mapping[str, Any]) -> str:
    if state["arranged"]:
        return f"{_names(state['arranged'])} side by side, seen {VIEW_WORDS[state['view']]}."
    first, last = anatomy.bones[0], anatomy.bones[-1]
    return f"Lumbar spine {first} to {last}, {state['posture']}, seen {VIEW_WORDS[state['view']]}."


def _shown(anatomy: Anatomy, state: Mapping[str, Any]) -> str:
    if state["isolated"]:
        names = [name for name in state["isolated"] if name not in state["hidden"]]
        return f"Shown: {_names(names)}."
    layers = list(Layer)[state["peeled"] :]
    present = {part.layer for part in anatomy.parts if part.name not in state["hidden"]}
    text = f"Shown: {say_list([layer.value for layer in layers if layer in present])}"
    own = {name: part.layer for part in anatomy.parts for name in (part.name, *part.structures)}
    hidden = [name for name in state["hidden"] if own[name] in layers]
    if len(hidden) > _TOO_MANY:
        return f"{text}, without {len(hidden)} structures."
    return f"{text}, without {_names(hidden)}." if hidden else f"{text}."


def _section(section: Mapping[str, Any]) -> str:
    at = f"{float(section['at']):+.1f} mm".replace("-", "−")
    segment = section.get("segment")
    if section.get("from_disc"):
        disc = str(segment).replace("-", "–")
        place = f", {at} from its middle" if section["at"] else ""
        return f"Section: {section['plane']} through the disc {disc}{place}."
    tilt = f", tilted with {segment.replace('-', '–')}" if segment else ""
    return f"Section: {section['plane']} at {at}{tilt}."


def _variants(state: Mapping[str, Any]) -> list[str]:
    said = [
        *(
            f"slip of {slip:.0%} at {level}"
            for level, slip in sorted(state["slip"].items())
            if slip
        ),
        *(
            f"{kept:.0%} of the disc height at {level}"
            for level, kept in sorted(state["disc_height"].items())
            if kept < 1
        ),
        *(
            f"{name.replace('_', ' ')} {share:.0%}"
            for name, share in sorted(state["morph"].items())
            if share
        ),
    ]
    if list(state["scale"]) != [1, 1, 1]:
        said.append("scaled by " + " × ".join(f"{factor:g}" for factor in state["scale"]))
    return [f"Changed: {say_list(said)}.".replace("-", "–")] if said else []
