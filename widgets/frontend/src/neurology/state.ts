// The state of a view, and what Python answers to it.
import type { AnyModel } from "@anywidget/types";
import { SharedState } from "../shared_state.ts";
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

export class NeurologyState extends SharedState<NeurologyTraits, Heard> {
  constructor(model: AnyModel<NeurologyTraits>, signal: AbortSignal) {
    super(model, [...STATE_KEYS, ...ANSWERED], signal);
  }
}

export function valuesOf(model: AnyModel<NeurologyTraits>): StateValues {
  return Object.fromEntries(STATE_KEYS.map((key) => [key, model.get(key)])) as StateValues;
}
