// ScrewTrainer: loads the trainer's own code once a page, and the 3D engine when it is near.
import type { AnyModel, RenderProps } from "@anywidget/types";
import { renderWhenLoaded } from "./loading_note.ts";
import { loadEngine } from "./scene/load.ts";
import type { CreateScene } from "./scene/types.ts";
import type { ScrewTraits } from "./screws/types.ts";
import type { ScrewTrainerView } from "./screws/view.ts";
import { asker, loadModule, shareLoad } from "./shared_file.ts";

type Model = AnyModel<ScrewTraits>;
type ViewClass = typeof ScrewTrainerView;

export interface Loads {
  view(model: Model): Promise<ViewClass>;
  engine(model: Model): Promise<CreateScene>;
}

const LOADS: Loads = {
  view(model) {
    const file = model.get("_screws_file");
    return shareLoad("l3s1.screws-loads", file, () =>
      loadModule(asker(model), file, "the screw trainer", take),
    );
  },
  engine: (model) => loadEngine(model as unknown as Parameters<typeof loadEngine>[0]),
};

/** `loads` is exchanged in tests. */
export function createScrewTrainer(loads: Loads = LOADS) {
  return {
    render({ model, el }: Pick<RenderProps<ScrewTraits>, "model" | "el">) {
      return renderWhenLoaded(
        el,
        { view: "l3s1-screw", note: "Loading the screw trainer …", failure: "The screw trainer can’t be shown" },
        loads.view(model),
        (View) => {
          const removed = new AbortController();
          new View(el, model, removed.signal).start(() => loads.engine(model));
          return () => removed.abort();
        },
      );
    },
  };
}

function take(module: unknown): ViewClass {
  const { ScrewTrainerView: found } = module as { ScrewTrainerView?: unknown };
  if (typeof found !== "function") throw new Error("the file that was loaded is not the screw trainer");
  return found as ViewClass;
}

export default () => createScrewTrainer();
