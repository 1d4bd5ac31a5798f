// One view of a recovery timeline: puts the parts together and keeps them in step.
import { Announcer, h } from "../dom.ts";
import { evidenceMark, type Evidence } from "../evidence.ts";
import { onDayWanted, showDay } from "../page_day.ts";
import { claimLink, clearLink, readLink, writeLink } from "../page_state.ts";
import type { PlotlyBundle } from "../plotly_bundle.ts";
import { Sheet } from "../sheet.ts";
import { sayDay } from "../time_axis.ts";
import { aboutRow } from "./about.ts";
import { Answers } from "./answers.ts";
import { Bars } from "./bars.ts";
import { Changes } from "./changes.ts";
import { buildControls } from "./controls.ts";
import { copyText } from "../copy.ts";
import { timelineTools } from "./export.ts";
import { PatientPanel } from "./patient.ts";
import { Player } from "./player.ts";
import { shownOf } from "./show.ts";
import type { Shown } from "./shown.ts";
import { Stage } from "./stage.ts";
import type { TimelineState } from "./state.ts";
import { BarTable } from "./table.ts";
import type { Row, SpreadAnswer, TimelineContent, TimelineStart } from "./types.ts";

export class TimelineView {
  readonly #state: TimelineState;
  readonly #sheet: Sheet;
  readonly #stage: Stage;
  readonly #bars: Bars;
  readonly #answers: Answers;
  readonly #changes: Changes;
  readonly #table: BarTable;
  readonly #patient: PatientPanel;
  readonly #player: Player;
  readonly #announcer: Announcer;
  readonly #showControls: () => void;
  readonly #writesLink: boolean;
  #saidFor = JSON.stringify([{}]);

