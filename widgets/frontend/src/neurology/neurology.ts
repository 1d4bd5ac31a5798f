// One model of 'Localise the lesion' and all its views on a page.
import type { AnyModel, RenderProps } from "@anywidget/types";
import { valuesOf, type StateValues } from "./state.ts";
import type { NeurologyTraits } from "./types.ts";
import { NeurologyView } from "./view.ts";

export class Neurology {
  readonly #start: StateValues;

  constructor(model: AnyModel<NeurologyTraits>) {
    this.#start = valuesOf(model);
  }

  render({ model, el }: Pick<RenderProps<NeurologyTraits>, "model" | "el">): () => void {
    const removed = new AbortController();
    const view = new NeurologyView(el, model, this.#start, removed.signal);
    const frame = requestAnimationFrame(() => view.begin());
    return () => {
      cancelAnimationFrame(frame);
      removed.abort();
    };
  }
}
