"""The whole construct as parts of the 3D model, ready to be packed beside the anatomy."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from l3s1.models.anatomy.ordering import ordered
from l3s1.models.anatomy.pack import Pack
from l3s1.models.anatomy.part import Part, Region
from l3s1.models.anatomy.skeleton import Skeleton
from l3s1.models.anatomy.tubes import mirror_image
from l3s1.models.bones.meshing import Mesh
from l3s1.models.bones.sdf import Array
from l3s1.models.construct.bed import Bed, bed_bone, bed_callus, bed_chips, bed_stumps, beds_of
from l3s1.models.construct.interbody import (
    cage_mesh,
    disc_space,
    interbody_bone,
    interbody_chips,
    interbody_stumps,
)
from l3s1.models.construct.numbers import LEVELS, SEGMENTS, ConstructNumbers
from l3s1.models.construct.rods import directions, rod_line, rod_mesh, seats_of
from l3s1.models.construct.screws import (
    MIRROR,
    bone_of,
    halo_mesh,
    place_screws,
    screw_mesh,
)
from l3s1.vocabulary import Layer, Side, Tissue

BRIDGING = {"bed": "posterolateral_bridging", "disc": "interbody_bridging"}
"""Morphs that let bone grow from its beginnings (0) to a bridge (1)."""

CONSUMED = {"bed": "posterolateral_graft_consumed", "disc": "interbody_graft_consumed"}
"""Morphs by which chips vanish."""


def build_construct(skeleton: Skeleton, numbers: ConstructNumbers) -> Pack:
    """Screws, rods, cages, graft and new bone of an instrumented fusion L3–S1.

    The pack's header has no spine of its own: it is shown together with the anatomy's pack.
    """
    parts = [
        *_hardware(skeleton, numbers),
        *_beds(skeleton, numbers),
        *_discs(skeleton, numbers),
    ]
    header = {
        "bones": [],
        "poses": {},
        "segments": {},
        "morph_mm": {
            name: round(max(_most(part, name) for part in parts), 2)
            for name in (*BRIDGING.values(), *CONSUMED.values())
        },
    }
    return Pack(header, tuple(ordered(part) for part in parts))


def _most(part: Part, morph: str) -> float:
    """The longest way of a part's vertices in a morph, mm."""
    shift = part.morphs.get(morph)
    return 0.0 if shift is None else float(np.linalg.norm(shift, axis=1).max())


def carried_part(name: str, tissue: Tissue, mesh: Mesh, bone: str, **morphs: Array) -> Part:
    """A part of one structure that one bone carries."""
    regions = (Region(name, 0, len(mesh.triangles)),)
    return Part(name, tissue, Layer.BONES, mesh, regions, (bone,), morphs=morphs)


def _hardware(skeleton: Skeleton, numbers: ConstructNumbers) -> Iterator[Part]:
    """Screws with their heads turned to the rods, halos of the lowest, and the rods."""
    screws = place_screws(skeleton, numbers.screws)
    for side in Side:
        seats = seats_of(screws, side)
        ways = directions(seats)
        for level, way in zip(LEVELS, ways, strict=True):
            screw = screws[f"{level}.pedicle_screw.{side}"]
            mesh = screw_mesh(screw, numbers.screws, way, numbers.rod.radius)
            yield carried_part(screw.name, Tissue.IMPLANT, mesh, bone_of(level))
        line = rod_line(seats, numbers.rod.beyond)
        yield carried_part(f"rod.{side}", Tissue.IMPLANT, rod_mesh(line, numbers.rod), "L5")
        loose = screws[f"S1.pedicle_screw.{side}"]
        halo = halo_mesh(loose, numbers.halo)
        yield carried_part(f"S1.screw_halo.{side}", Tissue.LUCENCY, halo, "sacrum")


def _both(name: str, tissue: Tissue, mesh: Mesh, bone: str, **morphs: Array) -> Iterator[Part]:
    """A left part and its mirror image."""
    yield carried_part(f"{name}.{Side.LEFT}", tissue, mesh, bone, **morphs)
    mirrored = {morph: shift * MIRROR for morph, shift in morphs.items()}
    yield carried_part(f"{name}.{Side.RIGHT}", tissue, mirror_image(mesh), bone, **mirrored)


def _beds(skeleton: Skeleton, numbers: ConstructNumbers) -> Iterator[Part]:
    """Chips, callus and bone of the posterolateral beds; stumps where one may fail to unite."""
    screws = place_screws(skeleton, numbers.screws)
    lines = [rod_line(seats_of(screws, side), numbers.rod.beyond) for side in Side]
    for bed in beds_of(skeleton, screws, numbers.bed):
        bone = _lower(bed)
        chips, consumed = bed_chips(bed, skeleton, lines, numbers)
        yield from _both(
            f"{bed.segment}.graft_chips", Tissue.GRAFT, chips, bone, **{CONSUMED["bed"]: consumed}
        )
        yield from _both(f"{bed.segment}.soft_callus", Tissue.SOFT_CALLUS, bed_callus(bed), bone)
        begun, way = bed_bone(bed, numbers)
        yield from _both(
            f"{bed.segment}.bridging_bone", Tissue.NEW_BONE, begun, bone, **{BRIDGING["bed"]: way}
        )
        if bed.segment == SEGMENTS[-1]:
            stumps = bed_stumps(bed, numbers)
            yield from _both(f"{bed.segment}.ununited_bone", Tissue.NEW_BONE, stumps, bone)


def _lower(bed: Bed) -> str:
    """The bone below a bed, which carries it."""
    return bone_of(bed.segment.split("-")[1])


def _discs(skeleton: Skeleton, numbers: ConstructNumbers) -> Iterator[Part]:
    """Cages, graft and bone between the bodies."""
    for segment in SEGMENTS:
        space = disc_space(skeleton, segment)
        bone = bone_of(segment.split("-")[1])
        cage = cage_mesh(space, numbers)
        yield carried_part(f"{segment}.interbody_cage", Tissue.IMPLANT, cage, bone)
        chips, consumed = interbody_chips(space, numbers)
        yield carried_part(
            f"{segment}.interbody_graft",
            Tissue.GRAFT,
            chips,
            bone,
            **{CONSUMED["disc"]: consumed},
        )
        begun, way = interbody_bone(space, numbers)
        yield carried_part(
            f"{segment}.interbody_bone", Tissue.NEW_BONE, begun, bone, **{BRIDGING["disc"]: way}
        )
        if segment == SEGMENTS[-1]:
            stumps = interbody_stumps(space, numbers)
            yield carried_part(f"{segment}.ununited_interbody_bone", Tissue.NEW_BONE, stumps, bone)
