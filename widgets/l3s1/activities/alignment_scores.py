"""The scales of the alignment workbench: published limits by name, in the page's form."""

from __future__ import annotations

from typing import Any

from l3s1.activities.alignment_source import Source

Row = tuple[str, str, str | None, bool]
"""A band: id, label, the value of the fact that it ends at, whether that belongs to it."""

Part = tuple[str, str | None, bool]
"""A band of the GAP score: as a `Row`; points and label are those of a value of the fact."""

_SCHWAB = "schwab-modifiers"
_TYPES = "roussouly-limits"
_CLASSES = "incidence-classes-boulay-2006"

_GRADES = (("none", "0, not pathological"), ("moderate", "+, moderate"), ("marked", "++, marked"))

_LOW_TO_HIGH: tuple[Part, ...] = (
    ("severe", "severe_below", False),
    ("moderate", "moderate_below", False),
    ("aligned", "aligned_to", True),
    ("above", None, False),
)
_GAP_PARTS: dict[str, tuple[Part, ...]] = {
    "version": _LOW_TO_HIGH,
    "lordosis": _LOW_TO_HIGH,
    "distribution": _LOW_TO_HIGH,
    "alignment": (
        ("negative", "negative_below", False),
        ("aligned", "aligned_to", True),
        ("moderate", "moderate_to", True),
        ("severe", None, False),
    ),
    "age": (("young", "from", False), ("old", None, False)),
}
_GAP_LABEL = {
    "version": "relative pelvic version",
    "lordosis": "relative lumbar lordosis",
    "distribution": "lordosis distribution index",
    "alignment": "relative spinopelvic alignment",
    "age": "age",
}
_GAP_UNIT = {"distribution": "%", "age": "years"}


def describe_scales(source: Source) -> dict[str, Any]:
    """The scales of single angles, and the Roussouly type that is tipped forward."""
    return {
        "scales": {
            "incidence": _scale(
                source,
                _CLASSES,
                "incidence",
                "pelvic incidence",
                "°",
                (
                    ("low", "low", "low", False),
                    ("middle", "middle", "high", True),
                    ("high", "high", None, False),
                ),
            ),
            "roussouly": _scale(
                source,
                _TYPES,
                "roussouly",
                "Roussouly type",
                "°",
                (
                    ("type_1_2", "type 1 or 2", "slope_low", False),
                    ("type_3", "type 3", "slope_high", True),
                    ("type_4", "type 4", None, False),
                ),
            ),
            "schwab_mismatch": _modifier(source, "mismatch", "PI − LL", "°"),
            "schwab_tilt": _modifier(source, "tilt", "pelvic tilt", "°"),
            "schwab_sva": _modifier(source, "sva", "sagittal vertical axis", "mm"),
        },
        "forward": {
            **source.known(_TYPES),
            "id": "forward",
            "label": "type 3, tipped forward",
            "incidence_below": source.number(f"{_TYPES}.incidence"),
            "slope_above": source.number(f"{_TYPES}.slope_low"),
        },
        "backward": {
            **source.known(_TYPES),
            "label": "by its incidence this would be type 3 or 4: the pelvis is tipped backward",
            "incidence_from": source.number(f"{_TYPES}.incidence"),
            "slope_below": source.number(f"{_TYPES}.slope_low"),
        },
    }


def describe_gap(source: Source) -> dict[str, Any]:
    """The GAP score: ideal values, points of its components, categories."""
    ideals = {
        f"ideal_{of}": source.line(f"gap-{of}", f"GAP, ideal {words}", "gap-ideals", of)
        for of, words in (
            ("slope", "sacral slope"),
            ("lordosis", "lordosis"),
            ("global_tilt", "global tilt"),
        )
    }
    parts = {name: _part(source, name, rows) for name, rows in _GAP_PARTS.items()}
    category = _scale(
        source,
        "gap-categories",
        "category",
        "GAP category",
        "points",
        (
            ("proportioned", "proportioned", "proportioned_to", True),
            ("moderate", "moderately disproportioned", "moderate_to", True),
            ("severe", "severely disproportioned", None, False),
        ),
    )
    return {**ideals, **parts, "category": category}


def _modifier(source: Source, name: str, label: str, unit: str) -> dict[str, Any]:
    (none, nothing), (moderate, some), (marked, much) = _GRADES
    rows: tuple[Row, ...] = (
        (none, nothing, f"{name}_moderate", False),
        (moderate, some, f"{name}_marked", True),
        (marked, much, None, False),
    )
    return _scale(source, _SCHWAB, f"schwab_{name}", label, unit, rows)


def _part(source: Source, name: str, parts: tuple[Part, ...]) -> dict[str, Any]:
    fact = f"gap-{name}"
    values = [source.value(f"{fact}.{band}_points") for band, *_ in parts]
    rows = tuple(
        (band, value.label, limit, included)
        for (band, limit, included), value in zip(parts, values, strict=True)
    )
    scale = _scale(source, fact, name, _GAP_LABEL[name], _GAP_UNIT.get(name, "°"), rows)
    for band, (name_of_band, *_) in zip(scale["bands"], parts, strict=True):
        band["points"] = int(source.number(f"{fact}.{name_of_band}_points"))
    return scale


def _scale(
    source: Source, fact: str, identity: str, label: str, unit: str, rows: tuple[Row, ...]
) -> dict[str, Any]:
    """A scale whose bands' points count up from 0."""
    return {
        **source.known(fact),
        "id": identity,
        "label": label,
        "unit": unit,
        "bands": [
            {
                "id": band,
                "label": words,
                "below": None if limit is None else source.number(f"{fact}.{limit}"),
                "included": included,
                "points": place,
            }
            for place, (band, words, limit, included) in enumerate(rows)
        ],
    }
