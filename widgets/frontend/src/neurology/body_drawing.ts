// The parts of the body's picture: skin, shade, edges, words, and where an area or a note lies.
import { setText, svg, uniqueId } from "../dom.ts";
import { PICTURE, POINTS, VIEWS, type AreaShape, type ViewShape } from "./body_shapes.ts";
import { mirrored, smooth, type Point } from "./curve.ts";
import type { Side } from "./types.ts";

/** A word on the skin: at a reflex point or on an area. */
export interface Note {
  at: string;
  side: Side;
  text: string;
  tone: "plain" | "present" | "absent";
}

/** The paths of `area` in `view`, on the person's `side`, in the picture's frame. */
export function areaPaths(view: ViewShape, area: string, side: Side): SVGElement[] {
  return view.areas
    .filter((shape) => shape.area === area)
    .map((shape) => {
      const points = onSide(view, side) ? shape.points : mirrored(shape.points);
      return svg("path", { d: smooth(points, true), transform: at(view) });
    });
}

/** Whether `side` is the half of the view that is drawn, not its mirror image. */
function onSide(view: ViewShape, side: Side): boolean {
  return view.rightIs === side;
}

function at(view: ViewShape): string {
  return `translate(${view.place[0]} ${view.place[1]})`;
}

function half(view: ViewShape, side: Side): string {
  const points = onSide(view, side) ? view.outline : mirrored(view.outline);
  if (!view.joined) return smooth(points, true);
  const last = points.at(-1) as Point;
  return `${smooth(points)}L${last[0]} ${(points[0] as Point)[1]}Z`;
}

/** The outline of both halves, open at the waist. */
function whole(view: ViewShape): string {
  if (!view.joined) return smooth(view.outline, true) + smooth(mirrored(view.outline), true);
  const other = mirrored(view.outline).reverse();
  return smooth([...view.outline, ...other.slice(1)]);
}

export function blur(id: string, deviation: number): SVGElement {
  const box = { x: 0, y: 0, ...PICTURE, filterUnits: "userSpaceOnUse" };
  return svg("filter", { id, ...box }, svg("feGaussianBlur", { stdDeviation: deviation }));
}

export function clip(id: string, side: Side): SVGElement {
  const halves = VIEWS.map((view) => svg("path", { d: half(view, side), transform: at(view) }));
  return svg("clipPath", { id }, ...halves);
}

/** The body ends softly at the waist. */
export function fadeOut(id: string): SVGElement[] {
  const ramp = `${id}-ramp`;
  return [
    svg(
      "linearGradient",
      { id: ramp, x1: 0, y1: 0, x2: 0, y2: 1 },
      svg("stop", { offset: 0.028, "stop-color": "#fff", "stop-opacity": 0 }),
      svg("stop", { offset: 0.09, "stop-color": "#fff" }),
    ),
    svg(
      "mask",
      { id, maskUnits: "userSpaceOnUse", x: 0, y: 0, ...PICTURE },
      svg("rect", { ...PICTURE, fill: `url(#${ramp})` }),
    ),
  ];
}

export function skin(view: ViewShape): SVGElement {
  return svg("path", { class: "l3s1-skin", d: whole(view), transform: at(view) });
}

function both(lines: readonly (readonly Point[])[]): string {
  return lines.map((line) => smooth(line) + smooth(mirrored(line))).join("");
}

/** Shade along the edges and in the creases, and the lines that a draughtsman leaves. */
export function relief(view: ViewShape, shade: string): SVGElement {
  const id = uniqueId("skin");
  const creases = both(view.lines) + view.middle.map((line) => smooth(line)).join("");
  return svg(
    "g",
    { transform: at(view) },
    svg("clipPath", { id }, svg("path", { d: whole(view) })),
    svg(
      "g",
      { "clip-path": `url(#${id})` },
      // The filter's box is that of the picture, wherever the view stands.
      svg(
        "g",
        { transform: `translate(${-view.place[0]} ${-view.place[1]})` },
        svg(
          "g",
          { filter: `url(#${shade})` },
          svg("path", { class: "l3s1-skin-shade", d: whole(view), transform: at(view) }),
          svg("path", { class: "l3s1-skin-hollow", d: creases, transform: at(view) }),
        ),
      ),
      svg("path", { class: "l3s1-skin-line", d: creases }),
    ),
  );
}

export function edge(view: ViewShape): SVGElement {
  return svg("path", { class: "l3s1-skin-edge", d: whole(view), transform: at(view) });
}

/** The view's name, and which side is which. */
export function wordsOf(view: ViewShape): SVGElement[] {
  const [x, y] = view.place;
  const wide = view.joined && view.id !== "seat" ? 150 : 74;
  const top = view.id === "front" || view.id === "back" ? y + 84 : y - 26;
  const [left, right] = view.rightIs === "right" ? ["L", "R"] : ["R", "L"];
  const text = (words: string, dx: number, dy: number, anchor: string, kind: string): SVGElement => {
    const element = svg("text", {
      x: x + dx,
      y: dy,
      "text-anchor": anchor,
      class: `l3s1-body-word ${kind}`,
      "aria-hidden": "true",
    });
    element.append(words);
    return element;
  };
  return [
    text(
      view.title,
      0,
      view.id === "front" || view.id === "back" ? 30 : top,
      "middle",
      "l3s1-body-title",
    ),
    text(left, -wide - 8, top, "middle", "l3s1-body-side"),
    text(right, wide + 8, top, "middle", "l3s1-body-side"),
  ];
}

export function drawNote({ at: where, side, text, tone }: Note): SVGElement[] {
  const point = POINTS[where];
  if (point) {
    const view = VIEWS.find(({ id }) => id === point.view);
    return view ? [noteAt(view, point.at, side, text, tone, true)] : [];
  }
  return VIEWS.flatMap((view) => {
    const shapes = view.areas.filter(({ area }: AreaShape) => area === where);
    return shapes.map(({ label }) => noteAt(view, label, side, text, tone, false));
  });
}

function noteAt(
  view: ViewShape,
  [dx, dy]: Point,
  side: Side,
  text: string,
  tone: Note["tone"],
  ringed: boolean,
): SVGElement {
  const x = view.place[0] + (onSide(view, side) ? dx : -dx);
  const y = view.place[1] + dy;
  const words = svg("text", { x, y, "text-anchor": "middle", "dominant-baseline": "central" });
  setText(words, text);
  const ring = ringed ? [svg("circle", { cx: x, cy: y, r: 25 })] : [];
  return svg("g", { class: `l3s1-body-note l3s1-note-${tone}`, "data-at": `${x} ${y}` }, ...ring, words);
}
