// One view of 'Localise the lesion': puts the body and the panels together and keeps them in step.
import type { AnyModel } from "@anywidget/types";
import { Announcer, h, setText } from "../dom.ts";
import { button } from "../explorer/fields.ts";
import { Tabs } from "../explorer/tabs.ts";
import { originsOf } from "../origin.ts";
import { claimLink } from "../page_state.ts";
import { Sheet } from "../sheet.ts";
import { copyText } from "../copy.ts";
import { BodyPicture, type BodyShown } from "./body.ts";
import { FindingsPanel } from "./findings_panel.ts";
import { paintKey } from "./key.ts";
import { lesionBody, lesionOf } from "./lesion.ts";
import { LesionPanel } from "./lesion_panel.ts";
import { clearNeurologyLink, neurologyRules, readNeurologyLink, writeNeurologyLink } from "./link.ts";
import type { OpenOrigins } from "./parts.ts";
import { PatientPanel } from "./patient_panel.ts";
import { NeurologyState, type StateValues } from "./state.ts";
import { MODES, type Mode, type NeurologyTraits, type Side } from "./types.ts";
import { capital, sayHits } from "./words.ts";

const HINTS: Record<Mode, string> = {
  lesion: "Point at an area of skin to see which roots share it",
  findings: "Click an area: present, absent, not examined",
  patient: "Point at an area to read what was found there",
};

export class NeurologyView {
  readonly #state: NeurologyState;
  readonly #traits: NeurologyTraits;
  readonly #body: BodyPicture;
  readonly #lesion: LesionPanel;
  readonly #findings: FindingsPanel;
  readonly #patient: PatientPanel;
  readonly #tabs: Tabs<Mode>;
  readonly #slots: Readonly<Record<Mode, HTMLElement>>;
  readonly #sheet: Sheet;
  readonly #announcer: Announcer;
  readonly #strip = h("p", { class: "l3s1-strip" });
  readonly #said = h("p", { class: "l3s1-said", role: "status" });
  readonly #key = h("ul", { class: "l3s1-body-key", "aria-label": "What the paint means" });
  readonly #centre: HTMLElement;
  readonly #writesLink: boolean;
  #shown: BodyShown | null = null;
  #looked: readonly [area: string, side: Side] | null = null;
  #announced = "";

