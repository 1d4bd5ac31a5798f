"""What every soft part shares: its numbers read by name, its carriers, its mirror image."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import numpy as np

from l3s1.models.anatomy.column import Column, smoothstep
from l3s1.models.anatomy.part import Part, Region
from l3s1.models.anatomy.tubes import mirror_image
from l3s1.models.bones.meshing import Mesh
from l3s1.models.bones.numbers import entry
from l3s1.models.bones.sdf import Array
from l3s1.vocabulary import Layer, Tissue

Numbers = Mapping[str, Any]

LEAST_WEIGHT = 0.004
"""A bone that carries less than this of every vertex (one step of a byte) is left out."""


def value(numbers: Numbers, group: str, name: str) -> Any:
    """The value of `group.name` in `assets/spine/soft_tissue.yaml`; ValueError if missing."""
    return entry(entry(entry(numbers, group, "soft tissue"), name, group), "value", name)


def size(numbers: Numbers, group: str, name: str) -> float:
    """A single number of `group.name`."""
    return float(value(numbers, group, name))


def sizes(numbers: Numbers, group: str, name: str) -> Array:
    """The numbers of `group.name` as an array."""
    return np.asarray(value(numbers, group, name), float)


def carriers(bones: tuple[str, ...], weights: Array) -> tuple[tuple[str, ...], Array | None]:
    """Bones and weights without the bones that carry next to nothing; None for a single bone."""
    kept = weights.max(axis=0) >= LEAST_WEIGHT
    names = tuple(name for name, keep in zip(bones, kept, strict=True) if keep)
    if len(names) == 1:
        return names, None
    left = weights[:, kept]
    return names, left / left.sum(axis=1, keepdims=True)


def shared_by(column: Column, upper: str, lower: str, share: Array) -> Array:
    """Weights (n, bones) where the lower of two bones carries `share` (n,), the upper the rest."""
    result = np.zeros((len(share), len(column.bones)))
    result[:, column.bones.index(upper)] = 1.0 - share
    result[:, column.bones.index(lower)] += share
    return result


def nearest_on(anchors: Array, points: Array) -> Array:
    """Where points (n, 3) lie along the polyline through anchors (k, 3): 0 to k − 1."""
    step = np.diff(anchors, axis=0)
    offset = points[:, None] - anchors[None, :-1]
    t = np.clip((offset * step).sum(2) / (step**2).sum(1), 0.0, 1.0)
    away = np.linalg.norm(offset - t[..., None] * step, axis=2)
    best = np.argmin(away, axis=1)
    result: Array = best + t[np.arange(len(points)), best]
    return result


def arch_weights(column: Column, points: Array) -> Array:
    """Weights (n, bones) by height along the arches, for what lies behind the canal."""
    anchors = np.array([arch(column, name) for name in column.bones])
    at = nearest_on(anchors, points * [0.0, 1.0, 1.0])
    low = np.minimum(at.astype(int), len(anchors) - 2)
    share = smoothstep(at - low)
    result = np.zeros((len(points), len(anchors)))
    row = np.arange(len(points))
    result[row, low] = 1.0 - share
    result[row, low + 1] = share
    return result


def arch(column: Column, bone: str) -> Array:
    """A point (3,) mm in the mirror plane that stands for a bone's arch, spine's frame."""
    posed = column.skeleton.bones[bone]
    if "spinous_process.tip" in posed.landmarks:
        own = (posed.plates.superior.posterior + posed.landmarks["spinous_process.tip"].at) / 2.0
    else:
        plate = posed.plates.superior
        own = (
            plate.posterior
            + (plate.posterior - plate.anterior) / 2.0
            - 0.6 * plate.depth * (plate.normal)
        )
    point: Array = column.spine_frame(bone, own[None])[0]
    return point


def soft_part(
    column: Column,
    name: str,
    mesh: Mesh,
    *,
    tissue: Tissue,
    layer: Layer,
    weights: Array | None = None,
    regions: tuple[Region, ...] | None = None,
    morphs: Mapping[str, Array] | None = None,
) -> Part:
    """A part of one mesh, carried with `weights` (n, bones of the column), else by its height."""
    shares = column.weights(mesh.vertices) if weights is None else weights
    names, weights = carriers(column.bones, shares)
    whole = regions or (Region(name, 0, len(mesh.triangles)),)
    return Part(name, tissue, layer, mesh, whole, names, weights, dict(morphs or {}))


def other_side(part: Part) -> Part:
    """The right part that mirrors a left one: names end in .right, weights and morphs go along."""
    name = part.name.removesuffix(".left") + ".right"
    regions = tuple(
        dataclasses.replace(r, structure=r.structure.removesuffix(".left") + ".right")
        for r in part.regions
    )
    morphs = {key: shift * [-1.0, 1.0, 1.0] for key, shift in part.morphs.items()}
    return dataclasses.replace(
        part, name=name, mesh=mirror_image(part.mesh), regions=regions, morphs=morphs
    )


def both_sides(left: list[Part]) -> list[Part]:
    """Each left part followed by its mirror image."""
    return [part for one in left for part in (one, other_side(one))]
