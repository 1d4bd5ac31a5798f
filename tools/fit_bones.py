"""Fit a bone's numbers to a reference mesh: ``fit_bones.py FOLDER BONE --out FILE``.

FOLDER holds ``BONE.ply`` (mm; x left, y posterior, z superior). Starts from the numbers in
``assets/bones/BONE.yaml``, or in ``--seed FILE``, and moves them by damped least squares until the
bone's field fits the signed distances of samples of the reference. Reference meshes are not part
of the repository; only numbers are written.
"""

from __future__ import annotations

import argparse
import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from bone_reference import Samples, in_own_frame, read_ply, sampled
from build_bones import BONES, numbers_of
from l3s1.models.bones.lumbar import fold, join, part_from, vertebra_from
from l3s1.models.bones.sdf import Array

Where = tuple[str | int, ...]
"""Where a number lies in nested mappings and lists."""

Numbers = dict[str, Any]
Fields = dict[str, Array]

MIDLINE_PART = "spinous_process"
TRANSVERSE = "transverse_process"


def leaves(numbers: Any, path: Where = ()) -> Iterator[tuple[Where, float]]:
    """Every number with the path to it."""
    if isinstance(numbers, dict):
        for key, value in numbers.items():
            yield from leaves(value, (*path, key))
    elif isinstance(numbers, list):
        for index, value in enumerate(numbers):
            yield from leaves(value, (*path, index))
    else:
        yield path, float(numbers)


def put(numbers: Any, path: Where, value: float) -> None:
    """Set the number at a path."""
    for key in path[:-1]:
        numbers = numbers[key]
    numbers[path[-1]] = float(value)


def kind(path: Where) -> str:
    """The name of the parameter that a number belongs to, such as `half_axes`."""
    return [key for key in path if isinstance(key, str)][-1]


def group(path: Where) -> str:
    """`body`, or the name of the swept part that a number belongs to."""
    return str(path[0] if path[0] == "body" else path[1])


def is_free(path: Where, value: float) -> bool:
    """Whether a number may move: what lies on the mirror plane stays there."""
    across = path[-1] == 0
    if kind(path) == "line" and across:
        return value != 0.0
    return not (kind(path) == "up" and across and group(path) == MIDLINE_PART)


def field_of(numbers: Numbers, name: str, p: Array) -> Array:
    """The field of the body or of one part at points (n, 3) with x ≥ 0."""
    if name == "body":
        return vertebra_from({"body": numbers["body"], "parts": {}}).body.distance(p)
    return part_from(name, numbers["parts"][name]).distance(p)


