// A person on a film, drawn by a seed, and the angles that clicked points give: the rules are those of
// `l3s1.models.alignment.film`.
import { randomNumbers } from "../explorer/rounds.ts";
import { buildSpine, segmentLimits, sum } from "./model.ts";
import { holds } from "./reading.ts";
import type {
  Body,
  Film,
  Landmark,
  Measured,
  MeasuredAngle,
  Norms,
  Point,
  Spine,
  StateValues,
} from "./types.ts";

export type Points = StateValues["points"];

const MOST_TRIES = 10_000;
const within = (value: number, [low, high]: readonly [number, number]): boolean =>
  value >= low && value <= high;
const tenth = (angle: number): number => Math.round(angle * 10) / 10;

export function drawFilm(body: Body, { people, segment_means }: Norms, seed: number): Film {
  const draw = randomNumbers(seed);
  // Box and Muller's normal numbers, to a tenth
  const angle = (mean: number, deviation: number): number => {
    const radius = Math.sqrt(-2 * Math.log(1 - draw()));
    return tenth(mean + deviation * radius * Math.cos(2 * Math.PI * draw()));
  };
  const limits = segmentLimits(body);
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const tilt = angle(people.tilt.mean, people.tilt.deviation);
    const slope = angle(people.slope.mean, people.slope.deviation);
    const incidence = tenth(tilt + slope);
    const { means } = segment_means.find((each) => holds(each, incidence)) ?? { means: [] };
    const segments = means.map((mean, place) => angle(mean, people.deviations[place] ?? 0));
    const possible =
      within(tilt, [people.tilt.low, people.tilt.high]) &&
      within(slope, [people.slope.low, people.slope.high]) &&
      within(incidence, people.incidence) &&
      within(incidence - sum(segments), people.mismatch) &&
      segments.every((each, place) => within(each, limits[place] ?? [0, 0]));
    if (!possible) continue;
    const spine = buildSpine(body, incidence, tilt, segments);
    const turn = 2 * Math.PI * draw();
    const apart = body.head_apart_mm / 2;
    const [u, v] = [apart * Math.cos(turn), apart * Math.sin(turn)];
    const { hip } = spine;
    return {
      spine,
      heads: { "hip.near": [hip[0] + u, hip[1] + v], "hip.far": [hip[0] - u, hip[1] - v] },
    };
  }
  throw new Error("the limits leave nobody to be filmed");
}

/** Where every landmark really is. */
export function truePoints({ spine, heads }: Film): Record<Landmark, Point> {
  const corners = (["L1", "L4", "S1"] as const).flatMap((name) =>
    (["posterior", "anterior"] as const).map(
      (end) => [`${name}.${end}`, spine.plates[`${name}.upper`][end]] as const,
    ),
  );
  return { ...Object.fromEntries(corners), ...heads } as Record<Landmark, Point>;
}

/** Angles from points; null as long as a point is missing, or where two of a line fall together. */
export function measure(points: Points): Measured {
  const plate = (bone: "L1" | "L4" | "S1"): number | null => {
    const [back, front] = [points[`${bone}.posterior`], points[`${bone}.anterior`]];
    return back && front ? direction(back[1] - front[1], back[0] - front[0]) : null;
  };
  const slope = plate("S1");
  const tilt = pelvicTilt(points);
  const cobb = (upper: number | null): number | null =>
    slope === null || upper === null ? null : turned(slope - upper);
  const lordosis = cobb(plate("L1"));
  const low_lordosis = cobb(plate("L4"));
  return {
    incidence: slope === null || tilt === null ? null : turned(tilt + slope),
    tilt,
    slope,
    lordosis,
    low_lordosis,
    share:
      low_lordosis !== null && lordosis !== null && lordosis > 0
        ? (100 * low_lordosis) / lordosis
        : null,
  };
}

/** The same angles as they really are. */
export const truth = (spine: Spine): Record<MeasuredAngle, number | null> => ({
  incidence: spine.incidence,
  tilt: spine.tilt,
  slope: spine.slope,
  lordosis: spine.lordosis,
  low_lordosis: spine.low_lordosis,
  share: spine.share,
});

function pelvicTilt(points: Points): number | null {
  const back = points["S1.posterior"];
  const front = points["S1.anterior"];
  const near = points["hip.near"];
  const far = points["hip.far"];
  if (!back || !front || !near || !far) return null;
  const mean = (axis: 0 | 1): number => (back[axis] + front[axis] - near[axis] - far[axis]) / 2;
  return direction(mean(0), mean(1));
}

function direction(rise: number, run: number): number | null {
  return rise === 0 && run === 0 ? null : (Math.atan2(rise, run) * 180) / Math.PI;
}

/** The angle between −180 (not itself) and 180 degrees. */
const turned = (angle: number): number => (angle > 180 ? angle - 360 : angle <= -180 ? angle + 360 : angle);
