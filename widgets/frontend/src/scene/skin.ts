// From a part's standing vertices to where they are shown: morphs, bones' transforms blended by
// weight, then the scale of the whole model.
import type { PackedPart } from "./pack.ts";
import { identity, type Transform } from "./pose.ts";
import type { Vector } from "./types.ts";

export interface Deformation {
  transforms: ReadonlyMap<string, Transform>;
  /** 0 … 1 by morph. */
  morph: Readonly<Record<string, number>>;
  scale: Vector;
}

/** What decides how `part` is shown, as text: where it is the same, nothing need be computed. */
export function deformationKey(part: PackedPart, { transforms, morph, scale }: Deformation): string {
  const moved = part.bones.map((bone) => [...(transforms.get(bone) ?? identity())].join());
  const grown = Object.keys(part.morphs).map((name) => morph[name] ?? 0);
  return [...moved, ...grown, ...scale].join(";");
}

/** Write the shown positions of a part's vertices into `shown` (3 numbers a vertex). */
export function deform(part: PackedPart, how: Deformation, shown: Float32Array): void {
  shown.set(part.positions);
  for (const [name, shifts] of Object.entries(part.morphs)) {
    const share = how.morph[name] ?? 0;
    if (share === 0) continue;
    for (let i = 0; i < shown.length; i += 1) {
      shown[i] = (shown[i] as number) + share * (shifts[i] as number);
    }
  }
  const transforms = part.bones.map((bone) => how.transforms.get(bone) ?? identity());
  const [first] = transforms;
  if (first && transforms.some((transform) => !isIdentity(transform))) {
    if (part.weights) blend(shown, transforms, part.weights);
    else blend(shown, [first], null);
  }
  const [sx, sy, sz] = how.scale;
  if (sx === 1 && sy === 1 && sz === 1) return;
  for (let i = 0; i < shown.length; i += 3) {
    shown[i] = (shown[i] as number) * sx;
    shown[i + 1] = (shown[i + 1] as number) * sy;
    shown[i + 2] = (shown[i + 2] as number) * sz;
  }
}

const IDENTITY = identity();
const isIdentity = (m: Transform): boolean => m.every((each, i) => each === IDENTITY[i]);

function blend(
  points: Float32Array,
  transforms: readonly Transform[],
  weights: Float32Array | null,
): void {
  const bones = transforms.length;
  for (let i = 0, w = 0; i < points.length; i += 3, w += bones) {
    const x = points[i] as number;
    const y = points[i + 1] as number;
    const z = points[i + 2] as number;
    let [px, py, pz] = [0, 0, 0];
    for (let bone = 0; bone < bones; bone += 1) {
      const share = weights ? (weights[w + bone] as number) : 1;
      if (share === 0) continue;
      const m = transforms[bone] as Float64Array;
      px += share * ((m[0] as number) * x + (m[1] as number) * y + (m[2] as number) * z + (m[3] as number));
      py += share * ((m[4] as number) * x + (m[5] as number) * y + (m[6] as number) * z + (m[7] as number));
      pz += share * ((m[8] as number) * x + (m[9] as number) * y + (m[10] as number) * z + (m[11] as number));
    }
    points[i] = px;
    points[i + 1] = py;
    points[i + 2] = pz;
  }
}

/** Six times the volume that triangles enclose, mm³; negative where they face inwards. */
export function sixVolumes(points: Float32Array, triangles: Uint32Array): number {
  let sum = 0;
  for (let t = 0; t < triangles.length; t += 3) {
    const a = 3 * (triangles[t] as number);
    const b = 3 * (triangles[t + 1] as number);
    const c = 3 * (triangles[t + 2] as number);
    const [ax, ay, az] = [points[a] as number, points[a + 1] as number, points[a + 2] as number];
    const [bx, by, bz] = [points[b] as number, points[b + 1] as number, points[b + 2] as number];
    const [cx, cy, cz] = [points[c] as number, points[c + 1] as number, points[c + 2] as number];
    sum += ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx);
  }
  return sum;
}

