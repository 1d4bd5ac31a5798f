"""The quick check of a schema answers as jsonschema does."""

from __future__ import annotations

import copy
import json
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from item_examples import examples
from jsonschema import Draft202012Validator
from tests.conftest import minimal_documents

from l3s1.content import course_root
from l3s1.content.quick_schema import compile_schema

SCHEMAS = sorted((course_root() / "assets" / "schemas").glob("*.schema.json"))
RIGHT = [
    (name.split("/")[0], document)
    for name, document in (
        *minimal_documents().items(),
        *((f"items/{kind}", {"items": [item]}) for kind, item in examples().items()),
    )
]

SCALARS = st.sampled_from(
    [None, True, False, 0, 1, 1.0, 1.5, -1, 200, "", "a", "A b", "nobody-2000", "x" * 700, "–"]
)
VALUES = st.one_of(SCALARS, st.lists(SCALARS, max_size=4), st.dictionaries(st.just("id"), SCALARS))


@cache
def both(folder: str) -> tuple[Any, Draft202012Validator]:
    path = course_root() / "assets" / "schemas" / f"{folder}.schema.json"
    rules = json.loads(path.read_text(encoding="utf-8"))
    return compile_schema(rules), Draft202012Validator(rules)


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_every_schema_is_one_and_can_be_compiled(path: Any) -> None:
    rules = json.loads(path.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(rules)
    compile_schema(rules)


@pytest.mark.parametrize(("folder", "document"), RIGHT)
def test_what_is_right_fits(folder: str, document: Any) -> None:
    assert both(folder)[0](document)


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path]
    if isinstance(data, dict):
        found += [p for key, value in data.items() for p in places(value, (*path, key))]
    elif isinstance(data, list):
        found += [p for n, value in enumerate(data) for p in places(value, (*path, n))]
    return found


def spoil(draw: st.DrawFn, document: Any) -> Any:
    """The document with one value replaced, taken out, put in or repeated."""
    place = draw(st.sampled_from(places(document)))
    if not place:
        return draw(VALUES)
    spoilt = copy.deepcopy(document)
    parent = spoilt
    for step in place[:-1]:
        parent = parent[step]
    match draw(st.sampled_from(["replace", "take out", "put in", "repeat"])):
        case "take out":
            del parent[place[-1]]
        case "put in" if isinstance(parent, dict):
            parent[draw(st.sampled_from(["key", "fact", "colour", "low"]))] = draw(VALUES)
        case "repeat" if isinstance(parent, list):
            parent.append(copy.deepcopy(parent[place[-1]]))
        case _:
            parent[place[-1]] = draw(VALUES)
    return spoilt


@given(data=st.data())
@settings(max_examples=400, deadline=None)
def test_what_is_spoilt_is_judged_alike(data: st.DataObject) -> None:
    folder, document = data.draw(st.sampled_from(RIGHT))
    spoilt = data.draw(st.composite(spoil)(document))
    quick, thorough = both(folder)
    assert quick(spoilt) == thorough.is_valid(spoilt), spoilt


@pytest.mark.parametrize(
    ("rules", "right", "wrong"),
    [
        ({"enum": [1, "a"]}, [1, 1.0, "a"], [True, "b", 2]),
        ({"const": 0}, [0, 0.0], [False, "0"]),
        ({"type": ["string", "null"]}, ["", None], [0, []]),
        ({"type": "integer"}, [1, 1.0], [True, 1.5, "1"]),
        ({"uniqueItems": True}, [[1, True, "1"], ["a", "b"], 4], [[1, 1.0], [[0], [0]], ["a"] * 2]),
        ({"exclusiveMinimum": 1, "exclusiveMaximum": 3}, [2, "x", True], [1, 3]),
        ({"propertyNames": {"maxLength": 2}}, [{"ab": 1}, 4], [{"abc": 1}]),
        ({"additionalProperties": {"type": "string"}}, [{"a": "b"}, {}], [{"a": 1}]),
        ({"not": {"required": ["a"]}}, [{}], [{"a": 1}, 3]),
        ({"oneOf": [{"minimum": 1}, {"maximum": 3}]}, [0, 4], [2, "x"]),
        (
            {
                "$ref": "#/$defs/tree",
                "$defs": {"tree": {"items": {"$ref": "#/$defs/tree"}, "type": "array"}},
            },
            [[], [[], [[]]]],
            [[1], 3],
        ),
        (
            {"if": {"type": "string"}, "then": {"minLength": 2}, "else": {"type": "number"}},
            ["ab", 1],
            ["a", None],
        ),
    ],
)
def test_each_keyword(rules: Any, right: list[Any], wrong: list[Any]) -> None:
    quick, thorough = compile_schema(rules), Draft202012Validator(rules)
    for data in right:
        assert quick(data)
        assert thorough.is_valid(data)
    for data in wrong:
        assert not quick(data)
        assert not thorough.is_valid(data)


def _when(value: Any, **then: Any) -> Any:
    return {
        "if": {"properties": {"kind": {"const": value}}, "required": ["kind"]},
        "then": {"properties": then},
    }


@pytest.mark.parametrize(
    "rules",
    [
        {"allOf": [_when("a", x={"type": "string"}), _when("b", x={"type": "number"})]},
        {"allOf": [_when("a", x={"type": "string"}), _when("a", x={"maxLength": 1})]},
        {"allOf": [_when("a", x={"type": "string"}), _when(1, x={"type": "number"})]},
        {"allOf": [_when("a", x={"type": "string"}), {"required": ["x"]}]},
        {"allOf": [_when("a", x=False), {**_when("b", x=True), "else": {"minProperties": 2}}]},
    ],
)
@pytest.mark.parametrize(
    "data",
    [
        {"kind": kind, "x": x}
        for kind in ("a", "b", "c", 1, True, None, ["a"])
        for x in ("s", "long", 1)
    ]
    + [{"x": "s"}, {}, [], "a", 1],
)
def test_cases_are_told_apart_as_jsonschema_does(rules: Any, data: Any) -> None:
    assert compile_schema(rules)(data) == Draft202012Validator(rules).is_valid(data)


def test_a_keyword_that_it_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="no quick check of the schema keyword 'contains'"):
        compile_schema({"type": "array", "contains": {}})
