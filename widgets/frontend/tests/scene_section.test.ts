import assert from "node:assert/strict";
import { test } from "node:test";
import {
  faces,
  holds,
  inMaterial,
  mostly,
  nearestTriangle,
  onPlane,
  outlines,
  planeThrough,
  type Outline,
} from "../src/scene/section.ts";
import type { Vector } from "../src/scene/types.ts";
import { box, tube, type Solid } from "./fixtures/solids.ts";

const UP: Vector = [0, 0, 1];
const STAY: Vector = [0, 0, 0];

const cut = ({ points, triangles }: Solid, at: number, normal = UP, offset = STAY): Outline[] =>
  outlines(points, triangles, offset, planeThrough([normal[0] * at, normal[1] * at, normal[2] * at], normal));
const area = (found: readonly Outline[]): number => found.reduce((sum, each) => sum + each.area, 0);
const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-3;

test("a box is cut in one rectangle of its own size, from either side", () => {
  const solid = box([0, 0, 0], [2, 3, 4]);
  for (const normal of [UP, [0, 0, -1]] as Vector[]) {
    const found = cut(solid, normal[2] * 1.5, normal);
    assert.equal(found.length, 1);
    assert.ok(near(area(found), 6));
  }
  assert.ok(near(area(cut(solid, 1, [1, 0, 0])), 12));
  assert.ok(near(area(cut(solid, 1, [0, 1, 0])), 8));
});

test("a slanting cut has the slanting face's area", () => {
  const slanting = cut(box([0, 0, 0], [2, 2, 20]), 5, [Math.SQRT1_2, 0, Math.SQRT1_2]);
  assert.ok(near(area(slanting), 4 * Math.SQRT2));
});

test("beside a mesh there is nothing to cut, even exactly at its end", () => {
  const solid = box([0, 0, 0], [2, 3, 4]);
  assert.deepEqual(cut(solid, 4.5), []);
  assert.deepEqual(cut(solid, -1), []);
  assert.deepEqual(cut(solid, 4), []);
});

test("a cut through vertices and edges still closes", () => {
  const found = cut(box([0, 0, 0], [2, 2, 2]), 1, [0, 0, 1]);
  assert.ok(near(area(found), 4));
  const diagonal = cut(box([-1, -1, -1], [1, 1, 1]), 0, [Math.SQRT1_2, Math.SQRT1_2, 0]);
  assert.equal(diagonal.length, 1);
  assert.ok(near(area(diagonal), 4 * Math.SQRT2));
});

test("a tube is cut in a ring: an outer outline and a hole that belongs to it", () => {
  const found = cut(tube(10, 6, 20), 3);
  assert.equal(found.length, 2);
  const [face, ...others] = faces(found);
  assert.deepEqual(others, []);
  assert.equal(face?.holes.length, 1);
  const sides = (radius: number): number => 32 * radius ** 2 * Math.sin((2 * Math.PI) / 64);
  assert.ok(near(area(found), sides(10) - sides(6)));
});

test("lengthwise, a tube is cut in two faces without holes", () => {
  const found = cut(tube(10, 6, 20), 0.5, [1, 0, 0]);
  assert.equal(faces(found).length, 2);
  assert.ok(faces(found).every(({ holes }) => holes.length === 0));
});

test("what has been moved is cut where it is shown", () => {
  const solid = box([0, 0, 0], [2, 3, 4]);
  assert.deepEqual(cut(solid, 6, UP, [0, 0, 1]), []);
  assert.ok(near(area(cut(solid, 6, UP, [5, 0, 4])), 6));
});

test("points of the plane know whether they lie in material", () => {
  const solid = tube(10, 6, 20);
  const found = cut(solid, 0.1);
  const plane = planeThrough([0, 0, 0.1], UP);
  const at = (x: number, y: number): [number, number] => [
    x * plane.u[0] + y * plane.u[1],
    x * plane.v[0] + y * plane.v[1],
  ];
  assert.equal(inMaterial(found, ...at(8, 0)), true);
  assert.equal(inMaterial(found, ...at(0, -8)), true);
  assert.equal(inMaterial(found, ...at(0, 0)), false);
  assert.equal(inMaterial(found, ...at(11, 0)), false);
  assert.equal(holds(found.find((each) => each.area > 0) as Outline, ...at(0, 0)), true);
});

test("a face's point leads back to the nearest surface", () => {
  const found = cut(box([-10, -10, -10], [10, 10, 10]), 0);
  const plane = planeThrough([0, 0, 0], UP);
  const [u, v] = [9 * plane.u[0], 9 * plane.v[0]];
  assert.ok([2, 3].includes(nearestTriangle(found, u, v)), "the side of +x");
});

test("an open mesh is closed by a straight line", () => {
  const { points, triangles } = box([0, 0, 0], [2, 3, 4]);
  const open = cut({ points, triangles: triangles.slice(6) }, 1.5); // without the side of -x
  assert.equal(open.length, 1);
  assert.ok(near(area(open), 6));
});

test("the plane's own points lie on it", () => {
  const plane = planeThrough([1, 2, 3], [1, 1, 1]);
  const point = onPlane(plane, 4, -5, 0.5);
  const height = plane.normal.reduce((sum, each, i) => sum + each * (point[i] as number), 0);
  assert.ok(near(height - plane.limit, 0.5));
});

test("an outline lies mostly where most of its length does, however many triangles that is", () => {
  const points = Float64Array.from([0, 0, 10, 0, 10, 1, 0, 1]);
  const outline = { points, triangles: Uint32Array.from([0, 1, 2, 3]), area: 10 };
  assert.equal(mostly(outline, (triangle) => triangle % 2 === 0), true);
  assert.equal(mostly(outline, (triangle) => triangle % 2 === 1), false);
  assert.equal(mostly(outline, () => false), false);
});
