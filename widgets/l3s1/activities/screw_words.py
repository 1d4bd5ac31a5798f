"""What the screw trainer says: grade, breach, tip, neighbours, norms, and a test's feedback."""

from __future__ import annotations

from typing import TYPE_CHECKING

from l3s1.activities.screw_compare import compare, graded, mm
from l3s1.activities.screw_norms import PEOPLE
from l3s1.activities.screw_tasks import TASKS
from l3s1.content.numbers import say_number
from l3s1.models.screw_trajectory import PlanError
from l3s1.scene.words import say_list, say_structure
from l3s1.vocabulary import EVIDENCE_MARK

if TYPE_CHECKING:
    from l3s1.activities.screw_state import ScrewTrainerState, Situation
    from l3s1.models.screw_trajectory import ScrewResult

ACCEPTABLE_GRADES = "AB"
"""What the literature by habit calls acceptable."""

CLOSE_MM = 2.0
"""Nearer than this something beside the bone is named."""

LEAST_MM = 0.5
"""An entry nearer than this to the best is at its place."""

WAYS = {
    "medial": "medially, towards the canal",
    "lateral": "laterally",
    "superior": "upwards",
    "inferior": "downwards, towards the root below the pedicle",
    "anterior": "to the front",
}
CORTEX_WORDS = {"dorsal": "dorsal", "anterior": "anterior", "end_plate": "end-plate"}


def say_grade(result: ScrewResult) -> str:
    """The grade with how far and where the screw leaves the pedicle."""
    found = {way: value for way, value in result.pedicle.items() if value is not None}
    if not found:
        return "The screw does not pass through the pedicle: no grade says how it lies."
    way = max(found, key=lambda each: found[each])
    if result.grade == "A":
        least = mm(found[way])
        return f"Grade A: inside the pedicle; the least bone left is {least}, {WAYS[way]}."
    return f"Grade {result.grade}: out of the pedicle by {mm(found[way])}, {WAYS[way]}."


def say_tip(result: ScrewResult) -> str:
    """Where the tip ends."""
    wall = result.tip_to_wall
    if wall is None:
        return "The screw’s line misses the bone."
    if wall < 0:
        return f"The tip stands {mm(wall)} beyond the far wall of the bone."
    return f"The tip stops {mm(wall)} short of the far wall."


def say_neighbours(result: ScrewResult) -> str:
    """What the screw meets or nearly meets beside the bone."""
    near = result.near.items()
    met = [say_structure(name) for name, gap in near if gap <= 0]
    close = [f"{say_structure(name)} {mm(gap)}" for name, gap in near if 0 < gap < CLOSE_MM]
    said = f"It meets: {say_list(met)}." if met else "It meets no nerve, sac or vessel."
    return f"{said} Close: {say_list(close)}." if close else said


def say_alarm(result: ScrewResult) -> str:
    """What the grade does not know: a structure that is met, a tip out of the bone; or ""."""
    if any(gap <= 0 for gap in result.near.values()):
        return "Meets a nerve, the sac or a vessel"
    if result.tip_to_wall is not None and result.tip_to_wall < 0:
        return "Tip beyond the bone"
    return ""


def say_body(result: ScrewResult) -> str:
    """Where the screw leaves the bone elsewhere than in the pedicle, else ""."""
    out = [
        f"{WAYS[way].partition(',')[0]} by {mm(value)}"
        for way, value in result.breach.items()
        if value is not None and value > max(0.0, result.pedicle.get(way) or 0.0)
    ]
    return f"Beyond the pedicle it leaves the bone {say_list(out)}." if out else ""


def say_s1(result: ScrewResult, aim_deg: float) -> str:
    """Aim and cortices of an S1 screw, else ""."""
    s1 = result.s1
    if s1 is None:
        return ""
    off = say_number(round(abs(s1.off_promontory_deg)), "deg")
    way = "less" if s1.off_promontory_deg > 0 else "more"
    aim = (
        "Seen from above it is aimed at the promontory"
        if abs(s1.off_promontory_deg) <= aim_deg
        else f"It converges {off} {way} than the line to the promontory"
    )
    named = [CORTEX_WORDS[each] for each in s1.cortices]
    if not named:
        return f"{aim}, and grips no cortex."
    return f"{aim}, and grips {say_count(len(named))} ({say_list(named)})."


def say_count(cortices: int) -> str:
    """A number of cortices."""
    return "one cortex" if cortices == 1 else f"{['no', '', 'two', 'three'][cortices]} cortices"


def say_fill(result: ScrewResult) -> str:
    """How much of the pedicle's width the screw takes, else ""."""
    if result.width_filled is None:
        return ""
    return f"It takes {say_number(round(100 * result.width_filled), '%')} of the pedicle’s width."


def describe(state: ScrewTrainerState, now: Situation) -> list[str]:
    """All that the screw does, in sentences; PlanError as in `solve`."""
    result = now.result(state.norms)
    said = [
        say_grade(result),
        say_body(result),
        say_tip(result),
        say_fill(result),
        say_s1(result, state.norms.aim_deg),
        say_neighbours(result),
    ]
    return [each for each in said if each]


