// One workbench model and all its views on a page; a bundle of its own that a page loads once.
import type { AnyModel, RenderProps } from "@anywidget/types";
import { readLateral } from "./lateral.ts";
import { STATE_KEYS, type AlignmentTraits, type StateValues } from "./types.ts";
import { WorkbenchView } from "./view.ts";

export class Workbench {
  readonly #start: StateValues;

  constructor(model: AnyModel<AlignmentTraits>) {
    this.#start = Object.fromEntries(STATE_KEYS.map((key) => [key, model.get(key)])) as StateValues;
  }

  /** `lateral` holds the bones from the left, unpacked. */
  render({ model, el }: Pick<RenderProps<AlignmentTraits>, "model" | "el">, lateral: ArrayBuffer): () => void {
    const removed = new AbortController();
    const view = new WorkbenchView(el, model, readLateral(lateral), this.#start, removed.signal);
    const frame = requestAnimationFrame(() => view.begin());
    return () => {
      cancelAnimationFrame(frame);
      removed.abort();
    };
  }
}
