// Play: from step to step at one pace; it passes over the questions. Nothing plays by itself, and where
// the system asks for less motion the camera jumps (the engine's own rule) in place of gliding.
import { h, setAttributes, setText } from "../dom.ts";

const STEP_MS = 4_000;

export class StepPlayer {
  readonly button = h("button", { type: "button", class: "l3s1-button" });
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `advance` goes on by a step, at the end back to the first, and says whether there is a next one. */
  constructor(
    private readonly advance: () => boolean,
    signal: AbortSignal,
    private readonly pace_ms = STEP_MS,
  ) {
    this.button.addEventListener("click", () => (this.isPlaying ? this.stop() : this.#play()));
    document.addEventListener("visibilitychange", () => document.hidden && this.stop(), { signal });
    signal.addEventListener("abort", () => this.stop());
    this.#say();
  }

  get isPlaying(): boolean {
    return this.#timer !== undefined;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#say();
  }

  #play(): void {
    const more = this.advance();
    this.#timer = more ? setTimeout(() => this.#play(), this.pace_ms) : undefined;
    this.#say();
  }

  #say(): void {
    setText(this.button, this.isPlaying ? "❚❚ Pause" : "▶ Play");
    setAttributes(this.button, { title: this.isPlaying ? "Pause" : "Show one step after the other, without questions" });
  }
}
