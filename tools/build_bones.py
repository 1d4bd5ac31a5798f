"""Mesh the bones of `assets/bones` and write them as PLY: ``build_bones.py FOLDER [BONE …]``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from l3s1.models.bones.export import ply_bytes
from l3s1.models.bones.lumbar import vertebra_from
from l3s1.models.bones.meshing import Mesh, mesh_of, settings_from
from l3s1.models.bones.sacrum import sacrum_from

BONES = Path(__file__).resolve().parent.parent / "assets" / "bones"


def numbers_of(path: Path) -> dict[str, Any]:
    """The mapping that a YAML file holds; TypeError where it holds none."""
    numbers = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(numbers, dict):
        raise TypeError(f"{path}: holds no mapping; see docs/bones.md")
    return numbers


def meshed(bone: str) -> Mesh:
    """The mesh of a bone of `assets/bones`, such as "L4" or "sacrum"."""
    numbers = numbers_of(BONES / f"{bone}.yaml")
    if bone == "sacrum":
        settings = settings_from(numbers_of(BONES / "mesh_sacrum.yaml"))
        return mesh_of(sacrum_from(numbers).distance, settings)
    settings = settings_from(numbers_of(BONES / "mesh.yaml"))
    return mesh_of(vertebra_from(numbers).distance, settings)


def build(out: Path, bones: Sequence[str]) -> None:
    """Write one PLY to the folder `out` for each of the named bones."""
    out.mkdir(parents=True, exist_ok=True)
    for bone in bones:
        mesh = meshed(bone)
        (out / f"{bone}.ply").write_bytes(ply_bytes(mesh))
        print(f"{bone}: {len(mesh.triangles)} triangles")


def main() -> None:
    """Read the command line."""
    known = [*sorted(path.stem for path in BONES.glob("L?.yaml")), "sacrum"]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the PLY files go")
    parser.add_argument("bones", nargs="*", metavar="bone", help=f"of {', '.join(known)}; else all")
    arguments = parser.parse_args()
    if unknown := set(arguments.bones) - set(known):
        parser.error(f"no bone {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    build(arguments.folder, arguments.bones or known)


if __name__ == "__main__":
    main()
