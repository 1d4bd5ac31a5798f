"""Which published numbers on approaches and guided screws belong to which measure."""

from __future__ import annotations

from dataclasses import dataclass

AGAINST, ALONE = "against", "alone"
WAYS = {
    AGAINST: "one way against another",
    ALONE: "each way by itself",
}

Source = tuple[str, str]
"""A fact and one of its values."""


@dataclass(frozen=True)
class Measure:
    """What is compared: its unit, and what is published against another way and by itself.

    `words` are facts that say something of it without a number.
    """

    label: str
    unit: str
    against: tuple[Source, ...] = ()
    alone: tuple[Source, ...] = ()
    words: tuple[str, ...] = ()
    against_unit: str = ""
    by_levels: bool = True
    """Whether the number of fused levels matters to it; to a single screw it does not."""

    def sources(self, way: str) -> tuple[Source, ...]:
        """The numbers of a way of looking."""
        return self.against if way == AGAINST else self.alone

    def unit_of(self, way: str) -> str:
        """The unit of those numbers."""
        return (self.against_unit or self.unit) if way == AGAINST else self.unit


_TUNG = "three-ways-tung-2023"
_ROTHROCK = "lordosis-by-approach-rothrock-2018"
_WU = "lordosis-oblique-wu-2024"
_LANSFORD = "union-strict-by-approach-lansford-2024"
_SUBSIDENCE = "subsidence-approaches-2022"
_PERDOMO = "screws-four-ways-perdomo-2019"
_GELALIS = "screw-accuracy-gelalis-2012"
_LAROCCA = "navigation-or-fluoroscopy-larocca-2022"
_TIAN = "guidance-violations-tian-2011"
_MOBBS = "anterior-team-mobbs-2016"
_OLIF = "oblique-per-level-olif226"
_ENDOSCOPIC = "endoscopic-or-small-haibier-2024"
_FU = "robot-mixed-fu-2021"
_RATHBONE = "anterior-time-rathbone-2023"

