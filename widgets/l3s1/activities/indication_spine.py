"""The spine that goes with a reason to fuse: in 3D beside it, and as a link to the explorer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from l3s1.activities.anatomy import course_anatomy
from l3s1.activities.anatomy_catalogue import list_structures

if TYPE_CHECKING:
    from l3s1.activities.indications import Indication
    from l3s1.content import Content

_EXPLORER_LESSON = "01"
_PEELED = 2  # as the explorer begins: without muscles
_MORPHS = ("facet_hypertrophy", "flavum_thickening")
_LINK_KEYS = {
    "disc_height": "disc",
    "facet_hypertrophy": "facets",
    "flavum_thickening": "flavum",
}
"""What the explorer's link calls parts of its state otherwise than Python does."""


def scene_of(content: Content, indication: Indication) -> dict[str, Any]:
    """What the 3D picture shows for a reason, as the traits of `AnatomyScene`."""
    spine = indication.spine
    segment = spine.get("section", "").partition(":")[2]
    cut = {"plane": "axial", "at": 0.0, "segment": segment, "from_disc": True}
    structures = list_structures(content, course_anatomy())
    return {
        "peeled": _PEELED,
        "hidden": [each.id for each in structures if each.is_iliac],
        "view": spine["view"],
        "highlight": [spine["structure"]],
        "slip": spine.get("slip", {}),
        "disc_height": spine.get("disc_height", {}),
        "morph": {name: spine[name] for name in _MORPHS if name in spine},
        "section": cut if segment else None,
    }


def link_of(content: Content, indication: Indication) -> str:
    """The address of the explorer of lesson 01 in the state that shows a reason."""
    said = {_LINK_KEYS.get(key, key): _say(part) for key, part in indication.spine.items()}
    notebook = content.lessons[_EXPLORER_LESSON].notebook
    return f"{notebook}?{urlencode({'mode': 'variants', **said}, safe=':')}"


def _say(part: Any) -> str:
    """A part of the explorer's state as its link writes it: shares of segments with a colon."""
    if isinstance(part, dict):
        return ",".join(f"{segment}:{share:g}" for segment, share in part.items())
    return part if isinstance(part, str) else f"{part:g}"
