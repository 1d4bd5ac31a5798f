// RecoveryTimeline: loads the timeline's own code and plotly.js, each once a page, and starts them.
import type { AnyModel, InitializeProps, RenderProps } from "@anywidget/types";
import { h, setText } from "./dom.ts";
import { loadPlotly, type BundleTraits, type PlotlyBundle } from "./plotly_bundle.ts";
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
      let remove: (() => void) | null = null;
      let removed = false;
      const note = h("p", { class: "l3s1-note l3s1-opening", role: "status" }, "Opening the timeline …");
      el.classList.add("l3s1", "l3s1-timeline");
      el.replaceChildren(note);
      prepare(model).then(
        (timeline) => {
          if (!removed) remove = timeline.render({ model, el }, loadPicture(model));
        },
        (error: unknown) => {
          const why = error instanceof Error ? error.message : String(error);
          setText(note, `The timeline can’t be shown: ${why}. Reload the page to try again.`);
        },
      );
      return () => {
        removed = true;
        remove?.();
      };
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
