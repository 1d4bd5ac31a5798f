// Asks a question of the review as questions of a lesson are asked; its sources are fetched when they are opened.
import { askQuestion } from "../assessment/question.ts";
import { h } from "../dom.ts";
import { originArticles, type Origins } from "../origin.ts";
import type { Ask } from "./session.ts";

export const askInReview: Ask = (item, { model, title, seed, sheet, signal, sources, answered }) =>
  askQuestion(item, {
    title,
    seed,
    certainty: true,
    retry: false,
    model,
    sheet,
    removed: signal,
    origins: (facts) => originsWhenThere(facts, sources),
    onAnswer: ({ response, certainty }, score) => answered(response, certainty, score),
  });

function originsWhenThere(facts: readonly string[], sources: () => Promise<Origins>): HTMLElement {
  const place = h("div", { class: "l3s1-origins" }, h("p", { class: "l3s1-note" }, "Fetching the sources …"));
  sources().then(
    (origins) => place.replaceChildren(...originArticles(facts, origins)),
    () => place.replaceChildren(h("p", { class: "l3s1-note" }, "The sources can’t be fetched: the course’s kernel does not answer.")),
  );
  return place;
}
