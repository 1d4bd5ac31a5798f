"""Time the sliders of charts that ask the kernel: ``python benchmarks/charts.py``.

A step: from an arrow key on the slider, through the kernel on loopback, until Plotly has drawn the
answer and the page is painted. Milliseconds in one browser on this machine; medians are held
against the course's limit for a step.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))

from run import PATIENCE_MS, serving

import find_browser

LIMIT_MS = 50.0
SLIDERS = {
    "03-alignment-and-motion": ("Follower load, N",),
    "10-outcomes": ("Threshold",),
    "11-complications": ("The phone rings",),
}

STEP = """async ([name, steps]) => {
  const labels = [...document.querySelectorAll(".widget-label")];
  const label = labels.find((one) => one.textContent === name);
  const handle = label.closest(".widget-slider").querySelector("[role=slider]");
  let holder = handle;
  while (!holder.querySelector(".js-plotly-plot")) holder = holder.parentElement;
  const plot = holder.querySelector(".js-plotly-plot");
  const times = [];
  for (let step = 0; step < steps; step++) {
    const key = step % 4 < 2 ? "ArrowRight" : "ArrowLeft";
    const start = performance.now();
    const drawn = new Promise((done) => plot.once("plotly_afterplot", () =>
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)))));
    handle.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
    times.push(await drawn);
    await new Promise((done) => setTimeout(done, 250));
  }
  return times.slice(1);
}"""


def measure(page: Page, name: str, rounds: int) -> list[float]:
    """The times of a slider's steps, the first not counted."""
    handle = page.get_by_role("slider", name=name)
    handle.scroll_into_view_if_needed()
    times: list[float] = page.evaluate(STEP, [name, rounds + 1])
    return times


def main() -> int:
    """Open each lesson once, measure its sliders and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=24, help="steps of each slider (24)")
    rounds: int = parser.parse_args().rounds
    command = ["l3s1.classroom.cli", "serve", "--no-browser"]
    exceeded = 0
    print(f"{'milliseconds':46}{'median':>9}{'95 %':>9}{'longest':>9}   limit {LIMIT_MS:.0f}")
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder), command, "is open at") as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=find_browser.acquire(), args=[*find_browser.FLAGS]
        )
        for lesson, names in SLIDERS.items():
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(f"{address}voila/render/{lesson}.ipynb")
            page.wait_for_selector("html[data-l3s1-ready=yes]", timeout=PATIENCE_MS)
            page.wait_for_load_state("networkidle")
            for name in names:
                times = measure(page, name, rounds)
                median = statistics.median(times)
                exceeded += median > LIMIT_MS
                late = statistics.quantiles(times, n=20)[-1]
                print(f"{f'{lesson}: {name}':46}{median:9.1f}{late:9.1f}{max(times):9.1f}")
            page.close()
        browser.close()
    return int(exceeded > 0)


if __name__ == "__main__":
    raise SystemExit(main())
