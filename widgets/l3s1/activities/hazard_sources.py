"""Which facts tell when a complication comes and how often, and how each source counted."""

from __future__ import annotations

from dataclasses import dataclass

from l3s1.activities.outcome_facts import LevelGroup

ONE, TWO, THREE = LevelGroup.ONE, LevelGroup.ONE_OR_TWO, LevelGroup.THREE_OR_MORE


@dataclass(frozen=True)
class Rate:
    """A share of a fact. `of_all`: its denominator is the fact's n, so that an interval follows.

    `levels` says which number of levels this one share is of, where its fact has several;
    `older` that it is of older people only, as the source draws the line.
    """

    fact: str
    value: str
    of_all: bool = False
    levels: LevelGroup | None = None
    older: bool = False


@dataclass(frozen=True)
class Counted:
    """Rates that were counted in one way, said in `how`."""

    how: str
    rates: tuple[Rate, ...]


@dataclass(frozen=True)
class Hazard:
    """A complication. `phase` is its window, or None; `direction` are facts without a rate."""

    id: str
    label: str
    phase: str | None
    counted: tuple[Counted, ...]
    direction: tuple[str, ...] = ()


HAZARDS = (
    Hazard(
        "haematoma",
        "Epidural haematoma",
        "haematoma",
        (
            Counted(
                "with symptoms, by the hospital’s own count",
                (
                    Rate("haematoma-rate-amiri-2013", "rate", of_all=True),
                    Rate("haematoma-rate-anno-2019", "rate"),
                    Rate("haematoma-delayed-wang-2020", "all", of_all=True),
                ),
            ),
            Counted(
                "operated on again or readmitted for it, in a registry",
                (Rate("haematoma-rate-knusel-2019", "rate"),),
            ),
            Counted(
                "later than the third day", (Rate("haematoma-delayed-wang-2020", "delayed", True),)
            ),
        ),
        ("haematoma-five-days-knusel-2019", "haematoma-delayed-anno-2019"),
    ),
    Hazard(
        "cauda-equina",
        "Cauda equina compression",
        "cauda-equina",
        (
            Counted(
                "after any spinal operation, between centres",
                (Rate("cauda-equina-after-surgery-2010", "centres"),),
            ),
        ),
        ("cauda-equina-recovery-hamilton-2011", "retention-and-cauda-equina-altschul-2017"),
    ),
    Hazard(
        "transfusion",
        "Transfusion",
        "transfusion",
        (
            Counted(
                "in a registry, by number of levels",
                (
                    Rate("transfusion-by-levels-bohl-2019", "one_level", levels=ONE),
                    Rate("transfusion-by-levels-bohl-2019", "two_levels", levels=TWO),
                    Rate("transfusion-by-levels-bohl-2019", "three_levels", levels=THREE),
                ),
            ),
        ),
    ),
    Hazard(
        "retention",
        "Urinary retention",
        "urinary-retention",
        (
            Counted("looked for in everybody", (Rate("retention-altschul-2017", "rate", True),)),
            Counted("as noted in the records", (Rate("retention-stay-gandhi-2014", "rate", True),)),
            Counted(
                "instrumented thoracolumbar fusions",
                (
                    Rate("retention-strickland-2021", "all", of_all=True),
                    Rate("retention-strickland-2021", "single_level", levels=ONE),
                    Rate("retention-strickland-2021", "six_or_more", levels=THREE),
                ),
            ),
        ),
        ("levels-not-age-claus-2021",),
    ),
    Hazard(
        "root-injury",
        "Injury of a root",
        "root-injury",
        (
            Counted(
                "reported by surgeons themselves",
                (
                    Rate("new-deficit-hamilton-2011", "all", of_all=True),
                    Rate("new-deficit-hamilton-2011", "implants"),
                ),
            ),
            Counted(
                "coded at discharge",
                (
                    Rate("nerve-injury-monitoring-ajiboye-2017", "monitored"),
                    Rate("nerve-injury-monitoring-ajiboye-2017", "not_monitored"),
                ),
            ),
            Counted(
                "screws taken out again for symptoms (of screws, not people)",
                (
                    Rate("screws-revised-dunn-2018", "revised"),
                    Rate("screws-out-and-revised-kim-2011", "revised"),
                ),
            ),
        ),
        ("root-recovery-hamilton-2011", "nerve-injury-guided-screws-2023"),
    ),
    Hazard(
        "csf-leak",
        "Dural tear, CSF leak",
        "csf-leak",
        (
            Counted("recorded in a hospital database", (Rate("dural-tear-database-2013", "rate"),)),
            Counted(
                "prospective studies, pooled",
                (
                    Rate("dural-tear-prospective-2021", "rate"),
                    Rate("dural-tear-risks-2021", "range"),
                ),
            ),
            Counted(
                "documented by the operating team",
                (
                    Rate("dural-tear-sport-2012", "rate"),
                    Rate("dural-tear-tertiary-toci-2023", "rate", of_all=True),
                    Rate("long-fusion-elderly-risk", "dural_tear", True, levels=THREE, older=True),
                ),
            ),
        ),
    ),
    Hazard(
        "heart-and-lungs",
        "Heart attack, pneumonia",
        "heart-and-lungs",
        (),
        ("life-threatening-deyo-2010",),
    ),
    Hazard("kidney-injury", "Acute kidney injury", "kidney-injury", ()),
    Hazard(
        "thrombosis",
        "Thrombosis, embolism",
        "thromboembolism",
        (
            Counted(
                "recorded during the hospital stay",
                (
                    Rate("thrombosis-symptomatic-2014", "recorded", of_all=True),
                    Rate("thrombosis-in-hospital-lumbar-2013", "deep_vein"),
                    Rate("thrombosis-in-hospital-lumbar-2013", "lung"),
                ),
            ),
            Counted(
                "found by ultrasound in everybody",
                (
                    Rate("thrombosis-ultrasound-2019", "ultrasound", of_all=True),
                    Rate("thrombosis-screened-li-2019", "screened", of_all=True, older=True),
                ),
            ),
        ),
        ("thrombosis-no-fall-ngan",),
    ),
    Hazard(
        "infection",
        "Wound infection",
        "wound-infection",
        (
            Counted(
                "all spine surgery, pooled",
                (
                    Rate("infection-rates-zhou-2020", "all", of_all=True),
                    Rate("infection-depth-zhou-2020", "superficial"),
                    Rate("infection-depth-zhou-2020", "deep"),
                ),
            ),
            Counted(
                "parts of the same pool, not compared fairly",
                (
                    Rate("infection-rates-zhou-2020", "lumbar"),
                    Rate("infection-rates-zhou-2020", "instrumented"),
                    Rate("infection-rates-zhou-2020", "open"),
                    Rate("infection-rates-zhou-2020", "minimally_invasive"),
                    Rate("infection-approach-zhou-2020", "posterior"),
                    Rate("infection-approach-zhou-2020", "anterior"),
                ),
            ),
        ),
        ("infection-length-sacrum-2018",),
    ),
    Hazard(
        "readmission",
        "Readmission",
        "readmission",
        (
            Counted(
                "by 30 days",
                (
                    Rate("readmission-medicare-2016", "month_1", of_all=True, older=True),
                    Rate("readmission-slip-bisson-2017", "day_30", of_all=True),
                    Rate("rehospitalised-deyo-2010", "complex", older=True),
                ),
            ),
            Counted(
                "by 90 days",
                (
                    Rate("readmission-slip-bisson-2017", "day_90", of_all=True),
                    Rate("readmission-medicare-2016", "month_3", of_all=True, older=True),
                    Rate("readmission-mssic-2019", "readmitted", of_all=True),
                    Rate("readmission-new-york-2017", "readmitted", of_all=True),
                ),
            ),
            Counted(
                "by a year", (Rate("readmission-medicare-2016", "month_12", True, older=True),)
            ),
        ),
        ("readmission-factors-mssic-2019", "readmission-infection-share-2016"),
    ),
    Hazard(
        "cage",
        "Cage sinks or moves",
        "cage-moves",
        (
            Counted(
                "sinks, range between studies",
                (
                    Rate("subsidence-range-2022", "tlif"),
                    Rate("subsidence-range-2022", "plif"),
                    Rate("subsidence-approaches-2022", "alif"),
                    Rate("subsidence-approaches-2022", "lateral_fixed"),
                    Rate("subsidence-approaches-2022", "oblique_fixed"),
                ),
            ),
            Counted(
                "sinks, single series",
                (
                    Rate("subsidence-tlif-2022", "subsided"),
                    Rate("subsidence-timing-olif-2022", "any", of_all=True),
                    Rate("loosening-bone-density-yao-2023", "subsided"),
                ),
            ),
            Counted(
                "moves backwards",
                (
                    Rate("cage-migration-hu-2019", "migration"),
                    Rate("cage-retropulsion-li", "retropulsion", older=True),
                ),
            ),
        ),
    ),
    Hazard(
        "screws",
        "Screws loosen or break",
        "screws-loosen",
        (
            Counted(
                "loose on imaging",
                (
                    Rate("loosening-bone-density-yao-2023", "loose"),
                    Rate("loosening-bokov-2018", "loosened", of_all=True),
                ),
            ),
            Counted(
                "loose, poor bone",
                (
                    Rate("loosening-osteoporosis-rometsch-2020", "loose"),
                    Rate("loosening-range-zhang-2019", "osteoporosis"),
                ),
            ),
            Counted(
                "loose, sound bone (quoted range)",
                (Rate("loosening-range-zhang-2019", "normal"),),
            ),
            Counted(
                "S1 screws, by how far they turn in the far cortex",
                (
                    Rate("s1-bicortical-jiang-2024", "full_turn"),
                    Rate("s1-bicortical-jiang-2024", "half_turn"),
                ),
            ),
        ),
        (
            "loosening-s1-factors-kim-2015",
            "implant-failure-time-2014",
            "failures-kinds-mohi-eldin-2014",
        ),
    ),
    Hazard(
        "non-union",
        "Bone fails to unite",
        "non-union",
        (
            Counted(
                "L5–S1 not united on CT",
                (Rate("non-union-l5s1-cagulada-2025", "non_union", of_all=True),),
            ),
            Counted(
                "quoted for longer fusions that stop at the sacrum",
                (Rate("sacrum-non-union-long-kebaish", "non_union"),),
            ),
        ),
        ("non-union-per-level-2024", "union-l5s1-by-levels-kawashima-2023"),
    ),
    Hazard(
        "level-above",
        "The level above, on imaging",
        "level-above",
        (
            Counted(
                "seen on imaging",
                (
                    Rate("level-above-imaging-xia-2013", "to_two_years"),
                    Rate("level-above-mri-karlsson-2022", "fusion"),
                    Rate("level-above-long-abraham-2014", "radiographic", True, levels=THREE),
                ),
            ),
        ),
    ),
    Hazard(
        "adjacent-surgery",
        "Surgery next to the fusion",
        "adjacent-surgery",
        (
            Counted(
                "by five years",
                (
                    Rate("adjacent-surgery-ghiselli-2004", "year_5"),
                    Rate("adjacent-surgery-sears-2011", "year_5"),
                ),
            ),
            Counted(
                "by ten years",
                (
                    Rate("adjacent-surgery-ghiselli-2004", "year_10"),
                    Rate("adjacent-surgery-sears-2011", "year_10"),
                ),
            ),
            Counted(
                "over a mixed time",
                (
                    Rate("adjacent-surgery-okuda-2018", "rate"),
                    Rate("adjacent-surgery-low-2014", "rate"),
                    Rate("level-above-long-abraham-2014", "operated", True, levels=THREE),
                ),
            ),
        ),
        ("adjacent-surgery-risks-sears-2011",),
    ),
    Hazard(
        "any",
        "Any complication, or death",
        None,
        (
            Counted(
                "any, by its source’s own list",
                (
                    Rate("early-complications-ibrahim-2008", "early"),
                    Rate("any-event-90-days-kammien-2022", "any", of_all=True),
                ),
            ),
            Counted(
                "medical, by age",
                (
                    Rate("age-complications-marbacher-2016", "medical_50"),
                    Rate("age-complications-marbacher-2016", "medical_65", older=True),
                    Rate("age-complications-marbacher-2016", "medical_80", older=True),
                ),
            ),
            Counted(
                "surgical, by age",
                (
                    Rate("age-complications-marbacher-2016", "surgical_50"),
                    Rate("age-complications-marbacher-2016", "surgical_65", older=True),
                    Rate("age-complications-marbacher-2016", "surgical_80", older=True),
                ),
            ),
            Counted(
                "life-threatening, by 30 days",
                (
                    Rate("life-threatening-deyo-2010", "complex", older=True),
                    Rate("life-threatening-deyo-2010", "decompression", older=True),
                ),
            ),
            Counted(
                "died",
                (
                    Rate("death-in-hospital-pumberger-2012", "died", of_all=True),
                    Rate("long-fusion-elderly-risk", "died", True, levels=THREE, older=True),
                ),
            ),
        ),
        ("levels-not-age-claus-2021",),
    ),
)
"""In order of time after the operation, as far as it is known; `any` has no window."""

BY_ID = {hazard.id: hazard for hazard in HAZARDS}
