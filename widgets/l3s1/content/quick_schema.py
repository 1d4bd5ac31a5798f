"""JSON Schemas as plain functions: whether data fits, told many times faster than what does not.

jsonschema says what is wrong and where; most data are right. A schema is compiled once, into one
function a keyword; the answers are jsonschema's (a test compares the two).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sized
from typing import Any

from l3s1.content.quick_forms import ANNOTATIONS, Fits, by_case, common_form

_WITH_IF = {"then", "else"}


def compile_schema(schema: Any) -> Fits:
    """The function that tells whether data fits a schema.

    Raises `ValueError` for a keyword that it does not know.
    """
    return _Compiler(schema).compile(schema)


class _Compiler:
    """Compiles the parts of one schema; parts that are referred to, once."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.referred: dict[str, Fits] = {}

    def compile(self, schema: Any) -> Fits:
        if isinstance(schema, bool):
            return lambda _data: schema
        whole = common_form(schema, self.compile)
        if whole is not None:
            return whole
        tests: list[Fits] = []
        for keyword in schema:
            if keyword in ANNOTATIONS or keyword in _WITH_IF:
                continue
            if keyword == "additionalProperties" and "properties" in schema:
                continue  # told together with properties
            make = _KEYWORDS.get(keyword)
            if make is None:
                raise ValueError(f"no quick check of the schema keyword {keyword!r}")
            tests.append(make(self, schema))
        return _all(tests)

    def refer(self, name: str) -> Fits:
        """The part of that name, compiled when it is first asked for (a part may hold itself)."""

        def fits(data: Any) -> bool:
            found = self.referred.get(name)
            if found is None:
                found = self.referred[name] = self.compile(self.part(name))
            return found(data)

        return fits

    def part(self, name: str) -> Any:
        part = self.root
        for step in name.removeprefix("#/").split("/"):
            part = part[step]
        return part


def _all(tests: list[Fits]) -> Fits:
    if len(tests) == 1:
        return tests[0]

    def fits(data: Any) -> bool:
        for test in tests:  # noqa: SIM110 (a generator costs more than the tests)
            if not test(data):
                return False
        return True

    return fits


def _is_number(data: Any) -> bool:
    return isinstance(data, int | float) and not isinstance(data, bool)


def _is_whole(data: Any) -> bool:
    return _is_number(data) and (isinstance(data, int) or data.is_integer())


_TYPES: dict[str, Fits] = {
    "object": lambda data: isinstance(data, dict),
    "array": lambda data: isinstance(data, list),
    "string": lambda data: isinstance(data, str),
    "boolean": lambda data: isinstance(data, bool),
    "null": lambda data: data is None,
    "number": _is_number,
    "integer": _is_whole,
}


def _type(_: _Compiler, schema: Any) -> Fits:
    rule = schema["type"]
    if isinstance(rule, str):
        return _TYPES[rule]
    tests = [_TYPES[each] for each in rule]
    return lambda data: any(test(data) for test in tests)


def _properties(compiler: _Compiler, schema: Any) -> Fits:
    known = {name: compiler.compile(part) for name, part in schema["properties"].items()}
    other = compiler.compile(schema.get("additionalProperties", True))

    def fits(data: Any) -> bool:
        if isinstance(data, dict):
            for name, value in data.items():
                if not known.get(name, other)(value):
                    return False
        return True

    return fits


def _additional(compiler: _Compiler, schema: Any) -> Fits:
    each = compiler.compile(schema["additionalProperties"])
    return lambda data: not isinstance(data, dict) or all(each(value) for value in data.values())


def _names(compiler: _Compiler, schema: Any) -> Fits:
    each = compiler.compile(schema["propertyNames"])
    return lambda data: not isinstance(data, dict) or all(each(name) for name in data)


def _required(_: _Compiler, schema: Any) -> Fits:
    needed = frozenset(schema["required"])
    return lambda data: not isinstance(data, dict) or needed <= data.keys()


def _dependent(_: _Compiler, schema: Any) -> Fits:
    rules = [(name, frozenset(needed)) for name, needed in schema["dependentRequired"].items()]
    return lambda data: (
        not isinstance(data, dict)
        or all(name not in data or needed <= data.keys() for name, needed in rules)
    )


def _items(compiler: _Compiler, schema: Any) -> Fits:
    each = compiler.compile(schema["items"])
    return lambda data: not isinstance(data, list) or all(each(item) for item in data)


