// A still picture of the model, cut to where its marks are, with numbers at its sides and lines from
// them to what they mark.
import { h, svg } from "../dom.ts";
import { stillPictures } from "../scene/stills.ts";
import type { ViewName } from "../scene/types.ts";
import type { Picture, Spot } from "./types.ts";

/** All that a picture needs of a widget's model. */
export interface PictureModel {
  get(name: "_pictures"): Readonly<Record<string, string>>;
}

export interface Numbered {
  number: string;
  at: Spot;
}

const WIDTH = 400;
const HEIGHT = 300;
const RADIUS = 13;
const SIDE = RADIUS + 4;
const APART = 2 * RADIUS + 6;
const MOST_A_SIDE = 5;

/**
 * Where numbers stand: at the nearer side of the picture, while there is room, in order of height, so
 * that no lines cross.
 */
export function numberPlaces(points: readonly Spot[], least = APART): Spot[] {
  const byWidth = points.map((_, index) => index).sort((one, other) => across(points, one) - across(points, other));
  const nearer = points.filter(([x]) => x < WIDTH / 2).length;
  const atLeft = Math.max(points.length - MOST_A_SIDE, Math.min(nearer, MOST_A_SIDE));
  const places = points.map((_, index): [number, number] => [
    byWidth.indexOf(index) < atLeft ? SIDE : WIDTH - SIDE,
    0,
  ]);
  for (const side of [SIDE, WIDTH - SIDE]) {
    // Of two at the same height the nearer one comes first: the other's line passes below it.
    const column = points
      .map(([x, y], index) => ({ x, y, index, row: Math.round(y / 10) }))
      .filter(({ index }) => places[index]?.[0] === side)
      .sort((one, other) => one.row - other.row || Math.abs(one.x - side) - Math.abs(other.x - side));
    let free = SIDE;
    const heights = column.map(({ y }) => {
      const height = Math.max(free, Math.min(y, HEIGHT - SIDE));
      free = height + least;
      return height;
    });
    let most = HEIGHT - SIDE;
    for (let at = column.length - 1; at >= 0; at -= 1) {
      const height = Math.min(heights[at] as number, most);
      (places[(column[at] as { index: number }).index] as [number, number])[1] = height;
      most = height - least;
    }
  }
  return places;
}

/** The picture with its marks; `alt` and the marks' places are said beside it, not in it. */
export function markedPicture(
  model: PictureModel,
  { view, alt, crop }: Picture,
  marks: readonly Numbered[],
  signal: AbortSignal,
): HTMLElement {
  const [left, top, width, height] = crop;
  const host = h("div", { class: "l3s1-marked-host" });
  host.style.width = `${100 / width}%`;
  host.style.left = `${(-100 * left) / width}%`;
  host.style.top = `${(-100 * top) / height}%`;
  const points = marks.map(
    ({ at: [x, y] }): Spot => [((x - left) / width) * WIDTH, ((y - top) / height) * HEIGHT],
  );
  const places = numberPlaces(points);
  const drawn = marks.map(({ number }, index) => {
    const [x, y] = points[index] as Spot;
    const [at, up] = places[index] as Spot;
    const line = { x1: at, y1: up, x2: x, y2: y };
    const text = svg("text", { x: at, y: up, dy: "0.36em", "text-anchor": "middle" });
    text.textContent = number;
    return svg(
      "g",
      {},
      svg("line", { class: "l3s1-mark-halo", ...line }),
      svg("line", { class: "l3s1-mark-leader", ...line }),
      svg("circle", { class: "l3s1-mark-dot", cx: x, cy: y, r: 4 }),
      svg("circle", { class: "l3s1-mark-badge", cx: at, cy: up, r: RADIUS }),
      text,
    );
  });
  const overlay = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true" }, ...drawn);
  const element = h("div", { class: "l3s1-marked", role: "img", "aria-label": alt }, host, overlay);
  whenNear(element, signal, () => {
    stillPictures(model, model.get("_pictures"), host, signal)(view as ViewName);
  });
  return element;
}

const across = (points: readonly Spot[], index: number): number => points[index]?.[0] ?? 0;

/** Call `start` once `element` is on the page and near to what is read: then its theme is known. */
function whenNear(element: HTMLElement, signal: AbortSignal, start: () => void): void {
  const near = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      near.disconnect();
      start();
    },
    { rootMargin: "400px" },
  );
  near.observe(element);
  signal.addEventListener("abort", () => near.disconnect());
}
