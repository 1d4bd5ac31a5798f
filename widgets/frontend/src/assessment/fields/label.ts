// Names for the marks of a picture: a native list for each mark.
import { h } from "../../dom.ts";
import { PLACES_FROM } from "../find_stage.ts";
import { markedPicture, type PictureModel } from "../marked_picture.ts";
import { arranged } from "../order.ts";
import type { LabelItem } from "../types.ts";
import { PairField, PairLists } from "./pairs.ts";

export class LabelField extends PairField {
  readonly element: HTMLElement;

  constructor(item: LabelItem, seed: number | null, model: PictureModel, removed: AbortSignal) {
    const marks = item.marks.map(({ id, key, feedback }) => ({ id, key, feedback, text: `Mark ${id}` }));
    const choices = arranged(item.choices, seed, item.id);
    super(new PairLists(marks, choices, { once: true, missing: "Choose a name for every mark first." }));
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
      this.lists.element,
    );
  }
}
