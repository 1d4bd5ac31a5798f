import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { gzipSync } from "node:zlib";
import type { PlotlyBundle } from "../src/plotly_bundle.ts";
import { createRecoveryTimeline } from "../src/recovery_timeline.ts";
import type { TimelineTraits } from "../src/timeline/types.ts";
import { FICTIONAL_ORIGINS, timelineTraits } from "./fixtures/timeline.ts";
import { MockModel } from "./mock_model.ts";
import { one, openPage, press, until } from "./page.ts";

type Model = MockModel<TimelineTraits>;
const never = (): Promise<PlotlyBundle> => new Promise(() => undefined);
const failing = async (): Promise<PlotlyBundle> => {
  throw new Error("plotly.js is on strike");
};

function newModel(more: Partial<TimelineTraits> = {}): Model {
  const packed = gzipSync(JSON.stringify(FICTIONAL_ORIGINS));
  const origins_gz = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  return new MockModel<TimelineTraits>({ ...timelineTraits(), origins_gz, ...more });
}

interface Shown {
  el: HTMLElement;
  remove: () => void;
  slider: HTMLElement;
  now: (question: string) => string[];
}

async function show(model: Model, load = never, widget = createRecoveryTimeline(load)): Promise<Shown> {
  const el = document.createElement("div");
  document.body.append(el);
  widget.initialize({ model: model.any });
  const remove = widget.render({ model: model.any, el });
  const slider = one(el, "[role=slider]");
  await until(() => slider.hasAttribute("aria-valuetext"), "the cursor is placed");
  const now = (question: string): string[] =>
    [...el.querySelectorAll(`[data-question=${question}] .l3s1-now [data-row]`)].map(
      (item) => item.getAttribute("data-row") ?? "",
    );
  return { el, remove, slider, now };
}

const said = ({ slider }: Shown): string => slider.getAttribute("aria-valuetext") ?? "";

beforeEach(() => {
  openPage("http://localhost:8888/voila/render/09.ipynb?token=kept");
  document.body.dataset.voila = "voila";
});

test("it answers for its day while plotly.js is still loading", async () => {
  const shown = await show(newModel());
  assert.equal(said(shown), "day 10");
  assert.deepEqual(shown.now("bone"), ["fictional-callus"]);
  assert.deepEqual(shown.now("alarm"), ["fictional-infection"]);
  assert.match(shown.el.textContent ?? "", /Drawing the timeline/);
  shown.remove();
});

test("arrow keys move the day at once and tell the kernel once", async () => {
  const model = newModel({ day: 41 });
  const shown = await show(model);
  const saved = model.saved.length;
  for (const key of ["ArrowRight", "ArrowRight", "ArrowUp", "ArrowLeft"]) press(shown.slider, key);
  await until(() => said(shown) === "day 43 (6.1 weeks)", "the words follow");
  assert.equal(model.get("day"), 43);
  assert.equal(model.saved.length, saved, "nothing is sent while keys are pressed");
  await until(() => model.saved.length > saved, "the kernel hears of it");
  assert.deepEqual(model.saved.slice(saved), [{ day: 43 }]);
  shown.remove();
});

test("Shift, page keys, Home and End go further", async () => {
  const model = newModel({ day: 10 });
  const shown = await show(model);
  const day = (key: string, more = {}): number => {
    press(shown.slider, key, more);
    return model.get("day");
  };
  assert.equal(day("ArrowRight", { shiftKey: true }), 17);
  assert.equal(day("PageUp"), 30);
  assert.equal(day("PageDown"), 14);
  assert.equal(day("Home"), 0);
  assert.equal(day("End"), 730.5);
  assert.equal(day("ArrowRight"), 730.5);
  assert.equal(day("a"), 730.5);
  assert.equal(shown.slider.getAttribute("aria-valuemax"), "730.5");
  shown.remove();
});

test("a time may be typed; nonsense is explained and changes nothing", async () => {
  const model = newModel();
  const shown = await show(model);
  const input = one<HTMLInputElement>(shown.el, ".l3s1-time-input");
  input.value = "6 wk";
  press(input, "Enter");
  assert.equal(model.get("day"), 42);
  assert.deepEqual(model.saved.at(-1), { day: 42 });
  input.value = "soon <b>";
  press(input, "Enter");
  assert.equal(model.get("day"), 42);
  assert.equal(input.getAttribute("aria-invalid"), "true");
  const hint = document.getElementById(input.getAttribute("aria-describedby") ?? "");
  assert.match(hint?.textContent ?? "", /soon <b>.*write for instance/);
  press(input, "Escape");
  assert.equal(input.value, "day 42");
  assert.equal(input.hasAttribute("aria-invalid"), false);
  shown.remove();
});

test("the approach moves the rows that it changes", async () => {
  const model = newModel({ day: 10 });
  const shown = await show(model);
  assert.ok(!shown.now("patient").includes("fictional-driving"));
  const radio = one<HTMLInputElement>(shown.el, "input[value=minimally_invasive]");
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
  await until(() => shown.now("patient").includes("fictional-driving"), "the row holds now");
  assert.deepEqual(model.saved.at(-1), { approach: "minimally_invasive" });
  shown.remove();
});

test("'no evidence' is a state of its own on every day", async () => {
  const shown = await show(newModel({ day: 0 }));
  assert.match(one(shown.el, "[data-question=patient] .l3s1-unknown").textContent ?? "", /No evidence.*Made-up flying/);
  shown.remove();
});

