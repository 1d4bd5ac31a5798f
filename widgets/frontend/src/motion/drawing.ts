// The chart of a state: what moves in the figure that Python built, drawn as `figures/fuse_and_bend.py` does.
import type { Solved } from "./spine.ts";
import type { SpineData, StateValues, Trace } from "./types.ts";
import { sourceOf } from "./words.ts";

type Point = readonly [x: number, y: number];
type Ring = readonly Point[];
type Coordinates = { x: (number | null)[]; y: (number | null)[] };

/** A body with the disc below it and its spinous process, as rings; and where its screw is. */
interface Drawn {
  body: Ring;
  disc: Ring;
  process: Ring;
  screw: readonly [Point, Point];
}

interface Figure {
  data: Trace[];
  layout: Record<string, unknown>;
}

/** Traces, always the same, of which the first, the standing spine, never moves. */
export function drawFigure(data: SpineData, state: StateValues, solved: Solved): Figure {
  const drawn = chain(data, solved);
  const { fused } = solved;
  const [sacrum, ...vertebrae] = drawn;
  if (!sacrum) throw new Error("there is no sacrum");
  const upwards = fused.toReversed();
  const discs = (which: boolean): Coordinates =>
    rings(vertebrae.filter((_, place) => upwards[place] === which).map(({ disc }) => disc));
  const moved: Trace[] = [
    {},
    rings(drawn.map(({ body }) => body)),
    rings(vertebrae.map(({ process }) => process)),
    discs(false),
    discs(true),
    metal(drawn, upwards),
    names(sacrum, vertebrae),
    ...bars(data, state, solved),
  ];
  const { layout } = data.figure;
  const { widest_deg } = data.drawing;
  const longest = Math.max(...solved.before.angles_deg, ...solved.now.angles_deg);
  const notes = layout.annotations as readonly Record<string, unknown>[];
  const total = `${solved.direction} ${solved.before.total_deg.toFixed(1)}° → ${solved.now.total_deg.toFixed(1)}°`;
  const note = `<b>${total}</b>${solved.why ? ", the most it can" : ""}`;
  return {
    data: data.figure.data.map((trace, place) => ({ ...trace, ...moved[place] })),
    layout: {
      ...layout,
      xaxis2: { ...(layout.xaxis2 as object), range: [0, Math.max(widest_deg, 1.05 * longest)] },
      annotations: notes.map((each, place) => (place === notes.length - 1 ? { ...each, text: note } : { ...each })),
    },
  };
}

