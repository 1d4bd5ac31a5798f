"""Reads and writes a file of callipers' readings, YAML or JSON, as docs/bones.md describes it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

EXAMPLE = "{unit: mm, bones: {L4: {upper_end_plate_width_mm: 51.5}}}"


class CallipersFileError(ValueError):
    """A file that holds no readings; the message says what is wrong and what to do."""


class _Loader(yaml.SafeLoader):
    """Refuses a key that stands twice: of two readings one would be lost."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    result: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        try:
            twice = key in result
        except TypeError as error:
            raise yaml.MarkedYAMLError(
                problem="a key must be a name", problem_mark=key_node.start_mark
            ) from error
        if twice:
            raise yaml.MarkedYAMLError(
                problem=f"{key} stands twice; keep one", problem_mark=key_node.start_mark
            )
        result[key] = loader.construct_object(value_node, deep=True)
    return result


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read_callipers(path: Path) -> dict[str, dict[str, Any]]:
    """The readings by bone and name, as they stand in the file.

    Raises CallipersFileError where the file can't be read or has another shape.
    """
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506
    except OSError as error:
        raise CallipersFileError(f"{path}: can't be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise CallipersFileError(f"{path}: is not UTF-8 text; save it as such.") from error
    except yaml.YAMLError as error:
        what = " ".join(str(error).split())
        raise CallipersFileError(f"{path}: is neither YAML nor JSON: {what}") from error
    shape = f"{path}: write it like {EXAMPLE};"
    if not isinstance(data, dict) or not isinstance(data.get("bones"), dict):
        raise CallipersFileError(f"{shape} the mapping `bones` is missing.")
    if unknown := [str(key) for key in data if key not in ("unit", "bones")]:
        raise CallipersFileError(f"{shape} it has {', '.join(unknown)} beside `unit` and `bones`.")
    if data.get("unit", "mm") != "mm":
        raise CallipersFileError(f"{shape} `unit` must be mm, not {data.get('unit')!r}.")
    for bone, readings in data["bones"].items():
        if not isinstance(readings, dict) or not all(isinstance(name, str) for name in readings):
            raise CallipersFileError(f"{shape} {bone} has no mapping of names to numbers.")
    return {str(bone): readings for bone, readings in data["bones"].items()}


def callipers_text(readings: Mapping[str, Mapping[str, float]]) -> str:
    """Readings by bone and name as the text of such a file, to a hundredth."""
    rounded = {
        bone: {name: round(value, 2) for name, value in values.items()}
        for bone, values in readings.items()
    }
    return yaml.safe_dump({"unit": "mm", "bones": rounded}, sort_keys=False)
