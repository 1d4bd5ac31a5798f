// Choosing a case: a card each, and the opening of the one that was chosen.
import { h } from "../dom.ts";
import { mostDecisions, type Kept } from "./course.ts";
import { ratingMark } from "./parts.ts";
import { plural } from "./times.ts";
import type { CaseData } from "./types.ts";

export function chooserView(
  cases: readonly { data: CaseData; kept: Kept }[],
  open: (id: string) => void,
): { element: HTMLElement; heading: HTMLElement } {
  const heading = h("h3", { tabindex: -1, class: "l3s1-case-heading" }, "Choose a case");
  const cards = cases.map(({ data, kept }) => {
    const { id, number, title, person, teaches, lesson } = data;
    const going = kept.open !== null;
    const button = h(
      "button",
      { type: "button", class: "l3s1-button l3s1-primary", "data-case": id },
      going ? "Go on" : kept.finished > 0 ? "Play again" : "Open",
      h("span", { class: "l3s1-hidden" }, `: case ${number}, ${title}`),
    );
    button.addEventListener("click", () => open(id));
    return h(
      "li",
      { class: "l3s1-case-card" },
      h("p", { class: "l3s1-case-kicker" }, `Case ${number} · ${plural(mostDecisions(data), "decision")} at most`),
      h("h4", {}, title),
      h("p", {}, person),
      h("p", { class: "l3s1-note" }, teaches),
      h("p", { class: "l3s1-note" }, `Closes lesson ${lesson.number}: ${lesson.title}`),
      h("p", {}, bestWords(kept), going && h("span", { class: "l3s1-tag" }, "begun")),
      button,
    );
  });
  const words = "Six people come to you. All are fictional; what is said of the evidence is not.";
  const element = h(
    "div",
    { class: "l3s1-case-chooser" },
    heading,
    h("p", {}, cases.length === 6 ? words : "The people are fictional; what is said of the evidence is not."),
    h("ul", { class: "l3s1-case-cards" }, ...cards),
  );
  return { element, heading };
}

function bestWords({ best, finished }: Kept): string {
  if (!best) return finished > 0 ? "Played." : "Not played to an end yet. ";
  return `Your best so far: ${best.ratings.best} of ${best.decisions} best at first choice. `;
}

export function openingView(data: CaseData, begin: () => void): { element: HTMLElement; heading: HTMLElement } {
  const heading = h("h4", { tabindex: -1, class: "l3s1-case-heading" }, "Who comes to you");
  const button = h("button", { type: "button", class: "l3s1-button l3s1-primary" }, "Begin");
  button.addEventListener("click", begin);
  const rules = [
    "Ask before you decide. What it takes, and what it may do to the person, stands with each request.",
    "Commit to a choice. You see at once what follows and what the evidence says of it.",
    "A poor or harmful turn can be taken back when you have written why. The first choice counts.",
  ];
  const element = h(
    "div",
    { class: "l3s1-case-opening" },
    heading,
    h("p", { class: "l3s1-case-presentation" }, data.presentation),
    h(
      "p",
      { class: "l3s1-case-fictional" },
      "This person is fictional, and so is all that happens. The case teaches reasoning; it is no advice for anyone.",
    ),
    h("ul", { class: "l3s1-case-list l3s1-note" }, ...rules.map((rule) => h("li", {}, rule))),
    h("div", { class: "l3s1-actions" }, button),
    h(
      "details",
      {},
      h("summary", {}, "What you can practise here"),
      h("ul", { class: "l3s1-case-list" }, ...data.objectives.map((text) => h("li", {}, text))),
      h("p", { class: "l3s1-note" }, "Choices are judged ", ratingMark("best"), ", ", ratingMark("acceptable"), ", ", ratingMark("poor"), " or ", ratingMark("harmful"), "."),
    ),
  );
  return { element, heading };
}
