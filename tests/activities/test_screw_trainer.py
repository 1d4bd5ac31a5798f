"""The screw trainer without a browser: its state, people, tests, words, and what the page gets."""

from __future__ import annotations

import gzip
import json
import re
from typing import Any

import pytest
import traitlets
from fact_numbers import content

from l3s1.activities import screw_norms as facts
from l3s1.activities.alignment_source import Source
from l3s1.activities.screw_scene import HEAD, SHAFT, bone_pack
from l3s1.activities.screw_state import PLAN, STATE, TEST_START, ScrewTrainerState
from l3s1.activities.screw_tasks import TASKS, draw_tasks
from l3s1.activities.screw_trainer import ALIGN_MESSAGE, BONE_MESSAGE, ScrewTrainerActivity
from l3s1.models.anatomy.pack import unpack_anatomy
from l3s1.models.screw_trajectory import LEVELS

OUT = dict.fromkeys(("medial_mm", "superior_mm"), 0.0) | {
    "convergence_deg": 40.0,
    "sagittal_deg": 0.0,
    "diameter_mm": 7.5,
    "length_mm": 45.0,
}
"""At L4 far through the medial wall."""

ASIDE = {**OUT, "medial_mm": -10.0, "superior_mm": 10.0}
"""At L3 beside the bone."""


@pytest.fixture
def trainer() -> ScrewTrainerActivity:
    return ScrewTrainerActivity(content())


