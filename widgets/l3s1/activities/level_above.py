"""What becomes of the segment next to a fusion: imaging, symptoms and operations, kept apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import traitlets

from l3s1.activities.figure_activity import FigureActivity, choice
from l3s1.activities.outcome_facts import label_of
from l3s1.activities.readings import Reading
from l3s1.activities.responder_curve import ALL
from l3s1.activities.shares_over_years import ShareSource, SharesOverYearsState
from l3s1.activities.wording import say_number
from l3s1.content import Content, load_content
from l3s1.figures.shares_over_years import Direction, build_shares_over_years_figure
from l3s1.models.time_axis import AxisKind

if TYPE_CHECKING:
    from l3s1.figures.theme import Spec

MEASURES = {
    "imaging": "seen on imaging",
    "symptoms": "with symptoms",
    "operations": "operated on",
}
IMAGING, SYMPTOMS, OPERATIONS = range(len(MEASURES))
NOTHING = "nothing"

SOURCES = (
    ShareSource("adjacent-surgery-ghiselli-2004", "year_5", OPERATIONS, joined=True),
    ShareSource("adjacent-surgery-ghiselli-2004", "year_10", OPERATIONS, joined=True),
    ShareSource("adjacent-surgery-sears-2011", "year_5", OPERATIONS, joined=True),
    ShareSource("adjacent-surgery-sears-2011", "year_10", OPERATIONS, joined=True),
    ShareSource("adjacent-five-years-issls-2025", "operated", OPERATIONS, counted=True),
    ShareSource("adjacent-five-years-issls-2025", "symptoms", SYMPTOMS),
    ShareSource("adjacent-five-years-issls-2025", "imaging", IMAGING),
    ShareSource("adjacent-surgery-okuda-2018", "rate", OPERATIONS),
    ShareSource("adjacent-surgery-low-2014", "rate", OPERATIONS),
    ShareSource("level-above-long-abraham-2014", "operated", OPERATIONS),
    ShareSource("level-above-long-abraham-2014", "symptomatic", SYMPTOMS),
    ShareSource("level-above-long-abraham-2014", "radiographic", IMAGING),
    ShareSource("pi-ll-wang-2020", "operated", OPERATIONS),
    ShareSource("adjacent-fusion-and-motion-2020", "operated", OPERATIONS),
    ShareSource("adjacent-fusion-and-motion-2020", "symptoms", SYMPTOMS),
    ShareSource("adjacent-fusion-and-motion-2020", "imaging", IMAGING),
    ShareSource("adjacent-prevalence-xia-2013", "symptoms", SYMPTOMS),
    ShareSource("adjacent-prevalence-xia-2013", "imaging", IMAGING),
    ShareSource("adjacent-imaging-2-5-10", "year_2", IMAGING, joined=True),
    ShareSource("adjacent-imaging-2-5-10", "year_5", IMAGING, joined=True),
    ShareSource("adjacent-imaging-2-5-10", "year_10", IMAGING, joined=True),
    ShareSource(
        "level-above-imaging-xia-2013",
        "to_two_years",
        IMAGING,
        window=("level-above-imaging-xia-2013", "window"),
    ),
    ShareSource(
        "adjacent-over-time-xia-2013",
        "years_2_5",
        IMAGING,
        window=("adjacent-over-time-xia-2013", "window_2_5"),
    ),
    ShareSource(
        "adjacent-over-time-xia-2013",
        "years_5_20",
        IMAGING,
        window=("adjacent-over-time-xia-2013", "window_5_20"),
    ),
    ShareSource("level-above-mri-karlsson-2022", "fusion", IMAGING, other="decompression"),
)


@dataclass(frozen=True)
class Modifier:
    """What may change the risk; `moves` says that its source ties it to the series drawn."""

    id: str
    label: str
    moves: bool
    pro: tuple[str, ...]
    con: tuple[str, ...] = ()


MODIFIERS = (
    Modifier(
        "levels",
        "more fused levels",
        True,
        (
            "adjacent-surgery-risks-sears-2011",
            "adjacent-risks-meta-2020",
            "adjacent-early-and-late-kim-2020",
        ),
        ("adjacent-five-years-issls-2025",),
    ),
    Modifier("age", "higher age", True, ("adjacent-surgery-risks-sears-2011",)),
    Modifier(
        "stop",
        "stopping at L5, not at S1",
        False,
        (
            "adjacent-surgery-risks-sears-2011",
            "neighbour-fused-levels-disch-2008",
            "below-floating-takegami-2023",
            "floating-pattern-lee-2015",
        ),
        ("adjacent-risks-meta-2020", "l5-or-sacrum-deformity-2019"),
    ),
    Modifier(
        "laminectomy",
        "a laminectomy next to the fusion",
        False,
        ("adjacent-surgery-risks-sears-2011", "adjacent-laminectomy-ekman-2009"),
    ),
    Modifier(
        "alignment",
        "lordosis that does not fit the pelvis",
        False,
        (
            "pi-ll-rothenfluh-2015",
            "pi-ll-wang-2020",
            "lordosis-distribution-zheng-2020",
            "adjacent-risks-meta-2020",
        ),
    ),
    Modifier(
        "weight",
        "body weight and smoking",
        False,
        ("adjacent-risks-meta-2020", "adjacent-wang-2017"),
    ),
    Modifier(
        "sacroiliac",
        "below S1: the sacroiliac joints",
        False,
        ("sacroiliac-pain-unoki-2016", "sacroiliac-degeneration-yi"),
        ("sacroiliac-pain-lee-2019", "sacroiliac-ct-shin-2024"),
    ),
)
BY_ID = {modifier.id: modifier for modifier in MODIFIERS}
MOVED = ("adjacent-surgery-sears-2011", "year_10")
"""The point from which a modifier's arrow starts: the series whose authors tested it."""

