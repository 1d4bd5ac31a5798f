// The state of the bending spine as a link writes it: what differs from the start.
import { STATE_KEYS, type SpineData, type StateValues } from "./types.ts";

type Texts = Readonly<Record<string, string>>;

function write(value: string | number | boolean): string {
  if (typeof value === "boolean") return value ? "on" : "off";
  return typeof value === "number" ? String(Number(value.toPrecision(10))) : value;
}

export function writeState(state: StateValues, start: StateValues): Record<string, string> {
  return Object.fromEntries(
    STATE_KEYS.filter((key) => state[key] !== start[key]).map((key) => [key, write(state[key])]),
  );
}

/** What a link asks for; what is unknown or can't be is left out. */
export function readState(asked: Texts, data: SpineData): Partial<StateValues> {
  const [back, ahead] = data.limits;
  const known: Record<string, readonly string[]> = {
    construct: data.constructs.map(({ id }) => id),
    protocol: data.protocols.map(([id]) => id),
    selected: ["", ...Object.keys(data.evidence)],
  };
  const read = (key: keyof StateValues, text: string): StateValues[keyof StateValues] | undefined => {
    if (key === "bend") {
      const bend = text.trim() === "" ? NaN : Number(text);
      return bend >= -back && bend <= ahead ? bend : undefined;
    }
    const names = known[key];
    if (names) return names.includes(text) ? text : undefined;
    return text === "on" || text === "off" ? text === "on" : undefined;
  };
  const found = STATE_KEYS.map((key) => [key, asked[key] === undefined ? undefined : read(key, asked[key])] as const);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined));
}
