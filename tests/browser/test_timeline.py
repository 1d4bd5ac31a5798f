"""Lesson 09 as a student handles it: mouse, keyboard, link, phone, and Python's side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Locator, Page, expect

from l3s1.activities.recovery_timeline import QUESTIONS, RecoveryTimelineState
from l3s1.activities.union_by_definition import DEFINITIONS, UnionByDefinitionState
from l3s1.content import SingleBestAnswer, load_content
from l3s1.models.recovery import compute_turning_days
from l3s1.vocabulary import LANE_LABEL

if TYPE_CHECKING:
    from tests.browser.conftest import Server, Visit, Visiting

LESSON = "voila/render/09-recovery-phases.ipynb"
MOVED_BAR = "work-advice"
TOLD_APART = "return-to-work"
STICKY_PX = 64
"""What the controls may take of a phone's picture."""


def open_timeline(course: Server, view: Visit, query: str = "") -> Page:
    page = view.open_lesson(f"{course.address}{LESSON}{query}")
    expect(page.locator(".l3s1-timeline .barlayer path").first).to_be_attached()
    return page


def cursor(page: Page) -> Locator:
    return page.locator(".l3s1-timeline").get_by_role("slider")


def active_rows(page: Page) -> set[str]:
    return set(
        page.locator(".l3s1-now .l3s1-item").evaluate_all(
            "(items) => items.map((item) => item.dataset.row)"
        )
    )


def expected_rows(day: float, **patient: str) -> set[str]:
    state = RecoveryTimelineState(load_content(), day=day, patient=patient)
    return {bar.phase.id for question in QUESTIONS for bar in state.active(question)}


def choose(page: Page, choice: str, option: str, place: int = 0) -> None:
    page.locator(f".l3s1-timeline select[data-choice={choice}]").nth(place).select_option(option)


def bars(page: Page) -> dict[str, str]:
    """Where each bar begins, by row."""
    found: dict[str, str] = page.locator(".l3s1-bar").evaluate_all(
        "(bars) => Object.fromEntries(bars.map((b) => [b.dataset.row, b.style.left]))"
    )
    return found


def watch_frames(page: Page) -> list[str]:
    """Collect what the page sends to the kernel from its next load on."""
    sent: list[str] = []

    def note(payload: Any) -> None:
        sent.append(payload if isinstance(payload, str) else payload.decode(errors="replace"))

    page.on("websocket", lambda socket: socket.on("framesent", note))
    return sent


def test_the_page_answers_as_python_does(course: Server, visit: Visiting) -> None:
    page = open_timeline(course, visit(course))
    expect(cursor(page)).to_have_attribute("aria-valuetext", "day 42 (6 weeks)")
    assert active_rows(page) == expected_rows(42)


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("ArrowRight", "day 43"),
        ("ArrowLeft", "day 41"),
        ("Shift+ArrowRight", "day 49"),
        ("Home", "the operation"),
        ("End", "2 years"),
    ],
)
def test_keys_step_the_cursor(course: Server, visit: Visiting, key: str, says: str) -> None:
    page = open_timeline(course, visit(course))
    cursor(page).focus()
    page.keyboard.press(key)
    expect(cursor(page)).to_have_attribute("aria-valuetext", re.compile(re.escape(says)))


def test_page_up_goes_to_the_next_change(course: Server, visit: Visiting) -> None:
    page = open_timeline(course, visit(course))
    before = active_rows(page)
    cursor(page).focus()
    page.keyboard.press("PageUp")
    expect(cursor(page)).not_to_have_attribute("aria-valuetext", "day 42 (6 weeks)")
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "(before) => [...document.querySelectorAll('.l3s1-now .l3s1-item')]"
        ".map((item) => item.dataset.row).sort().join() !== before",
        arg=",".join(sorted(before)),
    )


def test_dragging_answers_at_once_and_tells_python_once(course: Server, visit: Visiting) -> None:
    view = visit(course)
    sent = watch_frames(view.page)
    page = open_timeline(course, view)
    handle = cursor(page)
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    assert box
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(*middle)
    page.mouse.down()
    sent.clear()
    for step in range(1, 12):
        page.mouse.move(middle[0] - 20 * step, middle[1])
    expect(handle).not_to_have_attribute("aria-valuetext", "day 42 (6 weeks)")
    day = float(handle.get_attribute("aria-valuenow") or "nan")
    assert day < 42
    assert active_rows(page) == expected_rows(day)
    assert [frame for frame in sent if '"day"' in frame] == [], "no message while dragging"
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"day="))
    told = [frame for frame in sent if '"day"' in frame]
    assert len(told) == 1, "the settled day, once"


def test_typing_a_time_moves_the_cursor_and_bad_input_is_explained(
    course: Server, visit: Visiting
) -> None:
    page = open_timeline(course, visit(course))
    field = page.get_by_label("Time after the operation")
    field.fill("3 mo")
    field.press("Enter")
    expect(cursor(page)).to_have_attribute("aria-valuetext", re.compile("3 months|13 weeks"))
    now = cursor(page).get_attribute("aria-valuetext")
    field.fill("soon")
    field.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".l3s1-time-hint")).to_contain_text("soon")
    expect(cursor(page)).to_have_attribute("aria-valuetext", now or "")


