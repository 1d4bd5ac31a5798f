// Where a student is weakest: objectives ranked by a share that is drawn towards the student's own
// overall share while there are few answers, so that one miss of one is no verdict.
import type { Progress } from "../progress/types.ts";
import { countedAttempts } from "./schedule.ts";

/** How many answers the overall share weighs as much as. */
export const PRIOR = 4;

export interface ObjectiveRead {
  objective: string;
  /** Questions that were right when asked last, of those that were asked. */
  right: number;
  n: number;
  /** Mean of a Beta distribution that begins at the overall share with the weight of `PRIOR` answers. */
  share: number;
}

/** `objectiveOf` gives the objective of an item of this course, or undefined for any other item. */
export function weakest(
  items: Progress["items"],
  objectiveOf: (item: string) => string | undefined,
  now: Date,
): ObjectiveRead[] {
  const asked = new Map<string, { right: number; n: number }>();
  let right = 0;
  let n = 0;
  for (const [item, record] of Object.entries(items)) {
    const objective = objectiveOf(item);
    const last = countedAttempts(record, now).at(-1);
    if (objective === undefined || !last) continue;
    const seen = asked.get(objective) ?? { right: 0, n: 0 };
    asked.set(objective, { right: seen.right + Number(last.correct), n: seen.n + 1 });
    right += Number(last.correct);
    n += 1;
  }
  return [...asked]
    .filter(([, seen]) => seen.right < seen.n)
    .map(([objective, seen]) => ({
      objective,
      ...seen,
      share: (seen.right + (PRIOR * right) / n) / (seen.n + PRIOR),
    }))
    .sort((a, b) => a.share - b.share || b.n - a.n || (a.objective < b.objective ? -1 : 1));
}
