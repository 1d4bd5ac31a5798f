"""Time a hand on lesson 09's timeline: ``python benchmarks/timeline.py``.

Scrub: from a pointer event on the track until the answers of another day are painted. Choice: from
the change of a select until the picture is drawn anew, with one patient and with two. All happen
in the page; the kernel is not asked. Milliseconds in one browser on this machine; the medians
are held against the course's limit.
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

SCRUB = """async (shares) => {
  const track = document.querySelector(".l3s1-track");
  const handle = track.querySelector("[role=slider]");
  const box = track.getBoundingClientRect();
  const send = (kind, share) => track.dispatchEvent(new PointerEvent(kind, {
    bubbles: true, cancelable: true, button: 0, pointerId: 1,
    clientX: box.left + box.width * share, clientY: box.top + box.height / 2,
  }));
  track.setPointerCapture = () => undefined;
  const painted = () => new Promise((done) =>
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));
  const times = [];
  send("pointerdown", shares[0]);
  await painted();
  for (const share of shares.slice(1)) {
    const said = handle.getAttribute("aria-valuetext");
    const start = performance.now();
    const changed = new Promise((done) => {
      const watcher = new MutationObserver(() => {
        if (handle.getAttribute("aria-valuetext") === said) return;
        watcher.disconnect();
        const painting = new MessageChannel();
        painting.port1.onmessage = () => done(performance.now() - start);
        requestAnimationFrame(() => painting.port2.postMessage(null));
      });
      watcher.observe(handle, {attributes: true});
    });
    send("pointermove", share);
    times.push(await changed);
  }
  send("pointerup", shares.at(-1));
  return times;
}"""

CHOOSE = """async ([choice, options, place]) => {
  const select = document.querySelectorAll(`.l3s1-timeline select[data-choice=${choice}]`)[place];
  const plot = document.querySelector(".l3s1-plot");
  const times = [];
  for (const option of options) {
    const start = performance.now();
    const drawn = new Promise((done) => plot.once("plotly_afterplot", () =>
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)))));
    select.value = option;
    select.dispatchEvent(new Event("change", {bubbles: true}));
    times.push(await drawn);
    await new Promise((done) => setTimeout(done, 250));
  }
  return times;
}"""


def measure(page: Page, rounds: int) -> dict[str, list[float]]:
    """The times of each gesture."""
    # Far enough right that each step of the hand is another day.
    shares = [0.7 + 0.25 * (number % 40) / 40 for number in range(2 + rounds * 20)]
    options = ["open", "minimally_invasive", "any"] * rounds
    found = {"scrub": page.evaluate(SCRUB, shares)}
    found["choice"] = page.evaluate(CHOOSE, ["approach", options, 0])
    page.get_by_role("button", name="Compare with a second patient").click()
    page.wait_for_function(
        "document.querySelectorAll('.l3s1-field-line:not([hidden])').length > 10"
    )
    found["scrub, two patients"] = page.evaluate(SCRUB, shares)
    found["choice, two patients"] = page.evaluate(CHOOSE, ["approach", options, 1])
    return found


def main() -> None:
    """Open the lesson once, measure, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds: int = parser.parse_args().rounds
    command = ["l3s1.classroom.cli", "serve", "--no-browser"]
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder), command, "is open at") as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=find_browser.acquire(), args=[*find_browser.FLAGS]
        )
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(f"{address}voila/render/09-recovery-phases.ipynb")
        drawn = ".l3s1-timeline .barlayer path"
        page.wait_for_selector(drawn, state="attached", timeout=PATIENCE_MS)
        page.wait_for_load_state("networkidle")
        found = measure(page, rounds)
        browser.close()
    print(f"{'milliseconds':24}{'median':>9}{'95 %':>9}{'longest':>9}   limit {LIMIT_MS:.0f}")
    for name, times in found.items():
        late = statistics.quantiles(times, n=20)[-1]
        print(f"{name:24}{statistics.median(times):9.1f}{late:9.1f}{max(times):9.1f}")


if __name__ == "__main__":
    main()
