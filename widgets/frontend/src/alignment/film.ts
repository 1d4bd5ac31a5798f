// A lateral film from path lengths: every bone adds what it absorbs where it lies, then soft tissue, gas
// and grain. It teaches measuring; its greys are for the eye, no dose or density.
import { randomNumbers } from "../explorer/rounds.ts";
import { FORM_OF, fitBones, pelvisRings } from "./bones.ts";
import type { Fit } from "./fit.ts";
import type { Absorption, LateralBones, Ring } from "./lateral.ts";
import { above, behind, middle, sine } from "./model.ts";
import { VERTEBRAE, type Body, type Film, type Plate, type Point } from "./types.ts";

/** What the film shows, mm around the hip axis, y down, and the size of its pixels. */
export interface Sheet {
  left: number;
  top: number;
  width: number;
  height: number;
  step: number;
}

export interface Grey {
  columns: number;
  rows: number;
  /** 0 black to 255 white, rows downwards. */
  levels: Uint8ClampedArray;
}

/** Pixels from one reading of what is smooth to the next. */
const COARSE = 4;

/** How much things absorb beside a millimetre of spongy bone, for the eye. */
const LOOK = {
  bone: 1.2,
  head: 0.5,
  hipBone: 15,
  rim: 16,
  femur: 17,
  rib: 16,
  tissue: 74,
  gas: 20,
  /** Absorption by which the beam falls to a third. */
  white: 118,
  grain: 6.5,
};

export function exposeFilm(
  film: Film,
  body: Body,
  bones: LateralBones,
  seed: number,
  sheet: Sheet,
): Grey {
  const columns = Math.round(sheet.width / sheet.step);
  const rows = Math.round(sheet.height / sheet.step);
  const canvas = new Plane(columns, rows, sheet, film.spine.hip);
  const chance = randomNumbers(seed * 7919 + 17);
  const fits = fitBones(body, bones);
  softTissue(canvas, film, chance);
  pelvis(canvas, film, body);
  film.spine.tilts.forEach((falls, place) => {
    const sacrum = place === VERTEBRAE.length;
    const plate: Plate = sacrum ? "S1.upper" : `${VERTEBRAE[place] ?? "L1"}.upper`;
    const id = VERTEBRAE[place];
    const bone = sacrum || !id ? bones.sacrum : bones[FORM_OF[id]];
    const fit = sacrum || !id ? fits.sacrum : fits[id];
    canvas.addBone(bone.absorption, fit, middle(film.spine.plates[plate]), falls, LOOK.bone);
  });
  above12(canvas, film, body, bones, fits.L1);
  return { columns, rows, levels: develop(canvas, chance) };
}

/** The film while it is exposed: absorption by pixel, in the model's frame. */
class Plane {
  readonly values: Float32Array;

  constructor(
    readonly columns: number,
    readonly rows: number,
    readonly sheet: Sheet,
    private readonly hip: Point,
  ) {
    this.values = new Float32Array(columns * rows);
  }

  /** The model's point in the middle of a pixel. */
  point(column: number, row: number): Point {
    const { left, top, step } = this.sheet;
    return [left + (column + 0.5) * step + this.hip[0], -(top + (row + 0.5) * step) + this.hip[1]];
  }

  column(u: number): number {
    return (u - this.hip[0] - this.sheet.left) / this.sheet.step - 0.5;
  }

  row(v: number): number {
    return (-(v - this.hip[1]) - this.sheet.top) / this.sheet.step - 0.5;
  }

  /** Call `each` for the pixels of a box of the model, and add what it returns. */
  add(low: Point, high: Point, each: (point: Point) => number): void {
    const first = Math.max(0, Math.floor(this.column(low[0])));
    const last = Math.min(this.columns - 1, Math.ceil(this.column(high[0])));
    const top = Math.max(0, Math.floor(this.row(high[1])));
    const bottom = Math.min(this.rows - 1, Math.ceil(this.row(low[1])));
    for (let row = top; row <= bottom; row += 1) {
      for (let column = first; column <= last; column += 1) {
        const place = row * this.columns + column;
        this.values[place] = (this.values[place] ?? 0) + each(this.point(column, row));
      }
    }
  }

