import assert from "node:assert/strict";
import { test } from "node:test";
import { Rating } from "ts-fsrs";
import type { Attempt, Certainty, ItemRecord } from "../src/progress/types.ts";
import { cardOf, daysToDue, dueItems, gradeOf, isDue, nextCard, recallOf } from "../src/review/schedule.ts";
import type { Card } from "../src/review/schedule.ts";

const DAY_MS = 86_400_000;
const START = new Date(2026, 10, 25, 10);
const after = (days: number): Date => new Date(START.getTime() + days * DAY_MS);

function answer(at: Date, correct: boolean, certainty: Certainty | null = null): Attempt {
  return { at: at.toISOString(), response: "a", correct, share: Number(correct), certainty, place: "review" };
}

function card(attempts: Attempt[], now = new Date(attempts.at(-1)?.at ?? START)): Card {
  const made = cardOf({ attempts }, now);
  assert.ok(made, "the answers make a card");
  return made;
}

/** Answers `right` in turn, each on the day that its card comes due. */
function intervals(right: boolean[], certainty: Certainty | null = null): number[] {
  const attempts: Attempt[] = [];
  let at = START;
  return right.map((correct) => {
    attempts.push(answer(at, correct, certainty));
    const { due, interval } = card(attempts);
    at = new Date(due);
    return interval;
  });
}

