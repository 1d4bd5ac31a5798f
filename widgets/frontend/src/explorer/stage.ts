// The place of the one scene: it loads while the page is already there, and is told what changes.
import type { AnyModel } from "@anywidget/types";
import { h, setText } from "../dom.ts";
import { stillPictures } from "../scene/stills.ts";
import {
  isWebGlMissing,
  type AnatomyScene,
  type Measurement,
  type Pick,
  type SceneState,
  type ViewName,
} from "../scene/types.ts";
import { button } from "./fields.ts";
import { same } from "./state.ts";
import type { ExplorerTraits } from "./types.ts";

export type OpenScene = (
  host: HTMLElement,
  options: { state: Partial<SceneState>; say: (structure: string) => string; signal: AbortSignal },
) => Promise<AnatomyScene>;

export interface StageEvents {
  picked(pick: Pick | null): void;
  hovered(pick: Pick | null): void;
  measured(measurement: Measurement | null): void;
  turned(view: ViewName | null): void;
  ready(scene: AnatomyScene): void;
}

export class Stage {
  readonly element: HTMLElement;
  readonly #host = h("div", { class: "l3s1-stage-host" });
  /** Says what a hand can do, until it does. */
  readonly #hint = h(
    "p",
    { class: "l3s1-stage-hint", "aria-hidden": "true" },
    h("span", { class: "l3s1-by-mouse" }, "Drag to turn, scroll to zoom, click to name"),
    h("span", { class: "l3s1-by-touch" }, "Drag to turn, pinch to zoom, tap to name"),
  );
  readonly #note = h("p", { class: "l3s1-stage-note", role: "status" }, "Loading the model …");
  #scene: AnatomyScene | null = null;
  #wanted: Partial<SceneState> = {};
  /** Shows a still picture of a view, where there is no scene. */
  #still: ((view: ViewName) => void) | null = null;

  constructor(
    private readonly model: AnyModel<ExplorerTraits>,
    private readonly events: StageEvents,
  ) {
    const zoom = (label: string, sign: string, factor: number): HTMLElement =>
      button(sign, () => this.#scene?.zoom(factor), { "aria-label": label });
    this.element = h(
      "div",
      { class: "l3s1-stage" },
      this.#host,
      this.#hint,
      h("div", { class: "l3s1-zoom" }, zoom("Zoom in", "+", 1.25), zoom("Zoom out", "−", 0.8)),
      this.#note,
    );
  }

  get scene(): AnatomyScene | null {
    return this.#scene;
  }

  /** Whether there will be no scene. */
  get isMissing(): boolean {
    return this.element.classList.contains("l3s1-stage-missing");
  }

  /** Load the scene; without it, drawn views or a note stand in its place. */
  async start(open: OpenScene, say: (structure: string) => string, signal: AbortSignal): Promise<void> {
    try {
      const started = { ...this.#wanted };
      const scene = await open(this.#host, { state: started, say, signal });
      if (signal.aborted) {
        scene.dispose();
        return;
      }
      this.#scene = scene;
      signal.addEventListener("abort", () => scene.dispose());
      this.#note.hidden = true;
      const { events } = this;
      scene.on("pick", (pick) => {
        this.#hint.hidden = true;
        events.picked(pick);
      });
      scene.on("hover", (pick) => events.hovered(pick));
      scene.on("measure", (measurement) => events.measured(measurement));
      scene.on("view", (view) => {
        if (view === null) this.#hint.hidden = true;
        events.turned(view);
      });
      this.#send(this.#wanted, started);
      events.ready(scene);
    } catch (error) {
      if (signal.aborted) return;
      this.#missing(error, signal);
    }
  }

  /** Show a state; the scene is told only what differs from what it was last told. */
  show(state: Partial<SceneState>): void {
    const before = this.#wanted;
    this.#wanted = { ...before, ...state };
    if (this.#scene) this.#send(this.#wanted, before);
  }

  /** Turn to a view even where the state names it already: the reader may have turned away. */
  turnTo(view: ViewName): void {
    this.#wanted = { ...this.#wanted, view };
    if (this.#scene) this.#scene.set({ view });
    else this.#still?.(view);
  }

  #send(state: Partial<SceneState>, before: Partial<SceneState>): void {
    const change = Object.fromEntries(
      Object.entries(state).filter(([key, value]) => !same(value, before[key as keyof SceneState])),
    );
    if (Object.keys(change).length > 0) this.#scene?.set(change);
  }

  #missing(error: unknown, signal: AbortSignal): void {
    const drawn = isWebGlMissing(error) && Object.keys(this.model.get("_pictures")).length > 0;
    const why = error instanceof Error ? error.message : String(error);
    this.element.classList.add("l3s1-stage-missing");
    const gone = "This browser shows no 3D graphics (WebGL is missing or switched off).";
    const stills = drawn ? " In its place are still pictures of the named views." : "";
    const failed = `The 3D model can’t be shown: ${why}. Reload the page to try again.`;
    const rest = " Search, tree, comparison and tasks in words work as usual.";
    setText(this.#note, (isWebGlMissing(error) ? `${gone}${stills}` : failed) + rest);
    if (!drawn) return;
    this.#still = stillPictures(this.model, this.model.get("_pictures"), this.#host, signal);
    this.#still(this.#wanted.view ?? "oblique");
  }
}
