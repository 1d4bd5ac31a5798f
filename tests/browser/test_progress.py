"""What a student did is still there: after a dead kernel, beside another student, from a file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Locator, Page, expect

if TYPE_CHECKING:
    from tests.browser.conftest import Server, Visiting

LESSON = "voila/render/00-start-here.ipynb"
BLOCKED = """
Object.defineProperty(globalThis, "localStorage", {
  get() { throw new DOMException("Access is denied for this document.", "SecurityError"); },
});
"""
BROKEN = '{"version":1,"profile":{"id":"first","name":"Ana"'


def first_question(page: Page) -> Locator:
    return page.locator(".l3s1-question-box").first


def answer(page: Page) -> None:
    """Answer the lesson's first question with its first choice."""
    box = first_question(page)
    box.get_by_role("radio").first.check()
    box.locator("button[type=submit]").click()
    expect(box.locator(".l3s1-verdict-word")).to_be_visible()


def panel(page: Page) -> Locator:
    return page.locator(".l3s1-progress")


def kept(page: Page, prefix: str) -> dict[str, str]:
    """What the browser keeps under keys that begin so."""
    found: dict[str, str] = page.evaluate(
        "(prefix) => Object.fromEntries("
        "Object.entries(localStorage).filter(([key]) => key.startsWith(prefix)))",
        prefix,
    )
    return found


def progress_of(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text)
    return found


def test_an_answer_outlives_its_kernel_and_a_reload(course: Server, visit: Visiting) -> None:
    view = visit(course)
    page = view.open_lesson(course.address + LESSON)
    view.kernel_process(course).kill()
    expect(page.get_by_role("alert").filter(has_text="The kernel has stopped.")).to_be_visible()
    answer(page)
    said = first_question(page).locator(".l3s1-verdict").inner_text()
    view.open_lesson(course.address + LESSON)
    expect(first_question(page).locator(".l3s1-verdict-word")).to_be_visible()
    assert first_question(page).locator(".l3s1-verdict").inner_text().startswith(said)
    expect(panel(page)).to_contain_text("1 answer to 1 question and 1 lesson opened")
    page.goto(course.address)
    expect(page.locator(".lessons-list .done").first).to_contain_text("opened")
    view.expect_accessible()
    view.expect_no_outside_request()


def test_two_students_on_one_computer(course: Server, visit: Visiting) -> None:
    page = visit(course).open_lesson(course.address + LESSON)
    tab = page.context.new_page()
    tab.goto(course.address)
    done = tab.locator(".lessons-list .done").first
    expect(done).to_contain_text("opened")
    answer(page)
    line = page.locator(".l3s1-progress-line").first
    expect(line).to_contain_text("Answers are kept for Student on this computer")
    expect(panel(page)).to_contain_text("1 answer to 1 question")
    line.get_by_role("button", name="change who is learning").press("Enter")
    line.get_by_label("Your name").fill("Ana")
    page.keyboard.press("Enter")
    expect(line).to_contain_text("Answers are kept for Ana")
    expect(tab.locator(".whose")).to_contain_text("What Ana has done")
    page.keyboard.press("Enter")  # the button has the focus again
    line.get_by_label("add a name").fill("Ben")
    page.keyboard.press("Enter")
    expect(line).to_contain_text("Answers are kept for Ben")
    expect(done).to_be_empty()
    expect(first_question(page).locator(".l3s1-verdict-word")).to_have_count(0)
    expect(first_question(page).get_by_role("radio").first).to_be_enabled()
    expect(panel(page)).to_contain_text("Kept for Ben in this browser: nothing yet")
    panel(page).get_by_label("Ana").check()
    panel(page).get_by_role("button", name="Use the chosen name").click()
    expect(first_question(page).locator(".l3s1-verdict-word")).to_be_visible()
    expect(line).to_contain_text("Answers are kept for Ana")


def test_a_file_brings_back_what_was_erased(course: Server, visit: Visiting) -> None:
    view = visit(course, width=390, scheme="dark")
    page = view.open_lesson(course.address + LESSON)
    answer(page)
    panel(page).get_by_label("Your name").fill("Ana")
    page.keyboard.press("Enter")
    (before,) = kept(page, "l3s1.progress.").values()
    panel(page).get_by_role("button", name="Erase all that is kept for Ana").click()
    expect(panel(page).get_by_text("1 answer to 1 question")).to_have_count(2)
    view.take_picture("progress-erase")
    view.expect_accessible(".l3s1-progress")
    with page.expect_download() as download:
        panel(page).get_by_role("button", name="Save as a file first").click()
    panel(page).get_by_role("button", name="Erase all of Ana").click()
    expect(panel(page)).to_contain_text("All that was kept for Ana is erased")
    assert kept(page, "l3s1.progress.") == {}
    expect(first_question(page).locator(".l3s1-verdict-word")).to_have_count(0)
    panel(page).get_by_label("Bring a saved file back").set_input_files(download.value.path())
    panel(page).get_by_role("button", name="Keep it under the name Ana").click()
    expect(panel(page)).to_contain_text("Added: 1 answer")
    expect(first_question(page).locator(".l3s1-verdict-word")).to_be_visible()
    (after,) = kept(page, "l3s1.progress.").values()
    for part in ("items", "lessons", "cases"):
        assert progress_of(after)[part] == progress_of(before)[part]


def test_damaged_progress_is_laid_aside(course: Server, visit: Visiting) -> None:
    view = visit(course)
    page = view.open(course.address)
    page.evaluate("(text) => localStorage.setItem('l3s1.progress.first', text)", BROKEN)
    view.open_lesson(course.address + LESSON)
    expect(panel(page).get_by_role("status").first).to_contain_text("could not be read")
    assert list(kept(page, "l3s1.kept.").values()) == [BROKEN]
    with page.expect_download() as download:
        page.locator(".l3s1-aside").get_by_role("button", name="Save as a file").click()
    assert download.value.path().read_text(encoding="utf-8") == BROKEN
    answer(page)
    (now,) = kept(page, "l3s1.progress.").values()
    assert len(progress_of(now)["items"]) == 1
    view.expect_accessible(".l3s1-progress")


def test_without_storage_the_quiz_works_and_says_so(course: Server, visit: Visiting) -> None:
    view = visit(course)
    view.page.add_init_script(BLOCKED)
    page = view.open_lesson(course.address + LESSON)
    answer(page)
    told = page.get_by_text("This browser keeps nothing for this page")
    expect(told.first).to_be_visible()
    line = page.locator(".l3s1-progress-line").first
    expect(line).to_contain_text("are held only while this page is open")
    expect(panel(page)).to_contain_text("1 answer to 1 question")
    view.expect_no_error()
