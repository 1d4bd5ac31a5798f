// The controls that the explorer's panels are made of. Each can be shown a value without jumping.
import { h, setAttributes, setText, uniqueId } from "../dom.ts";
import { evidenceMark, markLabels, type Evidence, type RowMark } from "../evidence.ts";

export interface Field<T> {
  element: HTMLElement;
  show: (value: T) => void;
}

export function button(label: string, pressed: () => void, attributes = {}): HTMLButtonElement {
  const element = h("button", { type: "button", class: "l3s1-button", ...attributes }, label);
  element.addEventListener("click", pressed);
  return element;
}

/** A button that is on or off. */
export function toggle(label: string, changed: (on: boolean) => void): Field<boolean> {
  const element = button(label, () => changed(element.getAttribute("aria-pressed") !== "true"));
  element.setAttribute("aria-pressed", "false");
  return { element, show: (on) => setAttributes(element, { "aria-pressed": String(on) }) };
}

/** One of several, as a row of segments. */
export function choice<T extends string>(
  legend: string,
  options: readonly (readonly [value: T, label: string])[],
  chosen: (value: T) => void,
): Field<string> {
  const name = uniqueId("choice");
  const inputs = options.map(([value]) => h("input", { type: "radio", name, value }));
  for (const input of inputs) input.addEventListener("change", () => chosen(input.value as T));
  const element = h(
    "fieldset",
    { class: "l3s1-choice" },
    h("legend", { class: "l3s1-field-label" }, legend),
    h(
      "div",
      { class: "l3s1-segments" },
      ...inputs.map((input, place) => h("label", {}, input, h("span", {}, options[place]?.[1]))),
    ),
  );
  return {
    element,
    show: (value) => {
      for (const input of inputs) input.checked = input.value === value;
    },
  };
}

export interface SliderOptions {
  label: string;
  low: number;
  high: number;
  step: number;
  /** The value in words, beside the label and for assistive technology. */
  say: (value: number) => string;
  moved: (value: number) => void;
  settled: () => void;
}

export function slider({ label, low, high, step, say, moved, settled }: SliderOptions): Field<number> & {
  input: HTMLInputElement;
} {
  const id = uniqueId("slider");
  const input = h("input", { id, type: "range", class: "l3s1-range", min: low, max: high, step });
  const output = h("span", { class: "l3s1-range-value", "aria-hidden": "true" });
  const show = (value: number): void => {
    if (Number(input.value) !== value) input.value = String(value);
    setText(output, say(value));
    setAttributes(input, { "aria-valuetext": say(value) });
  };
  input.addEventListener("input", () => {
    show(Number(input.value));
    moved(Number(input.value));
  });
  input.addEventListener("change", settled);
  const element = h(
    "div",
    { class: "l3s1-slider" },
    h("div", { class: "l3s1-slider-head" }, h("label", { for: id }, label), output),
    input,
  );
  return { element, show, input };
}

/** A button with an evidence mark that opens where something comes from. */
export function originButton(
  words: string,
  evidence: Evidence,
  evidence_label: string,
  marks: readonly RowMark[],
  open: (opener: HTMLElement) => void,
): HTMLElement {
  const element = h(
    "button",
    { type: "button", class: "l3s1-origin-button" },
    evidenceMark(evidence, `evidence: ${evidence_label}`),
    h("span", {}, words),
  );
  element.addEventListener("click", () => open(element));
  return h("span", { class: "l3s1-origin-line" }, element, ...markLabels(marks));
}

/** A quiet button in running text that opens the origins of facts. */
export function sourceButton(words: string, open: (opener: HTMLElement) => void): HTMLElement {
  const element = h("button", { type: "button", class: "l3s1-source" }, words);
  element.addEventListener("click", () => open(element));
  return element;
}
