// What is said in words, the same in pictures, lists and the live region.
import type {
  Accuracy,
  FindingState,
  Hit,
  NeurologyTraits,
  Ratio,
  Root,
  Side,
  Sign,
  SignKind,
} from "./types.ts";

export const KINDS: readonly (readonly [SignKind, string])[] = [
  ["sensory", "Skin"],
  ["motor", "Power"],
  ["reflex", "Reflexes"],
  ["tension", "Nerve tension"],
  ["pain", "Pain"],
  ["history", "History"],
];

/** What is hit, in a sentence: "L5 (traversing) is hit." */
export function sayHits(hits: readonly Hit[], traits: Pick<NeurologyTraits, "roots">): string {
  if (hits.length === 0) return "No root is hit.";
  const name = (root: Root): string => traits.roots.find(({ id }) => id === root)?.label ?? root;
  const sentences = (["hits", "may"] as const).flatMap((certainty) =>
    (["same", "both"] as const).flatMap((sides) => {
      const own = hits.filter((hit) => hit.certainty === certainty && hit.sides === sides);
      const inSac = own.filter(({ role }) => role === "cauda_equina").map(({ root }) => name(root));
      const named = own
        .filter(({ role }) => role !== "cauda_equina")
        .map(({ root, role }) => `${name(root)} (${role})`);
      if (inSac.length > 0) named.push(`the cauda equina (${inSac.join(", ")})`);
      if (named.length === 0) return [];
      const verb = certainty === "may" ? "may be" : named.length > 1 ? "are" : "is";
      return [`${capital(listOf(named))} ${verb} hit${sides === "both" ? " on both sides" : ""}.`];
    }),
  );
  return sentences.join(" ");
}

function listOf(words: readonly string[]): string {
  return words.length < 2
    ? words.join("")
    : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}

export function sidesOf(sides: "same" | "both", side: Side): readonly Side[] {
  return sides === "both" ? ["left", "right"] : [side];
}

export function sayState(sign: Sign, state: FindingState | undefined): string {
  return state === undefined ? "not examined" : state === "present" ? "present" : sign.absent_label;
}

/** "LR+ 2.6 (1.9 to 3.5)"; where the paper prints a limit, "LR+ ≤ 4". */
export function sayRatio(name: string, ratio: Ratio | null, bound: "≤" | "≥"): string | null {
  if (!ratio) return null;
  const number = (value: number): string => String(value);
  const estimate = ratio.estimate === null ? "infinite" : number(ratio.estimate);
  const spread =
    ratio.low === null && ratio.high === null
      ? ""
      : ` (${ratio.low === null ? "?" : number(ratio.low)} to ${ratio.high === null ? "∞" : number(ratio.high)})`;
  return `${name} ${ratio.limit ? `${bound} ` : ""}${estimate}${spread}`;
}

export function sayAccuracy(accuracy: Accuracy): string {
  const parts = [sayRatio("LR+", accuracy.present, "≤"), sayRatio("LR−", accuracy.absent, "≥")];
  return `${accuracy.root}: ${parts.filter((part) => part !== null).join(", ") || "no ratio printed"}`;
}

/** What is to be known of its ratios: why one can't be multiplied, or has no interval. */
export function sayWhy({ present, absent }: Accuracy): string[] {
  const reasons = [present, absent].map((ratio) => ratio?.why ?? "").filter((why) => why !== "");
  return [...new Set(reasons)].map((why) => sentence(why));
}

/** Why a ratio can't be multiplied; null where it can, or where there is none. */
export function whyUnused(accuracy: Accuracy, state: FindingState): string | null {
  const ratio = accuracy[state];
  return ratio && !ratio.usable && ratio.why ? sentence(ratio.why) : null;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? capital(text) : `${capital(text)}.`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A label without what explains it: "paracentral or lateral recess" is "Paracentral". */
export function short(label: string): string {
  return capital(label.split(/ or | \(/)[0] ?? label);
}
