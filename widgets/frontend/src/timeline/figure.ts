// The picture: draws the composed figure with plotly.js and tells where days and rows lie in it.
import type { PlotlyApi } from "../plotly_bundle.ts";
import type { Figure, Trace } from "./types.ts";

/** Where the axes lie, in pixels from the top left corner of the picture. */
export interface Frame {
  left: number;
  width: number;
  top: number;
  height: number;
  xRange: readonly [number, number];
}

/** Where a row lies; `left` and `right` are the ends of its bar, or of the axis. */
export interface RowBox {
  id: string;
  top: number;
  bottom: number;
  left: number;
  right: number;
}

interface PlotlyAxis {
  _offset: number;
  _length: number;
  range: [number, number];
}

interface Drawn extends HTMLElement {
  _fullLayout?: { xaxis: PlotlyAxis; yaxis: PlotlyAxis };
}

const CONFIG = { displayModeBar: false, responsive: false, doubleClick: false, showTips: false };

export class Picture {
  #drawn: Figure | null = null;

  constructor(
    private readonly Plotly: PlotlyApi,
    private readonly place: HTMLElement,
    signal: AbortSignal,
  ) {
    signal.addEventListener("abort", () => Plotly.purge(place));
  }

  async draw(figure: Figure): Promise<void> {
    const first = this.#drawn === null;
    this.#drawn = figure;
    const data = structuredClone(figure.data);
    const layout = structuredClone(figure.layout);
    await this.Plotly[first ? "newPlot" : "react"](this.place, data, layout, CONFIG);
  }

  /** Fit the drawing to its place after a change of width that needs no other layout. */
  async fit(): Promise<void> {
    if (this.#drawn) await this.Plotly.Plots.resize(this.place);
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
    return axes && this.#drawn ? rowBoxes(this.#drawn.data, axes.xaxis, axes.yaxis) : [];
  }
}

export function rowBoxes(data: readonly Trace[], xaxis: PlotlyAxis, yaxis: PlotlyAxis): RowBox[] {
  const x = (value: number): number => xaxis._offset + share(value, xaxis) * xaxis._length;
  const y = (value: number): number => yaxis._offset + (1 - share(value, yaxis)) * yaxis._length;
  const halfRow = Math.abs(y(1) - y(0)) / 2;
  const boxes: RowBox[] = [];
  for (const trace of data) {
    const ids = trace.customdata as string[] | undefined;
    const ys = trace.y as number[] | undefined;
    if (!ids || !ys || trace.visible === false) continue;
    const bases = trace.type === "bar" ? (trace.base as number[]) : null;
    const widths = trace.x as number[];
    ids.forEach((id, place) => {
      const middle = y(ys[place] ?? 0);
      const start = bases?.[place] ?? xaxis.range[0];
      const end = bases ? start + (widths[place] ?? 0) : xaxis.range[1];
      const vertical = { top: middle - halfRow, bottom: middle + halfRow };
      boxes.push({ id, ...vertical, left: x(start), right: x(end) });
    });
  }
  return boxes.sort((one, other) => one.top - other.top);
}

/** Where `value` lies in the axis's range: 0 at its start (left, or bottom), 1 at its end. */
function share(value: number, { range: [start, end] }: PlotlyAxis): number {
  return (value - start) / (end - start);
}
