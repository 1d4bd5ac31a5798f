"""The bone's state in lesson 09: one picture, the timeline's day, messages, a failure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from tests.browser.conftest import Server, Visit, Visiting

LESSON = "voila/render/09-recovery-phases.ipynb"


def open_bone(course: Server, view: Visit) -> Page:
    page = view.open_lesson(f"{course.address}{LESSON}")
    page.locator(".l3s1-bone").scroll_into_view_if_needed()
    expect(page.locator(".l3s1-bone canvas")).to_be_visible()
    expect(page.locator(".l3s1-bone-note")).to_be_hidden()
    return page


def test_bone_and_timeline_show_one_day(course: Server, visit: Visiting) -> None:
    view = visit(course)
    page = open_bone(course, view)
    slider = page.locator(".l3s1-timeline").get_by_role("slider").first
    bone = page.locator(".l3s1-bone")
    bone.get_by_role("button", name="Soft callus").click()
    day = bone.locator(".l3s1-bone-day").inner_text()
    expect(slider).to_have_attribute("aria-valuetext", day)
    slider.focus()
    page.keyboard.press("Home")
    expect(bone.locator(".l3s1-bone-day")).to_have_text("the operation")
    expect(bone.get_by_role("button", name="Loose chips")).to_have_attribute("aria-pressed", "true")
    assert page.locator("canvas").count() == 1
    view.expect_no_error()


def test_a_failure_is_said_shown_and_sourced(course: Server, visit: Visiting) -> None:
    view = visit(course, width=390, scheme="dark")
    page = open_bone(course, view)
    bone = page.locator(".l3s1-bone")
    bone.get_by_role("button", name="Bridged").click()
    bone.get_by_role("button", name="It does not unite").click()
    expect(bone.locator(".l3s1-bone-failure")).to_contain_text("L5–S1 stays open")
    bone.get_by_role("button", name="Where this comes from").click()
    expect(page.locator(".l3s1-sheet:visible")).to_contain_text("12 months")
    page.keyboard.press("Escape")
    assert view.sideways_scroll() == 0
    view.expect_accessible(".l3s1-bone")
    view.expect_no_error()


def test_a_link_to_a_day_opens_both_on_it(course: Server, visit: Visiting) -> None:
    """Whichever of the two is ready first."""
    page = visit(course).open_lesson(f"{course.address}{LESSON}?day=200")
    expect(page.locator(".l3s1-bone-day")).to_contain_text("day 200")
