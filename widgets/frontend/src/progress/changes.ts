// Changes to a document, made anew on whatever is kept at that moment: two tabs add up, and what could
// not be written yet is not lost while the page is open.
import { byTime, isId, readAttempt, readRun, readTime } from "./documents.ts";
import { addTo, mergeAttempts } from "./merge.ts";
import { emptyRecord } from "./types.ts";
import type { Attempt, CaseRun, ItemRecord, Progress } from "./types.ts";

export interface Change {
  /** A changed document; the one that is given stays as it is. */
  apply(progress: Progress): Progress;
  /** Whether a document that another tab wrote still has it. */
  isIn(progress: Progress): boolean;
}

export function recorded(item: string, made: Attempt, card?: unknown): Change {
  const attempt = checked(readAttempt(plain(made)), "an attempt");
  checkedId(item);
  return {
    apply(progress) {
      const attempts = mergeAttempts(attemptsOf(progress, item), [attempt]);
      const known = { ...own(progress.items, item), attempts };
      const record = card === undefined ? known : { ...known, card: plain(card) };
      return { ...progress, items: put(progress.items, item, record) };
    },
    isIn: (progress) => attemptsOf(progress, item).some((each) => isSame(each, attempt)),
  };
}

export function carded(item: string, card: unknown): Change {
  checkedId(item);
  return {
    apply(progress) {
      const record: ItemRecord = { ...own(progress.items, item), attempts: attemptsOf(progress, item), card: plain(card) };
      return { ...progress, items: put(progress.items, item, record) };
    },
    isIn: (progress) => own(progress.items, item)?.card !== undefined,
  };
}

/** A run is saved at each of its steps; when it was begun tells it from others. */
export function played(caseId: string, made: CaseRun): Change {
  const run = checked(readRun(plain(made)), "a run of a case");
  checkedId(caseId);
  return {
    apply(progress) {
      const others = (own(progress.cases, caseId) ?? []).filter(({ at }) => at !== run.at);
      return { ...progress, cases: put(progress.cases, caseId, [...others, run].sort(byTime)) };
    },
    isIn: (progress) => (own(progress.cases, caseId) ?? []).some(({ at }) => at === run.at),
  };
}

export function opened(lesson: string, at: string): Change {
  const when = checked(readTime(at), "a time");
  checkedId(lesson);
  return {
    apply(progress) {
      if (own(progress.lessons, lesson)) return progress;
      return { ...progress, lessons: put(progress.lessons, lesson, { opened: when }) };
    },
    isIn: (progress) => own(progress.lessons, lesson) !== undefined,
  };
}

export function renamed(name: string): Change {
  return {
    apply: (progress) => ({ ...progress, profile: { ...progress.profile, name } }),
    isIn: () => true,
  };
}

export function imported(more: Progress): Change {
  return { apply: (progress) => addTo(progress, more), isIn: () => true };
}

/** What a record holds under an id, never what its prototype does. */
export function own<T>(record: Readonly<Record<string, T>>, id: string): T | undefined {
  return Object.hasOwn(record, id) ? record[id] : undefined;
}

export function attemptsOf(progress: Progress, item: string): ItemRecord["attempts"] {
  return own(progress.items, item)?.attempts ?? [];
}

function isSame(one: Attempt, other: Attempt): boolean {
  return mergeAttempts([one], [other]).length === 1;
}

function put<T>(record: Readonly<Record<string, T>>, id: string, value: T): Record<string, T> {
  return Object.assign(emptyRecord<T>(), record, { [id]: value });
}

/** As it will be read again. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value) ?? "null");
}

function checked<T>(value: T | null, what: string): T {
  if (value === null) throw new TypeError(`this is not ${what} that can be kept`);
  return value;
}

function checkedId(id: string): void {
  if (!isId(id)) throw new TypeError(`${JSON.stringify(id)} can't be the id of a record`);
}
