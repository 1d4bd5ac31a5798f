"""The template of a lumbar vertebra: a lofted body and swept posterior parts.

Frame of a vertebra (mm): origin at the centre of the body, x = 0 the mirror plane, horizontal the
bisector of the two end plates in the mid-sagittal plane; x left, y posterior, z superior.
Only the half x ≥ 0 is described: fields read |x|.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from l3s1.models.bones.numbers import array, entry, number
from l3s1.models.bones.sdf import (
    Array,
    SweptPart,
    pchip,
    smooth_max,
    smooth_min,
    super_ellipse,
)

BODY_HEIGHTS = np.array([-1.0, -0.8, -0.45, 0.0, 0.45, 0.8, 1.0])
"""Where the seven knots of the body's outline lie, as a share of half its height."""

RIM_EXPONENT = 2.4
"""How square the curves of equal `rim` are that the end plates' hollow follows."""

PLATES_ROUNDING = 1.0
"""mm over which the two end plates would round into each other, were they to meet."""


@dataclass(frozen=True)
class EndPlate:
    """One end plate: z = height + tilt·y + saddle − dish inside the rim (signs as for superior).

    `height` mm at the body's axis; `tilt` slope in y; `curve` (2,) 1/mm, quadratic in x and y;
    `dish` mm and `dish_y` 1/mm: depth of the hollow and how it deepens toward the back.
    """

    height: float
    tilt: float
    curve: Array
    dish: float
    dish_y: float

    def z(self, x: Array, y: Array, rim: Array) -> Array:
        """Height (n,) mm at (x, y); `rim` (n,) is 0 on the axis and 1 on the outline."""
        shape = self.height + self.tilt * y + self.curve[0] * x * x + self.curve[1] * y * y
        hollow = np.clip(1.0 - rim**2, 0.0, 1.0) ** 1.5 * (1.0 + self.dish_y * y)
        result: Array = shape - self.dish * hollow
        return result


@dataclass(frozen=True)
class Body:
    """The vertebral body.

    `half_width`, `front`, `back` (7,) mm at `BODY_HEIGHTS`; `widest` (2,) share of the depth where
    the outline is widest, inferior and superior; `exponents` (2, 2) front and back, inferior and
    superior; `notch` mm and `notch_width` mm of the concave posterior wall; `rim` mm rounding.
    """

    half_width: Array
    front: Array
    back: Array
    widest: Array
    exponents: Array
    notch: float
    notch_width: float
    rim: float
    superior: EndPlate
    inferior: EndPlate

    def distance(self, p: Array) -> Array:
        """Field of the body at points (n, 3)."""
        side, above, below = self.faces(p)
        return smooth_max(side, smooth_max(above, below, PLATES_ROUNDING), self.rim)

    def faces(self, p: Array) -> tuple[Array, Array, Array]:
        """Fields (n,) of the wall, the superior and the inferior end plate at points (n, 3)."""
        x, y, z = np.abs(p[:, 0]), p[:, 1], p[:, 2]
        one = np.ones_like(x)
        top = self.superior.z(x, y, one)
        bottom = -self.inferior.z(x, y, one)
        t = np.clip((2.0 * z - top - bottom) / (top - bottom), -1.0, 1.0)
        outline = pchip(t, BODY_HEIGHTS, np.c_[self.half_width, self.front, self.back])
        width, front, back = outline.T
        share = (t + 1.0) / 2.0
        middle = front + (back - front) * (self.widest[0] * (1.0 - share) + self.widest[1] * share)
        behind = y > middle
        ramp = np.clip((y - middle) / (back - middle), 0.0, 1.0)
        wall = y + self.notch * np.exp(-((x / self.notch_width) ** 2)) * ramp
        depth = np.where(behind, back - middle, middle - front)
        ends = self.exponents[:, 0] * (1.0 - share)[:, None] + (
            self.exponents[:, 1] * share[:, None]
        )
        exponent = np.where(behind, ends[:, 1], ends[:, 0])
        ratios = np.stack([x / width, np.abs(wall - middle) / depth])
        side = super_ellipse(ratios, np.stack([width, depth]), exponent)
        rim = np.clip((ratios**RIM_EXPONENT).sum(0) ** (1.0 / RIM_EXPONENT), 0.0, 1.0)
        above = z - self.superior.z(x, y, rim)
        below = -self.inferior.z(x, y, rim) - z
        return side, above, below


@dataclass(frozen=True)
class Vertebra:
    """A lumbar vertebra's numbers: the body and, in the order of joining, the swept parts."""

    body: Body
    parts: tuple[SweptPart, ...]

    def distance(self, p: Array) -> Array:
        """Field of the whole bone at points (n, 3) mm."""
        return join(self.body.distance(p), [part.distance(fold(p)) for part in self.parts], self)

    def part(self, name: str) -> SweptPart:
        """The swept part of that name; KeyError where there is none."""
        for part in self.parts:
            if part.name == name:
                return part
        raise KeyError(name)


def fold(p: Array) -> Array:
    """Points (n, 3) mirrored onto x ≥ 0."""
    result = p.copy()
    result[:, 0] = np.abs(result[:, 0])
    return result


def join(body: Array, parts: Sequence[Array], bone: Vertebra) -> Array:
    """Smooth union of the fields (n,) of a bone's parts, in their order, with its body's."""
    if not bone.parts:
        return body
    total = parts[0]
    for values, part in zip(parts[1:], bone.parts[1:], strict=True):
        total = smooth_min(total, values, part.blend)
    return smooth_min(body, total, bone.parts[0].blend)


def vertebra_from(numbers: Mapping[str, Any]) -> Vertebra:
    """Read a bone's numbers from nested mappings, as `assets/bones/L4.yaml` holds them.

    Raises ValueError naming the entry that is missing or has the wrong shape.
    """
    body = entry(numbers, "body", "bone")
    parts = entry(numbers, "parts", "bone")
    return Vertebra(body_from(body), tuple(part_from(name, n) for name, n in parts.items()))


def body_from(n: Mapping[str, Any]) -> Body:
    """The body from its numbers."""
    heights = (len(BODY_HEIGHTS),)
    return Body(
        half_width=array(n, "half_width", "body", heights),
        front=array(n, "front", "body", heights),
        back=array(n, "back", "body", heights),
        widest=array(n, "widest", "body", (2,)),
        exponents=array(n, "exponents", "body", (2, 2)),
        notch=number(n, "notch", "body"),
        notch_width=number(n, "notch_width", "body"),
        rim=number(n, "rim", "body"),
        superior=plate_from(entry(n, "superior", "body"), "body.superior"),
        inferior=plate_from(entry(n, "inferior", "body"), "body.inferior"),
    )


def plate_from(n: Mapping[str, Any], where: str) -> EndPlate:
    """One end plate from its numbers."""
    return EndPlate(
        height=number(n, "height", where),
        tilt=number(n, "tilt", where),
        curve=array(n, "curve", where, (2,)),
        dish=number(n, "dish", where),
        dish_y=number(n, "dish_y", where),
    )


def part_from(name: str, n: Mapping[str, Any]) -> SweptPart:
    """One swept part from its numbers."""
    where = f"parts.{name}"
    knots = len(entry(n, "line", where))
    return SweptPart(
        name,
        line=array(n, "line", where, (knots, 3)),
        half_axes=array(n, "half_axes", where, (knots, 2)),
        up=array(n, "up", where, (2, 3)),
        exponent=number(n, "exponent", where),
        caps=array(n, "caps", where, (2,)),
        blend=number(n, "blend", where),
    )
