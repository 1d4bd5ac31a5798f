// An operation step by step: the 3D model beside what happens, one question, and the danger.
import type { AnyModel } from "@anywidget/types";
import { readChartLink, writeChartLink } from "../chart_tools.ts";
import { copyText } from "../copy.ts";
import { Announcer, h, setText } from "../dom.ts";
import { evidenceMark } from "../evidence.ts";
import { unpackJson } from "../gzip.ts";
import { originsOf } from "../origin.ts";
import { isWebGlMissing, type AnatomyScene, type SceneState } from "../scene/types.ts";
import { same, SharedState } from "../shared_state.ts";
import { Sheet } from "../sheet.ts";
import { answerKey, linkedPlace, markOf, placeOf, sceneOf, type Mark, type Place } from "./course.ts";
import { StepPlayer } from "./player.ts";
import { QuestionView } from "./question.ts";
import type { MarkedFact, OperationTraits, ProcedureData } from "./types.ts";

export type OpenScene = (
  host: HTMLElement,
  options: { state: Partial<SceneState>; signal: AbortSignal },
) => Promise<AnatomyScene>;

const KEYS = ["procedure", "step", "answers"] as const;
const LINK = "operation";
const REST_MS = 300;
const MARKS: Readonly<Record<Mark, readonly [string, string]>> = {
  right: ["✓", "answered"],
  wrong: ["✕", "answered, not quite"],
  skipped: ["–", "skipped"],
  open: ["", "not answered"],
};

export class OperationView {
  readonly #state: SharedState<OperationTraits, (typeof KEYS)[number]>;
  readonly #start: Pick<OperationTraits, (typeof KEYS)[number]>;
  readonly #sheet: Sheet;
  readonly #announcer: Announcer;
  readonly #host = h("div", { class: "l3s1-operation-scene" });
  readonly #note = h("p", { class: "l3s1-note", role: "status" }, "Loading the model …");
  readonly #operations = new Map<string, HTMLButtonElement>();
  readonly #list = h("ol", { class: "l3s1-steps", "aria-label": "Steps: choose one to jump to it" });
  readonly #back = h("button", { type: "button", class: "l3s1-button" }, "‹ Back");
  readonly #next = h("button", { type: "button", class: "l3s1-button l3s1-primary" }, "Next ›");
  readonly #player: StepPlayer;
  readonly #heading = h("h3", { class: "l3s1-step-heading", tabindex: -1 });
  readonly #words = h("div", { class: "l3s1-step-words" });
  readonly #question: QuestionView;
  readonly #danger = h("section", { class: "l3s1-step-danger" });
  readonly #about = h("div", { class: "l3s1-step-about" });
  readonly #said = h("span", { class: "l3s1-note", role: "status" });
  #scene: AnatomyScene | null = null;
  #shown: Partial<SceneState> = {};
  #drawn = "";
  #asked = "";
  #listed = "";

  constructor(
    el: HTMLElement,
    private readonly model: AnyModel<OperationTraits>,
    private readonly procedures: readonly ProcedureData[],
    private readonly signal: AbortSignal,
  ) {
    this.#state = new SharedState(model, KEYS, signal);
    this.#start = { ...model.get("start"), answers: {} };
    this.#sheet = new Sheet(signal, () => undefined);
    this.#announcer = new Announcer(signal);
    this.#player = new StepPlayer(() => this.#advance(), signal);
    this.#question = new QuestionView(
      (choice) => this.#answer(choice),
      (facts) => this.#sources(facts, "Where this comes from"),
    );
    el.classList.add("l3s1", "l3s1-operation");
    el.replaceChildren(
      this.#chooser(),
      this.#list,
      h(
        "div",
        { class: "l3s1-operation-main" },
        h(
          "div",
          { class: "l3s1-operation-picture" },
          this.#host,
          this.#note,
          h("div", { class: "l3s1-operation-controls" }, this.#back, this.#next, this.#player.button),
        ),
        h("div", { class: "l3s1-operation-side" }, this.#heading, this.#words, this.#question.element, this.#danger),
      ),
      this.#about,
      this.#tools(),
      this.#announcer.element,
      this.#sheet.element,
    );
    this.#followLink();
    this.#listen();
    this.#show();
  }

  /** Make the scene once it is near the reader; without it the words stay. */
  start(open: OpenScene): void {
    const near = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        near.disconnect();
        void this.#open(open);
      },
      { rootMargin: "600px" },
    );
    near.observe(this.#host);
    this.signal.addEventListener("abort", () => near.disconnect());
  }