_TOP = 85.0


class LevelAboveState(SharesOverYearsState):
    """What is counted, and which modifier is looked at."""

    measure = traitlets.Enum([ALL, *MEASURES], "operations")
    modifier = traitlets.Enum([NOTHING, *BY_ID], NOTHING)
    axis = traitlets.Enum([kind.value for kind in AxisKind], AxisKind.LINEAR.value)

    def sources(self) -> tuple[ShareSource, ...]:
        """The shares of what is counted."""
        kinds = list(MEASURES)
        return tuple(each for each in SOURCES if self.measure in (ALL, kinds[each.kind]))

    @property
    def chosen(self) -> Modifier | None:
        """The modifier looked at, if any."""
        return BY_ID.get(self.modifier)

    def direction(self) -> Direction | None:
        """Where the modifier moves the series drawn; its size could not be read."""
        if self.chosen is None or not self.chosen.moves or self.measure not in (ALL, "operations"):
            return None
        value = self.content.facts[MOVED[0]].value(MOVED[1])
        if value.estimate is None:
            raise ValueError(f"fact {MOVED[0]!r} has no share to start from")
        words = f"{self.chosen.label}:<br>upwards, by how<br>much not known"
        return Direction(value.time_d("at"), value.estimate, words)

    def figure(self) -> Spec:
        """The shares over the years."""
        return build_shares_over_years_figure(
            self.points(),
            AxisKind(self.axis),
            tuple(MEASURES.values()),
            _TOP,
            self.note(),
            self.direction(),
        )

    def said(self) -> str:
        """How far the sources lie apart, for each thing that is counted."""
        parts = []
        for kind, (name, words) in enumerate(MEASURES.items()):
            shares = [point.share for point in self.points() if point.kind == kind]
            if self.measure in (ALL, name):
                low, high = (say_number(round(end, 2), "%") for end in (min(shares), max(shares)))
                parts.append(f"{words.capitalize()}: {len(shares)} shares, {low} to {high}.")
        if self.measure != ALL:
            parts.append("Imaging, symptoms and operations are three different things.")
        if self.chosen is not None:
            sides = "papers on both sides" if self.chosen.con else "papers on one side only"
            parts.append(f"{self.chosen.label.capitalize()}: {sides}, listed first below.")
            if self.chosen.moves:
                parts.append("The arrow has a direction and no size: no number could be read.")
            else:
                parts.append("No curve moves: its papers are not about the series drawn.")
        parts.append(
            "Surgery next to a fusion of exactly three levels, over time: no evidence; all but the "
            "series of three levels and more is extrapolated."
        )
        return " ".join(parts)

    def caption(self) -> str:
        """What the rows are."""
        return (
            "Steps are the least that holds between two points; the box is what a rising share "
            "may do. Choose a row for its origin"
        )

    def readings(self) -> tuple[Reading, ...]:
        """The modifier's papers, then the shares."""
        rows: list[Reading] = []
        if self.chosen is not None:
            rows += [self.statement_row(name, "says so") for name in self.chosen.pro]
            rows += [self.statement_row(name, "does not find it") for name in self.chosen.con]
        return (*rows, *self.share_rows(), *self._yearly())

    def _yearly(self) -> list[Reading]:
        if self.measure not in (ALL, "operations"):
            return []
        fact = self.content.facts["adjacent-surgery-yearly-sears-2011"]
        value = fact.value("yearly")
        shown = f"{value.estimate:g} % a year"
        interval = f"{value.low:g} to {value.high:g} %"
        label = label_of(self.content, fact, value)
        return [Reading(fact.id, label, (shown, interval, ""), fact.evidence, extrapolated=True)]


class LevelAboveActivity(FigureActivity):
    """The shares, with what is counted and a modifier to choose."""

    state: LevelAboveState

    def __init__(self, content: Content | None = None, **state: Any) -> None:
        shown = LevelAboveState(content or load_content(), **state)
        measures = [*((words, name) for name, words in MEASURES.items()), ("all three", ALL)]
        modifiers = [("none", NOTHING), *((each.label, each.id) for each in MODIFIERS)]
        axes = [("even steps", AxisKind.LINEAR.value), ("hours and years", AxisKind.READABLE.value)]
        super().__init__(
            shown,
            [
                choice(shown, "measure", "Count", measures),
                choice(shown, "modifier", "What may change it", modifiers),
                choice(shown, "axis", "Time axis", axes),
            ],
        )
