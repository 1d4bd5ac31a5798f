// Variants: what sex, stature, disc loss, a slip, facets and flavum change, each with its number.
import { h, setAttributes, setText } from "../dom.ts";
import { evidenceMark, markLabels } from "../evidence.ts";
import { button, choice, slider, sourceButton, type Field } from "./fields.ts";
import type { ExplorerState } from "./state.ts";
import type { Bound, SegmentNumbers, Variant, VariantKey, VariantNumbers } from "./types.ts";

export interface VariantActions {
  openOrigins(heading: string, facts: readonly string[], opener: HTMLElement): void;
  seeSlip(segment: string): void;
  seeCanal(segment: string): void;
  /** mm² by motion segment for what is shown; null without a scene. */
  areas(): Readonly<Record<string, number>> | null;
}

const BY_SEGMENT = ["disc_height", "slip"] as const;
const MORPHS = ["facet_hypertrophy", "flavum_thickening"] as const;

export class VariantPanel {
  readonly element: HTMLElement;
  readonly #shows: (() => void)[] = [];
  readonly #gauge: AreaGauge;

  constructor(
    private readonly state: ExplorerState,
    private readonly numbers: VariantNumbers,
    private readonly actions: VariantActions,
  ) {
    const acted = numbers.list.flatMap((each) => each.segments);
    const shown = numbers.segments.filter(({ id }) => acted.length === 0 || acted.includes(id));
    const segments = choice(
      "Motion segment",
      shown.map(({ id, label }) => [id, label] as const),
      (segment) => state.choose({ segment }),
    );
    this.#shows.push(() => segments.show(state.get("segment")));
    const bounds = numbers.list
      .filter(({ sets }) => (MORPHS as readonly string[]).includes(sets))
      .flatMap(({ marks }) => marks);
    this.#gauge = new AreaGauge(state, shown, unique(bounds), actions);
    this.element = h(
      "div",
      { class: "l3s1-variants" },
      this.#gauge.element,
      segments.element,
      ...BY_SEGMENT.map((key) => this.#bySegment(key)),
      ...MORPHS.map((key) => this.#morph(key)),
      h(
        "div",
        { class: "l3s1-actions" },
        button("See the slip", () => actions.seeSlip(state.get("segment")), {
          class: "l3s1-button l3s1-small",
        }),
        button("See the canal", () => actions.seeCanal(state.get("segment")), {
          class: "l3s1-button l3s1-small",
        }),
        button("Back to the usual", () => this.#reset(), { class: "l3s1-button l3s1-small" }),
      ),
      this.#sex(),
      this.#stature(),
    );
  }

  show(): void {
    for (const show of this.#shows) show();
    this.#gauge.show();
  }

  #variant(key: VariantKey): Variant | undefined {
    return this.numbers.list.find(({ sets }) => sets === key);
  }

  #reset(): void {
    const sex = this.#variant("sex")?.options[0]?.id;
    const stature = this.#variant("stature")?.usual;
    this.state.choose({
      slip: {},
      disc_height: {},
      facet_hypertrophy: 0,
      flavum_thickening: 0,
      ...(sex === undefined ? {} : { sex }),
      ...(stature === undefined ? {} : { stature }),
    });
  }

  #about(variant: Variant): HTMLElement {
    const open = (opener: HTMLElement): void =>
      this.actions.openOrigins(variant.label, variant.facts, opener);
    return h(
      "details",
      { class: "l3s1-variant-about" },
      h("summary", {}, "What it shows and leaves out"),
      h(
        "p",
        {},
        variant.text,
        variant.facts.length > 0 && " ",
        variant.facts.length > 0 && sourceButton("Sources", open),
      ),
    );
  }

  #field(
    variant: Variant | undefined,
    field: Field<never> | null,
    show: () => void,
  ): HTMLElement | null {
    if (!variant || !field) return null;
    this.#shows.push(show);
    return h(
      "div",
      { class: "l3s1-variant", "data-variant": variant.sets },
      field.element,
      this.#about(variant),
    );
  }

