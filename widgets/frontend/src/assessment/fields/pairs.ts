// Choices for several prompts, a native list for each: matching, extended matching, and the marks
// of a picture.
import { h, uniqueId } from "../../dom.ts";
import { arranged, shuffled } from "../order.ts";
import type { MatchingItem, Option, Response } from "../types.ts";
import { explainRows, type Explanation, type Field, type Missing, type Row } from "./field.ts";

export interface Asked {
  id: string;
  text: string;
  key: string;
  feedback: string;
}

export interface PairRules {
  /** Each choice may be used once. */
  once: boolean;
  /** "Match all prompts first" */
  missing: string;
}

/** Lists of choices, one for each of what is asked. */
export class PairLists {
  readonly element: HTMLElement;
  readonly #lists: readonly HTMLSelectElement[];

  constructor(
    private readonly asked: readonly Asked[],
    private readonly choices: readonly Option[],
    private readonly rules: PairRules,
  ) {
    this.#lists = asked.map(() =>
      h(
        "select",
        { id: uniqueId("match"), class: "l3s1-select" },
        h("option", { value: "" }, "Choose …"),
        ...choices.map(({ id, text }) => h("option", { value: id }, text)),
      ),
    );
    this.element = h(
      "div",
      { class: "l3s1-pairs" },
      ...asked.map((each, place) => {
        const list = this.#lists[place] as HTMLSelectElement;
        return h("div", { class: "l3s1-pair" }, h("label", { for: list.id }, each.text), list);
      }),
    );
  }

  read(): Response | Missing {
    const open = this.#lists.find(({ value }) => value === "");
    if (open) return { missing: this.rules.missing, where: open };
    const values = this.#lists.map(({ value }) => value);
    const again = values.findIndex((value, place) => values.indexOf(value) < place);
    if (this.rules.once && again >= 0) {
      const text = this.#text(values[again] ?? "");
      return {
        missing: `“${text}” is chosen twice; each may be used once. Choose another.`,
        where: this.#lists[again] ?? null,
      };
    }
    return Object.fromEntries(this.asked.map(({ id }, place) => [id, values[place] ?? ""]));
  }

  show(response: Response | null): void {
    const given = (response ?? {}) as Readonly<Record<string, string>>;
    this.asked.forEach(({ id }, place) => {
      const list = this.#lists[place];
      if (list) list.value = given[id] ?? "";
    });
  }

  set disabled(disabled: boolean) {
    for (const list of this.#lists) list.disabled = disabled;
  }

  focus(): void {
    this.#lists[0]?.focus();
  }

  explain(response: Response): Explanation {
    const given = response as Readonly<Record<string, string>>;
    const rows = this.asked.map(({ id, text, key, feedback }): Row => {
      const chosen = given[id] ?? "";
      const right = chosen === key;
      const says = right ? "right" : `you chose “${this.#text(chosen)}”`;
      const shown = `${text} → ${this.#text(key)}`;
      return { text: shown, feedback, verdict: right ? "right" : "wrong", says };
    });
    const right = rows.filter(({ verdict }) => verdict === "right").length;
    return {
      given: `${right} of ${rows.length} right.`,
      feedback: [explainRows(rows)],
      rest: null,
    };
  }

  #text(choice: string): string {
    return this.choices.find(({ id }) => id === choice)?.text ?? "";
  }
}

/** A field that is answered by lists alone, whatever stands beside them. */
export abstract class PairField implements Field {
  abstract readonly element: HTMLElement;

  constructor(protected readonly lists: PairLists) {}

  read(): Response | Missing {
    return this.lists.read();
  }

  show(response: Response | null): void {
    this.lists.show(response);
  }

  set disabled(disabled: boolean) {
    this.lists.disabled = disabled;
  }

  focus(): void {
    this.lists.focus();
  }

  explain(response: Response): Explanation {
    return this.lists.explain(response);
  }
}

/** Matching and extended matching: what differs is whether a choice may be used more than once. */
export class MatchingField extends PairField {
  readonly element: HTMLElement;

  constructor(item: MatchingItem, seed: number | null) {
    const extended = item.type === "extended_matching";
    const prompts = seed === null ? item.prompts : shuffled(item.prompts, seed, `${item.id}/prompts`);
    const choices = arranged(item.choices, seed, item.id);
    super(new PairLists(prompts, choices, { once: !extended, missing: "Choose for every entry first." }));
    const once = extended ? "A choice may be used more than once." : "Each choice may be used once.";
    const says = item.theme ? `Choices: ${item.theme}. ${once}` : once;
    this.element = h("div", {}, h("p", { class: "l3s1-note" }, says), this.lists.element);
  }
}
