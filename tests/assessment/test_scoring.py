"""Scores of answers: one fixture for Python and for the page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from l3s1.assessment.scoring import score
from l3s1.content import Item, Numeric
from l3s1.content.items import NumericAnswer, build_item

FIXTURE = Path(__file__).parents[1] / "fixtures" / "item_scores.json"
CASES: list[dict[str, Any]] = json.loads(FIXTURE.read_text(encoding="utf-8"))
BANK = {"use": "check", "note": "Made up."}


def record(page: dict[str, Any]) -> Item:
    """The record of an item that the fixture has as the page gets it."""
    data = {**page, **BANK}
    if data["type"] == "numeric":
        answer = NumericAnswer("f", "v", data["answer"], data["tolerance"], data["unit"])
        for name in ("tolerance", "unit", "unit_words"):
            del data[name]
        return Numeric(**{**data, "answer": answer, "facts": tuple(data["facts"])})
    if data["type"] == "label_picture":
        data["picture"] = data["picture"]["view"]
        data["marks"] = [
            {name: mark[name] for name in ("id", "structure", "key", "feedback")}
            for mark in data["marks"]
        ]
    if data["type"] == "find_in_3d":
        for name in ("candidates", "picture", "spots"):
            del data[name]
        del data["find"]["names"]
    return build_item(data, {})


SCORES = [(case["item"], given) for case in CASES for given in case["scores"]]
NO_ANSWERS = [(case["item"], given) for case in CASES for given in case["no_answers"]]


@pytest.mark.parametrize(("item", "given"), SCORES, ids=lambda each: each.get("id"))
def test_an_answer_is_worth_what_the_rules_say(item: dict[str, Any], given: dict[str, Any]) -> None:
    found = score(record(json.loads(json.dumps(item))), given["response"])
    assert found.correct is given["correct"]
    assert found.share == pytest.approx(given["share"])


@pytest.mark.parametrize(("item", "given"), NO_ANSWERS, ids=repr)
def test_what_is_no_answer_is_refused(item: dict[str, Any], given: Any) -> None:
    with pytest.raises(ValueError, match="is no answer to"):
        score(record(json.loads(json.dumps(item))), given)


def test_a_whole_number_beyond_counting_is_no_answer() -> None:
    numeric = next(case["item"] for case in CASES if case["item"]["type"] == "numeric")
    with pytest.raises(ValueError, match="is no answer to"):
        score(record(json.loads(json.dumps(numeric))), 10**400)
