"""Render still pictures of the model: ``render_views.py [FOLDER] [--sheet FILE]``.

The real engine draws the real model in a browser without a window: the named views, light and dark,
for pages without WebGL, and a contact sheet of every bone in five standard views, to look at. Run
it after ``make bones``; the pictures are committed, in ``assets/meshes/views`` and ``docs/images``.
"""

from __future__ import annotations

import argparse
import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import Page, Route, ViewportSize, sync_playwright

import find_browser
from l3s1.content.paths import anatomy_pack_path
from l3s1.scene.anatomy_scene import VIEWS
from l3s1.scene.static import STATIC

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "widgets" / "frontend" / "dev" / "scene.html"
PACK = anatomy_pack_path()
THEMES = ("light", "dark")
SHEET = ROOT / "docs" / "images" / "bones.webp"
SHEET_BONES = ("L2", "L3", "L4", "L5", "sacrum")
SHEET_VIEWS = ("superior", "left_lateral", "posterior", "anterior", "oblique")
SHEET_CELL = (320, 280)
SHEET_LARGEST = 200_000
SIZE = (960, 720)
LARGEST = 40_000
STATE = {"peeled": 2}
"""Muscles and great vessels would hide the spine from most sides."""

ENCODE = """
async ([width, height, most]) => {
  const picture = await createImageBitmap(await scene.snapshot());
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, width, height);
  for (let quality = 0.9; quality > 0.3; quality -= 0.05) {
    const blob = await canvas.convertToBlob({ type: "image/webp", quality });
    if (blob.size > most) continue;
    const bytes = new Uint8Array(await blob.arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  }
  throw new Error("no quality is small enough");
}
"""


TILE = """
async ([left, top, width, height, columns, rows]) => {
  const picture = await createImageBitmap(await scene.snapshot());
  globalThis.sheet ??= new OffscreenCanvas(width * columns, height * rows);
  const context = sheet.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, left * width, top * height, width, height);
}
"""

ENCODE_SHEET = """
async (most) => {
  for (let quality = 0.92; quality > 0.3; quality -= 0.05) {
    const blob = await sheet.convertToBlob({ type: "image/webp", quality });
    if (blob.size > most) continue;
    const bytes = new Uint8Array(await blob.arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  }
  throw new Error("no quality is small enough");
}
"""

SHOW = """
async (change) => {
  scene.set(change);
  scene.frame([]);
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}
"""


def serve(route: Route) -> None:
    """Give the engine's page, the built files and the model from where they lie."""
    path = urlsplit(route.request.url).path
    if path == "/":
        route.fulfill(path=PAGE)
    elif path.startswith("/l3s1/static/"):
        route.fulfill(path=STATIC / path.rpartition("/")[2])
    elif path == "/fixtures/anatomy.bin":
        route.fulfill(path=PACK)
    else:
        route.fulfill(status=404)


def picture(page: Page, view: str, theme: str) -> bytes:
    """One view as WebP."""
    query = urlencode({"state": json.dumps({**STATE, "view": view}), "theme": theme})
    page.goto(f"http://scene.test/?{query}")
    page.wait_for_selector("html[data-ready]", state="attached")
    return base64.b64decode(page.evaluate(ENCODE, [*SIZE, LARGEST]))


@contextmanager
def opened(size: tuple[int, int]) -> Iterator[Page]:
    """A page of that size, in a browser without a window, that gets the engine and the model."""
    with sync_playwright() as playwright:
        program = find_browser.acquire()
        browser = playwright.chromium.launch(executable_path=program, args=[*find_browser.FLAGS])
        viewport: ViewportSize = {"width": size[0], "height": size[1]}
        page = browser.new_page(viewport=viewport, reduced_motion="reduce")
        page.route("http://scene.test/**", serve)
        yield page
        browser.close()


def render(folder: Path) -> None:
    """Write every view in both themes to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with opened(SIZE) as page:
        for view in VIEWS:
            for theme in THEMES:
                content = picture(page, view, theme)
                (folder / f"{view}-{theme}.webp").write_bytes(content)
                print(f"{view}-{theme}: {len(content)} bytes")


def render_sheet(path: Path) -> None:
    """Write the contact sheet: a row for every bone, a column for every standard view."""
    path.parent.mkdir(parents=True, exist_ok=True)
    shape = [*SHEET_CELL, len(SHEET_VIEWS), len(SHEET_BONES)]
    with opened((SHEET_CELL[0] * 2, SHEET_CELL[1] * 2)) as page:
        first = {"isolated": [SHEET_BONES[0]], "view": SHEET_VIEWS[0]}
        page.goto(f"http://scene.test/?{urlencode({'state': json.dumps(first), 'theme': 'light'})}")
        page.wait_for_selector("html[data-ready]", state="attached")
        for row, bone in enumerate(SHEET_BONES):
            for column, view in enumerate(SHEET_VIEWS):
                page.evaluate(SHOW, {"isolated": [bone], "view": view})
                page.evaluate(TILE, [column, row, *shape])
        content = base64.b64decode(page.evaluate(ENCODE_SHEET, SHEET_LARGEST))
    path.write_bytes(content)
    print(f"{path.name}: {len(content)} bytes")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=PACK.parent / "views")
    parser.add_argument("--sheet", type=Path, default=SHEET, help="where the contact sheet goes")
    arguments = parser.parse_args()
    render(arguments.folder)
    render_sheet(arguments.sheet)


if __name__ == "__main__":
    main()
