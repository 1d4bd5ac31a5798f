import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { gzipSync } from "node:zlib";
import type { PlotlyBundle } from "../src/plotly_bundle.ts";
import { createRecoveryTimeline } from "../src/recovery_timeline.ts";
import { Timeline } from "../src/timeline/timeline.ts";
import type { TimelineTraits } from "../src/timeline/types.ts";
import { CHANGED_ROW, FICTIONAL_ORIGINS, SPREAD_ROW, timelineContent, timelineTraits } from "./fixtures/timeline.ts";
import { MockModel } from "./mock_model.ts";
import { one, openPage, press, until } from "./page.ts";

type Model = MockModel<TimelineTraits>;
const never = (): Promise<PlotlyBundle> => new Promise(() => undefined);
const failing = async (): Promise<PlotlyBundle> => {
  throw new Error("plotly.js is on strike");
};

function newModel(more: Partial<TimelineTraits> = {}): Model {
  const traits = { content_gz: packed(timelineContent()), origins_gz: packed(FICTIONAL_ORIGINS) };
  return new MockModel<TimelineTraits>({ ...timelineTraits(), ...traits, ...more });
}

function packed(value: object): DataView {
  const bytes = gzipSync(JSON.stringify(value));
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const create = (plotly = never) => createRecoveryTimeline({ plotly, timeline: async () => Timeline });

interface Shown {
  el: HTMLElement;
  remove: () => void;
  slider: HTMLElement;
  now: (question: string) => string[];
}

async function show(model: Model, load = never, widget = create(load)): Promise<Shown> {
  const el = document.createElement("div");
  document.body.append(el);
  widget.initialize({ model: model.any });
  const remove = widget.render({ model: model.any, el });
  await until(() => el.querySelector("[role=slider]") !== null, "the timeline is opened");
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

/** Take an option of a choice, for the patient or for the second one. */
function choose(shown: Shown, choice: string, option: string, place = 0): void {
  const select = shown.el.querySelectorAll<HTMLSelectElement>(`select[data-choice=${choice}]`)[place];
  assert.ok(select, `there is a select for ${choice}`);
  select.value = option;
  select.dispatchEvent(new Event("change", { bubbles: true }));
}

const button = (shown: Shown, label: string): HTMLButtonElement =>
  [...shown.el.querySelectorAll("button")].find(
    (each) => each.textContent === label || each.getAttribute("aria-label") === label,
  ) as HTMLButtonElement;
const changes = (shown: Shown): string => one(shown.el, ".l3s1-changes").textContent ?? "";

test("a choice moves the rows that it changes", async () => {
  const model = newModel({ day: 10 });
  const shown = await show(model);
  assert.ok(!shown.now("patient").includes("fictional-driving"));
  choose(shown, "method", "quick");
  await until(() => shown.now("patient").includes("fictional-driving"), "the row holds now");
  assert.deepEqual(model.saved.at(-1), { patient: { method: "quick" } });
  choose(shown, "method", "any");
  await until(() => !shown.now("patient").includes("fictional-driving"), "the row is back");
  assert.deepEqual(model.saved.at(-1), { patient: {} });
  shown.remove();
});

test("what a choice changes is said, and for all other lanes that no evidence was found", async () => {
  const shown = await show(newModel({ day: 200 }));
  assert.match(changes(shown), /Nothing is stated/);
  choose(shown, "mood", "gloomy");
  await until(() => /Mood: Gloomy/.test(changes(shown)), "the summary follows");
  assert.match(changes(shown), /Bone healing.*Pretended union.*▼ less often.*united less often/);
  assert.match(
    one(shown.el, ".l3s1-silent").textContent ?? "",
    /No evidence found for: Hospital and wound · Mobility · Activities and work · Imaging and clinic$/,
  );
  assert.match(changes(shown), /never combined.*no forecast for one person/);
  assert.match(one(shown.el, `.l3s1-now [data-row=${CHANGED_ROW}]`).textContent ?? "", /less often.*Mood, Gloomy/);
  shown.remove();
});

test("a choice nobody looked at is silent about every lane, in the content's words", async () => {
  const shown = await show(newModel({ patient: { shoes: "red" } }));
  assert.equal(one(shown.el, ".l3s1-silent").textContent?.split("·").length, 6);
  assert.match(changes(shown), /Nobody ever looked at shoes/);
  shown.remove();
});

test("the sheet of a row has the sentence of the choice, its origin, and who else is known to matter", async () => {
  const shown = await show(newModel({ patient: { mood: "gloomy" }, selected: CHANGED_ROW }));
  const sheet = one(shown.el, "[role=dialog]");
  assert.match(sheet.textContent ?? "", /Mood, Gloomy: The gloomy united less often/);
  assert.match(sheet.textContent ?? "", /Choices with evidence for this row: mood, method;/);
  await until(() => sheet.querySelectorAll("article").length === 2, "the origins of choice and row are there");
  shown.remove();
});

test("a spread of single answers is told as such", async () => {
  const shown = await show(newModel({ selected: SPREAD_ROW }));
  const sheet = one(shown.el, "[role=dialog]");
  assert.match(sheet.textContent ?? "", /no rule.*an invented clinic: 2 weeks to 6 weeks.*a made-up survey: 6 weeks, 31 %/);
  shown.remove();
});

test("a second patient begins as the first; where they differ, answers say for whom", async () => {
  const model = newModel({ day: 10, patient: { mood: "gloomy" } });
  const shown = await show(model);
  button(shown, "Compare with a second patient").click();
  assert.deepEqual(model.saved.at(-1), { other: { mood: "gloomy" } });
  choose(shown, "method", "quick", 1);
  await until(() => shown.now("patient").includes("fictional-driving"), "B drives");
  const item = one(shown.el, ".l3s1-now [data-row=fictional-driving]").textContent ?? "";
  assert.match(item, /Anot yet: from day 14.*Bfrom day 7/);
  assert.deepEqual([model.get("patient"), model.get("other")], [{ mood: "gloomy" }, { mood: "gloomy", method: "quick" }]);
  const labels = [...shown.el.querySelectorAll("[data-choice=method]")].map((select) =>
    (select.getAttribute("aria-labelledby") ?? "")
      .split(" ")
      .map((id) => document.getElementById(id)?.textContent)
      .join(" "),
  );
  assert.deepEqual(labels.slice(0, 2), ["Method A", "Method B"]);
  await until(() => button(shown, "Remove patient B") !== undefined, "the button follows");
  button(shown, "Remove patient B").click();
  assert.equal(model.get("other"), null);
  shown.remove();
});

test("play runs the cursor to the end, and the kernel hears of it once", async () => {
  const model = newModel({ day: 10 });
  let now = 0;
  const clock = performance.now;
  performance.now = () => (now += 400);
  const shown = await show(model);
  const saved = model.saved.length;
  button(shown, "Play to two years").click();
  assert.equal(model.get("day"), 0, "an untouched timeline plays from the operation");
  await until(() => model.get("day") === 730.5, "the end is reached");
  performance.now = clock;
  assert.deepEqual(model.saved.slice(saved), [{ day: 730.5 }]);
  assert.ok(button(shown, "Play to two years"), "it can be played again");
  shown.remove();
});

test("play stops under a hand on the cursor, and goes on from there", async () => {
  const model = newModel({ day: 10 });
  const shown = await show(model);
  press(shown.slider, "ArrowRight");
  button(shown, "Play to two years").click();
  assert.ok(model.get("day") >= 11, "it goes on from where the cursor was put");
  assert.ok(button(shown, "Pause"));
  press(shown.slider, "Home");
  assert.ok(button(shown, "Play to two years"));
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.equal(model.get("day"), 0);
  shown.remove();
});

test("play stops on a hidden page and when Python moves the cursor", async () => {
  const model = newModel({ day: 10 });
  const shown = await show(model);
  button(shown, "Play to two years").click();
  model.receive("day", 300);
  assert.ok(button(shown, "Play to two years"));
  button(shown, "Play to two years").click();
  Object.defineProperty(document, "hidden", { value: true, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
  assert.ok(button(shown, "Play to two years"));
  shown.remove();
});

test("with less motion, play steps from turning day to turning day", async () => {
  const match = globalThis.matchMedia;
  Object.assign(globalThis, { matchMedia: (query: string) => ({ ...match(query), matches: /reduced-motion/.test(query), addEventListener() {} }) });
  const model = newModel({ day: 10 });
  const shown = await show(model);
  const days: number[] = [];
  model.on("change:day", () => days.push(model.get("day")));
  button(shown, "Play to two years").click();
  await until(() => days.length > 1, "the first step is made");
  assert.deepEqual(days.slice(0, 2), [0, 2]);
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
  history.replaceState(null, "", "?token=kept&day=42&method=slow&compare=1&with.mood=gloomy&axis_kind=linear&selected=fictional-stay");
  const model = newModel();
  const shown = await show(model);
  assert.deepEqual(
    [model.get("day"), model.get("patient"), model.get("other"), model.get("axis_kind"), model.get("selected")],
    [42, { method: "slow" }, { mood: "gloomy" }, "linear", "fictional-stay"],
  );
  press(shown.slider, "Home");
  await until(() => location.search.includes("day=0"), "the link follows");
  const query = new URLSearchParams(location.search);
  assert.equal(query.get("token"), "kept");
  assert.equal(query.get("method"), "slow");
  shown.remove();
});

test("a hostile link opens the start state", async () => {
  history.replaceState(null, "", "?day=%3Cscript%3E&method=__proto__&axis_kind=&selected=%22%3E%3Cimg%3E");
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
  choose(shown, "mood", "gloomy");
  await until(() => location.search.includes("mood="), "the link follows");
  const reset = [...shown.el.querySelectorAll("button")].find((one) => one.textContent === "Reset");
  reset?.click();
  assert.deepEqual([model.get("day"), model.get("patient")], [10, {}]);
  assert.equal(location.search, "?token=kept");
  shown.remove();
});

test("two views of one model stay in step, and the link has one writer", async () => {
  const model = newModel();
  const widget = create();
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
  assert.equal(table.querySelectorAll("tbody th[scope=row]").length, timelineContent().rows.length);
  assert.match(table.textContent ?? "", /Pretended unionfrom day 180 to day 730.5cohorts and registries/);
  shown.remove();
});

test("where its code can't be loaded the page says so", async () => {
  const el = document.createElement("div");
  document.body.append(el);
  const strike = async (): Promise<never> => {
    throw new Error("the timeline is on strike");
  };
  const widget = createRecoveryTimeline({ plotly: never, timeline: strike });
  widget.render({ model: newModel().any, el });
  await until(() => /can’t be shown: the timeline is on strike/.test(el.textContent ?? ""), "it is said");
});
