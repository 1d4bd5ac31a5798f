// The geometry of spine and pelvis, as `l3s1.models.alignment` has it: exact, in degrees and mm.
import {
  SEGMENTS,
  VERTEBRAE,
  type Body,
  type Line,
  type Plate,
  type Point,
  type Segment,
  type Spine,
  type Vertebra,
} from "./types.ts";

/** Sine and cosine of degrees. */
export function sine(degrees: number): readonly [sin: number, cos: number] {
  const radians = (degrees * Math.PI) / 180;
  return [Math.sin(radians), Math.cos(radians)];
}

/** `length` mm from `point` along the upward normal of a plate that falls forward by `degrees`. */
export function above([u, v]: Point, degrees: number, length: number): Point {
  const [sin, cos] = sine(degrees);
  return [u - sin * length, v + cos * length];
}

/** `length` mm from `point` backward along a plate that falls forward by `degrees`. */
export function behind([u, v]: Point, degrees: number, length: number): Point {
  const [sin, cos] = sine(degrees);
  return [u + cos * length, v + sin * length];
}

export const middle = ({ anterior, posterior }: Line): Point => [
  (anterior[0] + posterior[0]) / 2,
  (anterior[1] + posterior[1]) / 2,
];

/** Degrees by which a plate falls forward. */
export const tiltOf = ({ anterior, posterior }: Line): number =>
  (Math.atan2(posterior[1] - anterior[1], posterior[0] - anterior[0]) * 180) / Math.PI;

function plate(centre: Point, degrees: number, depth: number): Line {
  return { posterior: behind(centre, degrees, depth / 2), anterior: behind(centre, degrees, -depth / 2) };
}

export const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);

/** Decimals that count where an angle is held against a limit: sums of floats miss it by less. */
const DIGITS = 1e6;
export const rounded = (value: number): number => Math.round(value * DIGITS) / DIGITS;

/** The first segment of L4–S1. */
export const LOW = 3;

const degreesOf = (radians: number): number => (radians * 180) / Math.PI;

/** Least and most lordosis of each segment: at the limit the plates of its disc touch at one edge. */
export function segmentLimits(body: Body): readonly (readonly [low: number, high: number])[] {
  const depths = [...body.vertebrae.map(({ depth_mm }) => depth_mm), body.sacrum_depth_mm];
  return body.vertebrae.map(({ wedge_deg }, place) => {
    const depth = (depths[place] ?? 0) + (depths[place + 1] ?? 0);
    const height = body.discs[place]?.height_mm ?? 0;
    const most = 2 * degreesOf(Math.asin(Math.min(1, (2 * height) / depth)));
    return [wedge_deg - most, wedge_deg + most];
  });
}

export const clamp = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value));

export function clampSegments(body: Body, segments: readonly number[]): number[] {
  const limits = segmentLimits(body);
  return segments.map((angle, place) => clamp(angle, ...(limits[place] ?? [angle, angle])));
}

/** Spine and pelvis with these angles; `segments` are the lordoses of L1–L2 to L5–S1. */
export function buildSpine(
  body: Body,
  incidence: number,
  tilt: number,
  segments: readonly number[],
): Spine {
  const slope = incidence - tilt;
  const discs = segments.map((angle, place) => angle - (body.vertebrae[place]?.wedge_deg ?? 0));
  const tilts = [...segments, 0].map((_, place) => slope - sum(segments.slice(place)));
  const plates: Partial<Record<Plate, Line>> = {
    "S1.upper": plate([0, 0], slope, body.sacrum_depth_mm),
  };
  let centre: Point = [0, 0];
  let falls = slope;
  for (let place = VERTEBRAE.length - 1; place >= 0; place -= 1) {
    const size = body.vertebrae[place];
    if (!size) throw new Error("the sizes of a vertebra are missing");
    for (const [name, height, angle] of [
      ["lower", body.discs[place]?.height_mm ?? 0, discs[place] ?? 0],
      ["upper", size.height_mm, size.wedge_deg],
    ] as const) {
      centre = above(centre, falls - angle / 2, height);
      falls -= angle;
      plates[`${size.id}.${name}`] = plate(centre, falls, size.depth_mm);
    }
  }
  const [sin, cos] = sine(tilt);
  const lordosis = sum(segments);
  const low_lordosis = sum(segments.slice(LOW));
  return {
    incidence,
    tilt,
    slope,
    segments: [...segments],
    discs,
    lordosis,
    low_lordosis,
    share: rounded(lordosis) > 0 ? (100 * low_lordosis) / lordosis : null,
    mismatch: incidence - lordosis,
    tilts,
    plates: plates as Record<Plate, Line>,
    hip: [-sin * body.hip_distance_mm, -cos * body.hip_distance_mm],
    apex: findApex(tilts, discs),
  };
}

/** Where, going up from the sacrum, plates cease to fall forward. */
function findApex(tilts: readonly number[], discs: readonly number[]): Vertebra | Segment | null {
  if (rounded(tilts.at(-1) ?? 0) <= 0) return null;
  for (let place = VERTEBRAE.length - 1; place >= 0; place -= 1) {
    if (rounded((tilts[place + 1] ?? 0) - (discs[place] ?? 0)) <= 0) return SEGMENTS[place] ?? null;
    if (rounded(tilts[place] ?? 0) <= 0) return VERTEBRAE[place] ?? null;
  }
  return null;
}
