import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { listen, type Handlers } from "../src/scene/controls.ts";
import { Reader, type Target } from "../src/scene/reader.ts";
import type { Pick } from "../src/scene/types.ts";
import { openPage, press, until } from "./page.ts";

let canvas: HTMLCanvasElement;
let stage: HTMLElement;
let calls: [string, ...unknown[]][];
let removed: AbortController;

beforeEach(() => {
  openPage();
  canvas = document.createElement("canvas");
  stage = document.createElement("div");
  stage.tabIndex = 0;
  stage.append(canvas);
  document.body.append(stage);
  calls = [];
  removed = new AbortController();
});

const note =
  (name: string) =>
  (...all: unknown[]): void =>
    void calls.push([name, ...all.map((each) => (typeof each === "number" ? Math.round(each * 100) / 100 + 0 : each))]);

function start(): void {
  const handlers: Handlers = {
    turn: note("turn"),
    zoom: note("zoom"),
    move: note("move"),
    tap: note("tap"),
    hover: note("hover"),
    leave: note("leave"),
  };
  listen(canvas, stage, handlers, removed.signal);
}

function point(type: string, x: number, y: number, more: PointerEventInit = {}): void {
  const init = { clientX: x, clientY: y, pointerId: 1, pointerType: "mouse", bubbles: true, ...more };
  canvas.dispatchEvent(new PointerEvent(type, init));
}

test("a drag turns, and does not pick", () => {
  start();
  point("pointerdown", 100, 100);
  point("pointermove", 110, 100);
  point("pointermove", 110, 120);
  point("pointerup", 110, 120);
  assert.deepEqual(calls, [
    ["turn", -4, 0],
    ["turn", 0, 8],
  ]);
});

test("a press that stays where it is picks; with Shift or the right button a drag moves", () => {
  start();
  point("pointerdown", 50, 60);
  point("pointermove", 52, 61);
  point("pointerup", 52, 61);
  assert.deepEqual(calls, [["tap", 52, 61]]);
  calls.length = 0;
  point("pointerdown", 50, 60, { shiftKey: true });
  point("pointermove", 70, 60);
  point("pointerup", 70, 60);
  assert.deepEqual(calls, [["move", 20, 0]]);
});

test("two fingers pinch about their middle, and never pick", () => {
  start();
  const finger = (id: number): PointerEventInit => ({ pointerId: id, pointerType: "touch" });
  point("pointerdown", 100, 100, finger(1));
  point("pointerdown", 200, 100, finger(2));
  point("pointermove", 300, 100, finger(2));
  point("pointerup", 300, 100, finger(2));
  point("pointerup", 100, 100, finger(1));
  assert.deepEqual(calls, [
    ["zoom", 2, 200, 100],
    ["move", 50, 0],
  ]);
});

test("until it is tapped the picture leaves upright swipes and the wheel to the page", () => {
  start();
  const wheel = (): boolean =>
    canvas.dispatchEvent(new (window as unknown as { WheelEvent: typeof WheelEvent }).WheelEvent("wheel", { deltaY: 100, bubbles: true, cancelable: true }));
  assert.equal(canvas.style.touchAction, "pan-y");
  assert.equal(wheel(), true, "the page scrolls");
  point("pointerdown", 10, 10, { pointerType: "touch" });
  point("pointerup", 10, 10, { pointerType: "touch" });
  assert.equal(canvas.style.touchAction, "none");
  assert.equal(wheel(), false, "the picture zooms");
  stage.blur();
  assert.equal(canvas.style.touchAction, "pan-y");
});

test("nothing is heard once the picture has gone", () => {
  start();
  removed.abort();
  point("pointerdown", 100, 100);
  point("pointermove", 150, 100);
  assert.deepEqual(calls, []);
});

const PICK: Pick = { structure: "L4.lamina.left", part: "L4", point: [1, 2, 3] };

function read(): void {
  const target: Target = {
    canvas,
    stage,
    signal: removed.signal,
    turn: note("turn"),
    zoom: note("zoom"),
    zoomAt: note("zoomAt"),
    move: note("move"),
    go: note("go"),
    pickAt: () => PICK,
    pickOf: (structure) => ({ ...PICK, structure }),
    shown: (within) => (within ? ["L4.pedicle.left", "L4.lamina.left", "L5"] : ["L4", "L5"]),
    tip: () => undefined,
    announce: note("announce"),
    announcePick: () => undefined,
    say: (structure) => structure,
    moved: note("moved"),
    picked: (pick) => void calls.push(["picked", pick?.structure ?? null]),
    hovered: (pick) => void calls.push(["hovered", pick?.structure ?? null]),
    ended: note("ended"),
  };
  new Reader(target);
}

test("keys go through the parts and round again, and Enter picks the one they have come to", () => {
  read();
  for (const key of ["n", "n", "n", "Enter"]) press(stage, key);
  assert.deepEqual(
    calls.filter(([name]) => name !== "moved"),
    [
      ["announce", "L4"],
      ["announce", "L5"],
      ["announce", "L4"],
      ["picked", "L4"],
    ],
  );
  calls.length = 0;
  press(stage, "P");
  assert.deepEqual(calls.at(-1), ["announce", "L5"], "from a part that is no structure, the last one");
});

test("Escape gives up what was begun; leaving the picture ends the keyboard's mark", () => {
  read();
  press(stage, "n");
  calls.length = 0;
  press(stage, "Escape");
  assert.deepEqual(calls, [["moved", null], ["ended"], ["picked", null]]);
  press(stage, "n");
  stage.dispatchEvent(new (window as unknown as { FocusEvent: typeof FocusEvent }).FocusEvent("focusout", { bubbles: true }));
  assert.deepEqual(calls.at(-1), ["moved", null]);
});

test("keys inside other elements of the picture are not its own", () => {
  read();
  press(canvas, "n");
  assert.deepEqual(calls, []);
});

test("what lies under the pointer is told once", async () => {
  read();
  point("pointermove", 10, 10);
  point("pointermove", 11, 10);
  await until(() => calls.length > 0, "a structure is told");
  point("pointermove", 12, 10);
  await new Promise((resolve) => setTimeout(resolve, 5));
  point("pointerleave", 12, 10);
  assert.deepEqual(calls, [
    ["hovered", "L4.lamina.left"],
    ["hovered", null],
  ]);
});
