"""Which wall a point of the screw threatens: told by where it lies in the pedicle or the body.

The pedicle reaches from `BEHIND` mm behind its narrowest section to the posterior wall of the body;
there a point belongs to the wall towards which it lies from the corridor's axis, measured in shares
of the narrowest section's half extent. In front of the posterior wall it belongs to the side of
the body's box towards which it lies from the box's middle; to the back lies the pedicle. Behind the
pedicle nothing counts: there the screw enters. Where a point lies does not depend on the screw, so
a screw within another never breaks out farther than that one.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from l3s1.models.bones.sdf import Array
from l3s1.models.screw_trajectory.bone import Bone

BEHIND = 6.0
"""mm behind the pedicle's narrowest section, along its axis, where it begins."""

SectorArray = NDArray[np.intp]


class Sector(IntEnum):
    """Where a point of the screw lies; `OUT` is behind the pedicle."""

    OUT = -1
    PEDICLE_MEDIAL = 0
    PEDICLE_LATERAL = 1
    PEDICLE_SUPERIOR = 2
    PEDICLE_INFERIOR = 3
    BODY_MEDIAL = 4
    BODY_LATERAL = 5
    BODY_SUPERIOR = 6
    BODY_INFERIOR = 7
    BODY_ANTERIOR = 8


SECTORS = tuple(Sector)[1:]
DIRECTIONS = ("medial", "lateral", "superior", "inferior", "anterior")


def sectors(bone: Bone, p: Array, sign: float) -> SectorArray:
    """The sector (n,) of points (n, 3) mm of a screw on the side where x has that sign."""
    own = p * np.array([sign, 1.0, 1.0])
    way = bone.corridor
    off = own - way.centre
    shares = pedicle_shares(bone, off)
    place = np.argmax(shares, axis=0)
    block = bone.block
    middle = own - np.r_[0.0, block.middle]
    x, y, z = (middle / block.half).T
    front = np.argmax([-x, x, z, -z, -y, y], axis=0) + Sector.BODY_MEDIAL
    back = (own[:, 1] > bone.wall) | (front > Sector.BODY_ANTERIOR)
    result = np.where(back, place, front)
    behind = (off @ way.axis < -BEHIND) & back
    return np.where(behind, int(Sector.OUT), result)


def pedicle_shares(bone: Bone, off: Array) -> Array:
    """How far points lie towards each wall of the left pedicle, in shares of its extent: (4, n).

    `off` (n, 3) mm from the corridor's centre; in the order medial, lateral, superior, inferior.
    """
    way = bone.corridor
    across, upward = off @ way.across / way.half[0], off @ way.upward / way.half[1]
    return np.stack([across, -across, upward, -upward])
