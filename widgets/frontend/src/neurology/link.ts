// The state in the page's address; only what differs from the start is written.
import { same } from "../shared_state.ts";
import type { StateKey, StateValues } from "./state.ts";
import { MODES, type FindingState, type NeurologyTraits } from "./types.ts";

/** What a link may name. */
export interface NeurologyRules {
  levels: readonly string[];
  zones: readonly string[];
  causes: readonly string[];
  signs: readonly string[];
  priors: readonly string[];
  studies: readonly string[];
  difficulties: readonly number[];
}

type LinkKey = Exclude<StateKey, "answer">;

const KEYS: readonly LinkKey[] = [
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
];
const HIGHEST_SEED = 9_999_999;

type Read = (text: string, rules: NeurologyRules) => unknown;
const oneOf =
  (known: (rules: NeurologyRules) => readonly string[]): Read =>
  (text, rules) =>
    known(rules).includes(text) ? text : undefined;

const READ: Record<LinkKey, Read> = {
  mode: oneOf(() => MODES.map(([id]) => id)),
  level: oneOf(({ levels }) => levels),
  zone: oneOf(({ zones }) => zones),
  side: oneOf(() => ["left", "right"]),
  cause: oneOf(({ causes }) => causes),
  findings: readFindings,
  prior: oneOf(({ priors }) => priors),
  study: oneOf(({ studies }) => studies),
  seed: (text) => (/^\d{1,7}$/.test(text) && Number(text) <= HIGHEST_SEED ? Number(text) : undefined),
  difficulty: (text, { difficulties }) =>
    difficulties.includes(Number(text)) && /^\d$/.test(text) ? Number(text) : undefined,
};

/** What `search` asks for; whatever is unknown, malformed or out of range is left out. */
export function readNeurologyLink(search: string, rules: NeurologyRules): Partial<StateValues> {
  const query = new URLSearchParams(search);
  const state: Record<string, unknown> = {};
  for (const key of KEYS) {
    const text = query.get(key);
    if (text === null || text.length > 2000) continue;
    const value = READ[key](text, rules);
    if (value !== undefined) state[key] = value;
  }
  return state as Partial<StateValues>;
}

/** `search` with what differs from `start`; every other parameter is kept. */
export function writeNeurologyLink(search: string, state: StateValues, start: StateValues): string {
  const query = new URLSearchParams(clearNeurologyLink(search));
  for (const key of KEYS) {
    if (same(state[key], start[key])) continue;
    const value = state[key];
    const text =
      typeof value === "object"
        ? Object.entries(value)
            .map(([sign, found]) => `${sign}:${found}`)
            .join(",")
        : String(value);
    query.set(key, text);
  }
  // What stays readable in an address needs no percent signs.
  const text = query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  return text ? `?${text}` : "";
}

/** `search` without the state. */
export function clearNeurologyLink(search: string): string {
  const query = new URLSearchParams(search);
  for (const key of KEYS) query.delete(key);
  return query.size > 0 ? `?${query}` : "";
}

export function neurologyRules(traits: NeurologyTraits): NeurologyRules {
  const ids = (of: readonly { id: string }[]): string[] => of.map(({ id }) => id);
  return {
    levels: ids(traits.levels),
    zones: ids(traits.zones),
    causes: traits.causes.map(([id]) => id),
    signs: ids(traits.signs),
    priors: ids(traits.ranking.priors),
    studies: ids(traits.ranking.studies),
    difficulties: traits.difficulties.map(([id]) => id),
  };
}

function readFindings(text: string, { signs }: NeurologyRules): unknown {
  const found: Record<string, FindingState> = {};
  for (const each of text === "" ? [] : text.split(",")) {
    const [sign = "", state = "", ...more] = each.split(":");
    const good = signs.includes(sign) && (state === "present" || state === "absent");
    if (!good || more.length > 0) return undefined;
    found[sign] = state;
  }
  return found;
}