/** Let the triangles of a closed mesh face outwards: cuts and picking rely on it. */
export function faceOutwards(points: Float32Array, triangles: Uint32Array): void {
  if (sixVolumes(points, triangles) >= 0) return;
  for (let t = 0; t < triangles.length; t += 3) {
    const second = triangles[t + 1] as number;
    triangles[t + 1] = triangles[t + 2] as number;
    triangles[t + 2] = second;
  }
}

/** Area-weighted normals of welded vertices, written into `normals`. */
export function writeNormals(
  points: Float32Array,
  triangles: Uint32Array,
  normals: Float32Array,
): void {
  normals.fill(0);
  for (let t = 0; t < triangles.length; t += 3) {
    const a = 3 * (triangles[t] as number);
    const b = 3 * (triangles[t + 1] as number);
    const c = 3 * (triangles[t + 2] as number);
    const ux = (points[b] as number) - (points[a] as number);
    const uy = (points[b + 1] as number) - (points[a + 1] as number);
    const uz = (points[b + 2] as number) - (points[a + 2] as number);
    const vx = (points[c] as number) - (points[a] as number);
    const vy = (points[c + 1] as number) - (points[a + 1] as number);
    const vz = (points[c + 2] as number) - (points[a + 2] as number);
    const nx = uy * vz - uz * vy;
    const ny = uz * vx - ux * vz;
    const nz = ux * vy - uy * vx;
    for (const at of [a, b, c]) {
      normals[at] = (normals[at] as number) + nx;
      normals[at + 1] = (normals[at + 1] as number) + ny;
      normals[at + 2] = (normals[at + 2] as number) + nz;
    }
  }
  for (let i = 0; i < normals.length; i += 3) {
    const size = Math.hypot(normals[i] as number, normals[i + 1] as number, normals[i + 2] as number);
    if (size === 0) continue;
    normals[i] = (normals[i] as number) / size;
    normals[i + 1] = (normals[i + 1] as number) / size;
    normals[i + 2] = (normals[i + 2] as number) / size;
  }
}

/**
 * How hollow the surface is at each vertex, -1 (a ridge) … 1 (a groove): neighbours' mean height
 * over the tangent plane, relative to their distance. Darkening by it gives the look of an atlas.
 */
export function hollows(
  points: Float32Array,
  triangles: Uint32Array,
  normals: Float32Array,
): Float32Array {
  const count = points.length / 3;
  const height = new Float32Array(count);
  const reach = new Float32Array(count);
  for (let t = 0; t < triangles.length; t += 3) {
    for (let corner = 0; corner < 3; corner += 1) {
      const from = triangles[t + corner] as number;
      const to = triangles[t + ((corner + 1) % 3)] as number;
      const dx = (points[3 * to] as number) - (points[3 * from] as number);
      const dy = (points[3 * to + 1] as number) - (points[3 * from + 1] as number);
      const dz = (points[3 * to + 2] as number) - (points[3 * from + 2] as number);
      height[from] =
        (height[from] as number) +
        dx * (normals[3 * from] as number) +
        dy * (normals[3 * from + 1] as number) +
        dz * (normals[3 * from + 2] as number);
      reach[from] = (reach[from] as number) + Math.sqrt(dx * dx + dy * dy + dz * dz);
    }
  }
  const result = new Float32Array(count);
  for (let i = 0; i < count; i += 1) {
    const share = (reach[i] as number) > 0 ? (height[i] as number) / (reach[i] as number) : 0;
    result[i] = Math.max(-1, Math.min(1, 3 * share));
  }
  return smooth(result, triangles);
}

function smooth(values: Float32Array, triangles: Uint32Array): Float32Array {
  let now = values;
  for (let round = 0; round < 2; round += 1) {
    const sum = new Float32Array(now.length);
    const number = new Float32Array(now.length);
    for (let t = 0; t < triangles.length; t += 3) {
      const a = triangles[t] as number;
      const b = triangles[t + 1] as number;
      const c = triangles[t + 2] as number;
      const all = (now[a] as number) + (now[b] as number) + (now[c] as number);
      for (const each of [a, b, c]) {
        sum[each] = (sum[each] as number) + all;
        number[each] = (number[each] as number) + 3;
      }
    }
    now = sum.map((each, i) => ((number[i] as number) > 0 ? each / (number[i] as number) : 0));
  }
  return now;
}
