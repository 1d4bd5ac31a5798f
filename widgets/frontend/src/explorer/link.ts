// An explorer's state in the page's address; only what differs from the start is written.
import { VIEW_BUTTONS } from "../scene/names.ts";
import { readSection } from "./section.ts";
import { same } from "./state.ts";
import { MODES, type ExplorerTraits, type StateKey, type StateValues } from "./types.ts";

/** What a link may name. */
export interface ExplorerRules {
  structures: readonly string[];
  segments: readonly string[];
  levels: readonly string[];
  people: readonly string[];
  stature: readonly [number, number];
  layers: number;
}

const KEYS = {
  mode: "mode",
  structure: "structure",
  view: "view",
  peeled: "peel",
  section: "section",
  explode: "explode",
  labels: "labels",
  posture: "posture",
  hidden: "hide",
  isolated: "only",
  slip: "slip",
  disc_height: "disc",
  facet_hypertrophy: "facets",
  flavum_thickening: "flavum",
  sex: "sex",
  stature: "stature",
  levels: "levels",
  segment: "segment",
  seed: "seed",
} as const satisfies Partial<Record<StateKey, string>>;

type LinkKey = keyof typeof KEYS;
type Read = (text: string, rules: ExplorerRules) => unknown;

const share =
  (low: number, high: number): Read =>
  (text) =>
    /^\d(\.\d{1,3})?$/.test(text) && Number(text) >= low && Number(text) <= high
      ? Number(text)
      : undefined;
const whole =
  (low: number, high: number): Read =>
  (text) =>
    /^\d{1,7}$/.test(text) && Number(text) >= low && Number(text) <= high ? Number(text) : undefined;
const oneOf =
  (known: (rules: ExplorerRules) => readonly string[]): Read =>
  (text, rules) =>
    known(rules).includes(text) ? text : undefined;
const names: Read = (text, rules) => {
  const listed = text === "" ? [] : text.split(",");
  return listed.every((each) => rules.structures.includes(each)) ? listed : undefined;
};
const bySegment =
  (low: number, high: number): Read =>
  (text, rules) => {
    const pairs = text === "" ? [] : text.split(",").map((each) => each.split(":"));
    const read = pairs.map(
      ([name = "", amount = ""]) => [name, share(low, high)(amount, rules)] as const,
    );
    const known = read.every(([name, amount]) => rules.segments.includes(name) && amount !== undefined);
    const good = known && pairs.every(({ length }) => length === 2);
    return good ? Object.fromEntries(read) : undefined;
  };

const READ: Record<LinkKey, Read> = {
  mode: oneOf(() => MODES.map(([id]) => id)),
  structure: (text, rules) => (text === "" ? "" : oneOf(({ structures }) => structures)(text, rules)),
  view: oneOf(() => VIEW_BUTTONS.map(([id]) => id)),
  peeled: (text, rules) => whole(0, rules.layers - 1)(text, rules),
  section: (text, { segments }) => (readSection(text, segments) === undefined ? undefined : text),
  explode: share(0, 1),
  labels: (text) => (text === "on" ? true : text === "off" ? false : undefined),
  posture: oneOf(() => ["standing", "supine"]),
  hidden: names,
  isolated: names,
  slip: bySegment(0, 0.5),
  disc_height: bySegment(0.2, 1),
  facet_hypertrophy: share(0, 1),
  flavum_thickening: share(0, 1),
  sex: oneOf(({ people }) => people),
  stature: (text, rules) => whole(...rules.stature)(text, rules),
  levels: (text, { levels }) => {
    const pair = text.split(",");
    const good = pair.length === 2 && pair[0] !== pair[1] && pair.every((each) => levels.includes(each));
    return good ? pair : undefined;
  },
  segment: oneOf(({ segments }) => segments),
  seed: whole(1, 9_999_999),
};

/** What `search` asks for; whatever is unknown, malformed or out of range is left out. */
export function readExplorerLink(search: string, rules: ExplorerRules): Partial<StateValues> {
  const query = new URLSearchParams(search);
  const state: Record<string, unknown> = {};
  for (const [key, name] of Object.entries(KEYS)) {
    const text = query.get(name);
    if (text === null || text.length > 2000) continue;
    const value = READ[key as LinkKey](text, rules);
    if (value !== undefined) state[key] = value;
  }
  return state as Partial<StateValues>;
}

/** `search` with what differs from `start`; every other parameter is kept. */
export function writeExplorerLink(search: string, state: StateValues, start: StateValues): string {
  const query = new URLSearchParams(clearExplorerLink(search));
  for (const [key, name] of Object.entries(KEYS)) {
    const value = state[key as LinkKey];
    if (!same(value, start[key as LinkKey])) query.set(name, write(value));
  }
  // What stays readable in an address needs no percent signs.
  const text = query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  return text ? `?${text}` : "";
}

/** `search` without the state. */
export function clearExplorerLink(search: string): string {
  const query = new URLSearchParams(search);
  for (const name of Object.values(KEYS)) query.delete(name);
  return query.size > 0 ? `?${query}` : "";
}

/** What a link may name, from what the model holds. */
export function linkRules(traits: ExplorerTraits): ExplorerRules {
  const { segments, list } = traits.variants;
  const stature = list.find(({ sets }) => sets === "stature");
  const people = list.find(({ sets }) => sets === "sex")?.options ?? [];
  return {
    structures: [...new Set(traits.structures.flatMap(({ id, part }) => [id, part]))],
    segments: segments.map(({ id }) => id),
    levels: traits.comparison.levels,
    people: people.map(({ id }) => id),
    stature: stature ? [stature.low, stature.high] : [0, 0],
    layers: traits.layers.length,
  };
}

function write(value: StateValues[LinkKey]): string {
  if (typeof value === "boolean") return value ? "on" : "off";
  if (Array.isArray(value)) return value.join(",");
  if (typeof value === "object") {
    return Object.entries(value)
      .map(([name, amount]) => `${name}:${Number(Number(amount).toFixed(3))}`)
      .join(",");
  }
  return typeof value === "number" ? String(Number(value.toFixed(3))) : String(value);
}
