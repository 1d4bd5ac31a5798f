"""What every soft part shares: its numbers read by name, its carriers, its mirror image."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import numpy as np

from l3s1.models.anatomy.column import Column
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


def carried(mesh: Mesh, column: Column) -> tuple[tuple[str, ...], Array | None]:
    """The bones that carry a mesh by its height along the column, and with what weights."""
    return carriers(column.bones, column.weights(mesh.vertices))


def carriers(bones: tuple[str, ...], weights: Array) -> tuple[tuple[str, ...], Array | None]:
    """Bones and weights without the bones that carry next to nothing; None for a single bone."""
    kept = weights.max(axis=0) >= LEAST_WEIGHT
    names = tuple(name for name, keep in zip(bones, kept, strict=True) if keep)
    if len(names) == 1:
        return names, None
    left = weights[:, kept]
    return names, left / left.sum(axis=1, keepdims=True)


def soft_part(
    column: Column,
    name: str,
    mesh: Mesh,
    *,
    tissue: Tissue,
    layer: Layer,
    bones: tuple[str, ...] | None = None,
    regions: tuple[Region, ...] | None = None,
    morphs: Mapping[str, Array] | None = None,
) -> Part:
    """A part of one mesh, carried by height along the column or by `bones` in equal shares."""
    names, weights = carried(mesh, column)
    if bones is not None:
        names = bones
        shares = np.full((len(mesh.vertices), len(bones)), 1.0 / len(bones))
        weights = None if len(bones) == 1 else shares
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
