"""A bone that takes a screw: its surface, its corridor, its body, and what lies beside it.

All lengths are mm in the bone's own frame: x left, y posterior, z superior; the origin is the
middle of the body, of the sacrum the centre of the S1 end plate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from l3s1.models.anatomy.pack import Pack
from l3s1.models.anatomy.pose import Pose
from l3s1.models.bones.callipers import Landmarks, measured
from l3s1.models.bones.meshing import Mesh, edge_report
from l3s1.models.bones.person import completed, scaled
from l3s1.models.bones.sdf import Array
from l3s1.models.bones.section import Outline, area_and_centre, section
from l3s1.models.bones.warp import Plan, warped
from l3s1.models.bones.whole_person import SACRUM, bones_of_pack
from l3s1.models.screw_trajectory.people import Build
from l3s1.models.screw_trajectory.plan import LEVELS, PlanError, ScrewPlan
from l3s1.models.screw_trajectory.surface import Surface
from l3s1.vocabulary import Side, Tissue

BESIDE = (Tissue.DURA, Tissue.NERVE, Tissue.ARTERY, Tissue.VEIN)
"""What a screw should not meet."""

WITHIN = 45.0
"""mm from the bone's origin up and down within which parts beside it count."""

SAC_CONTENT = ("conus_medullaris", "cauda_equina")
"""Nerves that the sac holds: the sac is what a screw meets first."""


@dataclass(frozen=True)
class Corridor:
    """The left pedicle: the way a screw takes.

    `centre` (3,) of its narrowest section; `axis` (3,) unit, forward; `half` (2,) mm: half its
    extent there, across and up. `outline` (k, 2): that section across and up about the centre,
    `across` pointing to the midline; None where bone does not close it (S1). `width`, `height` mm:
    the smallest rectangle round it.
    """

    centre: Array
    axis: Array
    half: Array
    outline: Outline | None = None
    width: float | None = None
    height: float | None = None

    @cached_property
    def across(self) -> Array:
        """Unit (3,), square to the axis, horizontal, towards the midline."""
        flat = np.array([self.axis[1], -self.axis[0], 0.0])
        result: Array = flat / np.linalg.norm(flat)
        return result

    @cached_property
    def upward(self) -> Array:
        """Unit (3,), square to both."""
        square = np.cross(self.axis, self.across)
        result: Array = square * np.sign(square[2])
        return result

    @property
    def convergence(self) -> float:
        """Degrees by which the axis turns to the midline."""
        return float(np.degrees(np.arctan2(-self.axis[0], -self.axis[1])))


@dataclass(frozen=True)
class Block:
    """The body as a box: `middle` (2,) mm (y, z), `half` (3,) mm along x, y, z."""

    middle: Array
    half: Array


