// A number with its unit, typed: "12.5" and "12,5" are the same.
import { h, uniqueId } from "../../dom.ts";
import { isNear } from "../score.ts";
import type { NumericItem, Response } from "../types.ts";
import type { Explanation, Field, Missing } from "./field.ts";

export class NumericField implements Field {
  readonly element: HTMLElement;
  readonly #input: HTMLInputElement;

  constructor(private readonly item: NumericItem) {
    const id = uniqueId("number");
    const unit = item.unit_words ? `${id}-unit` : null;
    this.#input = h("input", {
      id,
      type: "text",
      class: "l3s1-number",
      inputmode: "decimal",
      autocomplete: "off",
      "aria-describedby": unit,
    });
    this.#input.addEventListener("input", () => this.#input.removeAttribute("aria-invalid"));
    this.element = h(
      "div",
      { class: "l3s1-numeric" },
      h("label", { for: id }, "Your answer"),
      h("span", { class: "l3s1-numeric-field" }, this.#input, unit && h("span", { id: unit }, item.unit_words)),
    );
  }

  read(): Response | Missing {
    const read = readNumber(this.#input.value, this.item.unit_words);
    if (typeof read === "number") return read;
    this.#input.setAttribute("aria-invalid", "true");
    return { missing: read, where: this.#input };
  }

  show(response: Response | null): void {
    this.#input.value = typeof response === "number" ? sayNumber(response) : "";
    this.#input.removeAttribute("aria-invalid");
  }

  set disabled(disabled: boolean) {
    this.#input.disabled = disabled;
  }

  focus(): void {
    this.#input.focus();
  }

  explain(response: Response): Explanation {
    const { answer, tolerance, feedback } = this.item;
    const given = response as number;
    const right = isNear(given, answer, tolerance);
    const within = tolerance > 0 ? `; within ${this.#say(tolerance)} of it counts as right` : "";
    return {
      given: `You answered ${this.#say(given)}. The answer is ${this.#say(answer)}${within}.`,
      feedback: [h("p", {}, right ? feedback.right : given < answer ? feedback.low : feedback.high)],
      rest: null,
    };
  }

  #say(number: number): string {
    return this.item.unit_words ? `${sayNumber(number)} ${this.item.unit_words}` : sayNumber(number);
  }
}

/** Figures as they are printed: no more digits than the number has, a real minus sign. */
export function sayNumber(number: number): string {
  return String(Number(number.toPrecision(12))).replace("-", "−");
}

/** The number that was typed, or what is wrong with it. */
export function readNumber(typed: string, unit: string): number | string {
  let text = typed.trim();
  if (text === "") return "Type a number first.";
  if (unit && text.toLowerCase().endsWith(unit.toLowerCase())) text = text.slice(0, -unit.length);
  text = text.replace(/[\s\u2009\u202f\u00a0’']/g, "").replace("−", "-");
  if (!/^[-+]?[\d.,]+$/.test(text) || !/\d/.test(text)) {
    return `“${typed.trim()}” is not a number. Type it in figures, for example 12.5 or 12,5${unit ? `; the unit (${unit}) is already there` : ""}.`;
  }
  if (/[.,].*[.,]/.test(text)) {
    return `“${typed.trim()}” has more than one point or comma. Type one at most, before the decimals.`;
  }
  if (/^[-+]?[1-9]\d{0,2},\d{3}$/.test(text)) {
    const [whole, part] = text.split(",") as [string, string];
    return `“${typed.trim()}” could be two numbers. Type ${whole}${part} or ${whole}.${part}.`;
  }
  const number = Number(text.replace(",", "."));
  return Number.isFinite(number) ? number : "That is more than can be counted. Type fewer figures.";
}
