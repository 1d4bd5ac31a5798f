// What the bending spine says, in the words of `FuseAndBendState`.
import type { Reading } from "../readings_view.ts";
import { share, type Bent, type Solved } from "./spine.ts";
import type { Construct, SpineData, StateValues } from "./types.ts";

const one = (number: number): string => number.toFixed(1);
const whole = (number: number): string => number.toFixed(0);

export function constructOf({ constructs }: SpineData, id: string): Construct {
  const found = constructs.find((each) => each.id === id);
  if (!found) throw new Error(`there is no construct ${id}`);
  return found;
}

/** The fact behind a segment's present bar. */
export function sourceOf(data: SpineData, state: StateValues, { fused }: Solved, place: number): string {
  return fused[place] ? constructOf(data, state.construct).fact : (data.segments[place]?.fact ?? "");
}

/** What is lost, and where motion goes. */
export function sayBent(data: SpineData, state: StateValues, solved: Solved): string {
  const { before, now, why, direction, fused } = solved;
  const { segments, law } = data;
  if (!fused.includes(true)) {
    return (
      `Nothing fused: ${one(before.total_deg)}° of ${direction} under ${one(before.moment_nm)} N·m. ` +
      sayMost(data, before)
    );
  }
  const names = segments.filter((_, place) => fused[place]).map(({ label }) => label);
  const lost = segments.reduce((sum, _, place) => sum + (fused[place] ? share(before, place) : 0), 0);
  const parts = [
    `${names.join(", ")} fused (${constructOf(data, state.construct).label}).`,
    `These levels gave ${whole(100 * lost)} % of this ${direction}.`,
  ];
  if (state.protocol === "load") {
    parts.push(
      `Pushed as hard as before (${one(before.moment_nm)} N·m), the spine bends ${one(now.total_deg)} instead of ` +
        `${one(before.total_deg)}°: every free level bends exactly as before.`,
    );
  } else if (why) {
    parts.push(`Bent as far as before: ${why}. Drawn is the most it can.`);
  } else {
    parts.push(
      `Bent as far as before (${one(now.total_deg)}°), it takes ${one(now.moment_nm)} instead of ` +
        `${one(before.moment_nm)} N·m, and every free level makes up for it: ${sayRisen(data, solved)}.`,
    );
    if (now.moment_nm > law.test_moment_nm) parts.push(`Beyond ${law.test} the curves are extrapolated.`);
  }
  return parts.join(" ");
}

function sayMost({ segments }: SpineData, bent: Bent): string {
  if (bent.total_deg === 0) return "It stands.";
  const most = bent.angles_deg.indexOf(Math.max(...bent.angles_deg));
  return `${segments[most]?.label} gives most: ${whole(100 * share(bent, most))} %.`;
}

function sayRisen({ segments }: SpineData, { before, now, fused }: Solved): string {
  return segments
    .flatMap(({ label }, place) => {
      const [was = 0, is = 0] = [before.angles_deg[place], now.angles_deg[place]];
      return fused[place] || was <= 0 ? [] : [`${label} +${whole(100 * (is / was - 1))} %`];
    })
    .join(", ");
}

/** A row for each level. */
export function rowsOf(data: SpineData, state: StateValues, solved: Solved): Reading[] {
  const { before, now, fused } = solved;
  return data.segments.map(({ label }, place) => {
    const id = sourceOf(data, state, solved, place);
    return {
      id,
      label: `${label}, ${fused[place] ? constructOf(data, state.construct).label : "free"}`,
      evidence: data.evidence[id] ?? "none",
      cells: [
        `${one(before.angles_deg[place] ?? 0)}°`,
        `${one(now.angles_deg[place] ?? 0)}°`,
        `${whole(100 * share(before, place))} %`,
        `${whole(100 * share(now, place))} %`,
      ],
    };
  });
}
