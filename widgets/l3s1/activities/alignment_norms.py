"""What is published of pelvis and lordosis, as the workbench's page reads it.

Every number is one of a fact (`body` and `norms` of the front end's `alignment/types.ts`).
"""

from __future__ import annotations

from typing import Any

from l3s1.activities.alignment_scores import describe_gap, describe_scales
from l3s1.activities.alignment_source import Source
from l3s1.models.alignment.spine import SEGMENTS

TABLE = "segmental-lordosis-pi"
_FILMS = "film-input-limits"
_REVIEW = "normal-ranges-review-2019"
_PLATES = "ssm-mean-endplates"
_HEIGHTS = "ssm-mean-heights"
_WEDGES = "masharawi2010-wedge"
_DISCS = "ssm-mean-disc-height"
_LAST_DISC = "vhp-male-discs"
_SACRUM = "s1-endplate-size-unverified"
_VIEW = "lateral-view-sizes"
_LYING = "supine-chevillotte-2018"
_LYING_PARTS = "lordosis-fraction-machino"
_LYING_OTHERS = "supine-vs-standing"


BESIDE: dict[str, tuple[tuple[str, str], ...]] = {
    "mismatch": (
        ("for", "schwab-disability-2013"),
        ("for", "pi-ll-rothenfluh-2015"),
        ("for", "pi-ll-wang-2020"),
        ("for", "short-fusion-aoki-2015"),
        ("against", "short-fusion-divi"),
        ("against", "mismatch-means"),
    ),
    "gap": (
        ("for", "gap-original-rates"),
        ("for", "gap-gupta-2021"),
        ("for", "gap-ham-2021"),
        ("against", "gap-baum-2021"),
        ("against", "gap-yagi-2021"),
        ("against", "gap-gendreau-2023"),
        ("against", "gap-healthy-shen-2024"),
        ("against", "gap-healthy-2020"),
    ),
    "age": (
        ("note", "age-targets-method-lafage-2016"),
        ("for", "four-tools-pjk-validation"),
        ("against", "gapb-2021"),
    ),
    "low_lordosis": (
        ("note", "proximal-lordosis-pesenti-2018"),
        ("note", "proximal-lordosis-charles-2023"),
        ("note", "deformity-lordosis-2022"),
        ("note", "lordosis-distribution-zheng-2020"),
    ),
    "roussouly": (
        ("note", "roussouly-2005"),
        ("note", "roussouly-types-laouissat"),
        ("note", "roussouly-current-and-theoretical"),
    ),
    "cages": (
        ("note", "cage-landham-2017"),
        ("note", "cage-bakare-2021"),
    ),
    "supine": (("note", "supine-pelvis-review"),),
}
"""What studies say for and against the use of a number, by what it is shown beside."""


def describe_body(source: Source) -> dict[str, Any]:
    """Sizes of the drawing. L1 is drawn as L2 and its disc as that of L2–L3: no source has them."""

    def mean(*names: str) -> float:
        return round(sum(source.number(name) for name in names) / len(names), 6)

    def vertebra(bone: str, like: str) -> dict[str, Any]:
        return {
            "id": bone,
            "depth_mm": mean(f"{_PLATES}.upper_depth_{like}", f"{_PLATES}.lower_depth_{like}"),
            "height_mm": mean(f"{_HEIGHTS}.anterior_{like}", f"{_HEIGHTS}.posterior_{like}"),
            # in the source a body that is taller in front has a negative angle
            "wedge_deg": -mean(f"{_WEDGES}.women_{like}", f"{_WEDGES}.men_{like}"),
        }

    likes = {"L1": "l2", "L2": "l2", "L3": "l3", "L4": "l4", "L5": "l5"}
    heights = [f"{_DISCS}.{like}" for like in ("l2_l3", "l2_l3", "l3_l4", "l4_l5")]
    heights.append(f"{_LAST_DISC}.l5_s1")
    return {
        "vertebrae": [vertebra(bone, like) for bone, like in likes.items()],
        "discs": [
            {"id": segment, "height_mm": source.number(name)}
            for segment, name in zip(SEGMENTS, heights, strict=True)
        ],
        "sacrum_depth_mm": source.number(f"{_SACRUM}.depth"),
        "hip_distance_mm": source.number(f"{_VIEW}.hip_distance"),
        "head_radius_mm": source.number(f"{_VIEW}.head_radius"),
        "head_apart_mm": source.number(f"{_VIEW}.head_apart"),
        "facts": [_PLATES, _HEIGHTS, _WEDGES, _DISCS, _LAST_DISC, _SACRUM, _VIEW],
    }


