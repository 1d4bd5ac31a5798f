// One view of the bending spine: controls, chart, words and origin, all worked out in the page.
import type { AnyModel } from "@anywidget/types";
import { h, uniqueId } from "../dom.ts";
import { slider } from "../explorer/fields.ts";
import { unpackJson } from "../gzip.ts";
import { originsOf } from "../origin.ts";
import { DRAWING, fitWidth } from "../plot_place.ts";
import type { PlotlyBundle } from "../plotly_bundle.ts";
import { readingsView, type ReadingsTraits } from "../readings_view.ts";
import { SharedState } from "../shared_state.ts";
import { Sheet } from "../sheet.ts";
import { darkRules } from "../theme.ts";
import { drawFigure } from "./drawing.ts";
import { readState, writeState } from "./link.ts";
import { PageModel } from "./page_model.ts";
import { solve } from "./spine.ts";
import { STATE_KEYS, type MotionTraits, type SpineData, type StateValues } from "./types.ts";
import { rowsOf, sayBent } from "./words.ts";

const CONFIG = { displayModeBar: false, responsive: false, doubleClick: false, showTips: false };

interface Plot extends HTMLElement {
  on(event: "plotly_click", clicked: (event: { points: { customdata?: unknown }[] }) => void): void;
}

export class FuseAndBendView {
  readonly #state: SharedState<MotionTraits, (typeof STATE_KEYS)[number]>;
  readonly #sheet: Sheet;
  readonly #readings: PageModel<ReadingsTraits>;
  readonly #plot = h("div", { class: "l3s1-plotly-plot", id: uniqueId("plot") });
  readonly #note = h("p", { class: "l3s1-plotly-note", role: "status" }, "Loading the chart …");
  readonly #shows: ((values: StateValues) => void)[] = [];
  #bundle: PlotlyBundle | null = null;

  /** What the model brings, unpacked. */
  static unpack(model: AnyModel<MotionTraits>): Promise<SpineData> {
    return unpackJson<SpineData>(model.get("spine_gz"));
  }

