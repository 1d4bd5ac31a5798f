// The state of a view: what the model holds; changed at once in the page, told to the kernel when
// it is chosen.
import type { AnyModel } from "@anywidget/types";
import { same } from "../explorer/state.ts";
import type { NeurologyTraits } from "./types.ts";

export const STATE_KEYS = [
  "mode",
  "level",
  "zone",
  "side",
  "cause",
  "findings",
  "prior",
  "study",
  "seed",
  "difficulty",
  "answer",
] as const satisfies readonly (keyof NeurologyTraits)[];

/** What Python sets in answer to the state. */
const ANSWERED = ["patient", "feedback"] as const satisfies readonly (keyof NeurologyTraits)[];

export type StateKey = (typeof STATE_KEYS)[number];
export type StateValues = Pick<NeurologyTraits, StateKey>;
type Heard = StateKey | (typeof ANSWERED)[number];

export class NeurologyState {
  readonly #changed: (() => void)[] = [];
  readonly #settled: (() => void)[] = [];

  constructor(
    readonly model: AnyModel<NeurologyTraits>,
    signal: AbortSignal,
  ) {
    const changed = (): void => {
      for (const each of this.#changed) each();
    };
    const heard: readonly Heard[] = [...STATE_KEYS, ...ANSWERED];
    for (const key of heard) model.on(`change:${key}`, changed);
    signal.addEventListener("abort", () => {
      for (const key of heard) model.off(`change:${key}`, changed);
    });
  }

  get<K extends keyof NeurologyTraits>(key: K): NeurologyTraits[K] {
    return this.model.get(key);
  }

  get values(): StateValues {
    return valuesOf(this.model);
  }

  /** Change the state here and in the kernel. */
  choose(change: Partial<StateValues>): void {
    let any = false;
    for (const key of STATE_KEYS) {
      if (!(key in change) || same(change[key], this.model.get(key))) continue;
      any = true;
      this.model.set(key, change[key] as NeurologyTraits[StateKey]);
    }
    if (!any) return;
    this.model.save_changes();
    for (const each of this.#settled) each();
  }

  onSettled(settled: () => void): void {
    this.#settled.push(settled);
  }

  /** Call `changed` whenever something changes, from here, another view or Python. */
  onChange(changed: () => void): void {
    this.#changed.push(changed);
  }
}

export function valuesOf(model: AnyModel<NeurologyTraits>): StateValues {
  return Object.fromEntries(STATE_KEYS.map((key) => [key, model.get(key)])) as StateValues;
}