def advise(state: ScrewTrainerState, index: int) -> str:
    """What the pedicle of a placed screw of a test asked for, beside what was done."""
    now = state.placed(index)
    bone, screw = now.bone, now.screw
    if now.level == "S1":
        return (
            "Of S1 the pedicle has no narrowest section: judge the aim at the promontory and the "
            "cortices."
        )
    best = bone.reference_plan(now.side, screw.diameter_mm, screw.length_mm)
    aside, up = screw.medial_mm - best.medial_mm, screw.superior_mm - best.superior_mm
    entry = say_list(
        [
            f"{mm(value)} {more if value > 0 else less}"
            for value, more, less in (
                (aside, "medial to", "lateral to"),
                (up, "above", "below"),
            )
            if abs(value) >= LEAST_MM
        ]
    )
    place = "at its axis" if entry == "nothing" else f"{entry} where its axis comes out"
    return (
        f"You entered {place}; the axis converges {say_number(best.convergence_deg, 'deg')}, "
        f"your screw {say_number(screw.convergence_deg, 'deg')}. The pedicle is "
        f"{mm(bone.corridor.width or 0)} wide."
    )


def score(state: ScrewTrainerState) -> str:
    """How a test stands: grades so far, and how many are of those called acceptable."""
    if not state.results:
        return f"Test {state.seed}: {TASKS} screws to place."
    grades, met = [], 0
    for index in range(len(state.results)):
        try:
            result = state.placed(index).result(state.norms)
        except PlanError:
            grades.append("–")
            continue
        grades.append(graded(result) or "–")
        met += any(gap <= 0 for gap in result.near.values())
    good = sum(each in ACCEPTABLE_GRADES for each in grades)
    return (
        f"Test {state.seed}: {good} of {len(grades)} placed are A or B ({', '.join(grades)}); "
        f"{met} {'meets' if met == 1 else 'meet'} a nerve, the sac or a vessel."
    )


def summarise(state: ScrewTrainerState) -> list[str]:
    """A finished test, screw by screw."""
    lines = []
    for index in range(len(state.results)):
        now = state.placed(index)
        try:
            grade = say_grade(now.result(state.norms))
        except PlanError:
            grade = NO_BONE
        lines.append(f"{index + 1}. {now.level}, {now.side.value}: {grade}")
    return lines


def heading(state: ScrewTrainerState) -> str:
    """Which screw of whom."""
    now = state.situation()
    where = f"{now.level}, {now.side.value}"
    if state.finished:
        return f"Test {state.seed} is over; shown is its last screw: {where}."
    if state.mode == "test":
        number = min(state.task + 1, TASKS)
        return f"Screw {number} of {TASKS}: {where}; a person you know nothing of."
    person = PEOPLE[state.person]
    if now.level == "S1" and state.person in ("narrow", "wide"):
        person += " (S1 as it is: of its narrowest part no spread was found)"
    drawn = f" (number {state.person_seed})" if state.person == "drawn" else ""
    return f"{where}. {person}{drawn}."


def say_plan(now: Situation) -> str:
    """What is set."""
    plan = now.plan
    return (
        f"Entry {mm(plan['medial_mm'])} {'medial' if plan['medial_mm'] >= 0 else 'lateral'}, "
        f"{mm(plan['superior_mm'])} {'up' if plan['superior_mm'] >= 0 else 'down'}; "
        f"{say_number(plan['convergence_deg'], 'deg')} inward, "
        f"{say_number(plan['sagittal_deg'], 'deg')} upward; "
        f"{mm(plan['diameter_mm'])} thick, {mm(plan['length_mm'])} long."
    )


def text_twin(state: ScrewTrainerState) -> str:
    """What is shown, in words."""
    now = state.situation()
    lines = [heading(state), say_plan(now)]
    if state.mode == "test":
        lines.append(score(state))
    if now.hidden:
        return "\n".join([*lines, HIDDEN])
    if state.finished:
        return "\n".join([*lines, *summarise(state)])
    try:
        lines += describe(state, now)
        if state.mode == "test":
            index = min(state.task, TASKS - 1)
            return "\n".join([*lines, advise(state, index)])
        lines.append("Beside what is published:")
        for each in compare(state, now):
            mark = EVIDENCE_MARK[state.content.facts[each["fact"]].evidence]
            lines.append(f"  {mark} {each['label']}: {each['yours']}; {each['published']}")
    except PlanError as error:
        lines.append(f"No screw here: {say_error(state, error)}")
    return "\n".join(lines)


def say_error(state: ScrewTrainerState, error: PlanError) -> str:
    """Why there is no screw; in a test without numbers, which tell where the hand started."""
    return MISSED if state.mode == "test" else f"{error}."


MISSED = "there is no bone where this screw is to enter: move the entry back onto the bone."

NO_BONE = "no bone where it was to enter."

HIDDEN = "What the screw does is shown when it is placed."
