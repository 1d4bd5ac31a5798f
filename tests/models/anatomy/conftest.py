"""The skeleton of the course's own numbers, built once for all tests of the anatomy."""

from __future__ import annotations

import pytest

from build_anatomy import ASSETS, anatomy_numbers
from build_bones import numbers_of
from l3s1.models.anatomy.assembly import build_skeleton
from l3s1.models.anatomy.column import Column
from l3s1.models.anatomy.part import Part
from l3s1.models.anatomy.skeleton import Skeleton
from l3s1.models.anatomy.soft_parts import Numbers
from l3s1.models.anatomy.soft_tissue import read_column, soft_tissue_of


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
