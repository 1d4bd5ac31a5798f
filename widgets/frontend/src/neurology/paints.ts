// How a root, or what a student found, is painted on the skin: a colour and a pattern of its own.
import { svg } from "../dom.ts";
import type { Root } from "./types.ts";

export type Paint = Root | "numb" | "pain";

export const PAINTS: readonly Paint[] = ["L2", "L3", "L4", "L5", "S1", "S2-S4", "numb", "pain"];

const SIZE = 16;

/** Lines or dots on a tile of 16 × 16. */
const TILES: Record<Paint, string> = {
  L2: "M4 4h.1M12 12h.1",
  L3: "M4 0v16M12 0v16",
  L4: "M0 16 16 0M-4 4 4-4M12 20l8-8",
  L5: "M0 0l16 16M12-4l8 8M-4 12l8 8",
  S1: "M0 4h16M0 12h16",
  "S2-S4": "M0 8h16M8 0v16",
  numb: "M4 4h.1M12 12h.1M4 12h.1M12 4h.1",
  pain: "M0 6l4 4 4-4 4 4 4-4",
};

export function paintClass(paint: Paint): string {
  return `l3s1-paint-${paint.toLowerCase()}`;
}

/** A pattern with an id of its own; its colour comes from the style sheet. */
export function patternOf(paint: Paint, id: string): SVGElement {
  return svg(
    "pattern",
    { id, width: SIZE, height: SIZE, patternUnits: "userSpaceOnUse", class: paintClass(paint) },
    svg("rect", { width: SIZE, height: SIZE, class: "l3s1-paint-ground" }),
    svg("path", {
      d: TILES[paint],
      class: `l3s1-paint-lines${TILES[paint].includes("h.1") ? " l3s1-paint-dots" : ""}`,
    }),
  );
}
