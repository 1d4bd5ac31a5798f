import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { gzipSync } from "node:zlib";
import { createAnatomyScene } from "../src/anatomy_scene.ts";
import { loadScene } from "../src/scene/load.ts";
import { STATE_KEYS } from "../src/scene/names.ts";
import { defaultState } from "../src/scene/state.ts";
import {
  WebGlMissing,
  type AnatomyScene,
  type CreateScene,
  type Measurement,
  type Pick,
  type SceneEvents,
  type SceneState,
} from "../src/scene/types.ts";
import { FILE_MESSAGE } from "../src/shared_file.ts";
import { MockModel } from "./mock_model.ts";
import { one, openPage, until } from "./page.ts";

type Traits = SceneState & {
  picked: Pick | null;
  hovered: Pick | null;
  measurement: Measurement | null;
  _engine_file: string;
  _pack_file: string;
  _pictures: Record<string, string>;
  _text: string;
};

/** Stands in for the engine: remembers what it is told, and tells what a test wants. */
class FakeScene {
  readonly changes: Partial<SceneState>[] = [];
  readonly handlers = new Map<string, (value: unknown) => void>();
  state: Partial<SceneState> = {};

  readonly create: CreateScene = async (_host, _pack, options) => {
    this.state = options?.state ?? {};
    return this as unknown as AnatomyScene;
  };

  set(change: Partial<SceneState>): void {
    if (change.hidden?.includes("heart")) throw new Error("the model has no structure heart");
    this.changes.push(change);
    if (change.view) this.tell("view", change.view);
  }

  on(event: string, handler: (value: unknown) => void): () => void {
    this.handlers.set(event, handler);
    return () => undefined;
  }

  tell<K extends keyof SceneEvents>(event: K, value: SceneEvents[K]): void {
    this.handlers.get(event)?.(value);
  }
}

const PICK = { structure: "L4.pedicle.left", part: "L4", point: [1, 2, 3] as const };
let fake: FakeScene;
let el: HTMLElement;
let model: MockModel<Traits>;

beforeEach(() => {
  openPage();
  for (const name of ["engine", "pack"]) Reflect.deleteProperty(globalThis, Symbol.for(`l3s1.${name}-loads`));
  fake = new FakeScene();
  el = document.createElement("div");
  document.body.append(el);
  model = new MockModel<Traits>({
    ...defaultState(),
    peeled: 2,
    picked: null,
    hovered: null,
    measurement: null,
    _engine_file: "scene_engine-0123456789ab.js",
    _pack_file: "anatomy-0123456789ab.bin",
    _text: "Lumbar spine L2 to sacrum.",
    _pictures: { "oblique-light": "view-oblique-light-0123456789ab.webp" },
  });
});

async function show(create: CreateScene = fake.create): Promise<() => void> {
  const widget = createAnatomyScene(async () => ({ createScene: create, pack: new ArrayBuffer(0) }));
  widget.initialize({ model: model.any });
  const remove = widget.render({ model: model.any, el });
  await until(() => note() !== "Loading the 3D model …", "the scene is there");
  return remove;
}

const note = (): string => one(el, "[role=status]").textContent ?? "";
const button = (label: string): HTMLButtonElement =>
  [...el.querySelectorAll("button")].find((each) => each.textContent === label) as HTMLButtonElement;

test("the scene begins with the traits' state, and gets only what changes", async () => {
  await show();
  assert.deepEqual(Object.keys(fake.state).sort(), [...STATE_KEYS].sort());
  assert.equal(fake.state.peeled, 2);
  model.receive("hidden", ["L4"]);
  model.receive("explode", 0.5);
  assert.deepEqual(fake.changes, [{ hidden: ["L4"] }, { explode: 0.5 }]);
});

test("what changes while the scene is made is shown once it is there", async () => {
  await show(async (...given) => {
    model.receive("hidden", ["L4"]);
    model.receive("view", "anterior");
    return fake.create(...given);
  });
  assert.deepEqual(fake.state.hidden, []);
  assert.deepEqual(fake.changes, [{ hidden: ["L4"] }, { view: "anterior" }]);
  assert.equal(button("Front").getAttribute("aria-pressed"), "true");
  assert.deepEqual(model.saved, []);
});

test("what is shown is said in words below, as Python says it", async () => {
  await show();
  assert.equal(one(el, ".l3s1-scene-words").textContent, "Lumbar spine L2 to sacrum.");
  model.receive("_text", "Lumbar spine L2 to sacrum, supine.");
  assert.equal(one(el, ".l3s1-scene-words").textContent, "Lumbar spine L2 to sacrum, supine.");
});

