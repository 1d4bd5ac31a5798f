// What Python gives an anatomy explorer (see ../../README.md).
import type { Evidence, RowMark } from "../evidence.ts";
import type { Posture, Vector, ViewName } from "../scene/types.ts";

export type Mode = "explore" | "compare" | "variants" | "find";
export const MODES: readonly (readonly [Mode, string])[] = [
  ["explore", "Explore"],
  ["compare", "Compare levels"],
  ["variants", "Variants"],
  ["find", "Find it"],
];

/** One structure of the model: a part, or a region of one. */
export interface Structure {
  id: string;
  kind: string;
  /** In words: "left pedicle of L4". */
  name: string;
  /** Where it is of its kind: "L4", "left", "L4, left"; "" where there is only one. */
  place: string;
  part: string;
  tissue: string;
  layer: string;
  level: string | null;
  side: "left" | "right" | null;
  /** The named view that shows it best. */
  view: ViewName;
  /** The section that lays it open, "" where it is seen without. */
  cut: string;
  /** What hides it from outside, whatever is peeled. */
  inside: string | null;
}

/** How well a fact is known, as every number shows it. */
export interface Known {
  fact: string;
  evidence: Evidence;
  evidence_label: string;
  marks: readonly RowMark[];
}

/** A row of numbers from one fact; `where` is the level that a value belongs to. */
export interface NumberRow extends Known {
  label: string;
  values: readonly { text: string; where: string | null }[];
}

export interface NearMiss {
  kind: string;
  /** How to tell the two apart; completes "That is …: ". */
  tell_apart: string;
}

/** What holds for every structure of a kind. */
export interface Kind {
  id: string;
  name: string;
  latin: string | null;
  group: string;
  what: string;
  surgeon: string;
  levels_differ: string | null;
  numbers: readonly NumberRow[];
  facts: readonly string[];
  confused_with: readonly NearMiss[];
}

/** One published series of a dimension, in words and as numbers by level. */
export interface Series extends Known {
  label: string;
  texts: Readonly<Record<string, string>>;
  amounts: Readonly<Record<string, number | null>>;
}

/** A dimension compared from level to level. */
export interface Compared {
  id: string;
  label: string;
  kind: string;
  unit: string;
  series: readonly Series[];
  change: string;
  matters: string;
  facts: readonly string[];
}

export interface Comparison {
  /** The vertebrae that may be compared. */
  levels: readonly string[];
  dimensions: readonly Compared[];
}

/** A motion segment of the model as it is built. */
export interface SegmentNumbers {
  id: string;
  label: string;
  disc_height_mm: number;
  plate_depth_mm: number;
}

/** A published limit, drawn as a mark on a scale. */
export interface Bound extends Known {
  label: string;
  at: number;
}

export type VariantKey =
  "sex" | "stature" | "disc_height" | "slip" | "facet_hypertrophy" | "flavum_thickening";

/** Something that can be changed in the model; `sets` is the part of the state that it sets. */
export interface Variant {
  id: string;
  sets: VariantKey;
  label: string;
  text: string;
  low: number;
  high: number;
  /** Where the model is as it is built. */
  usual: number;
  segments: readonly string[];
  options: readonly { id: string; label: string; scale: Vector }[];
  /** Scale of the whole model for each unit above what is usual. */
  scale_per_unit: number;
  /** mm that a morph adds at its full. */
  full_mm: number | null;
  marks: readonly Bound[];
  facts: readonly string[];
}

export interface VariantNumbers {
  segments: readonly SegmentNumbers[];
  list: readonly Variant[];
}

/** A structure that may be asked for; `distractors` from near to far. */
export interface Target {
  structure: string;
  difficulty: 1 | 2 | 3;
  distractors: readonly string[];
}

/** A target as it travels: places in `structures` instead of names, which would be a fifth of all. */
export type PackedTarget = readonly [
  structure: number,
  difficulty: Target["difficulty"],
  distractors: readonly number[],
];

export interface ExplorerTraits {
  groups: readonly (readonly [id: string, label: string])[];
  layers: readonly (readonly [id: string, label: string])[];
  kinds: readonly Kind[];
  structures: readonly Structure[];
  comparison: Comparison;
  variants: VariantNumbers;
  targets: readonly PackedTarget[];
  origins_gz: DataView;
  /** File of each still picture, by view and theme ("anterior-dark"), for pages without WebGL. */
  _pictures: Readonly<Record<string, string>>;
  link_state: boolean;
  link_base: string;

  mode: Mode;
  structure: string;
  view: ViewName;
  peeled: number;
  section: string;
  explode: number;
  labels: boolean;
  posture: Posture;
  hidden: readonly string[];
  isolated: readonly string[];
  slip: Readonly<Record<string, number>>;
  disc_height: Readonly<Record<string, number>>;
  facet_hypertrophy: number;
  flavum_thickening: number;
  sex: string;
  stature: number;
  levels: readonly string[];
  segment: string;
  seed: number;
  results: readonly Result[];
}

export type Result = "first" | "later" | "shown" | "skipped";

export const STATE_KEYS = [
  "mode",
  "structure",
  "view",
  "peeled",
  "section",
  "explode",
  "labels",
  "posture",
  "hidden",
  "isolated",
  "slip",
  "disc_height",
  "facet_hypertrophy",
  "flavum_thickening",
  "sex",
  "stature",
  "levels",
  "segment",
  "seed",
  "results",
] as const satisfies readonly (keyof ExplorerTraits)[];

export type StateKey = (typeof STATE_KEYS)[number];
export type StateValues = Pick<ExplorerTraits, StateKey>;
