import assert from "node:assert/strict";
import { test } from "node:test";
import { claimLink, clearLink, readLink, writeLink, type LinkState } from "../src/page_state.ts";

const RULES = {
  horizon_d: 730.5,
  choices: { method: ["open", "small"], mood: ["gloomy"] },
  rows: ["row-one", "row-two"],
};
const CHOICES = Object.keys(RULES.choices);
const STATE: LinkState = {
  day: 42,
  patient: { method: "open" },
  other: { method: "small", mood: "gloomy" },
  axis_kind: "linear",
  selected: "row-one",
};

test("a link is read as it was written", () => {
  assert.deepEqual(readLink(writeLink("", STATE, CHOICES), RULES), STATE);
});

test("other parameters are kept", () => {
  const written = writeLink("?token=a%26b&day=1&theme=dark", STATE, CHOICES);
  const query = new URLSearchParams(written);
  assert.equal(query.get("token"), "a&b");
  assert.equal(query.get("theme"), "dark");
  assert.deepEqual(query.getAll("day"), ["42"]);
  assert.equal(clearLink(written, CHOICES), "?token=a%26b&theme=dark");
  assert.equal(clearLink("?day=3&with.mood=gloomy&compare=1", CHOICES), "");
});

test("an open origin that was closed leaves the link", () => {
  const written = writeLink(writeLink("", STATE, CHOICES), { ...STATE, selected: "" }, CHOICES);
  assert.equal(new URLSearchParams(written).has("selected"), false);
});

test("a link says in plain words what is stated about each patient", () => {
  const query = new URLSearchParams(writeLink("", STATE, CHOICES));
  assert.deepEqual(Object.fromEntries(query), {
    day: "42",
    method: "open",
    compare: "1",
    "with.method": "small",
    "with.mood": "gloomy",
    axis_kind: "linear",
    selected: "row-one",
  });
});

test("a link to one patient closes the comparison, and what is not stated is not kept", () => {
  const alone = writeLink(writeLink("", STATE, CHOICES), { ...STATE, patient: {}, other: null }, CHOICES);
  assert.equal(new URLSearchParams(alone).has("with.mood"), false);
  assert.deepEqual(readLink(alone, RULES), { ...STATE, patient: {}, other: null });
  assert.deepEqual(readLink("?mood=gloomy", RULES), { patient: { mood: "gloomy" }, other: null });
  assert.deepEqual(readLink("?with.mood=gloomy", RULES), {}, "a second patient needs compare=1");
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
  "method=__proto__",
  "method=OPEN",
  "mood=constructor",
  "hat=red",
  "compare=2",
  "compare=true&with.mood=x",
  "axis_kind=log",
  "axis_kind[]=linear",
  "selected=row-three",
  "selected=javascript:alert(1)",
  "selected=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
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
  assert.deepEqual(readLink("?day=7&method=nobody&mood=gloomy&axis_kind=linear", RULES), {
    day: 7,
    axis_kind: "linear",
    patient: { mood: "gloomy" },
    other: null,
  });
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
