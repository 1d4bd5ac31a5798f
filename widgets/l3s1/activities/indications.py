"""What was found for each reason to fuse: trials by yardstick, guidelines, a picture.

Which facts stand where is decided here; every number is the fact's own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

EARLY, LATE, MIXED = "early", "late", "mixed"
REHABILITATION = "Fusion against rehabilitation or usual care"
ADDED = "Fusion added to decompression"
SURGERY = "Surgery against no operation"


@dataclass(frozen=True)
class Yardstick:
    """What is measured: `title` is the axis, with what lies left and right.

    `differs` tells differences between arms from the arms themselves. `fewer_is_better` is
    false of a score of which more is better: its axis is turned, so that fusion's side is always
    the left one. `important` names the fact
    and value of an important change, where one is known for this scale.
    """

    id: str
    label: str
    title: str
    unit: str
    differs: bool
    fewer_is_better: bool = True
    important: tuple[str, str] | None = None


_SIDES = "← fusion better   {}   fusion worse →"
YARDSTICKS = (
    Yardstick(
        "difference",
        "Oswestry score, difference",
        _SIDES.format("Oswestry points"),
        "points",
        differs=True,
        important=("important-change-ostelo-2008", "disability"),
    ),
    Yardstick(
        "arms",
        "Oswestry score of both arms",
        "Oswestry score, less is better; × without fusion",
        "points",
        differs=False,
    ),
    Yardstick(
        "people",
        "people who did well",
        "of 100 people, more is better; × without fusion",
        "%",
        differs=False,
        fewer_is_better=False,
    ),
    Yardstick(
        "again",
        "people operated on again",
        "of 100 people, fewer is better; × without fusion",
        "%",
        differs=False,
    ),
    Yardstick(
        "quality",
        "SF-36 score, difference",
        _SIDES.format("SF-36 points"),
        "points",
        differs=True,
        fewer_is_better=False,
    ),
    Yardstick(
        "pain",
        "pain of 100, difference",
        _SIDES.format("points of pain"),
        "points",
        differs=True,
        important=("important-change-ostelo-2008", "pain_100"),
    ),
)
BY_YARDSTICK = {each.id: each for each in YARDSTICKS}


@dataclass(frozen=True)
class Finding:
    """One published number. `other` is the arm without fusion, as (fact, value).

    `when` is asked only of values without a time of their own: `MIXED` where a pooling mixes
    follow-ups, which is neither early nor late.
    """

    yardstick: str
    against: str
    fact: str
    value: str
    other: tuple[str, str] | None = None
    when: str = EARLY


@dataclass(frozen=True)
class Indication:
    """A reason to fuse: findings, facts that fit no axis, guidelines, and the spine's picture.

    `conflict` says in one sentence where trials and guidelines, or two of either, disagree.
    `spine` is a state of the explorer of lesson 01, `spine_words` what of it is not drawn.
    """

    id: str
    label: str
    findings: tuple[Finding, ...]
    beside: tuple[str, ...]
    guidelines: tuple[str, ...]
    conflict: str
    spine_words: str
    spine: Mapping[str, Any] = field(default_factory=dict)


def _arms(yardstick: str, against: str, fact: str, fusion: str, other: str) -> Finding:
    return Finding(yardstick, against, fact, fusion, (fact, other))


INDICATIONS = (
    Indication(
        "disc",
        "back pain from disc degeneration",
        (
            Finding("difference", REHABILITATION, "difference-fairbank-2005", "difference"),
            Finding("difference", REHABILITATION, "difference-brox-2003", "difference"),
            Finding("difference", REHABILITATION, "difference-brox-2006", "difference"),
            Finding("difference", REHABILITATION, "pooled-ibrahim-2008", "difference"),
            Finding("difference", REHABILITATION, "pooled-bydon-2014", "difference", when=MIXED),
            Finding(
                "arms",
                REHABILITATION,
                "disability-fusion-fairbank-2005",
                "fusion_month_24",
                ("disability-rehabilitation-fairbank-2005", "comparator_month_24"),
            ),
            *(
                _arms("arms", REHABILITATION, fact, "fusion_month_12", "comparator_month_12")
                for fact in ("disability-arms-brox-2003", "disability-arms-brox-2006")
            ),
            Finding(
                "arms",
                REHABILITATION,
                "disability-fusion-brox-2010",
                "fusion_year_4",
                ("disability-exercises-brox-2010", "comparator_year_4"),
            ),
            *(
                _arms("people", REHABILITATION, fact, "fusion", "comparator")
                for fact in ("improved-fritzell-2001", "success-brox-2006", "success-brox-2010")
            ),
        ),
        (
            "no-difference-brox-2010",
            "no-difference-froholdt-2012",
            "no-difference-mannion-2013",
            "pooled-xu-2021",
            "pooled-poster-2025",
            "early-complications-ibrahim-2008",
        ),
        (
            "guideline-nice-2016",
            "guideline-royal-colleges-2020",
            "guideline-neurosurgeons-pain-2014",
            "guideline-medicare-levels",
            "guideline-insurer-levels-2022",
        ),
        "Guidelines disagree on the same trials: British ones say not to fuse for back pain alone, "
        "American neurosurgeons recommend it where conservative care has failed.",
        "Drawn: a low disc at L5–S1. That a disc like it is the source of somebody’s pain is what "
        "no picture shows.",
        {
            "disc_height": {"L5-S1": 0.5},
            "segment": "L5-S1",
            "structure": "L5-S1.annulus_fibrosus",
            "view": "left_lateral",
        },
    ),
    Indication(
        "slip",
        "degenerative slip with stenosis",
        (
            Finding("difference", ADDED, "disability-change-nordsten-2021", "difference"),
            Finding("difference", ADDED, "disability-change-slip-bisson-2021", "difference"),
            _arms(
                "arms", ADDED, "disability-forsth-2016", "fusion_month_24", "comparator_month_24"
            ),
            _arms(
                "arms",
                ADDED,
                "disability-five-years-karlsson-2024",
                "fusion_year_5",
                "comparator_year_5",
            ),
            *(
                _arms("people", ADDED, fact, "fusion", "comparator")
                for fact in ("reached-change-bisson-2021", "reached-30-kgomotso-2024")
            ),
            *(
                _arms("again", ADDED, fact, "fusion", "decompression")
                for fact in ("reoperation-slip-trial-2016", "reoperation-slip-qod-5")
            ),
            Finding(
                "again",
                ADDED,
                "reoperation-by-diagnosis-washington",
                "slip_fusion",
                ("reoperation-by-diagnosis-washington", "slip_decompression"),
            ),
            Finding("quality", ADDED, "quality-of-life-slip-2016", "printed_difference"),
            Finding("quality", SURGERY, "surgery-against-care-sport-2009", "pain"),
            Finding("quality", SURGERY, "surgery-against-care-sport-2009", "function"),
        ),
        (
            "eight-years-sport-2018",
            "quality-of-life-five-years-karlsson-2024",
            "level-above-mri-karlsson-2022",
        ),
        (
            "guideline-neurosurgeons-slip-2014",
            "guideline-nass-stenosis-2014",
            "guideline-neurosurgical-societies-2020",
            "stability-signs-simmonds-2015",
        ),
        "Two trials from Norway and Sweden see no gain from adding fusion; a small American trial "
        "and a registry do. American guidelines that recommend fusion are older than these trials.",
        "Drawn: a slip of L4 with thick facet joints and ligaments. The canal narrows as the "
        "lamina follows its body.",
        {
            "slip": {"L4-L5": 0.2},
            "facet_hypertrophy": 0.7,
            "flavum_thickening": 0.7,
            "segment": "L4-L5",
            "structure": "L4",
            "view": "left_lateral",
        },
    ),
    Indication(
        "stenosis",
        "stenosis without a slip",
        (
            Finding(
                "people",
                ADDED,
                "less-leg-pain-no-slip-karlsson-2024",
                "fusion_year_5",
                ("less-leg-pain-no-slip-karlsson-2024", "comparator_year_5"),
            ),
        ),
        ("disability-forsth-2016", "disability-five-years-karlsson-2024"),
        (
            "guideline-neurosurgeons-stenosis-2005",
            "guideline-neurosurgical-societies-2020",
            "guideline-nass-stenosis-2014",
        ),
        "Here trials and guidelines agree: no gain from fusion is shown where nothing slips. They "
        "part over what counts as unstable.",
        "Drawn: thick facet joints and ligaments without a slip. First the recess narrows, then "
        "the canal.",
        {
            "facet_hypertrophy": 0.9,
            "flavum_thickening": 0.9,
            "segment": "L4-L5",
            "structure": "L4-L5.ligamentum_flavum.left",
            "section": "axial:L4-L5",
            "view": "superior",
        },
    ),
    Indication(
        "isthmic",
        "isthmic slip",
        (),
        ("isthmic-fusion-moller-2000", "isthmic-nine-years-ekman-2005"),
        ("guideline-nass-stenosis-2014",),
        "One trial favours fusion over exercises, without a printed size, and part of the gain "
        "fades. No guideline on fusion for the slip itself was read, only for stenosis with it.",
        "Drawn: the neck of bone whose gap lets L5 slip. The gap itself, and a body that slides "
        "while its arch stays, are not drawn.",
        {"structure": "L5.pars_interarticularis.left", "view": "left_lateral"},
    ),
    Indication(
        "fracture",
        "fracture without nerve signs",
        (Finding("pain", SURGERY, "burst-fracture-chou-2024", "pain", when=MIXED),),
        (
            "burst-fracture-chou-2024",
            "burst-fracture-gnanenthiran-2012",
            "burst-fracture-wood-2015",
        ),
        ("score-tlics-lee-2005", "scores-differ-morrissey-2021"),
        "Poolings of thoracolumbar fractures see little or no difference, with very low certainty. "
        "Two scores that advise on surgery can contradict each other.",
        "Not drawn: the model has no fracture. Shown: the body of L3, the highest of this course.",
        {"structure": "L3", "view": "oblique"},
    ),
    Indication(
        "deformity",
        "scoliosis of adults",
        (
            Finding("difference", SURGERY, "scoliosis-surgery-smith-2025", "year_2"),
            Finding("difference", SURGERY, "scoliosis-surgery-smith-2025", "year_5"),
        ),
        ("scoliosis-crossover-clohisy-2023",),
        ("guideline-medicare-levels",),
        "The gain is more than an important change, but as treated, not as randomised: most of "
        "those randomised to no operation had one. A payer accepts several levels for deformity.",
        "Not drawn: the model has no scoliosis. Shown: the straight spine from behind.",
        {"structure": "L3", "view": "posterior"},
    ),
)
BY_ID = {each.id: each for each in INDICATIONS}
