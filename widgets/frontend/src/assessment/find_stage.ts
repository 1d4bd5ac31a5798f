// The 3D picture of a question: one on a page at a time, mounted when it is opened.
import { button } from "../explorer/fields.ts";
import type { OpenScene } from "../explorer/stage.ts";
import { h, setText, uniqueId } from "../dom.ts";
import { VIEW_BUTTONS } from "../scene/names.ts";
import { isWebGlMissing, type AnatomyScene, type SceneState, type ViewName } from "../scene/types.ts";
import { sayStructure } from "../scene/words.ts";

/** What places in words are counted from. */
export const PLACES_FROM =
  "Places are counted from the middle of the S1 end plate; left and right are the patient’s own.";

let opened: FindStage | null = null;

export interface StageEvents {
  picked(structure: string): void;
  /** There is a scene now, or none any more. */
  changed(): void;
  /** There will be no scene in this browser. */
  missing(): void;
}

export class FindStage {
  readonly element: HTMLElement;
  readonly #open: HTMLButtonElement;
  readonly #host = h("div", { class: "l3s1-find-host" });
  readonly #note = h("p", { class: "l3s1-note", role: "status" });
  readonly #tools: HTMLElement;
  readonly #views: HTMLSelectElement;
  #scene: AnatomyScene | null = null;
  #ended: AbortController | null = null;
  #isMissing = false;

  constructor(
    private readonly start: Pick<SceneState, "view" | "peeled">,
    private readonly openScene: OpenScene,
    private readonly events: StageEvents,
    removed: AbortSignal,
  ) {
    this.#open = button("Open the 3D model", () => void this.open());
    const id = uniqueId("views");
    this.#views = h(
      "select",
      { id, class: "l3s1-select" },
      ...VIEW_BUTTONS.map(([view, label]) => h("option", { value: view }, label)),
    );
    this.#views.value = start.view;
    // The choice of a view is no answer: the question must not hear of it.
    this.#views.addEventListener("change", (event) => {
      event.stopPropagation();
      this.#scene?.set({ view: this.#views.value as ViewName });
    });
    const zoom = (label: string, sign: string, factor: number): HTMLElement =>
      button(sign, () => this.#scene?.zoom(factor), { "aria-label": label });
    this.#tools = h(
      "div",
      { class: "l3s1-actions" },
      h("label", { for: id }, "View"),
      this.#views,
      zoom("Zoom in", "+", 1.25),
      zoom("Zoom out", "−", 0.8),
      button("Close the model", () => this.close()),
    );
    this.#tools.hidden = true;
    this.#host.hidden = true;
    this.element = h("div", { class: "l3s1-find-stage" }, this.#open, this.#host, this.#tools, this.#note);
    removed.addEventListener("abort", () => this.close());
  }

  get isOpen(): boolean {
    return this.#scene !== null;
  }

  get isMissing(): boolean {
    return this.#isMissing;
  }

  /** Whether there is a scene that has this structure. */
  knows(structure: string): boolean {
    return this.#scene?.parts.some(({ name, structures }) => [name, ...structures].includes(structure)) ?? false;
  }

  /** Show a state, where there is a scene. */
  show(state: Partial<SceneState>): void {
    this.#scene?.set(state);
  }

  /** Where a structure lies and of what tissue it is, in words that don't name it; null without a scene. */
  place(structure: string): string | null {
    const scene = this.#scene;
    const part = scene?.parts.find(({ name, structures }) => [name, ...structures].includes(structure));
    if (!scene || !part) return null;
    const [x, y, z] = scene.middle(structure).map(Math.round) as [number, number, number];
    const side = Math.abs(x) < 2 ? "in the midline" : `${Math.abs(x)} mm ${x > 0 ? "left" : "right"}`;
    const depth = `${Math.abs(y)} mm ${y < 0 ? "in front" : "behind"}`;
    const height = `${Math.abs(z)} mm ${z < 0 ? "below" : "above"}`;
    return `${part.tissue}, ${side}, ${depth}, ${height}`;
  }

  async open(): Promise<void> {
    if (this.#ended || this.#isMissing) return;
    opened?.close();
    opened = this;
    const ended = new AbortController();
    this.#ended = ended;
    this.#open.hidden = true;
    this.#host.hidden = false;
    setText(this.#note, "Loading the model …");
    try {
      const state = { ...this.start, tips: false };
      const scene = await this.openScene(this.#host, { state, say: sayStructure, signal: ended.signal });
      if (ended.signal.aborted) return scene.dispose();
      this.#scene = scene;
      scene.on("pick", (pick) => pick && this.events.picked(pick.structure));
      scene.on("view", (view) => {
        if (view) this.#views.value = view;
      });
      this.#tools.hidden = false;
      setText(this.#note, "Click or tap the structure. Drag to turn the model.");
      this.events.changed();
    } catch (error) {
      if (!ended.signal.aborted) this.#fail(error);
    }
  }

  close(): void {
    if (!this.#ended) return;
    const hadFocus = this.element.contains(document.activeElement);
    this.#ended.abort();
    this.#ended = null;
    this.#scene?.dispose();
    this.#scene = null;
    if (opened === this) opened = null;
    this.#host.replaceChildren();
    this.#host.hidden = true;
    this.#tools.hidden = true;
    this.#open.hidden = this.#isMissing;
    setText(this.#note, "");
    if (hadFocus) this.#open.focus();
    this.events.changed();
  }

  #fail(error: unknown): void {
    this.#isMissing = isWebGlMissing(error);
    this.close();
    const why = error instanceof Error ? error.message : String(error);
    const gone = "This browser shows no 3D graphics (WebGL is missing or switched off). Choose from the list below.";
    setText(this.#note, this.#isMissing ? gone : `The 3D model can’t be shown: ${why}. Try again, or choose below.`);
    if (this.#isMissing) this.events.missing();
  }
}
