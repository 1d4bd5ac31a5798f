// Two levels side by side: what changes, in every published series, and why screws differ.
import { h, setAttributes, setText, uniqueId } from "../dom.ts";
import type { Catalogue } from "./catalogue.ts";
import { originButton, sourceButton } from "./fields.ts";
import { boneOf } from "./scene_state.ts";
import type { ExplorerState } from "./state.ts";
import type { Compared, Comparison, Series } from "./types.ts";

/** A dimension's part of the table: folded one line, open a line for each series. */
interface Row {
  dimension: Compared;
  body: HTMLElement;
  show: (levels: readonly string[], open: boolean) => void;
}

export interface CompareActions {
  openOrigins(heading: string, facts: readonly string[], opener: HTMLElement): void;
}

export class ComparePanel {
  readonly element: HTMLElement;
  readonly #heads = [h("th", { scope: "col" }), h("th", { scope: "col" })] as const;
  readonly #selects: readonly HTMLSelectElement[];
  readonly #rows: readonly Row[];
  readonly #change = h("p", {});
  readonly #matters = h("p", {});
  readonly #sources = h("p", {});
  readonly #about = h("h3", {});
  #chosen = "";

  constructor(
    private readonly state: ExplorerState,
    private readonly catalogue: Catalogue,
    private readonly comparison: Comparison,
    private readonly actions: CompareActions,
  ) {
    this.#selects = [0, 1].map((place) => this.#select(place));
    this.#rows = comparison.dimensions.map((dimension) => this.#dimension(dimension));
    const table = h(
      "table",
      { class: "l3s1-compare-table" },
      h(
        "caption",
        {},
        "A dimension’s name lights it on both bones and opens its series; a series opens its source.",
      ),
      h("thead", {}, h("tr", {}, h("td", {}), ...this.#heads)),
      ...this.#rows.map(({ body }) => body),
    );
    this.element = h(
      "div",
      { class: "l3s1-compare" },
      h(
        "div",
        { class: "l3s1-compare-pair" },
        ...this.#selects.map((each) => each.parentElement as HTMLElement),
      ),
      h(
        "div",
        { class: "l3s1-compare-says" },
        this.#about,
        this.#change,
        h("h4", {}, "Why screws and cages differ"),
        this.#matters,
        this.#sources,
      ),
      h(
        "div",
        { class: "l3s1-compare-scroll", tabindex: 0, role: "region", "aria-label": "Numbers by level" },
        table,
      ),
    );
  }

  show(): void {
    const levels = this.state.get("levels");
    levels.forEach((level, place) => {
      const select = this.#selects[place];
      if (select) select.value = level;
      const head = this.#heads[place];
      if (head) setText(head, level);
    });
    const now = this.#now;
    if (now) this.#say(now);
    for (const { dimension, show } of this.#rows) show(levels, dimension === now);
  }

  /** The kind of structure whose dimension is told of. */
  get kind(): string | null {
    return this.#now?.kind ?? null;
  }

  /** The dimension that was chosen, else the first that is measured on what is selected. */
  get #now(): Compared | undefined {
    const kind = this.catalogue.structures.get(this.state.get("structure"))?.kind;
    const fitting = this.comparison.dimensions.filter((each) => each.kind === kind);
    return fitting.find(({ id }) => id === this.#chosen) ?? fitting[0] ?? this.comparison.dimensions[0];
  }

  /** The structure that a dimension is measured on, at the first of the two levels. */
  structureOf(kind: string): string | null {
    const [first] = this.state.get("levels");
    const found = [...this.catalogue.structures.values()].filter((each) => each.kind === kind);
    return (found.find(({ level }) => level === boneOf(first ?? "")) ?? found[0])?.id ?? null;
  }

  #say(dimension: Compared): void {
    if (this.#about.textContent === dimension.label) return;
    setText(this.#about, dimension.label);
    setText(this.#change, dimension.change);
    setText(this.#matters, dimension.matters);
    const { facts, label } = dimension;
    this.#sources.replaceChildren(
      ...(facts.length > 0
        ? [
            sourceButton("Sources of these sentences", (opener) =>
              this.actions.openOrigins(label, facts, opener),
            ),
          ]
        : []),
    );
  }

  #select(place: number): HTMLSelectElement {
    const id = uniqueId("level");
    const select = h(
      "select",
      { id, class: "l3s1-select" },
      ...this.comparison.levels.map((level) => h("option", { value: level }, level)),
    );
    select.addEventListener("change", () => {
      const levels = [...this.state.get("levels")];
      const other = 1 - place;
      // Choosing what stands on the other side exchanges the two.
      if (levels[other] === select.value) levels[other] = levels[place] ?? "";
      levels[place] = select.value;
      this.state.choose({ levels });
    });
    h(
      "div",
      {},
      h("label", { for: id, class: "l3s1-field-label" }, place === 0 ? "Compare" : "with"),
      select,
    );
    return select;
  }

  #dimension(dimension: Compared): Row {
    const button = h(
      "button",
      { type: "button", class: "l3s1-dimension", "aria-expanded": "false" },
      dimension.label,
    );
    button.addEventListener("click", () => {
      this.#chosen = dimension.id;
      const structure = this.structureOf(dimension.kind);
      if (structure) this.state.choose({ structure });
      this.show();
    });
    const summary = [h("td", {}), h("td", {})] as const;
    const lines = dimension.series.map((series) => {
      const pair = [h("td", {}), h("td", {})] as const;
      const open = (opener: HTMLElement): void =>
        this.actions.openOrigins(`${dimension.label}, ${series.label}`, [series.fact], opener);
      const name = originButton(
        series.label,
        series.evidence,
        series.evidence_label,
        series.marks,
        open,
      );
      return {
        series,
        pair,
        line: h("tr", { class: "l3s1-series" }, h("th", { scope: "row" }, name), ...pair),
      };
    });
    const body = h(
      "tbody",
      {},
      h("tr", { class: "l3s1-summary" }, h("th", { scope: "row" }, button), ...summary),
      ...lines.map(({ line }) => line),
    );
    const show = (levels: readonly string[], open: boolean): void => {
      setAttributes(button, { "aria-expanded": String(open) });
      for (const { series, pair, line } of lines) {
        line.hidden = !open || !levels.some((level) => valueAt(series.texts, level) !== null);
        fill(pair, series, levels);
      }
      const told = bestFor(dimension.series, levels);
      if (told) fill(summary, told, levels);
      // Told once: above while the series are folded, else in each of them.
      for (const cell of summary) if (open) setText(cell, "");
    };
    return { dimension, body, show };
  }
}

/** Write what a series has for each of two levels, with a bar for its share of the largest. */
function fill(pair: readonly HTMLElement[], series: Series, levels: readonly string[]): void {
  const most = Math.max(...Object.values(series.amounts).map((each) => Math.abs(each ?? 0)));
  pair.forEach((cell, place) => {
    const level = levels[place] ?? "";
    const text = valueAt(series.texts, level);
    const amount = valueAt(series.amounts, level);
    setText(cell, text ?? "no number");
    cell.classList.toggle("l3s1-none", text === null);
    const share = amount === null || most === 0 ? 0 : Math.abs(amount) / most;
    cell.style.setProperty("--share", String(share));
  });
}

/** The first series that has a number for most of the levels. */
function bestFor(series: readonly Series[], levels: readonly string[]): Series | undefined {
  const has = ({ texts }: Series): number =>
    levels.filter((level) => valueAt(texts, level) !== null).length;
  return [...series].sort((one, other) => has(other) - has(one))[0];
}

/** What a series has of a vertebra, or of the motion segment below it. */
function valueAt<T>(values: Readonly<Record<string, T>>, level: string): T | null {
  const segment = Object.keys(values).find((each) => each.startsWith(`${level}-`));
  return values[level] ?? values[segment ?? ""] ?? null;
}
