// Review: what is due today, asked one question at a time; how sure and how right one is; where one is
// weakest. All of it follows from the answers that the browser keeps.
import type { AnyModel } from "@anywidget/types";
import type { FieldModel } from "../assessment/fields/make.ts";
import { h } from "../dom.ts";
import { progressLine } from "../progress/line.ts";
import { type ProgressStore, progressOf } from "../progress/store.ts";
import { Sheet } from "../sheet.ts";
import { askInReview } from "./ask.ts";
import { readCalibration } from "./calibration.ts";
import { calibrationChart } from "./calibration_chart.ts";
import { comesBackChart } from "./comes_back.ts";
import { ReviewContent, type ReviewTraits } from "./content.ts";
import { forecastChart } from "./forecast_chart.ts";
import { forecast, queueOf, takeSession } from "./queue.ts";
import { type Ask, ReviewSession } from "./session.ts";
import { Today } from "./today.ts";
import { weakest } from "./weakest.ts";
import { weakestList } from "./weakest_list.ts";

const DAYS_AHEAD = 14;

/** Put the review into `el`, until `removed` says that it goes. */
export function mountReview(
  model: AnyModel<ReviewTraits>,
  el: HTMLElement,
  removed: AbortSignal,
  surroundings: { store?: ProgressStore; now?: () => Date; ask?: Ask } = {},
): void {
  el.replaceChildren(h("p", { class: "l3s1-note", role: "status" }, "Looking at what is due …"));
  ReviewContent.load(model).then(
    (content) => {
      if (!removed.aborted) new Review(model, content, el, removed, surroundings);
    },
    () => el.replaceChildren(h("p", { class: "l3s1-note" }, "The list of questions can’t be unpacked here.")),
  );
}

class Review {
  readonly #store: ProgressStore;
  readonly #now: () => Date;
  readonly #today: Today;
  readonly #place = h("div", { class: "l3s1-review-place" });
  readonly #ahead = h("section", { class: "l3s1-review-section" });
  readonly #sure = h("div");
  readonly #weak = h("div");
  readonly #sheet: Sheet;
  readonly #drawn = new Map<HTMLElement, string>();
  #session: ReviewSession | null = null;
  #profile: string;

  constructor(
    private readonly model: AnyModel<ReviewTraits>,
    private readonly content: ReviewContent,
    el: HTMLElement,
    private readonly removed: AbortSignal,
    private readonly surroundings: { store?: ProgressStore; now?: () => Date; ask?: Ask },
  ) {
    this.#store = surroundings.store ?? progressOf();
    this.#profile = this.#store.current.id;
    this.#now = surroundings.now ?? (() => new Date());
    this.#today = new Today(content, () => this.#show(), (length) => this.#start(length));
    this.#sheet = new Sheet(removed, () => undefined);
    this.#place.append(this.#today.element);
    el.replaceChildren(
      this.#place,
      progressLine(removed, this.#store),
      this.#ahead,
      section("Are you as right as you are sure?", this.#sure),
      section("Where you are weakest", this.#weak),
      this.#sheet.element,
    );
    removed.addEventListener("abort", this.#store.subscribe(() => this.#heard()));
    // A page that is left open goes on to the next day.
    document.addEventListener("visibilitychange", () => this.#show(), { signal: removed });
    this.#show();
  }

  /** A session that another student began ends: what is due for this one is something else. */
  #heard(): void {
    const { id } = this.#store.current;
    if (id !== this.#profile) this.#leave();
    this.#profile = id;
    this.#show();
  }

  #show(): void {
    const now = this.#now();
    const progress = this.#store.read();
    const { content } = this;
    this.#today.show(progress, now);
    const days = forecast(content, progress, DAYS_AHEAD, now);
    this.#draw(this.#ahead, days, () => {
      const isAny = days.some(({ n }) => n > 0);
      return [
        h("h3", {}, isAny ? "The next two weeks" : "When a question comes back"),
        isAny ? forecastChart(days) : comesBackChart(now),
      ];
    });
    const read = readCalibration(progress.items, now);
    this.#draw(this.#sure, read, () => [calibrationChart(read)]);
    const ranked = weakest(progress.items, (item) => content.objectiveOf(item)?.id, now);
    this.#draw(this.#weak, ranked, () => [weakestList(ranked, content, (objective) => this.#practise(objective))]);
  }

  /** Draw anew only what says something else; a table that was open stays open. */
  #draw(place: HTMLElement, says: unknown, draw: () => Node[]): void {
    const words = JSON.stringify(says);
    if (this.#drawn.get(place) === words) return;
    this.#drawn.set(place, words);
    const isOpen = place.querySelector("details")?.open ?? false;
    place.replaceChildren(...draw());
    const details = place.querySelector("details");
    if (details) details.open = isOpen;
  }

  /** Set the filter to an objective and lead there. */
  #practise(objective: string): void {
    if (this.#session) this.#end();
    this.#today.choose(objective);
    this.#show();
    this.#today.focus();
  }

  #start(length: number): void {
    const now = this.#now();
    const items = takeSession(queueOf(this.content, this.#store.read(), this.#today.filter, now), length);
    if (items.length === 0) return;
    this.#session = new ReviewSession({
      model: this.model as unknown as FieldModel,
      sheet: this.#sheet,
      content: this.content,
      store: this.#store,
      now: this.#now,
      items,
      removed: this.removed,
      ended: () => this.#end(),
      ask: this.surroundings.ask ?? askInReview,
    });
    this.#place.replaceChildren(this.#session.element);
    this.#session.begin();
  }

  #leave(): void {
    if (!this.#session) return;
    this.#session.stop();
    this.#session = null;
    this.#place.replaceChildren(this.#today.element);
  }

  #end(): void {
    this.#leave();
    this.#show();
    this.#today.focus();
  }
}

function section(heading: string, body: HTMLElement): HTMLElement {
  return h("section", { class: "l3s1-review-section" }, h("h3", {}, heading), body);
}
