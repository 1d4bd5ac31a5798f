// When a question would come back, by its first answer and then right each time: what the scheduler
// does, drawn before there is anything of one's own to draw.
import { h, svg } from "../dom.ts";
import type { Attempt, Certainty } from "../progress/types.ts";
import { cardOf, daysToDue } from "./schedule.ts";

const TIMES = 4;
const LAST_DAY = 365;
const ROW = 54;
const AXIS = 46;
const TICKS = [0, 1, 7, 30, 90, 365];

interface Way {
  label: string;
  correct: boolean;
  certainty: Certainty;
}

const WAYS: readonly Way[] = [
  { label: "Missed at first", correct: false, certainty: 2 },
  { label: "Right, a guess", correct: true, certainty: 1 },
  { label: "Right, fairly sure", correct: true, certainty: 2 },
  { label: "Right, sure", correct: true, certainty: 3 },
];

/** Days from now on which it is asked, if it is right, and as sure, each time that it is. */
export function comesBack({ correct, certainty }: Way, now: Date): number[] {
  const attempts: Attempt[] = [];
  const asked: number[] = [];
  let at = now;
  for (let time = 0; time < TIMES; time += 1) {
    const isRight = time > 0 || correct;
    attempts.push({ at: at.toISOString(), response: null, correct: isRight, share: Number(isRight), certainty, place: "review" });
    const card = cardOf({ attempts }, at);
    if (!card) break;
    asked.push((asked.at(-1) ?? 0) + daysToDue(card, at));
    at = new Date(card.due);
  }
  return asked;
}

export function comesBackChart(now: Date): HTMLElement {
  const ways = WAYS.map((way) => ({ ...way, asked: comesBack(way, now).filter((day) => day <= LAST_DAY) }));
  const words = ways.map(({ label, asked }) => `${label}: asked again after ${asked.join(", ")} days.`);
  const height = ROW * ways.length + AXIS;
  const picture = svg(
    "svg",
    { class: "l3s1-comes-back-picture", width: "100%", height, role: "img", "aria-label": words.join(" ") },
    ...TICKS.flatMap((day) => tick(day, height)),
    ...ways.flatMap(({ label, asked }, row) => drawWay(label, asked, row)),
    svg("text", { x: "50%", y: height - 6, "text-anchor": "middle" }, document.createTextNode("days from today")),
  );
  return h(
    "figure",
    { class: "l3s1-comes-back" },
    picture,
    h(
      "figcaption",
      { class: "l3s1-note" },
      "Nothing of yours comes due yet. This is when a question would: each dot is a day on which it is asked again, " +
        "if you are right, and as sure, each time.",
    ),
    h("ul", { class: "l3s1-hidden" }, ...words.map((text) => h("li", {}, text))),
  );
}

function tick(day: number, height: number): Node[] {
  const x = place(day);
  const anchor = day === 0 ? "start" : day === LAST_DAY ? "end" : "middle";
  return [
    svg("line", { class: "l3s1-review-grid", x1: x, x2: x, y1: 0, y2: height - AXIS }),
    // Numbers only: "today" and "1 day" have no room beside each other on a phone.
    svg("text", { x, y: height - 26, "text-anchor": anchor }, document.createTextNode(String(day))),
  ];
}

function drawWay(label: string, asked: readonly number[], row: number): Node[] {
  const y = ROW * row + 36;
  const words = svg("text", { class: "l3s1-calibration-label", x: 0, y: ROW * row + 18 });
  words.append(label);
  const last = asked.at(-1) ?? 0;
  return [
    words,
    svg("line", { class: "l3s1-comes-back-line", x1: place(0), x2: place(last), y1: y, y2: y }),
    ...asked.map((day) => svg("circle", { class: "l3s1-calibration-dot", cx: place(day), cy: y, r: 6 })),
  ];
}

/** Days on an axis that gives the first week as much room as the months after it. */
function place(day: number): string {
  return `${((98 * Math.log1p(day)) / Math.log1p(LAST_DAY) + 1).toFixed(2)}%`;
}
