// One view of an anatomy explorer: puts the parts together and keeps them in step.
import type { AnyModel } from "@anywidget/types";
import { Announcer, h, setText } from "../dom.ts";
import { originsOf } from "../origin.ts";
import { claimLink } from "../page_state.ts";
import type { Measurement, Pick, ViewName } from "../scene/types.ts";
import { Sheet } from "../sheet.ts";
import { copyText } from "../copy.ts";
import { Catalogue } from "./catalogue.ts";
import { ComparePanel } from "./compare.ts";
import { buildControls, type Controls } from "./controls.ts";
import { Details } from "./details.ts";
import { FindPanel } from "./find.ts";
import { clearExplorerLink, linkRules, readExplorerLink, writeExplorerLink } from "./link.ts";
import { unpackTargets } from "./rounds.ts";
import { boneOf, sceneState } from "./scene_state.ts";
import { Search } from "./search.ts";
import { Stage, type OpenScene } from "./stage.ts";
import { ExplorerState, same } from "./state.ts";
import { Tabs } from "./tabs.ts";
import { capital, Tree } from "./tree.ts";
import {
  MODES,
  STATE_KEYS,
  type ExplorerTraits,
  type Mode,
  type StateValues,
  type Structure,
} from "./types.ts";
import { VariantPanel } from "./variants.ts";

/** The view in which a mode begins, where the reader has not left it in another one. */
const FIRST_VIEW = { compare: "superior", variants: "left_lateral" } as const;

/** A picture narrower than this has room for few labels. */
const NARROW_PX = 480;
const FEW_LABELS = 4;
const MOST_LABELS = 12;

export class ExplorerView {
  readonly #catalogue: Catalogue;
  readonly #traits: ExplorerTraits;
  readonly #state: ExplorerState;
  readonly #sheet: Sheet;
  readonly #stage: Stage;
  readonly #controls: Controls;
  readonly #tabs: Tabs<Mode>;
  readonly #search: Search;
  readonly #tree: Tree;
  readonly #details: Details;
  readonly #compare: ComparePanel;
  readonly #variants: VariantPanel;
  readonly #find: FindPanel;
  readonly #announcer: Announcer;
  readonly #name = h("strong", {});
  readonly #latin = h("span", { class: "l3s1-latin", lang: "la" });
  readonly #changed = h("span", { class: "l3s1-strip-note" });
  readonly #writesLink: boolean;
  readonly #start: StateValues;
  readonly #views: Partial<Record<Mode, ViewName>> = {};
  #mode: Mode | null = null;
  #opened: Mode | null = null;
  /** The view that the picture has now; null after turning by hand. */
  #view: ViewName | null;
  #hovered: string | null = null;
  #measured: string | null = null;
  #measuring = false;

