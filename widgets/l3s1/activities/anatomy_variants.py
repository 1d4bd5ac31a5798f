"""The variants of the model as the explorer's page and its text twin read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from l3s1.activities.anatomy_catalogue import known
from l3s1.content import Content, Variant

SETS = {
    "sex": "sex",
    "stature": "stature",
    "disc-height": "disc_height",
    "slip": "slip",
    "facet-hypertrophy": "facet_hypertrophy",
    "flavum-thickening": "flavum_thickening",
}
"""Which part of the explorer's state each variant of the content sets."""

_PER_CENT = 100.0
_ROUNDING = 1e-9
_LIMIT_WORDS = " up to here"


def describe_variants(content: Content, header: Mapping[str, Any]) -> dict[str, Any]:
    """All variants with their numbers, and the motion segments of the model that they act on.

    `header` is the model's own (see `l3s1.models.anatomy.pack_header`). Shares are 0 … 1.
    """
    segments = header["segments"]
    return {
        "segments": [
            {
                "id": name,
                "label": name.replace("-", "–"),
                "disc_height_mm": segment["disc_height_mm"],
                "plate_depth_mm": segment["plate_depth_mm"],
            }
            for name, segment in segments.items()
        ],
        "list": [
            _describe(content, content.variants[name], sets, header.get("morph_mm", {}))
            for name, sets in SETS.items()
            if name in content.variants
        ],
    }


def _describe(
    content: Content, variant: Variant, sets: str, morph_mm: Mapping[str, float]
) -> dict[str, Any]:
    share = 1 / _PER_CENT if variant.unit == "%" else 1.0
    usual = variant.default if isinstance(variant.default, int | float) else 0.0
    per_unit = 0.0
    if variant.line is not None:
        tall, taller = (content.scale(variant.id, usual + step)[2] for step in (0.0, 1.0))
        per_unit = taller - tall
    return {
        "id": variant.id,
        "sets": sets,
        "label": variant.label,
        "text": variant.text,
        "low": (variant.low or 0.0) * share,
        "high": (1.0 if variant.high is None else variant.high) * share,
        "usual": usual * share,
        "segments": list(variant.segments),
        "options": [
            {
                "id": option.id,
                "label": option.label,
                "scale": list(content.scale(variant.id, option.id)),
            }
            for option in variant.options
        ],
        "scale_per_unit": per_unit,
        "full_mm": morph_mm.get(sets),
        "marks": [
            {
                "label": mark.label,
                "at": content.number(mark.point) * share,
                **known(content, mark.point.fact),
            }
            for mark in variant.marks
        ],
        "facts": list(variant.all_facts),
    }


def grade_of(slip: float, marks: Sequence[Mapping[str, Any]]) -> str:
    """The grade of a slip (a share): that of the first limit which it does not pass."""
    if slip <= 0:
        return "no slip"
    for mark in sorted(marks, key=lambda each: float(each["at"])):
        if slip <= float(mark["at"]) + _ROUNDING:
            return str(mark["label"]).removesuffix(_LIMIT_WORDS)
    return "beyond the grades"
