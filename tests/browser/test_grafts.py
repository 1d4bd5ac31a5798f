"""Lesson 07 in the page: grafts side by side, gaps that say so, studies that open their origin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Locator, Page, expect

from l3s1.content import load_content

if TYPE_CHECKING:
    from tests.browser.conftest import Server, Visiting

CONTENT = load_content()
LESSON = CONTENT.lessons["07"].notebook
CHOOSER, NETWORK = 1, 3
"""Places of the chooser and the network among the lesson's charts."""


def address(course: Server, query: str = "") -> str:
    return f"{course.address}voila/render/{LESSON}{query}"


def chart(page: Page, place: int) -> Locator:
    """A chart with its controls and words."""
    return page.locator(".l3s1-activity").nth(place)


def said(page: Page, place: int) -> Locator:
    """The sentence below a chart."""
    return chart(page, place).locator(".l3s1-readings-said")


def test_two_grafts_by_keyboard_and_a_gap_that_says_so(course: Server, visit: Visiting) -> None:
    view = visit(course)
    page = view.open_lesson(address(course))
    expect(said(page, CHOOSER)).to_contain_text("Crest bone: 9 published numbers")
    graft = chart(page, CHOOSER).get_by_label("Graft", exact=True)
    graft.focus()
    graft.press("End")
    expect(graft).to_have_value("platelets")
    expect(said(page, CHOOSER)).to_contain_text("Platelets: no evidence found.")
    chart(page, CHOOSER).get_by_label("Show").select_option(
        label="union against another graft: odds ratios"
    )
    expect(said(page, CHOOSER)).to_contain_text("Platelets: 2 published numbers, 0.62 to 4.35.")
    view.expect_no_error()


def test_a_click_on_a_study_opens_its_origin(course: Server, visit: Visiting) -> None:
    view = visit(course)
    page = view.open_lesson(address(course))
    plot = chart(page, NETWORK).locator(".js-plotly-plot")
    expect(plot).to_be_visible()
    fact = CONTENT.facts["graft-peptide-local-tlif-2026"]
    plot.scroll_into_view_if_needed()
    place = plot.evaluate(
        "(plot, fact) => { const trace = plot._fullData.find((each) =>"
        " each.customdata?.includes(fact)); const at = trace.customdata.indexOf(fact);"
        " const { xaxis, yaxis } = plot._fullLayout; return [xaxis._offset +"
        " xaxis.l2p(trace.x[at]), yaxis._offset + yaxis.l2p(trace.y[at])]; }",
        fact.id,
    )
    box = plot.bounding_box()
    assert box
    page.mouse.move(box["x"] + place[0] - 2, box["y"] + place[1])
    page.mouse.click(box["x"] + place[0], box["y"] + place[1])
    expect(page.get_by_role("dialog")).to_contain_text(fact.statement)
    view.expect_no_error()


def test_the_network_around_a_graft_on_a_phone(course: Server, visit: Visiting) -> None:
    view = visit(course, width=390, scheme="dark")
    page = view.open_lesson(address(course))
    chart(page, NETWORK).get_by_label("Around").select_option(label="donor bone")
    expect(said(page, NETWORK)).to_contain_text("pairs with donor bone")
    gap = chart(page, NETWORK).locator("tbody tr").last
    expect(gap).to_contain_text("donor bone: no comparison found with local bone")
    row = chart(page, NETWORK).locator("tbody tr").first.get_by_role("button")
    row.focus()
    row.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(row).to_be_focused()
    assert view.sideways_scroll() == 0
    view.expect_accessible()
