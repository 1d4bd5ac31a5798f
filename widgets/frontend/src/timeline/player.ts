// Play: runs the cursor along the readable axis at one speed, from where it stands, or from the
// operation where it is untouched or at the end. Nothing plays by itself.
import { h, setAttributes, setText } from "../dom.ts";
import { dayToX, snapDay, turningDay, xToDay } from "../time_axis.ts";
import type { TimelineState } from "./state.ts";
import { turningDays } from "./status.ts";

/** From the operation to the end of the axis. */
const RUN_MS = 20_000;
/** Where the system asks for less motion: from one turning day to the next. */
const STEP_MS = 900;

export class Player {
  readonly button = h("button", { type: "button", class: "l3s1-button l3s1-play" });
  #frame = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #playing = false;
  #shown = -1;
  #startDay: number;

  constructor(
    private readonly state: TimelineState,
    signal: AbortSignal,
  ) {
    this.#startDay = state.day;
    this.button.addEventListener("click", () => (this.#playing ? this.stop() : this.#play()));
    state.on(["day"], () => {
      if (this.#playing && this.state.day !== this.#shown) this.stop();
    });
    document.addEventListener("visibilitychange", () => document.hidden && this.stop(), { signal });
    signal.addEventListener("abort", () => this.stop());
    this.#say();
  }

  get isPlaying(): boolean {
    return this.#playing;
  }

  /** The next run begins at the operation, unless the cursor is moved from where it stands. */
  reset(): void {
    this.stop();
    this.#startDay = this.state.day;
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    if (!this.#playing) return;
    this.#playing = false;
    this.#say();
    this.state.settle();
  }

  #play(): void {
    const { state } = this;
    const fromStart = state.day === this.#startDay || state.day >= state.horizon_d;
    this.#startDay = Number.NaN;
    this.#playing = true;
    this.#say();
    if (fromStart) this.#show(0);
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) this.#steps();
    else this.#runs();
  }

  #runs(): void {
    const { horizon_d, content } = this.state;
    const { scale_d } = content.axis;
    const end = dayToX(horizon_d, "readable", scale_d);
    const from = dayToX(this.state.day, "readable", scale_d);
    const began = performance.now();
    const run = (): void => {
      const x = from + ((performance.now() - began) / RUN_MS) * end;
      if (x < end) this.#frame = requestAnimationFrame(run);
      this.#show(x < end ? snapDay(xToDay(x, "readable", scale_d), horizon_d) : horizon_d);
      if (x >= end) this.stop();
    };
    this.#frame = requestAnimationFrame(run);
  }

  #steps(): void {
    const { horizon_d, content } = this.state;
    this.#timer = setTimeout(() => {
      const days = turningDays(content.rows, this.state.patients);
      this.#show(turningDay(this.state.day, 1, days, horizon_d));
      if (this.state.day < horizon_d) this.#steps();
      else this.stop();
    }, STEP_MS);
  }

  #show(day: number): void {
    this.#shown = day;
    this.state.set({ day });
  }

  #say(): void {
    setText(this.button, this.#playing ? "❚❚" : "▶");
    setAttributes(this.button, {
      "aria-label": this.#playing ? "Pause" : "Play to two years",
      title: this.#playing ? "Pause" : "Play to two years",
    });
  }
}
