// Small parts of a case's pages: marks of ratings and outcomes, sources, the clock.
import { h, svg } from "../dom.ts";
import { originsOf } from "../origin.ts";
import type { Sheet } from "../sheet.ts";
import { saySpent, type Spent } from "./times.ts";
import type { Outcome, Rating } from "./types.ts";

export const RATING_WORDS: Readonly<Record<Rating, readonly [icon: string, word: string]>> = {
  best: ["✓", "best"],
  acceptable: ["◐", "acceptable"],
  poor: ["▲", "poor"],
  harmful: ["✕", "harmful"],
};
export const OUTCOME_WORDS: Readonly<Record<Outcome, readonly [icon: string, word: string]>> = {
  good: ["✓", "a good end"],
  mixed: ["◐", "a mixed end"],
  bad: ["✕", "a bad end"],
};

/** A rating with its sign and its word: colour never says it alone. */
export function ratingMark(rating: Rating, more = ""): HTMLElement {
  const [icon, word] = RATING_WORDS[rating];
  return mark(rating, icon, `${word}${more}`);
}

export function outcomeMark(outcome: Outcome): HTMLElement {
  const [icon, word] = OUTCOME_WORDS[outcome];
  return mark(outcome, icon, word);
}

function mark(kind: string, icon: string, words: string): HTMLElement {
  return h(
    "span",
    { class: "l3s1-case-mark", "data-kind": kind },
    h("span", { class: "l3s1-case-icon", "aria-hidden": "true" }, icon),
    words,
  );
}

export class Sources {
  constructor(
    private readonly sheet: Sheet,
    private readonly origins: () => DataView,
  ) {}

  /** A button to the origins of `facts`; without any, a word that this is made up. */
  of(facts: readonly string[], about: string): HTMLElement {
    if (facts.length === 0) return h("p", { class: "l3s1-case-fictional" }, "Made up for this case.");
    const button = h(
      "button",
      { type: "button", class: "l3s1-button" },
      facts.length === 1 ? "Where this comes from" : `Where this comes from (${facts.length} sources)`,
      h("span", { class: "l3s1-hidden" }, `: ${about}`),
    );
    button.addEventListener("click", () =>
      this.sheet.open({
        heading: "Where this comes from",
        body: [originsOf(facts, this.origins())],
        opener: button,
      }),
    );
    return h("p", {}, button);
  }
}

/** A small clock with the hours and minutes that asking took, and the sum in words. */
export function spentClock(sum: Spent): HTMLElement {
  const turn = (share: number): string => `rotate(${(share * 360).toFixed(1)} 24 24)`;
  const face = svg(
    "svg",
    { viewBox: "0 0 48 48", class: "l3s1-case-clock", "aria-hidden": "true", focusable: "false" },
    svg("circle", { cx: 24, cy: 24, r: 21 }),
    ...[0, 3, 6, 9].map((hour) => svg("line", { x1: 24, y1: 5, x2: 24, y2: 9, transform: turn(hour / 12) })),
    svg("line", { class: "l3s1-case-hand", x1: 24, y1: 24, x2: 24, y2: 14, transform: turn((sum.minutes / 720) % 1) }),
    svg("line", { class: "l3s1-case-hand", x1: 24, y1: 24, x2: 24, y2: 8, transform: turn((sum.minutes / 60) % 1) }),
  );
  return h("div", { class: "l3s1-case-spent" }, face, h("p", { role: "status" }, saySpent(sum)));
}