test("what the reader does reaches Python once", async () => {
  await show();
  fake.tell("pick", PICK);
  fake.tell("pick", PICK);
  fake.tell("hover", null);
  fake.tell("view", null);
  assert.deepEqual(model.saved, [{ picked: PICK }]);
});

test("buttons choose views, and say which one is shown", async () => {
  await show();
  assert.equal(button("Oblique").getAttribute("aria-pressed"), "true");
  button("Left").click();
  assert.equal(button("Left").getAttribute("aria-pressed"), "true");
  assert.equal(button("Oblique").getAttribute("aria-pressed"), "false");
  assert.deepEqual(model.saved, [{ view: "left_lateral" }]);
  fake.tell("view", null);
  assert.equal(button("Left").getAttribute("aria-pressed"), "false");
});

test("a state that can't be shown is said, and the next one that can takes the words away", async () => {
  await show();
  model.receive("hidden", ["heart"]);
  assert.match(note(), /no structure heart/);
  model.receive("hidden", ["L4"]);
  assert.equal(note(), "");
});

test("without WebGL a still picture of the view takes its place", async () => {
  const config = document.createElement("script");
  config.id = "jupyter-config-data";
  config.type = "application/json";
  config.textContent = '{"baseUrl": "/"}';
  document.head.append(config);
  await show(async () => {
    throw new WebGlMissing("none");
  });
  assert.match(note(), /no 3D graphics/);
  button("Left").click();
  assert.equal(one(el, "img").hidden, true, "there is no picture of this view");
  button("Oblique").click();
  const image = one<HTMLImageElement>(el, "img");
  assert.equal(image.hidden, false);
  assert.match(image.src, /\/l3s1\/static\/view-oblique-light-0123456789ab\.webp$/);
  assert.match(image.alt, /oblique/);
});

test("a picture that the kernel sends late does not replace the view chosen since", async () => {
  const [first, second] = ["view-oblique-light-0.webp", "view-posterior-light-0.webp"] as const;
  model.receive("_pictures", { "oblique-light": first, "posterior-light": second });
  Object.assign(URL, { createObjectURL: (blob: Blob) => `blob:${blob.size}`, revokeObjectURL: () => undefined });
  await show(async () => {
    throw new WebGlMissing("none");
  });
  button("Back").click();
  const answer = (file: string, text: string): void => {
    const packed = gzipSync(text);
    const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
    model.trigger("msg:custom", { type: FILE_MESSAGE, file }, [view]);
  };
  answer(second, "four");
  answer(first, "fives");
  const image = one<HTMLImageElement>(el, "img");
  await until(() => image.src !== "", "a picture is there");
  await new Promise((done) => setTimeout(done, 50));
  assert.equal(image.src, "blob:4");
});

test("a failed load says why", async () => {
  const widget = createAnatomyScene(() => Promise.reject(new Error("no kernel is connected")));
  widget.initialize({ model: model.any });
  widget.render({ model: model.any, el });
  await until(() => /no kernel is connected/.test(el.textContent ?? ""), "the reason is said");
});

test("a view that goes leaves no handler behind", async () => {
  const remove = await show();
  assert.ok(model.listeners > 0);
  remove();
  assert.equal(model.listeners, 0);
});

test("where the server lacks the files the kernel sends both, once for all views", async () => {
  const sent: Record<string, Buffer> = {
    [model.get("_engine_file")]: gzipSync("export const createScene = () => 'made';"),
    [model.get("_pack_file")]: gzipSync("L3S1 and the rest"),
  };
  model.answer = (content) => {
    const { file } = content as { file: string };
    const packed = sent[file] as Buffer;
    const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
    model.trigger("msg:custom", { type: FILE_MESSAGE, file }, [view]);
  };
  Object.assign(URL, { createObjectURL: blobAddress, revokeObjectURL: () => undefined });
  const [first, second] = await Promise.all([loadScene(model.any), loadScene(model.any)]);
  assert.equal(first.pack, second.pack);
  assert.equal(new TextDecoder().decode(first.pack), "L3S1 and the rest");
  assert.equal((first.createScene as unknown as () => string)(), "made");
  assert.equal(model.sent.length, 2);
  assert.equal(model.listeners, 0);
});

/** Node imports no blobs: the same source as a data address. */
function blobAddress(blob: Blob): string {
  const source = "export const createScene = () => 'made';";
  assert.equal(blob.size, source.length);
  return `data:text/javascript,${encodeURIComponent(source)}`;
}
