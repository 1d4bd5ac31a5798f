// The lumbar column from behind with its arches taken away, and a disc from below as a scan shows
// it: a scheme, not to scale. x from the midline; y down.
import { mirrored, pointsOf, smooth, type Point } from "./curve.ts";
import type { Cause, Level, Root, Zone } from "./types.ts";

export const BEHIND = { width: 360, height: 470, middle: 180 } as const;
export const AXIAL = { width: 360, height: 236, middle: 180 } as const;

const PITCH = 92;
const BODY = 62;
const VERTEBRAE = ["L2", "L3", "L4", "L5", "S1"] as const;
type Vertebra = (typeof VERTEBRAE)[number];
export const DRAWN_ROOTS: readonly Root[] = ["L2", "L3", "L4", "L5", "S1"];

const top = (name: Vertebra): number => 14 + PITCH * VERTEBRAE.indexOf(name);

/** Middle of a disc. */
export function discAt(level: Level): number {
  return top(level.split("-")[0] as Vertebra) + BODY + (PITCH - BODY) / 2;
}

export function vertebrae(): { name: Vertebra; body: string; pedicles: readonly Point[]; at: Point }[] {
  return VERTEBRAE.map((name, place) => {
    const y = top(name);
    const half = 74 + place * 2;
    const right: Point[] =
      name === "S1"
        ? [[0, y], [60, y - 1], [84, y + 3], [112, y + 8], [132, y + 22], [128, y + 44], [108, y + 66], [88, y + 84], [60, y + 96], [0, y + 98]] // prettier-ignore
        : [[0, y], [half - 16, y - 1], [half, y + 5], [half - 6, y + 17], [half + 14, y + 13], [half + 44, y + 9], [half + 50, y + 17], [half + 42, y + 24], [half + 8, y + 28], [half - 9, y + 36], [half - 5, y + 50], [half, y + 57], [half - 14, y + BODY + 1], [0, y + BODY]]; // prettier-ignore
    const left = mirrored(right).reverse();
    const x = 55 + place * 1.5;
    return {
      name,
      body: smooth([...right, ...left.slice(1, -1)], true),
      pedicles: [[x, y + 19], [-x, y + 19]] as const, // prettier-ignore
      at: (name === "S1" ? [-98, y + 30] : [-half - 16, y + 22]) as Point,
    };
  });
}

export function disc(level: Level): string {
  const y = discAt(level);
  const half = 73 + 2 * VERTEBRAE.indexOf(level.split("-")[0] as Vertebra);
  const right: Point[] = [[0, y - 15], [half - 10, y - 15], [half + 3, y], [half - 10, y + 15], [0, y + 15]]; // prettier-ignore
  return smooth([...right, ...mirrored(right).reverse().slice(1, -1)], true);
}

export const SAC: string = smooth(
  pointsOf(`
  31,-6 30,80 28,180 26,270 22,340 15,400 9,440 0,458 -9,440 -15,400 -22,340 -26,270 -28,180
  -30,80 -31,-6
`),
);

/** What hangs in the sac, on its way down. */
export const STRANDS: readonly string[] = [4, 10, 16].flatMap((x) => {
  const points: Point[] = [
    [x * 1.5, -6],
    [x * 1.4, 160],
    [x * 1.15, 300],
    [x * 0.55, 432],
  ];
  return [smooth(points), smooth(mirrored(points))];
});

/** A root from the sac to beyond its foramen, on the picture's right. */
export function rootPath(root: Root): readonly Point[] {
  if (root === "S1") {
    const y = top("S1");
    return [
      [20, y - 46],
      [25, y - 18],
      [31, y + 14],
      [38, y + 46],
      [46, y + 72],
      [56, y + 104],
    ];
  }
  const y = top(root as Vertebra);
  const half = root === "L5" ? 24 : 28;
  return [[half - 2, y - 30], [half + 7, y - 6], [43, y + 28], [52, y + 43], [66, y + 55], [90, y + 74], [128, y + 112]]; // prettier-ignore
}

