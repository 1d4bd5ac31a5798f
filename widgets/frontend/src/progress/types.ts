// What a student has done, as it is kept in the browser: one document a profile, in version 1.

export const VERSION = 1;

/** Guess, fairly sure, sure. */
export type Certainty = 1 | 2 | 3;

export interface Attempt {
  /** ISO time. */
  at: string;
  response: unknown;
  correct: boolean;
  /** How much of it was right, 0 to 1. */
  share: number;
  certainty: Certainty | null;
  place: "lesson" | "review";
}

export interface ItemRecord {
  /** By time, the oldest first. */
  attempts: Attempt[];
  /** The scheduler's own. Of two cards the one with the later `last_review` (ISO) is kept. */
  card?: unknown;
}

export interface CaseStep {
  node: string;
  choice: string;
  why?: string;
  back?: boolean;
}

export interface CaseRun {
  /** When it was begun (ISO): what tells the runs of a case apart. */
  at: string;
  steps: CaseStep[];
  requested: string[];
  done: boolean;
}

export interface Profile {
  id: string;
  name: string;
  created: string;
}

/**
 * Records are keyed by the stable ids of the course and have no prototype; ids that the course no
 * longer, or not yet, knows are kept like all others, and so are fields that are not listed here.
 */
export interface Progress {
  version: typeof VERSION;
  profile: Profile;
  items: Record<string, ItemRecord>;
  lessons: Record<string, { opened: string }>;
  cases: Record<string, CaseRun[]>;
}

/** Why something is not kept as it should be, in words for the student. */
export interface Trouble {
  kind: "blocked" | "full" | "damaged" | "newer";
  says: string;
  do: string;
}

/** What could not be used and was laid aside, as it was. */
export interface KeptAside {
  key: string;
  at: string;
  text: string;
}

export type ImportReport =
  | {
      ok: true;
      /** For whom the file was saved. */
      name: string;
      /** What was not there before: answers, runs of cases, lessons opened. */
      added: { answers: number; runs: number; lessons: number };
      /** Answers and runs that were there already. */
      known: number;
      /** Ids of items and cases that this version of the course doesn't know; they are kept. */
      unknown: string[];
    }
  | { ok: false; says: string; do: string };

/** A record for ids of any kind, also for such as `constructor`. */
export function emptyRecord<T>(): Record<string, T> {
  return Object.create(null) as Record<string, T>;
}

export function emptyProgress(profile: Profile): Progress {
  return {
    version: VERSION,
    profile,
    items: emptyRecord(),
    lessons: emptyRecord(),
    cases: emptyRecord(),
  };
}
