// The end of a case: how it ended, what the decisions were worth, an expert's way beside one's own, and
// what to take away.
import { h } from "../dom.ts";
import { expertTurns, mayTakeBack, mostDecisions, RATINGS, score, type Play, type Score, type Turn } from "./course.ts";
import { outcomeMark, ratingMark, type Sources } from "./parts.ts";
import { lanes } from "./strip.ts";
import { plural, pointsOf, saySpent, sayTime, sayWhen, sayZero, spent } from "./times.ts";
import type { CaseData } from "./types.ts";
import { wayBack } from "./after.ts";

export interface EndDeeds {
  again: () => void;
  takeBack: (turn: Turn, why: string) => void;
}

export function endView(
  data: CaseData,
  play: Play,
  since: string,
  sources: Sources,
  { again, takeBack }: EndDeeds,
): { element: HTMLElement; heading: HTMLElement } {
  const { here } = play;
  const made = score(data, play);
  const heading = h("h4", { tabindex: -1, class: "l3s1-case-heading" }, "How it ended: ", outcomeMark(here.outcome ?? "mixed"));
  const restart = h("button", { type: "button", class: "l3s1-button l3s1-primary" }, "Start again");
  restart.addEventListener("click", again);
  const wrong = mayTakeBack(play);
  const way = wrong ? wayBack((why) => takeBack(wrong, why)) : null;
  const element = h(
    "div",
    { class: "l3s1-case-end" },
    h(
      "div",
      { class: "l3s1-case-verdict", "data-kind": here.outcome },
      heading,
      h("p", { class: "l3s1-note" }, sayWhen(here.at, since)),
      h("p", {}, here.text),
      sources.of(here.facts, "how it ended"),
    ),
    section("Your decisions", ...scoreParts(made, play)),
    section("What you asked for", ...askedParts(made, play)),
    section("Your way and an expert’s", ...compareParts(data, play, since)),
    section("What to take away", takeAway(data, sources)),
    data.activities.length > 0 && section("This person in the course", links(data)),
    h(
      "div",
      { class: "l3s1-case-last" },
      wrong && h("p", {}, `Your last wrong turn was: ${wrong.choice.text}`),
      h("div", { class: "l3s1-actions" }, restart, way?.button ?? null),
      way?.form ?? null,
    ),
  );
  return { element, heading };
}

function section(title: string, ...parts: (Node | null | false)[]): HTMLElement {
  return h("section", { class: "l3s1-case-section" }, h("h4", {}, title), ...parts);
}

function scoreParts(made: Score, { taken }: Play): (Node | null)[] {
  const counts = RATINGS.map((rating) => h("li", {}, h("strong", {}, String(made.ratings[rating])), " ", ratingMark(rating)));
  const words = `What counts is the first choice at each of ${plural(made.decisions, "decision")}, whatever was taken back later.`;
  return [
    h("p", {}, `${made.ratings.best} of ${made.decisions} best at first choice.`),
    h("ul", { class: "l3s1-case-counts" }, ...counts),
    h("p", { class: "l3s1-note" }, words),
    taken.length > 0
      ? h(
          "details",
          {},
          h("summary", {}, `Taken back (${taken.length})`),
          h(
            "ul",
            { class: "l3s1-case-list" },
            ...taken.map(({ turn, why }) => h("li", {}, `${turn.choice.text} `, h("em", {}, `Your reason: “${why}”`))),
          ),
        )
      : null,
  ];
}

function askedParts({ careful, missed, needless }: Score, { asked }: Play): Node[] {
  const parts: Node[] = [h("p", {}, saySpent(spent(asked)))];
  if (missed.length > 0) {
    parts.push(
      h("p", {}, "A careful person would have asked for this before deciding:"),
      h(
        "ul",
        { class: "l3s1-case-list" },
        ...missed.map(({ node, finding }) =>
          h("li", {}, `${finding.label} (${sayTime(finding.time)}), before “${node.question ?? ""}” `, h("em", {}, finding.result)),
        ),
      ),
    );
  } else if (careful > 0) parts.push(h("p", {}, "You asked for all that the best choices on your way rest on, and in time."));
  if (needless.length > 0) {
    parts.push(
      h("p", {}, "A careful person would have left this out:"),
      h(
        "ul",
        { class: "l3s1-case-list" },
        ...needless.map(({ label, time, needless: why }) => h("li", {}, `${label} (${sayTime(time)}). ${why ?? ""}`)),
      ),
    );
  }
  return parts;
}

