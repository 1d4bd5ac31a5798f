// What the student's own answers say: calibration, the weakest objectives, what comes next.
import assert from "node:assert/strict";
import { test } from "node:test";
import wilsonCases from "../../../tests/fixtures/wilson.json" with { type: "json" };
import type { Attempt, Certainty, Progress } from "../src/progress/types.ts";
import { ENOUGH, judge, readCalibration, sayStep } from "../src/review/calibration.ts";
import { comesBack, comesBackChart } from "../src/review/comes_back.ts";
import type { ReviewContent, ReviewObjective } from "../src/review/content.ts";
import { forecast, queueOf, takeSession } from "../src/review/queue.ts";
import { weakest } from "../src/review/weakest.ts";
import { wilson } from "../src/review/wilson.ts";
import { sayWhen } from "../src/review/words.ts";
import { openPage } from "./page.ts";

const NOW = new Date(2026, 10, 25, 15);
const daysAgo = (days: number): string => new Date(NOW.getTime() - days * 86_400_000).toISOString();

function attempt(correct: boolean, certainty: Certainty | null, at = daysAgo(1)): Attempt {
  return { at, response: "a", correct, share: Number(correct), certainty, place: "lesson" };
}

/** `n` items answered once, the first `right` of them rightly. */
function answers(certainty: Certainty | null, right: number, n: number): Progress["items"] {
  const made = Array.from({ length: n }, (_, at) => [
    `c${certainty}-${at}`,
    { attempts: [attempt(at < right, certainty)] },
  ]);
  return Object.fromEntries(made) as Progress["items"];
}

test("Wilson's interval is Python's", () => {
  for (const { events, n, share, low, high } of wilsonCases) {
    const found = wilson(events, n);
    for (const [mine, theirs] of [[found.share, share], [found.low, low], [found.high, high]] as const) {
      assert.ok(Math.abs(mine - theirs) < 1e-10, `${events} of ${n}`);
    }
  }
  assert.throws(() => wilson(1, 0), RangeError);
  assert.throws(() => wilson(3, 2), RangeError);
});

test("each step of certainty has its share, and the chances at which it pays", () => {
  const items = { ...answers(1, 6, 10), ...answers(3, 12, 20), ...answers(null, 3, 30) };
  const [guess, fairly, sure] = readCalibration(items, NOW);
  assert.deepEqual([guess?.right, guess?.n, fairly?.n, sure?.right, sure?.n], [6, 10, 0, 12, 20]);
  const pays = [guess, fairly, sure].map((read) => read?.pays.map((share) => Math.round(share * 1000)));
  assert.deepEqual(pays, [[0, 667], [667, 800], [800, 1000]]);
});

test("nothing is claimed from too few answers, nor from an interval that reaches the mark", () => {
  const step = (certainty: 1 | 2 | 3, right: number, n: number) =>
    readCalibration(answers(certainty, right, n), NOW)[certainty - 1] as Parameters<typeof judge>[0];
  assert.equal(judge(step(3, 0, ENOUGH - 1)), "too few");
  assert.equal(judge(step(3, 12, 20)), "too sure");
  assert.equal(judge(step(3, 15, 20)), "fits");
  assert.equal(judge(step(1, 20, 20)), "too unsure");
  assert.equal(judge(step(2, 5, 20)), "too sure");
  assert.match(sayStep(step(3, 3, 4)), /4 of the 10 answers/);
  assert.match(sayStep(step(3, 12, 20)), /right in 12 of 20 answers, 60 % \(95 % interval 39 % to 78 %\)/);
});

test("a second try after the feedback says nothing of certainty", () => {
  const minute = new Date(Date.parse(daysAgo(1)) + 60_000).toISOString();
  const items = { item: { attempts: [attempt(false, 3), attempt(true, 3, minute)] } };
  const sure = readCalibration(items, NOW)[2];
  assert.deepEqual([sure?.right, sure?.n], [0, 1]);
});

test("one miss of one is no verdict: few answers are drawn towards the overall share", () => {
  const items: Progress["items"] = {};
  const add = (objective: string, right: number, n: number): void => {
    for (let at = 0; at < n; at += 1) items[`${objective}-${at}`] = { attempts: [attempt(at < right, 2)] };
  };
  add("often", 2, 8);
  add("once", 0, 1);
  add("good", 9, 10);
  add("perfect", 5, 5);
  const ranked = weakest(items, (item) => (item === "retired" ? undefined : item.split("-")[0]), NOW);
  assert.deepEqual(ranked.map(({ objective, right, n }) => [objective, right, n]), [
    ["often", 2, 8],
    ["once", 0, 1],
    ["good", 9, 10],
  ]);
  const overall = 16 / 24;
  assert.ok(Math.abs((ranked[0]?.share ?? 0) - (2 + 4 * overall) / 12) < 1e-12);
});

