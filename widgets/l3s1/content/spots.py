"""Where the model's structures lie, and where they can be pointed at in its still pictures.

`tools/build_spots.py` computes both from the meshes. A picture's id is its view's name with
hyphens: `left-lateral`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from l3s1.content.paths import spots_path


@dataclass(frozen=True)
class Spot:
    """Shares of the picture's width and height, from its upper left; `room_mm` around it."""

    x: float
    y: float
    room_mm: float


@dataclass(frozen=True)
class Where:
    """A structure's tissue, layer and middle: mm to the left of, behind and above the S1 plate."""

    tissue: str
    layer: str
    left: float
    behind: float
    above: float

    @property
    def says(self) -> str:
        """The place in words that don't give the name away, from the middle of the S1 end plate."""
        side, depth, height = (round(each) for each in (self.left, self.behind, self.above))
        across = "in the midline"
        if abs(side) > 1:
            across = f"{abs(side)} mm {'left' if side > 0 else 'right'}"
        along = f"{abs(depth)} mm {'behind' if depth >= 0 else 'in front'}"
        up = f"{abs(height)} mm {'above' if height >= 0 else 'below'}"
        return f"{self.tissue}, {across}, {along}, {up}"


@dataclass(frozen=True)
class Places:
    """All structures, and by picture those that it shows."""

    structures: Mapping[str, Where]
    pictures: Mapping[str, Mapping[str, Spot]]

    def seen_in(self, structure: str) -> tuple[str, ...]:
        """The pictures in which a structure can be pointed at."""
        return tuple(name for name, spots in self.pictures.items() if structure in spots)


@cache
def model_places() -> Places:
    """The course's places, read once.

    Raises FileNotFoundError where the file has not been built.
    """
    data = json.loads(spots_path().read_text(encoding="utf-8"))
    structures = {name: Where(*values) for name, values in data.pop("structures").items()}
    pictures = {
        view.replace("_", "-"): {name: Spot(*values) for name, values in spots.items()}
        for view, spots in data.items()
    }
    return Places(structures, pictures)
