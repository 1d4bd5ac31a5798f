import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { chartTools, followLink, readChartLink, writeChartLink } from "../src/chart_tools.ts";
import { MockModel } from "./mock_model.ts";
import { one, openPage, until } from "./page.ts";

const NAME = "made-up";

function model() {
  return new MockModel({ link_name: NAME, link: {} as Record<string, string>, asked: {} });
}

beforeEach(() => {
  openPage();
});

test("a chart's link is read as it was written, and leaves the others alone", () => {
  const state = { threshold: "15", levels: "three_or_more" };
  const written = writeChartLink("?day=3&other.levels=one&made-up.gone=1", NAME, state);
  assert.deepEqual(readChartLink(written, NAME), state);
  assert.deepEqual(readChartLink(written, "other"), { levels: "one" });
  assert.equal(new URLSearchParams(written).get("day"), "3");
  assert.equal(new URLSearchParams(written).has("made-up.gone"), false);
  assert.equal(writeChartLink("?made-up.levels=one", NAME, {}), "");
});

test("a course page asks what its address says, and writes what Python says", async () => {
  openPage(`http://localhost/course/?${NAME}.levels=one&day=3`);
  document.body.setAttribute("data-voila", "voila");
  const chart = model();
  const removed = new AbortController();
  followLink(chart.any, removed.signal);
  assert.deepEqual(chart.saved, [{ asked: { levels: "one" } }]);
  chart.receive("link", { levels: "two" });
  await until(() => location.search.includes("two"), "the address follows");
  assert.equal(location.search, `?day=3&${NAME}.levels=two`);
  removed.abort();
  assert.equal(chart.listeners, 0);
});

test("JupyterLab's address is left alone", () => {
  openPage(`http://localhost/lab?${NAME}.levels=one`);
  const chart = model();
  followLink(chart.any, new AbortController().signal);
  assert.deepEqual(chart.saved, []);
  assert.equal(chart.listeners, 0);
});

test("reset is told to Python; a picture that isn't there is said, not lost", async () => {
  const chart = model();
  const host = document.createElement("div");
  const tools = chartTools({ model: chart.any, table: () => [["a"]] }, host);
  document.body.append(host, tools);
  const [reset, , png] = [...tools.querySelectorAll("button")];
  reset?.click();
  await until(() => chart.sent.length === 1, "reset is sent");
  assert.deepEqual(chart.sent, [{ type: "reset" }]);
  png?.click();
  await until(() => one(tools, "[role=status]").textContent?.includes("not drawn yet") === true, "it is said");
});