def sent(trainer: ScrewTrainerActivity, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Collects what the kernel sends besides its state."""
    found: list[Any] = []
    monkeypatch.setattr(
        trainer, "send", lambda message, buffers=(): found.append((message, *buffers))
    )
    return found


def test_widget_and_state_are_one(trainer: ScrewTrainerActivity) -> None:
    assert set(STATE) <= set(trainer.keys)
    trainer.level = "L4"
    trainer.plan = OUT
    assert trainer.state.plan == OUT
    assert trainer.shown["grade"] in "BCDE"
    assert "medially" in " ".join(trainer.shown["said"])
    assert repr(trainer) == trainer.text_twin()
    with pytest.raises(traitlets.TraitError, match="give -10 to 50 degrees"):
        trainer.plan = {**OUT, "convergence_deg": 70.0}
    with pytest.raises(traitlets.TraitError, match="length_mm missing"):
        trainer.plan = {name: OUT[name] for name in PLAN if name != "length_mm"}
    assert trainer.plan == OUT


def test_what_a_page_sends_is_drawn_once(
    trainer: ScrewTrainerActivity, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[dict[str, Any]] = []
    picture = trainer._picture

    def draw() -> dict[str, Any]:
        drawn.append(picture())
        return drawn[-1]

    monkeypatch.setattr(trainer, "_picture", draw)
    trainer.set_state({"level": "L3", "side": "right", "plan": trainer.state.starts["L3"]})
    assert len(drawn) == 1
    assert (trainer.shown["level"], trainer.shown["side"]) == ("L3", "right")
    assert trainer.shown["plan"] == trainer.state.starts["L3"]


@pytest.mark.parametrize("level", LEVELS)
def test_each_level_starts_as_it_is_taught(level: str) -> None:
    """And a screw along the pedicle's own axis lies inside it."""
    state = ScrewTrainerState(content(), level=level)
    assert state.plan == state.starts[level]
    fact = facts.S1_RULE if level == "S1" else facts.RULE
    taught = Source(content()).number(f"{fact}.{level.lower()}")
    assert state.plan["convergence_deg"] == taught
    state.plan = state.aligned()
    result = state.situation().result(state.norms)
    assert result.grade == "A"
    if result.s1:
        assert abs(result.s1.off_promontory_deg) <= 1


def test_what_the_lesson_lets_students_try_happens() -> None:
    """Its first two tasks: the angle of L5 at L3, and a screw that fills a narrow pedicle."""
    habit = ScrewTrainerState(content(), level="L3")
    narrow = ScrewTrainerState(content(), level="L4", person="narrow")
    for state, change in (
        (habit, {"convergence_deg": habit.starts["L5"]["convergence_deg"]}),
        (narrow, {"diameter_mm": 8.5}),
    ):
        assert state.situation().result(state.norms).grade == "A"
        state.plan = state.plan | change
        result = state.situation().result(state.norms)
        assert result.grade == "B"
        assert max(result.pedicle, key=lambda wall: result.pedicle[wall] or -99.0) == "medial"
    habit.plan = habit.plan | {"medial_mm": -2.0}
    assert habit.situation().result(habit.norms).grade == "A"


def test_left_and_right_are_mirror_images() -> None:
    left, right = (ScrewTrainerState(content(), level="L4", side=s) for s in ("left", "right"))
    one, other = (each.situation().result(each.norms) for each in (left, right))
    assert one.breach == pytest.approx(other.breach)


def test_the_rule_of_thumb_breaches_narrow_pedicles_further() -> None:
    medial = {}
    for person in ("narrow", "course", "wide"):
        state = ScrewTrainerState(content(), level="L3", person=person)
        medial[person] = state.situation().result(state.norms).pedicle["medial"] or 0.0
    assert medial["narrow"] > medial["course"] > medial["wide"]


def test_people_are_scaled_by_what_their_series_printed() -> None:
    state, source = ScrewTrainerState(content()), Source(content())

    def share(name: str) -> float:
        of_all = source.number(f"{facts.OF_ALL}.{name}")
        return source.number(f"{facts.BY_SEX}.{name}_women") / of_all

    woman = state.norms.build("woman", "L5")
    assert woman.size == pytest.approx(share("upper_depth"))
    assert woman.size * woman.pedicle_width == pytest.approx(share("pedicle_width"))
    mean, deviation = source.number(f"{facts.WIDTHS}.l5"), source.low(f"{facts.WIDTHS}.l5")
    narrow = state.norms.build("narrow", "L5").pedicle_width
    assert narrow * mean == pytest.approx(mean - deviation)


def test_a_seed_draws_one_test() -> None:
    state = ScrewTrainerState(content())
    tests = [draw_tasks(seed, state.norms) for seed in range(12)]
    assert tests[3] == draw_tasks(3, state.norms)
    assert len({str(each) for each in tests}) == len(tests)
    for tasks in tests:
        assert len(tasks) == TASKS
        assert {task.level for task in tasks} == set(LEVELS)
        assert all(abs(task.medial_mm) >= 2 and abs(task.superior_mm) >= 2 for task in tasks)
    with pytest.raises(ValueError, match="give 0 or more"):
        draw_tasks(-1, state.norms)


def test_a_grade_of_the_pedicle_alone_does_not_stand_alone() -> None:
    trainer = ScrewTrainerActivity(content(), level="L5")
    assert trainer.shown["grade"] == "A"
    assert trainer.shown["alarm"] == ""
    trainer.plan = {**trainer.plan, "length_mm": 65.0}
    assert trainer.shown["grade"] == "A"
    assert "beyond the far wall" in " ".join(trainer.shown["said"])
    assert trainer.shown["alarm"] in ("Tip beyond the bone", "Meets a nerve, the sac or a vessel")
    trainer.level = "L4"
    trainer.plan = OUT
    assert any(
        gap <= 0 for gap in trainer.state.situation().result(trainer.state.norms).near.values()
    )
    assert trainer.shown["alarm"] == "Meets a nerve, the sac or a vessel"


def test_a_test_gives_nothing_away_before_the_screw_is_placed() -> None:
    trainer = ScrewTrainerActivity(content(), mode="test", seed=3)
    hidden = trainer.shown
    assert hidden["hidden"]
    assert hidden["grade"] == hidden["alarm"] == ""
    assert hidden["said"] == hidden["rows"] == []
    behind = hidden["drawing"]["posterior"]
    assert behind["pedicle"] is behind["reference"] is behind["screw"] is None
    assert "Grade" not in trainer.text_twin()

    trainer.results = [list(TEST_START.values())]
    assert not trainer.shown["hidden"]
    assert trainer.shown["advice"]
    assert trainer.shown["drawing"]["posterior"]["screw"]
    assert "1 placed are A or B" in trainer.shown["score"]


def test_a_test_comes_out_the_same_from_its_link() -> None:
    """Seed and placed plans are all that a link holds."""
    results = [list(TEST_START.values())] * TASKS
    first, second = (
        ScrewTrainerActivity(content(), mode="test", seed=5, task=TASKS, results=results)
        for _ in range(2)
    )
    assert first.state.finished
    assert first.text_twin() == second.text_twin()
    assert len(first.shown["said"]) == TASKS
    assert first.shown["said"][4].startswith("5. ")
    with pytest.raises(traitlets.TraitError, match="screw 1 needs 6 numbers"):
        ScrewTrainerState(content(), results=[[1, 2]])


def test_a_test_can_be_passed() -> None:
    """The pedicle's axis, reached from where the hand starts, is grade A in each lumbar task."""
    trainer = ScrewTrainerState(content(), mode="test", seed=8)
    for index, task in enumerate(trainer.tasks):
        if task.level == "S1":
            continue
        now = trainer.placed(index)
        best = now.bone.reference_plan(now.side, 5.0, 40.0)
        plan = {name: float(getattr(best, name)) for name in PLAN}
        plan["medial_mm"] -= task.medial_mm
        plan["superior_mm"] -= task.superior_mm
        trainer.plan = plan
        assert trainer.placed(index).result(trainer.norms).grade == "A", task


def test_an_entry_beside_the_bone_is_an_error_in_words() -> None:
    trainer = ScrewTrainerActivity(content(), level="L3", plan=ASIDE)
    assert "no bone" in trainer.shown["error"]
    assert "bring medial_mm" in trainer.shown["error"]
    assert "No screw here" in trainer.text_twin()
    assert "drawing" not in trainer.shown


def test_s1_tells_aim_and_cortices() -> None:
    trainer = ScrewTrainerActivity(content(), level="S1")
    assert "than the line to the promontory, and grips" in trainer.text_twin()
    trainer.plan = {**trainer.state.aligned(), "length_mm": 65.0}
    assert "aimed at the promontory" in trainer.text_twin()
    assert "cortices (" in trainer.text_twin()


def test_the_kernel_answers_with_the_bone_in_hand(
    trainer: ScrewTrainerActivity, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = sent(trainer, monkeypatch)
    trainer._asked(trainer, {"type": BONE_MESSAGE})
    [(message, packed)] = found
    assert message["bone"] == trainer.shown["bone"]
    names = [part.name for part in unpack_anatomy(packed).parts]
    assert {"L5", "dural_sac", "L5.nerve_root.left", SHAFT, HEAD} <= set(names)
    assert len(packed) < 60_000
    assert bone_pack(trainer.state.situation().bone) is packed


def test_the_page_may_ask_for_the_pedicles_axis(trainer: ScrewTrainerActivity) -> None:
    trainer.level = "L4"
    trainer._asked(trainer, {"type": ALIGN_MESSAGE})
    assert trainer.plan == trainer.state.aligned()
    trainer._asked(trainer, "nonsense")


def test_every_fact_that_the_page_names_has_its_origin(trainer: ScrewTrainerActivity) -> None:
    origins = json.loads(gzip.decompress(trainer.origins_gz))
    assert set(origins) == set(facts.FACTS)
    named = {*trainer.choices["facts"]}
    for level in LEVELS:
        trainer.set_state({"level": level, "plan": trainer.state.starts[level]})
        named |= {row["fact"] for row in trainer.shown["rows"]}
        named |= set(trainer.choices["entry_facts"][level])
    for person in trainer.choices["people"]:
        named |= set(person["facts"])
    assert named == set(origins)


def test_a_step_is_light(trainer: ScrewTrainerActivity) -> None:
    for level in LEVELS:
        trainer.set_state({"level": level, "plan": trainer.state.starts[level]})
        assert len(json.dumps(trainer.shown)) < 16_000
    assert len(trainer.origins_gz) + len(json.dumps(trainer.choices)) < 14_000


def test_a_test_names_no_number_where_its_hidden_start_misses_the_bone() -> None:
    off = [[-10.0, 10.0, *list(TEST_START.values())[2:]]]
    plan = dict(zip(PLAN, off[0], strict=True))
    for results in ([], off):
        found = [
            ScrewTrainerActivity(content(), mode="test", seed=seed, plan=plan, results=results)
            for seed in range(6)
        ]
        missed = [each for each in found if each.shown["error"]]
        assert missed
        for each in missed:
            assert "move the entry back onto the bone" in each.shown["error"]
            assert not re.search(r"\d", each.shown["error"])
            assert "reference entry" not in each.text_twin()


def test_an_aim_that_cannot_be_found_is_said() -> None:
    trainer = ScrewTrainerActivity(content(), level="S1", plan={**ASIDE, "medial_mm": 10.0})
    while not trainer.shown["error"]:
        plan = trainer.plan
        trainer.plan = {**plan, "superior_mm": plan["superior_mm"] - 1.0}
    before = trainer.plan
    trainer._asked(trainer, {"type": ALIGN_MESSAGE})
    assert trainer.shown["error"].startswith("No aim to be found: there is no bone")
    assert trainer.plan == before


def test_task_and_results_fit_each_other(trainer: ScrewTrainerActivity) -> None:
    placed = [list(TEST_START.values())]
    with pytest.raises(traitlets.TraitError, match=r"task:? 3"):
        ScrewTrainerState(content(), mode="test", task=3, results=placed)
    with pytest.raises(traitlets.TraitError, match="task: 1 needs as many results; there are 0"):
        trainer.task = 1
    # as a page sends them: both at once, in the order of the state
    trainer.set_state({"mode": "test", "task": 3, "results": placed * 3})
    assert (trainer.task, trainer.state.task, len(trainer.state.results)) == (3, 3, 3)
    with pytest.raises(traitlets.TraitError, match="or first a smaller task"):
        trainer.results = placed
    assert len(trainer.results) == 3
    trainer.set_state({"results": placed, "task": 1})
    assert (trainer.task, len(trainer.results)) == (1, 1)
    trainer.set_state({"task": 0, "results": []})
    assert (trainer.state.task, trainer.state.results) == (0, [])