/** A point given in the frame of a plate that falls forward by `turn_deg`. */
function along(at: Point, turn_deg: number, posterior: number, superior: number): Point {
  const turn = (turn_deg * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return [at[0] + posterior * cos - superior * sin, at[1] + posterior * sin + superior * cos];
}

/** The sacrum first, then L5 up to L1. */
function chain({ drawing, segments }: SpineData, { direction, now }: Solved): Drawn[] {
  const half = drawing.depth_mm / 2;
  const sign = direction === "flexion" ? 1 : -1;
  let turn = drawing.slope_deg;
  let at: Point = [0, 0];
  const drawn = [sacrumOf(turn, half)];
  for (let place = segments.length - 1; place >= 0; place -= 1) {
    const segment = segments[place];
    if (!segment) break;
    const lower = [along(at, turn, -half, 0), along(at, turn, half, 0)];
    const opened = segment.lordosis_deg - sign * (now.angles_deg[place] ?? 0);
    at = along(at, turn - opened / 2, 0, segment.disc_mm);
    turn -= opened;
    const [front, back] = [along(at, turn, -half, 0), along(at, turn, half, 0)];
    const top = along(at, turn, 0, segment.body_mm);
    const middle = along(at, turn, 0, segment.body_mm * 0.62);
    drawn.push({
      body: [front, back, along(top, turn, half, 0), along(top, turn, -half, 0)],
      disc: [...lower, back, front],
      process: [
        along(middle, turn, half, 5),
        along(middle, turn, half + 30, -5),
        along(middle, turn, half + 30, -15),
        along(middle, turn, half, -6),
      ],
      screw: [along(middle, turn, half * 0.2, 0), along(middle, turn, half + 10, 0)],
    });
    at = top;
  }
  return drawn;
}

function sacrumOf(turn: number, half: number): Drawn {
  const point = (posterior: number, superior: number): Point => along([0, 0], turn, posterior, superior);
  return {
    body: [
      point(-half, 0),
      point(half, 0),
      point(half * 1.05, -24),
      point(half * 0.75, -44),
      point(half * 0.1, -40),
    ],
    disc: [],
    process: [],
    screw: [point(half * 0.2, -11), point(half + 10, -9)],
  };
}

/** Closed rings in one trace, with a gap between each and the next. */
function rings(all: readonly Ring[]): Coordinates {
  return lines(all.map((ring) => [...ring, ...ring.slice(0, 1)]), false);
}

function lines(all: readonly Ring[], gapAtEnd: boolean): Coordinates {
  const found: Coordinates = { x: [], y: [] };
  all.forEach((line, place) => {
    for (const [x, y] of line) {
      found.x.push(x);
      found.y.push(y);
    }
    if (!gapAtEnd && place === all.length - 1) return;
    found.x.push(null);
    found.y.push(null);
  });
  return found;
}

/** Screws of both ends of every fused segment, and the rod between them; `fused` from below up. */
function metal(drawn: readonly Drawn[], fused: readonly boolean[]): Coordinates {
  const found = drawn.flatMap(({ screw }, place): Ring[] => {
    const above = fused[place] ?? false;
    const next = drawn[place + 1];
    return [
      ...(above || fused[place - 1] ? [screw] : []),
      ...(above && next ? [[screw[1], next.screw[1]] as const] : []),
    ];
  });
  return lines(found, true);
}

function names(sacrum: Drawn, vertebrae: readonly Drawn[]): Coordinates {
  // nearer to the anterior wall than to the posterior one, where the screws are
  const middle = (plate: readonly (Point | undefined)[], wall: readonly (Point | undefined)[]): Point => {
    const sum = (points: readonly (Point | undefined)[], axis: 0 | 1): number =>
      points.reduce((total, point) => total + (point?.[axis] ?? 0), 0);
    return [0.34 * sum(plate, 0) + 0.16 * sum(wall, 0), 0.34 * sum(plate, 1) + 0.16 * sum(wall, 1)];
  };
  const { body } = sacrum;
  const middles = [
    middle([body[0], body[4]], [body[1], body[1]]),
    ...vertebrae.map(({ body: [front, back, top, last] }) => middle([front, last], [back, top])),
  ];
  return { x: middles.map(([x]) => x), y: middles.map(([, y]) => y) };
}

function bars(data: SpineData, state: StateValues, solved: Solved): Trace[] {
  const { before, now, fused } = solved;
  const { segments, drawing, figure } = data;
  const template = figure.data.at(-2) as { marker: { pattern: object } };
  return [
    { x: before.angles_deg },
    {
      x: now.angles_deg,
      customdata: segments.map((_, place) => sourceOf(data, state, solved, place)),
      hovertext: segments.map(({ label }, place) => `${label}, ${fused[place] ? "fused" : "now"}`),
      marker: {
        ...template.marker,
        color: fused.map((each) => (each ? drawing.fused : drawing.free)),
        pattern: { ...template.marker.pattern, shape: fused.map((each) => (each ? "/" : "")) },
      },
    },
    {
      text: segments.map(
        ({ label }, place) =>
          `<b>${label}</b>${fused[place] ? " ▨" : ""}  ` +
          `${(before.angles_deg[place] ?? 0).toFixed(1)} → ${(now.angles_deg[place] ?? 0).toFixed(1)}°`,
      ),
    },
  ];
}
