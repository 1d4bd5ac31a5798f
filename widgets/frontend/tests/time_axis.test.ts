import assert from "node:assert/strict";
import { test } from "node:test";
import cases from "../../../tests/fixtures/time_axis_cases.json" with { type: "json" };
import {
  dayToX,
  parseDay,
  sayDay,
  snapDay,
  stepDay,
  turningDay,
  xToDay,
  type AxisKind,
} from "../src/time_axis.ts";

const HORIZON_D = 730.5;

test("the readable axis is Python's", () => {
  for (const { day, x } of cases.scale) {
    assert.ok(Math.abs(dayToX(day, "readable", 1) - x) < 1e-9, `day ${day}`);
  }
});

test("both axes lead there and back", () => {
  for (const kind of ["readable", "linear"] as AxisKind[]) {
    for (let day = 0; day <= HORIZON_D; day += 3.7) {
      assert.ok(Math.abs(xToDay(dayToX(day, kind, 1.5), kind, 1.5) - day) < 1e-8);
    }
  }
});

test("times are read as Python reads them", () => {
  for (const { text, day } of cases.parse) {
    const parsed = parseDay(text, HORIZON_D);
    if (day === null) {
      assert.ok("error" in parsed, `“${text}” is refused`);
      assert.match(parsed.error, /write for instance|beyond the axis/);
    } else {
      assert.ok("day" in parsed && Math.abs(parsed.day - day) < 1e-9, `“${text}” is day ${day}`);
    }
  }
});

test("times are said as Python says them", () => {
  for (const { day, text } of cases.say) assert.equal(sayDay(day), text);
});

test("the cursor's quarter days can be told apart", () => {
  assert.equal(sayDay(1.25), "day 1.25");
});

test("arrows step 6 hours up to day 3, then a day", () => {
  assert.equal(stepDay(0, 1, HORIZON_D), 0.25);
  assert.equal(stepDay(2.75, 1, HORIZON_D), 3);
  assert.equal(stepDay(3, 1, HORIZON_D), 4);
  assert.equal(stepDay(3, -1, HORIZON_D), 2.75);
  assert.equal(stepDay(4, -1, HORIZON_D), 3);
  assert.equal(stepDay(91.3125, 1, HORIZON_D), 92);
  assert.equal(stepDay(91.3125, -1, HORIZON_D), 91);
});

test("with Shift they step a week, and never leave the axis", () => {
  assert.equal(stepDay(42, 1, HORIZON_D, true), 49);
  assert.equal(stepDay(3, -1, HORIZON_D, true), 0);
  assert.equal(stepDay(0, -1, HORIZON_D), 0);
  assert.equal(stepDay(730, 1, HORIZON_D), HORIZON_D);
  assert.equal(stepDay(HORIZON_D, -1, HORIZON_D), 730);
});

test("page keys go to where something changes", () => {
  const days = [0, 7, 42];
  assert.equal(turningDay(7, 1, days, HORIZON_D), 42);
  assert.equal(turningDay(7, -1, days, HORIZON_D), 0);
  assert.equal(turningDay(42, 1, days, HORIZON_D), HORIZON_D);
  assert.equal(turningDay(0, -1, days, HORIZON_D), 0);
});

test("a dragged cursor rests on quarters, later on days", () => {
  assert.equal(snapDay(0.3, HORIZON_D), 0.25);
  assert.equal(snapDay(41.6, HORIZON_D), 42);
  assert.equal(snapDay(-2, HORIZON_D), 0);
  assert.equal(snapDay(9999, HORIZON_D), HORIZON_D);
});
