"""The packed 3D model, as far as Python has to know it: names, and the bytes for pages."""

from __future__ import annotations

import difflib
import gzip
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from l3s1.models.anatomy.pack_header import read_pack_header
from l3s1.scene.shared_files import SharedFile, hashed_name
from l3s1.vocabulary import Layer, Tissue


@dataclass(frozen=True)
class PartNames:
    """A mesh of the model and the structures that it consists of, itself where it is only one."""

    name: str
    tissue: Tissue
    layer: Layer
    structures: tuple[str, ...]


@dataclass(frozen=True)
class Anatomy:
    """What the 3D model holds, and its file.

    `segments`: motion segments that can slip and narrow. `morphs`: variants that grow from 0 to 1.
    `bones` run from superior to inferior. `pictures`: still pictures for pages without WebGL, by
    view and theme ("anterior-dark").
    """

    file: SharedFile = field(repr=False)
    bones: tuple[str, ...]
    segments: tuple[str, ...]
    morphs: tuple[str, ...]
    parts: tuple[PartNames, ...] = field(repr=False)
    pictures: Mapping[str, SharedFile] = field(repr=False, default_factory=dict)

    @classmethod
    def from_pack(cls, pack: bytes, pictures: Mapping[str, bytes] | None = None) -> Anatomy:
        """The model that the bytes of `assets/meshes/anatomy.bin` hold.

        `pictures`: WebP files by view and theme ("anterior-dark").

        Raises ValueError where they are no pack.
        """
        header = read_pack_header(pack)
        return cls(
            file=SharedFile(hashed_name("anatomy.bin", pack), lambda: pack),
            bones=tuple(header["bones"]),
            segments=tuple(header["segments"]),
            morphs=tuple(header.get("morph_mm", ())),
            parts=tuple(
                PartNames(
                    part["name"],
                    Tissue(part["tissue"]),
                    Layer(part["layer"]),
                    tuple(region[0] for region in part["regions"]),
                )
                for part in header["parts"]
            ),
            pictures={
                name: still_picture(name, content) for name, content in (pictures or {}).items()
            },
        )

    @property
    def structures(self) -> tuple[str, ...]:
        """The names of all parts and of the regions in them, each once."""
        names = [name for part in self.parts for name in (part.name, *part.structures)]
        return tuple(dict.fromkeys(names))

    def check(self, structures: Iterable[str]) -> None:
        """Raise ValueError that names every unknown structure and what it may have meant."""
        known = self.structures
        unknown = [name for name in structures if name not in known]
        if unknown:
            raise ValueError(unknown_names("the model has no structure", unknown, known))


def still_picture(name: str, content: bytes) -> SharedFile:
    """A still picture as pages ask for it: `view-anterior-dark-0123456789ab.webp`."""
    return SharedFile(hashed_name(f"view-{name}.webp", content), lambda: gzip.compress(content))


def unknown_names(what: str, unknown: Iterable[str], known: Iterable[str]) -> str:
    """A sentence that names what is unknown and what is near to it, else all that is known."""
    choices = list(known)
    said = []
    for name in unknown:
        near = difflib.get_close_matches(str(name), choices, n=3, cutoff=0.6)
        hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(choices)}"
        said.append(f"{name!r} ({hint})")
    return f"{what} {', '.join(said)}"