def describe_norms(source: Source) -> dict[str, Any]:
    """Limits, norms, scales and formulae as the page reads them."""
    return {
        "ranges": _ranges(source),
        "usual": _usual(source),
        "segment_means": _segment_means(source),
        "norms": _published_means(source),
        **describe_scales(source),
        "gap": describe_gap(source),
        "lordosis_formulas": _lordosis_formulas(source),
        "tilt_formulas": _tilt_formulas(source),
        "age_targets": _age_targets(source),
        "supine": _supine(source),
        "supine_studies": _supine_studies(source),
        "relations": _relations(source),
        "observers": _observers(source),
        "people": _people(source),
        "beside": {
            topic: [source.beside(side, fact) for side, fact in rows]
            for topic, rows in BESIDE.items()
        },
    }


def _ranges(source: Source) -> dict[str, Any]:
    lowest = source.low("mac-thiong-ranges.incidence")
    highest = source.high(f"{_REVIEW}.incidence_range")
    return {
        "incidence": {
            **source.known(_REVIEW),
            "label": "pelvic incidence of people without symptoms",
            "low": lowest,
            "high": highest,
            "others": ["mac-thiong-ranges"],
        },
        "tilt": {
            **source.known(_REVIEW),
            "label": "pelvic tilt: the least that was seen, at most the incidence (a level plate)",
            "low": source.low(f"{_REVIEW}.tilt_range"),
            "high": highest,
            "others": [],
        },
        "age": source.range("tilt-age-biplanar-2025.ages", "age in years"),
        "cage": source.range("cage-angles-convention.built", "lordosis built into a cage"),
        "global_tilt": source.range(f"{_FILMS}.global_tilt", "global tilt, from C7"),
        "sva": source.range(f"{_FILMS}.sva", "sagittal vertical axis, from C7"),
    }


def _usual(source: Source) -> dict[str, Any]:
    return {
        "incidence": source.range("mac-thiong-ranges.incidence", "mean ± 2 standard deviations"),
        "tilt": source.range(f"{_REVIEW}.tilt_range", "least and most seen"),
        "slope": source.range("mac-thiong-ranges.slope", "mean ± 2 standard deviations"),
        "lordosis": source.range(f"{_REVIEW}.lordosis_range", "least and most seen"),
        "mismatch": source.range(f"{_REVIEW}.mismatch_range", "least and most seen"),
    }


def _segment_means(source: Source) -> list[dict[str, Any]]:
    classes = (
        ("low", "low incidence", "incidence_low", False),
        ("middle", "middle incidence", "incidence_high", True),
        ("high", "high incidence", None, False),
    )
    return [
        {
            **source.known(TABLE),
            "id": name,
            "label": label,
            "below": None if limit is None else source.number(f"{TABLE}.{limit}"),
            "included": included,
            "means": [
                source.number(f"{TABLE}.{name}_incidence_{_key(segment)}") for segment in SEGMENTS
            ],
        }
        for name, label, limit, included in classes
    ]


def _key(segment: str) -> str:
    return segment.lower().replace("-", "_")


_MEANS = (
    ("vialle-norms", ("incidence", "tilt", "slope")),
    ("means-norms", ("incidence", "tilt", "lordosis")),
    ("mismatch-means", ("mismatch",)),
    ("norms-zhu-2014", ("incidence", "tilt", "slope")),
    ("norms-pratali-2018", ("incidence", "tilt", "lordosis", "mismatch")),
    ("norms-song-2022", ("incidence", "tilt", "slope", "lordosis", "mismatch")),
)


def _published_means(source: Source) -> list[dict[str, Any]]:
    found = [
        source.norm(f"{fact}.{name}", name, f"{fact}-{name}")
        for fact, names in _MEANS
        for name in names
    ]
    found.append(source.norm("lordosis-hyun-2019.mean_low", "low_lordosis", "hyun-low"))
    found.append(source.norm(f"{_LYING_PARTS}.standing_low", "low_lordosis", "yukawa-low"))
    found.append(source.norm(f"{_LYING_PARTS}.standing_share", "share", "yukawa-share"))
    return found


def _lordosis_formulas(source: Source) -> list[dict[str, Any]]:
    french = "lordosis-french-classes"
    of = "lordosis"
    return [
        source.line("le-huec", "Le Huec and others", "lordosis-le-huec-2016", of),
        source.line("hasegawa", "Hasegawa and others", "lordosis-hasegawa-2016", of),
        source.line("hyun", "Hyun and others", "lordosis-hyun-2019", of),
        source.line("gap", "GAP, ideal", "gap-ideals", of),
        source.line("yamato", "Yamato and others", "tilt-after-yamato-2016", of, "target_"),
        source.steps("french", "French classes", french, of, "offset", incidence=1.0),
        source.formula(
            "schwab-rule",
            "rule of thumb: LL is PI, give or take",
            "lordosis-schwab-rule",
            of,
            incidence=1.0,
            tolerance=source.number("lordosis-schwab-rule.tolerance"),
        ),
        source.line(
            "hyun-low", "Hyun and others, L4–S1", "lordosis-hyun-2019", "low_lordosis", "low_"
        ),
    ]


