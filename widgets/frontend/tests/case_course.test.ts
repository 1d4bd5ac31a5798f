import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  ask,
  begin,
  decide,
  expertTurns,
  keptRuns,
  mayTakeBack,
  mostDecisions,
  offered,
  readOn,
  reasonProblem,
  replay,
  score,
  takeBack,
  unread,
  type Play,
} from "../src/case/course.ts";
import { placesOf, pointsOf, sayShort, saySpent, sayTime, sayWhen, spent } from "../src/case/times.ts";
import type { CasesData, Run } from "../src/case/types.ts";

const FILE = "../../tests/fixtures/made-up.json";
const { cases } = JSON.parse(readFileSync(FILE, "utf-8")) as CasesData;
const CASE = cases[0] as CasesData["cases"][number];
const NOW = new Date("2026-01-02T03:04:05Z");
const REASON = "Nobody would have seen the tester for a day.";

function playOf(run: Run): Play {
  const replayed = replay(CASE, run);
  if ("broken" in replayed) throw new Error(replayed.broken);
  return replayed.play;
}
const take = (run: Run, choice: string): Run => decide(CASE, run, playOf(run), choice);
const back = (run: Run): Run => {
  const turn = mayTakeBack(playOf(run));
  if (!turn) throw new Error("nothing can be taken back");
  return takeBack(run, turn, REASON);
};

test("a choice leads over what follows to the next decision, and on to an end", () => {
  const run = take(begin(NOW), "a");
  const { here, turns } = playOf(run);
  assert.equal(here.id, "visit");
  assert.deepEqual(turns[0]?.followed.map(({ id }) => id), ["seen"]);
  assert.equal(run.done, false);
  const end = take(run, "a");
  assert.equal(playOf(end).here.outcome, "good");
  assert.equal(end.done, true);
});

test("a finding is asked for once, and known from then on", () => {
  let run = ask(begin(NOW), "look");
  run = ask(run, "look");
  assert.deepEqual(run.requested, ["look"]);
  const { open, known } = offered(CASE, playOf(run));
  assert.deepEqual(open.map(({ id }) => id), ["ask-when", "picture"]);
  assert.deepEqual(known.map(({ id }) => id), ["look"]);
});

test("only a wrong turn is taken back, only after a reason, and both are kept", () => {
  assert.equal(mayTakeBack(playOf(take(begin(NOW), "a"))), null);
  const wrong = take(begin(NOW), "b");
  const turn = mayTakeBack(playOf(wrong));
  assert.ok(turn);
  assert.throws(() => takeBack(wrong, turn, "  oops  "), /Write in a sentence/);
  assert.match(reasonProblem("") ?? "", /Write in a sentence/);
  const run = take(takeBack(wrong, turn, REASON), "a");
  const { turns, taken, first } = playOf(run);
  assert.deepEqual(turns.map(({ choice }) => choice.id), ["a"]);
  assert.deepEqual(taken.map(({ why }) => why), [REASON]);
  assert.deepEqual(first.map(({ choice }) => choice.id), ["b"]);
  assert.deepEqual(run.steps.map(({ choice, back }) => [choice, back ?? false]), [["b", false], ["b", true], ["a", false]]);
});

test("at an end the last wrong turn can be taken back, with all that came after it", () => {
  const end = take(take(begin(NOW), "b"), "b");
  assert.equal(end.done, true);
  const again = back(end);
  assert.equal(playOf(again).here.id, "first-call");
  assert.equal(again.done, false);
});

test("the score is of first choices, whatever is taken back", () => {
  const run = take(take(back(take(begin(NOW), "c")), "a"), "b");
  const { ratings, share, decisions, takenBack } = score(CASE, playOf(run));
  assert.deepEqual(ratings, { best: 0, acceptable: 1, poor: 0, harmful: 1 });
  assert.equal(decisions, 2);
  assert.equal(takenBack, 1);
  assert.equal(share, 0.25);
});

test("findings are missed where they were not asked for in time, and needless where the case says so", () => {
  let run = take(ask(begin(NOW), "picture"), "a");
  run = take(ask(ask(run, "look"), "ask-when"), "a");
  const { careful, missed, needless } = score(CASE, playOf(run));
  assert.equal(careful, 2);
  assert.deepEqual(missed.map(({ node, finding }) => [node.id, finding.id]), [["first-call", "ask-when"]]);
  assert.deepEqual(needless.map(({ id }) => id), ["picture"]);
});

test("the expert's path is whole and best", () => {
  const turns = expertTurns(CASE);
  assert.deepEqual(turns.map(({ choice }) => choice.rating), ["best", "best"]);
  assert.equal(turns.at(-1)?.to.outcome, "good");
  assert.equal(mostDecisions(CASE), 2);
});

test("what followed a choice stays to be read until one reads on, also after a reload", () => {
  const run = JSON.parse(JSON.stringify(take(begin(NOW), "b"))) as Run;
  assert.equal(unread(run, playOf(run))?.choice.id, "b");
  assert.equal(unread(readOn(run), playOf(run)), null);
  assert.equal(unread(back(run), playOf(back(run))), null);
});

