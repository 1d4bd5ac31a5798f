// One view of an alignment workbench: puts the parts together and keeps them in step.
import type { AnyModel } from "@anywidget/types";
import { Announcer, h, setText } from "../dom.ts";
import { button, toggle } from "../explorer/fields.ts";
import { Tabs } from "../explorer/tabs.ts";
import { originsOf } from "../origin.ts";
import { claimLink } from "../page_state.ts";
import { SharedState } from "../shared_state.ts";
import { Sheet } from "../sheet.ts";
import { copyText } from "../copy.ts";
import { WINDOW } from "./angle_layer.ts";
import { ANGLES, SHORT, degrees } from "./angles.ts";
import { Changes, type Change } from "./changes.ts";
import { ExplorePanel, type WorkbenchState } from "./explore.ts";
import { exposeFilm } from "./film.ts";
import { FilmStage } from "./film_stage.ts";
import { JudgePanel } from "./judge.ts";
import type { LateralBones } from "./lateral.ts";
import { clearWorkbenchLink, readWorkbenchLink, writeWorkbenchLink } from "./link.ts";
import { MeasurePanel } from "./measure.ts";
import { drawFilm, truePoints } from "./measuring.ts";
import { SpinePicture, type Grip, type Handle } from "./picture.ts";
import { PlanPanel } from "./plan.ts";
import { readState } from "./reading.ts";
import {
  LANDMARKS,
  SEGMENTS,
  STATE_KEYS,
  type AlignmentTraits,
  type AngleId,
  type Film,
  type Landmark,
  type Mode,
  type Norms,
  type Point,
  type Reading,
  type StateValues,
} from "./types.ts";
import { MODE_LABELS, dashed, sayState } from "./words.ts";

/** mm of a pixel of the film. */
const FILM_STEP = 0.52;

/** From this width on, what is judged stands in two columns, all of it unfolded. */
const WIDE_PX = 704;

export class WorkbenchView {
  readonly #state: WorkbenchState;
  readonly #norms: Norms;
  readonly #changes: Changes;
  readonly #sheet: Sheet;
  readonly #announcer: Announcer;
  readonly #picture: SpinePicture;
  readonly #stage: FilmStage;
  readonly #explore: ExplorePanel;
  readonly #plan: PlanPanel;
  readonly #measure: MeasurePanel;
  readonly #judge: JudgePanel;
  readonly #tabs: Tabs<Mode>;
  readonly #said = h("p", { class: "l3s1-strip" });
  readonly #why = h("p", { class: "l3s1-why", role: "status" });
  readonly #equation = h("p", { class: "l3s1-equation", "aria-hidden": "true" });
  readonly #angles = ANGLES.map((id) => [id, toggle(SHORT[id], (on) => this.#toggleAngle(id, on))] as const);
  readonly #writesLink: boolean;
  #film: { seed: number; film: Film } | null = null;
  #chosen: Landmark | null = null;
  #compared = false;

