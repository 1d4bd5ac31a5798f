"""The course map in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from l3s1.content import load_content

if TYPE_CHECKING:
    from tests.browser.conftest import Server, Visiting

LESSONS = tuple(load_content().lessons.values())


def test_every_lesson_is_on_the_map(course: Server, visit: Visiting) -> None:
    page = visit(course).open(course.address)
    expect(page.locator(".lessons-list h3")).to_have_text([lesson.title for lesson in LESSONS])
    ready = [lesson.title for lesson in LESSONS if lesson.status == "ready"]
    expect(page.locator(".lessons-list a")).to_have_text(ready)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1280, 1440, 1920])
def test_the_map_fits_and_is_accessible(
    course: Server, visit: Visiting, width: int, scheme: str
) -> None:
    view = visit(course, width=width, scheme=scheme)
    view.open(course.address).wait_for_load_state()
    if width in (360, 1440):
        view.take_picture(f"map-{width}-{scheme}")
    assert view.sideways_scroll() == 0
    view.expect_accessible()
    view.expect_no_error()
    view.expect_no_outside_request()


def test_start_here_is_one_click_away(course: Server, visit: Visiting) -> None:
    page = visit(course).open(course.address)
    page.locator("a.button").click()
    expect(page.locator("main h1")).to_contain_text("Start here")


def test_a_whole_row_can_be_clicked(course: Server, visit: Visiting) -> None:
    page = visit(course).open(course.address)
    page.locator(".lessons-list li.ready").last.click(position={"x": 5, "y": 5})
    expect(page).to_have_url(course.address + "voila/render/" + _last_ready())


def _last_ready() -> str:
    return [lesson.notebook for lesson in LESSONS if lesson.status == "ready"][-1]


def test_the_theme_is_kept(course: Server, visit: Visiting) -> None:
    page = visit(course, scheme="light").open(course.address)
    page.wait_for_load_state()
    light = page.locator("body").evaluate("(body) => getComputedStyle(body).backgroundColor")
    page.get_by_label("Colours").select_option("dark")
    dark = page.locator("body").evaluate("(body) => getComputedStyle(body).backgroundColor")
    assert dark != light
    page.reload()
    assert page.locator("body").evaluate("(body) => getComputedStyle(body).backgroundColor") == dark
    expect(page.get_by_label("Colours")).to_have_value("dark")
    page.get_by_label("Colours").select_option("auto")
    assert (
        page.locator("body").evaluate("(body) => getComputedStyle(body).backgroundColor") == light
    )


def test_the_keyboard_reaches_the_text_first(course: Server, visit: Visiting) -> None:
    page = visit(course).open(course.address)
    page.wait_for_load_state()
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
