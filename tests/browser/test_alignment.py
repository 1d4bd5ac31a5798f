"""Lesson 03's workbench as a student handles it: sliders, handles, cages, a film, and links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Locator, Page, expect

from l3s1.activities.alignment_state import AlignmentState
from l3s1.content import load_content
from l3s1.models.alignment.film import LANDMARKS, true_points

if TYPE_CHECKING:
    from playwright.sync_api import FloatRect
    from tests.browser.conftest import Server, Visit, Visiting

LESSON = "voila/render/03-alignment-and-motion.ipynb"
BENCH = ".l3s1-alignment"
SHOWN_MM = (-132.0, -334.0, 312.0)
"""Left, top and width of what picture and film show, mm around the hip axis, y down."""

TARGET_PX = 43.5


def open_bench(course: Server, view: Visit, query: str = "") -> Page:
    page = view.open_lesson(f"{course.address}{LESSON}{query}")
    expect(page.locator(f"{BENCH}[data-mode]")).to_be_attached()
    return page


def equation(page: Page) -> tuple[float, ...]:
    text = page.locator(f"{BENCH} .l3s1-equation").inner_text()
    return tuple(float(number) for number in re.findall(r"\d+\.\d", text))


def slider(page: Page, label: str) -> Locator:
    return page.locator(BENCH).get_by_label(label, exact=True).locator("visible=true")


def place_of(element: Locator) -> FloatRect:
    element.scroll_into_view_if_needed()
    box = element.bounding_box()
    assert box
    return box


def drag(page: Page, handle: str, across: float, down: float) -> None:
    box = place_of(page.locator(f'[data-handle="{handle}"]'))
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + across / 2, y + down / 2)
    page.mouse.move(x + across, y + down)
    page.mouse.up()


def watch_frames(page: Page) -> list[str]:
    """Collect what the page sends to the kernel from its next load on."""
    sent: list[str] = []

    def note(payload: Any) -> None:
        sent.append(payload if isinstance(payload, str) else payload.decode(errors="replace"))

    page.on("websocket", lambda socket: socket.on("framesent", note))
    return sent


def test_dragging_the_sacrum_tilts_the_same_pelvis(course: Server, visit: Visiting) -> None:
    view = visit(course)
    sent = watch_frames(view.page)
    page = open_bench(course, view)
    incidence, tilt, slope = equation(page)
    sent.clear()
    drag(page, "pelvis", 30, 4)
    expect(page).to_have_url(re.compile(r"[?&]pt="))
    now = equation(page)
    assert now[0] == incidence
    assert now[1] > tilt + 3
    assert now[2] < slope - 3
    assert now[1] + now[2] == pytest.approx(now[0])
    assert len(sent) <= 2
    drag(page, "hip", -25, 0)
    moved = equation(page)
    assert moved[2] == now[2]
    assert moved[0] > now[0] + 1
    assert moved[1] + moved[2] == pytest.approx(moved[0])
    view.expect_no_error()
    view.expect_no_outside_request()


def test_the_keys_alone_turn_a_plate_until_it_can_go_no_further(
    course: Server, visit: Visiting
) -> None:
    page = open_bench(course, visit(course))
    handle = page.locator('[data-handle="segment-3"]')
    handle.focus()
    before = handle.get_attribute("aria-valuenow")
    page.keyboard.press("ArrowUp")
    expect(handle).not_to_have_attribute("aria-valuenow", before or "")
    page.keyboard.press("End")
    expect(handle).to_have_attribute(
        "aria-valuenow", handle.get_attribute("aria-valuemax") or "none"
    )
    page.keyboard.press("ArrowUp")
    expect(page.locator(f"{BENCH} .l3s1-why")).to_contain_text("plates touch behind")


def test_every_band_and_formula_opens_its_origin(course: Server, visit: Visiting) -> None:
    page = open_bench(course, visit(course))
    fact = load_content().facts["lordosis-le-huec-2016"]
    part = page.locator(f'{BENCH} [data-part="formulas"]')
    part.get_by_role("button", name=re.compile("Le Huec")).first.click()
    sheet = page.locator(BENCH).get_by_role("dialog")
    expect(sheet).to_contain_text(fact.statement)
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()


def test_a_cage_shows_before_and_after(course: Server, visit: Visiting) -> None:
    page = open_bench(course, visit(course), "?mode=plan&segments=1,6,9,6,12")
    page.get_by_role("button", name="L5–S1 cage").click()
    row = page.locator(f'{BENCH} .l3s1-plan [data-row="lordosis"] td')
    expect(row.first).to_have_text("34.0°")
    angle = page.get_by_label("Angle of the cage at L5–S1")
    angle.focus()
    page.keyboard.press("End")
    expect(page).to_have_url(re.compile(r"cages=L5-S1:\d+"))
    expect(row.nth(2)).to_contain_text("+")
    expect(page.locator(f"{BENCH} .l3s1-cage")).to_have_attribute("d", re.compile("^M"))


def test_a_film_measured_where_the_points_are_gives_the_true_angles(
    course: Server, visit: Visiting
) -> None:
    view = visit(course)
    page = open_bench(course, view, "?mode=measure&film=7")
    film = AlignmentState(load_content(), mode="measure", seed=7).film()
    points, hip = true_points(film), film.spine.hip
    box = place_of(page.locator(f"{BENCH} .l3s1-film"))
    left, top, width = SHOWN_MM
    scale = box["width"] / width
    for name in LANDMARKS:
        y, z = points[name][0] - hip[0], points[name][1] - hip[1]
        page.mouse.click(box["x"] + (y - left) * scale, box["y"] + (-z - top) * scale)
    page.get_by_role("button", name="Compare").click()
    for angle, true in (("lordosis", film.spine.lordosis), ("incidence", film.spine.incidence)):
        cells = page.locator(f'{BENCH} .l3s1-measured [data-angle="{angle}"] td')
        expect(cells.nth(1)).to_have_text(f"{true:.1f}°")
        error = cells.nth(2).inner_text().replace("−", "-").rstrip("°")
        assert abs(float(error)) < 2.5, angle
    expect(page.locator(f"{BENCH} .l3s1-verdict")).to_contain_text("Largest error")
    view.expect_no_error()


def test_a_link_opens_what_was_seen_and_reset_goes_back(course: Server, visit: Visiting) -> None:
    page = open_bench(course, visit(course), "?pi=62&pt=31&hide=segments&posture=supine")
    expect(page.locator(f"{BENCH} .l3s1-strip")).to_contain_text("Lying: PI 62.0°")
    expect(page.get_by_role("radio", name="Lying", exact=True)).to_be_checked()
    segments = page.get_by_role("button", name="each segment")
    expect(segments).to_have_attribute("aria-pressed", "false")
    page.locator(BENCH).get_by_role("button", name="Reset").click()
    expect(page.locator(f"{BENCH} .l3s1-strip")).to_contain_text("Standing: PI 50.0°")
    expect(page).not_to_have_url(re.compile(r"pi="))


@pytest.mark.parametrize("query", ["", "?mode=plan&cages=L4-L5:12", "?mode=measure"])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_it_fits_and_is_accessible(
    course: Server, visit: Visiting, query: str, width: int, scheme: str
) -> None:
    view = visit(course, width=width, scheme=scheme)
    page = open_bench(course, view, query)
    expect(page.locator(f"{BENCH} .l3s1-picture-frame")).to_be_visible()
    assert view.sideways_scroll() == 0
    view.expect_accessible(BENCH)
    low = page.evaluate(
        """(least) => [...document.querySelectorAll(
            ".l3s1-alignment :is(.l3s1-button, .l3s1-tab, .l3s1-range, .l3s1-landmark)")]
          .filter((each) => each.offsetParent !== null)
          .map((each) => [each.textContent, each.getBoundingClientRect().height])
          .filter(([, height]) => height < least)""",
        TARGET_PX,
    )
    assert low == []
    view.take_picture(f"alignment-{query[6:10] or 'explore'}-{width}")