  /** `leads` says whether this view opens the origin that Python or a link asks for. */
  constructor(
    el: HTMLElement,
    state: TimelineState,
    start: TimelineStart,
    private readonly leads: () => boolean,
    signal: AbortSignal,
  ) {
    const open = (row: Row, opener: HTMLElement, answer?: SpreadAnswer): void => this.#open(row, opener, answer);
    this.#state = state;
    this.#writesLink =
      isCoursePage() && state.model.get("link_state") !== false && claimLink(this, signal);
    this.#sheet = new Sheet(signal, () => this.#closed());
    this.#announcer = new Announcer(signal);
    this.#bars = new Bars(state, open);
    this.#stage = new Stage(state, this.#bars, open, signal);
    this.#answers = new Answers(state, open);
    this.#changes = new Changes(state, open);
    this.#table = new BarTable(state, open);
    this.#patient = new PatientPanel(state);
    this.#player = new Player(state, signal);
    const controls = buildControls(state, {
      reset: () => this.#reset(start),
      copyLink: () => this.#copyLink(),
      play: this.#player.button,
      tools: timelineTools(() => this.shown, signal),
    });
    this.#showControls = controls.show;

    el.classList.add("l3s1", "l3s1-timeline");
    el.replaceChildren(
      controls.element,
      this.#patient.element,
      h(
        "div",
        { class: "l3s1-main" },
        h("div", { class: "l3s1-picture" }, this.#stage.element, legend(state.content)),
        this.#changes.element,
        this.#answers.element,
      ),
      this.#table.element,
      this.#announcer.element,
      this.#sheet.element,
    );
    this.#listen(signal);
  }

  /** What is on screen now, for export and handout. */
  get shown(): Shown {
    return shownOf(this.#state, this.#address(), (width_px, dark) => this.#stage.compose(width_px, dark).figure);
  }

  /** Call once the element is on the page. */
  start(bundle: Promise<PlotlyBundle>, signal: AbortSignal): void {
    if (this.#writesLink) {
      this.#state.set(readLink(location.search, this.#state.linkRules));
      this.#state.settle();
    }
    this.#state.onSettled(() => this.#settled());
    this.#show();
    this.#select();
    let width = 0;
    const observer = new ResizeObserver(() => {
      const now = this.#answers.element.clientWidth;
      if (now !== width) this.#answers.reserve();
      width = now;
    });
    observer.observe(this.#answers.element);
    signal.addEventListener("abort", () => observer.disconnect());
    this.#stage.start(bundle, () => {
      this.#table.element.open = true;
    });
  }

  #listen(signal: AbortSignal): void {
    let frame = 0;
    const showSoon = (): void => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => this.#show());
    };
    signal.addEventListener("abort", () => cancelAnimationFrame(frame));
    this.#state.on(["day", "axis_kind"], showSoon);
    this.#state.on(["patient", "other"], () => {
      this.#answers.reserve();
      showSoon();
    });
    this.#state.on(["selected"], () => this.#select());
    // Other views of the page may follow the day, and set it.
    onDayWanted((day) => {
      this.#state.set({ day });
      this.#state.settleSoon();
    }, signal);
    // A hand on the cursor stops what plays, also where it doesn't move it.
    for (const event of ["pointerdown", "keydown"]) {
      this.#stage.element.addEventListener(event, () => this.#player.stop(), { signal, capture: true });
    }
  }

  #show(): void {
    this.#showControls();
    this.#patient.show();
    this.#answers.show();
    this.#changes.show();
    this.#table.show();
    this.#bars.show();
    this.#stage.draw();
    showDay(this.#state.day);
    if (!this.#player.isPlaying) this.#say();
  }

  /** Announce what has come to rest: the day and its answers, after a choice what it changes. */
  #say(): void {
    const patients = JSON.stringify(this.#state.patients);
    const changes = this.#saidFor === patients ? "" : this.#changes.say();
    this.#saidFor = patients;
    this.#announcer.say(`${changes} ${sayDay(this.#state.day)}: ${this.#answers.say()}`.trim());
  }

  #open(row: Row, opener: HTMLElement | null, answer?: SpreadAnswer): void {
    this.#sheet.open({ heading: row.label, body: aboutRow(row, this.#state, answer), opener });
    this.#state.set({ selected: row.id });
    this.#state.settle();
  }

  #select(): void {
    const { selected } = this.#state;
    this.#bars.show();
    if (!selected) this.#sheet.close();
    else if (!this.#sheet.isOpen && this.leads()) this.#open(selected, null);
  }

  #closed(): void {
    this.#state.set({ selected: "" });
    this.#state.settle();
  }

  #reset(start: TimelineStart): void {
    this.#player.stop();
    this.#state.set({ ...start, selected: "" });
    this.#state.settle();
    this.#player.reset();
    if (this.#writesLink) this.#replaceSearch(clearLink(location.search, this.#choices));
  }

  #settled(): void {
    this.#say();
    if (this.#writesLink) this.#replaceSearch(this.#search(location.search));
  }

  #replaceSearch(search: string): void {
    history.replaceState(history.state, "", `${location.pathname}${search}${location.hash}`);
  }

  get #choices(): readonly string[] {
    return this.#state.content.choices.map(({ id }) => id);
  }

  #search(search: string): string {
    return writeLink(search, this.#state.link, this.#choices);
  }

  /** The address of what is shown; outside a page of the course only what is added to a lesson's. */
  #address(): string {
    const base = this.#state.model.get("link_base");
    if (!base && !isCoursePage()) return this.#search("");
    const page = new URL(base || location.href, location.href);
    page.search = this.#search(page.search);
    return page.href;
  }

  async #copyLink(): Promise<string> {
    const address = this.#address();
    const copied = await copyText(address);
    if (!address.startsWith("?")) return copied ? "Link copied" : address;
    return copied ? "Copied; add it to the lesson’s address" : `Add to the address: ${address}`;
  }
}

/** True on a page of the course; JupyterLab's address is left alone. */
function isCoursePage(): boolean {
  return document.body.hasAttribute("data-voila");
}

function legend({ rows, kinds }: TimelineContent): HTMLElement {
  const labels = new Map<Evidence, string>();
  for (const level of ["trial", "cohort", "opinion", "none"] as const) {
    const row = rows.find(({ evidence }) => evidence === level);
    if (row) labels.set(level, row.evidence_label);
  }
  const used = new Set(rows.flatMap(({ effects }) => Object.values(effects).map(({ kind }) => kind)));
  return h(
    "ul",
    { class: "l3s1-legend", "aria-label": "Marks of evidence" },
    ...[...labels].map(([level, label]) => h("li", {}, evidenceMark(level, null), label)),
    rows.some(({ marks }) => marks.includes("extrapolated")) &&
      h("li", {}, h("i", { class: "l3s1-dashed", "aria-hidden": "true" }), "dashed: extrapolated to three levels"),
    rows.some(({ spread }) => spread.length > 0) &&
      h("li", {}, "rings on a faint bar: single answers, no rule"),
    ...Object.entries(kinds)
      .filter(([kind]) => used.has(kind as keyof typeof kinds))
      .map(([, { sign, words }]) => h("li", {}, `${sign} ${words}`)),
  );
}
