// The player of cases: which one is open, what its run has come to, and what is shown of it.
import type { AnyModel } from "@anywidget/types";
import { Announcer, h } from "../dom.ts";
import { unpackJson } from "../gzip.ts";
import { progressLine } from "../progress/line.ts";
import { progressOf, type ProgressStore } from "../progress/store.ts";
import { Sheet } from "../sheet.ts";
import { afterView } from "./after.ts";
import { chooserView, openingView } from "./chooser.ts";
import {
  ask,
  begin,
  decide,
  keptRuns,
  mayTakeBack,
  readOn,
  replay,
  takeBack,
  unread,
  type Kept,
  type Play,
  type Turn,
} from "./course.ts";
import { decisionView } from "./decision.ts";
import { endView } from "./end.ts";
import { RATING_WORDS, Sources } from "./parts.ts";
import { strip } from "./strip.ts";
import { pointsOf, sayZero } from "./times.ts";
import type { CaseData, CasesData, CaseTraits, Run } from "./types.ts";

const LINK = "case";

/** Put the player into `el`, until `removed` says that it goes. */
export function mountCase(model: AnyModel<CaseTraits>, el: HTMLElement, removed: AbortSignal): void {
  const note = h("p", { class: "l3s1-note", role: "status" }, "Opening the cases …");
  el.replaceChildren(note);
  unpackJson<CasesData>(model.get("content_gz")).then(
    (told) => {
      if (!removed.aborted) new CasePlayer(el, model, told, progressOf(), removed);
    },
    () => {
      note.textContent = "The cases can’t be unpacked here. Reload the page to try again.";
    },
  );
}

interface Shown {
  element: HTMLElement;
  heading: HTMLElement;
}

export class CasePlayer {
  readonly #sheet: Sheet;
  readonly #sources: Sources;
  readonly #announcer: Announcer;
  readonly #head = h("header", { class: "l3s1-case-head" });
  readonly #strip = h("section", { class: "l3s1-case-time", "aria-label": "The course so far" });
  readonly #page = h("div", { class: "l3s1-case-page" });
  #data: CaseData | null = null;
  #run: Run | null = null;
  #profile: string;
  /** What the sheet of the decision needs to show a result in place. */
  #update: ((play: Play, finding: string) => HTMLElement | null) | null = null;

  constructor(
    el: HTMLElement,
    private readonly model: AnyModel<CaseTraits>,
    private readonly told: CasesData,
    private readonly store: ProgressStore,
    removed: AbortSignal,
    private readonly now: () => Date = () => new Date(),
  ) {
    this.#sheet = new Sheet(removed, () => undefined);
    this.#sources = new Sources(this.#sheet, () => model.get("origins_gz"));
    this.#announcer = new Announcer(removed);
    this.#profile = store.current.id;
    el.replaceChildren(
      this.#head,
      this.#strip,
      this.#page,
      progressLine(removed, store),
      this.#announcer.element,
      this.#sheet.element,
    );
    const opened = (): void => {
      if (model.get("case") !== (this.#data?.id ?? "")) this.#open(model.get("case"), true);
    };
    model.on("change:case", opened);
    const leave = store.subscribe(() => this.#heard());
    removed.addEventListener("abort", () => {
      model.off("change:case", opened);
      leave();
    });
    const linked = isCoursePage() ? new URLSearchParams(location.search).get(LINK) : null;
    const known = told.cases.some(({ id }) => id === linked);
    this.#open(known && linked ? linked : model.get("case"), false);
    if (known) el.scrollIntoView?.();
  }

  // --- what is open ------------------------------------------------------------------------------

  /** Open a case where it was left; "" is the choice between all. */
  #open(id: string, moveFocus: boolean): void {
    this.#sheet.close();
    this.#data = this.told.cases.find((each) => each.id === id) ?? null;
    this.#run = this.#data ? (this.#kept(this.#data).open?.run ?? null) : null;
    this.#tell();
    this.#show(moveFocus);
  }

  #kept(data: CaseData): Kept {
    const { cases } = this.store.read();
    return keptRuns(data, Object.hasOwn(cases, data.id) ? (cases[data.id] ?? []) : []);
  }

  /** Keep the model and the address in step with what is open. */
  #tell(): void {
    const id = this.#data?.id ?? "";
    if (this.model.get("case") !== id) {
      this.model.set("case", id);
      try {
        this.model.save_changes();
      } catch {
        // The kernel is gone: the page goes on without it.
      }
    }
    if (!isCoursePage()) return;
    const query = new URLSearchParams(location.search);
    if (id && this.told.cases.length > 1) query.set(LINK, id);
    else if (this.told.cases.some((each) => each.id === query.get(LINK))) query.delete(LINK);
    const search = query.size > 0 ? `?${query}` : "";
    if (search !== location.search) {
      history.replaceState(history.state, "", `${location.pathname}${search}${location.hash}`);
    }
  }