@dataclass
class Fit:
    """A search for the numbers of one bone.

    `numbers`: body and parts; changed by `run`. `settings`: as in `assets/bones/fit.yaml`.
    """

    numbers: Numbers
    samples: Samples
    settings: Mapping[str, Any]
    points: Array = field(init=False)
    wanted: Array = field(init=False)
    weight: Array = field(init=False)
    paths: list[Where] = field(init=False)
    scale: Array = field(init=False)
    start: Array = field(init=False)

    def __post_init__(self) -> None:
        surface, around = self.samples.surface, self.samples.around
        self.numbers = copy.deepcopy(self.numbers)
        self.points = fold(np.r_[surface, around])
        self.wanted = self.soft(np.r_[np.zeros(len(surface)), self.samples.distance])
        share = self.settings["weights"]["around"]
        self.weight = np.r_[
            np.full(len(surface), 1.0 / np.sqrt(len(surface))),
            np.full(len(around), share / np.sqrt(len(around))),
        ]
        free = [(path, value) for path, value in leaves(self.numbers) if self.is_free(path, value)]
        self.paths = [path for path, _ in free]
        self.start = np.array([value for _, value in free])
        self.scale = np.array([float(self.settings["scale"][kind(path)]) for path in self.paths])

    def soft(self, distance: Array) -> Array:
        """Distances bent so that those beyond `reach` hardly count."""
        reach = float(self.settings["reach"])
        result: Array = reach * np.tanh(distance / reach)
        return result

    def is_free(self, path: Where, value: float) -> bool:
        """Whether a number may move."""
        return is_free(path, value)

    def group(self, path: Where) -> str:
        """The name of the field that a number belongs to."""
        return group(path)

    def field_of(self, numbers: Numbers, name: str) -> Array:
        """The field of that name at the samples."""
        return field_of(numbers, name, self.points)

    def fields(self, numbers: Numbers) -> Fields:
        """The fields of the body and of each part at the samples."""
        return {name: self.field_of(numbers, name) for name in ("body", *numbers["parts"])}

    def whole(self, numbers: Numbers, fields: Fields) -> Array:
        """The bone's field at the samples, from those of its parts."""
        bone = vertebra_from(numbers)
        return join(fields["body"], [fields[part.name] for part in bone.parts], bone)

    def penalties(self, numbers: Numbers, values: Array) -> Array:
        """What limits and fairness cost."""
        limits = self.settings["limits"]
        result: list[float] = []
        for path, value in zip(self.paths, values.tolist(), strict=True):
            if kind(path) in limits:
                low, high, weight = limits[kind(path)]
                result.append((min(0.0, value - low) + max(0.0, value - high)) * weight)
        return np.array(result + self.unfair(numbers))

    def swept_unfair(self, parts: Mapping[str, Any]) -> list[float]:
        """What bends, uneven knots and sections, and directions of other than unit length cost."""
        fairness = self.settings["fairness"]
        weight = float(fairness["weight"])
        result: list[float] = []
        for name, part in parts.items():
            line, axes = np.array(part["line"], float), np.array(part["half_axes"], float)
            steps = np.linalg.norm(np.diff(line, axis=0), axis=1)
            held = weight * float(fairness["straighter"].get(name, 1.0))
            bends = np.diff(line, 2, axis=0) / steps.mean() * axes.mean() / 2.0
            result.extend(held * bends.ravel())
            result.extend(held * 0.5 * np.diff(axes, 2, axis=0).ravel())
            result.extend(held * 2.0 * np.diff(steps) / steps.mean())
            up = np.linalg.norm(np.array(part["up"], float), axis=1)
            result.extend(weight * 2.0 * (up - 1.0))
        return result

    def unfair(self, numbers: Numbers) -> list[float]:
        """What cost unfair parts and outlines."""
        fairness = self.settings["fairness"]
        result = self.swept_unfair(numbers["parts"])
        for outline in ("half_width", "front", "back"):
            third = np.diff(np.array(numbers["body"][outline], float), 3)
            result.extend(float(fairness["weight"]) * float(fairness["outline"]) * third)
        return result

    def residuals(self, numbers: Numbers, fields: Fields, values: Array) -> Array:
        """Everything whose squares are made small."""
        weights = self.settings["weights"]
        return np.concatenate(
            [
                self.weight * (self.soft(self.whole(numbers, fields)) - self.wanted),
                float(weights["seed"]) * (values - self.start) / self.scale,
                float(weights["fair"]) * self.penalties(numbers, values),
            ]
        )

    def slopes(self, fields: Fields, values: Array, here: Array) -> Array:
        """How the residuals change with each number, in its scale: forward differences."""
        numbers = copy.deepcopy(self.numbers)
        result = np.empty((len(here), len(values)))
        for column, path in enumerate(self.paths):
            step = 1e-3
            moved = values.copy()
            moved[column] += step * self.scale[column]
            put(numbers, path, moved[column])
            name = self.group(path)
            changed = {**fields, name: self.field_of(numbers, name)}
            result[:, column] = (self.residuals(numbers, changed, moved) - here) / step
            put(numbers, path, values[column])
        return result

    def error(self) -> float:
        """Mean absolute field (mm) at the samples of the reference's surface."""
        values = self.whole(self.numbers, self.fields(self.numbers))
        return float(np.abs(values[: len(self.samples.surface)]).mean())

    def run(self, rounds: int) -> Numbers:
        """Improve the numbers until that gains little, `rounds` times at most; return them."""
        values, fields = self.start.copy(), self.fields(self.numbers)
        here = self.residuals(self.numbers, fields, values)
        damping = 1e-2
        for count in range(rounds):
            slopes = self.slopes(fields, values, here)
            square, pull = slopes.T @ slopes, slopes.T @ here
            for _ in range(6):
                damped = square + damping * np.diag(np.diag(square) + 1e-6)
                moved = values + np.clip(np.linalg.solve(damped, -pull), -1.0, 1.0) * self.scale
                numbers = copy.deepcopy(self.numbers)
                for path, value in zip(self.paths, moved, strict=True):
                    put(numbers, path, value)
                there_fields = self.fields(numbers)
                there = self.residuals(numbers, there_fields, moved)
                if np.isfinite(there).all() and there @ there < here @ here:
                    break
                damping *= 4.0
            else:
                break
            gain = 1.0 - (there @ there) / (here @ here)
            self.numbers, values, fields, here = numbers, moved, there_fields, there
            damping = max(damping / 3.0, 1e-5)
            if gain < 2e-3 and count > 4:
                break
        return self.numbers


