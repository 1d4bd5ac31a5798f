// One view of the bone's state: the scene, the day, the stages, and what is known of the load.
import type { AnyModel } from "@anywidget/types";
import { readChartLink } from "../chart_tools.ts";
import { Announcer, h, setAttributes, setText, uniqueId } from "../dom.ts";
import { evidenceMark } from "../evidence.ts";
import { originsOf } from "../origin.ts";
import { followDay, wantDay } from "../page_day.ts";
import { isWebGlMissing, type AnatomyScene, type SceneState } from "../scene/types.ts";
import { same, SharedState } from "../shared_state.ts";
import { Sheet } from "../sheet.ts";
import { clamp, dayToX, sayDay, snapDay, stepDay, xToDay } from "../time_axis.ts";
import { LINK_NAME, readBoneLink } from "./link.ts";
import { FRAMED, sceneOf } from "./model.ts";
import type { BoneTraits, Choice, Stage, ViewChoice } from "./types.ts";

export type OpenBone = (
  host: HTMLElement,
  options: { state: Partial<SceneState>; signal: AbortSignal },
) => Promise<AnatomyScene>;

const KEYS = ["day", "site", "outcome", "view"] as const;
const BED = "L4-L5.bridging_bone.left";
const STEPS = 400;

export class BoneStateView {
  readonly #state: SharedState<BoneTraits, (typeof KEYS)[number]>;
  readonly #sheet: Sheet;
  readonly #announcer: Announcer;
  readonly #host = h("div", { class: "l3s1-bone-scene" });
  readonly #note = h("p", { class: "l3s1-note l3s1-bone-note", role: "status" }, "Loading the model …");
  readonly #slider = h("input", { type: "range", min: 0, max: STEPS, step: "any", class: "l3s1-bone-slider" });
  readonly #day = h("output", { class: "l3s1-bone-day" });
  readonly #stages = new Map<string, HTMLButtonElement>();
  readonly #groups = new Map<string, HTMLButtonElement>();
  readonly #words = h("p", { class: "l3s1-bone-words" });
  readonly #caution = h("p", { class: "l3s1-note" });
  readonly #failure = h("p", { class: "l3s1-bone-failure" });
  readonly #why = h("button", { type: "button", class: "l3s1-button" }, "Where this comes from");
  #scene: AnatomyScene | null = null;
  #shown: Partial<SceneState> = {};
  #bedAt = 0;
  #framed = "";

  constructor(
    el: HTMLElement,
    private readonly model: AnyModel<BoneTraits>,
    private readonly signal: AbortSignal,
  ) {
    this.#state = new SharedState(model, KEYS, signal);
    this.#sheet = new Sheet(signal, () => undefined);
    this.#announcer = new Announcer(signal);
    const slider = uniqueId("bone-day");
    this.#slider.id = slider;
    el.classList.add("l3s1", "l3s1-bone");
    el.replaceChildren(
      h(
        "div",
        { class: "l3s1-bone-main" },
        h("div", { class: "l3s1-bone-picture" }, this.#host, this.#note, this.#choices("view", "View")),
        h(
          "div",
          { class: "l3s1-bone-side" },
          this.#choices("site", "Graft"),
          this.#choices("outcome", "Course"),
          h(
            "div",
            { class: "l3s1-bone-time" },
            h("label", { for: slider, class: "l3s1-bone-label" }, "Day after the operation"),
            this.#day,
            this.#slider,
          ),
          this.#stageButtons(),
          this.#words,
          this.#caution,
          this.#failure,
          this.#why,
        ),
      ),
      this.#load(),
      h("p", { class: "l3s1-note" }, model.get("choices").scheme),
      this.#announcer.element,
      this.#sheet.element,
    );
    if (document.body.hasAttribute("data-voila")) {
      this.#state.choose(readBoneLink(readChartLink(location.search, LINK_NAME), model.get("choices")));
    }
    this.#listen();
    this.#show();
  }

  /** Make the scene once it is near the reader; without it the words stay. */
  start(open: OpenBone): void {
    const near = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      near.disconnect();
      void this.#open(open);
    }, { rootMargin: "600px" });
    near.observe(this.#host);
    this.signal.addEventListener("abort", () => near.disconnect());
  }