  constructor(
    private readonly el: HTMLElement,
    private readonly model: AnyModel<MotionTraits>,
    private readonly data: SpineData,
    private readonly signal: AbortSignal,
  ) {
    this.#state = new SharedState(model, STATE_KEYS, signal);
    this.#sheet = new Sheet(signal, () => this.#state.choose({ selected: "" }));
    this.#readings = new PageModel<ReadingsTraits>(
      {
        ...this.#said(this.#state.values),
        caption: data.caption,
        head: data.head,
        evidence_labels: data.evidence_labels,
        selected: this.#state.get("selected"),
        link_name: data.link_name,
        asked: {},
      },
      ({ selected, asked }) => this.#state.choose(asked ? readState(asked, data) : { selected: selected ?? "" }),
      () => this.#state.choose(data.start),
    );
    const { layout } = data.figure as { layout: { height?: number; meta?: { dark?: Record<string, string> } } };
    this.#plot.style.minHeight = `${layout.height ?? 0}px`;
    const readings = h("div", {});
    el.classList.add("l3s1", "l3s1-motion", "l3s1-activity");
    el.replaceChildren(
      h("style", {}, darkRules(`#${this.#plot.id}`, layout.meta?.dark ?? {})),
      this.#controls(),
      h("div", { class: "l3s1-plotly" }, this.#note, this.#plot),
      readings,
      this.#sheet.element,
    );
    // What changes together is shown at once, and not a frame later: drawing takes most of one.
    let waits = false;
    this.#state.onChange(() => {
      if (waits) return;
      waits = true;
      queueMicrotask(() => {
        waits = false;
        if (!signal.aborted) this.#show();
      });
    });
    model.on("change:selected", this.#open);
    signal.addEventListener("abort", () => model.off("change:selected", this.#open));
    const remove = readingsView.render({ model: this.#readings.any, el: readings });
    signal.addEventListener("abort", remove);
    this.#show();
  }

  /** Call once the element is on the page. */
  start(bundle: Promise<PlotlyBundle>): void {
    this.#open();
    bundle
      .then((found) => (this.signal.aborted ? undefined : this.#begin(found)))
      .catch((error: unknown) => {
        const why = error instanceof Error ? error.message : String(error);
        this.#note.textContent = `The chart cannot be drawn: ${why}. The words and the table below say the same; reload the page to try again.`;
        this.#plot.replaceWith(this.#note);
        this.#bundle = null;
        this.el.removeAttribute(DRAWING);
      });
  }

  async #begin(bundle: PlotlyBundle): Promise<void> {
    const { data, layout } = this.#figure();
    await bundle.Plotly.newPlot(this.#plot, data, layout, CONFIG);
    this.#bundle = bundle;
    this.#note.remove();
    this.el.removeAttribute(DRAWING);
    if (this.signal.aborted) return bundle.Plotly.purge(this.#plot);
    this.signal.addEventListener("abort", () => bundle.Plotly.purge(this.#plot));
    (this.#plot as unknown as Plot).on("plotly_click", ({ points: [point] }) => {
      if (typeof point?.customdata === "string") this.#state.choose({ selected: point.customdata });
    });
    fitWidth(bundle.Plotly, this.#plot, () => null, this.signal);
    this.#show();
  }

  #figure() {
    const { values } = this.#state;
    return drawFigure(this.data, values, solve(this.data, values));
  }

  #said(values: StateValues): Pick<ReadingsTraits, "said" | "rows" | "link"> {
    const solved = solve(this.data, values);
    return {
      said: sayBent(this.data, values, solved),
      rows: rowsOf(this.data, values, solved),
      link: writeState(values, this.data.start),
    };
  }

  #show(): void {
    const { values } = this.#state;
    for (const show of this.#shows) show(values);
    this.#readings.show({ ...this.#said(values), selected: values.selected });
    if (!this.#bundle) return;
    const { data, layout } = this.#figure();
    void this.#bundle.Plotly.react(this.#plot, data, layout, CONFIG);
  }

  readonly #open = (): void => {
    const selected = this.#state.get("selected");
    if (!selected) return this.#sheet.close();
    const active = document.activeElement;
    const opener = active instanceof HTMLElement && active !== document.body ? active : null;
    this.#sheet.open({
      heading: "Origin",
      body: [originsOf([selected], this.model.get("origins_gz"))],
      opener: this.#sheet.isOpen ? null : opener,
    });
  };

  #controls(): HTMLElement {
    const { segments, constructs, protocols, limits } = this.data;
    const bend = slider({
      label: "Bend",
      low: -Math.trunc(limits[0]),
      high: Math.trunc(limits[1]),
      step: 1,
      say: sayBend,
      moved: (value) => {
        this.#state.set({ bend: value });
        this.#state.settleSoon();
      },
      settled: () => this.#state.settle(),
    });
    this.#shows.push((values) => bend.show(values.bend));
    const held = constructs.map(({ id, label }) => [id, label] as const);
    return h(
      "div",
      { class: "l3s1-motion-controls" },
      bend.element,
      h(
        "div",
        { class: "l3s1-motion-levels" },
        ...segments.map(({ key, label }) => key !== "" && this.#level(key, `fuse ${label}`)),
      ),
      this.#list("construct", "Held by", held),
      this.#list("protocol", "Now it is", protocols),
    );
  }

  #level(key: keyof StateValues & `fused_${string}`, words: string): HTMLElement {
    const input = h("input", { type: "checkbox" });
    input.addEventListener("change", () => this.#state.choose({ [key]: input.checked }));
    this.#shows.push((values) => (input.checked = values[key]));
    return h("label", { class: "l3s1-motion-level" }, input, words);
  }

  #list(
    key: "construct" | "protocol",
    words: string,
    options: readonly (readonly [id: string, label: string])[],
  ): HTMLElement {
    const id = uniqueId(key);
    const list = h("select", { id }, ...options.map(([value, label]) => h("option", { value }, label)));
    list.addEventListener("change", () => this.#state.choose({ [key]: list.value }));
    this.#shows.push((values) => (list.value = values[key]));
    return h("div", { class: "l3s1-motion-list" }, h("label", { for: id }, words), list);
  }
}

/** The bend in words: "25° of flexion". */
function sayBend(bend: number): string {
  const shown = `${Number(Math.abs(bend).toFixed(1))}°`;
  if (bend === 0) return `${shown}, standing`;
  return `${shown} of ${bend > 0 ? "flexion" : "extension"}`;
}
