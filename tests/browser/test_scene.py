"""The 3D scene: the engine by itself, and as a widget in a lesson."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

import find_browser
from l3s1.activities.anatomy import course_anatomy
from l3s1.content.spots import model_places
from l3s1.scene.shared_files import engine_file
from render_views import serve

if TYPE_CHECKING:
    from tests.browser.conftest import Server, Visit, Visiting

LESSON = "voila/render/05-scene-lesson.ipynb"
ENGINE_PAGE = "http://scene.test/"
MOST_BYTES = 4096
PATIENCE_MS = 90_000
COUNT_CONTEXTS = """
  window.contexts = [];
  const real = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
    const context = real.call(this, kind, ...more);
    if (/webgl/.test(kind) && context && !contexts.includes(context)) contexts.push(context);
    return context;
  };
"""
PIXELS = """
  async ([x, y, side]) => {
    const picture = await createImageBitmap(await scene.snapshot());
    const { width, height } = picture;
    const canvas = new OffscreenCanvas(width, height).getContext("2d");
    canvas.drawImage(picture, 0, 0);
    const from = [Math.round(x * width) - side / 2, Math.round(y * height) - side / 2];
    return Array.from(canvas.getImageData(...from, side, side).data);
  }
"""

OpenScene = Callable[..., Page]


@pytest.fixture
def open_scene(browser: Browser) -> Iterator[OpenScene]:
    """Open the engine's page; `scene` and `events` are then global in it."""
    contexts = []

    def begin(
        state: dict[str, Any], *, width: int = 900, theme: str = "light", **more: Any
    ) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 700}, **more)
        context.set_default_timeout(60_000)
        contexts.append(context)
        page = context.new_page()
        page.route("http://scene.test/**", serve)
        page.add_init_script(COUNT_CONTEXTS)
        page.goto(f"{ENGINE_PAGE}?{urlencode({'state': json.dumps(state), 'theme': theme})}")
        page.wait_for_selector("html[data-ready]", state="attached")
        return page

    yield begin
    for context in contexts:
        context.close()


def events(page: Page, name: str) -> list[Any]:
    """What a kind of event has told so far."""
    found: list[Any] = page.evaluate(
        "(name) => events.filter(([each]) => each === name).map(([, value]) => value)", name
    )
    return found


def click(page: Page, x: float = 0.5, y: float = 0.5) -> Any:
    """Click at shares of the picture; return what was picked."""
    before = len(events(page, "pick"))
    box = page.locator("canvas").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])
    page.wait_for_function(
        "(n) => events.filter(([name]) => name === 'pick').length > n", arg=before
    )
    return events(page, "pick")[-1]


def pixels(
    page: Page, x: float = 0.5, y: float = 0.5, side: int = 8, before: str = ""
) -> list[tuple[int, ...]]:
    """Colours of a square of pixels about a place of the picture, taken right after `before`."""
    flat: list[int] = page.evaluate(
        f"(where) => {{ {before} return ({PIXELS})(where); }}", [x, y, side]
    )
    return [tuple(flat[i : i + 3]) for i in range(0, len(flat), 4)]


