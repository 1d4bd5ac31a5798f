"""Time a step of the course's sliders in the page: ``python benchmarks/steps.py``.

A step: from the input until the answer is drawn. Of what is computed in the page until its next
frame is painted; of charts that ask the kernel, on loopback, until Plotly has drawn; of the screw
trainer until all its pictures stand. Milliseconds in one browser on this machine; medians are held
against the course's limits. A busy machine tells little: run it alone.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))

from run import PATIENCE_MS, serving

import find_browser

IN_PAGE = """async ([selector, steps]) => {
  const input = document.querySelector(selector);
  const [low, high] = [Number(input.min), Number(input.max)];
  const times = [];
  for (let step = 0; step < steps; step += 1) {
    const start = performance.now();
    input.value = String(low + ((high - low) * (1 + (step % 40))) / 42);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((drawn) => requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = drawn;
      channel.port2.postMessage(0);
    }));
    times.push(performance.now() - start);
  }
  return times;
}"""

CHART = """async ([name, steps]) => {
  const labels = [...document.querySelectorAll(".widget-label")];
  const label = labels.find((one) => one.textContent === name);
  const handle = label.closest(".widget-slider").querySelector("[role=slider]");
  let holder = handle;
  while (!holder.querySelector(".js-plotly-plot")) holder = holder.parentElement;
  const plot = holder.querySelector(".js-plotly-plot");
  const times = [];
  for (let step = 0; step < steps; step += 1) {
    const key = step % 4 < 2 ? "ArrowRight" : "ArrowLeft";
    const start = performance.now();
    const drawn = new Promise((done) => plot.once("plotly_afterplot", () =>
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)))));
    handle.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
    times.push(await drawn);
    await new Promise((done) => setTimeout(done, 250));
  }
  return times;
}"""

TRAINER = """async ([selector, steps]) => {
  const input = document.querySelector(selector);
  const done = () => performance.getEntriesByName("l3s1:screw-step");
  for (let step = 0; step < steps; step += 1) {
    const before = done().length;
    input.value = String(5 + (step % 20));
    input.dispatchEvent(new Event("input", { bubbles: true }));
    while (done().length === before) await new Promise((next) => setTimeout(next, 1));
  }
  return done().map((each) => each.duration);
}"""


@dataclass(frozen=True)
class Hand:
    """What is moved, in which lesson, and the limit of a step; `ready` is waited for first."""

    lesson: str
    label: str
    script: str
    target: str
    limit_ms: float = 50.0
    ready: str = ""


HANDS = (
    Hand(
        "03-alignment-and-motion",
        "alignment, in the page",
        IN_PAGE,
        ".l3s1-explore input[type=range]",
    ),
    Hand(
        "03-alignment-and-motion",
        "fuse and bend, in the page",
        IN_PAGE,
        ".l3s1-motion input[type=range]",
    ),
    Hand("03-alignment-and-motion", "follower load", CHART, "Follower load, N", 100.0),
    Hand("10-outcomes", "threshold", CHART, "Threshold", 100.0),
    Hand("11-complications", "the phone rings", CHART, "The phone rings", 100.0),
    Hand(
        "08-hardware",
        "screw trainer, four pictures",
        TRAINER,
        '.l3s1-screw input[data-key="convergence_deg"]',
        80.0,
        '[data-picture="scene"][data-bone]',
    ),
)


def measure(page: Page, hand: Hand, rounds: int) -> list[float]:
    """The times of a hand's steps, the first not counted."""
    if hand.ready:
        place = page.locator(hand.ready.split("[data-bone")[0]).first
        place.scroll_into_view_if_needed()
        page.wait_for_selector(hand.ready, timeout=PATIENCE_MS)
    times: list[Any] = page.evaluate(hand.script, [hand.target, rounds + 1])
    return [float(each) for each in times[1:]]


def main() -> int:
    """Open each lesson, measure its sliders and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=24, help="steps of each slider (24)")
    rounds: int = parser.parse_args().rounds
    command = ["l3s1.classroom.cli", "serve", "--no-browser"]
    exceeded = 0
    print(f"{'milliseconds':46}{'median':>9}{'95 %':>9}{'longest':>9}{'limit':>9}")
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder), command, "is open at") as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=find_browser.acquire(), args=[*find_browser.FLAGS]
        )
        for hand in HANDS:
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(f"{address}voila/render/{hand.lesson}.ipynb")
            page.wait_for_selector("html[data-l3s1-ready=yes]", timeout=PATIENCE_MS)
            page.wait_for_load_state("networkidle")
            times = measure(page, hand, rounds)
            page.close()
            median = statistics.median(times)
            exceeded += median > hand.limit_ms
            late = statistics.quantiles(times, n=20)[-1]
            name = f"{hand.lesson[:2]} {hand.label}"
            print(f"{name:46}{median:9.1f}{late:9.1f}{max(times):9.1f}{hand.limit_ms:9.0f}")
        browser.close()
    return int(exceeded > 0)


if __name__ == "__main__":
    raise SystemExit(main())
