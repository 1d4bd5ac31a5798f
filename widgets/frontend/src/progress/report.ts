// What an import brought, in numbers.
import type { ImportReport, Progress } from "./types.ts";

interface Counts {
  answers: number;
  runs: number;
  lessons: number;
}

export function countsOf({ items, cases, lessons }: Progress): Counts {
  const count = (lists: readonly (readonly unknown[])[]): number => lists.reduce((sum, list) => sum + list.length, 0);
  return {
    answers: count(Object.values(items).map(({ attempts }) => attempts)),
    runs: count(Object.values(cases)),
    lessons: Object.keys(lessons).length,
  };
}

/** `known` are the ids of the course's items and cases, where the page has them. */
export function reportOf(before: Progress, after: Progress, more: Progress, known?: ReadonlySet<string>): ImportReport {
  const [had, has, brought] = [countsOf(before), countsOf(after), countsOf(more)];
  const added = {
    answers: has.answers - had.answers,
    runs: has.runs - had.runs,
    lessons: has.lessons - had.lessons,
  };
  const ids = [...Object.keys(more.items), ...Object.keys(more.cases)];
  return {
    ok: true,
    name: more.profile.name,
    added,
    known: brought.answers + brought.runs - added.answers - added.runs,
    unknown: known ? ids.filter((id) => !known.has(id)).sort() : [],
  };
}
