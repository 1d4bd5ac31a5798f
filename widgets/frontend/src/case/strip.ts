// Strips of time: the course so far, and one's own way beside an expert's.
import { h } from "../dom.ts";
import { OUTCOME_WORDS, RATING_WORDS } from "./parts.ts";
import { placesOf, sayShort, type Point } from "./times.ts";

const GAP = 0.075;
const MOST_LABELS = 12;

/**
 * Points over a line of time; what has not come yet has no place on it. `zero` is where times count from, in a
 * word; `last` ends the line.
 */
export function strip(points: readonly Point[], zero: string, last = points.at(-1)?.at.days ?? 0): HTMLElement {
  const places = placesOf(points.map(({ at }) => at.days), last, GAP);
  const crowded = points.length > MOST_LABELS;
  const dots = points.map((point, place) => {
    // The last point of a day says when; what is at the very start is said once.
    const isSaid = place === 0 || (point.at.days !== points[place + 1]?.at.days && point.at.days !== points[0]?.at.days);
    const dot = h(
      "li",
      {
        class: "l3s1-case-point",
        "data-kind": point.outcome ?? point.rating ?? (point.decision ? "open" : "followed"),
        "data-zero": place === 0 && point.at.amount === 0 ? "" : null,
        "data-edge": crowded && place > 0 && place < points.length - 1 ? null : "",
      },
      h("span", { class: "l3s1-case-dot", "aria-hidden": "true" }, signOf(point)),
      h("span", { class: "l3s1-hidden" }, `${sayPoint(point).replace(/[.?!]$/, "")}. `),
      isSaid && h("span", { class: "l3s1-case-when" }, point.at.amount === 0 ? zero : sayShort(point.at)),
    );
    dot.style.setProperty("--at", ((places[place] ?? 0)).toFixed(4));
    dot.style.setProperty("--place", String(place));
    return dot;
  });
  const begins = (points[0]?.at.days ?? 0) > 0;
  return h(
    "div",
    { class: "l3s1-case-line" },
    begins && h("span", { class: "l3s1-case-zero", "aria-hidden": "true" }, zero),
    h("ol", { class: "l3s1-case-strip" }, ...dots),
  );
}

function signOf({ decision, rating, outcome }: Point): string {
  if (outcome) return OUTCOME_WORDS[outcome][0];
  if (rating) return RATING_WORDS[rating][0];
  return decision ? String(decision) : "";
}

function sayPoint({ decision, rating, outcome, words }: Point): string {
  if (outcome) return `End, ${OUTCOME_WORDS[outcome][1]}: ${words}`;
  if (decision) return `Decision ${decision}${rating ? `, ${RATING_WORDS[rating][1]}` : ", to be taken"}: ${words}`;
  return `What followed: ${words}`;
}

/** Two ways over one line of time; `who` names each. */
export function lanes(ways: readonly { who: string; points: readonly Point[] }[], zero: string): HTMLElement {
  const last = Math.max(...ways.flatMap(({ points }) => points.map(({ at }) => at.days)));
  const drawn = ways.map(({ who, points }) =>
    h("div", { class: "l3s1-case-lane" }, h("p", { class: "l3s1-case-who" }, who), strip(points, zero, last)),
  );
  const again = h("button", { type: "button", class: "l3s1-button l3s1-case-replay" }, "Replay");
  const picture = h("div", { class: "l3s1-case-lanes", "aria-hidden": "true" }, ...drawn);
  again.addEventListener("click", () => {
    // Starts the drawing over; where less motion is asked for the button is not shown.
    picture.classList.remove("l3s1-case-running");
    void picture.offsetWidth;
    picture.classList.add("l3s1-case-running");
  });
  return h("div", { class: "l3s1-case-compare" }, picture, again);
}
