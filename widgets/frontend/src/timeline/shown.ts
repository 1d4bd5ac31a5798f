// What a timeline shows now, for those who export or print it: read only.
import type { AxisKind } from "../time_axis.ts";
import type { Figure, Row, Span } from "./types.ts";

/** A patient as chosen; `letter` is "" where there is only one. */
export interface ShownPatient {
  letter: "" | "A" | "B";
  /** "smokes, three levels", or "nothing stated". */
  words: string;
  choices: readonly { choice: string; label: string; option: string; option_label: string }[];
}

/** What a choice changes in a row: `says` is the sentence, `mark` the sign and its words. */
export interface ShownEffect {
  patient: ShownPatient["letter"];
  choice: string;
  option: string;
  mark: string;
  says: string;
  facts: readonly string[];
}

export interface ShownRow {
  row: Row;
  /** One entry for each patient, in their order. */
  spans: readonly { patient: ShownPatient["letter"]; span: Span | null; when: string; status: string }[];
  effects: readonly ShownEffect[];
}

/** One of the four questions with the rows that hold on the day, for either patient. */
export interface ShownAnswer {
  question: string;
  items: readonly { row: Row; patient: ShownPatient["letter"]; when: string; during: string }[];
}

/** A choice that was made, the lanes that it changes and those without evidence, by their names. */
export interface ShownChange {
  patient: ShownPatient["letter"];
  label: string;
  option_label: string;
  changed: readonly { lane: string; row: Row; effect: ShownEffect }[];
  no_evidence: readonly string[];
  note: string | null;
}

export interface Shown {
  readonly day: number;
  readonly axis_kind: AxisKind;
  /** Of the readable axis, in days. */
  readonly scale_d: number;
  readonly patients: readonly ShownPatient[];
  readonly rows: readonly ShownRow[];
  readonly answers: readonly ShownAnswer[];
  readonly changes: readonly ShownChange[];
  /** The address that opens this state. */
  readonly link: string;
  /** The composed figure without the cursor: at a width in px, in light or in dark colours. */
  figure(width_px: number, dark: boolean): Figure;
}
