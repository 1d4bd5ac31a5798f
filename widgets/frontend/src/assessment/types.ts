// Items as `l3s1.assessment.item_json` writes them, and what a student gives for an answer.
import type { Certainty } from "../progress/types.ts";

export interface Choice {
  id: string;
  text: string;
  feedback: string;
}

export interface Option {
  id: string;
  text: string;
}

interface Common {
  id: string;
  stem: string;
  lesson?: string | null;
  objective: string | null;
  level: string | null;
  facts: readonly string[];
}

export interface SingleItem extends Common {
  type: "single_best_answer";
  choices: readonly Choice[];
  key: string;
}

export interface MultipleItem extends Common {
  type: "multiple_response";
  choices: readonly Choice[];
  keys: readonly string[];
}

export interface NumericItem extends Common {
  type: "numeric";
  answer: number;
  /** How far an answer may lie from it and still be right; 0 for counts. */
  tolerance: number;
  unit: string;
  /** As it is written behind the number; "" where the number has none. */
  unit_words: string;
  feedback: { right: string; low: string; high: string };
}

export interface OrderingItem extends Common {
  type: "ordering";
  /** In the right order. */
  entries: readonly Choice[];
}

export interface Prompt extends Choice {
  key: string;
}

export interface MatchingItem extends Common {
  type: "matching" | "extended_matching";
  prompts: readonly Prompt[];
  choices: readonly Option[];
  /** What the choices of an extended matching item have in common. */
  theme?: string;
}

/** A point of a picture, as shares of its width and height from the upper left. */
export type Spot = readonly [number, number];

export interface PictureMark {
  id: string;
  structure: string;
  /** Where its structure lies, in words that don't name it. */
  place: string;
  at: Spot;
  key: string;
  feedback: string;
}

export interface Picture {
  /** The named view, whose still picture `_pictures` of the model names by view and theme. */
  view: string;
  /** What the picture shows, in words that give no answer away. */
  alt: string;
  /** The part of it that is shown: left, top, width and height as shares. */
  crop: readonly [number, number, number, number];
}

export interface LabelItem extends Common {
  type: "label_picture";
  picture: Picture;
  marks: readonly PictureMark[];
  choices: readonly Option[];
}

/** What the keyboard goes through: a structure by its tissue and place, which don't give it away. */
export interface Candidate {
  id: string;
  name: string;
  place: string;
}

export interface FindItem extends Common {
  type: "find_in_3d";
  find: { structures: readonly string[]; names: readonly string[]; view: string; peeled: number };
  near: readonly { structures: readonly string[]; feedback: string }[];
  feedback: { right: string; wrong: string };
  candidates: readonly Candidate[];
  /** A picture with the candidates that it shows, for a browser without WebGL. */
  picture: Picture | null;
  spots: Readonly<Record<string, Spot>>;
}

export type Item =
  | SingleItem
  | MultipleItem
  | NumericItem
  | OrderingItem
  | MatchingItem
  | LabelItem
  | FindItem;

export type ItemType = Item["type"];

/**
 * What a student answers. single_best_answer: choice · multiple_response: choices · numeric: number ·
 * ordering: entries · matching, extended_matching: choice by prompt · label_picture: choice by mark ·
 * find_in_3d: structure.
 */
export type Response = string | number | readonly string[] | Readonly<Record<string, string>>;

/** `correct`: all of it right. `share`: partial credit, 0 … 1; see `score.ts`. */
export interface Score {
  correct: boolean;
  share: number;
}

export type { Certainty };

export interface Answer {
  response: Response;
  certainty: Certainty | null;
}
