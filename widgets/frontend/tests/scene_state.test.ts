import assert from "node:assert/strict";
import { test } from "node:test";
import { borderLetters, letters } from "../src/scene/orientation.ts";
import { axesOf, between, DIRECTIONS, Eye, fitting, tidied } from "../src/scene/camera.ts";
import { canalAreas } from "../src/scene/canal.ts";
import { commandOf } from "../src/scene/keyboard.ts";
import { Measuring } from "../src/scene/measuring.ts";
import { Catalogue, changed, defaultState, differences, isShown, nearest, opacityOf } from "../src/scene/state.ts";
import { STATE_KEYS } from "../src/scene/names.ts";
import type { PartInfo, Pick, SceneState, Vector } from "../src/scene/types.ts";
import { sayStructure } from "../src/scene/words.ts";

const L4: PartInfo = {
  name: "L4",
  tissue: "bone",
  layer: "bones",
  structures: ["L4.pedicle.left", "L4.vertebral_body"],
};
const PSOAS: PartInfo = {
  name: "psoas_major.left",
  tissue: "muscle",
  layer: "muscles",
  structures: ["psoas_major.left"],
};
const catalogue = new Catalogue([L4, PSOAS], ["L4-L5"], ["facet_hypertrophy"]);
const change = (given: Partial<SceneState>): SceneState => changed(defaultState(), given, catalogue);

test("a change is merged, and only what differs is told", () => {
  const before = defaultState();
  const after = change({ peeled: 2, hidden: ["L4"], slip: {} });
  assert.deepEqual([...differences(before, after)].sort(), ["hidden", "peeled"]);
  assert.equal(before.peeled, 0);
});

test("the widget's traits are the scene's state", () => {
  assert.deepEqual([...STATE_KEYS].sort(), Object.keys(defaultState()).sort());
});

test("what the model lacks is refused, with what was near", () => {
  assert.throws(() => change({ highlight: ["L4.pedicel.left"] }), /did you mean L4\.pedicle\.left\?/);
  assert.throws(() => change({ opacity: { heart: 1 } }), /no structure heart$/);
  assert.throws(() => change({ slip: { "L1-L2": 0.1 } }), /L4-L5, not L1-L2/);
  assert.throws(() => change({ morph: { growth: 1 } }), /facet_hypertrophy, not growth/);
  assert.throws(() => change({ section: { plane: "oblique" as "axial", at: 1 } }), /axial, sagittal/);
  assert.throws(() => change({ section: { plane: "axial", at: Number.NaN } }), /mm/);
  assert.throws(() => change({ scale: [1, 0, 1] }), /above 0/);
  assert.throws(() => change({ colour: {}, tint: 1 } as object), /no tint/);
  assert.equal(nearest("xyz", ["L4", "dural_sac"]), null);
});

test("layers are peeled from outside; hiding and isolating go by part or structure", () => {
  const shown = (part: PartInfo, structure: string, given: Partial<SceneState>): boolean =>
    isShown(part, structure, { ...defaultState(), ...given });
  assert.equal(shown(PSOAS, PSOAS.name, {}), true);
  assert.equal(shown(PSOAS, PSOAS.name, { peeled: 1 }), false);
  assert.equal(shown(L4, "L4.pedicle.left", { peeled: 5 }), true);
  assert.equal(shown(L4, "L4.pedicle.left", { hidden: ["L4.pedicle.left"] }), false);
  assert.equal(shown(L4, "L4.vertebral_body", { hidden: ["L4.pedicle.left"] }), true);
  assert.equal(shown(L4, "L4.vertebral_body", { hidden: ["L4"] }), false);
  assert.equal(shown(L4, "L4.vertebral_body", { isolated: ["L4.pedicle.left"] }), false);
  assert.equal(shown(PSOAS, PSOAS.name, { isolated: [PSOAS.name], peeled: 5 }), true);
});

test("muscle is seen through unless it is said otherwise; a structure's opacity wins over its part's", () => {
  assert.ok(opacityOf(PSOAS, PSOAS.name, {}) < 0.7);
  assert.equal(opacityOf(PSOAS, PSOAS.name, { "psoas_major.left": 1 }), 1);
  assert.equal(opacityOf(L4, "L4.pedicle.left", { L4: 0.5, "L4.pedicle.left": 2 }), 1);
  assert.equal(opacityOf(L4, "L4.vertebral_body", { L4: 0.5 }), 0.5);
});

test("the canal's area is linear between the table's points, along each axis, and ends with it", () => {
  const table = {
    "L4-L5": {
      facet_hypertrophy: [0, 1],
      slip: [0, 0.1, 0.5],
      area_mm2: [
        [200, 180, 100],
        [150, 140, 80],
      ],
    },
  };
  const at = (facets: number, slip: number): number | undefined =>
    canalAreas(table, { morph: { facet_hypertrophy: facets }, slip: { "L4-L5": slip }, disc_height: {} })["L4-L5"];
  assert.equal(at(0, 0), 200);
  assert.equal(at(0.5, 0), 175);
  assert.equal(at(0, 0.3), 140);
  assert.equal(at(0.5, 0.05), 167.5);
  assert.equal(at(1, 0.9), 80);
  assert.deepEqual(canalAreas(undefined, { morph: {}, slip: {}, disc_height: {} }), {});
});

