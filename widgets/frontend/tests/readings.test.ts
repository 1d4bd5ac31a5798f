import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import view from "../src/readings.ts";
import { asTable, type Reading } from "../src/readings_view.ts";
import { MockModel } from "./mock_model.ts";
import { one, openPage } from "./page.ts";

const ROW: Reading = {
  id: "fictional",
  label: "Imagined 1900",
  letter: "A",
  colours: ["#0072b2", "#4aa8de"],
  evidence: "trial",
  marks: ["extrapolated"],
  cells: ["12%", "8 to 16%"],
};

beforeEach(() => {
  openPage();
});

function show(rows: Reading[]) {
  const model = new MockModel({
    said: "At 7 points.",
    caption: "Made up",
    head: ["series", "share", "interval"],
    rows,
    evidence_labels: { trial: "trials" },
    selected: "",
    link_name: "made-up",
    link: {},
    asked: {},
  });
  const el = document.createElement("div");
  document.body.append(el);
  const remove = view.render({ model: model.any, el });
  return { model, el, remove };
}

test("sentence, table, mark and tag are said", () => {
  const { el } = show([ROW]);
  for (const part of ["At 7 points.", "Made up", "Imagined 1900", "12%", "8 to 16%", "extrapolated"]) {
    assert.ok(el.textContent?.includes(part), part);
  }
  assert.equal(one(el, "tbody svg").getAttribute("aria-label"), "trials");
});

test("a row asks for its origin, again too", () => {
  const { el, model } = show([ROW]);
  const button = one(el, "tbody button");
  button.click();
  assert.equal(model.get("selected"), "fictional");
  button.click();
  assert.equal(model.get("selected"), "fictional");
  assert.equal(model.saved.length, 2);
});

test("moving numbers keep the row's element; other rows replace it", () => {
  const { el, model } = show([ROW]);
  const button = one(el, "tbody button");
  model.receive("rows", [{ ...ROW, cells: ["9%", "5 to 14%"] }]);
  assert.equal(one(el, "tbody button"), button);
  assert.equal(el.querySelector("tbody td")?.textContent, "9%");
  model.receive("rows", [{ ...ROW, label: "Another" }]);
  assert.notEqual(one(el, "tbody button"), button);
});

test("a gap is no button", () => {
  const { el } = show([{ ...ROW, id: "", evidence: "none", label: "no evidence" }]);
  assert.equal(el.querySelector("tbody button"), null);
});

test("a long table waits until it is opened, a short one does not", () => {
  const { el, model } = show(Array.from({ length: 30 }, (_, index) => ({ ...ROW, id: `row-${index}` })));
  assert.equal(one<HTMLDetailsElement>(el, "details").open, false);
  assert.match(one(el, "summary").textContent ?? "", /30 rows/);
  model.receive("rows", [ROW]);
  assert.equal(one<HTMLDetailsElement>(el, "details").open, true);
  assert.equal(one(el, "summary").hidden, true);
});

test("a removed view no longer listens", () => {
  const { el, model, remove } = show([ROW]);
  remove();
  model.receive("said", "Something else");
  assert.ok(!el.textContent?.includes("Something else"));
});

test("code that came once reaches the widgets that came without", async () => {
  const places = globalThis as unknown as Record<symbol, { view?: Promise<unknown> }>;
  assert.equal(await places[Symbol.for("l3s1.view.readings")]?.view, view);
});

test("the table as text has a head, the marks and the fact of each row", () => {
  const gap: Reading = { id: "", label: "Gap", evidence: "none", cells: [] };
  assert.deepEqual(asTable(["series", "share", "interval"], [ROW, gap], { trial: "trials" }), [
    ["mark", "series", "share", "interval", "evidence", "caution", "fact"],
    ["A", "Imagined 1900", "12%", "8 to 16%", "trials", "extrapolated", "fictional"],
    ["", "Gap", "", "", "none", "", ""],
  ]);
});