  async #open(open: OpenBone): Promise<void> {
    try {
      const { scene: state } = this.#wanted();
      const view = this.#turned();
      const scene = await open(this.#host, { state: { ...state, view }, signal: this.signal });
      if (this.signal.aborted) return;
      this.#scene = scene;
      this.#shown = { ...state, view };
      this.#bedAt = scene.middle(BED)[0];
      this.#note.hidden = true;
      this.#show();
    } catch (error) {
      if (this.signal.aborted) return;
      const why = isWebGlMissing(error)
        ? "This browser shows no 3D graphics (WebGL is missing or switched off). The words beside say what the picture would show."
        : `The 3D model can’t be shown: ${error instanceof Error ? error.message : String(error)}. Reload the page to try again.`;
      setText(this.#note, why);
    }
  }

  get #choice(): Choice {
    const { day, site, outcome, view } = this.#state.values;
    return { day: clamp(Number(day) || 0, this.model.get("choices").horizon_d), site, outcome, view };
  }

  #wanted() {
    const traits = { moments: this.model.get("moments"), failure: this.model.get("failure") };
    return sceneOf(this.#choice, traits, this.#bedAt);
  }

  #turned(): "posterior" | "left_lateral" {
    return this.#choice.view === "posterior" ? "posterior" : "left_lateral";
  }

  #listen(): void {
    const { signal } = this;
    this.#state.onChange(() => this.#show());
    this.#slider.addEventListener("input", () => this.#go(this.#dayOf(Number(this.#slider.value))), { signal });
    this.#slider.addEventListener("keydown", (event) => this.#key(event), { signal });
    this.#why.addEventListener("click", () => this.#origins(), { signal });
    followDay((day) => {
      this.#state.set({ day: clamp(day, this.model.get("choices").horizon_d) });
      this.#state.settleSoon();
    }, signal);
  }

  /** Show a day here and in the page's timeline. */
  #go(day: number): void {
    this.#state.set({ day });
    this.#state.settleSoon();
    wantDay(day);
  }

  #key(event: KeyboardEvent): void {
    const { horizon_d } = this.model.get("choices");
    const direction = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (direction === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.#go(stepDay(this.#choice.day, direction > 0 ? 1 : -1, horizon_d, event.shiftKey));
  }

  #dayOf(step: number): number {
    const { scale_d, horizon_d } = this.model.get("choices");
    const end = dayToX(horizon_d, "readable", scale_d);
    return snapDay(xToDay((step / STEPS) * end, "readable", scale_d), horizon_d);
  }

  #show(): void {
    const choice = this.#choice;
    const { scale_d, horizon_d } = this.model.get("choices");
    const { scene, bone, called, loose } = this.#wanted();
    const stage = this.model.get("stages").find(({ id }) => id === bone.stage) as Stage;
    const { during, caution } = stage.words[choice.site];
    const failure = this.model.get("failure");
    const failed = choice.outcome === "non_union";
    setText(this.#day, sayDay(choice.day));
    this.#slider.value = String((dayToX(choice.day, "readable", scale_d) / dayToX(horizon_d, "readable", scale_d)) * STEPS);
    setAttributes(this.#slider, { "aria-valuetext": `${sayDay(choice.day)}: ${stage.label.toLowerCase()}` });
    for (const [id, button] of this.#stages) button.setAttribute("aria-pressed", String(id === stage.id));
    for (const [key, button] of this.#groups) {
      const [group, value] = key.split("|") as [keyof Choice, string];
      button.setAttribute("aria-pressed", String(choice[group] === value));
    }
    setText(this.#words, during);
    setText(this.#caution, caution);
    this.#failure.hidden = !failed;
    setText(this.#failure, failed ? [called ? failure.failed : failure.too_early, loose && failure.loose].filter(Boolean).join(" ") : "");
    this.#announcer.say(`${sayDay(choice.day)}: ${stage.label}. ${during}`);
    this.#draw(scene);
  }

  /** Tell the scene what differs from what it shows. */
  #draw(wanted: Partial<SceneState>): void {
    const scene = this.#scene;
    if (!scene) return;
    const next = { ...wanted, view: this.#turned() };
    const change = Object.fromEntries(
      Object.entries(next).filter(([key, value]) => !same(value, this.#shown[key as keyof SceneState])),
    );
    if (Object.keys(change).length > 0) scene.set(change);
    this.#shown = next;
    const framed = `${this.#choice.view}|${this.#choice.site}`;
    if (framed === this.#framed) return;
    this.#framed = framed;
    scene.frame(FRAMED[this.#choice.site]);
  }

  #choices(group: "view" | "site" | "outcome", label: string): HTMLElement {
    const bar = h("div", { class: "l3s1-bone-choices", role: "group", "aria-label": label });
    for (const [value, words] of this.model.get("choices")[group]) {
      const button = h("button", { type: "button", class: "l3s1-button" }, words);
      button.addEventListener("click", () => this.#choose(group, value), { signal: this.signal });
      this.#groups.set(`${group}|${value}`, button);
      bar.append(button);
    }
    return bar;
  }

  #choose(group: "view" | "site" | "outcome", value: string): void {
    // What lies between the bodies is seen on a cut.
    const view: Partial<Choice> =
      group === "site" ? { view: (value === "interbody" ? "section" : "posterior") as ViewChoice } : {};
    this.#state.choose({ ...view, [group]: value });
  }

  #stageButtons(): HTMLElement {
    const bar = h("div", { class: "l3s1-bone-choices", role: "group", "aria-label": "Stage" });
    for (const { id, label } of this.model.get("stages")) {
      const button = h("button", { type: "button", class: "l3s1-button" }, label);
      button.addEventListener("click", () => this.#go(this.#middleOf(id)), { signal: this.signal });
      this.#stages.set(id, button);
      bar.append(button);
    }
    return bar;
  }

  /** A day on which a stage is well seen. */
  #middleOf(stage: string): number {
    const [callusFrom, bridgingFrom, , bridgedAt] = this.model.get("moments")[this.#choice.site];
    const { horizon_d } = this.model.get("choices");
    if (stage === "chips") return 0;
    if (stage === "callus") return snapDay((callusFrom + 2 * bridgingFrom) / 3, horizon_d);
    if (stage === "bridging") return snapDay((bridgingFrom + bridgedAt) / 2, horizon_d);
    return snapDay(Math.ceil(bridgedAt), horizon_d);
  }

  #origins(): void {
    const { outcome, site } = this.#choice;
    const { bone } = this.#wanted();
    const stage = this.model.get("stages").find(({ id }) => id === bone.stage) as Stage;
    const facts = [...stage.words[site].facts, ...(outcome === "non_union" ? this.model.get("failure").facts : [])];
    this.#sheet.open({
      heading: stage.label,
      body: [originsOf([...new Set(facts)], this.model.get("origins_gz"))],
      opener: this.#why,
    });
  }

  #load(): HTMLElement {
    const { verdict, facts } = this.model.get("load");
    const items = facts.map(({ id, statement, evidence, evidence_label }) => {
      const button = h("button", { type: "button", class: "l3s1-bone-fact" }, statement);
      button.addEventListener(
        "click",
        () =>
          this.#sheet.open({
            heading: "Do the screws carry less?",
            body: [originsOf([id], this.model.get("origins_gz"))],
            opener: button,
          }),
        { signal: this.signal },
      );
      return h("li", {}, evidenceMark(evidence, evidence_label), button);
    });
    return h(
      "details",
      { class: "l3s1-bone-load", open: true },
      h("summary", {}, "Do the screws carry less as the bone unites?"),
      h("p", {}, verdict),
      h("ul", {}, ...items),
    );
  }
}
