// The trainer's 3D picture: the bone in hand, translucent, and the screw in it. A bone comes from the
// kernel as a small pack when it is first needed.
import type { AnyModel } from "@anywidget/types";
import { h, setText } from "../dom.ts";
import { isWebGlMissing, type AnatomyScene, type CreateScene, type SceneState } from "../scene/types.ts";
import { placedScrew } from "./geometry.ts";
import type { ScrewTraits, Shown } from "./types.ts";

const BONE_MESSAGE = "l3s1:screw-bone";
const BONE_OPACITY = 0.3;
const BESIDE_OPACITY = 0.75;

export class Stage {
  readonly element: HTMLElement;
  readonly #host = h("div", { class: "l3s1-screw-scene" });
  readonly #note = h("p", { class: "l3s1-note l3s1-screw-note", role: "status" }, "Loading the model …");
  #engine: Promise<CreateScene> | null = null;
  #scene: AnatomyScene | null = null;
  #shown: Shown | null = null;
  /** Whose bone was asked for last. */
  #bone = "";
  /** The bone that the scene holds or will hold; each build is its own object. */
  #building: { readonly bone: string } | null = null;

  constructor(
    private readonly model: AnyModel<ScrewTraits>,
    private readonly signal: AbortSignal,
  ) {
    this.element = h(
      "figure",
      { class: "l3s1-screw-picture", "data-picture": "scene" },
      this.#host,
      this.#note,
      h("figcaption", {}, "3D, the bone translucent; drag to turn"),
    );
    const answered = (message: { type?: string; bone?: string }, buffers: readonly DataView[] = []): void => {
      if (message?.type !== BONE_MESSAGE || !buffers[0]) return;
      void this.#build(message.bone ?? "", buffers[0]);
    };
    model.on("msg:custom", answered);
    signal.addEventListener("abort", () => {
      model.off("msg:custom", answered);
      this.#scene?.dispose();
    });
  }

  /** Make the scene once it is near the reader. */
  start(engine: () => Promise<CreateScene>): void {
    const near = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        near.disconnect();
        this.#engine = engine();
        this.#engine.catch((error: unknown) => this.#fail(error));
        this.#ask();
      },
      { rootMargin: "200px" },
    );
    near.observe(this.#host);
    this.signal.addEventListener("abort", () => near.disconnect());
  }

  show(shown: Shown): void {
    this.#shown = shown;
    this.#ask();
    this.#place();
  }

  #ask(): void {
    const bone = this.#shown?.bone;
    if (!this.#engine || !bone || bone === this.#bone) return;
    this.#bone = bone;
    this.model.send({ type: BONE_MESSAGE, bone });
  }

  async #build(bone: string, pack: DataView): Promise<void> {
    // an answer about another bone was overtaken; one may come twice: the kernel answers all views at once
    if (!this.#engine || bone !== this.#shown?.bone || bone === this.#building?.bone) return;
    const mine = { bone };
    this.#building = mine;
    try {
      const create = await this.#engine;
      const { buffer, byteOffset, byteLength } = pack;
      const bytes = (buffer as ArrayBuffer).slice(byteOffset, byteOffset + byteLength);
      if (this.#stale(mine)) return;
      this.#scene?.dispose();
      this.#scene = null;
      const { state, level } = this.#look();
      const scene = await create(this.#host, bytes, { state, signal: this.signal });
      if (this.#stale(mine)) return scene.dispose();
      this.#scene = scene;
      for (const part of scene.parts) {
        if (part.tissue !== "bone" && part.tissue !== "implant") {
          scene.set({ opacity: { ...scene.state.opacity, [part.name]: BESIDE_OPACITY } });
        }
      }
      this.#place();
      scene.frame([level]);
      this.#note.hidden = true;
      this.element.dataset.bone = bone;
    } catch (error) {
      if (!this.#stale(mine)) this.#fail(error);
      if (this.#building === mine) this.#building = null;
    }
  }

  /** Whether a build was overtaken by another bone; that bone can then be built again. */
  #stale(build: { readonly bone: string }): boolean {
    const current = this.#building === build;
    if (current && build.bone === this.#shown?.bone) return this.signal.aborted;
    if (current) this.#building = null;
    return true;
  }

  #look(): { state: Partial<SceneState>; level: string } {
    const level = this.#shown?.level ?? "L5";
    return { level, state: { view: "oblique", opacity: { [level]: BONE_OPACITY }, tips: true } };
  }

  #place(): void {
    const { screw, hidden } = this.#shown ?? {};
    const scene = this.#scene;
    if (!scene || !screw) return;
    const [shaft, head] = this.model.get("choices").parts;
    const [rows, ball] = placedScrew(screw.entry, screw.tip, screw.diameter);
    scene.carry(shaft, rows);
    scene.carry(head, ball);
    const away = hidden ? [shaft] : [];
    if (String(scene.state.hidden) !== String(away)) scene.set({ hidden: away });
  }

  #fail(error: unknown): void {
    this.#note.hidden = false;
    setText(
      this.#note,
      isWebGlMissing(error)
        ? "This browser shows no 3D graphics (WebGL is missing or switched off). The three other pictures and the words show the same screw."
        : `The 3D picture can’t be shown: ${error instanceof Error ? error.message : String(error)}. Reload the page to try again.`,
    );
  }
}
