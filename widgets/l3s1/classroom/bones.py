"""`l3s1 bones`: write L2 to L5 and the sacrum as PLY, as the template or as a person has them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

BONES = ("L2", "L3", "L4", "L5", "sacrum")
"""The bones that can be written, from superior to inferior."""

READINGS_FILE = "readings.yaml"
"""What the file beside the meshes is called that holds the callipers' readings of them."""

OK = 0
UNUSABLE = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what `l3s1 bones` takes."""
    parser.add_argument(
        "bones", nargs="*", metavar="BONE", help=f"of {', '.join(BONES)} (default: all)"
    )
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="write DIR/L2.ply … (LPS, mm) and the readings"
    )
    parser.add_argument(
        "--callipers",
        type=Path,
        metavar="FILE",
        help="a person's readings, YAML or JSON (docs/bones.md); without it, the template",
    )
    parser.add_argument(
        "--read",
        action="store_true",
        help="print what callipers read on these bones, as such a file",
    )


def run(arguments: argparse.Namespace) -> int:
    """Write or read the bones; returns the exit code.

    A reading that could not be met is said, and no failure: the bone is the nearest there is.
    """
    if problem := _unusable(arguments):
        _say(problem)
        return UNUSABLE
    # the libraries below take a while: `l3s1 --help` should not
    from l3s1.content import anatomy_pack_path
    from l3s1.content.callipers_file import CallipersFileError, callipers_text, read_callipers
    from l3s1.models.anatomy.pack import unpack_anatomy
    from l3s1.models.bones.export import ply_bytes
    from l3s1.models.bones.person import ReadingError
    from l3s1.models.bones.whole_person import bones_of_pack, checked, person_bones

    try:
        templates = bones_of_pack(unpack_anatomy(anatomy_pack_path().read_bytes()))
        given = read_callipers(arguments.callipers) if arguments.callipers else {}
        readings = checked(given, templates)
    except ReadingError as error:
        for problem in error.problems:
            _say(f"{arguments.callipers}: {problem}.")
        return UNUSABLE
    except (CallipersFileError, OSError) as error:
        _say(str(error))
        return UNUSABLE
    wanted = [bone for bone in BONES if not arguments.bones or bone in arguments.bones]
    made = person_bones(templates, readings, wanted, _say)
    text = callipers_text({bone: each.readings for bone, each in made.items()})
    if arguments.out is not None:
        files = {f"{bone}.ply": ply_bytes(each.mesh) for bone, each in made.items()}
        try:
            _write(arguments.out, {**files, READINGS_FILE: text.encode()})
        except OSError as error:
            _say(f"{arguments.out}: can't be written ({error.strerror}); give another --out.")
            return UNUSABLE
    if arguments.read:
        print(text, end="")
    for bone, each in made.items():
        for name, miss in each.missed.items():
            _say(_miss_in_words(f"{bone}.{name}", readings[bone][name], miss))
    return OK


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files by name into a folder, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)


def _unusable(arguments: argparse.Namespace) -> str | None:
    """What is wrong with the command line, if anything is."""
    if arguments.out is None and not arguments.read:
        return "Nothing to do: give --out DIR to write the bones, or --read to see their readings."
    if unknown := [bone for bone in arguments.bones if bone not in BONES]:
        return f"No bone {', '.join(unknown)}; there are {', '.join(BONES)}."
    return None


def _miss_in_words(name: str, given: float, miss: float) -> str:
    """What to tell of a reading that the bone misses by `miss`."""
    unit = "degrees" if name.endswith("_deg") else "mm"
    return (
        f"{name}: {given:g} was given, the bone has {given + miss:.2f} ({miss:+.2f} {unit}): "
        "the readings do not go together on this template. Measure again, or leave it out."
    )


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
