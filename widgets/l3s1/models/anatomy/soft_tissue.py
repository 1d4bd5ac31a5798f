"""All soft tissue of the model but the discs, and the iliac crests in outline.

`docs/soft_tissue.md` says what is modelled and what is simplified.
"""

from __future__ import annotations

import numpy as np

from l3s1.models.anatomy.arch_ligaments import arch_ligament_parts, roof_points
from l3s1.models.anatomy.column import Column, column_of
from l3s1.models.anatomy.ilium import ilium_parts
from l3s1.models.anatomy.ligaments import floor_points, ligament_parts
from l3s1.models.anatomy.muscles import muscle_parts
from l3s1.models.anatomy.nerves import dural_sac, nerve_parts
from l3s1.models.anatomy.part import Part
from l3s1.models.anatomy.skeleton import Skeleton
from l3s1.models.anatomy.soft_parts import Numbers, size
from l3s1.models.anatomy.vessels import vessel_parts


def build_soft_tissue(skeleton: Skeleton, numbers: Numbers) -> list[Part]:
    """Every soft part of a skeleton with all five bones; takes about 20 seconds.

    `numbers` as `assets/spine/soft_tissue.yaml` holds them. Raises ValueError where one is missing.
    """
    return soft_tissue_of(read_column(skeleton, numbers), numbers)


def read_column(skeleton: Skeleton, numbers: Numbers) -> Column:
    """The bones as soft tissue keeps to them; reading them is what takes the time."""
    return column_of(
        skeleton,
        size(numbers, "column", "blend"),
        size(numbers, "column", "grid"),
        size(numbers, "column", "margin"),
    )


def soft_tissue_of(column: Column, numbers: Numbers) -> list[Part]:
    """Every soft part around a column, from the canal outwards."""
    arches = arch_ligament_parts(column, numbers)
    flava = [part for part in arches if part.name.endswith("ligamentum_flavum.left")]
    bands = ligament_parts(column, numbers)
    (behind,) = (part for part in bands if part.name == "posterior_longitudinal_ligament")
    floor = floor_points(behind)
    sac = dural_sac(column, numbers, np.concatenate([roof_points(flava), floor]))
    pressed = dural_sac(column, numbers, np.concatenate([roof_points(flava, morph=1.0), floor]))
    return [
        *nerve_parts(column, sac, numbers, pressed),
        *bands,
        *arches,
        *ilium_parts(column, numbers),
        *vessel_parts(column, numbers),
        *muscle_parts(column, numbers),
    ]