test("a run of a changed case is kept and said", () => {
  const good = readOn(take(begin(NOW), "a"));
  const gone: Run = { ...good, at: "2025-01-01T00:00:00.000Z", steps: [{ node: "old-node", choice: "a" }] };
  const asked: Run = { ...good, at: "2025-01-02T00:00:00.000Z", requested: ["old-finding"] };
  const { open, broken, finished } = keptRuns(CASE, [gone, asked, good]);
  assert.equal(open?.run.at, good.at);
  assert.deepEqual(broken.map(({ what }) => what), ["the choice a at “old-node”", "the finding “old-finding”"]);
  assert.equal(finished, 0);
});

test("the best finished run is the best result", () => {
  const best = readOn(take(take(begin(NOW), "a"), "a"));
  const worse = readOn(take(take(begin(new Date(0)), "b"), "b"));
  const kept = keptRuns(CASE, [worse, best]);
  assert.equal(kept.best?.share, 1);
  assert.equal(kept.finished, 2);
  assert.equal(kept.open, null);
});

test("an old run that was left is not gone on with after a newer one was finished", () => {
  const left = take(begin(new Date(0)), "b");
  const finished = readOn(take(take(begin(NOW), "a"), "a"));
  assert.equal(keptRuns(CASE, [left, finished]).open, null);
  assert.equal(keptRuns(CASE, [finished, { ...left, at: "2026-02-01T00:00:00.000Z" }]).open?.play.here.id, "visit");
});

// Random, but each time the same: a failure names its seed.
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

for (const seed of Array.from({ length: 200 }, (_, place) => place + 1)) {
  test(`random play ${seed} ends, is scored within bounds, and is the same when replayed`, () => {
    const next = random(seed);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
    let run = begin(NOW);
    let steps = 0;
    while (!run.done) {
      const { here, asked } = playOf(run);
      if (next() < 0.4 && here.findings.length > 0) run = ask(run, pick(here.findings));
      const before = asked.length;
      run = take(run, pick(here.choices).id);
      assert.ok(playOf(run).asked.length >= before);
      if (next() < 0.3 && mayTakeBack(playOf(run))) run = back(run);
      else if (next() < 0.5) run = readOn(run);
      steps += 1;
      assert.ok(steps < 500, "it goes on and on");
    }
    const play = playOf(run);
    assert.equal(play.here.kind, "end");
    const { share, ratings, decisions } = score(CASE, play);
    assert.ok(share >= 0 && share <= 1);
    assert.equal(Object.values(ratings).reduce((sum, each) => sum + each, 0), decisions);
    assert.ok(decisions <= CASE.nodes.filter(({ kind }) => kind === "decision").length);
    const again = playOf(JSON.parse(JSON.stringify(run)) as Run);
    assert.deepEqual(again, play);
    const days = pointsOf(play.turns, play.here).map(({ at }) => at.days);
    assert.deepEqual(days, [...days].sort((a, b) => a - b));
  });
}

test("times are said in their own units, and sums in words", () => {
  assert.equal(sayTime({ amount: 1, unit: "weeks", days: 7 }), "1 week");
  assert.equal(sayWhen({ amount: 9, unit: "hours", days: 0.375 }, "after the operation"), "9 hours after the operation");
  assert.equal(sayWhen({ amount: 0, unit: "days", days: 0 }, "after the operation"), "At the operation");
  assert.equal(sayWhen({ amount: 9.7, unit: "hours", days: 0.4 }, "after the operation"), "9 hours 40 minutes after the operation");
  assert.equal(sayWhen({ amount: 1.97, unit: "hours", days: 0.08 }, "after the operation"), "2 hours after the operation");
  assert.equal(sayWhen({ amount: 0.01, unit: "hours", days: 0.01 / 24 }, "after the operation"), "0.01 hours after the operation");
  assert.equal(sayWhen({ amount: 20.3, unit: "days", days: 20.3 }, "after the operation"), "20 days after the operation");
  assert.equal(sayWhen({ amount: 6.5, unit: "years", days: 2374 }, "after the operation"), "6.5 years after the operation");
  assert.equal(sayShort({ amount: 20.3, unit: "days", days: 20.3 }), "20 d");
  const time = (amount: number, unit: "minutes" | "days", days: number) => ({ amount, unit, days });
  const finding = { id: "x", kind: "other", label: "x", result: "x", harm: null, needless: null, facts: [] } as const;
  const asked = [
    { ...finding, time: time(50, "minutes", 50 / 1440) },
    { ...finding, time: time(35, "minutes", 35 / 1440) },
    { ...finding, time: time(9, "days", 9) },
  ];
  assert.equal(
    saySpent(spent(asked)),
    "Asked for 3 things. They took 1 hour 25 minutes, and 9 days of waiting, one after the other.",
  );
  assert.equal(saySpent(spent([])), "Nothing asked for yet.");
});

test("points keep their order and their distance, and end at the right", () => {
  const places = placesOf([0, 0.25, 0.25, 0.3, 900], 900, 0.1);
  assert.equal(places[0], 0);
  assert.equal(places.at(-1), 1);
  for (const [place, x] of places.entries()) if (place > 0) assert.ok(x - (places[place - 1] ?? 0) > 0.099, String(places));
  assert.deepEqual(placesOf([0], 0, 0.1), [0]);
  const many = placesOf(Array.from({ length: 14 }, () => 3), 3, 0.1);
  assert.ok(many.every((x) => x >= 0 && x <= 1));
});