def _unique(_: _Compiler, schema: Any) -> Fits:
    if not schema["uniqueItems"]:
        return lambda _data: True

    def fits(data: Any) -> bool:
        if not isinstance(data, list):
            return True
        if all(isinstance(item, str) for item in data):
            return len(set(data)) == len(data)
        return not any(_same(one, two) for n, one in enumerate(data) for two in data[:n])

    return fits


def _same(one: Any, two: Any) -> bool:
    """Whether two values are equal in JSON, where true is not 1."""
    if isinstance(one, list) and isinstance(two, list):
        return len(one) == len(two) and all(map(_same, one, two))
    if isinstance(one, dict) and isinstance(two, dict):
        return one.keys() == two.keys() and all(_same(one[name], two[name]) for name in one)
    return isinstance(one, bool) == isinstance(two, bool) and bool(one == two)


def _enum(_: _Compiler, schema: Any) -> Fits:
    allowed = schema["enum"]
    if all(isinstance(each, str) for each in allowed):
        texts = frozenset(allowed)
        return lambda data: isinstance(data, str) and data in texts
    return lambda data: any(_same(each, data) for each in allowed)


def _const(_: _Compiler, schema: Any) -> Fits:
    value = schema["const"]
    return lambda data: _same(value, data)


def _pattern(_: _Compiler, schema: Any) -> Fits:
    search = re.compile(schema["pattern"]).search
    return lambda data: not isinstance(data, str) or search(data) is not None


def _limit(keyword: str, kind: type[Sized], least: bool) -> Callable[[_Compiler, Any], Fits]:
    def make(_: _Compiler, schema: Any) -> Fits:
        bound = schema[keyword]
        if least:
            return lambda data: not isinstance(data, kind) or len(data) >= bound
        return lambda data: not isinstance(data, kind) or len(data) <= bound

    return make


def _bound(keyword: str, within: Callable[[Any, Any], bool]) -> Callable[[_Compiler, Any], Fits]:
    def make(_: _Compiler, schema: Any) -> Fits:
        bound = schema[keyword]
        return lambda data: not _is_number(data) or within(data, bound)

    return make


def _if(compiler: _Compiler, schema: Any) -> Fits:
    asked = compiler.compile(schema["if"])
    then, otherwise = (compiler.compile(schema.get(each, True)) for each in ("then", "else"))
    return lambda data: then(data) if asked(data) else otherwise(data)


def _all_of(compiler: _Compiler, schema: Any) -> Fits:
    tests = _all([compiler.compile(part) for part in schema["allOf"]])
    return by_case(schema["allOf"], tests, compiler.compile) or tests


def _any_of(compiler: _Compiler, schema: Any) -> Fits:
    parts = [compiler.compile(part) for part in schema["anyOf"]]
    return lambda data: any(part(data) for part in parts)


def _one_of(compiler: _Compiler, schema: Any) -> Fits:
    parts = [compiler.compile(part) for part in schema["oneOf"]]
    return lambda data: sum(part(data) for part in parts) == 1


def _not(compiler: _Compiler, schema: Any) -> Fits:
    part = compiler.compile(schema["not"])
    return lambda data: not part(data)


def _ref(compiler: _Compiler, schema: Any) -> Fits:
    return compiler.refer(schema["$ref"])


_KEYWORDS: dict[str, Callable[[_Compiler, Any], Fits]] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "required": _required,
    "properties": _properties,
    "additionalProperties": _additional,
    "propertyNames": _names,
    "dependentRequired": _dependent,
    "minProperties": _limit("minProperties", dict, least=True),
    "items": _items,
    "uniqueItems": _unique,
    "minItems": _limit("minItems", list, least=True),
    "maxItems": _limit("maxItems", list, least=False),
    "pattern": _pattern,
    "minLength": _limit("minLength", str, least=True),
    "maxLength": _limit("maxLength", str, least=False),
    "minimum": _bound("minimum", lambda data, bound: data >= bound),
    "maximum": _bound("maximum", lambda data, bound: data <= bound),
    "exclusiveMinimum": _bound("exclusiveMinimum", lambda data, bound: data > bound),
    "exclusiveMaximum": _bound("exclusiveMaximum", lambda data, bound: data < bound),
    "if": _if,
    "allOf": _all_of,
    "anyOf": _any_of,
    "oneOf": _one_of,
    "not": _not,
    "$ref": _ref,
}
