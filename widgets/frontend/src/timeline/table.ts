// All bars as a table: the twin of the picture for those who do not see it.
import { h, setText } from "../dom.ts";
import { evidenceMark, markLabels } from "../evidence.ts";
import { rowButton } from "./answers.ts";
import type { TimelineState } from "./state.ts";
import { forApproach } from "./status.ts";
import type { Row } from "./types.ts";

export class BarTable {
  readonly element: HTMLDetailsElement;
  readonly #caption = h("caption", {});
  readonly #when = new Map<Row, HTMLElement>();

  constructor(
    private readonly state: TimelineState,
    open: (row: Row, opener: HTMLElement) => void,
  ) {
    const lanes = new Map<string, Row[]>();
    for (const row of state.model.get("rows")) {
      lanes.set(row.lane_label, [...(lanes.get(row.lane_label) ?? []), row]);
    }
    const bodies = [...lanes].map(([lane, rows]) =>
      h(
        "tbody",
        {},
        h("tr", {}, h("th", { scope: "rowgroup", colspan: 3, class: "l3s1-lane" }, lane)),
        ...rows.map((row) => this.#line(row, open)),
      ),
    );
    const heads = ["What", "When", "Evidence"].map((name) => h("th", { scope: "col" }, name));
    this.element = h(
      "details",
      { class: "l3s1-table" },
      h("summary", {}, "All bars as a table"),
      h("table", {}, this.#caption, h("thead", {}, h("tr", {}, ...heads)), ...bodies),
    );
  }

  show(): void {
    const { approach, model } = this.state;
    const label = model.get("approaches").find(([id]) => id === approach)?.[1] ?? approach;
    setText(this.#caption, `Approach: ${label}. A name opens where the bar comes from.`);
    for (const [row, cell] of this.#when) setText(cell, forApproach(row.when, approach) ?? "");
  }

  #line(row: Row, open: (row: Row, opener: HTMLElement) => void): HTMLElement {
    const when = h("td", {});
    this.#when.set(row, when);
    const name = rowButton(row, open);
    name.querySelector(".l3s1-mark")?.remove();
    return h(
      "tr",
      {},
      h("th", { scope: "row" }, name),
      when,
      h("td", {}, evidenceMark(row.evidence, null), row.evidence_label, ...markLabels(row.marks)),
    );
  }
}
