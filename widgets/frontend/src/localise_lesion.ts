// LocaliseLesion: loads the view's own code once a page, and starts it.
import type { AnyModel, InitializeProps, RenderProps } from "@anywidget/types";
import type { Neurology } from "./neurology/neurology.ts";
import type { NeurologyTraits } from "./neurology/types.ts";
import { renderWhenLoaded } from "./loading_note.ts";
import { asker, loadModule, shareLoad } from "./shared_file.ts";

interface Traits extends NeurologyTraits {
  _neurology_file: string;
}

type Model = AnyModel<Traits>;
type NeurologyClass = typeof Neurology;
export type LoadNeurology = (model: Model) => Promise<NeurologyClass>;

/** One widget model and all its views; `load` is exchanged in tests. */
export function createLocaliseLesion(load: LoadNeurology = loadNeurology) {
  let code: Promise<Neurology> | undefined;

  // Not awaited where anywidget calls it: it holds back all messages of the model until then.
  const prepare = (model: Model): Promise<Neurology> => {
    code ??= load(model).then((made) => new made(model as AnyModel<NeurologyTraits>));
    // What failed is said where the picture would stand, and may be tried again.
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
        { view: "l3s1-neuro", note: "Loading body and roots …", failure: "Body and roots can’t be shown" },
        prepare(model),
        (neurology) => neurology.render({ model: model as AnyModel<NeurologyTraits>, el }),
      );
    },
  };
}

function loadNeurology(model: Model): Promise<NeurologyClass> {
  const file = model.get("_neurology_file");
  return shareLoad("l3s1.neurology-loads", file, () =>
    loadModule(asker(model), file, "body and roots", take),
  );
}

function take(module: unknown): NeurologyClass {
  const { Neurology: found } = module as { Neurology?: unknown };
  if (typeof found !== "function") throw new Error("the file that was loaded is not this activity");
  return found as NeurologyClass;
}

export default () => createLocaliseLesion();
