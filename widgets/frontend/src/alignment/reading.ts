// What follows from a state, as `l3s1.models.alignment.reading` and `.scores` have it: what is shown, its
// bands, the GAP score and what each formula asks for. Every number comes with the norms.
import { LOW, buildSpine, clamp, clampSegments, rounded, sum } from "./model.ts";
import {
  SEGMENTS,
  type Band,
  type Body,
  type Formula,
  type Gap,
  type GapPart,
  type Norms,
  type Reading,
  type Scale,
  type ScaleId,
  type Spine,
  type StateValues,
  type Target,
} from "./types.ts";

/** The part of a state that its reading depends on. */
export type Setting = Pick<
  StateValues,
  | "mode"
  | "incidence"
  | "tilt"
  | "segments"
  | "posture"
  | "age"
  | "global_tilt"
  | "sva"
  | "cages"
  | "pelvis"
>;

export function readState(body: Body, norms: Norms, state: Setting): Reading {
  // beyond its incidence a tilt would turn the sacral plate past level
  const tilt = Math.min(state.tilt, state.incidence);
  const before = buildSpine(body, state.incidence, tilt, state.segments);
  let shown = before;
  let tilts_after: Reading["tilts_after"] = [];
  if (state.mode === "plan") [shown, tilts_after] = operate(body, norms, state, before);
  else if (state.mode === "explore" && state.posture === "supine") shown = lieDown(body, norms, before);
  // where C7 stands after an operation, nobody knows
  const operated = state.mode === "plan" && Object.keys(state.cages).length > 0;
  const [sva, global_tilt] = operated ? [null, null] : [state.sva, state.global_tilt];
  const targets = (formulas: readonly Formula[]): Target[] =>
    formulas.flatMap((each) => findTarget(each, shown, state.age, sva) ?? []);
  return {
    before,
    shown,
    bands: grade(norms, shown, sva),
    gap: scoreGap(norms.gap, shown, state.age, global_tilt),
    lordosis: targets(norms.lordosis_formulas),
    age: targets(norms.age_targets),
    tilt: targets(norms.tilt_formulas),
    tilts_after,
  };
}

/** The segments with cages in: each gives its disc its own angle. */
export function placeCages(
  body: Body,
  segments: readonly number[],
  cages: StateValues["cages"],
): number[] {
  const placed = SEGMENTS.map((name, place) => {
    const cage = cages[name];
    const wedge = body.vertebrae[place]?.wedge_deg ?? 0;
    return cage === undefined ? (segments[place] ?? 0) : wedge + cage;
  });
  return clampSegments(body, placed);
}

function operate(
  body: Body,
  norms: Norms,
  state: Setting,
  before: Spine,
): [Spine, Reading["tilts_after"]] {
  const segments = placeCages(body, before.segments, state.cages);
  const gained = {
    lordosis: sum(segments) - before.lordosis,
    low_lordosis: sum(segments.slice(LOW)) - before.low_lordosis,
  };
  const after = norms.relations.map(({ id, per, tilt_per_degree }) => ({
    id,
    tilt: possibleTilt(norms, before.incidence, before.tilt + tilt_per_degree * gained[per]),
  }));
  const tilt = state.pelvis === "follows" ? (after[0]?.tilt ?? before.tilt) : before.tilt;
  return [buildSpine(body, before.incidence, tilt, segments), after];
}

/** A tilt that a pelvis can have: within what was seen, and the sacral plate not past level. */
export function possibleTilt(norms: Norms, incidence: number, tilt: number): number {
  const { low, high } = norms.ranges.tilt;
  return Math.min(clamp(tilt, low, high), incidence);
}

function lieDown(body: Body, norms: Norms, standing: Spine): Spine {
  const { supine } = norms;
  const low = SEGMENTS.length - LOW;
  const segments = standing.segments.map(
    (angle, place) => angle + (place < LOW ? supine.upper_lordosis / LOW : supine.low_lordosis / low),
  );
  const tilt = possibleTilt(norms, standing.incidence, standing.tilt - supine.slope);
  return buildSpine(body, standing.incidence, tilt, clampSegments(body, segments));
}

