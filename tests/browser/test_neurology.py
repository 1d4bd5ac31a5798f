"""Lesson 02's 'localise the lesion' as students handle it: mouse, keyboard, link, phone, Python."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Locator, Page, expect

from l3s1.activities.localise_state import LocaliseLesionState
from l3s1.content import load_content

if TYPE_CHECKING:
    from tests.browser.conftest import Server, Visit, Visiting

LESSON = "voila/render/02-nerves.ipynb"
VIEW = ".l3s1-neuro"
MESSAGES_A_STEP = 2
STEP_MS = 50

STEPS = """
async (steps) => {
  const panel = document.querySelector(".l3s1-neuro [role=tabpanel]:not([hidden])");
  const frame = () => new Promise((done) => requestAnimationFrame(() => {
    const after = new MessageChannel();
    after.port1.onmessage = () => done();
    after.port2.postMessage(0);
  }));
  const inputs = [...panel.querySelectorAll(".l3s1-neuro-top input")];
  const times = [];
  for (let step = 0; step < steps; step += 1) {
    const input = inputs[(step * 7) % inputs.length];
    await frame();
    const start = performance.now();
    input.click();
    await frame();
    times.push(performance.now() - start);
  }
  return times.sort((one, other) => one - other)[Math.floor(steps / 2)];
}
"""
"""The median time from a choice to the frame that shows it, in ms."""


def open_view(course: Server, view: Visit, query: str = "") -> Page:
    page = view.open_lesson(f"{course.address}{LESSON}{query}")
    expect(page.locator(f"{VIEW} .l3s1-body")).to_be_visible()
    return page


def new_state(**state: Any) -> LocaliseLesionState:
    return LocaliseLesionState(load_content(), **state)


def panel(page: Page) -> Locator:
    return page.locator(f"{VIEW} [role=tabpanel]:visible")


def area(page: Page, name: str, side: str = "left") -> Locator:
    return page.locator(f"{VIEW} [data-area={name}][data-side={side}]")


def ranking(page: Page) -> list[tuple[str, str]]:
    bars = panel(page).locator(".l3s1-root-bar")
    return [
        (
            bar.locator(".l3s1-root-bar-name").inner_text(),
            bar.locator(".l3s1-root-bar-number").inner_text().replace("\u00a0", " "),
        )
        for bar in bars.all()
    ]


# --- lesion to findings ---------------------------------------------------------------------------


def test_a_lesion_is_placed_by_mouse_and_its_numbers_open_their_origin(
    course: Server, visit: Visiting
) -> None:
    view = visit(course)
    page = open_view(course, view)
    panel(page).locator(".l3s1-cell", has_text="L5–S1, paracentral").first.click()
    expect(panel(page).locator(".l3s1-hits")).to_have_text("S1 (traversing) is hit.")
    expect(page).to_have_url(re.compile("level=L5-S1"))
    sign = panel(page).locator(".l3s1-sign", has_text="Ankle jerk")
    sign.locator(".l3s1-origin-button").first.click()
    origin = page.locator(f"{VIEW} .l3s1-sheet .l3s1-origin").first
    expect(origin).to_contain_text("Open the source")
    page.keyboard.press("Escape")
    expect(origin).to_be_hidden()
    view.expect_no_error()
    view.expect_no_outside_request()


def test_every_lesion_says_what_python_says(course: Server, visit: Visiting) -> None:
    page = open_view(course, visit(course))
    top = panel(page).locator(".l3s1-neuro-top")
    said = panel(page).locator(".l3s1-says")
    for level, zone in (("L3-L4", "foraminal"), ("L2-L3", "central"), ("L5-S1", "extraforaminal")):
        top.locator(f"input[value='{level}']").check(force=True)
        top.locator(f"input[value='{zone}']").check(force=True)
        expect(said).to_contain_text(level.replace("-", "–"))
        twin = new_state(level=level, zone=zone).text_twin()
        sentence = (said.locator("p").last.text_content() or "").replace("Source", "").strip()
        assert sentence in twin


def test_what_can_not_wait_is_said_in_words(course: Server, visit: Visiting) -> None:
    page = open_view(course, visit(course), "?level=L4-L5&zone=central")
    alarm = panel(page).locator(".l3s1-alarm")
    expect(alarm).to_contain_text("emergency")
    expect(alarm.locator("svg")).to_be_visible()


# --- findings to roots ----------------------------------------------------------------------------


def test_the_page_ranks_as_python_does_and_sends_little(course: Server, visit: Visiting) -> None:
    sent: list[str] = []
    view = visit(course)

    def note(payload: Any) -> None:
        sent.append(payload if isinstance(payload, str) else payload.decode(errors="replace"))

    view.page.on("websocket", lambda socket: socket.on("framesent", note))
    page = open_view(course, view, "?mode=findings")
    before = len([each for each in sent if '"findings"' in each])
    panel(page).locator("[data-sign=knee_jerk] .l3s1-tick-present").click()
    expect(page).to_have_url(re.compile("findings=knee_jerk:present"))
    expect(panel(page).locator(".l3s1-moves")).to_contain_text("This sign alone moves L4 from")
    told = [each for each in sent if '"findings"' in each][before:]
    assert 0 < len(told) <= MESSAGES_A_STEP
    ranked = new_state(mode="findings", findings={"knee_jerk": "present"}).rank()
    assert ranking(page) == [
        (each.root.value, f"{100 * each.probability:.0f} %") for each in ranked
    ]


def test_skin_is_marked_by_keyboard_alone(course: Server, visit: Visiting) -> None:
    page = open_view(course, visit(course), "?mode=findings")
    stop = page.locator(f"{VIEW} .l3s1-region[tabindex='0']")
    expect(stop).to_have_count(1)
    stop.focus()
    page.keyboard.press("ArrowDown")
    while page.evaluate("document.activeElement.dataset.side") != "left":
        page.keyboard.press("ArrowRight")
    name = page.evaluate("document.activeElement.dataset.area")
    page.keyboard.press("Enter")
    expect(area(page, name)).to_have_attribute("aria-label", re.compile("numbness present"))
    expect(panel(page).locator(".l3s1-moves")).to_contain_text(re.compile("alone moves|does not"))
    page.keyboard.press("Enter")
    expect(area(page, name)).to_have_attribute("aria-label", re.compile("numbness (?!present|not)"))


@pytest.mark.parametrize(
    "query", ["?findings=ghost:present", "?mode=__proto__&seed=-1", "?level=L9"]
)
def test_what_a_link_may_not_ask_for_is_ignored(
    course: Server, visit: Visiting, query: str
) -> None:
    view = visit(course)
    page = open_view(course, view, query)
    expect(page.get_by_role("tab", name="Lesion to findings")).to_have_attribute(
        "aria-selected", "true"
    )
    expect(panel(page).locator(".l3s1-hits")).to_have_text("L5 (traversing) is hit.")
    view.expect_no_error()


# --- patients -------------------------------------------------------------------------------------


def test_a_patient_of_a_link_is_answered_and_the_next_one_comes(
    course: Server, visit: Visiting
) -> None:
    view = visit(course)
    page = open_view(course, view, "?mode=patient&seed=3&difficulty=4")
    state = new_state(mode="patient", seed=3, difficulty=4)
    history = panel(page).locator(".l3s1-neuro-side").first
    expect(history).to_contain_text("Patient 3")
    expect(panel(page).get_by_role("button", name="Answer")).to_be_disabled()
    page.get_by_label("Which root, or what else?").select_option("L5")
    panel(page).get_by_role("button", name="Answer").click()
    expect(panel(page).locator(".l3s1-judged")).to_be_visible()
    state.answer = {"level": "", "zone": "", "root": "L5"}
    feedback = state.feedback()
    assert feedback
    shown = panel(page).locator(".l3s1-feedback")
    expect(shown).to_contain_text(feedback["said"])
    assert feedback["urgent"], "this patient can't wait"
    expect(shown.locator(":scope > :first-child")).to_contain_text(feedback["urgent"]["title"])
    expect(panel(page).locator(".l3s1-score")).to_contain_text("1 answered")
    panel(page).get_by_role("button", name="Next patient").click()
    expect(history).to_contain_text("Patient 4")
    expect(shown).to_be_hidden()
    expect(page).to_have_url(re.compile("seed=4"))
    view.expect_no_error()


# --- every mode -----------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["lesion", "findings", "patient"])
@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_each_mode_is_accessible_and_fits(
    course: Server, visit: Visiting, mode: str, width: int, scheme: str
) -> None:
    view = visit(course, width=width, scheme=scheme)
    page = open_view(course, view, f"?mode={mode}&findings=knee_jerk:present,numb_sole:absent")
    expect(panel(page)).to_be_visible()
    assert view.sideways_scroll() == 0
    view.expect_accessible(VIEW)
    view.take_picture(f"neurology-{mode}-{width}-{scheme}")
    view.expect_no_error()


def test_a_step_is_shown_at_once(course: Server, visit: Visiting) -> None:
    page = open_view(course, visit(course))
    assert page.evaluate(STEPS, 31) <= STEP_MS
