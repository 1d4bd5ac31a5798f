"""Find where structures can be pointed at in the still pictures: ``build_spots.py [--out FILE]``.

Reads the anatomy pack and writes, for each named view, the structures that can be seen there with
their spot (shares of the picture's width and height, and how many mm around it are the structure's
own), and for each structure its tissue and its middle (mm). ``make bones`` runs it after the pack
is built; a test compares the file with what is computed now.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from l3s1.content.paths import anatomy_pack_path, spots_path
from l3s1.models.anatomy.pack import Pack, unpack_anatomy
from l3s1.models.anatomy.still_view import DIRECTIONS, still_view

LEAST_ROOM_MM = 1.2
"""A spot with less of its structure around it would be read as its neighbour's."""


def spots_of(pack: Pack, view: str) -> dict[str, list[float]]:
    """What can be pointed at in a view, in the order of the pack."""
    seen = still_view(pack.parts, pack.header["landmarks"], view)
    found = {name: seen.spot(name) for name in seen.structures}
    return {
        name: [round(spot.x, 4), round(spot.y, 4), round(spot.room_mm, 1)]
        for name, spot in found.items()
        if spot is not None and spot.room_mm >= LEAST_ROOM_MM
    }


def structures_of(pack: Pack) -> dict[str, list[Any]]:
    """Tissue and middle of every structure."""
    found: dict[str, list[Any]] = {}
    for part in pack.parts:
        for region in part.regions:
            triangles = part.mesh.triangles[region.start : region.start + region.count]
            points = part.mesh.vertices[triangles].reshape(-1, 3)
            middle = (points.min(0) + points.max(0)) / 2
            found[region.structure] = [part.tissue.value, part.layer.value, *middle.round(1)]
    return found


def written(pack: Pack) -> str:
    """The file's text: a line for each structure."""
    views = {view: spots_of(pack, view) for view in DIRECTIONS}
    lines = [f'"{view}": {_lines(spots)}' for view, spots in views.items()]
    body = ",\n".join([f'"structures": {_lines(structures_of(pack))}', *lines])
    return f"{{\n{body}\n}}\n"


def _lines(entries: dict[str, list[Any]]) -> str:
    rows = [f" {json.dumps(name)}: {json.dumps(values)}" for name, values in entries.items()]
    return "{\n" + ",\n".join(rows) + "}"


def main() -> None:
    """Read the command line, compute and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=spots_path(), help="where it goes")
    out: Path = parser.parse_args().out
    text = written(unpack_anatomy(anatomy_pack_path().read_bytes()))
    out.write_text(text, encoding="utf-8")
    print(f"{out}: {len(text) / 1000:.1f} kB")


if __name__ == "__main__":
    main()
