"""A pedicle screw in a bone: what it breaks, fills and comes near, and how that looks."""

from l3s1.models.screw_trajectory.bone import Bone, ScrewAnatomy
from l3s1.models.screw_trajectory.people import Build, BuildSpread, drawn_build
from l3s1.models.screw_trajectory.plan import LEVELS, LIMITS, PlanError, ScrewPlan
from l3s1.models.screw_trajectory.sectors import DIRECTIONS
from l3s1.models.screw_trajectory.solve import ScrewResult, solve
from l3s1.models.screw_trajectory.views import draw

__all__ = [
    "DIRECTIONS",
    "LEVELS",
    "LIMITS",
    "Bone",
    "Build",
    "BuildSpread",
    "PlanError",
    "ScrewAnatomy",
    "ScrewPlan",
    "ScrewResult",
    "draw",
    "drawn_build",
    "solve",
]
