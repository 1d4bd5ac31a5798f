"""The commonest forms of a schema as one function each, where keyword by keyword costs more."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import Any

Fits = Callable[[Any], bool]
ANNOTATIONS = {"$schema", "$id", "$defs", "title", "description"}


def common_form(schema: Any, compile_part: Callable[[Any], Fits]) -> Fits | None:
    """The function of a text or of a closed mapping; None where the schema is neither."""
    rules = {name: rule for name, rule in schema.items() if name not in ANNOTATIONS}
    kind = rules.pop("type", None)
    if kind == "string" and rules and rules.keys() <= {"minLength", "maxLength", "pattern"}:
        least, most = rules.get("minLength", 0), rules.get("maxLength", sys.maxsize)
        search = re.compile(rules.get("pattern", "")).search
        return lambda data: (
            isinstance(data, str) and least <= len(data) <= most and search(data) is not None
        )
    closed = rules.keys() == {"properties", "required", "additionalProperties"}
    if kind != "object" or not closed or rules["additionalProperties"] is not False:
        return None
    known = {name: compile_part(part) for name, part in rules["properties"].items()}
    needed = frozenset(rules["required"])

    def fits(data: Any) -> bool:
        if not isinstance(data, dict) or not needed <= data.keys():
            return False
        for name, value in data.items():
            test = known.get(name)
            if test is None or not test(value):
                return False
        return True

    return fits


def by_case(parts: list[Any], tests: Fits, compile_part: Callable[[Any], Fits]) -> Fits | None:
    """The function of 'if this field is that text, then', said once a text; else None.

    `tests` is what all parts say together, for data of another kind.
    """
    cases = [_case(part) for part in parts]
    fields = {case[0] for case in cases if case}
    if not all(cases) or len(fields) != 1:
        return None
    (field,) = fields
    by_value = {case[1]: compile_part(case[2]) for case in cases if case}
    if len(by_value) < len(cases):
        return None

    def fits(data: Any) -> bool:
        value = data.get(field) if isinstance(data, dict) else None
        if not isinstance(value, str):
            return tests(data)
        return value not in by_value or by_value[value](data)

    return fits


def _case(part: Any) -> tuple[str, str, Any] | None:
    """Field, text and what then holds, of a part that asks whether a field is that text."""
    asked = part.get("if") if isinstance(part, dict) and part.keys() == {"if", "then"} else None
    if not isinstance(asked, dict) or asked.keys() != {"properties", "required"}:
        return None
    ((field, rule), *more) = asked["properties"].items()
    known = isinstance(rule, dict) and isinstance(rule.get("const"), str)
    if more or asked["required"] != [field] or not known:
        return None
    return None if len(rule) > 1 else (field, rule["const"], part["then"])
