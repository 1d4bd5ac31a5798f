// Rows of intervals with a line where the state shown stands: norms, formulae, targets.
import { h, setAttributes, setText } from "../dom.ts";
import { evidenceMark } from "../evidence.ts";
import { originButton, sourceButton } from "../explorer/fields.ts";
import type { Beside, Known } from "./types.ts";
import { capital } from "./words.ts";

export type OpenOrigins = (heading: string, facts: readonly string[], opener: HTMLElement) => void;

export interface Row {
  id: string;
  label: string;
  /** Whom it was made from, or of. */
  people: string;
  known: Known;
}

export interface Shown {
  /** null where the row has nothing to say of this state. */
  low: number | null;
  middle: number | null;
  high: number | null;
  /** Where the state stands. */
  value: number | null;
  domain: readonly [low: number, high: number];
  said: string;
}

export class RowChart {
  readonly element: HTMLElement;
  readonly #rows: ReadonlyMap<string, RowElements>;

  constructor(rows: readonly Row[], open: OpenOrigins) {
    const made = rows.map((row) => [row.id, rowElements(row, open)] as const);
    this.#rows = new Map(made);
    this.element = h("ul", { class: "l3s1-rows" }, ...made.map(([, { element }]) => element));
  }

  show(id: string, { low, middle, high, value, domain, said }: Shown): void {
    const row = this.#rows.get(id);
    if (!row) return;
    const place = (at: number): number =>
      Math.min(100, Math.max(0, (100 * (at - domain[0])) / (domain[1] - domain[0])));
    const put = (element: HTMLElement, from: number | null, to: number | null = from): void => {
      setAttributes(element, { hidden: from === null });
      if (from === null || to === null) return;
      element.style.insetInlineStart = `${place(from).toFixed(2)}%`;
      if (to !== from) element.style.width = `${(place(to) - place(from)).toFixed(2)}%`;
    };
    put(row.bar, low === high ? null : low, high);
    put(row.dot, middle);
    put(row.now, value);
    setText(row.said, said);
    const inside = value !== null && low !== null && high !== null && value >= low && value <= high;
    setAttributes(row.element, { "data-inside": value === null || low === null ? null : inside });
  }
}

interface RowElements {
  element: HTMLElement;
  bar: HTMLElement;
  dot: HTMLElement;
  now: HTMLElement;
  said: HTMLElement;
}

function rowElements({ id, label, people, known }: Row, open: OpenOrigins): RowElements {
  const { fact, evidence, evidence_label, marks } = known;
  const [bar, dot, now] = ["bar", "dot", "now"].map((name) =>
    h("span", { class: `l3s1-row-${name}` }),
  ) as [HTMLElement, HTMLElement, HTMLElement];
  const said = h("span", { class: "l3s1-row-said" });
  const element = h(
    "li",
    { class: "l3s1-row", "data-row": id },
    h(
      "span",
      { class: "l3s1-row-label" },
      originButton(capital(label), evidence, evidence_label, marks, (opener) =>
        open(label, [fact], opener),
      ),
      people && h("span", { class: "l3s1-row-people" }, people),
    ),
    said,
    h("span", { class: "l3s1-row-track", "aria-hidden": "true" }, bar, dot, now),
  );
  return { element, bar, dot, now, said };
}

const SIDES = { for: "for", against: "against", note: "note" } as const;

/** What studies say for and against a number, folded under it; null where there is nothing. */
export function besideList(entries: readonly Beside[] | undefined, open: OpenOrigins): HTMLElement | null {
  if (!entries || entries.length === 0) return null;
  return h(
    "details",
    { class: "l3s1-more l3s1-beside" },
    h("summary", {}, "What studies say for and against it"),
    h(
      "ul",
      {},
      ...entries.map(({ side, statement, fact, evidence, evidence_label }) =>
        h(
          "li",
          { "data-side": side },
          h("span", { class: "l3s1-side" }, SIDES[side]),
          h(
            "span",
            {},
            evidenceMark(evidence, `evidence: ${evidence_label}`),
            `${statement} `,
            sourceButton("Source", (opener) => open(statement, [fact], opener)),
          ),
        ),
      ),
    ),
  );
}
