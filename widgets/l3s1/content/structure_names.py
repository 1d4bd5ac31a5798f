"""The names of the model's structures: which there are, and how each is said in words.

A name is `owner.part.side`: `L4.pedicle.left`, `L4-L5.annulus_fibrosus`, `dural_sac`,
`iliac_crest.right`. Owners are bones and motion segments; sides are the patient's own.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from l3s1.vocabulary import MotionSegment, Side, Vertebra

if TYPE_CHECKING:
    from l3s1.content.anatomy import Structure

SACRUM = "sacrum"
LUMBAR = tuple(each.value for each in Vertebra if each is not Vertebra.S1)
SEGMENTS = tuple(each.value for each in MotionSegment)
ROOTS = tuple(each.value for each in Vertebra)
SIDES = tuple(each.value for each in Side)

_VERTEBRA = ("vertebral_body", "superior_end_plate", "inferior_end_plate", "spinous_process")
_VERTEBRA_PAIRED = (
    "pedicle",
    "transverse_process",
    "superior_articular_process",
    "pars_interarticularis",
    "inferior_articular_process",
    "lamina",
)
_SACRUM = ("end_plate", "body", "median_crest", "dorsal_wall")
_SACRUM_PAIRED = ("ala", "superior_articular_process", "lateral_part")
_SEGMENT = ("annulus_fibrosus", "nucleus_pulposus", "interspinous_ligament")
_SEGMENT_PAIRED = ("ligamentum_flavum", "facet_capsule")
_ROOT_PAIRED = ("nerve_root", "dorsal_root_ganglion")
_WHOLE = (
    "dural_sac",
    "conus_medullaris",
    "cauda_equina",
    "anterior_longitudinal_ligament",
    "posterior_longitudinal_ligament",
    "supraspinous_ligament",
    "abdominal_aorta",
    "inferior_vena_cava",
    "superior_hypogastric_plexus",
)
_WHOLE_PAIRED = (
    "iliolumbar_ligament",
    "psoas_major",
    "multifidus",
    "erector_spinae",
    "common_iliac_artery",
    "common_iliac_vein",
    "iliac_crest",
)


@cache
def structure_names() -> tuple[str, ...]:
    """Every name that a structure of the model may have, bones themselves included."""
    owned = (
        (LUMBAR, _VERTEBRA, _VERTEBRA_PAIRED),
        ((SACRUM,), _SACRUM, _SACRUM_PAIRED),
        (SEGMENTS, _SEGMENT, _SEGMENT_PAIRED),
        (ROOTS, (), _ROOT_PAIRED),
    )
    names = [*LUMBAR, SACRUM]
    for owners, single, paired in owned:
        for owner in owners:
            names += [f"{owner}.{part}" for part in single]
            names += [f"{owner}.{part}.{side}" for part in paired for side in SIDES]
    names += _WHOLE
    names += [f"{part}.{side}" for part in _WHOLE_PAIRED for side in SIDES]
    return tuple(names)


FUSED_LEVELS = ROOTS[1:]
FUSED_SEGMENTS = SEGMENTS[1:]


@cache
def construct_names() -> tuple[str, ...]:
    """Every name of the second pack: implants, graft and new bone of a fusion L3–S1."""
    names = [f"{level}.pedicle_screw.{side}" for level in FUSED_LEVELS for side in SIDES]
    names += [f"{part}.{side}" for part in ("rod", "S1.screw_halo") for side in SIDES]
    for segment in FUSED_SEGMENTS:
        bed = ("graft_chips", "soft_callus", "bridging_bone")
        names += [f"{segment}.{part}.{side}" for part in bed for side in SIDES]
        names += [f"{segment}.interbody_{part}" for part in ("cage", "graft", "bone")]
    last = FUSED_SEGMENTS[-1]
    names += [f"{last}.ununited_bone.{side}" for side in SIDES]
    return (*names, f"{last}.ununited_interbody_bone")


@cache
def anterior_names() -> tuple[str, ...]:
    """Every name of the third pack: what an ALIF of the last segment adds."""
    last = FUSED_SEGMENTS[-1]
    implants = (f"{last}.anterior_cage", f"{last}.anterior_graft")
    return (*implants, *(f"short_rod.{side}" for side in SIDES))


def say_structure(name: str, kind: Structure) -> str:
    """A structure's name in words: "left pedicle of L4", "annulus fibrosus of L4–L5", "dural sac".

    `kind` is the kind that covers it. A kind whose own name says where it is ("ala of the
    sacrum", its globs begin with `sacrum.`) gets no owner.
    """
    parts = name.split(".")
    side = f"{parts.pop()} " if parts[-1] in SIDES else ""
    if parts[0] not in (*LUMBAR, *ROOTS, *SEGMENTS, SACRUM):
        return f"{side}{kind.name}"
    if len(parts) == 1:
        return kind.name if name == SACRUM else f"{kind.name} {name}"
    if any(glob.startswith(f"{SACRUM}.") for glob in kind.structures):
        return f"{side}{kind.name}"
    return f"{side}{kind.name} of {say_owner(parts[0])}"


def say_owner(owner: str) -> str:
    """A bone or motion segment in words: "L4", "L4–L5", "the sacrum"."""
    return "the sacrum" if owner == SACRUM else owner.replace("-", "–")
