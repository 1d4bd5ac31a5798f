"""What the page gets of items that point at the model: marked pictures, and tasks in 3D."""

from __future__ import annotations

from dataclasses import asdict
from math import dist
from typing import TYPE_CHECKING, Any

from l3s1.content.spots import Places, model_places
from l3s1.scene.scene_words import VIEW_WORDS
from l3s1.vocabulary import Layer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from l3s1.content import Content, FindIn3D, LabelPicture
    from l3s1.content.spots import Spot, Where

CANDIDATES = 8
"""How many structures the keyboard goes through, the right ones and near misses among them."""

STILL_PEELED = 2
"""Layers that the still pictures take off, and a task that does not say how many."""

_LEAST_CROP = 0.42
_AIR = 0.22
"""Room around the outermost marks, as a share of the picture."""


def label_json(item: LabelPicture) -> dict[str, Any]:
    """Picture and marks of a `label_picture` item.

    Raises ValueError where there is no such picture, or it does not show what is marked.
    """
    places = model_places()
    spots = _spots(places, item)
    return {
        "picture": _picture(item.picture, spots),
        "marks": [
            {
                "id": mark.id,
                "structure": mark.structure,
                "key": mark.key,
                "feedback": mark.feedback,
                "at": _at(spot),
                "place": places.structures[mark.structure].says,
            }
            for mark, spot in zip(item.marks, spots, strict=True)
        ],
        "choices": [asdict(each) for each in item.choices],
    }


def find_json(content: Content, item: FindIn3D) -> dict[str, Any]:
    """The task of a `find_in_3d` item, with what can be chosen without seeing the scene."""
    places = model_places()
    find = item.find
    peeled = STILL_PEELED if find.peeled is None else find.peeled
    candidates = _candidates(places, item, peeled)
    picture = find.view.replace("_", "-")
    shown = places.pictures[picture]
    # a still picture that hides what is right would mislead: then places are only said
    helps = any(name in shown for name in find.structures)
    spots = {name: shown[name] for name in candidates if helps and name in shown}
    return {
        "find": {
            "structures": list(find.structures),
            "names": [content.say_structure(name) for name in find.structures],
            "view": find.view,
            "peeled": peeled,
        },
        "near": [
            {"structures": list(each.structures), "feedback": each.feedback} for each in item.near
        ],
        "feedback": dict(item.feedback),
        "candidates": [
            {
                "id": name,
                "name": content.say_structure(name),
                "place": places.structures[name].says,
            }
            for name in candidates
        ],
        "picture": _picture(picture, spots.values()) if spots else None,
        "spots": {name: _at(spot) for name, spot in spots.items()},
    }


def _spots(places: Places, item: LabelPicture) -> list[Spot]:
    shown = places.pictures.get(item.picture)
    if shown is None:
        known = ", ".join(places.pictures)
        raise ValueError(f"{item.id}: there is no picture {item.picture!r}; there are {known}")
    hidden = [mark.structure for mark in item.marks if mark.structure not in shown]
    if hidden:
        seen = ", ".join(places.seen_in(hidden[0])) or "none"
        raise ValueError(
            f"{item.id}: {hidden[0]} can't be pointed at in {item.picture!r}; use one of: {seen}"
        )
    return [shown[mark.structure] for mark in item.marks]


def _candidates(places: Places, item: FindIn3D, peeled: int) -> list[str]:
    """Right ones, near misses and what lies nearest, from above downwards."""
    named = [*item.find.structures, *(name for near in item.near for name in near.structures)]
    shown = list(Layer)[peeled:]
    target = _middle(places.structures[item.find.structures[0]])
    others = sorted(
        (
            name
            for name, where in places.structures.items()
            if name not in named and Layer(where.layer) in shown
        ),
        key=lambda name: dist(target, _middle(places.structures[name])),
    )
    chosen = [*named, *others[: max(0, CANDIDATES - len(named))]]
    return sorted(chosen, key=lambda name: (-places.structures[name].above, name))


def _middle(where: Where) -> tuple[float, float, float]:
    return (where.left, where.behind, where.above)


def _at(spot: Spot) -> list[float]:
    return [spot.x, spot.y]


def _picture(name: str, spots: Iterable[Spot]) -> dict[str, Any]:
    """A still picture, cut to where its marks are; equal shares keep its shape."""
    view = name.replace("-", "_")
    places = list(spots)
    across, down = sorted(each.x for each in places), sorted(each.y for each in places)
    size = min(1.0, max(_LEAST_CROP, across[-1] - across[0] + _AIR, down[-1] - down[0] + _AIR))
    corner = [min(1.0 - size, max(0.0, (each[0] + each[-1] - size) / 2)) for each in (across, down)]
    return {
        "view": view,
        "alt": f"The model of the lumbar spine, seen {VIEW_WORDS[view]}",
        "crop": [round(share, 4) for share in (*corner, size, size)],
    }
