// The bars as things that keyboard and pointer can reach: one tab stop for all of them, arrows
// from bar to bar, Enter for the origin. The boxes lie over the picture and show focus,
// selection and where the cursor meets a bar; the pointer goes through them to the picture.
import { h, setAttributes } from "../dom.ts";
import { effectsOf, letterOf } from "./choices.ts";
import type { RowBox } from "./figure.ts";
import type { TimelineState } from "./state.ts";
import { statusOf, whenOf } from "./status.ts";
import type { Row, SpreadAnswer } from "./types.ts";

const HIT_SLACK_PX = 10;
const RING_PX = 4;

export class Bars {
  readonly element = h("div", {
    class: "l3s1-bars",
    role: "group",
    "aria-label": "Bars, from top to bottom. Arrow keys move, Enter opens where a bar comes from.",
  });
  /** Points on the cursor line where it meets a bar that holds now. */
  readonly dots = h("div", { class: "l3s1-dots" });
  readonly #buttons: ReadonlyMap<string, HTMLButtonElement>;
  #boxes: readonly RowBox[] = [];
  #current = "";

  constructor(
    private readonly state: TimelineState,
    private readonly open: (row: Row, opener: HTMLElement) => void,
  ) {
    this.#buttons = new Map(state.content.rows.map((row) => [row.id, this.#button(row)]));
    this.element.addEventListener("keydown", (event) => this.#key(event));
  }

  /** Lay the boxes where the picture has drawn the rows. */
  lay(boxes: readonly RowBox[]): void {
    this.#boxes = boxes;
    const buttons = boxes.flatMap(({ id, top, bottom, left, right }) => {
      const button = this.#buttons.get(id);
      if (!button) return [];
      Object.assign(button.style, {
        top: `${top}px`,
        height: `${bottom - top}px`,
        left: `${left - RING_PX}px`,
        width: `${right - left + 2 * RING_PX}px`,
      });
      return [button];
    });
    const focused = document.activeElement;
    this.element.replaceChildren(...buttons);
    if (focused instanceof HTMLElement && buttons.includes(focused as HTMLButtonElement)) {
      focused.focus({ preventScroll: true });
    }
    if (!boxes.some(({ id }) => id === this.#current)) this.#current = boxes[0]?.id ?? "";
    this.show();
  }

  show(): void {
    const { patients, day, selected, content } = this.state;
    const dots: HTMLElement[] = [];
    for (const row of content.rows) {
      const button = this.#buttons.get(row.id);
      if (!button) continue;
      setAttributes(button, {
        "aria-label": this.#say(row),
        tabindex: row.id === this.#current ? 0 : -1,
        "data-selected": row.id === selected?.id,
      });
      for (const { letter, top, bottom } of this.#boxes.find(({ id }) => id === row.id)?.bars ?? []) {
        if (statusOf(row, patients[letter === "B" ? 1 : 0] ?? {}, day) !== "during") continue;
        const dot = h("i", {});
        dot.style.top = `${(top + bottom) / 2}px`;
        dots.push(dot);
      }
    }
    this.dots.replaceChildren(...dots);
  }

  /** A row in words: when, for each patient where they differ, what the choices change, evidence. */
  #say(row: Row): string {
    const { patients, content } = this.state;
    const whens = patients.map((patient) => whenOf(row, patient));
    const when = new Set(whens).size > 1 ? whens.map((each, at) => `${letterOf(at, 2)} ${each}`) : whens.slice(0, 1);
    const effects = patients.flatMap((patient, at) =>
      effectsOf(row, patient, content.choices).map(({ choice, option_label, kind }) =>
        `${letterOf(at, patients.length)} ${choice.label}, ${option_label}: ${content.kinds[kind].words}.`.trim(),
      ),
    );
    return [`${row.label}: ${when.join("; ")}.`, ...effects, `Evidence: ${row.evidence_label}.`].join(" ");
  }

  /** The single answer of a spread that lies at a point of the picture. */
  answerAt(x: number, y: number): { row: Row; answer: SpreadAnswer } | null {
    for (const { id, answers } of this.#boxes) {
      const hit = answers.find(
        ({ top, bottom, left, right }) =>
          y >= top && y < bottom && x >= left - HIT_SLACK_PX && x <= right + HIT_SLACK_PX,
      );
      const row = hit && this.state.content.rows.find((each) => each.id === id);
      if (hit && row) return { row, answer: hit.answer };
    }
    return null;
  }

  /** The row whose bar, or whose name beside the axis, lies at a point of the picture. */
  rowAt(x: number, y: number, axisLeft: number): Row | null {
    const box = this.#boxes.find(
      ({ top, bottom, left, right }) =>
        y >= top &&
        y < bottom &&
        (x < axisLeft - HIT_SLACK_PX || (x >= left - HIT_SLACK_PX && x <= right + HIT_SLACK_PX)),
    );
    return this.state.content.rows.find(({ id }) => id === box?.id) ?? null;
  }

  button(row: Row): HTMLElement | null {
    return this.#buttons.get(row.id) ?? null;
  }

  #button(row: Row): HTMLButtonElement {
    const button = h("button", { type: "button", class: "l3s1-bar", "data-row": row.id });
    button.addEventListener("click", () => this.open(row, button));
    button.addEventListener("focus", () => {
      this.#current = row.id;
      this.show();
    });
    return button;
  }

  #key(event: KeyboardEvent): void {
    const order = this.#boxes.map(({ id }) => id);
    const place = order.indexOf(this.#current);
    const target = {
      ArrowDown: place + 1,
      ArrowRight: place + 1,
      ArrowUp: place - 1,
      ArrowLeft: place - 1,
      Home: 0,
      End: order.length - 1,
    }[event.key];
    if (event.key === "Enter" || event.key === " ") event.stopPropagation();
    if (target === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.#buttons.get(order[Math.min(Math.max(target, 0), order.length - 1)] ?? "")?.focus();
  }
}