/** Numbers from 0 to 1 that a seed repeats (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function history(next: () => number): Attempt[] {
  let at = START;
  return Array.from({ length: 1 + Math.floor(next() * 12) }, () => {
    const made = answer(at, next() < 0.7, [null, 1, 2, 3][Math.floor(next() * 4)] as Certainty | null);
    at = new Date(at.getTime() + next() ** 3 * 60 * DAY_MS);
    return made;
  });
}

test("what a student was sure of comes back later than what was guessed, and a miss first", () => {
  assert.equal(gradeOf({ correct: false, certainty: 3 }), Rating.Again);
  assert.equal(gradeOf({ correct: true, certainty: 1 }), Rating.Hard);
  assert.equal(gradeOf({ correct: true, certainty: null }), Rating.Good);
  assert.equal(gradeOf({ correct: true, certainty: 2 }), Rating.Good);
  assert.equal(gradeOf({ correct: true, certainty: 3 }), Rating.Easy);
  const first = (correct: boolean, certainty: Certainty | null) => card([answer(START, correct, certainty)]);
  const due = [first(false, 3), first(true, 1), first(true, 2), first(true, 3)].map(({ stability }) => stability);
  assert.deepEqual(due, [...due].sort((a, b) => a - b));
  assert.equal(new Set(due).size, 4);
});

test("a miss is due the next day, whatever the hour", () => {
  const late = new Date(2026, 10, 25, 23, 30);
  const record = { attempts: [answer(late, false)] };
  assert.equal(isDue(record, late), false);
  assert.equal(daysToDue(card(record.attempts), late), 1);
  assert.equal(isDue(record, new Date(2026, 10, 26, 0, 5)), true);
});

test("intervals grow with success and shrink with a miss", () => {
  const grown = intervals([true, true, true, true, true]);
  for (const [at, days] of grown.slice(1).entries()) assert.ok(days > (grown[at] ?? 0), `${grown}`);
  const [, , third, missed] = intervals([true, true, true, false]);
  assert.ok((missed ?? 0) < (third ?? 0));
  assert.ok(intervals(Array(40).fill(true), 3).every((days) => days <= 365), "none is put off for ever");
});

test("in any history a right answer in time lengthens memory, a miss never does", () => {
  const next = chance(7);
  for (let round = 0; round < 400; round += 1) {
    const attempts = history(next);
    const before = card(attempts);
    const at = new Date(Math.max(Date.parse(before.due), Date.parse(before.latest) + DAY_MS));
    const then = (correct: boolean) => card([...attempts, answer(at, correct, 2)]);
    assert.ok(then(true).stability > before.stability || then(true).interval === 365);
    assert.ok(then(false).stability <= before.stability);
    assert.ok(then(true).interval >= then(false).interval);
    assert.ok(recallOf(before, at) <= recallOf(before, new Date(before.last_review)));
  }
});

test("a card is a function of the attempts: kept or made anew, it is the same", () => {
  const next = chance(11);
  for (let round = 0; round < 200; round += 1) {
    const attempts = history(next);
    const now = new Date(attempts.at(-1)?.at ?? START);
    let kept: Card | null = null;
    const record: ItemRecord = { attempts: [] };
    for (const attempt of attempts) {
      kept = nextCard({ ...record, card: kept }, attempt, now);
      record.attempts = [...record.attempts, attempt];
    }
    assert.deepEqual(JSON.parse(JSON.stringify(kept)), cardOf({ attempts }, now));
  }
});

test("a damaged, foreign or outdated card is made anew", () => {
  const attempts = [answer(START, true, 2), answer(after(3), true, 2)];
  const sound = card(attempts);
  const damaged = [
    null,
    7,
    "card",
    [],
    {},
    { ...sound, version: 2 },
    { ...sound, due: "soon" },
    { ...sound, due: after(9000).toISOString() },
    { ...sound, stability: Number.NaN },
    { ...sound, stability: "3" },
    { ...sound, difficulty: 0 },
    { ...sound, interval: 1e9 },
    { ...sound, grade: 9 },
    { ...sound, attempts: 1 },
    { ...sound, latest: START.toISOString() },
    { due: START, reps: 3, state: "Review" },
  ];
  for (const each of damaged) assert.deepEqual(cardOf({ attempts, card: each }, after(3)), sound);
});

test("trying again at once is no recall; an answer on the next morning is", () => {
  const evening = new Date(2026, 10, 25, 23);
  const missed = card([answer(evening, false)]);
  const minutes = (more: number): Date => new Date(evening.getTime() + more * 60_000);
  const again = card([answer(evening, false), answer(minutes(1), true, 3)]);
  assert.equal(again.due, missed.due);
  assert.equal(again.reviews, 1);
  const twice = card([answer(evening, false), answer(minutes(1), false), answer(minutes(2), false)]);
  assert.equal(twice.lapses, 1);
  const slipped = card([answer(evening, true, 3), answer(minutes(5), false)]);
  assert.equal(slipped.interval, 1, "a miss after a right answer counts at once");
  assert.equal(card([answer(evening, false), answer(minutes(9 * 60), true)]).reviews, 2);
});

test("a clock that jumps back loses nothing and puts nothing off", () => {
  const wrongClock = after(4000);
  const attempts = [answer(START, true, 2), answer(wrongClock, true, 3)];
  const record: ItemRecord = { attempts, card: card(attempts, wrongClock) };
  const now = after(1);
  assert.deepEqual(cardOf(record, now), card([answer(START, true, 2)], now));
  assert.equal(isDue(record, after(3)), true);
  const mended = nextCard(record, answer(after(3), true, 2), after(3));
  assert.ok(mended && mended.reviews === 2 && !isDue({ attempts: [...attempts, answer(after(3), true, 2)].sort((a, b) => (a.at < b.at ? -1 : 1)), card: mended }, after(3)));
  const onlyFuture = { attempts: [answer(wrongClock, true, 3)] };
  assert.equal(cardOf(onlyFuture, now), null);
  assert.equal(isDue(onlyFuture, now), true, "asked anew rather than in years");
});

test("what is most nearly forgotten is asked first, what was never answered not at all", () => {
  const items: Record<string, ItemRecord> = {
    firm: { attempts: [answer(START, true, 3)] },
    weak: { attempts: [answer(START, false)] },
    fresh: { attempts: [answer(after(20), true, 2)] },
    empty: { attempts: [] },
  };
  const found = dueItems(items, ["firm", "weak", "fresh", "empty", "unknown", "constructor"], after(20));
  assert.deepEqual(found.map(({ id }) => id), ["weak", "firm"]);
});

test("ten thousand items stay quick, with their cards and without", () => {
  const next = chance(3);
  const items: Record<string, ItemRecord> = {};
  for (let at = 0; at < 10_000; at += 1) items[`item-${at}`] = { attempts: history(next) };
  const ids = Object.keys(items);
  // Time of the processor, best of three: the machine may be busy with something else.
  const timed = (): number => {
    const times = [1, 2, 3].map(() => {
      const from = process.cpuUsage();
      dueItems(items, ids, after(400));
      const { user, system } = process.cpuUsage(from);
      return (user + system) / 1000;
    });
    return Math.min(...times);
  };
  assert.ok(timed() < 3000, "without cards");
  for (const id of ids) {
    const record = items[id] as ItemRecord;
    record.card = cardOf(record, after(400));
  }
  const withCards = timed();
  assert.ok(withCards < 1000, `with cards ${withCards} ms`);
});
