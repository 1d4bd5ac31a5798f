// What Python gives the stepper, and what the reader chooses.
import type { Evidence } from "../evidence.ts";
import type { SceneFiles } from "../scene/load.ts";
import type { ViewName } from "../scene/types.ts";

export interface MarkedFact {
  id: string;
  statement: string;
  evidence: Evidence;
  evidence_label: string;
}

export interface StepScene {
  view: ViewName;
  frame: readonly string[];
  hidden: readonly string[];
  faint: readonly string[];
  highlight: readonly string[];
  labels: readonly string[];
  cut: { plane: "axial" | "sagittal" | "coronal"; at: number; segment: string | null } | null;
}

export interface StepChoice {
  id: string;
  text: string;
  feedback: string;
}

export interface StepQuestion {
  /** "What comes next?" */
  asks: string;
  stem: string;
  choices: readonly StepChoice[];
  key: string;
  facts: readonly string[];
}

export interface StepData {
  id: string;
  label: string;
  happens: string;
  purpose: string;
  facts: readonly MarkedFact[];
  /** What is taken out, put in, held aside, brought back: a sentence each. */
  changes: readonly string[];
  scene: StepScene;
  danger: { text: string; facts: readonly MarkedFact[] };
  question: StepQuestion;
}

export interface ProcedureData {
  id: string;
  title: string;
  summary: string;
  order: { text: string; facts: readonly MarkedFact[] };
  simplified: readonly string[];
  steps: readonly StepData[];
}

/** By "procedure/step": the id of a choice, or SKIPPED. */
export type Answers = Readonly<Record<string, string>>;

export const SKIPPED = "skipped";

export interface OperationTraits extends SceneFiles {
  _construct_file: string;
  _anterior_file: string;
  /** Gzipped JSON: `ProcedureData[]`. */
  content_gz: DataView;
  origins_gz: DataView;
  procedure: string;
  step: string;
  answers: Answers;
  /** Where Reset leads; the address names what differs from it. */
  start: { procedure: string; step: string };
}