def distance(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    """The largest difference of two colours in a channel."""
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


# --- the engine ----------------------------------------------------------------------------------


@pytest.mark.parametrize("bone", ["L2", "L3", "L4", "L5"])
def test_a_click_picks_what_is_seen_there(open_scene: OpenScene, bone: str) -> None:
    page = open_scene({"isolated": [bone], "view": "anterior"})
    picked = click(page)
    assert picked["part"] == bone
    assert picked["structure"] in course_anatomy().structures
    middle = page.evaluate("(bone) => scene.middle(bone)", bone)
    assert picked["point"][1] < middle[1], "the surface that is seen lies in front of the middle"
    assert click(page, 0.02, 0.02) is None


def test_what_is_hidden_or_seen_through_is_not_picked(open_scene: OpenScene) -> None:
    page = open_scene({"isolated": ["L3", "L4"], "view": "anterior"})
    page.evaluate("scene.frame(['L4'])")
    page.wait_for_function("() => document.querySelector('.l3s1-scene-scale').textContent !== ''")
    page.evaluate("new Promise((done) => setTimeout(done, 500))")
    assert click(page)["part"] == "L4"
    page.evaluate("scene.set({ opacity: { L4: 0.05 } })")
    assert click(page) is None
    page.evaluate("scene.set({ opacity: {}, hidden: ['L4'] })")
    assert click(page) is None


def test_unknown_names_are_refused_with_what_was_near(open_scene: OpenScene) -> None:
    page = open_scene({"peeled": 5})
    said = page.evaluate(
        "(() => { try { scene.set({ hidden: ['L44'] }); } catch (e) { return e.message; } })()"
    )
    assert re.search(r"no structure L44 \(did you mean L\d\?\)", said)


def test_a_scene_takes_one_context_and_gives_it_back(open_scene: OpenScene) -> None:
    page = open_scene({})
    for state in ({"peeled": 5}, {"section": {"plane": "axial", "at": 40}}, {"posture": "supine"}):
        page.evaluate("(state) => scene.set(state)", state)
    assert page.evaluate("contexts.length") == 1
    assert page.locator("canvas").count() == 1
    page.evaluate("scene.dispose()")
    page.wait_for_function("contexts[0].isContextLost()")
    assert page.locator("canvas").count() == 0


def test_a_lost_context_comes_back_with_the_picture(open_scene: OpenScene) -> None:
    page = open_scene({"isolated": ["L4"], "view": "anterior"})
    before = pixels(page), pixels(page, 0.03, 0.3)
    page.evaluate(
        """async () => {
          const extension = contexts[0].getExtension("WEBGL_lose_context");
          const back = new Promise((done) =>
            document.querySelector("canvas").addEventListener("webglcontextrestored", done));
          extension.loseContext();
          setTimeout(() => extension.restoreContext(), 50);
          await back;
          await new Promise((done) => setTimeout(done, 500));
        }"""
    )
    assert (pixels(page), pixels(page, 0.03, 0.3)) == before


def test_nothing_is_drawn_while_nothing_changes(open_scene: OpenScene) -> None:
    page = open_scene({"peeled": 5})
    page.evaluate("new Promise((done) => setTimeout(done, 800))")
    drawn = """async () => {
      let frames = 0;
      const real = contexts[0].drawElements;
      contexts[0].drawElements = function (...all) { frames += 1; return real.apply(this, all); };
      await new Promise((done) => setTimeout(done, 400));
      const idle = frames;
      scene.turn(10, 0);
      await new Promise((done) => setTimeout(done, 800));
      return [idle, frames > 0];
    }"""
    assert page.evaluate(drawn) == [0, True]


def test_a_cut_has_faces_in_the_tissues_colour(open_scene: OpenScene) -> None:
    page = open_scene({"isolated": ["L4"], "view": "superior"})
    at = page.evaluate("scene.middle('L4')")[2] + 2
    surface = pixels(page, 0.5, 0.3)
    # in one go: a picture shows what was set just before, without waiting for a frame
    cut = f"scene.set({{ section: {{ plane: 'axial', at: {at} }} }});"
    face = pixels(page, 0.5, 0.3, before=cut)
    assert len(set(face)) == 1, "a cut face is flat"
    assert len(set(surface)) > 1, "a surface is shaded"
    red, green, blue = face[0]
    assert red > green > blue > 150, "bone is ivory"
    picked = click(page, 0.5, 0.3)
    assert picked["part"] == "L4"
    assert picked["point"][2] == pytest.approx(at, abs=0.01)


def test_the_side_towards_the_reader_is_taken_away(open_scene: OpenScene) -> None:
    page = open_scene({"isolated": ["L4"], "view": "left_lateral"}, reduced_motion="reduce")
    page.evaluate("scene.set({ section: { plane: 'sagittal', at: 0 } })")
    assert click(page, 0.35, 0.5)["point"][0] == pytest.approx(0, abs=0.01)
    page.evaluate("scene.set({ view: 'right_lateral' })")
    assert click(page, 0.65, 0.5)["point"][0] == pytest.approx(0, abs=0.01)


def test_two_picks_are_measured(open_scene: OpenScene) -> None:
    page = open_scene({"isolated": ["L4"], "view": "anterior", "measuring": True})
    first, second = click(page, 0.45), click(page, 0.55)
    (measured,) = events(page, "measure")
    squares = [(a - b) ** 2 for a, b in zip(first["point"], second["point"], strict=True)]
    assert measured["mm"] == pytest.approx(sum(squares) ** 0.5)
    expect(page.locator(".l3s1-scene-length")).to_have_text(f"{measured['mm']:.1f} mm")
    page.evaluate("scene.set({ measuring: false })")
    expect(page.locator(".l3s1-scene-length")).to_be_hidden()


def test_the_keyboard_turns_names_and_picks(open_scene: OpenScene) -> None:
    page = open_scene({"peeled": 5, "view": "anterior"})
    stage = page.get_by_role("application")
    stage.focus()
    bones = [part.name for part in course_anatomy().parts if part.layer == "bones"]
    for bone in bones[:2]:
        page.keyboard.press("n")
        expect(page.get_by_role("status")).to_have_text(bone)
    page.keyboard.press("Enter")
    assert events(page, "pick")[-1]["part"] == bones[1]
    page.keyboard.press("p")
    expect(page.get_by_role("status")).to_have_text(bones[0])
    page.keyboard.press("2")
    assert page.evaluate("scene.state.view") == "posterior"
    expect(stage).to_have_attribute("aria-label", re.compile("from behind"))
    expect(page.locator(".l3s1-scene-left")).to_have_text("L")
    page.keyboard.press("ArrowRight")
    assert events(page, "view")[-1] is None
    page.keyboard.press("Escape")
    assert events(page, "pick")[-1] is None


def test_labels_stand_clear_of_each_other(open_scene: OpenScene) -> None:
    names = [name for name in course_anatomy().structures if name.startswith("L4")][:14]
    page = open_scene({"peeled": 5, "labels": names, "view": "oblique"})
    shown = page.locator(".l3s1-scene-label:visible")
    expect(shown).to_have_count(len(names))
    boxes = [box for box in (each.bounding_box() for each in shown.all()) if box]
    for i, one in enumerate(boxes):
        for other in boxes[:i]:
            apart = (
                one["x"] + one["width"] <= other["x"]
                or other["x"] + other["width"] <= one["x"]
                or one["y"] + one["height"] <= other["y"]
                or other["y"] + other["height"] <= one["y"]
            )
            assert apart, (one, other)


def test_the_theme_follows_the_page(open_scene: OpenScene) -> None:
    page = open_scene({"peeled": 5})
    light = pixels(page, 0.03, 0.3)[0]
    page.evaluate("document.documentElement.dataset.l3s1Theme = 'dark'")
    page.wait_for_function(
        "() => getComputedStyle(document.querySelector('.l3s1-scene')).color"
        " === 'rgb(232, 237, 243)'"
    )
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))")
    dark = pixels(page, 0.03, 0.3)[0]
    assert min(light) > 200
    assert max(dark) < 80


