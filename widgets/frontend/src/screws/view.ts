// One view of the screw trainer: four pictures, what is set, what the screw does, and what is published.
import type { AnyModel } from "@anywidget/types";
import { readChartLink, writeChartLink } from "../chart_tools.ts";
import { copyText } from "../copy.ts";
import { Announcer, h, setText, uniqueId } from "../dom.ts";
import { evidenceMark, markLabels } from "../evidence.ts";
import { originsOf } from "../origin.ts";
import type { CreateScene } from "../scene/types.ts";
import { SharedState } from "../shared_state.ts";
import { Sheet } from "../sheet.ts";
import { Tabs } from "../explorer/tabs.ts";
import { dragged, keyed, snapped, type PictureId } from "./geometry.ts";
import { linkOf, LINK_NAME, planKey, readScrewLink } from "./link.ts";
import { Picture } from "./picture.ts";
import { Sliders } from "./sliders.ts";
import { Stage } from "./stage.ts";
import {
  PLAN_KEYS,
  STATE_KEYS,
  type Mode,
  type NormRow,
  type Plan,
  type PlanKey,
  type Point,
  type ScrewTraits,
  type StateValues,
} from "./types.ts";

export const STEP_MARK = "l3s1:screw-step";
const LINK_REST_MS = 300;
const MODES = [
  ["free", "Practise"],
  ["test", "Test"],
] as const satisfies readonly (readonly [Mode, string])[];

export class ScrewTrainerView {
  readonly #state: SharedState<ScrewTraits, (typeof STATE_KEYS)[number]>;
  readonly #start: StateValues;
  readonly #sheet: Sheet;
  readonly #announcer: Announcer;
  readonly #tabs: Tabs<Mode>;
  readonly #pictures: readonly Picture[];
  readonly #stage: Stage;
  readonly #sliders: Sliders;
  readonly #heading = h("p", { class: "l3s1-screw-heading" });
  readonly #grade = h("span", { class: "l3s1-screw-grade" });
  readonly #alarm = h("span", { class: "l3s1-screw-alarm" });
  readonly #said = h("div", { class: "l3s1-screw-said" });
  readonly #score = h("p", { class: "l3s1-screw-score", role: "status" });
  readonly #rows = h("tbody");
  readonly #norms: HTMLElement;
  readonly #why = h("button", { type: "button", class: "l3s1-button" }, "What the grades mean");
  readonly #entry = h("button", { type: "button", class: "l3s1-button" }, "Where to enter");
  readonly #align = h("button", { type: "button", class: "l3s1-button" });
  readonly #place = h("button", { type: "button", class: "l3s1-button l3s1-primary" }, "Place the screw");
  readonly #next = h("button", { type: "button", class: "l3s1-button l3s1-primary" }, "Next screw");
  readonly #again = h("button", { type: "button", class: "l3s1-button" }, "New test");
  readonly #groups = new Map<string, HTMLButtonElement>();
  readonly #person: HTMLSelectElement;
  readonly #number: HTMLInputElement;
  readonly #numberField: HTMLElement;
  readonly #tool = h("span", { class: "l3s1-note", role: "status" });
  #asked = 0;
  #listed = "";

