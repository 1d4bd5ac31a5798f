// How sure a student is of an answer, and what that makes an answer worth: certainty-based marking
// as A. R. Gardner-Medwin introduced it, three steps with marks that pay honesty best.
import { h, uniqueId } from "../dom.ts";
import type { Certainty } from "./types.ts";

export interface Step {
  certainty: Certainty;
  label: string;
  right: number;
  wrong: number;
}

export const STEPS: readonly Step[] = [
  { certainty: 1, label: "A guess", right: 1, wrong: 0 },
  { certainty: 2, label: "Fairly sure", right: 2, wrong: -2 },
  { certainty: 3, label: "Sure", right: 3, wrong: -6 },
];
export const MOST_MARKS = Math.max(...STEPS.map(({ right }) => right));

export const stepOf = (certainty: Certainty): Step => STEPS[certainty - 1] as Step;

export function marksOf(certainty: Certainty, correct: boolean): number {
  const step = stepOf(certainty);
  return correct ? step.right : step.wrong;
}

/** The chance of being right from which `step` pays at least as well as the one below it. */
export function paysFrom(step: Step): number {
  const below = STEPS[step.certainty - 2];
  if (!below) return 0;
  return (below.wrong - step.wrong) / (step.right - step.wrong - below.right + below.wrong);
}

/** "−6", with a real minus sign. */
export const sayMarks = (marks: number): string => (marks < 0 ? `−${-marks}` : String(marks));

/** The question "How sure are you?": one native radio group. */
export class CertaintyField {
  readonly element: HTMLElement;
  readonly #inputs: HTMLInputElement[];

  constructor() {
    const name = uniqueId("certainty");
    this.#inputs = STEPS.map(({ certainty }) =>
      h("input", { type: "radio", name, value: certainty }),
    );
    this.element = h(
      "fieldset",
      { class: "l3s1-certainty" },
      h("legend", {}, "How sure are you?"),
      ...STEPS.map(({ label, right, wrong }, place) =>
        h(
          "label",
          { class: "l3s1-option l3s1-certainty-step" },
          this.#inputs[place],
          h(
            "span",
            {},
            label,
            h(
              "span",
              { class: "l3s1-certainty-marks" },
              ` ${right} if right, ${sayMarks(wrong)} if wrong`,
            ),
          ),
        ),
      ),
    );
  }

  get value(): Certainty | null {
    const chosen = this.#inputs.find(({ checked }) => checked);
    return chosen ? (Number(chosen.value) as Certainty) : null;
  }

  set value(certainty: Certainty | null) {
    for (const input of this.#inputs) input.checked = Number(input.value) === certainty;
  }

  set disabled(disabled: boolean) {
    for (const input of this.#inputs) input.disabled = disabled;
  }

  focus(): void {
    this.#inputs[0]?.focus();
  }
}

/** What each step is worth and when it pays, in a fold. */
export function explainMarks(): HTMLElement {
  const percent = (share: number): string => `${Math.round(share * 100)} %`;
  const rows = STEPS.map((step) => {
    const next = STEPS[step.certainty];
    const from = paysFrom(step);
    const pays = next
      ? from === 0
        ? `below ${percent(paysFrom(next))}`
        : `${percent(from)} to ${percent(paysFrom(next))}`
      : `above ${percent(from)}`;
    return h(
      "tr",
      {},
      h("th", { scope: "row" }, step.label),
      h("td", {}, sayMarks(step.right)),
      h("td", {}, sayMarks(step.wrong)),
      h("td", {}, pays),
    );
  });
  const head = ["You are", "Right", "Wrong", "Pays best if you are right with a chance of"];
  return h(
    "details",
    { class: "l3s1-certainty-rules" },
    h("summary", {}, "What certainty is worth"),
    h(
      "div",
      { class: "l3s1-certainty-table" },
      h(
        "table",
        {},
        h("thead", {}, h("tr", {}, ...head.map((text) => h("th", { scope: "col" }, text)))),
        h("tbody", {}, ...rows),
      ),
    ),
    h(
      "p",
      {},
      "This is certainty-based marking, after A. R. Gardner-Medwin. The marks are set so that saying how sure " +
        "you really are pays best. A wrong answer that you were sure of costs most.",
    ),
    h(
      "p",
      {},
      "“Right” is an answer that is right throughout; for a partly right one the marks are those of a wrong one.",
    ),
  );
}
