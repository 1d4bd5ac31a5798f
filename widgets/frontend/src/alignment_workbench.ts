// AlignmentWorkbench: loads the workbench's own code and the bones from the side, each once a page.
import type { AnyModel, InitializeProps, RenderProps } from "@anywidget/types";
import type { AlignmentTraits } from "./alignment/types.ts";
import type { Workbench } from "./alignment/workbench.ts";
import { renderWhenLoaded } from "./loading_note.ts";
import { asker, loadBytes, loadModule, shareLoad } from "./shared_file.ts";

type Model = AnyModel<AlignmentTraits>;
type WorkbenchClass = typeof Workbench;

export interface Loads {
  workbench(model: Model): Promise<WorkbenchClass>;
  lateral(model: Model): Promise<ArrayBuffer>;
}

const LOADS: Loads = {
  workbench: (model) => {
    const file = model.get("_workbench_file");
    return shareLoad("l3s1.workbench-loads", file, () =>
      loadModule(asker(model), file, "the workbench", take),
    );
  },
  lateral: (model) => {
    const file = model.get("_lateral_file");
    return shareLoad("l3s1.lateral-loads", file, () =>
      loadBytes(asker(model), file, "the bones from the side"),
    );
  },
};

/** One widget model and all its views; `loads` is exchanged in tests. */
export function createAlignmentWorkbench(loads: Loads = LOADS) {
  let loading: Promise<[Workbench, ArrayBuffer]> | undefined;

  // Not awaited where anywidget calls it: it holds back all messages of the model until then.
  const prepare = (model: Model): Promise<[Workbench, ArrayBuffer]> => {
    loading ??= Promise.all([
      loads.workbench(model).then((made) => new made(model)),
      loads.lateral(model),
    ]);
    // What failed is said where the picture would stand, and may be tried again.
    loading.catch(() => (loading = undefined));
    return loading;
  };

  return {
    initialize({ model }: Pick<InitializeProps<AlignmentTraits>, "model">): void {
      void prepare(model);
    },

    render({ model, el }: Pick<RenderProps<AlignmentTraits>, "model" | "el">) {
      return renderWhenLoaded(
        el,
        { view: "l3s1-alignment", note: "Loading the workbench …", failure: "The workbench can’t be shown" },
        prepare(model),
        ([workbench, lateral]) => workbench.render({ model, el }, lateral),
      );
    },
  };
}

function take(module: unknown): WorkbenchClass {
  const { Workbench: found } = module as { Workbench?: unknown };
  if (typeof found !== "function") throw new Error("the file that was loaded is not the workbench");
  return found as WorkbenchClass;
}

export default () => createAlignmentWorkbench();
