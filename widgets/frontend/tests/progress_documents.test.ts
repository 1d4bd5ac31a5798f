// Documents of progress: read as they were written, migrated, and merged whatever the order.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readDocument, writeDocument } from "../src/progress/documents.ts";
import { merge } from "../src/progress/merge.ts";
import { emptyProgress, emptyRecord } from "../src/progress/types.ts";
import type { Attempt, CaseRun, Certainty, Progress } from "../src/progress/types.ts";
import { FakeStorage, openTab } from "./fake_storage.ts";

const OWNER = { id: "first", name: "Ana", created: "2026-11-25T14:00:00.000Z" };

/** mulberry32: the same numbers for the same seed. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Documents from few values, so that two of them often meet. */
class Maker {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seeded(seed);
  }

  document(): Progress {
    const progress = emptyProgress({ ...OWNER, id: this.#pick(["first", "b"]), created: this.#time() });
    for (const id of this.#some(["l01-a", "l01-b", "constructor", "toString", "12", "gone"])) {
      const attempts = this.#list(4, () => this.#attempt());
      progress.items[id] = { attempts, ...this.#pick([{}, { card: this.#card() }, { more: this.#pick([1, "x"]) }]) };
    }
    for (const id of this.#some(["01", "09"])) progress.lessons[id] = { opened: this.#time() };
    for (const id of this.#some(["marta", "valueOf"])) progress.cases[id] = this.#list(3, () => this.#run());
    const more = this.#pick<object>([{}, { settings: { timed: this.#pick([true, false]) } }]);
    // As the store has it: ordered, and each attempt and run once.
    return merge({ ...progress, ...more }, { ...progress, ...more });
  }

  #attempt(): Attempt {
    return {
      at: this.#time(),
      response: this.#pick<unknown>(["a", ["a", "c"], 42.5, { a: "1", __proto__x: "2" }, null]),
      correct: this.#pick([true, false]),
      share: this.#pick([0, 0.5, 1]),
      certainty: this.#pick<Certainty | null>([null, 1, 3]),
      place: this.#pick<"lesson" | "review">(["lesson", "review"]),
    };
  }

  #run(): CaseRun {
    const steps = this.#list(2, () => ({ node: "n", choice: this.#pick(["a", "b"]), why: "because", back: true }));
    return { at: this.#time(), steps, requested: this.#some(["x", "y"]), done: this.#pick([true, false]) };
  }

  #card(): unknown {
    return this.#pick<unknown>([null, { last_review: this.#time(), reps: this.#pick([1, 2]) }, { reps: 3 }]);
  }

  #time(): string {
    return new Date(Date.UTC(2026, 0, 1, 0, Math.floor(this.#random() * 4))).toISOString();
  }

  #pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.#random() * from.length)] as T;
  }

  #some(from: readonly string[]): string[] {
    return from.filter(() => this.#random() < 0.5);
  }

  #list<T>(most: number, make: () => T): T[] {
    return Array.from({ length: Math.floor(this.#random() * (most + 1)) }, make);
  }
}

const MANY = 300;

function read(text: string): Progress {
  const found = readDocument(text, OWNER);
  assert.ok(found.kind === "read" && found.problems.length === 0, JSON.stringify(found));
  return found.progress;
}

test("what is written is read again", () => {
  for (let seed = 0; seed < MANY; seed += 1) {
    const progress = new Maker(seed).document();
    assert.deepEqual(read(writeDocument(progress)), progress);
    assert.deepEqual(read(writeDocument(progress, 1)), progress);
  }
});

test("an export brings all of it back, in an empty browser and where it is already", () => {
  for (let seed = 0; seed < MANY; seed += 1) {
    const progress = { ...new Maker(seed).document(), profile: OWNER };
    const { store } = openTab(new FakeStorage());
    const owned = { ...progress, profile: store.current };
    for (let time = 0; time < 2; time += 1) {
      assert.ok(store.importText(writeDocument(progress)).ok);
      assert.deepEqual(store.read(), owned);
    }
    assert.deepEqual(read(store.exportText()), owned);
  }
});

test("merging is commutative, associative and idempotent", () => {
  for (let seed = 0; seed < MANY; seed += 1) {
    const make = new Maker(seed);
    const [a, b, c] = [make.document(), make.document(), make.document()];
    assert.deepEqual(merge(a, b), merge(b, a), `seed ${seed}`);
    assert.deepEqual(merge(merge(a, b), c), merge(a, merge(b, c)), `seed ${seed}`);
    assert.deepEqual(merge(a, a), a, `seed ${seed}`);
    assert.deepEqual(merge(merge(a, b), b), merge(a, b), `seed ${seed}`);
  }
});

test("merging loses no attempt, and keeps the farther run and the later card", () => {
  const make = new Maker(7);
  const [a, b] = [make.document(), make.document()];
  const both = merge(a, b);
  for (const part of [a, b]) {
    for (const [id, { attempts }] of Object.entries(part.items)) {
      const has = new Set(both.items[id]?.attempts.map((each) => JSON.stringify(each)));
      for (const each of attempts) assert.ok(has.has(JSON.stringify(each)));
    }
  }
  const run = { at: OWNER.created, steps: [{ node: "n", choice: "a" }], requested: [], done: false };
  const card = (day: string, reps: number) => ({ attempts: [], card: { last_review: `2026-01-${day}T00:00:00Z`, reps } });
  const one = { ...emptyProgress(OWNER), cases: { x: [run] }, items: { i: card("02", 1) } };
  const other = { ...emptyProgress(OWNER), cases: { x: [{ ...run, steps: [] }] }, items: { i: card("01", 9) } };
  assert.deepEqual(merge(other, one).cases.x, [run]);
  const ended = { ...one, cases: { x: [{ ...run, done: true }] } };
  const goneOn = { ...run, steps: [...run.steps, { node: "n", choice: "a", why: "It was wrong.", back: true }] };
  assert.deepEqual(merge(ended, { ...one, cases: { x: [goneOn] } }).cases.x, [goneOn]);
  assert.deepEqual(merge(other, one).items.i, card("02", 1));
});

test("times are read with any offset and kept in one form", () => {
  const at = "2026-01-01T01:30:00+01:00";
  const text = JSON.stringify({ ...emptyProgress(OWNER), lessons: { "01": { opened: at } } });
  assert.deepEqual({ ...read(text).lessons["01"] }, { opened: "2026-01-01T00:30:00.000Z" });
});

test("an older version goes through each migration up to this one", () => {
  const older = JSON.stringify({ version: -1, who: OWNER });
  const found = readDocument(older, OWNER, {
    [-1]: ({ who }) => ({ owner: who }),
    0: ({ owner }) => ({ profile: owner, items: {}, lessons: {}, cases: {} }),
  });
  assert.deepEqual(found, { kind: "read", progress: emptyProgress(OWNER), problems: [] });
  const failing = readDocument('{"version": 0}', OWNER, { 0: () => assert.fail("no such form") });
  assert.equal(failing.kind, "damaged");
  assert.equal(readDocument('{"version": 0}', OWNER, {}).kind, "damaged");
});

test("each part that is wrong is named and left out", () => {
  const good = { at: OWNER.created, response: 1, correct: true, share: 1, certainty: null, place: "lesson" };
  const wrong: Record<string, unknown>[] = [
    { at: "2026-13-01T00:00:00Z" },
    { at: 0 },
    { correct: 1 },
    { share: 1.1 },
    { share: "1" },
    { certainty: 4 },
    { place: "home" },
    { response: undefined },
  ];
  const items = { item: { attempts: [good, ...wrong.map((each) => ({ ...good, ...each }))] }, bad: [] };
  const cases = { x: [{ at: OWNER.created, steps: [{ node: 1, choice: "a" }], requested: [], done: true }], y: {} };
  const lessons = { "01": { opened: true } };
  const found = readDocument(JSON.stringify({ version: 1, profile: {}, items, lessons, cases }), OWNER);
  assert.ok(found.kind === "read");
  assert.deepEqual(found.progress, {
    ...emptyProgress(OWNER),
    items: Object.assign(emptyRecord(), { item: { attempts: [good] } }),
    cases: Object.assign(emptyRecord(), { x: [], y: [] }),
  });
  assert.equal(found.problems.length, wrong.length + 5);
});
