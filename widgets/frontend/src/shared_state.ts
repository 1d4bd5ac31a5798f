// A state that a widget model holds: changed at once in every view of the page, told to the kernel when
// the reader has settled.
import type { AnyModel } from "@anywidget/types";

const IDLE_MS = 400;

export class SharedState<T extends object, K extends keyof T & string> {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #unsettled = false;
  readonly #settled: (() => void)[] = [];
  readonly #changed: (() => void)[] = [];

  constructor(
    readonly model: AnyModel<T>,
    private readonly keys: readonly K[],
    signal: AbortSignal,
  ) {
    const changed = (): void => {
      for (const each of this.#changed) each();
    };
    for (const key of keys) model.on(`change:${key}`, changed);
    signal.addEventListener("abort", () => {
      this.settle();
      for (const key of keys) model.off(`change:${key}`, changed);
    });
  }

  get<Key extends K>(key: Key): T[Key] {
    return this.model.get(key);
  }

  get values(): Pick<T, K> {
    return Object.fromEntries(this.keys.map((key) => [key, this.model.get(key)])) as Pick<T, K>;
  }

  /** Change the state in every view of the page; the kernel hears of it when it is settled. */
  set(change: Partial<Pick<T, K>>): void {
    for (const key of this.keys) {
      const value = change[key];
      if (value === undefined || same(value, this.model.get(key))) continue;
      this.#unsettled = true;
      this.model.set(key, value as T[K]);
    }
  }

  /** Change the state and tell the kernel: for what is chosen, not dragged. */
  choose(change: Partial<Pick<T, K>>): void {
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

/** JSON in which the order of keys has no part. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    each !== null && typeof each === "object" && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
