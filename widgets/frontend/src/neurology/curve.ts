// Smooth curves through points that were set by hand.

export type Point = readonly [x: number, y: number];

/** An SVG path through `points`: a centripetal Catmull–Rom spline, which neither loops nor overshoots. */
export function smooth(points: readonly Point[], closed = false): string {
  const count = points.length;
  if (count < 2) throw new Error(`a curve needs two points, not ${count}`);
  const at = (place: number): Point =>
    (closed
      ? points[(place + count) % count]
      : points[Math.min(Math.max(place, 0), count - 1)]) as Point;
  const parts = [`M${say(at(0))}`];
  for (let place = 0; place < (closed ? count : count - 1); place += 1) {
    const [before, from, to, after] = [at(place - 1), at(place), at(place + 1), at(place + 2)];
    parts.push(`C${say(handle(before, from, to))} ${say(handle(after, to, from))} ${say(to)}`);
  }
  return parts.join("") + (closed ? "Z" : "");
}

/** Points as they are written down: "x,y x,y …". */
export function pointsOf(text: string): Point[] {
  return text
    .trim()
    .split(/\s+/)
    .map((pair) => {
      const [x, y, ...more] = pair.split(",").map(Number);
      if (x === undefined || y === undefined || more.length > 0 || Number.isNaN(x + y)) {
        throw new Error(`“${pair}” is not a point`);
      }
      return [x, y];
    });
}

export function mirrored(points: readonly Point[]): Point[] {
  return points.map(([x, y]) => [-x, y]);
}

/** The control point of `here` on the way to `next`, coming from `last`. */
function handle(last: Point, here: Point, next: Point): Point {
  const one = Math.sqrt(Math.hypot(here[0] - last[0], here[1] - last[1]));
  const two = Math.sqrt(Math.hypot(next[0] - here[0], next[1] - here[1]));
  if (one === 0 || two === 0) return here;
  const weight = 2 * one * one + 3 * one * two + two * two;
  const mix = (axis: 0 | 1): number =>
    (one * one * next[axis] - two * two * last[axis] + weight * here[axis]) / (3 * one * (one + two));
  return [mix(0), mix(1)];
}

function say([x, y]: Point): string {
  return `${Number(x.toFixed(1))} ${Number(y.toFixed(1))}`;
}
