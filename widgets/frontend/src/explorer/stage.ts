// The place of the one scene: it loads while the page is already there, and is told what changes.
import { h, setText } from "../dom.ts";
import type { AnatomyScene, Measurement, Pick, SceneState, ViewName } from "../scene/types.ts";
import { same } from "./state.ts";

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
  readonly #note = h("p", { class: "l3s1-stage-note", role: "status" }, "Loading the model …");
  readonly #picture = h("img", { class: "l3s1-stage-picture", hidden: true, alt: "" });
  #scene: AnatomyScene | null = null;
  #wanted: Partial<SceneState> = {};

  constructor(
    private readonly pictures: Readonly<Partial<Record<ViewName, string>>>,
    private readonly events: StageEvents,
  ) {
    this.element = h("div", { class: "l3s1-stage" }, this.#host, this.#picture, this.#note);
  }

  get scene(): AnatomyScene | null {
    return this.#scene;
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
      scene.on("pick", (pick) => events.picked(pick));
      scene.on("hover", (pick) => events.hovered(pick));
      scene.on("measure", (measurement) => events.measured(measurement));
      scene.on("view", (view) => events.turned(view));
      this.#send(this.#wanted, started);
      events.ready(scene);
    } catch (error) {
      if (signal.aborted) return;
      this.#missing(error);
    }
  }

  /** Show a state; the scene is told only what differs from what it was last told. */
  show(state: Partial<SceneState>): void {
    const before = this.#wanted;
    this.#wanted = { ...before, ...state };
    if (this.#scene) this.#send(this.#wanted, before);
    else this.#showPicture();
  }

  /** Turn to a view even where the state names it already: the reader may have turned away. */
  turnTo(view: ViewName): void {
    this.#wanted = { ...this.#wanted, view };
    if (this.#scene) this.#scene.set({ view });
    else this.#showPicture();
  }

  #send(state: Partial<SceneState>, before: Partial<SceneState>): void {
    const change = Object.fromEntries(
      Object.entries(state).filter(([key, value]) => !same(value, before[key as keyof SceneState])),
    );
    if (Object.keys(change).length > 0) this.#scene?.set(change);
  }

  #missing(error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    const drawn = Object.keys(this.pictures).length > 0;
    this.element.classList.add("l3s1-stage-missing");
    setText(
      this.#note,
      drawn
        ? `The model can’t be turned here (${why}). The named views are pictures; search, tree, comparison and ‘name it’ tasks work as usual.`
        : `The model can’t be drawn here (${why}). Search, tree, comparison and ‘name it’ tasks work as usual.`,
    );
    this.#picture.hidden = !drawn;
    this.#showPicture();
  }

  #showPicture(): void {
    if (this.#picture.hidden) return;
    const view = this.#wanted.view ?? "oblique";
    const address = this.pictures[view] ?? Object.values(this.pictures)[0] ?? "";
    if (this.#picture.getAttribute("src") !== address) this.#picture.src = address;
    this.#picture.alt = `The lumbar spine, ${view.replaceAll("_", " ")} view`;
  }
}
