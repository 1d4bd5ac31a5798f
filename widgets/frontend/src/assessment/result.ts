// A set's result in words, once every question is answered.
import { MOST_MARKS, marksOf, sayMarks } from "./certainty.ts";
import type { Certainty, Score } from "./types.ts";

export interface Counted extends Score {
  certainty: Certainty | null;
}

export function sayResult(answers: readonly Counted[]): string[] {
  const total = answers.length;
  const right = answers.filter(({ correct }) => correct).length;
  const partly = answers.filter(({ correct, share }) => !correct && share > 0).length;
  const more = partly > 0 ? `, ${partly} partly right` : "";
  const lines = [`All ${total} answered: ${right} right${more}.`];
  const sure = answers.flatMap(({ certainty, correct }) => (certainty === null ? [] : [marksOf(certainty, correct)]));
  if (sure.length > 0) {
    const sum = sure.reduce((one, other) => one + other, 0);
    const of = sure.length === total ? "" : `, for the ${sure.length} of which you said how sure you were`;
    lines.push(`Certainty marks: ${sayMarks(sum)} of ${sure.length * MOST_MARKS}${of}.`);
    const misled = answers.filter(({ certainty, correct }) => certainty === 3 && !correct).length;
    if (misled > 0) lines.push(`You were sure of ${misled} that ${misled === 1 ? "was" : "were"} not right: read ${misled === 1 ? "it" : "them"} again first.`);
  }
  return lines;
}