test("a table may run from whole discs down to lost ones", () => {
  const table = { "L4-L5": { disc_height: [1, 0.5, 0.2], area_mm2: [200, 150, 90] } };
  const at = (kept?: number): number | undefined =>
    canalAreas(table, { morph: {}, slip: {}, disc_height: kept === undefined ? {} : { "L4-L5": kept } })["L4-L5"];
  assert.equal(at(), 200);
  assert.equal(at(0.75), 175);
  assert.equal(at(0.1), 90);
});

test("keys turn, zoom, choose views and go through the parts; keys with a modifier are the page's", () => {
  const key = (name: string, more = {}) =>
    commandOf({ key: name, altKey: false, ctrlKey: false, metaKey: false, ...more });
  assert.deepEqual(key("ArrowLeft"), { do: "turn", right: -10, up: 0 });
  assert.deepEqual(key("+"), { do: "zoom", factor: 1.2 });
  assert.deepEqual(key("1"), { do: "view", view: "anterior" });
  assert.deepEqual(key("7"), { do: "view", view: "through_foramen" });
  assert.equal(key("8"), null);
  assert.deepEqual(key("]"), key("n"));
  assert.deepEqual(key("p"), { do: "cycle", step: -1, within: false });
  assert.deepEqual(key("N"), { do: "cycle", step: 1, within: true });
  assert.deepEqual(key("Enter"), { do: "pick" });
  assert.deepEqual(key("Escape"), { do: "clear" });
  assert.equal(key("Tab"), null);
  assert.equal(key("n", { ctrlKey: true }), null);
});

test("letters at the borders follow the eye", () => {
  const at = (view: keyof typeof DIRECTIONS) => borderLetters(axesOf(...DIRECTIONS[view]));
  assert.deepEqual(at("anterior"), { right: "L", left: "R", top: "S", bottom: "I" });
  assert.deepEqual(at("posterior"), { right: "R", left: "L", top: "S", bottom: "I" });
  assert.deepEqual(at("left_lateral"), { right: "P", left: "A", top: "S", bottom: "I" });
  assert.deepEqual(at("right_lateral"), { right: "A", left: "P", top: "S", bottom: "I" });
  assert.deepEqual(at("superior"), { right: "R", left: "L", top: "A", bottom: "P" });
  assert.equal(letters([0.6, -0.8, 0]), "AL");
});

test("the eye projects what its rays go through, and gazes turn the short way round", () => {
  const eye = new Eye();
  eye.resize(800, 400);
  eye.look({ azimuth: 142, elevation: 18, target: [1, 2, 3], height: 100 });
  const point: Vector = [10, -12, 31];
  const { x, y } = eye.project(point);
  const { from, along } = eye.ray(x, y);
  const t = along.reduce((sum, each, i) => sum + each * ((point[i] as number) - (from[i] as number)), 0);
  from.forEach((each, i) => assert.ok(Math.abs(each + t * (along[i] as number) - (point[i] as number)) < 1e-9));
  const gaze = { elevation: 0, target: [0, 0, 0] as Vector, height: 100 };
  assert.equal(between({ ...gaze, azimuth: 350 }, { ...gaze, azimuth: 30 }, 0.5).azimuth, 10);
  assert.equal(tidied({ ...gaze, azimuth: -90, elevation: 120 }).elevation, 90);
});

test("a picture is fitted to what it shows, whichever of its sides is the shorter", () => {
  const corners: Vector[] = [
    [-50, 0, 0],
    [50, 0, 20],
  ];
  assert.ok(Math.abs(fitting(corners, 0, 0, 2, 1).height - 50) < 1e-9);
  assert.ok(Math.abs(fitting(corners, 90, 0, 2, 1).height - 20) < 1e-9);
  assert.deepEqual(fitting(corners, 0, 0, 2).target.map(Math.round), [0, 0, 10]);
});

test("two points make a length, the third begins anew", () => {
  const pick = (x: number): Pick => ({ structure: "L4", part: "L4", point: [x, 0, 0] });
  const measuring = new Measuring();
  assert.equal(measuring.take(pick(1)), null);
  assert.equal(measuring.take(pick(4))?.mm, 3);
  assert.equal(measuring.take(pick(9)), null);
  assert.deepEqual(measuring.length, { from: [9, 0, 0], to: null });
  assert.equal(measuring.clear(), true);
  assert.equal(measuring.clear(), false);
});

test("names are said in words", () => {
  const said = {
    L4: "L4",
    "L4.pedicle.left": "left pedicle of L4",
    "sacrum.ala.right": "right ala of the sacrum",
    "L4-L5.annulus_fibrosus": "annulus fibrosus of L4–L5",
    "S1.nerve_root.left": "left nerve root of S1",
    "psoas_major.left": "left psoas major",
    dural_sac: "dural sac",
  };
  for (const [name, words] of Object.entries(said)) assert.equal(sayStructure(name), words);
});
