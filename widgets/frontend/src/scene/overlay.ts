// What lies over the picture as ordinary text: orientation letters and the name under the pointer.
import { h, setText } from "../dom.ts";
import type { Axes } from "./camera.ts";
import { borderLetters, type Border } from "./orientation.ts";

export class Overlay {
  readonly element = h("div", { class: "l3s1-scene-overlay" });
  /** Has the accent's colour as its own: how the engine reads it. */
  readonly probe = h("span", { class: "l3s1-scene-accent", hidden: true });
  readonly #borders: Record<Border, HTMLElement>;
  readonly #tip = h("div", { class: "l3s1-scene-tip", "aria-hidden": "true", hidden: true });

  constructor(_say: (structure: string) => string) {
    const letter = (border: Border): HTMLElement =>
      h("span", { class: `l3s1-scene-border l3s1-scene-${border}`, "aria-hidden": "true" });
    this.#borders = {
      right: letter("right"),
      left: letter("left"),
      top: letter("top"),
      bottom: letter("bottom"),
    };
    this.element.append(...Object.values(this.#borders), this.#tip, this.probe);
  }

  turn(axes: Axes): void {
    const texts = borderLetters(axes);
    for (const [border, text] of Object.entries(texts)) {
      setText(this.#borders[border as Border], text);
    }
  }

  tip(what: { text: string; x: number; y: number } | null): void {
    this.#tip.hidden = what === null;
    if (!what) return;
    setText(this.#tip, what.text);
    const { clientWidth: width } = this.element;
    this.#tip.style.left = `${Math.min(what.x + 14, width - this.#tip.offsetWidth - 4)}px`;
    this.#tip.style.top = `${Math.max(4, what.y - 34)}px`;
  }
}
