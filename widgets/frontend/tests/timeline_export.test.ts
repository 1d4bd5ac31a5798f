import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { timelineTable, withCursor } from "../src/timeline/export.ts";
import { buildHandout, fitToPage } from "../src/timeline/handout.ts";
import type { Shown } from "../src/timeline/shown.ts";
import { dayToX } from "../src/time_axis.ts";
import type { Row } from "../src/timeline/types.ts";
import { openPage } from "./page.ts";

beforeEach(() => {
  openPage();
});

function shown(): Shown {
  const row = {
    id: "fictional-row",
    lane: "danger_windows",
    lane_label: "Danger windows",
    label: "Supposed alarm",
    kind: "danger_window",
    evidence: "cohort",
    evidence_label: "cohorts",
    marks: ["extrapolated"],
    facts: ["own-fact"],
    caution: null,
  } as unknown as Row; // what export and handout don't read is left out
  const effect = { patient: "A" as const, choice: "smoking", option: "smokes", mark: "less often", says: "Made up.", facts: ["extra-fact"] };
  return {
    day: 42,
    axis_kind: "readable",
    scale_d: 2,
    patients: [
      { letter: "A", words: "smokes", choices: [{ choice: "smoking", label: "Smoking", option: "smokes", option_label: "Smokes" }] },
      { letter: "B", words: "nothing stated", choices: [] },
    ],
    rows: [
      {
        row,
        spans: [
          { patient: "A", span: [1, null, 9], when: "A's time", status: "after" },
          { patient: "B", span: null, when: "no evidence", status: "unknown" },
        ],
        effects: [effect],
      },
    ],
    answers: [
      { question: "What would be an alarm?", items: [{ row, patient: "A", when: "A's time", during: "Call <b>now</b>." }] },
      { question: "What may she do?", items: [] },
    ],
    changes: [
      { patient: "A", label: "Smoking", option_label: "Smokes", changed: [{ lane: "Bone", row, effect }], no_evidence: ["Mobility"], note: null },
    ],
    link: "http://localhost/x?day=42",
    figure: (width) => ({ data: [{ name: "bars" }], layout: { width, height: 500, margin: { l: 9, b: 12 }, annotations: [{ text: "lane" }] } }),
  };
}

test("the table has a row for every bar and patient", () => {
  const [head, a, b] = timelineTable(shown());
  const column = (row: string[] | undefined, name: string): string | undefined => row?.[head?.indexOf(name) ?? -1];
  assert.equal(column(a, "patient"), "A");
  assert.deepEqual([3, 4, 5].map((place) => a?.[place]), ["1", "", "9"]);
  assert.match(column(a, "changed by") ?? "", /less often: Made up/);
  assert.match(column(a, "facts") ?? "", /extra-fact/);
  assert.equal(column(b, "changed by"), "");
  assert.deepEqual([3, 4, 5].map((place) => b?.[place]), ["", "", ""]);
  assert.ok([a, b].every((row) => row?.length === head?.length));
});

test("the picture for a file has the cursor at its day, and all that was there before", () => {
  const { layout } = withCursor(shown(), 800);
  const [line] = layout.shapes as { x0: number; x1: number }[];
  assert.equal(line?.x0, dayToX(42, "readable", 2));
  assert.deepEqual((layout.annotations as { text: string }[]).map(({ text }) => text.replace(/<.?b>/g, "")).slice(0, 1), ["lane"]);
  assert.ok(Number(layout.height) > 500);
});

test("the handout says day, patients, answers, changes and gaps, and that it is no advice", () => {
  const html = buildHandout(shown(), "data:image/svg+xml,x");
  for (const part of ["day 42", "Patient A: smokes", "What would be an alarm?", "Nothing is marked", "Smoking: Smokes", "No evidence found: Mobility", "no advice for one patient", "Not yet reviewed by a clinician", "?day=42"]) {
    assert.ok(html.includes(part), part);
  }
  assert.ok(html.includes("Call &lt;b&gt;now&lt;/b&gt;."), "words of content are never markup");
  assert.ok(!html.includes("Patient B:"), "nobody is described where nothing was chosen");
});

test("the handout gives up detail until it fits the page", () => {
  const body = document.createElement("body");
  const height = { all: 2000, alarms: 1200, names: 900, small: 500, signs: 400 };
  Object.defineProperty(body, "scrollHeight", { get: () => height[body.dataset.detail as keyof typeof height] });
  fitToPage(body);
  assert.equal(body.dataset.detail, "names");
  height.names = height.small = height.signs = 5000;
  fitToPage(body);
  assert.equal(body.dataset.detail, "signs");
});
