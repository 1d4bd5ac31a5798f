import assert from "node:assert/strict";
import { test } from "node:test";
import { apply, boneTransforms, upright, type Transform } from "../src/scene/pose.ts";
import { deform, deformationKey, faceOutwards, hollows, sixVolumes, writeNormals } from "../src/scene/skin.ts";
import type { PackedPart } from "../src/scene/pack.ts";
import type { Vector } from "../src/scene/types.ts";
import { box, madePack } from "./fixtures/solids.ts";

const pack = madePack();
const part = (name: string): PackedPart => pack.parts.find((each) => each.name === name) as PackedPart;
const STILL = { morph: {}, scale: [1, 1, 1] as Vector };

function near(actual: Vector, wanted: Vector): void {
  actual.forEach((each, i) => {
    assert.ok(Math.abs(each - (wanted[i] as number)) < 1e-6, `${actual} is not ${wanted}`);
  });
}

function shownAs(name: string, transforms: Map<string, Transform>, more = {}): Float32Array {
  const shown = part(name).positions.slice();
  deform(part(name), { transforms, ...STILL, ...more }, shown);
  return shown;
}

const extent = (points: Float32Array, axis: number): [number, number] => {
  const values = [...points].filter((_, i) => i % 3 === axis);
  return [Math.min(...values), Math.max(...values)];
};

test("standing, with no variant, nothing moves", () => {
  const transforms = boneTransforms(pack.header, 0, {}, {});
  assert.deepEqual(shownAs("L4", transforms), part("L4").positions);
  assert.deepEqual(shownAs("L4-L5.annulus_fibrosus", transforms), part("L4-L5.annulus_fibrosus").positions);
});

test("supine, a bone is turned about its own place; half-way, by half the angle", () => {
  const supine = boneTransforms(pack.header, 1, {}, {});
  near(apply(supine.get("L4") as Transform, [0, 0, 50]), [0, -10, 44]);
  near(apply(supine.get("L5") as Transform, [3, 4, 5]), [3, 4, 5]);
  const half = boneTransforms(pack.header, 0.5, {}, {});
  const [, y, z] = apply(half.get("L4") as Transform, [0, 0, 50]);
  assert.ok(Math.abs(Math.atan2(-y, z - 42) - Math.PI / 4) < 1e-6);
});

test("a slip moves all above forwards by its share of the plate, and nothing below", () => {
  const transforms = boneTransforms(pack.header, 0, { "L4-L5": 0.25 }, {});
  near(apply(transforms.get("L4") as Transform, [0, 0, 40]), [0, -7.5, 40]);
  near(apply(transforms.get("L5") as Transform, [0, 0, 10]), [0, 0, 10]);
});

test("a lost disc lowers all above, and the disc itself thins evenly", () => {
  const transforms = boneTransforms(pack.header, 0, {}, { "L4-L5": 0.4 });
  near(apply(transforms.get("L4") as Transform, [0, 0, 40]), [0, 0, 34]);
  const disc = shownAs("L4-L5.annulus_fibrosus", transforms);
  const [low, high] = extent(disc, 2);
  assert.ok(Math.abs(low - 20) < 1e-4 && Math.abs(high - 24) < 1e-4);
});

test("a morph moves as far as it is wanted; the scale comes last", () => {
  const transforms = boneTransforms(pack.header, 0, {}, {});
  const half = shownAs("L5", transforms, { morph: { facet_hypertrophy: 0.5 } });
  assert.ok(Math.abs(extent(half, 1)[1] - 16.5) < 1e-4);
  const large = shownAs("L5", transforms, { morph: { facet_hypertrophy: 0.5 }, scale: [1, 2, 1] });
  assert.ok(Math.abs(extent(large, 1)[1] - 33) < 1e-4);
});

test("only parts that are meant are computed anew", () => {
  const none = { transforms: boneTransforms(pack.header, 0, {}, {}), ...STILL };
  const slipped = { ...none, transforms: boneTransforms(pack.header, 0, { "L4-L5": 0.1 }, {}) };
  const grown = { ...none, morph: { facet_hypertrophy: 1 } };
  const differs = (name: string, how: typeof none): boolean =>
    deformationKey(part(name), none) !== deformationKey(part(name), how);
  assert.equal(differs("L5", slipped), false);
  assert.equal(differs("L4", slipped), true);
  assert.equal(differs("L4-L5.annulus_fibrosus", slipped), true);
  assert.equal(differs("L4", grown), false);
  assert.equal(differs("L5", grown), true);
});

test("upright, a bone lies in its own frame", () => {
  near(apply(upright(pack.header, "L4"), [3, 4, 45]), [3, 4, 5]);
});

test("meshes that face inwards are turned", () => {
  const { points, triangles } = box([0, 0, 0], [1, 2, 3]);
  assert.ok(Math.abs(sixVolumes(points, triangles) - 36) < 1e-6);
  for (let t = 0; t < triangles.length; t += 3) triangles.subarray(t, t + 3).reverse();
  faceOutwards(points, triangles);
  assert.ok(Math.abs(sixVolumes(points, triangles) - 36) < 1e-6);
});

test("normals point outwards, and a box has ridges but no grooves", () => {
  const { points, triangles } = box([-1, -1, -1], [1, 1, 1]);
  const normals = new Float32Array(points.length);
  writeNormals(points, triangles, normals);
  for (let i = 0; i < points.length; i += 3) {
    const outward = [0, 1, 2].reduce((sum, k) => sum + (points[i + k] as number) * (normals[i + k] as number), 0);
    assert.ok(outward > 1.3);
  }
  assert.ok(hollows(points, triangles, normals).every((each) => each < 0));
});
