"""Every number that the spine is built from names its fact, or says why the course chose it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from build_anatomy import ASSETS, SPINE
from build_bones import numbers_of
from l3s1.content import Content, load_content
from l3s1.vocabulary import MotionSegment

NUMBERS = {name: numbers_of(ASSETS / "spine" / f"{name}.yaml") for name in SPINE}


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content()


def entries(numbers: Any, where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every mapping with a `value`, and where it stands."""
    if isinstance(numbers, dict):
        if "value" in numbers:
            yield where, numbers
        for key, inner in numbers.items():
            yield from entries(inner, f"{where}.{key}")


@pytest.mark.parametrize("name", SPINE)
def test_every_number_has_its_origin(name: str, content: Content) -> None:
    used = set()
    for where, each in entries(NUMBERS[name], name):
        assert ("fact" in each) != ("origin" in each), where
        if "fact" in each:
            used.add(each["fact"])
            assert each["fact"] in content.facts, where
        else:
            assert each["origin"] in ("course", "reference"), where
            assert each["reason"].strip(), where
    listed = NUMBERS[name].get("facts", used)
    assert used <= set(listed) <= set(content.facts)


def estimate(content: Content, fact: str, name: str) -> float:
    """The estimate of a fact's value."""
    (value,) = (value for value in content.facts[fact].values if value.name == name)
    assert value.estimate is not None
    return float(value.estimate)


def test_the_posture_is_that_of_its_facts(content: Content) -> None:
    posture = NUMBERS["posture"]
    slope = {name: posture["sacral_slope"][name]["value"] for name in ("standing", "supine")}
    assert slope["standing"] == estimate(content, "vialle-norms", "slope")
    change = estimate(content, "supine-vs-standing", "slope")
    assert slope["supine"] - slope["standing"] == pytest.approx(change)
    segments = posture["segments"]
    angles = {segment.value: segments[segment.value]["angle"] for segment in MotionSegment}
    for segment, angle in angles.items():
        name = segment.lower().replace("-", "_")
        known = estimate(content, "segmental-lordosis-pi", name)
        assert angle["standing"]["value"] == known
    lost = {
        key: angle["standing"]["value"] - angle["supine"]["value"] for key, angle in angles.items()
    }
    whole, low = (
        estimate(content, "lordosis-fraction-machino", f"standing{part}")
        - estimate(content, "lordosis-fraction-machino", f"lying{part}")
        for part in ("", "_low")
    )
    assert lost["L4-L5"] == pytest.approx(low / 2.0, abs=0.05)
    assert lost["L5-S1"] == pytest.approx(low / 2.0, abs=0.05)
    assert lost["L2-L3"] == pytest.approx((whole - low) / 3.0, abs=0.05)
    assert lost["L3-L4"] == pytest.approx((whole - low) / 3.0, abs=0.05)
