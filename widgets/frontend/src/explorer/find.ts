// 'Find it': tasks one by one, with what a wrong answer was and how to tell the two apart.
import { h, setAttributes, setText } from "../dom.ts";
import type { Vector, ViewName } from "../scene/types.ts";
import type { Catalogue } from "./catalogue.ts";
import { button } from "./fields.ts";
import { article, isRight, nearMiss } from "./near_miss.ts";
import { drawRound, type Task } from "./rounds.ts";
import type { TaskScene } from "./scene_state.ts";
import type { ExplorerState } from "./state.ts";
import { capital } from "./tree.ts";
import type { Result, Structure, Target } from "./types.ts";

export interface FindActions {
  /** The scene shows another state of the task. */
  changed(): void;
  /** Another task begins. */
  begun(): void;
  lookAt(structure: Structure): void;
  /** Where a structure's middle lies, for those who do not see the picture; null without a scene. */
  middle(structure: string): Vector | null;
  /** Without a scene tasks are put in words alone. */
  hasScene(): boolean;
}

const DONE_WORDS: Record<Result, string> = {
  first: "right at once",
  later: "right after a miss",
  shown: "shown",
  skipped: "skipped",
};
const ASKED = ["Easy", "Harder", "Hard"] as const;
const RIGHT_COLOUR = "#009e73";
const TAKEN_COLOUR = "#d55e00";

export class FindPanel {
  readonly element: HTMLElement;
  readonly #progress = h("p", { class: "l3s1-find-progress" });
  readonly #steps = h("ol", { class: "l3s1-find-steps", "aria-hidden": "true" });
  readonly #question = h("h3", { class: "l3s1-find-question", tabindex: -1 });
  readonly #described = h("p", { class: "l3s1-find-described" });
  readonly #choices = h("div", { class: "l3s1-find-choices" });
  readonly #cycle: HTMLElement;
  readonly #cycleSaid = h("p", { class: "l3s1-note l3s1-cycle-said", role: "status" });
  readonly #feedback = h("div", { class: "l3s1-find-feedback", role: "status" });
  readonly #retry = button("Try again", () => this.#again(), { class: "l3s1-button l3s1-primary" });
  readonly #reveal = button("Show it", () => this.#show("shown"));
  readonly #skip = button("Skip", () => this.#finish("skipped"));
  readonly #next = button("Next", () => this.#advance(), { class: "l3s1-button l3s1-primary" });
  readonly #round = button("New round", () => this.#newRound());
  #tasks: readonly Task[] = [];
  #seed = 0;
  #at = -1;
  /** The structure taken last, if it was wrong. */
  #taken: Structure | null = null;
  #missed = false;
  /** How the task of the moment ended; null while it is open. */
  #ended: Result | null = null;
  #candidate = -1;
  #inWords = false;

  constructor(
    private readonly state: ExplorerState,
    private readonly catalogue: Catalogue,
    private readonly targets: readonly Target[],
    private readonly actions: FindActions,
  ) {
    const step = (by: 1 | -1) => (): void => this.#move(by);
    this.#cycle = h(
      "div",
      { class: "l3s1-cycle", role: "group", "aria-label": "Without a mouse" },
      h(
        "span",
        { class: "l3s1-field-label", "aria-hidden": "true" },
        "Without a mouse: light up one after the other",
      ),
      button("‹ Previous", step(-1), { class: "l3s1-button l3s1-small" }),
      button("Next ›", step(1), { class: "l3s1-button l3s1-small" }),
      button("This one", () => this.#takeCandidate(), { class: "l3s1-button l3s1-small" }),
      this.#cycleSaid,
    );
    this.element = h(
      "div",
      { class: "l3s1-find" },
      this.#progress,
      this.#steps,
      this.#question,
      this.#described,
      this.#choices,
      h(
        "div",
        { class: "l3s1-actions" },
        this.#next,
        this.#retry,
        this.#reveal,
        this.#skip,
        this.#round,
      ),
      this.#feedback,
      this.#cycle,
    );
  }

