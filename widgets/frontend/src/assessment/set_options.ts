// What a student may choose of a set of questions: certainty, order, clock. The first two are
// remembered in the browser; an order is restored by its number, also from the page's address.
import { h, setAttributes, setText, uniqueId } from "../dom.ts";
import { CountdownField } from "./clock.ts";
import { explainMarks } from "./certainty.ts";
import { MOST_SEED, newSeed } from "./order.ts";

const KEY = "l3s1.quiz";
export const ORDER_PARAMETER = "order";

interface Remembered {
  certainty: boolean;
  shuffle: boolean;
}

export interface OptionEvents {
  certainty(asked: boolean): void;
  /** null: as written. */
  order(seed: number | null): void;
}

export class SetOptions {
  readonly element: HTMLElement;
  readonly clock: CountdownField;
  readonly #summary = h("summary", {}, "Options: certainty, order, clock");
  readonly #certainty: HTMLInputElement;
  readonly #shuffle: HTMLInputElement;
  readonly #seedInput: HTMLInputElement;
  readonly #seedRow: HTMLElement;
  readonly #hint = h("p", { class: "l3s1-question-hint", role: "alert" });
  #seed: number;

  constructor(
    questions: number,
    private readonly events: OptionEvents,
    removed: AbortSignal,
  ) {
    const { certainty, shuffle } = remembered();
    const linked = linkedSeed();
    this.#seed = linked ?? newSeed();
    this.clock = new CountdownField(questions, removed, () => this.#summary.focus({ preventScroll: true }));
    this.#certainty = h("input", { type: "checkbox" });
    this.#certainty.checked = certainty;
    this.#shuffle = h("input", { type: "checkbox" });
    this.#shuffle.checked = shuffle || linked !== null;
    this.#certainty.addEventListener("change", () => {
      this.#remember();
      events.certainty(this.certainty);
    });
    this.#shuffle.addEventListener("change", () => {
      this.#remember();
      this.#ordered();
    });
    const id = uniqueId("seed");
    this.#seedInput = h("input", { id, type: "text", inputmode: "numeric", class: "l3s1-number l3s1-seed" });
    this.#seedInput.addEventListener("change", () => this.#typed());
    const other = h("button", { type: "button", class: "l3s1-button" }, "New order");
    other.addEventListener("click", () => this.renew());
    this.#seedRow = h(
      "div",
      { class: "l3s1-actions" },
      h("label", { for: id }, "Order number"),
      this.#seedInput,
      other,
      this.#hint,
    );
    const box = (input: HTMLInputElement, text: string): HTMLElement =>
      h("label", { class: "l3s1-option" }, input, h("span", {}, text));
    this.element = h(
      "details",
      { class: "l3s1-set-options" },
      this.#summary,
      h(
        "div",
        { class: "l3s1-set-options-body" },
        box(this.#certainty, "Ask how sure I am of each answer"),
        explainMarks(),
        box(this.#shuffle, "Shuffle questions and choices (numbers stay in order)"),
        this.#seedRow,
        this.clock.element,
      ),
    );
    // JupyterLab has shortcuts for letters and arrows.
    this.element.addEventListener("keydown", (event) => event.stopPropagation());
    this.#draw();
  }

  get certainty(): boolean {
    return this.#certainty.checked;
  }

  get seed(): number | null {
    return this.#shuffle.checked ? this.#seed : null;
  }

  /** Another order, where questions are shuffled. */
  renew(): void {
    if (!this.#shuffle.checked) return;
    this.#seed = newSeed();
    this.#ordered();
  }

  #typed(): void {
    const text = this.#seedInput.value.trim();
    const fits = /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= MOST_SEED;
    setText(this.#hint, fits ? "" : `Type a whole number from 1 to ${MOST_SEED}.`);
    setAttributes(this.#seedInput, { "aria-invalid": !fits && "true" });
    if (!fits) return;
    this.#seed = Number(text);
    this.#ordered();
  }

  #ordered(): void {
    this.#draw();
    writeSeed(this.seed);
    this.events.order(this.seed);
  }

  #draw(): void {
    this.#seedRow.hidden = !this.#shuffle.checked;
    this.#seedInput.value = String(this.#seed);
    this.#seedInput.removeAttribute("aria-invalid");
    setText(this.#hint, "");
  }

  #remember(): void {
    const chosen: Remembered = { certainty: this.certainty, shuffle: this.#shuffle.checked };
    try {
      localStorage.setItem(KEY, JSON.stringify(chosen));
    } catch {
      // A browser that keeps nothing: it holds while the page is open.
    }
  }
}

function remembered(): Remembered {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Remembered> | null;
    return { certainty: kept?.certainty !== false, shuffle: kept?.shuffle === true };
  } catch {
    return { certainty: true, shuffle: false };
  }
}

/** The order that the address asks for. */
function linkedSeed(): number | null {
  const text = new URLSearchParams(location.search).get(ORDER_PARAMETER) ?? "";
  return /^[1-9]\d{0,6}$/.test(text) ? Number(text) : null;
}

/** Keep the order in the address of a page of the course, so that a link restores it. */
function writeSeed(seed: number | null): void {
  if (!document.body.hasAttribute("data-voila")) return;
  const query = new URLSearchParams(location.search);
  if (seed === null) query.delete(ORDER_PARAMETER);
  else query.set(ORDER_PARAMETER, String(seed));
  const search = query.size > 0 ? `?${query}` : "";
  history.replaceState(history.state, "", `${location.pathname}${search}${location.hash}`);
}