def test_a_finger_turns_and_an_upright_swipe_scrolls(open_scene: OpenScene) -> None:
    page = open_scene({"peeled": 5}, width=360, has_touch=True, is_mobile=True)
    canvas = page.locator("canvas")
    assert canvas.evaluate("(canvas) => canvas.style.touchAction") == "pan-y"
    canvas.tap()
    assert canvas.evaluate("(canvas) => canvas.style.touchAction") == "none"
    page.wait_for_function("events.some(([name]) => name === 'pick')")


def test_without_webgl_the_engine_says_so(browser: Browser) -> None:
    program = os.environ.get("L3S1_CHROMIUM", "/usr/bin/chromium")
    flags = [*find_browser.FLAGS, *find_browser.NO_WEBGL_FLAGS]
    plain = browser.browser_type.launch(executable_path=program, args=flags)
    page = plain.new_page()
    page.route("http://scene.test/**", serve)
    told: list[str] = []
    page.on("pageerror", lambda error: told.append(str(error.name)))
    page.goto(ENGINE_PAGE)
    page.wait_for_function(
        "performance.getEntriesByName(location.origin + '/fixtures/anatomy.bin')"
    )
    page.evaluate("new Promise((done) => setTimeout(done, 500))")
    plain.close()
    assert told == ["WebGlMissing"]


# --- the widget ----------------------------------------------------------------------------------


def open_lesson(sample: Server, view: Visit) -> Page:
    page = view.open_lesson(sample.address + LESSON)
    expect(page.locator(".l3s1-scene canvas")).to_have_count(2)
    return page


def test_engine_and_model_travel_once_a_page(sample: Server, visit: Visiting) -> None:
    view = visit(sample)
    open_lesson(sample, view)
    for file in (engine_file(), course_anatomy().file):
        assert len([url for url in view.requests if url.endswith(file.name)]) == 1
    view.expect_no_outside_request()
    view.expect_no_error()


