// What Python gives an alignment workbench, and what the page works out of it (see ../../README.md).
//
// Angles are degrees, lengths mm. Points are [posterior, superior] in the plane of a lateral film, the
// origin in the middle of the S1 end plate: posterior is to the right, so the person faces left. A plate's
// tilt is positive where it falls forward, as the sacrum's does: the sacral slope is the tilt of S1.
// The model is that of `l3s1.models.alignment`; both are tested with `tests/fixtures/alignment_states.json`.
import type { Known } from "../explorer/types.ts";

export type { Known } from "../explorer/types.ts";
export type Point = readonly [posterior: number, superior: number];
export type Mode = "explore" | "plan" | "measure";
export type Posture = "standing" | "supine";
/** Whether the pelvis stays as it is set, or follows the lordosis by a published relation ('plan'). */
export type Pelvis = "follows" | "stays";

export const SEGMENTS = ["L1-L2", "L2-L3", "L3-L4", "L4-L5", "L5-S1"] as const;
export type Segment = (typeof SEGMENTS)[number];
export const VERTEBRAE = ["L1", "L2", "L3", "L4", "L5"] as const;
export type Vertebra = (typeof VERTEBRAE)[number];
export type Plate = `${Vertebra}.upper` | `${Vertebra}.lower` | "S1.upper";

/** What is clicked on the film, in the order in which it is asked for. */
export const LANDMARKS = [
  "L1.posterior",
  "L1.anterior",
  "L4.posterior",
  "L4.anterior",
  "S1.posterior",
  "S1.anterior",
  "hip.near",
  "hip.far",
] as const;
/** Corners of the upper plates, and the centres of the two femoral heads. */
export type Landmark = (typeof LANDMARKS)[number];

/** A drawn vertebra: depth of its plates, height of its body in the middle, angle between its plates. */
export interface VertebraSize {
  id: Vertebra;
  depth_mm: number;
  height_mm: number;
  wedge_deg: number;
}

export interface DiscSize {
  id: Segment;
  /** In the middle. */
  height_mm: number;
}

export interface Body {
  vertebrae: readonly VertebraSize[];
  discs: readonly DiscSize[];
  sacrum_depth_mm: number;
  /** From the middle of the S1 plate to the hip axis. */
  hip_distance_mm: number;
  head_radius_mm: number;
  /** How far the centres of the two heads lie apart on a film. */
  head_apart_mm: number;
  /** Where the sizes come from; each is a fact of the origins. */
  facts: readonly string[];
}

/** A range with the fact that it is read from, and `others` where one end is of another fact. */
export interface Range extends Known {
  label: string;
  low: number;
  high: number;
  others: readonly string[];
}

/**
 * A band of a scale, ascending: it holds values under `below` (null: all that are left), and `below`
 * itself where it is `included`.
 */
export interface Band {
  id: string;
  label: string;
  below: number | null;
  included: boolean;
  points: number;
}

export interface Scale extends Known {
  id: string;
  label: string;
  unit: "°" | "mm" | "%" | "years" | "points";
  bands: readonly Band[];
}

export type Quantity =
  "lordosis" | "low_lordosis" | "slope" | "tilt" | "global_tilt" | "mismatch" | "sva";

/**
 * A published formula: intercept + incidence · PI + age · years, give or take `tolerance`. Where `steps`
 * are given, the offset of the first step whose `below` lies above PI (`by` "incidence") or the age
 * (`by` "age") is added; null is open at the top.
 */
export interface Formula extends Known {
  id: string;
  label: string;
  /** Whom it was made from. */
  people: string;
  of: Quantity;
  intercept: number;
  incidence: number;
  age: number;
  tolerance: number;
  by: "incidence" | "age" | null;
  /** An offset of null: no number was read, and there is no target. */
  steps: readonly { below: number | null; offset: number | null }[];
}

/** The Roussouly type that is tipped forward: where both hold, it is the type whatever the band. */
export interface Forward extends Known {
  id: string;
  label: string;
  incidence_below: number;
  slope_above: number;
}

