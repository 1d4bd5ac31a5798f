"""Every number that the alignment workbench computes with is a number of the fact it names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
from alignment_states import FIXTURE, build, published
from fact_numbers import NUMBER, content, numbers_of

BODY, NORMS = published().body, published().norms
VERTEBRA = re.compile(r"[CTLS]\d+")


def _numbers(data: Any) -> Iterator[float]:
    if isinstance(data, bool) or data is None or isinstance(data, str):
        return
    if isinstance(data, int | float):
        yield float(data)
    elif isinstance(data, dict):
        for value in data.values():
            yield from _numbers(value)
    else:
        for value in data:
            yield from _numbers(value)


def _known(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        if "fact" in data:
            yield data
            return
        for value in data.values():
            yield from _known(value)
    elif isinstance(data, list):
        for value in data:
            yield from _known(value)


def _facts(data: dict[str, Any]) -> set[float]:
    names = [data["fact"], *data.get("others", ())]
    return {number for name in names for number in numbers_of(name)}


ROWS = [row for row in _known(NORMS) if list(_numbers(row))]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row.get("id", row.get("label"))))
def test_numbers_of_a_row_are_those_of_its_fact(row: dict[str, Any]) -> None:
    allowed = _facts(row)
    shown = dict(row)
    if "bands" in row:
        points = {value.unit for value in content().facts[row["fact"]].values}
        if "points" not in points or row["id"] == "category":
            # grades of a scale without points count up from 0
            assert [band["points"] for band in row["bands"]] == list(range(len(row["bands"])))
            shown["bands"] = [{"below": band["below"]} for band in row["bands"]]
    if "intercept" in row:
        # what a formula does not have is 0; 'LL = PI plus or less' has PI once
        shown = {name: value for name, value in row.items() if value != 0.0}
        if row["id"] in {"schwab-rule", "french"}:
            assert shown.pop("incidence") == 1.0
    if row["fact"] in {"supine-chevillotte-2018", "lordosis-fraction-machino"} and "slope" in row:
        allowed = {abs(round(a - b, 6)) for a, b in combinations(allowed, 2)}
    assert {abs(number) for number in _numbers(shown)} <= allowed


def test_there_are_rows_of_every_kind() -> None:
    named = {row["fact"] for row in ROWS}
    assert {
        "segmental-lordosis-pi",
        "schwab-modifiers",
        "gap-version",
        "gap-ideals",
        "lordosis-le-huec-2016",
        "age-targets-lafage-2016",
        "tilt-after-yamato-2016",
        "supine-chevillotte-2018",
        "observer-pelvis-imai-2019",
    } <= named
    assert len(ROWS) > 50


def test_sizes_of_the_drawing_are_those_of_facts_or_means_of_two() -> None:
    known = sorted({number for name in BODY["facts"] for number in numbers_of(name)})
    means = {round((a + b) / 2, 6) for a in known for b in known}
    means |= {round((a - b) / 2, 6) for a in known for b in known}
    assert {abs(number) for number in _numbers(BODY)} <= {abs(number) for number in means}


def test_people_are_drawn_from_facts() -> None:
    people = NORMS["people"]
    known = {number for name in people["facts"] for number in numbers_of(name)}
    assert {abs(number) for number in _numbers(people)} <= known


def test_lying_follows_from_two_facts() -> None:
    """Slope and lordosis of one series; the parts in the shares of the other."""
    supine = NORMS["supine"]
    assert supine["slope"] == pytest.approx(41 - 37.1)
    whole = supine["upper_lordosis"] + supine["low_lordosis"]
    assert whole == pytest.approx(50.2 - 54.8)
    assert supine["low_lordosis"] / whole == pytest.approx((29.8 - 34.2) / (36.8 - 49.8))


def test_what_is_not_sourced_is_marked() -> None:
    for row in _known(NORMS):
        fact = content().facts[row["fact"]]
        if fact.trust.value == "unverified":
            assert "unsourced" in row["marks"], row["fact"]
    assert all("unsourced" in each["marks"] for each in NORMS["age_targets"])


def test_both_sides_stand_beside_what_is_contested() -> None:
    for topic in ("mismatch", "gap", "age"):
        sides = {row["side"] for row in NORMS["beside"][topic]}
        assert {"for", "against"} <= sides


def test_words_of_the_page_hold_no_number_of_their_own() -> None:
    """Labels are the course's words: a number in one must be a number of the row's fact."""
    for row in _known(NORMS):
        words = [row.get("label", ""), *(band["label"] for band in row.get("bands", ()))]
        for label in words:
            for number in NUMBER.findall(VERTEBRA.sub("", label)):
                if label.startswith(("type", "mean ± 2", "0,", "by its incidence")):
                    continue  # names of types, the usual two deviations, the grade 0
                assert abs(float(number.replace("−", "-"))) in _facts(row), label


def test_the_fixture_is_what_python_computes() -> None:
    """Run `python tests/shared/alignment_states.py` where facts or models have changed."""
    assert json.loads(FIXTURE.read_text(encoding="utf-8")) == build()
