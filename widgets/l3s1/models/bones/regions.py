"""Name the structures of a generated bone: which triangles are pedicle, lamina, end plate, ala.

A triangle belongs to the part whose field is least at its middle; what the parts do not tell apart
(end plates and wall of a body, ala and lateral part of the sacrum) is told by where it lies.
Regions are told on folded points, so they are alike on both sides.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from l3s1.models.anatomy.part import Region
from l3s1.models.bones.lumbar import Vertebra, fold
from l3s1.models.bones.meshing import Mesh
from l3s1.models.bones.patches import Labels, centroids, cleaned, divided
from l3s1.models.bones.sacrum import Sacrum
from l3s1.models.bones.sdf import Array, smooth_max

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

SACRAL_KINDS = (
    ("end_plate", False),
    ("body", False),
    ("ala", True),
    ("superior_articular_process", True),
    ("lateral_part", True),
    ("median_crest", False),
    ("dorsal_wall", False),
)
"""The regions of the sacrum and whether they are paired."""

PLATE_EXPONENT = 2.5
"""How square the outline of the sacrum's end plate is."""

CREST = 4.5
"""mm from the mirror plane up to which the crest of the sacrum reaches; its foot is dorsal wall."""

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


def on_plate(bone: Sacrum, p: Array) -> NDArray[np.bool_]:
    """Whether points (n, 3) with x ≥ 0 lie over or under the outline of the end plate."""
    half_width, front, back = bone.top.plate
    middle, depth = (front + back) / 2.0, (back - front) / 2.0
    ratios = np.abs(np.stack([p[:, 0] / half_width, (p[:, 1] - middle) / depth]))
    inside: NDArray[np.bool_] = (ratios**PLATE_EXPONENT).sum(0) < 1.0
    return inside


def foramina(bone: Sacrum, side: str) -> Array:
    """Where the "ventral" or "dorsal" foramina lie: rows (mm along the sheet, mm from x = 0)."""
    holes = [hole for hole in bone.holes if side in hole.name]
    centres = np.array([hole.line[1] for hole in holes])
    result: Array = np.c_[bone.sheet.coordinates(centres)[0], centres[:, 0]]
    return result


def sacral_labels(bone: Sacrum, p: Array) -> Labels:
    """The index in `SACRAL_KINDS` of the region of each point (n, 3) mm on the bone.

    Medial of the foramina lie the bodies in front of the canal and the dorsal wall behind it;
    lateral of them the lateral part, of which the ala is what lies above the first foramen and in
    front or on top.
    """
    names = [name for name, _ in SACRAL_KINDS]
    p = fold(p)
    s, h = bone.sheet.coordinates(p)
    slab, top = bone.sheet.distance_at(p[:, 0], s, h), bone.top.distance(p)
    upper = top > slab
    ventral, dorsal = foramina(bone, "ventral"), foramina(bone, "dorsal")
    behind = np.interp(s, *bone.sheet.coordinates(bone.part("canal").line))
    plate = (bone.sheet.stations[0], bone.top.plate[0])
    edge_in_front = np.interp(s, *np.vstack([plate, ventral]).T)
    labels: Labels = np.full(len(p), names.index("lateral_part"))
    labels[(h < bone.sheet.middle(p[:, 0], s)) & (s < ventral[0, 0])] = names.index("ala")
    labels[upper & (s < ventral[0, 0])] = names.index("ala")
    labels[(h < behind) & (p[:, 0] < edge_in_front)] = names.index("body")
    labels[(h >= behind) & (p[:, 0] < np.interp(s, *dorsal.T))] = names.index("dorsal_wall")
    labels[upper & on_plate(bone, p)] = names.index("end_plate")
    base = smooth_max(slab, top, bone.top.rim)
    for bridge in bone.bridges:
        values = bridge.distance(p)
        labels[values < base] = names.index("dorsal_wall")
        base = np.minimum(base, values)
    for part in bone.parts:
        if "crest" in part.name:
            kind, lateral = "median_crest", CREST
        else:
            # the root of the process lies in the lateral part, from which its outer half rises
            kind, lateral = part.name, float(part.line[:2, 0].mean())
        labels[(part.distance(p) < base) & (p[:, 0] < lateral)] = names.index(kind)
    return labels


def regions_of_sacrum(bone: Sacrum, mesh: Mesh) -> tuple[Mesh, tuple[Region, ...]]:
    """The mesh of the sacrum sorted by region, and the regions ("sacrum.ala.left").

    `mesh` lies in the frame of the bone. The vertices stay as they are.
    """
    labels = cleaned(mesh, sacral_labels(bone, centroids(mesh)), len(SACRAL_KINDS))
    return divided("sacrum", SACRAL_KINDS, mesh, labels)
