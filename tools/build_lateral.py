"""Draw the bones from the left for lesson 03: ``build_lateral.py [--out FILE]``.

Reads the anatomy pack and computes from its meshes the outlines and the path lengths of each bone.
``make bones`` runs it after the pack is built; a test compares the file with what is drawn now.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from l3s1.content.paths import anatomy_pack_path, lateral_pack_path
from l3s1.models.anatomy.lateral import lateral_bones, pack_lateral
from l3s1.models.anatomy.pack import unpack_anatomy

LARGEST = 60_000
"""Bytes that the file may have."""


def lateral_pack() -> bytes:
    """What the anatomy pack looks like from the left, packed."""
    pack = unpack_anatomy(anatomy_pack_path().read_bytes())
    return pack_lateral(lateral_bones(pack))


def main() -> None:
    """Read the command line, draw and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=lateral_pack_path(), help="where it goes")
    out: Path = parser.parse_args().out
    data = lateral_pack()
    if len(data) > LARGEST:
        raise SystemExit(f"{len(data)} bytes are more than {LARGEST}; take a larger step")
    out.write_bytes(data)
    print(f"{out}: {len(data) / 1000:.1f} kB")


if __name__ == "__main__":
    main()
