// RecoveryTimeline: the swim lanes with their day cursor, answers, table and origins.
import type { AnyModel, InitializeProps, RenderProps } from "@anywidget/types";
import { loadPlotly, type BundleTraits, type PlotlyBundle } from "./plotly_bundle.ts";
import { TimelineState } from "./timeline/state.ts";
import type { TimelineTraits } from "./timeline/types.ts";
import { startOf, TimelineView, type StartState } from "./timeline/view.ts";

type Load = (model: AnyModel<BundleTraits>) => Promise<PlotlyBundle>;

/** One widget model and all its views: `load` is exchanged in tests. */
export function createRecoveryTimeline(load: Load = loadPlotly) {
  const views: TimelineView[] = [];
  let start: StartState | undefined;

  const prepare = (model: AnyModel<TimelineTraits>): Promise<PlotlyBundle> => {
    start ??= startOf({
      start: model.get("start") ?? null,
      day: model.get("day"),
      approach: model.get("approach"),
      axis_kind: model.get("axis_kind"),
    });
    const bundle = load(model as unknown as AnyModel<BundleTraits>);
    bundle.catch(() => undefined); // said where the picture would stand
    return bundle;
  };

  return {
    initialize({ model }: Pick<InitializeProps<TimelineTraits>, "model">): void {
      void prepare(model);
    },

    render({ model, el }: Pick<RenderProps<TimelineTraits>, "model" | "el">) {
      const removed = new AbortController();
      const bundle = prepare(model);
      const state = new TimelineState(model, removed.signal);
      const leads = (): boolean => views[0] === view;
      const view = new TimelineView(el, state, start as StartState, leads, removed.signal);
      views.push(view);
      const frame = requestAnimationFrame(() => view.start(bundle, removed.signal));
      return () => {
        cancelAnimationFrame(frame);
        removed.abort();
        views.splice(views.indexOf(view), 1);
      };
    },
  };
}

export default () => createRecoveryTimeline();
