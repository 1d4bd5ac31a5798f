"""Time the 3D scene beside a Plotly Mesh3d of 60,000 triangles: ``python benchmarks/scene.py``.

Both are pages of one local server and take turns in one browser, so that a busy machine slows both
alike. First paint: from the request of the page until the model has been drawn and its pixels can
be read. Change: one structure hidden, or for Plotly its opacity changed, until its pixels can be
read. Bytes: engine, model and page as they travel. Ratios travel between machines, seconds do not.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import plotly
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))

import find_browser

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "widgets" / "l3s1" / "static"
PACK = ROOT / "assets" / "meshes" / "anatomy.bin"
PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
TRIANGLES = 60_000
TARGETS = {"first paint, ratio": 0.5, "change, ms": 60.0, "bytes": 1_000_000.0}

SCENE_PAGE = """<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/scene.css">
<main class="l3s1"><div id="place" style="width:1000px;height:640px"></div></main>
<script type="module">
  const [{ createScene }, bytes] = await Promise.all([
    import("/scene_engine.js"), fetch("/anatomy.bin").then((answer) => answer.arrayBuffer())]);
  window.scene = await createScene(document.getElementById("place"), bytes, {});
  window.canvas = document.querySelector("canvas");
  requestAnimationFrame(() => requestAnimationFrame(() => { window.drawn = true; }));
</script>"""

PLOTLY_PAGE = """<!doctype html><meta charset="utf-8"><script src="/plotly.js"></script>
<div id="place" style="width:1000px;height:640px"></div>
<script type="module">
  const mesh = await (await fetch("/mesh.json")).json();
  await Plotly.newPlot("place", [{ type: "mesh3d", ...mesh }]);
  window.canvas = document.querySelector("canvas");
  requestAnimationFrame(() => requestAnimationFrame(() => { window.drawn = true; }));
