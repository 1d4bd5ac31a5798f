// The operation without a browser: places, links, and what the page does with questions and steps.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { gzipSync } from "node:zlib";
import { linkedPlace, markOf, placeOf, sceneOf } from "../src/operation/course.ts";
import { StepPlayer } from "../src/operation/player.ts";
import { SKIPPED, type OperationTraits, type ProcedureData, type StepData } from "../src/operation/types.ts";
import { openOperation } from "../src/operation/view.ts";
import { createOperationStepper } from "../src/operation_stepper.ts";
import type { AnatomyScene, SceneState } from "../src/scene/types.ts";
import { MockModel } from "./mock_model.ts";
import { one, openPage } from "./page.ts";

const fact = { id: "f", statement: "A fact.", evidence: "opinion", evidence_label: "convention" } as const;

function step(id: string): StepData {
  return {
    id,
    label: `Step ${id}`,
    happens: `${id} happens.`,
    purpose: "So that it is done.",
    facts: [fact],
    changes: [`Put in: ${id}.`],
    scene: { view: "posterior", frame: ["L4"], hidden: [id], faint: ["ring"], highlight: [], labels: [], cut: null },
    danger: { text: `${id} is dangerous.`, facts: [fact] },
    question: {
      asks: "What could go wrong?",
      stem: "What?",
      choices: [
        { id: "a", text: "This", feedback: "Yes." },
        { id: "b", text: "That", feedback: "No." },
      ],
      key: "a",
      facts: ["f"],
    },
  };
}

const operation = (id: string, ...steps: string[]): ProcedureData => ({
  id,
  title: `Operation ${id}`,
  summary: "",
  order: { text: "By convention.", facts: [fact] },
  simplified: ["All of it."],
  steps: steps.map(step),
});
const PROCEDURES = [operation("back", "open", "fix", "close"), operation("front", "open", "turn")];

/** Everything is near the reader. */
class Near {
  constructor(private readonly seen: (entries: object[]) => void) {}
  observe(): void {
    this.seen([{ isIntersecting: true }]);
  }
  disconnect(): void {}
}

beforeEach(() => {
  openPage();
  Object.assign(globalThis, { IntersectionObserver: Near });
});

