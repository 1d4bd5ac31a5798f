// The place in which plotly.js draws: when the picture is there, and how wide it is.
import type { PlotlyApi } from "./plotly_bundle.ts";

/** What an element carries while its view draws: a page is ready when nothing has it any more. */
export const DRAWING = "data-l3s1-drawing";
const RESIZE_REST_MS = 120;

/** Call `drawn` once plotly.js has put its picture into `plot`. */
export function whenDrawn(plot: HTMLElement, drawn: () => void, signal: AbortSignal): void {
  const observer = new MutationObserver(() => {
    if (!plot.querySelector(".main-svg")) return;
    observer.disconnect();
    drawn();
  });
  observer.observe(plot, { childList: true, subtree: true });
  signal.addEventListener("abort", () => observer.disconnect());
}

/** Keep a figure without a width of its own as wide as its place. */
export function fitWidth(
  Plotly: PlotlyApi,
  plot: HTMLElement,
  fixedWidth: () => number | null | undefined,
  signal: AbortSignal,
): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const drawnWidth = (): number | undefined =>
    (plot as { _fullLayout?: { width?: number } })._fullLayout?.width;
  const observer = new ResizeObserver(() => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const width = plot.clientWidth;
      if (width > 0 && !fixedWidth() && Math.abs(width - (drawnWidth() ?? width)) >= 1) {
        void Plotly.Plots.resize(plot);
      }
    }, RESIZE_REST_MS);
  });
  observer.observe(plot);
  signal.addEventListener("abort", () => {
    observer.disconnect();
    clearTimeout(timer);
  });
}
