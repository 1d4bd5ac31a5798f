import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { MessageBuffer } from "../src/message_buffer.ts";
import { MockModel } from "./mock_model.ts";

interface Message {
  [key: string]: unknown;
}
interface FigureTraits {
  _widget_data: { x: number[] }[];
  _widget_layout: Record<string, unknown>;
  _py2js_restyle: Message | null;
  _py2js_addTraces: Message | null;
  _py2js_relayout: Message | null;
  _py2js_update: Message | null;
}

let model: MockModel<FigureTraits>;
let buffer: MessageBuffer;
let heard: [string, unknown][];

beforeEach(() => {
  model = new MockModel<FigureTraits>({
    _widget_data: [{ x: [1] }],
    _widget_layout: {},
    _py2js_restyle: null,
    _py2js_addTraces: null,
    _py2js_relayout: null,
    _py2js_update: null,
  });
  buffer = new MessageBuffer(model.any);
  heard = [];
});

/** What Python does: set the message and at once null again. */
function send(trait: Exclude<keyof FigureTraits, "_widget_data" | "_widget_layout">, message: Message): void {
  model.receive(trait, message);
  model.receive(trait, null);
}

/** What the bundle's widget does: listen, and leave out null. */
function listen(): void {
  for (const trait of ["_py2js_restyle", "_py2js_addTraces", "_py2js_relayout", "_py2js_update"]) {
    buffer.model.on(`change:${trait}`, () => {
      const message = buffer.model.get(trait) as Message | null;
      if (message) heard.push([trait, message]);
    });
  }
}

test("early messages are played in order, once", () => {
  send("_py2js_restyle", { restyle_data: { x: [2] } });
  send("_py2js_relayout", { relayout_data: { title: "a" } });
  send("_py2js_restyle", { restyle_data: { x: [3] } });
  listen();
  assert.deepEqual(heard, []);
  buffer.play();
  assert.deepEqual(heard, [
    ["_py2js_restyle", { restyle_data: { x: [2] } }],
    ["_py2js_relayout", { relayout_data: { title: "a" } }],
    ["_py2js_restyle", { restyle_data: { x: [3] } }],
  ]);
  buffer.play();
  assert.equal(heard.length, 3);
});

test("later messages come straight from the model, and once", () => {
  listen();
  buffer.play();
  send("_py2js_restyle", { restyle_data: { x: [9] } });
  assert.deepEqual(heard, [["_py2js_restyle", { restyle_data: { x: [9] } }]]);
  assert.equal(buffer.model.get("_py2js_restyle"), null);
});

test("a message that the whole figure already contains is not played", () => {
  send("_py2js_addTraces", { trace_data: [{ x: [5] }] });
  model.receive("_widget_data", [{ x: [1] }, { x: [5] }]);
  send("_py2js_addTraces", { trace_data: [{ x: [6] }] });
  listen();
  buffer.play();
  assert.deepEqual(heard, [["_py2js_addTraces", { trace_data: [{ x: [6] }] }]]);
});

test("of an update only the part that is missing is played", () => {
  const update = { style_data: { x: [2] }, style_traces: [0], layout_data: { title: "b" } };
  send("_py2js_update", update);
  model.receive("_widget_data", [{ x: [2] }]);
  listen();
  buffer.play();
  const empty = { style_data: {}, style_traces: [], layout_data: { title: "b" } };
  assert.deepEqual(heard, [["_py2js_update", empty]]);
});

test("an update whose layout has come keeps its data", () => {
  send("_py2js_update", { style_data: { x: [2] }, style_traces: [0], layout_data: { title: "b" } });
  model.receive("_widget_layout", { title: "b" });
  listen();
  buffer.play();
  const rest = { style_data: { x: [2] }, style_traces: [0], layout_data: {} };
  assert.deepEqual(heard, [["_py2js_update", rest]]);
});

test("a view's listeners go with it, the others stay", () => {
  listen();
  const kept = model.listeners;
  let drawn = 0;
  let removed = 0;
  const release = buffer.scope(() => {
    buffer.model.on("change:_py2js_restyle", () => (drawn += 1));
    return () => (removed += 1);
  });
  model.receive("_py2js_restyle", { restyle_data: {} });
  assert.equal(drawn, 1);
  release();
  assert.equal(removed, 1);
  assert.equal(model.listeners, kept);
});

test("what plotly.js has filled in is kept from Python, what a reader did is not", () => {
  const told = model as unknown as MockModel<Record<string, unknown>>;
  for (const name of ["_js2py_traceDeltas", "_js2py_widget_layoutDelta", "_js2py_pointsCallback"]) {
    buffer.model.set(name, { made: "up" });
  }
  buffer.model.save_changes();
  assert.deepEqual(told.saved, [{ _js2py_pointsCallback: { made: "up" } }]);
});
