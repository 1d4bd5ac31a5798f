"""The bones of the shipped anatomy, ready for screws."""

from __future__ import annotations

import pytest

from l3s1.content import anatomy_pack_path
from l3s1.models.anatomy.pack import unpack_anatomy
from l3s1.models.screw_trajectory import ScrewAnatomy


@pytest.fixture(scope="session")
def anatomy() -> ScrewAnatomy:
    return ScrewAnatomy(unpack_anatomy(anatomy_pack_path().read_bytes()))