  /** What the scene shows for the task of the moment. */
  get scene(): TaskScene | null {
    const task = this.#task;
    const structure = this.#structure;
    if (!task || !structure) return null;
    const revealed = this.#ended !== null && this.#ended !== "skipped";
    const colour: Record<string, string> = {};
    const labels: string[] = [];
    if (this.#taken) {
      colour[this.#taken.id] = TAKEN_COLOUR;
      labels.push(this.#taken.id);
    }
    if (revealed) {
      colour[structure.id] = RIGHT_COLOUR;
      labels.push(structure.id);
    }
    const lit =
      task.kind === "name" ? structure.id : this.#taken ? undefined : task.choices[this.#candidate];
    const highlight = lit !== undefined && !revealed ? [lit] : [];
    return { structure, highlight, labels, colour };
  }

  /** The view in which a task begins: what is to be named must be seen, what is to be found not. */
  get view(): ViewName {
    const structure = this.#structure;
    const shown = this.#task?.kind === "name" || structure?.cut;
    return (shown ? structure?.view : undefined) ?? "oblique";
  }

  get #task(): Task | undefined {
    return this.#tasks[this.#at];
  }

  get #structure(): Structure | undefined {
    return this.catalogue.structures.get(this.#task?.structure ?? "");
  }

  show(): void {
    const { seed, results } = this.state.values;
    if (seed !== this.#seed) {
      this.#seed = seed;
      this.#tasks = drawRound(seed, this.targets, (id) => this.catalogue.structures.get(id)?.kind ?? id);
      this.#at = -1;
    }
    // While a finished task is still being looked at, it stays.
    const at = this.#ended === null ? results.length : results.length - 1;
    const inWords = !this.actions.hasScene();
    if (at !== this.#at || inWords !== this.#inWords) {
      this.#inWords = inWords;
      this.#open(at);
    }
    this.#draw();
  }

  /** A click in the scene. */
  picked(id: string | null): void {
    const task = this.#task;
    const taken = this.catalogue.structures.get(id ?? "");
    if (!task || task.kind !== "click" || this.#ended !== null || !taken) return;
    this.#answer(taken);
  }

  #open(at: number): void {
    this.#at = at;
    this.#taken = null;
    this.#missed = false;
    this.#ended = null;
    this.#candidate = -1;
    setText(this.#cycleSaid, "");
    const task = this.#task;
    const choices = task && this.#isChoice(task) ? task.choices : [];
    this.#choices.replaceChildren(...choices.map((id) => this.#choice(id)));
    this.actions.begun();
  }

  /** Whether the answer is chosen from a list: without a scene it always is. */
  #isChoice(task: Task): boolean {
    return task.kind === "name" || this.#inWords;
  }

  #choice(id: string): HTMLElement {
    const element = button(capital(this.catalogue.say(id)), () => {
      const taken = this.catalogue.structures.get(id);
      if (taken && this.#ended === null) this.#answer(taken);
    });
    element.dataset.structure = id;
    return element;
  }

  #answer(taken: Structure): void {
    const asked = this.#structure;
    if (!asked) return;
    if (isRight(asked, taken)) {
      this.#taken = null;
      this.#end(this.#missed ? "later" : "first");
    } else {
      this.#missed = true;
      this.#taken = taken;
      this.#draw();
      this.actions.changed();
    }
  }

