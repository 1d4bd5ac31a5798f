// 'Plan cages': a cage gives its disc an angle; lordosis, its share and the pelvis before and after.
import { h, setAttributes, setText } from "../dom.ts";
import { choice, slider, sourceButton, toggle } from "../explorer/fields.ts";
import { degrees } from "./angles.ts";
import { findBand } from "./reading.ts";
import { besideList, type OpenOrigins } from "./rows.ts";
import type { WorkbenchState } from "./explore.ts";
import { SEGMENTS, type Norms, type Pelvis, type Reading, type Segment, type StateValues } from "./types.ts";
import { dashed, percent, signed } from "./words.ts";

const LEVELS: readonly Segment[] = ["L3-L4", "L4-L5", "L5-S1"];

const ROWS = [
  ["lordosis", "Lordosis L1–S1"],
  ["mismatch", "PI − LL"],
  ["low_lordosis", "L4–S1"],
  ["share", "share of L4–S1"],
  ["tilt", "Pelvic tilt"],
  ["slope", "Sacral slope"],
] as const;

export class PlanPanel {
  readonly element: HTMLElement;
  readonly #shows: ((values: StateValues, reading: Reading) => void)[] = [];
  readonly #cells: ReadonlyMap<string, readonly HTMLElement[]>;
  readonly #after: readonly HTMLElement[];

  constructor(
    private readonly state: WorkbenchState,
    private readonly norms: Norms,
    open: OpenOrigins,
  ) {
    const rows = ROWS.map(([id, label]) => {
      const cells = [h("td", {}), h("td", {}), h("td", {})];
      return [id, cells, h("tr", { "data-row": id }, h("th", { scope: "row" }, label), ...cells)] as const;
    });
    this.#cells = new Map(rows.map(([id, cells]) => [id, cells]));
    const pelvis = choice<Pelvis>(
      "The pelvis afterwards",
      [
        ["follows", "Follows the lordosis"],
        ["stays", "Stays as it is"],
      ],
      (value) => state.choose({ pelvis: value }),
    );
    this.#shows.push(({ pelvis: now }) => pelvis.show(now));
    const relations = norms.relations.map((relation) => {
      const said = h("span", {});
      const source = sourceButton(relation.label, (opener) => open(relation.label, [relation.fact], opener));
      return { said, element: h("li", {}, source, ": ", said) };
    });
    this.#after = relations.map(({ said }) => said);
    const { cage } = norms.ranges;
    this.element = h(
      "div",
      { class: "l3s1-plan" },
      h(
        "p",
        { class: "l3s1-note" },
        "Each cage gives its disc the angle that you choose, exactly. In patients a cage gives less than its name says: ",
        sourceButton("what is known of cage angles", (opener) => open(cage.label, [cage.fact, ...cage.others], opener)),
      ),
      ...LEVELS.map((segment) => this.#level(segment)),
      pelvis.element,
      h(
        "table",
        { class: "l3s1-table" },
        h("caption", { class: "l3s1-hidden" }, "Before and after"),
        h("thead", {}, h("tr", {}, ...["angle", "before", "after", "change"].map((words) => h("th", { scope: "col" }, words)))),
        h("tbody", {}, ...rows.map(([, , row]) => row)),
      ),
      h(
        "div",
        { class: "l3s1-compensation" },
        h("p", { class: "l3s1-note" }, "Pelvic tilt that each published relation leads to; both describe groups, neither a patient:"),
        h("ul", { class: "l3s1-studies" }, ...relations.map(({ element }) => element)),
      ),
      besideList(norms.beside.cages, open),
    );
  }

  show(values: StateValues, reading: Reading): void {
    for (const show of this.#shows) show(values, reading);
    const { before, shown } = reading;
    for (const [id] of ROWS) {
      const [was, is, change] = this.#cells.get(id) ?? [];
      if (!was || !is || !change) continue;
      const [one, other] = [before[id], shown[id]];
      const say = (value: number | null): string => (id === "share" ? percent(value) : value === null ? "–" : degrees(value));
      setText(was, say(one) + this.#band(id, one));
      setText(is, say(other) + this.#band(id, other));
      setText(change, one === null || other === null ? "–" : id === "share" ? signed(other - one, " %") : signed(other - one));
    }
    reading.tilts_after.forEach(({ tilt }, place) => {
      const said = this.#after[place];
      if (said) setText(said, `${degrees(before.tilt)} → ${degrees(tilt)}`);
    });
  }

  /** The Schwab modifier, where there is one. */
  #band(id: string, value: number | null): string {
    const { schwab_mismatch, schwab_tilt } = this.norms.scales;
    const scale = id === "mismatch" ? schwab_mismatch : id === "tilt" ? schwab_tilt : null;
    return scale && value !== null ? ` (${findBand(scale, value).label})` : "";
  }

  #level(segment: Segment): HTMLElement {
    const place = SEGMENTS.indexOf(segment);
    const { low, high } = this.norms.ranges.cage;
    const put = (angle: number | null): Partial<StateValues> => {
      const { [segment]: _, ...others } = this.state.get("cages");
      return { cages: angle === null ? others : { ...others, [segment]: angle } };
    };
    let disc = 0;
    const on = toggle(`${dashed(segment)} cage`, (pressed) => {
      // begin where the disc is, so that the cage alone changes nothing
      const start = Math.round(Math.min(high, Math.max(low, disc)));
      this.state.choose(put(pressed ? start : null));
    });
    const field = slider({
      label: "angle of the cage",
      low,
      high,
      step: 1,
      say: (angle) => `${angle}°`,
      moved: (angle) => this.state.set(put(angle)),
      settled: () => this.state.settle(),
    });
    const was = h("span", { class: "l3s1-note l3s1-disc-was" });
    this.#shows.push(({ cages }, { before, shown }) => {
      const angle = cages[segment];
      disc = before.discs[place] ?? 0;
      on.show(angle !== undefined);
      setAttributes(field.element, { hidden: angle === undefined });
      field.show(angle ?? Math.round(Math.min(high, Math.max(low, disc))));
      setAttributes(field.input, { "aria-label": `Angle of the cage at ${dashed(segment)}` });
      const given = shown.discs[place] ?? 0;
      const held = angle !== undefined && Math.abs(given - angle) > 0.05;
      const words = held
        ? `the plates touch: the disc takes no more than ${degrees(given)}`
        : `disc before: ${degrees(disc)}`;
      setText(was, words);
    });
    return h("div", { class: "l3s1-level" }, on.element, was, field.element);
  }
}
