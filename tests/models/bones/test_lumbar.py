"""Every generated vertebra is closed, has one hole, and is its own mirror image."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import yaml

from l3s1.models.bones.lumbar import vertebra_from
from l3s1.models.bones.meshing import edge_report, mesh_of

BONES = Path(__file__).resolve().parents[3] / "assets" / "bones"


@pytest.mark.parametrize("level", ["L2", "L3", "L4", "L5"])
def test_vertebra_is_closed_symmetric_and_repeatable(level: str) -> None:
    bone = vertebra_from(yaml.safe_load((BONES / f"{level}.yaml").read_text(encoding="utf-8")))
    box = np.array([0.0, -30.0, -40.0]), np.array([60.0, 85.0, 35.0])
    mesh = mesh_of(bone.distance, *box, triangles=7000)
    assert edge_report(mesh) == (True, 1)
    here = {tuple(v) for v in mesh.vertices}
    assert here == {(-x + 0.0, y, z) for x, y, z in here}
    again = mesh_of(bone.distance, *box, triangles=7000)
    assert np.array_equal(again.vertices, mesh.vertices)
    assert np.array_equal(again.triangles, mesh.triangles)