@dataclass(frozen=True, eq=False)
class Bone:
    """A vertebra of one person.

    `ahead`, `up` (3,): unit, along the superior end plate to the front, and square to it.
    `wall` mm: y of the posterior wall; what lies behind it is pedicle, what in front body.
    `promontory` (3,): the front edge of the superior end plate in the middle.
    `beside`: parts beside the bone by name. `to_standing`: where the course's own bone stands.
    `aim_deg`: the convergence for which the reference entry is the right one.
    """

    level: str
    build: Build
    surface: Surface
    ahead: Array
    up: Array
    wall: float
    promontory: Array
    corridor: Corridor
    block: Block
    beside: Mapping[str, Mesh]
    to_standing: Pose
    aim_deg: float | None = None

    @cached_property
    def beside_triangles(self) -> dict[str, tuple[Array, Array, Array]]:
        """Of each part beside the bone the triangles (m, 3, 3), their middles and radii (m,)."""
        result = {}
        for name, mesh in self.beside.items():
            corners = mesh.vertices[mesh.triangles]
            middles = corners.mean(axis=1)
            reach = np.linalg.norm(corners - middles[:, None], axis=2).max(axis=1)
            result[name] = (corners, middles, reach)
        return result

    @cached_property
    def beside_balls(self) -> dict[str, tuple[Array, float]]:
        """Of each part beside the bone the middle (3,) and radius of a ball that holds it."""
        result = {}
        for name, mesh in self.beside.items():
            middle = (mesh.vertices.min(axis=0) + mesh.vertices.max(axis=0)) / 2.0
            radius = float(np.linalg.norm(mesh.vertices - middle, axis=1).max())
            result[name] = (middle, radius)
        return result

    @cached_property
    def reference(self) -> Array:
        """Where the line of aim leaves the bone behind on the left, from behind: (x, up) mm.

        The line runs through the corridor's narrowest section, as steeply as the corridor's axis
        and turned to the midline by `aim_deg`, or as that axis where there is none.
        """
        way = self.corridor
        back = -way.axis
        if self.aim_deg is not None:
            lift = float(way.axis @ self.up)
            turn = np.radians(self.aim_deg)
            level = self.ahead * np.cos(turn) - np.array([np.sin(turn), 0.0, 0.0])
            back = -(level * np.sqrt(1.0 - lift**2) + self.up * lift)
        return self._behind(back)

    def _behind(self, back: Array) -> Array:
        """Where the line through the corridor's middle along `back` (3,) leaves: (x, up) mm."""
        centre = self.corridor.centre
        met = self.surface.crossings(centre, back)
        point = centre + back * met[met > 0.0][0]
        return np.array([point[0], point @ self.up])

    def entry(self, plan: ScrewPlan) -> Array:
        """Where the screw enters (3,): the hindmost bone there; PlanError where there is none."""
        x = plan.sign * (self.reference[0] - plan.medial_mm)
        start = np.array([x, 0.0, 0.0]) + self.up * (self.reference[1] + plan.superior_mm)
        met = self.surface.crossings(start, self.ahead)
        if not len(met):
            raise PlanError(
                f"there is no bone {plan.medial_mm:g} mm medial and {plan.superior_mm:g} mm "
                "superior of the reference entry: bring medial_mm and superior_mm nearer to 0",
                "medial_mm",
            )
        result: Array = start + self.ahead * met[0]
        return result

    def direction(self, plan: ScrewPlan) -> Array:
        """Unit (3,), from the entry to the tip."""
        turn, lift = np.radians(plan.convergence_deg), np.radians(plan.sagittal_deg)
        level = self.ahead * np.cos(turn) - np.array([plan.sign, 0.0, 0.0]) * np.sin(turn)
        result: Array = level * np.cos(lift) + self.up * np.sin(lift)
        return result

    def reference_plan(self, side: Side, diameter_mm: float, length_mm: float) -> ScrewPlan:
        """A screw along the corridor's own axis, through the middle of its narrowest section.

        The entry is rounded to half a millimetre, then the angles to a degree.
        """
        aside = self.reference[0] - self._behind(-self.corridor.axis)[0]
        bare = ScrewPlan(self.level, side, medial_mm=float(np.round(2.0 * aside) / 2.0))
        to = self.corridor.centre * np.array([bare.sign, 1.0, 1.0]) - self.entry(bare)
        lift = np.degrees(np.arcsin(to @ self.up / np.linalg.norm(to)))
        turn = np.degrees(np.arctan2(-bare.sign * to[0], to @ self.ahead))
        return replace(
            bare,
            convergence_deg=float(np.round(turn)),
            sagittal_deg=float(np.round(lift)),
            diameter_mm=diameter_mm,
            length_mm=length_mm,
        )


