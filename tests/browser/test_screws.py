"""The screw trainer as a student handles it: keys, a test, links, steps, no 3D."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import Locator, Page, expect

from l3s1.activities.screw_tasks import TASKS
from l3s1.content import load_content

if TYPE_CHECKING:
    from tests.browser.conftest import Server, Visit, Visiting

CONTENT = load_content()
LESSON = CONTENT.lessons["08"].notebook
STEPS = 12
WITHOUT_3D = """
const given = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
  return kind === "webgl2" ? null : given.call(this, kind, ...rest);
};
"""


def trainer(course: Server, view: Visit, query: str = "") -> tuple[Page, Locator]:
    page = view.open_lesson(f"{course.address}voila/render/{LESSON}{query}")
    found = page.locator(".l3s1-screw[data-plan]")
    expect(found).to_be_visible()
    return page, found


def scene(found: Locator) -> Locator:
    """The 3D picture, once its bone is there."""
    picture = found.locator('[data-picture="scene"]')
    picture.scroll_into_view_if_needed()
    return picture


def test_keys_move_slider_and_handle_and_all_pictures_follow(
    course: Server, visit: Visiting
) -> None:
    view = visit(course)
    page, found = trainer(course, view)
    expect(scene(found)).to_have_attribute("data-bone", re.compile("^L5"), timeout=30_000)
    shafts = found.locator(".l3s1-screw-shaft")
    before = shafts.evaluate_all("all => all.map(each => each.getAttribute('d'))")
    assert len(before) == 3
    slider = found.get_by_label("Angle inward (axial)")
    slider.press("ArrowRight")
    expect(found).to_have_attribute("data-plan", "0,0,26,0,6.5,45")
    found.locator('[data-picture="posterior"] .l3s1-screw-handle').press("ArrowRight")
    expect(found).to_have_attribute("data-plan", "0.5,0,26,0,6.5,45")
    handle = found.locator('[data-picture="posterior"] .l3s1-screw-grip')
    box = handle.bounding_box()
    pixels = handle.evaluate("grip => grip.getScreenCTM().a")
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 3 * pixels, y, steps=6)
    expect(found).to_have_attribute("data-plan", "3.5,0,26,0,6.5,45")
    page.mouse.move(x, y, steps=6)
    page.mouse.up()
    expect(found).to_have_attribute("data-plan", "0.5,0,26,0,6.5,45")
    after = shafts.evaluate_all("all => all.map(each => each.getAttribute('d'))")
    assert all(old != new for old, new in zip(before, after, strict=True))
    expect(page).to_have_url(re.compile(r"screw\.plan=0\.5%2C0%2C26"))
    row = found.locator("tbody").get_by_role("button", name="Convergence")
    row.press("Enter")
    fact = CONTENT.facts["pedicle-angle-rule"]
    expect(page.get_by_role("dialog")).to_contain_text(fact.statement)
    page.keyboard.press("Escape")
    expect(row).to_be_focused()
    page.reload()
    expect(page.locator(".l3s1-screw")).to_have_attribute(
        "data-plan", "0.5,0,26,0,6.5,45", timeout=30_000
    )
    found.get_by_role("button", name="Reset").click()
    expect(found).to_have_attribute("data-plan", "0,0,25,0,6.5,45")
    view.expect_no_error()


def test_every_step_redraws_all_pictures_once(course: Server, visit: Visiting) -> None:
    """Through the kernel, with the 3D picture on the page; benchmarks/steps.py takes the time."""
    _, found = trainer(course, visit(course))
    expect(scene(found)).to_have_attribute("data-bone", re.compile("^L5"), timeout=30_000)
    drawn = found.locator('input[data-key="convergence_deg"]').evaluate(
        """async (input, steps) => {
            const name = "l3s1:screw-step";
            const done = () => performance.getEntriesByName(name);
            for (let step = 0; step < steps; step += 1) {
              const before = done().length;
              input.value = String(5 + step);
              input.dispatchEvent(new Event("input", { bubbles: true }));
              while (done().length === before) await new Promise((next) => setTimeout(next, 1));
            }
            return done().length;
        }""",
        STEPS,
    )
    assert drawn == STEPS
    expect(found).to_have_attribute("data-plan", f"0,0,{5 + STEPS - 1},0,6.5,45")


def test_a_test_is_graded_and_its_link_shows_the_same(course: Server, visit: Visiting) -> None:
    page, found = trainer(course, visit(course), "?screw.mode=test&screw.seed=3")
    said = found.locator(".l3s1-screw-said")
    expect(said).to_contain_text("shown when it is placed")
    expect(found.locator(".l3s1-screw-shaft")).to_have_count(0)
    found.get_by_label("Length").press("ArrowRight")
    found.get_by_role("button", name="Place the screw").press("Enter")
    expect(said).to_contain_text("Grade")
    expect(found.get_by_role("button", name="Next screw")).to_be_focused()
    score = found.locator(".l3s1-screw-score")
    expect(score).to_contain_text("of 1 placed")
    words, points = said.inner_text(), score.inner_text()
    expect(page).to_have_url(re.compile(r"screw\.results="))
    page.reload()
    expect(page.locator(".l3s1-screw-score")).to_have_text(points, timeout=30_000)
    expect(page.locator(".l3s1-screw-said")).to_have_text(re.sub(r"\n+", "", words))
    found.get_by_role("button", name="Next screw").click()
    expect(found.locator(".l3s1-screw-heading")).to_contain_text(f"Screw 2 of {TASKS}")


def test_a_phone_without_3d_has_words_and_three_pictures(course: Server, visit: Visiting) -> None:
    view = visit(course, width=390, scheme="dark")
    view.page.add_init_script(WITHOUT_3D)
    _, found = trainer(course, view)
    expect(scene(found)).to_contain_text("shows no 3D graphics", timeout=30_000)
    expect(found.locator(".l3s1-screw-shaft")).to_have_count(3)
    assert view.sideways_scroll() == 0
    view.expect_accessible(".l3s1-screw")
