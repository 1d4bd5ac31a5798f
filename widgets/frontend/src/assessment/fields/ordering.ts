// Entries to be put in order: buttons move them up and down, a handle drags them.
import { Announcer, h, setText } from "../../dom.ts";
import { disordered } from "../order.ts";
import type { Choice, OrderingItem, Response } from "../types.ts";
import { explainRows, type Explanation, type Field, type Missing, type Row } from "./field.ts";

interface Entry {
  choice: Choice;
  element: HTMLLIElement;
  place: HTMLElement;
  up: HTMLButtonElement;
  down: HTMLButtonElement;
}

export class OrderingField implements Field {
  readonly element: HTMLElement;
  readonly #list = h("ol", { class: "l3s1-ordering" });
  readonly #announcer: Announcer;
  readonly #start: readonly Entry[];
  #entries: Entry[];
  #moved = false;
  #disabled = false;

  constructor(
    private readonly item: OrderingItem,
    seed: number | null,
    removed: AbortSignal,
  ) {
    this.#announcer = new Announcer(removed, 200);
    this.#start = disordered(item.entries, seed ?? 1, item.id).map((choice) => this.#entry(choice));
    this.#entries = [...this.#start];
    this.element = h("div", { class: "l3s1-ordering-field" }, this.#list, this.#announcer.element);
    this.#draw();
  }

  read(): Response | Missing {
    if (this.#moved) return this.#entries.map(({ choice }) => choice.id);
    return { missing: "Put the entries in order first, the first one on top.", where: this.#free() };
  }

  show(response: Response | null): void {
    const ids = Array.isArray(response) ? (response as readonly string[]) : [];
    this.#moved = ids.length > 0;
    const found = ids.flatMap((id) => this.#start.filter(({ choice }) => choice.id === id));
    this.#entries = found.length === this.#start.length ? found : [...this.#start];
    this.#draw();
  }

  set disabled(disabled: boolean) {
    this.#disabled = disabled;
    this.element.classList.toggle("l3s1-still", disabled);
    this.#draw();
  }

  focus(): void {
    this.#free()?.focus();
  }

  explain(response: Response): Explanation {
    const given = response as readonly string[];
    const { entries } = this.item;
    const rows = entries.map(({ id, text, feedback }, place): Row => {
      const at = given.indexOf(id);
      const right = at === place;
      const says = right ? "in its place" : `you put it at ${at + 1}`;
      return { text: `${place + 1}. ${text}`, feedback, verdict: right ? "right" : "wrong", says };
    });
    const right = rows.filter(({ verdict }) => verdict === "right").length;
    return {
      given: `${right} of ${rows.length} stand in their place. The right order:`,
      feedback: [explainRows(rows)],
      rest: null,
    };
  }

  #free(): HTMLElement | null {
    const [first] = this.#entries;
    return first ? first.down : null;
  }

  #entry(choice: Choice): Entry {
    const button = (label: string, sign: string): HTMLButtonElement =>
      h(
        "button",
        { type: "button", class: "l3s1-button l3s1-move", "aria-label": `${label}: ${choice.text}` },
        h("span", { "aria-hidden": "true" }, sign),
      );
    const up = button("Move up", "↑");
    const down = button("Move down", "↓");
    const place = h("span", { class: "l3s1-ordering-place" });
    const handle = h("span", { class: "l3s1-handle", "aria-hidden": "true" }, "⠿");
    const text = h("span", { class: "l3s1-ordering-text" }, choice.text);
    const element = h("li", { class: "l3s1-ordering-entry" }, handle, place, text, up, down);
    const entry = { choice, element, place, up, down };
    up.addEventListener("click", () => this.#step(entry, -1));
    down.addEventListener("click", () => this.#step(entry, 1));
    handle.addEventListener("pointerdown", (event) => this.#drag(entry, handle, event));
    return entry;
  }

  #step(entry: Entry, by: 1 | -1): void {
    this.#move(entry, this.#entries.indexOf(entry) + by);
    // A button at its end is disabled: focus goes to the other one, not away.
    const [used, other] = by === 1 ? [entry.down, entry.up] : [entry.up, entry.down];
    (used.disabled ? other : used).focus();
    const at = this.#entries.indexOf(entry) + 1;
    this.#announcer.say(`${entry.choice.text}: now ${at} of ${this.#entries.length}`);
  }

  #move(entry: Entry, to: number): void {
    const from = this.#entries.indexOf(entry);
    if (this.#disabled || to < 0 || to >= this.#entries.length || to === from) return;
    this.#entries.splice(from, 1);
    this.#entries.splice(to, 0, entry);
    this.#moved = true;
    this.#draw();
    this.element.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** Follow the pointer until it is let go: the entry takes the place that it is over. */
  #drag(entry: Entry, handle: HTMLElement, event: PointerEvent): void {
    if (this.#disabled || event.button !== 0) return;
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    entry.element.classList.add("l3s1-dragged");
    const ended = new AbortController();
    const over = ({ clientY }: PointerEvent): void => {
      const middles = this.#entries
        .filter((each) => each !== entry)
        .map(({ element }) => element.getBoundingClientRect())
        .map(({ top, height }) => top + height / 2);
      this.#move(entry, middles.filter((middle) => middle < clientY).length);
    };
    const end = (): void => {
      ended.abort();
      entry.element.classList.remove("l3s1-dragged");
      const at = this.#entries.indexOf(entry) + 1;
      this.#announcer.say(`${entry.choice.text}: now ${at} of ${this.#entries.length}`);
    };
    handle.addEventListener("pointermove", over, { signal: ended.signal });
    handle.addEventListener("pointerup", end, { signal: ended.signal });
    handle.addEventListener("pointercancel", end, { signal: ended.signal });
  }

  /** Put what is out of place in its place: elements that may stay are not touched, nor their focus. */
  #draw(): void {
    const last = this.#entries.length - 1;
    this.#entries.forEach((entry, at) => {
      setText(entry.place, `${at + 1}.`);
      entry.up.disabled = this.#disabled || at === 0;
      entry.down.disabled = this.#disabled || at === last;
      if (this.#list.children[at] !== entry.element) {
        this.#list.insertBefore(entry.element, this.#list.children[at] ?? null);
      }
    });
  }
}
