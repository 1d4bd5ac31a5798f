// How far findings move each root. The rules are those of l3s1.models.root_ranking; both are tested
// with tests/fixtures/root_ranking.json. Every ratio comes from the content.
import type { FindingState, NeurologyTraits, RankedRoot, Ratio, Root, Sign } from "./types.ts";

export type Findings = Readonly<Record<string, FindingState>>;
type Known = Pick<NeurologyTraits, "signs" | "ranking">;

/** The ratio that `study` gives for a finding and a root, where it can be multiplied. */
export function usableRatio(sign: Sign, state: FindingState, root: Root, study: string): Ratio | null {
  const own = sign.accuracy.find((each) => each.study === study && each.root === root);
  const ratio = own?.[state] ?? null;
  return ratio?.usable && ratio.estimate !== null ? ratio : null;
}

/** Each root of the prior, most probable first; roots that are equally so stay in their order. */
export function rankRoots(
  { signs, ranking }: Known,
  findings: Findings,
  prior: string,
  study: string,
): RankedRoot[] {
  const odds = ranking.priors.find(({ id }) => id === prior)?.odds ?? {};
  const given = signs.filter(({ id }) => findings[id] !== undefined);
  return ranking.roots
    .filter((root) => odds[root] !== undefined)
    .map((root) => rankRoot(root, odds[root] ?? 0, given, findings, study, ranking.z))
    .sort((one, other) => other.probability - one.probability);
}

function rankRoot(
  root: Root,
  odds: number,
  given: readonly Sign[],
  findings: Findings,
  study: string,
  z: number,
): RankedRoot {
  let log = Math.log(odds);
  let variance: number | null = 0;
  const moved_by: { sign: string; ratio: number }[] = [];
  const silent: string[] = [];
  for (const sign of given) {
    const ratio = usableRatio(sign, findings[sign.id] as FindingState, root, study);
    if (!ratio || ratio.estimate === null) {
      silent.push(sign.id);
      continue;
    }
    log += Math.log(ratio.estimate);
    moved_by.push({ sign: sign.id, ratio: ratio.estimate });
    const spread = spreadOf(ratio, z);
    variance = variance === null || spread === null ? null : variance + spread ** 2;
  }
  const far = variance === null || moved_by.length === 0 ? null : z * Math.sqrt(variance);
  return {
    root,
    probability: probabilityOf(log),
    low: far === null ? null : probabilityOf(log - far),
    high: far === null ? null : probabilityOf(log + far),
    moved_by,
    silent,
  };
}

/** The standard error of a ratio's logarithm, from its printed interval. */
function spreadOf({ low, high }: Ratio, z: number): number | null {
  return low === null || high === null || low <= 0 ? null : (Math.log(high) - Math.log(low)) / (2 * z);
}

function probabilityOf(log: number): number {
  return 1 / (1 + Math.exp(-log));
}

export interface Move {
  root: Root;
  from: number;
  to: number;
  /** Whether the ratio is a printed limit, so that the root moves no farther than this. */
  limit: boolean;
}

/** What one finding alone does to each root that it moves, the farthest first. */
export function movesOf(
  known: Known,
  sign: string,
  state: FindingState,
  prior: string,
  study: string,
): Move[] {
  const before = new Map(
    rankRoots(known, {}, prior, study).map((each) => [each.root, each.probability]),
  );
  return rankRoots(known, { [sign]: state }, prior, study)
    .filter(({ moved_by }) => moved_by.length > 0)
    .map(({ root, probability }) => {
      const own = known.signs.find(({ id }) => id === sign);
      const limit = (own && usableRatio(own, state, root, study)?.limit) === true;
      return { root, from: before.get(root) ?? 0, to: probability, limit };
    })
    .sort((one, other) => Math.abs(other.to - other.from) - Math.abs(one.to - one.from));
}

export function percent(share: number): string {
  const whole = share * 100;
  const text =
    whole > 0 && whole < 1 ? "under 1" : whole < 100 && whole > 99 ? "over 99" : whole.toFixed(0);
  return `${text} %`;
}
