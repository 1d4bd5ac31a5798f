// How often a student is right at each step of certainty, beside the chances at which that step pays.
import { paysFrom, type Step, STEPS } from "../assessment/certainty.ts";
import type { Progress } from "../progress/types.ts";
import { countedAttempts } from "./schedule.ts";
import { type Proportion, wilson } from "./wilson.ts";
import { count, percent } from "./words.ts";

/** Fewer answers than this draw no conclusion. */
export const ENOUGH = 10;

export interface StepRead {
  step: Step;
  right: number;
  n: number;
  /** Null while there are too few answers. */
  interval: Proportion | null;
  /** Where the step pays best: from, to. */
  pays: readonly [number, number];
}

export type Calibration = readonly StepRead[];

/** Only what was recalled counts, not a second try after the feedback. */
export function readCalibration(items: Progress["items"], now: Date): Calibration {
  const answers = Object.values(items).flatMap((record) => countedAttempts(record, now));
  return STEPS.map((step) => {
    const mine = answers.filter(({ certainty }) => certainty === step.certainty);
    const right = mine.filter(({ correct }) => correct).length;
    const above = STEPS[step.certainty];
    return {
      step,
      right,
      n: mine.length,
      interval: mine.length >= ENOUGH ? wilson(right, mine.length) : null,
      pays: [paysFrom(step), above ? paysFrom(above) : 1],
    };
  });
}

export type Judgement = "too few" | "too sure" | "too unsure" | "fits";

/** What the interval as a whole says; where it only touches the mark's range nothing is claimed. */
export function judge({ interval, pays: [from, to] }: StepRead): Judgement {
  if (!interval) return "too few";
  if (interval.high < from) return "too sure";
  return interval.low > to ? "too unsure" : "fits";
}

export function sayPays({ pays: [from, to] }: StepRead): string {
  if (from === 0) return `below ${percent(to)}`;
  return to === 1 ? `from ${percent(from)}` : `${percent(from)} to ${percent(to)}`;
}

export const VERDICTS: Readonly<Record<Judgement, string>> = {
  "too few": "too few answers yet",
  "too sure": "right less often than this step needs: say less",
  "too unsure": "right more often than this step needs: dare more",
  fits: "no sign of being too sure or too unsure",
};

/** One sentence for a step, as the picture shows it. */
export function sayStep(read: StepRead): string {
  const { step, right, n, interval } = read;
  if (!interval) return `${step.label}: ${n} of the ${ENOUGH} answers that it takes to say anything.`;
  const { share, low, high } = interval;
  return (
    `${step.label}: right in ${right} of ${count(n, "answer")}, ${percent(share)} ` +
    `(95 % interval ${percent(low)} to ${percent(high)}); this step pays ${sayPays(read)}. ` +
    `${capital(VERDICTS[judge(read)])}.`
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
