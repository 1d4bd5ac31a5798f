import assert from "node:assert/strict";
import { test } from "node:test";
import { changesOf, cleanPatient, differs, effectsOf, forPatient, sayPatient } from "../src/timeline/choices.ts";
import type { Row } from "../src/timeline/types.ts";
import { CHANGED_ROW, MOVED_ROW, timelineContent } from "./fixtures/timeline.ts";

const { choices, rows } = timelineContent();
const row = (id: string): Row => rows.find((one) => one.id === id) as Row;

test("what is no choice, no option or not stated is left out of a patient", () => {
  assert.deepEqual(cleanPatient({ mood: "gloomy", method: "any", shoes: "blue", hat: "red" }, choices), { mood: "gloomy" });
  for (const nonsense of [null, "gloomy", 7, [], { __proto__: { mood: "gloomy" } }]) {
    assert.deepEqual(cleanPatient(nonsense, choices), {});
  }
});

test("an entry of a choice comes before the general one", () => {
  const table = { any: "general", "method=quick": "own" };
  assert.equal(forPatient(table, { mood: "gloomy", method: "quick" }), "own");
  assert.equal(forPatient(table, { method: "slow" }), "general");
  assert.equal(forPatient(table, { constructor: "x" }), "general");
});

test("effects of several choices stand side by side, in the order of the choices", () => {
  const found = effectsOf(row(CHANGED_ROW), { method: "slow", mood: "gloomy" }, choices);
  assert.deepEqual(found.map(({ choice, kind }) => [choice.id, kind]), [["mood", "less"], ["method", "no_difference"]]);
});

test("a choice tells which rows it changes and for which lanes there is no evidence", () => {
  const lanes = new Set(rows.map(({ lane_label }) => lane_label));
  for (const choice of choices) {
    for (const [option] of choice.options.slice(1)) {
      const [change] = changesOf(choices, rows, { [choice.id]: option });
      const told = new Set(change?.changed.map((each) => each.row.lane_label));
      assert.deepEqual(new Set([...told, ...(change?.silent ?? [])]), lanes, "every lane has an answer");
      assert.equal(told.size + (change?.silent.length ?? 0), lanes.size, "and only one");
    }
  }
});

test("a choice about which nothing is known is silent about all lanes", () => {
  const [change] = changesOf(choices, rows, { shoes: "red" });
  assert.deepEqual(change?.changed, []);
  assert.equal(change?.silent.length, 6);
});

test("two patients differ in a row by its time or by what is known of it", () => {
  assert.equal(differs(row(MOVED_ROW), [{}, { method: "quick" }], choices), true);
  assert.equal(differs(row(CHANGED_ROW), [{ mood: "gloomy" }, {}], choices), true);
  assert.equal(differs(row(CHANGED_ROW), [{ mood: "gloomy" }, { mood: "gloomy" }], choices), false);
  assert.equal(differs(row(MOVED_ROW), [{ mood: "gloomy" }, {}], choices), false);
  assert.equal(differs(row(MOVED_ROW), [{ method: "quick" }], choices), false);
});

test("a patient in words", () => {
  assert.equal(sayPatient(choices, { mood: "gloomy", method: "quick" }), "Mood: Gloomy, Method: Quick");
  assert.equal(sayPatient(choices, {}), "nothing stated");
});
