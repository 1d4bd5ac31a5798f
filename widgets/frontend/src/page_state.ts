// The state of a timeline in the page's address: read, validated, written without losing others.
import type { AxisKind } from "./time_axis.ts";

export type Options = Readonly<Record<string, string>>;

export interface LinkState {
  day: number;
  /** What is stated about the patient, and about a second one: option by choice. */
  patient: Options;
  other: Options | null;
  axis_kind: AxisKind;
  selected: string;
}

export interface LinkRules {
  horizon_d: number;
  /** The options that a link may ask for, by choice. */
  choices: Readonly<Record<string, readonly string[]>>;
  rows: readonly string[];
}

const DAY = "day";
const AXIS = "axis_kind";
const SELECTED = "selected";
const COMPARE = "compare";
const SECOND = "with.";

/** What `search` asks for; whatever is unknown, malformed or out of range is left out. */
export function readLink(search: string, rules: LinkRules): Partial<LinkState> {
  const query = new URLSearchParams(search);
  const state: Partial<LinkState> = {};
  const day = query.get(DAY) ?? "";
  if (/^\d{1,5}(\.\d{1,4})?$/.test(day) && Number(day) <= rules.horizon_d) state.day = Number(day);
  const axis = query.get(AXIS);
  if (axis === "readable" || axis === "linear") state.axis_kind = axis;
  const selected = query.get(SELECTED);
  if (selected !== null && rules.rows.includes(selected)) state.selected = selected;
  const patient = readPatient(query, "", rules);
  const compared = query.get(COMPARE) === "1";
  // A link that names any of it says all that there is to know about the patients.
  if (state.day !== undefined || compared || Object.keys(patient).length > 0) {
    state.patient = patient;
    state.other = compared ? readPatient(query, SECOND, rules) : null;
  }
  return state;
}

function readPatient(query: URLSearchParams, prefix: string, { choices }: LinkRules): Options {
  const asked = Object.entries(choices).flatMap(([choice, options]) => {
    const option = query.get(`${prefix}${choice}`);
    return option !== null && options.includes(option) ? [[choice, option] as const] : [];
  });
  return Object.fromEntries(asked);
}

/** `search` with the whole `state` in it; every other parameter is kept. */
export function writeLink(search: string, state: LinkState, choices: readonly string[]): string {
  const query = new URLSearchParams(clearLink(search, choices));
  query.set(DAY, String(Number(state.day.toFixed(4))));
  for (const [choice, option] of Object.entries(state.patient)) query.set(choice, option);
  if (state.other) {
    query.set(COMPARE, "1");
    for (const [choice, option] of Object.entries(state.other)) query.set(`${SECOND}${choice}`, option);
  }
  query.set(AXIS, state.axis_kind);
  if (state.selected) query.set(SELECTED, state.selected);
  return `?${query}`;
}

/** `search` without the state. */
export function clearLink(search: string, choices: readonly string[]): string {
  const query = new URLSearchParams(search);
  for (const key of [DAY, AXIS, SELECTED, COMPARE]) query.delete(key);
  for (const choice of choices) {
    query.delete(choice);
    query.delete(`${SECOND}${choice}`);
  }
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
