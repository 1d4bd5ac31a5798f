// The weakest objectives, each with its answers and the way to where it is taught.
import { h } from "../dom.ts";
import type { ReviewContent } from "./content.ts";
import { type ObjectiveRead, PRIOR } from "./weakest.ts";
import { count } from "./words.ts";

const SHOWN = 5;

export function weakestList(
  ranked: readonly ObjectiveRead[],
  content: ReviewContent,
  practise: (objective: string) => void,
): HTMLElement {
  const rows = ranked.slice(0, SHOWN).flatMap((read) => row(read, content, practise));
  if (rows.length === 0) {
    return h("p", { class: "l3s1-note" }, "No question is missed at the moment: a miss shows the objective here, with the way back to where it is taught.");
  }
  return h(
    "div",
    {},
    h("ol", { class: "l3s1-weakest" }, ...rows),
    h(
      "p",
      { class: "l3s1-note" },
      `What counts is how each question went when it was asked last. Few answers say little, so each share is drawn towards your share over all, which weighs as much as ${PRIOR} answers; the order follows that.`,
    ),
  );
}

function row(read: ObjectiveRead, content: ReviewContent, practise: (objective: string) => void): HTMLElement[] {
  const objective = content.objective(read.objective);
  if (!objective) return [];
  const button = h("button", { type: "button", class: "l3s1-button" }, "Ask me", h("span", { class: "l3s1-hidden" }, ` about: ${objective.text}`));
  button.addEventListener("click", () => practise(read.objective));
  return [
    h(
      "li",
      {},
      h("p", { class: "l3s1-weakest-text" }, objective.text),
      h("p", { class: "l3s1-note" }, `${read.right} of ${count(read.n, "question")} right when asked last`),
      h(
        "div",
        { class: "l3s1-actions" },
        h("a", { class: "l3s1-weakest-link", href: objective.href }, `Lesson ${objective.lesson}: ${objective.heading}`),
        button,
      ),
    ),
  ];
}
