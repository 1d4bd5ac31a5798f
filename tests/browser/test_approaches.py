"""Lesson 05 in the page: two ways to a disc, by keyboard, by link and on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Locator, Page, expect

from l3s1.content import load_content

if TYPE_CHECKING:
    from tests.browser.conftest import Server, Visiting

CONTENT = load_content()
LESSON = CONTENT.lessons["05"].notebook


def address(course: Server, query: str = "") -> str:
    return f"{course.address}voila/render/{LESSON}{query}"


def atlas(page: Page) -> Locator:
    """The atlas: the lesson's chart that has a disc to choose."""
    return page.locator(".l3s1-activity").filter(has=page.get_by_label("Disc", exact=True))


def results(page: Page) -> Locator:
    """The results: the lesson's chart after the atlas."""
    return page.locator(".l3s1-activity").filter(has_not=page.get_by_label("Disc", exact=True))


def said(chart: Locator) -> Locator:
    """The sentence below a chart."""
    return chart.locator(".l3s1-readings-said")


def test_two_ways_to_a_disc_by_keyboard_and_back(course: Server, visit: Visiting) -> None:
    view = visit(course)
    page = view.open_lesson(address(course))
    chart = atlas(page)
    expect(said(chart)).to_contain_text("TLIF at L4–L5: usual.")
    expect(said(chart)).to_contain_text("splits the left psoas major")
    disc = chart.get_by_label("Disc", exact=True)
    disc.focus()
    disc.press("End")
    expect(said(chart)).to_contain_text("LLIF at L5–S1: not usual.")
    beside = chart.get_by_label("Beside it")
    beside.focus()
    beside.press("Home")
    expect(said(chart)).not_to_contain_text("LLIF")
    chart.get_by_role("button", name="Reset").press("Enter")
    expect(said(chart)).to_contain_text("TLIF at L4–L5: usual.")
    expect(said(chart)).to_contain_text("LLIF at L4–L5: with limits.")
    view.expect_no_error()


def test_the_section_from_the_left_has_the_crest_and_both_ways(
    course: Server, visit: Visiting
) -> None:
    view = visit(course)
    page = view.open_lesson(address(course))
    chart = atlas(page)
    chart.get_by_label("Section").select_option(label="from the left, in the midline")
    expect(chart.locator(".js-plotly-plot")).to_contain_text("iliac crest, beside")
    expect(chart.locator(".js-plotly-plot")).to_contain_text("cut in the midline")
    expect(said(chart)).to_contain_text("Not in the model: the nerves that run in the psoas")
    view.expect_no_error()


def test_a_risk_opens_its_origin_on_a_phone(course: Server, visit: Visiting) -> None:
    view = visit(course, width=390, scheme="dark")
    page = view.open_lesson(address(course))
    fact = CONTENT.facts["lateral-risks-epstein-2019"]
    row = atlas(page).get_by_role("button", name="new weakness")
    row.focus()
    row.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text(fact.statement)
    page.keyboard.press("Escape")
    expect(row).to_be_focused()
    expect(said(results(page).last)).not_to_be_empty()
    assert view.sideways_scroll() == 0
    view.expect_accessible()
