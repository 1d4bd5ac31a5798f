"""Read numbers from nested mappings, and say which entry is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from l3s1.models.bones.sdf import Array


def entry(n: Mapping[str, Any], key: str, where: str) -> Any:
    """The entry of that name; ValueError where there is none."""
    if key not in n:
        raise ValueError(f"{where}: {key} is missing; docs/bones.md lists what a bone needs")
    return n[key]


def number(n: Mapping[str, Any], key: str, where: str) -> float:
    """A single number; ValueError where there is none."""
    return float(array(n, key, where, ()))


def array(n: Mapping[str, Any], key: str, where: str, shape: tuple[int, ...]) -> Array:
    """Numbers of that shape; ValueError where there are others."""
    given = entry(n, key, where)
    try:
        result = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{where}.{key}: give numbers of shape {shape}, not {given!r}") from error
    if result.shape != shape:
        raise ValueError(f"{where}.{key}: give shape {shape}, not {result.shape}")
    return result