def straightened(numbers: Numbers, samples: Samples) -> Numbers:
    """The numbers with the transverse process run straight to the reference's tip.

    For a seed from a neighbouring bone, whose process may end far from the reference's.
    """
    surface = fold(samples.surface)
    tip = surface[surface[:, 0] > surface[:, 0].max() - 4.0].mean(0)
    result = copy.deepcopy(numbers)
    part = result["parts"][TRANSVERSE]
    root, knots = np.array(part["line"][0], float), len(part["line"])
    tip[0] = surface[:, 0].max() - float(part["caps"][1])
    part["line"] = [(root + (tip - root) * t).tolist() for t in np.linspace(0.0, 1.0, knots)]
    part["up"] = [[0.0, 0.0, 1.0], [0.0, 0.0, 1.0]]
    return result


def rounded(numbers: Any) -> Any:
    """The same with every number to five significant digits."""
    if isinstance(numbers, dict):
        return {key: rounded(value) for key, value in numbers.items()}
    if isinstance(numbers, list):
        return [rounded(value) for value in numbers]
    return float(f"{numbers:.5g}") + 0.0


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Fit a bone's numbers to a reference mesh.")
    parser.add_argument("folder", type=Path, help="holds BONE.ply: mm, x left, y posterior")
    parser.add_argument("bone", help="for example L4")
    parser.add_argument("--out", type=Path, required=True, help="the YAML file to write")
    parser.add_argument("--seed", type=Path, help="start from this file, else from the bone's own")
    parser.add_argument("--straighten", action="store_true", help="see straightened()")
    parser.add_argument("--rounds", type=int, default=25)
    arguments = parser.parse_args()
    seed = numbers_of(arguments.seed or BONES / f"{arguments.bone}.yaml")
    settings = numbers_of(BONES / "fit.yaml")
    reference = in_own_frame(read_ply(arguments.folder / f"{arguments.bone}.ply"))
    samples = sampled(reference, int(settings["samples"]))
    numbers: Numbers = {"body": seed["body"], "parts": seed["parts"]}
    if arguments.straighten:
        numbers = straightened(numbers, samples)
    fit = Fit(numbers, samples, settings)
    before = fit.error()
    result = {**seed, "bone": arguments.bone, **rounded(fit.run(arguments.rounds))}
    text = yaml.safe_dump(result, default_flow_style=None, sort_keys=False, allow_unicode=True)
    arguments.out.write_text(text, encoding="utf-8")
    print(f"{arguments.bone}: mean distance at the surface {before:.3f} → {fit.error():.3f} mm")


if __name__ == "__main__":
    main()
