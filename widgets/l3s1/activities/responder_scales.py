"""The scales of change: which facts give curves, published shares and thresholds on each."""

from __future__ import annotations

from dataclasses import dataclass

CLAIM_FACT = "article-claim-70-90"
MARK_TOPIC = "important_change"


@dataclass(frozen=True)
class Scale:
    """One scale of change: which facts give its curves, its published shares and its marks.

    `changes` are (fact, value, arm, sign): where a negative change is a gain the sign is −1.
    `shares` are (fact, share, threshold); a share without a threshold is of people with none left.
    `marks` names the values of topic `important_change` that are on this scale. `end` is where the
    axis ends, in `unit`; `start` is the mark the slider begins at.
    """

    id: str
    label: str
    asked: str
    unit: str
    end: float
    start: tuple[str, str]
    changes: tuple[tuple[str, str, str, int], ...]
    shares: tuple[tuple[str, str, str | None], ...]
    marks: tuple[str, ...]


SCALES = (
    Scale(
        "disability",
        "disability: Oswestry points",
        "Oswestry points gained",
        "points_of_100",
        50.0,
        ("important-change-copay-2008", "disability"),
        (
            ("five-years-fusion-skold-2013", "change", "fusion", 1),
            ("disability-change-slip-bisson-2021", "fusion_month_24", "fusion", -1),
            (
                "disability-change-slip-bisson-2021",
                "comparator_month_24",
                "decompression alone",
                -1,
            ),
        ),
        (
            ("reached-change-bisson-2021", "fusion", "threshold"),
            ("reached-change-bisson-2021", "comparator", "threshold"),
            ("any-or-15-zigler-2007", "any", "any_threshold"),
            ("any-or-15-disc-zigler-2007", "any", "any_threshold"),
        ),
        ("disability",),
    ),
    Scale(
        "disability_share",
        "disability: % of the score before",
        "fall of the Oswestry score, % of the score before",
        "%",
        60.0,
        ("thirty-per-cent-indrekvam-2024", "share"),
        (),
        (
            ("any-or-15-zigler-2007", "fusion", "threshold"),
            ("any-or-15-disc-zigler-2007", "comparator", "threshold"),
            ("reached-30-kgomotso-2024", "fusion", "threshold"),
            ("reached-30-kgomotso-2024", "comparator", "threshold"),
        ),
        ("share",),
    ),
    Scale(
        "back_pain",
        "back pain: points of 10",
        "points of back pain lost, of 10",
        "points_of_10",
        7.0,
        ("important-change-mis-tlif", "back"),
        (
            ("changes-two-years-parker-2011", "back", "fusion", 1),
            ("back-pain-change-slip-bisson-2021", "fusion_month_24", "fusion", -1),
            ("back-pain-change-slip-bisson-2021", "comparator_month_24", "decompression alone", -1),
            ("changes-one-year-slip-bisson-2017", "back", "fusion", 1),
        ),
        (),
        ("back", "pain"),
    ),
    Scale(
        "back_pain_100",
        "back pain: points of 100",
        "points of back pain lost, of 100",
        "points_of_100",
        70.0,
        ("important-change-ostelo-2008", "pain_100"),
        (("five-years-fusion-skold-2013", "back_change", "fusion", 1),),
        (
            ("pain-free-skold-2013", "fusion", None),
            ("pain-free-skold-2013", "comparator", None),
        ),
        ("pain_100",),
    ),
    Scale(
        "leg_pain",
        "leg pain: points of 10",
        "points of leg pain lost, of 10",
        "points_of_10",
        7.0,
        ("important-change-mis-tlif", "leg"),
        (
            ("changes-two-years-parker-2011", "leg", "fusion", 1),
            ("changes-one-year-slip-bisson-2017", "leg", "fusion", 1),
        ),
        (
            ("satisfied-but-not-free-carreon-2024", "fusion", "threshold"),
            ("satisfied-but-not-free-carreon-2024", "no_pain", None),
        ),
        ("leg", "pain"),
    ),
)
BY_ID = {scale.id: scale for scale in SCALES}

MARK_KIND = {
    "important-change-primary-2013": "smallest detectable change",
    "important-change-revision-2013": "smallest detectable change",
    "substantial-benefit-glassman-2008": "substantial benefit",
    "important-change-fuse-ml-2022": "counted as success",
}
"""Three things that are easily taken for one; the others are smallest important changes."""
