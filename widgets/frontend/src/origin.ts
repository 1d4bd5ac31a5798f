// Where a number comes from: statement, values, design, patients, how verified, citation.
import { h, uniqueId } from "./dom.ts";
import { evidenceMark, type Evidence } from "./evidence.ts";

export interface Origin {
  statement: string;
  values: readonly string[];
  design: string;
  evidence: Evidence;
  trust: string;
  trust_label: string;
  n: number | string | null;
  population: string | null;
  levels: string | null;
  follow_up: string | null;
  note: string | null;
  citation: string | null;
  url: string | null;
  quoted: boolean;
  unsourced: boolean;
}

export type Origins = Readonly<Record<string, Origin>>;

const unpacked = new WeakMap<DataView, Promise<Origins>>();

/** Python's origins, which travel as gzipped JSON; unpacked when the first one is opened. */
export function unpackOrigins(packed: DataView): Promise<Origins> {
  const known = unpacked.get(packed);
  if (known) return known;
  const { buffer, byteOffset, byteLength } = packed;
  const bytes = new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const origins = new Response(stream).json() as Promise<Origins>;
  unpacked.set(packed, origins);
  return origins;
}

/** A place that shows the origins of `facts` as soon as they are unpacked. */
export function originsOf(facts: readonly string[], packed: DataView): HTMLElement {
  const place = h("div", { class: "l3s1-origins" });
  unpackOrigins(packed).then(
    (origins) => place.replaceChildren(...originArticles(facts, origins)),
    () => place.replaceChildren(h("p", { class: "l3s1-note" }, "The sources can’t be unpacked here.")),
  );
  return place;
}

/** One origin as an article. */
export function originArticle(origin: Origin): HTMLElement {
  const id = uniqueId("origin");
  const design = origin.design.replaceAll("_", " ");
  return h(
    "article",
    { class: "l3s1-origin", "aria-labelledby": id },
    h("p", { id, class: "l3s1-origin-statement" }, origin.statement),
    origin.values.length > 0 &&
      h("ul", { class: "l3s1-origin-values" }, ...origin.values.map((value) => h("li", {}, value))),
    h(
      "dl",
      { class: "l3s1-origin-facts" },
      ...entry("Design", h("span", {}, evidenceMark(origin.evidence, null), design)),
      ...entry("Patients", origin.n === null || origin.n === undefined ? null : `n = ${origin.n}`),
      ...entry("Who", origin.population),
      ...entry("Levels", origin.levels),
      ...entry("Follow-up", origin.follow_up),
      ...entry("Verified", verification(origin)),
      ...entry("Note", origin.note),
    ),
    source(origin),
  );
}

/** The origins of `facts`, in that order; an id without an origin is said, not hidden. */
export function originArticles(facts: readonly string[], origins: Origins): HTMLElement[] {
  return facts.map((fact) => {
    const origin = Object.hasOwn(origins, fact) ? origins[fact] : undefined;
    return origin
      ? originArticle(origin)
      : h("p", { class: "l3s1-note" }, `No origin is known for “${fact}”.`);
  });
}

function entry(term: string, value: Node | string | null | undefined): Node[] {
  if (value === null || value === undefined || value === "") return [];
  return [h("dt", {}, term), h("dd", {}, value)];
}

function verification(origin: Origin): HTMLElement {
  const words = origin.unsourced ? "not sourced" : origin.quoted ? "quoted in" : null;
  return h(
    "span",
    {},
    words && h("span", { class: "l3s1-tag" }, words),
    words && " ",
    origin.trust_label,
  );
}

function source(origin: Origin): HTMLElement | null {
  if (!origin.citation) return null;
  const url = webAddress(origin.url);
  return h(
    "p",
    { class: "l3s1-origin-citation" },
    origin.citation,
    url && " ",
    url &&
      h(
        "a",
        { href: url, target: "_blank", rel: "noopener noreferrer" },
        "Open the source",
        h("span", { class: "l3s1-hidden" }, " (new tab)"),
      ),
  );
}

/** `url` where it is an address of the web, else null: no other scheme becomes a link. */
function webAddress(url: string | null): string | null {
  if (!url) return null;
  try {
    const { protocol, href } = new URL(url);
    return protocol === "https:" || protocol === "http:" ? href : null;
  } catch {
    return null;
  }
}
