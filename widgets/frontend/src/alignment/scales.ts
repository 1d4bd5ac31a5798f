// Classes: each scale with all its bands, the one that holds the state marked; and the GAP score.
import { h, setAttributes, setText } from "../dom.ts";
import { originButton } from "../explorer/fields.ts";
import { capital, signed, withUnit } from "./words.ts";
import { besideList, type OpenOrigins } from "./rows.ts";
import { rounded } from "./model.ts";
import type { Gap, GapPart, Norms, Reading, Scale, ScaleId, Spine } from "./types.ts";

const ORDER: readonly ScaleId[] = [
  "incidence",
  "roussouly",
  "schwab_mismatch",
  "schwab_tilt",
  "schwab_sva",
];

export class ScalePanel {
  readonly element: HTMLElement;
  readonly #scales: ReadonlyMap<ScaleId, { show: (band: string | null, said: string) => void }>;
  readonly #gap: GapTable;
  readonly #backward: HTMLElement;

  constructor(
    private readonly norms: Norms,
    open: OpenOrigins,
  ) {
    const { label, fact, evidence, evidence_label, marks } = norms.backward;
    this.#backward = h(
      "p",
      { class: "l3s1-backward", hidden: true },
      originButton(label, evidence, evidence_label, marks, (opener) => open(label, [fact], opener)),
    );
    const made = ORDER.map((id) => {
      const extra = id === "roussouly" ? [norms.forward] : [];
      const { roussouly, mismatch } = norms.beside;
      const beside = id === "roussouly" ? roussouly : id === "schwab_mismatch" ? mismatch : [];
      const notes = [id === "roussouly" ? this.#backward : null, besideList(beside, open)];
      return [id, scaleRow(norms.scales[id], extra, notes, open)] as const;
    });
    this.#scales = new Map(made);
    this.#gap = new GapTable(norms, open);
    this.element = h(
      "div",
      { class: "l3s1-scales" },
      ...made.map(([, { element }]) => element),
      this.#gap.element,
    );
  }

  show({ shown, bands, gap }: Reading, sva: number | null): void {
    const said: Record<ScaleId, string> = {
      incidence: withUnit(shown.incidence, "°"),
      roussouly: `SS ${withUnit(shown.slope, "°")}`,
      schwab_mismatch: withUnit(shown.mismatch, "°"),
      schwab_tilt: withUnit(shown.tilt, "°"),
      schwab_sva: sva === null ? "not on this film" : withUnit(sva, "mm"),
    };
    for (const [id, { show }] of this.#scales) show(bands[id], said[id]);
    setAttributes(this.#backward, { hidden: !isBackward(this.norms.backward, shown) });
    this.#gap.show(gap);
  }
}

/** The slope's type is not the one that the incidence would have: the pelvis is tipped backward. */
function isBackward({ incidence_from, slope_below }: Norms["backward"], { incidence, slope }: Spine): boolean {
  return rounded(incidence) >= incidence_from && rounded(slope) < slope_below;
}

function scaleRow(
  scale: Scale,
  extra: readonly { id: string; label: string }[],
  notes: readonly (HTMLElement | null)[],
  open: OpenOrigins,
): { element: HTMLElement; show: (band: string | null, said: string) => void } {
  const { label, fact, evidence, evidence_label, marks } = scale;
  const bands = [...scale.bands, ...extra].map(({ id, label: words }) => ({
    id,
    element: h("li", { class: "l3s1-band" }, words),
  }));
  const value = h("span", { class: "l3s1-scale-value" });
  const element = h(
    "div",
    { class: "l3s1-scale", "data-scale": scale.id },
    h(
      "p",
      { class: "l3s1-scale-head" },
      originButton(capital(label), evidence, evidence_label, marks, (opener) =>
        open(label, [fact], opener),
      ),
      value,
    ),
    h("ul", { class: "l3s1-bands", "aria-label": label }, ...bands.map((band) => band.element)),
    ...notes,
  );
  return {
    element,
    show: (now, said) => {
      setText(value, said);
      for (const band of bands) {
        setAttributes(band.element, { "aria-current": band.id === now ? "true" : null });
      }
    },
  };
}

const PARTS = ["version", "lordosis", "distribution", "alignment"] as const;

class GapTable {
  readonly element: HTMLElement;
  readonly #cells: ReadonlyMap<string, readonly HTMLElement[]>;
  readonly #sum = h("strong", {});
  readonly #category = h("span", {});
  readonly #bands: ReadonlyMap<string, string>;

  constructor(
    private readonly norms: Norms,
    open: OpenOrigins,
  ) {
    const { gap } = norms;
    const head = (scale: Scale): HTMLElement =>
      h(
        "th",
        { scope: "row" },
        originButton(capital(scale.label), scale.evidence, scale.evidence_label, scale.marks, (opener) =>
          open(scale.label, [scale.fact], opener),
        ),
      );
    const rows = [...PARTS, "age" as const].map((part) => {
      const cells = [h("td", {}), h("td", {}), h("td", { class: "l3s1-points" })];
      return [part, cells, h("tr", { "data-part": part }, head(gap[part]), ...cells)] as const;
    });
    this.#cells = new Map(rows.map(([part, cells]) => [part, cells]));
    const all = [...PARTS, "age" as const, "category" as const].map((part) => gap[part]);
    this.#bands = new Map(
      all.flatMap((scale) => scale.bands.map(({ id, label }) => [`${scale.id}.${id}`, label] as const)),
    );
    const { category } = gap;
    this.element = h(
      "div",
      { class: "l3s1-gap" },
      h(
        "p",
        { class: "l3s1-scale-head" },
        originButton(category.label, category.evidence, category.evidence_label, category.marks, (opener) =>
          open(category.label, [category.fact], opener),
        ),
        h("span", {}, this.#sum, " ", this.#category),
      ),
      h(
        "table",
        { class: "l3s1-table" },
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            ...["component", "shown − ideal", "band", "points"].map((words) => h("th", { scope: "col" }, words)),
          ),
        ),
        h("tbody", {}, ...rows.map(([, , row]) => row)),
      ),
      besideList(norms.beside.gap, open),
    );
  }

  show(gap: Gap): void {
    for (const part of PARTS) {
      const unit = this.norms.gap[part].unit;
      this.#put(part, gap[part], (value) => (part === "distribution" ? withUnit(value, unit) : signed(value, unit)));
    }
    const [value, band, points] = this.#cells.get("age") ?? [];
    if (value && band && points) {
      setText(value, "");
      setText(band, this.norms.gap.age.bands.find((each) => each.points === gap.age)?.label ?? "");
      setText(points, String(gap.age));
    }
    const sum = gap.low === gap.high ? String(gap.low) : `${gap.low} to ${gap.high}`;
    setText(this.#sum, sum);
    const name = (id: string): string => this.#bands.get(`${this.norms.gap.category.id}.${id}`) ?? id;
    const same = gap.category_low === gap.category_high;
    const words = same ? name(gap.category_low) : `${name(gap.category_low)} to ${name(gap.category_high)}`;
    setText(this.#category, words);
  }

  #put(part: (typeof PARTS)[number], found: GapPart | null, say: (value: number) => string): void {
    const [value, band, points] = this.#cells.get(part) ?? [];
    if (!value || !band || !points) return;
    const why = part === "alignment" ? "needs C7 on the film" : "no lordosis to share";
    setText(value, found ? say(found.value) : "–");
    setText(band, found ? (this.#bands.get(`${this.norms.gap[part].id}.${found.band}`) ?? found.band) : why);
    setText(points, found ? String(found.points) : "?");
  }
}
