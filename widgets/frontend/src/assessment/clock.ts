// A countdown for those who want one: off until it is started, it can be stopped, extended and turned
// off at any time, and nothing is lost when it ends.
import { Announcer, h, setAttributes, setText, uniqueId } from "../dom.ts";

const MOST_MINUTES = 180;
const MORE_MS = 120_000;
const MINUTE_MS = 60_000;
const TIME_UP = "The time is up. Nothing is lost: what you answered counts, and you can go on.";
/** Usual time for a question: no study, only a start that can be changed. */
const MINUTES_A_QUESTION = 1.5;

export interface Ticking {
  now(): number;
  /** Call `tick` often until the answer is called. */
  every(tick: () => void): () => void;
}

const CLOCK: Ticking = {
  now: () => performance.now(),
  every: (tick) => {
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
  },
};

export class CountdownField {
  /** Where it is set and started. */
  readonly element: HTMLElement;
  /** What is seen of it while it is on. */
  readonly running: HTMLElement;
  readonly #shown = h("span", { class: "l3s1-clock-time", role: "timer" });
  readonly #minutes: HTMLInputElement;
  readonly #hint = h("p", { class: "l3s1-question-hint", role: "alert" });
  readonly #said = h("p", { class: "l3s1-note" });
  readonly #announcer: Announcer;
  readonly #setting: HTMLElement;
  readonly #pause: HTMLButtonElement;
  readonly #ticks: HTMLElement;
  /** The end is said where the clock was: the place where it is set may be far up the page. */
  readonly #over: HTMLElement;
  readonly #close: HTMLButtonElement;
  /** ms that are left while it stands, or when it ends while it runs. */
  #left = 0;
  #ends: number | null = null;
  #half = 0;
  #stop: (() => void) | null = null;

  constructor(
    questions: number,
    removed: AbortSignal,
    /** The focus stood on the clock, which is gone. */
    private readonly ended: () => void,
    private readonly ticking: Ticking = CLOCK,
  ) {
    this.#announcer = new Announcer(removed, 100);
    const id = uniqueId("minutes");
    const usual = Math.max(1, Math.ceil(questions * MINUTES_A_QUESTION));
    this.#minutes = h("input", { id, type: "text", inputmode: "numeric", class: "l3s1-number", value: usual });
    const button = (label: string, pressed: () => void): HTMLButtonElement => {
      const element = h("button", { type: "button", class: "l3s1-button" }, label);
      element.addEventListener("click", pressed);
      return element;
    };
    this.#pause = button("Stop", () => this.#toggle());
    this.#setting = h(
      "div",
      { class: "l3s1-actions" },
      h("label", { for: id }, "Time in minutes"),
      this.#minutes,
      button("Start the clock", () => this.#begin()),
      this.#hint,
    );
    this.#ticks = h(
      "div",
      { class: "l3s1-actions" },
      h("span", {}, "Time left ", this.#shown),
      this.#pause,
      button("2 minutes more", () => this.#extend()),
      button("Turn off", () => this.#end("The clock is off.")),
    );
    this.#close = button("Close", () => {
      this.running.hidden = true;
      this.ended();
    });
    this.#over = h("div", { class: "l3s1-actions", hidden: true }, h("span", {}, TIME_UP), this.#close);
    this.running = h(
      "div",
      { class: "l3s1-clock-running", role: "group", "aria-label": "Clock" },
      this.#ticks,
      this.#over,
    );
    this.running.hidden = true;
    // JupyterLab has shortcuts for letters and arrows.
    this.running.addEventListener("keydown", (event) => event.stopPropagation());
    this.element = h(
      "div",
      { class: "l3s1-clock" },
      this.#setting,
      this.#said,
      this.#announcer.element,
    );
    removed.addEventListener("abort", () => this.#stop?.());
  }

  get isOn(): boolean {
    return !this.running.hidden && Boolean(this.#over.hidden);
  }

  /** All is answered: a clock that still runs is turned off. */
  finish(): void {
    if (this.isOn) this.#end(`Finished with ${sayTime(this.#rest)} left.`);
  }

  get #rest(): number {
    return this.#ends === null ? this.#left : Math.max(0, this.#ends - this.ticking.now());
  }

  #begin(): void {
    const typed = this.#minutes.value.trim();
    const minutes = Number(typed.replace(",", "."));
    const fits = typed !== "" && minutes >= 1 && minutes <= MOST_MINUTES;
    setText(this.#hint, fits ? "" : `Type minutes from 1 to ${MOST_MINUTES}, for example 10.`);
    setAttributes(this.#minutes, { "aria-invalid": !fits && "true" });
    if (!fits) return this.#minutes.focus();
    this.#left = minutes * MINUTE_MS;
    this.#half = this.#left / 2;
    this.#setting.hidden = true;
    this.running.hidden = false;
    this.#ticks.hidden = false;
    this.#over.hidden = true;
    setText(this.#said, "");
    this.#run();
    this.#pause.focus();
  }

  #run(): void {
    this.#ends = this.ticking.now() + this.#left;
    setText(this.#pause, "Stop");
    this.#stop = this.ticking.every(() => this.#tick());
    this.#draw();
  }

  #toggle(): void {
    if (this.#ends === null) return this.#run();
    this.#left = this.#rest;
    this.#ends = null;
    this.#stop?.();
    setText(this.#pause, "Go on");
    this.#announcer.say(`Stopped, ${sayTime(this.#left)} left`);
    this.#draw();
  }

  #extend(): void {
    if (this.#ends === null) this.#left += MORE_MS;
    else this.#ends += MORE_MS;
    this.#announcer.say(`${sayTime(this.#rest)} left`);
    this.#draw();
  }

  #tick(): void {
    const before = this.#left;
    const rest = this.#rest;
    this.#left = rest;
    // Said at half time, with a minute left, and at the end: no more.
    for (const mark of [this.#half, MINUTE_MS]) {
      if (before > mark && rest <= mark && rest > 0) this.#announcer.say(`${sayTime(mark)} left`);
    }
    this.#draw();
    if (rest === 0) {
      this.#announcer.say(TIME_UP);
      this.#end(TIME_UP, true);
    }
  }

  #end(says: string, isOver = false): void {
    const hadFocus = this.running.contains(document.activeElement);
    this.#stop?.();
    this.#stop = null;
    this.#ends = null;
    this.running.hidden = !isOver;
    this.#ticks.hidden = true;
    this.#over.hidden = !isOver;
    this.#setting.hidden = false;
    setText(this.#said, says);
    if (!hadFocus) return;
    if (isOver) this.#close.focus();
    else this.ended();
  }

  #draw(): void {
    const seconds = Math.ceil(this.#rest / 1000);
    setText(this.#shown, `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`);
  }
}

/** "2 minutes", "1 minute 30 seconds" */
export function sayTime(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  const words = (count: number, word: string): string[] =>
    count === 0 ? [] : [`${count} ${word}${count === 1 ? "" : "s"}`];
  return [...words(minutes, "minute"), ...words(rest, "second")].join(" ") || "0 seconds";
}