  /** The same where `each` changes little within `COARSE` pixels: read there, and straight between. */
  addSmooth(low: Point, high: Point, each: (point: Point) => number, then: (value: number) => number): void {
    const first = Math.max(0, Math.floor(this.column(low[0])));
    const last = Math.min(this.columns - 1, Math.ceil(this.column(high[0])));
    const top = Math.max(0, Math.floor(this.row(high[1])));
    const bottom = Math.min(this.rows - 1, Math.ceil(this.row(low[1])));
    const wide = Math.floor((last - first) / COARSE) + 2;
    const line = (row: number): Float32Array =>
      Float32Array.from({ length: wide }, (_, at) => each(this.point(first + at * COARSE, row)));
    let under = line(top);
    for (let from = top; from <= bottom; from += COARSE) {
      const over = under;
      under = line(from + COARSE);
      for (let row = from; row < from + COARSE && row <= bottom; row += 1) {
        const down = (row - from) / COARSE;
        for (let column = first; column <= last; column += 1) {
          const at = Math.floor((column - first) / COARSE);
          const across = (column - first) / COARSE - at;
          const one = (over[at] ?? 0) * (1 - across) + (over[at + 1] ?? 0) * across;
          const other = (under[at] ?? 0) * (1 - across) + (under[at + 1] ?? 0) * across;
          const place = row * this.columns + column;
          this.values[place] = (this.values[place] ?? 0) + then(one * (1 - down) + other * down);
        }
      }
    }
  }

  addBone(absorption: Absorption, fit: Fit, centre: Point, falls: number, share: number): void {
    const [sin, cos] = sine(falls);
    const { at, step, rows, columns } = absorption;
    const ends = [0, 1].flatMap((x) =>
      [0, 1].map((y): Point => {
        const own: Point = [at[0] + x * columns * step, at[1] + y * rows * step];
        const [u, v] = fit.forward(own);
        return [centre[0] + u * cos - v * sin, centre[1] + u * sin + v * cos];
      }),
    );
    this.add(...boxOf(ends, 2), ([u, v]) => {
      const [x, y] = [u - centre[0], v - centre[1]];
      return share * sample(absorption, fit.inverse([x * cos + y * sin, y * cos - x * sin]));
    });
  }
}

function boxOf(points: readonly Point[], margin: number): [low: Point, high: Point] {
  const [us, vs] = [points.map(([u]) => u), points.map(([, v]) => v)];
  return [
    [Math.min(...us) - margin, Math.min(...vs) - margin],
    [Math.max(...us) + margin, Math.max(...vs) + margin],
  ];
}

/** Between the four pixels around a point; 0 outside. */
export function sample({ at, step, rows, columns, values }: Absorption, [u, v]: Point): number {
  const [x, y] = [(u - at[0]) / step, (v - at[1]) / step];
  const [column, row] = [Math.floor(x), Math.floor(y)];
  if (column < 0 || row < 0 || column >= columns - 1 || row >= rows - 1) return 0;
  const [p, q] = [x - column, y - row];
  const place = row * columns + column;
  const low = (values[place] ?? 0) * (1 - p) + (values[place + 1] ?? 0) * p;
  const high = (values[place + columns] ?? 0) * (1 - p) + (values[place + columns + 1] ?? 0) * p;
  return low * (1 - q) + high * q;
}

/** Distance in mm to a ring, negative outside. */
export function depthIn(ring: Ring, [u, v]: Point): number {
  let nearest = Number.POSITIVE_INFINITY;
  let inside = false;
  for (let place = 0; place < ring.length; place += 1) {
    const [au, av] = ring[place] as Point;
    const [bu, bv] = ring[(place + 1) % ring.length] as Point;
    const [du, dv] = [bu - au, bv - av];
    const t = Math.min(1, Math.max(0, ((u - au) * du + (v - av) * dv) / (du * du + dv * dv)));
    nearest = Math.min(nearest, (u - au - t * du) ** 2 + (v - av - t * dv) ** 2);
    if (av > v !== bv > v && u < au + ((v - av) / (bv - av)) * (bu - au)) inside = !inside;
  }
  return Math.sqrt(nearest) * (inside ? 1 : -1);
}

