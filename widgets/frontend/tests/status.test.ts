import assert from "node:assert/strict";
import { test } from "node:test";
import { spanOf, statusOf, turningDays } from "../src/timeline/status.ts";
import type { Row } from "../src/timeline/types.ts";
import { MOVED_ROW, timelineContent } from "./fixtures/timeline.ts";

const { rows } = timelineContent();
const row = (id: string): Row => rows.find((one) => one.id === id) as Row;

test("both ends belong to a span", () => {
  const callus = row("fictional-callus");
  assert.equal(statusOf(callus, {}, 6.75), "before");
  assert.equal(statusOf(callus, {}, 7), "during");
  assert.equal(statusOf(callus, {}, 42), "during");
  assert.equal(statusOf(callus, {}, 43), "after");
});

test("a span of one moment holds at that moment", () => {
  const visit = row("fictional-visit");
  assert.deepEqual(
    [41, 42, 43].map((day) => statusOf(visit, {}, day)),
    ["before", "during", "after"],
  );
});

test("what begins with the operation holds on day 0", () => {
  assert.equal(statusOf(row("fictional-stay"), {}, 0), "during");
});

test("where nothing is known every day is unknown", () => {
  for (const day of [0, 42, 730.5]) assert.equal(statusOf(row("fictional-flying"), {}, day), "unknown");
});

test("a choice moves only the rows that say so", () => {
  assert.deepEqual(spanOf(row(MOVED_ROW), { method: "quick" }), [7, 14, 28]);
  assert.deepEqual(spanOf(row(MOVED_ROW), { method: "slow" }), [14, 28, 42]);
  assert.deepEqual(spanOf(row("fictional-stay"), { method: "quick" }), [0, 3, 5]);
  assert.deepEqual(spanOf(row("fictional-stay"), { constructor: "x" }), [0, 3, 5]);
});

test("something changes on the first and last day of each span, of either patient", () => {
  assert.deepEqual(turningDays([row("fictional-callus"), row("fictional-visit")], [{}]), [7, 42]);
  assert.ok(!turningDays([row(MOVED_ROW)], [{}]).includes(28));
  assert.ok(turningDays([row(MOVED_ROW)], [{}, { method: "quick" }]).includes(28));
});
