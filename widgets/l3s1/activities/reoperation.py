"""How many are operated on again, by diagnosis and beside the other arm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import traitlets

from l3s1.activities.figure_activity import FigureActivity, choice
from l3s1.activities.responder_curve import ALL
from l3s1.activities.shares_over_years import ShareSource, SharesOverYearsState
from l3s1.activities.wording import say_number
from l3s1.content import Content, load_content
from l3s1.figures.shares_over_years import build_shares_over_years_figure
from l3s1.models.time_axis import AxisKind

if TYPE_CHECKING:
    from l3s1.activities.readings import Reading
    from l3s1.figures.theme import Spec

DIAGNOSES = {
    "slip": "degenerative slip",
    "stenosis": "stenosis, fused or not",
    "disc_pain": "back pain with disc degeneration",
    "mixed": "mixed degenerative",
}
SLIP, STENOSIS, DISC_PAIN, MIXED = range(len(DIAGNOSES))

SOURCES = (
    ShareSource("reoperation-korea-2-5-10", "year_2", STENOSIS, joined=True),
    ShareSource("reoperation-korea-2-5-10", "year_5", STENOSIS, joined=True),
    ShareSource("reoperation-korea-2-5-10", "year_10", STENOSIS, joined=True),
    ShareSource("reoperation-screws-andresen-2023", "screws", SLIP, other="no_screws"),
    ShareSource("reoperation-slip-trial-2016", "fusion", SLIP, other="decompression"),
    ShareSource("reoperation-slip-qod-5", "fusion", SLIP, other="decompression"),
    ShareSource(
        "reoperation-by-diagnosis-washington", "slip_fusion", SLIP, other="slip_decompression"
    ),
    ShareSource(
        "reoperation-by-diagnosis-washington", "other_fusion", MIXED, other="other_decompression"
    ),
    ShareSource("reoperation-ontario-2", "fusion", MIXED, other="decompression"),
    ShareSource("reoperation-l5s1-tlif-2024", "l5_s1", MIXED),
    ShareSource("reoperation-l5s1-tlif-2024", "l4_l5", MIXED),
    ShareSource("reoperation-trend-washington", "early", MIXED),
    ShareSource("reoperation-trend-washington", "late", MIXED),
    ShareSource("reoperation-washington-11", "year_11", MIXED),
    ShareSource("reoperation-brox-2010", "year_4", DISC_PAIN),
    ShareSource("reoperation-review-phillips-2013", "rate", DISC_PAIN),
)
_TOP = 40.0


class ReoperationState(SharesOverYearsState):
    """For which diagnosis."""

    diagnosis = traitlets.Enum([ALL, *DIAGNOSES], "slip")
    axis = traitlets.Enum([kind.value for kind in AxisKind], AxisKind.LINEAR.value)

    def sources(self) -> tuple[ShareSource, ...]:
        """The shares of the diagnosis."""
        names = list(DIAGNOSES)
        return tuple(each for each in SOURCES if self.diagnosis in (ALL, names[each.kind]))

    def figure(self) -> Spec:
        """The shares over the years."""
        return build_shares_over_years_figure(
            self.points(), AxisKind(self.axis), tuple(DIAGNOSES.values()), _TOP, self.note()
        )

    def said(self) -> str:
        """How far the shares lie apart, and in how many comparisons fusion has fewer."""
        points = self.points()
        shares = [point.share for point in points]
        low, high = (say_number(round(end, 2), "%") for end in (min(shares), max(shares)))
        parts = [f"{len(shares)} published shares of people operated on again: {low} to {high}."]
        pairs = [(point.share, point.comparator) for point in points if point.comparator]
        if pairs:
            fewer = sum(share < other for share, other in pairs)
            parts.append(
                f"In {fewer} of {len(pairs)} comparisons with another arm (×) fewer were operated "
                "on again after fusion, or with screws."
            )
        else:
            parts.append("No comparison with another arm here.")
        parts.append(
            "Which has fewer depends on the diagnosis, on the arm beside it, and on how long "
            "one looks. For three levels: no evidence; all is extrapolated."
        )
        return " ".join(parts)

    def caption(self) -> str:
        """What the rows are."""
        return "Steps join points of one registry. × is the other arm. Choose a row for its origin"

    def readings(self) -> tuple[Reading, ...]:
        """A row for every share and every other arm."""
        return tuple(self.share_rows())


class ReoperationActivity(FigureActivity):
    """The shares, with the diagnosis to choose."""

    state: ReoperationState

    def __init__(self, content: Content | None = None, **state: Any) -> None:
        shown = ReoperationState(content or load_content(), **state)
        options = [*((words, name) for name, words in DIAGNOSES.items()), ("all", ALL)]
        axes = [("even steps", AxisKind.LINEAR.value), ("hours and years", AxisKind.READABLE.value)]
        super().__init__(
            shown,
            [
                choice(shown, "diagnosis", "Diagnosis", options),
                choice(shown, "axis", "Time axis", axes),
            ],
        )
