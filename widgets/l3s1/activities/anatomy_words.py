"""The text twin of the anatomy explorer: what each of its modes shows, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from l3s1.activities.anatomy_catalogue import ModelStructure, say_amount
from l3s1.activities.anatomy_variants import grade_of
from l3s1.activities.wording import say_value
from l3s1.scene.scene_words import VIEW_WORDS
from l3s1.scene.words import say_list
from l3s1.vocabulary import EVIDENCE_MARK, Layer

if TYPE_CHECKING:
    from l3s1.activities.anatomy_state import AnatomyExplorerState
    from l3s1.content import Comparison

_RESULT_WORDS = {
    "first": "right at once",
    "later": "right after a miss",
    "shown": "shown",
    "skipped": "skipped",
}
_DIFFICULTY = {1: "easy", 2: "harder", 3: "hard"}


def describe_state(state: AnatomyExplorerState) -> str:
    """All that the explorer shows now; one line for each thing."""
    tell = {
        "explore": _explore,
        "compare": _compare,
        "variants": _variants,
        "find": _find,
    }[state.mode]
    return "\n".join(tell(state))


def _explore(state: AnatomyExplorerState) -> list[str]:
    lines = [f"Anatomy explorer. {_view(state)}"]
    selected = state.by_id.get(state.structure)
    if selected is None:
        return [*lines, "Nothing is selected."]
    kind = selected.kind
    latin = f" ({kind.latin})" if kind.latin else ""
    lines += [
        f"Selected: {selected.name}{latin}.",
        f"What it is: {kind.what}",
        f"Why a fusion surgeon cares: {kind.surgeon}",
    ]
    if kind.levels_differ:
        lines.append(f"From L3 to S1: {kind.levels_differ}")
    for row in kind.numbers:
        fact = state.content.facts[row.fact]
        values = "; ".join(say_value(fact.value(name)) for name in row.values)
        lines.append(f"{EVIDENCE_MARK[fact.evidence]} {row.label}: {values}")
    lines += [
        f"Easily mistaken for the {state.content.structures[miss.structure].name}: "
        f"{miss.tell_apart}."
        for miss in kind.confused_with
    ]
    return lines


def _view(state: AnatomyExplorerState) -> str:
    parts = [f"Seen {VIEW_WORDS[state.view]}, {state.posture}"]
    gone = [layer.value for layer in Layer][: state.peeled]
    if gone:
        parts.append(f"{say_list(gone)} peeled off")
    if state.isolated:
        parts.append(f"only {_some(state, state.isolated)} shown")
    if state.hidden:
        parts.append(f"{_some(state, state.hidden)} hidden")
    if state.section:
        parts.append(f"cut {say_section(state.section)}")
    if state.explode:
        parts.append(f"pulled apart by {state.explode:.0%}".replace("%", " %"))
    return f"{', '.join(parts)}."


def _some(state: AnatomyExplorerState, names: list[str]) -> str:
    few = 4
    if len(names) > few:
        return f"{len(names)} structures"
    return say_list([state.by_id[name].name for name in names])


def say_section(section: str) -> str:
    """A section in words: "axially through the disc L4–L5", "sagittally at 0 mm"."""
    plane, place = section.split(":")
    if "L" in place:
        return f"{plane}ly through the disc {place.replace('-', '–')}"
    return f"{plane}ly at {place.replace('-', '−')} mm"


def _compare(state: AnatomyExplorerState) -> list[str]:
    first, second = state.levels
    lines = [f"{first} beside {second}, to one scale, seen {VIEW_WORDS[state.view]}."]
    for comparison in state.content.comparisons.values():
        lines.append(f"{comparison.label}: {comparison.change} {comparison.matters}")
        lines += _series(state, comparison)
    return lines


def _series(state: AnatomyExplorerState, comparison: Comparison) -> list[str]:
    lines = []
    for series in comparison.series:
        said = [
            f"{level} {say_amount(state.content, series.fact, series.values[level])}"
            for level in state.levels
            if level in series.values
        ]
        if said:
            mark = EVIDENCE_MARK[state.content.facts[series.fact].evidence]
            lines.append(f"  {mark} {series.label}: {'; '.join(said)}")
    return lines


def _variants(state: AnatomyExplorerState) -> list[str]:
    by_segment = {each["id"]: each for each in state.variants["segments"]}
    lines = [f"Variants of the model, seen {VIEW_WORDS[state.view]}."]
    for name, share in sorted(state.slip.items()):
        depth = by_segment[name]["plate_depth_mm"]
        grade = grade_of(share, state.variant("slip")["marks"])
        lines.append(f"Slip at {_dash(name)}: {_percent(share)}, {share * depth:.1f} mm, {grade}.")
    for name, kept in sorted(state.disc_height.items()):
        height = by_segment[name]["disc_height_mm"]
        lines.append(f"Disc {_dash(name)}: {_percent(kept)} of its height, {kept * height:.1f} mm.")
    for key in ("facet_hypertrophy", "flavum_thickening"):
        share = getattr(state, key)
        variant = state.variant(key)
        if share:
            full = variant["full_mm"]
            amount = _percent(share) if full is None else f"{share * full:.1f} mm"
            lines.append(f"{variant['label']}: {amount}.")
    areas = [f"{_dash(name)} {round(area)} mm²" for name, area in state.canal_areas().items()]
    if areas:
        marks = state.variant("flavum_thickening")["marks"]
        limits = "; ".join(f"{mark['label']} {mark['at']:g} mm²" for mark in marks)
        lines.append(f"Area left for the dural sac: {', '.join(areas)}. Published: {limits}.")
    factors = " × ".join(_percent(factor) for factor in state.scale())
    option = next(o for o in state.variant("sex")["options"] if o["id"] == state.sex)
    lines.append(
        f"{state.variant('sex')['label']}: {option['label']}; stature {state.stature:g} cm; "
        f"width × depth × height of the model: {factors}."
    )
    if not (state.slip or state.disc_height or state.facet_hypertrophy or state.flavum_thickening):
        lines.insert(1, "No slip, full discs, facets and flavum as usual.")
    return lines


def _find(state: AnatomyExplorerState) -> list[str]:
    tasks, results = state.tasks, state.results
    counts = [
        f"{results.count(result)} {words}"
        for result, words in _RESULT_WORDS.items()
        if result in results
    ]
    score = f" So far: {say_list(counts)}." if counts else ""
    if len(results) >= len(tasks):
        return [f"Find it, round {state.seed}: all {len(tasks)} tasks done.{score}"]
    task = tasks[len(results)]
    asked = state.by_id[task.structure]
    question = (
        f"Click {_the(asked)}."
        if task.kind == "click"
        else f"Name the highlighted structure: {_choices(state, task.choices)}?"
    )
    place = f"task {len(results) + 1} of {len(tasks)}, {_DIFFICULTY[task.difficulty]}"
    return [f"Find it, round {state.seed}, {place}.{score}", question]


def _the(structure: ModelStructure) -> str:
    named = structure.id == structure.level and structure.id != "sacrum"
    return structure.name if named else f"the {structure.name}"


def _choices(state: AnatomyExplorerState, names: tuple[str, ...]) -> str:
    *most, last = [state.by_id[name].name for name in names]
    return f"{', '.join(most)} or {last}"


def _dash(segment: str) -> str:
    return segment.replace("-", "–")


def _percent(share: float) -> str:
    return f"{round(share * 100)} %"