test("an answer opens its origin; Escape closes it and gives the focus back", async () => {
  const model = newModel();
  const shown = await show(model);
  const button = one<HTMLButtonElement>(shown.el, "[data-question=bone] .l3s1-now .l3s1-row-button");
  button.focus();
  button.click();
  const sheet = one(shown.el, "[role=dialog]");
  assert.equal(sheet.hidden, false);
  assert.equal(model.get("selected"), "fictional-callus");
  assert.equal(document.activeElement, one(sheet, "h3"));
  await until(() => sheet.textContent?.includes("ever happened") ?? false, "the origin is unpacked");
  const link = one<HTMLAnchorElement>(sheet, "a");
  assert.deepEqual([link.target, link.rel], ["_blank", "noopener noreferrer"]);
  press(one(sheet, "h3"), "Escape");
  assert.equal(sheet.hidden, true);
  assert.equal(model.get("selected"), "");
  assert.equal(document.activeElement, button);
  shown.remove();
});

test("what Python selects is opened, without taking the focus", async () => {
  const model = newModel();
  const shown = await show(model);
  model.receive("selected", "fictional-union");
  const sheet = one(shown.el, "[role=dialog]");
  assert.equal(sheet.hidden, false);
  assert.match(sheet.textContent ?? "", /Pretended union/);
  assert.ok(!sheet.contains(document.activeElement));
  model.receive("selected", "");
  assert.equal(sheet.hidden, true);
  shown.remove();
});

test("the state is read from the link and written to it", async () => {
  history.replaceState(null, "", "?token=kept&day=42&approach=open&axis=linear&show=fictional-stay");
  const model = newModel();
  const shown = await show(model);
  assert.deepEqual(
    [model.get("day"), model.get("approach"), model.get("axis_kind"), model.get("selected")],
    [42, "open", "linear", "fictional-stay"],
  );
  press(shown.slider, "Home");
  await until(() => location.search.includes("day=0"), "the link follows");
  const query = new URLSearchParams(location.search);
  assert.equal(query.get("token"), "kept");
  assert.equal(query.get("approach"), "open");
  shown.remove();
});

test("a hostile link opens the start state", async () => {
  history.replaceState(null, "", "?day=%3Cscript%3E&approach=__proto__&axis=&show=%22%3E%3Cimg%3E");
  const model = newModel({ day: 10 });
  const shown = await show(model);
  assert.equal(said(shown), "day 10");
  assert.deepEqual(model.saved, []);
  assert.equal(shown.el.querySelector("img, script"), null);
  shown.remove();
});

test("JupyterLab's address is left alone", async () => {
  delete document.body.dataset.voila;
  history.replaceState(null, "", "/lab/tree/09.ipynb?day=42");
  const model = newModel({ day: 10 });
  const shown = await show(model);
  press(shown.slider, "End");
  await until(() => model.saved.length > 0, "the day is settled");
  assert.equal(location.search, "?day=42");
  shown.remove();
});

test("reset goes back to the start and clears the link", async () => {
  const model = newModel({ day: 10 });
  const shown = await show(model);
  press(shown.slider, "End");
  await until(() => location.search.includes("day="), "the link follows");
  const reset = [...shown.el.querySelectorAll("button")].find((one) => one.textContent === "Reset");
  reset?.click();
  assert.equal(model.get("day"), 10);
  assert.equal(location.search, "?token=kept");
  shown.remove();
});

test("two views of one model stay in step, and the link has one writer", async () => {
  const model = newModel();
  const widget = createRecoveryTimeline(never);
  const first = await show(model, never, widget);
  const second = await show(model, never, widget);
  press(second.slider, "End");
  await until(() => said(first) === said(second), "both say the same day");
  model.receive("selected", "fictional-stay");
  const open = [first, second].map(({ el }) => !one(el, "[role=dialog]").hidden);
  assert.deepEqual(open, [true, false]);
  first.remove();
  press(second.slider, "Home");
  await until(() => said(second) === "the operation", "the other view goes on");
  second.remove();
});

test("a removed view leaves nothing behind", async () => {
  const model = newModel();
  const shown = await show(model);
  shown.remove();
  assert.equal(model.listeners, 0);
  const { saved } = model;
  press(shown.slider, "ArrowRight");
  assert.equal(model.get("day"), 10);
  assert.equal(model.saved, saved);
});

test("without plotly.js the answers and the table still work", async () => {
  const model = newModel();
  const shown = await show(model, failing);
  await until(() => /cannot be drawn/.test(shown.el.textContent ?? ""), "the page says so");
  assert.match(shown.el.textContent ?? "", /plotly.js is on strike/);
  assert.equal(one<HTMLDetailsElement>(shown.el, ".l3s1-table").open, true);
  press(shown.slider, "End");
  await until(() => shown.now("bone").includes("fictional-union"), "the answers follow the cursor");
  shown.remove();
});

test("the table tells every row with range and evidence", async () => {
  const shown = await show(newModel());
  const table = one(shown.el, "table");
  assert.equal(table.querySelectorAll("tbody th[scope=row]").length, timelineTraits().rows.length);
  assert.match(table.textContent ?? "", /Pretended unionfrom day 180 to day 730.5cohorts and registries/);
  shown.remove();
});
