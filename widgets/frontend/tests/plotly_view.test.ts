import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { AnyModel } from "@anywidget/types";
import type { PlotlyBundle } from "../src/plotly_bundle.ts";
import { createPlotlyView } from "../src/plotly_view.ts";
import { MockModel } from "./mock_model.ts";
import { openPage, until } from "./page.ts";

interface FigureTraits {
  _plotly_file: string;
  _widget_data: { x: number[] }[];
  _widget_layout: { height?: number; meta?: object };
  _py2js_restyle: { x: number[] } | null;
}

let model: MockModel<FigureTraits>;
let drawn: { data: string; el: HTMLElement; live: string[] }[];

/** A bundle that keeps the figure up to date and draws it, as the real widget does. */
const bundle = {
  Plotly: { Plots: { resize: async () => undefined } },
  createDelegate() {
    let source: AnyModel<FigureTraits>;
    return {
      initialize(props: { model: object }) {
        source = props.model as AnyModel<FigureTraits>;
        source.on("change:_py2js_restyle", () => {
          const message = source.get("_py2js_restyle");
          if (message) Object.assign(source.get("_widget_data")[0] ?? {}, message);
        });
      },
      render({ el }: { el: HTMLElement }) {
        const view = { data: JSON.stringify(source.get("_widget_data")), el, live: [] as string[] };
        source.on("change:_py2js_restyle", () => {
          const message = source.get("_py2js_restyle");
          if (message) view.live.push(JSON.stringify(message));
        });
        drawn.push(view);
        return () => el.remove();
      },
    };
  },
} as unknown as PlotlyBundle;

/** A load that the test finishes when it likes. */
function loading() {
  let finish: (bundle: PlotlyBundle) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const promise = new Promise<PlotlyBundle>((resolve, reject) => {
    finish = resolve;
    fail = reject;
  });
  return { load: () => promise, finish: () => finish(bundle), fail: (error: Error) => fail(error) };
}

function restyle(x: number[]): void {
  model.receive("_py2js_restyle", { x });
  model.receive("_py2js_restyle", null);
}

beforeEach(() => {
  openPage();
  drawn = [];
  model = new MockModel<FigureTraits>({
    _plotly_file: "plotly-0.0.0.js",
    _widget_data: [{ x: [1] }],
    _widget_layout: { height: 500 },
    _py2js_restyle: null,
  });
});

test("updates between a view's creation and the bundle's arrival are drawn", async () => {
  const { load, finish } = loading();
  const widget = createPlotlyView(load);
  widget.initialize({ model: model.any });
  restyle([2]);
  const el = document.createElement("div");
  await widget.render({ model: model.any, el });
  restyle([3]);
  assert.match(el.textContent ?? "", /Loading the chart/);
  finish();
  await until(() => drawn.length === 1, "the figure is drawn");
  assert.equal(drawn[0]?.data, '[{"x":[3]}]');
  assert.doesNotMatch(el.textContent ?? "", /Loading/);
  restyle([4]);
  assert.deepEqual(drawn[0]?.live, ['{"x":[4]}']);
});

test("the figure's room is reserved before it is drawn, and no longer", async () => {
  const widget = createPlotlyView(loading().load);
  widget.initialize({ model: model.any });
  const el = document.createElement("div");
  await widget.render({ model: model.any, el });
  const plot = el.querySelector<HTMLElement>(".l3s1-plotly-plot");
  assert.equal(plot?.style.minHeight, "500px");
  const picture = document.createElement("div");
  picture.className = "main-svg";
  plot?.append(picture);
  await until(() => plot?.style.minHeight === "", "a drawn chart may become lower");
});

test("two views of one model are drawn, and one may go", async () => {
  const { load, finish } = loading();
  const widget = createPlotlyView(load);
  widget.initialize({ model: model.any });
  const [first, second] = [document.createElement("div"), document.createElement("div")];
  const removeFirst = await widget.render({ model: model.any, el: first });
  await widget.render({ model: model.any, el: second });
  finish();
  await until(() => drawn.length === 2, "both are drawn");
  const listeners = model.listeners;
  removeFirst();
  assert.equal(model.listeners, listeners - 1);
  restyle([7]);
  assert.deepEqual(
    drawn.map(({ live }) => live.length),
    [0, 1],
  );
});

test("a view that is gone before the bundle comes is not drawn", async () => {
  const { load, finish } = loading();
  const widget = createPlotlyView(load);
  widget.initialize({ model: model.any });
  const remove = await widget.render({ model: model.any, el: document.createElement("div") });
  remove();
  const el = document.createElement("div");
  await widget.render({ model: model.any, el });
  finish();
  await until(() => drawn.length > 0, "the other view is drawn");
  assert.equal(drawn.length, 1);
  assert.ok(el.contains(drawn[0]?.el ?? null));
});

test("where the bundle is not to be had the view says why", async () => {
  const { load, fail } = loading();
  const widget = createPlotlyView(load);
  widget.initialize({ model: model.any });
  const el = document.createElement("div");
  await widget.render({ model: model.any, el });
  fail(new Error("neither the server nor the kernel provides plotly.js"));
  await until(() => /cannot be drawn/.test(el.textContent ?? ""), "the note appears");
  assert.match(el.textContent ?? "", /neither the server nor the kernel/);
});

test("colours that the figure names a dark counterpart for follow the theme", async () => {
  const dark = { "#1b2430": "#e8edf3", "red;}body{display:none": "#000000", "#ffffff": "url(x)" };
  model.receive("_widget_layout", { meta: { dark } });
  const widget = createPlotlyView(loading().load);
  const el = document.createElement("div");
  await widget.render({ model: model.any, el });
  const rules = el.querySelector("style")?.textContent ?? "";
  assert.match(rules, /\[style\*="fill: rgb\(27, 36, 48\)"\]\{fill:light-dark\(#1b2430,#e8edf3\)!important\}/);
  assert.doesNotMatch(rules, /body|url/);
});

test("the page is told that the figure is still to be drawn, until it is or can't be", async () => {
  const drawing = (el: HTMLElement): boolean => el.hasAttribute("data-l3s1-drawing");
  const { load, finish } = loading();
  const el = document.createElement("div");
  await createPlotlyView(load).render({ model: model.any, el });
  finish();
  await until(() => drawn.length === 1, "the widget has taken over");
  assert.ok(drawing(el), "its picture is not there yet");
  const picture = document.createElement("div");
  picture.className = "main-svg";
  drawn[0]?.el.append(picture);
  await until(() => !drawing(el), "the page hears that it is drawn");

  const broken = loading();
  const other = document.createElement("div");
  await createPlotlyView(broken.load).render({ model: model.any, el: other });
  assert.ok(drawing(other));
  broken.fail(new Error("no bundle"));
  await until(() => !drawing(other), "the page stops waiting");
});