  constructor(
    readonly element: HTMLElement,
    model: AnyModel<ExplorerTraits>,
    start: StateValues,
    signal: AbortSignal,
  ) {
    this.#traits = readTraits(model);
    this.#state = new ExplorerState(model, signal);
    this.#start = start;
    this.#catalogue = new Catalogue(this.#traits);
    this.#view = this.#state.get("view");
    this.#writesLink = isCoursePage() && model.get("link_state") !== false && claimLink(this, signal);
    this.#sheet = new Sheet(signal, () => undefined);
    this.#announcer = new Announcer(signal);
    this.#stage = new Stage(model, {
      picked: (pick) => this.#picked(pick),
      hovered: (pick) => this.#hover(pick),
      measured: (measurement) => this.#measure(measurement),
      turned: (view) => this.#turned(view),
      ready: () => this.#show(),
    });
    const openOrigins = (heading: string, facts: readonly string[], opener: HTMLElement): void =>
      this.#openOrigins(heading, facts, opener);
    const select = (id: string): void => this.#select(id);
    const lookAt = (structure: Structure): void => this.#lookAt(structure);
    this.#controls = buildControls(this.#state, this.#traits, {
      turnTo: (view) => this.#turnTo(view),
      cutDisc: (segment) => this.#cutDisc(segment),
      measure: (on) => this.#startMeasuring(on),
      reset: () => this.#reset(),
      copyLink: () => this.#copyLink(),
    });
    this.#search = new Search(this.#catalogue, select);
    this.#tree = new Tree(this.#state, this.#catalogue, select);
    this.#details = new Details(this.#catalogue, { select, lookAt, openOrigins });
    this.#compare = new ComparePanel(this.#state, this.#catalogue, this.#traits.comparison, {
      openOrigins,
    });
    this.#variants = new VariantPanel(this.#state, this.#traits.variants, {
      openOrigins,
      seeSlip: () => {
        this.#state.choose({ section: "" });
        this.#turnTo("left_lateral");
      },
      seeCanal: (segment) => this.#cutDisc(segment),
      areas: () => this.#stage.scene?.canalAreas() ?? null,
    });
    const targets = unpackTargets(this.#traits.targets, this.#traits.structures);
    this.#find = new FindPanel(this.#state, this.#catalogue, targets, {
      changed: () => this.#showScene(),
      begun: () => {
        this.#showScene();
        if (this.#views.find !== undefined) this.#turnTo(this.#find.view);
      },
      lookAt,
      middle: (structure) => this.#stage.scene?.middle(structure) ?? null,
      hasScene: () => !this.#stage.isMissing,
    });
    this.#tabs = new Tabs(
      MODES,
      {
        explore: [this.#search.element, this.#tree.element, this.#details.element],
        compare: [this.#compare.element],
        variants: [this.#variants.element],
        find: [this.#find.element],
      },
      (mode) => this.#state.choose({ mode }),
    );
    element.classList.add("l3s1", "l3s1-explorer");
    element.replaceChildren(
      this.#tabs.element,
      h(
        "div",
        { class: "l3s1-explorer-main" },
        h(
          "div",
          { class: "l3s1-explorer-scene" },
          this.#stage.element,
          h("p", { class: "l3s1-strip" }, this.#name, this.#latin, this.#changed),
          this.#controls.element,
        ),
        h("div", { class: "l3s1-explorer-side" }, ...this.#tabs.panels),
      ),
      this.#announcer.element,
      this.#sheet.element,
    );
    this.#listen(signal);
  }

  /** Call once the element is on the page. */
  start(open: OpenScene, signal: AbortSignal): void {
    if (this.#writesLink) {
      this.#state.choose(readExplorerLink(location.search, linkRules(this.#traits)));
    }
    this.#state.onSettled(() => this.#settled());
    this.#show();
    void this.#stage.start(open, (id) => this.#sayInScene(id), signal).then(() => this.#show());
  }

  /** Two bones side by side are told apart by their level alone. */
  #sayInScene(id: string): string {
    const { mode, levels } = this.#state.values;
    const level = mode === "compare" ? levels.find((each) => boneOf(each) === id) : undefined;
    return level ?? capital(this.#catalogue.say(id));
  }

  #listen(signal: AbortSignal): void {
    let frame = 0;
    this.#state.onChange(() => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => this.#show());
    });
    signal.addEventListener("abort", () => cancelAnimationFrame(frame));
  }

  #show(): void {
    const { values } = this.#state;
    const entered = values.mode !== this.#mode;
    if (entered) this.#leave(values.mode);
    this.#tabs.show(values.mode);
    this.element.dataset.mode = values.mode;
    if (values.mode === "find") this.#find.show();
    this.#showScene();
    // The view comes last: it fits what is shown.
    if (entered) this.#enter(values.mode);
    else if (values.view !== this.#views[values.mode]) this.#turnTo(values.view);
    this.#controls.show(values, this.#view);
    if (values.mode === "explore") {
      this.#tree.show();
      this.#details.show(values.structure);
    }
    if (values.mode === "compare") this.#compare.show();
    if (values.mode === "variants") this.#variants.show();
    this.#showStrip();
  }

  #leave(mode: Mode): void {
    this.#opened ??= mode;
    this.#mode = mode;
    this.#measuring = false;
    this.#measured = null;
    this.#hovered = null;
    this.#controls.measuring.show(false);
  }

  /** Each mode goes on in the view in which it was left. */
  #enter(mode: Mode): void {
    const isFirst = this.#opened === mode && Object.keys(this.#views).length === 0;
    const fresh = mode === "explore" ? this.#state.get("view") : this.#firstView(mode);
    // What a link or Python opens with is what was asked for, in every mode.
    const asked = isFirst && (mode === "explore" || this.#state.get("view") !== this.#start.view);
    this.#turnTo(this.#views[mode] ?? (asked ? this.#state.get("view") : fresh));
  }

  #firstView(mode: Exclude<Mode, "explore">): ViewName {
    return mode === "find" ? this.#find.view : FIRST_VIEW[mode];
  }

  #showScene(): void {
    const narrow = this.#stage.element.clientWidth < NARROW_PX;
    const most_labels = narrow ? FEW_LABELS : MOST_LABELS;
    const shown = {
      ...this.#state.values,
      task: this.#find.scene,
      compared: this.#compare.kind,
      most_labels,
    };
    const layers = this.#traits.layers.map(([id]) => id);
    const state = sceneState(shown, this.#catalogue, this.#traits.variants, layers);
    this.#stage.show({ ...state, measuring: this.#measuring });
  }

  #showStrip(): void {
    const { structure, mode } = this.#state.values;
    const own = mode === "explore" ? structure : "";
    const id = mode === "find" ? "" : (this.#hovered ?? own);
    const latin = this.#catalogue.kindOf(id)?.latin ?? "";
    setText(this.#name, this.#measured ?? (id ? capital(this.#catalogue.say(id)) : hint(mode)));
    this.#name.classList.toggle("l3s1-hint", !this.#measured && !id);
    setText(this.#latin, this.#measured ? "" : latin);
    setText(
      this.#changed,
      mode === "explore" && this.#isVaried() ? "Shown with the variants that are set." : "",
    );
  }

  #isVaried(): boolean {
    const keys = [
      "slip",
      "disc_height",
      "facet_hypertrophy",
      "flavum_thickening",
      "sex",
      "stature",
    ] as const;
    return keys.some((key) => !same(this.#state.get(key), this.#start[key]));
  }

  #select(id: string): void {
    const structure = this.#catalogue.structures.get(id);
    if (!structure) return;
    const { peeled, hidden, isolated } = this.#state.values;
    const layer = this.#traits.layers.findIndex(([each]) => each === structure.layer);
    const names = [id, structure.part];
    const isIsolated = isolated.some((each) => names.includes(each));
    this.#state.choose({
      structure: id,
      peeled: layer === -1 ? peeled : Math.min(peeled, layer),
      hidden: hidden.filter((each) => !names.includes(each)),
      isolated: isIsolated ? isolated : [],
    });
    const what = this.#catalogue.kindOf(id)?.what ?? "";
    this.#announcer.say(`${structure.name}. ${what}`);
  }

  #picked(pick: Pick | null): void {
    if (this.#measuring) return;
    const { mode } = this.#state.values;
    if (mode === "find") this.#find.picked(pick?.structure ?? null);
    else if (pick) this.#select(pick.structure);
    else if (mode === "explore") this.#state.choose({ structure: "" });
  }

  #hover(pick: Pick | null): void {
    this.#hovered = pick?.structure ?? null;
    this.#showStrip();
  }

  #measure(measurement: Measurement | null): void {
    const say = (pick: Pick): string => this.#catalogue.say(pick.structure);
    this.#measured = measurement
      ? `${measurement.mm.toFixed(1)} mm from ${say(measurement.from)} to ${say(measurement.to)}`
      : null;
    this.#showStrip();
    if (this.#measured) this.#announcer.say(this.#measured);
  }

  #startMeasuring(on: boolean): void {
    this.#measuring = on;
    this.#measured = on ? "Click two points to measure the distance between them" : null;
    this.#showScene();
    this.#showStrip();
  }

  #turned(view: ViewName | null): void {
    this.#view = view;
    this.#controls.show(this.#state.values, view);
  }

  #turnTo(view: ViewName): void {
    this.#view = view;
    if (this.#mode) this.#views[this.#mode] = view;
    this.#stage.turnTo(view);
    this.#state.choose({ view });
    this.#controls.show(this.#state.values, view);
  }

  /** The cut as an axial image has it: from above, the vertebra or the canal filling the picture. */
  #cutDisc(segment: string): void {
    this.#state.choose({ section: `axial:${segment}` });
    this.#showScene();
    this.#turnTo("superior");
    const [upper = ""] = segment.split("-");
    const canal = [`${segment}.annulus_fibrosus`, `${upper}.spinous_process`];
    const near = this.#state.get("mode") === "variants" ? canal : [upper];
    const known = near.filter((each) => this.#catalogue.structures.has(each));
    if (known.length > 0) this.#stage.scene?.frame(known);
  }

  #lookAt(structure: Structure): void {
    const { id, part, level, tissue, view, cut } = structure;
    if (cut && this.#mode === "explore") this.#state.choose({ section: cut });
    this.#showScene();
    this.#turnTo(view);
    // With the bones around it, so that it can be told where it is.
    const around = tissue === "bone" ? [part] : (level ?? "").split("-").map(boneOf);
    const known = around.filter((each) => this.#catalogue.structures.has(each));
    this.#stage.scene?.frame([id, ...known]);
  }

  #openOrigins(heading: string, facts: readonly string[], opener: HTMLElement): void {
    const body = [originsOf([...new Set(facts)], this.#state.model.get("origins_gz"))];
    this.#sheet.open({ heading, body, opener });
  }

  #reset(): void {
    const { mode, results, seed, ...start } = this.#start;
    const own = this.#state.get("mode") === "find" ? { results: [] } : {};
    for (const each of MODES) delete this.#views[each[0]];
    this.#measuring = false;
    this.#measured = null;
    this.#controls.measuring.show(false);
    this.#sheet.close();
    this.#state.choose({ ...start, ...own });
    const now = this.#state.get("mode");
    this.#turnTo(now === "explore" ? this.#start.view : this.#firstView(now));
    if (this.#writesLink) this.#replaceSearch(clearExplorerLink(location.search));
  }

  #settled(): void {
    if (!this.#writesLink) return;
    this.#replaceSearch(writeExplorerLink(location.search, this.#state.values, this.#start));
  }

  #replaceSearch(search: string): void {
    history.replaceState(history.state, "", `${location.pathname}${search}${location.hash}`);
  }

  async #copyLink(): Promise<string> {
    const base = this.#state.model.get("link_base");
    const search = writeExplorerLink("", this.#state.values, this.#start);
    if (!base && !isCoursePage()) {
      const copied = await copyText(search);
      return copied ? "Copied; add it to the lesson’s address" : `Add to the address: ${search}`;
    }
    const page = new URL(base || location.href, location.href);
    page.search = writeExplorerLink(page.search, this.#state.values, this.#start);
    return (await copyText(page.href)) ? "Link copied" : page.href;
  }
}

/** What the model starts from, and what 'reset' goes back to. */
export function startOf(model: AnyModel<ExplorerTraits>): StateValues {
  return Object.fromEntries(STATE_KEYS.map((key) => [key, model.get(key)])) as StateValues;
}

function readTraits(model: AnyModel<ExplorerTraits>): ExplorerTraits {
  return new Proxy({} as ExplorerTraits, {
    get: (_, name) => model.get(name as keyof ExplorerTraits),
  });
}

/** True on a page of the course; JupyterLab's address is left alone. */
function isCoursePage(): boolean {
  return document.body.hasAttribute("data-voila");
}

function hint(mode: Mode): string {
  return {
    explore: "Click a structure to name it; drag to turn, pinch or scroll to zoom",
    compare: "Both bones are drawn to one scale",
    variants: "Move a slider and watch the canal",
    find: "Drag to turn, click to answer",
  }[mode];
}
