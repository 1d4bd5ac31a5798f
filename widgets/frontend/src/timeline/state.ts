// The state of a timeline: what the model holds, checked; changed at once in the page, told to
// the kernel when the reader has settled.
import type { AnyModel } from "@anywidget/types";
import type { LinkRules, LinkState } from "../page_state.ts";
import { clamp } from "../time_axis.ts";
import { cleanPatient } from "./choices.ts";
import type { Patient, Row, TimelineContent, TimelineTraits } from "./types.ts";

const KEYS = ["day", "patient", "other", "axis_kind", "selected"] as const;
const IDLE_MS = 400;

export class TimelineState {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #unsettled = false;
  #settled: (() => void)[] = [];
  #handlers: [event: string, changed: () => void][] = [];

  constructor(
    readonly model: AnyModel<TimelineTraits>,
    readonly content: TimelineContent,
    signal: AbortSignal,
  ) {
    signal.addEventListener("abort", () => {
      this.settle();
      for (const [event, changed] of this.#handlers) model.off(event, changed);
    });
  }

  get horizon_d(): number {
    return this.content.axis.horizon_d;
  }

  get day(): number {
    const day = Number(this.model.get("day"));
    return Number.isFinite(day) ? clamp(day, this.horizon_d) : 0;
  }

  /** What is stated about the patient. */
  get patient(): Patient {
    return cleanPatient(this.model.get("patient"), this.content.choices);
  }

  /** The second patient, where two are compared. */
  get other(): Patient | null {
    const other = this.model.get("other") ?? null;
    return other === null ? null : cleanPatient(other, this.content.choices);
  }

  /** One patient or two. */
  get patients(): readonly Patient[] {
    const { patient, other } = this;
    return other ? [patient, other] : [patient];
  }

  get axis_kind(): "readable" | "linear" {
    return this.model.get("axis_kind") === "linear" ? "linear" : "readable";
  }

  /** The row whose origin is open, if any. */
  get selected(): Row | null {
    const id = this.model.get("selected");
    return this.content.rows.find((row) => row.id === id) ?? null;
  }

  get link(): LinkState {
    const { day, patient, other, axis_kind, selected } = this;
    return { day, patient, other, axis_kind, selected: selected?.id ?? "" };
  }

  get linkRules(): LinkRules {
    const { choices, rows } = this.content;
    return {
      horizon_d: this.horizon_d,
      choices: Object.fromEntries(
        choices.map(({ id, options }) => [id, options.slice(1).map(([option]) => option)]),
      ),
      rows: rows.map(({ id }) => id),
    };
  }

  /** Change the state in every view of the page; the kernel hears of it when it is settled. */
  set(change: Partial<LinkState>): void {
    for (const key of KEYS) {
      const value = change[key];
      if (value === undefined || JSON.stringify(value) === JSON.stringify(this.model.get(key))) continue;
      this.#unsettled = true;
      this.model.set(key, value as never);
    }
  }

  settle(): void {
    clearTimeout(this.#timer);
    if (!this.#unsettled) return;
    this.#unsettled = false;
    this.model.save_changes();
    for (const settled of this.#settled) settled();
  }

  settleSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.settle(), IDLE_MS);
  }

  onSettled(settled: () => void): void {
    this.#settled.push(settled);
  }

  /** Call `changed` when one of `keys` changes, from here, another view or Python. */
  on(keys: readonly (keyof TimelineTraits)[], changed: () => void): void {
    for (const key of keys) {
      this.model.on(`change:${key}`, changed);
      this.#handlers.push([`change:${key}`, changed]);
    }
  }
}
