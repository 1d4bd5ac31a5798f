// What the paint on the body means.
import { h, svg, uniqueId } from "../dom.ts";
import type { BodyShown } from "./body.ts";
import { PAINTS, patternOf, type Paint } from "./paints.ts";
import type { RootInfo } from "./types.ts";

const OWN_WORDS: Partial<Record<Paint, string>> = { numb: "numb", pain: "painful" };

export function paintKey({ patches, notes }: BodyShown, roots: readonly RootInfo[]): HTMLElement[] {
  const painted = PAINTS.filter((paint) => patches.some((patch) => patch.paint === paint));
  const entries = painted.map((paint) =>
    entry(swatch(paint), OWN_WORDS[paint] ?? roots.find(({ id }) => id === paint)?.label ?? paint),
  );
  if (patches.some(({ strength }) => strength === "wide")) {
    entries.push(entry(null, "deep: maps agree; faint: they overlap or differ"));
  }
  if (notes.some(({ text }) => text.endsWith("?"))) entries.push(entry("?", "only perhaps"));
  if (notes.some(({ text }) => text.startsWith("↓"))) entries.push(entry("↓", "reflex weaker"));
  if (notes.some(({ text }) => text === "✓")) entries.push(entry("✓", "examined: normal"));
  return entries;
}

function entry(mark: SVGElement | string | null, words: string): HTMLElement {
  const shown = typeof mark === "string" ? h("strong", { "aria-hidden": "true" }, mark) : mark;
  return h("li", {}, shown as unknown as HTMLElement | null, h("span", {}, words));
}

function swatch(paint: Paint): SVGElement {
  const id = uniqueId("swatch");
  return svg(
    "svg",
    { viewBox: "0 0 32 20", class: "l3s1-paint-swatch", "aria-hidden": "true" },
    svg("defs", {}, patternOf(paint, id)),
    svg("rect", { width: 32, height: 20, rx: 3, fill: `url(#${id})` }),
  );
}