  #bySegment(key: (typeof BY_SEGMENT)[number]): HTMLElement | null {
    const variant = this.#variant(key);
    if (!variant) return null;
    const field = slider({
      label: variant.label,
      low: variant.low,
      high: variant.high,
      step: 0.01,
      say: (value) => this.#say(variant, value),
      moved: (value) => {
        const { [this.state.get("segment")]: _, ...others } = this.state.get(key);
        const own = value === variant.usual ? {} : { [this.state.get("segment")]: value };
        this.state.set({ [key]: { ...others, ...own } });
      },
      settled: () => this.state.settle(),
    });
    return this.#field(variant, field, () => {
      const segment = this.state.get("segment");
      field.show(this.state.get(key)[segment] ?? variant.usual);
      const can = variant.segments.length === 0 || variant.segments.includes(segment);
      setAttributes(field.input, { disabled: !can });
    });
  }

  #morph(key: (typeof MORPHS)[number]): HTMLElement | null {
    const variant = this.#variant(key);
    if (!variant) return null;
    const field = slider({
      label: variant.label,
      low: variant.low,
      high: variant.high,
      step: 0.05,
      say: (value) => this.#say(variant, value),
      moved: (value) => this.state.set({ [key]: value }),
      settled: () => this.state.settle(),
    });
    return this.#field(variant, field, () => field.show(this.state.get(key)));
  }

  #sex(): HTMLElement | null {
    const variant = this.#variant("sex");
    if (!variant) return null;
    const options = variant.options.map(({ id, label }) => [id, label] as const);
    const field = choice(variant.label, options, (sex) => this.state.choose({ sex }));
    const said = h("p", { class: "l3s1-variant-number" });
    field.element.append(said);
    return this.#field(variant, field as Field<never>, () => {
      const sex = this.state.get("sex");
      field.show(sex);
      setText(said, sayScale(variant.options.find(({ id }) => id === sex)?.scale));
    });
  }

  #stature(): HTMLElement | null {
    const variant = this.#variant("stature");
    if (!variant) return null;
    const field = slider({
      label: variant.label,
      low: variant.low,
      high: variant.high,
      step: 1,
      say: (value) =>
        `${value} cm, ${percent(1 + (value - variant.usual) * variant.scale_per_unit)} of the model`,
      moved: (stature) => this.state.set({ stature }),
      settled: () => this.state.settle(),
    });
    return this.#field(variant, field, () => field.show(this.state.get("stature")));
  }

  #say(variant: Variant, value: number): string {
    const segment = this.numbers.segments.find(({ id }) => id === this.state.get("segment"));
    if (variant.sets === "slip") {
      const mm = (value * (segment?.plate_depth_mm ?? 0)).toFixed(1);
      return `${percent(value)}, ${mm} mm, ${sayGrade(value, variant.marks)}`;
    }
    if (variant.sets === "disc_height") {
      return `${percent(value)} kept, ${(value * (segment?.disc_height_mm ?? 0)).toFixed(1)} mm`;
    }
    if (value === 0) return "none";
    return variant.full_mm === null ? percent(value) : `+${(value * variant.full_mm).toFixed(1)} mm`;
  }
}

/** The grade of a slip: that of the first limit which it does not pass. */
export function sayGrade(slip: number, marks: readonly Bound[]): string {
  if (slip === 0) return "no slip";
  const grade = [...marks].sort((a, b) => a.at - b.at).find(({ at }) => slip <= at + 1e-9);
  return grade?.label.replace(/ up to here$/, "") ?? "beyond the grades";
}

/** The areas of the dural sac, each on one scale with the published limits as marks. */
class AreaGauge {
  readonly element: HTMLElement;
  readonly #rows: readonly { id: string; row: HTMLElement; bar: HTMLElement; value: HTMLElement }[];
  #high = 0;

  constructor(
    private readonly state: ExplorerState,
    segments: readonly SegmentNumbers[],
    private readonly bounds: readonly Bound[],
    private readonly actions: VariantActions,
  ) {
    this.#rows = segments.map(({ id, label }) => {
      const bar = h("div", { class: "l3s1-area-bar" });
      const value = h("span", { class: "l3s1-area-value" });
      const marks = bounds.map(({ at }) => h("i", { class: "l3s1-area-mark", "data-at": at }));
      const row = h(
        "div",
        { class: "l3s1-area", "data-segment": id },
        h("span", { class: "l3s1-area-name" }, label),
        h("div", { class: "l3s1-area-track", "aria-hidden": "true" }, bar, ...marks),
        value,
      );
      return { id, row, bar, value };
    });
    this.element = h(
      "section",
      { class: "l3s1-areas", "aria-label": "Area of the dural sac" },
      h("h3", {}, "Area left for the dural sac"),
      ...this.#rows.map(({ row }) => row),
      h("ul", { class: "l3s1-area-bounds" }, ...bounds.map((bound) => this.#bound(bound))),
    );
  }

  show(): void {
    const areas = this.actions.areas();
    const limits = this.bounds.map(({ at }) => at);
    const most = Math.max(...Object.values(areas ?? {}), ...limits, 1);
    // The scale is set by the widest canal; it grows where a larger one needs it, never shrinks.
    if (areas) this.#high = Math.max(this.#high, Math.ceil((most * 1.05) / 20) * 20);
    const high = this.#high || most * 1.5;
    for (const { id, row, bar, value } of this.#rows) {
      const area = areas?.[id];
      bar.style.width = area === undefined ? "0" : `${(area / high) * 100}%`;
      setText(value, area === undefined ? "–" : `${Math.round(area)} mm²`);
      // Hatched where half of the limits or more call it narrow: they don't agree.
      const passed = limits.filter((limit) => area !== undefined && area < limit).length;
      row.dataset.below = String(passed > 0 && 2 * passed >= limits.length);
      row.classList.toggle("l3s1-here", id === this.state.get("segment"));
      for (const mark of row.querySelectorAll<HTMLElement>(".l3s1-area-mark")) {
        mark.style.insetInlineStart = `${(Number(mark.dataset.at) / high) * 100}%`;
      }
    }
  }

  #bound(bound: Bound): HTMLElement {
    const words = `${bound.at} mm²: ${bound.label}`;
    const element = h(
      "button",
      { type: "button", class: "l3s1-origin-button" },
      evidenceMark(bound.evidence, `evidence: ${bound.evidence_label}`),
      h("span", {}, words),
    );
    element.addEventListener("click", () =>
      this.actions.openOrigins(bound.label, [bound.fact], element),
    );
    return h("li", {}, element, ...markLabels(bound.marks));
  }
}

function unique(bounds: readonly Bound[]): Bound[] {
  return bounds.filter(
    (bound, place) =>
      bounds.findIndex(({ fact, at }) => fact === bound.fact && at === bound.at) === place,
  );
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function sayScale(scale: readonly [number, number, number] | undefined): string {
  const [x, y, z] = scale ?? [1, 1, 1];
  return `width ${percent(x)}, depth ${percent(y)}, height ${percent(z)} of the model`;
}
