// Changes that take a moment. Readers who prefer no motion get the end at once.

export interface Clock {
  now(): number;
  /** Ask to be called at the next frame. */
  frame(): void;
}

export class Tween {
  #start = 0;
  #step: ((share: number) => void) | null = null;
  #lasts = 0;

  constructor(private readonly clock: Clock) {}

  get running(): boolean {
    return this.#step !== null;
  }

  /** Call `step` with 0 … 1, the last time with 1. `lasts` ms; 0 is at once. */
  run(lasts: number, step: (share: number) => void): void {
    this.#step = null;
    if (lasts <= 0 || prefersStill()) {
      step(1);
      return;
    }
    [this.#step, this.#lasts, this.#start] = [step, lasts, this.clock.now()];
    this.clock.frame();
  }

  stop(): void {
    this.#step = null;
  }

  /** To be called at each frame. */
  tick(): void {
    const step = this.#step;
    if (!step) return;
    const share = Math.min(1, (this.clock.now() - this.#start) / this.#lasts);
    if (share === 1) this.#step = null;
    step(share === 1 ? 1 : share * share * (3 - 2 * share));
    if (this.#step) this.clock.frame();
  }
}

function prefersStill(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
