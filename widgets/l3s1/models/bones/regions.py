"""Name the structures of a generated bone: which triangles are pedicle, lamina, end plate, ala.

A triangle belongs to the part whose field is least at its middle; what the parts do not tell apart
(end plates and wall of a body, ala and lateral part of the sacrum) is told by where it lies.
Regions are told on folded points, so they are alike on both sides.
"""

from __future__ import annotations

import numpy as np

from l3s1.models.anatomy.part import Region
from l3s1.models.bones.lumbar import Vertebra, fold
from l3s1.models.bones.meshing import Mesh
from l3s1.models.bones.patches import Labels, centroids, cleaned, divided
from l3s1.models.bones.sdf import Array

LUMBAR_KINDS = (
    ("vertebral_body", False),
    ("superior_end_plate", False),
    ("inferior_end_plate", False),
    ("pedicle", True),
    ("transverse_process", True),
    ("superior_articular_process", True),
    ("pars_interarticularis", True),
    ("inferior_articular_process", True),
    ("lamina", True),
    ("spinous_process", False),
)
"""The regions of a lumbar vertebra and whether they are paired."""

SUPERIOR_PLATE, INFERIOR_PLATE = 1, 2

KIND_OF_PART = {"transverse_process_root": "transverse_process", "pars": "pars_interarticularis"}
"""The region of a swept part where it is named otherwise than the part."""


def lumbar_labels(vertebra: Vertebra, p: Array) -> Labels:
    """The index in `LUMBAR_KINDS` of the region of each point (n, 3) mm on the bone."""
    names = [name for name, _ in LUMBAR_KINDS]
    p = fold(p)
    side, above, below = vertebra.body.faces(p)
    fields = [vertebra.body.distance(p), *(part.distance(p) for part in vertebra.parts)]
    kinds = [0, *(names.index(KIND_OF_PART.get(q.name, q.name)) for q in vertebra.parts)]
    labels: Labels = np.array(kinds)[np.argmin(fields, axis=0)]
    # parts reach into each other, so the pars is bounded by its neighbours' centre-lines
    tip, pillar = vertebra.part("inferior_articular_process"), vertebra.part("pedicle")
    pars = names.index("pars_interarticularis")
    labels[(labels == names.index("pedicle")) & (p[:, 1] > pillar.line[-1, 1])] = pars
    labels[(labels == pars) & (p[:, 2] < tip.line[0, 2])] = names.index(tip.name)
    body = labels == 0
    labels[body & (above > np.maximum(side, below))] = SUPERIOR_PLATE
    labels[body & (below > np.maximum(side, above))] = INFERIOR_PLATE
    return labels


def regions_of_lumbar(
    level: str, vertebra: Vertebra, mesh: Mesh
) -> tuple[Mesh, tuple[Region, ...]]:
    """The mesh of a lumbar vertebra sorted by region, and the regions ("L4.pedicle.left").

    `mesh` lies in the frame of the bone. The vertices stay as they are.
    """
    labels = lumbar_labels(vertebra, centroids(mesh))
    labels = cleaned(mesh, labels, len(LUMBAR_KINDS))
    return divided(level, LUMBAR_KINDS, mesh, labels)
