import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { savePicture, toCsv, type PictureMaker } from "../src/save.ts";
import { openPage } from "./page.ts";

beforeEach(() => {
  openPage();
  mock.timers.enable({ apis: ["setTimeout"] }); // a saved file's address is kept for a minute
});

afterEach(() => mock.timers.reset());

test("a table is written so that spreadsheets read it as it is", () => {
  const text = toCsv([
    ["a", 'say "no"', "one, two"],
    ["=1+1", "−3", "-3.5"],
  ]);
  assert.equal(text, "\ufeffa,\"say \"\"no\"\"\",\"one, two\"\r\n'=1+1,−3,-3.5\r\n");
});

test("a picture has its chart, and room for a line at the foot", async () => {
  const asked: Parameters<PictureMaker["toImage"]>[] = [];
  const maker: PictureMaker = {
    toImage: (...all) => {
      asked.push(all);
      return Promise.resolve("data:image/png;base64,iVBORw0KGgo=");
    },
  };
  const saved: string[] = [];

  const clicked = HTMLElement.prototype.click;
  HTMLElement.prototype.click = function (this: HTMLAnchorElement) {
    saved.push(this.download);
  };
  try {
    const layout = { margin: { b: 30, l: 5 }, annotations: [{ text: "own" }] };
    await savePicture(maker, { data: [{}], layout, width: 800, height: 400 }, "png", "chart", "where from");
  } finally {
    HTMLElement.prototype.click = clicked;
  }
  assert.deepEqual(saved, ["chart.png"]);
  const [figure, settings] = asked[0] ?? [];
  assert.ok((settings?.height ?? 0) > 400);
  const drawn = figure?.layout as { margin: { b: number; l: number }; annotations: { text: string }[] };
  assert.equal(drawn.margin.l, 5);
  assert.equal(drawn.margin.b - 30, (settings?.height ?? 0) - 400);
  assert.deepEqual(drawn.annotations.map(({ text }) => text), ["own", "where from"]);
});
