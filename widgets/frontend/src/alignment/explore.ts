// 'Explore': pelvis, lordosis and its share, segments, posture, age, and what only the whole film shows.
import { h, setAttributes, setText } from "../dom.ts";
import { button, choice, slider, sourceButton, toggle, type Field } from "../explorer/fields.ts";
import type { SharedState } from "../shared_state.ts";
import { degrees, plain } from "./angles.ts";
import type { Change, Changes } from "./changes.ts";
import { LOW, sum } from "./model.ts";
import { besideList, type OpenOrigins } from "./rows.ts";
import {
  SEGMENTS,
  type AlignmentTraits,
  type Norms,
  type Posture,
  type Reading,
  type StateKey,
  type StateValues,
} from "./types.ts";
import { dashed, percent, signed } from "./words.ts";

export type WorkbenchState = SharedState<AlignmentTraits, StateKey>;

export class ExplorePanel {
  readonly element: HTMLElement;
  readonly #shows: ((values: StateValues) => void)[] = [];
  readonly #lying = h("div", { class: "l3s1-lying" });

  constructor(
    private readonly state: WorkbenchState,
    private readonly norms: Norms,
    private readonly changes: Changes,
    private readonly changed: (change: Change) => void,
    private readonly open: OpenOrigins,
  ) {
    const { ranges, usual } = norms;
    const wide = (usual.lordosis.high - usual.lordosis.low) / 2;
    const lows = sum(changes.limits.map(([low]) => low));
    const highs = sum(changes.limits.map(([, high]) => high));
    const lordosis = {
      low: Math.ceil(Math.max(lows, usual.lordosis.low - wide)),
      high: Math.floor(Math.min(highs, usual.lordosis.high + wide)),
    };
    const low = this.changes.limits.slice(LOW);
    const lowest = {
      low: Math.ceil(sum(low.map(([from]) => Math.max(from, 0)))),
      high: Math.floor(sum(low.map(([, to]) => to))),
    };
    this.element = h(
      "div",
      { class: "l3s1-explore" },
      h(
        "div",
        { class: "l3s1-control-group" },
        this.#slider("Pelvic incidence, PI", ranges.incidence, (v) => v.incidence, (value, v) => changes.incidence(value, v), (value) => degrees(value)),
        this.#slider(
          "Pelvic tilt, PT",
          ranges.tilt,
          (v) => v.tilt,
          (value, v) => changes.tilt(value, v),
          (value) => `${degrees(value)}, so SS is ${degrees(state.get("incidence") - value)}`,
        ),
        this.#slider("Lordosis L1–S1", lordosis, (v) => sum(v.segments), (value, v) => changes.lordosis(value, v), degrees),
        this.#slider("of it at L4–S1", lowest, (v) => sum(v.segments.slice(LOW)), (value, v) => changes.low(value, v), (value) => {
          const whole = sum(state.get("segments"));
          return `${degrees(value)}, ${percent(whole > 0 ? (100 * value) / whole : null)}`;
        }),
        this.#segments(),
      ),
      h(
        "div",
        { class: "l3s1-control-group" },
        this.#posture(),
        this.#slider("Age", ranges.age, (v) => v.age, (age) => ({ change: { age: Math.round(age) }, why: "" }), (age) => `${plain(age, 0)} years`, 1),
        this.#wholeFilm(),
      ),
    );
  }

  show(values: StateValues, reading: Reading): void {
    for (const show of this.#shows) show(values);
    const lying = values.posture === "supine";
    setAttributes(this.#lying, { hidden: !lying });
    if (!lying) return;
    const { before, shown } = reading;
    const change = (one: number, other: number): string => signed(other - one);
    setText(
      this.#lying.firstElementChild as Element,
      `Lying adds ${change(before.slope, shown.slope)} to SS and ${change(before.lordosis, shown.lordosis)} to lordosis, as one series found. The sliders set, and the outline shows, the standing state. Studies disagree:`,
    );
  }

  #slider(
    label: string,
    { low, high }: { low: number; high: number },
    read: (values: StateValues) => number,
    write: (value: number, values: StateValues) => Change,
    say: (value: number) => string,
    step = 0.5,
  ): HTMLElement {
    const field = slider({
      label,
      low,
      high,
      step,
      say,
      moved: (value) => this.changed(write(value, this.state.values)),
      settled: () => this.state.settle(),
    });
    // a slider's step must not round what is shown
    field.input.step = "any";
    field.input.addEventListener("keydown", (event) => this.#pressed(event, field.input, step));
    this.#shows.push((values) => field.show(read(values)));
    return field.element;
  }

  /** Arrow keys go by whole steps, though the slider itself has none. */
  #pressed(event: KeyboardEvent, input: HTMLInputElement, step: number): void {
    const by: Record<string, number> = {
      ArrowUp: step,
      ArrowRight: step,
      ArrowDown: -step,
      ArrowLeft: -step,
      PageUp: 10 * step,
      PageDown: -10 * step,
    };
    const more = by[event.key];
    if (more === undefined) return;
    event.preventDefault();
    const next = Math.round((Number(input.value) + more) / step) * step;
    input.value = String(Math.min(Number(input.max), Math.max(Number(input.min), next)));
    input.dispatchEvent(new Event("input", { bubbles: true }));
    this.state.settleSoon();
  }

  #segments(): HTMLElement {
    const fields = SEGMENTS.map((segment, place) => {
      const [low, high] = this.changes.limits[place] ?? [0, 0];
      return this.#slider(
        dashed(segment),
        { low, high },
        ({ segments }) => segments[place] ?? 0,
        (value, values) => this.changes.segment(place, value, values),
        degrees,
      );
    });
    const discs = h("p", { class: "l3s1-note" });
    const usual = button("Usual segments for this PI", () => {
      this.state.choose({ segments: this.changes.usual(this.state.values) });
    });
    const known = this.norms.segment_means[0];
    this.#shows.push(() => setText(discs, "A segment is its disc and the vertebra above it; the disc gives way, the bone keeps its shape."));
    return h(
      "details",
      { class: "l3s1-more" },
      h("summary", {}, "Each segment"),
      ...fields,
      discs,
      h(
        "div",
        { class: "l3s1-actions" },
        usual,
        known && sourceButton("Source of the usual segments", (opener) => this.open("Usual segments", [known.fact], opener)),
      ),
    );
  }

  #posture(): HTMLElement {
    const field = choice<Posture>(
      "Posture",
      [
        ["standing", "Standing"],
        ["supine", "Lying"],
      ],
      (posture) => this.state.choose({ posture }),
    );
    this.#shows.push(({ posture }) => field.show(posture));
    const studies = this.norms.supine_studies.map((study) => {
      const parts = [
        study.slope === null ? "" : `SS ${signed(study.slope)}`,
        study.lordosis === null ? "" : `LL ${signed(study.lordosis)}`,
        study.low_lordosis === null ? "" : `L4–S1 ${signed(study.low_lordosis)}`,
      ].filter(Boolean);
      const open = (opener: HTMLElement): void => this.open(study.label, [study.fact], opener);
      return h("li", {}, sourceButton(study.label, open), `: ${parts.join(", ")} (${study.people})`);
    });
    this.#lying.append(h("p", { class: "l3s1-note" }), h("ul", { class: "l3s1-studies" }, ...studies));
    const beside = besideList(this.norms.beside.supine, this.open);
    if (beside) this.#lying.append(beside);
    return h("div", {}, field.element, this.#lying);
  }

  #wholeFilm(): HTMLElement {
    const one = (
      key: "sva" | "global_tilt",
      label: string,
      say: (value: number) => string,
    ): HTMLElement => {
      const { low, high } = this.norms.ranges[key];
      const measured: Field<boolean> = toggle(label, (on) => {
        this.state.choose({ [key]: on ? Math.round(Math.min(high, Math.max(low, 0))) : null });
      });
      const field = this.#slider(label, { low, high }, (v) => v[key] ?? 0, (value) => ({ change: { [key]: Math.round(value) }, why: "" }), say, 1);
      this.#shows.push((values) => {
        measured.show(values[key] !== null);
        setAttributes(field, { hidden: values[key] === null });
      });
      return h("div", { class: "l3s1-optional" }, measured.element, field);
    };
    return h(
      "details",
      { class: "l3s1-more" },
      h("summary", {}, "From a film of the whole spine"),
      h("p", { class: "l3s1-note" }, "C7 is not in this picture. Where a film shows it, set what it gives:"),
      one("sva", "C7: sagittal vertical axis", (value) => `${plain(value, 0)} mm`),
      one("global_tilt", "Global tilt", degrees),
    );
  }
}