class ScrewAnatomy:
    """The bones of the packed anatomy, for people of any build; each made once.

    `aims`: by level the convergence (degrees) that is taught, for which the reference entry is to
    be the right one; without it that is the pedicle's own.
    """

    def __init__(self, pack: Pack, aims: Mapping[str, float] | None = None) -> None:
        self._aims = dict(aims or {})
        self._meshes = bones_of_pack(pack)
        self._poses = {name: _pose(pack, name) for name in self._meshes}
        self._landmarks = pack.header["landmarks"]
        self._parts = [p for p in pack.parts if p.tissue in BESIDE and p.name not in SAC_CONTENT]
        for part in self._parts:
            if not edge_report(part.mesh)[0]:
                raise ValueError(f"{part.name}: its mesh is not closed; build the pack again")
        self._measured: dict[str, tuple[dict[str, float], Landmarks]] = {}
        self._made: dict[tuple[str, Build], Bone] = {}

    def bone(self, level: str, build: Build | None = None) -> Bone:
        """The bone of a level for a person, by default the course's own; PlanError if unknown."""
        build = build or Build()
        if level not in LEVELS:
            raise PlanError(f"level: {level!r}; there are {', '.join(LEVELS)}", "level")
        if (level, build) not in self._made:
            make = self._sacrum if level == "S1" else self._lumbar
            bone = make(level, build)
            self._made[level, build] = replace(bone, aim_deg=self._aims.get(level))
        return self._made[level, build]

    def _beside(self, pose: Pose) -> dict[str, Mesh]:
        """What lies beside a bone, in its frame."""
        own = pose.inverse()
        found = {}
        for part in self._parts:
            mesh = Mesh(own(part.mesh.vertices), part.mesh.triangles)
            if (np.abs(mesh.vertices[:, 2]) < WITHIN).any():
                found[part.name] = mesh
        return found

    def _lumbar(self, level: str, build: Build) -> Bone:
        """A lumbar vertebra: the course's own, warped."""
        mesh, pose = self._meshes[level], self._poses[level]
        if level not in self._measured:
            self._measured[level] = measured(mesh, symmetric=True)
        readings, marks = self._measured[level]
        beside = self._beside(pose)
        if build != Build():
            wanted = wanted_readings(readings, marks, build)
            plan = Plan(readings, marks, wanted, wanted)
            mesh = Mesh(warped(mesh.vertices, plan), mesh.triangles)
            beside = {
                name: Mesh(warped(each.vertices, plan), each.triangles)
                for name, each in beside.items()
            }
            readings, marks = measured(mesh, symmetric=True)
        corners = marks.corners
        ahead = np.r_[0.0, corners["as"] - corners["ps"]]
        ahead = ahead / np.linalg.norm(ahead)
        middle = np.mean(list(corners.values()), axis=0)
        half = [readings["waist_width_mm"], readings["waist_depth_mm"]]
        half = [
            *half,
            (readings["anterior_body_height_mm"] + readings["posterior_body_height_mm"]) / 2,
        ]
        return Bone(
            level,
            build,
            Surface(mesh),
            ahead,
            np.array([0.0, ahead[2], -ahead[1]]),
            marks.wall,
            np.r_[0.0, corners["as"]],
            lumbar_corridor(mesh, marks, ahead),
            Block(middle, np.array(half) / 2.0),
            beside,
            pose,
        )

    def _sacrum(self, level: str, build: Build) -> Bone:
        """The sacrum: the course's own, scaled."""
        pose, size = self._poses[SACRUM], build.size
        own = pose.inverse()
        at = {
            name: own(np.array([self._landmarks[f"sacrum.{name}"]["at"]]))[0] * size
            for name in (
                f"pedicle.{Side.LEFT}",
                "promontory",
                "superior_end_plate.anterior",
                "superior_end_plate.posterior",
            )
        }
        front, back = (at[f"superior_end_plate.{end}"] for end in ("anterior", "posterior"))
        ahead = (front - back) / np.linalg.norm(front - back)
        centre = at[f"pedicle.{Side.LEFT}"]
        # half as far lateral as it began, as the skeleton's own landmark of the S1 pedicle
        axis = at["promontory"] + centre * np.array([0.5, 0.0, 0.0]) - centre
        depth = float(np.linalg.norm(front - back))
        return Bone(
            level,
            build,
            Surface(scaled(self._meshes[SACRUM], size)),
            ahead,
            np.array([0.0, ahead[2], -ahead[1]]),
            float(back[1]),
            at["promontory"],
            Corridor(centre, axis / np.linalg.norm(axis), np.ones(2)),
            Block(
                np.array([(front[1] + back[1]) / 2.0, -depth / 2.0]),
                np.array([depth, depth / 2.0, depth / 2.0]),
            ),
            {n: scaled(m, size) for n, m in self._beside(pose).items()},
            pose,
        )


def wanted_readings(
    readings: Mapping[str, float], marks: Landmarks, build: Build
) -> dict[str, float]:
    """What callipers are to read, nearly, on a lumbar vertebra of that build."""
    given = {
        name: value if name.endswith("_deg") else value * build.size
        for name, value in readings.items()
    }
    given["pedicle_width_mm"] *= build.pedicle_width
    given["pedicle_height_mm"] *= build.pedicle_height
    given["pedicle_transverse_angle_deg"] += build.convergence_deg
    # the canal stays as wide: pedicles grow to the side
    del given["pedicle_distance_mm"]
    return completed(given, readings, marks)


def lumbar_corridor(mesh: Mesh, marks: Landmarks, ahead: Array) -> Corridor:
    """The left pedicle of a lumbar vertebra: its axis parallel to the superior end plate."""
    pedicle = marks.pedicle
    turn = np.radians(pedicle.angle)
    axis = ahead * np.cos(turn) - np.array([np.sin(turn), 0.0, 0.0])
    bare = Corridor(pedicle.centre, axis, np.ones(2))
    found = section(mesh, pedicle.centre, bare.across, bare.upward)
    around = [o for o in found if area_and_centre(o)[0] > 0.0]
    outline = min(around, key=lambda o: float(np.linalg.norm(area_and_centre(o)[1])))
    centre = area_and_centre(outline)[1]
    moved = pedicle.centre + bare.across * centre[0] + bare.upward * centre[1]
    outline = outline - centre
    return replace(
        bare,
        centre=moved,
        half=np.ptp(outline, axis=0) / 2.0,
        outline=outline,
        width=pedicle.width,
        height=pedicle.height,
    )


def _pose(pack: Pack, bone: str) -> Pose:
    """Where a bone stands."""
    numbers = pack.header["poses"]["standing"][bone]
    return Pose(np.array(numbers["rotation"]).reshape(3, 3), np.array(numbers["shift"]))