  constructor(
    readonly element: HTMLElement,
    private readonly model: AnyModel<AlignmentTraits>,
    private readonly bones: LateralBones,
    private readonly start: StateValues,
    signal: AbortSignal,
  ) {
    const body = model.get("body");
    this.#norms = model.get("norms");
    this.#state = new SharedState(model, STATE_KEYS, signal);
    this.#changes = new Changes(body, this.#norms);
    this.#sheet = new Sheet(signal, () => undefined);
    this.#announcer = new Announcer(signal);
    this.#writesLink = isCoursePage() && model.get("link_state") !== false && claimLink(this, signal);
    const open = (heading: string, facts: readonly string[], opener: HTMLElement): void =>
      this.#sheet.open({
        heading,
        body: [originsOf([...new Set(facts)], model.get("origins_gz"))],
        opener,
      });
    const changed = (change: Change): void => this.#change(change);
    this.#picture = new SpinePicture(
      body,
      bones,
      "Lumbar spine and pelvis from the left, the face to the left",
      {
        turn: (handle, value) => this.#change(this.#turned(handle, value)),
        moveHip: (to) => this.#change(this.#changes.hip(to, this.#state.values)),
        settled: () => this.#state.settle(),
      },
      signal,
    );
    this.#stage = new FilmStage(
      "Lateral film. Arrow keys move the cross, with Shift in larger steps; Enter places the point that is asked for.",
      {
        place: (landmark, at) => this.#place(landmark, at),
        settled: (landmark) => this.#placed(landmark),
      },
      signal,
    );
    this.#explore = new ExplorePanel(this.#state, this.#norms, this.#changes, changed, open);
    this.#plan = new PlanPanel(this.#state, this.#norms, open);
    this.#measure = new MeasurePanel(
      this.#norms,
      {
        choose: (landmark) => this.#choose(landmark),
        compare: () => this.#compare(),
        newFilm: () => this.#newFilm(),
        clear: () => this.#clear(),
      },
      open,
    );
    this.#judge = new JudgePanel(this.#norms, open);
    this.#tabs = new Tabs<Mode>(
      MODE_LABELS,
      {
        explore: [this.#explore.element],
        plan: [this.#plan.element],
        measure: [this.#measure.element],
      },
      (mode) => this.#state.choose({ mode }),
    );
    const sizes = h("button", { type: "button", class: "l3s1-source" }, "What the picture is drawn from");
    sizes.addEventListener("click", () => open("What the picture is drawn from", body.facts, sizes));
    element.classList.add("l3s1", "l3s1-alignment");
    element.replaceChildren(
      this.#tabs.element,
      h(
        "div",
        { class: "l3s1-alignment-main" },
        h(
          "div",
          { class: "l3s1-alignment-picture" },
          h("div", { class: "l3s1-picture-frame" }, this.#picture.element, this.#stage.element),
          h(
            "div",
            { class: "l3s1-angle-toggles", role: "group", "aria-label": "Angles drawn" },
            ...this.#angles.map(([id, { element: each }]) => {
              each.dataset.angle = id;
              return each;
            }),
          ),
          h(
            "p",
            { class: "l3s1-note l3s1-picture-note" },
            "Seen from the left, the face to the left. Drag a dot, or move it with the arrow keys. L1 has the form of L2; the pelvis is a sketch. ",
            sizes,
          ),
        ),
        h(
          "div",
          { class: "l3s1-alignment-side" },
          this.#equation,
          this.#said,
          this.#why,
          ...this.#tabs.panels,
          this.#tools(),
        ),
      ),
      this.#judge.element,
      this.#announcer.element,
      this.#sheet.element,
    );
    let frame = 0;
    this.#state.onChange(() => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => this.#show());
    });
    signal.addEventListener("abort", () => cancelAnimationFrame(frame));
  }

  /** Call once the element is on the page. */
  begin(): void {
    if (this.#writesLink) {
      const { incidence, tilt, ...asked } = readWorkbenchLink(location.search, this.model.get("body"), this.#norms);
      const now = this.#state.values;
      // a pelvis that can't be is brought to the nearest that can
      const pelvis = this.#changes.incidence(incidence ?? now.incidence, { ...now, tilt: tilt ?? now.tilt });
      this.#state.choose({ ...asked, ...pelvis.change });
    }
    this.#state.onSettled(() => this.#settled());
    this.#judge.unfold(this.element.clientWidth >= WIDE_PX);
    this.#show();
  }

  // ------------------------------------------------------------------ showing

  #show(): void {
    const { values } = this.#state;
    const reading = readState(this.model.get("body"), this.#norms, values);
    const { mode } = values;
    this.element.dataset.mode = mode;
    this.#tabs.show(mode);
    if (mode === "measure") this.#showFilm(values);
    else this.#showPicture(values, reading);
    if (mode === "explore") this.#explore.show(values, reading);
    if (mode === "plan") this.#plan.show(values, reading);
    if (mode !== "measure") this.#judge.show(reading, values);
    const said = sayState(values, reading);
    setText(this.#said, said);
    this.#announcer.say(said);
  }

  #showPicture(values: StateValues, { before, shown }: Reading): void {
    const hidden = new Set(values.hidden);
    for (const [id, field] of this.#angles) field.show(!hidden.has(id));
    const changed = values.mode === "plan" || values.posture === "supine";
    // C7 was filmed standing and before an operation
    this.#picture.show(shown, hidden, changed ? null : values.sva, this.#grips(values), {
      before: changed ? before : null,
      cages: values.mode === "plan" ? values.cages : {},
    });
    const { incidence, tilt, slope } = shown;
    this.#equation.replaceChildren(
      ...(
        [
          ["incidence", `PI ${degrees(incidence)}`],
          [null, "="],
          ["tilt", `PT ${degrees(tilt)}`],
          [null, "+"],
          ["slope", `SS ${degrees(slope)}`],
        ] as const
      ).map(([angle, text]) => h("span", { "data-angle": angle }, text)),
    );
  }

  /** What can be turned: in 'plan' and lying, what is shown follows, and nothing is to be dragged. */
  #grips(values: StateValues): Grip[] {
    if (values.mode !== "explore" || values.posture !== "standing") return [];
    const { incidence, tilt, segments } = values;
    const { ranges } = this.#norms;
    const slope = incidence - tilt;
    return [
      {
        id: "hip",
        label: "Hip axis: pelvic tilt and incidence, with the sacrum held",
        value: tilt,
        low: ranges.tilt.low,
        high: ranges.tilt.high,
        said: `PT ${degrees(tilt)}, PI ${degrees(incidence)}`,
      },
      {
        id: "pelvis",
        label: "Sacrum: pelvic tilt, of the same pelvis",
        value: tilt,
        low: ranges.tilt.low,
        high: Math.min(ranges.tilt.high, incidence),
        said: `PT ${degrees(tilt)}, SS ${degrees(slope)}`,
      },
      {
        id: "slope",
        label: "S1 plate: sacral slope and incidence, at the same tilt",
        value: slope,
        low: Math.max(0, ranges.incidence.low - tilt),
        high: ranges.incidence.high - tilt,
        said: `SS ${degrees(slope)}, PI ${degrees(incidence)}`,
      },
      ...SEGMENTS.map((segment, place): Grip => {
        const [low, high] = this.#changes.limits[place] ?? [0, 0];
        const value = segments[place] ?? 0;
        return {
          id: `segment-${place}` as Handle,
          label: `${dashed(segment)}: lordosis`,
          value,
          low,
          high,
          said: degrees(value),
        };
      }),
    ];
  }

  #showFilm(values: StateValues): void {
    const film = this.#filmOf(values.seed);
    const active = this.#active(values);
    this.#stage.show(values.points, active, this.#compared ? truePoints(film) : null);
    this.#measure.show(values, film, active, this.#compared);
  }

  /** The film of a seed, exposed when it is first seen. */
  #filmOf(seed: number): Film {
    if (this.#film?.seed === seed) return this.#film.film;
    const body = this.model.get("body");
    const film = drawFilm(body, this.#norms, seed);
    this.#film = { seed, film };
    this.#compared = false;
    this.#chosen = null;
    this.#stage.expose(film, exposeFilm(film, body, this.bones, seed, { ...WINDOW, step: FILM_STEP }));
    return film;
  }

  #active({ points }: StateValues): Landmark | null {
    return this.#chosen ?? LANDMARKS.find((id) => !points[id]) ?? null;
  }

  // ------------------------------------------------------------------ changing

  #turned(handle: Handle, value: number): Change {
    const { values } = this.#state;
    if (handle === "pelvis") return this.#changes.tilt(value, values);
    if (handle === "slope") return this.#changes.slope(value, values);
    if (handle === "hip") {
      const slope = values.incidence - values.tilt;
      const radians = (value * Math.PI) / 180;
      const change = this.#changes.hip([-Math.sin(radians), -Math.cos(radians)], { ...values, incidence: slope + values.tilt });
      return change;
    }
    return this.#changes.segment(Number(handle.slice(-1)), value, values);
  }

  #change({ change, why }: Change): void {
    setText(this.#why, why);
    this.#state.set(change);
    this.#state.settleSoon();
  }

  #toggleAngle(id: AngleId, on: boolean): void {
    const hidden = this.#state.get("hidden").filter((each) => each !== id);
    this.#state.choose({ hidden: on ? hidden : [...hidden, id] });
  }

  #place(landmark: Landmark, at: Point): void {
    this.#compared = false;
    this.#state.set({ points: { ...this.#state.get("points"), [landmark]: at } });
  }

  #placed(landmark: Landmark): void {
    if (this.#chosen === landmark) this.#chosen = null;
    this.#state.settle();
    this.#show();
  }

  #choose(landmark: Landmark): void {
    this.#chosen = landmark;
    this.#stage.goTo(this.#state.get("points")[landmark]);
    this.#show();
  }

  #compare(): void {
    this.#compared = true;
    this.#state.settle();
    this.#show();
  }

  #clear(): void {
    this.#compared = false;
    this.#chosen = null;
    this.#state.choose({ points: {} });
    this.#show();
  }

  #newFilm(): void {
    this.#state.choose({ points: {}, seed: (this.#state.get("seed") % 9_999_999) + 1 });
  }

  // ------------------------------------------------------------------ link and tools

  #tools(): HTMLElement {
    const said = h("span", { class: "l3s1-said", role: "status" });
    return h(
      "div",
      { class: "l3s1-actions l3s1-bench-tools" },
      button("Reset", () => {
        this.#reset();
        setText(said, "");
      }),
      button("Copy link", () => void this.#copyLink().then((words) => setText(said, words))),
      said,
    );
  }

  #reset(): void {
    const { mode: _, ...start } = this.start;
    this.#compared = false;
    this.#chosen = null;
    this.#sheet.close();
    setText(this.#why, "");
    this.#state.choose(start);
    if (this.#writesLink) this.#replaceSearch(clearWorkbenchLink(location.search));
    this.#show();
  }

  #settled(): void {
    if (!this.#writesLink) return;
    this.#replaceSearch(writeWorkbenchLink(location.search, this.#state.values, this.start));
  }

  #replaceSearch(search: string): void {
    history.replaceState(history.state, "", `${location.pathname}${search}${location.hash}`);
  }

  async #copyLink(): Promise<string> {
    const base = this.model.get("link_base");
    const search = writeWorkbenchLink("", this.#state.values, this.start);
    if (!base && !isCoursePage()) {
      const copied = await copyText(search);
      return copied ? "Copied; add it to the lesson’s address" : `Add to the address: ${search}`;
    }
    const page = new URL(base || location.href, location.href);
    page.search = writeWorkbenchLink(page.search, this.#state.values, this.start);
    return (await copyText(page.href)) ? "Link copied" : page.href;
  }
}

/** True on a page of the course; JupyterLab's address is left alone. */
function isCoursePage(): boolean {
  return document.body.hasAttribute("data-voila");
}
