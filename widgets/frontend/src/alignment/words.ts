// What the workbench shows, in words.
import { degrees, plain } from "./angles.ts";
import type { MeasuredAngle, Quantity, Reading, Segment, Spine, StateValues } from "./types.ts";

export const MODE_LABELS = [
  ["explore", "Explore"],
  ["plan", "Plan cages"],
  ["measure", "Measure"],
] as const;

export const QUANTITY: Readonly<Record<Quantity | "incidence" | "share", string>> = {
  incidence: "Pelvic incidence",
  tilt: "Pelvic tilt",
  slope: "Sacral slope",
  lordosis: "Lordosis L1–S1",
  low_lordosis: "Lordosis L4–S1",
  share: "Share of L4–S1",
  mismatch: "PI − LL",
  global_tilt: "Global tilt",
  sva: "Sagittal vertical axis",
};

export const MEASURED: readonly (readonly [MeasuredAngle, string])[] = [
  ["incidence", "PI"],
  ["tilt", "PT"],
  ["slope", "SS"],
  ["lordosis", "LL, L1–S1"],
  ["low_lordosis", "L4–S1"],
  ["share", "Share of L4–S1"],
];

export const dashed = (segment: Segment | string): string => segment.replace("-", "–");

export const percent = (value: number | null): string => (value === null ? "–" : `${plain(value, 0)} %`);

/** Signed: "+3.1°", "−2.0°". */
export function signed(value: number, unit = "°"): string {
  const text = plain(value);
  return `${text.startsWith("−") || Number(value.toFixed(1)) === 0 ? "" : "+"}${text}${unit}`;
}

export function withUnit(value: number, unit: string): string {
  if (unit === "°") return degrees(value);
  return `${plain(value, unit === "mm" || unit === "%" ? 0 : 1)} ${unit}`;
}

/** One sentence for the strip and the live region. */
export function saySpine(spine: Spine, how: string): string {
  const share = spine.share === null ? "" : `, ${percent(spine.share)} of it at L4–S1`;
  return (
    `${how}: PI ${degrees(spine.incidence)} = PT ${degrees(spine.tilt)} + SS ${degrees(spine.slope)}. ` +
    `Lordosis ${degrees(spine.lordosis)}${share}; PI − LL ${degrees(spine.mismatch)}.`
  );
}

export function sayState({ mode, posture, cages }: StateValues, { before, shown }: Reading): string {
  if (mode === "measure") return "A film of somebody standing: place the points, then compare.";
  if (mode === "explore") return saySpine(shown, posture === "supine" ? "Lying" : "Standing");
  const levels = Object.keys(cages).map(dashed);
  if (levels.length === 0) return saySpine(before, "Before an operation");
  const gain = shown.lordosis - before.lordosis;
  return `${saySpine(shown, `With cages at ${levels.join(", ")}`)} Lordosis changes by ${signed(gain)}.`;
}

export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
