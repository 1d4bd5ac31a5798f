"""Build implants, graft and new bone from their numbers and write the pack: ``build_construct.py``.

It is shown together with the anatomy's pack. Beside it goes a record of the numbers it was built
from, the bones' own included: a test tells by it when the pack was not built again.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import yaml

from build_anatomy import ASSETS, anatomy_numbers, input_files
from build_bones import numbers_of
from l3s1.content.paths import construct_pack_path
from l3s1.models.anatomy.assembly import build_skeleton
from l3s1.models.anatomy.pack import pack_anatomy
from l3s1.models.construct.numbers import construct_numbers_from
from l3s1.models.construct.whole import build_construct

NUMBERS = ASSETS / "spine" / "construct.yaml"
RECORD = "construct.yaml"
SKELETON = ("posture", "joints")
"""The files of `assets/spine` that decide where the bones are, besides the bones' own."""


def construct_digests() -> dict[str, str]:
    """For each input file the SHA-256 of its numbers; comments and layout do not count."""
    files = {
        name: path
        for name, path in input_files().items()
        if name.startswith(("bones.", "mesh")) or name in SKELETON
    }
    found = {}
    for path in (*files.values(), NUMBERS):
        text = json.dumps(numbers_of(path), sort_keys=True, ensure_ascii=False)
        found[path.relative_to(ASSETS).as_posix()] = hashlib.sha256(text.encode()).hexdigest()
    return found


def main() -> None:
    """Read the command line, build and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=construct_pack_path(), help="where it goes")
    out: Path = parser.parse_args().out
    inputs = construct_digests()
    skeleton = build_skeleton(anatomy_numbers())
    pack = build_construct(skeleton, construct_numbers_from(numbers_of(NUMBERS)))
    data = pack_anatomy(pack)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(data)
    triangles = sum(len(part.mesh.triangles) for part in pack.parts)
    record = {
        "pack": out.name,
        "built_by": "make bones",
        "parts": len(pack.parts),
        "triangles": triangles,
        "numbers": inputs,
    }
    note = "# What the pack beside this file was built from; written by `make bones`.\n"
    text = yaml.safe_dump(record, sort_keys=False)
    (out.parent / RECORD).write_text(note + text, encoding="utf-8")
    print(f"{out}: {len(pack.parts)} parts, {triangles} triangles, {len(data) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
