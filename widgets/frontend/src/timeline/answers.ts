// The answers of a day: for each question the rows that hold now, and on demand all others.
import { h, setText } from "../dom.ts";
import { evidenceMark, markLabels } from "../evidence.ts";
import type { TimelineState } from "./state.ts";
import { forApproach, statusOf } from "./status.ts";
import type { Question, Row } from "./types.ts";

const NOTHING = "Nothing is marked for this day.";

type OpenRow = (row: Row, opener: HTMLElement) => void;

export class Answers {
  readonly element: HTMLElement;
  readonly #sections: Section[];
  #tallest = 0;

  constructor(
    private readonly state: TimelineState,
    open: OpenRow,
  ) {
    const rows = state.model.get("rows");
    this.#sections = state.model.get("questions").map((question) => {
      const own = rows.filter((row) => question.lanes.includes(row.lane));
      return new Section(question, own, open);
    });
    this.element = h("div", { class: "l3s1-answers" }, ...this.#sections.map((one) => one.element));
  }

  show(): void {
    for (const section of this.#sections) section.show(this.state.approach, this.state.day);
    // What stands below moves down at the fullest day, once, and not up again.
    const height = this.element.offsetHeight;
    if (height > this.#tallest) this.element.style.minHeight = `${height}px`;
    this.#tallest = Math.max(height, this.#tallest);
  }

  /** Forget the height that was reserved: another width or approach asks for another one. */
  reserve(): void {
    this.#tallest = 0;
    this.element.style.minHeight = "";
    this.show();
  }

  /** All answers as one sentence each. */
  say(): string {
    return this.#sections.map((one) => one.say(this.state.approach, this.state.day)).join(" ");
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
    open: OpenRow,
  ) {
    this.#items = new Map(rows.map((row) => [row, new Item(row, open)]));
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

  show(approach: string, day: number): void {
    const now: HTMLElement[] = [];
    const others: HTMLElement[] = [];
    const counts = { before: 0, after: 0 };
    for (const [row, item] of this.#items) {
      const status = statusOf(row, approach, day);
      item.show(approach);
      if (status === "during") now.push(item.element);
      if (status === "before" || status === "after") {
        counts[status] += 1;
        others.push(item.other(status));
      }
    }
    replaceIfChanged(this.#now, now.length > 0 ? now : [this.#nothing]);
    replaceIfChanged(this.#others, others);
    setText(this.#count, `Not yet (${counts.before}) · past (${counts.after})`);
  }

  say(approach: string, day: number): string {
    const now = this.rows.filter((row) => statusOf(row, approach, day) === "during");
    const labels = now.map((row) => row.label).join(", ");
    return `${this.question.label} ${labels || "Nothing marked"}.`;
  }
}

/** One row as an answer; its elements are made once and moved between the lists. */
class Item {
  readonly element: HTMLElement;
  readonly #when = h("span", {});
  readonly #during = h("p", { class: "l3s1-during" });
  readonly #otherText = h("span", { class: "l3s1-other-text" });
  readonly #other: HTMLElement;

  constructor(
    private readonly row: Row,
    open: OpenRow,
  ) {
    this.element = h(
      "li",
      { class: "l3s1-item", "data-row": row.id },
      rowButton(row, open),
      h("p", { class: "l3s1-when" }, this.#when, ...markLabels(row.marks)),
      this.#during,
    );
    this.#other = h("li", { class: "l3s1-item" }, rowButton(row, open), this.#otherText);
  }

  show(approach: string): void {
    setText(this.#when, forApproach(this.row.when, approach) ?? "");
    setText(this.#during, forApproach(this.row.texts.during, approach) ?? "");
  }

  other(status: "before" | "after"): HTMLElement {
    setText(this.#otherText, this.row.texts[status]);
    this.#other.dataset.status = status;
    return this.#other;
  }
}

/** The row's name with its evidence mark; opens its origin. */
export function rowButton(row: Row, open: OpenRow, marked = true): HTMLButtonElement {
  const mark = marked && evidenceMark(row.evidence, `evidence: ${row.evidence_label}`);
  const button = h("button", { type: "button", class: "l3s1-row-button" }, mark, row.label);
  button.addEventListener("click", () => open(row, button));
  return button;
}

function replaceIfChanged(list: HTMLElement, items: readonly HTMLElement[]): void {
  const same =
    list.childElementCount === items.length &&
    items.every((item, place) => list.children[place] === item);
  if (!same) list.replaceChildren(...items);
}
