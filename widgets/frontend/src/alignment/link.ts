// A workbench's state in the page's address; only what differs from the start is written.
import { same } from "../shared_state.ts";
import { ANGLES } from "./angles.ts";
import { segmentLimits } from "./model.ts";
import { SEGMENTS, type Body, type Norms, type StateKey, type StateValues } from "./types.ts";

/** `points` is what a student clicked: too much for an address, and nothing to be handed on. */
const KEYS = {
  mode: "mode",
  incidence: "pi",
  tilt: "pt",
  segments: "segments",
  posture: "posture",
  age: "age",
  global_tilt: "gt",
  sva: "sva",
  cages: "cages",
  pelvis: "pelvis",
  seed: "film",
  hidden: "hide",
} as const satisfies Partial<Record<StateKey, string>>;

type LinkKey = keyof typeof KEYS;
type Read = (text: string, body: Body, norms: Norms) => unknown;

const inRange = (text: string, low: number, high: number): number | undefined =>
  /^-?\d{1,3}(\.\d{1,2})?$/.test(text) && Number(text) >= low && Number(text) <= high
    ? Number(text)
    : undefined;
const range =
  (name: keyof Norms["ranges"]): Read =>
  (text, _body, { ranges }) =>
    inRange(text, ranges[name].low, ranges[name].high);
const oneOf =
  (...known: readonly string[]): Read =>
  (text) =>
    known.includes(text) ? text : undefined;
const known = (read: Read): Read => (text, body, norms) =>
  text === "none" ? null : read(text, body, norms);

const READ: Record<LinkKey, Read> = {
  mode: oneOf("explore", "plan", "measure"),
  incidence: range("incidence"),
  tilt: range("tilt"),
  segments: (text, body) => {
    const limits = segmentLimits(body);
    const angles = text.split(",").map((each, place) => inRange(each, ...(limits[place] ?? [1, 0])));
    return angles.length === limits.length && !angles.includes(undefined) ? angles : undefined;
  },
  posture: oneOf("standing", "supine"),
  age: range("age"),
  global_tilt: known(range("global_tilt")),
  sva: known(range("sva")),
  cages: (text, _body, { ranges: { cage } }) => {
    const pairs = text === "" ? [] : text.split(",").map((each) => each.split(":"));
    const read = pairs.map(([name = "", angle = ""]) => [name, inRange(angle, cage.low, cage.high)]);
    const good = read.every(
      ([name, angle]) => SEGMENTS.includes(name as never) && angle !== undefined,
    );
    return good && pairs.every(({ length }) => length === 2) ? Object.fromEntries(read) : undefined;
  },
  pelvis: oneOf("follows", "stays"),
  seed: (text) => (/^[1-9]\d{0,6}$/.test(text) ? Number(text) : undefined),
  hidden: (text) => {
    const listed = text === "" ? [] : text.split(",");
    return listed.every((each) => ANGLES.includes(each as never)) ? listed : undefined;
  },
};

/** What `search` asks for; whatever is unknown, malformed or out of range is left out. */
export function readWorkbenchLink(search: string, body: Body, norms: Norms): Partial<StateValues> {
  const query = new URLSearchParams(search);
  const state: Record<string, unknown> = {};
  for (const [key, name] of Object.entries(KEYS)) {
    const text = query.get(name);
    if (text === null || text.length > 200) continue;
    const value = READ[key as LinkKey](text, body, norms);
    if (value !== undefined) state[key] = value;
  }
  return state as Partial<StateValues>;
}

/** `search` with what differs from `start`; every other parameter is kept. */
export function writeWorkbenchLink(search: string, state: StateValues, start: StateValues): string {
  const query = new URLSearchParams(clearWorkbenchLink(search));
  for (const [key, name] of Object.entries(KEYS)) {
    const value = state[key as LinkKey];
    if (!same(value, start[key as LinkKey])) query.set(name, write(value));
  }
  // What stays readable in an address needs no percent signs.
  const text = query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  return text ? `?${text}` : "";
}

/** `search` without the state. */
export function clearWorkbenchLink(search: string): string {
  const query = new URLSearchParams(search);
  for (const name of Object.values(KEYS)) query.delete(name);
  return query.size > 0 ? `?${query}` : "";
}

const number = (value: number): string => String(Number(value.toFixed(2)));

function write(value: StateValues[LinkKey]): string {
  if (value === null) return "none";
  if (typeof value === "number") return number(value);
  if (typeof value === "string") return value;
  if (Array.isArray(value)) {
    return value.map((each: number | string) => (typeof each === "number" ? number(each) : each)).join(",");
  }
  return Object.entries(value)
    .map(([name, angle]) => `${name}:${number(angle as number)}`)
    .join(",");
}
