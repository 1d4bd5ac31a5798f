// Segments in series under a pure moment: the intact spine, and the present one by either protocol.
import { fusedAngle, intactAngle } from "./curves.ts";
import type { Direction, SpineData, StateValues } from "./types.ts";

const HALVINGS = 100;
const NARROW_NM = 1e-12;

/** A spine under `moment_nm`: what each segment turns (°) from superior to inferior, and the whole. */
export interface Bent {
  moment_nm: number;
  angles_deg: readonly number[];
  total_deg: number;
}

export interface Solved {
  direction: Direction;
  /** Whether each segment is fused. */
  fused: readonly boolean[];
  before: Bent;
  now: Bent;
  /** Why the present spine is not bent as far as asked, or "". */
  why: string;
}

type Spine = (moment_nm: number) => Bent;

export function directionOf({ bend }: StateValues): Direction {
  return bend >= 0 ? "flexion" : "extension";
}

/** What a state shows. */
export function solve(data: SpineData, state: StateValues): Solved {
  const direction = directionOf(state);
  const fused = data.segments.map(({ key }) => key !== "" && state[key]);
  const greatest = data.law.greatest_moment_nm;
  const intact = spineOf(data, direction, fused.map(() => false), state.construct);
  const spine = spineOf(data, direction, fused, state.construct);
  const before = bentTo(intact, Math.abs(state.bend), greatest);
  const solved = { direction, fused, before };
  if (state.protocol === "load") return { ...solved, now: spine(before.moment_nm), why: "" };
  const most = spine(greatest);
  if (before.total_deg <= most.total_deg * (1 + 1e-12)) {
    return { ...solved, now: bentTo(spine, before.total_deg, greatest), why: "" };
  }
  const why =
    `a bend of ${before.total_deg.toFixed(1)}° can't be reached: the free segments give ` +
    `${most.total_deg.toFixed(1)}° under ${String(greatest)} N·m, the largest moment that segments were tested with`;
  return { ...solved, now: most, why };
}

/** The share (0 to 1) of the whole that a segment contributes; 0 where nothing turns. */
export function share({ angles_deg, total_deg }: Bent, place: number): number {
  return total_deg > 0 ? (angles_deg[place] ?? 0) / total_deg : 0;
}

function spineOf(data: SpineData, direction: Direction, fused: readonly boolean[], construct: string): Spine {
  const { intact, fused: springs } = data.curves[direction];
  const held = springs[construct];
  if (!held) throw new Error(`there is no construct ${construct}`);
  return (moment_nm) => {
    const angles_deg = intact.map((curve, place) =>
      fused[place]
        ? fusedAngle(held[place] ?? null, curve, data.law, moment_nm)
        : intactAngle(curve, data.law, moment_nm),
    );
    return { moment_nm, angles_deg, total_deg: angles_deg.reduce((sum, each) => sum + each, 0) };
  };
}

/** The spine bent until the whole has turned so far: it turns more with every N·m, so halving finds it. */
function bentTo(spine: Spine, total_deg: number, greatest_nm: number): Bent {
  if (total_deg === 0) return spine(0);
  let [low, high] = [0, greatest_nm];
  if (spine(high).total_deg <= total_deg) return spine(high);
  for (let step = 0; step < HALVINGS && high - low > NARROW_NM; step += 1) {
    const middle = (low + high) / 2;
    if (spine(middle).total_deg < total_deg) low = middle;
    else high = middle;
  }
  return spine((low + high) / 2);
}
