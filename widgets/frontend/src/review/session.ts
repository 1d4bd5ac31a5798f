// A session: one question at a time, when it comes back said after each answer, and a summary at the end.
import type { FieldModel } from "../assessment/fields/make.ts";
import type { Item, Response, Score } from "../assessment/types.ts";
import { h, setText } from "../dom.ts";
import type { Origins } from "../origin.ts";
import type { ProgressStore } from "../progress/store.ts";
import type { Attempt, Certainty } from "../progress/types.ts";
import type { Sheet } from "../sheet.ts";
import type { ReviewContent } from "./content.ts";
import { recordAnswer } from "./record.ts";
import type { Card } from "./schedule.ts";
import { summary } from "./summary.ts";
import { sayDue } from "./words.ts";

export interface Answered {
  item: string;
  correct: boolean;
  certainty: Certainty | null;
  card: Card | null;
}

/** Puts one question up; `assessment/question.ts` does, tests bring their own. */
export type Ask = (
  item: Item,
  options: {
    model: FieldModel;
    title: string;
    seed: number;
    sheet: Sheet;
    signal: AbortSignal;
    sources: () => Promise<Origins>;
    answered: (response: Response, certainty: Certainty | null, score: Score) => void;
  },
) => { element: HTMLElement; focus(): void };

export interface SessionOptions {
  model: FieldModel;
  sheet: Sheet;
  content: ReviewContent;
  store: ProgressStore;
  now: () => Date;
  items: readonly string[];
  removed: AbortSignal;
  ended: () => void;
  ask: Ask;
}

export class ReviewSession {
  readonly element = h("section", { class: "l3s1-review-session" });
  readonly #heading = h("h3", { tabindex: -1 });
  readonly #question = h("div");
  readonly #due = h("p", { class: "l3s1-review-due", role: "status" });
  readonly #next = h("button", { type: "button", class: "l3s1-button l3s1-primary" });
  readonly #stop = h("button", { type: "button", class: "l3s1-button" }, "End here");
  readonly #answered: Answered[] = [];
  readonly #seed = Math.floor(Math.random() * 9_999_999);
  #at = 0;
  /** Ends what the question at hand listens to. */
  #shown = new AbortController();

  constructor(private readonly options: SessionOptions) {
    this.#next.addEventListener("click", () => this.#go());
    this.#stop.addEventListener("click", () => this.#finish());
    this.element.append(
      this.#heading,
      this.#question,
      this.#due,
      h("div", { class: "l3s1-actions" }, this.#next, this.#stop),
    );
    options.removed.addEventListener("abort", () => this.stop());
  }

  begin(): void {
    void this.#ask();
  }

  stop(): void {
    this.#shown.abort();
  }

  async #ask(): Promise<void> {
    const { content, items, ask, model, sheet } = this.options;
    const id = items[this.#at];
    if (id === undefined) return this.#finish();
    this.#shown.abort();
    const shown = new AbortController();
    this.#shown = shown;
    const lesson = content.lessonOf(id)?.number ?? "";
    setText(this.#heading, `Question ${this.#at + 1} of ${items.length}`);
    setText(this.#due, "");
    this.#next.hidden = true;
    this.#question.replaceChildren(h("p", { class: "l3s1-note", role: "status" }, "Fetching the question …"));
    this.#heading.focus({ preventScroll: true });
    try {
      const item = await content.question(id);
      if (shown.signal.aborted) return;
      const question = ask(item, {
        model,
        title: `Lesson ${lesson}`,
        seed: this.#seed + this.#at,
        sheet,
        signal: shown.signal,
        sources: () => content.sources(lesson),
        answered: (response, certainty, score) => this.#keep(id, response, certainty, score),
      });
      this.#question.replaceChildren(question.element);
      this.#heading.scrollIntoView?.({ block: "nearest" });
    } catch {
      if (shown.signal.aborted) return;
      this.#question.replaceChildren(
        h(
          "p",
          { class: "l3s1-review-trouble", role: "alert" },
          "This question can’t be fetched: the course’s kernel does not answer. Your answers so far are kept. Go on to try the next one, or load the page again.",
        ),
      );
      this.#offerNext();
    }
  }

  #keep(item: string, response: Response, certainty: Certainty | null, score: Score): void {
    const { store, now } = this.options;
    const time = now();
    const attempt: Attempt = { at: time.toISOString(), response, ...score, certainty, place: "review" };
    const card = recordAnswer(store, item, attempt, time);
    this.#answered.push({ item, correct: score.correct, certainty, card });
    setText(this.#due, card ? sayDue(card, time) : "");
    this.#offerNext();
  }

  #offerNext(): void {
    const isLast = this.#at + 1 >= this.options.items.length;
    setText(this.#next, isLast ? "See how it went" : "Next question");
    this.#next.hidden = false;
  }

  #go(): void {
    this.#at += 1;
    void this.#ask();
  }

  #finish(): void {
    this.#shown.abort();
    const { ended, content, now } = this.options;
    if (this.#answered.length === 0) return ended();
    const done = h("button", { type: "button", class: "l3s1-button l3s1-primary" }, "Done");
    done.addEventListener("click", ended);
    setText(this.#heading, "How it went");
    this.element.replaceChildren(
      this.#heading,
      summary(this.#answered, content, now()),
      h("div", { class: "l3s1-actions" }, done),
    );
    this.#heading.focus({ preventScroll: true });
    this.#heading.scrollIntoView?.({ block: "nearest" });
  }
}
