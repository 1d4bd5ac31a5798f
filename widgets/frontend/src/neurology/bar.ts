// One root of the ranking: its bar, and the spread as a line over it.
import { h, setText } from "../dom.ts";
import { percent } from "./ranking.ts";
import type { RankedRoot } from "./types.ts";

export class Bar {
  readonly element: HTMLElement;
  readonly #fill = h("span", { class: "l3s1-root-bar-fill" });
  readonly #spread = h("span", { class: "l3s1-root-bar-spread" });
  readonly #number = h("span", { class: "l3s1-root-bar-number" });
  readonly #words = h("span", { class: "l3s1-root-bar-words" });

  constructor(name: string) {
    this.element = h(
      "li",
      { class: "l3s1-root-bar" },
      h("span", { class: "l3s1-root-bar-name" }, name),
      h("span", { class: "l3s1-root-bar-track", "aria-hidden": "true" }, this.#fill, this.#spread),
      this.#number,
      this.#words,
    );
  }

  show({ probability, low, high, moved_by }: RankedRoot): void {
    const share = (value: number): string => `${(100 * value).toFixed(2)}%`;
    this.#fill.style.width = share(probability);
    const known = low !== null && high !== null;
    this.#spread.hidden = !known;
    if (known) {
      this.#spread.style.left = share(low);
      this.#spread.style.width = share(high - low);
    }
    setText(this.#number, percent(probability));
    const spread =
      moved_by.length === 0
        ? "where it starts"
        : known
          ? `${percent(low)} to ${percent(high)}`
          : "spread not known";
    setText(this.#words, spread);
  }
}
