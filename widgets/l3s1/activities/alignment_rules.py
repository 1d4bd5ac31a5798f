"""The alignment workbench's data, for the page as JSON and for the models as records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from l3s1.activities.alignment_norms import describe_body, describe_norms
from l3s1.activities.alignment_source import Source
from l3s1.models.alignment.film import Drawn, People, SegmentMeans
from l3s1.models.alignment.reading import Relation, Rules, Supine
from l3s1.models.alignment.scores import Band, Formula, Forward, GapRules, Scale, Step
from l3s1.models.alignment.spine import Body, DiscSize, VertebraSize


@dataclass(frozen=True)
class Published:
    """The workbench's data: for the page (`body`, `norms`) and for the models (`rules`)."""

    body: dict[str, Any]
    norms: dict[str, Any]
    rules: Rules

    @property
    def facts(self) -> list[str]:
        """Every fact that is named in it, each once."""
        return list(dict.fromkeys([*_facts_in(self.body), *_facts_in(self.norms)]))


def publish(source: Source) -> Published:
    """Everything that the workbench shows and computes with."""
    body, norms = describe_body(source), describe_norms(source)
    return Published(body, norms, make_rules(body, norms))


def make_rules(body: Mapping[str, Any], norms: Mapping[str, Any]) -> Rules:
    """The models' records of what the page reads as JSON."""
    gap = norms["gap"]
    scales = {name: _scale(scale) for name, scale in norms["scales"].items()}
    people, supine, forward = norms["people"], norms["supine"], norms["forward"]
    return Rules(
        body=Body(
            tuple(VertebraSize(**size) for size in body["vertebrae"]),
            tuple(DiscSize(**size) for size in body["discs"]),
            *(
                body[name]
                for name in (
                    "sacrum_depth_mm",
                    "hip_distance_mm",
                    "head_radius_mm",
                    "head_apart_mm",
                )
            ),
        ),
        tilt=(norms["ranges"]["tilt"]["low"], norms["ranges"]["tilt"]["high"]),
        scales=scales,
        forward=Forward(forward["id"], forward["incidence_below"], forward["slope_above"]),
        gap=GapRules(
            ideal_slope=_formula(gap["ideal_slope"]),
            ideal_lordosis=_formula(gap["ideal_lordosis"]),
            ideal_global_tilt=_formula(gap["ideal_global_tilt"]),
            version=_scale(gap["version"]),
            lordosis=_scale(gap["lordosis"]),
            distribution=_scale(gap["distribution"]),
            alignment=_scale(gap["alignment"]),
            age=_scale(gap["age"]),
            category=_scale(gap["category"]),
        ),
        lordosis_formulas=_formulas(norms["lordosis_formulas"]),
        tilt_formulas=_formulas(norms["tilt_formulas"]),
        age_targets=_formulas(norms["age_targets"]),
        supine=Supine(supine["slope"], supine["upper_lordosis"], supine["low_lordosis"]),
        relations=tuple(
            Relation(each["id"], each["per"], each["tilt_per_degree"])
            for each in norms["relations"]
        ),
        people=People(
            Drawn(**people["tilt"]),
            Drawn(**people["slope"]),
            (people["incidence"][0], people["incidence"][1]),
            (people["mismatch"][0], people["mismatch"][1]),
            tuple(people["deviations"]),
        ),
        segment_means=tuple(
            SegmentMeans(each["id"], each["below"], each["included"], tuple(each["means"]))
            for each in norms["segment_means"]
        ),
    )


def _scale(scale: Mapping[str, Any]) -> Scale:
    return Scale(scale["id"], tuple(Band(**band) for band in scale["bands"]))


def _formulas(formulas: Sequence[Mapping[str, Any]]) -> tuple[Formula, ...]:
    return tuple(_formula(formula) for formula in formulas)


def _formula(formula: Mapping[str, Any]) -> Formula:
    steps = tuple(Step(**step) for step in formula["steps"])
    names = ("id", "of", "intercept", "incidence", "age", "tolerance", "by")
    return Formula(**{name: formula[name] for name in names}, steps=steps)


def _facts_in(data: Any) -> Iterator[str]:
    if isinstance(data, Mapping):
        for key, value in data.items():
            if key == "fact":
                yield value
            elif key in {"facts", "others"}:
                yield from value
            else:
                yield from _facts_in(value)
    elif isinstance(data, list):
        for value in data:
            yield from _facts_in(value)
