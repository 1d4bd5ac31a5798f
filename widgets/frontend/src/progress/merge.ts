// Two documents of one student made one. Whatever the order, and however often, the result is the
// same: attempts and runs are sets, and of two values that exclude each other a fixed rule takes one.
import { canonical } from "../shared_state.ts";
import { byTime, isFields, readTime } from "./documents.ts";
import { emptyRecord } from "./types.ts";
import type { Attempt, CaseRun, ItemRecord, Profile, Progress } from "./types.ts";

export function merge(one: Progress, other: Progress): Progress {
  const { version, profile, items, lessons, cases, ...more } = one;
  const { version: _v, profile: theirs, items: _i, lessons: _l, cases: _c, ...theirMore } = other;
  return {
    ...mergeFields(more, theirMore),
    version,
    profile: earlier(profile, theirs),
    items: mergeRecords(items, other.items, mergeItems),
    lessons: mergeRecords(lessons, other.lessons, (a, b) => ({
      ...mergeFields(a, b),
      opened: a.opened < b.opened ? a.opened : b.opened,
    })),
    cases: mergeRecords(cases, other.cases, mergeRuns),
  };
}

/** `more` added to `progress`, which stays its owner's. */
export function addTo(progress: Progress, more: Progress): Progress {
  return merge(progress, { ...more, profile: progress.profile });
}

function mergeRecords<T>(
  one: Readonly<Record<string, T>>,
  other: Readonly<Record<string, T>>,
  both: (one: T, other: T) => T,
): Record<string, T> {
  const merged = emptyRecord<T>();
  for (const id of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const a = Object.hasOwn(one, id) ? one[id] : undefined;
    const b = Object.hasOwn(other, id) ? other[id] : undefined;
    const found = a === undefined ? b : b === undefined ? a : both(a, b);
    if (found !== undefined) merged[id] = found;
  }
  return merged;
}

function mergeItems(one: ItemRecord, other: ItemRecord): ItemRecord {
  const { attempts, card, ...more } = one;
  const { attempts: theirs, card: theirCard, ...theirMore } = other;
  const kept = laterCard(card, theirCard);
  return {
    ...mergeFields(more, theirMore),
    attempts: mergeAttempts(attempts, theirs),
    ...(kept !== undefined && { card: kept }),
  };
}

/** All attempts once, by time. */
export function mergeAttempts(one: readonly Attempt[], other: readonly Attempt[]): Attempt[] {
  const all = new Map([...one, ...other].map((each) => [canonical(each), each]));
  return [...all].sort(([a, left], [b, right]) => byTime(left, right) || compare(a, b)).map(([, each]) => each);
}

/** All runs, by time; of one that was saved at two points the farther. */
function mergeRuns(one: readonly CaseRun[], other: readonly CaseRun[]): CaseRun[] {
  const runs = new Map<string, CaseRun>();
  for (const run of [...one, ...other]) {
    const known = runs.get(run.at);
    if (!known || isFarther(run, known)) runs.set(run.at, run);
  }
  return [...runs.values()].sort(byTime);
}

/** A run is only ever added to; one that was at an end may have gone on since, from a turn taken back. */
function isFarther(run: CaseRun, than: CaseRun): boolean {
  const ahead =
    run.steps.length - than.steps.length ||
    run.requested.length - than.requested.length ||
    Number(run.done) - Number(than.done);
  return ahead === 0 ? canonical(run) > canonical(than) : ahead > 0;
}

function laterCard(one: unknown, other: unknown): unknown {
  if (one === undefined || other === undefined) return one === undefined ? other : one;
  const order = compare(reviewed(one), reviewed(other)) || compare(canonical(one), canonical(other));
  return order >= 0 ? one : other;
}

function reviewed(card: unknown): string {
  return (isFields(card) && readTime(card.last_review)) || "";
}

function earlier(one: Profile, other: Profile): Profile {
  const order = compare(one.created, other.created) || compare(canonical(one), canonical(other));
  return order <= 0 ? one : other;
}

function mergeFields(one: object, other: object): Record<string, unknown> {
  return mergeRecords<unknown>({ ...one }, { ...other }, (a, b) => (canonical(a) >= canonical(b) ? a : b));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