def test_in_another_voila_the_kernel_sends_engine_and_model(
    stock: Callable[..., Server], visit: Visiting, tmp_path: Path
) -> None:
    server = stock(tmp_path, "05-scene-lesson.ipynb")
    view = visit(server)
    page = view.open(server.address)
    expect(page.locator(".l3s1-scene canvas")).to_have_count(2, timeout=PATIENCE_MS)
    page.locator(".l3s1-scene canvas").first.click()
    expect(page.get_by_text("picked L4")).to_be_visible(timeout=PATIENCE_MS)
    packed = len(engine_file().gzipped()) + len(course_anatomy().file.gzipped())
    assert view.socket_bytes < 1.5 * packed, "each file travels once for both scenes"


def test_python_hears_what_is_picked(sample: Server, visit: Visiting) -> None:
    page = open_lesson(sample, visit(sample))
    page.locator(".l3s1-scene canvas").first.click()
    expect(page.get_by_text("picked L4")).to_be_visible()


def test_a_change_sends_only_the_change(sample: Server, visit: Visiting) -> None:
    received: list[bytes] = []
    view = visit(sample)

    def note(payload: str | bytes) -> None:
        received.append(payload if isinstance(payload, bytes) else payload.encode())

    view.page.on("websocket", lambda socket: socket.on("framereceived", note))
    page = open_lesson(sample, view)
    page.locator(".l3s1-scene canvas").first.click()
    expect(page.get_by_text("picked L4")).to_be_visible()
    received.clear()
    page.get_by_role("button", name="Hide L4").click()
    expect(page.get_by_text("hidden", exact=True)).to_be_visible()
    changes = [frame for frame in received if b'"hidden":[' in frame.replace(b" ", b"")]
    assert len(changes) == 1
    assert len(changes[0]) <= MOST_BYTES
    assert b'"peeled"' not in changes[0]
    page.locator(".l3s1-scene canvas").first.click()
    expect(page.get_by_text("picked None")).to_be_visible()


def test_view_buttons_and_traits_agree(sample: Server, visit: Visiting) -> None:
    page = open_lesson(sample, visit(sample))
    scene = page.locator(".l3s1-anatomy-scene").first
    expect(scene.get_by_role("button", name="Back")).to_have_attribute("aria-pressed", "true")
    scene.get_by_role("button", name="Left").click()
    expect(scene.get_by_role("button", name="Left")).to_have_attribute("aria-pressed", "true")
    expect(scene.get_by_role("button", name="Back")).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_scene_is_accessible_and_fits(
    sample: Server, visit: Visiting, width: int, scheme: str
) -> None:
    view = visit(sample, width=width, scheme=scheme)
    open_lesson(sample, view)
    view.take_picture(f"scene-{width}-{scheme}")
    assert view.sideways_scroll() == 0
    view.expect_accessible()


def test_without_webgl_still_pictures_take_its_place(sample: Server, visit: Visiting) -> None:
    view = visit(sample)
    view.page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page = view.open_lesson(sample.address + LESSON)
    scene = page.locator(".l3s1-anatomy-scene").first
    expect(scene.get_by_text("This browser shows no 3D graphics")).to_be_visible()
    picture = scene.locator("img")
    expect(picture).to_have_attribute(
        "src", re.compile(r"/view-posterior-light-[0-9a-f]{12}\.webp$")
    )
    assert picture.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 0
    scene.get_by_role("button", name="Left").click()
    expect(picture).to_have_attribute("src", re.compile("/view-left_lateral-light-"))
    expect(picture).to_have_attribute("alt", re.compile("left"))


@pytest.mark.parametrize("picture", ["posterior", "left-lateral", "through-foramen"])
def test_what_is_marked_in_a_still_picture_lies_there(open_scene: OpenScene, picture: str) -> None:
    """The engine itself says what is at the spots that were computed for marks."""
    spots = model_places().pictures[picture]
    roomy = sorted(spots, key=lambda name: -spots[name].room_mm)[:12]
    page = open_scene({"peeled": 2, "view": picture.replace("-", "_")}, width=955)
    place = page.locator(".l3s1-scene canvas").bounding_box()
    assert place
    for name in roomy:
        spot = spots[name]
        x, y = place["x"] + spot.x * place["width"], place["y"] + spot.y * place["height"]
        page.mouse.click(x, y)
        picks = "events.filter(([name]) => name === 'pick').at(-1)?.[1]?.structure"
        page.wait_for_function(f"(wanted) => {picks} === wanted", arg=name)
