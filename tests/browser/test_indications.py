"""Lesson 04 in the page: reasons and guidelines, the way to the spine, a patient and the plan."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import Locator, Page, expect

from l3s1.activities.indication_spine import link_of
from l3s1.activities.indications import BY_ID
from l3s1.content import load_content

if TYPE_CHECKING:
    from tests.browser.conftest import Server, Visiting

CONTENT = load_content()
LESSON = CONTENT.lessons["04"].notebook
GUIDELINES, TRIALS, BOARD = range(3)
"""Places of the lesson's tables."""


def address(course: Server, link: str = "") -> str:
    return f"{course.address}voila/render/{LESSON}{link}"


def readings(page: Page, place: int) -> Locator:
    """The sentence and the table of a figure."""
    return page.locator(".l3s1-readings").nth(place)


def test_a_reason_changes_trials_guidelines_and_the_way_to_the_spine(
    course: Server, visit: Visiting
) -> None:
    view = visit(course)
    page = view.open_lesson(address(course))
    expect(readings(page, GUIDELINES)).to_contain_text("NICE tells clinicians")
    expect(readings(page, TRIALS).locator("tbody")).to_contain_text("Fairbank 2005")
    page.get_by_label("Reason").select_option(label="stenosis without a slip")
    expect(readings(page, TRIALS)).to_contain_text("no trial found")
    expect(readings(page, GUIDELINES)).to_contain_text("no evidence that fusion adds anything")
    page.get_by_label("Measured").select_option(label="people who did well")
    expect(readings(page, TRIALS).locator("tbody")).to_contain_text("Karlsson 2024")
    page.get_by_label("Reason").select_option(label="degenerative slip with stenosis")
    way = page.get_by_role("link", name="Open it in 3D")
    expect(way).to_have_attribute("href", link_of(CONTENT, BY_ID["slip"]))
    view.expect_no_error()


def test_the_way_to_the_spine_leads_to_a_slipped_one(course: Server, visit: Visiting) -> None:
    link = link_of(CONTENT, BY_ID["slip"])
    view = visit(course)
    page = view.open_lesson(f"{course.address}voila/render/{link}")
    slip = page.locator("[data-variant=slip]").get_by_role("slider")
    expect(slip).to_have_attribute("aria-valuetext", re.compile("^20 %.*Meyerding I$"))
    view.expect_no_error()


def test_a_link_opens_a_yardstick_and_a_row_its_origin(course: Server, visit: Visiting) -> None:
    view = visit(course)
    asked = "?indication-trials.indication=slip&indication-trials.yardstick=again"
    page = view.open_lesson(address(course, asked))
    expect(readings(page, TRIALS)).to_contain_text("fusion is ahead in 3")
    readings(page, GUIDELINES).get_by_role("button", name="Resnick 2014").click()
    origin = page.locator(".l3s1-origin").first
    expect(origin).to_contain_text(CONTENT.facts["guideline-neurosurgeons-slip-2014"].statement)
    view.expect_no_error()


def test_a_stated_patient_gets_a_plan_and_no_combined_risk(course: Server, visit: Visiting) -> None:
    view = visit(course)
    page = view.open_lesson(address(course))
    page.get_by_label("Mood").select_option(label="Depression diagnosed")
    table = readings(page, BOARD).locator("tbody")
    expect(table).to_contain_text("No trial of treating depression before a fusion was found.")
    page.get_by_label("In people").select_option(label="mood and lasting work")
    expect(readings(page, BOARD)).to_contain_text("Depression: 11 of 100 back at work to last.")
    expect(readings(page, BOARD)).to_contain_text("nothing is combined")
    view.expect_no_error()


def test_the_lesson_is_accessible_and_fits_a_phone(course: Server, visit: Visiting) -> None:
    view = visit(course, width=390)
    page = view.open_lesson(address(course))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    view.expect_accessible()
