// What to say to someone who took one structure for another, and how to tell them apart.
import type { Catalogue } from "./catalogue.ts";
import type { Structure } from "./types.ts";

export interface Feedback {
  /** "That is the superior articular process of L5; the question asks for L4." */
  miss: string;
  /** How to tell the two apart. */
  tip: string;
}

const SIDE_TIP =
  "Left and right are the patient’s own: seen from the back the left lies on your left, " +
  "seen from the front on your right.";
const COUNT_TIP = "Count up from the sacrum: the vertebra that stands on it is L5, then L4, L3 and L2.";
const SEGMENT_TIP = " What lies between two vertebrae bears both their names.";
const ROOT_TIP = " A root bears the name of the vertebra under whose pedicle it leaves.";

/** Feedback on `taken` where `asked` was asked for. */
export function nearMiss(asked: Structure, taken: Structure, catalogue: Catalogue): Feedback {
  const kind = catalogue.kinds.get(asked.kind);
  const known =
    kind?.confused_with.find((each) => each.kind === taken.kind)?.tell_apart ??
    catalogue.kinds.get(taken.kind)?.confused_with.find((each) => each.kind === asked.kind)?.tell_apart;
  const that = `That is ${article(taken)}${taken.name}`;
  if (taken.kind !== asked.kind) {
    const level = taken.level !== null && asked.level !== null && taken.level === asked.level;
    const right = level ? " The level is right." : "";
    return {
      miss: `${that}; the question asks for ${article(asked)}${asked.name}.${right}`,
      tip: known ?? firstSentence(kind?.what ?? ""),
    };
  }
  const wrongLevel = taken.level !== asked.level;
  const wrongSide = taken.side !== asked.side;
  const wanted = [wrongLevel && sayLevel(asked.level), wrongSide && `the ${asked.side ?? "middle"}`];
  const tips = [wrongLevel && levelTip(asked), wrongSide && SIDE_TIP];
  return {
    miss: `${that}; the question asks for ${wanted.filter(Boolean).join(" and ")}.`,
    tip: tips.filter(Boolean).join(" "),
  };
}

/** Whether a click on `taken` answers `asked`: the structure, or a region of the part asked for. */
export function isRight(asked: Structure, taken: Structure): boolean {
  return taken.id === asked.id || taken.part === asked.id;
}

/** "the " where English wants it: not before a vertebra's own name. */
export function article({ id, level }: Structure): string {
  return id === level && id !== "sacrum" ? "" : "the ";
}

function levelTip({ level, tissue }: Structure): string {
  const more = tissue === "nerve" ? ROOT_TIP : level?.includes("-") ? SEGMENT_TIP : "";
  return `${COUNT_TIP}${more}`;
}

function sayLevel(level: string | null): string {
  return level === null ? "another level" : level === "sacrum" ? "the sacrum" : level.replace("-", "–");
}

function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text;
}
