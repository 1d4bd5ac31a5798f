// What a session came to: how many were right, what each step of certainty earned, and where to go.
import { marksOf, MOST_MARKS, sayMarks } from "../assessment/certainty.ts";
import { h } from "../dom.ts";
import type { ReviewContent, ReviewObjective } from "./content.ts";
import type { Answered } from "./session.ts";
import { count, sayDue } from "./words.ts";

export function summary(answered: readonly Answered[], content: ReviewContent, now: Date): HTMLElement {
  const missed = answered.filter(({ correct }) => !correct);
  return h(
    "div",
    { class: "l3s1-review-summary" },
    h("p", { class: "l3s1-review-says", role: "status" }, sayResult(answered)),
    nextDates(answered, now),
    missed.length === 0
      ? h("p", {}, "Nothing was missed.")
      : h(
          "div",
          {},
          h("p", {}, "Missed, and where it is taught:"),
          h("ul", { class: "l3s1-review-missed" }, ...missedRows(missed, content)),
        ),
  );
}

export function sayResult(answered: readonly Answered[]): string {
  const right = answered.filter(({ correct }) => correct).length;
  const stated = answered.filter((each) => each.certainty !== null);
  const marks = stated.reduce((sum, { certainty, correct }) => sum + marksOf(certainty ?? 1, correct), 0);
  const most = MOST_MARKS * stated.length;
  const worth = stated.length === 0 ? "" : ` By how sure you were: ${sayMarks(marks)} of ${most} marks.`;
  return `${right} of ${count(answered.length, "question")} right.${worth}`;
}

function nextDates(answered: readonly Answered[], now: Date): HTMLElement {
  const by = new Map<string, number>();
  for (const { card } of answered) {
    if (card) by.set(sayDue(card, now), (by.get(sayDue(card, now)) ?? 0) + 1);
  }
  const cards = [...by].map(([words, n]) => h("li", {}, `${count(n, "question")} ${words.replace("Due", "due")}`));
  return h("ul", { class: "l3s1-review-list" }, ...cards);
}

function missedRows(missed: readonly Answered[], content: ReviewContent): HTMLElement[] {
  const objectives = new Map<string, ReviewObjective>();
  for (const { item } of missed) {
    const objective = content.objectiveOf(item);
    if (objective) objectives.set(objective.id, objective);
  }
  return [...objectives.values()].map(({ text, href, lesson, heading }) =>
    h("li", {}, text, " ", h("a", { href }, `Lesson ${lesson}: ${heading}`)),
  );
}