def test_a_choice_moves_only_the_bars_that_a_fact_moves(course: Server, visit: Visiting) -> None:
    page = open_timeline(course, visit(course))
    before = bars(page)
    choose(page, "work", "heavy")
    page.wait_for_function(
        "([row, left]) => document.querySelector(`.l3s1-bar[data-row=${row}]`).style.left !== left",
        arg=[MOVED_BAR, before[MOVED_BAR]],
    )
    after = bars(page)
    assert {name for name in before if before[name] != after[name]} == {MOVED_BAR}


def test_a_choice_says_what_it_changes_and_where_nothing_is_known(
    course: Server, visit: Visiting
) -> None:
    view = visit(course)
    page = open_timeline(course, view)
    choose(page, "smoking", "smokes")
    state = RecoveryTimelineState(load_content(), day=42, patient={"smoking": "smokes"})
    (change,) = state.choices.changes(state.patient, {bar.phase.lane for bar in state.bars})
    said = page.locator(".l3s1-change[data-choice=smoking]")
    for effect in change.effects:
        expect(said).to_contain_text(effect.says)
    silent = said.locator(".l3s1-silent")
    for lane in change.silent:
        expect(silent).to_contain_text(LANE_LABEL[lane])
    signs = page.locator(".l3s1-plot .annotation-text", has_text="Smoking")
    expect(signs).to_have_count(len({effect.row for effect in change.effects}))
    expect(page).to_have_url(re.compile(r"smoking=smokes"))
    view.expect_accessible(".l3s1-timeline")
    view.expect_no_error()


def test_two_patients_stand_side_by_side(course: Server, visit: Visiting) -> None:
    view = visit(course)
    page = open_timeline(course, view, "?day=84&work=heavy")
    assert active_rows(page) == expected_rows(84, work="heavy")
    page.get_by_role("button", name="Compare with a second patient").click()
    choose(page, "work", "desk", place=1)
    expect(page).to_have_url(re.compile(r"compare=1.*with\.work=desk"))
    either = expected_rows(84, work="heavy") | expected_rows(84, work="desk")
    page.wait_for_function(
        "(count) => document.querySelectorAll('.l3s1-now .l3s1-item').length === count",
        arg=len(either),
    )
    assert active_rows(page) == either
    voices = page.locator(f".l3s1-now [data-row={TOLD_APART}] .l3s1-letter")
    assert voices.all_text_contents() == ["A", "B"]
    drawn = page.locator(".l3s1-plot .barlayer .trace").nth(1).locator(".point")
    chosen = ("heavy", "desk")
    told = {e.row for e in load_content().choices["work"].effects if e.option in chosen}
    expect(drawn).to_have_count(len(told))
    page.reload()
    expect(page.locator(".l3s1-field").first.locator("select:visible")).to_have_count(2)
    view.expect_accessible(".l3s1-timeline")
    view.expect_no_error()


def test_play_runs_until_a_hand_is_on_the_cursor(course: Server, visit: Visiting) -> None:
    view = visit(course)
    sent = watch_frames(view.page)
    page = open_timeline(course, view)
    sent.clear()
    page.get_by_role("button", name="Play to two years").click()
    page.wait_for_function(
        "() => { const at = Number(document.querySelector('.l3s1-timeline [role=slider]')"
        ".getAttribute('aria-valuenow')); return at > 0 && at < 42; }"
    )
    assert [frame for frame in sent if '"day"' in frame] == [], "no message while it plays"
    cursor(page).focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Play to two years")).to_be_visible()
    now = cursor(page).get_attribute("aria-valuenow")
    expect(page).to_have_url(re.compile(rf"day={now}\b"))
    assert active_rows(page) == expected_rows(float(now or "nan"))
    assert len([frame for frame in sent if '"day"' in frame]) <= 2, "where it stopped, and the key"


def test_with_less_motion_play_steps_from_change_to_change(course: Server, visit: Visiting) -> None:
    view = visit(course)
    view.page.emulate_media(reduced_motion="reduce")
    page = open_timeline(course, view)
    page.evaluate(
        "() => { window.days = []; new MutationObserver(() => window.days.push(Number(document"
        ".querySelector('.l3s1-timeline [role=slider]').getAttribute('aria-valuenow'))))"
        ".observe(document.querySelector('.l3s1-timeline [role=slider]'),"
        " {attributeFilter: ['aria-valuenow']}); }"
    )
    page.get_by_role("button", name="Play to two years").click()
    page.wait_for_function("() => window.days.length >= 3")
    page.get_by_role("button", name="Pause").click()
    spans = [bar.span() for bar in RecoveryTimelineState(load_content()).bars]
    turning = {round(day, 2) for day in compute_turning_days(spans)} | {0}
    assert set(page.evaluate("() => window.days")) <= turning


