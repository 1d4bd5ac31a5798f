// Cutting meshes with a plane: closed outlines of the cut face, with the material to their left.
import type { HalfSpace } from "./pick.ts";
import type { Vector } from "./types.ts";
import { cross, dot, unit } from "./vectors.ts";

/** A plane with its own axes: seen from where `normal` points, `v` is left of `u`. */
export interface Plane extends HalfSpace {
  u: Vector;
  v: Vector;
}

/** An outline on a plane: outer ones run anticlockwise, holes clockwise. */
export interface Outline {
  /** u and v of each point, in turn. */
  points: Float64Array;
  /** The triangle of the mesh that the way from each point to the next lies in. */
  triangles: Uint32Array;
  /** mm², negative for a hole. */
  area: number;
}

/** An outer outline and the holes in it. */
export interface Face {
  outer: Outline;
  holes: Outline[];
}

/** Smaller outlines are crumbs of rounding. */
const LEAST_AREA = 0.02;

export function planeThrough(point: Vector, normal: Vector): Plane {
  const n = unit(normal);
  const u = unit(cross(Math.abs(n[2]) < 0.9 ? [0, 0, 1] : [1, 0, 0], n));
  return { normal: n, limit: dot(n, point), u, v: cross(n, u) };
}

/** The point of space at (u, v) on a plane, lifted off it by `above` mm. */
export function onPlane(plane: Plane, u: number, v: number, above = 0): Vector {
  const { normal: n, limit } = plane;
  const h = limit + above;
  return [
    n[0] * h + plane.u[0] * u + plane.v[0] * v,
    n[1] * h + plane.u[1] * u + plane.v[1] * v,
    n[2] * h + plane.u[2] * u + plane.v[2] * v,
  ];
}

/**
 * The outlines in which `plane` cuts a closed mesh that has been moved by `offset`. What lies on
 * the far side of the normal is kept. A vertex on the plane counts as kept, so that every outline
 * of a closed mesh closes; what an open mesh leaves open is closed by a straight line.
 */
export function outlines(
  points: Float32Array,
  triangles: Uint32Array,
  offset: Vector,
  plane: Plane,
): Outline[] {
  const [nx, ny, nz] = plane.normal;
  const limit = plane.limit - dot(plane.normal, offset);
  const count = points.length / 3;
  const height = new Float64Array(count);
  let [below, above] = [false, false];
  for (let i = 0; i < count; i += 1) {
    const h =
      nx * (points[3 * i] as number) +
      ny * (points[3 * i + 1] as number) +
      nz * (points[3 * i + 2] as number) -
      limit;
    height[i] = h;
    if (h > 0) above = true;
    else below = true;
  }
  if (!below || !above) return [];

  const starts = new Map<number, number>();
  const ends: number[] = [];
  const from: number[] = [];
  for (let t = 0; t < triangles.length; t += 3) {
    const a = triangles[t] as number;
    const b = triangles[t + 1] as number;
    const c = triangles[t + 2] as number;
    const ua = (height[a] as number) > 0;
    const ub = (height[b] as number) > 0;
    const uc = (height[c] as number) > 0;
    if (ua === ub && ub === uc) continue;
    // The way goes from the edge that descends through the plane to the one that ascends.
    const down = ua && !ub ? edge(a, b, count) : ub && !uc ? edge(b, c, count) : edge(c, a, count);
    const up = !ua && ub ? edge(a, b, count) : !ub && uc ? edge(b, c, count) : edge(c, a, count);
    starts.set(down, ends.length);
    ends.push(up);
    from.push(t / 3, down);
  }

  const place = (key: number): [number, number] => {
    const i = Math.floor(key / count);
    const j = key % count;
    const share = (height[i] as number) / ((height[i] as number) - (height[j] as number));
    const at = (axis: number): number => {
      const p = points[3 * i + axis] as number;
      return p + share * ((points[3 * j + axis] as number) - p) + (offset[axis] as number);
    };
    const point: Vector = [at(0), at(1), at(2)];
    return [dot(point, plane.u), dot(point, plane.v)];
  };

  const found: Outline[] = [];
  const used = new Uint8Array(ends.length);
  // Ways that nothing leads to are where an open mesh begins: they go first.
  const led = new Set(ends);
  const begins = ends.map((_, i) => i).filter((i) => !led.has(from[2 * i + 1] as number));
  for (const first of [...begins, ...ends.keys()]) {
    if (used[first]) continue;
    const uv: number[] = [];
    const within: number[] = [];
    let at: number | undefined = first;
    while (at !== undefined && !used[at]) {
      used[at] = 1;
      uv.push(...place(from[2 * at + 1] as number));
      within.push(from[2 * at] as number);
      const end: number = ends[at] as number;
      at = starts.get(end);
      if (at === undefined) {
        uv.push(...place(end));
        within.push(within.at(-1) as number);
      }
    }
    const outline = Float64Array.from(uv);
    const area = signedArea(outline);
    if (Math.abs(area) >= LEAST_AREA) {
      found.push({ points: outline, triangles: Uint32Array.from(within), area });
    }
  }
  return found;
}

