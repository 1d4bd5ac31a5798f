"""Lesson 09 as a student handles it: mouse, keyboard, link, phone, and Python's side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Locator, Page, expect

from l3s1.activities.recovery_timeline import QUESTIONS, RecoveryTimelineState
from l3s1.activities.union_by_definition import DEFINITIONS, UnionByDefinitionState
from l3s1.content import load_content
from l3s1.vocabulary import Approach

if TYPE_CHECKING:
    from tests.browser.conftest import Server, Visit, Visiting

LESSON = "voila/render/09-recovery-phases.ipynb"
MOVED_BAR = "steps-regained"


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


def expected_rows(day: float, approach: Approach = Approach.ANY) -> set[str]:
    state = RecoveryTimelineState(load_content(), day=day, approach=approach.value)
    return {bar.phase.id for question in QUESTIONS for bar in state.active(question)}


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


def test_a_choice_of_approach_moves_only_the_bars_that_a_fact_moves(
    course: Server, visit: Visiting
) -> None:
    page = open_timeline(course, visit(course))

    def bars() -> dict[str, str]:
        found: dict[str, str] = page.locator(".l3s1-bar").evaluate_all(
            "(bars) => Object.fromEntries(bars.map((b) => [b.dataset.row, b.style.left]))"
        )
        return found

    before = bars()
    page.get_by_role("radio", name="Open", exact=True).check()
    page.wait_for_function(
        "([row, left]) => document.querySelector(`.l3s1-bar[data-row=${row}]`).style.left !== left",
        arg=[MOVED_BAR, before[MOVED_BAR]],
    )
    after = bars()
    assert {name for name in before if before[name] != after[name]} == {MOVED_BAR}


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
    page = open_timeline(course, visit(course), "?day=21&approach=open&axis=linear&other=kept")
    expect(cursor(page)).to_have_attribute("aria-valuetext", re.compile(r"^day 21\b"))
    assert active_rows(page) == expected_rows(21, Approach.OPEN)
    cursor(page).focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(r"day=22"))
    assert "other=kept" in page.url
    page.reload()
    expect(cursor(page)).to_have_attribute("aria-valuetext", re.compile(r"^day 22\b"))


@pytest.mark.parametrize("query", ["?day=-5", "?day=1e9", "?approach=robotic&day=x", "?show=ghost"])
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


def test_a_question_gives_feedback_on_the_choice(course: Server, visit: Visiting) -> None:
    page = open_timeline(course, visit(course))
    item = next(
        each for each in load_content().items.values() if each.id == "predict-union-six-months"
    )
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
