// RecoveryTimeline: loads the timeline's own code and plotly.js, each once a page, and starts them.
import type { AnyModel, InitializeProps, RenderProps } from "@anywidget/types";
import { loadPlotly, type BundleTraits, type PlotlyBundle } from "./plotly_bundle.ts";
import { renderWhenLoaded } from "./loading_note.ts";
import { asker, loadModule, shareLoad } from "./shared_file.ts";
import type { Timeline } from "./timeline/timeline.ts";
import type { TimelineTraits } from "./timeline/types.ts";

type Model = AnyModel<TimelineTraits>;
type TimelineClass = Pick<typeof Timeline, "open">;

export interface Loads {
  timeline(model: Model): Promise<TimelineClass>;
  plotly(model: AnyModel<BundleTraits>): Promise<PlotlyBundle>;
}

const LOADS: Loads = { timeline: loadTimeline, plotly: loadPlotly };

/** One widget model and all its views; `loads` is exchanged in tests. */
export function createRecoveryTimeline(loads: Loads = LOADS) {
  let opened: Promise<Timeline> | undefined;

  const loadPicture = (model: Model): Promise<PlotlyBundle> => {
    const bundle = loads.plotly(model as unknown as AnyModel<BundleTraits>);
    bundle.catch(() => undefined); // said where the picture would stand
    return bundle;
  };
  // Not awaited where anywidget calls it: it holds back all messages of the model until then.
  const prepare = (model: Model): Promise<Timeline> => {
    opened ??= loads.timeline(model).then((code) => code.open(model));
    opened.catch(() => (opened = undefined)); // said below, and may be tried again
    return opened;
  };

  return {
    initialize({ model }: Pick<InitializeProps<TimelineTraits>, "model">): void {
      void loadPicture(model);
      void prepare(model);
    },

    render({ model, el }: Pick<RenderProps<TimelineTraits>, "model" | "el">) {
      return renderWhenLoaded(
        el,
        { view: "l3s1-timeline", note: "Opening the timeline …", failure: "The timeline can’t be shown" },
        prepare(model),
        (timeline) => timeline.render({ model, el }, loadPicture(model)),
      );
    },
  };
}

function loadTimeline(model: Model): Promise<TimelineClass> {
  const file = model.get("_timeline_file");
  return shareLoad("l3s1.timeline-loads", file, () =>
    loadModule(asker(model), file, "the timeline", take),
  );
}

function take(module: unknown): TimelineClass {
  const { Timeline: found } = module as { Timeline?: unknown };
  if (typeof found !== "function") throw new Error("the file that was loaded is not the timeline");
  return found as unknown as TimelineClass;
}

export default () => createRecoveryTimeline();
