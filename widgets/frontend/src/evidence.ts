// How evidence is drawn, the same in every view: a mark (●, ◐, ○ or a dash) and its words.
import { h, svg } from "./dom.ts";

export type Evidence = "trial" | "cohort" | "opinion" | "none";
export type RowMark = "extrapolated" | "quoted" | "unsourced";

const MARK_WORDS: Record<RowMark, string> = {
  extrapolated: "extrapolated",
  quoted: "quoted in",
  unsourced: "not sourced",
};

/** The mark as a drawing that every font and colour scheme shows alike; `words` name it. */
export function evidenceMark(evidence: Evidence, words: string | null): SVGElement {
  const shapes: Node[] = [];
  if (evidence === "none") {
    shapes.push(svg("path", { d: "M2 8h3m2 0h2m2 0h3", class: "l3s1-mark-line" }));
  } else {
    shapes.push(svg("circle", { cx: 8, cy: 8, r: 5.75, class: "l3s1-mark-line" }));
    if (evidence === "trial") shapes.push(svg("circle", { cx: 8, cy: 8, r: 5.75 }));
    if (evidence === "cohort") shapes.push(svg("path", { d: "M8 2.25a5.75 5.75 0 0 0 0 11.5z" }));
  }
  const naming = words === null ? { "aria-hidden": "true" } : { role: "img", "aria-label": words };
  return svg("svg", { class: "l3s1-mark", viewBox: "0 0 16 16", ...naming }, ...shapes);
}

/** Small word labels that go with a range, such as 'extrapolated', each after a space. */
export function markLabels(marks: readonly RowMark[]): (HTMLElement | string)[] {
  return marks
    .filter((mark) => mark in MARK_WORDS)
    .flatMap((mark) => [" ", h("span", { class: `l3s1-tag l3s1-tag-${mark}` }, MARK_WORDS[mark])]);
}
