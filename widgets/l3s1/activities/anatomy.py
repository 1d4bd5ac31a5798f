"""The course's 3D model: content's file handed to the scene."""

from __future__ import annotations

from functools import cache

from l3s1.content.paths import anatomy_pack_path
from l3s1.models.anatomy.pack import Pack, unpack_anatomy
from l3s1.scene import Anatomy


@cache
def course_anatomy() -> Anatomy:
    """The 3D model that `make bones` built, with its still pictures.

    Raises FileNotFoundError where it has not been built, ValueError where its file is no pack.
    """
    path = anatomy_pack_path()
    pictures = {
        picture.stem: picture.read_bytes()
        for picture in sorted((path.parent / "views").glob("*.webp"))
    }
    return Anatomy.from_pack(path.read_bytes(), pictures)


@cache
def course_pack() -> Pack:
    """The course's 3D model, unpacked once."""
    return unpack_anatomy(anatomy_pack_path().read_bytes())
