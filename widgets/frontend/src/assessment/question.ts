// One question of any type: asks, takes the answer and how sure the student is, explains, asks again.
// The quiz and the review both use it.
import { h, setText } from "../dom.ts";
import type { OpenScene } from "../explorer/stage.ts";
import type { Sheet } from "../sheet.ts";
import { CertaintyField, marksOf, sayMarks, stepOf } from "./certainty.ts";
import { isMissing, type Explanation, type Field } from "./fields/field.ts";
import { fieldOf, type FieldModel } from "./fields/make.ts";
import { isResponse, score } from "./score.ts";
import type { Answer, Item, Score } from "./types.ts";

export interface AskOptions {
  /** "Question 2 of 5" */
  title: string;
  /** A prediction is committed, not marked. */
  predict?: boolean;
  /** Whether the student is asked how sure they are; `askCertainty` changes it. */
  certainty?: boolean;
  /** The order of the choices; null: as written. */
  seed?: number | null;
  /** Whether a question may be answered again; default: yes. */
  retry?: boolean;
  /** Loads pictures and the 3D model. */
  model: FieldModel;
  /** What shows the origins of these facts, in `sheet`. */
  origins(facts: readonly string[]): Node;
  sheet: Sheet;
  removed: AbortSignal;
  /** The student has committed an answer: it is explained already. */
  onAnswer(answer: Answer, score: Score): void;
  /** The student wants to answer again. */
  onAgain?(): void;
  /** Exchanged in tests. */
  openScene?: OpenScene;
}

export interface AskedQuestion {
  readonly element: HTMLElement;
  readonly item: Item;
  /** Show an answer with its explanation and a note ("You answered this on …"); null: not answered. */
  show(answer: Answer | null, note?: string): void;
  askCertainty(asked: boolean): void;
  /** Show the choices in another order; what is answered, or chosen already, stays. */
  arrange(seed: number | null): void;
  retitle(title: string): void;
  focus(): void;
}

export function askQuestion(item: Item, options: AskOptions): AskedQuestion {
  return new Question(item, options);
}

class Question implements AskedQuestion {
  readonly element: HTMLElement;
  readonly #number = h("span", { class: "l3s1-question-number" });
  readonly #place = h("div", { class: "l3s1-question-field" });
  readonly #certainty = new CertaintyField();
  readonly #commit: HTMLButtonElement;
  readonly #again = h("button", { type: "button", class: "l3s1-button" }, "Try again");
  readonly #hint = h("p", { class: "l3s1-question-hint", role: "alert" });
  readonly #verdict = h("div", { class: "l3s1-verdict", role: "status", tabindex: -1 });
  readonly #explained = h("div", { class: "l3s1-explained" });
  #field: Field;
  /** Ends what the field has going on. */
  #made = new AbortController();
  #answer: Answer | null = null;
  #asksCertainty: boolean;