test("what counts is how a question went last; what the course no longer has is left out", () => {
  const items = {
    learnt: { attempts: [attempt(false, 2, daysAgo(9)), attempt(true, 2, daysAgo(3))] },
    retired: { attempts: [attempt(false, 2)] },
  };
  assert.deepEqual(weakest(items, (item) => (item === "retired" ? undefined : "one"), NOW), []);
});

const OBJECTIVES: Record<string, ReviewObjective> = Object.fromEntries(
  [["a1", "01"], ["a2", "01"], ["b1", "02"]].map(([id = "", lesson = ""]) => [
    id,
    { id, lesson, text: id, heading: id, href: `${lesson}.ipynb#${id}` },
  ]),
);
const COURSE = {
  items: ["a1-predicted", "a1-x", "a1-y", "a2-x", "b1-x", "b1-y"],
  objectiveOf: (item: string) => OBJECTIVES[item.slice(0, 2)],
  isPrediction: (item: string) => item.endsWith("-predicted"),
} satisfies Pick<ReviewContent, "items" | "objectiveOf" | "isPrediction">;

function progress(items: Progress["items"], opened: string[] = []): Progress {
  const lessons = Object.fromEntries(opened.map((each) => [each, { opened: daysAgo(3) }]));
  return { version: 1, profile: { id: "p", name: "P", created: daysAgo(9) }, items, lessons, cases: {} };
}

test("due questions come first, then new ones of lessons that were opened; filters narrow both", () => {
  const kept = progress({ "b1-x": { attempts: [attempt(false, 2)] }, "a1-x": { attempts: [attempt(true, 3)] } }, ["01"]);
  const any = { lesson: "opened", objective: "" };
  assert.deepEqual(queueOf(COURSE, kept, any, NOW), { due: ["b1-x"], fresh: ["a1-y", "a2-x"], ahead: [] });
  assert.deepEqual(queueOf(COURSE, kept, { lesson: "all", objective: "" }, NOW).fresh, ["a1-y", "a2-x", "b1-y"]);
  assert.deepEqual(queueOf(COURSE, kept, { lesson: "01", objective: "a2" }, NOW), { due: [], fresh: ["a2-x"], ahead: [] });
  assert.deepEqual(takeSession(queueOf(COURSE, kept, any, NOW), 2), ["b1-x", "a1-y"]);
  const predicted = progress({ "a1-predicted": { attempts: [attempt(false, null)] } }, ["01"]);
  assert.deepEqual(queueOf(COURSE, predicted, any, NOW).due, ["a1-predicted"], "asked again, but not as new");
});

test("the forecast counts each card on its day, and what is overdue today", () => {
  const kept = progress({
    "b1-x": { attempts: [attempt(false, 2, daysAgo(9))] },
    "a1-x": { attempts: [attempt(false, 2, daysAgo(0))] },
    retired: { attempts: [attempt(false, 2)] },
  });
  const days = forecast(COURSE, kept, 14, NOW);
  assert.deepEqual(days.map(({ n }) => n), [1, 1, ...Array(12).fill(0)]);
});

test("the picture of what would come is the scheduler's own", () => {
  const missed = comesBack({ label: "", correct: false, certainty: 2 }, NOW);
  const sure = comesBack({ label: "", correct: true, certainty: 3 }, NOW);
  assert.equal(missed[0], 1);
  assert.ok((sure[0] ?? 0) > 5);
  assert.deepEqual(missed, [...missed].sort((a, b) => a - b));
});

test("the marks of the days do not run into each other on a phone", () => {
  openPage();
  const texts = [...comesBackChart(NOW).querySelectorAll("svg > text[text-anchor]")];
  const [axis, ...days] = texts.reverse();
  assert.equal(axis?.textContent, "days from today");
  const narrow = 280; // px: the picture on a phone of 390
  const letter = 9; // px: a digit or letter and a bit of air
  const spans = days.reverse().map((text) => {
    const x = (parseFloat(text.getAttribute("x") ?? "") / 100) * narrow;
    const wide = (text.textContent ?? "").length * letter;
    const anchor = text.getAttribute("text-anchor");
    return anchor === "start" ? [x, x + wide] : anchor === "end" ? [x - wide, x] : [x - wide / 2, x + wide / 2];
  });
  assert.equal(spans.length, 6);
  spans.slice(1).forEach(([left], at) => assert.ok((left ?? 0) > (spans[at]?.[1] ?? Infinity), days[at + 1]?.textContent ?? ""));
});

test("dates are said in words", () => {
  assert.equal(sayWhen(new Date(2026, 10, 26), 1), "tomorrow");
  assert.equal(sayWhen(new Date(2026, 11, 3), 8), "in 8 days, on Thursday 3 December");
});
