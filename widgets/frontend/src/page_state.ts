// The state of a view in the page's address: read, validated, written without losing others.
import type { AxisKind } from "./time_axis.ts";

export interface LinkState {
  day: number;
  approach: string;
  axis_kind: AxisKind;
  selected: string;
}

export interface LinkRules {
  horizon_d: number;
  approaches: readonly string[];
  rows: readonly string[];
}

const KEYS = { day: "day", approach: "approach", axis_kind: "axis", selected: "show" } as const;

/** What `search` asks for; whatever is unknown, malformed or out of range is left out. */
export function readLink(search: string, rules: LinkRules): Partial<LinkState> {
  const query = new URLSearchParams(search);
  const state: Partial<LinkState> = {};
  const day = query.get(KEYS.day) ?? "";
  if (/^\d{1,5}(\.\d{1,4})?$/.test(day) && Number(day) <= rules.horizon_d) state.day = Number(day);
  const approach = query.get(KEYS.approach);
  if (approach !== null && rules.approaches.includes(approach)) state.approach = approach;
  const axis = query.get(KEYS.axis_kind);
  if (axis === "readable" || axis === "linear") state.axis_kind = axis;
  const selected = query.get(KEYS.selected);
  if (selected !== null && rules.rows.includes(selected)) state.selected = selected;
  return state;
}

/** `search` with the whole `state` in it; every other parameter is kept. */
export function writeLink(search: string, state: LinkState): string {
  const query = new URLSearchParams(search);
  query.set(KEYS.day, String(Number(state.day.toFixed(4))));
  query.set(KEYS.approach, state.approach);
  query.set(KEYS.axis_kind, state.axis_kind);
  if (state.selected) query.set(KEYS.selected, state.selected);
  else query.delete(KEYS.selected);
  return `?${query}`;
}

/** `search` without the state. */
export function clearLink(search: string): string {
  const query = new URLSearchParams(search);
  for (const key of Object.values(KEYS)) query.delete(key);
  return query.size > 0 ? `?${query}` : "";
}

const OWNER = Symbol.for("l3s1.link-owner");
type Registry = { [OWNER]?: object };

/** Claim the address for `view`; false where another view of the page already writes it. */
export function claimLink(view: object, signal: AbortSignal): boolean {
  const page = globalThis as Registry;
  if (page[OWNER] !== undefined) return page[OWNER] === view;
  page[OWNER] = view;
  signal.addEventListener("abort", () => {
    if (page[OWNER] === view) delete page[OWNER];
  });
  return true;
}
