// A decision: what happens, what can be asked for first, and the choices.
import { h, setText, uniqueId } from "../dom.ts";
import { offered, type Play } from "./course.ts";
import { spentClock, type Sources } from "./parts.ts";
import { sayTime, sayWhen, spent } from "./times.ts";
import type { CaseData, FindingData, FindingKind } from "./types.ts";

const KIND_WORDS: Readonly<Record<FindingKind, string>> = {
  history: "History",
  examination: "Examination",
  imaging: "Imaging",
  laboratory: "Laboratory",
  other: "Other",
};

export interface DecisionDeeds {
  ask: (finding: string) => void;
  decide: (choice: string) => void;
}

export interface DecisionView {
  element: HTMLElement;
  heading: HTMLElement;
  /** Show what is asked for since; the element of `finding` is returned. */
  update: (play: Play, finding: string) => HTMLElement | null;
}

export function decisionView(
  data: CaseData,
  play: Play,
  since: string,
  sources: Sources,
  { ask, decide }: DecisionDeeds,
): DecisionView {
  const { here, turns } = play;
  const title = `Decision ${turns.length + 1} · ${sayWhen(here.at, since)}`;
  const heading = h("h4", { tabindex: -1, class: "l3s1-case-heading" }, title);
  const requests = h("section", { class: "l3s1-case-ask", "aria-label": "What you can ask for" });
  const fill = (now: Play): void => requests.replaceChildren(...askParts(data, now, sources, ask));
  fill(play);
  const element = h(
    "div",
    { class: "l3s1-case-now" },
    h("div", { class: "l3s1-case-story" }, heading, h("p", {}, here.text)),
    requests,
    choiceForm(play, decide),
  );
  return {
    element,
    heading,
    update(now, finding) {
      fill(now);
      return requests.querySelector<HTMLElement>(`[data-finding="${finding}"]`);
    },
  };
}

function askParts(data: CaseData, play: Play, sources: Sources, ask: (id: string) => void): HTMLElement[] {
  const { open, known } = offered(data, play);
  const here = known.filter(({ id }) => play.here.findings.includes(id));
  const before = known.filter(({ id }) => !play.here.findings.includes(id));
  const sum = spent(play.asked);
  const kinds = Object.entries(KIND_WORDS) as [FindingKind, string][];
  const groups = kinds.flatMap(([kind, words]) => {
    const buttons = open.filter((each) => each.kind === kind).map((each) => request(each, ask));
    if (buttons.length === 0) return [];
    return [
      h("p", { class: "l3s1-case-kind" }, words),
      h("ul", { class: "l3s1-case-requests", "aria-label": words }, ...buttons),
    ];
  });
  const harms = sum.harms.length > 0 && `Harm accepted: ${sum.harms.map(({ harm }) => harm).join(" ")}`;
  return [
    h("h4", {}, "Ask before you decide"),
    spentClock(sum),
    harms ? h("p", { class: "l3s1-note" }, harms) : null,
    here.length > 0 ? results(here, sources) : null,
    before.length > 0
      ? h(
          "details",
          {},
          h("summary", {}, `Known from before (${before.length})`),
          results(before, sources),
        )
      : null,
    ...groups,
    groups.length === 0 ? h("p", { class: "l3s1-note" }, "There is nothing more to ask for here.") : null,
  ].filter((each) => each !== null);
}

function request({ id, label, time, harm }: FindingData, ask: (id: string) => void): HTMLElement {
  const button = h(
    "button",
    { type: "button", class: "l3s1-button l3s1-case-request" },
    h("span", {}, label),
    h(
      "span",
      { class: "l3s1-case-cost" },
      h("span", { "aria-hidden": "true" }, "◷ "),
      h("span", { class: "l3s1-hidden" }, ". Takes "),
      sayTime(time),
      harm && h("span", { class: "l3s1-case-harm" }, `. Harm: ${harm}`),
    ),
  );
  button.addEventListener("click", () => ask(id));
  return h("li", {}, button);
}

function results(findings: readonly FindingData[], sources: Sources): HTMLElement {
  return h(
    "ul",
    { class: "l3s1-case-results" },
    ...findings.map(({ id, label, result, facts }) =>
      h(
        "li",
        { tabindex: -1, "data-finding": id },
        h("p", { class: "l3s1-case-asked" }, label),
        h("p", {}, result),
        facts.length > 0 && sources.of(facts, label),
      ),
    ),
  );
}

function choiceForm({ here }: Play, decide: (choice: string) => void): HTMLElement {
  const name = uniqueId("case");
  const inputs = here.choices.map(({ id }) => h("input", { type: "radio", name, value: id }));
  const hint = h("p", { class: "l3s1-question-hint", role: "status" });
  const form = h(
    "form",
    { class: "l3s1-question-form l3s1-case-choices", "data-node": here.id },
    h(
      "fieldset",
      { class: "l3s1-choices" },
      h("legend", {}, h("span", { class: "l3s1-stem" }, here.question ?? "")),
      ...inputs.map((input, place) =>
        h("label", { class: "l3s1-option" }, input, h("span", {}, here.choices[place]?.text)),
      ),
    ),
    h(
      "div",
      { class: "l3s1-actions" },
      h("button", { type: "submit", class: "l3s1-button l3s1-primary" }, "Decide"),
      hint,
    ),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = inputs.find(({ checked }) => checked)?.value;
    if (chosen) decide(chosen);
    else {
      setText(hint, "Choose first what you do.");
      inputs[0]?.focus();
    }
  });
  form.addEventListener("keydown", (event) => event.stopPropagation());
  form.addEventListener("change", () => setText(hint, ""));
  return form;
}
