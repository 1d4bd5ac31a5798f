"""Motion in lesson 03's page: fuse a level, choose a protocol and a load, by keyboard too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Locator, Page, expect

from l3s1.content import load_content

if TYPE_CHECKING:
    from tests.browser.conftest import Server, Visiting

CONTENT = load_content()
LESSON = CONTENT.lessons["03"].notebook
LEVELS, BENDING, ABOVE = range(3)


def address(course: Server) -> str:
    return f"{course.address}voila/render/{LESSON}"


def said(page: Page, place: int) -> Locator:
    return page.locator(".l3s1-readings-said").nth(place)


def test_levels_are_fused_and_the_protocol_decides(course: Server, visit: Visiting) -> None:
    view = visit(course)
    page = view.open_lesson(address(course))
    expect(said(page, BENDING)).to_contain_text("Nothing fused")
    for level in ("L3–L4", "L4–L5", "L5–S1"):
        page.get_by_label(f"fuse {level}").press("Space")
    expect(said(page, BENDING)).to_contain_text("These levels gave 69 % of this flexion")
    expect(said(page, BENDING)).to_contain_text("every free level bends exactly as before")
    page.get_by_label("Now it is").select_option(label="bent as far as before")
    expect(said(page, BENDING)).to_contain_text("every free level makes up for it")
    bend = page.get_by_role("slider", name="Bend")
    bend.focus()
    bend.press("ArrowRight")
    expect(said(page, BENDING)).to_contain_text("(26.0°)")
    view.expect_no_error()


def test_a_step_of_the_bend_is_drawn_without_the_kernel(course: Server, visit: Visiting) -> None:
    view = visit(course)
    page = view.open_lesson(
        f"{address(course)}?fuse-and-bend.fused_l4_l5=on&fuse-and-bend.protocol=motion"
    )
    expect(said(page, BENDING)).to_contain_text("L4–L5 fused")
    page.evaluate(
        """async () => {
          const input = document.querySelector(".l3s1-motion input[type=range]");
          for (let step = 1; step <= 40; step += 1) {
            input.value = String(step - 22);
            input.dispatchEvent(new Event("input", { bubbles: true }));
            await new Promise((drawn) => requestAnimationFrame(drawn));
          }
        }"""
    )
    expect(page.locator(".l3s1-motion .l3s1-plotly-plot")).to_contain_text("flexion 18.0° → 18.0°")
    expect(said(page, BENDING)).to_contain_text("(18.0°)")


def test_the_level_above_follows_construct_and_movement(course: Server, visit: Visiting) -> None:
    view = visit(course)
    page = view.open_lesson(address(course))
    expect(said(page, ABOVE)).to_contain_text("not a forecast")
    held = page.get_by_label("Held by").nth(1)
    held.select_option(label="solid bone")
    expect(said(page, ABOVE)).to_contain_text("can't be reached")
    page.get_by_label("Movement").nth(1).select_option(label="turning to one side")
    expect(said(page, ABOVE)).to_contain_text("turning to one side")
    view.expect_no_error()


def test_a_level_and_a_plane_are_chosen(course: Server, visit: Visiting) -> None:
    view = visit(course)
    page = view.open_lesson(address(course))
    expect(said(page, LEVELS)).to_contain_text("they disagree")
    page.get_by_label("Curve of").select_option(label="L2–L3")
    expect(said(page, LEVELS)).to_contain_text("6.5° of flexion")
    row = page.locator(".l3s1-readings").nth(LEVELS).locator("tbody tr").first.get_by_role("button")
    row.focus()
    row.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("neutral zone")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    view.expect_no_error()
