// 'Measure': the list of landmarks, the angles that follow, and the errors after comparing.
import { h, setAttributes, setText } from "../dom.ts";
import { button, originButton } from "../explorer/fields.ts";
import { degrees } from "./angles.ts";
import { measure, truth } from "./measuring.ts";
import type { OpenOrigins } from "./rows.ts";
import { LANDMARKS, type Film, type Landmark, type MeasuredAngle, type Norms, type StateValues } from "./types.ts";
import { MEASURED, percent, signed } from "./words.ts";

const LANDMARK_WORDS: Readonly<Record<Landmark, string>> = {
  "L1.posterior": "L1, upper plate, posterior corner",
  "L1.anterior": "L1, upper plate, anterior corner",
  "L4.posterior": "L4, upper plate, posterior corner",
  "L4.anterior": "L4, upper plate, anterior corner",
  "S1.posterior": "S1 plate, posterior corner",
  "S1.anterior": "S1 plate, anterior corner (promontory)",
  "hip.near": "centre of one femoral head",
  "hip.far": "centre of the other femoral head",
};

export interface MeasureActions {
  /** Go to the film to place or move this point. */
  choose(landmark: Landmark): void;
  compare(): void;
  newFilm(): void;
  clear(): void;
}

export class MeasurePanel {
  readonly element: HTMLElement;
  readonly #landmarks: ReadonlyMap<Landmark, { button: HTMLElement; said: HTMLElement }>;
  readonly #cells: ReadonlyMap<MeasuredAngle, readonly HTMLElement[]>;
  readonly #task = h("p", { class: "l3s1-task", role: "status" });
  readonly #verdict = h("p", { class: "l3s1-verdict", role: "status" });
  readonly #compare: HTMLButtonElement;

  constructor(
    norms: Norms,
    actions: MeasureActions,
    open: OpenOrigins,
  ) {
    const items = LANDMARKS.map((id) => {
      const said = h("span", { class: "l3s1-landmark-state" });
      const element = h("button", { type: "button", class: "l3s1-landmark" }, h("span", {}, LANDMARK_WORDS[id]), said);
      element.addEventListener("click", () => actions.choose(id));
      return [id, { button: element, said }] as const;
    });
    this.#landmarks = new Map(items);
    const rows = MEASURED.map(([id, label]) => {
      const cells = [h("td", {}), h("td", {}), h("td", {}), h("td", { class: "l3s1-observer" })];
      const observers = norms.observers.filter(({ of }) => of === id);
      cells[3]?.append(
        ...observers.map(({ label: of, low, high, what, evidence, evidence_label, marks, fact }) =>
          originButton(`${range(low, high)} ${what}`, evidence, evidence_label, marks, (opener) =>
            open(of, [fact], opener),
          ),
        ),
        ...(observers.length === 0 ? [h("span", { class: "l3s1-note" }, "no evidence")] : []),
      );
      return [id, cells, h("tr", { "data-angle": id }, h("th", { scope: "row" }, label), ...cells)] as const;
    });
    this.#cells = new Map(rows.map(([id, cells]) => [id, cells]));
    this.#compare = button("Compare", actions.compare, { class: "l3s1-button l3s1-primary" });
    this.element = h(
      "div",
      { class: "l3s1-measure" },
      this.#task,
      h("ol", { class: "l3s1-landmarks" }, ...items.map(([, { button: each }]) => h("li", {}, each))),
      h(
        "div",
        { class: "l3s1-actions" },
        this.#compare,
        button("Clear points", actions.clear),
        button("New film", actions.newFilm),
      ),
      this.#verdict,
      h(
        "table",
        { class: "l3s1-table l3s1-measured" },
        h("caption", { class: "l3s1-hidden" }, "Your angles, the true ones, and how far trained readers differ"),
        h("thead", {}, h("tr", {}, ...["angle", "yours", "true", "error", "published error"].map((words) => h("th", { scope: "col" }, words)))),
        h("tbody", {}, ...rows.map(([, , row]) => row)),
      ),
      h(
        "p",
        { class: "l3s1-note" },
        "The film is computed from the course’s own bones: nobody was exposed. L1 and T12 have the form of L2, and it is sharper than most films. Count from the sacrum.",
      ),
    );
  }

  show({ points, seed }: StateValues, film: Film, active: Landmark | null, compared: boolean): void {
    for (const [id, { button: each, said }] of this.#landmarks) {
      setText(said, points[id] ? "placed" : id === active ? "now" : "");
      setAttributes(each, { "aria-current": id === active ? "step" : null, "data-placed": points[id] ? true : null });
    }
    setText(
      this.#task,
      active === null
        ? "All points are placed. Move any, or compare."
        : `Film ${seed}. Place: ${LANDMARK_WORDS[active]}. With keys: go to the film, arrows move the cross, Enter places.`,
    );
    const found = measure(points);
    const real = truth(film.spine);
    let [worst, worstOf]: [number, string] = [0, ""];
    for (const [id, label] of MEASURED) {
      const [yours, true_, error] = this.#cells.get(id) ?? [];
      if (!yours || !true_ || !error) continue;
      const say = (value: number | null): string =>
        value === null ? "–" : id === "share" ? percent(value) : degrees(value);
      const [own, given] = [found[id], real[id]];
      const missed = own === null || given === null ? null : own - given;
      setText(yours, say(own));
      setText(true_, compared ? say(given) : "?");
      setText(error, compared && missed !== null ? signed(missed, id === "share" ? " %" : "°") : "");
      if (id !== "share" && missed !== null && Math.abs(missed) >= Math.abs(worst)) [worst, worstOf] = [missed, label];
    }
    const complete = LANDMARKS.every((id) => points[id]);
    this.#compare.disabled = !complete;
    setText(this.#verdict, compared && complete ? `Largest error: ${worstOf}, ${signed(worst)}.` : "");
  }
}

/** As it is printed: no decimal is added. */
const range = (low: number, high: number): string =>
  low === high ? `${low}°` : `${low} to ${high}°`;
