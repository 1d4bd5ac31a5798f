// QuestionSet: questions with feedback, to predict before reading or to check oneself after it.
import type { AnyModel } from "@anywidget/types";
import { h } from "../dom.ts";
import type { OpenScene } from "../explorer/stage.ts";
import { originsOf } from "../origin.ts";
import { progressLine } from "../progress/line.ts";
import { progressOf } from "../progress/store.ts";
import type { ProgressStore } from "../progress/store.ts";
import { Sheet } from "../sheet.ts";
import type { FieldTraits } from "./fields/make.ts";
import { type AnswerTraits, KeptAnswers } from "./kept.ts";
import { shuffled } from "./order.ts";
import { askQuestion, type AskedQuestion } from "./question.ts";
import { sayResult } from "./result.ts";
import { SetOptions } from "./set_options.ts";
import type { Answer, Item, Response } from "./types.ts";

export interface QuestionTraits extends AnswerTraits, FieldTraits {
  mode: "predict" | "check";
  items: readonly Item[];
  origins_gz: DataView;
}

/** What is exchanged in tests. */
export interface Surroundings {
  openScene?: OpenScene;
  store?: ProgressStore;
}

/** Put a question set into `el`, until `removed` says that it goes. */
export function mountQuestions(
  model: AnyModel<QuestionTraits>,
  el: HTMLElement,
  removed: AbortSignal,
  around: Surroundings = {},
): void {
  new QuestionSet(model, el, removed, around).start();
}

class QuestionSet {
  readonly #items: readonly Item[];
  readonly #kept: KeptAnswers;
  readonly #questions: readonly AskedQuestion[];
  readonly #options: SetOptions | null;
  readonly #list = h("div", { class: "l3s1-question-list" });
  readonly #result = h("div", { class: "l3s1-set-result" });
  readonly #result_words = h("div", { role: "status" });
  readonly #predict: boolean;
  /** What each question shows, so that nothing is drawn again that a student reads. */
  readonly #shown = new Map<string, string>();
  /** Questions that are being answered again. */
  readonly #open = new Set<string>();

  constructor(
    private readonly model: AnyModel<QuestionTraits>,
    el: HTMLElement,
    private readonly removed: AbortSignal,
    { openScene, store = progressOf() }: Surroundings,
  ) {
    this.#items = model.get("items");
    this.#predict = model.get("mode") === "predict";
    this.#kept = new KeptAnswers(this.#items, model as unknown as AnyModel<AnswerTraits>, store);
    const events = {
      certainty: (asked: boolean) => this.#questions.forEach((each) => each.askCertainty(asked)),
      order: (seed: number | null) => this.#arrange(seed),
    };
    this.#options = this.#predict ? null : new SetOptions(this.#items.length, events, removed);
    const sheet = new Sheet(removed, () => undefined);
    this.#questions = this.#items.map((item) =>
      askQuestion(item, {
        title: "Question",
        predict: this.#predict,
        certainty: this.#options?.certainty ?? false,
        seed: this.#options?.seed ?? null,
        model: model as unknown as AnyModel<FieldTraits>,
        origins: (facts) => originsOf(facts, model.get("origins_gz")),
        sheet,
        removed,
        onAnswer: (answer, score) => {
          this.#open.delete(item.id);
          this.#shown.set(item.id, keyOf(answer, ""));
          this.#kept.give(item, answer, score);
          this.#drawResult();
        },
        onAgain: () => this.#open.add(item.id),
        ...(openScene ? { openScene } : {}),
      }),
    );
    const again = h("button", { type: "button", class: "l3s1-button" }, "Answer all again");
    again.addEventListener("click", () => this.#restart());
    this.#result.append(this.#result_words, again);
    el.replaceChildren(
      ...(this.#options ? [this.#options.element, this.#options.clock.running] : []),
      this.#list,
      this.#result,
      progressLine(removed, store),
      sheet.element,
    );
  }

  start(): void {
    this.#place(this.#options?.seed ?? null);
    this.#showKept();
    this.#showTold();
    this.#drawResult();
    this.#kept.watch((other) => {
      if (other) this.#open.clear();
      this.#showKept();
      this.#drawResult();
    }, this.removed);
    const told = (): void => this.#showTold();
    this.model.on("change:answers", told);
    this.removed.addEventListener("abort", () => this.model.off("change:answers", told));
  }

  /** Show what the browser has kept, but for what is being answered. */
  #showKept(): void {
    this.#items.forEach((item, at) => {
      if (this.#open.has(item.id) || this.#kept.hasGiven(item)) return;
      const last = this.#kept.last(item);
      const word = this.#predict ? "predicted" : "answered";
      const note = last ? `You ${word} this on ${sayDay(last.at)}.` : "";
      const answer = last && { response: last.response as Response, certainty: last.certainty };
      this.#show(at, answer, note);
    });
  }

  #showTold(): void {
    for (const [item, answer] of this.#kept.told()) this.#show(this.#items.indexOf(item), answer, "");
  }

  #show(at: number, answer: Answer | null, note: string): void {
    const item = this.#items[at] as Item;
    const key = answer ? keyOf(answer, note) : "";
    const before = this.#shown.get(item.id) ?? "";
    if (key === before) return;
    this.#shown.set(item.id, key);
    this.#questions[at]?.show(answer, note);
  }

  #arrange(seed: number | null): void {
    for (const each of this.#questions) each.arrange(seed);
    this.#place(seed);
  }

  /** Put the questions in order, and number them. */
  #place(seed: number | null): void {
    const order = seed === null ? this.#questions : shuffled(this.#questions, seed, "questions");
    order.forEach((each, at) => each.retitle(order.length > 1 ? `Question ${at + 1} of ${order.length}` : "Question"));
    this.#list.replaceChildren(...order.map(({ element }) => element));
  }

  #restart(): void {
    this.#kept.forget();
    this.#options?.renew();
    this.#items.forEach((item, at) => {
      this.#open.add(item.id);
      this.#shown.set(item.id, "");
      this.#questions[at]?.show(null);
    });
    this.#drawResult();
    const first = this.#list.firstElementChild;
    this.#questions.find(({ element }) => element === first)?.focus();
  }

  #drawResult(): void {
    const counted = this.#items.map((item) => (this.#isAnswered(item) ? this.#kept.counted(item) : null));
    const all = counted.flatMap((each) => (each ? [each] : []));
    const whole = !this.#predict && all.length === this.#items.length;
    this.#result.hidden = !whole;
    const lines = whole ? sayResult(all).map((line) => h("p", {}, line)) : [];
    this.#result_words.replaceChildren(...lines);
    if (whole) this.#options?.clock.finish();
  }

  /** Whether an answer counts now: one that is being given again still does, after a restart none. */
  #isAnswered(item: Item): boolean {
    return this.#kept.hasGiven(item) || !this.#open.has(item.id);
  }
}

const keyOf = (answer: Answer, note: string): string => JSON.stringify([answer, note]);

/** "3 November 2026", in the reader's own time zone. */
function sayDay(at: string): string {
  return new Date(at).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
}
