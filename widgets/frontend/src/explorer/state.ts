// The state of an explorer: what the model holds.
import type { AnyModel } from "@anywidget/types";
import { SharedState } from "../shared_state.ts";
import { STATE_KEYS, type ExplorerTraits, type StateKey } from "./types.ts";

export { same } from "../shared_state.ts";

export class ExplorerState extends SharedState<ExplorerTraits, StateKey> {
  constructor(model: AnyModel<ExplorerTraits>, signal: AbortSignal) {
    super(model, STATE_KEYS, signal);
  }
}
