// The figure as it is to be drawn now: what was laid, for the width of the page and the theme.
import { swapColours } from "../theme.ts";
import type { Laid } from "./lay.ts";
import type { Figure } from "./types.ts";

export interface Look {
  width_px: number;
  narrow: boolean;
  /** Light colour → dark colour, or null in a light theme. */
  colours: Readonly<Record<string, string>> | null;
}

/** Below this width the names of the rows stand above their bars instead of beside them. */
export const NARROW_PX = 620;
const NARROW_ROW_PX = 46;
const NARROW_MARGIN = { l: 12, r: 14 };
const LABEL_TRACE = "row-labels";

type Tree = Record<string, unknown>;

export function composeFigure({ figure, units }: Pick<Laid, "figure" | "units">, look: Look): Figure {
  let { data, layout } = figure;
  if (look.narrow) {
    layout = narrowed(layout, units);
    data = data.map((trace) => (trace.name === LABEL_TRACE ? { ...trace, visible: true } : trace));
  }
  layout = { ...layout, autosize: true, xaxis: thinned(layout, look.width_px) };
  const composed = { data, layout };
  return look.colours ? swapColours(composed, look.colours) : composed;
}

/** Length of the x axis on a page of that width. */
export function axisPx({ layout }: Figure, width_px: number, narrow: boolean): number {
  const { l = 0, r = 0 } = { ...asTree(layout.margin), ...(narrow ? NARROW_MARGIN : {}) } as { l?: number; r?: number };
  return Math.max(width_px - l - r, 1);
}

function asTree(value: unknown): Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Tree) : {};
}

/** The layout without a margin for names: rows twice as high, each name above its bar. */
function narrowed(layout: Tree, units: number): Tree {
  const margin = { ...asTree(layout.margin), ...NARROW_MARGIN };
  const { t = 0, b = 0 } = margin as { t?: number; b?: number };
  const annotations = Array.isArray(layout.annotations) ? (layout.annotations as Tree[]) : [];
  return {
    ...layout,
    margin,
    yaxis: { ...asTree(layout.yaxis), showticklabels: false },
    height: Math.round(units * NARROW_ROW_PX) + t + b,
    annotations: annotations.map((one) => (one.xref === "paper" ? { ...one, xshift: 0 } : one)),
  };
}

const LABEL_CHARACTER_PX = 7.4;
const LABEL_GAP_PX = 10;

/** The x axis with only those ticks whose labels do not touch; the ends always stay, the first
    as "0" where its words find no room. */
function thinned(layout: Tree, width_px: number): Tree {
  const xaxis = asTree(layout.xaxis);
  const { tickvals, ticktext, range } = xaxis as {
    tickvals?: number[];
    ticktext?: string[];
    range?: [number, number];
  };
  if (!tickvals || !ticktext || !range) return xaxis;
  const { l = 0, r = 0 } = asTree(layout.margin) as { l?: number; r?: number };
  const px = (width_px - l - r) / (range[1] - range[0]);
  const ticks = tickvals.map((value, place) => ({ value, text: ticktext[place] ?? "" }));
  const kept = keepApart(
    ticks.map(({ value, text }) => ({ at: (value - range[0]) * px, text })),
    l,
  );
  return {
    ...xaxis,
    tickvals: kept.map(({ place }) => ticks[place]?.value),
    ticktext: kept.map(({ text }) => text),
  };
}

interface Label {
  at: number;
  text: string;
}

function keepApart(labels: readonly Label[], room_px: number): { place: number; text: string }[] {
  const half = (text: string): number => (text.length * LABEL_CHARACTER_PX) / 2;
  const short = labels.map(({ at, text }, place) => ({
    place,
    at,
    text: half(text) > room_px + at ? "0" : text,
  }));
  const last = short.at(-1);
  const kept: typeof short = [];
  for (const label of short) {
    const before = kept.at(-1);
    const clear = (one: typeof label, other: typeof label): boolean =>
      Math.abs(one.at - other.at) >= half(one.text) + half(other.text) + LABEL_GAP_PX;
    if (!before || label === last) kept.push(label);
    else if (clear(before, label) && last && clear(label, last)) kept.push(label);
  }
  return kept;
}
