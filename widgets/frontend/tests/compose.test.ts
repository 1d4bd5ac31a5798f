import assert from "node:assert/strict";
import { test } from "node:test";
import { composeFigure, patched } from "../src/timeline/compose.ts";
import { rowBoxes } from "../src/timeline/figure.ts";
import type { Figure } from "../src/timeline/types.ts";
import { MOVED_ROW, timelineTraits } from "./fixtures/timeline.ts";

const { figure, views, dark } = timelineTraits();
const WIDE = { width_px: 1100, narrow: false, colours: null };
const NARROW = { width_px: 328, narrow: true, colours: null };
const bars = ({ data }: Figure) => data[0] as { customdata: string[]; base: number[]; x: number[] };
const axis = ({ layout }: Figure) => layout.xaxis as { range: number[]; tickvals: number[]; ticktext: string[] };

test("patches reach into the tree, merge objects and leave the original alone", () => {
  const tree = { a: { b: 1, c: [1, 2] }, d: 4 };
  const result = patched(tree, { "a.b": 2, a: { c: [3] }, "e.f": 5, d: null });
  assert.deepEqual(result, { a: { b: 2, c: [3] }, d: null, e: { f: 5 } });
  assert.deepEqual(tree, { a: { b: 1, c: [1, 2] }, d: 4 });
});

test("a choice of approach moves its bars, and back again", () => {
  const place = bars(figure).customdata.indexOf(MOVED_ROW);
  const moved = composeFigure(figure, views["minimally_invasive|readable"], WIDE);
  assert.ok((bars(moved).base[place] ?? 0) < (bars(figure).base[place] ?? 0));
  const back = composeFigure(figure, views["any|readable"], WIDE);
  assert.deepEqual(bars(back).base, bars(figure).base);
});

test("the linear axis has its own range", () => {
  const linear = composeFigure(figure, views["any|linear"], WIDE);
  assert.deepEqual(axis(linear).range, [0, 730.5]);
});

test("without a patch the figure stays what it is", () => {
  assert.deepEqual(bars(composeFigure(figure, undefined, WIDE)).x, bars(figure).x);
});

test("a narrow page has row names above the bars instead of a margin", () => {
  const narrow = composeFigure(figure, views["any|readable"], NARROW);
  assert.equal(narrow.data.find(({ name }) => name === "row-labels")?.visible, true);
  assert.equal((narrow.layout.yaxis as { showticklabels: boolean }).showticklabels, false);
  assert.ok((narrow.layout.margin as { l: number }).l < 20);
  assert.ok((narrow.layout.height as number) > (figure.layout.height as number));
  assert.equal(figure.data.find(({ name }) => name === "row-labels")?.visible, false);
});

for (const look of [WIDE, NARROW, { ...NARROW, width_px: 280 }]) {
  test(`tick labels keep apart at ${look.width_px} pixels`, () => {
    const composed = composeFigure(figure, views["any|readable"], look);
    const { range, tickvals, ticktext } = axis(composed);
    const { l, r } = composed.layout.margin as { l: number; r: number };
    const px = (look.width_px - l - r) / ((range[1] ?? 1) - (range[0] ?? 0));
    assert.equal(tickvals.length, ticktext.length);
    assert.equal(tickvals[0], 0);
    assert.equal(ticktext.at(-1), "2 y");
    tickvals.slice(1).forEach((value, place) => {
      const apart = (value - (tickvals[place] ?? 0)) * px;
      const letters = (ticktext[place] ?? "").length + (ticktext[place + 1] ?? "").length;
      assert.ok(apart > letters * 3.5, `${ticktext[place]} and ${ticktext[place + 1]}`);
    });
  });
}

test("a dark theme exchanges colours, and only colours", () => {
  const composed = composeFigure(figure, undefined, { ...WIDE, colours: dark });
  const text = JSON.stringify(composed);
  for (const light of Object.keys(dark)) assert.ok(!text.includes(light), light);
  assert.deepEqual(bars(composed).customdata, bars(figure).customdata);
});

test("rows lie where the picture has drawn them, the first on top", () => {
  const xaxis = { _offset: 200, _length: 700, range: [0, 7] as [number, number] };
  const yaxis = { _offset: 30, _length: 460, range: [22.5, -0.5] as [number, number] };
  const data = [
    { type: "bar", customdata: ["low", "high"], y: [20, 1], base: [1, 0], x: [2, 7] },
    { type: "scatter", customdata: ["gap"], y: [10], x: [3.5] },
    { type: "scatter", visible: false, customdata: ["hidden"], y: [3], x: [0] },
  ];
  const boxes = rowBoxes(data, xaxis, yaxis).map(({ id, ...edges }) => ({
    id,
    ...Object.fromEntries(Object.entries(edges).map(([edge, px]) => [edge, Math.round(px)])),
  }));
  assert.deepEqual(boxes, [
    { id: "high", top: 50, bottom: 70, left: 200, right: 900 },
    { id: "gap", top: 230, bottom: 250, left: 200, right: 900 },
    { id: "low", top: 430, bottom: 450, left: 300, right: 500 },
  ]);
});
