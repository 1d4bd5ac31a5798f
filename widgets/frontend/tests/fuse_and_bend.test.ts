// The bending spine without a browser: what Python computes, says and draws, in every shared state.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { gzipSync } from "node:zlib";
import cases from "../../../tests/fixtures/fuse_and_bend.json";
import { createFuseAndBend } from "../src/fuse_and_bend.ts";
import { drawFigure } from "../src/motion/drawing.ts";
import { readState, writeState } from "../src/motion/link.ts";
import { solve, type Bent } from "../src/motion/spine.ts";
import type { MotionTraits, SpineData, StateValues } from "../src/motion/types.ts";
import { FuseAndBendView } from "../src/motion/view.ts";
import { rowsOf, sayBent } from "../src/motion/words.ts";
import { MockModel } from "./mock_model.ts";
import { one, openPage, until } from "./page.ts";

interface Case {
  state: StateValues;
  before: Bent;
  now: Bent;
  why: string;
  said: string;
  rows: object[];
  link: Record<string, string>;
  figure?: object;
}

const { spine, states } = cases as unknown as { spine: SpineData; states: Case[] };
const ANGLE_DEG = 1e-6;
const DRAWN_MM = 0.06; // Python rounds every joint on the way up to two decimals

beforeEach(() => void openPage());

function close(found: unknown, wanted: unknown, tolerance: number, path = ""): void {
  if (typeof wanted === "number" && typeof found === "number") {
    assert.ok(Math.abs(found - wanted) <= tolerance, `${path}: ${found}, not ${wanted}`);
  } else if (wanted !== null && typeof wanted === "object" && found !== null && typeof found === "object") {
    assert.deepEqual(Object.keys(found).sort(), Object.keys(wanted).sort(), path);
    for (const [key, each] of Object.entries(wanted)) close(Reflect.get(found, key), each, tolerance, `${path}.${key}`);
  } else assert.deepEqual(found, wanted, path);
}

test("every shared state is solved as Python solves it", () => {
  assert.ok(states.length > 50);
  for (const { state, before, now, why } of states) {
    const solved = solve(spine, state);
    for (const [found, wanted] of [[solved.before, before], [solved.now, now]] as const) {
      close(found.angles_deg, wanted.angles_deg, ANGLE_DEG, JSON.stringify(state));
      close(found.moment_nm, wanted.moment_nm, ANGLE_DEG, JSON.stringify(state));
    }
    assert.equal(solved.why, why);
  }
});

test("every shared state is said, tabled and linked in Python's words", () => {
  for (const { state, said, rows, link } of states) {
    const solved = solve(spine, state);
    assert.equal(sayBent(spine, state, solved), said);
    assert.deepEqual(rowsOf(spine, state, solved), rows);
    assert.deepEqual(writeState(state, spine.start), link);
    assert.deepEqual({ ...spine.start, ...readState(link, spine) }, state);
  }
});

test("the shared states are of every kind", () => {
  const has = (holds: (each: Case) => boolean): void => assert.ok(states.some(holds));
  has(({ state }) => state.bend === 0);
  has(({ state, why }) => state.bend < 0 && why !== "");
  has(({ state, why }) => state.bend > 0 && why !== "");
  has(({ said }) => said.includes("extrapolated"));
  for (const { id } of spine.constructs) has(({ state }) => state.construct === id && state.fused_l5_s1);
});

test("the chart is drawn as Python draws it", () => {
  const drawn = states.filter(({ figure }) => figure);
  assert.ok(drawn.length >= 5);
  for (const { state, figure } of drawn) {
    close(JSON.parse(JSON.stringify(drawFigure(spine, state, solve(spine, state)))), figure, DRAWN_MM);
  }
});

test("a link that asks for what can't be is not followed", () => {
  const wrong = { bend: "40", construct: "glue", protocol: "", fused_l4_l5: "yes", selected: "nothing", more: "1" };
  assert.deepEqual(readState(wrong, spine), {});
  for (const bend of ["", " ", "NaN", "Infinity", "-26", "ten"]) assert.deepEqual(readState({ bend }, spine), {});
  assert.deepEqual(readState({ bend: "-12", fused_l4_l5: "on" }, spine), { bend: -12, fused_l4_l5: true });
});

