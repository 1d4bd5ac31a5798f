// Choices: one of them (radio buttons) or all that apply (check boxes).
import { h, uniqueId } from "../../dom.ts";
import { arranged } from "../order.ts";
import type { Choice, MultipleItem, Response, SingleItem } from "../types.ts";
import { explainRows, type Explanation, type Field, type Missing, type Row, together } from "./field.ts";

abstract class ChoiceField {
  readonly element: HTMLElement;
  protected readonly inputs: readonly HTMLInputElement[];

  constructor(type: "radio" | "checkbox", choices: readonly Choice[]) {
    const name = uniqueId("question");
    this.inputs = choices.map(({ id }) => h("input", { type, name, value: id }));
    this.element = h(
      "div",
      { class: "l3s1-options" },
      ...choices.map(({ text }, place) =>
        h("label", { class: "l3s1-option" }, this.inputs[place], h("span", {}, text)),
      ),
    );
  }

  set disabled(disabled: boolean) {
    for (const input of this.inputs) input.disabled = disabled;
  }

  focus(): void {
    (this.inputs.find(({ checked }) => checked) ?? this.inputs[0])?.focus();
  }

  protected get chosen(): string[] {
    return this.inputs.filter(({ checked }) => checked).map(({ value }) => value);
  }

  protected check(values: readonly string[]): void {
    for (const input of this.inputs) input.checked = values.includes(input.value);
  }
}

export class SingleField extends ChoiceField implements Field {
  constructor(
    private readonly item: SingleItem,
    seed: number | null,
  ) {
    super("radio", arranged(item.choices, seed, item.id));
  }

  read(): Response | Missing {
    return this.chosen[0] ?? { missing: "Choose an answer first.", where: this.inputs[0] ?? null };
  }

  show(response: Response | null): void {
    this.check(typeof response === "string" ? [response] : []);
  }

  explain(response: Response): Explanation {
    const { choices, key } = this.item;
    const taken = choices.find(({ id }) => id === response);
    const others = choices.filter(({ id }) => id !== response);
    const rows = others.map(({ id, text, feedback }): Row => {
      const best = id === key;
      return { text, feedback, verdict: best ? "missed" : "other", says: best ? "best answer" : "" };
    });
    return {
      given: `You chose: ${taken?.text ?? ""}`,
      feedback: [h("p", {}, taken?.feedback)],
      rest: {
        summary: response === key ? "Why not the others" : "All other choices explained",
        body: explainRows(rows),
      },
    };
  }
}

export class MultipleField extends ChoiceField implements Field {
  readonly #choices: readonly Choice[];

  constructor(
    private readonly item: MultipleItem,
    seed: number | null,
  ) {
    const choices = arranged(item.choices, seed, item.id);
    super("checkbox", choices);
    this.#choices = choices;
  }

  read(): Response | Missing {
    const { chosen } = this;
    if (chosen.length > 0) return chosen;
    return { missing: "Tick all that apply, at least one.", where: this.inputs[0] ?? null };
  }

  show(response: Response | null): void {
    this.check(Array.isArray(response) ? (response as readonly string[]) : []);
  }

  explain(response: Response): Explanation {
    const chosen = response as readonly string[];
    const rows = this.#choices.map((choice) => this.#row(choice, chosen));
    const { keys } = this.item;
    const right = chosen.filter((id) => keys.includes(id)).length;
    const wrong = chosen.length - right;
    const texts = this.#choices.filter(({ id }) => chosen.includes(id)).map(({ text }) => text);
    const told = rows.filter(({ verdict }) => verdict !== "other");
    const rest = rows.filter(({ verdict }) => verdict === "other");
    const count = `${right} of ${keys.length} that apply${wrong > 0 ? `, and ${wrong} that ${wrong === 1 ? "does" : "do"} not` : ""}.`;
    return {
      given: `You chose: ${together(texts.map((text) => `“${text}”`))} – ${count}`,
      feedback: [explainRows(told)],
      rest: rest.length > 0 ? { summary: "Why not the others", body: explainRows(rest) } : null,
    };
  }

  #row({ id, text, feedback }: Choice, chosen: readonly string[]): Row {
    const applies = this.item.keys.includes(id);
    const taken = chosen.includes(id);
    if (applies && taken) return { text, feedback, verdict: "right", says: "applies, chosen" };
    if (applies) return { text, feedback, verdict: "missed", says: "applies, not chosen" };
    if (taken) return { text, feedback, verdict: "wrong", says: "chosen, does not apply" };
    return { text, feedback, verdict: "other", says: "" };
  }
}
