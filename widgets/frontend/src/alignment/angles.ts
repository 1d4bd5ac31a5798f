// How a radiologist draws the angles: end-plate lines, perpendiculars, arcs and a plumb line. Points are
// those of the model; nothing here knows of a picture.
import { above, behind, middle, sine, tiltOf } from "./model.ts";
import { SEGMENTS, type AngleId, type Line, type Plate, type Point, type Spine } from "./types.ts";

export const ANGLES = [
  "incidence",
  "tilt",
  "slope",
  "lordosis",
  "low_lordosis",
  "segments",
  "plumb",
] as const satisfies readonly AngleId[];
export type { AngleId };

export interface Stroke {
  from: Point;
  to: Point;
  /** A plate's line, what it is measured against, or a helper. */
  kind: "plate" | "reference" | "helper";
}

export interface Arc {
  centre: Point;
  radius: number;
  /** Degrees from posterior, counter-clockwise; `to` may lie before `from`. */
  from: number;
  to: number;
}

export interface DrawnAngle {
  id: AngleId;
  strokes: readonly Stroke[];
  arcs: readonly Arc[];
  labels: readonly { at: Point; text: string }[];
}

/** Radii and reaches of lines, mm: where they stand in the drawing, nothing that is measured. */
const REACH = { plate: 84, down: 78, incidence: 48, tilt: 66, slope: 62, cobb: 26, corner: 5 };
/** How far behind the S1 plate the perpendiculars of Cobb's angle meet, mm. */
const COBB = { lordosis: 108, low_lordosis: 76 };

/** "57.4°", with a real minus. */
export const degrees = (value: number): string => `${plain(value)}°`;

export function plain(value: number, places = 1): string {
  const text = value.toFixed(places).replace(/^-(?=0(\.0+)?$)/, "");
  return text.replace("-", "−");
}

/** Short names, as films are marked. */
export const SHORT: Readonly<Record<AngleId, string>> = {
  incidence: "PI",
  tilt: "PT",
  slope: "SS",
  lordosis: "LL",
  low_lordosis: "L4–S1",
  segments: "each segment",
  plumb: "C7 plumb line",
};

/** What the angles are drawn from; the middle of the S1 plate is the origin. */
export type Lines = Pick<Spine, "incidence" | "tilt" | "slope" | "lordosis" | "low_lordosis" | "hip"> & {
  plates: Readonly<Record<"L1.upper" | "L4.upper" | "S1.upper", Line>>;
};

/** Those of the angles that can be drawn from what is known; see `Lines`. */
export function drawKnown(lines: Partial<Omit<Lines, "plates">> & { plates: Partial<Lines["plates"]> }): DrawnAngle[] {
  const all = lines as Lines;
  const { plates } = lines;
  const sacrum = plates["S1.upper"] !== undefined;
  return [
    ...(sacrum && lines.hip ? [incidence(all), tilt(all)] : []),
    ...(sacrum ? [slope(all)] : []),
    ...(sacrum && plates["L1.upper"] ? [cobb("lordosis", all, "L1.upper", all.lordosis)] : []),
    ...(sacrum && plates["L4.upper"] ? [cobb("low_lordosis", all, "L4.upper", all.low_lordosis)] : []),
  ];
}

export function drawAngles(spine: Spine, sva: number | null): DrawnAngle[] {
  return [
    incidence(spine),
    tilt(spine),
    slope(spine),
    cobb("lordosis", spine, "L1.upper", spine.lordosis),
    cobb("low_lordosis", spine, "L4.upper", spine.low_lordosis),
    segments(spine),
    plumb(spine, sva),
  ];
}

function along(centre: Point, towards: number, length: number): Point {
  const [sin, cos] = sine(towards);
  return [centre[0] + cos * length, centre[1] + sin * length];
}

/** Degrees of the direction from one point to another, from posterior, counter-clockwise. */
export const heading = (from: Point, to: Point): number =>
  (Math.atan2(to[1] - from[1], to[0] - from[0]) * 180) / Math.PI;

function incidence(spine: Lines): DrawnAngle {
  const at: Point = [0, 0];
  const down = spine.slope - 90;
  const hip = heading(at, spine.hip);
  return {
    id: "incidence",
    strokes: [
      { from: behind(at, spine.slope, -22), to: behind(at, spine.slope, 22), kind: "plate" },
      { from: at, to: along(at, down, REACH.down), kind: "reference" },
      { from: at, to: spine.hip, kind: "reference" },
    ],
    arcs: [{ centre: at, radius: REACH.incidence, from: hip, to: down }],
    labels: [
      { at: along(at, (hip + down) / 2, REACH.incidence + 15), text: `PI ${degrees(spine.incidence)}` },
    ],
  };
}

