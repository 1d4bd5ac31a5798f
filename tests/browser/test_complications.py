"""Lesson 11 in the page: the call opens windows, calls are decided, every mark has its origin."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, Page, expect

from l3s1.content import load_content
from l3s1.lesson import Lesson
from l3s1.vocabulary import TRIAGE_DECISIONS

if TYPE_CHECKING:
    from tests.browser.conftest import Server, Visiting

CONTENT = load_content()
LESSON = CONTENT.lessons["11"].notebook
HAZARDS, LEVEL_ABOVE, AGEING, MODEL, REOPERATION = range(5)
"""Places of the figures in the lesson."""


def address(course: Server) -> str:
    return f"{course.address}voila/render/{LESSON}"


def said(page: Page, place: int) -> Locator:
    """The sentence below a figure."""
    return page.locator(".l3s1-readings-said").nth(place)


def rows(page: Page, place: int) -> Locator:
    """The rows below a figure."""
    return page.locator(".l3s1-readings").nth(place).locator("tbody tr")


def test_the_call_moves_and_the_windows_answer(course: Server, visit: Visiting) -> None:
    view = visit(course)
    page = view.open_lesson(address(course))
    expect(said(page, HAZARDS)).to_contain_text("☎ day 12")
    expect(said(page, HAZARDS)).to_contain_text("Wound infection")
    page.evaluate(
        "document.querySelectorAll('.js-plotly-plot').forEach((p) => (p.dataset.old = 1))"
    )
    typed = page.get_by_label("on", exact=True)
    typed.fill("4 years")
    typed.press("Enter")
    expect(said(page, HAZARDS)).to_contain_text("Open windows (bold): Surgery next to the fusion.")
    handle = page.get_by_role("slider", name="The phone rings")
    handle.focus()
    handle.press("Home")
    expect(said(page, HAZARDS)).to_contain_text("☎ the operation")
    page.get_by_label("How often", exact=True).select_option(label="Transfusion")
    page.get_by_label("Levels", exact=True).select_option(label="three or more levels")
    expect(rows(page, HAZARDS).first).to_contain_text("29.9 %")
    expect(page.locator(".js-plotly-plot[data-old]")).to_have_count(5)
    view.expect_no_error()


def test_calls_are_decided_by_keyboard_and_a_late_decision_says_what_to_do_now(
    course: Server, visit: Visiting
) -> None:
    page = visit(course).open_lesson(address(course))
    call = Lesson("11").triage().items[0]
    assert call["key"] == "a"
    form = page.locator(f"form[data-item='{call['id']}']")
    box = page.locator(".l3s1-question-box").filter(has=form)
    late = box.get_by_role("radio", name=TRIAGE_DECISIONS["c"])
    late.focus()
    late.press("Space")
    sure = box.get_by_role("radio", name=re.compile("^Fairly sure"))
    sure.focus()
    sure.press("Space")
    late.press("Enter")
    expect(box.get_by_role("status")).to_contain_text("Do now")
    box.get_by_role("button", name="Try again").press("Enter")
    best = box.get_by_role("radio", name=TRIAGE_DECISIONS["a"])
    best.focus()
    best.press("Space")
    sure.focus()
    sure.press("Space")
    best.press("Enter")
    expect(box.get_by_role("status")).to_contain_text("Correct")
    box.get_by_role("button", name="Where this comes from").press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("teaching convention")


def test_a_click_on_a_point_opens_its_origin(course: Server, visit: Visiting) -> None:
    view = visit(course)
    page = view.open_lesson(address(course))
    plot = page.locator(".js-plotly-plot").nth(LEVEL_ABOVE)
    fact = CONTENT.facts["adjacent-surgery-ghiselli-2004"]
    plot.scroll_into_view_if_needed()
    place = plot.evaluate(
        "(plot, fact) => { const trace = plot._fullData.at(-1);"
        " const at = trace.customdata.lastIndexOf(fact);"
        " const { xaxis, yaxis } = plot._fullLayout; return [xaxis._offset +"
        " xaxis.l2p(trace.x[at]), yaxis._offset + yaxis.l2p(trace.y[at])]; }",
        fact.id,
    )
    box = plot.bounding_box()
    assert box
    page.mouse.move(box["x"] + place[0] - 2, box["y"] + place[1])
    page.mouse.click(box["x"] + place[0], box["y"] + place[1])
    expect(page.get_by_role("dialog")).to_contain_text(fact.statement)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    view.expect_no_error()


def test_imaging_symptoms_and_operations_are_told_apart(course: Server, visit: Visiting) -> None:
    page = visit(course).open_lesson(address(course))
    expect(said(page, LEVEL_ABOVE)).to_contain_text("Operated on")
    page.get_by_label("Count", exact=True).select_option(label="seen on imaging")
    expect(said(page, LEVEL_ABOVE)).to_contain_text("Seen on imaging: 11 shares")
    page.get_by_label("What may change it", exact=True).select_option(
        label="stopping at L5, not at S1"
    )
    expect(rows(page, LEVEL_ABOVE).first).to_contain_text("says so")
    expect(rows(page, REOPERATION).first).to_contain_text("Andresen")
    page.get_by_label("Diagnosis", exact=True).select_option(label="mixed degenerative")
    expect(rows(page, REOPERATION).first).to_contain_text("Martin")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_scrolls_down_and_never_sideways(
    course: Server, visit: Visiting, scheme: str
) -> None:
    view = visit(course, width=360, scheme=scheme)
    page = view.open_lesson(address(course))
    plots = page.locator(".js-plotly-plot")
    expect(plots).to_have_count(5)
    for place in range(5):
        box = plots.nth(place).bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
    assert view.sideways_scroll() == 0
    view.expect_accessible()


def test_the_lesson_is_light_on_the_wire(course: Server, visit: Visiting) -> None:
    view = visit(course)
    page = view.open_lesson(address(course))
    expect(page.locator(".js-plotly-plot")).to_have_count(5)
    expect(said(page, REOPERATION)).to_contain_text("published shares")
    page.wait_for_load_state("networkidle")
    assert 50_000 <= view.socket_bytes <= 300_000
    view.forget()
    page.get_by_role("slider", name="The phone rings").press("ArrowRight")
    expect(said(page, HAZARDS)).not_to_contain_text("☎ day 12")
    assert view.socket_bytes <= 40_000, "a step is small"
