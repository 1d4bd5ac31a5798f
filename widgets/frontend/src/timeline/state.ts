// The state of a timeline: what the model holds, checked; changed at once in the page, told to
// the kernel when the reader has settled.
import type { AnyModel } from "@anywidget/types";
import type { LinkState } from "../page_state.ts";
import { clamp } from "../time_axis.ts";
import type { Row, TimelineTraits } from "./types.ts";

const KEYS = ["day", "approach", "axis_kind", "selected"] as const;
const IDLE_MS = 400;

export class TimelineState {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #unsettled = false;
  #settled: (() => void)[] = [];

  constructor(
    readonly model: AnyModel<TimelineTraits>,
    private readonly signal: AbortSignal,
  ) {
    signal.addEventListener("abort", () => this.settle());
  }

  get horizon_d(): number {
    return this.model.get("axis").horizon_d;
  }

  get day(): number {
    const day = Number(this.model.get("day"));
    return Number.isFinite(day) ? clamp(day, this.horizon_d) : 0;
  }

  get approach(): string {
    const chosen = this.model.get("approach");
    const known = this.model.get("approaches").map(([id]) => id);
    return known.includes(chosen) ? chosen : (known[0] ?? "any");
  }

  get axis_kind(): "readable" | "linear" {
    return this.model.get("axis_kind") === "linear" ? "linear" : "readable";
  }

  /** The row whose origin is open, if any. */
  get selected(): Row | null {
    const id = this.model.get("selected");
    return this.model.get("rows").find((row) => row.id === id) ?? null;
  }

  get link(): LinkState {
    const { day, approach, axis_kind, selected } = this;
    return { day, approach, axis_kind, selected: selected?.id ?? "" };
  }

  /** Change the state in every view of the page; the kernel hears of it when it is settled. */
  set(change: Partial<LinkState>): void {
    for (const key of KEYS) {
      const value = change[key];
      if (value === undefined || value === this.model.get(key)) continue;
      this.#unsettled = true;
      this.model.set(key, value);
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
      this.signal.addEventListener("abort", () => this.model.off(`change:${key}`, changed));
    }
  }
}
