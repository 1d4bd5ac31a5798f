// Parts that the panels share.
import { h, svg } from "../dom.ts";
import { originButton } from "../explorer/fields.ts";
import type { Known, NeurologyTraits, Said } from "./types.ts";

export type OpenOrigins = (
  heading: string,
  facts: readonly string[],
  opener: HTMLElement,
  before?: readonly Node[],
) => void;

type Facts = Pick<NeurologyTraits, "known">;

/** A number that opens where it comes from. */
export function numberButton(
  { known }: Facts,
  words: string,
  facts: readonly string[],
  heading: string,
  open: OpenOrigins,
  before: readonly Node[] = [],
): HTMLElement {
  const how: Known = known[facts[0] ?? ""] ?? {
    evidence: "none",
    evidence_label: "no evidence",
    marks: [],
  };
  return originButton(words, how.evidence, how.evidence_label, how.marks, (opener) =>
    open(heading, facts, opener, before),
  );
}

/** A sentence, with a button for its sources where it has some. */
export function saidLine({ text, facts }: Said, open: OpenOrigins): HTMLElement {
  return h("span", {}, text, " ", ...sourceOf(text, facts, open));
}

export function sourceOf(heading: string, facts: readonly string[], open: OpenOrigins): HTMLElement[] {
  if (facts.length === 0) return [];
  const button = h("button", { type: "button", class: "l3s1-source" }, "Source");
  button.setAttribute("aria-label", `Source of: ${heading}`);
  button.addEventListener("click", () => open(heading, facts, button));
  return [button];
}

/** The MRC grade on its scale; null is any grade below full power. */
export function powerScale(grade: number | null): HTMLElement {
  const words = grade === null ? "MRC grade below 5" : `MRC grade ${grade} of 5`;
  const steps = [0, 1, 2, 3, 4, 5].map((each) => {
    const on = grade === null ? each < 5 : each === grade;
    const kind = !on ? "" : grade === null ? "l3s1-mrc-maybe" : "l3s1-mrc-on";
    return h("span", { class: kind }, String(each));
  });
  return h("span", { class: "l3s1-mrc", role: "img", "aria-label": words }, ...steps);
}

/** A triangle with its mark, for what can't wait. */
export function alarmIcon(): SVGElement {
  return svg(
    "svg",
    { class: "l3s1-alarm-icon", viewBox: "0 0 24 24", "aria-hidden": "true" },
    svg("path", { d: "M12 2.5 22.5 21h-21Z", class: "l3s1-alarm-shape" }),
    svg("path", { d: "M12 9v6M12 17.6v.1", class: "l3s1-alarm-mark" }),
  );
}

export function alarm(title: string, ...body: (Node | string)[]): HTMLElement {
  return h(
    "div",
    { class: "l3s1-alarm" },
    alarmIcon() as unknown as HTMLElement,
    h("div", {}, h("p", { class: "l3s1-alarm-title" }, title), ...body),
  );
}

export function picker(
  options: readonly (readonly [value: string, label: string])[],
  chosen: (value: string) => void,
): HTMLSelectElement {
  const element = h(
    "select",
    { class: "l3s1-select" },
    ...options.map(([value, label]) => h("option", { value }, label)),
  );
  element.addEventListener("change", () => chosen(element.value));
  return element;
}

export function labelled(words: string, control: HTMLElement): HTMLElement {
  return h(
    "label",
    { class: "l3s1-labelled" },
    h("span", { class: "l3s1-field-label" }, words),
    control,
  );
}
