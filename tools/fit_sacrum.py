"""Fit the sacrum's numbers to a reference mesh: ``fit_sacrum.py MESH --out FILE``.

MESH is a PLY (mm; x left, y posterior, z superior). Starts from ``assets/bones/sacrum.yaml``, or
from ``--seed FILE``, and moves the numbers as ``fit_bones.py`` does. The reference mesh is not part
of the repository; only numbers are written.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from bone_reference import Samples, in_sacral_frame, read_ply, sampled
from build_bones import BONES, numbers_of
from fit_bones import Fields, Fit, Numbers, Where, kind, rounded
from l3s1.models.bones.lumbar import part_from
from l3s1.models.bones.sacrum import SWEPT, join, sacrum_from, sheet_from, top_from
from l3s1.models.bones.sdf import Array

FIXED = {"line", "stations", "across", "x", "y", "plate"}
"""What of the sheet and of the top only says where the heights lie."""


@dataclass
class SacrumFit(Fit):
    """A search for the numbers of a sacrum."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.on_sheet = sheet_from(self.numbers["sheet"]).coordinates(self.points)

    def is_free(self, path: Where, value: float) -> bool:
        """Whether a number may move: what lies on the mirror plane stays there."""
        if path[1] in self.settings["held"]:
            return False
        if path[0] in ("sheet", "top"):
            return kind(path) not in FIXED
        if path[-1] != 0 or kind(path) not in ("line", "up"):
            return True
        part = self.numbers[str(path[0])][path[1]]
        if kind(path) == "line":
            return value != 0.0
        return any(knot[0] != 0.0 for knot in part["line"])

    def group(self, path: Where) -> str:
        """`sheet`, `top`, or the name of the part or hole that a number belongs to."""
        return str(path[0] if path[0] in ("sheet", "top") else path[1])

    def field_of(self, numbers: Numbers, name: str) -> Array:
        """The field of the sheet, the top, a part or a hole at the samples."""
        if name == "sheet":
            sheet = sheet_from(numbers["sheet"])
            return sheet.distance_at(np.abs(self.points[:, 0]), *self.on_sheet)
        if name == "top":
            return top_from(numbers["top"]).distance(self.points)
        return part_from(name, swept(numbers)[name]).distance(self.points)

    def fields(self, numbers: Numbers) -> Fields:
        """All fields at the samples."""
        return {name: self.field_of(numbers, name) for name in ("sheet", "top", *swept(numbers))}

    def whole(self, numbers: Numbers, fields: Fields) -> Array:
        """The bone's field at the samples, from its fields."""
        return join(fields["sheet"], fields["top"], fields, sacrum_from(numbers))

    def unfair(self, numbers: Numbers) -> list[float]:
        """What bends of the heights, of the outline and of the swept parts cost."""
        fairness = self.settings["fairness"]
        result = self.swept_unfair(swept(numbers))
        sheet, heights = numbers["sheet"], float(fairness["heights"])
        for grid in (sheet["dorsal"], sheet["ventral"], numbers["top"]["z"]):
            values = np.array(grid, float)
            # rows of the top and columns of the sheet go on beyond the mirror plane
            values = values.T if grid is numbers["top"]["z"] else values
            values = np.c_[values[:, 1], values]
            result.extend(heights * np.diff(values, 2, axis=0).ravel())
            result.extend(heights * np.diff(values, 2, axis=1).ravel())
        widths = np.array(sheet["half_width"], float)
        result.extend(float(fairness["half_width"]) * np.diff(widths, 2))
        return result


def swept(numbers: Numbers) -> Numbers:
    """The numbers of everything that is added or hollowed, by name."""
    return {name: part for group in SWEPT for name, part in numbers[group].items()}


def above_apex(samples: Samples, numbers: Numbers) -> Samples:
    """The samples that lie on the stretch that the stations describe."""
    sheet = sheet_from(numbers["sheet"])

    def kept(p: Array) -> Any:
        return sheet.coordinates(p)[0] < sheet.stations[-1] - sheet.edge

    near = kept(samples.around)
    return Samples(
        samples.surface[kept(samples.surface)], samples.around[near], samples.distance[near]
    )


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Fit the sacrum's numbers to a reference mesh.")
    parser.add_argument("mesh", type=Path, help="a PLY: mm, x left, y posterior, z superior")
    parser.add_argument("--out", type=Path, required=True, help="the YAML file to write")
    parser.add_argument("--seed", type=Path, help="start from this file, else from sacrum.yaml")
    parser.add_argument("--rounds", type=int, default=25)
    arguments = parser.parse_args()
    seed = numbers_of(arguments.seed or BONES / "sacrum.yaml")
    settings = numbers_of(BONES / "fit_sacrum.yaml")
    numbers: Numbers = {key: seed[key] for key in ("sheet", "top", *SWEPT)}
    samples = sampled(in_sacral_frame(read_ply(arguments.mesh)), int(settings["samples"]))
    fit = SacrumFit(numbers, above_apex(samples, numbers), settings)
    before = fit.error()
    result = {**seed, **rounded(fit.run(arguments.rounds))}
    text = yaml.safe_dump(result, default_flow_style=None, sort_keys=False, allow_unicode=True)
    arguments.out.write_text(text, encoding="utf-8")
    print(f"sacrum: mean distance at the surface {before:.3f} → {fit.error():.3f} mm")


if __name__ == "__main__":
    main()