/** A flat bone: full thickness inside, a bright edge where the ray runs along its wall. */
function flat(depth: number, full: number, edge: number): number {
  if (depth <= 0) return 0;
  return full * (1 - Math.exp(-depth / 4)) + edge * Math.exp(-(((depth - 1.2) / 1.4) ** 2));
}

const smoothRing = (ring: Ring): Ring =>
  ring.flatMap((start, place) => {
    const point = (index: number): Point => ring[(index + ring.length) % ring.length] as Point;
    const [before, end, after] = [point(place - 1), point(place + 1), point(place + 2)];
    return [0, 1 / 3, 2 / 3].map((t): Point => {
      const each = (axis: 0 | 1): number => {
        const [p, a, b, q] = [before[axis], start[axis], end[axis], after[axis]];
        return a + 0.5 * t * (b - p + t * (2 * p - 5 * a + 4 * b - q + t * (3 * (a - b) + q - p)));
      };
      return [each(0), each(1)];
    });
  });

function pelvis(canvas: Plane, film: Film, body: Body): void {
  const rings = pelvisRings(body, film.spine.tilt);
  const radius = body.head_radius_mm;
  for (const head of [film.heads["hip.near"], film.heads["hip.far"]]) {
    const moved = (ring: Ring): Ring => smoothRing(ring.map(([u, v]): Point => [u + head[0], v + head[1]]));
    const [hipBone, obturator, femur] = [moved(rings.hipBone), moved(rings.obturator), moved(rings.femur)];
    canvas.addSmooth(
      ...boxOf(hipBone, 1),
      (point) => Math.min(depthIn(hipBone, point), -depthIn(obturator, point)),
      (depth) => flat(depth, LOOK.hipBone, LOOK.rim * 0.5),
    );
    canvas.addSmooth(
      ...boxOf(femur, 1),
      (point) => depthIn(femur, point),
      (depth) => flat(depth, LOOK.femur, LOOK.rim),
    );
    canvas.add([head[0] - radius - 8, head[1] - radius - 8], [head[0] + radius + 8, head[1] + radius + 8], ([u, v]) => {
      const distance = Math.hypot(u - head[0], v - head[1]);
      const ball = (r: number): number => (distance < r ? 2 * Math.sqrt(r * r - distance * distance) : 0);
      const shell = ball(radius) - ball(radius - 1.1);
      const roof = Math.max(0, (v - head[1]) / (distance || 1));
      const socket = Math.exp(-(((distance - radius - 4) / 1.5) ** 2)) * LOOK.rim * 1.3 * roof;
      return LOOK.head * (ball(radius) + 2.6 * shell) + socket;
    });
  }
}

/** T12 in the form of L2, and its rib: who counts from above needs them. */
function above12(canvas: Plane, film: Film, body: Body, bones: LateralBones, fit: Fit): void {
  const [first] = film.spine.tilts;
  const size = body.vertebrae[0];
  if (first === undefined || !size) return;
  const falls = first - 1;
  const low = above(middle(film.spine.plates["L1.upper"]), first, 6);
  const top = above(low, falls, size.height_mm);
  canvas.addBone(bones[FORM_OF.L1].absorption, fit, top, falls, LOOK.bone * 0.95);
  for (const [lift, length, share] of [
    [-4, 96, 1],
    [-9, 88, 0.8],
  ] as const) {
    const start = above(behind(top, falls, 24), falls, lift);
    const line = Array.from({ length: 16 }, (_, place): Point => {
      const t = place / 15;
      return [start[0] - t * length, start[1] - 26 * t - 34 * t * t + 10 * Math.sin(Math.PI * t)];
    });
    canvas.addSmooth(
      ...boxOf(line, 6),
      (point) => distanceTo(line, point),
      (distance) => share * LOOK.rib * flat(4.5 - distance, 0.5, 0.9),
    );
  }
}

