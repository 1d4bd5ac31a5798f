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

from l3s1.models.bones.sdf import Array, Field, SweptPart, pchip, smooth_max, smooth_min
from l3s1.models.bones.sdf import super_ellipse

BODY_HEIGHTS = np.array([-1.0, -0.8, -0.45, 0.0, 0.45, 0.8, 1.0])
"""Where the five knots of the body's outline lie, as a share of half its height."""


@dataclass(frozen=True)
class EndPlate:
    """One end plate: z = height + tilt·y + saddle − dish inside the rim (signs as for superior).

    `height` mm at the body's axis; `tilt` slope in y; `curve` (2,) 1/mm, quadratic in x and y;
    `dish` mm and `dish_y` mm: depth of the hollow and its shift behind the centre.
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
        rim = np.clip((ratios**2.4).sum(0) ** (1 / 2.4), 0.0, 1.0)
        above = z - self.superior.z(x, y, rim)
        below = -self.inferior.z(x, y, rim) - z
        plates = smooth_max(above, below, 1.0)
        return smooth_max(side, plates, self.rim)


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

    def field(self) -> Field:
        """The bone's field as a function."""
        return self.distance


def fold(p: Array) -> Array:
    """Points (n, 3) mirrored onto x ≥ 0."""
    result = p.copy()
    result[:, 0] = np.abs(result[:, 0])
    return result


def join(body: Array, parts: Sequence[Array], bone: Vertebra) -> Array:
    """Smooth union of the fields of a bone's parts with its body's."""
    total: Array | None = None
    for values, part in zip(parts, bone.parts, strict=True):
        total = values if total is None else smooth_min(total, values, part.blend)
    assert total is not None
    return smooth_min(body, total, bone.parts[0].blend)


def vertebra_from(numbers: Mapping[str, Any]) -> Vertebra:
    """Read a bone's numbers from nested mappings, as `assets/bones/L4.yaml` holds them."""
    body = numbers["body"]

    def plate(name: str) -> EndPlate:
        n = body[name]
        return EndPlate(
            float(n["height"]),
            float(n["tilt"]),
            np.asarray(n["curve"], float),
            float(n["dish"]),
            float(n["dish_y"]),
        )

    return Vertebra(
        Body(
            *(np.asarray(body[k], float) for k in ("half_width", "front", "back", "widest")),
            exponents=np.asarray(body["exponents"], float),
            notch=float(body["notch"]),
            notch_width=float(body["notch_width"]),
            rim=float(body["rim"]),
            superior=plate("superior"),
            inferior=plate("inferior"),
        ),
        tuple(part_from(name, n) for name, n in numbers["parts"].items()),
    )


def part_from(name: str, n: Mapping[str, Any]) -> SweptPart:
    """One swept part from its numbers."""
    return SweptPart(
        name,
        np.asarray(n["line"], float),
        np.asarray(n["half_axes"], float),
        np.asarray(n["up"], float),
        float(n["exponent"]),
        np.asarray(n["caps"], float),
        float(n["blend"]),
    )