function compareParts(data: CaseData, { turns }: Play, since: string): Node[] {
  const expert = expertTurns(data);
  const ways = [
    { who: "You", points: pointsOf(turns, null) },
    { who: "Expert", points: pointsOf(expert, null) },
  ];
  const nodes = [...new Set([...turns, ...expert].map(({ node }) => node))];
  nodes.sort((a, b) => a.at.days - b.at.days || data.nodes.indexOf(a) - data.nodes.indexOf(b));
  // Roles by name: on a phone the parts are laid one below the other, and stay a table for a screen reader.
  const cell = (who: string, ...parts: (Node | string | false)[]): HTMLElement =>
    h("td", { role: "cell" }, h("span", { class: "l3s1-case-whose", "aria-hidden": "true" }, who), ...parts);
  const taken = (who: string, way: readonly Turn[], node: Turn["node"]): HTMLElement => {
    const turn = way.find((each) => each.node === node);
    if (!turn) return cell(who, h("span", { class: "l3s1-note" }, "does not come here"));
    return cell(who, ratingMark(turn.choice.rating), h("br"), turn.choice.text);
  };
  const ends = (who: string, way: readonly Turn[]): HTMLElement => {
    const to = way.at(-1)?.to;
    return cell(who, to?.outcome ? outcomeMark(to.outcome) : false, h("br"), to ? sayWhen(to.at, since) : false);
  };
  const row = (head: (Node | string)[], ...cells: HTMLElement[]): HTMLElement =>
    h("tr", { role: "row" }, h("th", { scope: "row", role: "rowheader" }, ...head), ...cells);
  const rows = nodes.map((node) =>
    row([sayWhen(node.at, since), h("br"), node.question ?? ""], taken("You", turns, node), taken("Expert", expert, node)),
  );
  const heads = ["Decision", "You", "Expert"].map((each) => h("th", { scope: "col", role: "columnheader" }, each));
  const table = h(
    "table",
    { class: "l3s1-case-table", role: "table" },
    h("caption", { class: "l3s1-hidden" }, "Your way beside an expert’s, decision by decision"),
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, ...heads)),
    h("tbody", { role: "rowgroup" }, ...rows, row(["The end"], ends("You", turns), ends("Expert", expert))),
  );
  return [lanes(ways, sayZero(since)), table, explained(data, nodes)];
}

/** Every choice of the decisions that were met, with what is said of it. */
function explained(data: CaseData, nodes: readonly Turn["node"][]): HTMLElement {
  const parts = nodes.flatMap(({ question, choices }) => [
    h("p", { class: "l3s1-case-kind" }, question ?? ""),
    h(
      "dl",
      { class: "l3s1-other-choices" },
      ...choices.flatMap(({ text, rating, feedback }) => [
        h("dt", {}, ratingMark(rating, ": "), text),
        h("dd", {}, feedback),
      ]),
    ),
  ]);
  const whole = mostDecisions(data);
  const words = `The longest way through this case has ${plural(whole, "decision")}.`;
  return h("details", {}, h("summary", {}, "All choices explained"), ...parts, h("p", { class: "l3s1-note" }, words));
}

function takeAway({ debrief }: CaseData, sources: Sources): HTMLElement {
  return h(
    "ul",
    { class: "l3s1-case-list l3s1-case-debrief" },
    ...debrief.map(({ text, facts }) => h("li", {}, h("p", {}, text), sources.of(facts, text))),
  );
}

function links({ activities, lesson }: CaseData): HTMLElement {
  const entries = activities.map(({ label, lesson: place, href }) => ({ label, place, href }));
  entries.push({ label: `The lesson that this case closes`, place: lesson.title, href: lesson.href });
  return h(
    "ul",
    { class: "l3s1-case-list" },
    ...entries.map(({ label, place, href }) =>
      h(
        "li",
        {},
        h("a", { href, target: "_blank", rel: "noopener" }, label, h("span", { class: "l3s1-hidden" }, " (new tab)")),
        h("span", { class: "l3s1-note" }, ` · ${place}`),
      ),
    ),
  );
}