  constructor(
    readonly element: HTMLElement,
    model: AnyModel<NeurologyTraits>,
    private readonly start: StateValues,
    signal: AbortSignal,
  ) {
    this.#traits = readTraits(model);
    this.#state = new NeurologyState(model, signal);
    this.#writesLink = isCoursePage() && model.get("link_state") !== false && claimLink(this, signal);
    this.#sheet = new Sheet(signal, () => undefined);
    this.#announcer = new Announcer(signal);
    const open: OpenOrigins = (heading, facts, opener, before = []) => {
      const origins =
        facts.length === 0 ? [] : [originsOf([...new Set(facts)], model.get("origins_gz"))];
      this.#sheet.open({ heading, body: [...before, ...origins], opener });
    };
    this.#body = new BodyPicture(this.#traits.areas, "Skin areas of the lower body; arrow keys move", {
      chosen: (area, side) => this.#chosen(area, side),
      looked: (area, side) => {
        this.#looked = area === null ? null : [area, side];
        this.#showStrip();
      },
    });
    this.#lesion = new LesionPanel(this.#state, this.#traits, open);
    this.#findings = new FindingsPanel(this.#state, this.#traits, open, () => this.#show());
    this.#patient = new PatientPanel(this.#state, this.#traits, open, (text) => this.#say(text));
    const slot = (): HTMLElement => h("div", { class: "l3s1-neuro-slot" });
    this.#slots = { lesion: slot(), findings: slot(), patient: slot() };
    const content = (mode: Mode, panel: { left: HTMLElement; right: HTMLElement }): HTMLElement[] => [
      panel.left,
      this.#slots[mode],
      panel.right,
    ];
    this.#tabs = new Tabs(
      MODES,
      {
        lesion: [this.#lesion.top, ...content("lesion", this.#lesion)],
        findings: [this.#findings.top, ...content("findings", this.#findings)],
        patient: content("patient", this.#patient),
      },
      (mode) => this.#state.choose({ mode }),
    );
    const copy = button("Copy link", () => {
      void this.#copyLink().then((said) => setText(this.#said, said));
    });
    this.#centre = h("div", { class: "l3s1-neuro-centre" }, this.#body.element, this.#strip, this.#key);
    element.classList.add("l3s1", "l3s1-neuro");
    element.replaceChildren(
      this.#tabs.element,
      ...this.#tabs.panels,
      h(
        "div",
        { class: "l3s1-actions l3s1-neuro-tools" },
        button("Reset", () => this.#reset()),
        copy,
        this.#said,
      ),
      this.#announcer.element,
      this.#sheet.element,
    );
    this.#listen(signal);
  }

  /** Call once the element is on the page. */
  begin(): void {
    if (this.#writesLink) {
      this.#state.choose(readNeurologyLink(location.search, neurologyRules(this.#traits)));
    }
    this.#state.onSettled(() => this.#settled());
    this.#show();
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
    const { mode } = this.#state.values;
    this.#tabs.show(mode);
    this.element.dataset.mode = mode;
    if (this.#centre.parentElement !== this.#slots[mode]) this.#slots[mode].append(this.#centre);
    if (mode === "lesion") this.#lesion.show();
    else if (mode === "findings") this.#findings.show();
    else this.#patient.show();
    this.#shown = this.#bodyOf(mode);
    this.#body.show(this.#shown);
    this.#key.replaceChildren(...paintKey(this.#shown, this.#traits.roots));
    this.#showStrip();
    const words = this.#words(mode);
    if (words !== this.#announced) {
      // What the page opens with is read, not announced.
      if (this.#announced !== "" && mode !== "patient") this.#say(words);
      this.#announced = words;
    }
  }

  #bodyOf(mode: Mode): BodyShown {
    if (mode === "findings") return this.#findings.body();
    if (mode === "patient") return this.#patient.body();
    const { level, zone, cause, side } = this.#state.values;
    return lesionBody(this.#traits, lesionOf(this.#traits, { level, zone, cause }), side);
  }

  /** What is shown now, in words. */
  #words(mode: Mode): string {
    if (mode === "findings") return this.#findings.words();
    if (mode === "patient") return this.#patient.words();
    const { level, zone, cause } = this.#state.values;
    const lesion = lesionOf(this.#traits, { level, zone, cause });
    return `${sayHits(lesion.hits, this.#traits)} ${lesion.says}`;
  }

  #chosen(area: string, side: Side): void {
    if (this.#state.get("mode") === "findings") this.#findings.chosen(area);
    this.#looked = [area, side];
    this.#showStrip();
  }

  #showStrip(): void {
    const mode = this.#state.get("mode");
    const [area, side] = this.#looked ?? [];
    const label = this.#traits.areas.find(({ id }) => id === area)?.label;
    const said = area && side ? this.#shown?.say(area, side) : undefined;
    setText(this.#strip, label && side ? `${capital(label)}, ${side}: ${said ?? ""}` : HINTS[mode]);
    this.#strip.classList.toggle("l3s1-note", !label);
  }

  #say(text: string): void {
    this.#announcer.say(text);
  }

  #reset(): void {
    const { mode: _, ...start } = this.start;
    this.#sheet.close();
    this.#state.choose({ ...start, answer: null });
    setText(this.#said, "");
    if (this.#writesLink) this.#replaceSearch(clearNeurologyLink(location.search));
  }

  #settled(): void {
    if (!this.#writesLink) return;
    this.#replaceSearch(writeNeurologyLink(location.search, this.#state.values, this.start));
  }

  #replaceSearch(search: string): void {
    history.replaceState(history.state, "", `${location.pathname}${search}${location.hash}`);
  }

  async #copyLink(): Promise<string> {
    const base = this.#traits.link_base;
    const search = writeNeurologyLink("", this.#state.values, this.start);
    if (!base && !isCoursePage()) {
      const copied = await copyText(search);
      return copied ? "Copied; add it to the lesson’s address" : `Add to the address: ${search}`;
    }
    const page = new URL(base || location.href, location.href);
    page.search = writeNeurologyLink(page.search, this.#state.values, this.start);
    return (await copyText(page.href)) ? "Link copied" : page.href;
  }
}

function readTraits(model: AnyModel<NeurologyTraits>): NeurologyTraits {
  return new Proxy({} as NeurologyTraits, {
    get: (_, name) => model.get(name as keyof NeurologyTraits),
  });
}

/** True on a page of the course; JupyterLab's address is left alone. */
function isCoursePage(): boolean {
  return document.body.hasAttribute("data-voila");
}
