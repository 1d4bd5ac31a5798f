"""Reads one YAML file against its schema and remembers the line of everything in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import yaml
from jsonschema import Draft202012Validator

from l3s1.content.problems import Problem
from l3s1.content.quick_schema import compile_schema
from l3s1.content.quick_yaml import Fastest, NotPlainError, read_plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from jsonschema.exceptions import ValidationError

Step = str | int

_KIND = {
    "object": "a mapping",
    "array": "a list",
    "string": "a text",
    "number": "a number",
    "integer": "a whole number",
}


@dataclass(frozen=True)
class Document:
    """A file's data, with the text it came from."""

    file: str
    data: Any
    text: str

    @cached_property
    def _root(self) -> Any:
        """The nodes, which know their lines; made when a line is first asked for."""
        return yaml.compose(self.text, Loader=Fastest)

    def line(self, path: Sequence[Step]) -> int:
        """Line (from 1) of the node at `path`, or of its nearest ancestor that exists."""
        node: yaml.Node = self._root
        for step in path:
            child = _child(node, step)
            if child is None:
                break
            node = child
        return int(node.start_mark.line) + 1

    def problem(self, path: Sequence[Step], wrong: str, remedy: str) -> Problem:
        """A problem at `path` of this document."""
        return Problem(self.file, self.line(path), self.name(path), wrong, remedy)

    def name(self, path: Sequence[Step]) -> str:
        """`path` in words, list entries by their id where they have one: `facts[stay].n`."""
        words = ""
        data = self.data
        for step in path:
            try:
                data = data[step]
            except (KeyError, IndexError, TypeError):
                data = None
            if isinstance(step, int):
                label = data.get("id", data.get("name", step)) if isinstance(data, dict) else step
                words += f"[{label}]"
            else:
                words += f".{step}" if words else str(step)
        return words or "the file"


class Schema:
    """A JSON Schema: says quickly that data fits, and at leisure what is wrong with it."""

    def __init__(self, rules: Any) -> None:
        self._rules = rules
        self._fits = compile_schema(rules)

    def errors(self, data: Any) -> Iterator[ValidationError]:
        """What is wrong with the data; nothing where it fits.

        Raises `jsonschema.SchemaError` where something is wrong with the schema itself.
        """
        if not self._fits(data):
            Draft202012Validator.check_schema(self._rules)
            yield from Draft202012Validator(self._rules).iter_errors(data)


def read_document(path: Path, shown_as: str, schema: Schema) -> Document | list[Problem]:
    """Read and validate one YAML file; return it, or everything that is wrong with it."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return [
            Problem(shown_as, 1, "the file", f"can't be read ({error})", "save it as UTF-8 text")
        ]
    try:
        try:
            data = read_plain(text)
        except NotPlainError:
            root = yaml.compose(text, Loader=Fastest)
            if root is None:
                return [Problem(shown_as, 1, "the file", "is empty", "fill it in or delete it")]
            repeated = list(_repeated_keys(root, shown_as))
            if repeated:
                return repeated
            data = yaml.load(text, Fastest)  # noqa: S506 (it is a safe loader)
    except yaml.YAMLError as error:
        return [_syntax_problem(shown_as, error)]
    except ValueError as error:
        wrong = f"holds a value that is none ({error})"
        return [Problem(shown_as, 1, "the file", wrong, "quote it if it is a text")]
    except RecursionError:
        return [
            Problem(shown_as, 1, "the file", "holds itself (*)", "write it out, without * and &")
        ]
    document = Document(shown_as, data, text)
    problems = [_schema_problem(document, error) for error in schema.errors(data)]
    return problems or document


def read_schema(path: Path) -> Schema:
    """Read a JSON Schema."""
    return Schema(json.loads(path.read_text(encoding="utf-8")))


def _child(node: yaml.Node, step: Step) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item: yaml.Node = node.value[step]
        return item
    return None


def _repeated_keys(node: yaml.Node, file: str) -> Iterator[Problem]:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                line = int(key.start_mark.line) + 1
                yield Problem(
                    file, line, str(key.value), "stands twice here", "keep one of the two"
                )
            seen.add(str(key.value))
            yield from _repeated_keys(value, file)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _repeated_keys(item, file)


def _syntax_problem(file: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = int(mark.line) + 1 if mark is not None else 1
    what = getattr(error, "problem", None) or str(error).splitlines()[0]
    return Problem(
        file, line, "the file", f"is not valid YAML ({what})", "mend the syntax at this line"
    )


def _schema_problem(document: Document, error: ValidationError) -> Problem:
    path = list(error.absolute_path)
    value: Any = error.instance
    rule: Any = error.validator_value
    schema: Any = error.schema
    match error.validator:
        case "additionalProperties":
            allowed = sorted(schema.get("properties", {}))
            extra = sorted(set(value) - set(allowed))
            return document.problem(
                [*path, extra[0]] if extra else path,
                f"unknown field {', '.join(map(repr, extra))}",
                f"remove it or use one of: {', '.join(allowed)}",
            )
        case "required":
            missing = [name for name in rule if name not in value]
            return document.problem(
                path, f"lacks {', '.join(map(repr, missing))}", "add what is missing"
            )
        case "enum":
            return document.problem(
                path, f"{value!r} is not allowed", f"use one of: {_listed(rule)}"
            )
        case "type":
            return document.problem(
                path, f"{value!r:.60} is not {_KIND[rule]}", f"write {_KIND[rule]}"
            )
        case "pattern":
            return document.problem(path, f"{value!r} has the wrong form", f"match {rule}")
        case "maxLength" | "minLength":
            short = "too long" if error.validator == "maxLength" else "too short"
            return document.problem(
                path, f"is {short} ({len(value)} characters)", f"the limit is {rule}"
            )
        case "maxItems" | "minItems" | "maximum" | "minimum" | "uniqueItems":
            return document.problem(path, *_out_of_bounds(error.validator, rule, value))
        case "anyOf" | "oneOf" | "not" | "dependentRequired" | "if":
            return document.problem(
                path,
                "does not have a form the schema allows",
                f"compare it with {schema.get('description', 'the schema')}",
            )
        case _:
            return document.problem(path, str(error.message)[:160], "compare it with the schema")


def _out_of_bounds(keyword: str, rule: Any, value: Any) -> tuple[str, str]:
    match keyword:
        case "minItems":
            return f"has too few entries ({len(value)})", f"write at least {rule}"
        case "maxItems":
            return f"has too many entries ({len(value)})", f"write {rule} at most"
        case "minimum":
            return f"{value!r} is too small", f"write {rule} or more"
        case "maximum":
            return f"{value!r} is too large", f"write {rule} or less"
        case _:
            return "an entry stands twice", "write each once"


def _listed(values: Sequence[object]) -> str:
    return ", ".join(str(value) for value in values)
