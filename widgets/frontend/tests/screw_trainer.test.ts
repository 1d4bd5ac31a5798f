// The screw trainer without a browser: link, handles, the screw in 3D, and what the view does.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { gzipSync } from "node:zlib";
import { dragged, keyed, offPaper, onPaper, placedScrew, shiftOf, snapped } from "../src/screws/geometry.ts";
import { linkOf, planKey, readScrewLink } from "../src/screws/link.ts";
import { kindOf, shortName } from "../src/screws/picture.ts";
import { PLAN_KEYS, type Choices, type Plan, type ScrewTraits, type Shown, type StateValues } from "../src/screws/types.ts";
import { Stage } from "../src/screws/stage.ts";
import type { CreateScene } from "../src/scene/types.ts";
import { ScrewTrainerView } from "../src/screws/view.ts";
import { MockModel } from "./mock_model.ts";
import { one, openPage } from "./page.ts";

beforeEach(() => void openPage());

const planOf = (...numbers: number[]): Plan =>
  Object.fromEntries(PLAN_KEYS.map((key, place) => [key, numbers[place]])) as unknown as Plan;

const TAUGHT = planOf(0, 0, 20, 0, 6.5, 45);
const TEST_START = planOf(0, 0, 0, 0, 5, 30);
const LIMITS = [[-10, 10, 0.5], [-10, 10, 0.5], [-10, 50, 1], [-30, 30, 1], [4, 10, 0.5], [25, 65, 5]] as const;

const START: StateValues = {
  mode: "free",
  level: "L4",
  side: "left",
  person: "course",
  person_seed: 1,
  plan: TAUGHT,
  seed: 1,
  task: 0,
  results: [],
};

const CHOICES: Choices = {
  levels: ["L3", "L4", "L5", "S1"],
  sides: ["left", "right"],
  people: [
    { id: "course", label: "The course", facts: [] },
    { id: "drawn", label: "Drawn", facts: ["f"] },
  ],
  plan: PLAN_KEYS.map((id, place) => {
    const [low, high, step] = LIMITS[place] as readonly [number, number, number];
    return { id, label: id, low, high, step, unit: id.endsWith("_deg") ? "°" : "mm" };
  }),
  starts: { L3: planOf(0, 0, 15, 0, 6.5, 45), L4: TAUGHT, L5: planOf(0, 0, 25, 0, 6.5, 45), S1: planOf(0, 0, 25, 0, 6.5, 40) },
  start: START,
  test_start: TEST_START,
  tasks: 5,
  most_seed: 9_999_999,
  hidden: "hidden until placed",
  parts: ["screw.shaft", "screw.head"],
  facts: ["f"],
  entry_facts: { L3: ["f"], L4: ["f"], L5: ["f"], S1: ["f"] },
};

const SHOWN: Shown = {
  plan: TAUGHT,
  level: "L4",
  side: "left",
  bone: "L4|1",
  hidden: false,
  heading: "L4, left.",
  score: "",
  said: ["Grade B: out of the pedicle by 0.5 mm."],
  grade: "B",
  alarm: "",
  rows: [
    { label: "Diameter", yours: "6.5 mm", published: "6.5 mm", fact: "f", evidence: "opinion", evidence_label: "opinion", marks: ["unsourced"] },
  ],
  advice: "",
  error: "",
  drawing: {
    axial: {
      bone: [[[-10, 0], [10, 0], [0, 40]]],
      screw: [[-3, 0], [-3, 45], [3, 45], [3, 0]],
      beside: { dural_sac: [[[-20, 5], [-12, 5], [-16, 9]]] },
    },
    sagittal: { bone: [[[0, -5], [40, -5], [40, 8]]], screw: [[0, 3], [45, 3], [45, -3], [0, -3]], beside: {} },
    posterior: {
      bone: [[[-40, 0], [40, 0], [0, 20]]],
      pedicle: [[20, 0], [26, 0], [23, 5]],
      reference: [23, 2],
      entry: [23, 2],
      tip: [8, 2],
      screw: [[20, 0], [26, 0], [8, 3]],
    },
  },
  screw: { entry: [23, 42, 3], tip: [8, 0, 3], diameter: 6.5 },
};

function view(values: Partial<StateValues> = {}, shown: Partial<Shown> = {}) {
  const packed = gzipSync(JSON.stringify({}));
  const model = new MockModel<ScrewTraits>({
    ...START,
    ...values,
    _screws_file: "s.js",
    _engine_file: "e.js",
    choices: CHOICES,
    origins_gz: new DataView(packed.buffer, packed.byteOffset, packed.byteLength),
    link_state: true,
    link_base: "",
    shown: { ...SHOWN, ...shown },
  });
  const el = document.createElement("div");
  document.body.append(el);
  new ScrewTrainerView(el, model.any, new AbortController().signal);
  return { model, el };
}

