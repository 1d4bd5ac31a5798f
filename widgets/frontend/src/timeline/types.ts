// What Python gives a recovery timeline (see ../../README.md).
import type { Evidence, RowMark } from "../evidence.ts";
import type { AxisKind } from "../time_axis.ts";

/** Earliest, usual (may be unknown) and latest, in days after the operation. */
export type Span = readonly [earliest: number, usual: number | null, latest: number];
/** What holds for a patient: "any", and "choice=option" where an option changes it. */
export type ByChoice<T> = Readonly<Record<string, T>>;

export type EffectKind = "moves" | "sooner" | "later" | "more" | "less" | "no_difference" | "disputed";

/** What an option changes in a row. */
export interface Effect {
  kind: EffectKind;
  says: string;
  facts: readonly string[];
}

/** A single answer of a survey, a practice or a trial; a moment, or a range where `to_d` is given. */
export interface SpreadAnswer {
  label: string;
  from_d: number;
  to_d: number | null;
  /** Of 100 who were asked; null where it was not counted. */
  share: number | null;
  fact: string;
}

export interface Row {
  id: string;
  lane: string;
  lane_label: string;
  label: string;
  kind: "milestone" | "period" | "danger_window" | "visit" | "no_evidence";
  evidence: Evidence;
  evidence_label: string;
  marks: readonly RowMark[];
  facts: readonly string[];
  caution: string | null;
  spans: ByChoice<Span | null>;
  when: ByChoice<string>;
  texts: { before: string; during: ByChoice<string>; after: string };
  effects: Readonly<Record<string, Effect>>;
  spread: readonly SpreadAnswer[];
}

/** A choice about a patient; its first option means that nothing is stated. */
export interface Choice {
  id: string;
  label: string;
  options: readonly (readonly [id: string, label: string])[];
  no_evidence: string | null;
}

/** What is stated about a patient: option by choice, first options left out. */
export type Patient = Readonly<Record<string, string>>;

export interface Question {
  id: string;
  label: string;
  lanes: readonly string[];
}

export type Trace = Record<string, unknown> & { name?: string };

export interface Figure {
  data: Trace[];
  layout: Record<string, unknown>;
}

export interface Axis {
  scale_d: number;
  horizon_d: number;
  readable_ticks: readonly (readonly [day: number, label: string])[];
  linear_ticks: readonly (readonly [day: number, label: string])[];
}

/** What does not change while the page is open. */
export interface TimelineContent {
  /** One patient of whom nothing is stated, on the readable axis, wide, in light colours. */
  figure: Figure;
  /** How a sign beside a bar is drawn: an annotation of plotly.js without text and place. */
  chip: Readonly<Record<string, unknown>>;
  dark: Readonly<Record<string, string>>;
  axis: Axis;
  rows: readonly Row[];
  questions: readonly Question[];
  choices: readonly Choice[];
  kinds: Readonly<Record<EffectKind, { sign: string; words: string }>>;
}

export interface TimelineTraits {
  content_gz: DataView;
  origins_gz: DataView;
  link_state: boolean;
  link_base: string;
  start: Partial<TimelineStart> | null;
  day: number;
  patient: Patient;
  other: Patient | null;
  axis_kind: AxisKind;
  selected: string;
  _plotly_file: string;
  _timeline_file: string;
}

/** What 'Reset' goes back to. */
export interface TimelineStart {
  day: number;
  patient: Patient;
  other: Patient | null;
  axis_kind: AxisKind;
}
