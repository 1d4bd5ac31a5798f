"""What the 3D model consists of: named meshes that know their tissue, layer and bones.

All lengths are mm in the spine's frame: x left, y posterior, z superior (vertical when standing);
the origin is the centre of the sacrum's end plate. Meshes are stored as they lie when standing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from l3s1.models.bones.meshing import Mesh
from l3s1.models.bones.sdf import Array
from l3s1.vocabulary import Layer, Tissue


@dataclass(frozen=True)
class Region:
    """A named structure within a part: `count` triangles from triangle `start` on."""

    structure: str
    start: int
    count: int


@dataclass(frozen=True)
class Part:
    """One mesh of the model.

    `name`: "L4", "L3-L4.annulus_fibrosus", "L4.nerve_root.left". `regions`: consecutive runs that
    cover all triangles; a part of one structure has one region of its own name. `bones` carry the
    part; `weights` (n, len(bones)) says how much each bone carries each vertex, rows sum to 1, and
    is None where one bone carries all. `morphs`: by variant, displacement (n, 3) mm at its full.
    """

    name: str
    tissue: Tissue
    layer: Layer
    mesh: Mesh
    regions: tuple[Region, ...]
    bones: tuple[str, ...]
    weights: Array | None = None
    morphs: Mapping[str, Array] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raise ValueError where regions, weights or morphs do not fit the mesh."""
        at = 0
        for region in self.regions:
            if region.start != at or region.count < 1:
                raise ValueError(f"{self.name}: region {region.structure} does not follow on")
            at += region.count
        if at != len(self.mesh.triangles):
            raise ValueError(f"{self.name}: regions cover {at} of {len(self.mesh.triangles)}")
        n = len(self.mesh.vertices)
        if self.weights is None and len(self.bones) != 1:
            raise ValueError(f"{self.name}: give weights for its {len(self.bones)} bones")
        if self.weights is not None and self.weights.shape != (n, len(self.bones)):
            raise ValueError(f"{self.name}: weights {self.weights.shape} for {n} vertices")
        for name, shift in self.morphs.items():
            if shift.shape != (n, 3):
                raise ValueError(f"{self.name}: morph {name} has shape {shift.shape}")
