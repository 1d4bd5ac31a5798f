// FuseAndBend: loads the bending spine's own code and plotly.js, each once a page, and starts them.
import type { AnyModel, RenderProps } from "@anywidget/types";
import { renderWhenLoaded } from "./loading_note.ts";
import type { MotionTraits } from "./motion/types.ts";
import type { FuseAndBendView } from "./motion/view.ts";
import { DRAWING } from "./plot_place.ts";
import { loadPlotly, type BundleTraits, type PlotlyBundle } from "./plotly_bundle.ts";
import { asker, loadModule, shareLoad } from "./shared_file.ts";

interface Traits extends MotionTraits, BundleTraits {
  _motion_file: string;
}

type Model = AnyModel<Traits>;
type ViewClass = typeof FuseAndBendView;

export interface Loads {
  view(model: Model): Promise<ViewClass>;
  plotly(model: AnyModel<BundleTraits>): Promise<PlotlyBundle>;
}

const LOADS: Loads = {
  view(model) {
    const file = model.get("_motion_file");
    return shareLoad("l3s1.motion-loads", file, () =>
      loadModule(asker(model), file, "the bending spine", take),
    );
  },
  plotly: loadPlotly,
};

/** `loads` is exchanged in tests. */
export function createFuseAndBend(loads: Loads = LOADS) {
  return {
    render({ model, el }: Pick<RenderProps<Traits>, "model" | "el">) {
      const own = model as unknown as AnyModel<MotionTraits>;
      const bundle = loads.plotly(model as unknown as AnyModel<BundleTraits>);
      bundle.catch(() => undefined); // said where the chart would stand
      const loaded = loads.view(model).then(async (View) => ({ View, data: await View.unpack(own) }));
      el.setAttribute(DRAWING, "");
      loaded.catch(() => el.removeAttribute(DRAWING));
      return renderWhenLoaded(
        el,
        { view: "l3s1-motion", note: "Loading the spine …", failure: "The spine can’t be shown" },
        loaded,
        ({ View, data }) => {
          const removed = new AbortController();
          const view = new View(el, own, data, removed.signal);
          const frame = requestAnimationFrame(() => view.start(bundle));
          return () => {
            cancelAnimationFrame(frame);
            removed.abort();
          };
        },
      );
    },
  };
}

function take(module: unknown): ViewClass {
  const { FuseAndBendView: found } = module as { FuseAndBendView?: unknown };
  if (typeof found !== "function") throw new Error("the file that was loaded is not the bending spine");
  return found as ViewClass;
}

export default () => createFuseAndBend();