def _tilt_formulas(source: Source) -> list[dict[str, Any]]:
    return [
        source.line("le-huec-tilt", "Le Huec and others", "lordosis-le-huec-2016", "tilt"),
        source.line("biplanar-tilt", "healthy adults, with age", "tilt-age-biplanar-2025", "tilt"),
        source.line(
            "yamato-tilt", "Yamato and others", "tilt-after-yamato-2016", "tilt", "optimal_"
        ),
        source.steps("french-tilt", "French classes", "lordosis-french-classes", "tilt", "tilt"),
    ]


def _age_targets(source: Source) -> list[dict[str, Any]]:
    fact = "age-targets-lafage-2016"
    labels = {
        "tilt": "pelvic tilt",
        "mismatch": "incidence minus lordosis",
        "sva": "sagittal vertical axis",
    }
    return [
        source.formula(
            f"age-{of}",
            label,
            fact,
            of,
            by="age",
            steps=[
                {
                    "below": source.number(f"{fact}.young_below"),
                    "offset": source.number(f"{fact}.{of}_young"),
                },
                {"below": source.number(f"{fact}.old_from"), "offset": None},
                {"below": None, "offset": source.number(f"{fact}.{of}_old")},
            ],
        )
        for of, label in labels.items()
    ]


def _change(source: Source, fact: str, after: str, before: str) -> float:
    """The difference of two values of a fact, to the decimals that they are printed with."""
    return round(source.number(f"{fact}.{after}") - source.number(f"{fact}.{before}"), 6)


def _supine(source: Source) -> dict[str, Any]:
    """Slope and lordosis of the same people in both postures; the parts in another series' shares.

    Where the lordosis is lost was measured by one series only, from T12, so that its shares are
    applied to what the other lost from L1.
    """
    whole = _change(source, _LYING, "lying_lordosis", "standing_lordosis")
    all_lost = _change(source, _LYING_PARTS, "lying", "standing")
    low_lost = _change(source, _LYING_PARTS, "lying_low", "standing_low")
    low = whole * low_lost / all_lost
    return {
        "slope": _change(source, _LYING, "lying_slope", "standing_slope"),
        "upper_lordosis": whole - low,
        "low_lordosis": low,
        "facts": [_LYING, _LYING_PARTS],
    }


def _supine_studies(source: Source) -> list[dict[str, Any]]:
    return [
        source.study(
            "same-people",
            "the same people, on films",
            _LYING,
            slope=_change(source, _LYING, "lying_slope", "standing_slope"),
            lordosis=_change(source, _LYING, "lying_lordosis", "standing_lordosis"),
        ),
        source.study(
            "from-t12",
            "the same people, lordosis from T12",
            _LYING_PARTS,
            lordosis=_change(source, _LYING_PARTS, "lying", "standing"),
            low_lordosis=_change(source, _LYING_PARTS, "lying_low", "standing_low"),
        ),
        source.study(
            "other-people",
            "different people, CT against films",
            _LYING_OTHERS,
            slope=source.number(f"{_LYING_OTHERS}.slope"),
        ),
    ]


def _relations(source: Source) -> list[dict[str, Any]]:
    # made from long corrections of deformity, shown for short fusions
    yamato, site = "tilt-after-yamato-2016", "correction-site-2022"
    return [
        {
            **source.known(yamato),
            "marks": ["extrapolated"],
            "id": "patients",
            "label": "by the whole lordosis",
            "per": "lordosis",
            "tilt_per_degree": source.number(f"{yamato}.tilt_lordosis"),
        },
        {
            **source.known(site),
            "marks": ["extrapolated"],
            "id": "location",
            "label": "by the lordosis of L4–S1",
            "per": "low_lordosis",
            "tilt_per_degree": source.number(f"{site}.low_tilt"),
        },
    ]


def _observers(source: Source) -> list[dict[str, Any]]:
    pelvis, lordosis = "observer-pelvis-imai-2019.error", "observer-lordosis-lee-2013.same_reader"
    rows = [(of, pelvis, "error of the angle on a film") for of in ("incidence", "tilt", "slope")]
    rows.append(("lordosis", lordosis, "difference of one reader, measuring twice"))
    return [{**source.range(name, what), "of": of, "what": what} for of, name, what in rows]


def _people(source: Source) -> dict[str, Any]:
    def drawn(name: str) -> dict[str, float]:
        return {
            "mean": source.number(f"vialle-norms.{name}"),
            "deviation": source.low(f"vialle-norms.{name}"),
            "low": source.low(f"mac-thiong-ranges.{name}"),
            "high": source.high(f"mac-thiong-ranges.{name}"),
        }

    return {
        "tilt": drawn("tilt"),
        "slope": drawn("slope"),
        "incidence": source.ends("mac-thiong-ranges.incidence"),
        "mismatch": source.ends(f"{_REVIEW}.mismatch_range"),
        "deviations": [source.low(f"{TABLE}.{_key(segment)}") for segment in SEGMENTS],
        "facts": ["vialle-norms", "mac-thiong-ranges", _REVIEW, TABLE],
    }
