"""Questions of every type in the page: by keyboard alone, in 3D, kept, and without colours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Locator, Page, expect

from l3s1.content.spots import model_places

if TYPE_CHECKING:
    from tests.browser.conftest import Server, Visiting

LESSON = "voila/render/06-quiz-lesson.ipynb"
MOST_TABS = 40
ANSWERS: dict[str, Any] = {
    "single_best_answer": ["The reader's and the spine's"],
    "multiple_response": ["Lamina", "Pedicle"],
    "numeric": "46,6",
    "ordering": ["L2", "L3", "L4", "L5"],
    "matching": ["Root of L3", "Root of L4", "Root of L5"],
    "extended_matching": ["Spinous process", "Spinous process"],
    "label_picture": ["Lamina", "Transverse process", "Sacrum"],
    "find_in_3d": model_places().structures["L4.lamina.left"].says,
}
FOCUSED = """(words) => {
  const at = document.activeElement;
  const named = at?.getAttribute("aria-label") ?? at?.labels?.[0]?.textContent ?? at?.textContent;
  return named !== null && named !== undefined && new RegExp(words).test(named);
}"""


def tab_to(page: Page, words: str) -> None:
    """Press Tab until what has the focus is named so."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED, words):
            return
    raise AssertionError(f"Tab does not reach {words!r}")


def tick(page: Page, words: str) -> None:
    """Choose the radio button or check box of that name, as a keyboard does."""
    tab_to(page, "")
    for _ in range(MOST_TABS):
        if page.evaluate(FOCUSED, words):
            page.keyboard.press("Space")
            return
        radio = page.evaluate("document.activeElement.type === 'radio'")
        page.keyboard.press("ArrowDown" if radio else "Tab")
    raise AssertionError(f"there is no way to {words!r}")


def choose(page: Page, words: str) -> None:
    """Choose from the next list by the arrow keys."""
    page.keyboard.press("Tab")
    for _ in range(MOST_TABS):
        shown = page.evaluate("document.activeElement.selectedOptions?.[0]?.textContent")
        if shown == words:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"the list has no {words!r}")


def put_in_order(page: Page, form: Locator, order: list[str]) -> None:
    """Move each entry up to its place, the first one first."""
    for place, words in enumerate(order):
        texts = form.locator(".l3s1-ordering-text").all_inner_texts()
        if texts.index(words) == place:
            continue
        while page.evaluate("document.activeElement.matches('.l3s1-move')"):
            page.keyboard.press("Shift+Tab")
        tab_to(page, f"^Move up: {words}$")
        for _ in range(texts.index(words) - place):
            page.keyboard.press("Enter")


def answer(page: Page, form: Locator, kind: str) -> None:
    """Answer a question that the focus stands before, and say that one is sure."""
    right = ANSWERS[kind]
    if kind in ("single_best_answer", "multiple_response"):
        for words in right:
            tick(page, f"^{words}")
    elif kind == "numeric":
        tab_to(page, "Your answer")
        page.keyboard.type(right)
    elif kind == "ordering":
        put_in_order(page, form, right)
    elif kind == "find_in_3d":
        tab_to(page, "^Without a mouse")
        page.keyboard.press("Enter")
        tick(page, re.escape(right))
    else:
        if kind == "label_picture":
            tab_to(page, "^Where the marks lie")
        for words in right:
            choose(page, words)
    tick(page, "^Sure")
    tab_to(page, "^Check answer$")
    page.keyboard.press("Enter")


def test_twenty_questions_of_all_types_are_answered_by_keyboard_and_outlive_the_kernel(
    sample: Server, visit: Visiting
) -> None:
    view = visit(sample)
    page = view.open_lesson(sample.address + LESSON)
    forms = page.locator("form[data-item]")
    expect(forms).to_have_count(20)
    page.locator(".l3s1-set-options summary").first.focus()
    for number in range(20):
        form = forms.nth(number)
        kind = form.get_attribute("data-type") or ""
        if number == 19:
            view.kernel_process(sample).kill()
        answer(page, form, kind)
        box = page.locator(".l3s1-question-box").nth(number)
        expect(box.locator(".l3s1-verdict-word")).to_contain_text("Correct")
        expect(box.get_by_role("button", name="Try again")).to_be_focused()
        tab_to(page, "^Where this comes from")
    result = page.locator(".l3s1-set-result")
    said = re.compile("All 20 answered: 20 right.*Certainty marks: 60 of 60", re.DOTALL)
    expect(result).to_contain_text(said)
    view.open_lesson(sample.address + LESSON)
    expect(result).to_contain_text(said)
    expect(page.get_by_text(re.compile("You answered this on"))).to_have_count(20)
    view.expect_accessible()


def test_a_structure_is_clicked_in_the_3d_model_and_there_is_one_at_a_time(
    sample: Server, visit: Visiting
) -> None:
    view = visit(sample)
    page = view.open_lesson(sample.address + LESSON)
    boxes = page.locator(".l3s1-question-box").filter(
        has=page.locator("form[data-type=find_in_3d]")
    )
    first, second = boxes.nth(0), boxes.nth(1)
    second.get_by_role("button", name="Open the 3D model").click()
    expect(second.get_by_text("Click or tap the structure")).to_be_visible()
    first.get_by_role("button", name="Open the 3D model").click()
    expect(first.get_by_text("Click or tap the structure")).to_be_visible()
    expect(page.locator(".l3s1-question-box canvas")).to_have_count(1)
    canvas = first.locator("canvas")
    canvas.scroll_into_view_if_needed()
    place = canvas.bounding_box()
    assert place
    spot = model_places().pictures["posterior"]["L4.lamina.right"]
    # both pictures show the same height: across, shares of the still picture are 4/3 of it
    aside = (spot.x - 0.5) * (960 / 704) * place["height"]
    page.mouse.click(place["x"] + place["width"] / 2 + aside, place["y"] + spot.y * place["height"])
    expect(first.locator(".l3s1-find-said")).to_contain_text(re.compile("Marked: bone, .* right"))
    first.get_by_role("radio", name=re.compile("^Fairly sure")).check()
    first.get_by_role("button", name="Check answer").click()
    expect(first.locator(".l3s1-verdict")).to_contain_text("You marked: right lamina of L4")
    expect(first.locator(".l3s1-verdict")).to_contain_text("That is the right one.")
    first.locator(".l3s1-rest summary").click()
    first.get_by_role("button", name="Show it in the model").click()
    expect(first.locator(".l3s1-scene-label").first).to_be_visible()
    view.expect_no_error()


def test_every_type_fits_a_phone_in_the_dark_and_does_without_colours(
    sample: Server, visit: Visiting
) -> None:
    view = visit(sample, width=390, scheme="dark", forced_colors="active", reduced_motion="reduce")
    page = view.open_lesson(sample.address + LESSON)
    page.locator(".l3s1-set-options summary").first.click()
    page.get_by_role("button", name="Start the clock").click()
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"^(30:00|29:5\d)$"))
    picture = page.locator(".l3s1-marked").first
    picture.scroll_into_view_if_needed()
    expect(picture.locator("img")).to_have_attribute("src", re.compile("posterior-dark"))
    assert view.sideways_scroll() == 0
    small = "(all) => all.filter((one) => one.offsetHeight > 0 && one.offsetHeight < 43).length"
    targets = page.locator(".l3s1-question-list").locator("button, select, .l3s1-option")
    assert targets.evaluate_all(small) == 0
    view.expect_accessible()
    view.take_picture("quiz-390-dark")
