"""Where a bone's end plates lie, read from its field in the mirror plane.

A plate is known by its two corners in the mirror plane, as on a lateral radiograph: the points of
the body's outline that reach furthest along the diagonals of the box around it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from l3s1.models.bones.sdf import Array, Field

RAYS = 1440
"""Directions in which the outline of a body is sought from its middle."""

REACH = 32.0
"""mm from the middle of a body within which its outline must lie."""


@dataclass(frozen=True)
class Plate:
    """An end plate in its bone's frame, mm: the middle of its corners, its outward unit normal.

    `anterior` and `posterior` (3,) are the corners in the mirror plane.
    """

    centre: Array
    normal: Array
    anterior: Array
    posterior: Array

    @property
    def depth(self) -> float:
        """Length in mm from corner to corner."""
        return float(np.linalg.norm(self.posterior - self.anterior))

    @property
    def slope(self) -> float:
        """Degrees by which the anterior corner lies lower than the posterior one."""
        along = self.posterior - self.anterior
        return float(np.degrees(np.arctan2(along[2], along[1])))


@dataclass(frozen=True)
class Plates:
    """The end plates of one bone; the sacrum has no inferior one that matters here."""

    superior: Plate
    inferior: Plate | None

    @property
    def wedge(self) -> float:
        """Degrees of lordosis within the body: positive is taller in front; 0 for the sacrum."""
        return 0.0 if self.inferior is None else self.inferior.slope - self.superior.slope

    def resting(self) -> Plate:
        """The inferior plate, on which the bone rests; ValueError for the sacrum."""
        if self.inferior is None:
            raise ValueError("plates: the sacrum rests on no disc; it is the lowest bone")
        return self.inferior


def plate_between(anterior: Array, posterior: Array, upwards: bool) -> Plate:
    """The plate with these corners (3,) mm; its normal points up or down."""
    along = (posterior - anterior) / np.linalg.norm(posterior - anterior)
    normal = np.cross([1.0, 0.0, 0.0], along) * (1.0 if upwards else -1.0)
    return Plate((anterior + posterior) / 2.0, normal, anterior, posterior)


def outline(distance: Field, middle: Array, angles: Array) -> Array:
    """Where rays from `middle` (3,) within x = 0 first leave a bone: (n, 3) mm.

    `angles` (n,) radians from posterior (y) to superior (z). Rays that find no surface within
    `REACH` are left out.
    """
    rays = np.c_[np.zeros_like(angles), np.cos(angles), np.sin(angles)]
    steps = np.arange(0.0, REACH, 0.5)
    points = middle + steps[:, None, None] * rays
    values = distance(points.reshape(-1, 3)).reshape(points.shape[:2])
    if (values[0] > 0.0).any():
        raise ValueError(f"outline: {middle} mm is not inside the bone; give a point within it")
    crossed = (values > 0.0).any(0)
    rays, first = rays[crossed], (values > 0.0).argmax(0)[crossed]
    inside, outside = steps[first - 1], steps[first]
    for _ in range(12):
        half = (inside + outside) / 2.0
        within = distance(middle + half[:, None] * rays) <= 0.0
        inside, outside = np.where(within, half, inside), np.where(within, outside, half)
    result: Array = middle + inside[:, None] * rays
    return result


def lumbar_plates(distance: Field) -> Plates:
    """Both end plates of a lumbar vertebra, whose frame has its origin inside the body."""
    angles = np.linspace(-np.pi, np.pi, RAYS, endpoint=False)
    loop = outline(distance, np.zeros(3), angles)
    turn = 0.0
    for _ in range(6):
        # the diagonals of the box that lies as the plates do on average
        c, s = np.cos(turn), np.sin(turn)
        y, z = c * loop[:, 1] + s * loop[:, 2], c * loop[:, 2] - s * loop[:, 1]
        y, z = (y - y.mean()) / np.ptp(y), (z - z.mean()) / np.ptp(z)
        at = {(f, u): loop[np.argmax(f * y + u * z)] for f in (-1, 1) for u in (-1, 1)}
        along = [at[1, u] - at[-1, u] for u in (-1, 1)]
        mean = sum(d / np.linalg.norm(d) for d in along)
        turn = np.arctan2(mean[2], mean[1])
    return Plates(
        plate_between(at[-1, 1], at[1, 1], upwards=True),
        plate_between(at[-1, -1], at[1, -1], upwards=False),
    )


def sacral_plates(distance: Field, inside: Array, box: tuple[float, float]) -> Plates:
    """The end plate of the sacrum.

    `inside` (3,) mm: a point of S1 below the plate's centre; `box` (depth, height) mm gives the
    diagonals along which the corners are sought, as for a vertebra.
    """
    angles = np.linspace(-0.15 * np.pi, 1.15 * np.pi, RAYS, endpoint=False)
    loop = outline(distance, inside, angles)
    y, z = loop[:, 1] / box[0], loop[:, 2] / box[1]
    anterior, posterior = loop[np.argmax(z - y)], loop[np.argmax(z + y)]
    return Plates(plate_between(anterior, posterior, upwards=True), None)
