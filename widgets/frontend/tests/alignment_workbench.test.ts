// The workbench as a reader handles it, in a page without a browser.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { Changes } from "../src/alignment/changes.ts";
import { segmentLimits, sum } from "../src/alignment/model.ts";
import { drawFilm, truePoints, truth } from "../src/alignment/measuring.ts";
import { LANDMARKS, type AlignmentTraits, type Landmark, type Point } from "../src/alignment/types.ts";
import { Workbench } from "../src/alignment/workbench.ts";
import { createAlignmentWorkbench } from "../src/alignment_workbench.ts";
import { alignmentTraits, CASES, NORMS } from "./fixtures/alignment.ts";
import { FICTIONAL_ORIGIN } from "./fixtures/timeline.ts";
import { MockModel } from "./mock_model.ts";
import { one, openPage, press, until } from "./page.ts";

const unpacked = gunzipSync(readFileSync("../../assets/meshes/lateral.bin"));
const lateral = unpacked.buffer.slice(
  unpacked.byteOffset,
  unpacked.byteOffset + unpacked.length,
) as ArrayBuffer;

beforeEach(() => openLesson());

function openLesson(search = ""): void {
  openPage(`http://localhost:8888/voila/render/03.ipynb${search}`);
  document.body.setAttribute("data-voila", "voila");
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

interface Shown {
  el: HTMLElement;
  model: MockModel<AlignmentTraits>;
  remove: () => void;
  text: (selector: string) => string;
  button: (label: string) => HTMLButtonElement;
  slide: (label: string, value: number) => Promise<void>;
}

async function show(more: Partial<AlignmentTraits> = {}): Promise<Shown> {
  const facts = [...new Set(JSON.stringify(NORMS).match(/(?<="fact":")[^"]+/g) ?? [])];
  const packed = gzipSync(JSON.stringify(Object.fromEntries(facts.map((fact) => [fact, FICTIONAL_ORIGIN]))));
  const origins_gz = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const model = new MockModel<AlignmentTraits>({ ...alignmentTraits(), origins_gz, ...more });
  const el = document.createElement("div");
  document.body.append(el);
  const remove = new Workbench(model.any).render({ model: model.any, el }, lateral);
  await until(() => el.dataset.mode !== undefined, "it is shown");
  const text = (selector: string): string => one(el, selector).textContent ?? "";
  const button = (label: string): HTMLButtonElement => {
    const found = [...el.querySelectorAll("button")].filter(
      (each) => each.textContent?.trim() === label && !each.closest("[hidden]"),
    );
    assert.equal(found.length, 1, `one button “${label}”`);
    return found[0] as HTMLButtonElement;
  };
  const slide = async (label: string, value: number): Promise<void> => {
    const found = [...el.querySelectorAll(".l3s1-slider")].filter(
      (each) => !each.closest("[hidden]") && each.querySelector("label")?.textContent === label,
    );
    assert.equal(found.length, 1, `one slider “${label}”`);
    const input = one<HTMLInputElement>(found[0] as Element, "input");
    input.value = String(value);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
    await settled();
  };
  return { el, model, remove, text, button, slide };
}

test("it opens with the pelvis as an equation, and a slider moves both sides of it", async () => {
  const shown = await show();
  assert.equal(shown.text(".l3s1-equation"), "PI 50.0°=PT 12.0°+SS 38.0°");
  await shown.slide("Pelvic incidence, PI", 60);
  assert.equal(shown.text(".l3s1-equation"), "PI 60.0°=PT 12.0°+SS 48.0°");
  await shown.slide("Pelvic tilt, PT", 20);
  assert.equal(shown.text(".l3s1-equation"), "PI 60.0°=PT 20.0°+SS 40.0°");
  assert.match(shown.text(".l3s1-strip"), /Standing: PI 60\.0° = PT 20\.0° \+ SS 40\.0°/);
  assert.deepEqual(shown.model.saved, [{ incidence: 60 }, { tilt: 20 }]);
  assert.equal(location.search, "?pi=60&pt=20");
  shown.remove();
});

test("lordosis is shared out in tenths, and its share moves without changing it", async () => {
  const shown = await show();
  await shown.slide("Lordosis L1–S1", 60);
  assert.ok(Math.abs(sum(shown.model.get("segments")) - 60) < 1e-9);
  await shown.slide("of it at L4–S1", 30);
  const segments = shown.model.get("segments");
  assert.ok(Math.abs(sum(segments) - 60) < 1e-9, `${segments.join()}`);
  assert.ok(Math.abs(sum(segments.slice(3)) - 30) < 1e-9);
  for (const angle of segments) assert.ok(Math.abs(angle * 10 - Math.round(angle * 10)) < 1e-6);
  shown.remove();
});

test("what can't be is brought to what can, with a word why", async () => {
  const shown = await show();
  await shown.slide("Pelvic incidence, PI", 40);
  await shown.slide("Pelvic tilt, PT", 45);
  assert.equal(shown.text(".l3s1-equation"), "PI 40.0°=PT 40.0°+SS 0.0°");
  assert.match(shown.text(".l3s1-why"), /PT stops at 40\.0°.*tip backward/);
  const grip = one(shown.el, '[data-handle="segment-3"]');
  press(grip, "End");
  await settled();
  press(grip, "ArrowUp");
  await settled();
  assert.match(shown.text(".l3s1-why"), /L4–L5 can give no more: its plates touch behind/);
  const [, high] = segmentLimits(CASES.body)[3] ?? [0, 0];
  const angle = shown.model.get("segments")[3] ?? 0;
  assert.ok(angle <= high && angle > high - 0.2);
  const changes = new Changes(CASES.body, NORMS);
  const values = alignmentTraits();
  const most = changes.lordosis(300, values);
  assert.match(most.why, /L1–S1 can give no more: its plates touch behind/);
  assert.deepEqual(most.change.segments, changes.limits.map(([, limit]) => limit));
  assert.match(changes.low(-90, values).why, /L4–S1 can give no more: its plates touch in front/);
  assert.match(changes.incidence(200, values).why, /PI stops at/);
  shown.remove();
});

test("every handle is a slider for the keys, and keeps PI = PT + SS", async () => {
  const shown = await show();
  const handles = [...shown.el.querySelectorAll(".l3s1-grip")];
  assert.equal(handles.length, 8);
  for (const handle of handles) {
    assert.equal(handle.getAttribute("role"), "slider");
    assert.ok(handle.getAttribute("aria-label"));
    const before = JSON.stringify(shown.model.get("segments")) + shown.text(".l3s1-equation");
    press(handle, "ArrowUp", { shiftKey: true });
    await settled();
    assert.notEqual(JSON.stringify(shown.model.get("segments")) + shown.text(".l3s1-equation"), before);
    const [pi, pt, ss] = (shown.text(".l3s1-equation").match(/[\d.]+(?=°)/g) ?? []).map(Number);
    assert.ok(Math.abs((pt ?? 0) + (ss ?? 0) - (pi ?? 0)) < 1e-9, shown.text(".l3s1-equation"));
  }
  shown.remove();
});

test("angles can be left out of the drawing, one by one", async () => {
  const shown = await show();
  const drawn = (): (string | undefined)[] =>
    [...shown.el.querySelectorAll(".l3s1-picture-frame > .l3s1-spine .l3s1-angles > g")].map(
      (each) => (each as unknown as HTMLElement).getAttribute("data-angle") ?? undefined,
    );
  assert.ok(drawn().includes("incidence"));
  shown.button("PI").click();
  await settled();
  assert.ok(!drawn().includes("incidence") && drawn().includes("tilt"));
  assert.deepEqual(shown.model.get("hidden"), ["incidence"]);
  shown.button("PI").click();
  await settled();
  assert.ok(drawn().includes("incidence"));
  shown.remove();
});

test("the band that holds the state is marked, and every row opens its origin", async () => {
  const shown = await show();
  const current = (scale: string): string =>
    one(shown.el, `[data-scale="${scale}"] [aria-current]`).textContent ?? "";
  const tilt = NORMS.scales.schwab_tilt;
  assert.equal(current("schwab_tilt"), tilt.bands[0]?.label);
  await shown.slide("Pelvic tilt, PT", 49);
  assert.equal(current("schwab_tilt"), tilt.bands.at(-1)?.label);
  assert.equal(shown.el.querySelectorAll('[data-scale="schwab_sva"] [aria-current]').length, 0);
  const openers = shown.el.querySelectorAll<HTMLElement>(".l3s1-judge .l3s1-origin-button");
  assert.ok(openers.length > 20);
  const sheet = one(shown.el, "[role=dialog]");
  for (const opener of openers) {
    opener.click();
    await until(() => sheet.querySelector("article") !== null, "the origin is unpacked");
  }
  shown.remove();
});

test("the GAP score says what it lacks, and is one number once C7 is given", async () => {
  const shown = await show();
  assert.match(shown.text(".l3s1-gap .l3s1-scale-head"), /\d+ to \d+/);
  shown.button("Global tilt").click();
  await settled();
  assert.equal(shown.model.get("global_tilt"), 0);
  assert.doesNotMatch(shown.text(".l3s1-gap .l3s1-scale-head"), /\d+ to \d+/);
  shown.remove();
});

test("lying shows the standing outline behind, and the studies that disagree", async () => {
  const shown = await show();
  shown.model.receive("posture", "supine");
  await settled();
  assert.match(one(shown.el, ".l3s1-ghost").getAttribute("d") ?? "", /^M/);
  const studies = [...shown.el.querySelectorAll(".l3s1-lying .l3s1-studies li")];
  assert.equal(studies.length, NORMS.supine_studies.length);
  assert.ok([...shown.el.querySelectorAll(".l3s1-grip")].every((each) => each.hasAttribute("hidden")));
  shown.remove();
});

test("a cage changes its disc alone; before and after stand side by side", async () => {
  const shown = await show({ mode: "plan", segments: [1, 6, 9, 6, 12] });
  shown.button("L4–L5 cage").click();
  await settled();
  const start = shown.model.get("cages")["L4-L5"];
  assert.ok(start !== undefined);
  await shown.slide("angle of the cage", 14);
  assert.deepEqual(shown.model.get("cages"), { "L4-L5": 14 });
  const cells = [...one(shown.el, '.l3s1-plan [data-row="lordosis"]').querySelectorAll("td")].map(
    (cell) => cell.textContent ?? "",
  );
  const after = 34 - 6 + 14 + (CASES.body.vertebrae[3]?.wedge_deg ?? 0);
  assert.deepEqual(cells, ["34.0°", `${after.toFixed(1)}°`, `+${(after - 34).toFixed(1)}°`]);
  const relations = shown.text(".l3s1-compensation");
  for (const { label } of NORMS.relations) assert.ok(relations.includes(label));
  assert.match(relations, /12\.0° → \d/);
  assert.match(one(shown.el, ".l3s1-cage").getAttribute("d") ?? "", /^M[^M]*Z$/);
  shown.button("L4–L5 cage").click();
  await settled();
  assert.deepEqual(shown.model.get("cages"), {});
  shown.remove();
});

/** Move the cross of the film to a point with the keys, half a millimetre a press, and place it. */
function place(film: Element, from: Point, to: Point): Point {
  const steps = [0, 1].map((axis) => Math.round(((to[axis] ?? 0) - (from[axis] ?? 0)) / 0.5));
  const [across = 0, up = 0] = steps;
  for (let step = 0; step < Math.abs(across); step += 1) press(film, across > 0 ? "ArrowRight" : "ArrowLeft");
  for (let step = 0; step < Math.abs(up); step += 1) press(film, up > 0 ? "ArrowUp" : "ArrowDown");
  press(film, "Enter");
  return [from[0] + across * 0.5, from[1] + up * 0.5];
}

test("a film is measured with the keys alone, and compared with the truth", async () => {
  const shown = await show({ mode: "measure", seed: 3 });
  await until(() => /Film 3/.test(shown.text(".l3s1-task")), "the film is exposed");
  const film = one(shown.el, ".l3s1-film");
  const person = drawFilm(CASES.body, CASES.norms, 3);
  const points = truePoints(person);
  assert.ok(shown.button("Compare").disabled);
  let at: Point = [0, 60];
  for (const id of LANDMARKS) {
    at = place(film, at, points[id]);
    await settled();
  }
  assert.match(shown.text(".l3s1-task"), /All points are placed/);
  const row = (angle: string): string[] =>
    [...one(shown.el, `.l3s1-measured [data-angle="${angle}"]`).querySelectorAll("td")].map(
      (cell) => cell.textContent ?? "",
    );
  assert.equal(row("lordosis")[1], "?");
  shown.button("Compare").click();
  await settled();
  const [, real, error = ""] = row("lordosis");
  assert.equal(real, `${(truth(person.spine).lordosis ?? 0).toFixed(1)}°`);
  // half a millimetre at each end of a plate is a degree or so
  assert.ok(Math.abs(Number(error.replace("−", "-").replace("°", ""))) < 2, error);
  assert.match(shown.text(".l3s1-verdict"), /Largest error: .*°/);
  assert.equal(shown.el.querySelectorAll(".l3s1-true line").length, 4);
  shown.button("New film").click();
  await settled();
  assert.deepEqual(shown.model.get("points"), {});
  assert.equal(shown.model.get("seed"), 4);
  assert.equal(row("lordosis")[1], "?");
  shown.remove();
});

test("a point that was placed can be chosen again and moved", async () => {
  const points = truePoints(drawFilm(CASES.body, CASES.norms, 3));
  const shown = await show({ mode: "measure", seed: 3, points });
  const landmark: Landmark = "S1.anterior";
  shown.button("S1 plate, anterior corner (promontory)placed").click();
  await settled();
  const film = one(shown.el, ".l3s1-film");
  press(film, "ArrowLeft", { shiftKey: true });
  press(film, "Enter");
  await settled();
  const moved = shown.model.get("points")[landmark];
  assert.ok(Math.abs((moved?.[0] ?? 0) - points[landmark][0] + 5) < 0.011);
  shown.remove();
});

test("the address opens a state, and leaves out what it does not know", async () => {
  openLesson("?mode=plan&pi=62&pt=70&cages=L5-S1:12&age=nine&film=0&hide=tilt,nose&lesson=kept");
  const shown = await show();
  assert.equal(shown.model.get("mode"), "plan");
  assert.equal(shown.model.get("incidence"), 62);
  assert.equal(shown.model.get("tilt"), 62, "a tilt past level is brought to level");
  assert.deepEqual(shown.model.get("cages"), { "L5-S1": 12 });
  assert.equal(shown.model.get("age"), 50);
  assert.deepEqual(shown.model.get("hidden"), []);
  shown.button("Reset").click();
  await settled();
  assert.equal(location.search, "?lesson=kept");
  assert.equal(shown.model.get("incidence"), 50);
  shown.remove();
});

test("a change from Python is shown, and nothing listens after removal", async () => {
  const shown = await show();
  shown.model.receive("incidence", 70);
  await settled();
  assert.equal(shown.text(".l3s1-equation"), "PI 70.0°=PT 12.0°+SS 58.0°");
  shown.remove();
  assert.equal(shown.model.listeners, 0);
});

test("the loader says why where the workbench can't be had", async () => {
  const packed = gzipSync("{}");
  const origins_gz = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const model = new MockModel<AlignmentTraits>({ ...alignmentTraits(), origins_gz });
  const el = document.createElement("div");
  document.body.append(el);
  const view = createAlignmentWorkbench({
    workbench: () => Promise.reject(new Error("no such file")),
    lateral: () => Promise.resolve(lateral),
  });
  view.render({ model: model.any, el });
  await until(() => /can’t be shown: no such file/.test(el.textContent ?? ""), "it says why");
});
