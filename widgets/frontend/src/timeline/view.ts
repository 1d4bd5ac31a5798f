// One view of a recovery timeline: puts the parts together and keeps them in step.
import { Announcer, h } from "../dom.ts";
import { evidenceMark, markLabels, type Evidence } from "../evidence.ts";
import { originsOf } from "../origin.ts";
import { claimLink, clearLink, readLink, writeLink } from "../page_state.ts";
import type { PlotlyBundle } from "../plotly_bundle.ts";
import { Sheet } from "../sheet.ts";
import { sayDay } from "../time_axis.ts";
import { Answers } from "./answers.ts";
import { Bars } from "./bars.ts";
import { buildControls } from "./controls.ts";
import { copyText } from "./copy.ts";
import { Stage } from "./stage.ts";
import type { TimelineState } from "./state.ts";
import { forApproach } from "./status.ts";
import { BarTable } from "./table.ts";
import type { Row, TimelineTraits } from "./types.ts";

export interface StartState {
  day: number;
  approach: string;
  axis_kind: "readable" | "linear";
}

export class TimelineView {
  readonly #state: TimelineState;
  readonly #sheet: Sheet;
  readonly #stage: Stage;
  readonly #bars: Bars;
  readonly #answers: Answers;
  readonly #table: BarTable;
  readonly #announcer: Announcer;
  readonly #showControls: () => void;
  readonly #writesLink: boolean;

  /** `leads` says whether this view opens the origin that Python or a link asks for. */
  constructor(
    el: HTMLElement,
    state: TimelineState,
    start: StartState,
    private readonly leads: () => boolean,
    signal: AbortSignal,
  ) {
    const open = (row: Row, opener: HTMLElement): void => this.#open(row, opener);
    this.#state = state;
    this.#writesLink =
      isCoursePage() && state.model.get("link_state") !== false && claimLink(this, signal);
    this.#sheet = new Sheet(signal, () => this.#closed());
    this.#announcer = new Announcer(signal);
    this.#bars = new Bars(state, open);
    this.#stage = new Stage(state, this.#bars, open, signal);
    this.#answers = new Answers(state, open);
    this.#table = new BarTable(state, open);
    const controls = buildControls(state, {
      reset: () => this.#reset(start),
      copyLink: () => this.#copyLink(),
    });
    this.#showControls = controls.show;

    el.classList.add("l3s1", "l3s1-timeline");
    el.replaceChildren(
      controls.element,
      h(
        "div",
        { class: "l3s1-main" },
        h("div", { class: "l3s1-picture" }, this.#stage.element, legend(state.model.get("rows"))),
        this.#answers.element,
      ),
      this.#table.element,
      this.#announcer.element,
      this.#sheet.element,
    );
    this.#listen(signal);
  }

  /** Call once the element is on the page. */
  start(bundle: Promise<PlotlyBundle>, signal: AbortSignal): void {
    if (this.#writesLink) {
      this.#state.set(readLink(location.search, this.#linkRules()));
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
    this.#state.on(["approach"], () => {
      this.#answers.reserve();
      showSoon();
    });
    this.#state.on(["selected"], () => this.#select());
    this.#state.on(["figure", "views", "dark"], () => this.#stage.redraw());
  }

  #show(): void {
    this.#showControls();
    this.#answers.show();
    this.#table.show();
    this.#bars.show();
    this.#stage.draw();
    this.#announcer.say(`${sayDay(this.#state.day)}: ${this.#answers.say()}`);
  }

  #open(row: Row, opener: HTMLElement | null): void {
    const { model, approach } = this.#state;
    const caution = row.caution && h("p", { class: "l3s1-caution" }, row.caution);
    const about = h(
      "div",
      { class: "l3s1-row-about" },
      h("p", { class: "l3s1-when" }, forApproach(row.when, approach)),
      h(
        "p",
        { class: "l3s1-row-evidence" },
        evidenceMark(row.evidence, null),
        row.evidence_label,
        ...markLabels(row.marks),
      ),
      caution,
    );
    const none = h("p", { class: "l3s1-note" }, "No evidence was found for this row.");
    const origins = row.facts.length > 0 ? originsOf(row.facts, model.get("origins_gz")) : none;
    this.#sheet.open({
      heading: row.label,
      body: [about, origins],
      opener,
    });
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

  #reset(start: StartState): void {
    this.#state.set({ ...start, selected: "" });
    this.#state.settle();
    if (this.#writesLink) this.#replaceSearch(clearLink(location.search));
  }

  #settled(): void {
    if (this.#writesLink) this.#replaceSearch(writeLink(location.search, this.#state.link));
  }

  #replaceSearch(search: string): void {
    history.replaceState(history.state, "", `${location.pathname}${search}${location.hash}`);
  }

  async #copyLink(): Promise<string> {
    const base = this.#state.model.get("link_base");
    if (!base && !isCoursePage()) {
      const search = writeLink("", this.#state.link);
      const copied = await copyText(search);
      return copied ? "Copied; add it to the lesson’s address" : `Add to the address: ${search}`;
    }
    const page = new URL(base || location.href, location.href);
    page.search = writeLink(page.search, this.#state.link);
    return (await copyText(page.href)) ? "Link copied" : page.href;
  }

  #linkRules() {
    const { model, horizon_d } = this.#state;
    return {
      horizon_d,
      approaches: model.get("approaches").map(([id]) => id),
      rows: model.get("rows").map(({ id }) => id),
    };
  }
}

/** What the model starts from, and what 'reset' goes back to. */
export function startOf(traits: Pick<TimelineTraits, "start" | "day" | "approach" | "axis_kind">): StartState {
  const { day, approach, axis_kind } = traits;
  return { day, approach, axis_kind, ...traits.start };
}

/** True on a page of the course; JupyterLab's address is left alone. */
function isCoursePage(): boolean {
  return document.body.hasAttribute("data-voila");
}

function legend(rows: readonly Row[]): HTMLElement {
  const labels = new Map<Evidence, string>();
  for (const level of ["trial", "cohort", "opinion", "none"] as const) {
    const row = rows.find(({ evidence }) => evidence === level);
    if (row) labels.set(level, row.evidence_label);
  }
  return h(
    "ul",
    { class: "l3s1-legend", "aria-label": "Marks of evidence" },
    ...[...labels].map(([level, label]) => h("li", {}, evidenceMark(level, null), label)),
    rows.some(({ marks }) => marks.includes("extrapolated")) &&
      h("li", {}, h("i", { class: "l3s1-dashed", "aria-hidden": "true" }), "dashed: extrapolated to three levels"),
  );
}
