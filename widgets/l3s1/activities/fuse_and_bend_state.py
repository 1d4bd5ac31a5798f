"""Levels of a bending spine, fused one by one: what is lost, where motion goes, in words too.

The page works out and says the same (`widgets/frontend/src/motion`); a fixture holds both to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import traitlets

from l3s1.activities.figure_activity import FigureState
from l3s1.activities.motion_facts import (
    CONSTRUCT,
    CONSTRUCTS,
    build_spine,
    key,
    law,
    number,
    range_fact,
    say_segment,
)
from l3s1.activities.readings import Reading
from l3s1.activities.wording import say_number
from l3s1.figures.fuse_and_bend import Level, SpinePicture, build_fuse_and_bend_figure
from l3s1.models.motion.spine import SEGMENTS, Bent, Direction

if TYPE_CHECKING:
    from l3s1.figures.theme import Spec

FUSIBLE = SEGMENTS[1:]
"""L1–L2 stays free: a lumbar spine without a free level has nothing to show here."""

LOAD, MOTION = "load", "motion"
PROTOCOLS = {
    LOAD: "pushed as hard as before",
    MOTION: "bent as far as before",
}

LORDOSIS = "segmental-lordosis-pi"
SLOPE = ("vialle-norms", "slope")
BODIES = "ssm-mean-heights"
DISCS = "ssm-mean-disc-height"
DEPTH = ("ssm-mean-endplates", "upper_depth_l2")
"""Sizes of the drawing; L1 is drawn like L2, and discs without a height like their neighbours."""

WIDEST_DEG = 16.0
"""The bars' axis ends here, unless a bar is longer."""