  #again(): void {
    this.#taken = null;
    this.#draw();
    this.actions.changed();
    this.#question.focus({ preventScroll: true });
  }

  #show(result: Result): void {
    this.#end(result);
    const asked = this.#structure;
    if (asked) this.actions.lookAt(asked);
  }

  #end(result: Result): void {
    this.#ended = result;
    this.#candidate = -1;
    this.state.choose({ results: [...this.state.get("results"), result] });
    this.#draw();
    this.actions.changed();
    this.#next.focus({ preventScroll: true });
  }

  #finish(result: Result): void {
    this.#ended = null;
    this.state.choose({ results: [...this.state.get("results"), result] });
    this.show();
    this.#question.focus({ preventScroll: true });
  }

  #advance(): void {
    this.#ended = null;
    this.show();
    this.#question.focus({ preventScroll: true });
  }

  #newRound(): void {
    this.#ended = null;
    // The next seed follows from this one, so that a class that starts together stays together.
    this.state.choose({ seed: (this.state.get("seed") * 16807) % 9_999_991 || 1, results: [] });
    this.#seed = 0;
    this.show();
    this.#question.focus({ preventScroll: true });
  }

  #move(by: 1 | -1): void {
    const task = this.#task;
    if (!task || task.kind !== "click" || this.#ended !== null) return;
    const { length } = task.choices;
    this.#candidate = (this.#candidate + by + length) % length;
    if (by === -1 && this.#candidate === length - 2 && this.#cycleSaid.textContent === "") {
      this.#candidate = length - 1;
    }
    const id = task.choices[this.#candidate] ?? "";
    setText(this.#cycleSaid, `${this.#candidate + 1} of ${length}: ${this.#where(id)}`);
    this.actions.changed();
  }

  #takeCandidate(): void {
    const id = this.#task?.choices[this.#candidate];
    if (id) this.picked(id);
  }

  /** A candidate's tissue and place, which do not give its name away. */
  #where(id: string): string {
    const tissue = this.catalogue.structures.get(id)?.tissue ?? "";
    const middle = this.actions.middle(id);
    if (!middle) return tissue;
    const [x, y, z] = middle.map(Math.round) as [number, number, number];
    const side =
      Math.abs(x) < 2 ? "in the midline" : `${Math.abs(x)} mm to the ${x > 0 ? "left" : "right"}`;
    const depth = y < 0 ? `${-y} mm in front of` : `${y} mm behind`;
    const height = z < 0 ? `${-z} mm below` : `${z} mm above`;
    return `${tissue}, ${side}, ${depth} and ${height} the middle of the S1 end plate`;
  }

  #draw(): void {
    const task = this.#task;
    const asked = this.#structure;
    const results = this.state.get("results");
    const total = this.#tasks.length;
    const right = results.filter((each) => each === "first").length;
    const score = `${right} right at once`;
    this.#steps.replaceChildren(
      ...this.#tasks.map((_, place) =>
        h("li", {
          class: place === this.#at ? "l3s1-step-now" : "",
          "data-result": results[place] ?? "",
        }),
      ),
    );
    const over = !task || !asked;
    setText(
      this.#progress,
      over
        ? `All ${total} done · ${score}`
        : `Task ${this.#at + 1} of ${total} · ${ASKED[task.difficulty - 1]} · ${score}`,
    );
    setText(this.#question, over ? this.#summary(results) : this.#ask(task, asked));
    setText(this.#described, over || !this.#inWords ? "" : this.#describe(asked));
    this.#choices.hidden = over || !this.#isChoice(task);
    this.#cycle.hidden = over || this.#isChoice(task) || this.#ended !== null;
    this.#drawChoices();
    this.#drawFeedback(asked);
    const open = !over && this.#ended === null;
    this.#retry.hidden = !open || this.#taken === null || this.#isChoice(task);
    this.#reveal.hidden = !open;
    this.#skip.hidden = !open;
    this.#next.hidden = this.#ended === null;
    this.#round.hidden = !over;
  }

  #ask(task: Task, asked: Structure): string {
    if (this.#inWords) return "Which structure is described?";
    if (task.kind === "name") return "What is the highlighted structure?";
    return `Click ${article(asked)}${asked.name}.`;
  }

  #describe({ kind, place }: Structure): string {
    const what = this.catalogue.kinds.get(kind)?.what ?? "";
    return place ? `${what} (${place})` : what;
  }

  #summary(results: readonly Result[]): string {
    const counts = (Object.keys(DONE_WORDS) as Result[])
      .map((each) => [results.filter((one) => one === each).length, DONE_WORDS[each]] as const)
      .filter(([count]) => count > 0)
      .map(([count, words]) => `${count} ${words}`);
    return counts.length > 0 ? capital(counts.join(", ")) : "There is nothing to find in this model.";
  }

  #drawChoices(): void {
    for (const each of this.#choices.querySelectorAll<HTMLButtonElement>("button")) {
      const id = each.dataset.structure ?? "";
      const isAnswer = this.#ended !== null && id === this.#structure?.id;
      const isTaken = id === this.#taken?.id;
      setAttributes(each, {
        "data-state": isAnswer ? "right" : isTaken ? "wrong" : null,
        disabled: this.#ended !== null && !isAnswer,
      });
    }
  }

  #drawFeedback(asked: Structure | undefined): void {
    const lines: HTMLElement[] = [];
    if (asked && this.#taken && this.#ended === null) {
      const { miss, tip } = nearMiss(asked, this.#taken, this.catalogue);
      lines.push(h("p", { class: "l3s1-miss" }, miss));
      if (tip) lines.push(h("p", {}, h("strong", {}, "How to tell them apart: "), tip));
    } else if (asked && this.#ended !== null) {
      const yes = this.#ended === "shown" ? "Here it is: " : "Right: ";
      const latin = this.catalogue.kinds.get(asked.kind)?.latin;
      lines.push(
        h(
          "p",
          { class: "l3s1-hit" },
          `${yes}${article(asked)}${asked.name}`,
          latin && " (",
          latin && h("span", { lang: "la" }, latin),
          latin && ")",
          ".",
        ),
      );
      const surgeon = this.catalogue.kinds.get(asked.kind)?.surgeon;
      if (surgeon) lines.push(h("p", {}, surgeon));
    }
    const before = this.#feedback.textContent;
    if (before !== lines.map((each) => each.textContent).join(""))
      this.#feedback.replaceChildren(...lines);
  }
}
