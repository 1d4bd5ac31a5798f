// One timeline model and all its views on a page: loaded once a browser, as timeline.js.
import type { AnyModel, RenderProps } from "@anywidget/types";
import { unpackJson } from "../gzip.ts";
import type { PlotlyBundle } from "../plotly_bundle.ts";
import { TimelineState } from "./state.ts";
import type { TimelineContent, TimelineStart, TimelineTraits } from "./types.ts";
import { TimelineView } from "./view.ts";

export class Timeline {
  readonly #views: TimelineView[] = [];

  private constructor(
    private readonly content: TimelineContent,
    private readonly start: TimelineStart,
  ) {}

  /** Unpack what the model brings; `start` is what it held when the page opened it. */
  static async open(model: AnyModel<TimelineTraits>): Promise<Timeline> {
    const start = startOf(model);
    return new Timeline(await unpackJson<TimelineContent>(model.get("content_gz")), start);
  }

  render({ model, el }: Pick<RenderProps<TimelineTraits>, "model" | "el">, plotly: Promise<PlotlyBundle>): () => void {
    const removed = new AbortController();
    const state = new TimelineState(model, this.content, removed.signal);
    const leads = (): boolean => this.#views[0] === view;
    const view = new TimelineView(el, state, this.start, leads, removed.signal);
    this.#views.push(view);
    const frame = requestAnimationFrame(() => view.start(plotly, removed.signal));
    return () => {
      cancelAnimationFrame(frame);
      removed.abort();
      this.#views.splice(this.#views.indexOf(view), 1);
    };
  }
}

/** What the model starts from, and what 'Reset' goes back to. */
export function startOf(model: Pick<AnyModel<TimelineTraits>, "get">): TimelineStart {
  return {
    day: model.get("day"),
    patient: model.get("patient"),
    other: model.get("other") ?? null,
    axis_kind: model.get("axis_kind"),
    ...(model.get("start") ?? {}),
  };
}
