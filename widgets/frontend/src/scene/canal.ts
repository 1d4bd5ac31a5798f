// The spinal canal's area by the pack's table: linear between its points along every axis.
import type { CanalTable, Nested } from "./pack.ts";
import type { SceneState } from "./types.ts";

type Variants = Pick<SceneState, "slip" | "disc_height" | "morph">;

const AREAS = "area_mm2";

/** mm² by motion segment for the variants shown; values beyond an axis count as its end. */
export function canalAreas(
  tables: Readonly<Record<string, CanalTable>> | undefined,
  variants: Variants,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(tables ?? {}).map(([segment, table]) => {
      const axes = Object.entries(table).filter(([name]) => name !== AREAS);
      const at = axes.map(([name, points]) =>
        position(points as readonly number[], valueOf(name, segment, variants)),
      );
      return [segment, lookUp(table[AREAS] as Nested, at)];
    }),
  );
}

function valueOf(axis: string, segment: string, { slip, disc_height, morph }: Variants): number {
  if (axis === "slip") return slip[segment] ?? 0;
  if (axis === "disc_height") return disc_height[segment] ?? 1;
  return morph[axis] ?? 0;
}

/** Where a value lies among points in order: the index before, and the share of the way on. */
function position(points: readonly number[], value: number): [before: number, share: number] {
  const [first, last] = [points[0] as number, points.at(-1) as number];
  if (first > last) return position(points.map((each) => -each), -value);
  const above = points.findIndex((point) => point >= value);
  if (above === 0) return [0, 0];
  if (above < 0) return [points.length - 1, 0];
  const [low, high] = [points[above - 1] as number, points[above] as number];
  return [above - 1, (value - low) / (high - low)];
}

function lookUp(table: Nested, at: readonly (readonly [number, number])[]): number {
  const [first, ...rest] = at;
  if (typeof table === "number" || !first) return table as number;
  const [below, share] = first;
  const low = lookUp(table[below] as Nested, rest);
  return share === 0 ? low : low + share * (lookUp(table[below + 1] as Nested, rest) - low);
}