/** Where the root's name stands. */
export function rootLabel(root: Root): Point {
  const y = top(root as Vertebra);
  return root === "S1" ? [78, y + 70] : [146, y + 112];
}

/** The ganglion: in the foramen, under the pedicle. */
export function ganglion(root: Root): Point {
  return root === "S1" ? [35, top("S1") + 32] : [60, top(root as Vertebra) + 51];
}

/** Edges of the zones from the midline outwards. */
export const ZONE_EDGES: Readonly<Record<Zone, readonly [inner: number, outer: number]>> = {
  central: [0, 19],
  paracentral: [19, 43],
  foraminal: [43, 73],
  extraforaminal: [73, 118],
};

interface Spot {
  at: Point;
  /** Half axes. */
  size: Point;
}

/** Where a lesion of the picture's right half lies, seen from behind. */
export function lesionAt(level: Level, zone: Zone): Spot {
  const y = discAt(level);
  const spots: Record<Zone, Spot> = {
    central: { at: [0, y], size: [23, 15] },
    paracentral: { at: [30, y], size: [17, 15] },
    foraminal: { at: [60, y - 10], size: [17, 16] },
    extraforaminal: { at: [94, y - 4], size: [19, 16] },
  };
  return spots[zone];
}

/** A soft lump, or bone with edges, about `at`. */
export function lump(cause: Cause, [x, y]: Point, [rx, ry]: Point): string {
  if (cause === "disc") {
    const round = [1, 0.92, 1.05, 0.9, 1.04, 0.95, 1.02, 0.9];
    return smooth(
      round.map((far, place): Point => {
        const turn = (place * Math.PI) / 4;
        return [x + rx * far * Math.cos(turn), y + ry * far * Math.sin(turn)];
      }),
      true,
    );
  }
  const points = Array.from({ length: 14 }, (_, place): Point => {
    const turn = (place * Math.PI) / 7;
    const far = place % 2 === 0 ? 1.12 : 0.78;
    return [x + rx * far * Math.cos(turn), y + ry * far * Math.sin(turn)];
  });
  return `M${points.map(([px, py]) => `${px.toFixed(1)} ${py.toFixed(1)}`).join("L")}Z`;
}

// --- the disc from below: front of the body at the top ------------------------------------------

const whole = (right: readonly Point[]): string =>
  smooth([...right, ...mirrored(right).reverse().slice(1, -1)], true);

export const AXIAL_DISC = whole(pointsOf("0,14 52,18 96,40 112,76 102,106 74,124 36,128 0,124"));
export const AXIAL_NUCLEUS = whole(pointsOf("0,40 36,44 62,66 60,92 34,106 0,106"));
/** Joint and arch behind the canal. */
export const AXIAL_ARCH = whole(
  pointsOf(`
  0,190 26,182 50,170 64,150 82,146 100,158 94,182 70,194 34,206 12,216 8,232 0,233
`),
);
export const AXIAL_SAC = whole(pointsOf("0,134 20,136 30,148 24,166 0,178"));
export const AXIAL_TRAVERSING: Point = [42, 143];
export const AXIAL_EXITING: Point = [104, 128];
export const AXIAL_STRANDS: readonly Point[] = pointsOf(
  "0,166 9,163 -9,163 17,156 -17,156 4,154 -5,153 12,147 -12,147",
);

const AXIAL_SPOTS: Readonly<Record<Zone, Spot>> = {
  central: { at: [0, 133], size: [24, 12] },
  paracentral: { at: [34, 134], size: [17, 12] },
  foraminal: { at: [80, 130], size: [17, 12] },
  extraforaminal: { at: [112, 108], size: [17, 15] },
};

export function axialLesion(zone: Zone): Spot {
  return AXIAL_SPOTS[zone];
}
