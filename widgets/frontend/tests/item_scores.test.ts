// Scores of answers: one fixture for Python and for the page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isResponse, score } from "../src/assessment/score.ts";
import type { Item, Score } from "../src/assessment/types.ts";
import fixture from "../../../tests/fixtures/item_scores.json" with { type: "json" };

interface Case {
  item: Item;
  scores: ({ response: unknown } & Score)[];
  no_answers: unknown[];
}
const CASES = fixture as unknown as Case[];

test("there is a case for every type", () => {
  assert.equal(new Set(CASES.map(({ item }) => item.type)).size, 8);
});

for (const { item, scores, no_answers } of CASES) {
  test(`answers to ${item.id} are worth what the rules say`, () => {
    for (const { response, correct, share } of scores) {
      const found = score(item, response);
      assert.equal(found.correct, correct, JSON.stringify(response));
      assert.ok(Math.abs(found.share - share) < 1e-9, `${JSON.stringify(response)}: ${found.share}`);
    }
  });

  test(`what is no answer to ${item.id} is refused`, () => {
    for (const given of no_answers) {
      assert.equal(isResponse(item, given), false, JSON.stringify(given));
      assert.throws(() => score(item, given), /no answer/);
    }
  });
}
