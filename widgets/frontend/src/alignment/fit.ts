// Brings a bone of the anatomy model onto the plates of a drawn vertebra: turned, scaled as a whole, and
// bent only by what its corners still miss.
import type { Corners } from "./lateral.ts";
import type { Point } from "./types.ts";

/** Where a point of a bone comes to lie, and back. */
export interface Fit {
  forward(point: Point): Point;
  inverse(point: Point): Point;
}

/** Turn, scale and shift: z ↦ a·z + b in complex numbers. */
export interface Similarity {
  a: Point;
  b: Point;
}

export const apply = ({ a, b }: Similarity, [x, y]: Point): Point => [
  a[0] * x - a[1] * y + b[0],
  a[1] * x + a[0] * y + b[1],
];

export function invert({ a, b }: Similarity): Similarity {
  const size = a[0] ** 2 + a[1] ** 2;
  const inverse: Point = [a[0] / size, -a[1] / size];
  const [x, y] = apply({ a: inverse, b: [0, 0] }, b);
  return { a: inverse, b: [-x, -y] };
}

/** The similarity that brings `from` nearest to `to`, by least squares. */
export function nearest(from: readonly Point[], to: readonly Point[]): Similarity {
  const centre = (points: readonly Point[]): Point => [
    points.reduce((sum, [x]) => sum + x, 0) / points.length,
    points.reduce((sum, [, y]) => sum + y, 0) / points.length,
  ];
  const [fx, fy] = centre(from);
  const [tx, ty] = centre(to);
  let [real, imaginary, size] = [0, 0, 0];
  from.forEach(([x, y], place) => {
    const [u = 0, v = 0] = to[place] ?? [];
    real += (x - fx) * (u - tx) + (y - fy) * (v - ty);
    imaginary += (x - fx) * (v - ty) - (y - fy) * (u - tx);
    size += (x - fx) ** 2 + (y - fy) ** 2;
  });
  const a: Point = [real / size, imaginary / size];
  const [x, y] = apply({ a, b: [0, 0] }, [fx, fy]);
  return { a, b: [tx - x, ty - y] };
}

/** Brings the two ends of `from` onto those of `to`. */
export function fitLine(from: Corners, to: Corners): Fit {
  const turn = nearest([from.anterior, from.posterior], [to.anterior, to.posterior]);
  const back = invert(turn);
  return { forward: (point) => apply(turn, point), inverse: (point) => apply(back, point) };
}

/** Brings the four corners of a body onto four others; what lies around it goes along. */
export function fitBody(
  from: { superior: Corners; inferior: Corners },
  to: { superior: Corners; inferior: Corners },
): Fit {
  const list = ({ superior, inferior }: typeof from): Point[] => [
    superior.anterior,
    superior.posterior,
    inferior.anterior,
    inferior.posterior,
  ];
  const [start, end] = [list(from), list(to)];
  const turn = nearest(start, end);
  const back = invert(turn);
  const missed = end.map(([x, y], place): Point => {
    const [u, v] = apply(turn, start[place] as Point);
    return [x - u, y - v];
  });
  const bent = (point: Point): Point => {
    const shares = bilinear(point, start);
    const shift = [0, 1].map((axis) =>
      shares.reduce((sum, share, place) => sum + share * (missed[place]?.[axis] ?? 0), 0),
    );
    return shift as unknown as Point;
  };
  const forward = (point: Point): Point => {
    const [x, y] = apply(turn, point);
    const [u, v] = bent(point);
    return [x + u, y + v];
  };
  return {
    forward,
    inverse: ([x, y]) => {
      // the bend is small beside the bone: each round comes nearer by a factor of ten or more
      let point = apply(back, [x, y]);
      for (let round = 0; round < 4; round += 1) {
        const [u, v] = bent(point);
        point = apply(back, [x - u, y - v]);
      }
      return point;
    },
  };
}

/** Shares of the four corners in a point, held at the edges of the body outside it. */
function bilinear([x, y]: Point, corners: readonly Point[]): number[] {
  const [frontTop, backTop, frontLow, backLow] = corners as [Point, Point, Point, Point];
  const front = (frontTop[0] + frontLow[0]) / 2;
  const back = (backTop[0] + backLow[0]) / 2;
  const top = (frontTop[1] + backTop[1]) / 2;
  const low = (frontLow[1] + backLow[1]) / 2;
  const across = hold((x - front) / (back - front));
  const up = hold((y - low) / (top - low));
  return [(1 - across) * up, across * up, (1 - across) * (1 - up), across * (1 - up)];
}

const hold = (share: number): number => Math.min(1, Math.max(0, share));