class FuseAndBendState(FigureState):
    """Which levels are fused and by what, how far the spine is bent, and by which protocol."""

    fused_l2_l3 = traitlets.Bool(False)
    fused_l3_l4 = traitlets.Bool(False)
    fused_l4_l5 = traitlets.Bool(False)
    fused_l5_s1 = traitlets.Bool(False)
    construct = traitlets.Enum([each.id for each in CONSTRUCTS], "cage")
    protocol = traitlets.Enum(list(PROTOCOLS), LOAD)
    bend = traitlets.Float(25.0, help="How far the intact spine bends; degrees, flexion above 0")

    @traitlets.validate("bend")
    def _valid_bend(self, proposal: dict[str, Any]) -> float:
        asked = float(proposal["value"])
        back, ahead = self.limits()
        if not -back <= asked <= ahead:
            raise traitlets.TraitError(
                f"a bend of {asked:g}°: give −{back:.1f} (extension) to {ahead:.1f} (flexion)"
            )
        return asked

    def limits(self) -> tuple[float, float]:
        """How far the intact spine goes back and ahead (°) under the moment it was tested with."""
        top = law(self.content).test_moment_nm
        back, ahead = (
            build_spine(self.content, direction).under(top).total_deg
            for direction in (Direction.EXTENSION, Direction.FLEXION)
        )
        return back, ahead

    @property
    def direction(self) -> Direction:
        """Flexion or extension."""
        return Direction.FLEXION if self.bend >= 0 else Direction.EXTENSION

    def fused(self) -> dict[str, str]:
        """The construct of each fused segment."""
        return {
            segment: self.construct for segment in FUSIBLE if getattr(self, f"fused_{key(segment)}")
        }

    def before(self) -> Bent:
        """The intact spine, bent as far as asked."""
        return build_spine(self.content, self.direction).bent_to(abs(self.bend))

    def now(self) -> tuple[Bent, str]:
        """The present spine, and why it is not bent as far as asked (or "")."""
        spine = build_spine(self.content, self.direction, self.fused())
        before = self.before()
        if self.protocol == LOAD:
            return spine.under(before.moment_nm), ""
        try:
            return spine.bent_to(before.total_deg), ""
        except ValueError as problem:
            return spine.under(law(self.content).greatest_moment_nm), str(problem)

    def picture(self) -> SpinePicture:
        """All that the chart shows."""
        before, (now, why) = self.before(), self.now()
        sign = 1.0 if self.direction is Direction.FLEXION else -1.0
        fused = self.fused()
        levels = tuple(
            Level(
                say_segment(segment),
                number(self.content, LORDOSIS, key(segment)),
                self.disc_mm(segment),
                self.body_mm(segment),
                before.angles_deg[segment],
                now.angles_deg[segment],
                sign * now.angles_deg[segment],
                segment in fused,
                (range_fact(segment), self._source(segment)),
            )
            for segment in SEGMENTS
        )
        widest = max(WIDEST_DEG, *(1.05 * max(each.before_deg, each.now_deg) for each in levels))
        total = f"{self.direction.value} {before.total_deg:.1f}° → {now.total_deg:.1f}°"
        return SpinePicture(
            levels,
            number(self.content, *SLOPE),
            number(self.content, *DEPTH),
            round(widest, 2),
            f"<b>{total}</b>{', the most it can' if why else ''}",
        )

    def _source(self, segment: str) -> str:
        fused = self.fused()
        return CONSTRUCT[fused[segment]].fact if segment in fused else range_fact(segment)

    def disc_mm(self, segment: str) -> float:
        """The height (mm) of a segment's disc, as drawn."""
        names = {"L1-L2": "l2_l3", "L5-S1": "l4_l5"}
        return number(self.content, DISCS, names.get(segment, key(segment)))

    def body_mm(self, segment: str) -> float:
        """The height (mm) of the body above a segment's disc, as drawn."""
        vertebra = segment.split("-", maxsplit=1)[0]
        name = ("L2" if vertebra == "L1" else vertebra).lower()
        ends = (
            number(self.content, BODIES, f"{side}_{name}") for side in ("anterior", "posterior")
        )
        return sum(ends) / 2.0

    def figure(self) -> Spec:
        """The spine and its bars."""
        return build_fuse_and_bend_figure(self.picture())

    def said(self) -> str:
        """What is lost, and where motion goes."""
        before, (now, why) = self.before(), self.now()
        fused = list(self.fused())
        way = self.direction.value
        if not fused:
            return (
                f"Nothing fused: {before.total_deg:.1f}° of {way} under "
                f"{before.moment_nm:.1f} N·m. {self._most(before)}"
            )
        names = ", ".join(say_segment(each) for each in fused)
        lost = sum(before.share(name) for name in fused)
        held = CONSTRUCT[self.construct].label
        parts = [f"{names} fused ({held}).", f"These levels gave {100 * lost:.0f} % of this {way}."]
        if self.protocol == LOAD:
            parts.append(
                f"Pushed as hard as before ({before.moment_nm:.1f} N·m), the spine bends "
                f"{now.total_deg:.1f} instead of {before.total_deg:.1f}°: every free level bends "
                "exactly as before."
            )
        elif why:
            parts.append(f"Bent as far as before: {why}. Drawn is the most it can.")
        else:
            parts.append(
                f"Bent as far as before ({now.total_deg:.1f}°), it takes {now.moment_nm:.1f} "
                f"instead of {before.moment_nm:.1f} N·m, and every free level makes up for it: "
                f"{self._risen(before, now)}."
            )
            if now.moment_nm > law(self.content).test_moment_nm:
                top = say_number(law(self.content).test_moment_nm, "Nm")
                parts.append(f"Beyond {top} the curves are extrapolated.")
        return " ".join(parts)

    def _most(self, bent: Bent) -> str:
        if bent.total_deg == 0.0:
            return "It stands."
        most = max(SEGMENTS, key=lambda name: bent.angles_deg[name])
        return f"{say_segment(most)} gives most: {100 * bent.share(most):.0f} %."

    def _risen(self, before: Bent, now: Bent) -> str:
        fused = self.fused()
        said = []
        for name in SEGMENTS:
            if name not in fused and before.angles_deg[name] > 0:
                change = 100 * (now.angles_deg[name] / before.angles_deg[name] - 1.0)
                said.append(f"{say_segment(name)} +{change:.0f} %")
        return ", ".join(said)

    def caption(self) -> str:
        """What the rows are."""
        return (
            "Computed: intact curves from one laboratory, constructs from another, PEEK rods from "
            "a computer model. Shares are of the whole bend. Choose a row for its origin"
        )

    def head(self) -> tuple[str, ...]:
        """Columns."""
        return ("level", "intact", "now", "share intact", "share now")

    def readings(self) -> tuple[Reading, ...]:
        """A row for each level."""
        before, (now, _) = self.before(), self.now()
        fused = self.fused()
        rows = []
        for segment in SEGMENTS:
            fact = self.content.facts[self._source(segment)]
            state = CONSTRUCT[self.construct].label if segment in fused else "free"
            rows.append(
                Reading(
                    fact.id,
                    f"{say_segment(segment)}, {state}",
                    (
                        f"{before.angles_deg[segment]:.1f}°",
                        f"{now.angles_deg[segment]:.1f}°",
                        f"{100 * before.share(segment):.0f} %",
                        f"{100 * now.share(segment):.0f} %",
                    ),
                    fact.evidence,
                )
            )
        return tuple(rows)
