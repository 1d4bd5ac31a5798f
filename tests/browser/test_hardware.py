"""Lesson 08 in the page: a rod is chosen, questions change a chart, rows have their origin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Locator, Page, expect

from l3s1.content import load_content

if TYPE_CHECKING:
    from tests.browser.conftest import Server, Visiting

CONTENT = load_content()
LESSON = CONTENT.lessons["08"].notebook


def address(course: Server) -> str:
    return f"{course.address}voila/render/{LESSON}"


def chart(page: Page, said: str) -> Locator:
    """The activity whose sentence begins so."""
    sentence = page.locator(".l3s1-readings-said", has_text=said)
    return page.locator(".l3s1-activity").filter(has=sentence)


def test_choosing_a_rod_moves_the_ring_and_the_words(course: Server, visit: Visiting) -> None:
    view = visit(course)
    page = view.open_lesson(address(course))
    activity = chart(page, "as stiff in bending as titanium alloy")
    sentence = activity.locator(".l3s1-readings-said")
    expect(sentence).to_contain_text("A cobalt–chromium rod of 5.5 mm is 2.1 times")
    plot = activity.locator(".js-plotly-plot")
    ring = "plot => plot._fullData.at(-1).y[0]"
    before = plot.evaluate(ring)
    activity.get_by_label("Material").select_option(label="PEEK")
    activity.get_by_label("Diameter").select_option(label="6.35 mm")
    expect(sentence).to_contain_text("A PEEK rod of 6.35 mm")
    assert plot.evaluate(ring) < before / 10
    view.expect_no_error()


def test_a_question_changes_its_chart_and_a_row_opens_its_origin_by_keyboard(
    course: Server, visit: Visiting
) -> None:
    page = visit(course).open_lesson(address(course))
    activity = chart(page, "S1 screws loosen")
    question = activity.get_by_label("Question")
    question.focus()
    question.select_option(label="Pelvic anchors at L3–S1?")
    activity = chart(page, "Disputed: no trial was found")
    expect(activity.locator("tbody")).to_contain_text("No evidence: L3–S1 with against without")
    row = activity.locator("tbody tr", has_text="Kuklo 2001").first.get_by_role("button")
    row.focus()
    row.press("Enter")
    fact = CONTENT.facts["pelvic-anchors-kuklo-2001"]
    expect(page.get_by_role("dialog")).to_contain_text(fact.statement)
    page.keyboard.press("Escape")
    expect(row).to_be_focused()


def test_a_phone_scrolls_down_and_never_sideways(course: Server, visit: Visiting) -> None:
    view = visit(course, width=360, scheme="dark")
    page = view.open_lesson(address(course))
    expect(page.locator(".l3s1-activity .js-plotly-plot")).to_have_count(5)
    assert view.sideways_scroll() == 0
    view.expect_accessible()
