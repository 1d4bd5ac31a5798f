// What is asked today: what is due, the most nearly forgotten first, then questions not met before.
import type { Progress } from "../progress/types.ts";
import type { ReviewContent } from "./content.ts";
import { cardOf, daysToDue, dueItems } from "./schedule.ts";

/** "opened", "all", or a lesson's number; and an objective, or "" for any. */
export interface Filter {
  lesson: string;
  objective: string;
}

export interface Queue {
  due: readonly string[];
  /** Questions that were never answered, in the order of the course; predictions belong to their lesson. */
  fresh: readonly string[];
  /** Of an objective that was chosen: answered, and not due yet. They may be asked where nothing else is left. */
  ahead: readonly string[];
}

type Course = Pick<ReviewContent, "items" | "objectiveOf" | "isPrediction">;

export function queueOf(course: Course, progress: Progress, { lesson, objective }: Filter, now: Date): Queue {
  const opened = (number: string): boolean => Object.hasOwn(progress.lessons, number);
  const ids = [...course.items].filter((item) => {
    const of = course.objectiveOf(item);
    if (!of || (objective !== "" && of.id !== objective)) return false;
    return lesson === "all" || of.lesson === lesson || lesson === "opened";
  });
  const isNew = (item: string): boolean =>
    !course.isPrediction(item) && (progress.items[item]?.attempts.length ?? 0) === 0;
  const due = dueItems(progress.items, ids, now).map(({ id }) => id);
  const waits = (item: string): boolean => (progress.items[item]?.attempts.length ?? 0) > 0 && !due.includes(item);
  return {
    due,
    ahead: objective === "" ? [] : ids.filter(waits),
    fresh: ids.filter((item) => isNew(item) && (lesson !== "opened" || opened(course.objectiveOf(item)?.lesson ?? ""))),
  };
}

/** Up to `length` questions: due ones first; where nothing is due or new, those that are asked for ahead of time. */
export function takeSession({ due, fresh, ahead }: Queue, length: number): string[] {
  const now = [...due, ...fresh];
  return (now.length > 0 ? now : [...ahead]).slice(0, length);
}

export interface Day {
  /** From today; what is overdue counts today. */
  days: number;
  date: Date;
  n: number;
}

/** How many questions come due on each of the next days. */
export function forecast(course: Course, progress: Progress, days: number, now: Date): Day[] {
  const due = Array.from({ length: days }, (_, at) => ({
    days: at,
    date: new Date(now.getFullYear(), now.getMonth(), now.getDate() + at),
    n: 0,
  }));
  for (const item of course.items) {
    const record = progress.items[item];
    if (!record || record.attempts.length === 0) continue;
    const card = cardOf(record, now);
    const day = due[card ? Math.max(0, daysToDue(card, now)) : 0];
    if (day) day.n += 1;
  }
  return due;
}
