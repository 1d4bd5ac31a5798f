"""Lesson 10 in the page: the threshold moves shares and words, and every mark has its origin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, Page, expect

from l3s1.content import load_content

if TYPE_CHECKING:
    from tests.browser.conftest import Server, Visiting

CONTENT = load_content()
LESSON = CONTENT.lessons["10"].notebook
RESPONDERS = 0
"""Place of the responder curve among the lesson's figures."""


def address(course: Server) -> str:
    return f"{course.address}voila/render/{LESSON}"


def said(page: Page, place: int = RESPONDERS) -> Locator:
    """The sentence below a figure."""
    return page.locator(".l3s1-readings-said").nth(place)


def rows(page: Page, place: int = RESPONDERS) -> Locator:
    """The rows below a figure."""
    return page.locator(".l3s1-readings").nth(place).locator("tbody tr")


def labels(page: Page) -> Locator:
    """What the responder curve writes beside its cursor."""
    return page.locator(".js-plotly-plot").nth(RESPONDERS).locator(".textpoint text")


def test_moving_the_threshold_moves_shares_and_words(course: Server, visit: Visiting) -> None:
    view = visit(course)
    page = view.open_lesson(address(course))
    expect(said(page)).to_contain_text("12.8 points")
    expect(labels(page)).to_have_count(3)
    drawn = labels(page).all_text_contents()
    shares = rows(page).locator("td:first-of-type").all_text_contents()[:3]
    handle = page.get_by_role("slider", name="Threshold")
    handle.focus()
    for _ in range(8):
        handle.press("ArrowRight")
    expect(said(page)).to_contain_text("a gain of 17")
    for place in range(3):
        expect(labels(page).nth(place)).not_to_have_text(drawn[place])
        expect(rows(page).nth(place).locator("td").first).not_to_have_text(shares[place])
    page.get_by_role("status").filter(has_text="a gain of 17").wait_for(state="attached")
    view.expect_no_error()


def test_a_threshold_is_chosen_by_name(course: Server, visit: Visiting) -> None:
    page = visit(course).open_lesson(address(course))
    named = page.get_by_label("or a named one")
    named.select_option(label="any change")
    expect(said(page)).to_contain_text("any change for the better")
    expect(said(page)).to_contain_text("Zigler 2007")
    page.get_by_label("Scale").select_option(label="back pain: points of 100")
    expect(rows(page).first).to_contain_text("28 ± 32")
    expect(named.locator("option")).to_have_count(4)
    named.select_option(label="nothing left of the complaint")
    expect(said(page)).to_contain_text("15")
    expect(rows(page).first).to_contain_text("no curve")


def test_a_click_on_a_dot_opens_its_origin(course: Server, visit: Visiting) -> None:
    view = visit(course)
    page = view.open_lesson(address(course))
    plot = page.locator(".js-plotly-plot").nth(RESPONDERS)
    expect(plot).to_be_visible()
    # the counted shares are the trace whose marks are hexagons; the first is of this fact
    fact = CONTENT.facts["reached-change-bisson-2021"]
    place = plot.evaluate(
        "(plot, fact) => { const trace = plot._fullData.find((each) => each.mode === 'markers'"
        " && each.customdata?.includes(fact)); const at = trace.customdata.indexOf(fact);"
        " const { xaxis, yaxis } = plot._fullLayout; return [xaxis._offset +"
        " xaxis.l2p(trace.x[at]), yaxis._offset + yaxis.l2p(trace.y[at])]; }",
        fact.id,
    )
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    assert box
    page.mouse.move(box["x"] + place[0] - 2, box["y"] + place[1])
    page.mouse.click(box["x"] + place[0], box["y"] + place[1])
    expect(page.get_by_role("dialog")).to_contain_text(fact.statement)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    view.expect_no_error()


def test_a_row_opens_its_origin_by_keyboard_again_and_again(
    course: Server, visit: Visiting
) -> None:
    page = visit(course).open_lesson(address(course))
    button = rows(page).first.get_by_role("button")
    for _ in range(2):
        button.focus()
        button.press("Enter")
        expect(page.get_by_role("dialog")).to_contain_text("Sköld")
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(button).to_be_focused()


def test_a_choice_changes_a_figure_in_place(course: Server, visit: Visiting) -> None:
    page = visit(course).open_lesson(address(course))
    plots = page.locator(".js-plotly-plot")
    expect(plots).to_have_count(7)
    page.evaluate(
        "document.querySelectorAll('.js-plotly-plot').forEach((p) => (p.dataset.old = 1))"
    )
    page.get_by_label("Show", exact=True).select_option(
        label="prediction models: area under the curve"
    )
    expect(said(page, 5)).to_contain_text("no personal risk")
    page.get_by_label("Time axis").select_option(label="linear")
    page.get_by_label("Left").select_option(label="back pain worse than before")
    expect(said(page, 4)).to_contain_text("12 back pain worse")
    expect(page.locator(".js-plotly-plot[data-old]")).to_have_count(7)


def test_ten_predictions_by_keyboard_end_in_a_curve(course: Server, visit: Visiting) -> None:
    page = visit(course).open_lesson(address(course))
    game = 6
    for number in range(1, 11):
        expect(said(page, game)).to_contain_text(f"Question {number} of 10")
        for name in ("no", "80 %", "Answer"):
            button = page.get_by_role("button", name=name, exact=True)
            button.focus()
            button.press("Enter")
    expect(said(page, game)).to_contain_text("Right in 5 of 10")
    expect(rows(page, game)).to_have_count(10)
    expect(page.get_by_role("button", name="Play again")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_scrolls_down_and_never_sideways(
    course: Server, visit: Visiting, scheme: str
) -> None:
    view = visit(course, width=360, scheme=scheme)
    page = view.open_lesson(address(course))
    expect(page.locator(".js-plotly-plot")).to_have_count(7)
    for place in range(7):
        plot = page.locator(".js-plotly-plot").nth(place)
        box = plot.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
    assert view.sideways_scroll() == 0
    view.expect_accessible()


def test_the_lesson_is_light_on_the_wire(course: Server, visit: Visiting) -> None:
    view = visit(course)
    page = view.open_lesson(address(course))
    page.wait_for_load_state("networkidle")
    assert view.socket_bytes <= 300_000
    view.forget()
    page.get_by_role("slider", name="Threshold").press("ArrowRight")
    expect(said(page)).not_to_contain_text("12.8 points")
    page.wait_for_load_state("networkidle")
    assert view.socket_bytes <= 25_000, "a step is small"
