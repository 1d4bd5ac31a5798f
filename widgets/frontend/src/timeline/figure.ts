// The picture: draws the composed figure with plotly.js and tells where days and rows lie in it.
import type { PlotlyApi } from "../plotly_bundle.ts";
import type { Letter } from "./choices.ts";
import type { LaidRow } from "./lay.ts";
import type { Figure, SpreadAnswer } from "./types.ts";

/** Where the axes lie, in pixels from the top left corner of the picture. */
export interface Frame {
  left: number;
  width: number;
  top: number;
  height: number;
  xRange: readonly [number, number];
}

interface Box {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/** Where a row lies; `left` and `right` are the ends of its bars, or of the axis. */
export interface RowBox extends Box {
  id: string;
  bars: readonly (Box & { letter: Letter })[];
  answers: readonly (Box & { answer: SpreadAnswer })[];
}

export interface PlotlyAxis {
  _offset: number;
  _length: number;
  range: [number, number];
}

interface Drawn extends HTMLElement {
  _fullLayout?: { xaxis: PlotlyAxis; yaxis: PlotlyAxis };
}

const CONFIG = { displayModeBar: false, responsive: false, doubleClick: false, showTips: false };
const MOVE_MS = 180;

export class Picture {
  #drawn: { figure: Figure; rows: readonly LaidRow[] } | null = null;

  constructor(
    private readonly Plotly: PlotlyApi,
    private readonly place: HTMLElement,
    signal: AbortSignal,
  ) {
    signal.addEventListener("abort", () => Plotly.purge(place));
  }

  /** Draw; with `moving`, bars that have other ends now glide there. */
  async draw(figure: Figure, rows: readonly LaidRow[], moving: boolean): Promise<void> {
    const before = this.#drawn ? new Map(this.rows.map((row) => [row.id, row])) : null;
    const first = this.#drawn === null;
    this.#drawn = { figure, rows };
    const data = structuredClone(figure.data);
    const layout = structuredClone(figure.layout);
    await this.Plotly[first ? "newPlot" : "react"](this.place, data, layout, CONFIG);
    if (before && moving) this.#glide(before);
  }

  get frame(): Frame | null {
    const axes = (this.place as Drawn)._fullLayout;
    if (!axes) return null;
    const { xaxis, yaxis } = axes;
    return {
      left: xaxis._offset,
      width: xaxis._length,
      top: yaxis._offset,
      height: yaxis._length,
      xRange: xaxis.range,
    };
  }

  /** The rows that are drawn, from top to bottom. */
  get rows(): RowBox[] {
    const axes = (this.place as Drawn)._fullLayout;
    return axes && this.#drawn ? rowBoxes(this.#drawn.rows, axes.xaxis, axes.yaxis) : [];
  }

  #glide(before: ReadonlyMap<string, RowBox>): void {
    const traces = this.place.querySelectorAll(".barlayer .trace.bars");
    const drawn = this.#drawn?.figure.data.filter(({ type }) => type === "bar") ?? [];
    const now = new Map(this.rows.map((row) => [row.id, row]));
    drawn.forEach((trace, number) => {
      const paths = traces[number]?.querySelectorAll<SVGPathElement>(".point path");
      (trace.customdata as string[]).forEach((id, point) => {
        const from = barOf(before.get(id), number);
        const to = barOf(now.get(id), number);
        const path = paths?.[point];
        if (!from || !to || !path || (near(from.left, to.left) && near(from.right, to.right))) return;
        const scale = (from.right - from.left) / (to.right - to.left);
        const start = `translateX(${from.left - to.left}px) scaleX(${scale})`;
        path.style.transformBox = "fill-box";
        path.style.transformOrigin = "left";
        path.animate([{ transform: start }, { transform: "none" }], { duration: MOVE_MS, easing: "ease-in-out" });
      });
    });
  }
}

function barOf(row: RowBox | undefined, number: number): Box | undefined {
  return row?.bars.find(({ letter }) => (number === 0 ? letter !== "B" : letter === "B")) ?? row?.bars[0];
}

const near = (one: number, other: number): boolean => Math.abs(one - other) < 1;

export function rowBoxes(rows: readonly LaidRow[], xaxis: PlotlyAxis, yaxis: PlotlyAxis): RowBox[] {
  const x = (value: number): number => xaxis._offset + share(value, xaxis) * xaxis._length;
  const y = (value: number): number => yaxis._offset + (1 - share(value, yaxis)) * yaxis._length;
  const unit = Math.abs(y(1) - y(0));
  const box = (middle: number, height: number, start: number, end: number): Box => ({
    top: y(middle) - (height * unit) / 2,
    bottom: y(middle) + (height * unit) / 2,
    left: x(start),
    right: x(end),
  });
  return rows.map((row) => {
    const ends = row.bars.length > 0 ? row.bars : [{ start: xaxis.range[0], end: xaxis.range[1] }];
    const start = Math.min(...ends.map((bar) => bar.start));
    const end = Math.max(...ends.map((bar) => bar.end));
    const step = row.answers.length > 1 ? (row.answers[1]?.y ?? 0) - (row.answers[0]?.y ?? 0) : row.height;
    return {
      id: row.id,
      ...box(row.y, row.height, start, end),
      bars: row.bars.map((bar) => ({
        letter: bar.letter,
        ...box(bar.y, row.height / row.bars.length, bar.start, bar.end),
      })),
      answers: row.answers.map((one) => ({ answer: one.answer, ...box(one.y, step, one.start, one.end) })),
    };
  });
}

/** Where `value` lies in the axis's range: 0 at its start (left, or bottom), 1 at its end. */
function share(value: number, { range: [start, end] }: PlotlyAxis): number {
  return (value - start) / (end - start);
}
