"""Build implants, graft and new bone from their numbers, and write the packs.

They are shown together with the anatomy's pack. Beside each goes a record of the numbers it was
built from, the bones' own included: a test tells by it when the pack was not built again.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import yaml

from build_anatomy import ASSETS, anatomy_numbers, input_files
from build_bones import numbers_of
from l3s1.content.paths import anterior_pack_path, construct_pack_path
from l3s1.models.anatomy.assembly import build_skeleton
from l3s1.models.anatomy.pack import Pack, pack_anatomy
from l3s1.models.construct.anterior import build_anterior
from l3s1.models.construct.numbers import construct_numbers_from
from l3s1.models.construct.whole import build_construct

NUMBERS = ASSETS / "spine" / "construct.yaml"
ANTERIOR = ASSETS / "spine" / "anterior.yaml"
SKELETON = ("posture", "joints")
"""The files of `assets/spine` that decide where the bones are, besides the bones' own."""


def construct_digests(*own: Path) -> dict[str, str]:
    """For each input file the SHA-256 of its numbers; comments and layout do not count."""
    files = {
        name: path
        for name, path in input_files().items()
        if name.startswith(("bones.", "mesh")) or name in SKELETON
    }
    found = {}
    for path in (*files.values(), *(own or (NUMBERS,))):
        text = json.dumps(numbers_of(path), sort_keys=True, ensure_ascii=False)
        found[path.relative_to(ASSETS).as_posix()] = hashlib.sha256(text.encode()).hexdigest()
    return found


def write(pack: Pack, out: Path, inputs: dict[str, str]) -> None:
    """Write a pack and, beside it, what it was built from."""
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
    out.with_suffix(".yaml").write_text(note + text, encoding="utf-8")
    print(f"{out}: {len(pack.parts)} parts, {triangles} triangles, {len(data) / 1000:.0f} kB")


def main() -> None:
    """Read the command line, build and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--out", type=Path, default=construct_pack_path().parent, help="folder they go to"
    )
    folder: Path = parser.parse_args().out
    skeleton = build_skeleton(anatomy_numbers())
    numbers = construct_numbers_from(numbers_of(NUMBERS))
    construct = build_construct(skeleton, numbers)
    write(construct, folder / construct_pack_path().name, construct_digests(NUMBERS))
    anterior = build_anterior(skeleton, numbers, numbers_of(ANTERIOR))
    write(anterior, folder / anterior_pack_path().name, construct_digests(NUMBERS, ANTERIOR))


if __name__ == "__main__":
    main()
