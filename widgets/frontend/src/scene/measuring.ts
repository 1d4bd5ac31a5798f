// Two picked points and the length between them.
import { distance, type Length } from "./overlay.ts";
import type { Measurement, Pick } from "./types.ts";

export class Measuring {
  #from: Pick | null = null;
  #to: Pick | null = null;

  get length(): Length | null {
    return this.#from && { from: this.#from.point, to: this.#to?.point ?? null };
  }

  /** Take a point: the second one completes a measurement, the third begins anew. */
  take(pick: Pick): Measurement | null {
    if (!this.#from || this.#to) {
      [this.#from, this.#to] = [pick, null];
      return null;
    }
    this.#to = pick;
    return { from: this.#from, to: pick, mm: distance(this.#from.point, pick.point) };
  }

  /** Forget both points; whether there were any. */
  clear(): boolean {
    const any = this.#from !== null;
    this.#from = this.#to = null;
    return any;
  }
}