  async #open(open: OpenScene): Promise<void> {
    try {
      const state = sceneOf(this.#place.step);
      const scene = await open(this.#host, { state, signal: this.signal });
      if (this.signal.aborted) return;
      this.#scene = scene;
      this.#shown = state;
      this.#note.hidden = true;
      this.#draw();
    } catch (error) {
      if (this.signal.aborted) return;
      const why = isWebGlMissing(error)
        ? "This browser shows no 3D graphics (WebGL is missing or switched off). The words say what the picture would show."
        : `The 3D model can’t be shown: ${error instanceof Error ? error.message : String(error)}. Reload the page to try again.`;
      setText(this.#note, why);
    }
  }

  get #place(): Place {
    const { procedure, step } = this.#state.values;
    return placeOf(this.procedures, procedure, step);
  }

  get #given(): string | undefined {
    const { procedure, step } = this.#place;
    const answers = this.#state.get("answers");
    const key = answerKey(procedure.id, step.id);
    return Object.hasOwn(answers, key) ? answers[key] : undefined;
  }

  #listen(): void {
    this.#state.onChange(() => this.#show());
    this.#back.addEventListener("click", () => this.#by(-1));
    this.#next.addEventListener("click", () => {
      if (this.#given === undefined) this.#question.insist();
      else this.#by(1);
    });
  }

  // --- going from step to step -------------------------------------------------------------------

  #by(change: number): void {
    const { procedure, at } = this.#place;
    const step = procedure.steps[at + change];
    if (step) this.#go(procedure.id, step.id);
  }

  #go(procedure: string, step: string): void {
    this.#player.stop();
    this.#state.choose({ procedure, step });
    this.#heading.focus({ preventScroll: true });
  }

  /** For the player: the next step, or the first after the last. */
  #advance(): boolean {
    const { procedure, at } = this.#place;
    const next = (at + 1) % procedure.steps.length;
    this.#state.choose({ step: procedure.steps[next]?.id ?? "" });
    return next < procedure.steps.length - 1;
  }

  #answer(choice: string): void {
    this.#player.stop();
    const { procedure, step } = this.#place;
    const answers = { ...this.#state.get("answers"), [answerKey(procedure.id, step.id)]: choice };
    this.#asked = "";
    this.#state.choose({ answers });
    this.#show();
    this.#next.focus({ preventScroll: true });
  }

  // --- what is shown -----------------------------------------------------------------------------

  #show(): void {
    const { procedure, step, at } = this.#place;
    const given = this.#given;
    const { answers } = this.#state.values;
    for (const [id, button] of this.#operations) button.setAttribute("aria-pressed", String(id === procedure.id));
    this.#showList(procedure, step.id);
    this.#back.disabled = at === 0;
    this.#next.hidden = at === procedure.steps.length - 1;
    this.#next.setAttribute("aria-disabled", String(given === undefined));
    const asked = `${procedure.id}/${step.id}/${given}`;
    if (asked !== this.#asked) {
      this.#asked = asked;
      setText(this.#heading, `${at + 1} of ${procedure.steps.length}: ${step.label}`);
      this.#words.replaceChildren(
        h("p", {}, step.happens),
        h("p", {}, h("strong", {}, "Why. "), step.purpose),
        step.changes.length > 0 ? h("ul", { class: "l3s1-step-changes" }, ...step.changes.map((each) => h("li", {}, each))) : "",
        step.facts.length > 0 ? this.#fold("Where this comes from", step.facts) : "",
      );
      this.#question.show(step.question, given);
      this.#showDanger(given !== undefined);
      this.#showAbout(procedure);
    }
    const mark = MARKS[markOf(procedure, step, answers)][1];
    this.#announcer.say(`Step ${at + 1} of ${procedure.steps.length}: ${step.label}. Question ${mark}.`);
    this.#draw();
  }

  #showList(procedure: ProcedureData, shown: string): void {
    const answers = this.#state.get("answers");
    const marks = procedure.steps.map((step) => markOf(procedure, step, answers));
    const listed = JSON.stringify([procedure.id, shown, marks]);
    if (listed === this.#listed) return;
    this.#listed = listed;
    const focused = document.activeElement?.getAttribute("data-step");
    this.#list.replaceChildren(
      ...procedure.steps.map((step, place) => {
        const [icon, words] = MARKS[marks[place] as Mark];
        const current = step.id === shown;
        const button = h(
          "button",
          {
            type: "button",
            class: "l3s1-button l3s1-step",
            "data-step": step.id,
            "aria-current": current && "step",
          },
          `${place + 1} ${step.label}`,
          icon && h("span", { class: "l3s1-step-mark", "aria-hidden": "true" }, ` ${icon}`),
          h("span", { class: "l3s1-hidden" }, ` (${words})`),
        );
        button.addEventListener("click", () => this.#go(procedure.id, step.id));
        return h("li", {}, button);
      }),
    );
    if (focused) [...this.#list.querySelectorAll("button")].find((each) => each.dataset.step === focused)?.focus();
  }

  /** The danger is shown when the reader has thought of it first. */
  #showDanger(known: boolean): void {
    const { step } = this.#place;
    const { text, facts } = step.danger;
    this.#danger.replaceChildren(
      h("h4", {}, "The danger"),
      ...(known
        ? [h("p", {}, text), this.#facts(facts)]
        : [h("p", { class: "l3s1-note" }, "It is shown when the question is answered or skipped.")]),
    );
  }

  #showAbout({ order, simplified }: ProcedureData): void {
    this.#about.replaceChildren(
      h("p", { class: "l3s1-step-convention" }, h("strong", {}, "Convention. "), order.text, " ", this.#sources(order.facts.map(({ id }) => id), "Its sources")),
      h(
        "details",
        {},
        h("summary", {}, "What the model simplifies"),
        h("ul", {}, ...simplified.map((each) => h("li", {}, each))),
      ),
    );
  }

  #facts(facts: readonly MarkedFact[]): HTMLElement {
    const items = facts.map(({ id, statement, evidence, evidence_label }) => {
      const button = h("button", { type: "button", class: "l3s1-step-fact" }, statement);
      button.addEventListener("click", () => this.#openOrigins([id], "Where this comes from", button));
      return h("li", {}, evidenceMark(evidence, evidence_label), button);
    });
    return h("ul", { class: "l3s1-step-facts" }, ...items);
  }

  #fold(title: string, facts: readonly MarkedFact[]): HTMLElement {
    return h("details", {}, h("summary", {}, title), this.#facts(facts));
  }

  #sources(facts: readonly string[], label: string): HTMLElement {
    const button = h("button", { type: "button", class: "l3s1-button" }, label);
    button.addEventListener("click", () => this.#openOrigins(facts, label, button));
    return button;
  }

  #openOrigins(facts: readonly string[], heading: string, opener: HTMLElement): void {
    this.#sheet.open({ heading, body: [originsOf(facts, this.model.get("origins_gz"))], opener });
  }

  #draw(): void {
    const scene = this.#scene;
    if (!scene) return;
    const { procedure, step } = this.#place;
    const wanted = sceneOf(step);
    const change = Object.fromEntries(
      Object.entries(wanted).filter(([key, value]) => !same(value, this.#shown[key as keyof SceneState])),
    );
    const drawn = answerKey(procedure.id, step.id);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.#shown = wanted;
    // A view that was turned by hand is turned back.
    scene.set({ ...change, view: step.scene.view });
    scene.frame(step.scene.frame);
  }

  // --- choosing, sharing -------------------------------------------------------------------------

  #chooser(): HTMLElement {
    const bar = h("div", { class: "l3s1-operation-chooser", role: "group", "aria-label": "Operation" });
    for (const { id, title, steps } of this.procedures) {
      const button = h("button", { type: "button", class: "l3s1-button" }, title);
      button.addEventListener("click", () => this.#go(id, steps[0]?.id ?? ""));
      this.#operations.set(id, button);
      bar.append(button);
    }
    return bar;
  }

  #tools(): HTMLElement {
    const reset = h("button", { type: "button", class: "l3s1-tool" }, "Reset");
    reset.addEventListener("click", () => {
      this.#player.stop();
      this.#state.choose(this.#start);
      setText(this.#said, "Back at the start, answers forgotten");
    });
    const copy = h("button", { type: "button", class: "l3s1-tool" }, "Copy link");
    copy.addEventListener("click", () => {
      const search = writeChartLink(isCoursePage() ? location.search : "", LINK, this.#link(true));
      const link = isCoursePage() ? `${location.origin}${location.pathname}${search}` : search;
      void copyText(link).then((copied) => setText(this.#said, copied ? "Link to this step copied" : link));
    });
    return h("div", { class: "l3s1-tools", role: "group", "aria-label": "Reset and share" }, reset, copy, this.#said);
  }

  #link(whole: boolean): Record<string, string> {
    const { procedure, step } = this.#place;
    const { procedure: first, step: opening } = this.#start;
    if (!whole && procedure.id === first && step.id === opening) return {};
    return { procedure: procedure.id, step: step.id };
  }

  /** Show what the page's address asks for, and keep the address in step. */
  #followLink(): void {
    if (!isCoursePage()) return;
    const asked = linkedPlace(this.procedures, readChartLink(location.search, LINK), this.#start.procedure);
    if (asked) this.#state.choose(asked);
    let timer: ReturnType<typeof setTimeout> | undefined;
    this.#state.onChange(() => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const search = writeChartLink(location.search, LINK, this.#link(false));
        history.replaceState(history.state, "", `${location.pathname}${search}${location.hash}`);
      }, REST_MS);
    });
    this.signal.addEventListener("abort", () => clearTimeout(timer));
  }
}

export interface OpenedOperation {
  new (el: HTMLElement, signal: AbortSignal): OperationView;
}

/** The view of what Python packed, once it is unpacked. */
export async function openOperation(model: AnyModel<OperationTraits>): Promise<OpenedOperation> {
  const procedures = await unpackJson<ProcedureData[]>(model.get("content_gz"));
  return class extends OperationView {
    constructor(el: HTMLElement, signal: AbortSignal) {
      super(el, model, procedures, signal);
    }
  };
}

function isCoursePage(): boolean {
  return document.body.hasAttribute("data-voila");
}
