// Which structure lies under a point of the picture.
import type { PartView } from "./part_view.ts";
import { PICKABLE_FROM } from "./state.ts";
import type { Vector } from "./types.ts";

export interface Ray {
  from: Vector;
  along: Vector;
}

/** Keeps what lies on the side of `normal · p <= limit`. */
export interface HalfSpace {
  normal: Vector;
  limit: number;
}

export interface Hit {
  part: PartView;
  region: number;
  point: Vector;
  /** mm from the ray's start. */
  distance: number;
}

/**
 * The first surface that faces the ray, of what is drawn, opaque enough and not cut away. A cut's
 * own faces are not asked here.
 */
export function firstHit(
  parts: readonly PartView[],
  ray: Ray,
  keep: HalfSpace | null,
  reach = Infinity,
): Hit | null {
  let best: Hit | null = null;
  let limit = reach;
  const near = parts
    .filter((part) => part.visible)
    .map((part) => ({ part, entry: entryOf(part, ray) }))
    .filter(({ entry }) => entry < reach)
    .sort((a, b) => a.entry - b.entry);
  for (const { part, entry } of near) {
    if (entry > limit) break;
    const hit = firstOf(part, ray, keep, limit);
    if (hit) [best, limit] = [hit, hit.distance];
  }
  return best;
}

/** How far along a ray it enters a part's box; infinite where it misses it. */
function entryOf({ box, offset }: PartView, { from, along }: Ray): number {
  let [enter, leave] = [0, Infinity];
  for (const axis of [0, 1, 2] as const) {
    const low = box.low[axis] + offset[axis] - from[axis];
    const high = box.high[axis] + offset[axis] - from[axis];
    if (Math.abs(along[axis]) < 1e-9) {
      if (low > 0 || high < 0) return Infinity;
      continue;
    }
    const [a, b] = [low / along[axis], high / along[axis]];
    enter = Math.max(enter, Math.min(a, b));
    leave = Math.min(leave, Math.max(a, b));
  }
  return enter <= leave ? enter : Infinity;
}

function firstOf(part: PartView, ray: Ray, keep: HalfSpace | null, reach: number): Hit | null {
  const { points, offset, looks } = part;
  const { triangles, regions } = part.packed;
  const [dx, dy, dz] = ray.along;
  const ox = ray.from[0] - offset[0];
  const oy = ray.from[1] - offset[1];
  const oz = ray.from[2] - offset[2];
  let [nearest, hitRegion] = [reach, -1];
  for (const [index, { start, count }] of regions.entries()) {
    const look = looks[index];
    if (!look || look.opacity < PICKABLE_FROM) continue;
    for (let t = 3 * start, end = 3 * (start + count); t < end; t += 3) {
      const a = 3 * (triangles[t] as number);
      const b = 3 * (triangles[t + 1] as number);
      const c = 3 * (triangles[t + 2] as number);
      const ax = points[a] as number;
      const ay = points[a + 1] as number;
      const az = points[a + 2] as number;
      const ux = (points[b] as number) - ax;
      const uy = (points[b + 1] as number) - ay;
      const uz = (points[b + 2] as number) - az;
      const vx = (points[c] as number) - ax;
      const vy = (points[c + 1] as number) - ay;
      const vz = (points[c + 2] as number) - az;
      const px = dy * vz - dz * vy;
      const py = dz * vx - dx * vz;
      const pz = dx * vy - dy * vx;
      const det = ux * px + uy * py + uz * pz;
      if (det < 1e-12) continue; // seen from behind, or edge on
      const sx = ox - ax;
      const sy = oy - ay;
      const sz = oz - az;
      const u = sx * px + sy * py + sz * pz;
      if (u < 0 || u > det) continue;
      const qx = sy * uz - sz * uy;
      const qy = sz * ux - sx * uz;
      const qz = sx * uy - sy * ux;
      const v = dx * qx + dy * qy + dz * qz;
      if (v < 0 || u + v > det) continue;
      const distance = (vx * qx + vy * qy + vz * qz) / det;
      if (distance <= 0 || distance >= nearest) continue;
      if (keep && !kept(keep, ray, distance)) continue;
      nearest = distance;
      hitRegion = index;
    }
  }
  if (hitRegion < 0) return null;
  return { part, region: hitRegion, point: along(ray, nearest), distance: nearest };
}

export function along({ from, along: direction }: Ray, distance: number): Vector {
  return [
    from[0] + distance * direction[0],
    from[1] + distance * direction[1],
    from[2] + distance * direction[2],
  ];
}

function kept({ normal, limit }: HalfSpace, ray: Ray, distance: number): boolean {
  const [x, y, z] = along(ray, distance);
  return normal[0] * x + normal[1] * y + normal[2] * z <= limit + 1e-6;
}