function tilt(spine: Lines): DrawnAngle {
  const { hip } = spine;
  const up: Point = [hip[0], hip[1] + 120];
  const before = spine.tilt >= 0 ? -1 : 1;
  return {
    id: "tilt",
    strokes: [
      { from: hip, to: up, kind: "reference" },
      { from: hip, to: [0, 0], kind: "reference" },
    ],
    arcs: [{ centre: hip, radius: REACH.tilt, from: 90, to: heading(hip, [0, 0]) }],
    labels: [{ at: [hip[0] + before * 37, hip[1] + 38], text: `PT ${degrees(spine.tilt)}` }],
  };
}

function slope(spine: Lines): DrawnAngle {
  const { posterior } = spine.plates["S1.upper"];
  const end = behind(posterior, spine.slope, -REACH.plate);
  return {
    id: "slope",
    strokes: [
      { from: posterior, to: end, kind: "plate" },
      { from: posterior, to: [posterior[0] - REACH.plate, posterior[1]], kind: "reference" },
    ],
    arcs: [{ centre: posterior, radius: REACH.slope, from: 180, to: 180 + spine.slope }],
    labels: [
      { at: along(posterior, 180 + 0.7 * spine.slope, REACH.slope + 24), text: `SS ${degrees(spine.slope)}` },
    ],
  };
}

/** Cobb's angle: perpendiculars to two plates, which meet behind the spine. */
function cobb(
  id: "lordosis" | "low_lordosis",
  spine: Lines,
  upper: "L1.upper" | "L4.upper",
  value: number,
): DrawnAngle {
  const [high, low] = [spine.plates[upper], spine.plates["S1.upper"]];
  const [topTilt, lowTilt] = [tiltOf(high), spine.slope];
  const top = middle(high);
  const at: Point = [COBB[id], (top[1] + 8) / 2];
  const foot = (centre: Point, falls: number): Point => {
    const [sin, cos] = sine(falls);
    return behind(centre, falls, (at[0] - centre[0]) * cos + (at[1] - centre[1]) * sin);
  };
  const [topFoot, lowFoot] = [foot(top, topTilt), foot([0, 0], lowTilt)];
  const beyond = above(at, lowTilt, 52);
  return {
    id,
    strokes: [
      { from: high.anterior, to: topFoot, kind: "plate" },
      { from: low.anterior, to: lowFoot, kind: "plate" },
      { from: topFoot, to: at, kind: "reference" },
      { from: lowFoot, to: beyond, kind: "reference" },
      ...square(topFoot, topTilt, -1),
      ...square(lowFoot, lowTilt, 1),
    ],
    arcs: [{ centre: at, radius: REACH.cobb, from: 90 + topTilt, to: 90 + lowTilt }],
    labels: [
      {
        at: [at[0], at[1] + REACH.cobb + 18],
        text: `${SHORT[id]} ${degrees(value)}`,
      },
    ],
  };
}

/** The sign of a right angle at the foot of a perpendicular. */
function square(at: Point, falls: number, up: 1 | -1): Stroke[] {
  const inner = behind(at, falls, -REACH.corner);
  const corner = above(inner, falls, up * REACH.corner);
  const outer = above(at, falls, up * REACH.corner);
  return [
    { from: inner, to: corner, kind: "helper" },
    { from: corner, to: outer, kind: "helper" },
  ];
}

function segments(spine: Spine): DrawnAngle {
  const drawn = SEGMENTS.map((id, place) => {
    const lower = spine.plates[place === 4 ? "S1.upper" : (`L${place + 2}.upper` as Plate)];
    const own = spine.plates[`L${place + 1}.lower` as Plate];
    const front: Point = [
      (lower.anterior[0] + own.anterior[0]) / 2,
      (lower.anterior[1] + own.anterior[1]) / 2,
    ];
    const end: Point = [front[0] - 20, front[1]];
    const value = spine.segments[place] ?? 0;
    return { id, front, end, value };
  });
  return {
    id: "segments",
    strokes: drawn.map(({ front, end }) => ({ from: [front[0] - 3, front[1]], to: end, kind: "helper" })),
    arcs: [],
    labels: drawn.map(({ end, value }) => ({ at: [end[0] - 14, end[1]], text: degrees(value) })),
  };
}

/** The plumb line from C7, where its distance to the sacrum is given: anterior is positive. */
function plumb(spine: Spine, sva: number | null): DrawnAngle {
  if (sva === null) return { id: "plumb", strokes: [], arcs: [], labels: [] };
  const { posterior } = spine.plates["S1.upper"];
  const u = posterior[0] - sva;
  const top = middle(spine.plates["L1.upper"])[1] + 30;
  return {
    id: "plumb",
    strokes: [
      { from: [u, top], to: [u, posterior[1]], kind: "reference" },
      { from: [u, posterior[1]], to: posterior, kind: "plate" },
    ],
    arcs: [],
    labels: [{ at: [u, top + 6], text: `C7: SVA ${plain(sva, 0)} mm` }],
  };
}