def test_a_bar_opens_its_origin_by_mouse_and_by_keyboard(course: Server, visit: Visiting) -> None:
    page = open_timeline(course, visit(course))
    bar = page.locator(".l3s1-bar[data-row=hospital-stay]")
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    sheet = page.get_by_role("dialog").filter(has_text="In hospital")
    expect(sheet).to_be_visible()
    fact = load_content().facts["stay-by-levels-bohl-2019"]
    expect(sheet).to_contain_text(fact.statement)
    expect(sheet).to_contain_text(fact.population)
    expect(sheet.locator("a[href^='https://doi.org/']").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    bar.focus()
    page.keyboard.press("Enter")
    expect(sheet).to_be_visible()
    page.keyboard.press("Escape")
    expect(bar).to_be_focused()


def test_a_link_opens_the_state_and_follows_it(course: Server, visit: Visiting) -> None:
    page = open_timeline(course, visit(course), "?day=21&approach=open&axis_kind=linear&other=kept")
    expect(cursor(page)).to_have_attribute("aria-valuetext", re.compile(r"^day 21\b"))
    assert active_rows(page) == expected_rows(21, approach="open")
    cursor(page).focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(r"day=22"))
    assert "other=kept" in page.url
    page.reload()
    expect(cursor(page)).to_have_attribute("aria-valuetext", re.compile(r"^day 22\b"))


@pytest.mark.parametrize(
    "query", ["?day=-5", "?day=1e9", "?approach=robotic&day=x", "?selected=ghost"]
)
def test_what_a_link_may_not_ask_for_is_ignored(
    course: Server, visit: Visiting, query: str
) -> None:
    view = visit(course)
    page = open_timeline(course, view, query)
    expect(cursor(page)).to_have_attribute("aria-valuetext", "day 42 (6 weeks)")
    view.expect_no_error()


def test_the_cursor_works_by_touch_on_a_phone(course: Server, visit: Visiting) -> None:
    view = visit(course, width=360, has_touch=True)
    page = open_timeline(course, view)
    track = page.locator(".l3s1-track")
    track.scroll_into_view_if_needed()
    box = track.bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + box["width"] * 0.3, box["y"] + box["height"] / 2)
    expect(cursor(page)).not_to_have_attribute("aria-valuetext", "day 42 (6 weeks)")
    assert view.sideways_scroll() == 0


def test_on_a_phone_little_stays_in_sight_and_choices_are_folded(
    course: Server, visit: Visiting
) -> None:
    view = visit(course, width=390, scheme="dark")
    page = open_timeline(course, view, "?day=42&smoking=smokes")
    held = page.locator(".l3s1-time").bounding_box()
    assert held
    assert held["height"] <= STICKY_PX
    panel = page.locator(".l3s1-patient")
    expect(panel.locator("summary")).to_contain_text("Smoking")
    expect(panel.locator("select").first).to_be_hidden()
    panel.locator("summary").click()
    expect(panel.locator("select").first).to_be_visible()
    assert view.sideways_scroll() == 0
    view.take_picture("timeline-patient-390-dark")
    view.expect_accessible(".l3s1-timeline")


def test_a_question_gives_feedback_on_the_choice(course: Server, visit: Visiting) -> None:
    page = open_timeline(course, visit(course))
    item = load_content().items["predict-union-six-months"]
    assert isinstance(item, SingleBestAnswer)
    form = page.locator(f"[data-item={item.id}]")
    box = page.locator(".l3s1-question-box", has=form)
    wrong = next(each for each in item.choices if each.id != item.key)
    form.get_by_label(wrong.text, exact=True).check()
    form.get_by_role("button", name="Commit").click()
    expect(box.locator(".l3s1-verdict")).to_contain_text(wrong.feedback)
    box.get_by_role("button", name="Try again").click()
    right = next(each for each in item.choices if each.id == item.key)
    form.get_by_label(right.text, exact=True).check()
    page.keyboard.press("Enter")
    expect(box.locator(".l3s1-verdict")).to_contain_text(right.feedback)


def test_a_click_on_the_union_figure_reaches_python_and_opens_the_origin(
    course: Server, visit: Visiting
) -> None:
    page = open_timeline(course, visit(course))
    union = page.locator(".l3s1-activity").filter(has=page.get_by_label("Reader"))
    points = union.locator(".scatterlayer .trace").nth(3).locator(".points path")
    point = points.nth(2)
    point.scroll_into_view_if_needed()
    box = point.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.up()
    expect(union.locator(".l3s1-origin")).to_be_visible()
    expect(union.locator(".l3s1-origin")).to_contain_text("Independent readers of CT")


def test_keys_move_the_definition_and_who_is_fused(course: Server, visit: Visiting) -> None:
    view = visit(course, width=360)
    page = open_timeline(course, view)
    slider = page.get_by_role("slider", name="Lenient to strict")
    definition = page.locator(".l3s1-activity").filter(has=slider)
    said = definition.locator(".l3s1-readings-said")
    state = UnionByDefinitionState(load_content())
    expect(said).to_have_text(state.said())
    slider.focus()
    for name in DEFINITIONS[DEFINITIONS.index(state.definition) + 1 :]:
        page.keyboard.press("ArrowRight")
        state.definition = name
        expect(said).to_have_text(state.said())
    view.expect_no_error()
