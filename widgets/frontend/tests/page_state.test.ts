import assert from "node:assert/strict";
import { test } from "node:test";
import { claimLink, clearLink, readLink, writeLink, type LinkState } from "../src/page_state.ts";

const RULES = {
  horizon_d: 730.5,
  approaches: ["any", "open", "minimally_invasive"],
  rows: ["row-one", "row-two"],
};
const STATE: LinkState = { day: 42, approach: "open", axis_kind: "linear", selected: "row-one" };

test("a link is read as it was written", () => {
  assert.deepEqual(readLink(writeLink("", STATE), RULES), STATE);
});

test("other parameters are kept", () => {
  const written = writeLink("?token=a%26b&day=1&theme=dark", STATE);
  const query = new URLSearchParams(written);
  assert.equal(query.get("token"), "a&b");
  assert.equal(query.get("theme"), "dark");
  assert.deepEqual(query.getAll("day"), ["42"]);
  assert.equal(clearLink(written), "?token=a%26b&theme=dark");
  assert.equal(clearLink("?day=3"), "");
});

test("an open origin that was closed leaves the link", () => {
  const written = writeLink(writeLink("", STATE), { ...STATE, selected: "" });
  assert.equal(new URLSearchParams(written).has("show"), false);
});

const HOSTILE = [
  "day=-1",
  "day=1e3",
  "day=99999",
  "day=731",
  "day=NaN",
  "day=Infinity",
  "day=42%00",
  "day= 42",
  "day=<script>alert(1)</script>",
  "day=0x2A",
  "day=" + "9".repeat(5000),
  "approach=__proto__",
  "approach=OPEN",
  "approach=constructor",
  "axis=log",
  "axis[]=linear",
  "show=row-three",
  "show=javascript:alert(1)",
  "show=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
  "__proto__=1",
  "%E0%A4%A",
  "&&&===&&",
];

for (const search of HOSTILE) {
  test(`“${search.slice(0, 40)}” changes nothing`, () => {
    assert.deepEqual(readLink(`?${search}`, RULES), {});
  });
}

test("one bad value does not spoil the others", () => {
  assert.deepEqual(readLink("?day=7&approach=nobody&axis=linear", RULES), { day: 7, axis_kind: "linear" });
});

test("only one view of a page writes the link, until it is removed", () => {
  const removed = new AbortController();
  const first = {};
  assert.equal(claimLink(first, removed.signal), true);
  assert.equal(claimLink({}, new AbortController().signal), false);
  removed.abort();
  const later = new AbortController();
  assert.equal(claimLink({}, later.signal), true);
  later.abort();
});
