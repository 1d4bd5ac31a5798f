// QuestionSet: single-best-answer questions with feedback, to predict before reading or to
// check oneself after it.
import type { AnyModel } from "@anywidget/types";
import { h, setText, uniqueId } from "../dom.ts";
import { originsOf } from "../origin.ts";
import { Sheet } from "../sheet.ts";

export interface Choice {
  id: string;
  text: string;
  feedback: string;
}

export interface Item {
  id: string;
  stem: string;
  choices: readonly Choice[];
  key: string;
  objective: string | null;
  level: string | null;
  facts: readonly string[];
}

/** The choice that was committed last, and all that were, in order. */
export interface Answer {
  choice: string;
  attempts: readonly string[];
}

export interface QuestionTraits {
  mode: "predict" | "check";
  items: readonly Item[];
  origins_gz: DataView;
  answers: Readonly<Record<string, Answer>>;
}

/** Put a question set into `el`, until `removed` says that it goes. */
export function mountQuestions(
  model: AnyModel<QuestionTraits>,
  el: HTMLElement,
  removed: AbortSignal,
): void {
  const sheet = new Sheet(removed, () => undefined);
  const items = model.get("items");
  const questions = items.map((item, place) => {
    const title = items.length > 1 ? `Question ${place + 1} of ${items.length}` : "Question";
    return new Question(model, item, title, sheet);
  });
  const show = (): void => {
    for (const question of questions) question.show();
  };
  el.replaceChildren(...questions.map((one) => one.element), sheet.element);
  show();
  model.on("change:answers", show);
  removed.addEventListener("abort", () => model.off("change:answers", show));
}

class Question {
  readonly element: HTMLElement;
  readonly #inputs: HTMLInputElement[];
  readonly #commit: HTMLButtonElement;
  readonly #again = h("button", { type: "button", class: "l3s1-button" }, "Try again");
  readonly #hint = h("p", { class: "l3s1-question-hint", "aria-live": "polite" });
  readonly #verdict = h("div", { class: "l3s1-verdict", role: "status" });
  readonly #explained = h("div", { class: "l3s1-explained" });
  #shown = "";

  constructor(
    private readonly model: AnyModel<QuestionTraits>,
    private readonly item: Item,
    title: string,
    private readonly sheet: Sheet,
  ) {
    const name = uniqueId("question");
    this.#inputs = item.choices.map(({ id }) => h("input", { type: "radio", name, value: id }));
    this.#commit = h("button", { type: "submit", class: "l3s1-button l3s1-primary" }, this.#verb());
    const form = h(
      "form",
      { class: "l3s1-question-form", "data-item": item.id },
      h(
        "fieldset",
        { class: "l3s1-choices" },
        h(
          "legend",
          {},
          h("span", { class: "l3s1-question-number" }, `${title}${level(item)}`),
          h("span", { class: "l3s1-stem" }, item.stem),
        ),
        ...this.#inputs.map((input, place) =>
          h("label", { class: "l3s1-option" }, input, h("span", {}, item.choices[place]?.text)),
        ),
      ),
      h("div", { class: "l3s1-actions" }, this.#commit, this.#again, this.#hint),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#answer();
    });
    form.addEventListener("keydown", (event) => event.stopPropagation());
    form.addEventListener("change", () => setText(this.#hint, ""));
    this.#again.addEventListener("click", () => this.#retry());
    this.element = h("section", { class: "l3s1-question-box" }, form, this.#verdict, this.#explained);
  }

  /** Show the answer that the model holds, if any. */
  show(): void {
    const answers = this.model.get("answers") ?? {};
    const answer = Object.hasOwn(answers, this.item.id) ? answers[this.item.id] : undefined;
    const chosen = this.item.choices.find(({ id }) => id === answer?.choice);
    const state = JSON.stringify([chosen?.id, answer?.attempts.length]);
    if (state === this.#shown) return;
    this.#shown = state;
    for (const input of this.#inputs) {
      if (chosen) input.checked = input.value === chosen.id;
      input.disabled = chosen !== undefined;
    }
    this.#commit.hidden = chosen !== undefined;
    this.#again.hidden = chosen === undefined || chosen.id === this.item.key;
    if (chosen) this.#explain(chosen);
  }

  #verb(): string {
    return this.model.get("mode") === "predict" ? "Commit to my prediction" : "Check answer";
  }

  #answer(): void {
    const chosen = this.#inputs.find(({ checked }) => checked)?.value;
    if (!chosen) {
      setText(this.#hint, "Choose an answer first.");
      this.#inputs[0]?.focus();
      return;
    }
    const answers = this.model.get("answers") ?? {};
    const attempts = answers[this.item.id]?.attempts ?? [];
    const answer = { choice: chosen, attempts: [...attempts, chosen] };
    this.model.set("answers", { ...answers, [this.item.id]: answer });
    this.model.save_changes();
    this.show();
    if (!this.#again.hidden) this.#again.focus();
  }

  /** Free the choices; what was explained stays readable below. */
  #retry(): void {
    this.#shown = "";
    for (const input of this.#inputs) {
      input.disabled = false;
      input.checked = false;
    }
    this.#commit.hidden = false;
    this.#again.hidden = true;
    this.#inputs[0]?.focus();
  }

  #explain(chosen: Choice): void {
    const right = chosen.id === this.item.key;
    const predicted = this.model.get("mode") === "predict";
    const word = right ? (predicted ? "As the evidence has it" : "Correct") : "Not quite";
    this.#verdict.dataset.result = right ? "right" : "wrong";
    this.#verdict.replaceChildren(
      h(
        "p",
        { class: "l3s1-verdict-word" },
        h("span", { "aria-hidden": "true", class: "l3s1-verdict-icon" }, right ? "✓" : "✕"),
        word,
      ),
      h("p", { class: "l3s1-your-choice" }, `You chose: ${chosen.text}`),
      h("p", {}, chosen.feedback),
    );
    if (predicted) {
      const below = "You will meet the answer, with its sources, below.";
      this.#verdict.append(h("p", { class: "l3s1-note" }, below));
    }
    this.#explained.replaceChildren(...this.#others(chosen), ...this.#sources());
  }

  #others(chosen: Choice): Node[] {
    const others = this.item.choices.filter(({ id }) => id !== chosen.id);
    if (others.length === 0) return [];
    const right = chosen.id === this.item.key;
    const entries = others.flatMap(({ id, text, feedback }) => [
      h("dt", {}, text, id === this.item.key && h("span", { class: "l3s1-tag" }, "best answer")),
      h("dd", {}, feedback),
    ]);
    return [
      h(
        "details",
        { class: "l3s1-rest" },
        h("summary", {}, right ? "Why not the others" : "All other choices explained"),
        h("dl", { class: "l3s1-other-choices" }, ...entries),
      ),
    ];
  }

  #sources(): Node[] {
    const { facts } = this.item;
    if (facts.length === 0) return [];
    const button = h(
      "button",
      { type: "button", class: "l3s1-button" },
      facts.length === 1 ? "Where this comes from" : `Where this comes from (${facts.length} sources)`,
    );
    button.addEventListener("click", () =>
      this.sheet.open({
        heading: "Where this comes from",
        body: [originsOf(facts, this.model.get("origins_gz"))],
        opener: button,
      }),
    );
    return [button];
  }
}

function level(item: Item): string {
  return item.level ? ` · ${item.level.replaceAll("_", " ")}` : "";
}