/** What is said beside the Roussouly type where both hold: the slope's type is not the incidence's. */
export interface Backward extends Known {
  label: string;
  incidence_from: number;
  slope_below: number;
}

/** What one study found that lying does, degrees; null where it did not measure it. */
export interface SupineStudy extends Known {
  id: string;
  label: string;
  people: string;
  slope: number | null;
  lordosis: number | null;
  low_lordosis: number | null;
}

/** A published mean and deviation, beside what is shown. */
export interface Norm extends Known {
  id: string;
  of: Quantity | "incidence" | "share";
  label: string;
  people: string;
  mean: number;
  deviation: number | null;
  unit: "°" | "%";
}

/** Lordosis of the five segments, L1–L2 first, of a class of incidence; `below` and `included` as in bands. */
export interface SegmentMeans extends Known {
  id: "low" | "middle" | "high";
  label: string;
  below: number | null;
  included: boolean;
  means: readonly number[];
}

/** What generated people are drawn from: mean and deviation, and the limits that none may exceed. */
export interface People {
  tilt: Drawn;
  slope: Drawn;
  incidence: readonly [low: number, high: number];
  mismatch: readonly [low: number, high: number];
  /** Deviation of each segment, L1–L2 first; means are those of `segment_means`. */
  deviations: readonly number[];
  facts: readonly string[];
}

export interface Drawn {
  mean: number;
  deviation: number;
  low: number;
  high: number;
}

/** What lying down changes, added to what stands. */
export interface Supine {
  slope: number;
  /** Of L1–L4 and of L4–S1, shared evenly by their segments. */
  upper_lordosis: number;
  low_lordosis: number;
  facts: readonly string[];
}

/** A published relation between a change of lordosis and one of pelvic tilt: degrees per degree. */
export interface Relation extends Known {
  id: "patients" | "location";
  label: string;
  /** Which lordosis it is of. */
  per: "lordosis" | "low_lordosis";
  tilt_per_degree: number;
}

/** How far two readers of one film differ, as published. */
export interface ObserverError extends Known {
  of: MeasuredAngle;
  label: string;
  low: number;
  high: number;
  /** What low and high are. */
  what: string;
}

export interface Norms {
  ranges: Readonly<Record<"incidence" | "tilt" | "age" | "cage" | "global_tilt" | "sva", Range>>;
  segment_means: readonly SegmentMeans[];
  norms: readonly Norm[];
  /** PI classes; PI–LL, PT and SVA after SRS–Schwab; Roussouly by slope. */
  scales: Readonly<Record<ScaleId, Scale>>;
  /** GAP: its ideal values, its four components' points, age, and the categories of the sum. */
  gap: Readonly<Record<GapIdeal, Formula>> & Readonly<Record<GapScale, Scale>>;
  lordosis_formulas: readonly Formula[];
  /** Of the tilt, after incidence and age. */
  tilt_formulas: readonly Formula[];
  age_targets: readonly Formula[];
  supine: Supine;
  /** Studies disagree which way the sacrum turns: all are shown. */
  supine_studies: readonly SupineStudy[];
  forward: Forward;
  backward: Backward;
  /** Least and most that was seen in people without symptoms. */
  usual: Readonly<Record<"incidence" | "tilt" | "slope" | "lordosis" | "mismatch", Range>>;
  relations: readonly Relation[];
  observers: readonly ObserverError[];
  people: People;
  /** What studies say for and against the use of a number, by what it is shown beside. */
  beside: Readonly<Record<BesideId, readonly Beside[]>>;
}

export type BesideId =
  "mismatch" | "gap" | "age" | "low_lordosis" | "roussouly" | "cages" | "supine";

export interface Beside extends Known {
  side: "for" | "against" | "note";
  statement: string;
}

export type ScaleId =
  "incidence" | "roussouly" | "schwab_mismatch" | "schwab_tilt" | "schwab_sva";
export type GapIdeal = "ideal_slope" | "ideal_lordosis" | "ideal_global_tilt";
export type GapScale = "version" | "lordosis" | "distribution" | "alignment" | "age" | "category";

