// What follows a choice: how it is judged, what happens, and a way back for a wrong one.
import { h, setText, uniqueId } from "../dom.ts";
import { reasonProblem, type Turn } from "./course.ts";
import { ratingMark, type Sources } from "./parts.ts";
import { sayWhen } from "./times.ts";

export interface AfterDeeds {
  readOn: () => void;
  takeBack: (why: string) => void;
}

export function afterView(
  turn: Turn,
  mayGoBack: boolean,
  since: string,
  sources: Sources,
  { readOn, takeBack }: AfterDeeds,
): { element: HTMLElement; heading: HTMLElement } {
  const { choice, followed, to } = turn;
  const heading = h("h4", { tabindex: -1, class: "l3s1-case-heading" }, "Your choice: ", ratingMark(choice.rating));
  const on = h(
    "button",
    { type: "button", class: "l3s1-button l3s1-primary" },
    to.kind === "end" ? "See how it ends" : "Go on",
  );
  on.addEventListener("click", readOn);
  const way = mayGoBack ? wayBack(takeBack) : null;
  const element = h(
    "div",
    { class: "l3s1-case-after" },
    h(
      "div",
      { class: "l3s1-case-verdict", "data-kind": choice.rating },
      heading,
      h("p", { class: "l3s1-your-choice" }, `You chose: ${choice.text}`),
      h("p", {}, choice.feedback),
      sources.of(choice.facts, "the judgement of your choice"),
    ),
    ...followed.map((node) =>
      h(
        "div",
        { class: "l3s1-case-followed" },
        h("h4", {}, sayWhen(node.at, since)),
        h("p", {}, node.text),
        sources.of(node.facts, "what followed"),
      ),
    ),
    h("div", { class: "l3s1-actions" }, on, way?.button ?? null),
    way?.form ?? null,
  );
  return { element, heading };
}

/** A wrong turn is taken back only after the student has written why. */
export function wayBack(takeBack: (why: string) => void): { button: HTMLElement; form: HTMLElement } {
  const id = uniqueId("why");
  const words = h("textarea", { id, rows: 3, class: "l3s1-case-why", "aria-describedby": `${id}-hint` });
  const hint = h("p", { id: `${id}-hint`, class: "l3s1-question-hint", role: "status" });
  const form = h(
    "form",
    { class: "l3s1-case-back", hidden: true },
    h("label", { for: id }, "Why was this not the best turn? Your words are kept with the case."),
    words,
    h("div", { class: "l3s1-actions" }, h("button", { type: "submit", class: "l3s1-button" }, "Take it back"), hint),
  );
  const button = h(
    "button",
    { type: "button", class: "l3s1-button", "aria-expanded": "false" },
    "Take this turn back …",
  );
  button.addEventListener("click", () => {
    form.hidden = !form.hidden;
    button.setAttribute("aria-expanded", String(!form.hidden));
    if (!form.hidden) words.focus();
  });
  form.addEventListener("keydown", (event) => event.stopPropagation());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const problem = reasonProblem(words.value);
    if (problem === null) return takeBack(words.value);
    setText(hint, problem);
    words.focus();
  });
  words.addEventListener("input", () => setText(hint, ""));
  return { button, form };
}
