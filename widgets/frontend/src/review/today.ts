// What is due today and what is new, filtered by lesson and objective, and the way into a session.
import { h, setText, uniqueId } from "../dom.ts";
import type { Progress } from "../progress/types.ts";
import type { ReviewContent, ReviewObjective } from "./content.ts";
import { type Filter, queueOf, takeSession } from "./queue.ts";
import { count } from "./words.ts";

const LENGTHS = [5, 10, 20];
const USUAL = 10;

export class Today {
  readonly element: HTMLElement;
  readonly #heading = h("h3", { tabindex: -1 }, "Today");
  readonly #says = h("p", { class: "l3s1-review-says", role: "status" });
  readonly #hint = h("p", { class: "l3s1-note" });
  readonly #lesson = h("select", { class: "l3s1-review-select" });
  readonly #objective = h("select", { class: "l3s1-review-select" });
  readonly #start = h("button", { type: "button", class: "l3s1-button l3s1-primary" });
  readonly #lengths: readonly HTMLInputElement[];
  /** Whether the student has chosen a lesson; until then it follows what was opened. */
  #isChosen = false;

  constructor(
    private readonly content: ReviewContent,
    changed: () => void,
    start: (length: number) => void,
  ) {
    const name = uniqueId("length");
    this.#lengths = LENGTHS.map((length) =>
      h("input", { type: "radio", name, value: length, checked: length === USUAL }),
    );
    this.#lesson.append(
      option("opened", "Lessons I have opened"),
      option("all", "All lessons"),
      ...content.lessons.map(({ number, title }) => option(number, `${number} · ${title}`)),
    );
    this.#fillObjectives();
    this.#lesson.addEventListener("change", () => {
      this.#isChosen = true;
      this.#fillObjectives();
      changed();
    });
    this.#objective.addEventListener("change", changed);
    for (const input of this.#lengths) input.addEventListener("change", changed);
    this.#start.addEventListener("click", () => start(this.length));
    this.element = h(
      "section",
      { class: "l3s1-review-today" },
      this.#heading,
      this.#says,
      h(
        "div",
        { class: "l3s1-review-filters" },
        h("label", { class: "l3s1-review-field" }, "Lesson", this.#lesson),
        h("label", { class: "l3s1-review-field" }, "Objective", this.#objective),
        h(
          "fieldset",
          { class: "l3s1-review-lengths" },
          h("legend", {}, "Questions at a time"),
          ...this.#lengths.map((input) => h("label", { class: "l3s1-review-length" }, input, input.value)),
        ),
      ),
      h("div", { class: "l3s1-actions" }, this.#start),
      this.#hint,
    );
    // Keys that choose here must not be a notebook's commands.
    this.element.addEventListener("keydown", (event) => event.stopPropagation());
  }

  get filter(): Filter {
    return { lesson: this.#lesson.value, objective: this.#objective.value };
  }

  get length(): number {
    return Number(this.#lengths.find(({ checked }) => checked)?.value ?? USUAL);
  }

  /** Ask for one objective. */
  choose(id: string): void {
    const objective = this.content.objective(id);
    if (!objective) return;
    this.#isChosen = true;
    this.#lesson.value = objective.lesson;
    this.#fillObjectives();
    this.#objective.value = id;
  }

  focus(): void {
    this.#heading.focus({ preventScroll: true });
    this.#heading.scrollIntoView?.({ block: "nearest" });
  }

  show(progress: Progress, now: Date): void {
    if (!this.#isChosen) this.#lesson.value = hasOpened(this.content, progress) ? "opened" : "all";
    const queue = queueOf(this.content, progress, this.filter, now);
    const { due, fresh } = queue;
    const answered = Object.values(progress.items).some(({ attempts }) => attempts.length > 0);
    const n = takeSession(queue, this.length).length;
    const isAhead = n > 0 && due.length + fresh.length === 0;
    setText(this.#says, sayToday(due.length, fresh.length, answered));
    setText(this.#start, isAhead ? `Ask ${count(n, "question")} again now` : startLabel(Math.min(due.length, n), n));
    this.#start.hidden = n === 0;
    setText(this.#hint, n === 0 ? nothingHere(this.filter) : isAhead ? AHEAD : answered ? "" : FIRST_TIME);
    this.#hint.hidden = this.#hint.textContent === "";
  }

  #fillObjectives(): void {
    const { lesson } = this.filter;
    const some = this.content.objectives.filter((each) => each.lesson === lesson);
    const isOne = some.length > 0;
    this.#objective.replaceChildren(
      option("", isOne ? "Any of this lesson" : "Any (choose a lesson to narrow it)"),
      ...some.map(({ id, text }: ReviewObjective) => option(id, text)),
    );
    this.#objective.disabled = !isOne;
  }
}

const AHEAD =
  "These are asked again by themselves on a later day. You may try them now; so soon after the last time only a miss " +
  "changes when they come back.";
const FIRST_TIME =
  "You have not answered a question yet. Start with some here, or in any lesson: each answer becomes a card and " +
  "comes back, a missed one tomorrow, what you were sure of and had right in about a week.";

function nothingHere({ lesson, objective }: Filter): string {
  if (lesson === "all" && objective === "") return "Nothing is left to ask today. Come back tomorrow.";
  return "Nothing is due here, and nothing is new. Choose another lesson, or all lessons.";
}

function sayToday(due: number, fresh: number, answered: boolean): string {
  if (!answered) return `${count(fresh, "new question")} to start with.`;
  return `${due === 0 ? "Nothing is" : due} due, ${fresh === 0 ? "nothing" : fresh} new.`;
}

function startLabel(due: number, n: number): string {
  const fresh = n - due;
  if (due === 0) return `Start with ${count(fresh, "new question")}`;
  return fresh === 0 ? `Review ${count(due, "question")}` : `Review ${due}, then ${fresh} new`;
}

/** Whether a lesson was opened beside the one that holds the review. */
function hasOpened(content: ReviewContent, { lessons }: Progress): boolean {
  const last = content.lessons.at(-1)?.number;
  return content.lessons.some(({ number }) => number !== last && Object.hasOwn(lessons, number));
}

function option(value: string, text: string): HTMLElement {
  return h("option", { value }, text);
}
