"""Build the anatomy of the 3D model from its numbers and write the pack: ``build_anatomy.py``.

Beside the pack goes a record of the numbers it was built from, so that a test can tell when one
changed and the pack was not built again.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from typing import Any

import yaml

from build_bones import numbers_of
from l3s1.content.paths import anatomy_pack_path
from l3s1.models.anatomy.pack import pack_anatomy
from l3s1.models.anatomy.skeleton import BONES
from l3s1.models.anatomy.whole import build_pack

ASSETS = Path(__file__).resolve().parent.parent / "assets"

SPINE = ("posture", "joints", "discs", "morphs", "soft_tissue", "canal")
"""The files of `assets/spine` that the anatomy is built from."""

RECORD = "anatomy.yaml"
"""What the record is called, beside the pack."""


def input_files() -> dict[str, Path]:
    """The files that the anatomy is built from, by what they are called in its numbers."""
    files = {f"bones.{name}": ASSETS / "bones" / f"{name}.yaml" for name in BONES}
    files |= {name: ASSETS / "bones" / f"{name}.yaml" for name in ("mesh", "mesh_sacrum")}
    files |= {name: ASSETS / "spine" / f"{name}.yaml" for name in SPINE}
    return files


def anatomy_numbers() -> dict[str, Any]:
    """The numbers of the whole anatomy, as `build_pack` takes them."""
    numbers: dict[str, Any] = {"bones": {}}
    for name, path in input_files().items():
        within, _, bone = name.rpartition(".")
        (numbers[within] if within else numbers)[bone] = numbers_of(path)
    return numbers


def digests() -> dict[str, str]:
    """For each input file the SHA-256 of its numbers; comments and layout do not count."""
    found = {}
    for path in input_files().values():
        text = json.dumps(numbers_of(path), sort_keys=True, ensure_ascii=False)
        key = path.relative_to(ASSETS).as_posix()
        found[key] = hashlib.sha256(text.encode()).hexdigest()
    return found


def main() -> None:
    """Read the command line, build and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=anatomy_pack_path(), help="where the pack goes")
    out: Path = parser.parse_args().out
    # before the build: a number that changes while it runs must not count as built
    inputs = digests()
    pack = build_pack(anatomy_numbers())
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
    text = yaml.safe_dump(record, sort_keys=False)
    note = "# What the pack beside this file was built from; written by `make bones`.\n"
    (out.parent / RECORD).write_text(note + text, encoding="utf-8")
    print(f"{out}: {len(pack.parts)} parts, {triangles} triangles, {len(data) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
