"""The text twin of the alignment workbench: what each of its modes shows, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from l3s1.activities.wording import say_number
from l3s1.models.alignment.film import LANDMARKS, truth
from l3s1.models.alignment.spine import SEGMENTS
from l3s1.scene.words import say_list
from l3s1.vocabulary import EVIDENCE_MARK, Evidence

if TYPE_CHECKING:
    from l3s1.activities.alignment_state import AlignmentState
    from l3s1.models.alignment.reading import Reading
    from l3s1.models.alignment.scores import GapPart, Target
    from l3s1.models.alignment.spine import Spine

ANGLE_WORDS = {
    "incidence": "pelvic incidence",
    "tilt": "pelvic tilt",
    "slope": "sacral slope",
    "lordosis": "lordosis L1–S1",
    "low_lordosis": "lordosis L4–S1",
    "mismatch": "incidence minus lordosis",
    "share": "share of L4–S1",
    "sva": "sagittal vertical axis",
    "global_tilt": "global tilt",
}
_MARK_WORDS = {"quoted": "quoted in another paper", "unsourced": "not sourced"}


def describe_state(state: AlignmentState) -> str:
    """All that the workbench shows now; one line for each thing."""
    tell = {"explore": _explore, "plan": _plan, "measure": _measure}[state.mode]
    return "\n".join(tell(state))


def say_angle(angle: float) -> str:
    """Degrees to a tenth, as the page shows them: "12.0°"; minus as a real minus sign."""
    shown = f"{angle:.1f}"
    return f"{'0.0' if shown == '-0.0' else shown}°".replace("-", "−")


def say_segment(segment: str) -> str:
    """A segment or vertebra as it is written: "L4–L5"."""
    return segment.replace("-", "–")


def _explore(state: AlignmentState) -> list[str]:
    reading = state.reading()
    posture = "standing" if state.posture == "standing" else "lying on the back"
    return [
        (
            f"Alignment workbench: a person {posture}, seen from the left, from L1 to the hip "
            "axis. What lies above is not drawn: values from C7 are entered by hand."
        ),
        *_clamp_line(state),
        *_spine_lines(reading.shown),
        *_supine_lines(state),
        *_unusual_line(state, reading.shown),
        *_judged(state, reading),
        *_beside(state, "roussouly", "low_lordosis", "mismatch", "gap", "age"),
    ]


def _plan(state: AlignmentState) -> list[str]:
    reading = state.reading()
    before, shown = reading.before, reading.shown
    cages = [
        f"{say_segment(segment)} {say_angle(state.cages[segment])}"
        for segment in SEGMENTS
        if segment in state.cages
    ]
    lines = [
        "Alignment workbench: plan of cages, standing, from L1 to the hip axis.",
        *_clamp_line(state),
        f"Cages give the discs these angles: {say_list(cages)}."
        if cages
        else "No cage is in: the spine is as before.",
        (
            f"Lordosis {_from_to(before.lordosis, shown.lordosis)}, of L4–S1 "
            f"{_from_to(before.low_lordosis, shown.low_lordosis)}; incidence minus lordosis "
            f"{_from_to(before.mismatch, shown.mismatch)}."
        ),
    ]
    relations = state.published.norms["relations"]
    after = [
        f"{say_angle(each.tilt)} {relation['label']}"
        for each, relation in zip(reading.tilts_after, relations, strict=True)
    ]
    lines += [
        (
            f"Pelvic tilt before {say_angle(before.tilt)}; after, by published relations: "
            f"{say_list(after)}. They come from long corrections of deformity: extrapolated."
        ),
        "The pelvis is drawn by the first."
        if state.pelvis == "follows"
        else "The pelvis is drawn as it was.",
        "A cage’s angle is not the angle that is reached:",
        *_beside(state, "cages"),
        *_spine_lines(shown),
        *_judged(state, reading),
        *_beside(state, "mismatch", "gap", "age"),
    ]
    return lines


def _measure(state: AlignmentState) -> list[str]:
    film, measured = state.film(), state.measured()
    missing = [name for name in LANDMARKS if name not in state.points]
    lines = [f"Alignment workbench: a film to be measured, person {state.seed}."]
    if missing:
        lines.append(
            f"Points set: {len(LANDMARKS) - len(missing)} of {len(LANDMARKS)}. "
            f"Next: {_say_landmark(missing[0])}."
        )
        return lines
    for name, value in truth(film.spine).items():
        found = measured[name]
        words = ANGLE_WORDS[name]
        if value is None or found is None:
            lines.append(f"{_capital(words)}: not to be had, there is no lordosis.")
            continue
        say = _say_share if name == "share" else say_angle
        lines.append(
            f"{_capital(words)}: measured {say(found)}, true {say(value)}, error "
            f"{say(found - value)}."
        )
    lines.extend(
        f"{_mark(observer)} {_capital(ANGLE_WORDS[observer['of']])}, published: "
        f"{observer['what']} {say_number(observer['low'], 'count')} to "
        f"{say_number(observer['high'], 'deg')}{_caveat(observer)}."
        for observer in state.published.norms["observers"]
    )
    return lines


def _say_share(share: float) -> str:
    return say_angle(share).replace("°", " %")


def _say_landmark(name: str) -> str:
    bone, _, end = name.partition(".")
    if bone == "hip":
        return f"centre of the {'nearer' if end == 'near' else 'farther'} femoral head"
    return f"{end} corner of the upper plate of {bone}"


def _spine_lines(spine: Spine) -> list[str]:
    share = "" if spine.share is None else f", {_say_share(spine.share)} of it"
    segments = ", ".join(
        f"{say_segment(name)} {say_angle(angle)}"
        for name, angle in zip(SEGMENTS, spine.segments, strict=True)
    )
    apex = "The plates fall forward, or backward, all the way: no apex from L1 to S1."
    if spine.apex is not None:
        where = "disc of " if "-" in spine.apex else ""
        apex = f"Apex of the lordosis: {where}{say_segment(spine.apex)}."
    return [
        (
            f"Pelvic incidence {say_angle(spine.incidence)} = pelvic tilt {say_angle(spine.tilt)} "
            f"+ sacral slope {say_angle(spine.slope)}."
        ),
        (
            f"Lordosis L1–S1 {say_angle(spine.lordosis)}; L4–S1 {say_angle(spine.low_lordosis)}"
            f"{share}; incidence minus lordosis {say_angle(spine.mismatch)}."
        ),
        f"Segments: {segments}.",
        apex,
    ]


def _clamp_line(state: AlignmentState) -> list[str]:
    if not state.clamped:
        return []
    return [
        (
            f"A tilt of {say_angle(state.tilt)} would turn the sacral plate past level: drawn with "
            f"{say_angle(state.incidence)}, the incidence."
        )
    ]


def _unusual_line(state: AlignmentState, spine: Spine) -> list[str]:
    usual = state.published.norms["usual"]
    beyond = [
        f"{ANGLE_WORDS[name]} ({say_number(limits['low'], 'count')} to "
        f"{say_number(limits['high'], 'deg')}, {limits['label']})"
        for name, limits in usual.items()
        if not limits["low"] <= round(getattr(spine, name), 6) <= limits["high"]
    ]
    return [f"Unusual in people without symptoms: {say_list(beyond)}."] if beyond else []


def _supine_lines(state: AlignmentState) -> list[str]:
    if state.posture == "standing":
        return []
    said = []
    for study in state.published.norms["supine_studies"]:
        changes = [
            f"{ANGLE_WORDS[name] if name != 'lordosis' else 'lordosis'} {say_angle(study[name])}"
            for name in ("slope", "lordosis", "low_lordosis")
            if study[name] is not None
        ]
        said.append(f"{_mark(study)} {study['label']}: {', '.join(changes)}{_caveat(study)}")
    return [
        (
            "Drawn by the first of these studies, its lordosis split as in the second; they "
            "disagree which way the sacrum turns:"
        ),
        *(f"  {line}." for line in said),
        *_beside(state, "supine"),
        "Limits and scores below are made for standing films.",
    ]


def _judged(state: AlignmentState, reading: Reading) -> list[str]:
    norms = state.published.norms
    return [
        *_scale_lines(norms, reading),
        *_gap_lines(norms["gap"], reading),
        "Lordosis that formulae ask for (shown minus asked in brackets):",
        *_target_lines(norms["lordosis_formulas"], reading.lordosis),
        "Pelvic tilt that formulae expect:",
        *_target_lines(norms["tilt_formulas"], reading.tilt),
        *_age_lines(state, norms["age_targets"], reading.age),
    ]


def _scale_lines(norms: Mapping[str, Any], reading: Reading) -> list[str]:
    lines = []
    for name, scale in norms["scales"].items():
        band = reading.bands[name]
        title = f"SRS–Schwab, {scale['label']}" if name.startswith("schwab") else scale["label"]
        if band is None:
            lines.append(f"{_mark(scale)} {_capital(title)}: not on this film.")
        else:
            label = _band_label(scale, band, norms["forward"])
            if name == "roussouly" and _is_backward(norms["backward"], reading.shown):
                label = f"{label} by the slope; {norms['backward']['label']}"
            lines.append(f"{_mark(scale)} {_capital(title)}: {label}{_caveat(scale)}.")
    return lines


def _is_backward(backward: Mapping[str, Any], spine: Spine) -> bool:
    incidence, slope = round(spine.incidence, 6), round(spine.slope, 6)
    return bool(incidence >= backward["incidence_from"] and slope < backward["slope_below"])


def _band_label(scale: Mapping[str, Any], band: str, forward: Mapping[str, Any]) -> str:
    labels = {each["id"]: str(each["label"]) for each in scale["bands"]}
    return labels[band] if band in labels else str(forward["label"])


def _gap_lines(rules: Mapping[str, Any], reading: Reading) -> list[str]:
    gap = reading.gap

    def part(name: str, found: GapPart | None, missing: str) -> str:
        scale = rules[name]
        if found is None:
            return f"{scale['label']} {missing}"
        label = next(each["label"] for each in scale["bands"] if each["id"] == found.band)
        say = _say_share if name == "distribution" else say_angle
        return f"{scale['label']} {say(found.value)} ({label}, {found.points})"

    score = str(gap.low) if gap.low == gap.high else f"{gap.low} to {gap.high}"
    names = {each["id"]: each["label"] for each in rules["category"]["bands"]}
    categories = list(dict.fromkeys((names[gap.category_low], names[gap.category_high])))
    parts = [
        part("version", gap.version, ""),
        part("lordosis", gap.lordosis, ""),
        part("distribution", gap.distribution, "not to be had without lordosis"),
        part("alignment", gap.alignment, "not known without C7"),
        f"age ({gap.age})",
    ]
    return [
        (
            f"{_mark(rules['category'])} GAP score {score}, {' to '.join(categories)}: "
            f"{'; '.join(parts)}{_caveat(rules['category'])}."
        )
    ]


def _target_lines(formulas: Iterable[Mapping[str, Any]], targets: Sequence[Target]) -> list[str]:
    by_id = {target.id: target for target in targets}
    lines = []
    for formula in formulas:
        target = by_id.get(formula["id"])
        if target is None:
            continue
        asked = say_angle(target.ideal)
        if target.low != target.high:
            asked = f"{say_angle(target.low)} to {say_angle(target.high)}"
        lines.append(
            f"  {_mark(formula)} {formula['label']}: {asked} ({_signed(target.miss)})"
            f"{_caveat(formula)}"
        )
    return lines


_SIDES = {"for": "For", "against": "Against", "note": "Note"}
_BESIDE_WORDS = {
    "roussouly": "Roussouly types",
    "low_lordosis": "lordosis of L4–S1",
    "mismatch": "incidence minus lordosis",
    "gap": "GAP score",
    "age": "targets by age",
    "cages": "cages",
    "supine": "lying",
}


def _beside(state: AlignmentState, *topics: str) -> list[str]:
    rows = state.published.norms["beside"]
    return [
        f"{_mark(row)} {_SIDES[row['side']]}, {_BESIDE_WORDS[topic]}: {row['statement']}"
        f"{_caveat(row)}"
        for topic in topics
        for row in rows[topic]
    ]


def _age_lines(
    state: AlignmentState, formulas: Iterable[Mapping[str, Any]], targets: Sequence[Target]
) -> list[str]:
    if not targets:
        age = say_number(state.age, "y")
        return [f"Targets by age: no number was read for {age} of age, so none is shown."]
    by_id = {target.id: target for target in targets}
    said = []
    for formula in formulas:
        target = by_id.get(formula["id"])
        if target is not None:
            unit = "mm" if formula["of"] == "sva" else "deg"
            said.append(f"{formula['label']} {say_number(target.ideal, unit)}{_caveat(formula)}")
    return [f"Targets by age, at {say_number(state.age, 'y')}: {'; '.join(said)}."]


def _from_to(before: float, after: float) -> str:
    return f"from {say_angle(before)} to {say_angle(after)}"


def _signed(angle: float) -> str:
    shown = say_angle(angle)
    return shown if shown.startswith(("−", "0.0")) else f"+{shown}"


def _mark(known: Mapping[str, Any]) -> str:
    return EVIDENCE_MARK[Evidence(known["evidence"])]


def _caveat(known: Mapping[str, Any]) -> str:
    words = [_MARK_WORDS[mark] for mark in known["marks"]]
    return f" [{', '.join(words)}]" if words else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