test("a link holds what differs, and reads back", () => {
  assert.deepEqual(linkOf(START, START), {});
  const state: StateValues = { ...START, mode: "test", seed: 7, task: 1, plan: TEST_START, results: [[1, -2.5, 12, 0, 6.5, 45]] };
  const link = linkOf(state, START);
  assert.deepEqual(link, { mode: "test", seed: "7", task: "1", plan: "0,0,0,0,5,30", results: "1,-2.5,12,0,6.5,45" });
  assert.deepEqual({ ...START, ...readScrewLink(link, CHOICES) }, state);
});

test("a link that asks for what can't be is left out", () => {
  assert.deepEqual(readScrewLink({ level: "L9", side: "up", seed: "-1", plan: "0,0,99,0,6.5,45" }, CHOICES), {});
  assert.deepEqual(readScrewLink({ task: "4", results: "1,2" }, CHOICES), { task: 0 });
  assert.deepEqual(readScrewLink({ level: "S1" }, CHOICES), { level: "S1", plan: CHOICES.starts.S1 });
  assert.deepEqual(readScrewLink({ mode: "test" }, CHOICES).plan, TEST_START);
});

test("the patient's left is left from behind and right on a section from below", () => {
  assert.deepEqual(onPaper("posterior", [20, 5]), [-20, -5]);
  assert.deepEqual(onPaper("axial", [20, 5]), [20, -5]);
  for (const picture of ["posterior", "axial", "sagittal"] as const) {
    const shift = shiftOf(picture, [23, 42, 3]);
    assert.deepEqual(offPaper(picture, onPaper(picture, [4, -7], shift), shift), [4, -7]);
  }
});

test("an arrow moves a handle the way it points, on both sides", () => {
  const steps = { medial_mm: 0.5, superior_mm: 0.5, convergence_deg: 1, sagittal_deg: 1, diameter_mm: 0.5, length_mm: 5 };
  const press = (picture: "posterior" | "axial" | "sagittal", key: string, side: "left" | "right") =>
    keyed(picture, key, TAUGHT, side, steps);
  assert.deepEqual(press("posterior", "ArrowRight", "left"), { medial_mm: 0.5 });
  assert.deepEqual(press("posterior", "ArrowRight", "right"), { medial_mm: -0.5 });
  assert.deepEqual(press("posterior", "ArrowUp", "right"), { superior_mm: 0.5 });
  assert.deepEqual(press("axial", "ArrowLeft", "left"), { convergence_deg: 21 });
  assert.deepEqual(press("axial", "ArrowLeft", "right"), { convergence_deg: 19 });
  assert.deepEqual(press("sagittal", "ArrowUp", "left"), { sagittal_deg: 1 });
  assert.equal(press("axial", "ArrowUp", "left"), null);
  assert.equal(press("sagittal", "a", "left"), null);
});

test("a dragged handle says entry and angles", () => {
  assert.deepEqual(dragged("posterior", TAUGHT, "left", [23, 2], [21, 5]), { medial_mm: 2, superior_mm: 3 });
  assert.deepEqual(dragged("posterior", TAUGHT, "right", [-23, 2], [-21, 2]), { medial_mm: 2, superior_mm: 0 });
  const turned = dragged("axial", TAUGHT, "left", [0, 0], [-20, 20]).convergence_deg as number;
  assert.ok(Math.abs(turned - 45) < 1e-9);
  const lifted = dragged("sagittal", TAUGHT, "left", [0, 0], [30, -30]).sagittal_deg as number;
  assert.ok(Math.abs(lifted + 45) < 1e-9);
  const [entry] = CHOICES.plan;
  assert.equal(entry && snapped(3.3, entry), 3.5);
  assert.equal(entry && snapped(99, entry), 10);
});

test("the unit screw runs from entry to tip, as thick as it is", () => {
  const [shaft] = placedScrew([23, 42, 3], [8, 2, 3], 6.5);
  const at = (x: number, y: number, z: number) =>
    [0, 4, 8].map((row) => (shaft[row] ?? 0) * x + (shaft[row + 1] ?? 0) * y + (shaft[row + 2] ?? 0) * z + (shaft[row + 3] ?? 0));
  const near = (found: number[], wanted: number[]) => found.forEach((each, i) => assert.ok(Math.abs(each - (wanted[i] ?? 0)) < 1e-9));
  near(at(0, 0, 0), [23, 42, 3]);
  near(at(0, 0, 1), [8, 2, 3]);
  const side = at(0.5, 0, 0).map((each, i) => each - (at(-0.5, 0, 0)[i] ?? 0));
  assert.ok(Math.abs(Math.hypot(...side) - 6.5) < 1e-9);
});

