"""The bones of the pack, each in its own frame."""

from __future__ import annotations

import pytest

from l3s1.content import anatomy_pack_path
from l3s1.models.anatomy.pack import unpack_anatomy
from l3s1.models.bones.meshing import Mesh
from l3s1.models.bones.whole_person import bones_of_pack


@pytest.fixture(scope="session")
def templates() -> dict[str, Mesh]:
    return bones_of_pack(unpack_anatomy(anatomy_pack_path().read_bytes()))