export interface AlignmentTraits {
  /** The page's own code (`alignment.js`) and the bones from the side, shared files of a page. */
  _workbench_file: string;
  _lateral_file: string;
  body: Body;
  norms: Norms;
  origins_gz: DataView;
  link_state: boolean;
  link_base: string;

  mode: Mode;
  incidence: number;
  tilt: number;
  /** Lordosis of the five segments standing and before an operation, L1–L2 first. */
  segments: readonly number[];
  posture: Posture;
  age: number;
  /** Of the whole spine's film, which the picture does not show: null where not measured. */
  global_tilt: number | null;
  sva: number | null;
  /** 'plan': the angle that a cage gives the disc, by segment; those left out are not operated on. */
  cages: Readonly<Partial<Record<Segment, number>>>;
  pelvis: Pelvis;
  /** 'measure': who is on the film, and what was clicked. */
  seed: number;
  points: Readonly<Partial<Record<Landmark, Point>>>;
  /** Angles that are not drawn. */
  hidden: readonly AngleId[];
}

export type AngleId =
  "incidence" | "tilt" | "slope" | "lordosis" | "low_lordosis" | "segments" | "plumb";

export const STATE_KEYS = [
  "mode",
  "incidence",
  "tilt",
  "segments",
  "posture",
  "age",
  "global_tilt",
  "sva",
  "cages",
  "pelvis",
  "seed",
  "points",
  "hidden",
] as const satisfies readonly (keyof AlignmentTraits)[];

export type StateKey = (typeof STATE_KEYS)[number];
export type StateValues = Pick<AlignmentTraits, StateKey>;

// ---------------------------------------------------------------- what follows from a state

/** Spine and pelvis of one moment; the hip axis, the plates and their angles agree exactly. */
export interface Spine {
  incidence: number;
  tilt: number;
  slope: number;
  /** Lordosis of the five segments as drawn, and the share of it that the disc has. */
  segments: readonly number[];
  discs: readonly number[];
  /** L1–S1, L4–S1, and the latter's share in % (null where the lordosis is not above 0). */
  lordosis: number;
  low_lordosis: number;
  share: number | null;
  /** PI − LL. */
  mismatch: number;
  /** Tilt of the upper plates, L1 first, S1 last. */
  tilts: readonly number[];
  plates: Readonly<Record<Plate, Line>>;
  hip: Point;
  /** Where the plates' tilt passes through 0: a vertebra or a segment; null where nowhere from L1 down. */
  apex: Vertebra | Segment | null;
}

export interface Line {
  posterior: Point;
  anterior: Point;
}

export interface GapPart {
  value: number;
  band: string;
  points: number;
}

export interface Gap {
  version: GapPart;
  lordosis: GapPart;
  /** null where the lordosis is not above 0. */
  distribution: GapPart | null;
  /** null without a global tilt. */
  alignment: GapPart | null;
  age: number;
  /** Least and most that the sum can be; one number where all parts are known. */
  low: number;
  high: number;
  category_low: string;
  category_high: string;
}

export interface Target {
  id: string;
  low: number;
  ideal: number;
  high: number;
  /** What is shown minus the ideal. */
  miss: number;
}

export interface Reading {
  /** As set (standing, before an operation), and as shown. */
  before: Spine;
  shown: Spine;
  bands: Readonly<Record<ScaleId, string | null>>;
  gap: Gap;
  lordosis: readonly Target[];
  tilt: readonly Target[];
  age: readonly Target[];
  /** 'plan': pelvic tilt that each relation would lead to; empty in other modes. */
  tilts_after: readonly { id: Relation["id"]; tilt: number }[];
}

export type MeasuredAngle =
  "incidence" | "tilt" | "slope" | "lordosis" | "low_lordosis" | "share";

/** Angles from clicked points; null as long as a point is missing. */
export type Measured = Readonly<Record<MeasuredAngle, number | null>>;

/** The person on a film: as in `Spine`, with the centres of the two femoral heads around the hip axis. */
export interface Film {
  spine: Spine;
  heads: Readonly<Record<"hip.near" | "hip.far", Point>>;
}
