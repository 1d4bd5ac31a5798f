// Where the bones lie: posture, slip and loss of disc height, as one rigid transform for each bone
// that takes its standing place to where it is shown.
import type { PackHeader, PackedPose } from "./pack.ts";
import type { SceneState, Vector } from "./types.ts";
import { add, times } from "./vectors.ts";

/** Row by row: x' = m0 x + m1 y + m2 z + m3, and so on. */
export type Transform = Float64Array;

export function identity(): Transform {
  return Float64Array.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0);
}

export function apply(m: Transform, [x, y, z]: Vector): Vector {
  const at = (row: number): number =>
    (m[row] as number) * x +
    (m[row + 1] as number) * y +
    (m[row + 2] as number) * z +
    (m[row + 3] as number);
  return [at(0), at(4), at(8)];
}

/** Turn a direction without moving it. */
export function turn(m: Transform, direction: Vector): Vector {
  const [x, y, z] = apply(m, direction);
  return [x - (m[3] as number), y - (m[7] as number), z - (m[11] as number)];
}

/**
 * The transform of each bone for a posture (`supine` 0 standing … 1 supine), slips and disc
 * heights. Segments are moved from below upwards: what lies above a segment follows it.
 */
export function boneTransforms(
  header: PackHeader,
  supine: number,
  slip: SceneState["slip"],
  height: SceneState["disc_height"],
): Map<string, Transform> {
  const transforms = new Map<string, Transform>();
  for (const bone of header.bones) transforms.set(bone, postureTransform(header, bone, supine));
  for (const [name, segment] of segmentsFromBelow(header)) {
    const forward = (slip[name] ?? 0) * segment.plate_depth_mm;
    const lost = (1 - (height[name] ?? 1)) * segment.disc_height_mm;
    if (forward === 0 && lost === 0) continue;
    const lower = transforms.get(segment.lower) as Transform;
    const move = turn(lower, add(times(segment.forward, forward), times(segment.up, -lost)));
    const upper = header.bones.indexOf(segment.upper);
    for (const bone of header.bones.slice(0, upper + 1)) {
      const transform = transforms.get(bone) as Transform;
      move.forEach((mm, axis) => {
        transform[4 * axis + 3] = (transform[4 * axis + 3] as number) + mm;
      });
    }
  }
  return transforms;
}

/** The header's bones run from above downwards. */
function segmentsFromBelow(header: PackHeader): [string, PackHeader["segments"][string]][] {
  return Object.entries(header.segments).sort(
    ([, a], [, b]) => header.bones.indexOf(b.lower) - header.bones.indexOf(a.lower),
  );
}

function postureTransform(header: PackHeader, bone: string, supine: number): Transform {
  const from = header.poses.standing?.[bone];
  const to = header.poses.supine?.[bone];
  if (!from || !to || supine === 0) return identity();
  const now = supine === 1 ? to : between(from, to, supine);
  return followedBy(inverse(from), now);
}

function between(from: PackedPose, to: PackedPose, share: number): PackedPose {
  const mixed = from.rotation.map((each, i) => each + share * ((to.rotation[i] as number) - each));
  const shift = from.shift.map((each, i) => each + share * ((to.shift[i] as number) - each));
  return { rotation: orthonormal(mixed), shift: shift as unknown as Vector };
}

/** The rotation nearest to a mixture of two that differ by less than a right angle. */
function orthonormal(rows: readonly number[]): number[] {
  let [a, b] = [rows.slice(0, 3), rows.slice(3, 6)];
  a = normal(a);
  const along = a.reduce((sum, each, i) => sum + each * (b[i] as number), 0);
  b = normal(b.map((each, i) => each - along * (a[i] as number)));
  const [a0, a1, a2] = a as [number, number, number];
  const [b0, b1, b2] = b as [number, number, number];
  return [...a, ...b, a1 * b2 - a2 * b1, a2 * b0 - a0 * b2, a0 * b1 - a1 * b0];
}

function normal(row: readonly number[]): number[] {
  const size = Math.hypot(...row);
  return row.map((each) => each / size);
}

function inverse(pose: PackedPose): PackedPose {
  const r = pose.rotation as number[];
  const rotation = [r[0], r[3], r[6], r[1], r[4], r[7], r[2], r[5], r[8]] as number[];
  const [x, y, z] = pose.shift;
  const row = (i: number): number =>
    -((rotation[i] as number) * x + (rotation[i + 1] as number) * y + (rotation[i + 2] as number) * z);
  return { rotation, shift: [row(0), row(3), row(6)] };
}

/** What brings a bone from where it stands into its own frame, upright. */
export function upright(header: PackHeader, bone: string): Transform {
  const pose = header.poses.standing?.[bone];
  const own = { rotation: [1, 0, 0, 0, 1, 0, 0, 0, 1], shift: [0, 0, 0] as const };
  return pose ? followedBy(inverse(pose), own) : identity();
}

function followedBy(first: PackedPose, then: PackedPose): Transform {
  const result = identity();
  const t = then.rotation as number[];
  const f = first.rotation as number[];
  for (let i = 0; i < 3; i += 1) {
    const [a, b, c] = [t[3 * i] as number, t[3 * i + 1] as number, t[3 * i + 2] as number];
    for (let j = 0; j < 3; j += 1) {
      result[4 * i + j] = a * (f[j] as number) + b * (f[3 + j] as number) + c * (f[6 + j] as number);
    }
    const [x, y, z] = first.shift;
    result[4 * i + 3] = a * x + b * y + c * z + (then.shift[i] as number);
  }
  return result;
}
