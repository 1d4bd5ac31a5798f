"""Render the named views as still pictures, for pages without WebGL: ``render_views.py [FOLDER]``.

The real engine draws the real model in a browser without a window, light and dark. Run it after
``make bones``; the pictures are committed beside the model, in ``assets/meshes/views``.
"""

from __future__ import annotations

import argparse
import base64
import json
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import Page, Route, sync_playwright

import find_browser

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "widgets" / "frontend" / "dev" / "scene.html"
STATIC = ROOT / "widgets" / "l3s1" / "static"
PACK = ROOT / "assets" / "meshes" / "anatomy.bin"
VIEWS = (
    "anterior",
    "posterior",
    "left_lateral",
    "right_lateral",
    "superior",
    "oblique",
    "through_foramen",
)
THEMES = ("light", "dark")
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


def render(folder: Path) -> None:
    """Write every view in both themes to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        program = find_browser.acquire()
        browser = playwright.chromium.launch(executable_path=program, args=[*find_browser.FLAGS])
        page = browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]})
        page.route("http://scene.test/**", serve)
        for view in VIEWS:
            for theme in THEMES:
                content = picture(page, view, theme)
                (folder / f"{view}-{theme}.webp").write_bytes(content)
                print(f"{view}-{theme}: {len(content)} bytes")
        browser.close()


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=PACK.parent / "views")
    render(parser.parse_args().folder)


if __name__ == "__main__":
    main()
