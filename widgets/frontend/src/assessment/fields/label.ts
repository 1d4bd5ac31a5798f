// Names for the marks of a picture: a native list for each mark.
import { h } from "../../dom.ts";
import { PLACES_FROM } from "../find_stage.ts";
import { markedPicture, type PictureModel } from "../marked_picture.ts";
import { arranged } from "../order.ts";
import type { LabelItem, Response } from "../types.ts";
import type { Explanation, Field, Missing } from "./field.ts";
import { PairLists } from "./pairs.ts";

export class LabelField implements Field {
  readonly element: HTMLElement;
  readonly #lists: PairLists;

  constructor(item: LabelItem, seed: number | null, model: PictureModel, removed: AbortSignal) {
    const marks = item.marks.map(({ id, key, feedback }) => ({ id, key, feedback, text: `Mark ${id}` }));
    this.#lists = new PairLists(marks, arranged(item.choices, seed, item.id), {
      once: true,
      missing: "Choose a name for every mark first.",
    });
    const numbered = item.marks.map(({ id, at }) => ({ number: id, at }));
    this.element = h(
      "div",
      { class: "l3s1-label-picture" },
      markedPicture(model, item.picture, numbered, removed),
      h(
        "details",
        { class: "l3s1-places" },
        h("summary", {}, "Where the marks lie, in words"),
        h("p", { class: "l3s1-note" }, PLACES_FROM),
        h("ul", {}, ...item.marks.map(({ id, place }) => h("li", {}, `Mark ${id}: ${place}.`))),
      ),
      this.#lists.element,
    );
  }

  read(): Response | Missing {
    return this.#lists.read();
  }

  show(response: Response | null): void {
    this.#lists.show(response);
  }

  set disabled(disabled: boolean) {
    this.#lists.disabled = disabled;
  }

  focus(): void {
    this.#lists.focus();
  }

  explain(response: Response): Explanation {
    return this.#lists.explain(response);
  }
}