function open(search = "", refuses = false) {
  openPage(`http://localhost:8888/course/${search}`);
  document.body.setAttribute("data-voila", "");
  const packed = (value: unknown): DataView => {
    const { buffer, byteOffset, byteLength } = gzipSync(JSON.stringify(value));
    return new DataView(buffer, byteOffset, byteLength);
  };
  const model = new MockModel<MotionTraits & { _motion_file: string; _plotly_file: string }>({
    ...spine.start,
    spine_gz: packed(spine),
    origins_gz: packed({}),
    _motion_file: "motion.js",
    _plotly_file: "plotly.js",
  });
  const drawn: object[][] = [];
  const draw = (element: HTMLElement, data: object[]): Promise<void> => {
    Object.assign(element, { on: () => undefined });
    drawn.push(data);
    return Promise.resolve();
  };
  const refuse = (): Promise<void> => Promise.reject(new Error("no canvas"));
  const Plotly = { newPlot: refuses ? refuse : draw, react: draw, purge: () => undefined, Plots: { resize: () => Promise.resolve() } };
  const view = createFuseAndBend({
    view: () => Promise.resolve(FuseAndBendView),
    plotly: () => Promise.resolve({ Plotly, createDelegate: () => ({ initialize() {}, render() {} }) }),
  });
  const el = document.createElement("div");
  document.body.append(el);
  const remove = view.render({ model: model.any, el });
  const said = (): string => el.querySelector(".l3s1-readings-said")?.textContent ?? "";
  return { model, el, drawn, said, remove };
}

test("a level is fused in the page, and the kernel hears of it", async () => {
  const { model, el, drawn, said, remove } = open();
  await until(() => drawn.length > 0, "the chart was drawn");
  assert.equal(el.hasAttribute("data-l3s1-drawing"), false);
  assert.match(said(), /^Nothing fused: 25\.0°/);
  const before = drawn.length;
  [...el.querySelectorAll<HTMLInputElement>("input[type=checkbox]")].at(-1)?.click();
  await until(() => said().startsWith("L5–S1 fused"), "the words followed");
  assert.ok(drawn.length > before);
  assert.deepEqual(model.saved.at(-1), { fused_l5_s1: true });
  const slider = one<HTMLInputElement>(el, "input[type=range]");
  slider.value = "-20";
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  await until(() => said().includes("of this extension"), "the spine bent back");
  assert.equal(slider.getAttribute("aria-valuetext"), "20° of extension");
  [...el.querySelectorAll("button")].find(({ textContent }) => textContent === "Reset")?.click();
  await until(() => said().startsWith("Nothing fused"), "all was as at the start");
  remove();
  assert.equal(model.listeners, 0);
});

test("a chart that can't be drawn says so, and its words go on", async () => {
  const { el, said, remove } = open("", true);
  await until(() => /cannot be drawn: no canvas/.test(el.textContent ?? ""), "the note said why");
  assert.equal(el.hasAttribute("data-l3s1-drawing"), false);
  [...el.querySelectorAll<HTMLInputElement>("input[type=checkbox]")].at(-1)?.click();
  await until(() => said().startsWith("L5–S1 fused"), "the words followed");
  remove();
});

test("a link opens its state, and a row its origin", async () => {
  const { model, el, said, remove } = open("?fuse-and-bend.bend=-12&fuse-and-bend.fused_l4_l5=on");
  await until(() => said().startsWith("L4–L5 fused"), "the link was followed");
  assert.equal(model.get("bend"), -12);
  el.querySelector<HTMLButtonElement>(".l3s1-readings-open")?.click();
  assert.equal(model.get("selected"), spine.segments[0]?.fact);
  const sheet = one(el, ".l3s1-sheet");
  assert.equal(sheet.hidden, false);
  model.receive("selected", "");
  assert.equal(sheet.hidden, true);
  remove();
});
