"""Time lesson 09 beside a stock Voilà page with one plain FigureWidget: ``make bench``.

Both servers run at once and take turns, so that a busy machine slows both alike. First load: a
new browser profile; reload: the same page again. A page counts as loaded when its figure is drawn
(for the lesson: when its timeline is drawn and answers). Medians of ``--rounds``; ratios travel
between machines, seconds do not.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))

import find_browser

PATIENCE_MS = 120_000

STOCK_PAGE = """\
import ipywidgets
import plotly.graph_objects as go

figure = go.FigureWidget(go.Scatter(y=[1, 3, 2, 5, 4]))
slider = ipywidgets.FloatSlider(value=1, min=0, max=10)
slider.observe(lambda change: figure.data[0].update(y=[change.new, 3, 2, 5, 4]), "value")
ipywidgets.VBox([slider, figure])
"""


@dataclass(frozen=True)
class Contender:
    """A page to time: where it is, what shows that it is drawn, what moves it."""

    name: str
    url: str
    drawn: str
    slider: str
    picture: str


@dataclass
class Record:
    """What was measured of one contender; seconds, bytes and milliseconds."""

    first: list[float] = field(default_factory=list)
    reload: list[float] = field(default_factory=list)
    http: list[int] = field(default_factory=list)
    http_reload: list[int] = field(default_factory=list)
    websocket: list[int] = field(default_factory=list)
    repaint: list[float] = field(default_factory=list)


@contextmanager
def serving(folder: Path, command: list[str], says: str) -> Iterator[str]:
    """Start a server in `folder`; yield its address once it has printed it."""
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", *command],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        yield _address(process, says)
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)


def _address(process: subprocess.Popen[str], says: str) -> str:
    printed = []
    told = False
    for line in process.stdout or ():
        printed.append(line)
        told = told or says in line
        found = re.search(r"http://\S+", line)
        if told and found:
            return found.group().rstrip("/") + "/"
    raise RuntimeError(f"the server ended with {process.wait()}:\n{''.join(printed)}")


def write_stock_page(folder: Path) -> str:
    """Write the notebook to compare with; return its name."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(STOCK_PAGE)])  # type: ignore[no-untyped-call]
    notebook.metadata.kernelspec = {"display_name": "Python 3", "name": "python3"}
    nbformat.write(notebook, folder / "stock_page.ipynb")  # type: ignore[no-untyped-call]
    return "stock_page.ipynb"


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Bytes:
    """Counts what a page receives, as it travels (compressed, without what the cache had)."""

    def __init__(self, page: Page) -> None:
        self.http = 0
        self.websocket = 0
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._http)
        page.on("websocket", lambda socket: socket.on("framereceived", self._frame))

    def _http(self, event: dict[str, float]) -> None:
        self.http += int(event["encodedDataLength"])

    def _frame(self, payload: str | bytes) -> None:
        self.websocket += len(payload if isinstance(payload, bytes) else payload.encode())


def measure(browser: Browser, contender: Contender, record: Record) -> None:
    """Load, reload and move one contender once."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    counted = Bytes(page)
    start = time.perf_counter()
    page.goto(contender.url)
    page.wait_for_selector(contender.drawn, state="attached", timeout=PATIENCE_MS)
    record.first.append(time.perf_counter() - start)
    page.wait_for_load_state("networkidle")
    record.http.append(counted.http)
    record.websocket.append(counted.websocket)
    counted.http = 0
    start = time.perf_counter()
    page.reload()
    page.wait_for_selector(contender.drawn, state="attached", timeout=PATIENCE_MS)
    record.reload.append(time.perf_counter() - start)
    page.wait_for_load_state("networkidle")
    record.http_reload.append(counted.http)
    record.repaint.extend(_repaint(page, contender) for _ in range(3))
    context.close()


def _repaint(page: Page, contender: Contender) -> float:
    """Milliseconds from a key press on the slider to the painted change of the picture."""
    page.locator(contender.slider).first.focus()
    page.evaluate(
        """(picture) => {
          const target = document.querySelector(picture);
          window.pressed = new Promise((done) => {
            let start = 0;
            document.addEventListener("keydown", () => { start = performance.now(); },
              {capture: true, once: true});
            const watcher = new MutationObserver(() => {
              if (!start) return;
              watcher.disconnect();
              requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
            });
            watcher.observe(target,
              {subtree: true, childList: true, attributes: true, characterData: true});
          });
        }""",
        contender.picture,
    )
    page.keyboard.press("ArrowRight")
    return float(page.evaluate("() => window.pressed"))


def report(records: dict[str, Record]) -> None:
    """Print the medians side by side with their ratio."""
    lesson, stock = records.values()
    rows = {
        "first load, s": "first",
        "reload, s": "reload",
        "HTTP bytes, first load": "http",
        "HTTP bytes, reload": "http_reload",
        "websocket bytes": "websocket",
        "slider to repaint, ms": "repaint",
    }
    print(f"{'':24}{'lesson 09':>12}{'stock page':>12}{'ratio':>8}")
    for label, name in rows.items():
        ours, theirs = (statistics.median(getattr(each, name)) for each in (lesson, stock))
        digits = 0 if "bytes" in label else 2
        ratio = ours / theirs if theirs else float("nan")
        print(f"{label:24}{ours:12,.{digits}f}{theirs:12,.{digits}f}{ratio:8.2f}")


def main(folder: Path) -> None:
    """Run the rounds, with the stock page in `folder`, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds: int = parser.parse_args().rounds
    with ExitStack() as stack:
        ours = stack.enter_context(
            serving(folder, ["l3s1.classroom.cli", "serve", "--no-browser"], "is open at")
        )
        theirs = stack.enter_context(
            serving(
                folder,
                ["voila", "--no-browser", f"--port={_free_port()}", write_stock_page(folder)],
                "running at",
            )
        )
        contenders = [
            Contender(
                "lesson 09",
                f"{ours}voila/render/09-recovery-phases.ipynb",
                ".l3s1-timeline .js-plotly-plot .barlayer path",
                ".l3s1-timeline [role=slider]",
                ".l3s1-timeline .l3s1-main",
            ),
            Contender(
                "stock page",
                theirs,
                ".js-plotly-plot .scatterlayer path",
                ".noUi-handle",
                ".js-plotly-plot",
            ),
        ]
        records = {contender.name: Record() for contender in contenders}
        playwright = stack.enter_context(sync_playwright())
        executable = os.environ.get("L3S1_CHROMIUM") or None
        browser = playwright.chromium.launch(executable_path=executable, args=[*find_browser.FLAGS])
        for number in range(1, rounds + 1):
            print(f"round {number} of {rounds} …", flush=True)
            for contender in contenders:
                measure(browser, contender, records[contender.name])
        browser.close()
    report(records)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="l3s1-bench-") as temporary:
        os.environ.setdefault("IPYTHONDIR", temporary)
        main(Path(temporary))