test("what lies beside the bone has its kind and a short name", () => {
  assert.deepEqual(["dural_sac", "L4.nerve_root.left", "abdominal_aorta", "inferior_vena_cava"].map(kindOf), ["sac", "root", "artery", "vein"]);
  assert.deepEqual(["dural_sac", "L4.nerve_root.left", "superior_hypogastric_plexus"].map(shortName), ["sac", "L4", ""]);
});

test("a slider's step is sent at once, and the words follow what the kernel says", () => {
  const { model, el } = view();
  assert.match(one(el, ".l3s1-screw-grade").textContent ?? "", /Grade B/);
  const input = one(el, 'input[data-key="convergence_deg"]') as HTMLInputElement;
  input.value = "24";
  input.dispatchEvent(new Event("input", { bubbles: true }));
  assert.deepEqual(model.saved.at(-1), { plan: { ...TAUGHT, convergence_deg: 24 } });
  assert.equal(el.dataset.plan, planKey(TAUGHT));
  model.receive("shown", { ...SHOWN, plan: model.get("plan"), grade: "D", said: ["Grade D."] });
  assert.match(one(el, ".l3s1-screw-grade").textContent ?? "", /Grade D/);
  assert.equal(el.dataset.plan, "0,0,24,0,6.5,45");
});

test("what the grade does not know stands beside it", () => {
  const { model, el } = view();
  const grade = one(el, ".l3s1-screw-grade");
  const alarm = one(el, ".l3s1-screw-alarm");
  assert.equal(alarm.hidden, true);
  assert.equal(grade.hasAttribute("data-alarm"), false);
  model.receive("shown", { ...SHOWN, grade: "A", alarm: "Tip beyond the bone" });
  assert.equal(alarm.textContent, "Tip beyond the bone");
  assert.equal(alarm.hidden, false);
  assert.equal(grade.hasAttribute("data-alarm"), true);
});

test("another level starts as it is taught", () => {
  const { model, el } = view();
  [...el.querySelectorAll<HTMLElement>(".l3s1-screw-choices button")].find((each) => each.textContent === "S1")?.click();
  assert.deepEqual(model.saved.at(-1), { level: "S1", plan: CHOICES.starts.S1 });
});

test("a handle takes arrow keys", () => {
  const { model, el } = view();
  const handle = one(el, '[data-picture="posterior"] .l3s1-screw-handle');
  handle.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
  assert.equal(model.get("plan").medial_mm, 0.5);
});

test("a test places a screw, then goes on, and a placed one stays", () => {
  const { model, el } = view({ mode: "test", plan: TEST_START }, { hidden: true, grade: "", said: [], rows: [], plan: TEST_START });
  const button = (text: string) => [...el.querySelectorAll<HTMLButtonElement>("button")].find((each) => each.textContent === text);
  assert.match(one(el, ".l3s1-screw-said").textContent ?? "", /hidden until placed/);
  assert.equal(button("Next screw")?.hidden, true);
  button("Place the screw")?.click();
  assert.deepEqual(model.get("results"), [[0, 0, 0, 0, 5, 30]]);
  assert.equal(button("Place the screw")?.hidden, true);
  const input = one(el, 'input[data-key="length_mm"]') as HTMLInputElement;
  assert.equal(input.disabled, true);
  button("Next screw")?.click();
  assert.equal(model.get("task"), 1);
  assert.equal(input.disabled, false);
  button("New test")?.click();
  assert.deepEqual([model.get("seed"), model.get("task"), model.get("results")], [2, 0, []]);
});

test("no bone to enter is said, and the pictures are marked as old", () => {
  const { drawing: _drawing, screw: _screw, ...none } = SHOWN;
  const { model, el } = view();
  model.receive("shown", { ...none, error: "there is no bone there.", grade: "", said: [], rows: [] });
  assert.match(one(el, ".l3s1-screw-said").textContent ?? "", /no bone/);
  assert.ok("stale" in (one(el, '[data-picture="axial"]') as HTMLElement).dataset);
  assert.equal((one(el, ".l3s1-screw-norms") as HTMLElement).hidden, true);
});

/** Events of a pointer on a handle; a millimetre of the drawing is a pixel. */
function pointer(el: HTMLElement, picture: string) {
  Object.assign(globalThis, {
    DOMPoint: class {
      constructor(
        readonly x: number,
        readonly y: number,
      ) {}
      matrixTransform() {
        return this;
      }
    },
  });
  const handle = one(el, `[data-picture="${picture}"] .l3s1-screw-handle`);
  Object.assign(handle, { setPointerCapture: () => undefined });
  Object.assign(one(el, `[data-picture="${picture}"] .l3s1-screw-drawing`), { getScreenCTM: () => ({ inverse: () => null }) });
  return (type: string, clientX: number, clientY: number) =>
    handle.dispatchEvent(new PointerEvent(type, { clientX, clientY, bubbles: true, pointerId: 1 }));
}