/** One number for an edge, whichever way it is gone along. */
const edge = (a: number, b: number, count: number): number =>
  a < b ? a * count + b : b * count + a;

/** Whether `holds` is true of the triangles along more than half of an outline's length. */
export function mostly({ points, triangles }: Outline, holds: (triangle: number) => boolean): boolean {
  let [within, all] = [0, 0];
  for (let i = 0; i < triangles.length; i += 1) {
    const next = (i + 1) % triangles.length;
    const u = (points[2 * next] as number) - (points[2 * i] as number);
    const v = (points[2 * next + 1] as number) - (points[2 * i + 1] as number);
    const length = Math.hypot(u, v);
    all += length;
    if (holds(triangles[i] as number)) within += length;
  }
  return 2 * within > all;
}

/** mm², positive where the points run anticlockwise. */
export function signedArea(points: Float64Array): number {
  let twice = 0;
  for (let i = 0, j = points.length - 2; i < points.length; j = i, i += 2) {
    twice +=
      (points[j] as number) * (points[i + 1] as number) -
      (points[i] as number) * (points[j + 1] as number);
  }
  return twice / 2;
}

/** Give each hole to the smallest outer outline that holds it. */
export function faces(found: readonly Outline[]): Face[] {
  const outer = found
    .filter(({ area }) => area > 0)
    .sort((a, b) => a.area - b.area)
    .map((outline): Face => ({ outer: outline, holes: [] }));
  for (const hole of found) {
    if (hole.area > 0) continue;
    const [u, v] = [hole.points[0] as number, hole.points[1] as number];
    outer.find((face) => face.outer.area > -hole.area && holds(face.outer, u, v))?.holes.push(hole);
  }
  return outer;
}

/** Whether (u, v) lies within an outline. */
export function holds({ points }: Outline, u: number, v: number): boolean {
  let inside = false;
  for (let i = 0, j = points.length - 2; i < points.length; j = i, i += 2) {
    const [ui, vi] = [points[i] as number, points[i + 1] as number];
    const [uj, vj] = [points[j] as number, points[j + 1] as number];
    if (vi > v !== vj > v && u < ((uj - ui) * (v - vi)) / (vj - vi) + ui) inside = !inside;
  }
  return inside;
}

/** Whether (u, v) lies in material: within an odd number of outlines. */
export function inMaterial(found: readonly Outline[], u: number, v: number): boolean {
  return found.reduce((inside, outline) => inside !== holds(outline, u, v), false);
}

/** The triangle of the mesh whose trace is nearest to (u, v). */
export function nearestTriangle(found: readonly Outline[], u: number, v: number): number {
  let [best, least] = [0, Infinity];
  for (const { points, triangles } of found) {
    for (let i = 0; i < triangles.length; i += 1) {
      const next = (i + 1) % triangles.length;
      const [ax, ay] = [points[2 * i] as number, points[2 * i + 1] as number];
      const [bx, by] = [points[2 * next] as number, points[2 * next + 1] as number];
      const [dx, dy] = [bx - ax, by - ay];
      const along = ((u - ax) * dx + (v - ay) * dy) / (dx * dx + dy * dy || 1);
      const share = Math.max(0, Math.min(1, along));
      const distance = Math.hypot(ax + share * dx - u, ay + share * dy - v);
      if (distance < least) [best, least] = [triangles[i] as number, distance];
    }
  }
  return best;
}
