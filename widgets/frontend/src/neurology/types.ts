// What Python gives 'Localise the lesion' (see ../../README.md); changed only by adding.
import type { Evidence, RowMark } from "../evidence.ts";

export type Mode = "lesion" | "findings" | "patient";
export const MODES: readonly (readonly [Mode, string])[] = [
  ["lesion", "Lesion to findings"],
  ["findings", "Findings to roots"],
  ["patient", "Patients"],
];

export type Root = "L2" | "L3" | "L4" | "L5" | "S1" | "S2-S4";
export type Level = "L2-L3" | "L3-L4" | "L4-L5" | "L5-S1";
export type Zone = "central" | "paracentral" | "foraminal" | "extraforaminal";
export type Cause = "disc" | "bone";
export type Side = "left" | "right";
/** The drawing shows each kind in its own way. */
export type SignKind = "sensory" | "pain" | "motor" | "reflex" | "tension" | "history";
export type FindingState = "present" | "absent";

/** A sentence with the facts behind it. */
export interface Said {
  text: string;
  facts: readonly string[];
}

/** How well a fact is known, as every number shows it. */
export interface Known {
  evidence: Evidence;
  evidence_label: string;
  marks: readonly RowMark[];
}

/** An area of skin that is drawn; `views` are the pictures in which it is seen. */
export interface Area {
  id: string;
  label: string;
  views: readonly ("front" | "back" | "sole")[];
}

/** A movement that is tested against resistance. */
export interface Movement {
  id: string;
  label: string;
  muscle: string;
}

/** A root and what is usually found: `core` where maps agree best, `overlap` where neighbours share. */
export interface RootInfo {
  id: Root;
  label: string;
  areas: { core: readonly string[]; overlap: readonly string[] };
  movements: { main: readonly string[]; also: readonly string[] };
  /** Ids of signs. */
  reflexes: readonly string[];
  tension: readonly string[];
  note: string;
  facts: readonly string[];
}

export interface LevelInfo {
  id: Level;
  label: string;
  exiting: Root;
  traversing: Root;
  /** Roots further down that still lie in the sac here. */
  below: readonly Root[];
}

export interface ZoneInfo {
  id: Zone;
  label: string;
  says: string;
}

/** A root that a lesion hits; "may" where only some lesions of that place reach it. */
export interface Hit {
  root: Root;
  role: "exiting" | "traversing" | "cauda_equina";
  certainty: "hits" | "may";
  sides: "same" | "both";
}

/** What one lesion does; looked up by `${level}|${zone}|${cause}`. */
export interface Lesion {
  hits: readonly Hit[];
  /** Ids of signs to be expected, on the lesion's side or on both. */
  expected: readonly { sign: string; certainty: "usual" | "possible"; sides: "same" | "both" }[];
  /** Whether it can cause a cauda equina syndrome. */
  cauda_equina: boolean;
  says: string;
  facts: readonly string[];
}

/** A published likelihood ratio. `usable` is false where it can't be multiplied; `why` says why. */
export interface Ratio {
  /** null where the paper prints infinity. */
  estimate: number | null;
  low: number | null;
  high: number | null;
  usable: boolean;
  why: string;
  /** There where the paper prints a limit: at most this much (present), at least (absent). */
  limit?: boolean;
}

/** What one study says of a sign for a root. */
export interface Accuracy {
  study: string;
  root: Root;
  present: Ratio | null;
  absent: Ratio | null;
  fact: string;
}

export interface Sign {
  id: string;
  kind: SignKind;
  label: string;
  /** What 'absent' is called: "normal", "negative", "full power". */
  absent_label: string;
  how: string;
  /** Id of the area, movement, reflex or test that it belongs to. */
  where: string;
  /** Roots that the convention ties it to. */
  roots: readonly Root[];
  /** Empty where no accuracy for a root has been found: then the sign moves nothing. */
  accuracy: readonly Accuracy[];
  facts: readonly string[];
}

