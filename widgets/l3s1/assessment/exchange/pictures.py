"""A still picture of the model with numbered marks, as a file of its own."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from l3s1.assessment.exchange.markup import element, xml_bytes
from l3s1.assessment.exchange.number_places import number_places
from l3s1.assessment.pictures import label_json
from l3s1.content import course_root

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Sequence

    from l3s1.assessment.exchange.number_places import Spot
    from l3s1.content import LabelPicture

_WIDTH = 1000.0
"""Of what is shown of a picture, in units of its own."""

_RADIUS = 30.0
_DOT = 7.0
_BRIGHT, _DARK = "#ffffff", "#10202c"


@dataclass(frozen=True)
class MarkedPicture:
    """A picture file with its marks drawn in; `words` say where they are, not what they are."""

    name: str
    content: bytes
    words: str


def marked_picture(item: LabelPicture) -> MarkedPicture:
    """The picture of an item as SVG that holds all it needs; the page draws the same marks."""
    page = label_json(item)
    picture, marks = page["picture"], page["marks"]
    name = f"{picture['view']}-light.webp"
    photo = (course_root() / "assets" / "meshes" / "views" / name).read_bytes()
    places = "; ".join(f"{mark['id']}: {mark['place']}" for mark in marks)
    return MarkedPicture(
        name=f"l3s1-{item.id}.svg",
        content=xml_bytes(_drawing(photo, picture["crop"], marks)),
        words=f"{picture['alt']}. Marks: {places}.",
    )


def _drawing(photo: bytes, crop: Sequence[float], marks: Sequence[dict[str, Any]]) -> ET.Element:
    left, top, across, down = crop
    whole_width = _WIDTH / across
    pixels = webp_size(photo)
    whole_height = whole_width * pixels[1] / pixels[0]
    image = {
        "href": f"data:image/webp;base64,{base64.b64encode(photo).decode()}",
        "x": _plain(-left * whole_width),
        "y": _plain(-top * whole_height),
        "width": _plain(whole_width),
        "height": _plain(whole_height),
    }
    height = down * whole_height
    shown = {
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": f"0 0 {_plain(_WIDTH)} {_plain(height)}",
        "width": _plain(_WIDTH),
        "height": _plain(height),
    }
    spots = {
        mark["id"]: (
            (mark["at"][0] - left) * whole_width,
            (mark["at"][1] - top) * whole_height,
        )
        for mark in marks
    }
    places = number_places(spots, _WIDTH, height, _RADIUS)
    lines = [_pointer(places[name], spots[name]) for name in spots]
    numbers = [part for name in spots for part in _number(name, places[name])]
    return element(
        "svg",
        element("image", attributes=image),
        *(part for line in lines for part in line),
        *numbers,
        attributes=shown,
    )


def _pointer(number: Spot, spot: Spot) -> list[ET.Element]:
    """A line from a number to a dot on what it points at, dark on bright."""
    ends = {
        "x1": _plain(number[0]),
        "y1": _plain(number[1]),
        "x2": _plain(spot[0]),
        "y2": _plain(spot[1]),
    }
    dot = {"cx": _plain(spot[0]), "cy": _plain(spot[1])}
    return [
        element("line", attributes={**ends, "stroke": _BRIGHT, "stroke-width": "8"}),
        element("line", attributes={**ends, "stroke": _DARK, "stroke-width": "3"}),
        element(
            "circle",
            attributes={
                **dot,
                "r": _plain(_DOT),
                "fill": _DARK,
                "stroke": _BRIGHT,
                "stroke-width": "4",
            },
        ),
    ]


def _number(number: str, place: Spot) -> list[ET.Element]:
    """A number in a disc that stands out from bright and dark."""
    x, y = place
    disc = {
        "cx": _plain(x),
        "cy": _plain(y),
        "r": _plain(_RADIUS),
        "fill": _BRIGHT,
        "stroke": _DARK,
        "stroke-width": "5",
    }
    words = {
        "x": _plain(x),
        "y": _plain(y + 0.36 * 1.3 * _RADIUS),
        "fill": _DARK,
        "font-family": "sans-serif",
        "font-size": _plain(1.3 * _RADIUS),
        "font-weight": "bold",
        "text-anchor": "middle",
    }
    return [element("circle", attributes=disc), element("text", number, attributes=words)]


def _plain(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def webp_size(photo: bytes) -> tuple[int, int]:
    """Width and height of a WebP picture in pixels, as its head says.

    Raises ValueError for what is none.
    """
    if photo[:4] != b"RIFF" or photo[8:12] != b"WEBP":
        raise ValueError("this is no WebP picture")
    kind = photo[12:16]
    if kind == b"VP8 ":
        width, height = (int.from_bytes(photo[at : at + 2], "little") for at in (26, 28))
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L":
        bits = int.from_bytes(photo[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = (int.from_bytes(photo[at : at + 3], "little") for at in (24, 27))
    return width + 1, height + 1