</script>"""

READ_BACK = """() => {
  const gl = canvas.getContext("webgl2") ?? canvas.getContext("webgl");
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
}"""

TIME_CHANGE = """async (change) => {
  const gl = canvas.getContext("webgl2") ?? canvas.getContext("webgl");
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const pixels = () => gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
  await new Promise((done) => setTimeout(done, 600));
  pixels();
  const start = performance.now();
  await eval(change);
  await frame();
  pixels();
  return performance.now() - start;
}"""


@dataclass(frozen=True)
class Contender:
    """A page, and the changes by which it is timed, in turn."""

    address: str
    changes: tuple[str, str]


CONTENDERS = {
    "scene": Contender("/scene", ("scene.set({hidden: ['L4']})", "scene.set({hidden: []})")),
    "plotly": Contender(
        "/plotly",
        (
            "Plotly.restyle('place', {opacity: 0.5})",
            "Plotly.restyle('place', {opacity: 1})",
        ),
    ),
}


@dataclass
class Record:
    """What was measured: seconds, milliseconds, bytes."""

    paint: list[float] = field(default_factory=list)
    change: list[float] = field(default_factory=list)
    received: list[int] = field(default_factory=list)


def sphere(triangles: int) -> dict[str, list[float]]:
    """A bumpy ball with about that many triangles, as Mesh3d takes it."""
    rings = round((triangles / 4) ** 0.5)
    turns = 2 * rings
    v, u = np.meshgrid(np.linspace(0, np.pi, rings + 1), np.arange(turns) * 2 * np.pi / turns)
    radius = 50 + 3 * np.sin(9 * u) * np.sin(7 * v)
    x, y, z = radius * np.sin(v) * np.cos(u), radius * np.sin(v) * np.sin(u), radius * np.cos(v)
    at = np.arange(turns * (rings + 1)).reshape(turns, rings + 1)
    a, b = at[:, :-1], np.roll(at, -1, 0)[:, :-1]
    c, d = at[:, 1:], np.roll(at, -1, 0)[:, 1:]
    faces = np.concatenate([np.stack(each, -1).reshape(-1, 3) for each in ((a, b, c), (b, d, c))])
    columns = {"x": x, "y": y, "z": z, "i": faces[:, 0], "j": faces[:, 1], "k": faces[:, 2]}
    return {name: np.round(values.ravel(), 3).tolist() for name, values in columns.items()}


def files() -> dict[str, tuple[str, bytes, bool]]:
    """By address: type, content as it travels, and whether that is gzip for the browser."""

    def packed(kind: str, content: bytes) -> tuple[str, bytes, bool]:
        return kind, gzip.compress(content, 6, mtime=0), True

    return {
        "/scene": packed("text/html", SCENE_PAGE.encode()),
        "/plotly": packed("text/html", PLOTLY_PAGE.encode()),
        "/scene.css": packed("text/css", (STATIC / "anatomy_scene.css").read_bytes()),
        "/scene_engine.js": packed("text/javascript", (STATIC / "scene_engine.js").read_bytes()),
        "/anatomy.bin": ("application/octet-stream", PACK.read_bytes(), False),
        "/plotly.js": packed("text/javascript", PLOTLY.read_bytes()),
        "/mesh.json": packed("application/json", json.dumps(sphere(TRIANGLES)).encode()),
    }


@contextmanager
def serving() -> Iterator[str]:
    """Serve the files from memory; yield the address."""
    content = files()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, body, packed = content.get(self.path, ("text/plain", b"", False))
            self.send_response(200 if self.path in content else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            if packed:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()


def measure(browser: Browser, address: str, contender: Contender, record: Record) -> None:
    """Load a contender in a new profile, and change it four times."""
    context = browser.new_context(viewport={"width": 1040, "height": 700})
    page = context.new_page()
    received = _count_bytes(page)
    start = time.perf_counter()
    page.goto(address + contender.address, wait_until="commit")
    page.wait_for_function("window.drawn", timeout=120_000)
    page.evaluate(READ_BACK)
    record.paint.append(time.perf_counter() - start)
    record.received.append(sum(received))
    for change in contender.changes * 2:
        record.change.append(page.evaluate(TIME_CHANGE, change))
    context.close()


def _count_bytes(page: Page) -> list[int]:
    received: list[int] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on(
        "Network.loadingFinished", lambda event: received.append(int(event["encodedDataLength"]))
    )
    return received


def report(records: dict[str, Record]) -> None:
    """Print medians, and the figures that have a target."""
    ours, theirs = records["scene"], records["plotly"]
    print(f"{'':22}{'scene':>12}{'Mesh3d':>12}{'ratio':>8}")
    for label, name, digits in (
        ("first paint, s", "paint", 2),
        ("change, ms", "change", 0),
        ("bytes", "received", 0),
    ):
        a, b = (statistics.median(getattr(each, name)) for each in (ours, theirs))
        print(f"{label:22}{a:12,.{digits}f}{b:12,.{digits}f}{a / b:8.2f}")
    reached = {
        "first paint, ratio": statistics.median(ours.paint) / statistics.median(theirs.paint),
        "change, ms": statistics.median(ours.change),
        "bytes": statistics.median(ours.received),
    }
    for label, target in TARGETS.items():
        verdict = "reached" if reached[label] <= target else "MISSED"
        print(f"{label}: {reached[label]:,.2f}, target {target:,.2f}: {verdict}")


def main() -> None:
    """Run the rounds and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds: int = parser.parse_args().rounds
    records = {name: Record() for name in CONTENDERS}
    with serving() as address, sync_playwright() as playwright:
        program = find_browser.acquire()
        browser = playwright.chromium.launch(executable_path=program, args=[*find_browser.FLAGS])
        for number in range(1, rounds + 1):
            print(f"round {number} of {rounds} …", flush=True)
            for name, contender in CONTENDERS.items():
                measure(browser, address, contender, records[name])
        browser.close()
    report(records)


if __name__ == "__main__":
    main()
