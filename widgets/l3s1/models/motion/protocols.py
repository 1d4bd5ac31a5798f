"""The segment above a fusion by two protocols of the laboratory, side by side.

Same load: the fused spine is bent by the moment that bent the intact one. Same motion ('hybrid'):
it is bent until the whole has turned as far as before. Which of them a living person resembles is
an open question; the course shows both.
"""

from __future__ import annotations

from dataclasses import dataclass

from l3s1.models.motion.spine import Bent, Spine


@dataclass(frozen=True)
class Compared:
    """An intact spine, and the same one fused, by both protocols.

    `same_motion` is None where no moment that was ever tested bends it as far; `why` then says so.
    """

    intact: Bent
    same_load: Bent
    same_motion: Bent | None
    why: str = ""

    def change_deg(self, segment: str, *, hybrid: bool) -> float | None:
        """What a segment turns more (°) than in the intact spine; None where not reached."""
        bent = self.same_motion if hybrid else self.same_load
        return None if bent is None else bent.angles_deg[segment] - self.intact.angles_deg[segment]

    def change(self, segment: str, *, hybrid: bool) -> float | None:
        """The same as a share of its intact motion (0.2: a fifth more); None where not reached."""
        change_deg = self.change_deg(segment, hybrid=hybrid)
        return None if change_deg is None else change_deg / self.intact.angles_deg[segment]

    def moment_factor(self) -> float | None:
        """How many times the moment the same motion takes; None where it is not reached."""
        return (
            None if self.same_motion is None else self.same_motion.moment_nm / self.intact.moment_nm
        )


def compare_protocols(intact: Spine, fused: Spine, moment_nm: float) -> Compared:
    """Bend `intact` by `moment_nm` (N·m, above 0), and `fused` by the same load and as far.

    Raises ValueError where the spines have not the same segments or the moment is not above 0.
    """
    if tuple(intact.curves) != tuple(fused.curves):
        raise ValueError("two spines with different segments can't be compared")
    if not moment_nm > 0.0:
        raise ValueError(f"a moment of {moment_nm:g} N·m: give one above 0")
    before = intact.under(moment_nm)
    load = fused.under(moment_nm)
    try:
        motion: Bent | None = fused.bent_to(before.total_deg)
        why = ""
    except ValueError as problem:
        motion, why = None, str(problem)
    return Compared(before, load, motion, why)
