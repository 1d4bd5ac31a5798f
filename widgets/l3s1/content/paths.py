"""Where the course's assets and lessons lie, in a checkout and in an installed wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def course_root() -> Path:
    """Return the folder that holds `assets/` and `lessons/`.

    In an installed wheel it lies inside the package; in a checkout it is the repository's root.
    Raises `FileNotFoundError` where neither is there.
    """
    for candidate in (_PACKAGE / "_course", _PACKAGE.parent.parent):
        if (candidate / "assets" / "schemas").is_dir():
            return candidate
    raise FileNotFoundError(
        f"no course content beside {_PACKAGE}: the folder assets/schemas is missing. "
        "Install l3s1 again (make install), or work in a complete checkout."
    )


def lessons_folder() -> Path:
    """Return the folder of the lessons' notebooks."""
    return course_root() / "lessons"


def anatomy_pack_path() -> Path:
    """Return the file of the packed 3D anatomy, which `make bones` writes."""
    return course_root() / "assets" / "meshes" / "anatomy.bin"


def lateral_pack_path() -> Path:
    """Return the file of the bones seen from the left, which `tools/build_lateral.py` writes."""
    return course_root() / "assets" / "meshes" / "lateral.bin"


def construct_pack_path() -> Path:
    """Return the file of the packed implants and graft, which `make bones` writes."""
    return course_root() / "assets" / "meshes" / "construct.bin"


def anterior_pack_path() -> Path:
    """Return the file of what an ALIF of L5–S1 adds to the construct, which `make bones` writes."""
    return course_root() / "assets" / "meshes" / "anterior.bin"


def spots_path() -> Path:
    """Return the file of places in the still pictures, which `tools/build_spots.py` writes."""
    return course_root() / "assets" / "meshes" / "spots.json"
