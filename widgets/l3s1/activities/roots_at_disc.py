"""The exiting and the traversing root at one disc, in the 3D model."""

from __future__ import annotations

from l3s1.activities.anatomy import course_anatomy
from l3s1.activities.nerve_catalogue import say_level
from l3s1.models.neurology.lesions import exiting_root, traversing_root
from l3s1.scene import Anatomy, AnatomyScene
from l3s1.vocabulary import MotionSegment, Side, Vertebra

BONE_OPACITY = 0.45
SAC_OPACITY = 0.6


class RootsAtDiscActivity(AnatomyScene):
    """A disc seen from behind through its bones, both roots of one side marked and named.

    Raises `ValueError` where level or side is none that the model has.
    """

    def __init__(
        self, level: str = "L4-L5", side: str = "left", anatomy: Anatomy | None = None
    ) -> None:
        segment, own = MotionSegment(level), Side(side)
        exiting, traversing = exiting_root(segment), traversing_root(segment)
        bones = [
            "sacrum" if name == Vertebra.S1 else name for name in (exiting.value, traversing.value)
        ]
        roots = [f"{root.value}.nerve_root.{own.value}" for root in (exiting, traversing)]
        others = [
            f"{root.value}.nerve_root.{other.value}"
            for root in (exiting, traversing)
            for other in Side
            if other is not own
        ]
        ganglia = [
            f"{root.value}.dorsal_root_ganglion.{each.value}"
            for root in (exiting, traversing)
            for each in Side
        ]
        where = say_level(level)
        self._roots_said = f"At {where} the exiting root is {exiting}, the traversing {traversing}."
        disc = [f"{segment.value}.annulus_fibrosus", f"{segment.value}.nucleus_pulposus"]
        super().__init__(
            anatomy or course_anatomy(),
            isolated=[*bones, *disc, "dural_sac", *roots, *others, *ganglia],
            opacity={**dict.fromkeys(bones, BONE_OPACITY), "dural_sac": SAC_OPACITY},
            highlight=roots,
            labels=roots,
            view="posterior",
        )

    def text_twin(self) -> str:
        """Which root is which, and what is shown."""
        return f"{self._roots_said} {super().text_twin()}"
