"""The review of lesson 12: from an answer in a lesson to the day on which it comes back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from urllib.parse import urlparse

from playwright.sync_api import expect

from l3s1.content import SingleBestAnswer, load_content

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from tests.browser.conftest import Server, Visit, Visiting

REVIEW = "voila/render/12-cases-and-review.ipynb"
ANATOMY = "voila/render/01-anatomy.ipynb"
MORNING = dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)

CONTENT = load_content()
ITEM = next(
    each
    for each in CONTENT.items.values()
    if each.lesson == "01" and each.use == "check" and isinstance(each, SingleBestAnswer)
)
OBJECTIVE = next(each for each in CONTENT.lessons["01"].objectives if each.id == ITEM.objective)
WRONG = next(each for each in ITEM.choices if each.id != ITEM.key)


def miss_it_in_its_lesson(view: Visit, course: Server) -> None:
    """Answer the item of lesson 01 wrongly, where it is asked."""
    page = view.open_lesson(course.address + ANATOMY)
    form = page.locator(f"form[data-item={ITEM.id}]")
    form.get_by_label(WRONG.text).check()
    form.get_by_label("Fairly sure").check()
    form.get_by_role("button", name="Check answer").click()
    expect(form.locator("..").get_by_role("status")).to_contain_text("Not quite")


def open_review(view: Visit, course: Server) -> Page:
    page = view.open_lesson(course.address + REVIEW)
    expect(page.locator(".l3s1-review-today")).to_be_visible()
    return page


def test_a_miss_in_a_lesson_is_due_the_next_day(course: Server, visit: Visiting) -> None:
    view = visit(course, timezone_id="Europe/Berlin")
    view.page.clock.set_system_time(MORNING)
    miss_it_in_its_lesson(view, course)
    page = open_review(view, course)
    says = page.locator(".l3s1-review-today .l3s1-review-says")
    expect(says).to_contain_text("Nothing is due")
    page.clock.set_system_time(MORNING + dt.timedelta(hours=16))  # 01:00, the next day
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(says).to_contain_text("1 due")
    page.get_by_role("button", name="Review 1, then 9 new").click()
    expect(page.locator(f".l3s1-review form[data-item={ITEM.id}]")).to_be_visible()
    view.expect_no_error()
    view.expect_no_outside_request()


def test_a_review_needs_no_mouse(course: Server, visit: Visiting) -> None:
    view = visit(course, width=390, scheme="dark")
    miss_it_in_its_lesson(view, course)
    page = open_review(view, course)
    page.get_by_role("combobox", name="Lesson").focus()
    page.keyboard.type("01")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Start with 5 new questions")).to_be_focused()
    page.keyboard.press("Enter")
    session = page.locator(".l3s1-review-session")
    expect(session.get_by_role("heading", name="Question 1 of 5")).to_be_focused()
    field = session.locator("form :is(input, select, button)").first
    expect(field).to_be_visible()
    stop = session.get_by_role("button", name="End here")
    for _ in range(40):
        page.keyboard.press("Tab")
        if stop.evaluate("button => button === document.activeElement"):
            break
    expect(stop).to_be_focused()
    view.expect_accessible(".l3s1-review")
    assert view.sideways_scroll() == 0
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Today")).to_be_focused()
    view.expect_no_error()


def test_the_weakest_objective_leads_to_what_teaches_it(course: Server, visit: Visiting) -> None:
    view = visit(course)
    miss_it_in_its_lesson(view, course)
    page = open_review(view, course)
    weakest = page.locator(".l3s1-weakest > li").first
    expect(weakest).to_contain_text(OBJECTIVE.text)
    weakest.get_by_role("link").click()
    view.wait_for_figures()
    assert urlparse(page.url).path.endswith("/01-anatomy.ipynb")
    heading = page.get_by_role("heading", name=OBJECTIVE.taught_by.heading)
    expect(heading).to_be_in_viewport()
    view.expect_no_error()
