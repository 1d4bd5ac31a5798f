// What Python gives the screw trainer, and what the reader chooses. Lengths are mm, angles degrees.
import type { Evidence, RowMark } from "../evidence.ts";
import type { Vector } from "../scene/types.ts";

export const PLAN_KEYS = [
  "medial_mm",
  "superior_mm",
  "convergence_deg",
  "sagittal_deg",
  "diameter_mm",
  "length_mm",
] as const;
export type PlanKey = (typeof PLAN_KEYS)[number];
export type Plan = Readonly<Record<PlanKey, number>>;

export type Level = "L3" | "L4" | "L5" | "S1";
export type Side = "left" | "right";
export type Mode = "free" | "test";
export type Point = readonly [number, number];
export type Line = readonly Point[];

export const STATE_KEYS = [
  "mode",
  "level",
  "side",
  "person",
  "person_seed",
  "plan",
  "seed",
  "task",
  "results",
] as const;

export interface StateValues {
  mode: Mode;
  level: Level;
  side: Side;
  person: string;
  person_seed: number;
  plan: Plan;
  /** Draws the screws of the test. */
  seed: number;
  /** The screw of the test in hand; as many as there are: the test is over. */
  task: number;
  /** Plans placed so far, each in the order of `PLAN_KEYS`. */
  results: readonly (readonly number[])[];
}

export interface PlanField {
  id: PlanKey;
  label: string;
  low: number;
  high: number;
  step: number;
  unit: string;
}

export interface Choices {
  levels: readonly Level[];
  sides: readonly Side[];
  people: readonly { id: string; label: string; facts: readonly string[] }[];
  plan: readonly PlanField[];
  starts: Readonly<Record<Level, Plan>>;
  /** What 'reset' goes back to. */
  start: StateValues;
  test_start: Plan;
  tasks: number;
  most_seed: number;
  /** What is said while a test hides what the screw does. */
  hidden: string;
  /** Shaft and head of the screw in the bone's pack, of one unit. */
  parts: readonly [string, string];
  /** Behind the grade; behind the entry, by level. */
  facts: readonly string[];
  entry_facts: Readonly<Record<Level, readonly string[]>>;
}

/** A section, its origin at the entry: axial to the patient's left and forward, sagittal forward and up. */
export interface Section {
  bone: readonly Line[];
  screw: Line;
  beside: Readonly<Record<string, readonly Line[]>>;
}

/** The view from behind, to the patient's left and up; null: not told in a test. */
export interface Behind {
  bone: readonly Line[];
  pedicle: Line | null;
  reference: Point | null;
  entry: Point;
  tip: Point | null;
  screw: Line | null;
}

export interface NormRow {
  label: string;
  yours: string;
  published: string;
  fact: string;
  evidence: Evidence;
  evidence_label: string;
  marks: readonly RowMark[];
}

/** What the kernel made of the state; `plan`, `level` and `side` say of which. */
export interface Shown {
  plan: Plan;
  level: Level;
  side: Side;
  /** Says whose bone it is. */
  bone: string;
  hidden: boolean;
  heading: string;
  score: string;
  said: readonly string[];
  grade: string;
  /** What the grade does not know: it meets a nerve, or the tip is out; or "". */
  alarm: string;
  rows: readonly NormRow[];
  advice: string;
  /** Why no screw can be shown, or "". */
  error: string;
  drawing?: { axial: Section; sagittal: Section; posterior: Behind };
  /** In the bone's own frame. */
  screw?: { entry: Vector; tip: Vector; diameter: number };
}

export interface ScrewTraits extends StateValues {
  _screws_file: string;
  _engine_file: string;
  choices: Choices;
  origins_gz: DataView;
  link_state: boolean;
  link_base: string;
  shown: Shown;
}
