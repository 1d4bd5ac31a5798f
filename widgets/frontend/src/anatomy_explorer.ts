// AnatomyExplorer: loads the explorer's own code and the 3D scene, each once a page, and starts them.
import type { AnyModel, InitializeProps, RenderProps } from "@anywidget/types";
import type { Explorer } from "./explorer/explorer.ts";
import type { ExplorerTraits } from "./explorer/types.ts";
import { loadScene, type LoadedScene, type SceneFiles } from "./scene/load.ts";
import { renderWhenLoaded } from "./loading_note.ts";
import { asker, loadModule, shareLoad } from "./shared_file.ts";

interface Traits extends ExplorerTraits, SceneFiles {
  _explorer_file: string;
}

type Model = AnyModel<Traits>;
type ExplorerClass = typeof Explorer;

export interface Loads {
  explorer(model: Model): Promise<ExplorerClass>;
  scene(model: Model): Promise<LoadedScene>;
}

const LOADS: Loads = { explorer: loadExplorer, scene: loadScene };

/** One widget model and all its views; `loads` is exchanged in tests. */
export function createAnatomyExplorer(loads: Loads = LOADS) {
  let code: Promise<Explorer> | undefined;
  let scene: Promise<LoadedScene> | undefined;

  // Not awaited where anywidget calls it: it holds back all messages of the model until then.
  const prepare = (model: Model): Promise<Explorer> => {
    scene ??= loads.scene(model);
    code ??= loads.explorer(model).then((made) => new made(model as AnyModel<ExplorerTraits>));
    // What failed is said where the picture would stand, and may be tried again.
    scene.catch(() => (scene = undefined));
    code.catch(() => (code = undefined));
    return code;
  };

  return {
    initialize({ model }: Pick<InitializeProps<Traits>, "model">): void {
      void prepare(model);
    },

    render({ model, el }: Pick<RenderProps<Traits>, "model" | "el">) {
      return renderWhenLoaded(
        el,
        { view: "l3s1-explorer", note: "Loading the explorer …", failure: "The explorer can’t be shown" },
        prepare(model),
        (explorer) =>
          explorer.render({ model: model as AnyModel<ExplorerTraits>, el }, async (host, options) => {
            const { createScene, pack } = await (scene ?? loads.scene(model));
            return createScene(host, pack, options);
          }),
      );
    },
  };
}

function loadExplorer(model: Model): Promise<ExplorerClass> {
  const file = model.get("_explorer_file");
  return shareLoad("l3s1.explorer-loads", file, () =>
    loadModule(asker(model), file, "the explorer", take),
  );
}

function take(module: unknown): ExplorerClass {
  const { Explorer: found } = module as { Explorer?: unknown };
  if (typeof found !== "function") throw new Error("the file that was loaded is not the explorer");
  return found as ExplorerClass;
}

export default () => createAnatomyExplorer();
