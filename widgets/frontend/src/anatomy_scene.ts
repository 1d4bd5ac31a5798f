// AnatomyScene: the 3D picture with its view buttons; the engine and the model are loaded once a page.
import type { AnyModel, InitializeProps, RenderProps } from "@anywidget/types";
import { h, setText } from "./dom.ts";
import { loadScene, type LoadedScene, type SceneFiles } from "./scene/load.ts";
import { STATE_KEYS, VIEW_BUTTONS } from "./scene/names.ts";
import { stillPictures } from "./scene/stills.ts";
import {
  isWebGlMissing,
  type AnatomyScene,
  type Measurement,
  type Pick,
  type SceneState,
  type ViewName,
} from "./scene/types.ts";

interface SceneTraits extends SceneState, SceneFiles {
  picked: Pick | null;
  hovered: Pick | null;
  measurement: Measurement | null;
  /** File of each still picture, by view and theme ("anterior-dark"). */
  _pictures: Readonly<Record<string, string>>;
  /** What is shown, in words. */
  _text: string;
}

type Model = AnyModel<SceneTraits>;
type Load = (model: Model) => Promise<LoadedScene>;

/** One widget model: `load` is exchanged in tests. */
export function createAnatomyScene(load: Load = loadScene) {
  let loading: Promise<LoadedScene> | undefined;

  const prepare = (model: Model): Promise<LoadedScene> => {
    const loaded = load(model);
    loaded.catch(() => undefined); // said where the picture would stand
    return loaded;
  };

  return {
    // Not awaited: anywidget holds back all messages of the model until this returns.
    initialize({ model }: Of<InitializeProps<SceneTraits>>): void {
      loading = prepare(model);
    },

    render({ model, el }: Of<RenderProps<SceneTraits>> & { el: HTMLElement }) {
      const removed = new AbortController();
      const view = new SceneView(model, el, removed.signal);
      void view.show((loading ??= prepare(model)));
      return () => removed.abort();
    },
  };
}

type Of<T extends { model: Model }> = { model: T["model"] };

class SceneView {
  readonly #place = h("div", { class: "l3s1-scene-place" });
  readonly #words = h("p", { class: "l3s1-scene-words l3s1-note" });
  readonly #note = h("p", { class: "l3s1-note", role: "status" }, "Loading the 3D model …");
  readonly #buttons = new Map<ViewName, HTMLButtonElement>();
  readonly #bar = h("div", { class: "l3s1-scene-views", role: "group", "aria-label": "Views" });

  constructor(
    private readonly model: Model,
    el: HTMLElement,
    private readonly signal: AbortSignal,
  ) {
    for (const [view, label] of VIEW_BUTTONS) {
      const button = h("button", { class: "l3s1-button", type: "button" }, label);
      this.#buttons.set(view, button);
      this.#bar.append(button);
    }
    this.#mark(model.get("view"));
    el.classList.add("l3s1", "l3s1-anatomy-scene");
    el.replaceChildren(this.#place, this.#bar, this.#words, this.#note);
    this.#observe("_text", () => setText(this.#words, model.get("_text")));
    setText(this.#words, model.get("_text"));
  }

  async show(loading: Promise<LoadedScene>): Promise<void> {
    try {
      const { createScene, pack } = await loading;
      if (this.signal.aborted) return;
      const state = this.#state(STATE_KEYS);
      const scene = await createScene(this.#place, pack, { state, signal: this.signal });
      setText(this.#note, "");
      this.#connect(scene, state);
    } catch (error) {
      if (this.signal.aborted) return;
      if (isWebGlMissing(error)) this.#showStills();
      else {
        const why = error instanceof Error ? error.message : String(error);
        setText(this.#note, `The 3D model can’t be shown: ${why}. Reload the page to try again.`);
      }
    }
  }

  #state(keys: readonly (keyof SceneState)[]): Partial<SceneState> {
    return Object.fromEntries(keys.map((key) => [key, this.model.get(key)])) as Partial<SceneState>;
  }

  /** Keep scene and model in step; `shown` is what the scene was made with. */
  #connect(scene: AnatomyScene, shown: Partial<SceneState>): void {
    const show = (key: keyof SceneState): void => {
      try {
        scene.set(this.#state([key]));
        setText(this.#note, "");
      } catch (error) {
        setText(this.#note, error instanceof Error ? error.message : String(error));
      }
    };
    for (const key of STATE_KEYS) this.#observe(key, () => show(key));
    for (const [view, button] of this.#buttons) {
      button.addEventListener("click", () => scene.set({ view }), { signal: this.signal });
    }
    scene.on("pick", (pick) => this.#tell("picked", pick));
    scene.on("hover", (hovered) => this.#tell("hovered", hovered));
    scene.on("measure", (measurement) => this.#tell("measurement", measurement));
    scene.on("view", (view) => {
      this.#mark(view);
      if (view) this.#tell("view", view);
    });
    // What changed while the scene was made reached nobody.
    STATE_KEYS.filter((key) => !same(this.model.get(key), shown[key])).forEach(show);
  }

  #showStills(): void {
    const pictures = this.model.get("_pictures");
    const stills = stillPictures(this.model, pictures, this.#place, this.signal);
    setText(
      this.#note,
      "This browser shows no 3D graphics (WebGL is missing or switched off). In its place are " +
        "still pictures of the named views; everything else works.",
    );
    const show = (view: ViewName): void => {
      this.#mark(view);
      stills(view);
    };
    for (const [view, button] of this.#buttons) {
      button.addEventListener("click", () => show(view), { signal: this.signal });
    }
    this.#observe("view", () => show(this.model.get("view")));
    show(this.model.get("view"));
  }

  #observe(key: keyof SceneState | "_text", changed: () => void): void {
    this.model.on(`change:${key}`, changed);
    this.signal.addEventListener("abort", () => this.model.off(`change:${key}`, changed));
  }

  #tell<K extends "picked" | "hovered" | "measurement" | "view">(key: K, value: SceneTraits[K]): void {
    if (same(this.model.get(key), value)) return;
    this.model.set(key, value);
    this.model.save_changes();
  }

  #mark(view: ViewName | null): void {
    for (const [name, button] of this.#buttons) {
      button.setAttribute("aria-pressed", String(name === view));
    }
  }
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

export default () => createAnatomyScene();