  /** Another student, or the same one elsewhere. */
  #heard(): void {
    const { id } = this.store.current;
    if (id !== this.#profile) {
      this.#profile = id;
      this.#open(this.#data?.id ?? "", false);
    } else if (!this.#data && !this.#page.contains(document.activeElement)) this.#show(false);
    else this.#follow();
  }

  /** Go on with what another tab has added to the run. */
  #follow(): void {
    const run = this.#run;
    const { cases } = this.store.read();
    const stored = this.#data && run && cases[this.#data.id]?.find(({ at }) => at === run.at);
    if (!run || !stored) return;
    const added = stored.steps.length - run.steps.length || stored.requested.length - run.requested.length;
    if (added <= 0) return;
    this.#run = stored;
    this.#show(false);
  }

  // --- what is shown -----------------------------------------------------------------------------

  #show(moveFocus: boolean): void {
    this.#update = null;
    const { element, heading } = this.#shown();
    this.#page.replaceChildren(element);
    if (!moveFocus) return;
    heading.focus({ preventScroll: true });
    (this.#strip.hidden ? heading : this.#strip).scrollIntoView?.({ block: "start" });
  }

  #shown(): Shown {
    const data = this.#data;
    this.#head.replaceChildren(...(data ? this.#headParts(data) : []));
    this.#strip.replaceChildren();
    this.#strip.hidden = true;
    if (!data) {
      const cases = this.told.cases.map((each) => ({ data: each, kept: this.#kept(each) }));
      return chooserView(cases, (id) => this.#open(id, true));
    }
    const run = this.#run;
    const replayed = run && replay(data, run);
    if (!run || !replayed || "broken" in replayed) return this.#opening(data);
    return this.#played(data, run, replayed.play);
  }

  #opening(data: CaseData): Shown {
    const shown = openingView(data, () => {
      this.#run = begin(this.now());
      this.#show(true);
    });
    for (const { at, what } of this.#kept(data).broken) {
      const words = `A run of ${at.slice(0, 10)} can’t be gone on with: the case has changed since, and no longer knows ${what}. It stays with your progress.`;
      shown.element.prepend(h("p", { class: "l3s1-note" }, words));
    }
    return shown;
  }

  #played(data: CaseData, run: Run, play: Play): Shown {
    const since = this.told.clocks[data.clock];
    const last = unread(run, play);
    const points = pointsOf(play.turns, last ? null : play.here).filter(({ outcome }) => !last || outcome === null);
    this.#strip.replaceChildren(strip(points, sayZero(since)));
    this.#strip.hidden = false;
    if (last) {
      return afterView(last, mayTakeBack(play) === last, since, this.#sources, {
        readOn: () => this.#keep(readOn(run)),
        takeBack: (why) => this.#back(run, last, why),
      });
    }
    if (play.here.kind === "end") {
      return endView(data, play, since, this.#sources, {
        again: () => {
          this.#run = begin(this.now());
          this.#show(true);
        },
        takeBack: (turn, why) => this.#back(run, turn, why),
      });
    }
    const view = decisionView(data, play, since, this.#sources, {
      ask: (finding) => this.#ask(finding),
      decide: (choice) => this.#decide(data, play, choice),
    });
    this.#update = (now, finding) => view.update(now, finding);
    return view;
  }

  #headParts({ number, title, person, presentation }: CaseData): HTMLElement[] {
    const parts = [
      h("p", { class: "l3s1-case-kicker" }, `Case ${number} `, h("span", { class: "l3s1-tag" }, "fictional person")),
      h("h3", {}, title),
      h("p", { class: "l3s1-note" }, person),
    ];
    const all = h("button", { type: "button", class: "l3s1-button" }, "All cases");
    all.addEventListener("click", () => this.#open("", true));
    const told = h("details", {}, h("summary", {}, "What brought this person here"), h("p", {}, presentation));
    const tools = h("div", { class: "l3s1-case-tools" }, this.#run ? told : null, this.told.cases.length > 1 ? all : null);
    return [...parts, tools];
  }

  // --- what is done ------------------------------------------------------------------------------

  #keep(run: Run): void {
    this.#run = run;
    if (this.#data) this.store.saveCase(this.#data.id, run);
    this.#show(true);
  }

  #ask(finding: string): void {
    const { id } = this.#data ?? {};
    if (!id || !this.#run || !this.#data) return;
    this.#run = ask(this.#run, finding);
    this.store.saveCase(id, this.#run);
    const replayed = replay(this.#data, this.#run);
    if ("broken" in replayed) return;
    this.#update?.(replayed.play, finding)?.focus();
  }

  #decide(data: CaseData, play: Play, choice: string): void {
    if (!this.#run) return;
    const chosen = play.here.choices.find(({ id }) => id === choice);
    this.#keep(decide(data, this.#run, play, choice));
    if (chosen) this.#announcer.say(`Your choice is ${RATING_WORDS[chosen.rating][1]}.`);
  }

  #back(run: Run, turn: Turn, why: string): void {
    this.#keep(takeBack(run, turn, why));
    this.#announcer.say("Taken back. Decide again.");
  }
}

function isCoursePage(): boolean {
  return document.body.hasAttribute("data-voila");
}
