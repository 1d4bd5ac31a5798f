"""The bones of one person, from readings of some of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from l3s1.models.anatomy.pack import Pack
from l3s1.models.anatomy.pose import Pose
from l3s1.models.bones.callipers import read_bone
from l3s1.models.bones.meshing import Mesh
from l3s1.models.bones.numbers import array, entry
from l3s1.models.bones.person import (
    PersonBone,
    ReadingError,
    check_readings,
    mean_ratio,
    person_bone,
    scaled,
)
from l3s1.models.bones.person_sacrum import person_sacrum, read_sacrum

SACRUM = "sacrum"

HAIR = 0.003
"""mm by which vertices are moved apart that rounding has laid onto each other."""


def bones_of_pack(pack: Pack) -> dict[str, Mesh]:
    """The bones of the packed anatomy by name, each in its own frame (mm)."""
    poses = pack.header["poses"]["standing"]
    parts = {part.name: part.mesh for part in pack.parts}
    result = {}
    for bone in pack.header["bones"]:
        where = f"poses.standing.{bone}"
        numbers = entry(poses, bone, where)
        rotation = array(numbers, "rotation", where, (9,)).reshape(3, 3)
        to_own = Pose(rotation, array(numbers, "shift", where, (3,))).inverse()
        apart = set_apart(parts[bone])
        result[bone] = Mesh(to_own(apart.vertices), apart.triangles)
    return result


def set_apart(mesh: Mesh) -> Mesh:
    """The mesh with vertices that rounding has laid onto each other moved apart by a hair.

    Programs that join equal vertices would otherwise find the mesh open where they do.
    """
    v, t = mesh.vertices, mesh.triangles
    _, inverse, count = np.unique(v, axis=0, return_inverse=True, return_counts=True)
    together = count[inverse.ravel()] > 1
    sums, uses = np.zeros_like(v), np.zeros(len(v))
    for i, j in ((0, 1), (1, 2), (2, 0)):
        np.add.at(sums, t[:, i], v[t[:, j]])
        np.add.at(uses, t[:, i], 1.0)
    inward = sums / uses[:, None] - v
    length = np.linalg.norm(inward, axis=1, keepdims=True)
    inward /= np.maximum(length, 1e-9)
    return Mesh(np.where(together[:, None], v + HAIR * inward, v), t)


def read_any(bone: str, mesh: Mesh) -> dict[str, float]:
    """The readings of a bone in its own frame: of the sacrum, or of a symmetric vertebra."""
    return read_sacrum(mesh) if bone == SACRUM else read_bone(mesh, symmetric=True)


def checked(
    given: Mapping[str, Mapping[str, object]], templates: Mapping[str, Mesh]
) -> dict[str, dict[str, float]]:
    """The readings as numbers, and each bone's; ReadingError lists every entry that is wrong."""
    problems: list[str] = []
    for bone, readings in given.items():
        if bone not in templates:
            problems.append(f"{bone}: no such bone; there are {', '.join(templates)}")
            continue
        try:
            check_readings(bone, readings, read_any(bone, templates[bone]))
        except ReadingError as error:
            problems += error.problems
    if problems:
        raise ReadingError(problems)
    return {
        bone: {name: float(str(value)) for name, value in readings.items()}
        for bone, readings in given.items()
    }


def person_bones(
    templates: Mapping[str, Mesh],
    given: Mapping[str, Mapping[str, float]],
    bones: Sequence[str],
    say: Callable[[str], None],
) -> dict[str, PersonBone]:
    """Make `bones`; those without readings are scaled by the mean ratio of those with some.

    `given` comes from `checked`. `say` is called with a line of progress for each bone.
    """
    own = {bone: readings for bone, readings in given.items() if readings}
    factor = _mean_factor(templates, own)
    result = {}
    for bone in bones:
        template = templates[bone]
        if bone in own:
            make = person_sacrum if bone == SACRUM else person_bone
            made = make(template, own[bone])
            done = f"made to {len(own[bone])} readings"
        else:
            made = (person_sacrum if bone == SACRUM else person_bone)(template, {})
            done = "the template"
            if own:
                mesh = scaled(made.mesh, factor)
                made = PersonBone(mesh, read_any(bone, mesh))
                done = f"the template, {factor:.3f} times as large"
        result[bone] = made
        say(f"{bone}: {done}")
    return result


def _mean_factor(templates: Mapping[str, Mesh], given: Mapping[str, Mapping[str, float]]) -> float:
    """The geometric mean, over the bones with readings, of their mean ratio to the template."""
    logs = [
        math.log(mean_ratio(readings, read_any(bone, templates[bone])))
        for bone, readings in given.items()
    ]
    return math.exp(sum(logs) / len(logs)) if logs else 1.0
