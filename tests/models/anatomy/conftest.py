"""The skeleton of the course's own numbers, built once for all tests of the anatomy."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from build_anatomy import ASSETS, anatomy_numbers
from build_bones import numbers_of
from l3s1.models.anatomy.assembly import build_skeleton
from l3s1.models.anatomy.column import Column, surface_of
from l3s1.models.anatomy.part import Part
from l3s1.models.anatomy.skeleton import Skeleton
from l3s1.models.anatomy.soft_parts import Numbers
from l3s1.models.anatomy.soft_tissue import read_column, soft_tissue_of
from l3s1.models.bones.sdf import Array

ROOM = 10.0
"""mm around a bone within which the room to it is read."""


@pytest.fixture(scope="session")
def skeleton() -> Skeleton:
    """All bones, fitted, meshed and posed."""
    return build_skeleton(anatomy_numbers())


@pytest.fixture(scope="session")
def soft_numbers() -> Numbers:
    """The numbers of the soft tissue."""
    return numbers_of(ASSETS / "spine" / "soft_tissue.yaml")


@pytest.fixture(scope="session")
def column(skeleton: Skeleton, soft_numbers: Numbers) -> Column:
    """The bones as soft tissue keeps to them."""
    return read_column(skeleton, soft_numbers)


@pytest.fixture(scope="session")
def soft(column: Column, soft_numbers: Numbers) -> dict[str, Part]:
    """Every soft part by name."""
    return {part.name: part for part in soft_tissue_of(column, soft_numbers)}


@pytest.fixture(scope="session")
def room(skeleton: Skeleton) -> Callable[[Array, str], Array]:
    """Reads the room (n,) mm of points (n, 3) to the meshes of all bones in a pose."""
    surfaces = {bone.name: surface_of(bone.mesh) for bone in skeleton.bones.values()}

    def read(points: Array, pose: str) -> Array:
        result = np.full(len(points), np.inf)
        for bone in skeleton.bones.values():
            own = bone.poses[pose].inverse()(points)
            low, high = bone.mesh.vertices.min(axis=0), bone.mesh.vertices.max(axis=0)
            near = ((own > low - ROOM) & (own < high + ROOM)).all(axis=1)
            if near.any():
                result[near] = np.minimum(result[near], surfaces[bone.name].distance(own[near]))
        return result

    return read