/** Where the ranking starts: odds by root. */
export interface Prior {
  id: string;
  label: string;
  odds: Readonly<Partial<Record<Root, number>>>;
  facts: readonly string[];
}

/** A set of published ratios that the ranking may use. */
export interface Study {
  id: string;
  label: string;
  says: string;
  facts: readonly string[];
}

/**
 * The ranking: for each root of the prior, odds = prior odds × the usable ratios of the chosen study
 * for the findings given; 95 % interval from the sum of the variances of their logarithms,
 * (ln high − ln low) / (2 × z) each; null where one of the ratios has no interval.
 */
export interface Ranking {
  roots: readonly Root[];
  priors: readonly Prior[];
  studies: readonly Study[];
  /** The normal quantile of a 95 % interval. */
  z: number;
  assumption: string;
}

/** One row of the ranking, as Python's text twin says it and as root_ranking.json holds it. */
export interface RankedRoot {
  root: Root;
  probability: number;
  low: number | null;
  high: number | null;
  /** Signs that moved it, and how far. */
  moved_by: readonly { sign: string; ratio: number }[];
  /** Signs given for which the study prints nothing, or nothing usable, for this root. */
  silent: readonly string[];
}

/** A finding of a patient; `grade` is the MRC grade of a motor one. */
export interface PatientFinding {
  sign: string;
  side: Side | "both" | "midline";
  state: FindingState;
  grade: number | null;
  text: string;
}

/** A lesion that the picture shows; not all that is seen hurts. */
export interface ImagedLesion {
  level: Level;
  zone: Zone;
  side: Side | "both";
  cause: Cause;
  text: string;
}

export interface Patient {
  seed: number;
  difficulty: number;
  title: string;
  history: string;
  findings: readonly PatientFinding[];
  /** Empty where the patient has had no scan yet. */
  imaging: readonly ImagedLesion[];
  question: string;
}

/** `root` may also be "several" (both sides or two levels), "cauda_equina" or "none" (not a root). */
export interface Answer {
  level: Level | "";
  zone: Zone | "";
  root: Root | "several" | "cauda_equina" | "none";
}

export interface Feedback {
  /** The answer it is about, and the patient. */
  answer: Answer;
  seed: number;
  difficulty: number;
  verdict: "right" | "partly" | "wrong";
  /** What to do now: comes first, whatever the verdict. */
  urgent: { title: string; steps: readonly Said[] } | null;
  said: string;
  fits: readonly Said[];
  against: readonly Said[];
  tells_apart: readonly Said[];
  /** What it was. */
  truth: Said;
  /** Other answers that the findings alone would allow. */
  also_possible: readonly Said[];
}

export interface NeurologyTraits {
  areas: readonly Area[];
  movements: readonly Movement[];
  roots: readonly RootInfo[];
  levels: readonly LevelInfo[];
  zones: readonly ZoneInfo[];
  causes: readonly (readonly [Cause, string])[];
  lesions: Readonly<Record<string, Lesion>>;
  signs: readonly Sign[];
  /** Ids of signs that are an emergency as soon as one is there. */
  red_flags: readonly string[];
  /** MRC grades 0 to 5 in words. */
  grades: readonly string[];
  ranking: Ranking;
  difficulties: readonly (readonly [number, string])[];
  answers: readonly (readonly [Answer["root"], string])[];
  /** Every fact named above. */
  known: Readonly<Record<string, Known>>;
  origins_gz: DataView;
  link_state: boolean;
  link_base: string;

  /** Set by Python: when seed or difficulty change, and when an answer is given. */
  patient: Patient;
  feedback: Feedback | null;

  // two-way: the state
  mode: Mode;
  level: Level;
  zone: Zone;
  side: Side;
  cause: Cause;
  findings: Readonly<Record<string, FindingState>>;
  prior: string;
  study: string;
  seed: number;
  difficulty: number;
  /** null until the student answers; Python then sets `feedback`. */
  answer: Answer | null;
}
