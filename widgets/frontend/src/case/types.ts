// What Python gives the player of cases, and what is kept of a run.
import type { CaseRun, CaseStep } from "../progress/types.ts";

export type Rating = "best" | "acceptable" | "poor" | "harmful";
export type Outcome = "good" | "mixed" | "bad";
export type Clock = "presentation" | "operation";
export type FindingKind = "history" | "examination" | "imaging" | "laboratory" | "other";

export interface Time {
  amount: number;
  unit: "minutes" | "hours" | "days" | "weeks" | "months" | "years";
  days: number;
}

export interface FindingData {
  id: string;
  kind: FindingKind;
  label: string;
  result: string;
  time: Time;
  harm: string | null;
  /** Why a careful person does not ask for it. */
  needless: string | null;
  facts: readonly string[];
}

export interface ChoiceData {
  id: string;
  text: string;
  next: string;
  rating: Rating;
  feedback: string;
  /** Without any, what the feedback says is made up. */
  facts: readonly string[];
  needs: readonly string[];
}

export interface NodeData {
  id: string;
  kind: "decision" | "consequence" | "end";
  at: Time;
  text: string;
  findings: readonly string[];
  question: string | null;
  choices: readonly ChoiceData[];
  next: string | null;
  outcome: Outcome | null;
  facts: readonly string[];
}

export interface CaseData {
  id: string;
  number: number;
  title: string;
  teaches: string;
  lesson: { number: string; title: string; href: string };
  objectives: readonly string[];
  person: string;
  presentation: string;
  clock: Clock;
  start: string;
  findings: readonly FindingData[];
  nodes: readonly NodeData[];
  /** Decisions and the choices an expert takes there. */
  expert: readonly (readonly [string, string])[];
  activities: readonly { label: string; lesson: string; href: string }[];
  debrief: readonly { text: string; facts: readonly string[] }[];
}

export interface CasesData {
  /** What times are counted from, in words: "after the operation". */
  clocks: Readonly<Record<Clock, string>>;
  cases: readonly CaseData[];
}

export interface CaseTraits {
  /** Gzipped JSON: `CasesData`. */
  content_gz: DataView;
  origins_gz: DataView;
  /** The case that is open, or "". */
  case: string;
}

/** A step of a run, with how many findings had been asked for when it was taken. */
export interface Step extends CaseStep {
  asked?: number;
}

/** A run with how many of its steps were read to the end: where a reload goes on. */
export interface Run extends CaseRun {
  steps: Step[];
  read?: number;
}