/** Whether an ascending band, the first that does, holds a value. */
export function holds({ below, included }: Pick<Band, "below" | "included">, value: number): boolean {
  const held = rounded(value);
  return below === null || held < below || (included && held === rounded(below));
}

export function findBand({ id, bands }: Scale, value: number): Band {
  const found = bands.find((band) => holds(band, value));
  if (!found) throw new Error(`${id}: no band holds ${value}`);
  return found;
}

/** The value of a formula; null where its step has none. */
export function evaluate(formula: Formula, incidence: number, age: number): number | null {
  const value = formula.intercept + formula.incidence * incidence + formula.age * age;
  if (formula.by === null) return value;
  const place = formula.by === "incidence" ? incidence : age;
  const step = formula.steps.find(({ below }) => below === null || place < below);
  return step?.offset === null || step === undefined ? null : value + step.offset;
}

function findTarget(formula: Formula, spine: Spine, age: number, sva: number | null): Target | null {
  const ideal = evaluate(formula, spine.incidence, age);
  const shown = quantity(formula.of, spine, sva);
  if (ideal === null || shown === null) return null;
  const { id, tolerance } = formula;
  return { id, low: ideal - tolerance, ideal, high: ideal + tolerance, miss: shown - ideal };
}

/** What a formula is of, as shown; the global tilt is judged by the GAP score alone. */
export function quantity(of: Formula["of"], spine: Spine, sva: number | null): number | null {
  if (of === "sva") return sva;
  return of === "global_tilt" ? null : spine[of];
}

function scoreGap(rules: Norms["gap"], spine: Spine, age: number, global_tilt: number | null): Gap {
  const ideal = (formula: Formula): number => {
    const value = evaluate(formula, spine.incidence, age);
    if (value === null) throw new Error(`${formula.id}: gives no value`);
    return value;
  };
  const part = (scale: Scale, value: number): GapPart => {
    const { id, points } = findBand(scale, value);
    return { value, band: id, points };
  };
  const version = part(rules.version, spine.slope - ideal(rules.ideal_slope));
  const lordosis = part(rules.lordosis, spine.lordosis - ideal(rules.ideal_lordosis));
  const distribution = spine.share === null ? null : part(rules.distribution, spine.share);
  const alignment =
    global_tilt === null ? null : part(rules.alignment, global_tilt - ideal(rules.ideal_global_tilt));
  const years = findBand(rules.age, age).points;
  let low = version.points + lordosis.points + years;
  let high = low;
  for (const [known, { bands }] of [
    [distribution, rules.distribution],
    [alignment, rules.alignment],
  ] as const) {
    const points = known ? [known.points] : bands.map((band) => band.points);
    low += Math.min(...points);
    high += Math.max(...points);
  }
  return {
    version,
    lordosis,
    distribution,
    alignment,
    age: years,
    low,
    high,
    category_low: findBand(rules.category, low).id,
    category_high: findBand(rules.category, high).id,
  };
}

function grade(norms: Norms, spine: Spine, sva: number | null): Reading["bands"] {
  const { scales, forward } = norms;
  const shown: Record<ScaleId, number | null> = {
    incidence: spine.incidence,
    roussouly: spine.slope,
    schwab_mismatch: spine.mismatch,
    schwab_tilt: spine.tilt,
    schwab_sva: sva,
  };
  const bands = Object.fromEntries(
    Object.entries(shown).map(([id, value]) => [
      id,
      value === null ? null : findBand(scales[id as ScaleId], value).id,
    ]),
  ) as Record<ScaleId, string | null>;
  const tipped =
    rounded(spine.incidence) < forward.incidence_below && rounded(spine.slope) > forward.slope_above;
  return tipped ? { ...bands, roussouly: forward.id } : bands;
}