test("a drag asks for where the pointer is, however many moves it takes", () => {
  const { model, el } = view();
  const at = pointer(el, "posterior");
  // grabbed a little beside the handle, which does not jump
  at("pointerdown", -22, -3);
  at("pointermove", -22, -3);
  assert.deepEqual(model.get("plan"), TAUGHT);
  for (const x of [-21, -20, -19]) at("pointermove", x, -3);
  assert.deepEqual([model.get("plan").medial_mm, model.get("plan").superior_mm], [3, 0]);
  // and though the kernel has drawn in between
  const { drawing } = SHOWN;
  assert.ok(drawing);
  const posterior = { ...drawing.posterior, entry: [20, 2] as const };
  model.receive("shown", { ...SHOWN, plan: model.get("plan"), drawing: { ...drawing, posterior } });
  at("pointermove", -19, -4);
  assert.deepEqual([model.get("plan").medial_mm, model.get("plan").superior_mm], [3, 1]);
  at("pointermove", -22, -3);
  assert.deepEqual(model.get("plan"), TAUGHT);
  at("pointerup", -22, -3);
  at("pointermove", -10, -3);
  assert.deepEqual(model.get("plan"), TAUGHT);
});

test("the tab in hand keeps the plan", () => {
  const { model, el } = view({ plan: planOf(1, 0, 20, 0, 6.5, 45) });
  [...el.querySelectorAll<HTMLElement>('[role="tab"]')].find((each) => each.textContent === "Practise")?.click();
  assert.equal(model.get("plan").medial_mm, 1);
  [...el.querySelectorAll<HTMLElement>('[role="tab"]')].find((each) => each.textContent === "Test")?.click();
  assert.deepEqual(model.get("plan"), TEST_START);
});

test("a handle says which way it went, without minus", () => {
  const { el } = view({}, { plan: planOf(-2, -1, -3, -4, 6.5, 45) });
  const said = ["posterior", "axial", "sagittal"].map((picture) =>
    one(el, `[data-picture="${picture}"] .l3s1-screw-handle`).getAttribute("aria-description"),
  );
  assert.deepEqual(said, ["2 mm lateral, 1 mm down", "3° outward", "4° downward"]);
});

/** A 3D picture whose scenes are made when the test says so. */
function stage() {
  Object.assign(globalThis, {
    IntersectionObserver: class {
      constructor(private readonly seen: (entries: { isIntersecting: boolean }[]) => void) {}
      observe() {
        this.seen([{ isIntersecting: true }]);
      }
      disconnect() {}
    },
  });
  const model = new MockModel<ScrewTraits>({ choices: CHOICES } as ScrewTraits);
  const removed = new AbortController();
  const made = new Stage(model.any, removed.signal);
  const open = new Set<string>();
  const waiting: (() => void)[] = [];
  let scenes = 0;
  const create = ((_host: HTMLElement, bytes: ArrayBuffer) =>
    new Promise((resolve) => {
      const name = `${String.fromCharCode(...new Uint8Array(bytes))}${(scenes += 1)}`;
      waiting.push(() => {
        open.add(name);
        resolve({ parts: [], state: { hidden: [], opacity: {} }, carry() {}, frame() {}, set() {}, dispose: () => open.delete(name) });
      });
    })) as unknown as CreateScene;
  made.start(() => Promise.resolve(create));
  const rest = () => new Promise((resolve) => setTimeout(resolve, 0));
  return {
    open,
    show: (bone: string) => made.show({ ...SHOWN, bone }),
    async answer(...bones: string[]) {
      for (const bone of bones) {
        model.trigger("msg:custom", { type: "l3s1:screw-bone", bone }, [new DataView(new TextEncoder().encode(bone).buffer)]);
      }
      await rest();
    },
    async finish() {
      for (const each of waiting.splice(0)) each();
      await rest();
    },
    remove: () => removed.abort(),
  };
}

test("a bone that the kernel sends twice is built once", async () => {
  const { open, show, answer, finish, remove } = stage();
  show("A");
  await answer("A", "A");
  await finish();
  await answer("A");
  await finish();
  assert.deepEqual([...open], ["A1"]);
  remove();
  assert.equal(open.size, 0);
});

test("of bones asked for one after another only the last stays", async () => {
  const { open, show, answer, finish, remove } = stage();
  show("A");
  await answer("A");
  show("B");
  await answer("B", "B");
  show("A");
  await answer("A");
  await finish();
  assert.deepEqual([...open], ["A3"]);
  // overtaken before its answer came, then wanted again
  show("B");
  await answer("B");
  show("A");
  await finish();
  show("B");
  await answer("B");
  await finish();
  assert.deepEqual([...open].map((each) => each[0]), ["B"]);
  remove();
  assert.equal(open.size, 0);
});
