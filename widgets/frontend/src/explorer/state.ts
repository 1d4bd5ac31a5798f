// The state of an explorer: what the model holds; changed at once in the page, told to the kernel
// when the reader has settled.
import type { AnyModel } from "@anywidget/types";
import { STATE_KEYS, type ExplorerTraits, type StateKey, type StateValues } from "./types.ts";

const IDLE_MS = 400;

export class ExplorerState {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #unsettled = false;
  readonly #settled: (() => void)[] = [];
  readonly #changed: (() => void)[] = [];

  constructor(
    readonly model: AnyModel<ExplorerTraits>,
    signal: AbortSignal,
  ) {
    const changed = (): void => {
      for (const each of this.#changed) each();
    };
    for (const key of STATE_KEYS) model.on(`change:${key}`, changed);
    signal.addEventListener("abort", () => {
      this.settle();
      for (const key of STATE_KEYS) model.off(`change:${key}`, changed);
    });
  }

  get<K extends StateKey>(key: K): StateValues[K] {
    return this.model.get(key);
  }

  get values(): StateValues {
    return Object.fromEntries(STATE_KEYS.map((key) => [key, this.model.get(key)])) as StateValues;
  }

  /** Change the state in every view of the page; the kernel hears of it when it is settled. */
  set(change: Partial<StateValues>): void {
    for (const key of STATE_KEYS) {
      const value = change[key];
      if (value === undefined || same(value, this.model.get(key))) continue;
      this.#unsettled = true;
      this.model.set(key, value as ExplorerTraits[StateKey]);
    }
  }

  /** Change the state and tell the kernel: for what is chosen, not dragged. */
  choose(change: Partial<StateValues>): void {
    this.set(change);
    this.settle();
  }

  settle(): void {
    clearTimeout(this.#timer);
    if (!this.#unsettled) return;
    this.#unsettled = false;
    this.model.save_changes();
    for (const each of this.#settled) each();
  }

  settleSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.settle(), IDLE_MS);
  }

  onSettled(settled: () => void): void {
    this.#settled.push(settled);
  }

  /** Call `changed` whenever something changes, from here, another view or Python. */
  onChange(changed: () => void): void {
    this.#changed.push(changed);
  }
}

/** Whether two JSON values are equal, the order of an object's keys aside. */
export function same(one: unknown, other: unknown): boolean {
  return one === other || canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    each !== null && typeof each === "object" && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
