// The answers of a day: for each question the rows that hold now, and on demand all others. Where
// two patients differ, each answer says for whom.
import { h, setText } from "../dom.ts";
import { markLabels } from "../evidence.ts";
import { differs, effectsOf, forPatient, letterOf, type Letter } from "./choices.ts";
import { effectLine, letterMark, rowButton, type OpenRow } from "./row_parts.ts";
import type { TimelineState } from "./state.ts";
import { statusOf, whenOf, type Status } from "./status.ts";
import type { Patient, Question, Row } from "./types.ts";

const NOTHING = "Nothing is marked for this day.";
const OTHERWISE: Record<Status, string> = {
  before: "not yet",
  during: "now",
  after: "past",
  unknown: "no evidence",
};

export class Answers {
  readonly element: HTMLElement;
  readonly #sections: Section[];
  #tallest = 0;

  constructor(
    private readonly state: TimelineState,
    open: OpenRow,
  ) {
    const { rows, questions } = state.content;
    this.#sections = questions.map((question) => {
      const own = rows.filter((row) => question.lanes.includes(row.lane));
      return new Section(question, own, state, open);
    });
    this.element = h("div", { class: "l3s1-answers" }, ...this.#sections.map((one) => one.element));
  }

  show(): void {
    const { patients, day } = this.state;
    for (const section of this.#sections) section.show(patients, day);
    // What stands below moves down at the fullest day, once, and not up again.
    const height = this.element.offsetHeight;
    if (height > this.#tallest) this.element.style.minHeight = `${height}px`;
    this.#tallest = Math.max(height, this.#tallest);
  }

  /** Forget the height that was reserved: another width or patient asks for another one. */
  reserve(): void {
    this.#tallest = 0;
    this.element.style.minHeight = "";
    this.show();
  }

  /** All answers as one sentence each. */
  say(): string {
    const { patients, day } = this.state;
    return this.#sections.map((one) => one.say(patients, day)).join(" ");
  }
}

class Section {
  readonly element: HTMLElement;
  readonly #now = h("ul", { class: "l3s1-now" });
  readonly #nothing = h("li", { class: "l3s1-nothing" }, NOTHING);
  readonly #others = h("ul", { class: "l3s1-others" });
  readonly #count = h("summary", {});
  readonly #items: ReadonlyMap<Row, Item>;

  constructor(
    private readonly question: Question,
    private readonly rows: readonly Row[],
    state: TimelineState,
    open: OpenRow,
  ) {
    this.#items = new Map(rows.map((row) => [row, new Item(row, state, open)]));
    const unknown = rows.filter((row) => row.kind === "no_evidence");
    this.element = h(
      "section",
      { class: "l3s1-answer", "data-question": question.id },
      h("h3", { class: "l3s1-question" }, question.label),
      this.#now,
      unknown.length > 0 &&
        h(
          "div",
          { class: "l3s1-unknown" },
          h("span", {}, "No evidence:"),
          ...unknown.map((row) => rowButton(row, open, false)),
        ),
      h("details", { class: "l3s1-rest" }, this.#count, this.#others),
    );
  }

  show(patients: readonly Patient[], day: number): void {
    const now: HTMLElement[] = [];
    const others: HTMLElement[] = [];
    const counts = { before: 0, after: 0 };
    for (const [row, item] of this.#items) {
      const statuses = patients.map((patient) => statusOf(row, patient, day));
      const status = statuses[0] ?? "unknown";
      if (statuses.includes("during")) {
        item.show(patients, statuses);
        now.push(item.element);
      } else if (status === "before" || status === "after") {
        counts[status] += 1;
        others.push(item.other(statuses as ("before" | "after")[]));
      }
    }
    replaceIfChanged(this.#now, now.length > 0 ? now : [this.#nothing]);
    replaceIfChanged(this.#others, others);
    setText(this.#count, `Not yet (${counts.before}) · past (${counts.after})`);
  }

  say(patients: readonly Patient[], day: number): string {
    const labels = this.rows.flatMap((row) => {
      const holds = patients.map((patient) => statusOf(row, patient, day) === "during");
      if (!holds.includes(true)) return [];
      const whose = holds.every(Boolean) ? "" : ` (only ${letterOf(holds.indexOf(true), patients.length)})`;
      return [`${row.label}${whose}`];
    });
    return `${this.question.label} ${labels.join(", ") || "Nothing marked"}.`;
  }
}

/** What a row says of a patient: its time, and what holds if it holds now. */
function body(row: Row, patient: Patient, status: Status): { when: string; during: string | null } {
  const when = whenOf(row, patient);
  if (status !== "during") return { when: `${OTHERWISE[status]}: ${when}`, during: null };
  return { when, during: forPatient(row.texts.during, patient) ?? "" };
}

/** One row as an answer; its elements are made once and moved between the lists. */
class Item {
  readonly element: HTMLElement;
  readonly #voices = h("div", { class: "l3s1-voices" });
  readonly #otherText = h("span", { class: "l3s1-other-text" });
  readonly #other: HTMLElement;
  #shownFor = "";

  constructor(
    private readonly row: Row,
    private readonly state: TimelineState,
    open: OpenRow,
  ) {
    this.element = h("li", { class: "l3s1-item", "data-row": row.id }, rowButton(row, open), this.#voices);
    this.#other = h("li", { class: "l3s1-item" }, rowButton(row, open), this.#otherText);
  }

  show(patients: readonly Patient[], statuses: readonly Status[]): void {
    const wanted = JSON.stringify([patients, statuses]);
    if (wanted === this.#shownFor) return;
    this.#shownFor = wanted;
    const { row, state } = this;
    const bodies = patients.map((patient, place) => body(row, patient, statuses[place] ?? "unknown"));
    const same = bodies.every((each) => JSON.stringify(each) === JSON.stringify(bodies[0]));
    const effects = patients.map((patient) => effectsOf(row, patient, state.content.choices));
    const alike = !differs(row, patients, state.content.choices);
    const letter = (place: number): Letter => letterOf(place, patients.length);
    this.#voices.replaceChildren(
      ...bodies.slice(0, same ? 1 : 2).flatMap(({ when, during }, place) => [
        h(
          "p",
          { class: "l3s1-when" },
          !same && letterMark(letter(place)),
          h("span", {}, when),
          ...(place === 0 ? markLabels(row.marks) : []),
        ),
        ...(during === null ? [] : [h("p", { class: "l3s1-during" }, during)]),
        ...(same ? [] : (effects[place] ?? []).map((effect) => effectLine(effect, "", state))),
      ]),
      ...(same ? effects.slice(0, alike ? 1 : 2) : []).flatMap((own, place) =>
        own.map((effect) => effectLine(effect, alike ? "" : letter(place), state)),
      ),
    );
  }

  other(statuses: readonly ("before" | "after")[]): HTMLElement {
    const [one = "before", other = one] = statuses;
    const { texts } = this.row;
    setText(this.#otherText, one === other ? texts[one] : `A: ${texts[one]} B: ${texts[other]}`);
    this.#other.dataset.status = one;
    return this.#other;
  }
}

function replaceIfChanged(list: HTMLElement, items: readonly HTMLElement[]): void {
  const same =
    list.childElementCount === items.length &&
    items.every((item, place) => list.children[place] === item);
  if (!same) list.replaceChildren(...items);
}