function packed(data: unknown): DataView {
  const bytes = gzipSync(JSON.stringify(data));
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function traits(): OperationTraits {
  return {
    _engine_file: "e.js",
    _pack_file: "p.bin",
    _construct_file: "c.bin",
    _anterior_file: "a.bin",
    content_gz: packed(PROCEDURES),
    origins_gz: packed({}),
    procedure: "back",
    step: "open",
    answers: {},
    start: { procedure: "back", step: "open" },
  };
}

async function opened(changed: Partial<OperationTraits> = {}) {
  const model = new MockModel<OperationTraits>({ ...traits(), ...changed });
  const el = document.createElement("div");
  document.body.append(el);
  const removed = new AbortController();
  const View = await openOperation(model.any);
  const view = new View(el, removed.signal);
  const button = (words: string): HTMLButtonElement => {
    const found = [...el.querySelectorAll("button")].find((each) => each.textContent?.startsWith(words));
    assert.ok(found, words);
    return found;
  };
  const heading = (): string => one(el, ".l3s1-step-heading").textContent ?? "";
  return { model, el, view, removed, button, heading };
}

test("what is unknown becomes the beginning", () => {
  assert.equal(placeOf(PROCEDURES, "front", "turn").at, 1);
  assert.equal(placeOf(PROCEDURES, "front", "fix").step.id, "open");
  assert.equal(placeOf(PROCEDURES, "sideways", "").procedure.id, "back");
});

test("a link names a step, an operation, or both; what is not there is not followed", () => {
  assert.deepEqual(linkedPlace(PROCEDURES, { step: "fix" }, "back"), { procedure: "back", step: "fix" });
  assert.deepEqual(linkedPlace(PROCEDURES, { procedure: "front" }, "back"), { procedure: "front", step: "open" });
  assert.deepEqual(linkedPlace(PROCEDURES, { procedure: "front", step: "fix" }, "back")?.step, "open");
  assert.equal(linkedPlace(PROCEDURES, { procedure: "sideways", step: "fix" }, "back"), null);
  assert.equal(linkedPlace(PROCEDURES, {}, "back"), null);
});

test("a mark says how a question was met", () => {
  const [first] = PROCEDURES as [ProcedureData];
  const [open] = first.steps as [StepData];
  assert.equal(markOf(first, open, {}), "open");
  assert.equal(markOf(first, open, { "back/open": "a" }), "right");
  assert.equal(markOf(first, open, { "back/open": "b" }), "wrong");
  assert.equal(markOf(first, open, { "back/open": SKIPPED }), "skipped");
});

test("a plane through a disc counts from its middle, one through the spine from the origin", () => {
  const cut = { plane: "axial", at: -2, segment: "L4-L5" } as const;
  const base = step("open");
  assert.deepEqual(sceneOf({ ...base, scene: { ...base.scene, cut } }).section, { ...cut, from_disc: true });
  assert.equal(sceneOf(base).section, null);
  assert.deepEqual(sceneOf(base).opacity, { ring: 0.25 });
});

test("a step is left when its question is answered, and then tells its danger", async () => {
  const { model, el, removed, button, heading } = await opened();
  const danger = one(el, ".l3s1-step-danger");
  assert.doesNotMatch(danger.textContent ?? "", /is dangerous/);
  button("Next").click();
  assert.equal(heading(), "1 of 3: Step open");
  assert.match(one(el, ".l3s1-step-question").textContent ?? "", /Answer first, or skip/);
  one<HTMLInputElement>(el, 'input[value="b"]').checked = true;
  button("Commit").click();
  assert.deepEqual(model.get("answers"), { "back/open": "b" });
  assert.match(danger.textContent ?? "", /open is dangerous/);
  assert.match(one(el, ".l3s1-verdict").textContent ?? "", /Not quite.*That.*Best answer: This/s);
  button("Next").click();
  assert.equal(heading(), "2 of 3: Step fix");
  assert.equal(model.get("step"), "fix");
  removed.abort();
});

test("a question may be skipped, asked again, and the steps gone back", async () => {
  const { model, removed, button, heading } = await opened();
  button("Skip").click();
  assert.deepEqual(model.get("answers"), { "back/open": SKIPPED });
  button("Next").click();
  button("‹ Back").click();
  assert.equal(heading(), "1 of 3: Step open");
  button("Ask me again").click();
  button("Skip").click();
  assert.equal(button("Ask me again").hidden, false);
  removed.abort();
});

test("any step can be jumped to, another operation begins at its first, reset forgets", async () => {
  const { model, el, removed, button, heading } = await opened();
  button("3 Step close").click();
  assert.equal(heading(), "3 of 3: Step close");
  assert.equal(button("Next").hidden, true);
  assert.equal(one(el, '[aria-current="step"]').getAttribute("data-step"), "close");
  button("Skip").click();
  button("Operation front").click();
  assert.equal(heading(), "1 of 2: Step open");
  button("Reset").click();
  assert.equal(model.get("procedure"), "back");
  assert.deepEqual(model.get("answers"), {});
  removed.abort();
});

test("a view made after a link was followed resets to the start, and keeps the link", async () => {
  const url = "http://localhost:8888/course/?operation.procedure=front&operation.step=turn";
  openPage(url);
  document.body.setAttribute("data-voila", "");
  const { model, removed, button, heading } = await opened({ procedure: "front", step: "turn" });
  assert.equal(heading(), "2 of 2: Step turn");
  button("‹ Back").click();
  button("2 Step turn").click();
  await new Promise((resolve) => setTimeout(resolve, 350));
  assert.equal(location.href, url);
  button("Reset").click();
  assert.equal(model.get("procedure"), "back");
  assert.equal(model.get("step"), "open");
  removed.abort();
});

test("the scene is told what a step changes and what to frame; without it words stay", async () => {
  const { view, el, removed, button } = await opened();
  const told: Partial<SceneState>[] = [];
  const framed: (readonly string[])[] = [];
  const scene = {
    set: (change: Partial<SceneState>) => void told.push(change),
    frame: (names: readonly string[]) => void framed.push(names),
  } as unknown as AnatomyScene;
  view.start(async (_host, { state }) => (told.push(state), scene));
  await new Promise((resolve) => setTimeout(resolve));
  assert.deepEqual(told[0]?.hidden, ["open"]);
  button("2 Step fix").click();
  assert.deepEqual(told.at(-1), { hidden: ["fix"], view: "posterior" });
  assert.equal(framed.length, 2);
  removed.abort();

  const without = await opened();
  without.view.start(async () => {
    throw Object.assign(new Error("none"), { name: "WebGlMissing" });
  });
  await new Promise((resolve) => setTimeout(resolve));
  assert.match(one(without.el, ".l3s1-operation-picture .l3s1-note").textContent ?? "", /no 3D graphics/);
  assert.match(one(without.el, ".l3s1-step-changes").textContent ?? "", /Put in: open/);
  without.removed.abort();
  el.remove();
});

test("playing goes from step to step, passes over questions and stops at the end", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let at = 0;
  const removed = new AbortController();
  const player = new StepPlayer(() => (at += 1) < 2, removed.signal, 50);
  player.button.click();
  assert.equal(at, 1);
  assert.equal(player.isPlaying, true);
  t.mock.timers.tick(50);
  assert.equal(at, 2);
  assert.equal(player.isPlaying, false);
  player.button.click();
  player.stop();
  t.mock.timers.tick(500);
  assert.equal(at, 3);
  removed.abort();
});

test("the loader says what it waits for, and why where its code can't be had", async () => {
  const el = document.createElement("div");
  const loads = { code: () => Promise.reject(new Error("no network")), scene: () => () => Promise.reject(new Error()) };
  const remove = createOperationStepper(loads as never).render({ model: new MockModel(traits()).any as never, el });
  assert.match(el.textContent ?? "", /Opening the operation/);
  await new Promise((resolve) => setTimeout(resolve));
  assert.match(el.textContent ?? "", /can’t be shown: no network/);
  remove();
});
