// The bars as things that keyboard and pointer can reach: one tab stop for all of them, arrows
// from bar to bar, Enter for the origin. The boxes lie over the picture and show focus,
// selection and where the cursor meets a bar; the pointer goes through them to the picture.
import { h, setAttributes } from "../dom.ts";
import type { RowBox } from "./figure.ts";
import type { TimelineState } from "./state.ts";
import { forApproach, statusOf } from "./status.ts";
import type { Row } from "./types.ts";

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
    this.#buttons = new Map(state.model.get("rows").map((row) => [row.id, this.#button(row)]));
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
    const { approach, day, selected, model } = this.state;
    const dots: HTMLElement[] = [];
    for (const row of model.get("rows")) {
      const button = this.#buttons.get(row.id);
      if (!button) continue;
      const status = statusOf(row, approach, day);
      const when = forApproach(row.when, approach) ?? "";
      setAttributes(button, {
        "aria-label": `${row.label}: ${when}. Evidence: ${row.evidence_label}.`,
        tabindex: row.id === this.#current ? 0 : -1,
        "data-selected": row.id === selected?.id,
      });
      const box = this.#boxes.find(({ id }) => id === row.id);
      if (status === "during" && box) {
        const dot = h("i", {});
        dot.style.top = `${(box.top + box.bottom) / 2}px`;
        dots.push(dot);
      }
    }
    this.dots.replaceChildren(...dots);
  }

  /** The row whose bar, or whose name beside the axis, lies at a point of the picture. */
  rowAt(x: number, y: number, axisLeft: number): Row | null {
    const box = this.#boxes.find(
      ({ top, bottom, left, right }) =>
        y >= top &&
        y < bottom &&
        (x < axisLeft - HIT_SLACK_PX || (x >= left - HIT_SLACK_PX && x <= right + HIT_SLACK_PX)),
    );
    return this.state.model.get("rows").find(({ id }) => id === box?.id) ?? null;
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
