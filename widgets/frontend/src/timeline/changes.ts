// What the choices change, choice by choice and lane by lane; where no source tells, it says so.
import { h, setText } from "../dom.ts";
import { changesOf, letterOf, type Change, type Letter } from "./choices.ts";
import { effectMark, letterMark, rowButton, type OpenRow } from "./row_parts.ts";
import type { TimelineState } from "./state.ts";

const NOTHING =
  "Nothing is stated about the patient yet. Choose something: the picture shows what it changes, and this place says where no evidence was found.";
const CAUTION =
  "Each line is a difference between groups of people in one source. Lines are never combined, and they are no forecast for one person.";

export class Changes {
  readonly element: HTMLElement;
  readonly #heading = h("h3", { class: "l3s1-question" });
  readonly #body = h("div", { class: "l3s1-changes-body" });
  #shownFor = "";

  constructor(
    private readonly state: TimelineState,
    private readonly open: OpenRow,
  ) {
    this.element = h("section", { class: "l3s1-changes" }, this.#heading, this.#body);
  }

  show(): void {
    const { patients, content } = this.state;
    const wanted = JSON.stringify(patients);
    if (wanted === this.#shownFor) return;
    this.#shownFor = wanted;
    const blocks = patients.flatMap((patient, place) => {
      const letter = letterOf(place, patients.length);
      return changesOf(content.choices, content.rows, patient).map((change) => this.#block(change, letter));
    });
    setText(this.#heading, patients.length > 1 ? "What the patients’ choices change" : "What this patient’s choices change");
    if (blocks.length === 0) this.#body.replaceChildren(h("p", { class: "l3s1-nothing" }, NOTHING));
    else {
      const list = h("div", { class: "l3s1-changes-list" }, ...blocks);
      this.#body.replaceChildren(h("p", { class: "l3s1-no-forecast" }, CAUTION), list);
    }
  }

  /** The choices with how much they change, as one sentence each. */
  say(): string {
    const { patients, content } = this.state;
    const words = patients.flatMap((patient, place) => {
      const letter = letterOf(place, patients.length);
      return changesOf(content.choices, content.rows, patient).map(
        ({ choice, option_label, changed, silent }) =>
          `${letter} ${choice.label}, ${option_label}: ${changed.length} rows; no evidence found for ${silent.length} lanes.`,
      );
    });
    return words.join(" ").trim() || "Nothing is stated about the patient.";
  }

  #block({ choice, option_label, changed, silent }: Change, letter: Letter): HTMLElement {
    return h(
      "article",
      { class: "l3s1-change", "data-choice": choice.id },
      h(
        "h4",
        {},
        letter && letterMark(letter),
        `${choice.label}: ${option_label}`,
      ),
      changed.length > 0 &&
        h(
          "ul",
          {},
          ...changed.map(({ row, effect }) =>
            h(
              "li",
              { "data-row": row.id },
              h("span", { class: "l3s1-change-lane" }, row.lane_label),
              rowButton(row, this.open, false),
              h("p", {}, effectMark(effect.kind, this.state), " ", effect.says),
            ),
          ),
        ),
      silent.length > 0 &&
        h(
          "p",
          { class: "l3s1-silent" },
          h("b", {}, "– – – No evidence found for: "),
          silent.join(" · "),
        ),
      choice.no_evidence && h("p", { class: "l3s1-note" }, choice.no_evidence),
    );
  }
}
