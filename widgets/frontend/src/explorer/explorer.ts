// One explorer model and all its views on a page; `open` makes the scene and is exchanged in tests.
import type { AnyModel, RenderProps } from "@anywidget/types";
import type { OpenScene } from "./stage.ts";
import type { ExplorerTraits, StateValues } from "./types.ts";
import { ExplorerView, startOf } from "./view.ts";

export class Explorer {
  readonly #start: StateValues;

  constructor(model: AnyModel<ExplorerTraits>) {
    this.#start = startOf(model);
  }

  render({ model, el }: Pick<RenderProps<ExplorerTraits>, "model" | "el">, open: OpenScene): () => void {
    const removed = new AbortController();
    const view = new ExplorerView(el, model, this.#start, removed.signal);
    const frame = requestAnimationFrame(() => view.start(open, removed.signal));
    return () => {
      cancelAnimationFrame(frame);
      removed.abort();
    };
  }
}
