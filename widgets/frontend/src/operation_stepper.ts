// OperationStepper: loads the view's own code, the 3D engine, anatomy and implants once a page.
import type { AnyModel, RenderProps } from "@anywidget/types";
import type { OperationTraits } from "./operation/types.ts";
import type { OpenScene, openOperation } from "./operation/view.ts";
import { loadScene } from "./scene/load.ts";
import { renderWhenLoaded } from "./loading_note.ts";
import { asker, loadBytes, loadModule, shareLoad } from "./shared_file.ts";

interface Traits extends OperationTraits {
  _operation_file: string;
}

type Model = AnyModel<Traits>;
type Open = typeof openOperation;

export interface Loads {
  code(model: Model): Promise<Open>;
  scene(model: Model): OpenScene;
}

const LOADS: Loads = {
  code(model) {
    const file = model.get("_operation_file");
    return shareLoad("l3s1.operation-loads", file, () =>
      loadModule(asker(model), file, "the operation", take),
    );
  },
  scene: (model) => async (host, options) => {
    const bytes = (file: string): Promise<ArrayBuffer> =>
      shareLoad("l3s1.pack-loads", file, () => loadBytes(asker(model), file, "the implants"));
    const [{ createScene, pack }, ...more] = await Promise.all([
      loadScene(model),
      bytes(model.get("_construct_file")),
      bytes(model.get("_anterior_file")),
    ]);
    return createScene(host, pack, { ...options, more });
  },
};

/** `loads` is exchanged in tests. */
export function createOperationStepper(loads: Loads = LOADS) {
  return {
    render({ model, el }: Pick<RenderProps<Traits>, "model" | "el">) {
      const shared = model as unknown as AnyModel<OperationTraits>;
      return renderWhenLoaded(
        el,
        { view: "l3s1-operation", note: "Opening the operation …", failure: "The operation can’t be shown" },
        loads.code(model).then((open) => open(shared)),
        (View) => {
          const removed = new AbortController();
          new View(el, removed.signal).start(loads.scene(model));
          return () => removed.abort();
        },
      );
    },
  };
}

function take(module: unknown): Open {
  const { openOperation: found } = module as { openOperation?: unknown };
  if (typeof found !== "function") throw new Error("the file that was loaded is not this activity");
  return found as Open;
}

export default () => createOperationStepper();
