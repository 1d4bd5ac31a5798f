// BoneState: loads the view's own code, the 3D engine, anatomy and implants once a page.
import type { AnyModel, RenderProps } from "@anywidget/types";
import type { BoneTraits } from "./bone_state/types.ts";
import type { BoneStateView, OpenBone } from "./bone_state/view.ts";
import { loadScene } from "./scene/load.ts";
import { renderWhenLoaded } from "./loading_note.ts";
import { asker, loadBytes, loadModule, shareLoad } from "./shared_file.ts";

interface Traits extends BoneTraits {
  _bone_file: string;
}

type Model = AnyModel<Traits>;
type ViewClass = typeof BoneStateView;

export interface Loads {
  view(model: Model): Promise<ViewClass>;
  open(model: Model): OpenBone;
}

const LOADS: Loads = {
  view(model) {
    const file = model.get("_bone_file");
    return shareLoad("l3s1.bone-loads", file, () =>
      loadModule(asker(model), file, "the bone’s state", take),
    );
  },
  open: (model) => async (host, options) => {
    const file = model.get("_construct_file");
    const [{ createScene, pack }, construct] = await Promise.all([
      loadScene(model),
      shareLoad("l3s1.pack-loads", file, () => loadBytes(asker(model), file, "the implants")),
    ]);
    return createScene(host, pack, { ...options, more: [construct] });
  },
};

/** `loads` is exchanged in tests. */
export function createBoneState(loads: Loads = LOADS) {
  return {
    render({ model, el }: Pick<RenderProps<Traits>, "model" | "el">) {
      return renderWhenLoaded(
        el,
        { view: "l3s1-bone", note: "Loading the bone’s state …", failure: "The bone’s state can’t be shown" },
        loads.view(model),
        (View) => {
          const removed = new AbortController();
          new View(el, model as unknown as AnyModel<BoneTraits>, removed.signal).start(loads.open(model));
          return () => removed.abort();
        },
      );
    },
  };
}

function take(module: unknown): ViewClass {
  const { BoneStateView: found } = module as { BoneStateView?: unknown };
  if (typeof found !== "function") throw new Error("the file that was loaded is not this activity");
  return found as ViewClass;
}

export default () => createBoneState();
