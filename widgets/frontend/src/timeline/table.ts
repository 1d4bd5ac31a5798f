// All bars as a table: the twin of the picture for those who do not see it.
import { h, setText } from "../dom.ts";
import { evidenceMark, markLabels } from "../evidence.ts";
import { differs, effectsOf, letterOf, sayPatient } from "./choices.ts";
import { effectLine, rowButton, type OpenRow } from "./row_parts.ts";
import type { TimelineState } from "./state.ts";
import { whenOf } from "./status.ts";
import type { Row } from "./types.ts";

interface Cells {
  when: HTMLElement;
  changes: HTMLElement;
}

export class BarTable {
  readonly element: HTMLDetailsElement;
  readonly #caption = h("caption", {});
  readonly #cells = new Map<Row, Cells>();
  #shownFor = "";

  constructor(
    private readonly state: TimelineState,
    open: OpenRow,
  ) {
    const lanes = new Map<string, Row[]>();
    for (const row of state.content.rows) {
      lanes.set(row.lane_label, [...(lanes.get(row.lane_label) ?? []), row]);
    }
    const bodies = [...lanes].map(([lane, rows]) =>
      h(
        "tbody",
        {},
        h("tr", {}, h("th", { scope: "rowgroup", colspan: 4, class: "l3s1-lane" }, lane)),
        ...rows.map((row) => this.#line(row, open)),
      ),
    );
    const heads = ["What", "When", "Evidence", "What the choices change"].map((name) =>
      h("th", { scope: "col" }, name),
    );
    this.element = h(
      "details",
      { class: "l3s1-table" },
      h("summary", {}, "All bars as a table"),
      h("table", {}, this.#caption, h("thead", {}, h("tr", {}, ...heads)), ...bodies),
    );
  }

  show(): void {
    const { patients, content } = this.state;
    const wanted = JSON.stringify(patients);
    if (wanted === this.#shownFor) return;
    this.#shownFor = wanted;
    const who = patients.map((patient, place) => {
      const letter = letterOf(place, patients.length);
      return `${letter ? `Patient ${letter}` : "Patient"}: ${sayPatient(content.choices, patient)}.`;
    });
    setText(this.#caption, `${who.join(" ")} A name opens where the bar comes from.`);
    for (const [row, { when, changes }] of this.#cells) {
      const apart = differs(row, patients, content.choices);
      const shown = (apart ? patients : patients.slice(0, 1)).map((patient, place) => ({
        patient,
        letter: apart ? letterOf(place, patients.length) : ("" as const),
      }));
      setText(
        when,
        shown.map(({ patient, letter }) => `${letter && `${letter}: `}${whenOf(row, patient)}`).join("; "),
      );
      changes.replaceChildren(
        ...shown.flatMap(({ patient, letter }) =>
          effectsOf(row, patient, content.choices).map((effect) => effectLine(effect, letter, this.state)),
        ),
      );
    }
  }

  #line(row: Row, open: OpenRow): HTMLElement {
    const cells = { when: h("td", {}), changes: h("td", {}) };
    this.#cells.set(row, cells);
    const name = rowButton(row, open, false);
    return h(
      "tr",
      {},
      h("th", { scope: "row" }, name),
      cells.when,
      h("td", {}, evidenceMark(row.evidence, null), row.evidence_label, ...markLabels(row.marks)),
      cells.changes,
    );
  }
}
