import assert from "node:assert/strict";
import { test } from "node:test";
import { layOut, scaleBar, type Anchor, type Frame, type Placed } from "../src/scene/labels.ts";

const FRAME: Frame = { width: 800, height: 400, margin: 20, inset: 10, gap: 4 };
const anchor = (x: number, y: number, height = 18): Anchor => ({ x, y, width: 100, height });

function assertApart(anchors: readonly Anchor[], placed: readonly (Placed | null)[], frame = FRAME): void {
  for (const side of ["left", "right"]) {
    const column = placed
      .map((each, i) => ({ each, height: anchors[i]?.height ?? 0 }))
      .filter(({ each }) => each?.side === side)
      .sort((a, b) => (a.each?.top ?? 0) - (b.each?.top ?? 0));
    column.forEach(({ each, height }, i) => {
      const top = each?.top ?? 0;
      assert.ok(top >= frame.margin - 1e-9 && top + height <= frame.height - frame.margin + 1e-9);
      const next = column[i + 1]?.each?.top ?? Infinity;
      assert.ok(top + height + frame.gap <= next + 1e-9, `${side}: ${top} and ${next}`);
    });
  }
}

test("a label alone stands beside what it names, at the nearer side", () => {
  assert.deepEqual(layOut([anchor(150, 200), anchor(650, 100)], FRAME), [
    { side: "left", top: 191 },
    { side: "right", top: 91 },
  ]);
});

test("a label goes to the farther side where it would cover what it names", () => {
  const [placed] = layOut([anchor(105, 200)], { ...FRAME, width: 300 });
  assert.equal(placed?.side, "right");
  const [clear] = layOut([anchor(125, 200)], { ...FRAME, width: 300 });
  assert.equal(clear?.side, "left");
});

test("labels at one height are spread evenly about it, in the order of what they name", () => {
  const anchors = [anchor(150, 201), anchor(160, 200), anchor(170, 202)];
  const placed = layOut(anchors, FRAME);
  assert.deepEqual(placed.map((each) => each?.top), [192, 170, 214]);
  assertApart(anchors, placed);
});

test("labels stay within the picture", () => {
  const anchors = [anchor(10, -50), anchor(12, 2), anchor(14, 395), anchor(15, 900)];
  assertApart(anchors, layOut(anchors, FRAME));
});

test("a full side gives to the other, and what has no room is left out", () => {
  const anchors = Array.from({ length: 40 }, (_, i) => anchor(150 + i, 10 * i));
  const placed = layOut(anchors, FRAME);
  assertApart(anchors, placed);
  assert.equal(placed.filter(Boolean).length, 32);
  assert.equal(placed.filter((each) => each?.side === "left").length, 16);
});

test("labels never overlap, wherever things lie", () => {
  let seed = 7;
  const random = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647;
  for (let round = 0; round < 200; round += 1) {
    const anchors = Array.from({ length: 1 + Math.floor(random() * 24) }, () =>
      anchor(random() * 800, random() * 400, random() < 0.3 ? 36 : 18),
    );
    const placed = layOut(anchors, FRAME);
    assertApart(anchors, placed);
    for (const side of ["left", "right"]) {
      const mine = anchors.flatMap((each, i) =>
        placed[i]?.side === side ? [{ y: each.y, top: placed[i]?.top ?? 0 }] : [],
      );
      const byAnchor = [...mine].sort((a, b) => a.y - b.y || a.top - b.top);
      const byTop = [...mine].sort((a, b) => a.top - b.top);
      assert.deepEqual(byAnchor, byTop, "leader lines cross");
    }
  }
});

test("the scale is a round length that fits", () => {
  assert.equal(scaleBar(0.2, 110), 20);
  assert.equal(scaleBar(0.1, 110), 10);
  assert.equal(scaleBar(5, 110), 100);
});
