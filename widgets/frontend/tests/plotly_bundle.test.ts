import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { gzipSync } from "node:zlib";
import { loadPlotly, type PlotlyDelegate } from "../src/plotly_bundle.ts";
import { FILE_MESSAGE, fileUrl } from "../src/shared_file.ts";
import { MockModel } from "./mock_model.ts";
import { openPage } from "./page.ts";

const FILE = "plotly-0.0.0.js";
const bundle = { default: (): PlotlyDelegate => ({ initialize() {}, render() {} }) };
let asked: string[];

beforeEach(() => {
  openPage();
  asked = [];
  Object.assign(globalThis, { Plotly: { newPlot() {} } });
  Reflect.deleteProperty(globalThis, Symbol.for("l3s1.plotly-loads"));
});

function configure(baseUrl: unknown): void {
  const script = document.createElement("script");
  script.id = "jupyter-config-data";
  script.type = "application/json";
  script.textContent = JSON.stringify({ baseUrl });
  document.head.append(script);
}

const serve = async (url: string) => {
  asked.push(url);
  return bundle;
};
const missing = async (url: string) => {
  asked.push(url);
  if (url.startsWith("blob:")) return bundle;
  throw new Error("404");
};

function newModel() {
  return new MockModel({ _plotly_file: FILE });
}

test("the address lies below the base URL", () => {
  configure("/hub/user/ada/");
  assert.equal(fileUrl(FILE), `http://localhost:8888/hub/user/ada/l3s1/static/${FILE}`);
});

test("a base URL without its last slash, or with a host, is understood", () => {
  configure("/course");
  assert.equal(fileUrl(FILE), `http://localhost:8888/course/l3s1/static/${FILE}`);
  document.head.replaceChildren();
  configure("https://hub.example/user/ada/");
  assert.equal(fileUrl(FILE), `https://hub.example/user/ada/l3s1/static/${FILE}`);
});

test("without a base URL, or with a strange file name, there is no address", () => {
  assert.equal(fileUrl(FILE), null);
  configure(7);
  assert.equal(fileUrl(FILE), null);
  document.head.replaceChildren();
  configure("/");
  assert.equal(fileUrl("../../evil.js"), null);
});

test("all views of a page share one load", async () => {
  configure("/");
  const [one, other] = [newModel(), newModel()];
  const [first, second] = await Promise.all([loadPlotly(one.any, serve), loadPlotly(other.any, serve)]);
  assert.equal(first, second);
  assert.equal(asked.length, 1);
  assert.deepEqual([...one.sent, ...other.sent], []);
});

test("where the server lacks the file the kernel is asked once", async () => {
  configure("/");
  const model = newModel();
  const packed = gzipSync("export default 1");
  model.answer = () => {
    model.trigger("msg:custom", { type: "something else" }, []);
    const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
    model.trigger("msg:custom", { type: FILE_MESSAGE, file: FILE }, [view]);
  };
  await Promise.all([loadPlotly(model.any, missing), loadPlotly(newModel().any, missing)]);
  assert.deepEqual(model.sent, [{ type: FILE_MESSAGE, file: FILE }]);
  assert.equal(asked.length, 2);
  assert.match(asked[1] ?? "", /^blob:/);
  assert.equal(model.listeners, 0);
});

test("what the kernel sends is unpacked as it was packed", async () => {
  const model = newModel();
  const source = "export default () => 'ünïcode';\n".repeat(2000);
  const packed = gzipSync(source);
  model.answer = () =>
    model.trigger("msg:custom", { type: FILE_MESSAGE, file: FILE }, [
      new DataView(packed.buffer, packed.byteOffset, packed.byteLength),
    ]);
  let text = "";
  await loadPlotly(model.any, async (url) => {
    text = await (await fetch(url)).text();
    return bundle;
  });
  assert.equal(text, source);
});

test("a load that failed says why and may be tried again", async () => {
  const model = newModel();
  model.answer = () => model.trigger("msg:custom", { type: FILE_MESSAGE, file: FILE }, []);
  await assert.rejects(loadPlotly(model.any, missing), /holds no bundle/);
  configure("/");
  await loadPlotly(model.any, serve);
  assert.equal(asked.length, 1);
});

test("a file that is not the bundle is refused", async () => {
  configure("/");
  const model = newModel();
  model.answer = () => model.trigger("msg:custom", { type: FILE_MESSAGE, file: FILE }, []);
  Reflect.deleteProperty(globalThis, "Plotly");
  await assert.rejects(loadPlotly(model.any, serve), /holds no bundle/);
});

test("a page without a kernel says so", async () => {
  const model = newModel();
  model.send = () => {
    throw new Error("no kernel is connected");
  };
  await assert.rejects(loadPlotly(model.any, missing), /no kernel is connected/);
  assert.equal(model.listeners, 0);
});