  constructor(
    readonly item: Item,
    private readonly options: AskOptions,
  ) {
    const verb = options.predict ? "Commit to my prediction" : "Check answer";
    this.#commit = h("button", { type: "submit", class: "l3s1-button l3s1-primary" }, verb);
    this.#field = this.#make(options.seed ?? null);
    this.#place.append(this.#field.element);
    this.retitle(options.title);
    this.#asksCertainty = options.certainty ?? false;
    const form = h(
      "form",
      { class: "l3s1-question-form", "data-item": item.id, "data-type": item.type, novalidate: true },
      h(
        "fieldset",
        { class: "l3s1-choices" },
        h("legend", {}, this.#number, h("span", { class: "l3s1-stem" }, item.stem)),
        this.#place,
      ),
      this.#certainty.element,
      h("div", { class: "l3s1-actions" }, this.#commit, this.#again, this.#hint),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#commitAnswer();
    });
    // JupyterLab has shortcuts for letters and arrows.
    form.addEventListener("keydown", (event) => event.stopPropagation());
    form.addEventListener("change", () => setText(this.#hint, ""));
    this.#again.addEventListener("click", () => this.#retry());
    options.removed.addEventListener("abort", () => this.#made.abort());
    this.element = h("section", { class: "l3s1-question-box" }, form, this.#verdict, this.#explained);
    this.#draw();
  }

  show(answer: Answer | null, note = ""): void {
    const known = answer && isResponse(this.item, answer.response) ? answer : null;
    this.#answer = known;
    this.#field.show(known?.response ?? null);
    this.#certainty.value = known?.certainty ?? null;
    setText(this.#hint, "");
    if (known) this.#explain(known, note);
    else {
      delete this.#verdict.dataset.result;
      this.#verdict.replaceChildren();
      this.#explained.replaceChildren();
    }
    this.#draw();
  }

  askCertainty(asked: boolean): void {
    this.#asksCertainty = asked;
    this.#draw();
  }

  arrange(seed: number | null): void {
    const begun = this.#answer ? null : this.#field.read();
    this.#made.abort();
    this.#made = new AbortController();
    this.#field = this.#make(seed);
    this.#place.replaceChildren(this.#field.element);
    this.#field.show(this.#answer?.response ?? (begun === null || isMissing(begun) ? null : begun));
    this.#draw();
  }

  retitle(title: string): void {
    const level = this.item.level ? ` · ${this.item.level.replaceAll("_", " ")}` : "";
    setText(this.#number, `${title}${level}`);
  }

  focus(): void {
    if (this.#answer === null) this.#field.focus();
    else (this.#again.hidden ? this.#verdict : this.#again).focus();
  }

  #make(seed: number | null): Field {
    const { model, openScene } = this.options;
    return fieldOf(this.item, seed, model, this.#made.signal, openScene);
  }

  #commitAnswer(): void {
    const given = this.#field.read();
    if (isMissing(given)) {
      setText(this.#hint, given.missing);
      given.where?.focus();
      return;
    }
    const certainty = this.#asksCertainty ? this.#certainty.value : null;
    if (this.#asksCertainty && certainty === null) {
      setText(this.#hint, "Say how sure you are first.");
      this.#certainty.focus();
      return;
    }
    const answer: Answer = { response: given, certainty };
    this.show(answer);
    (this.#again.hidden ? this.#verdict : this.#again).focus();
    this.options.onAnswer(answer, score(this.item, given));
  }

  /** Free the field; what was explained stays readable below, as that of the last answer. */
  #retry(): void {
    this.#verdict.querySelector("p")?.after(h("p", { class: "l3s1-note" }, "That was your last answer."));
    this.#answer = null;
    this.#field.show(null);
    this.#certainty.value = null;
    this.#draw();
    this.#field.focus();
    this.options.onAgain?.();
  }

  #draw(): void {
    const answered = this.#answer !== null;
    this.#field.disabled = answered;
    this.#certainty.disabled = answered;
    const sure = this.#answer?.certainty ?? null;
    this.#certainty.element.hidden = answered ? sure === null : !this.#asksCertainty;
    this.#commit.hidden = answered;
    this.#again.hidden = !answered || this.options.retry === false;
  }

  #explain({ response, certainty }: Answer, note: string): void {
    const { correct, share } = score(this.item, response);
    const explanation = this.#field.explain(response);
    const predict = this.options.predict ?? false;
    const word = correct ? (predict ? "As the evidence has it" : "Correct") : share > 0 ? "Partly right" : "Not quite";
    this.#verdict.dataset.result = correct ? "right" : share > 0 ? "partly" : "wrong";
    this.#verdict.replaceChildren(
      h(
        "p",
        { class: "l3s1-verdict-word" },
        h("span", { "aria-hidden": "true", class: "l3s1-verdict-icon" }, correct ? "✓" : share > 0 ? "◐" : "✕"),
        word,
      ),
      h("p", { class: "l3s1-your-choice" }, explanation.given),
      ...explanation.feedback,
    );
    if (certainty !== null) {
      const says = `${stepOf(certainty).label}: certainty marks ${sayMarks(marksOf(certainty, correct))}`;
      this.#verdict.append(h("p", { class: "l3s1-note" }, says));
    }
    if (predict) {
      const below = "You will meet the answer, with its sources, below.";
      this.#verdict.append(h("p", { class: "l3s1-note" }, below));
    }
    if (note) this.#verdict.append(h("p", { class: "l3s1-note" }, note));
    this.#explained.replaceChildren(...rest(explanation), ...this.#sources());
  }

  #sources(): Node[] {
    const { facts } = this.item;
    if (facts.length === 0) return [];
    const button = h(
      "button",
      { type: "button", class: "l3s1-button" },
      facts.length === 1 ? "Where this comes from" : `Where this comes from (${facts.length} sources)`,
    );
    button.addEventListener("click", () =>
      this.options.sheet.open({
        heading: "Where this comes from",
        body: [this.options.origins(facts)],
        opener: button,
      }),
    );
    return [button];
  }
}

function rest({ rest: more }: Explanation): Node[] {
  if (!more) return [];
  return [h("details", { class: "l3s1-rest" }, h("summary", {}, more.summary), more.body)];
}