MEASURES: dict[str, Measure] = {
    "blood": Measure(
        "blood lost",
        "mL",
        (
            ("blood-open-or-small-trials-li-2018", "blood"),
            ("open-or-small-cohorts-sun-2013", "blood"),
            ("blood-open-or-small-multilevel-zhai-2024", "blood"),
            (_ENDOSCOPIC, "blood"),
            ("biportal-or-small-yang-2023", "blood"),
            (_FU, "blood"),
        ),
        (
            (_TUNG, "blood_tlif"),
            (_TUNG, "blood_olif"),
            (_TUNG, "blood_alif"),
            (_MOBBS, "blood"),
            (_OLIF, "blood"),
        ),
        ("open-or-small-hammad-2019", _RATHBONE),
    ),
    "time": Measure(
        "operating time",
        "min",
        (("open-or-small-cohorts-sun-2013", "time"), (_ENDOSCOPIC, "time")),
        (
            (_TUNG, "time_tlif"),
            (_TUNG, "time_olif"),
            (_TUNG, "time_alif"),
            (_MOBBS, "time"),
            (_OLIF, "time"),
        ),
        ("tlif-or-plif-zhang-2014", "open-or-small-hammad-2019", _RATHBONE),
    ),
    "stay": Measure(
        "days in hospital",
        "d",
        (
            ("stay-open-or-small-cohorts-sun-2013", "difference"),
            ("stay-open-or-small-multilevel-zhai-2024", "difference"),
            (_ENDOSCOPIC, "stay"),
            (_FU, "stay"),
        ),
        ((_MOBBS, "stay"), (_OLIF, "stay")),
        ("stay-open-or-small-trials-li-2018", "open-or-small-hammad-2019"),
    ),
    "lordosis": Measure(
        "lordosis gained",
        "deg",
        (),
        (
            (_ROTHROCK, "alif"),
            (_ROTHROCK, "llif"),
            (_ROTHROCK, "tlif"),
            (_ROTHROCK, "alif_strict"),
            (_ROTHROCK, "llif_strict"),
            (_ROTHROCK, "tlif_strict"),
            (_WU, "mean"),
            (_WU, "kyphotic"),
            (_WU, "middle"),
            (_WU, "lordotic"),
        ),
    ),
    "union": Measure(
        "union",
        "%",
        (
            ("interbody-added-zhou-2011", "union"),
            ("interbody-added-slip-2020", "union"),
        ),
        (
            (_LANSFORD, "anterior_24"),
            (_LANSFORD, "lateral_24"),
            (_LANSFORD, "posterior_24"),
            ("standalone-anterior-union-manzur-2019", "union"),
            ("standalone-anterior-union-manzur-2019", "plate"),
            ("standalone-anterior-union-manzur-2019", "integrated"),
        ),
        (
            "anterior-union-rathbone-2023",
            "lateral-with-screws-zhou-2024",
            "tlif-or-plif-zhang-2014",
        ),
        against_unit="ratio",
    ),
    "harm": Measure(
        "complications",
        "%",
        (
            ("interbody-added-zhou-2011", "complications"),
            ("facet-violation-liu-2022", "ratio"),
        ),
        (
            ("oblique-risks-tan-2023", "all"),
            ("oblique-risks-olif235", "all"),
            ("oblique-risks-tan-2023", "major"),
            ("vessel-injury-alif-2010", "all"),
            ("appr-alif-team-series", "repair"),
            ("anterior-risks-mobbs-2016", "sympathetic"),
            ("anterior-risks-mobbs-2016", "hernia"),
            ("ileus-anterior-mobbs-2016", "ileus"),
            ("anterior-nerves-review-2025", "nerves"),
            ("re-incidence", "all"),
            ("lateral-risks-epstein-2019", "sensory"),
            ("lateral-risks-epstein-2019", "motor"),
            ("lateral-risks-epstein-2019", "flexion"),
            ("lateral-risks-epstein-2019", "thigh"),
            ("lateral-risks-epstein-2019", "plexus"),
            ("lateral-risks-epstein-2019", "vessel"),
            ("infection-approach-zhou-2020", "posterior"),
            ("infection-approach-zhou-2020", "anterior"),
            ("infection-rates-zhou-2020", "open"),
            ("infection-rates-zhou-2020", "minimally_invasive"),
        ),
        (
            "anterior-routes-feeley-2021",
            "lateral-transient-pereira",
            "tlif-or-plif-zhang-2014",
        ),
        against_unit="ratio",
    ),
    "sinking": Measure(
        "cages that sink",
        "%",
        (),
        (
            (_SUBSIDENCE, "alif"),
            (_SUBSIDENCE, "lateral_fixed"),
            (_SUBSIDENCE, "lateral_alone"),
            (_SUBSIDENCE, "oblique_fixed"),
            ("subsidence-approaches-tung-2023", "tlif"),
        ),
        ("lateral-with-screws-zhou-2024",),
    ),
    "screws": Measure(
        "screws well placed",
        "%",
        (
            ("robot-trials-peng-2020", "wholly_inside"),
            ("robot-trials-peng-2020", "acceptable"),
            (_FU, "wholly_inside"),
            ("robot-umbrella-2025", "freehand"),
            ("robot-umbrella-2025", "navigation"),
            (_TIAN, "navigation"),
            (_TIAN, "flat"),
            (_TIAN, "turning"),
        ),
        (
            (_PERDOMO, "navigation"),
            (_PERDOMO, "freehand"),
            (_PERDOMO, "fluoroscopy"),
            (_PERDOMO, "robot"),
            (_GELALIS, "ct_navigation"),
            (_GELALIS, "freehand"),
            (_GELALIS, "fluoroscopy"),
            (_LAROCCA, "navigation"),
            (_LAROCCA, "fluoroscopy"),
        ),
        ("robot-overview-sun-2024", "fluoroscopy-breaches-morello-2025"),
        against_unit="ratio",
        by_levels=False,
    ),
    "dose": Measure(
        "radiation dose of the patient",
        "mSv",
        (),
        ((_LAROCCA, "dose_navigation"), (_LAROCCA, "dose_fluoroscopy")),
        ("open-or-small-hammad-2019",),
        by_levels=False,
    ),
    "disability": Measure(
        "disability later on (Oswestry)",
        "points_of_100",
        ((_FU, "disability"),),
        (),
        ("blood-open-or-small-trials-li-2018", _ENDOSCOPIC),
    ),
}
