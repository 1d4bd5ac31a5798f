// What lies over the picture as ordinary text and thin lines: labels, orientation letters, the name
// under the pointer, a measured length, a scale.
import { h, setAttributes, setText, svg } from "../dom.ts";
import type { Eye } from "./camera.ts";
import { KNEE_PX, layOut, scaleBar } from "./labels.ts";
import { borderLetters, type Border } from "./orientation.ts";
import type { Vector } from "./types.ts";

/** A structure to name: the point its line leads to, and whether that can be seen. */
export interface Named {
  text: string;
  point: Vector;
  seen: boolean;
}

export interface Length {
  from: Vector;
  to: Vector | null;
}

const GAP_PX = 4;
const MARGIN_PX = 26;
const INSET_PX = 26;
const NARROW_INSET_PX = 8;
const NARROW_PX = 600;
const SCALE_PX = 110;

export class Overlay {
  readonly element = h("div", { class: "l3s1-scene-overlay" });
  /** Has the accent's colour as its own: how the engine reads it. */
  readonly probe = h("span", { class: "l3s1-scene-accent", hidden: true });
  readonly #lines = svg("svg", { class: "l3s1-scene-lines", "aria-hidden": "true" });
  readonly #leaders = svg("g");
  readonly #ruler = svg("g", { class: "l3s1-scene-ruler" });
  readonly #list = h("ul", { class: "l3s1-scene-labels", "aria-label": "Labels", hidden: true });
  readonly #borders: Record<Border, HTMLElement>;
  readonly #tip = h("div", { class: "l3s1-scene-tip", "aria-hidden": "true", hidden: true });
  readonly #length = h("output", { class: "l3s1-scene-length", hidden: true });
  readonly #scale = h("div", { class: "l3s1-scene-scale", "aria-hidden": "true" });
  #named: readonly Named[] = [];
  #items: {
    text: string;
    label: HTMLElement;
    /** A line in the background's colour keeps the leader readable on any tissue. */
    halo: SVGElement;
    leader: SVGElement;
    dot: SVGElement;
  }[] = [];
  #sizes: { width: number; height: number }[] | null = null;

  constructor() {
    const letter = (border: Border): HTMLElement =>
      h("span", { class: `l3s1-scene-border l3s1-scene-${border}`, "aria-hidden": "true" });
    this.#borders = {
      right: letter("right"),
      left: letter("left"),
      top: letter("top"),
      bottom: letter("bottom"),
    };
    this.#lines.append(this.#leaders, this.#ruler);
    this.element.append(
      this.#lines,
      ...Object.values(this.#borders),
      this.#list,
      this.#scale,
      this.#length,
      this.#tip,
      this.probe,
    );
  }

  /** Name these, from the next `place` on. */
  name(named: readonly Named[]): void {
    this.#named = named;
    const texts = named.map(({ text }) => text);
    if (texts.join("\n") !== this.#items.map(({ text }) => text).join("\n")) this.#write(texts);
    named.forEach(({ seen }, index) => {
      const item = this.#items[index];
      for (const element of [item?.label, item?.leader, item?.dot]) {
        element?.classList.toggle("l3s1-scene-unseen", !seen);
      }
    });
  }

  /** Put everything where the eye has it. */
  place(eye: Eye, length: Length | null): void {
    for (const [border, text] of Object.entries(borderLetters(eye.axes))) {
      setText(this.#borders[border as Border], text);
    }
    setAttributes(this.#lines, { viewBox: `0 0 ${eye.width} ${eye.height}` });
    const mm = scaleBar(eye.mmPerPixel, SCALE_PX);
    this.#scale.style.width = `${mm / eye.mmPerPixel}px`;
    setText(this.#scale, `${mm} mm`);
    this.#placeLabels(eye);
    this.#placeLength(eye, length);
  }

  /** Labels are measured anew: the picture's or the text's size has changed. */
  resized(): void {
    this.#sizes = null;
  }

  /** A name beside the pointer; null takes it away. */
  tip(text: string | null, x: number, y: number): void {
    this.#tip.hidden = text === null;
    if (text === null) return;
    setText(this.#tip, text);
    const { clientWidth: width } = this.element;
    const left = Math.max(4, Math.min(x + 14, width - this.#tip.offsetWidth - 4));
    this.#tip.style.left = `${left}px`;
    this.#tip.style.top = `${y < 44 ? y + 24 : y - 34}px`;
  }

  #write(texts: readonly string[]): void {
    this.#items = texts.map((text) => ({
      text,
      label: h("li", { class: "l3s1-scene-label" }, text),
      halo: svg("polyline", { class: "l3s1-scene-halo" }),
      leader: svg("polyline", { class: "l3s1-scene-leader" }),
      dot: svg("circle", { class: "l3s1-scene-dot", r: 2.5 }),
    }));
    this.#list.hidden = texts.length === 0;
    this.#list.replaceChildren(...this.#items.map(({ label }) => label));
    this.#leaders.replaceChildren(
      ...this.#items.map(({ halo }) => halo),
      ...this.#items.flatMap(({ leader, dot }) => [leader, dot]),
    );
    this.#sizes = null;
  }

  #placeLabels(eye: Eye): void {
    if (this.#items.length === 0) return;
    this.#sizes ??= this.#items.map(({ label }) => {
      label.hidden = false;
      return { width: label.offsetWidth, height: label.offsetHeight };
    });
    const sizes = this.#sizes;
    const points = this.#named.map(({ point }) => eye.project(point));
    const inset = eye.width < NARROW_PX ? NARROW_INSET_PX : INSET_PX;
    const frame = { width: eye.width, height: eye.height, margin: MARGIN_PX, inset, gap: GAP_PX };
    const placed = layOut(
      points.map(({ x, y }, index) => ({ x, y, ...(sizes[index] ?? { width: 0, height: 0 }) })),
      frame,
    );
    this.#items.forEach(({ label, halo, leader, dot }, index) => {
      const at = placed[index];
      const point = points[index];
      const size = sizes[index];
      label.hidden = !at;
      const drawn = at && point && size;
      const visibility = drawn ? null : "hidden";
      for (const element of [halo, leader, dot]) setAttributes(element, { visibility });
      if (!drawn) return;
      const left = at.side === "left" ? inset : eye.width - inset - size.width;
      label.style.transform = `translate(${left}px, ${at.top}px)`;
      const middle = at.top + size.height / 2;
      const edge = at.side === "left" ? left + size.width + 2 : left - 2;
      const knee = edge + (at.side === "left" ? KNEE_PX : -KNEE_PX);
      const way = `${edge},${middle} ${knee},${middle} ${point.x},${point.y}`;
      setAttributes(halo, { points: way });
      setAttributes(leader, { points: way });
      setAttributes(dot, { cx: point.x, cy: point.y });
    });
  }

  #placeLength(eye: Eye, length: Length | null): void {
    this.#length.hidden = !length?.to;
    if (!length) {
      this.#ruler.replaceChildren();
      return;
    }
    const ends = [length.from, length.to].flatMap((end) => (end ? [eye.project(end)] : []));
    const [from, to] = ends;
    const marks = ends.map(({ x, y }) => svg("circle", { cx: x, cy: y, r: 4 }));
    if (!from || !to || !length.to) {
      this.#ruler.replaceChildren(...marks);
      return;
    }
    const line = svg("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y });
    this.#ruler.replaceChildren(line, ...marks);
    setText(this.#length, `${distance(length.from, length.to).toFixed(1)} mm`);
    this.#length.style.left = `${(from.x + to.x) / 2}px`;
    this.#length.style.top = `${(from.y + to.y) / 2}px`;
  }
}

export function distance(a: Vector, b: Vector): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
