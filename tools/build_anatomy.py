"""Build the anatomy of the 3D model from its numbers: ``build_anatomy.py``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from build_bones import numbers_of
from l3s1.models.anatomy.skeleton import BONES

ASSETS = Path(__file__).resolve().parent.parent / "assets"


def anatomy_numbers() -> dict[str, Any]:
    """The numbers of the whole anatomy, as `build_skeleton` takes them."""
    bones = {name: ASSETS / "bones" / f"{name}.yaml" for name in BONES}
    return {
        "bones": {name: numbers_of(path) for name, path in bones.items() if path.exists()},
        "mesh": numbers_of(ASSETS / "bones" / "mesh.yaml"),
        "posture": numbers_of(ASSETS / "spine" / "posture.yaml"),
        "joints": numbers_of(ASSETS / "spine" / "joints.yaml"),
    }
