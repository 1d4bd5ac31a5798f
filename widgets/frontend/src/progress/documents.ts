// Progress as text: written, and read with every part checked. What is wrong is named and left out;
// whoever reads decides whether the rest may be used.
import { emptyProgress, emptyRecord, VERSION } from "./types.ts";
import type { Attempt, CaseRun, CaseStep, Certainty, ItemRecord, Profile, Progress } from "./types.ts";

export type Found =
  | { kind: "read"; progress: Progress; problems: string[] }
  | { kind: "newer"; version: number }
  | { kind: "damaged"; why: string };

/** Brings the form of a version to that of the next. */
export type Migration = (old: Fields) => Fields;
type Fields = Readonly<Record<string, unknown>>;

/** By the version that it starts from. Version 1 is the first that was ever kept. */
export const MIGRATIONS: Readonly<Record<number, Migration>> = {};

const LONGEST = 12_000_000; // more than a browser keeps for a site
const DEEPEST = 24;

export function writeDocument(progress: Progress, indent = 0): string {
  return JSON.stringify(progress, null, indent);
}

/** `owner` stands in where the document doesn't say whose it is. */
export function readDocument(
  text: string,
  owner: Profile,
  migrations: Readonly<Record<number, Migration>> = MIGRATIONS,
): Found {
  const problems: string[] = [];
  const parsed = parse(text, problems);
  if (typeof parsed === "string") return { kind: "damaged", why: parsed };
  const { version } = parsed;
  if (typeof version !== "number" || !Number.isInteger(version)) {
    return { kind: "damaged", why: "it names no version, so it is no progress of this course" };
  }
  if (version > VERSION) return { kind: "newer", version };
  const current = migrate(parsed, version, migrations);
  if (!current) return { kind: "damaged", why: `its version, ${version}, is not known` };
  return { kind: "read", progress: readProgress(current, owner, problems), problems };
}

function parse(text: string, problems: string[]): Fields | string {
  if (text.length > LONGEST) return "it is too large to be progress of this course";
  try {
    const value: unknown = JSON.parse(text, (key, each: unknown) => {
      if (key !== "__proto__") return each;
      problems.push("an entry named __proto__ was left out");
      return undefined;
    });
    if (!isFields(value)) return "it holds no record";
    return isDeep(value, DEEPEST) ? "it is nested too deeply" : value;
  } catch {
    return "it can’t be read as JSON: it is cut off or was changed";
  }
}

function isDeep(value: unknown, left: number): boolean {
  if (value === null || typeof value !== "object") return false;
  return left === 0 || Object.values(value).some((each) => isDeep(each, left - 1));
}

function migrate(old: Fields, version: number, migrations: Readonly<Record<number, Migration>>): Fields | null {
  let fields = old;
  for (let at = version; at < VERSION; at += 1) {
    const step = Object.hasOwn(migrations, at) ? migrations[at] : undefined;
    if (!step) return null;
    try {
      fields = { ...step(fields), version: at + 1 };
    } catch {
      return null;
    }
  }
  return fields;
}

function readProgress(fields: Fields, owner: Profile, problems: string[]): Progress {
  const { profile, items, lessons, cases, ...more } = fields;
  const empty = emptyProgress(readProfile(profile) ?? owner);
  if (!readProfile(profile)) problems.push("profile: has no id, name or time");
  return {
    ...more,
    ...empty,
    items: readRecord(items, "items", problems, readItem),
    lessons: readRecord(lessons, "lessons", problems, readOpened),
    cases: readRecord(cases, "cases", problems, (runs, where) =>
      readList(runs, where, problems, readRun).sort(byTime),
    ),
  };
}

/** A profile, or null where it is none. */
export function readProfile(value: unknown): Profile | null {
  if (!isFields(value)) return null;
  const { id, name, created } = value;
  const since = readTime(created);
  if (!isId(id) || typeof name !== "string" || name === "" || since === null) return null;
  return { ...value, id, name, created: since };
}

type Reader<T> = (value: unknown, where: string, problems: string[]) => T | null;

function readRecord<T>(value: unknown, where: string, problems: string[], read: Reader<T>): Record<string, T> {
  const record = emptyRecord<T>();
  if (!isFields(value)) {
    problems.push(`${where}: is missing`);
    return record;
  }
  for (const [id, each] of Object.entries(value)) {
    const found = isId(id) ? read(each, `${where} → ${id}`, problems) : null;
    if (found !== null) record[id] = found;
    else problems.push(`${where} → ${id.slice(0, 60)}: can’t be read`);
  }
  return record;
}

function readList<T>(value: unknown, where: string, problems: string[], read: (value: unknown) => T | null): T[] {
  if (!Array.isArray(value)) {
    problems.push(`${where}: is no list`);
    return [];
  }
  return value.flatMap((each: unknown, at) => {
    const found = read(each);
    if (found !== null) return [found];
    problems.push(`${where} → ${at + 1}: can’t be read`);
    return [];
  });
}

function readItem(value: unknown, where: string, problems: string[]): ItemRecord | null {
  if (!isFields(value)) return null;
  return { ...value, attempts: readList(value.attempts, where, problems, readAttempt).sort(byTime) };
}

/** An attempt, or null where it is none. */
export function readAttempt(value: unknown): Attempt | null {
  if (!isFields(value) || !Object.hasOwn(value, "response")) return null;
  const { response, correct, share, certainty, place } = value;
  const at = readTime(value.at);
  if (at === null || typeof correct !== "boolean") return null;
  if (typeof share !== "number" || !(share >= 0 && share <= 1)) return null;
  if (certainty !== null && !isCertainty(certainty)) return null;
  if (place !== "lesson" && place !== "review") return null;
  return { ...value, at, response, correct, share, certainty, place };
}

function readOpened(value: unknown): { opened: string } | null {
  if (!isFields(value)) return null;
  const opened = readTime(value.opened);
  return opened === null ? null : { ...value, opened };
}

/** A run of a case, or null where it is none. */
export function readRun(value: unknown): CaseRun | null {
  if (!isFields(value)) return null;
  const { steps, requested, done } = value;
  const at = readTime(value.at);
  if (at === null || typeof done !== "boolean" || !Array.isArray(steps)) return null;
  if (!Array.isArray(requested) || !requested.every((each) => typeof each === "string")) return null;
  if (!steps.every(isStep)) return null;
  return { ...value, at, steps: [...steps], requested: [...requested], done };
}

function isStep(value: unknown): value is CaseStep {
  if (!isFields(value)) return false;
  const { node, choice, why, back } = value;
  return (
    typeof node === "string" &&
    typeof choice === "string" &&
    (why === undefined || typeof why === "string") &&
    (back === undefined || typeof back === "boolean")
  );
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/** An ISO time as `Date` writes it, so that times can be compared as text; null where it is none. */
export function readTime(value: unknown): string | null {
  if (typeof value !== "string" || !TIME.test(value)) return null;
  const time = new Date(value);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

/** Whether something may be the id of a record. */
export function isId(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value.length <= 200 && value !== "__proto__";
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCertainty(value: unknown): value is Certainty {
  return value === 1 || value === 2 || value === 3;
}

export function byTime(one: { at: string }, other: { at: string }): number {
  return one.at < other.at ? -1 : one.at > other.at ? 1 : 0;
}