  constructor(
    private readonly el: HTMLElement,
    private readonly model: AnyModel<ScrewTraits>,
    private readonly signal: AbortSignal,
  ) {
    this.#state = new SharedState(model, STATE_KEYS, signal);
    this.#start = model.get("choices").start;
    this.#sheet = new Sheet(signal, () => undefined);
    this.#announcer = new Announcer(signal);
    const { people, most_seed } = this.#choices;
    this.#person = h("select", { class: "l3s1-screw-select" }, ...people.map(({ id, label }) => h("option", { value: id }, label)));
    this.#number = h("input", { type: "number", min: 0, max: most_seed, step: 1, class: "l3s1-screw-number" });
    this.#numberField = this.#labelled("Number", this.#number);
    this.#sliders = new Sliders(this.#choices.plan, (key, value) => this.#set({ [key]: value }), signal);
    const asks = {
      grabbed: (): Plan => this.#plan,
      drag: (picture: PictureId, plan: Plan, from: Point, to: Point): void =>
        this.#set(dragged(picture, plan, this.model.get("shown").side, from, to)),
      key: (picture: PictureId, key: string): boolean => this.#pressed(picture, key),
    };
    this.#pictures = SPEECH.map(([id, speech]) => new Picture(id, speech, asks, signal));
    this.#stage = new Stage(model, signal);
    this.#tabs = new Tabs(
      MODES,
      {
        free: [
          this.#group("level", "Vertebra", this.#choices.levels.map((each) => [each, each])),
          this.#group("side", "Side", this.#choices.sides.map((each) => [each, each === "left" ? "Left" : "Right"])),
          h("div", { class: "l3s1-screw-people" }, this.#labelled("Bones", this.#person), this.#numberField),
        ],
        test: [this.#score, h("div", { class: "l3s1-screw-choices" }, this.#place, this.#next, this.#again)],
      },
      (mode) => this.#go(mode),
    );
    this.#norms = h(
      "div",
      { class: "l3s1-screw-norms" },
      h(
        "table",
        {},
        h("caption", {}, "This screw beside what is published; open a row for its source"),
        h("thead", {}, h("tr", {}, ...["Measure", "This screw", "Published"].map((text) => h("th", { scope: "col" }, text)))),
        this.#rows,
      ),
    );
    el.classList.add("l3s1", "l3s1-screw");
    el.replaceChildren(
      this.#tabs.element,
      this.#heading,
      h(
        "div",
        { class: "l3s1-screw-main" },
        h("div", { class: "l3s1-screw-pictures" }, ...this.#pictures.map(({ element }) => element), this.#stage.element),
        h(
          "div",
          { class: "l3s1-screw-side" },
          ...this.#tabs.panels,
          this.#sliders.element,
          h("div", { class: "l3s1-screw-verdict" }, this.#grade, this.#alarm, this.#said),
          h("div", { class: "l3s1-screw-choices" }, this.#align, this.#why, this.#entry, ...this.#tools(), this.#tool),
        ),
      ),
      this.#norms,
      h(
        "p",
        { class: "l3s1-note" },
        "A model of bone alone: no soft tissue in the way, no give, no hand. Its millimetres are exact, a CT reader’s are not. For teaching, no plan for a patient.",
      ),
      this.#announcer.element,
      this.#sheet.element,
    );
    this.#listen();
    this.#follow();
    this.#show();
  }

  start(engine: () => Promise<CreateScene>): void {
    this.#stage.start(engine);
  }

  get #choices() {
    return this.model.get("choices");
  }

  get #plan(): Plan {
    return this.#state.get("plan");
  }

  // ------------------------------------------------------------------ changing

  /** Whether the screw in hand of a test is placed, and can only be looked at. */
  get #done(): boolean {
    const { mode, task, results } = this.#state.values;
    return mode === "test" && task < results.length;
  }

