import assert from "node:assert/strict";
import { test } from "node:test";
import { composeFigure } from "../src/timeline/compose.ts";
import { rowBoxes } from "../src/timeline/figure.ts";
import { layFigure } from "../src/timeline/lay.ts";
import type { Figure } from "../src/timeline/types.ts";
import { timelineContent } from "./fixtures/timeline.ts";

const content = timelineContent();
const { dark } = content;
const laid = layFigure(content, { patients: [{}], axis_kind: "readable", narrow: false, axis_px: 780 });
const { figure } = laid;
const WIDE = { width_px: 1100, narrow: false, colours: null };
const NARROW = { width_px: 328, narrow: true, colours: null };
const bars = ({ data }: Figure) => data[0] as { customdata: string[]; base: number[]; x: number[] };
const axis = ({ layout }: Figure) => layout.xaxis as { range: number[]; tickvals: number[]; ticktext: string[] };

test("a narrow page has row names above the bars instead of a margin", () => {
  const narrow = composeFigure(laid, NARROW);
  assert.equal(narrow.data.find(({ name }) => name === "row-labels")?.visible, true);
  assert.equal((narrow.layout.yaxis as { showticklabels: boolean }).showticklabels, false);
  assert.ok((narrow.layout.margin as { l: number }).l < 20);
  assert.ok((narrow.layout.height as number) > (figure.layout.height as number));
  assert.equal(figure.data.find(({ name }) => name === "row-labels")?.visible, false);
});

for (const look of [WIDE, NARROW, { ...NARROW, width_px: 280 }]) {
  test(`tick labels keep apart at ${look.width_px} pixels`, () => {
    const composed = composeFigure(laid, look);
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
  const composed = composeFigure(laid, { ...WIDE, colours: dark });
  const text = JSON.stringify(composed);
  for (const light of Object.keys(dark)) assert.ok(!text.includes(light), light);
  assert.deepEqual(bars(composed).customdata, bars(figure).customdata);
});

test("rows lie where the picture has drawn them, the first on top", () => {
  const xaxis = { _offset: 200, _length: 700, range: [0, 7] as [number, number] };
  const yaxis = { _offset: 30, _length: 460, range: [22.5, -0.5] as [number, number] };
  const answer = { label: "one", from_d: 1, to_d: null, share: null, fact: "made-up" };
  const rows = [
    { id: "high", y: 1, height: 1, signs: 1, bars: [{ letter: "" as const, y: 1, start: 0, end: 7 }], answers: [] },
    { id: "gap", y: 10, height: 1, signs: 10, bars: [], answers: [{ answer, y: 10, start: 2, end: 3 }] },
    {
      id: "split",
      y: 20,
      height: 2,
      signs: 20,
      bars: [
        { letter: "A" as const, y: 19.5, start: 1, end: 3 },
        { letter: "B" as const, y: 20.5, start: 2, end: 4 },
      ],
      answers: [],
    },
  ];
  const boxes = rowBoxes(rows, xaxis, yaxis);
  const px = ({ top, bottom, left, right }: (typeof boxes)[number]["bars"][number]) =>
    [top, bottom, left, right].map((each) => Math.round(each));
  assert.deepEqual(boxes.map(({ id }) => id), ["high", "gap", "split"]);
  assert.deepEqual(boxes.map((box) => px({ letter: "", ...box })), [
    [50, 70, 200, 900],
    [230, 250, 200, 900],
    [420, 460, 300, 600],
  ]);
  assert.deepEqual(boxes[2]?.bars.map(px), [[420, 440, 300, 500], [440, 460, 400, 600]]);
  assert.deepEqual(boxes[1]?.answers.map(({ left, right }) => [left, right]), [[400, 500]]);
});
