// What Python gives the bending spine, and what the reader chooses.
import type { Evidence } from "../evidence.ts";

export type Direction = "flexion" | "extension";

/** What all curves share: moments in N·m, stiffness in N·m/°; `test` is the test's moment in words. */
export interface Law {
  test_moment_nm: number;
  terminal_nm_per_deg: number;
  greatest_moment_nm: number;
  test: string;
}

/** M = `scale_nm` (exp(`rate_per_deg` θ) − 1), straight from where its tangent is the law's. */
export interface Intact {
  scale_nm: number;
  rate_per_deg: number;
}

/** A construct, alone or beside the segment's own tissue; null is solid bone. */
export type Spring = { nm_per_deg: number; beside_tissue: boolean } | null;

export const FUSED_KEYS = ["fused_l2_l3", "fused_l3_l4", "fused_l4_l5", "fused_l5_s1"] as const;
export const STATE_KEYS = ["bend", "construct", "protocol", "selected", ...FUSED_KEYS] as const;
export type FusedKey = (typeof FUSED_KEYS)[number];

/** `bend` is how far the intact spine bends (°), flexion above 0; `selected` an open fact, or "". */
export type StateValues = { bend: number; construct: string; protocol: string; selected: string } & Record<
  FusedKey,
  boolean
>;

export interface Segment {
  /** What is true of the state where it is fused; "" where it can't be. */
  key: FusedKey | "";
  label: string;
  fact: string;
  lordosis_deg: number;
  disc_mm: number;
  body_mm: number;
}

export interface Construct {
  id: string;
  label: string;
  fact: string;
}

/** A trace as plain JSON; what moves is worked out in the page. */
export type Trace = Readonly<Record<string, unknown>>;

export interface SpineData {
  link_name: string;
  start: StateValues;
  /** How far the intact spine goes back and ahead, °. */
  limits: readonly [back: number, ahead: number];
  law: Law;
  /** One entry for each segment, from superior to inferior. */
  curves: Readonly<
    Record<Direction, { intact: readonly Intact[]; fused: Readonly<Record<string, readonly Spring[]>> }>
  >;
  segments: readonly Segment[];
  constructs: readonly Construct[];
  protocols: readonly (readonly [id: string, words: string])[];
  drawing: { slope_deg: number; depth_mm: number; widest_deg: number; free: string; fused: string };
  figure: { data: readonly Trace[]; layout: Readonly<Record<string, unknown>> };
  caption: string;
  head: string[];
  evidence: Readonly<Record<string, Evidence>>;
  evidence_labels: Record<string, string>;
}

export interface MotionTraits extends StateValues {
  spine_gz: DataView;
  origins_gz: DataView;
}
