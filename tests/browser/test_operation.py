"""Lesson 06 in a browser: predict first, a step's link, few bytes, and words without 3D."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from tests.browser.conftest import Server, Visit, Visiting

LESSON = "voila/render/06-operation.ipynb"
MOST_BYTES = 20_000
"""What a change of step may send, both ways."""


def open_operation(course: Server, view: Visit, asked: str = "") -> Page:
    page = view.open_lesson(f"{course.address}{LESSON}{asked}")
    page.locator(".l3s1-operation-scene").scroll_into_view_if_needed()
    expect(page.locator(".l3s1-operation canvas")).to_be_visible()
    expect(page.locator(".l3s1-operation-picture > .l3s1-note")).to_be_hidden()
    return page


def test_a_step_is_left_by_keyboard_once_its_question_is_answered(
    course: Server, visit: Visiting
) -> None:
    view = visit(course)
    page = open_operation(course, view)
    operation = page.locator(".l3s1-operation")
    heading, onwards = operation.locator(".l3s1-step-heading"), operation.get_by_text("Next ›")
    onwards.focus()
    page.keyboard.press("Enter")
    expect(heading).to_contain_text("1 of 11")
    expect(operation.get_by_text("Answer first, or skip")).to_be_visible()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(operation.locator(".l3s1-verdict")).to_contain_text("Correct")
    expect(operation.locator(".l3s1-step-danger")).to_contain_text("0.32 to 15%")
    expect(onwards).to_be_focused()
    view.forget()
    page.keyboard.press("Enter")
    expect(heading).to_contain_text("2 of 11: Exposure")
    page.wait_for_function("location.search.includes('operation.step=exposure')")
    assert 0 < view.socket_bytes < MOST_BYTES
    assert view.fetched == []
    view.expect_no_error()


def test_a_link_opens_a_step_of_the_other_operation_on_a_phone(
    course: Server, visit: Visiting
) -> None:
    view = visit(course, width=390, scheme="dark")
    asked = "?operation.procedure=alif_l5_s1&operation.step=cage"
    page = open_operation(course, view, asked)
    operation = page.locator(".l3s1-operation")
    expect(operation.locator(".l3s1-step-heading")).to_have_text("6 of 10: Cage and graft")
    expect(operation.locator("canvas")).to_have_count(1)
    operation.get_by_role("button", name="Skip the question").click()
    operation.locator(".l3s1-step-danger .l3s1-step-fact").first.click()
    expect(page.locator(".l3s1-sheet:visible")).to_contain_text("Verified")
    page.keyboard.press("Escape")
    assert view.sideways_scroll() == 0
    view.expect_accessible(".l3s1-operation")
    view.expect_no_error()


def test_without_3d_the_steps_are_told_in_words(course: Server, visit: Visiting) -> None:
    view = visit(course)
    view.page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page = view.open_lesson(f"{course.address}{LESSON}?operation.step=screws")
    operation = page.locator(".l3s1-operation")
    operation.scroll_into_view_if_needed()
    expect(operation.get_by_text("no 3D graphics")).to_be_visible()
    expect(operation.locator(".l3s1-step-changes")).to_contain_text("pedicle screw of L3, L4")
    operation.get_by_role("button", name="9 Compression").click()
    expect(operation.locator(".l3s1-step-heading")).to_contain_text("9 of 11")
    operation.get_by_role("button", name="Reset").click()
    expect(operation.locator(".l3s1-step-heading")).to_contain_text("1 of 11")