  #set(change: Partial<Record<PlanKey, number>>): void {
    if (this.#done) return;
    const plan = { ...this.#plan };
    for (const field of this.#choices.plan) {
      const value = change[field.id];
      if (value !== undefined) plan[field.id] = snapped(value, field);
    }
    if (planKey(plan) === planKey(this.#plan)) return;
    this.#asked = performance.now();
    this.#state.choose({ plan });
  }

  #pressed(picture: PictureId, key: string): boolean {
    const steps = Object.fromEntries(this.#choices.plan.map(({ id, step }) => [id, step])) as Record<PlanKey, number>;
    const change = keyed(picture, key, this.#plan, this.model.get("shown").side, steps);
    if (change) this.#set(change);
    return change !== null;
  }

  #go(mode: Mode): void {
    const { mode: before, level, results, task } = this.#state.values;
    if (mode === before) return;
    const plan = mode === "test" ? this.#choices.test_start : this.#choices.starts[level];
    this.#state.choose({ mode, plan, ...(mode === "test" && task > results.length ? { task: results.length } : {}) });
  }

  #choose(group: "level" | "side", value: string): void {
    if (group === "side") this.#state.choose({ side: value as StateValues["side"] });
    else {
      const level = value as StateValues["level"];
      this.#state.choose({ level, plan: this.#choices.starts[level] });
    }
  }

  #placeScrew(): void {
    const { results, task } = this.#state.values;
    if (task !== results.length || task >= this.#choices.tasks) return;
    this.#state.choose({ results: [...results, PLAN_KEYS.map((key) => this.#plan[key])] });
    this.#next.focus();
  }

  #nextScrew(): void {
    const { task } = this.#state.values;
    this.#state.choose({ task: task + 1, plan: this.#choices.test_start });
    (task + 1 < this.#choices.tasks ? this.#place : this.#again).focus();
  }

  #newTest(): void {
    const seed = (this.#state.get("seed") + 1) % (this.#choices.most_seed + 1);
    this.#state.choose({ seed, task: 0, results: [], plan: this.#choices.test_start });
  }

  #listen(): void {
    const { signal } = this;
    const options = { signal };
    const shown = (): void => this.#show();
    this.model.on("change:shown", shown);
    signal.addEventListener("abort", () => this.model.off("change:shown", shown));
    this.#state.onChange(() => this.#showState());
    this.#place.addEventListener("click", () => this.#placeScrew(), options);
    this.#next.addEventListener("click", () => this.#nextScrew(), options);
    this.#again.addEventListener("click", () => this.#newTest(), options);
    this.#align.addEventListener("click", () => this.model.send({ type: "l3s1:screw-align" }), options);
    this.#person.addEventListener("change", () => this.#state.choose({ person: this.#person.value }), options);
    this.#number.addEventListener("change", () => {
      const number = Math.round(Number(this.#number.value));
      const valid = this.#number.value !== "" && number >= 0 && number <= this.#choices.most_seed;
      if (valid) this.#state.choose({ person_seed: number });
      else this.#number.value = String(this.#state.get("person_seed"));
    }, options);
    this.#why.addEventListener("click", () => this.#origins("What the grades mean", this.#choices.facts, this.#why), options);
    this.#entry.addEventListener("click", () => {
      const { level } = this.model.get("shown");
      this.#origins(`Where to enter ${level}`, this.#choices.entry_facts[level], this.#entry);
    }, options);
  }

  #origins(heading: string, facts: readonly string[], opener: HTMLElement): void {
    this.#sheet.open({ heading, body: [originsOf(facts, this.model.get("origins_gz"))], opener });
  }

  // ------------------------------------------------------------------ showing

  /** What the page knows by itself, at once. */
  #showState(): void {
    const { mode, level, side, person, person_seed, results, task } = this.#state.values;
    this.el.dataset.mode = mode;
    this.#tabs.show(mode);
    this.#sliders.show(this.#done ? this.model.get("shown").plan : this.#plan, this.#done);
    for (const [key, button] of this.#groups) {
      button.setAttribute("aria-pressed", String(key === `level|${level}` || key === `side|${side}`));
    }
    this.#person.value = person;
    this.#numberField.hidden = person !== "drawn";
    if (document.activeElement !== this.#number) this.#number.value = String(person_seed);
    const over = task >= this.#choices.tasks;
    this.#place.hidden = task < results.length || over;
    this.#next.hidden = task >= results.length;
    setText(this.#next, task + 1 < this.#choices.tasks ? "Next screw" : "Finish the test");
    this.#align.hidden = mode === "test";
    setText(this.#align, level === "S1" ? "Aim at the promontory" : "Along the pedicle");
  }

  /** What the kernel has drawn. */
  #show(): void {
    const shown = this.model.get("shown");
    this.#showState();
    setText(this.#heading, shown.heading);
    for (const picture of this.#pictures) {
      picture.show(shown);
      picture.say(this.#sayHandle(picture.id, shown.plan));
    }
    this.#stage.show(shown);
    setText(this.#score, shown.score);
    setText(this.#grade, shown.grade ? `Grade ${shown.grade} in the pedicle` : "");
    this.#grade.hidden = !shown.grade;
    this.#grade.dataset.grade = shown.grade;
    setText(this.#alarm, shown.alarm);
    this.#alarm.hidden = !shown.alarm;
    this.#grade.toggleAttribute("data-alarm", Boolean(shown.alarm));
    const words = shown.error ? [shown.error] : shown.hidden ? [this.#choices.hidden] : [...shown.said, shown.advice].filter(Boolean);
    this.#said.replaceChildren(...words.map((text) => h("p", {}, text)));
    this.#showRows(shown.rows);
    this.#norms.hidden = shown.rows.length === 0;
    this.el.dataset.plan = planKey(shown.plan);
    this.#announcer.say(words.join(" "));
    if (this.#asked && planKey(shown.plan) === planKey(this.#plan)) {
      performance.measure(STEP_MARK, { start: this.#asked });
      this.#asked = 0;
    }
  }

  #sayHandle(picture: PictureId, plan: Plan): string {
    const say = (value: number, unit: string, more: string, less: string): string =>
      `${Math.abs(value)}${unit} ${value < 0 ? less : more}`;
    if (picture === "axial") return say(plan.convergence_deg, "°", "inward", "outward");
    if (picture === "sagittal") return say(plan.sagittal_deg, "°", "upward", "downward");
    return `${say(plan.medial_mm, " mm", "medial", "lateral")}, ${say(plan.superior_mm, " mm", "up", "down")}`;
  }

  /** Rows that are the same keep their elements, and focus stays. */
  #showRows(rows: readonly NormRow[]): void {
    const labels = rows.map(({ label, published }) => label + published).join("|");
    if (labels !== this.#listed) {
      this.#listed = labels;
      this.#rows.replaceChildren(...rows.map((row) => this.#row(row)));
      return;
    }
    rows.forEach(({ yours }, place) => setText(this.#rows.children[place]?.children[1] as HTMLElement, yours));
  }

  #row({ label, yours, published, fact, evidence, evidence_label, marks }: NormRow): HTMLElement {
    const open = h("button", { type: "button", class: "l3s1-screw-fact" }, label);
    open.addEventListener("click", () => this.#origins(label, [fact], open), { signal: this.signal });
    return h(
      "tr",
      {},
      h("th", { scope: "row" }, evidenceMark(evidence, evidence_label), open),
      h("td", {}, yours),
      h("td", {}, published, ...markLabels(marks)),
    );
  }

  // ------------------------------------------------------------------ parts

  #group(group: "level" | "side", label: string, options: readonly (readonly [string, string])[]): HTMLElement {
    const bar = h("div", { class: "l3s1-screw-choices", role: "group", "aria-label": label });
    for (const [value, words] of options) {
      const button = h("button", { type: "button", class: "l3s1-button" }, words);
      button.addEventListener("click", () => this.#choose(group, value), { signal: this.signal });
      this.#groups.set(`${group}|${value}`, button);
      bar.append(button);
    }
    return bar;
  }

  #labelled(label: string, control: HTMLElement): HTMLElement {
    control.id = uniqueId("screw");
    return h("div", { class: "l3s1-screw-field" }, h("label", { for: control.id }, label), control);
  }

  #tools(): HTMLElement[] {
    const reset = h("button", { type: "button", class: "l3s1-button" }, "Reset");
    reset.addEventListener("click", () => {
      this.#state.choose(this.#start);
      setText(this.#tool, "Back at the start");
    }, { signal: this.signal });
    const copy = h("button", { type: "button", class: "l3s1-button" }, "Copy link");
    copy.addEventListener("click", () => {
      const link = `${this.#linkBase()}${this.#search()}`;
      void copyText(link).then((copied) => setText(this.#tool, copied ? "Link copied" : link));
    }, { signal: this.signal });
    return [reset, copy];
  }

  // ------------------------------------------------------------------ link

  get #onPage(): boolean {
    return document.body.hasAttribute("data-voila") && this.model.get("link_state");
  }

  #linkBase(): string {
    return this.#onPage ? `${location.origin}${location.pathname}` : this.model.get("link_base");
  }

  #search(): string {
    return writeChartLink(this.#onPage ? location.search : "", LINK_NAME, linkOf(this.#state.values, this.#start));
  }

  #follow(): void {
    if (!this.#onPage) return;
    const asked = readScrewLink(readChartLink(location.search, LINK_NAME), this.#choices);
    if (Object.keys(asked).length > 0) this.#state.choose(asked);
    let timer: ReturnType<typeof setTimeout> | undefined;
    this.#state.onChange(() => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        history.replaceState(history.state, "", `${location.pathname}${this.#search()}${location.hash}`);
      }, LINK_REST_MS);
    });
    this.signal.addEventListener("abort", () => clearTimeout(timer));
  }
}

const SPEECH = [
  [
    "posterior",
    {
      title: "From behind",
      handle: "Entry point",
      keys: "Arrow keys move the entry point by half a millimetre, as seen from behind.",
    },
  ],
  [
    "axial",
    {
      title: "Axial, in the screw’s plane, from below",
      handle: "Tip of the screw, axial",
      keys: "Left and right arrow keys turn the screw inward or outward by one degree.",
    },
  ],
  [
    "sagittal",
    {
      title: "Sagittal, in the screw’s plane",
      handle: "Tip of the screw, sagittal",
      keys: "Up and down arrow keys turn the screw up or down by one degree.",
    },
  ],
] as const;
