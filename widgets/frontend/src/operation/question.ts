// The one question of a step: it is answered or skipped before the step is left.
import { h, setText, uniqueId } from "../dom.ts";
import { SKIPPED, type StepQuestion } from "./types.ts";

export class QuestionView {
  readonly element = h("section", { class: "l3s1-step-question" });
  readonly #hint = h("p", { class: "l3s1-note", role: "status" });
  #first: HTMLElement | null = null;

  /** `answer` is told the id of a choice or SKIPPED; `sources` makes the button to the origins. */
  constructor(
    private readonly answer: (choice: string) => void,
    private readonly sources: (facts: readonly string[]) => HTMLElement,
  ) {}

  /** Ask, or show what was answered. */
  show(question: StepQuestion, given: string | undefined): void {
    setText(this.#hint, "");
    if (given === undefined) this.#ask(question);
    else this.#explain(question, given);
  }

  /** Say that it has to be answered first, and go there. */
  insist(): void {
    setText(this.#hint, "Answer first, or skip the question.");
    this.#first?.focus();
  }

  #ask(question: StepQuestion): void {
    const name = uniqueId("step-question");
    const inputs = question.choices.map(({ id }) => h("input", { type: "radio", name, value: id }));
    const skip = h("button", { type: "button", class: "l3s1-button" }, "Skip the question");
    const form = h(
      "form",
      { class: "l3s1-question-form" },
      h(
        "fieldset",
        { class: "l3s1-choices" },
        h(
          "legend",
          {},
          h("span", { class: "l3s1-question-number" }, question.asks),
          h("span", { class: "l3s1-stem" }, question.stem),
        ),
        ...inputs.map((input, place) =>
          h("label", { class: "l3s1-option" }, input, h("span", {}, question.choices[place]?.text)),
        ),
      ),
      h(
        "div",
        { class: "l3s1-actions" },
        h("button", { type: "submit", class: "l3s1-button l3s1-primary" }, "Commit to my answer"),
        skip,
        this.#hint,
      ),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const chosen = inputs.find(({ checked }) => checked)?.value;
      if (chosen) this.answer(chosen);
      else this.insist();
    });
    form.addEventListener("keydown", (event) => event.stopPropagation());
    skip.addEventListener("click", () => this.answer(SKIPPED));
    this.#first = inputs[0] ?? skip;
    this.element.replaceChildren(form);
  }

  #explain({ asks, stem, choices, key, facts }: StepQuestion, given: string): void {
    const chosen = choices.find(({ id }) => id === given);
    const best = choices.find(({ id }) => id === key);
    const right = given === key;
    const again = h("button", { type: "button", class: "l3s1-button" }, "Ask me again");
    again.addEventListener("click", () => {
      this.#ask({ asks, stem, choices, key, facts });
      this.#first?.focus();
    });
    const word = !chosen ? "Skipped" : right ? "Correct" : "Not quite";
    const icon = !chosen ? "–" : right ? "✓" : "✕";
    this.#first = again;
    this.element.replaceChildren(
      h("p", { class: "l3s1-question-number" }, asks),
      h("p", { class: "l3s1-stem" }, stem),
      h(
        "div",
        { class: "l3s1-verdict", role: "status", "data-result": right ? "right" : "wrong" },
        h(
          "p",
          { class: "l3s1-verdict-word" },
          h("span", { "aria-hidden": "true", class: "l3s1-verdict-icon" }, icon),
          word,
        ),
        chosen && h("p", { class: "l3s1-your-choice" }, `You chose: ${chosen.text}`),
        chosen && h("p", {}, chosen.feedback),
        !right && best && h("p", {}, h("strong", {}, `Best answer: ${best.text}. `), best.feedback),
      ),
      h("div", { class: "l3s1-actions" }, again, this.sources(facts)),
    );
  }
}
