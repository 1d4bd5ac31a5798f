// What stands below the picture: classes and score, formulae of lordosis, targets, and norms.
import { h, setAttributes, setText } from "../dom.ts";
import { originButton } from "../explorer/fields.ts";
import { degrees } from "./angles.ts";
import { quantity } from "./reading.ts";
import { RowChart, besideList, type OpenOrigins, type Row } from "./rows.ts";
import { ScalePanel } from "./scales.ts";
import type { Formula, Norm, Norms, Reading, Spine, StateValues, Target } from "./types.ts";
import { QUANTITY, percent, signed, withUnit } from "./words.ts";

/** Where the axis of each quantity begins and ends, in its unit: a choice of drawing. */
const DOMAIN = {
  incidence: [20, 100],
  slope: [0, 80],
  tilt: [-10, 50],
  lordosis: [0, 100],
  low_lordosis: [0, 70],
  share: [0, 120],
  mismatch: [-40, 50],
  global_tilt: [-10, 60],
  sva: [-60, 200],
} as const;

export class JudgePanel {
  readonly element: HTMLElement;
  readonly #scales: ScalePanel;
  readonly #formulas: RowChart;
  readonly #targets: RowChart;
  readonly #norms: NormChart;

  constructor(
    private readonly norms: Norms,
    open: OpenOrigins,
  ) {
    const formulaRow = (formula: Formula): Row => ({
      id: formula.id,
      label: formula.label,
      people: formula.people,
      known: formula,
    });
    this.#scales = new ScalePanel(norms, open);
    this.#formulas = new RowChart(norms.lordosis_formulas.map(formulaRow), open);
    this.#targets = new RowChart([...norms.age_targets, ...norms.tilt_formulas].map(formulaRow), open);
    this.#norms = new NormChart(norms, open);
    const part = (
      heading: string,
      note: string,
      name: string,
      ...content: (HTMLElement | null)[]
    ): HTMLElement =>
      h(
        "details",
        { class: "l3s1-judge-part", "data-part": name },
        h("summary", {}, h("h3", {}, heading)),
        h("p", { class: "l3s1-note" }, note),
        ...content,
      );
    this.element = h(
      "div",
      { class: "l3s1-judge" },
      part("Classes and scores", "The band that holds this state is filled.", "scales", this.#scales.element),
      part(
        "How much lordosis? The formulae disagree",
        "Dot and bar: what each formula asks for. Line: this state.",
        "formulas",
        this.#formulas.element,
        besideList(norms.beside.low_lordosis, open),
      ),
      part(
        "By age",
        "Targets and means for this age and incidence. Line: this state.",
        "age",
        this.#targets.element,
        besideList(norms.beside.age, open),
      ),
      part(
        "Beside people without symptoms",
        "Each series its own dot (mean) and bar (one standard deviation to each side: about a third of healthy people lie outside it). Line: this state.",
        "norms",
        this.#norms.element,
      ),
    );
  }

  /** Unfold all where there is room, else the first: the others are a tap away. */
  unfold(wide: boolean): void {
    this.element.querySelectorAll("details.l3s1-judge-part").forEach((part, place) => {
      (part as HTMLDetailsElement).open = wide || place === 0;
    });
  }

  show(reading: Reading, { sva }: StateValues): void {
    const { shown } = reading;
    this.#scales.show(reading, sva);
    const targets = (chart: RowChart, formulas: readonly Formula[], found: readonly Target[]): void => {
      for (const formula of formulas) {
        const target = found.find(({ id }) => id === formula.id) ?? null;
        chart.show(formula.id, {
          low: target?.low ?? null,
          middle: target?.ideal ?? null,
          high: target?.high ?? null,
          value: target ? quantity(formula.of, shown, sva) : null,
          domain: DOMAIN[formula.of],
          said: sayTarget(formula, target),
        });
      }
    };
    targets(this.#formulas, this.norms.lordosis_formulas, reading.lordosis);
    targets(this.#targets, this.norms.age_targets, reading.age);
    targets(this.#targets, this.norms.tilt_formulas, reading.tilt);
    this.#norms.show(shown);
  }
}

function sayTarget({ of, tolerance }: Formula, target: Target | null): string {
  if (!target) return of === "sva" ? "needs C7 on the film" : "no number was read for this age";
  const unit = of === "sva" ? "mm" : "°";
  const give = tolerance > 0 ? ` ± ${withUnit(tolerance, unit)}` : "";
  return `asks for ${withUnit(target.ideal, unit)}${give}; here ${signed(target.miss, unit === "mm" ? " mm" : "°")}`;
}

type Measure = Exclude<Norm["of"], "sva" | "global_tilt">;
const MEASURES: readonly Measure[] = [
  "incidence",
  "tilt",
  "slope",
  "lordosis",
  "low_lordosis",
  "share",
  "mismatch",
];

/** All series of one quantity on one track, each with its own bar; their origins folded beneath. */
class NormChart {
  readonly element: HTMLElement;
  readonly #shows: ((spine: Spine) => void)[] = [];

  constructor({ norms, usual }: Norms, open: OpenOrigins) {
    const groups = MEASURES.flatMap((of) => {
      const series = norms.filter((norm) => norm.of === of);
      return series.length > 0 ? [this.#group(of, series, usual, open)] : [];
    });
    this.element = h("ul", { class: "l3s1-rows" }, ...groups);
  }

  show(spine: Spine): void {
    for (const show of this.#shows) show(spine);
  }

  #group(
    of: Measure,
    series: readonly Norm[],
    usual: Norms["usual"],
    open: OpenOrigins,
  ): HTMLElement {
    const [low, high] = DOMAIN[of];
    const place = (at: number): number => Math.min(100, Math.max(0, (100 * (at - low)) / (high - low)));
    const say = (value: number): string => (of === "share" ? percent(value) : degrees(value));
    const lanes = series.map(({ mean, deviation }) => {
      const bar = h("span", { class: "l3s1-lane-bar" });
      const dot = h("span", { class: "l3s1-lane-dot" });
      const half = deviation ?? 0;
      bar.style.insetInlineStart = `${place(mean - half)}%`;
      bar.style.width = `${place(mean + half) - place(mean - half)}%`;
      dot.style.insetInlineStart = `${place(mean)}%`;
      return h("span", { class: "l3s1-lane" }, bar, dot);
    });
    const now = h("span", { class: "l3s1-row-now" });
    const said = h("span", { class: "l3s1-row-said" });
    const means = series.map(({ mean }) => mean);
    const span = means.length === 1 ? say(means[0] ?? 0) : `${say(Math.min(...means))} to ${say(Math.max(...means))}`;
    this.#shows.push((spine) => {
      const value = spine[of];
      setAttributes(now, { hidden: value === null });
      if (value !== null) now.style.insetInlineStart = `${place(value).toFixed(2)}%`;
      const seen = of === "low_lordosis" || of === "share" ? null : usual[of];
      const outside = seen && value !== null && (value < seen.low || value > seen.high);
      const words = outside ? " (unusual without symptoms)" : "";
      setText(said, `here ${value === null ? "–" : say(value)}${words}; means ${span}`);
    });
    return h(
      "li",
      { class: "l3s1-row", "data-row": of },
      h("span", { class: "l3s1-row-label" }, QUANTITY[of]),
      said,
      h("span", { class: "l3s1-row-track l3s1-lanes", "aria-hidden": "true" }, ...lanes, now),
      h(
        "details",
        { class: "l3s1-more" },
        h("summary", {}, series.length === 1 ? "The series" : `The ${series.length} series`),
        h(
          "ul",
          {},
          ...series.map(({ label, people, mean, deviation, fact, evidence, evidence_label, marks }) =>
            h(
              "li",
              {},
              originButton(people, evidence, evidence_label, marks, (opener) => open(label, [fact], opener)),
              `: ${say(mean)}${deviation === null ? "" : ` ± ${say(deviation)}`}`,
            ),
          ),
        ),
      ),
    );
  }
}
