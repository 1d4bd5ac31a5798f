"""Mesh the bones of `assets/bones/*.yaml` and write them as PLY: build_bones.py OUT_DIR."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "widgets"))

from l3s1.models.bones.export import ply_bytes  # noqa: E402
from l3s1.models.bones.lumbar import vertebra_from  # noqa: E402
from l3s1.models.bones.meshing import mesh_of  # noqa: E402


def main(out: Path) -> None:
    """Write one PLY for each parameter file."""
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted((ROOT / "assets" / "bones").glob("L*.yaml")):
        bone = vertebra_from(yaml.safe_load(path.read_text(encoding="utf-8")))
        box = np.array([0.0, -30.0, -40.0]), np.array([60.0, 85.0, 35.0])
        mesh = mesh_of(bone.distance, *box, triangles=7000)
        (out / f"{path.stem}.ply").write_bytes(ply_bytes(mesh))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
