// The bones from the left as packed, how they are fitted to plates, and the film made of them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { WINDOW } from "../src/alignment/angle_layer.ts";
import { FORM_OF, fitBones } from "../src/alignment/bones.ts";
import { depthIn, exposeFilm, sample, type Grey } from "../src/alignment/film.ts";
import { BONES, readLateral } from "../src/alignment/lateral.ts";
import { drawFilm } from "../src/alignment/measuring.ts";
import { VERTEBRAE, type Film, type Point } from "../src/alignment/types.ts";
import { CASES } from "./fixtures/alignment.ts";

const { body, norms } = CASES;
const unpacked = gunzipSync(readFileSync("../../assets/meshes/lateral.bin"));
const buffer = unpacked.buffer.slice(unpacked.byteOffset, unpacked.byteOffset + unpacked.length);
const bones = readLateral(buffer as ArrayBuffer);
const sheet = { ...WINDOW, step: 1 };

test("the pack holds every bone, and refuses what is none", () => {
  assert.deepEqual(Object.keys(bones), [...BONES]);
  for (const { absorption, outlines } of Object.values(bones)) {
    assert.equal(absorption.values.length, absorption.rows * absorption.columns);
    assert.ok(absorption.values.some((value) => value > 20));
    assert.ok((outlines.get("whole") ?? []).length > 0);
  }
  assert.equal(bones.sacrum.inferior, null);
  assert.throws(() => readLateral(new ArrayBuffer(16)), /not what it should be/);
  assert.throws(() => readLateral((buffer as ArrayBuffer).slice(0, buffer.byteLength - 9)), /too early/);
});

test("bones come to lie on the plates that are drawn, and back", () => {
  const fits = fitBones(body, bones);
  VERTEBRAE.forEach((id, place) => {
    const bone = bones[FORM_OF[id]];
    const half = (body.vertebrae[place]?.depth_mm ?? 0) / 2;
    const at = fits[id].forward(bone.superior.posterior);
    assert.ok(Math.hypot(at[0] - half, at[1]) < 1e-6, id);
    for (const point of [[0, -10], [30, -12], [-14, -25], [60, -20]] as Point[]) {
      const back = fits[id].inverse(fits[id].forward(point));
      assert.ok(Math.hypot(back[0] - point[0], back[1] - point[1]) < 0.02, `${id}: ${String(back)}`);
    }
  });
});

test("a film is the same for a seed, and another for another", () => {
  const film = drawFilm(body, norms, 3);
  const one = exposeFilm(film, body, bones, 3, sheet);
  assert.deepEqual(exposeFilm(film, body, bones, 3, sheet).levels, one.levels);
  assert.notDeepEqual(exposeFilm(film, body, bones, 4, sheet).levels, one.levels);
  assert.deepEqual([one.columns, one.rows], [WINDOW.width, WINDOW.height]);
});

/** Mean grey of the pixels around a point of the model. */
function grey(film: Film, { columns, levels }: Grey, [u, v]: Point, reach = 2): number {
  const column = Math.round(u - film.spine.hip[0] - WINDOW.left);
  const row = Math.round(-(v - film.spine.hip[1]) - WINDOW.top);
  let sum = 0;
  for (let y = row - reach; y <= row + reach; y += 1) {
    for (let x = column - reach; x <= column + reach; x += 1) sum += levels[y * columns + x] ?? 0;
  }
  return sum / (2 * reach + 1) ** 2;
}

test("bodies and femoral heads are brighter than the discs and the soft tissue beside them", () => {
  for (const seed of [1, 7, 19]) {
    const film = drawFilm(body, norms, seed);
    const picture = exposeFilm(film, body, bones, seed, sheet);
    const between = (one: Point, other: Point): Point => [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2];
    const mid = (plate: { anterior: Point; posterior: Point }): Point => between(plate.anterior, plate.posterior);
    const { plates } = film.spine;
    for (const [above, below] of [["L1", "L2"], ["L2", "L3"]] as const) {
      const bone = between(mid(plates[`${above}.upper`]), mid(plates[`${above}.lower`]));
      const disc = between(mid(plates[`${above}.lower`]), mid(plates[`${below}.upper`]));
      assert.ok(grey(film, picture, bone) > grey(film, picture, disc, 1) + 15, `${seed}: ${above}`);
    }
    const near = film.heads["hip.near"];
    const beside: Point = [near[0] - 45, near[1] + 20];
    assert.ok(grey(film, picture, near) > grey(film, picture, beside) + 25, `${seed}: head`);
  }
});

test("reading between pixels is exact for what is linear, and nothing outside", () => {
  const values = Float32Array.from({ length: 12 }, (_, place) => 2 * (place % 4) + 5 * Math.floor(place / 4));
  const absorption = { at: [10, 20] as Point, step: 0.5, rows: 3, columns: 4, values };
  assert.ok(Math.abs(sample(absorption, [10.6, 20.45]) - (2 * 1.2 + 5 * 0.9)) < 1e-5);
  assert.equal(sample(absorption, [9.9, 20.2]), 0);
  assert.equal(sample(absorption, [10.2, 30]), 0);
});

test("depth in a ring is the distance to its edge, negative outside", () => {
  const square: Point[] = [[0, 0], [10, 0], [10, 10], [0, 10]];
  assert.equal(depthIn(square, [3, 5]), 3);
  assert.equal(depthIn(square, [5, 12]), -2);
  assert.ok(Math.abs(depthIn(square, [13, 14]) + 5) < 1e-12);
});
