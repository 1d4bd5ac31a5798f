// What is set of a screw, as sliders: native ones, so that every key of a slider works.
import { h, setAttributes, setText, uniqueId } from "../dom.ts";
import type { Plan, PlanField, PlanKey } from "./types.ts";

export class Sliders {
  readonly element: HTMLElement;
  readonly #inputs = new Map<PlanKey, HTMLInputElement>();
  readonly #outputs = new Map<PlanKey, HTMLElement>();

  constructor(
    private readonly fields: readonly PlanField[],
    changed: (key: PlanKey, value: number) => void,
    signal: AbortSignal,
  ) {
    this.element = h("div", { class: "l3s1-screw-sliders" }, ...fields.map((field) => this.#field(field, changed, signal)));
  }

  show(plan: Plan, fixed: boolean): void {
    for (const { id, unit } of this.fields) {
      const input = this.#inputs.get(id) as HTMLInputElement;
      const said = sayAmount(plan[id], unit);
      input.value = String(plan[id]);
      input.disabled = fixed;
      setAttributes(input, { "aria-valuetext": said });
      setText(this.#outputs.get(id) as HTMLElement, said);
    }
  }

  #field({ id, label, low, high, step }: PlanField, changed: (key: PlanKey, value: number) => void, signal: AbortSignal): HTMLElement {
    const name = uniqueId(`screw-${id}`);
    const input = h("input", { type: "range", id: name, min: low, max: high, step, "data-key": id });
    input.addEventListener("input", () => changed(id, Number(input.value)), { signal });
    const output = h("output", { for: name });
    this.#inputs.set(id, input);
    this.#outputs.set(id, output);
    return h("div", { class: "l3s1-screw-slider" }, h("label", { for: name }, label), output, input);
  }
}

/** "−2.5 mm", "20°". */
export function sayAmount(value: number, unit: string): string {
  const text = String(value).replace("-", "−");
  return unit === "°" ? `${text}°` : `${text} ${unit}`;
}