function distanceTo(line: readonly Point[], [u, v]: Point): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let place = 0; place + 1 < line.length; place += 1) {
    const [au, av] = line[place] as Point;
    const [bu, bv] = line[place + 1] as Point;
    const [du, dv] = [bu - au, bv - av];
    const t = Math.min(1, Math.max(0, ((u - au) * du + (v - av) * dv) / (du * du + dv * dv)));
    nearest = Math.min(nearest, Math.hypot(u - au - t * du, v - av - t * dv));
  }
  return nearest;
}

const rise = (from: number, to: number, value: number): number => {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
};

/** Trunk and pelvis as haze, thin towards the back, with gas in the bowel in front. */
function softTissue(canvas: Plane, film: Film, chance: () => number): void {
  const { hip } = film.spine;
  const top = middle(film.spine.plates["L1.upper"]);
  const between = (from: number, to: number): number => from + chance() * (to - from);
  const gas = Array.from({ length: 9 }, () => ({
    u: between(-128, -66),
    v: between(20, 230),
    wide: between(9, 22),
    high: between(6, 15),
    turn: between(-0.6, 0.6),
    deep: between(0.4, 1),
  }));
  const waves = Array.from({ length: 5 }, () => ({
    u: between(0.01, 0.035),
    v: between(0.01, 0.035),
    phase: between(0, 6.3),
  }));
  const { left, top: above0, width, height } = canvas.sheet;
  canvas.addSmooth(
    [left + hip[0], hip[1] - above0 - height],
    [left + width + hip[0], hip[1] - above0],
    ([u, v]) => {
      const [x, y] = [u - hip[0], v - hip[1]];
      // the line of the back follows the spine from the buttocks to the loin
      const share = Math.min(1, Math.max(0, v / (top[1] || 1)));
      const back = 124 - 18 * Math.sin(Math.PI * share) + share * (top[0] - 20) * 0.6;
      const body = rise(0, 46, back - x);
      const pelvic = 1 - rise(40, 190, y);
      let tissue = LOOK.tissue * body * (0.66 + 0.4 * pelvic);
      tissue *= 1 - 0.25 * rise(20, 120, -x) * (1 - pelvic);
      for (const { u: p, v: q, phase } of waves) {
        tissue += 1.6 * body * Math.sin(x * p * 6 + y * q * 6 + phase);
      }
      for (const bubble of gas) {
        const [du, dv] = [x - bubble.u, y - bubble.v];
        const [sin, cos] = [Math.sin(bubble.turn), Math.cos(bubble.turn)];
        const near =
          ((du * cos + dv * sin) / bubble.wide) ** 2 + ((dv * cos - du * sin) / bubble.high) ** 2;
        if (near < 4) tissue -= LOOK.gas * bubble.deep * body * Math.exp(-(near ** 1.5));
      }
      return tissue;
    },
    (tissue) => Math.max(0, tissue),
  );
}

/** Absorption to grey, with grain, and black where the beam was shut out. */
function develop({ values, columns, rows }: Plane, chance: () => number): Uint8ClampedArray {
  const levels = new Uint8ClampedArray(values.length);
  const turn = (chance() - 0.5) * 0.02;
  const margin = 0.022 * columns;
  let before = 0;
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const place = row * columns + column;
      // a film's curve: dark tones are held together, bright ones too
      const share = 1 - Math.exp(-(values[place] ?? 0) / LOOK.white);
      const tone = 262 * share ** 1.45;
      const noise = (chance() + chance() + chance() - 1.5) * 2;
      before = 0.35 * before + 0.94 * noise;
      const [x, y] = [column - turn * (row - rows / 2), row + turn * (column - columns / 2)];
      const edge = Math.min(x - margin, columns - margin - x, y - margin, rows - margin - y);
      const open = Math.min(1, Math.max(0, edge / 3));
      levels[place] = (10 + tone + before * LOOK.grain * (0.5 + 0.5 * share)) * open + 6 * (1 - open);
    }
  }
  return levels;
}
