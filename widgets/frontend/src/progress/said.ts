// Progress in words: counts, days, sizes, and what was done of a lesson.
import { attemptsOf, own } from "./changes.ts";
import { countsOf } from "./report.ts";
import type { Progress } from "./types.ts";

/** A lesson of the course with the ids of its items: asked in the lesson, and in the review only. */
export interface LessonItems {
  number: string;
  title: string;
  items: readonly string[];
  review: readonly string[];
}

export interface LessonDone {
  /** When it was opened first (ISO), or null. */
  opened: string | null;
  /** Whether any of its items was answered. */
  answered: boolean;
  right: number;
  of: number;
  /** In words; empty where nothing was done. */
  says: string;
}

/** What was done of a lesson. An item counts as right if its latest answer is. */
export function doneOf(progress: Progress, { number, items, review }: Omit<LessonItems, "title">): LessonDone {
  const opened = own(progress.lessons, number)?.opened ?? null;
  const right = rightOf(progress, items);
  const tried = triedOf(progress, items);
  const reviewed = triedOf(progress, review);
  const answered = reviewed > 0 || tried > 0;
  const parts = [
    opened !== null && `opened ${day(opened, "short")}`,
    (opened !== null || answered) && items.length > 0 && sayRight(right, tried, items.length),
    reviewed > 0 && `in review ${rightOf(progress, review)} of ${reviewed} right`,
  ];
  return { opened, answered, right, of: items.length, says: parts.filter(Boolean).join(" · ") };
}

/** A question that was not answered is none that was missed. */
function sayRight(right: number, tried: number, all: number): string {
  const open = all - tried;
  if (tried === 0) return `${many(open, "question")} to go`;
  return `${right} of ${tried} right${open > 0 ? `, ${open} to go` : ""}`;
}

function triedOf(progress: Progress, items: readonly string[]): number {
  return items.filter((id) => attemptsOf(progress, id).length > 0).length;
}

function rightOf(progress: Progress, items: readonly string[]): number {
  return items.filter((id) => attemptsOf(progress, id).at(-1)?.correct).length;
}

/** "12 answers to 9 questions, 1 case and 3 lessons opened", or "nothing yet". */
export function holdingOf(progress: Progress): string {
  const { answers, runs, lessons } = countsOf(progress);
  const items = Object.values(progress.items).filter(({ attempts }) => attempts.length > 0).length;
  const parts = [
    answers > 0 && `${many(answers, "answer")} to ${many(items, "question")}`,
    runs > 0 && `${many(runs, "run")} of ${many(Object.keys(progress.cases).length, "case")}`,
    lessons > 0 && `${many(lessons, "lesson")} opened`,
  ];
  return listed(parts.filter((each) => each !== false)) || "nothing yet";
}

/** When the first thing was done (ISO), or null. */
export function firstOf({ items, cases, lessons }: Progress): string | null {
  const times = [
    ...Object.values(items).flatMap(({ attempts }) => attempts.map(({ at }) => at)),
    ...Object.values(cases).flatMap((runs) => runs.map(({ at }) => at)),
    ...Object.values(lessons).map(({ opened }) => opened),
  ];
  return times.sort()[0] ?? null;
}

export function many(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join("");
  return `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

export function day(iso: string, month: "short" | "long" = "long"): string {
  return new Date(iso).toLocaleDateString("en-GB", { day: "numeric", month, year: "numeric" });
}

export function size(characters: number): string {
  return characters < 1000 ? "less than 1 kB" : `${Math.round(characters / 1000)} kB`;
}

/** What a file of somebody's progress is called. */
export function fileName(name: string, now = new Date()): string {
  const plain = name.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
  return `l3s1-progress-${plain || "student"}-${now.toISOString().slice(0, 10)}.json`;
}
