// What Python gives a recovery timeline (see ../../README.md).
import type { Evidence, RowMark } from "../evidence.ts";
import type { AxisKind } from "../time_axis.ts";

/** Earliest, usual (may be unknown) and latest, in days after the operation. */
export type Span = readonly [earliest: number, usual: number | null, latest: number];
export type ByApproach<T> = Readonly<Record<string, T>>;

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
  spans: ByApproach<Span | null>;
  when: ByApproach<string>;
  texts: { before: string; during: ByApproach<string>; after: string };
}

export interface Question {
  id: string;
  label: string;
  lanes: readonly string[];
}

export interface Figure {
  data: Trace[];
  layout: Record<string, unknown>;
}

export type Trace = Record<string, unknown> & { name?: string };

/** What one choice of approach and axis changes in the figure; keys may be dotted paths. */
export interface FigurePatch {
  data?: readonly (Record<string, unknown> | null)[];
  layout?: Record<string, unknown>;
}

export interface TimelineTraits {
  figure: Figure;
  views: Readonly<Record<string, FigurePatch>>;
  dark: Readonly<Record<string, string>>;
  axis: { scale_d: number; horizon_d: number };
  rows: readonly Row[];
  questions: readonly Question[];
  approaches: readonly (readonly [id: string, label: string])[];
  origins_gz: DataView;
  link_state: boolean;
  link_base: string;
  start: { day?: number; approach?: string; axis_kind?: AxisKind } | null;
  day: number;
  approach: string;
  axis_kind: AxisKind;
  selected: string;
  _plotly_file: string;
}
