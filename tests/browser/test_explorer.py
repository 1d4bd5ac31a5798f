"""Lesson 01's explorer as a student handles it: mouse, keyboard, link, phone, and Python's side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Locator, Page, expect

from l3s1.activities.anatomy import course_anatomy
from l3s1.activities.anatomy_state import AnatomyExplorerState
from l3s1.content import load_content

if TYPE_CHECKING:
    from playwright.sync_api import FloatRect
    from tests.browser.conftest import Server, Visit, Visiting

LESSON = "voila/render/01-anatomy.ipynb"
EXPLORER = ".l3s1-explorer"


def open_explorer(course: Server, view: Visit, query: str = "") -> Page:
    page = view.open_lesson(f"{course.address}{LESSON}{query}")
    expect(page.locator(f"{EXPLORER} canvas")).to_be_attached()
    expect(page.locator(".l3s1-stage-note")).to_be_hidden()
    return page


def new_state(**state: Any) -> AnatomyExplorerState:
    return AnatomyExplorerState(load_content(), course_anatomy(), **state)


def details(page: Page) -> Locator:
    return page.locator(".l3s1-details")


def place_of_picture(page: Page) -> FloatRect:
    canvas = page.locator(f"{EXPLORER} canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box
    return box


def tab(page: Page, name: str) -> Locator:
    return page.locator(EXPLORER).get_by_role("tab", name=name)


def watch_frames(page: Page) -> list[str]:
    """Collect what the page sends to the kernel from its next load on."""
    sent: list[str] = []

    def note(payload: Any) -> None:
        sent.append(payload if isinstance(payload, str) else payload.decode(errors="replace"))

    page.on("websocket", lambda socket: socket.on("framesent", note))
    return sent


# --- explore --------------------------------------------------------------------------------------


def test_searching_selects_and_tells_all_about_it(course: Server, visit: Visiting) -> None:
    view = visit(course)
    page = open_explorer(course, view)
    field = page.get_by_role("combobox", name=re.compile("Find a structure"))
    field.fill("lamina l5 right")
    page.keyboard.press("Enter")
    kind = load_content().structure_of("L5.lamina.right")
    expect(details(page).locator("h3")).to_have_text("Right lamina of L5")
    for text in (kind.what, kind.surgeon, kind.latin or ""):
        expect(details(page)).to_contain_text(text)
    expect(page).to_have_url(re.compile(r"structure=L5\.lamina\.right"))
    view.expect_no_error()
    view.expect_no_outside_request()


def test_a_number_opens_its_origin(course: Server, visit: Visiting) -> None:
    page = open_explorer(course, visit(course), "?structure=L4.pedicle.left")
    row = load_content().structure_of("L4.pedicle.left").numbers[0]
    button = details(page).get_by_role("button", name=row.label).first
    button.click()
    sheet = page.locator(EXPLORER).get_by_role("dialog")
    expect(sheet).to_contain_text(load_content().facts[row.fact].statement)
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(button).to_be_focused()


def test_a_click_in_the_picture_selects(course: Server, visit: Visiting) -> None:
    page = open_explorer(course, visit(course), "?structure=&peel=5")
    expect(details(page)).to_contain_text("Nothing is selected")
    box = place_of_picture(page)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(details(page).locator("h3")).to_be_visible()
    selected = page.locator("[role=treeitem][aria-selected=true]")
    expect(selected).to_be_visible()
    assert (selected.get_attribute("data-key") or "").removeprefix(
        "structure "
    ) in new_state().by_id


def test_the_kernel_hears_of_a_drag_once(course: Server, visit: Visiting) -> None:
    view = visit(course)
    sent = watch_frames(view.page)
    page = open_explorer(course, view)
    slider = page.get_by_label("Peel off")
    slider.focus()
    sent.clear()
    page.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("ligaments"))
    expect(page).to_have_url(re.compile("peel=3"))
    told = [frame for frame in sent if '"peeled"' in frame]
    assert len(told) == 1
    assert len(told[0]) <= 4_000


def test_only_one_context_draws_all_modes(course: Server, visit: Visiting) -> None:
    view = visit(course)
    view.page.add_init_script(
        """
        const get = HTMLCanvasElement.prototype.getContext;
        globalThis.contexts = new Set();
        HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
          const context = get.call(this, kind, ...more);
          if (/webgl/.test(kind) && context) globalThis.contexts.add(context);
          return context;
        };
        """
    )
    page = open_explorer(course, view)
    for name in ("Compare levels", "Variants", "Find it", "Explore"):
        tab(page, name).click()
        expect(tab(page, name)).to_have_attribute("aria-selected", "true")
    assert page.evaluate("contexts.size") == 1
    view.expect_no_error()


def test_a_link_opens_a_state(course: Server, visit: Visiting) -> None:
    query = "?structure=dural_sac&view=posterior&section=axial:L4-L5&peel=3&other=kept"
    view = visit(course)
    page = open_explorer(course, view, query)
    expect(details(page).locator("h3")).to_have_text("Dural sac")
    views = page.get_by_role("group", name="Named views")
    expect(views.get_by_role("button", name="Back")).to_have_attribute("aria-pressed", "true")
    discs = page.get_by_role("group", name=re.compile("through a disc"))
    expect(discs.get_by_role("button", name="L4–L5")).to_have_attribute("aria-pressed", "true")
    assert "other=kept" in page.url
    page.reload()
    expect(details(page).locator("h3")).to_have_text("Dural sac")
    view.expect_no_error()


@pytest.mark.parametrize("query", ["?structure=ghost", "?slip=L4-L5:9&mode=__proto__", "?peel=-1"])
def test_what_a_link_may_not_ask_for_is_ignored(
    course: Server, visit: Visiting, query: str
) -> None:
    view = visit(course)
    start = details(open_explorer(course, view)).locator("h3").text_content() or ""
    page = open_explorer(course, view, query)
    expect(details(page).locator("h3")).to_have_text(start)
    view.expect_no_error()


# --- compare, variants ----------------------------------------------------------------------------


def test_two_levels_stand_side_by_side_with_their_numbers(course: Server, visit: Visiting) -> None:
    page = open_explorer(course, visit(course))
    tab(page, "Compare levels").click()
    comparison = next(iter(load_content().comparisons.values()))
    panel = page.locator(".l3s1-compare")
    expect(panel).to_contain_text(comparison.matters)
    heads = panel.locator("thead th")
    expect(heads).to_have_text(["L3", "L5"])
    panel.get_by_label("with").select_option("L4")
    expect(heads).to_have_text(["L3", "L4"])


def test_flavum_takes_area_from_the_sac_and_a_slip_has_its_grade(
    course: Server, visit: Visiting
) -> None:
    page = open_explorer(course, visit(course), "?mode=variants")
    value = page.locator(".l3s1-area[data-segment='L4-L5'] .l3s1-area-value")
    expect(value).to_have_text(re.compile(r"\d+ mm²"))

    def area() -> int:
        return int((value.text_content() or "").split()[0])

    usual = area()
    slider = page.locator("[data-variant=flavum_thickening]").get_by_role("slider")
    slider.press("End")
    expect(slider).to_have_attribute("aria-valuetext", re.compile(r"\+\d+\.\d mm"))
    expect(value).not_to_have_text(f"{usual} mm²")
    assert area() < usual
    slip = page.locator("[data-variant=slip]").get_by_role("slider")
    slip.press("End")
    segment = next(s for s in new_state().variants["segments"] if s["id"] == "L4-L5")
    expect(slip).to_have_attribute(
        "aria-valuetext", f"50 %, {segment['plate_depth_mm'] / 2:.1f} mm, Meyerding II"
    )


# --- find it --------------------------------------------------------------------------------------


def task_that_clicks(seed: int) -> Any:
    return new_state(seed=seed).tasks[0]


def test_a_wrong_choice_is_named_and_told_apart(course: Server, visit: Visiting) -> None:
    state = new_state(seed=3, results=["first"])
    task = state.tasks[1]
    wrong = next(each for each in task.choices if each != task.structure)
    page = open_explorer(course, visit(course), "?mode=find&seed=3")
    page.get_by_role("button", name="Skip").click()
    expect(page.locator(".l3s1-find-question")).to_have_text("What is the highlighted structure?")
    choices = page.locator(".l3s1-find-choices")
    choices.locator(f"[data-structure='{wrong}']").click()
    feedback = page.locator(".l3s1-find-feedback")
    expect(feedback).to_contain_text(state.by_id[wrong].name)
    expect(feedback).to_contain_text("the question asks for")
    expect(feedback).to_contain_text("How to tell them apart")
    choices.locator(f"[data-structure='{task.structure}']").click()
    expect(feedback).to_contain_text("Right: ")
    expect(page.locator(".l3s1-find-progress")).to_contain_text("0 right at once")


def test_a_click_in_the_picture_is_an_answer(course: Server, visit: Visiting) -> None:
    page = open_explorer(course, visit(course), "?mode=find&seed=3")
    expect(page.locator(".l3s1-find-question")).to_contain_text("Click")
    box = place_of_picture(page)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(".l3s1-strip")).to_have_text("Drag to turn, click to answer")
    page.mouse.down()
    page.mouse.up()
    feedback = page.locator(".l3s1-find-feedback p").first
    expect(feedback).to_have_text(re.compile(r"^(That is .*; the question asks for|Right: )"))


def test_a_round_can_be_done_by_keyboard_alone(course: Server, visit: Visiting) -> None:
    task = task_that_clicks(3)
    page = open_explorer(course, visit(course), "?seed=3")
    tab(page, "Explore").focus()
    page.keyboard.press("End")
    expect(tab(page, "Find it")).to_be_focused()
    cycle = page.get_by_role("group", name="Without a mouse")
    following = cycle.get_by_role("button", name="Next")
    following.focus()
    for _ in range(task.choices.index(task.structure) + 1):
        page.keyboard.press("Enter")
    expect(cycle).to_contain_text(f"{task.choices.index(task.structure) + 1} of")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".l3s1-find-feedback")).to_contain_text("Right: ")
    expect(page.locator(".l3s1-find").get_by_role("button", name="Next")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".l3s1-find-progress")).to_contain_text("Task 2 of 10")


def test_the_tree_is_walked_by_keyboard_alone(course: Server, visit: Visiting) -> None:
    page = open_explorer(course, visit(course), "?structure=")
    first = page.get_by_role("tree").locator("[tabindex='0']")
    first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(details(page).locator("h3")).to_be_visible()
    expect(page).to_have_url(re.compile("structure="))


# --- every page -----------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["explore", "compare", "variants", "find"])
@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_each_mode_is_accessible_and_fits(
    course: Server, visit: Visiting, mode: str, width: int, scheme: str
) -> None:
    view = visit(course, width=width, scheme=scheme)
    page = open_explorer(course, view, f"?mode={mode}")
    expect(tab(page, "Explore")).to_be_attached()
    assert view.sideways_scroll() == 0
    view.expect_accessible(EXPLORER)
    view.take_picture(f"explorer-{mode}-{width}-{scheme}")
    view.expect_no_error()


def test_nothing_below_moves_while_structures_are_selected(course: Server, visit: Visiting) -> None:
    page = open_explorer(course, visit(course))

    def height() -> float:
        box = page.locator(EXPLORER).bounding_box()
        assert box
        return box["height"]

    before = height()
    field = page.get_by_role("combobox", name=re.compile("Find a structure"))
    for asked in ("dural sac", "left pedicle l5", "sacrum"):
        field.fill(asked)
        page.keyboard.press("Enter")
        expect(details(page).locator("h3")).to_have_text(
            re.compile(asked.split()[0], re.IGNORECASE)
        )
        assert height() == before


def test_without_webgl_pictures_and_words_remain(course: Server, visit: Visiting) -> None:
    view = visit(course)
    view.page.add_init_script(
        """
        const get = HTMLCanvasElement.prototype.getContext;
        HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
          return /webgl/.test(kind) ? null : get.call(this, kind, ...more);
        };
        """
    )
    page = view.open_lesson(f"{course.address}{LESSON}?structure=L4.pedicle.left")
    expect(page.locator(".l3s1-stage-note")).to_contain_text("no 3D graphics")
    if course_anatomy().pictures:
        expect(page.locator(".l3s1-stage img")).to_be_visible()
    expect(details(page).locator("h3")).to_have_text("Left pedicle of L4")
    tab(page, "Compare levels").click()
    expect(page.locator(".l3s1-compare-table")).to_be_visible()
    view.expect_no_error()
